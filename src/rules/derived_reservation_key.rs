//! `derived-reservation-key`

use json_document::NodeId;

use crate::model::graph::graph;
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// The key of a reservation is made of what may change.
    ///
    /// A changed key is a different reservation to Seam: the one before stays, and two sets of credentials end up on the hardware. Reported
    /// where the key has the reservation's own location, person or date as a part of it (of three characters or more), in at least two
    /// reservations of the payload.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "suite-1", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "suite-1_2026-08-12", "guest_key": "g", "space_keys": ["suite-1"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }, { "reservation_key": "suite-1_2026-08-14", "guest_key": "g", "space_keys": ["suite-1"], "starts_at": "2026-08-14T15:00:00Z", "ends_at": "2026-08-16T10:00:00Z" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "suite-1", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "HH-26001", "guest_key": "g", "space_keys": ["suite-1"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }, { "reservation_key": "HH-26002", "guest_key": "g", "space_keys": ["suite-1"], "starts_at": "2026-08-14T15:00:00Z", "ends_at": "2026-08-16T10:00:00Z" }] }
    /// ```
    pub(crate) DERIVED_RESERVATION_KEY = {
        code: "derived-reservation-key",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Documented,
        source: "Seam docs, \"Reservation automations\": a reservation with another key is another reservation",
        why: "When room, guest or date change, the key changes, and with it the reservation: two sets of credentials end up on the hardware.",
        data: [Member],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&DERIVED_RESERVATION_KEY],
};

/// What the shortest part has, in bytes.
const SHORTEST: usize = 3;

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let payload = context.payload;
    let mut derived: Vec<(NodeId, NodeId)> = Vec::new();
    for stay in &payload.stays {
        let resource = &payload.resources[stay.resource as usize];
        let Some(key) = resource.key else { continue };
        if graph().collection(resource.collection).name != "reservations" {
            continue;
        }
        let text = context.text(key);
        let references = payload.references[payload.references_of(stay.resource)].iter();
        let named = references
            .map(|reference| reference.node)
            .find(|node| has_part(&text, &context.text(*node)));
        let part = named.or_else(|| {
            let starts = stay.starts()?.node;
            has_date(&text, &context.text(starts)).then_some(starts)
        });
        if let Some(part) = part {
            derived.push((key, part));
        }
    }
    if derived.len() < 2 {
        return;
    }
    for (key, part) in derived {
        sink.report(&DERIVED_RESERVATION_KEY, Location::value(document, key), |finding| {
            finding
                .message(format!(
                    "{} {} has its {} in it",
                    context.subject(key),
                    context.quoted_text(key),
                    context.subject(part)
                ))
                .help("use the identifier that the reservation keeps for life, such as that of the booking system")
                .related(Location::value(document, part), "this may change")
                .with(DataField::Member, &context.subject(part))
        });
    }
}

/// Whether a key has a text as a part of its own, with no letter or digit beside it.
fn has_part(key: &str, part: &str) -> bool {
    if part.len() < SHORTEST || key.len() <= part.len() {
        return false;
    }
    let is_edge = |byte: Option<&u8>| {
        byte.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
    };
    let bytes = key.as_bytes();
    (0..=bytes.len() - part.len()).any(|at| {
        let (before, rest) = bytes.split_at(at);
        let after = rest.get(part.len());
        is_edge(before.last()) && is_edge(after) && rest.starts_with(part.as_bytes())
    })
}

/// Whether a key has the date of a date and time, with or without hyphens.
fn has_date(key: &str, time: &str) -> bool {
    let Some(date) = time.get(.."2026-08-12".len()) else {
        return false;
    };
    // Long enough for a date, and with its year.
    key.len() > 8
        && key
            .as_bytes()
            .windows(4)
            .any(|four| date.as_bytes().starts_with(four))
        && (has_part(key, date) || has_part(key, &date.replace('-', "")))
}
