//! `multiple-person-references`

use crate::model::files::ResourceRef;
use crate::model::graph::{ResourceKind, Role, graph};
use crate::model::reference::Reference;
use crate::model::resolve::Resolution;
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// One record names more than one person.
    ///
    /// The API expects one of `guest_key`, `tenant_key`, `resident_key`, `user_key` and
    /// `user_identity_key` on a reservation, booking or access grant. Which of several gets the
    /// access is not said anywhere.
    ///
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "guests": [{ "guest_key": "g-1", "name": "Ada", "email_address": "ada@example.com" }],
    ///   "tenants": [{ "tenant_key": "t-1", "name": "Ada", "phone_number": "+14155550100" }],
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }],
    ///   "reservations": [{
    ///     "reservation_key": "r-1", "guest_key": "g-1", "tenant_key": "t-1", "room_keys": ["101"],
    ///     "starts_at": "2026-05-01T15:00:00+02:00", "ends_at": "2026-05-03T10:00:00+02:00"
    ///   }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "guests": [{ "guest_key": "g-1", "name": "Ada", "email_address": "ada@example.com" }],
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }],
    ///   "reservations": [{
    ///     "reservation_key": "r-1", "guest_key": "g-1", "room_keys": ["101"],
    ///     "starts_at": "2026-05-01T15:00:00+02:00", "ends_at": "2026-05-03T10:00:00+02:00"
    ///   }]
    /// }
    /// ```
    pub(crate) MULTIPLE_PERSON_REFERENCES = {
        code: "multiple-person-references",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Model,
        source: "a stay has one user identity",
        why: "The API expects one person on a record; which of several gets access is undefined.",
        data: [Members],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&MULTIPLE_PERSON_REFERENCES],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let graph = graph();
    let document = context.document;
    for stay in &context.payload.stays {
        if stay.people < 2 {
            continue;
        }
        let resource = &context.payload.resources[stay.resource as usize];
        let collection = graph.collection(resource.collection);
        let at = ResourceRef {
            file: context.file,
            resource: stay.resource,
        };
        let mut people: Vec<Reference> = Vec::new();
        for (reference, resolution) in context.set.resolved(at) {
            if resolution != Resolution::Empty
                && let Role::Reference(target) = collection.role(reference.member.0)
                && graph.collection(target).kind == ResourceKind::Person
            {
                people.push(reference);
            }
        }
        let [first, second, ..] = people[..] else {
            continue;
        };
        let place = Location::value(document, second.node);
        sink.report(&MULTIPLE_PERSON_REFERENCES, place, |finding| {
            let name = |reference: &Reference| context.schema.name(reference.member);
            let mut members: Vec<&'static str> = people.iter().map(name).collect();
            let finding = finding.with_all(DataField::Members, &members);
            let last = members.pop().unwrap_or_default();
            let finding = finding
                .message(format!(
                    "{} has {} and {last}; the API expects one person",
                    context.subject(resource.node),
                    members.join(", "),
                ))
                .help("keep the person who stays")
                .related(Location::value(document, first.node), "the first person");
            people[2..].iter().fold(finding, |finding, reference| {
                finding.related(Location::value(document, reference.node), "another person")
            })
        });
    }
}
