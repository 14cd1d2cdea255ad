//! Findings about values of another type, with the one reading that they may have.

use json_document::{Kind, NodeId, Span};

use super::readings;
use super::strings::characters;
use crate::report::{Applicability, DataField, DiagnosticBuilder};
use crate::rules::context::Context;
use crate::rules::removal;
use crate::schema::check;
use crate::schema::subschema::{Schema, Subschema};
use crate::schema::types::join_or;
use crate::text::number::{is_infinite, is_plain_integer};

/// The value for a message: a scalar itself, else its type.
fn found(context: &Context<'_>, id: NodeId) -> String {
    let document = context.document;
    match document.kind(id) {
        Kind::Number => format!("the number {}", context.quoted_token(document.raw(id))),
        Kind::Boolean => document.raw(id).to_owned(),
        Kind::String => format!("the string {}", context.quoted_text(id)),
        kind => kind.with_article().to_owned(),
    }
}

pub(super) fn wrong_type(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    subschema: &Subschema,
    id: NodeId,
) -> DiagnosticBuilder {
    let document = context.document;
    let kind = document.kind(id);
    let expected = subschema.types.phrase();
    let subject = context.subject(id);
    let finding = finding
        .message(format!(
            "{subject} is {}; the API takes {expected}",
            found(context, id)
        ))
        .with(DataField::Keyword, "type")
        .with(DataField::Expected, &expected.clone())
        .with(DataField::Found, kind.with_article());
    let span = document.span(id);
    if let Some(reading) = readings::read(context, subschema, id) {
        let help = reading
            .help
            .unwrap_or_else(|| format!("write {}", context.quoted_token(&reading.text)));
        let edits = vec![(span, reading.text)];
        return finding
            .help(help)
            .fix(reading.applicability, reading.title, edits);
    }
    match kind {
        Kind::Null => null(context, finding, &expected, id),
        Kind::Number if subschema.types.admits_integer() && is_infinite(document.raw(id)) => {
            finding
                .note("The API reads numbers as JavaScript does: beyond 1.8e308 they are infinity.")
                .help("write a smaller number")
        }
        _ if document.name(id).as_deref() == Some("time_zone") => {
            finding.help("write the IANA zone of the place, of the form Area/City")
        }
        _ => finding.help(format!("write {expected}")),
    }
}

/// What to do about a `null` that the API does not take. Without an optional member the API keeps what it has, which may not be what
/// the `null` was to do.
fn null(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    expected: &str,
    id: NodeId,
) -> DiagnosticBuilder {
    let document = context.document;
    let holder = document.parent(id);
    let is_element = holder.is_some_and(|holder| document.kind(holder) == Kind::Array);
    let is_required = context.is_required_member(id);
    if is_required || holder.is_none() {
        return finding.help(format!("write {expected}: the API requires a value"));
    }
    let finding = finding.help(if is_element {
        "remove it from the list"
    } else {
        "leave the member out; what is stored stays as it is then"
    });
    match removal::span(document, id) {
        Some(span) => finding.fix(
            Applicability::Unsafe,
            if is_element {
                "remove the null from the list"
            } else {
                "leave the member out"
            },
            vec![(span, String::new())],
        ),
        None => finding,
    }
}

pub(super) fn none_of(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    subschema: &Subschema,
    id: NodeId,
    matching: usize,
) -> DiagnosticBuilder {
    let document = context.document;
    let schema = context.judge;
    let alternatives: Vec<String> = subschema
        .one_of
        .iter()
        .map(|branch| alternative(schema, schema.subschema(*branch)))
        .collect();
    // "true or false" reads as two alternatives.
    let alternatives: Vec<&str> = alternatives
        .iter()
        .flat_map(|words| words.split(" or "))
        .collect();
    let expected = join_or(&alternatives);
    let subject = context.subject(id);
    let too_long = document.kind(id) == Kind::String;
    let length = too_long.then(|| check::code_points(document, id));
    let is = match length {
        Some(length) => format!("has {}", characters(length)),
        None => format!("is {}", found(context, id)),
    };
    let reason = if matching > 1 {
        ", which fits more than one of:"
    } else {
        "; the API takes"
    };
    let finding = finding
        .message(format!("{subject} {is}{reason} {expected}"))
        .reason(reason)
        .with(DataField::Keyword, "oneOf")
        .with(DataField::Expected, &expected.clone())
        .with(DataField::Found, document.kind(id).with_article())
        .with_some_number(
            DataField::Count,
            length.and_then(|length| i64::try_from(length).ok()),
        );
    let raw = document.raw(id);
    let takes_string = subschema
        .one_of
        .iter()
        .any(|branch| schema.subschema(*branch).types.admits(Kind::String));
    let span: Span = document.span(id);
    let is_plain = is_plain_integer(raw) || readings::is_plain_decimal(raw);
    if takes_string && document.kind(id) == Kind::Number && is_plain {
        let text = format!("\"{raw}\"");
        return finding
            .help(format!("write {}", context.quoted_token(&text)))
            .fix(
                Applicability::Safe,
                "write the number as a string",
                vec![(span, text)],
            );
    }
    finding.help(if too_long {
        "shorten it".to_owned()
    } else {
        format!("write {expected}")
    })
}

/// One branch of a `oneOf` in words.
fn alternative(schema: &Schema, subschema: &Subschema) -> String {
    let mut words = subschema.types.phrase();
    if let Some(maximum) = subschema.max_length {
        words.push_str(" of at most ");
        words.push_str(&characters(maximum as usize));
    }
    if let Some(pattern) = subschema.pattern {
        words.push_str(" that matches ");
        words.push_str(schema.patterns[pattern].source());
    }
    words
}
