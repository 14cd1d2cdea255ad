//! `date-without-time`

use json_document::quote;

use crate::model::space_zones::SpaceTime;
use crate::model::stay::Dated;
use crate::report::{Applicability, DataField, Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::local_time::{clock, spaces_of};
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::time::civil::DAY;
use crate::time::offset::Local;
use crate::time::timestamp::{Timestamp, offset_text};

declare_rule! {
    /// A stay starts and ends at midnight in UTC.
    ///
    /// That is what a program makes of two dates (`new Date("2026-05-01")`). At a door in Los Angeles it is 17:00 of the day before: the code
    /// of the last guest stops while they sleep. Where the space's zone is known and is not at UTC then, this is a warning, and where it has
    /// default times, the fix writes them with the zone's offset (unsafe: look at it first).
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T00:00:00Z", "ends_at": "2026-08-14T00:00:00Z" }] }
    /// ```
    /// ```json,bad,warning
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/Los_Angeles", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T00:00:00Z", "ends_at": "2026-08-14T00:00:00Z" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/Los_Angeles", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00-07:00", "ends_at": "2026-08-14T10:00:00-07:00" }] }
    /// ```
    pub(crate) DATE_WITHOUT_TIME = {
        code: "date-without-time",
        severity: Info,
        fix: Unsafe,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "public reports of integrators: dates that JavaScript made instants of",
        why: "A date that a program made an instant of is midnight in UTC, which is another time and often another day at the door.",
        data: [
            Reason("at midnight in UTC", "the same day", "the day before"),
            TimeZone optional,
            Time optional,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&DATE_WITHOUT_TIME],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for stay in &context.payload.stays {
        let Some((starts, ends)) = stay.period() else {
            continue;
        };
        let (start, end) = (starts.time, ends.time);
        if !is_midnight(start) || !is_midnight(end) {
            continue;
        }
        let away = spaces_of(context, stay.resource).find_map(|at| {
            let offset = at.zone.rules.offset_at(start.instant.seconds)?;
            (offset != 0).then_some((at, offset))
        });
        let severity = match away {
            Some(_) => Severity::Warning,
            None => Severity::Info,
        };
        let place = Location::value(document, starts.node);
        sink.report_as(&DATE_WITHOUT_TIME, severity, place, |finding| {
            let finding = finding.related(
                Location::value(document, ends.node),
                "the end is at midnight in UTC too",
            );
            let Some((at, offset)) = away else {
                return finding
                    .message(format!(
                        "{} {} and the end are at midnight in UTC",
                        context.subject(starts.node),
                        context.quoted_text(starts.node)
                    ))
                    .help("write the time of arrival and departure, with the offset of the place")
                    .reason("at midnight in UTC");
            };
            let finding = if context.redacts() {
                finding
                    .message("the stay starts and ends at midnight in UTC".to_owned())
                    .reason("at midnight in UTC")
            } else {
                let there = start.instant.seconds + i64::from(offset);
                let (day, reason) = if offset < 0 {
                    (" the day before", "the day before")
                } else {
                    ("", "the same day")
                };
                let time = clock(there);
                finding
                    .message(format!(
                        "{} {} is {time}{day} in {}",
                        context.subject(starts.node),
                        context.quoted_text(starts.node),
                        at.zone.name
                    ))
                    .reason(reason)
                    .with(DataField::TimeZone, at.zone.name)
                    .with(DataField::Time, &time)
            };
            let (from, to) = (
                at_default(context, starts, &at, at.checkin.map(|time| time.seconds)),
                at_default(context, ends, &at, at.checkout.map(|time| time.seconds)),
            );
            match (from, to) {
                (Some(from), Some(to)) => finding
                    .help(format!(
                        "for the default times of the space, write {} and {}",
                        context.quoted(&from),
                        context.quoted(&to)
                    ))
                    .fix(
                        Applicability::Unsafe,
                        "write the dates with the space's default times and the zone's offset",
                        vec![
                            (document.span(starts.node), quote(&from)),
                            (document.span(ends.node), quote(&to)),
                        ],
                    ),
                _ => finding
                    .help("write the time of arrival and departure, with the offset of the zone"),
            }
        });
    }
}

fn is_midnight(time: Timestamp) -> bool {
    time.offset.seconds() == 0
        && time.instant.nanoseconds == 0
        && time.instant.seconds.rem_euclid(DAY) == 0
}

/// The date with a time of day at a space.
fn at_default(
    context: &Context<'_>,
    moment: Dated,
    at: &SpaceTime,
    of_day: Option<u32>,
) -> Option<String> {
    let of_day = of_day?;
    let Some(Local::Unambiguous { offset }) = at
        .zone
        .rules
        .local(moment.time.instant.seconds + i64::from(of_day))
    else {
        return None;
    };
    let text = context.text(moment.node);
    let date = text.get(.."2026-05-01".len())?;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    Some(format!(
        "{date}T{hour:02}:{minute:02}:{second:02}{}",
        offset_text(offset)
    ))
}
