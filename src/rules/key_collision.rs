//! `key-collision`

use crate::model::files::of_file;
use crate::model::graph::{ResourceKind, graph};
use crate::report::DataField;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// One key is used by two kinds of locations, or by two kinds of people.
    ///
    /// `space_keys` names any location and `user_identity_key` any person: such a reference
    /// cannot say which of the two is meant. Keys that carry their kind ("room-101") avoid that.
    ///
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }],
    ///   "units": [{ "unit_key": "101", "name": "Unit 101" }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "room-101", "name": "Room 101" }],
    ///   "units": [{ "unit_key": "unit-101", "name": "Unit 101" }]
    /// }
    /// ```
    pub(crate) KEY_COLLISION = {
        code: "key-collision",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Judgement,
        source: "keys are unique by kind; systems that have one list of keys confuse them",
        why: "A reference by the generic member (space_keys, user_identity_key) cannot say which of the two it means.",
        data: [OtherCollection],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&KEY_COLLISION],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let set = context.set;
    for (later, earlier) in of_file(set.collisions(), context.file, |pair| pair.0.file) {
        sink.report(&KEY_COLLISION, context.key_location(*later), |finding| {
            let collection = graph().collection(set.resource(*later).collection);
            let other = graph().collection(set.resource(*earlier).collection);
            let generic = match collection.kind {
                ResourceKind::Person => "user_identity_key",
                _ => "space_keys",
            };
            finding
                .message(format!(
                    "{} {} is the key of {} too",
                    context.schema.name(collection.own_key),
                    context.quoted(&set.key(*later)),
                    other.with_article(),
                ))
                .help(format!(
                    "give one of the two another key, or never name it under {generic}"
                ))
                .with(DataField::OtherCollection, &other.name)
                .related_in(
                    earlier.file,
                    context.key_location(*earlier),
                    format!("the {}", other.singular),
                )
        });
    }
}
