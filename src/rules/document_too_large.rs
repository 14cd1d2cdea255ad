//! `document-too-large`

use super::declare_rule;
use crate::json::ProblemKind;
use crate::linter::Context;
use crate::report::{Place, Sink};

declare_rule! {
    /// The text is longer than 4 GiB and was not read.
    ///
    /// Offsets have 32 bits. No request body of that size reaches an API: push it in parts.
    ///
    /// ```json,ok
    /// { "customer_key": "c", "sites": [] }
    /// ```
    pub(crate) DOCUMENT_TOO_LARGE = {
        code: "document-too-large",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Json,
        why: "Nothing in it was checked.",
        check: check
    };
}

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for problem in context.document.problems() {
        if problem.kind == ProblemKind::TooLarge {
            let place = Place::part(problem.owner, problem.span);
            sink.report(&DOCUMENT_TOO_LARGE, place, |finding| {
                finding
                    .message("the text is longer than 4 GiB")
                    .help("push it in several requests")
            });
        }
    }
}
