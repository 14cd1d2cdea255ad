//! `document-too-large`

use json_document::SyntaxErrorKind;

use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// The text is longer than 4 GiB, or has too many names, and was not read.
    ///
    /// Offsets have 32 bits; of different names of members there can be 16,777,215. No request body of that size reaches an API: push it in parts.
    ///
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "n", "name": "North" }] }
    /// ```
    pub(crate) DOCUMENT_TOO_LARGE = {
        code: "document-too-large",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Json,
        basis: Judgement,
        source: "positions in the report have 32 bits",
        why: "Nothing in it was checked.",
        data: [Reason(
            "the text is longer than 4 GiB",
            "the text has more than 16,777,215 different names of members",
        )],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&DOCUMENT_TOO_LARGE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for problem in context.document.syntax_errors() {
        let message = match problem.kind {
            SyntaxErrorKind::TooLarge => "the text is longer than 4 GiB",
            SyntaxErrorKind::TooManyNames => {
                "the text has more than 16,777,215 different names of members"
            }
            _ => continue,
        };
        let place = Location::part(problem.owner, problem.span);
        sink.report(&DOCUMENT_TOO_LARGE, place, |finding| {
            finding
                .message(message)
                .help("push it in several requests")
                .reason(message)
        });
    }
}
