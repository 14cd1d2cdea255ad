//! `empty-payload`

use json_document::{Kind, NodeId};

use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// The payload holds nothing but `customer_key`.
    ///
    /// The API answers `ok: true` and stores nothing. Often the filter that chose the records
    /// found none.
    ///
    /// ```json,bad
    /// { "customer_key": "c" }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [] }
    /// ```
    pub(crate) EMPTY_PAYLOAD = {
        code: "empty-payload",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Members,
        why: "The API answers `ok: true` and stores nothing.",
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
    if document.kind(root) == Kind::Object && document.children(root).eq([customer_key]) {
        sink.report(
            &EMPTY_PAYLOAD,
            Location::opener(document, root),
            |finding| {
                finding
                    .message("the payload has nothing but customer_key")
                    .help("add the collections to push, or skip the request")
            },
        );
    }
}
