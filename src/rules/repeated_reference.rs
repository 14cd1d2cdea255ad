//! `repeated-reference`

use std::borrow::Cow;
use std::collections::HashMap;

use json_document::NodeId;

use crate::platform::hash::RandomState;

use crate::model::key::key_text;
use crate::model::reference::Reference;
use crate::report::{Applicability, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::removal;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::whitespace::is_ecma_whitespace;

declare_rule! {
    /// One array names the same key twice.
    ///
    /// The second changes nothing. It may be in place of a missing key.
    ///
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101", "101"] }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "101", "name": "Room 101" }, { "room_key": "102", "name": "Room 102" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101", "102"] }]
    /// }
    /// ```
    pub(crate) REPEATED_REFERENCE = {
        code: "repeated-reference",
        severity: Info,
        fix: Safe,
        since: "0.1.0",
        group: References,
        basis: Judgement,
        source: "naming a resource twice says nothing more",
        why: "The repeated key changes nothing; perhaps another one was intended.",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&REPEATED_REFERENCE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    if !context.payload.may_repeat {
        return;
    }
    let document = context.document;
    let payload = context.payload;
    let holders = 0..payload.resources.len() as u32;
    let by_holder = holders.map(|holder| &payload.references[payload.references_of(holder)]);
    let one_array = |a: &Reference, b: &Reference| a.member == b.member;
    let mut seen: HashMap<Cow<'_, str>, NodeId, RandomState> = HashMap::default();
    for array in by_holder.flat_map(|references| references.chunk_by(one_array)) {
        seen.clear();
        for reference in array {
            let key = key_text(document, reference.node);
            let first = *seen.entry(key).or_insert(reference.node);
            if first != reference.node {
                report(context, sink, reference.node, first);
            }
        }
    }
}

fn report(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, node: NodeId, first: NodeId) {
    let document = context.document;
    // Repeated nothing is `empty-reference`.
    let key = context.text(node);
    if key.trim_matches(is_ecma_whitespace).is_empty() {
        return;
    }
    sink.report(
        &REPEATED_REFERENCE,
        Location::value(document, node),
        |finding| {
            let finding = finding
                .message(format!(
                    "{} names {} again",
                    context.subject(node),
                    context.quoted(&key)
                ))
                .help("remove it, or write the intended key")
                .related(Location::value(document, first), "the first time");
            match removal::span(document, node) {
                Some(span) => finding.fix(
                    Applicability::Safe,
                    "remove the repeated key",
                    vec![(span, String::new())],
                ),
                None => finding,
            }
        },
    );
}
