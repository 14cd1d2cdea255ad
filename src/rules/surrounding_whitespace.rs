//! `surrounding-whitespace`

use json_document::{NodeId, quote};

use super::key_whitespace::{is_checked_reference, names_another};
use crate::report::{Applicability, DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::whitespace::is_ecma_whitespace;

declare_rule! {
    /// A name, contact, code or reference has white space at its start or end.
    ///
    /// The API stores it with the white space, and looks references up with it. White space around
    /// a resource's own key and `parent_site_key`, which the API refuses, is the business of
    /// `key-whitespace`; a value that is nothing else is `blank-name`'s or `empty-reference`'s.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann ", "email_address": "\tann@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }] }
    /// ```
    pub(crate) SURROUNDING_WHITESPACE = {
        code: "surrounding-whitespace",
        severity: Info,
        fix: Safe,
        since: "0.1.0",
        group: Text,
        basis: Judgement,
        source: "values are compared and shown as they are",
        why: "The API stores it with the white space, and comparisons and look-ups without it miss.",
        data: [Reason("its start", "its end", "both ends"), Suggestion],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&SURROUNDING_WHITESPACE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let payload = context.payload;
    for name in &payload.names_to_trim {
        is_trimmed_value(context, sink, *name, |_| false);
    }
    let codes = payload.stays.iter().filter_map(|stay| stay.code);
    let contacts = payload
        .uncommon_emails
        .iter()
        .chain(&payload.uncommon_phones);
    for node in contacts.copied().chain(codes) {
        is_trimmed_value(context, sink, node, |_| false);
    }
    for reference in payload.non_plain_references() {
        if !is_checked_reference(context, *reference) {
            is_trimmed_value(context, sink, reference.node, |trimmed| {
                names_another(context, *reference, trimmed)
            });
        }
    }
}

/// `is_another` says whether the value means something else without the white space.
fn is_trimmed_value(
    context: &Context<'_>,
    sink: &mut DiagnosticSink<'_>,
    node: NodeId,
    is_another: impl FnOnce(&str) -> bool,
) {
    let document = context.document;
    if document.is_plain(node) || document.has_visible_ends(node) {
        return;
    }
    let text = context.text(node);
    let trimmed = text.trim_matches(is_ecma_whitespace);
    if trimmed.len() == text.len() || trimmed.is_empty() {
        return;
    }
    sink.report(
        &SURROUNDING_WHITESPACE,
        Location::value(document, node),
        |finding| {
            let ends = match (
                text.starts_with(is_ecma_whitespace),
                text.ends_with(is_ecma_whitespace),
            ) {
                (true, true) => "both ends",
                (true, false) => "its start",
                _ => "its end",
            };
            let finding = finding
                .message(format!(
                    "{} has white space at {ends}: {}",
                    context.subject(node),
                    context.quoted(&text)
                ))
                .help(format!("write {}", context.quoted(trimmed)))
                .reason(ends)
                .with_some(DataField::Suggestion, context.value(trimmed));
            // A lone surrogate reads as this: written anew, it would be lost.
            if text.contains(char::REPLACEMENT_CHARACTER) {
                return finding;
            }
            let safety = if is_another(trimmed) {
                Applicability::Unsafe
            } else {
                Applicability::Safe
            };
            finding.fix(
                safety,
                "remove the white space around the value",
                vec![(document.span(node), quote(trimmed))],
            )
        },
    );
}
