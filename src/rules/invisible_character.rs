//! `invisible-character`

use json_document::{NodeId, quote};

use crate::report::{Applicability, DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::escape::is_hidden;
use crate::text::whitespace::is_ecma_whitespace;

declare_rule! {
    /// A key or reference has a character that cannot be seen.
    ///
    /// Control, zero-width and bidirectional-control characters come along when a key is copied
    /// from a web page, a document or a chat. The key then looks like another one and is not: a
    /// reference that is typed by hand misses it. Reports show such a character escaped, never as
    /// it is. White space at the ends is the business of `key-whitespace` and
    /// `surrounding-whitespace`.
    ///
    /// The fix is unsafe: with it, the key is another one than the key that was pushed before.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "sites": [{ "site_key": "nor\u200bth", "name": "North" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "north", "name": "North" }] }
    /// ```
    pub(crate) INVISIBLE_CHARACTER = {
        code: "invisible-character",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: Text,
        basis: Judgement,
        source: "people cannot see the character, and keys are compared with it",
        why: "The key looks like another one and is not: references without the character miss it.",
        data: [Found, Count, Suggestion optional],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&INVISIBLE_CHARACTER],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for key in context.payload.non_plain_key_nodes(context.document) {
        key_is_visible(context, sink, key);
    }
}

fn key_is_visible(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, key: NodeId) {
    let document = context.document;
    let text = context.text(key);
    let inner = text.trim_matches(is_ecma_whitespace);
    let Some(hidden) = inner.chars().find(|character| is_hidden(*character)) else {
        return;
    };
    let place = Location::value(document, key);
    sink.report(&INVISIBLE_CHARACTER, place, |finding| {
        let count = inner.chars().filter(|c| is_hidden(*c)).count();
        let code_point = format!("U+{:04X}", u32::from(hidden));
        let name = name(hidden);
        let more = match count {
            1 => String::new(),
            _ => format!(" and {} more", count - 1),
        };
        let finding = finding
            .message(format!(
                "{} has the invisible character {code_point}{name}{more}: {}",
                context.subject(key),
                context.quoted(&text)
            ))
            .help("remove it here and wherever the key is used");
        let finding = finding
            .with_some(DataField::Found, context.value(&code_point))
            .with_size(DataField::Count, count);
        let clean: String = text.chars().filter(|c| !is_hidden(*c)).collect();
        if clean.trim_matches(is_ecma_whitespace).is_empty() {
            return finding.help("write a key that can be seen");
        }
        let finding = finding.with_some(DataField::Suggestion, context.value(&clean));
        // A lone surrogate reads as this: written anew, it would be lost.
        if text.contains(char::REPLACEMENT_CHARACTER) {
            return finding;
        }
        finding.fix(
            Applicability::Unsafe,
            "remove what cannot be seen",
            vec![(document.span(key), quote(&clean))],
        )
    });
}

/// What Unicode calls the character, of those that are met most.
fn name(character: char) -> &'static str {
    match character {
        '\0' => " (null)",
        '\t' => " (tab)",
        '\n' => " (line feed)",
        '\r' => " (carriage return)",
        '\u{ad}' => " (soft hyphen)",
        '\u{200b}' => " (zero width space)",
        '\u{200c}' => " (zero width non-joiner)",
        '\u{200d}' => " (zero width joiner)",
        '\u{200e}' => " (left-to-right mark)",
        '\u{200f}' => " (right-to-left mark)",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => " (bidirectional control)",
        '\u{2060}' => " (word joiner)",
        '\u{feff}' => " (zero width no-break space)",
        _ => "",
    }
}
