//! `unreachable-person`

use std::collections::HashSet;

use crate::model::files::ResourceRef;
use crate::model::graph::graph;
use crate::model::resolve::Resolution;
use crate::platform::hash::RandomState;
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A person whom a stay names has neither an e-mail address nor a phone number.
    ///
    /// Seam then has nowhere to send a mobile key or a code, and says so with `user_identity_missing_email_address` or
    /// `user_identity_missing_phone_number` after the push. Where people get their code by another way, that is fine.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    pub(crate) UNREACHABLE_PERSON = {
        code: "unreachable-person",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: People,
        basis: Documented,
        source: "Seam docs, error codes: user_identity_missing_email_address, user_identity_missing_phone_number",
        why: "Mobile keys and codes cannot be delivered (user_identity_missing_email_address, user_identity_missing_phone_number).",
        data: [Key optional],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&UNREACHABLE_PERSON],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let unreachable = |file: u32| {
        let people = context.set.files()[file as usize].payload.people.iter();
        people
            .filter(|person| person.email.is_none() && person.phone.is_none())
            .map(|person| person.resource)
    };
    if unreachable(context.file).next().is_none() {
        return;
    }
    let mut named: HashSet<u32, RandomState> = HashSet::default();
    for (file, of) in (0..).zip(context.set.files()) {
        for stay in of.payload.stays.iter().filter(|stay| stay.has_person) {
            let resource = stay.resource;
            for (_, resolution) in context.set.resolved(ResourceRef { file, resource }) {
                if let Resolution::Found(person) = resolution
                    && person.file == context.file
                {
                    named.insert(person.resource);
                }
            }
        }
    }
    for person in unreachable(context.file).filter(|person| named.contains(person)) {
        let resource = &context.payload.resources[person as usize];
        let collection = graph().collection(resource.collection);
        // A contact of another type is a finding of the schema check, and a misspelt one is an unknown member.
        let has_member = |name| document.member(resource.node, name).is_some();
        let is_misspelt = context.unknown_members_of(resource.node).next().is_some();
        if has_member("email_address") || has_member("phone_number") || is_misspelt {
            continue;
        }
        let place = Location::opener(document, resource.node);
        sink.report(&UNREACHABLE_PERSON, place, |finding| {
            let key = resource.key.map(|key| context.text(key));
            let named = match resource.key {
                Some(key) => format!("{} {}", collection.singular, context.quoted_text(key)),
                None => context.subject(resource.node),
            };
            finding
                .message(format!(
                    "{named} has neither email_address nor phone_number"
                ))
                .help("add one of them, if a mobile key or a code is to be sent to this person")
                .with_some(
                    DataField::Key,
                    key.as_deref().and_then(|key| context.value(key)),
                )
        });
    }
}
