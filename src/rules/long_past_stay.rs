//! `long-past-stay`

use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A stay ended before the instant that was given as now.
    ///
    /// Off unless a clock is given with `--now` (in the library, `Options::now`), and nothing
    /// reads another one: the same check gives the same report tomorrow. A stay that is over
    /// opens no door; often the year is wrong, or an export has no end.
    ///
    /// The example is found with `--now 2026-01-01T00:00:00Z`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2025-08-12T15:00:00Z", "ends_at": "2025-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) LONG_PAST_STAY = {
        code: "long-past-stay",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "only where you give a time to compare with",
        why: "A stay that is over opens no door.",
        on_by_default: false
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&LONG_PAST_STAY],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let Some(now) = context.now else { return };
    let document = context.document;
    for stay in &context.payload.stays {
        let Some(ends) = stay.ends() else { continue };
        if ends.time.is_none_or(|time| time.instant >= now) {
            continue;
        }
        let place = Location::value(document, ends.node);
        sink.report(&LONG_PAST_STAY, place, |finding| {
            finding
                .message(format!(
                    "{} {} is in the past",
                    context.subject(ends.node),
                    context.quoted_text(ends.node)
                ))
                .help("leave out stays that are over, or look at the year")
        });
    }
}
