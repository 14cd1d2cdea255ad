//! The `schema-…` family: one rule for each keyword of the published schema, so that a newer
//! schema with the same keywords needs no new rule.

use std::borrow::Cow;

use crate::report::{Data, Finding, Place, Safety, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::{Rule, declare_rule};
use crate::rules::sink::Sink;
use crate::schema::CustomViolation;
use crate::schema::check::{self, Keyword, Violation};
use crate::schema::compile::{NameId, Schema, Shape, join_or};
use crate::schema::pattern::Pattern;
use crate::time::{rfc3339, rfc3339_repair};
use crate::values::time_of_day;
use json_document::{Kind, NodeId, Span, quote};

declare_rule! {
    /// A value has another type than the schema asks for.
    ///
    /// `null` counts as a type: where the schema does not admit it, leave the member out.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "rooms": [{ "room_key": 101, "name": "101" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "rooms": null }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [{ "room_key": "101", "name": "101" }] }
    /// ```
    pub(crate) SCHEMA_TYPE = {
        code: "schema-type",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Schema,
        why: "The API answers 400 to a value of another type.",
    };
}

declare_rule! {
    /// A required member is missing.
    ///
    /// The finding points at the object without it; `data.member` names it.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "rooms": [{ "room_key": "101" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [{ "room_key": "101", "name": "101" }] }
    /// ```
    pub(crate) SCHEMA_REQUIRED = {
        code: "schema-required",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        why: "The API answers 400 when a required member is missing."
    };
}

declare_rule! {
    /// A string is shorter than the schema asks for.
    ///
    /// Keys have at least one character. Length is counted in code points.
    ///
    /// ```json,bad
    /// { "customer_key": "", "rooms": [] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [] }
    /// ```
    pub(crate) SCHEMA_MIN_LENGTH = {
        code: "schema-min-length",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        why: "The API answers 400 to a string that is too short."
    };
}

declare_rule! {
    /// A string is longer than the schema admits.
    ///
    /// Length is counted in code points. Values of `custom_metadata` are under a `oneOf`, and
    /// are reported as `schema-one-of`.
    ///
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [] }
    /// ```
    pub(crate) SCHEMA_MAX_LENGTH = {
        code: "schema-max-length",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        why: "The API answers 400 to a string that is too long."
    };
}

declare_rule! {
    /// A string does not have the form that the schema asks for.
    ///
    /// The published schema has one form: times of day, `HH:mm` or `HH:mm:ss` with two-digit
    /// hours. Where only one reading is possible, there is a fix.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "9:00" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "09:00" } }] }
    /// ```
    pub(crate) SCHEMA_PATTERN = {
        code: "schema-pattern",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Schema,
        why: "The API answers 400 to text of another form."
    };
}

declare_rule! {
    /// A date and time is not RFC 3339.
    ///
    /// A real calendar day, a `T`, hours, minutes and seconds, and an offset or `Z`:
    /// `2026-08-12T15:00:00-07:00`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12 15:00", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G" }] }
    /// ```
    pub(crate) SCHEMA_FORMAT = {
        code: "schema-format",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Schema,
        why: "The API answers 400 to a date and time that is not RFC 3339."
    };
}

declare_rule! {
    /// A number is below what the schema admits.
    ///
    /// `duration_minutes` is above 0.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "duration_minutes": 0 }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "duration_minutes": 30 }] }
    /// ```
    pub(crate) SCHEMA_MINIMUM = {
        code: "schema-minimum",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        why: "The API answers 400 to a number that is too small."
    };
}

declare_rule! {
    /// A value is none of the alternatives that the schema admits.
    ///
    /// Values of `custom_metadata` are strings of at most 500 characters, Booleans or `null`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "floor": 3 } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "floor": "3" } }] }
    /// ```
    pub(crate) SCHEMA_ONE_OF = {
        code: "schema-one-of",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Schema,
        why: "The API answers 400 to a value that is none of the alternatives."
    };
}

declare_rule! {
    /// A value breaks a keyword of a schema that you brought with `--schema`.
    ///
    /// The code in the report names the keyword: `schema-max-items`, `schema-enum`,
    /// `schema-additional-member`.
    ///
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [] }
    /// ```
    pub(crate) SCHEMA_KEYWORD = {
        code: "schema-keyword",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        why: "It breaks the schema."
    };
}

