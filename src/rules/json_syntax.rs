//! `json-syntax`

use json_document::{Document, Kind, NodeId, Span, SyntaxError, SyntaxErrorKind, quote};

use crate::report::{Applicability, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// The text is not JSON.
    ///
    /// The API refuses it whole. The parser recovers and goes on, so that one stray comma hides
    /// nothing else. Each kind of error has its own help, and a fix where only one reading is
    /// possible.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" },] }
    /// ```
    /// ```json,bad
    /// { "customer_key": 'c', "sites": [{ "site_key": "n", "name": "North" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" }] }
    /// ```
    pub(crate) JSON_SYNTAX = {
        code: "json-syntax",
        severity: Error,
        fix: Both,
        since: "0.1.0",
        group: Json,
        basis: Model,
        source: "it reads a body as JSON (RFC 8259) and answers 400 to any other text",
        why: "The API answers 400 to a body that is not JSON (RFC 8259).",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&JSON_SYNTAX],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for problem in document.syntax_errors() {
        let Some(words) = words(context, problem) else {
            continue;
        };
        // Bytes that are not UTF-8 have their own finding.
        if context.is_replaced(problem.span) {
            continue;
        }
        sink.report(
            &JSON_SYNTAX,
            Location::part(problem.owner, problem.span),
            |finding| {
                let mut finding = finding.message(words.message).help(words.help);
                if let Some((safety, title, span, text)) = words.fix {
                    finding = finding.fix(safety, title, vec![(span, text)]);
                }
                if let Some(related) = problem.related {
                    finding =
                        finding.related(Location::part(problem.owner, related), "opened here");
                }
                finding
            },
        );
    }
    let dropped = document.syntax_error_count() - document.syntax_errors().len();
    if dropped > 0 {
        sink.count_more(&JSON_SYNTAX, dropped);
    }
}

/// Help where there is nothing of a payload to build on.
const A_PAYLOAD: &str = "a payload is an object with customer_key: { \"customer_key\": \"…\" }";

struct Words {
    message: String,
    help: String,
    fix: Option<FixWords>,
}

