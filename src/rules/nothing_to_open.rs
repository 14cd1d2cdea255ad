//! `nothing-to-open`, `nobody-to-admit`: stays that give nobody access, or access to nothing.

use json_document::{Kind, NodeId};

use crate::model::graph::{Collection, ResourceKind, Role, graph};
use crate::model::resource::Resource;
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A reservation, booking or access grant names no location.
    ///
    /// It opens no door. A record that only updates another member of a stay that was pushed
    /// before may be intended.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    pub(crate) NOTHING_TO_OPEN = {
        code: "nothing-to-open",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Access,
        basis: Judgement,
        source: "access without a location opens nothing",
        why: "Without a location it opens no door.",
        data: [Key optional],
    };
}

declare_rule! {
    /// A reservation, booking or access grant names no person.
    ///
    /// Nobody gets access by it. A record that only updates another member of a stay that was
    /// pushed before may be intended.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "reservations": [{ "reservation_key": "r", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    pub(crate) NOBODY_TO_ADMIT = {
        code: "nobody-to-admit",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Access,
        basis: Judgement,
        source: "access without a person lets nobody in; documented updates leave it out",
        why: "Without a person, nobody gets access.",
        data: [Key optional],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&NOTHING_TO_OPEN, &NOBODY_TO_ADMIT],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let (payload, graph) = (context.payload, graph());
    for stay in &payload.stays {
        if stay.has_location && stay.has_person {
            continue;
        }
        let resource = &payload.resources[stay.resource as usize];
        let collection = graph.collection(resource.collection);
        let place = || Location::opener(context.document, resource.node);
        let key = resource.key.map(|key| context.text(key));
        let key = key.as_deref().and_then(|key| context.value(key));
        if !stay.has_location && !has_member(context, resource, collection, ResourceKind::Location)
        {
            sink.report(&NOTHING_TO_OPEN, place(), |finding| {
                finding
                    .message(format!(
                        "{} names no location",
                        named(context, resource, collection)
                    ))
                    .help("name what it opens, such as room_keys or space_keys")
                    .with_some(DataField::Key, key)
            });
        }
        if !stay.has_person && !has_member(context, resource, collection, ResourceKind::Person) {
            sink.report(&NOBODY_TO_ADMIT, place(), |finding| {
                finding
                    .message(format!(
                        "{} names no person",
                        named(context, resource, collection)
                    ))
                    .help("name who may enter, such as guest_key or user_identity_key")
                    .with_some(DataField::Key, key)
            });
        }
    }
}

/// What a message calls the stay.
fn named(context: &Context<'_>, resource: &Resource, collection: &Collection) -> String {
    match resource.key {
        Some(key) => format!("{} {}", collection.singular, context.quoted_text(key)),
        None => context.subject(resource.node),
    }
}

/// Whether a member that names such resources has a value of another type, which the schema check
/// reports. An empty list names nothing.
fn has_member(
    context: &Context<'_>,
    resource: &Resource,
    collection: &Collection,
    kind: ResourceKind,
) -> bool {
    let document = context.document;
    let is_empty = |node: NodeId| {
        document.kind(node) == Kind::Array && document.children(node).next().is_none()
    };
    document.members(resource.node).any(|member| {
        let name = document.name_number(document.node(member));
        match collection.role(name) {
            Role::Reference(target) | Role::References(target) => {
                graph().collection(target).kind == kind && !is_empty(member)
            }
            _ => false,
        }
    })
}
