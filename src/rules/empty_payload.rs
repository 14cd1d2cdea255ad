//! `empty-payload`

use json_document::{Kind, NodeId};

use crate::model::graph::graph;
use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// The payload holds no resource and no setting beside `customer_key`.
    ///
    /// Lists without elements are none. The API answers `ok: true` and stores nothing. Often the filter that chose the records
    /// found none.
    ///
    /// ```json,bad
    /// { "customer_key": "c" }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "sites": [] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "north", "name": "North" }] }
    /// ```
    pub(crate) EMPTY_PAYLOAD = {
        code: "empty-payload",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Members,
        basis: Model,
        source: "it answers ok: true and stores nothing",
        why: "The API answers `ok: true` and stores nothing.",
        data: [Reason(
            "the payload has nothing but customer_key",
            "the payload has no resource: its collections are empty",
        )],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&EMPTY_PAYLOAD],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let root = NodeId::ROOT;
    let Some(customer_key) = context.payload.customer_key else {
        return;
    };
    if document.kind(root) != Kind::Object {
        return;
    }
    let mut collections = 0;
    for (member, node) in document.member_nodes(root) {
        let is_empty_collection = graph().by_name(document.name_number(node)).is_some()
            && node.kind() == Kind::Array
            && document.children(member).next().is_none();
        if member != customer_key && !is_empty_collection {
            return;
        }
        collections += usize::from(is_empty_collection);
    }
    let place = Location::opener(document, root);
    sink.report(&EMPTY_PAYLOAD, place, |finding| {
        let message = if collections == 0 {
            "the payload has nothing but customer_key"
        } else {
            "the payload has no resource: its collections are empty"
        };
        finding
            .message(message)
            .help("add the resources to push, or skip the request")
            .reason(message)
    });
}
