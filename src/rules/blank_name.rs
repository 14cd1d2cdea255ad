//! `blank-name`

use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::whitespace::is_ecma_whitespace;

declare_rule! {
    /// A name is empty or only white space.
    ///
    /// The API takes it, and people find an entry without a name in lists and messages.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": " " }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }] }
    /// ```
    pub(crate) BLANK_NAME = {
        code: "blank-name",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: People,
        basis: Judgement,
        source: "people look for names in lists",
        why: "The API takes it, and people find an entry without a name in lists and messages.",
        data: [Reason("is empty", "is nothing but white space")],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&BLANK_NAME],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for name in &context.payload.names_to_trim {
        let text = context.text(*name);
        if !text.chars().all(is_ecma_whitespace) {
            continue;
        }
        sink.report(&BLANK_NAME, Location::value(document, *name), |finding| {
            let what = if text.is_empty() {
                "is empty"
            } else {
                "is nothing but white space"
            };
            finding
                .message(format!("{} {what}", context.subject(*name)))
                .help("write a name that people know it by")
                .reason(what)
        });
    }
}
