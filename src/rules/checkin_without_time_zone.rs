//! `checkin-without-time-zone`

use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A space has a default check-in or check-out time and no time zone.
    ///
    /// Nobody can say which instant 15:00 is there.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "15:00" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "15:00", "time_zone": "Europe/Paris" } }] }
    /// ```
    pub(crate) CHECKIN_WITHOUT_TIME_ZONE = {
        code: "checkin-without-time-zone",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "a time of day is no instant without a zone",
        why: "A time of day is no instant without a time zone.",
        data: [Member],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&CHECKIN_WITHOUT_TIME_ZONE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for space in &context.payload.spaces {
        let Some(time) = space.checkin.or(space.checkout) else {
            continue;
        };
        let holder = document.parent(time.node);
        // A zone of another type is a finding of the schema check.
        if space.time_zone.is_some()
            || holder.is_some_and(|holder| document.member(holder, "time_zone").is_some())
        {
            continue;
        }
        let place = Location::value(document, time.node);
        sink.report(&CHECKIN_WITHOUT_TIME_ZONE, place, |finding| {
            finding
                .message(format!(
                    "{} {} has no time_zone beside it",
                    context.subject(time.node),
                    context.quoted_text(time.node)
                ))
                .help("write time_zone, the IANA zone of the place, of the form Area/City")
                .with(DataField::Member, "time_zone")
        });
    }
}
