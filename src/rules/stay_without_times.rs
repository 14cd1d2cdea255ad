//! `stay-without-times`

use crate::model::graph::graph;
use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A reservation or booking has neither a start nor an end.
    ///
    /// It names a person and a location, so it gives a code that works from now on and forever, which some devices refuse
    /// (`ongoing_not_supported`). For an access grant that is what staff has, and nothing is said.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"] }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    pub(crate) STAY_WITHOUT_TIMES = {
        code: "stay-without-times",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Documented,
        source: "Seam docs, error codes: ongoing_not_supported",
        why: "Access without times is ongoing: it has no end, and some devices refuse it (ongoing_not_supported).",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&STAY_WITHOUT_TIMES],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for stay in &context.payload.stays {
        let has_time = stay.starts().is_some() || stay.ends().is_some();
        if has_time || !stay.has_person || !stay.has_location {
            continue;
        }
        let resource = &context.payload.resources[stay.resource as usize];
        let collection = graph().collection(resource.collection);
        // A time of another type is a finding of the schema check.
        let has_member = |name| document.member(resource.node, name).is_some();
        if collection.name == "access_grants" || has_member("starts_at") || has_member("ends_at") {
            continue;
        }
        let place = Location::opener(document, resource.node);
        sink.report(&STAY_WITHOUT_TIMES, place, |finding| {
            finding
                .message(format!(
                    "{} has neither starts_at nor ends_at",
                    collection.with_article()
                ))
                .help("write both; access that is meant to be ongoing is an access grant")
        });
    }
}
