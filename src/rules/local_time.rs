//! `local-time-as-utc`, `offset-mismatch`, `nonexistent-local-time`, `ambiguous-local-time`: the
//! times of a stay on the clocks of its space. A time has at most one of these findings.

use std::cmp::Ordering;
use std::ptr;

use json_document::{NodeId, quote};

use crate::model::files::ResourceRef;
use crate::model::resolve::Resolution;
use crate::model::space_zones::{DefaultTime, SpaceTime};
use crate::model::stay::Moment;
use crate::report::{Applicability, DataField, DiagnosticBuilder, Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::time::civil::DAY;
use crate::time::humanize::duration;
use crate::time::offset::{Local, Rules, Steady};
use crate::time::timestamp::{Instant, Offset, Timestamp, offset_text};
use crate::time::zone::{WithoutPlace, Zone, ZoneKind};

declare_rule! {
    /// A local time is written as if it were UTC.
    ///
    /// The classic integration bug: the booking system says 15:00, and `Z` is appended. At a space
    /// in Los Angeles that is eight in the morning in summer: the guest's code works seven hours
    /// early, or stops seven hours early on the last day; in Tokyo it starts nine hours late.
    ///
    /// Found where the clock reading of a UTC time is exactly the space's default check-in time
    /// (of `starts_at`) or check-out time (of `ends_at`), and the space's zone is not at UTC at
    /// that instant: London in winter is right, and nothing is said. The fix writes the same
    /// clock time with the zone's offset on that day. It changes the instant, so it is unsafe.
    /// Where clocks go back and show the time twice it takes the earlier; where they go forward
    /// and skip it there is no fix.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00-07:00" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/Los_Angeles", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00+02:00", "ends_at": "2026-08-14T10:00:00.000Z" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Paris", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-12-12T15:00:00Z", "ends_at": "2026-12-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/London", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T22:00:00Z", "ends_at": "2026-08-14T17:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/Los_Angeles", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) LOCAL_TIME_AS_UTC = {
        code: "local-time-as-utc",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "public reports of integrators; the space itself says which clock time is meant",
        why: "Codes start and stop at the instant that is written, whatever the clock at the door shows.",
        data: [
            Reason("the day before", "the same day", "the next day"),
            TimeZone,
            Time,
            Minutes,
            Suggestion optional,
        ],
    };
}

declare_rule! {
    /// A time has an offset that the space's time zone does not have then.
    ///
    /// The instant is what counts, so the stay may be right: written on a server elsewhere, or by
    /// somebody far away. Often it is the winter offset in summer, and then codes start and stop
    /// an hour wrong. Times in UTC are always fine. Of several spaces with different zones, one
    /// has to have the offset. A zone that names no place (`EST`) is no measure: it is reported
    /// itself, as `time-zone-without-place`.
    ///
    /// Where the clock reading is exactly the space's default check-in time (of `starts_at`) or check-out time (of `ends_at`), the
    /// evidence and the harm are those of `local-time-as-utc`: a server appended its own offset (a warning, with the same fix).
    ///
    /// ```json,bad,warning
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00+02:00", "ends_at": "2026-08-14T10:00:00-07:00" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/Los_Angeles", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T16:00:00-08:00", "ends_at": "2026-08-14T10:00:00-07:00" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/Los_Angeles", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00-07:00", "ends_at": "2026-08-14T10:00:00-07:00" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/Los_Angeles", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) OFFSET_MISMATCH = {
        code: "offset-mismatch",
        severity: Info,
        fix: Unsafe,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "the IANA database has another offset for the zone then",
        why: "The instant counts: if the clock time is the intended one, codes start and stop at the wrong time.",
        data: [Expected, Found, TimeZone, Suggestion optional],
    };
}