/// The rules of keywords that have one of their own.
const OWN_RULES: [&Rule; 8] = [
    &SCHEMA_TYPE,
    &SCHEMA_REQUIRED,
    &SCHEMA_MIN_LENGTH,
    &SCHEMA_MAX_LENGTH,
    &SCHEMA_PATTERN,
    &SCHEMA_FORMAT,
    &SCHEMA_MINIMUM,
    &SCHEMA_ONE_OF,
];

/// The JSON Schema keywords that a value can break, and their codes. A schema that the user brings
/// may have any of them.
const KEYWORDS: [(&str, &str); 31] = [
    ("$ref", "schema-ref"),
    ("additionalItems", "schema-additional-items"),
    ("additionalProperties", "schema-additional-member"),
    ("anyOf", "schema-any-of"),
    ("const", "schema-const"),
    ("contains", "schema-contains"),
    ("contentEncoding", "schema-content-encoding"),
    ("contentMediaType", "schema-content-media-type"),
    ("enum", "schema-enum"),
    ("exclusiveMaximum", "schema-maximum"),
    ("exclusiveMinimum", "schema-minimum"),
    // The schema `false`, which has no keyword.
    ("falseSchema", "schema-false-schema"),
    ("format", "schema-format"),
    ("maxItems", "schema-max-items"),
    ("maxLength", "schema-max-length"),
    ("maxProperties", "schema-max-properties"),
    ("maximum", "schema-maximum"),
    ("minItems", "schema-min-items"),
    ("minLength", "schema-min-length"),
    ("minProperties", "schema-min-properties"),
    ("minimum", "schema-minimum"),
    ("multipleOf", "schema-multiple-of"),
    ("not", "schema-not"),
    ("oneOf", "schema-one-of"),
    ("pattern", "schema-pattern"),
    ("propertyNames", "schema-property-names"),
    ("required", "schema-required"),
    ("type", "schema-type"),
    ("unevaluatedItems", "schema-unevaluated-items"),
    ("unevaluatedProperties", "schema-additional-member"),
    ("uniqueItems", "schema-unique-items"),
];

/// The codes that [`SCHEMA_KEYWORD`] answers for, beside its own.
pub(crate) fn keyword_codes() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(_, code)| *code)
}

/// The code of a JSON Schema keyword. A keyword that is not listed has the code of all the rest.
fn code_of(keyword: &str) -> &'static str {
    let listed = KEYWORDS.iter().find(|(known, _)| *known == keyword);
    listed.map_or(SCHEMA_KEYWORD.code, |(_, code)| code)
}

/// What a pattern of the schema asks for, in words. A test holds that every pattern has some.
const PATTERNS: &[(&str, &str)] = &[(
    r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$",
    "HH:mm or HH:mm:ss with two-digit hours",
)];

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[
        &SCHEMA_TYPE,
        &SCHEMA_REQUIRED,
        &SCHEMA_MIN_LENGTH,
        &SCHEMA_MAX_LENGTH,
        &SCHEMA_PATTERN,
        &SCHEMA_FORMAT,
        &SCHEMA_MINIMUM,
        &SCHEMA_ONE_OF,
        &SCHEMA_KEYWORD,
    ],
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for violation in context.violations {
        report(context, sink, violation);
    }
    for violation in context.custom_violations {
        report_custom(context, sink, violation);
    }
}

