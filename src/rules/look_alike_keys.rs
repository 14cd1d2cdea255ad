//! `look-alike-keys`

use crate::model::confusables::Original;
use crate::model::graph::graph;
use crate::model::skeleton::{NORMALIZATION, difference};
use crate::report::DataField;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// Two keys of one collection look alike and are not the same.
    ///
    /// They differ only in case, white space, Unicode normalization ("é" as one character or as
    /// "e" with an accent) or characters that cannot be seen. The API compares keys exactly: what
    /// was intended as an update makes a second resource, and references meet one of the two. Use
    /// one spelling, and make keys from numbers rather than from what people type. Known keys
    /// (`--known`, `--context`) are looked at too.
    ///
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "Suite-A", "name": "Suite A" }, { "room_key": "suite-a", "name": "Suite A" }]
    /// }
    /// ```
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "caf\u00e9", "name": "North" }, { "room_key": "cafe\u0301", "name": "South" }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "suite-a", "name": "Suite A" }, { "room_key": "suite-b", "name": "Suite B" }]
    /// }
    /// ```
    pub(crate) LOOK_ALIKE_KEYS = {
        code: "look-alike-keys",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Judgement,
        source: "people confuse such keys, and the API does not",
        why: "The API compares keys exactly: these are two resources, and a reference names one of them.",
        data: [
            Reason(
                "case",
                "white space",
                "Unicode normalization",
                "invisible characters",
                "case, white space or characters that cannot be seen",
            ),
            Other,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&LOOK_ALIKE_KEYS],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let set = context.set;
    for (at, original) in context.views.confusables(set).in_file(context.file) {
        sink.report(&LOOK_ALIKE_KEYS, context.key_location(*at), |finding| {
            let collection = graph().collection(set.resource(*at).collection);
            let key = set.key(*at);
            let (other, of_whom) = match original {
                Original::Here(other) => (set.key(*other), ""),
                Original::Known(known) => (known.as_str().into(), "the known key "),
            };
            let difference = difference(&key, &other);
            let way = if difference == NORMALIZATION {
                // The two look the same in the message.
                ", such as the composed form (NFC)"
            } else {
                ""
            };
            let finding = finding
                .message(format!(
                    "{} {} differs from {of_whom}{} in {difference} only",
                    context.schema.name(collection.own_key),
                    context.quoted(&key),
                    context.quoted(&other),
                ))
                .help(format!(
                    "if both are one {}, write its key in one way everywhere{way}",
                    collection.singular
                ))
                .reason(difference)
                .with_some(DataField::Other, context.value(&other));
            match original {
                Original::Here(other) => finding.related_in(
                    other.file,
                    context.key_location(*other),
                    "the key it looks like",
                ),
                Original::Known(_) => finding,
            }
        });
    }
}