declare_rule! {
    /// A local time does not exist: clocks at the space skip it.
    ///
    /// In spring clocks go forward, in New York from 02:00 to 03:00 on 8 March 2026, and no clock
    /// shows 02:30 that night. Written with an offset it still is an instant, but not the one that
    /// was meant. An instant by itself always has a clock time; so this rule looks at the clock
    /// time as it is written, with one of the two offsets that the space's zone has that night. A
    /// time in UTC says nothing about clocks and is fine; with an offset from elsewhere it is an
    /// `offset-mismatch`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-03-08T02:30:00-05:00", "ends_at": "2026-03-10T10:00:00-04:00" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/New_York", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-03-08T03:30:00-04:00", "ends_at": "2026-03-10T10:00:00-04:00" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/New_York", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) NONEXISTENT_LOCAL_TIME = {
        code: "nonexistent-local-time",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "the IANA database: clocks skip the time",
        why: "Clocks at the space go forward over this time, so no clock ever shows it.",
        data: [TimeZone],
    };
}

declare_rule! {
    /// A local time comes twice: clocks at the space go back over it.
    ///
    /// In autumn clocks go back, in New York from 02:00 to 01:00 on 1 November 2026, and 01:30
    /// comes twice that night. The offset says which of the two is meant, and a system that
    /// appended it to a clock time may have chosen the other. As with `nonexistent-local-time`,
    /// only the clock time as it is written is looked at: UTC is never ambiguous.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-11-01T01:30:00-04:00", "ends_at": "2026-11-03T10:00:00-05:00" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/New_York", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-11-01T02:30:00-05:00", "ends_at": "2026-11-03T10:00:00-05:00" }], "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/New_York", "default_checkin_time": "15:00", "default_checkout_time": "10:00" } }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) AMBIGUOUS_LOCAL_TIME = {
        code: "ambiguous-local-time",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "the IANA database: clocks show the time twice",
        why: "Clocks at the space show this time twice; people who read it may take the other one.",
        data: [Reason("earlier", "later"), TimeZone],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[
        &LOCAL_TIME_AS_UTC,
        &OFFSET_MISMATCH,
        &NONEXISTENT_LOCAL_TIME,
        &AMBIGUOUS_LOCAL_TIME,
    ],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let zones = context.zones();
    if !zones.any_known() && !context.set.knows_clocks() {
        return;
    }
    let mut last = Last(None);
    for stay in &context.payload.stays {
        let spaces = || spaces_of(context, stay.resource);
        let Some(first) = spaces().next() else {
            continue;
        };
        let sides = [(stay.starts(), &CHECK_IN), (stay.ends(), &CHECK_OUT)];
        for (at, side) in sides {
            if let Some(at) = at
                && !last.is_shown(first.zone, at)
            {
                let spaces: Vec<SpaceTime> = spaces().collect();
                moment(context, sink, &spaces, at, side);
            }
        }
    }
}

/// The zone that was asked last, and its answer: the next time of a stay is mostly another in it.
struct Last(Option<(&'static Rules, Steady)>);

impl Last {
    /// Whether the clocks of a zone show a time as it is written, and none is changed on the days around it.
    fn is_shown(&mut self, zone: Zone, moment: Moment) -> bool {
        let Some(time) = moment.time else {
            return false;
        };
        let (rules, instant) = (zone.rules, time.instant.seconds);
        let offset = time.offset.seconds();
        if offset == 0 || is_fixed(zone) || time.is_leap_second() {
            return false;
        }
        let is_around = |steady: Steady| {
            steady.offset == offset && steady.from + DAY <= instant && instant + DAY < steady.until
        };
        if let Some((of, steady)) = self.0
            && ptr::eq(of, rules)
            && is_around(steady)
        {
            return true;
        }
        self.0 = rules.steady_at(instant).map(|steady| (rules, steady));
        self.0.is_some_and(|(_, steady)| is_around(steady))
    }
}

/// What is known of the spaces of a stay that have a zone which IANA knows.
pub(super) fn spaces_of<'c>(
    context: &'c Context<'_>,
    resource: u32,
) -> impl Iterator<Item = SpaceTime> + use<'c> {
    let zones = context.zones();
    let file = context.file;
    let named = context.set.resolved(ResourceRef { file, resource });
    named.filter_map(move |(reference, resolution)| match resolution {
        Resolution::Found(space) => zones.of(space),
        Resolution::Known => {
            let key = context.text(reference.node);
            let clock = context.set.known_clock(reference.target, &key);
            clock.and_then(SpaceTime::known)
        }
        _ => None,
    })
}

