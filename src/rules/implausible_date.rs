//! `implausible-date`

use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A date is before 1980 or after 2199.
    ///
    /// `0001-01-01`, `1900-01-01` and `9999-12-31` are what libraries write for no date at all, and in January 1970 lies what was meant in
    /// seconds and read as milliseconds. A lease that began in 2009 is none of these. No clock is read.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "0001-01-01T00:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "9999-12-31T23:59:59Z" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2025-08-12T15:00:00Z", "ends_at": "2026-08-01T10:00:00Z" }] }
    /// ```
    pub(crate) IMPLAUSIBLE_DATE = {
        code: "implausible-date",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "defaults of libraries, and seconds that were read as milliseconds",
        why: "Codes start and stop at the instant that is written: these never start, or never stop.",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&IMPLAUSIBLE_DATE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for moment in &context.payload.uncommon_times {
        let instant = moment.time.instant;
        if !instant.is_implausible() {
            continue;
        }
        let place = Location::value(document, moment.node);
        sink.report(&IMPLAUSIBLE_DATE, place, |finding| {
            let finding = finding.message(format!(
                "{} is {}: no stay is then",
                context.subject(moment.node),
                context.quoted_text(moment.node)
            ));
            // In January and February of 1970.
            let is_epoch = (0..5_000_000).contains(&instant.seconds);
            finding.help(if is_epoch && instant.seconds > 0 {
                "this is what seconds since 1970 give when they are read as milliseconds: multiply them by 1000"
            } else {
                "write the real date, or leave the member out if there is none"
            })
        });
    }
}