fn report_custom(context: &Context<'_>, sink: &mut Sink<'_>, violation: &CustomViolation) {
    let code = code_of(&violation.keyword);
    let own = OWN_RULES.into_iter().find(|rule| rule.code == code);
    let rule = own.unwrap_or(&SCHEMA_KEYWORD);
    let place = if violation.at_opener {
        Place::opener(context.document, violation.node)
    } else {
        Place::value(context.document, violation.node)
    };
    let code = Cow::Borrowed(code);
    sink.report_code(code, rule, Severity::Error, place, |finding| {
        let subject = context.subject(violation.node);
        finding
            .message(format!("{subject} {}", violation.words))
            .note("It breaks the schema that was given.")
            .data(Data {
                keyword: Some(violation.keyword.clone()),
                member: violation.member.clone(),
                ..Data::default()
            })
    });
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, violation: &Violation) {
    let document = context.document;
    let schema = context.schema;
    let shape = schema.shape(violation.shape);
    let id = violation.node;
    let value = Place::value(document, id);
    // An object or array is shown by its bracket: the whole of it may be the whole text.
    let short = match document.kind(id) {
        Kind::Object | Kind::Array => Place::opener(document, id),
        _ => value,
    };
    match violation.keyword {
        Keyword::Type => sink.report(&SCHEMA_TYPE, short, |finding| {
            wrong_type(context, finding, shape, id)
        }),
        Keyword::Required(name) => sink.report(&SCHEMA_REQUIRED, short, |finding| {
            missing(context, finding, shape, id, name)
        }),
        Keyword::MinLength => sink.report(&SCHEMA_MIN_LENGTH, value, |finding| {
            let minimum = shape.min_length.unwrap_or(0);
            let length = check::code_points(document, id);
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
        }),
        Keyword::MaxLength => sink.report(&SCHEMA_MAX_LENGTH, value, |finding| {
            let maximum = shape.max_length.unwrap_or(u32::MAX);
            let length = check::code_points(document, id);
            finding
                .message(format!(
                    "{} has {}; the API takes at most {maximum}",
                    context.subject(id),
                    characters(length)
                ))
                .help("shorten it")
                .data(lengths("maxLength", length, maximum))
        }),
        Keyword::Pattern => sink.report(&SCHEMA_PATTERN, value, |finding| {
            wrong_pattern(context, finding, shape, id)
        }),
        Keyword::DateTime => sink.report(&SCHEMA_FORMAT, value, |finding| {
            wrong_date_time(context, finding, id)
        }),
        Keyword::Minimum => sink.report(&SCHEMA_MINIMUM, value, |finding| {
            let bound = shape.exclusive_minimum.unwrap_or_default();
            finding
                .message(format!(
                    "{} is {}; the API takes numbers above {bound}",
                    context.subject(id),
                    context.quoted_token(document.raw(id)),
                ))
                .help("write a larger number, or leave the member out")
                .data(Data {
                    keyword: Some("exclusiveMinimum".to_owned()),
                    expected: Some(format!("above {bound}")),
                    ..Data::default()
                })
        }),
        Keyword::OneOf(matching) => sink.report(&SCHEMA_ONE_OF, short, |finding| {
            none_of(context, finding, shape, id, matching)
        }),
    }
}

fn characters(count: usize) -> String {
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

/// What the value is: a short scalar itself, else its type.
fn found(context: &Context<'_>, id: NodeId) -> String {
    let document = context.document;
    match document.kind(id) {
        Kind::Number => format!("the number {}", context.quoted_token(document.raw(id))),
        Kind::Boolean => document.raw(id).to_owned(),
        Kind::String => format!("the string {}", context.quoted_text(id)),
        kind => kind.with_article().to_owned(),
    }
}

fn wrong_type(context: &Context<'_>, finding: Finding, shape: &Shape, id: NodeId) -> Finding {
    let document = context.document;
    let kind = document.kind(id);
    let expected = shape.types.phrase();
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
    if let Some((title, text)) = converted(context, shape, id) {
        // A scalar is shown; a list of it is clearer in words.
        let help = if shape.types.admits(Kind::Array) {
            "put it into a list".to_owned()
        } else {
            format!("write {}", context.quoted_token(&text))
        };
        return finding
            .help(help)
            .fix(Safety::Safe, title, vec![(span, text)]);
    }
    if kind == Kind::Null {
        return finding.help("leave the member out instead of sending null");
    }
    finding.help(format!("write {expected}"))
}

/// The value as the wanted type, where only one reading is possible.
fn converted(context: &Context<'_>, shape: &Shape, id: NodeId) -> Option<(&'static str, String)> {
    let document = context.document;
    let raw = document.raw(id);
    match document.kind(id) {
        Kind::Number if shape.types.admits(Kind::String) && is_plain_integer(raw) => {
            Some(("write the number as a string", format!("\"{raw}\"")))
        }
        Kind::String if shape.types.admits_integer() || shape.types.admits(Kind::Number) => {
            let text = document.raw_string(id)?;
            is_plain_integer(text).then(|| ("write the number without quotes", text.to_owned()))
        }
        // One key where a list of keys is due.
        Kind::String if shape.types.admits(Kind::Array) => {
            let items = context.schema.shape(shape.items?);
            items
                .types
                .admits(Kind::String)
                .then(|| ("put the value into a list", format!("[{raw}]")))
        }
        Kind::Object if shape.types.admits(Kind::Array) && raw.ends_with('}') => {
            let items = context.schema.shape(shape.items?);
            items
                .types
                .admits(Kind::Object)
                .then(|| ("put the object into a list", format!("[{raw}]")))
        }
        _ => None,
    }
}

/// Digits without a leading zero, with or without a minus: there is one way to write it.
fn is_plain_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty()
        && digits.len() <= 15
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
}