/// An end of a stay.
struct Side {
    name: &'static str,
    /// The default time that a space has for it.
    default_time: fn(&SpaceTime) -> Option<DefaultTime>,
}

const CHECK_IN: Side = Side {
    name: "check-in",
    default_time: |at| at.checkin,
};

const CHECK_OUT: Side = Side {
    name: "check-out",
    default_time: |at| at.checkout,
};

/// Checks one time of a stay against the clocks of its spaces.
fn moment(
    context: &Context<'_>,
    sink: &mut DiagnosticSink<'_>,
    spaces: &[SpaceTime],
    moment: Moment,
    side: &Side,
) {
    let Some(time) = moment.time.filter(|time| !time.is_leap_second()) else {
        return;
    };
    if time.offset.seconds() != 0 {
        explicit(context, sink, spaces, moment.node, time, side);
        return;
    }
    let found = spaces.iter().find_map(|at| AtDefault::find(at, time, side));
    if let Some(found) = found {
        let place = Location::value(context.document, moment.node);
        sink.report(&LOCAL_TIME_AS_UTC, place, |finding| {
            as_utc(context, finding, moment.node, time, side, &found)
        });
    }
}

/// A default time of a space that a UTC time has on its clock.
struct AtDefault<'a> {
    at: &'a SpaceTime,
    default: DefaultTime,
    /// The offset of the space then, which is not 0.
    offset: i32,
}

impl<'a> AtDefault<'a> {
    fn find(at: &'a SpaceTime, time: Timestamp, side: &Side) -> Option<Self> {
        let default = (side.default_time)(at)?;
        let Instant {
            seconds,
            nanoseconds,
        } = time.instant;
        if i64::from(default.seconds) != seconds.rem_euclid(DAY) || nanoseconds != 0 {
            return None;
        }
        let offset = at.zone.rules.offset_at(seconds)?;
        (offset != 0).then_some(Self {
            at,
            default,
            offset,
        })
    }
}

fn as_utc(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    node: NodeId,
    time: Timestamp,
    side: &Side,
    found: &AtDefault<'_>,
) -> DiagnosticBuilder {
    let AtDefault {
        at,
        default,
        offset,
    } = *found;
    let side = side.name;
    let subject = context.subject(node);
    let finding = related(
        context,
        with_default(context, finding, at, default, side),
        at,
    );
    let finding = if context.redacts() {
        finding.message(format!(
            "{subject} is the local {side} time, written as UTC"
        ))
    } else {
        let utc = time.instant.seconds;
        let there = utc + i64::from(offset);
        let written = match time.offset {
            Offset::Utc => "Z",
            Offset::Unknown => "-00:00",
            Offset::Minutes(_) => "+00:00",
        };
        let (day, reason) = match there.div_euclid(DAY).cmp(&utc.div_euclid(DAY)) {
            Ordering::Less => (" the day before", "the day before"),
            Ordering::Equal => ("", "the same day"),
            Ordering::Greater => (" the next day", "the next day"),
        };
        let time = clock(there);
        finding
            .message(format!(
                "{subject} {}{written} is {time}{day} in {}, {} {} {side}",
                clock(utc),
                at.zone.name,
                duration(offset.unsigned_abs()),
                if offset < 0 { "before" } else { "after" },
            ))
            .reason(reason)
            .with(DataField::TimeZone, at.zone.name)
            .with(DataField::Time, &time)
            .with_number(DataField::Minutes, i64::from(offset / 60))
    };
    with_offset_of_zone(context, finding, node, time, at)
}

