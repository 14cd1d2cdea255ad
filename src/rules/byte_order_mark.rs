//! `byte-order-mark`

use json_document::SyntaxErrorKind;

use crate::report::{Applicability, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// The text starts with a byte order mark.
    ///
    /// RFC 8259 (section 8.1) forbids writers to add U+FEFF and lets readers ignore it: many do,
    /// and some refuse the whole text.
    ///
    /// ```json,bad
    /// ﻿{ "customer_key": "c", "sites": [{ "site_key": "n", "name": "North" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "n", "name": "North" }] }
    /// ```
    pub(crate) BYTE_ORDER_MARK = {
        code: "byte-order-mark",
        severity: Info,
        fix: Safe,
        since: "0.1.0",
        group: Json,
        basis: Documented,
        source: "RFC 8259, section 8.1: a text must not begin with one, and readers may ignore it",
        why: "JSON writers must not add it (RFC 8259, section 8.1); some readers refuse the text for it.",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&BYTE_ORDER_MARK],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for problem in context.document.syntax_errors() {
        if problem.kind == SyntaxErrorKind::ByteOrderMark {
            let place = Location::part(problem.owner, problem.span);
            sink.report(&BYTE_ORDER_MARK, place, |finding| {
                finding
                    .message("the text starts with a byte order mark (U+FEFF)")
                    .help("save the file as UTF-8 without a byte order mark")
                    .fix(
                        Applicability::Safe,
                        "remove the byte order mark",
                        vec![(problem.span, String::new())],
                    )
            });
        }
    }
}
