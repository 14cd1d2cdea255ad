//! `empty-reference`

use crate::model::graph::graph;
use crate::model::reference::Reference;
use crate::model::resolve::Resolution;
use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A reference is empty or nothing but white space.
    ///
    /// It names nothing, and the API answers `ok: true`. Leave the member out where there is
    /// nothing to name; often an empty column of a table ends up here. (`parent_site_key` is not
    /// looked at: there the API refuses it, see `schema-min-length` and `key-whitespace`.)
    ///
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101", ""] }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101"] }]
    /// }
    /// ```
    pub(crate) EMPTY_REFERENCE = {
        code: "empty-reference",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Judgement,
        source: "an empty key names nothing",
        why: "It names nothing; the API answers ok: true and links nothing.",
        data: [Reason("is empty", "is nothing but white space")],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&EMPTY_REFERENCE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for (reference, resolution) in context.set.failed_references(context.file) {
        if resolution != Resolution::Empty || is_refused(context, reference) {
            continue;
        }
        let place = Location::value(document, reference.node);
        sink.report(&EMPTY_REFERENCE, place, |finding| {
            let subject = context.subject(reference.node);
            let what = if document.raw_string(reference.node) == Some("") {
                "is empty"
            } else {
                "is nothing but white space"
            };
            let what_to_do = if document.element_index(reference.node).is_some() {
                "remove the element, or write a key"
            } else {
                "leave the member out, or write a key"
            };
            finding
                .message(format!("{subject} {what}"))
                .help(what_to_do)
                .reason(what)
        });
    }
}

/// Whether the API refuses an empty key in this member: then another rule has said so.
fn is_refused(context: &Context<'_>, reference: Reference) -> bool {
    let subschema = graph()
        .collection(context.payload.holder(reference).collection)
        .subschema;
    let members = context.schema.subschema(subschema).properties.as_ref();
    members
        .and_then(|members| members.get(reference.member))
        .is_some_and(|shape| context.schema.subschema(shape).min_length.is_some())
}