fn missing(
    context: &Context<'_>,
    finding: Finding,
    shape: &Shape,
    id: NodeId,
    name: NameId,
) -> Finding {
    let schema = context.schema;
    let member = schema.name(name);
    let described = shape
        .members
        .as_ref()
        .and_then(|members| members.shape(name.0))
        .and_then(|shape| schema.shape(shape).description.as_deref());
    let help = match described {
        Some(description) => {
            let description = description.trim_end_matches('.');
            format!("add \"{member}\": {}", lower_first(description))
        }
        None => format!("add \"{member}\""),
    };
    finding
        .message(format!("{} has no {member}", context.subject(id)))
        .help(help)
        .data(Data {
            keyword: Some("required".to_owned()),
            member: Some(member.to_owned()),
            ..Data::default()
        })
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => {
            let mut text = String::from(first.to_ascii_lowercase());
            text.push_str(characters.as_str());
            text
        }
        None => String::new(),
    }
}

fn wrong_pattern(context: &Context<'_>, finding: Finding, shape: &Shape, id: NodeId) -> Finding {
    let document = context.document;
    let text = context.text(id);
    let pattern = shape
        .pattern
        .map(|pattern| &context.schema.patterns[pattern]);
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
                Safety::Safe,
                "write the time as HH:mm",
                vec![(document.span(id), quote(&time))],
            ),
        None => finding.help(format!("write {words}")),
    }
}

fn wrong_date_time(context: &Context<'_>, finding: Finding, id: NodeId) -> Finding {
    let document = context.document;
    let text = context.text(id);
    let subject = context.subject(id);
    let (reason, suggestion) = match rfc3339::parse(text.as_bytes()) {
        Err(error) => (error.to_string(), rfc3339_repair::repair(&text)),
        Ok(_) => (String::new(), None),
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
                Safety::Safe,
                "write the date and time as RFC 3339",
                vec![(document.span(id), quote(&suggestion))],
            ),
        None => finding.help("write date, time and offset, such as 2026-08-12T15:00:00-07:00"),
    }
}