/// The help and the fix that keep the clock time and write it as the zone has it.
fn with_offset_of_zone(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    node: NodeId,
    time: Timestamp,
    at: &SpaceTime,
) -> DiagnosticBuilder {
    let document = context.document;
    let (offset, which) = match at.zone.rules.local(time.local_seconds()) {
        Some(Local::Unambiguous { offset }) => (offset, ""),
        Some(Local::Fold { before, .. }) => (before, ", the earlier of the two that night"),
        Some(Local::Gap { .. }) => {
            return finding.help(
                "that clock time does not exist on that day: clocks skip it; write another with the zone's offset",
            );
        }
        None => return finding.help("write the time with the zone's offset"),
    };
    let text = context.text(node);
    let written = match time.offset {
        Offset::Utc => 1,
        _ => "+00:00".len(),
    };
    let local = text.get(..text.len().saturating_sub(written));
    let repaired = format!("{}{}", local.unwrap_or_default(), offset_text(offset));
    finding
        .help(format!(
            "for the clock time at the door, write {}{which}",
            context.quoted(&repaired)
        ))
        .with_some(DataField::Suggestion, context.value(&repaired))
        .fix(
            Applicability::Unsafe,
            "write the same clock time with the zone's offset",
            vec![(document.span(node), quote(&repaired))],
        )
}

/// A time with an offset of its own.
fn explicit(
    context: &Context<'_>,
    sink: &mut DiagnosticSink<'_>,
    spaces: &[SpaceTime],
    node: NodeId,
    time: Timestamp,
    side: &Side,
) {
    let offset = time.offset.seconds();
    let place = || Location::value(context.document, node);
    let instant = time.instant.seconds;
    let local = time.local_seconds();
    // The first space whose offset is known then, with that offset.
    let mut mismatch: Option<(&SpaceTime, i32)> = None;
    let mut gap: Option<(&SpaceTime, i32)> = None;
    for at in spaces {
        // `EST` in summer: the zone is wrong, not the times of every stay.
        if is_fixed(at.zone) {
            continue;
        }
        let rules = at.zone.rules;
        let Some(there) = rules.offset_at(instant) else {
            continue;
        };
        if there == offset {
            if let Some(Local::Fold { before, after }) = rules.local(local) {
                sink.report(&AMBIGUOUS_LOCAL_TIME, place(), |finding| {
                    ambiguous(context, finding, node, at, offset, (before, after))
                });
            }
            return;
        }
        if mismatch.is_none() {
            mismatch = Some((at, there));
        }
        if gap.is_none()
            && let Some(Local::Gap { before, after }) = rules.local(local)
            && (offset == before || offset == after)
        {
            gap = Some((at, after - before));
        }
    }
    if let Some((at, skipped)) = gap {
        sink.report(&NONEXISTENT_LOCAL_TIME, place(), |finding| {
            nonexistent(context, finding, node, at, instant, skipped)
        });
    } else if let Some((at, there)) = mismatch {
        // Its clock reading is a default time of one of the spaces: as in `local-time-as-utc`, that is no chance.
        let of_day = local.rem_euclid(DAY);
        let is_default = |at: &&SpaceTime| {
            !is_fixed(at.zone)
                && time.instant.nanoseconds == 0
                && (side.default_time)(at)
                    .is_some_and(|default| i64::from(default.seconds) == of_day)
        };
        let default = spaces.iter().find(is_default);
        let (severity, at, there) = match default {
            Some(of) => {
                let there_then = of.zone.rules.offset_at(instant).unwrap_or(there);
                (Severity::Warning, of, there_then)
            }
            None => (Severity::Info, at, there),
        };
        sink.report_as(&OFFSET_MISMATCH, severity, place(), |finding| {
            let finding = mismatched(context, finding, node, time, at, there);
            match (side.default_time)(at).filter(|_| default.is_some()) {
                Some(default) => {
                    let finding = with_default(context, finding, at, default, side.name);
                    with_offset_of_zone(context, finding, node, time, at)
                }
                None => finding,
            }
        });
    }
}

