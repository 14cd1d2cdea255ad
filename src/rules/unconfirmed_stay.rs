//! `unconfirmed-stay`

use json_document::{Kind, NodeId};

use crate::model::graph::{Collection, ResourceKind, graph};
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::values::status;

declare_rule! {
    /// A stay says that it is not confirmed.
    ///
    /// `status`, `state`, `cancelled` and their like are no members of a reservation, booking or access grant: the API drops them, and gives
    /// access. In `custom_metadata` it keeps them, and gives access too. Seam's documentation says to push only confirmed reservations; a
    /// cancelled one is removed with `delete_data`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "status": "cancelled" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "custom_metadata": { "booking_status": "tentative" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "custom_metadata": { "booking_status": "confirmed" } }] }
    /// ```
    pub(crate) UNCONFIRMED_STAY = {
        code: "unconfirmed-stay",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Members,
        basis: Documented,
        source: "Seam docs, \"Reservation automations\": push only confirmed reservations",
        why: "The API does not know the status: it gives access to whoever is pushed.",
        data: [Member],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&UNCONFIRMED_STAY],
};

/// Whether a member or an entry says that its stay is not confirmed.
fn says_so(context: &Context<'_>, member: NodeId) -> bool {
    let document = context.document;
    let Some(name) = document.name(member).filter(|name| status::is_status(name)) else {
        return false;
    };
    match document.kind(member) {
        Kind::String => status::is_unconfirmed(&name, &context.text(member)),
        Kind::Boolean | Kind::Number => status::is_unconfirmed(&name, document.raw(member)),
        _ => false,
    }
}

/// The collection of the stay that an object is.
fn stay_of(context: &Context<'_>, holder: NodeId) -> Option<&'static Collection> {
    let resources = &context.payload.resources;
    let at = resources.binary_search_by_key(&holder, |resource| resource.node);
    let collection = graph().collection(resources[at.ok()?].collection);
    (collection.kind == ResourceKind::Stay).then_some(collection)
}

/// Whether an unknown member is a finding of this rule.
pub(super) fn is_one(context: &Context<'_>, member: NodeId) -> bool {
    let holder = context.document.parent(member);
    holder.is_some_and(|holder| stay_of(context, holder).is_some()) && says_so(context, member)
}

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let members = context.unknown_members.iter();
    let members = members.map(|(member, _)| (*member, document.parent(*member)));
    let entries = context.payload.uncommon_entries.iter().map(|entry| {
        let holder = document
            .parent(*entry)
            .and_then(|metadata| document.parent(metadata));
        (*entry, holder)
    });
    for (member, holder) in members.chain(entries) {
        let Some(collection) = holder.and_then(|holder| stay_of(context, holder)) else {
            continue;
        };
        if !says_so(context, member) {
            continue;
        }
        let place = Location::value(document, member);
        sink.report(&UNCONFIRMED_STAY, place, |finding| {
            let name = document.name(member).unwrap_or_default();
            let value = match document.kind(member) {
                Kind::String => context.quoted_text(member),
                _ => context.quoted_token(document.raw(member)),
            };
            finding
                .message(format!(
                    "{} with {} {value} gets access like any other",
                    collection.with_article(),
                    context.name(&name)
                ))
                .help("push confirmed stays only; remove one that was pushed with delete_data")
                .with(DataField::Member, &name)
        });
    }
}
