//! `json-syntax`

use json_document::{Certainty, Edit, Kind, NodeId, Repair, SyntaxError, SyntaxErrorKind, quote};

use crate::report::{Applicability, DataField, Location};
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
        data: [
            Reason(
                "the text is empty",
                "trailing comma",
                "comma without a value before it",
                "second colon",
                "missing comma",
                "{found} instead of a comma",
                "missing colon and value after the member name",
                "missing colon after the member name",
                "{found} instead of a colon",
                "missing value",
                "JSON has no comments",
                "string in single quotes",
                "{found} is not in straight double quotes",
                "member name {found} without quotes",
                "{found} instead of a member name",
                "undefined is not a JSON value",
                "{found} is not a JSON value",
                "{found} is not a JSON number",
                "the number {found} has leading zeros",
                "the number {found} has a plus sign",
                "the number {found} has no digit before the decimal point",
                "the number {found} has no digit after the decimal point",
                "the number {found} has no digits in its exponent",
                "the number {found} has a decimal comma",
                "line break in a member name",
                "unescaped line break in a string",
                "unescaped tab in a string",
                "unescaped control character {found} in a string",
                "unescaped quote inside the string",
                "unterminated string",
                "missing double quote at the start of a string",
                "missing double quote at the end of a string",
                "unexpected double quote",
                "backslash before the quote that ends the string",
                "backslash before a line break",
                "{found} is not a JSON escape",
                "{found} is an incomplete Unicode escape",
                "unclosed array",
                "unclosed object",
                "{found} instead of {expected}",
                "missing {expected}",
                "{found} between values",
                "unmatched {found}",
                "the text looks like HTML or XML",
                "unexpected {found}",
                "{found} syntax errors: the rest of the text is not read",
                "text after the end of the JSON value",
            ),
            Expected optional,
            Found optional,
        ],
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
        let Some(mut words) = words(context, error) else {
            continue;
        };
        // Bytes that are not UTF-8 have their own finding.
        if context.is_replaced(error.span) {
            continue;
        }
        let place = Location::part(error.owner, error.span);
        if let Some(help) = other_reading(context, error, &words) {
            words.help = help;
        }
        sink.report(&JSON_SYNTAX, place, |finding| {
            let Words {
                clause,
                found,
                expected,
                is_value,
                ..
            } = words;
            let mut finding = finding
                .message(
                    clause
                        .replace("{found}", &found)
                        .replace("{expected}", &expected),
                )
                .help(words.help)
                .reason(clause);
            if clause.contains("{found}") && !(is_value && context.redacts()) {
                finding = finding.with(DataField::Found, &found);
            }
            if clause.contains("{expected}") {
                finding = finding.with(DataField::Expected, &expected);
            }
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

/// The fix of an error: safe if it is certain.
fn fix(error: &SyntaxError) -> Option<(Applicability, &Repair)> {
    let repair = error.repair.as_ref()?;
    match repair.certainty {
        Certainty::Unknown => None,
        Certainty::Likely => Some((Applicability::Unsafe, repair)),
        Certainty::Certain => Some((Applicability::Safe, repair)),
    }
}

/// The help for an error that can be read in two ways, which are as likely.
fn other_reading(context: &Context<'_>, error: &SyntaxError, words: &Words) -> Option<String> {
    let repair = error.repair.as_ref()?;
    let other = repair.other.as_ref()?;
    let alike = SyntaxError {
        kind: other.kind,
        repair: Some(Repair {
            edits: other.edits.clone(),
            ..repair.clone()
        }),
        ..error.clone()
    };
    let first = how(context, &repair.edits, &words.help);
    let second = how(context, &other.edits, &self::words(context, &alike)?.help);
    Some(format!("it can be read in two ways: {first}, or {second}"))
}

/// A text as a string of JSON, for help.
fn in_json(context: &Context<'_>, text: &str) -> String {
    if text.contains(['"', '\\']) {
        context.quoted_token(&quote(text))
    } else {
        context.quoted(text)
    }
}

/// How to make some edits: what to remove, if they do nothing else.
fn how(context: &Context<'_>, edits: &[Edit], help: &str) -> String {
    match edits {
        [edit] if edit.text.is_empty() => {
            let removed = &context.document.text()[edit.span.range()];
            format!("remove {}", context.quoted_token(removed))
        }
        _ => help.to_owned(),
    }
}

/// Help where there is nothing of a payload to build on.
const A_PAYLOAD: &str = "a payload is an object with customer_key: { \"customer_key\": \"…\" }";

struct Words {
    /// The message, with `{found}` and `{expected}` for the values.
    clause: &'static str,
    found: String,
    expected: String,
    /// Whether `found` is a part of the payload.
    is_value: bool,
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
    let mut found = context.quoted_token(text);
    let mut is_value = true;
    // What is written in the error's place.
    let first = error
        .repair
        .as_ref()
        .and_then(|repair| repair.edits.first());
    let written = first.map_or("", |edit| edit.text.as_ref());
    if matches!(text, "]" | "}") {
        text.clone_into(&mut found);
        is_value = false;
    }
    let (clause, help, fix) = match error.kind {
        P::Empty => ("the text is empty", A_PAYLOAD.to_owned(), None),
        P::TrailingComma => (
            "trailing comma",
            "remove the comma".to_owned(),
            Some("remove the comma"),
        ),
        P::ExtraComma => (
            "comma without a value before it",
            "remove the comma, or write the missing value".to_owned(),
            Some("remove the comma"),
        ),
        P::ExtraColon => (
            "second colon",
            "remove the colon".to_owned(),
            Some("remove the colon"),
        ),
        P::MissingComma if text.is_empty() => (
            "missing comma",
            "write a comma between two values".to_owned(),
            Some("add the comma"),
        ),
        P::MissingComma => (
            "{found} instead of a comma",
            "write a comma between two values".to_owned(),
            Some("write a comma"),
        ),
        P::MissingColon if document.kind(error.owner) == Kind::Invalid => (
            "missing colon and value after the member name",
            "write the member as \"name\": value".to_owned(),
            None,
        ),
        P::MissingColon if text.is_empty() => (
            "missing colon after the member name",
            "write the member as \"name\": value".to_owned(),
            Some("add the colon"),
        ),
        P::MissingColon => (
            "{found} instead of a colon",
            "write a colon between name and value".to_owned(),
            Some("write a colon"),
        ),
        P::MissingValue => (
            "missing value",
            "write the value, or remove the member".to_owned(),
            None,
        ),
        P::Comment => (
            "JSON has no comments",
            "remove the comment".to_owned(),
            Some("remove the comment"),
        ),
        P::SingleQuotes => (
            "string in single quotes",
            "write double quotes".to_owned(),
            Some("write double quotes"),
        ),
        P::ForeignQuotes => (
            "{found} is not in straight double quotes",
            "write straight double quotes: \"…\"".to_owned(),
            Some("write straight double quotes"),
        ),
        P::BareName => (
            "member name {found} without quotes",
            format!("write {}", in_json(context, text)),
            Some("put the name into quotes"),
        ),
        P::NameNotString => (
            "{found} instead of a member name",
            "write the name as a string in double quotes".to_owned(),
            Some("put the name into quotes"),
        ),
        P::BareWord if text == "undefined" => (
            "undefined is not a JSON value",
            "leave the member out".to_owned(),
            None,
        ),
        P::BareWord if error.owner == NodeId::ROOT => (
            "{found} is not a JSON value",
            A_PAYLOAD.to_owned(),
            None,
        ),
        P::BareWord => (
            "{found} is not a JSON value",
            format!("if it is text, write {}", in_json(context, text)),
            Some("put the text into quotes"),
        ),
        P::ForeignLiteral => (
            "{found} is not a JSON value",
            format!("write {written}"),
            Some("write JSON's literal"),
        ),
        P::NotFinite => (
            "{found} is not a JSON number",
            "leave the member out: JSON has neither NaN nor infinity".to_owned(),
            None,
        ),
        P::PlusSign if !written.is_empty() && !written.starts_with('"') => (
            "the number {found} has a plus sign",
            format!("write {}", context.quoted_token(written)),
            Some("remove the plus sign"),
        ),
        P::LeadingZero if !written.is_empty() && !written.starts_with('"') => (
            "the number {found} has leading zeros",
            format!("write {}", context.quoted_token(written)),
            Some("remove the zeros"),
        ),
        P::LeadingZero => (
            "the number {found} has leading zeros",
            format!(
                "JSON numbers have none; if it is a code or a key, write {}",
                context.quoted(text)
            ),
            Some("put the digits into quotes"),
        ),
        P::PlusSign => (
            "the number {found} has a plus sign",
            format!(
                "JSON numbers have none; if it is a phone number, write {}",
                context.quoted(text)
            ),
            Some("put the digits into quotes"),
        ),
        P::NoIntegerPart => (
            "the number {found} has no digit before the decimal point",
            "write 0 before the decimal point".to_owned(),
            Some("write the zero"),
        ),
        P::NoFractionDigits => (
            "the number {found} has no digit after the decimal point",
            "write a digit after the decimal point, or remove it".to_owned(),
            Some("remove the decimal point"),
        ),
        P::NoExponentDigits => (
            "the number {found} has no digits in its exponent",
            "write the digits of the exponent".to_owned(),
            None,
        ),
        P::DecimalComma => (
            "the number {found} has a decimal comma",
            format!(
                "JSON has a decimal point: write {}",
                context.quoted_token(&text.replace(',', "."))
            ),
            Some("write a decimal point"),
        ),
        P::InvalidNumber => (
            "{found} is not a JSON number",
            format!(
                "if it is text, such as a date or a key, write {}",
                in_json(context, text)
            ),
            Some("put the text into quotes"),
        ),
        P::ControlCharacter if written.is_empty() => (
            "line break in a member name",
            "remove it".to_owned(),
            Some("remove it"),
        ),
        P::ControlCharacter => {
            found = code_point(text);
            is_value = false;
            let is_one = first.is_none_or(|edit| edit.span == span);
            let shown = if is_one { written } else { written_first(written) };
            (
                match text {
                    "\n" | "\r" => "unescaped line break in a string",
                    "\t" => "unescaped tab in a string",
                    _ => "unescaped control character {found} in a string",
                },
                format!("write {shown} instead"),
                Some(if is_one {
                    "escape it"
                } else {
                    "escape the control characters"
                }),
            )
        }
        P::UnescapedQuote => (
            "unescaped quote inside the string",
            "write \\\" for a double quote inside a string".to_owned(),
            Some("escape the quotes"),
        ),
        P::MissingQuote if error.repair.is_none() => (
            "unterminated string",
            "write a double quote at its end".to_owned(),
            None,
        ),
        P::MissingQuote => {
            let is_start = document.text()[..span.range().start]
                .trim_end()
                .ends_with([',', ':', '{', '[']);
            let (clause, help) = if is_start {
                (
                    "missing double quote at the start of a string",
                    "write a double quote at its start",
                )
            } else {
                (
                    "missing double quote at the end of a string",
                    "write a double quote at its end",
                )
            };
            (
                clause,
                help.to_owned(),
                Some("add the quote"),
            )
        }
        P::ExtraQuote => (
            "unexpected double quote",
            "remove it; inside a string, write \\\" for a double quote".to_owned(),
            Some("remove the quote"),
        ),
        P::InvalidEscape if text == "\\" => (
            "backslash before the quote that ends the string",
            "write \\\\ for a backslash".to_owned(),
            Some("double the backslash"),
        ),
        P::InvalidEscape if text.ends_with(['\n', '\r']) => (
            "backslash before a line break",
            "write \\n for the line break".to_owned(),
            Some("escape the line break"),
        ),
        P::InvalidEscape => (
            "{found} is not a JSON escape",
            "JSON has the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; write \\\\ for a backslash".to_owned(),
            match &text[1..] {
                "'" => Some("remove the backslash"),
                "\\''" => Some("write the apostrophe alone"),
                // Escapes of other languages, which mean another character.
                "x" | "U" | "0" | "a" | "v" | "e" => None,
                _ => Some("double the backslash"),
            },
        ),
        P::InvalidUnicodeEscape => (
            "{found} is an incomplete Unicode escape",
            "write four hexadecimal digits after \\u, as in \\u00e9; write \\\\ for a backslash"
                .to_owned(),
            None,
        ),
        P::Unclosed => {
            let edits = error.repair.iter().flat_map(|repair| &repair.edits);
            let written = edits.last().map_or("", |edit| edit.text.as_ref());
            let closers = written.trim_start_matches(|c| c != '}' && c != ']');
            let shown = if closers.len() > 20 { "closing brackets" } else { closers };
            let is_at_end = document.text()[span.range().end..].trim().is_empty();
            (
                if closers.starts_with(']') { "unclosed array" } else { "unclosed object" },
                if is_at_end {
                    format!("write the missing {shown}; if the text was cut off, send all of it")
                } else {
                    format!("write the missing {shown}")
                },
                Some(if closers.len() > 1 { "close what is open" } else { "add the bracket" }),
            )
        }
        P::WrongBracket => (
            "{found} instead of {expected}",
            format!("write {written}"),
            Some("write the other bracket"),
        ),
        P::MissingOpener if error.repair.as_ref().is_some_and(|repair| repair.edits.len() > 1) => (
            "missing {expected}",
            "write the members between { and }".to_owned(),
            Some("put the members into braces"),
        ),
        P::MissingOpener => (
            "missing {expected}",
            format!("write the missing {written}"),
            Some("add the bracket"),
        ),
        P::OddWhitespace => {
            found = white_space(text);
            is_value = false;
            (
                "{found} between values",
                if written.is_empty() {
                    "remove it: JSON knows space, tab and line breaks".to_owned()
                } else {
                    "write a space: JSON knows space, tab and line breaks".to_owned()
                },
                Some(if written.is_empty() { "remove it" } else { "write a space" }),
            )
        }
        P::StrayEscape => (
            "{found} between values",
            "write a line break: an escape means something in a string only".to_owned(),
            Some("write a line break"),
        ),
        P::UnexpectedCharacter if matches!(text, "]" | "}") => (
            "unmatched {found}",
            "remove it, or write the missing opening bracket".to_owned(),
            Some("remove the bracket"),
        ),
        P::UnexpectedCharacter if text.starts_with('<') && error.owner == NodeId::ROOT => (
            "the text looks like HTML or XML",
            "a payload is JSON; an error page may have been saved in its place".to_owned(),
            None,
        ),
        P::UnexpectedCharacter if text.contains('\0') => (
            "unexpected {found}",
            "save the file as UTF-8; it may be UTF-16 or damaged".to_owned(),
            None,
        ),
        P::UnexpectedCharacter if !written.is_empty() && error.owner == NodeId::ROOT => {
            ("{found} is not a JSON value", A_PAYLOAD.to_owned(), None)
        }
        P::UnexpectedCharacter => (
            "unexpected {found}",
            "remove it".to_owned(),
            Some("remove it"),
        ),
        P::TooManyErrors => {
            found = (document.syntax_error_count() - 1).to_string();
            is_value = false;
            (
                "{found} syntax errors: the rest of the text is not read",
                "the text may be no JSON at all; fix the first errors, and check again".to_owned(),
                None,
            )
        }
        P::TextAfterValue => (
            "text after the end of the JSON value",
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
    Some(Words {
        clause,
        found,
        expected: written.to_owned(),
        is_value,
        help,
        fix,
    })
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
