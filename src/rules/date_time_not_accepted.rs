//! `date-time-not-accepted`

use json_document::quote;

use crate::report::{Applicability, DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A date and time is valid RFC 3339 that the API refuses.
    ///
    /// RFC 3339 allows a lower-case `t` and `z` and leap seconds; the API does not take them.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12t15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) DATE_TIME_NOT_ACCEPTED = {
        code: "date-time-not-accepted",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Limits,
        basis: Model,
        source: "its form of a date and time has no lower-case letters and no leap second",
        why: "RFC 3339 allows it; the API does not take it.",
        data: [Reason("is a leap second", "has a lower-case t or z"), Suggestion optional],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&DATE_TIME_NOT_ACCEPTED],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for moment in &context.payload.uncommon_times {
        let time = moment.time;
        let leap = time.is_leap_second();
        if !time.is_lower_case && !leap {
            continue;
        }
        let id = moment.node;
        let text = context.text(id);
        let place = Location::value(document, id);
        sink.report(&DATE_TIME_NOT_ACCEPTED, place, |finding| {
            let subject = context.subject(id);
            let upper = text.to_ascii_uppercase();
            if leap {
                return finding
                    .message(format!(
                        "{subject} is a leap second: {}",
                        context.quoted(&text)
                    ))
                    .help("write the second before or after it")
                    .reason("is a leap second");
            }
            finding
                .message(format!(
                    "{subject} has a lower-case t or z: {}",
                    context.quoted(&text)
                ))
                .help(format!("write {}", context.quoted(&upper)))
                .reason("has a lower-case t or z")
                .with_some(DataField::Suggestion, context.value(&upper))
                .fix(
                    Applicability::Safe,
                    "write T and Z in upper case",
                    vec![(document.span(id), quote(&upper))],
                )
        });
    }
}
