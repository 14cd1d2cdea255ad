//! Findings about strings: their length, pattern and format.

use json_document::{NodeId, quote};

use crate::report::{Applicability, DataField, DiagnosticBuilder};
use crate::rules::context::Context;
use crate::rules::local_time::spaces_of;
use crate::schema::check;
use crate::schema::pattern::Pattern;
use crate::schema::subschema::Subschema;
use crate::time::civil::{DAY, civil_from_days};
use crate::time::offset::Local;
use crate::time::rfc3339_repair::Draft;
use crate::time::timestamp::offset_text;
use crate::time::{epoch, rfc3339, rfc3339_repair};
use crate::values::time_of_day;

/// The patterns of the schema in words. A test holds that every pattern has some.
const PATTERNS: &[(&str, &str)] = &[(
    r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$",
    "HH:mm or HH:mm:ss with two-digit hours",
)];

/// The finding about a string that is shorter than `minLength`.
pub(super) fn too_short(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    subschema: &Subschema,
    id: NodeId,
) -> DiagnosticBuilder {
    let minimum = subschema.min_length.unwrap_or(0);
    let length = check::code_points(context.document, id);
    let subject = context.subject(id);
    let is = if length == 0 {
        "is empty".to_owned()
    } else {
        format!("has {}", characters(length))
    };
    finding
        .message(format!(
            "{subject} {is}; the API takes at least {}",
            characters(minimum as usize)
        ))
        .help("write the value, or leave the member out if it is not required")
        .with(DataField::Keyword, "minLength")
        .count(length, minimum as usize)
}

/// The finding about a string that is longer than `maxLength`.
pub(super) fn too_long(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    subschema: &Subschema,
    id: NodeId,
) -> DiagnosticBuilder {
    let maximum = subschema.max_length.unwrap_or(u32::MAX);
    let length = check::code_points(context.document, id);
    finding
        .message(format!(
            "{} has {}; the API takes at most {maximum}",
            context.subject(id),
            characters(length)
        ))
        .help("shorten it")
        .with(DataField::Keyword, "maxLength")
        .count(length, maximum as usize)
}

/// `1 character`, `2 characters`.
pub(super) fn characters(count: usize) -> String {
    if count == 1 {
        "1 character".to_owned()
    } else {
        format!("{count} characters")
    }
}

/// The finding about a string that does not match its `pattern`.
pub(super) fn wrong_pattern(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    subschema: &Subschema,
    id: NodeId,
) -> DiagnosticBuilder {
    let document = context.document;
    let text = context.text(id);
    let pattern = subschema
        .pattern
        .map(|pattern| &context.judge.patterns[pattern]);
    let source = pattern.map_or("", Pattern::source);
    let words = PATTERNS
        .iter()
        .find(|(known, _)| *known == source)
        .map(|(_, words)| (*words).to_owned());
    let finding = finding
        .with(DataField::Keyword, "pattern")
        .with(DataField::Expected, source);
    let subject = context.subject(id);
    let quoted = context.quoted(&text);
    let Some(words) = words else {
        return finding
            .message(format!(
                "{subject} is {quoted}; the API takes text that matches {source}"
            ))
            .help(format!("write text that matches {source}"));
    };
    let flaw = time_of_day::judge(&text);
    let reason = flaw.reason;
    let finding = finding
        .message(format!("{subject} is {quoted}: {reason}"))
        .reason(reason)
        .with_some(
            DataField::Suggestion,
            flaw.suggestion
                .as_deref()
                .and_then(|time| context.value(time)),
        );
    match flaw.suggestion {
        Some(time) => {
            let applicability = if flaw.is_sure {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            };
            finding
                .help(format!("write {}", context.quoted(&time)))
                .fix(
                    applicability,
                    "write the time as HH:mm",
                    vec![(document.span(id), quote(&time))],
                )
        }
        None if text.trim().is_empty() => {
            finding.help(format!("write {words}, or leave the member out"))
        }
        None => finding.help(format!("write {words}, such as 15:00")),
    }
}

