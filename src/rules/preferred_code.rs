//! `invalid-preferred-code`, `weak-preferred-code`: codes that locks do not take.

use crate::model::key::trimmed_text;
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::values::access_code::{number, weakness};

declare_rule! {
    /// A preferred code is not 4 to 9 digits.
    ///
    /// That is what the API takes for a requested code elsewhere; locks have nothing but digits.
    /// Here it stores any text, and the guest gets another code than the one that was promised.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "48-21" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "4821" }] }
    /// ```
    pub(crate) INVALID_PREFERRED_CODE = {
        code: "invalid-preferred-code",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Access,
        basis: Model,
        source: "it takes 4 to 9 digits for a code that is asked for elsewhere",
        why: "Locks take 4 to 9 digits; otherwise the guest gets another code than the promised one.",
        data: [
            Reason(
                "it is empty",
                "it has characters other than digits",
                "it has fewer than 4 digits",
                "it has more than 9 digits",
            ),
            Count,
        ],
    };
}

declare_rule! {
    /// A preferred code is one that locks refuse as too easy to guess.
    ///
    /// All digits the same, an ascending or descending run, 12 at the start, fewer than three
    /// different digits, or three or more equal or consecutive digits inside (`91234`, `71111`): some makes of locks refuse each of these (the API's `code_constraints`).
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "1234" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "4821" }] }
    /// ```
    pub(crate) WEAK_PREFERRED_CODE = {
        code: "weak-preferred-code",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Access,
        basis: Documented,
        source: "Seam docs, code_constraints of locks",
        why: "Some locks refuse codes that are easy to guess; the guest then gets another one.",
        data: [Reason(
            "has the same digit throughout",
            "is an ascending run",
            "is a descending run",
            "starts with 12",
            "has fewer than three different digits",
            "has three equal digits in a row",
            "has three consecutive digits in a row",
            "is easy to guess",
        )],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&INVALID_PREFERRED_CODE, &WEAK_PREFERRED_CODE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for node in &context.payload.uncommon_codes {
        let node = *node;
        let place = Location::value(document, node);
        let code = trimmed_text(document, node);
        if number(code.as_bytes()).is_none() {
            sink.report(&INVALID_PREFERRED_CODE, place, |finding| {
                let length = code.chars().count();
                let digits = code.bytes().all(|byte| byte.is_ascii_digit());
                let reason = match length {
                    0 => "it is empty",
                    _ if !digits => "it has characters other than digits",
                    1..4 => "it has fewer than 4 digits",
                    _ => "it has more than 9 digits",
                };
                let help = if length == 0 {
                    "leave the member out to have a code chosen"
                } else {
                    "write 4 to 9 digits"
                };
                finding
                    .message(format!(
                        "{} is {}: {reason}",
                        context.subject(node),
                        context.quoted(&code)
                    ))
                    .help(help)
                    .reason(reason)
                    .with_size(DataField::Count, length)
            });
        } else if let Some(reason) = weakness(code.as_bytes()) {
            sink.report(&WEAK_PREFERRED_CODE, place, |finding| {
                // The reason narrows down what the code is.
                let reason = if context.redacts() {
                    "is easy to guess"
                } else {
                    reason
                };
                finding
                    .reason(reason)
                    .message(format!(
                        "{} {} {reason}",
                        context.subject(node),
                        context.quoted(&code)
                    ))
                    .help("choose a code with three different digits or more, no three equal or consecutive ones in a row, and no 12 at its start")
            });
        }
    }
}
