//! `wrapped-payload`

use json_document::{NodeId, Span};

use crate::report::{Applicability, DataField, Location};
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
        data: [
            Faults(
                "is UTF-16, little-endian",
                "is UTF-16, big-endian",
                "is UTF-32",
                "is missing: the text is an HTML page",
                "is in HTML or XML",
                "is in a Markdown fence",
                "has a > before each line",
                "is assigned to a variable",
                "is the argument of a call",
                "has a prefix against JSON hijacking",
                "is behind HTTP headers",
                "is behind the prefix of a log line",
                "has more than one byte order mark (U+FEFF) before it",
                "has NUL characters (U+0000) before it",
                "has colour codes of a terminal in it",
                "has other text around it",
                "is in the member {member}",
                "is in an array",
                "is one of {count} in an array",
                "is one of {count} that follow one another",
                "is encoded twice: it is a string that contains JSON",
                "is in the string of a program",
                "has HTML entities, such as &quot;, for its quotes",
                "is percent-encoded",
                "has the markers of a merge conflict",
                "is a template that was not rendered",
                "is what Python prints, not JSON",
                "is what PHP prints, not JSON",
                "is what Ruby prints, not JSON",
                "is what Java prints of a map, not JSON",
            ),
            Member optional,
            Count optional,
        ],
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
        let faults: Vec<&'static str> = wrapping.wrappers.iter().map(Wrapper::clause).collect();
        let member = wrapping.wrappers.iter().find_map(|wrapper| match wrapper {
            Wrapper::Member(name) => Some(name.as_str()),
            _ => None,
        });
        let count = wrapping.wrappers.iter().find_map(|wrapper| match wrapper {
            Wrapper::List(count) | Wrapper::Several(count) if *count > 1 => {
                i64::try_from(*count).ok()
            }
            _ => None,
        });
        let finding = finding
            .with_all(DataField::Faults, &faults)
            .with_some(DataField::Member, member)
            .with_some_number(DataField::Count, count)
            .message(format!("the payload {}", messages.join(" and ")))
            .help(help.unwrap_or_default())
            .outside(wrapping.place);
        if wrapping.edits.is_empty() {
            return finding;
        }
        let title = match wrapping.wrappers[..] {
            [Wrapper::Utf16 { .. } | Wrapper::Utf32] => "write it in UTF-8",
            _ => "leave the payload alone",
        };
        finding.fix(Applicability::Unsafe, title, wrapping.edits.clone())
    });
}
