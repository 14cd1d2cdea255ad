//! `threshold-out-of-range`

use json_document::{Kind, NodeId};

use crate::report::{Applicability, DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::number;

declare_rule! {
    /// `low_battery_alert_threshold` is not between 0 and 1.
    ///
    /// Seam's own packages document it as a battery level from 0 to 1, at or below which a low battery is reported. A number above 1 and up
    /// to 100 is read as per cent; the fix divides it (unsafe: look at it first).
    ///
    /// ```json,bad
    /// { "customer_key": "c", "low_battery_alert_threshold": 20 }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "low_battery_alert_threshold": 0.2 }
    /// ```
    pub(crate) THRESHOLD_OUT_OF_RANGE = {
        code: "threshold-out-of-range",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: Limits,
        basis: Documented,
        source: "Python package seam 3.17.0: \"from 0 to 1\"",
        why: "Batteries have a level from 0 to 1: no event fires at the right time.",
        data: [Suggestion optional],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&THRESHOLD_OUT_OF_RANGE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let Some(threshold) = context.payload.low_battery_threshold else {
        return;
    };
    let Some(raw) = document.number(threshold) else {
        return;
    };
    let is_at_most = |limit: &str| number::compare(raw, limit).is_le();
    let is_from = |limit: &str| number::compare(raw, limit).is_ge();
    if document.kind(NodeId::ROOT) != Kind::Object || is_from("0") && is_at_most("1") {
        return;
    }
    let place = Location::value(document, threshold);
    sink.report(&THRESHOLD_OUT_OF_RANGE, place, |finding| {
        let subject = context.subject(threshold);
        let number = context.quoted_token(raw);
        let finding = finding.message(format!("{subject} is {number}; the API takes 0 to 1"));
        if !is_from("1") || !is_at_most("100") {
            return finding.help("write a battery level from 0 to 1, such as 0.2");
        }
        let divided = number::hundredth(raw);
        finding
            .help(format!(
                "if it is meant in per cent, write {}",
                context.quoted_token(&divided)
            ))
            .with_some(DataField::Suggestion, context.value(&divided))
            .fix(
                Applicability::Unsafe,
                "divide the per cent by 100",
                vec![(document.span(threshold), divided)],
            )
    });
}