fn mismatched(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    node: NodeId,
    time: Timestamp,
    at: &SpaceTime,
    there: i32,
) -> DiagnosticBuilder {
    let subject = context.subject(node);
    let finding = related(context, finding, at);
    if context.redacts() {
        return finding
            .message(format!(
                "{subject} has an offset that the space's time zone does not have then"
            ))
            .help("for the clock time at the door, write the offset that the zone has then");
    }
    let written = offset_text(time.offset.seconds());
    finding
        .message(format!(
            "{subject} has the offset {written}, where {} has {} then",
            at.zone.name,
            offset_text(there)
        ))
        .help(format!(
            "it is {} there; for {}, write the zone's offset",
            clock(time.instant.seconds + i64::from(there)),
            clock(time.local_seconds())
        ))
        .with(DataField::Found, &written)
        .with(DataField::Expected, &offset_text(there))
        .with(DataField::TimeZone, at.zone.name)
}

fn nonexistent(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    node: NodeId,
    at: &SpaceTime,
    instant: i64,
    skipped: i32,
) -> DiagnosticBuilder {
    let subject = context.subject(node);
    let finding = related(context, finding, at)
        .message(format!(
            "the clock time of {subject} {} does not exist in {}",
            context.quoted_text(node),
            zone_name(context, at)
        ))
        .with_some(DataField::TimeZone, context.value(at.zone.name));
    match at.zone.rules.offset_at(instant) {
        Some(offset) if !context.redacts() => finding.help(format!(
            "clocks go forward by {} then; this instant is {} there",
            duration(skipped.unsigned_abs()),
            clock(instant + i64::from(offset))
        )),
        _ => finding.help("write a clock time before or after the one that clocks skip"),
    }
}

fn ambiguous(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    node: NodeId,
    at: &SpaceTime,
    offset: i32,
    (before, after): (i32, i32),
) -> DiagnosticBuilder {
    let subject = context.subject(node);
    let (this, other, others) = if offset == before {
        ("earlier", "later", after)
    } else {
        ("later", "earlier", before)
    };
    let finding = related(context, finding, at)
        .message(format!(
            "the clock time of {subject} {} comes twice in {}; this is the {this}",
            context.quoted_text(node),
            zone_name(context, at)
        ))
        .reason(this)
        .with_some(DataField::TimeZone, context.value(at.zone.name));
    if context.redacts() {
        finding.help(format!("for the {other} one, write its offset"))
    } else {
        finding.help(format!(
            "for the {other} one, write it with {}",
            offset_text(others)
        ))
    }
}

fn related(context: &Context<'_>, finding: DiagnosticBuilder, at: &SpaceTime) -> DiagnosticBuilder {
    match at.time_zone {
        Some((file, node)) => {
            let space = context.set.files()[file as usize].document;
            finding.related_in(file, Location::value(space, node), "the space's time zone")
        }
        None => finding,
    }
}

/// Points at the default time of a space, if that is in the set.
fn with_default(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    at: &SpaceTime,
    default: DefaultTime,
    side: &str,
) -> DiagnosticBuilder {
    match (at.time_zone, default.node) {
        (Some((file, _)), Some(node)) => {
            let space = context.set.files()[file as usize].document;
            let label = format!("the space's {side} time");
            finding.related_in(file, Location::value(space, node), label)
        }
        _ => finding,
    }
}

fn zone_name(context: &Context<'_>, at: &SpaceTime) -> &'static str {
    if context.redacts() {
        "the space's time zone"
    } else {
        at.zone.name
    }
}

/// Whether a zone is an offset by another name, which `time-zone-without-place` reports.
fn is_fixed(zone: Zone) -> bool {
    match zone.kind {
        ZoneKind::Place | ZoneKind::Alias { .. } => false,
        ZoneKind::WithoutPlace(kind) => kind != WithoutPlace::Region,
    }
}

/// The time of day of a reading in seconds since 1970-01-01T00:00:00: `15:00`, with seconds only where there are any.
pub(super) fn clock(reading: i64) -> String {
    let of_day = reading.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    }
}
