//! `duplicate-key`

use json_document::{Document, Kind, NodeId};

use crate::model::files::{ResourceRef, of_file};
use crate::model::graph::graph;
use crate::report::Severity;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// Two resources of one collection have the same key.
    ///
    /// A push is an upsert: the later record updates the one that the earlier has just made, so
    /// one of the two is lost. Where both say the same, nothing is lost (an info). In a set of
    /// files that are checked as one (`--as-set`), the other record may be in another file.
    ///
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }, { "room_key": "101", "name": "Room 102" }]
    /// }
    /// ```
    /// ```json,bad,info
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }, { "name": "Room 101", "room_key": "101" }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }, { "room_key": "102", "name": "Room 102" }]
    /// }
    /// ```
    pub(crate) DUPLICATE_KEY = {
        code: "duplicate-key",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Documented,
        source: "Seam docs, \"Reservation automations\": a key that is pushed again updates the record",
        why: "A push is an upsert: the later record silently overwrites the earlier.",
        data: [Reason("an earlier", "another file's")],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&DUPLICATE_KEY],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let set = context.set;
    for (later, earlier) in of_file(set.duplicates(), context.file, |pair| pair.0.file) {
        let equal = equal(context, *later, *earlier);
        let severity = if equal {
            Severity::Info
        } else {
            Severity::Warning
        };
        sink.report_as(
            &DUPLICATE_KEY,
            severity,
            context.key_location(*later),
            |finding| {
                let collection = graph().collection(set.resource(*later).collection);
                let own_key = context.schema.name(collection.own_key);
                let other = if later.file == earlier.file {
                    "an earlier"
                } else {
                    "another file's"
                };
                let finding = finding.message(format!(
                    "{own_key} {} is the key of {other} {} too",
                    context.quoted(&set.key(*later)),
                    collection.singular,
                ));
                let finding = finding.reason(other);
                if equal {
                    finding
                        .note("Both records say the same, so nothing is lost.")
                        .help("remove one of the two")
                        .related_in(
                            earlier.file,
                            context.key_location(*earlier),
                            "the same record",
                        )
                } else {
                    finding
                        .help("give one of the two a key of its own, or make them one record")
                        .related_in(
                            earlier.file,
                            context.key_location(*earlier),
                            "the record that is overwritten",
                        )
                }
            },
        );
    }
}

/// Whether two resources say the same, whatever the order of their members.
fn equal(context: &Context<'_>, a: ResourceRef, b: ResourceRef) -> bool {
    let set = context.set;
    same(
        (set.document(a), set.resource(a).node),
        (set.document(b), set.resource(b).node),
    )
}

/// Linear but for sorting the members: values of different sizes are distinguished first, so that a
/// small record is never compared with a large one. As deep as the parser goes.
fn same(a: (&Document<'_>, NodeId), b: (&Document<'_>, NodeId)) -> bool {
    let size = |(document, node): (&Document<'_>, NodeId)| {
        let number = node.number();
        document.node(node).next(number) - number
    };
    if a.0.kind(a.1) != b.0.kind(b.1) || size(a) != size(b) {
        return false;
    }
    match a.0.kind(a.1) {
        Kind::Null => true,
        Kind::Boolean => a.0.boolean(a.1) == b.0.boolean(b.1),
        Kind::String => a.0.string(a.1) == b.0.string(b.1),
        Kind::Number | Kind::Invalid => a.0.raw(a.1) == b.0.raw(b.1),
        Kind::Array => {
            let mut others = b.0.children(b.1);
            a.0.children(a.1).all(|child| {
                others
                    .next()
                    .is_some_and(|other| same((a.0, child), (b.0, other)))
            }) && others.next().is_none()
        }
        Kind::Object => {
            let (of_a, of_b) = (members(a), members(b));
            of_a.len() == of_b.len()
                && of_a
                    .iter()
                    .zip(&of_b)
                    .all(|(one, other)| one.0 == other.0 && same((a.0, one.1), (b.0, other.1)))
        }
    }
}

/// The members that a reader keeps, by name.
fn members<'d>(
    (document, node): (&'d Document<'_>, NodeId),
) -> Vec<(std::borrow::Cow<'d, str>, NodeId)> {
    let mut members: Vec<_> = document
        .members(node)
        .map(|member| (document.name(member).unwrap_or_default(), member))
        .collect();
    crate::platform::sort::sort_by(&mut members, Ord::cmp);
    members
}
