//! `shared-preferred-code`

use crate::model::files::of_file;
use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// Two stays at one place have the same code at the same time.
    ///
    /// A lock keeps a code once. The second one is refused, so that its guest gets another code
    /// than the one that was promised, or it ends with the first one's stay. Stays are
    /// reservations, bookings and access grants; their times are compared as half-open intervals,
    /// and a missing start or end is open.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "common_areas": [{ "common_area_key": "pool", "name": "Pool" }], "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }, { "guest_key": "h", "name": "Ben", "email_address": "ben@example.com" }], "reservations": [{ "reservation_key": "r1", "guest_key": "g", "common_area_keys": ["pool"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "4821" }, { "reservation_key": "r2", "guest_key": "h", "common_area_keys": ["pool"], "starts_at": "2026-08-13T15:00:00Z", "ends_at": "2026-08-15T10:00:00Z", "preferred_code": "4821" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }, { "guest_key": "h", "name": "Ben", "email_address": "ben@example.com" }], "reservations": [{ "reservation_key": "r1", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "4821" }, { "reservation_key": "r2", "guest_key": "h", "space_keys": ["s"], "starts_at": "2026-08-14T10:00:00Z", "ends_at": "2026-08-15T10:00:00Z", "preferred_code": "4821" }] }
    /// ```
    pub(crate) SHARED_PREFERRED_CODE = {
        code: "shared-preferred-code",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Access,
        basis: Judgement,
        source: "two parties with one code at one door cannot be distinguished",
        why: "A lock stores a code once: one of the two guests gets another code than the promised one.",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&SHARED_PREFERRED_CODE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let set = context.set;
    if context.payload.stays.iter().all(|stay| stay.code.is_none()) {
        return;
    }
    let shared = context.views.shared_codes(set);
    let document = context.document;
    for one in of_file(shared, context.file, |one| one.stay.file) {
        let place = Location::value(document, one.code);
        sink.report(&SHARED_PREFERRED_CODE, place, |finding| {
            let other = set.files()[one.other.file as usize].document;
            finding
                .message(format!(
                    "{} {} is that of another stay at the same place and time",
                    context.subject(one.code),
                    context.quoted_text(one.code)
                ))
                .help("give stays that overlap different codes, or leave the member out")
                .related_in(
                    one.other.file,
                    Location::value(other, one.other_code),
                    "the other stay's code",
                )
        });
    }
}
