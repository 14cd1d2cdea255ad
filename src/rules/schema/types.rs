//! Findings about values of another type, with the one reading that they may have.

use json_document::{Kind, NodeId, Span};

use super::strings::characters;
use crate::report::{Applicability, Data, DiagnosticBuilder};
use crate::rules::context::Context;
use crate::schema::check;
use crate::schema::subschema::{Schema, Subschema};
use crate::schema::types::join_or;
use crate::text::number::is_plain_integer;

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
        .data(Data {
            keyword: Some("type".to_owned()),
            expected: Some(expected.clone()),
            found: Some(kind.with_article().to_owned()),
            ..Data::default()
        });
    let span = document.span(id);
    if let Some((title, text)) = converted(context, subschema, id) {
        // A scalar is shown; a list of it is clearer in words.
        let help = if subschema.types.admits(Kind::Array) {
            "put it into a list".to_owned()
        } else {
            format!("write {}", context.quoted_token(&text))
        };
        return finding
            .help(help)
            .fix(Applicability::Safe, title, vec![(span, text)]);
    }
    if kind == Kind::Null {
        return finding.help("leave the member out instead of sending null");
    }
    finding.help(format!("write {expected}"))
}

/// The value as the wanted type, where only one reading is possible.
fn converted(
    context: &Context<'_>,
    subschema: &Subschema,
    id: NodeId,
) -> Option<(&'static str, String)> {
    let document = context.document;
    let raw = document.raw(id);
    match document.kind(id) {
        Kind::Number if subschema.types.admits(Kind::String) && is_plain_integer(raw) => {
            Some(("write the number as a string", format!("\"{raw}\"")))
        }
        Kind::String
            if subschema.types.admits_integer() || subschema.types.admits(Kind::Number) =>
        {
            let text = document.raw_string(id)?;
            is_plain_integer(text).then(|| ("write the number without quotes", text.to_owned()))
        }
        // One key instead of a list of keys.
        Kind::String if subschema.types.admits(Kind::Array) => {
            let items = context.judge.subschema(subschema.items?);
            items
                .types
                .admits(Kind::String)
                .then(|| ("put the value into a list", format!("[{raw}]")))
        }
        Kind::Object if subschema.types.admits(Kind::Array) && raw.ends_with('}') => {
            let items = context.judge.subschema(subschema.items?);
            items
                .types
                .admits(Kind::Object)
                .then(|| ("put the object into a list", format!("[{raw}]")))
        }
        _ => None,
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
    let is = if too_long {
        let length = check::code_points(document, id);
        format!("has {}", characters(length))
    } else {
        format!("is {}", found(context, id))
    };
    let finding = finding
        .message(if matching > 1 {
            format!("{subject} {is}, which fits more than one of: {expected}")
        } else {
            format!("{subject} {is}; the API takes {expected}")
        })
        .data(Data {
            keyword: Some("oneOf".to_owned()),
            expected: Some(expected.clone()),
            found: Some(document.kind(id).with_article().to_owned()),
            ..Data::default()
        });
    let raw = document.raw(id);
    let takes_string = subschema
        .one_of
        .iter()
        .any(|branch| schema.subschema(*branch).types.admits(Kind::String));
    let span: Span = document.span(id);
    if takes_string && document.kind(id) == Kind::Number && is_plain_integer(raw) {
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
