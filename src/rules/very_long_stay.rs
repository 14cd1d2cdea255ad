//! `very-long-stay`

use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::time::civil::DAY;

/// The longest stay that nobody asks about, in days.
const LIMIT: i64 = 365;

declare_rule! {
    /// A stay lasts more than 365 days.
    ///
    /// It may be a tenancy. Often it is a wrong year, or a date far away that means "open".
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2062-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) VERY_LONG_STAY = {
        code: "very-long-stay",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "reservations are shorter; a wrong year is the common reason",
        why: "The code works as long as the stay lasts; a wrong year makes it last for years.",
        data: [Count, Limit],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&VERY_LONG_STAY],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for stay in &context.payload.stays {
        let Some((starts, ends)) = stay.period() else {
            continue;
        };
        let (start, end) = (starts.time.instant, ends.time.instant);
        let seconds = end.seconds - start.seconds;
        let over =
            seconds > LIMIT * DAY || seconds == LIMIT * DAY && end.nanoseconds > start.nanoseconds;
        if !over {
            continue;
        }
        let place = Location::value(document, ends.node);
        sink.report(&VERY_LONG_STAY, place, |finding| {
            let days = seconds / DAY;
            finding
                .message(format!(
                    "{} {} is more than {LIMIT} days after {}",
                    context.subject(ends.node),
                    context.quoted_text(ends.node),
                    context.subject(starts.node)
                ))
                .help("look at the year; to leave the end open, leave the member out")
                .related(
                    Location::value(document, starts.node),
                    "the stay starts here",
                )
                .with_some_number(DataField::Count, (!context.redacts()).then_some(days))
                .with_number(DataField::Limit, LIMIT)
        });
    }
}
