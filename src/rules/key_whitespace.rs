//! `key-whitespace`

use json_document::{NodeId, Span, quote};

use crate::model::graph::{CollectionId, Role, graph};
use crate::model::reference::{NonPlainKey, Reference};
use crate::report::{Applicability, DataField, Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::whitespace::is_ecma_whitespace;

declare_rule! {
    /// A key has white space at its start or end.
    ///
    /// The API refuses it on `customer_key` (since 2025-10-16), on `parent_site_key` and on a
    /// resource's own key. On `staff_member_key` it is not checked: there it is stored as it is,
    /// and later look-ups miss it (a warning).
    ///
    /// Where another resource has the key without the white space, the fix is unsafe: the two
    /// would become one.
    ///
    /// White space is what ECMAScript's `trim` removes: U+FEFF counts, U+0085 and U+200B do not.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "sites": [{ "site_key": "north ", "name": "North" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "north", "name": "North" }] }
    /// ```
    pub(crate) KEY_WHITESPACE = {
        code: "key-whitespace",
        severity: Error,
        fix: Both,
        since: "0.1.0",
        group: Limits,
        basis: Model,
        source: "it trims keys and refuses those that change; of customer_key since 2025-10-16",
        why: "The API refuses keys with white space at either end.",
        data: [
            Reason(
                "white space at its start",
                "white space at its end",
                "white space at both ends",
                "nothing but white space",
            ),
            Suggestion optional,
        ],
    };
}

/// Whether the API looks for white space around a reference: `parent_site_key`.
pub(crate) fn is_checked_reference(context: &Context<'_>, reference: Reference) -> bool {
    let collection = graph().collection(context.payload.holder(reference).collection);
    matches!(collection.role(reference.member.0), Role::Reference(_))
        && context.schema.name(reference.member).starts_with("parent_")
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&KEY_WHITESPACE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let graph = graph();
    let views = context.payload;
    if let Some(key) = views.customer_key {
        key_is_trimmed(context, sink, key, Severity::Error, |_| false);
    }
    for odd in &views.non_plain_keys {
        match *odd {
            NonPlainKey::Own(at) => {
                let resource = &views.resources[at as usize];
                let Some(key) = resource.key else { continue };
                let collection = graph.collection(resource.collection);
                // The schema sets no `minLength` there either: the API does not look at it.
                let unchecked = !context.own_key_is_checked(collection);
                let severity = if unchecked {
                    Severity::Warning
                } else {
                    Severity::Error
                };
                key_is_trimmed(context, sink, key, severity, |trimmed| {
                    is_taken(context, resource.collection, trimmed)
                });
            }
            NonPlainKey::Reference(at) => {
                let reference = views.references[at as usize];
                if is_checked_reference(context, reference) {
                    key_is_trimmed(context, sink, reference.node, Severity::Error, |trimmed| {
                        names_another(context, reference, trimmed)
                    });
                }
            }
        }
    }
}

/// Whether a key is another resource's of the collection, or would be if all were trimmed.
fn is_taken(context: &Context<'_>, collection: CollectionId, trimmed: &str) -> bool {
    let set = context.set;
    set.find(collection, trimmed).is_some()
        || set.knows(collection, trimmed)
        || context
            .views
            .untrimmed(set)
            .is_ambiguous(collection, trimmed)
}

/// Whether a reference names a resource as it is, and would name another one if it were trimmed.
pub(super) fn names_another(context: &Context<'_>, reference: Reference, trimmed: &str) -> bool {
    let names_one = context
        .set
        .find(reference.target, &context.text(reference.node));
    names_one.is_some() && is_taken(context, reference.target, trimmed)
}

/// `is_taken` says whether the key without the white space is another resource's.
fn key_is_trimmed(
    context: &Context<'_>,
    sink: &mut DiagnosticSink<'_>,
    key: NodeId,
    severity: Severity,
    is_taken: impl FnOnce(&str) -> bool,
) {
    let document = context.document;
    let text = context.text(key);
    let trimmed = text.trim_matches(is_ecma_whitespace);
    if trimmed.len() == text.len() {
        return;
    }
    sink.report_as(&KEY_WHITESPACE, severity, Location::value(document, key), |finding| {
        let what = match (text.starts_with(is_ecma_whitespace), text.ends_with(is_ecma_whitespace)) {
            _ if trimmed.is_empty() => "nothing but white space",
            (true, true) => "white space at both ends",
            (true, false) => "white space at its start",
            _ => "white space at its end",
        };
        let subject = context.subject(key);
        let finding = finding
            .message(format!("{subject} has {what}: {}", context.quoted(&text)))
            .reason(what);
        let finding = if severity == Severity::Warning {
            finding.note("The API stores this key as it is, and look-ups without the white space miss it.")
        } else {
            finding
        };
        if trimmed.is_empty() {
            return finding.help("write a key");
        }
        let span: Span = document.span(key);
        let finding = finding
            .help(format!("write {}", context.quoted(trimmed)))
            .with_some(DataField::Suggestion, context.value(trimmed));
        // A lone surrogate reads as this: written anew, it would be lost.
        if text.contains(char::REPLACEMENT_CHARACTER) {
            return finding;
        }
        let safety = if is_taken(trimmed) {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        finding.fix(
                safety,
                "remove the white space around the key",
                vec![(span, quote(trimmed))],
            )
    });
}
