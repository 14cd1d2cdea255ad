//! `duplicate-member`

use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// An object has the same member twice.
    ///
    /// RFC 8259 (section 4) leaves open what that means; every common parser silently keeps the
    /// last, so data is lost before anyone sees it. Names are compared after unescaping. The
    /// other rules read the last one too.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "sites": [{ "site_key": "a", "name": "North", "name": "South" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" }] }
    /// ```
    pub(crate) DUPLICATE_MEMBER = {
        code: "duplicate-member",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Json,
        basis: Documented,
        source: "RFC 8259, section 4: the outcome is open; common parsers keep the last",
        why: "Parsers silently keep the last one, so the first is lost.",
        data: [Member],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&DUPLICATE_MEMBER],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for (first, second) in document.duplicates() {
        sink.report(
            &DUPLICATE_MEMBER,
            Location::name(document, *second),
            |finding| {
                let name = document.name(*second).unwrap_or_default();
                finding
                    .message(format!("duplicate member {}", context.name(&name)))
                    .help("keep one of the two")
                    .related(
                        Location::name(document, *first),
                        "the first one, which is lost",
                    )
                    .with(DataField::Member, &name)
            },
        );
    }
}