fn none_of(
    context: &Context<'_>,
    finding: Finding,
    shape: &Shape,
    id: NodeId,
    matching: usize,
) -> Finding {
    let document = context.document;
    let schema = context.schema;
    let alternatives: Vec<String> = shape
        .one_of
        .iter()
        .map(|branch| alternative(schema, schema.shape(*branch)))
        .collect();
    // "true or false" reads as two more of them.
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
    let takes_string = shape
        .one_of
        .iter()
        .any(|branch| schema.shape(*branch).types.admits(Kind::String));
    let span: Span = document.span(id);
    if takes_string && document.kind(id) == Kind::Number && is_plain_integer(raw) {
        let text = format!("\"{raw}\"");
        return finding
            .help(format!("write {}", context.quoted_token(&text)))
            .fix(
                Safety::Safe,
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
fn alternative(schema: &Schema, shape: &Shape) -> String {
    let mut words = shape.types.phrase();
    if let Some(maximum) = shape.max_length {
        words.push_str(" of at most ");
        words.push_str(&characters(maximum as usize));
    }
    if let Some(pattern) = shape.pattern {
        words.push_str(" that matches ");
        words.push_str(schema.patterns[pattern].source());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::registry::RULES;
    #[cfg(feature = "custom-schema")]
    use crate::schema::custom::CustomSchema;

    #[test]
    fn every_pattern_of_the_schema_has_words() {
        for pattern in &crate::schema::embedded().patterns {
            let words = PATTERNS.iter().any(|(known, _)| *known == pattern.source());
            assert!(words, "say in words what {} asks for", pattern.source());
        }
    }

    #[test]
    fn keywords_have_codes() {
        for (keyword, code) in [
            ("maxItems", "schema-max-items"),
            ("$ref", "schema-ref"),
            ("exclusiveMaximum", "schema-maximum"),
            ("additionalProperties", "schema-additional-member"),
            ("enum", "schema-enum"),
            ("no keyword", "schema-keyword"),
        ] {
            assert_eq!(code_of(keyword), code);
        }
        assert!(KEYWORDS.is_sorted_by(|a, b| a.0 < b.0));
        for rule in RULES.iter().filter(|rule| rule.code.starts_with("schema-")) {
            let has_keyword = keyword_codes().any(|code| code == rule.code);
            assert_eq!(
                has_keyword,
                rule.code != SCHEMA_KEYWORD.code,
                "{}",
                rule.code
            );
            let is_own = OWN_RULES.iter().any(|own| own.code == rule.code);
            assert_eq!(has_keyword, is_own, "{}", rule.code);
        }
    }

    /// A schema whose members each ask for another keyword, and a payload that has all of it wrong.
    #[cfg(feature = "custom-schema")]
    #[test]
    fn every_keyword_that_jsonschema_reports_has_a_code() {
        let schema = serde_json::json!({
            "properties": {
                "additionalProperties": { "additionalProperties": false },
                "anyOf": { "anyOf": [{ "type": "null" }] },
                "const": { "const": 1 },
                "contains": { "contains": { "type": "null" } },
                "enum": { "enum": [1] },
                "exclusiveMaximum": { "exclusiveMaximum": 1 },
                "exclusiveMinimum": { "exclusiveMinimum": 1 },
                "falseSchema": false,
                "format": { "format": "date-time" },
                "maxItems": { "maxItems": 0 },
                "maxLength": { "maxLength": 0 },
                "maxProperties": { "maxProperties": 0 },
                "maximum": { "maximum": 0 },
                "minItems": { "minItems": 2 },
                "minLength": { "minLength": 2 },
                "minProperties": { "minProperties": 2 },
                "minimum": { "minimum": 2 },
                "multipleOf": { "multipleOf": 2 },
                "not": { "not": {} },
                "oneOf": { "oneOf": [{}, {}] },
                "pattern": { "pattern": "^b" },
                "propertyNames": { "propertyNames": { "maxLength": 0 } },
                "required": { "required": ["b"] },
                "type": { "type": "null" },
                "unevaluatedItems": { "unevaluatedItems": false },
                "unevaluatedProperties": { "unevaluatedProperties": false },
                "uniqueItems": { "uniqueItems": true }
            }
        });
        let payload = r#"{
            "additionalProperties": { "a": 1 }, "anyOf": 1, "const": 2, "contains": [1], "enum": 2, "exclusiveMaximum": 1, "exclusiveMinimum": 1, "falseSchema": 1,
            "format": "a", "maxItems": [1], "maxLength": "a", "maxProperties": { "a": 1 }, "maximum": 1,
            "minItems": [1], "minLength": "a", "minProperties": { "a": 1 }, "minimum": 1, "multipleOf": 1, "not": 1,
            "oneOf": 1, "pattern": "a", "propertyNames": { "a": 1 }, "required": {}, "type": 1,
            "unevaluatedItems": [1], "unevaluatedProperties": { "a": 1 }, "uniqueItems": [1, 1]
        }"#;
        // These are annotations in the later version.
        let draft_07 = serde_json::json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {
                "additionalItems": { "items": [{}], "additionalItems": false },
                "contentEncoding": { "contentEncoding": "base64" },
                "contentMediaType": { "contentMediaType": "application/json" }
            }
        });
        let draft_07_payload =
            r#"{ "additionalItems": [1, 1], "contentEncoding": "%", "contentMediaType": "%" }"#;
        for (schema, payload, count) in [(schema, payload, 27), (draft_07, draft_07_payload, 3)] {
            let schema = CustomSchema::parse(&schema.to_string()).expect("the schema is one");
            let violations = schema.check(&json_document::Document::parse(payload));
            assert_eq!(violations.len(), count);
            for violation in violations {
                let is_listed = KEYWORDS
                    .iter()
                    .any(|(known, _)| *known == violation.keyword);
                assert!(is_listed, "{}", violation.keyword);
            }
        }
    }
}
