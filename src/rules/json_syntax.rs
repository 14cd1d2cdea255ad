//! `json-syntax`

use json_document::{
    Certainty, Kind, MAX_SYNTAX_ERRORS, NodeId, Repair, SyntaxError, SyntaxErrorKind,
};

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
    for error in document.syntax_errors() {
        let Some(words) = words(context, error) else {
            continue;
        };
        // Bytes that are not UTF-8 have their own finding.
        if context.is_replaced(error.span) {
            continue;
        }
        let place = Location::part(error.owner, error.span);
        sink.report(&JSON_SYNTAX, place, |finding| {
            let mut finding = finding.message(words.message).help(words.help);
            if let (Some(title), Some((applicability, repair))) = (words.fix, fix(error)) {
                let edits = repair.edits.iter();
                let edits = edits.map(|edit| (edit.span, edit.text.clone().into_owned()));
                finding = finding.fix(applicability, title, edits.collect());
            }
            if let Some(related) = error.related {
                finding = finding.related(Location::part(error.owner, related), "opened here");
            }
            finding
        });
    }
    let dropped = document.syntax_error_count() - document.syntax_errors().len();
    if dropped > 0 {
        sink.count_more(&JSON_SYNTAX, dropped);
    }
}

/// The fix of an error: safe if it is certain and removes nothing but commas, second colons, comments
/// and white space.
fn fix(error: &SyntaxError) -> Option<(Applicability, &Repair)> {
    use SyntaxErrorKind as P;
    let repair = error.repair.as_ref()?;
    let may_delete = matches!(
        error.kind,
        P::TrailingComma
            | P::ExtraComma
            | P::ExtraColon
            | P::Comment
            | P::OddWhitespace
            | P::ControlCharacter
    );
    let loses = repair.edits.iter().any(|edit| edit.text.is_empty());
    match repair.certainty {
        Certainty::Unknown => None,
        Certainty::Certain if may_delete || !loses => Some((Applicability::Safe, repair)),
        _ => Some((Applicability::Unsafe, repair)),
    }
}

/// Help where there is nothing of a payload to build on.
const A_PAYLOAD: &str = "a payload is an object with customer_key: { \"customer_key\": \"…\" }";

struct Words {
    message: String,
    help: String,
    /// The title of the fix, if there may be one.
    fix: Option<&'static str>,
}

