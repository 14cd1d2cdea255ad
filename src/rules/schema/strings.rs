//! Findings about strings: their length, pattern and format.

use json_document::{NodeId, quote};

use crate::report::{Applicability, Data, DiagnosticBuilder};
use crate::rules::context::Context;
use crate::schema::check;
use crate::schema::pattern::Pattern;
use crate::schema::subschema::Subschema;
use crate::time::{rfc3339, rfc3339_repair};
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
        .data(lengths("minLength", length, minimum))
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
        .data(lengths("maxLength", length, maximum))
}

/// `1 character`, `2 characters`.
pub(super) fn characters(count: usize) -> String {
    if count == 1 {
        "1 character".to_owned()
    } else {
        format!("{count} characters")
    }
}

fn lengths(keyword: &str, count: usize, limit: u32) -> Data {
    Data {
        keyword: Some(keyword.to_owned()),
        count: Some(count as u64),
        limit: Some(u64::from(limit)),
        ..Data::default()
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
    let words = words.unwrap_or_else(|| format!("text that matches {source}"));
    let repaired = time_of_day::repair(&text)
        .filter(|time| pattern.is_some_and(|pattern| pattern.is_match(time)));
    let finding = finding
        .message(format!(
            "{} is {}; the API takes {words}",
            context.subject(id),
            context.quoted(&text)
        ))
        .data(Data {
            keyword: Some("pattern".to_owned()),
            expected: Some(source.to_owned()),
            suggestion: repaired.as_deref().and_then(|time| context.value(time)),
            ..Data::default()
        });
    match repaired {
        Some(time) => finding
            .help(format!("write {}", context.quoted(&time)))
            .fix(
                Applicability::Safe,
                "write the time as HH:mm",
                vec![(document.span(id), quote(&time))],
            ),
        None => finding.help(format!("write {words}")),
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
    let subject = context.subject(id);
    let (reason, suggestion) = match rfc3339::parse(text.as_bytes()) {
        Err(error) => (error.to_string(), rfc3339_repair::repair(&text)),
        Ok(_) => (String::new(), None),
    };
    let finding = if is_accepted {
        finding.note("The published schema forbids it; the API takes it today.")
    } else {
        finding
    };
    let finding = finding
        .message(format!("{subject} is {}: {reason}", context.quoted(&text)))
        .data(Data {
            keyword: Some("format".to_owned()),
            expected: Some("date-time".to_owned()),
            suggestion: suggestion.as_deref().and_then(|text| context.value(text)),
            ..Data::default()
        });
    match suggestion {
        Some(suggestion) => finding
            .help(format!("write {}", context.quoted(&suggestion)))
            .fix(
                Applicability::Safe,
                "write the date and time as RFC 3339",
                vec![(document.span(id), quote(&suggestion))],
            ),
        None => finding.help("write date, time and offset, such as 2026-08-12T15:00:00-07:00"),
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
