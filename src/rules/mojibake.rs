//! `mojibake`

use json_document::{NodeId, quote};

use crate::report::{Applicability, DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::mojibake::decoded;

declare_rule! {
    /// A name or an address was decoded with the wrong encoding.
    ///
    /// `JosÃ©` is `José` in UTF-8, read as Latin-1 or Windows-1252; U+FFFD stands for what a decoder could not read, and the letter is lost.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "JosÃ©", "email_address": "jose@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "José", "email_address": "jose@example.com" }] }
    /// ```
    pub(crate) MOJIBAKE = {
        code: "mojibake",
        severity: Info,
        fix: Unsafe,
        since: "0.1.0",
        group: Text,
        basis: Judgement,
        source: "the bytes are UTF-8 that was decoded as Latin-1",
        why: "The text was decoded with the wrong encoding on its way; people read it in lists and messages.",
        data: [
            Reason(
                "is UTF-8 that was read as Latin-1",
                "has U+FFFD, which stands for a letter that was lost",
            ),
            Suggestion optional,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&MOJIBAKE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for node in &context.payload.non_plain_names {
        report(context, sink, *node);
    }
}

fn report(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, node: NodeId) {
    let document = context.document;
    if !has_neighbours(document.raw(node)) {
        return;
    }
    let text = context.text(node);
    let is_lost = text.contains(char::REPLACEMENT_CHARACTER);
    // Bytes that are not UTF-8, and lone surrogates, are findings by themselves.
    if is_lost && !document.raw(node).contains(char::REPLACEMENT_CHARACTER) {
        return;
    }
    let decoded = decoded(&text);
    if !is_lost && decoded.is_none() {
        return;
    }
    sink.report(&MOJIBAKE, Location::value(document, node), |finding| {
        let subject = context.subject(node);
        let quoted = context.quoted(&text);
        let Some(decoded) = decoded.filter(|_| !is_lost) else {
            let reason = "has U+FFFD, which stands for a letter that was lost";
            return finding
                .reason(reason)
                .message(format!("{subject} {quoted} {reason}"))
                .help(
                    "write the text anew, and look where it was decoded with the wrong encoding",
                );
        };
        let reason = "is UTF-8 that was read as Latin-1";
        finding
            .reason(reason)
            .message(format!("{subject} {quoted} {reason}"))
            .help(format!("write {}", context.quoted(&decoded)))
            .with_some(DataField::Suggestion, context.value(&decoded))
            .fix(
                Applicability::Unsafe,
                "write the text as it was before it was decoded twice",
                vec![(document.span(node), quote(&decoded))],
            )
    });
}

/// Whether two characters beyond ASCII, escaped or not, are beside each other, or one is U+FFFD: without them nothing was decoded
/// twice, and the string need not be unescaped.
fn has_neighbours(raw: &str) -> bool {
    let is_beyond =
        |rest: &str| rest.starts_with("\\u") || rest.starts_with(|first: char| !first.is_ascii());
    raw.char_indices().any(|(at, character)| {
        let after = match character {
            char::REPLACEMENT_CHARACTER => return true,
            '\\' if raw[at..].starts_with("\\u") => raw.get(at + 6..),
            other if !other.is_ascii() => raw.get(at + other.len_utf8()..),
            _ => None,
        };
        after.is_some_and(is_beyond)
    })
}
