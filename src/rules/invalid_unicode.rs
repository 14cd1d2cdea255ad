//! `invalid-unicode`

use json_document::{NodeId, SyntaxErrorKind};

use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// The text is not UTF-8, or a string holds half of a surrogate pair.
    ///
    /// JSON between systems is UTF-8 (RFC 8259, section 8.1). A lone surrogate such as `\ud800`
    /// is not a character (section 8.2): parsers refuse it or put U+FFFD in its place.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "sites": [{ "site_key": "a", "name": "caf\ud83d" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "a", "name": "caf\u00e9 \ud83d\ude00" }] }
    /// ```
    pub(crate) INVALID_UNICODE = {
        code: "invalid-unicode",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Json,
        basis: Judgement,
        source: "RFC 8259, section 8.1: JSON is UTF-8, and what a server makes of other bytes is open",
        why: "JSON between systems is UTF-8, and half a surrogate pair is not a character (RFC 8259, section 8).",
        data: [
            Reason(
                "{found} is a lone surrogate",
                "the byte {found} is not UTF-8",
                "the bytes {found} are not UTF-8",
            ),
            Found,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&INVALID_UNICODE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for problem in document.syntax_errors() {
        if problem.kind == SyntaxErrorKind::LoneSurrogate {
            let place = Location::part(problem.owner, problem.span);
            sink.report(&INVALID_UNICODE, place, |finding| {
                let escape = &document.text()[problem.span.range()];
                finding
                    .clause("{found} is a lone surrogate", escape)
                    .help("write both halves of the pair, or the character itself; it may be a truncated emoji")
            });
        }
    }
    for replaced in context.replaced {
        let place = Location::part(NodeId::ROOT, replaced.span);
        sink.report(&INVALID_UNICODE, place, |finding| {
            let bytes: Vec<String> = replaced
                .bytes
                .iter()
                .map(|byte| format!("{byte:02X}"))
                .collect();
            let clause = if bytes.len() == 1 {
                "the byte {found} is not UTF-8"
            } else {
                "the bytes {found} are not UTF-8"
            };
            finding
                .clause(clause, &bytes.join(" "))
                .help("save the file as UTF-8; it may be in Latin-1 or Windows-1252")
        });
    }
}