/// The finding about a string that is not RFC 3339. `is_accepted`: the API takes it nevertheless.
pub(super) fn wrong_date_time(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    id: NodeId,
    is_accepted: bool,
) -> DiagnosticBuilder {
    let document = context.document;
    let text = context.text(id);
    let draft = rfc3339_repair::draft(&text);
    let moment = epoch::read(text.trim());
    let repaired = rfc3339_repair::repair(&text);
    let finding = finding
        .with(DataField::Keyword, "format")
        .with(DataField::Expected, "date-time");
    let (finding, reason) = match (&draft, &moment) {
        (_, Some(moment)) if repaired.is_none() => (
            finding
                .reason("it is a number of {found} since 1970")
                .with(DataField::Found, moment.unit),
            format!("it is a number of {} since 1970", moment.unit),
        ),
        (Some(draft), _) if draft.faults.len() > 1 => {
            let finding = finding.with_all(DataField::Faults, &draft.faults);
            (finding, format!("it has {}", join_and(&draft.faults)))
        }
        _ => match rfc3339::parse(text.as_bytes()) {
            Ok(_) => (finding, String::new()),
            Err(error) => {
                let (clause, found, limit) = error.explain();
                let finding = finding
                    .reason(clause)
                    .with_some(DataField::Found, found.as_deref())
                    .with_some_number(DataField::Limit, limit.map(i64::from));
                (finding, error.to_string())
            }
        },
    };
    let subject = context.subject(id);
    let finding = finding.message(format!("{subject} is {}: {reason}", context.quoted(&text)));
    let finding = if is_accepted {
        finding.note("The published schema forbids it; the API takes it today.")
    } else {
        finding
    };
    let write = |finding: DiagnosticBuilder, applicability, help: String, suggestion: &str| {
        finding
            .help(help)
            .with_some(DataField::Suggestion, context.value(suggestion))
            .fix(
                applicability,
                "write the date and time as RFC 3339",
                vec![(document.span(id), quote(suggestion))],
            )
    };
    // The zone in brackets, which is left out, may contradict the offset.
    let safety = if text.contains('[') {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    let sure = repaired.map(|text| (text, safety));
    let read = sure.or_else(|| moment.map(|moment| (moment.text, Applicability::Unsafe)));
    if let Some((suggestion, applicability)) = read {
        let help = format!("write {}", context.quoted(&suggestion));
        return write(finding, applicability, help, &suggestion);
    }
    if let Some((suggestion, zone)) = draft.and_then(|draft| at_space(context, id, &draft)) {
        let zone = if context.redacts() { "the space" } else { zone };
        let help = format!(
            "for the clock time in {zone}, write {}",
            context.quoted(&suggestion)
        );
        return write(finding, Applicability::Unsafe, help, &suggestion);
    }
    finding.help("write date, time and offset, such as 2026-08-12T15:00:00-07:00")
}

/// A date and time without an offset as the zone of the stay's space has it, with the space's default time if there is none. Also
/// gives the zone.
fn at_space(context: &Context<'_>, id: NodeId, draft: &Draft) -> Option<(String, &'static str)> {
    let document = context.document;
    let holder = document.parent(id)?;
    let resources = &context.payload.resources;
    let resource = resources
        .binary_search_by_key(&holder, |resource| resource.node)
        .ok()?;
    let mut spaces = spaces_of(context, resource as u32);
    let space = spaces.next()?;
    if spaces.any(|other| other.zone.name != space.zone.name) {
        return None;
    }
    let default = match document.name(id).as_deref() {
        Some("starts_at") => space.checkin,
        Some("ends_at") => space.checkout,
        _ => None,
    };
    let of_day = draft.of_day.or(default.map(|time| time.seconds))?;
    let reading = draft.days * DAY + i64::from(of_day);
    let offset = match space.zone.rules.local(reading)? {
        Local::Unambiguous { offset } => offset,
        Local::Fold { before, .. } => before,
        Local::Gap { .. } => return None,
    };
    let (year, month, day) = civil_from_days(draft.days)?;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let offset = offset_text(offset);
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}");
    Some((text, space.zone.name))
}

/// `a`, `a and b`, `a, b and c`.
fn join_and(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_of_the_schema_has_words() {
        for pattern in &crate::schema::embedded().patterns {
            let words = PATTERNS.iter().any(|(known, _)| *known == pattern.source());
            assert!(words, "say in words what {} asks for", pattern.source());
        }
    }
}
