//! `ends-before-starts`

use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A stay ends before it starts, or at the same time.
    ///
    /// Such a stay lasts no time at all: nobody gets in. Both are compared as instants, so that
    /// offsets count: `15:00-08:00` is later than `20:00Z`. Often the two are swapped, or one of
    /// them has a wrong year or a wrong offset.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-14T10:00:00Z", "ends_at": "2026-08-12T15:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00-08:00", "ends_at": "2026-08-12T20:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) ENDS_BEFORE_STARTS = {
        code: "ends-before-starts",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "no such stay opens a door",
        why: "A stay that ends before it begins opens no door.",
        data: [Reason("before", "the same instant as")],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&ENDS_BEFORE_STARTS],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for stay in &context.payload.stays {
        let Some((starts, ends)) = stay.period() else {
            continue;
        };
        let (start, end) = (starts.time, ends.time);
        if start.instant < end.instant {
            continue;
        }
        let place = Location::value(document, ends.node);
        sink.report(&ENDS_BEFORE_STARTS, place, |finding| {
            let (what, help) = if start.instant == end.instant {
                ("the same instant as", "write when the stay ends")
            } else if start.local_seconds() < end.local_seconds() {
                // The clock readings are in order: the offsets are to blame.
                (
                    "before",
                    "look at the offsets: the clock times are in order, the instants are not",
                )
            } else {
                ("before", "swapped? exchange the two, or correct one")
            };
            finding
                .message(format!(
                    "{} {} is {what} {}",
                    context.subject(ends.node),
                    context.quoted_text(ends.node),
                    context.subject(starts.node)
                ))
                .help(help)
                .reason(what)
                .related(
                    Location::value(document, starts.node),
                    "the stay starts here",
                )
        });
    }
}
