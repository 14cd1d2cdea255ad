//! `unknown-time-zone`, `time-zone-alias`, `time-zone-without-place`: the `time_zone` of a space.

use json_document::{NodeId, quote};

use crate::model::space_zones::ZoneText;
use crate::report::{Applicability, DataField, DiagnosticBuilder, Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::time::humanize::duration;
use crate::time::timestamp::offset_text;
use crate::time::zone::{WithoutPlace, ZoneKind, is_still_answered};
use crate::time::zone_suggestion::{Evidence, Suggestion};

declare_rule! {
    /// A time zone is not in the IANA database.
    ///
    /// The API stores it without looking; access that starts at check-in time then has no clock
    /// to start by. Names are case-sensitive: `europe/paris` is none. The finding offers what was
    /// most likely intended: the same name in the right case (a safe fix), then the zone that an
    /// abbreviation (`PST`) or a name from Windows (`Pacific Standard Time`) means, then the
    /// nearest in spelling (unsafe: look at it first). An offset such as `UTC-8` is no zone: it
    /// has no daylight saving time, and any number of places have it.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Pariss" } }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Pacific Standard Time" } }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "UTC-8" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Paris" } }] }
    /// ```
    pub(crate) UNKNOWN_TIME_ZONE = {
        code: "unknown-time-zone",
        severity: Warning,
        fix: Both,
        since: "0.1.0",
        group: Time,
        basis: Model,
        source: "it takes any string; the names are those of the IANA database",
        why: "The API does not check it; timed access cannot work without a zone.",
        data: [
            Reason("is not an IANA time zone", "is empty", "is nothing but white space"),
            Suggestion optional,
        ],
    };
}

declare_rule! {
    /// A time zone has an old name.
    ///
    /// IANA keeps old names as links (`US/Pacific`, `Asia/Calcutta`), and the clocks are the same.
    /// Systems that list current names only, such as many pickers, do not show them. Some old names are what systems of 2026 still
    /// answer with (`Asia/Calcutta`, `Europe/Kiev`: ICU, Node.js, Chrome), and older ones do not know the new name; the fix of those
    /// is unsafe.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Kiev" } }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "US/Pacific" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/Los_Angeles" } }] }
    /// ```
    pub(crate) TIME_ZONE_ALIAS = {
        code: "time-zone-alias",
        severity: Info,
        fix: Both,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "the IANA database lists the name as a link",
        why: "IANA keeps the old name as a link; not every system takes it.",
        data: [Suggestion],
    };
}

declare_rule! {
    /// A space has a time zone that names no place.
    ///
    /// `EST`, `MST` and `HST` are fixed offsets, `UTC` is one too, and `Etc/GMT+5` is one whose
    /// sign is inverted: it is five hours behind UTC. None has daylight saving time, so in most
    /// places doors open an hour wrong for half of the year. `CET` or `EST5EDT` do have it, but
    /// name no place either (an info): IANA keeps them for old systems.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "EST" } }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Etc/GMT+5" } }] }
    /// ```
    /// ```json,bad,info
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "CET" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "America/New_York" } }] }
    /// ```
    pub(crate) TIME_ZONE_WITHOUT_PLACE = {
        code: "time-zone-without-place",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "the IANA database has no daylight saving rules for the name",
        why: "Without a place there are no daylight saving rules, and clocks at the door may differ.",
        data: [
            Reason(
                "names no place",
                "is UTC, not a place",
                "is {minutes} all year, not a place",
                "is {minutes}: its sign is inverted",
            ),
            Minutes optional,
            Suggestion optional,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[
        &UNKNOWN_TIME_ZONE,
        &TIME_ZONE_ALIAS,
        &TIME_ZONE_WITHOUT_PLACE,
    ],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for (node, text) in context.zones().in_file(context.file) {
        match text.zone.map(|zone| zone.kind) {
            Some(ZoneKind::Place) => {}
            Some(ZoneKind::Alias { canonical }) => alias(context, sink, node, canonical),
            Some(ZoneKind::WithoutPlace(kind)) => without_place(context, sink, node, text, kind),
            None => unknown(context, sink, node, text),
        }
    }
}

fn alias(
    context: &Context<'_>,
    sink: &mut DiagnosticSink<'_>,
    node: NodeId,
    canonical: &'static str,
) {
    let place = Location::value(context.document, node);
    sink.report(&TIME_ZONE_ALIAS, place, |finding| {
        let finding = finding.message(format!(
            "{} {} is an old name",
            context.subject(node),
            context.quoted_text(node)
        ));
        let help = format!("write {}", context.quoted(canonical));
        if !is_still_answered(&context.text(node)) {
            let finding = finding.help(help);
            return offered(context, finding, node, canonical, Applicability::Safe);
        }
        let finding = finding
            .help(format!("{help}, if every system that reads it knows that name"))
            .note("IANA keeps the old name as a link; some systems know only the new name, and some only the old one.");
        offered(context, finding, node, canonical, Applicability::Unsafe)
    });
}

fn without_place(
    context: &Context<'_>,
    sink: &mut DiagnosticSink<'_>,
    node: NodeId,
    text: &ZoneText,
    kind: WithoutPlace,
) {
    let place = Location::value(context.document, node);
    let severity = match kind {
        WithoutPlace::Region => Severity::Info,
        _ => Severity::Warning,
    };
    sink.report_as(&TIME_ZONE_WITHOUT_PLACE, severity, place, |finding| {
        let name = context.quoted_text(node);
        let offset = |offset: i32| {
            let side = if offset < 0 { "behind" } else { "ahead of" };
            format!("{} {side} UTC", duration(offset.unsigned_abs()))
        };
        let (reason, seconds) = match kind {
            // What it is would tell its name.
            _ if context.redacts() => ("names no place", None),
            WithoutPlace::Utc => ("is UTC, not a place", None),
            WithoutPlace::FixedOffset { offset } => {
                ("is {minutes} all year, not a place", Some(offset))
            }
            WithoutPlace::InvertedSign { offset } => {
                ("is {minutes}: its sign is inverted", Some(offset))
            }
            WithoutPlace::Region => ("names no place", None),
        };
        let what = match seconds {
            Some(seconds) => reason.replace("{minutes}", &offset(seconds)),
            None => reason.to_owned(),
        };
        let finding = finding
            .message(format!("{} {name} {what}", context.subject(node)))
            .reason(reason)
            .with_some_number(
                DataField::Minutes,
                seconds.map(|seconds| i64::from(seconds / 60)),
            );
        let finding = match kind {
            WithoutPlace::Region => finding
                .note("IANA keeps the name for old systems; the rules of a place may change."),
            _ => finding,
        };
        match text.suggestion() {
            Some(Suggestion::Name { name, .. }) => {
                let name_there = context.quoted(name);
                let help = format!("if that is where the space is, write {name_there}");
                offered(
                    context,
                    finding.help(help),
                    node,
                    name,
                    Applicability::Unsafe,
                )
            }
            _ => finding.help(PLACE),
        }
    });
}

/// The help where nobody can know the place.
const PLACE: &str = "write the IANA zone of the place, of the form Area/City";

fn unknown(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, node: NodeId, text: &ZoneText) {
    let place = Location::value(context.document, node);
    sink.report(&UNKNOWN_TIME_ZONE, place, |finding| {
        let subject = context.subject(node);
        let value = context.text(node);
        if value.trim().is_empty() {
            let what = if value.is_empty() {
                "is empty"
            } else {
                "is nothing but white space"
            };
            return finding
                .message(format!("{subject} {what}"))
                .reason(what)
                .help("write the IANA zone of the place, or leave the member out");
        }
        let reason = "is not an IANA time zone";
        let finding = finding
            .message(format!("{subject} {} {reason}", context.quoted(&value)))
            .reason(reason);
        match text.suggestion() {
            Some(suggestion @ Suggestion::Name { name, evidence }) => {
                let safety = if suggestion.is_sure() {
                    Applicability::Safe
                } else {
                    Applicability::Unsafe
                };
                let reason = match evidence {
                    Evidence::Case if name == value.trim() => {
                        "the same without white space".to_owned()
                    }
                    Evidence::Case if !name.eq_ignore_ascii_case(value.trim()) => {
                        "the current name of that zone".to_owned()
                    }
                    evidence => evidence.to_string(),
                };
                let help = format!("write {}: {reason}", context.quoted(name));
                offered(context, finding.help(help), node, name, safety)
            }
            Some(Suggestion::FixedOffset { offset }) => {
                let offset = context.quoted_token(&format!("UTC{}", offset_text(offset)));
                finding.help(format!(
                    "{offset} is an offset, which a place may have for half the year only; {PLACE}"
                ))
            }
            None => finding.help(PLACE),
        }
    });
}

/// A finding with a better name, for programs and as a fix.
fn offered(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    node: NodeId,
    name: &str,
    safety: Applicability,
) -> DiagnosticBuilder {
    finding
        .with_some(DataField::Suggestion, context.value(name))
        .fix(
            safety,
            "write the IANA name of the zone",
            vec![(context.document.span(node), quote(name))],
        )
}
