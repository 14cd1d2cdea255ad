//! `nesting-too-deep`

use json_document::{MAX_DEPTH, SyntaxErrorKind};

use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// Arrays and objects are nested more than 128 deep.
    ///
    /// A payload needs five levels. What is nested deeper than 128 is not read; many JSON parsers
    /// refuse such a text, and some crash on it.
    ///
    /// ```json,bad,unknown-member
    /// { "customer_key": "c", "wrapped": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }] }
    /// ```
    pub(crate) NESTING_TOO_DEEP = {
        code: "nesting-too-deep",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Json,
        basis: Judgement,
        source: "no payload is as deep; the limit keeps readers from running out of stack",
        why: "A payload needs five levels. What is inside was not read.",
        data: [Limit],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&NESTING_TOO_DEEP],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for problem in context.document.syntax_errors() {
        if problem.kind == SyntaxErrorKind::NestingTooDeep {
            let place = Location::part(problem.owner, problem.span);
            sink.report(&NESTING_TOO_DEEP, place, |finding| {
                finding
                    .message(format!("nested more than {MAX_DEPTH} levels deep"))
                    .help("look for code that wraps its own output repeatedly")
                    .with_size(DataField::Limit, MAX_DEPTH)
            });
        }
    }
}
