//! `wrapped-payload`

use json_document::{NodeId, Span};

use crate::report::{Applicability, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::rules::wrapping::Wrapper;

declare_rule! {
    /// The payload is inside something else, or written in another notation.
    ///
    /// The body of a push is the payload alone, as JSON in UTF-8. The API refuses what is around it: a
    /// Markdown fence, `const payload =`, HTTP headers, the prefix of a log line, a member such as `data`,
    /// a list of payloads, a string that contains JSON, HTML entities, UTF-16, tags of a template. What is
    /// inside is checked where it is: ranges are those of the whole text, pointers those of the payload.
    ///
    /// ```json,bad
    /// { "data": { "customer_key": "c", "sites": [{ "site_key": "n", "name": "North" }] } }
    /// ```
    /// ```json,bad
    /// const payload = { "customer_key": "c", "sites": [{ "site_key": "n", "name": "North" }] };
    /// ```
    /// ```json,bad
    /// "{\"customer_key\":\"c\",\"sites\":[{\"site_key\":\"n\",\"name\":\"North\"}]}"
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "n", "name": "North" }] }
    /// ```
    pub(crate) WRAPPED_PAYLOAD = {
        code: "wrapped-payload",
        severity: Error,
        fix: Unsafe,
        since: "0.2.0",
        group: Json,
        basis: Model,
        source: "it takes the payload as the whole body and answers 400 to anything around it",
        why: "The body of a push is the payload alone, as JSON in UTF-8: the API refuses what is around it.",
    };
}

/// What [`check`] looks for.
pub(crate) const FAMILY: Family = Family {
    check,
    rules: &[&WRAPPED_PAYLOAD],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let Some(wrapping) = context.wrapping else {
        return;
    };
    // The range is in the outer text, which the document does not have.
    let place = Location::part(NodeId::ROOT, Span::new(0, 0));
    sink.report(&WRAPPED_PAYLOAD, place, |finding| {
        let messages: Vec<String> = wrapping.wrappers.iter().map(Wrapper::message).collect();
        let help = wrapping.wrappers.first().map(Wrapper::help);
        let finding = finding
            .message(format!("the payload {}", messages.join(" and ")))
            .help(help.unwrap_or_default())
            .outside(wrapping.place);
        if wrapping.edits.is_empty() {
            return finding;
        }
        let title = match wrapping.wrappers[..] {
            [Wrapper::Utf16 { .. }] => "write it in UTF-8",
            _ => "leave the payload alone",
        };
        finding.fix(Applicability::Unsafe, title, wrapping.edits.clone())
    });
}
