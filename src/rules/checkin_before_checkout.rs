//! `checkin-before-checkout`

use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// Default check-in is earlier than default check-out at one space.
    ///
    /// A guest who arrives on the day when another one leaves would be let in before that one is
    /// gone. Often the two times are swapped.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Paris", "default_checkin_time": "11:00", "default_checkout_time": "15:00" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Paris", "default_checkin_time": "15:00", "default_checkout_time": "11:00" } }] }
    /// ```
    pub(crate) CHECKIN_BEFORE_CHECKOUT = {
        code: "checkin-before-checkout",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Time,
        basis: Judgement,
        source: "two guests would overlap",
        why: "With default times, the next guest is let in before the last one is gone.",
        data: [Other],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&CHECKIN_BEFORE_CHECKOUT],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for space in &context.payload.spaces {
        let (Some(checkin), Some(checkout)) = (space.checkin, space.checkout) else {
            continue;
        };
        if checkin.seconds >= checkout.seconds {
            continue;
        }
        let place = Location::value(document, checkin.node);
        sink.report(&CHECKIN_BEFORE_CHECKOUT, place, |finding| {
            finding
                .message(format!(
                    "{} {} is earlier than {} {}",
                    context.subject(checkin.node),
                    context.quoted_text(checkin.node),
                    context.subject(checkout.node),
                    context.quoted_text(checkout.node)
                ))
                .help("swapped? exchange the two, or correct one")
                .related(
                    Location::value(document, checkout.node),
                    "check-out is later",
                )
                .with_some(
                    DataField::Other,
                    context.value(&context.text(checkout.node)),
                )
        });
    }
}
