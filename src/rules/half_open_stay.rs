//! `half-open-stay`

use crate::model::graph::graph;
use crate::model::stay::Moment;
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A stay has a start or an end, but not both.
    ///
    /// That is legal, and may be intended: access without an end, as staff has it. On a reservation
    /// or a booking it is more often a field that the sending system left out, and then the code
    /// goes on working after the guest has left.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "access_grants": [{ "access_grant_key": "a", "guest_key": "g", "space_keys": ["s"] }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) HALF_OPEN_STAY = {
        code: "half-open-stay",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "legal; on a reservation it is mostly a field that was left out",
        why: "Without the other of the two, access has no start or no end.",
        data: [Member],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&HALF_OPEN_STAY],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for stay in &context.payload.stays {
        let (present, missing) = match (stay.starts(), stay.ends()) {
            (Some(Moment { node, .. }), None) => (node, "ends_at"),
            (None, Some(Moment { node, .. })) => (node, "starts_at"),
            _ => continue,
        };
        let resource = &context.payload.resources[stay.resource as usize];
        // It has a value of the wrong type, which the schema check reports.
        if document.member(resource.node, missing).is_some() {
            continue;
        }
        let place = Location::opener(document, resource.node);
        sink.report(&HALF_OPEN_STAY, place, |finding| {
            let collection = graph().collection(resource.collection);
            finding
                .message(format!(
                    "{} has {} and no {missing}",
                    collection.with_article(),
                    context.subject(present)
                ))
                .help(format!("write {missing} too"))
                .related(Location::name(document, present), "the only one of the two")
                .with(DataField::Member, missing)
        });
    }
}
