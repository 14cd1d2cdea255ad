//! `overlapping-stays`

use crate::model::graph::graph;
use crate::report::{DataField, Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// Two stays at the same space overlap in time.
    ///
    /// Two guests would hold codes for one door at one time: a double booking, or a stay that
    /// should have been updated and was pushed under a new key. A stay that starts when another
    /// ends is fine. Each stay that starts during another is reported once; where more than three meet at once, there is one finding
    /// for the space, with the count.
    ///
    /// Two with the same start and end are a class, or a party that travels together: a reservation holds one person (an info). At a
    /// space with `duration_minutes` nothing is said: it is booked in slots.
    ///
    /// Stays are reservations and bookings. Access grants are not compared: staff and cleaners
    /// come while guests are there. Sites, buildings, common areas and facilities are not
    /// compared either: many share them. Nor do two stays count that each name several places and
    /// not the same ones: what they share is an entrance or a lobby then. The same space is the
    /// same resource of the payload or set, or the same unresolved key under the same member. Of
    /// records with one key the last counts: it overwrites the others.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r1", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }, { "reservation_key": "r2", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-13T15:00:00Z", "ends_at": "2026-08-16T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,bad,info
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r1", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }, { "reservation_key": "r2", "guest_key": "h", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }, { "guest_key": "h", "name": "H", "email_address": "h@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r1", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }, { "reservation_key": "r2", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-14T10:00:00Z", "ends_at": "2026-08-16T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) OVERLAPPING_STAYS = {
        code: "overlapping-stays",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "a reservation holds one person; two parties do not share a private space",
        why: "Two guests would hold codes for one door at the same time.",
        data: [
            Reason(
                "{count} stays are at this space at once",
                "at the same space to the same end",
                "before the end of another stay",
            ),
            OtherCollection,
            Count optional,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&OVERLAPPING_STAYS],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let set = context.set;
    for overlap in context.overlaps().in_file(context.file) {
        let stay = &context.payload.stays[overlap.stay as usize];
        let Some(starts) = stay.starts() else {
            continue;
        };
        let place = Location::value(document, starts.node);
        let severity = if overlap.same_time {
            Severity::Info
        } else {
            Severity::Warning
        };
        sink.report_as(&OVERLAPPING_STAYS, severity, place, |finding| {
            let file = &set.files()[overlap.other_file as usize];
            let other = &file.payload.stays[overlap.other as usize];
            let resource = &file.payload.resources[other.resource as usize];
            let collection = graph().collection(resource.collection);
            let singular = &collection.singular;
            let own = &context.payload.resources[stay.resource as usize];
            let another = if own.collection == resource.collection {
                format!("another {singular}")
            } else {
                collection.with_article()
            };
            let subject = context.subject(starts.node);
            let quoted = context.quoted_text(starts.node);
            let (reason, message) = match overlap.crowd {
                Some(count) => (
                    "{count} stays are at this space at once",
                    format!("{count} stays are at this space at once, one of them from {subject} {quoted}"),
                ),
                None if overlap.same_time => (
                    "at the same space to the same end",
                    format!("{another} is at the same space from {subject} {quoted} to the same end"),
                ),
                None => (
                    "before the end of another stay",
                    format!("{subject} {quoted} is before the end of {another} at the same space"),
                ),
            };
            let finding = finding
                .message(message)
                .reason(reason)
                .with(DataField::OtherCollection, &collection.name)
                .with_some_number(DataField::Count, overlap.crowd.map(i64::from));
            let finding = if overlap.same_time {
                finding
                    .note("A class, or a party that travels together, is pushed so: a reservation holds one person.")
                    .help("if it is a double booking, move one of the stays; a space that is booked in slots has duration_minutes")
            } else {
                finding.help("end the earlier stay first, move one of the two, or name another space")
            };
            let finding = finding
                .related(Location::value(document, overlap.reference), "the space");
            match other.ends() {
                Some(ends) if !overlap.same_time => finding.related_in(
                    overlap.other_file,
                    Location::value(file.document, ends.node),
                    format!("the other {singular} ends here"),
                ),
                _ => finding,
            }
        });
    }
}