/// What to report of a syntax error; nothing for those that other rules report.
fn words(context: &Context<'_>, problem: &SyntaxError) -> Option<Words> {
    use SyntaxErrorKind as P;
    let document = context.document;
    let span = problem.span;
    let text = &document.text()[span.range()];
    let shown = context.quoted_token(text);
    let safe = |title, text: &str| Some((Applicability::Safe, title, span, text.to_owned()));
    let (message, help, fix) = match problem.kind {
        P::Empty => ("the text is empty".to_owned(), A_PAYLOAD.to_owned(), None),
        P::TrailingComma => (
            "trailing comma".to_owned(),
            "remove the comma".to_owned(),
            safe("remove the comma", ""),
        ),
        P::ExtraComma => (
            "comma without a value before it".to_owned(),
            "remove the comma, or write the missing value".to_owned(),
            Some((
                Applicability::Unsafe,
                "remove the comma",
                span,
                String::new(),
            )),
        ),
        P::MissingComma => {
            let (before, behind) = document.text().split_at(span.range().start);
            let help = if before.ends_with('"') && !behind.starts_with(char::is_whitespace) {
                "write a comma between two values; inside a string, write \\\" for a double quote"
            } else {
                "write a comma between two values"
            };
            let safety = if comma_is_certain(before, behind) {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            };
            (
                "missing comma".to_owned(),
                help.to_owned(),
                Some((safety, "add the comma", span, ",".to_owned())),
            )
        }
        P::MissingColon if document.kind(problem.owner) == Kind::Invalid => (
            "missing colon and value after the member name".to_owned(),
            "write the member as \"name\": value".to_owned(),
            None,
        ),
        P::MissingColon if text.is_empty() => (
            "missing colon after the member name".to_owned(),
            "write the member as \"name\": value".to_owned(),
            None,
        ),
        P::MissingColon => (
            format!("{shown} instead of a colon"),
            "write a colon between name and value".to_owned(),
            safe("write a colon", ":"),
        ),
        P::MissingValue => (
            "missing value".to_owned(),
            "write the value, or remove the member".to_owned(),
            None,
        ),
        P::Comment => (
            "JSON has no comments".to_owned(),
            "remove the comment".to_owned(),
            Some((
                Applicability::Unsafe,
                "remove the comment",
                span,
                String::new(),
            )),
        ),
        P::SingleQuotes => (
            "string in single quotes".to_owned(),
            "write double quotes".to_owned(),
            single_quoted(text)
                .map(|text| (Applicability::Safe, "write double quotes", span, text)),
        ),
        P::BareName => (
            format!("member name {shown} without quotes"),
            format!("write {}", context.quoted(text)),
            // Without a colon it may be something else than a name.
            colon_follows(document, span)
                .then(|| into_quotes(Applicability::Safe, "put the name into quotes", span, text))
                .flatten(),
        ),
        P::NameNotString => (
            format!("{shown} instead of a member name"),
            "write the name as a string in double quotes".to_owned(),
            (text.starts_with(|c: char| c.is_ascii_digit()) && colon_follows(document, span))
                .then(|| into_quotes(Applicability::Safe, "put the name into quotes", span, text))
                .flatten(),
        ),
        P::BareWord if text == "undefined" => (
            "undefined is not a JSON value".to_owned(),
            "leave the member out".to_owned(),
            None,
        ),
        P::BareWord if problem.owner == NodeId::ROOT => (
            format!("{shown} is not a JSON value"),
            A_PAYLOAD.to_owned(),
            None,
        ),
        P::BareWord => (
            format!("{shown} is not a JSON value"),
            format!("if it is text, write {}", context.quoted(text)),
            into_quotes(
                Applicability::Unsafe,
                "put the text into quotes",
                span,
                text,
            ),
        ),
        P::ForeignLiteral => {
            let literal = foreign_literal(document, problem);
            (
                format!("{shown} is not a JSON value"),
                format!("write {literal}"),
                safe("write JSON's literal", literal),
            )
        }
        P::NotFinite => (
            format!("{shown} is not a JSON number"),
            "leave the member out: JSON has neither NaN nor infinity".to_owned(),
            None,
        ),
        P::LeadingZero => (
            format!("the number {shown} has leading zeros"),
            format!(
                "JSON numbers have none; if it is a code or a key, write {}",
                context.quoted(text)
            ),
            into_quotes(
                Applicability::Unsafe,
                "put the digits into quotes",
                span,
                text,
            ),
        ),
        P::PlusSign => (
            format!("the number {shown} has a plus sign"),
            format!(
                "JSON numbers have none; if it is a phone number, write {}",
                context.quoted(text)
            ),
            into_quotes(
                Applicability::Unsafe,
                "put the digits into quotes",
                span,
                text,
            ),
        ),
        P::NoIntegerPart => (
            format!("the number {shown} has no digit before the decimal point"),
            "write 0 before the decimal point".to_owned(),
            safe("write the zero", &with_zero(text)),
        ),
        P::NoFractionDigits => (
            format!("the number {shown} has no digit after the decimal point"),
            "write a digit after the decimal point, or remove it".to_owned(),
            text.ends_with('.').then(|| {
                (
                    Applicability::Safe,
                    "remove the decimal point",
                    span,
                    text.trim_end_matches('.').to_owned(),
                )
            }),
        ),
        P::NoExponentDigits => (
            format!("the number {shown} has no digits in its exponent"),
            "write the digits of the exponent".to_owned(),
            None,
        ),
        P::InvalidNumber => (
            format!("{shown} is not a JSON number"),
            format!(
                "if it is text, such as a date or a key, write {}",
                context.quoted(text)
            ),
            into_quotes(
                Applicability::Unsafe,
                "put the text into quotes",
                span,
                text,
            ),
        ),
        P::ControlCharacter => {
            let escaped = escaped_controls(text);
            let what = match text {
                "\n" | "\r" => "line break".to_owned(),
                "\t" => "tab".to_owned(),
                other => format!(
                    "control character U+{:04X}",
                    other.chars().next().map_or(0, u32::from)
                ),
            };
            // One finding a string, and one fix for all in it.
            let all = control_characters(document, problem);
            (
                format!("unescaped {what} in a string"),
                format!("write {escaped} instead"),
                Some((
                    Applicability::Safe,
                    if all == span {
                        "escape it"
                    } else {
                        "escape the control characters"
                    },
                    all,
                    escaped_controls(&document.text()[all.range()]),
                )),
            )
        }
        P::UnterminatedString => (
            "unterminated string".to_owned(),
            "write a double quote at its end".to_owned(),
            None,
        ),
        P::InvalidEscape if text.ends_with(['\n', '\r']) => (
            "backslash before a line break".to_owned(),
            "write \\n for the line break".to_owned(),
            None,
        ),
        P::InvalidEscape => {
            let character = &text[1..];
            (
                format!("{shown} is not a JSON escape"),
                "JSON has the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; write \\\\ for a backslash".to_owned(),
                match character {
                    "'" => Some((Applicability::Safe, "remove the backslash", span, "'".to_owned())),
                    // Escapes of other languages, which mean another character.
                    "x" | "U" | "0" | "a" | "v" | "e" => None,
                    _ => Some((Applicability::Unsafe, "double the backslash", span, format!("\\{text}"))),
                },
            )
        }
        P::InvalidUnicodeEscape => (
            format!("{shown} is an incomplete Unicode escape"),
            "write four hexadecimal digits after \\u, as in \\u00e9; write \\\\ for a backslash"
                .to_owned(),
            None,
        ),
        P::Unclosed => {
            let closer = closer(document, problem);
            (
                format!("unclosed {}", container(closer)),
                format!("write the missing {closer}; if the text was cut off, send all of it"),
                None,
            )
        }
        P::MismatchedCloser => {
            let closer = closer(document, problem);
            let opened = container(closer);
            (
                format!("{text} inside an unclosed {opened}"),
                format!("close it with {closer} first"),
                None,
            )
        }
        P::UnexpectedCharacter if matches!(text, "]" | "}") => (
            format!("unmatched {text}"),
            "remove it, or write the missing opening bracket".to_owned(),
            Some((
                Applicability::Unsafe,
                "remove the bracket",
                span,
                String::new(),
            )),
        ),
        P::UnexpectedCharacter if text.starts_with('<') && problem.owner == NodeId::ROOT => (
            "the text looks like HTML or XML".to_owned(),
            "a payload is JSON; an error page may have been saved in its place".to_owned(),
            None,
        ),
        P::UnexpectedCharacter if text.starts_with(['“', '”', '„', '‘', '’', '«', '`']) => {
            (
                format!("{shown} is not in straight double quotes"),
                "write straight double quotes: \"…\"".to_owned(),
                curly_quoted(text).map(|text| {
                    (
                        Applicability::Safe,
                        "write straight double quotes",
                        span,
                        text,
                    )
                }),
            )
        }
        P::UnexpectedCharacter if text.contains('\0') => (
            format!("unexpected {shown}"),
            "save the file as UTF-8; it may be UTF-16 or damaged".to_owned(),
            None,
        ),
        P::UnexpectedCharacter if text.chars().nth(1).is_some() => (
            format!("{shown} is not a JSON value"),
            format!("if it is text, write {}", context.quoted(text)),
            into_quotes(
                Applicability::Unsafe,
                "put the text into quotes",
                span,
                text,
            ),
        ),
        P::UnexpectedCharacter => (format!("unexpected {shown}"), "remove it".to_owned(), None),
        P::TextAfterValue => (
            "text after the end of the JSON value".to_owned(),
            if text.starts_with(['{', '[']) {
                "send the second value in a request of its own"
            } else {
                "remove it, or look for a bracket that is missing or closes too early"
            }
            .to_owned(),
            None,
        ),
        P::LoneSurrogate | P::ByteOrderMark | P::NestingTooDeep | P::TooLarge | P::TooManyNames => {
            return None;
        }
    };
    Some(Words { message, help, fix })
}

