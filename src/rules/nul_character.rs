//! `nul-character`

use json_document::{Document, Kind, NodeId};

use crate::platform::sort;
use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A string has the character U+0000.
    ///
    /// JSON can write it, and text columns of `PostgreSQL` cannot hold it: the push fails, or what follows it is lost. It comes from buffers of
    /// fixed length. (That the API refuses it is an inference.) In keys and references it is an `invisible-character`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann\u0000", "email_address": "ann@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }] }
    /// ```
    pub(crate) NUL_CHARACTER = {
        code: "nul-character",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Text,
        basis: Judgement,
        source: "text columns of PostgreSQL cannot hold it; that the API has some is an inference",
        why: "Text columns of common databases, PostgreSQL among them, cannot hold it.",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&NUL_CHARACTER],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    // A string can only have it escaped.
    let bytes = document.text().as_bytes();
    if !memchr::memchr_iter(b'\\', bytes).any(|at| bytes[at..].starts_with(b"\\u0000")) {
        return;
    }
    let mut keys: Vec<NodeId> = context.payload.non_plain_key_nodes(document).collect();
    sort::sort_by(&mut keys, Ord::cmp);
    let mut open = vec![NodeId::ROOT];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        match document.kind(node) {
            Kind::Object | Kind::Array => open.extend(document.children(node)),
            Kind::String if has_nul(document, node) && keys.binary_search(&node).is_err() => {
                found.push(node);
            }
            _ => {}
        }
    }
    for node in found {
        sink.report(&NUL_CHARACTER, Location::value(document, node), |finding| {
            finding
                .message(format!(
                    "{} has the character U+0000",
                    context.subject(node)
                ))
                .help("remove it, and what a buffer of fixed length has behind it")
        });
    }
}

fn has_nul(document: &Document<'_>, node: NodeId) -> bool {
    document.raw(node).contains("\\u0000")
        && document
            .string(node)
            .is_some_and(|text| text.contains('\0'))
}