/// What to report of a syntax error; nothing for those that other rules report.
fn words(context: &Context<'_>, error: &SyntaxError) -> Option<Words> {
    use SyntaxErrorKind as P;
    let document = context.document;
    let span = error.span;
    let text = &document.text()[span.range()];
    let shown = context.quoted_token(text);
    // What is written in the error's place.
    let first = error
        .repair
        .as_ref()
        .and_then(|repair| repair.edits.first());
    let written = first.map_or("", |edit| edit.text.as_ref());
    let (message, help, fix) = match error.kind {
        P::Empty => ("the text is empty".to_owned(), A_PAYLOAD.to_owned(), None),
        P::TrailingComma => (
            "trailing comma".to_owned(),
            "remove the comma".to_owned(),
            Some("remove the comma"),
        ),
        P::ExtraComma => (
            "comma without a value before it".to_owned(),
            "remove the comma, or write the missing value".to_owned(),
            Some("remove the comma"),
        ),
        P::ExtraColon => (
            "second colon".to_owned(),
            "remove the colon".to_owned(),
            Some("remove the colon"),
        ),
        P::MissingComma if text.is_empty() => (
            "missing comma".to_owned(),
            "write a comma between two values".to_owned(),
            Some("add the comma"),
        ),
        P::MissingComma => (
            format!("{shown} instead of a comma"),
            "write a comma between two values".to_owned(),
            Some("write a comma"),
        ),
        P::MissingColon if document.kind(error.owner) == Kind::Invalid => (
            "missing colon and value after the member name".to_owned(),
            "write the member as \"name\": value".to_owned(),
            None,
        ),
        P::MissingColon if text.is_empty() => (
            "missing colon after the member name".to_owned(),
            "write the member as \"name\": value".to_owned(),
            Some("add the colon"),
        ),
        P::MissingColon => (
            format!("{shown} instead of a colon"),
            "write a colon between name and value".to_owned(),
            Some("write a colon"),
        ),
        P::MissingValue => (
            "missing value".to_owned(),
            "write the value, or remove the member".to_owned(),
            None,
        ),
        P::Comment => (
            "JSON has no comments".to_owned(),
            "remove the comment".to_owned(),
            Some("remove the comment"),
        ),
        P::SingleQuotes => (
            "string in single quotes".to_owned(),
            "write double quotes".to_owned(),
            Some("write double quotes"),
        ),
        P::ForeignQuotes => (
            format!("{shown} is not in straight double quotes"),
            "write straight double quotes: \"…\"".to_owned(),
            Some("write straight double quotes"),
        ),
        P::BareName => (
            format!("member name {shown} without quotes"),
            format!("write {}", context.quoted(text)),
            Some("put the name into quotes"),
        ),
        P::NameNotString => (
            format!("{shown} instead of a member name"),
            "write the name as a string in double quotes".to_owned(),
            Some("put the name into quotes"),
        ),
        P::BareWord if text == "undefined" => (
            "undefined is not a JSON value".to_owned(),
            "leave the member out".to_owned(),
            None,
        ),
        P::BareWord if error.owner == NodeId::ROOT => (
            format!("{shown} is not a JSON value"),
            A_PAYLOAD.to_owned(),
            None,
        ),
        P::BareWord => (
            format!("{shown} is not a JSON value"),
            format!("if it is text, write {}", context.quoted(text)),
            Some("put the text into quotes"),
        ),
        P::ForeignLiteral => (
            format!("{shown} is not a JSON value"),
            format!("write {written}"),
            Some("write JSON's literal"),
        ),
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
            Some("put the digits into quotes"),
        ),
        P::PlusSign => (
            format!("the number {shown} has a plus sign"),
            format!(
                "JSON numbers have none; if it is a phone number, write {}",
                context.quoted(text)
            ),
            Some("put the digits into quotes"),
        ),
        P::NoIntegerPart => (
            format!("the number {shown} has no digit before the decimal point"),
            "write 0 before the decimal point".to_owned(),
            Some("write the zero"),
        ),
        P::NoFractionDigits => (
            format!("the number {shown} has no digit after the decimal point"),
            "write a digit after the decimal point, or remove it".to_owned(),
            Some("remove the decimal point"),
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
            Some("put the text into quotes"),
        ),
        P::ControlCharacter => {
            let what = match text {
                "\n" | "\r" => "line break".to_owned(),
                "\t" => "tab".to_owned(),
                other => format!("control character {}", code_point(other)),
            };
            let is_one = first.is_none_or(|edit| edit.span == span);
            let shown = if is_one { written } else { written_first(written) };
            if written.is_empty() {
                let message = format!("{what} in a member name");
                return Some(Words {
                    message,
                    help: "remove it".to_owned(),
                    fix: Some("remove it"),
                });
            }
            (
                format!("unescaped {what} in a string"),
                format!("write {shown} instead"),
                Some(if is_one {
                    "escape it"
                } else {
                    "escape the control characters"
                }),
            )
        }
        P::UnescapedQuote => (
            "unescaped quote inside the string".to_owned(),
            "write \\\" for a double quote inside a string".to_owned(),
            Some("escape the quotes"),
        ),
        P::MissingQuote if error.repair.is_none() => (
            "unterminated string".to_owned(),
            "write a double quote at its end".to_owned(),
            None,
        ),
        P::MissingQuote => {
            let is_start = document.text()[..span.range().start]
                .trim_end()
                .ends_with([',', ':', '{', '[']);
            let end = if is_start { "start" } else { "end" };
            (
                format!("missing double quote at the {end} of a string"),
                format!("write a double quote at its {end}"),
                Some("add the quote"),
            )
        }
        P::ExtraQuote => (
            "unexpected double quote".to_owned(),
            "remove it; inside a string, write \\\" for a double quote".to_owned(),
            Some("remove the quote"),
        ),
        P::InvalidEscape if text == "\\" => (
            "backslash before the quote that ends the string".to_owned(),
            "write \\\\ for a backslash".to_owned(),
            Some("double the backslash"),
        ),
        P::InvalidEscape if text.ends_with(['\n', '\r']) => (
            "backslash before a line break".to_owned(),
            "write \\n for the line break".to_owned(),
            Some("escape the line break"),
        ),
        P::InvalidEscape => (
            format!("{shown} is not a JSON escape"),
            "JSON has the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; write \\\\ for a backslash".to_owned(),
            match &text[1..] {
                "'" => Some("remove the backslash"),
                // Escapes of other languages, which mean another character.
                "x" | "U" | "0" | "a" | "v" | "e" => None,
                _ => Some("double the backslash"),
            },
        ),
        P::InvalidUnicodeEscape => (
            format!("{shown} is an incomplete Unicode escape"),
            "write four hexadecimal digits after \\u, as in \\u00e9; write \\\\ for a backslash"
                .to_owned(),
            None,
        ),
        P::Unclosed => {
            let edits = error.repair.iter().flat_map(|repair| &repair.edits);
            let written = edits.last().map_or("", |edit| edit.text.as_ref());
            let closers = written.trim_start_matches(|c| c != '}' && c != ']');
            let shown = if closers.len() > 20 { "closing brackets" } else { closers };
            let what = if closers.starts_with(']') { "array" } else { "object" };
            let is_at_end = document.text()[span.range().end..].trim().is_empty();
            (
                format!("unclosed {what}"),
                if is_at_end {
                    format!("write the missing {shown}; if the text was cut off, send all of it")
                } else {
                    format!("write the missing {shown}")
                },
                Some(if closers.len() > 1 { "close what is open" } else { "add the bracket" }),
            )
        }
        P::WrongBracket => (
            format!("{text} instead of {written}"),
            format!("write {written}"),
            Some("write the other bracket"),
        ),
        P::MissingOpener => (
            format!("missing {written}"),
            format!("write the missing {written}"),
            Some("add the bracket"),
        ),
        P::OddWhitespace => {
            let names = white_space(text);
            (
                format!("{names} between values"),
                if written.is_empty() {
                    "remove it: JSON knows space, tab and line breaks".to_owned()
                } else {
                    "write a space: JSON knows space, tab and line breaks".to_owned()
                },
                Some(if written.is_empty() { "remove it" } else { "write a space" }),
            )
        }
        P::UnexpectedCharacter if matches!(text, "]" | "}") => (
            format!("unmatched {text}"),
            "remove it, or write the missing opening bracket".to_owned(),
            Some("remove the bracket"),
        ),
        P::UnexpectedCharacter if text.starts_with('<') && error.owner == NodeId::ROOT => (
            "the text looks like HTML or XML".to_owned(),
            "a payload is JSON; an error page may have been saved in its place".to_owned(),
            None,
        ),
        P::UnexpectedCharacter if text.contains('\0') => (
            format!("unexpected {shown}"),
            "save the file as UTF-8; it may be UTF-16 or damaged".to_owned(),
            None,
        ),
        P::UnexpectedCharacter if !written.is_empty() && error.owner == NodeId::ROOT => {
            (format!("{shown} is not a JSON value"), A_PAYLOAD.to_owned(), None)
        }
        P::UnexpectedCharacter => (
            format!("unexpected {shown}"),
            "remove it".to_owned(),
            Some("remove it"),
        ),
        P::TooManyErrors => (
            format!("{MAX_SYNTAX_ERRORS} syntax errors: the rest of the text is not read"),
            "the text may be no JSON at all; fix the first errors, and check again".to_owned(),
            None,
        ),
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

/// The first escape of a text.
fn written_first(text: &str) -> &str {
    let length = if text.starts_with("\\u") { 6 } else { 2 };
    text.get(..length).unwrap_or(text)
}

/// The code point of a character, as Unicode writes it.
fn code_point(character: &str) -> String {
    format!("U+{:04X}", character.chars().next().map_or(0, u32::from))
}

/// White space that JSON does not know, by name and never raw.
fn white_space(run: &str) -> String {
    let name = match run.chars().next() {
        Some('\u{b}') => "vertical tab",
        Some('\u{c}') => "form feed",
        Some('\u{85}') => "next-line control",
        Some('\u{a0}') => "no-break space",
        Some('\u{1680}') => "ogham space mark",
        Some('\u{180e}') => "Mongolian vowel separator",
        Some('\u{200b}') => "zero-width space",
        Some('\u{200c}') => "zero-width non-joiner",
        Some('\u{200d}') => "zero-width joiner",
        Some('\u{2028}') => "line separator",
        Some('\u{2029}') => "paragraph separator",
        Some('\u{202f}') => "narrow no-break space",
        Some('\u{205f}') => "medium mathematical space",
        Some('\u{2060}') => "word joiner",
        Some('\u{3000}') => "ideographic space",
        Some('\u{feff}') => "byte order mark",
        _ => "typographic space",
    };
    match run.chars().count() {
        1 => format!("{name} ({})", code_point(run)),
        count => format!(
            "{count} white-space characters that JSON does not know ({})",
            code_point(run)
        ),
    }
}