/// The longest text that a fix puts into quotes, in bytes: a longer one is no value without its
/// quotes.
const QUOTABLE: usize = 200;

type FixWords = (Applicability, &'static str, Span, String);

fn into_quotes(
    safety: Applicability,
    title: &'static str,
    span: Span,
    text: &str,
) -> Option<FixWords> {
    (text.len() <= QUOTABLE).then(|| (safety, title, span, quote(text)))
}

/// Whether two values lack nothing but the comma between them. Otherwise it may be a quote inside
/// a string, or a number written in groups.
fn comma_is_certain(before: &str, behind: &str) -> bool {
    let next = behind.trim_start();
    let gap = &behind[..behind.len() - next.len()];
    let is_member = || {
        let name = next.strip_prefix('"').and_then(|next| next.split_once('"'));
        name.is_some_and(|(name, rest)| {
            let is_word = |c: char| crate::text::unicode::is_alphanumeric(c) || c == '_';
            !name.is_empty() && name.chars().all(is_word) && rest.trim_start().starts_with(':')
        })
    };
    before.ends_with(['}', ']'])
        || next.starts_with(['{', '['])
        || gap.contains(['\n', '\r'])
        || !gap.is_empty() && is_member()
}

/// Whether a colon follows the span, or an equals sign in its place.
fn colon_follows(document: &Document<'_>, span: Span) -> bool {
    document.text()[span.range().end..]
        .trim_start()
        .starts_with([':', '='])
}

/// From the first control character of a string to its last. Of a member's name, the first.
fn control_characters(document: &Document<'_>, problem: &SyntaxError) -> Span {
    let string = document.span(problem.owner);
    let inside = string.start <= problem.span.start && problem.span.end <= string.end;
    if document.kind(problem.owner) != Kind::String || !inside {
        return problem.span;
    }
    let rest = &document.text()[problem.span.range().start..string.range().end];
    let last = rest.rfind(|c: char| c < ' ').unwrap_or(0);
    Span::new(problem.span.start, problem.span.start + last as u32 + 1)
}

/// The text with its control characters escaped, and all else as it is.
fn escaped_controls(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c < ' ') {
        out.push_str(&rest[..at]);
        let (control, behind) = rest[at..].split_at(1);
        out.push_str(quote(control).trim_matches('"'));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// A string in typographic quotes or backquotes with double ones; none where its end is unclear.
fn curly_quoted(text: &str) -> Option<String> {
    const QUOTES: &[char] = &['“', '”', '„', '‘', '’', '«', '»', '`'];
    let content = text.strip_prefix(QUOTES)?.strip_suffix(QUOTES)?;
    (!content.contains(QUOTES) && !content.contains(['"', '\\'])).then(|| quote(content))
}

/// The closer that the problem's container wants.
fn closer(document: &Document<'_>, problem: &SyntaxError) -> &'static str {
    match document.kind(problem.owner) {
        Kind::Object => "}",
        _ => "]",
    }
}

/// What a closer closes.
fn container(closer: &str) -> &'static str {
    if closer == "}" { "object" } else { "array" }
}

fn foreign_literal(document: &Document<'_>, problem: &SyntaxError) -> &'static str {
    match (
        document.kind(problem.owner),
        document.boolean(problem.owner),
    ) {
        (_, Some(true)) => "true",
        (_, Some(false)) => "false",
        _ => "null",
    }
}

/// `.5` as `0.5`, `-.5` as `-0.5`.
fn with_zero(text: &str) -> String {
    text.replacen('.', "0.", 1)
}

/// A string in single quotes with double ones; none where its end or an escape is unclear.
fn single_quoted(text: &str) -> Option<String> {
    let content = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let content = content.replace("\\'", "'").replace('"', "\\\"");
    // Where a double quote was escaped already, the meaning is unclear.
    (!content.contains("\\\\\"")).then(|| format!("\"{content}\""))
}
