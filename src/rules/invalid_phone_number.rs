//! `invalid-phone-number`

use json_document::quote;

use crate::report::{Applicability, DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::whitespace::is_ecma_whitespace;
use crate::values::phone::{Flaw, Suggestion, judge};
use crate::values::placeholder;

declare_rule! {
    /// A phone number is not in the E.164 form.
    ///
    /// That is `+`, the country code, and the number, with no punctuation: at most 15 digits, of
    /// which the first is not zero. The shortest numbers that are in use have 7 (Niue), so fewer
    /// are reported too. The API stores any text; codes by text message then do not arrive.
    ///
    /// Where only spaces, dashes, dots or brackets are in the way of a number with a `+`, there is
    /// a safe fix. `00` instead of `+`, and a zero in brackets that is not dialled from abroad,
    /// have an unsafe one.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "phone_number": "+1 (415) 555-0100" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "phone_number": "415-555-0100" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "phone_number": "+14155550100" }] }
    /// ```
    pub(crate) INVALID_PHONE_NUMBER = {
        code: "invalid-phone-number",
        severity: Warning,
        fix: Both,
        since: "0.1.0",
        group: People,
        basis: Documented,
        source: "Seam docs: phone numbers are in E.164",
        why: "The API stores it as it is; codes by text message will not arrive.",
        data: [
            Reason(
                "it is empty",
                "E.164 has only digits after the +",
                "a zero in brackets is not dialled after a country code",
                "the zero after the country code is dialled within the country only",
                "tel: is a scheme of links and no part of the number",
                "it has an extension, which E.164 does not know",
                "it has no digits",
                "00 stands for the + of E.164",
                "it has no + with a country code",
                "no country code starts with 0",
                "it has fewer than 7 digits",
                "it has more than 15 digits",
                "it has characters that a phone number cannot have",
            ),
            Suggestion optional,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&INVALID_PHONE_NUMBER],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for node in context.payload.uncommon_phones.iter().copied() {
        let Some(text) = document.string(node) else {
            continue;
        };
        let number = if document.is_plain(node) {
            &*text
        } else {
            text.trim_matches(is_ecma_whitespace)
        };
        let Some((flaw, suggestion)) = judge(number) else {
            continue;
        };
        // `N/A` is a finding of `placeholder-value`.
        if placeholder::judge(number).is_some() {
            continue;
        }
        let place = Location::value(document, node);
        sink.report(&INVALID_PHONE_NUMBER, place, |finding| {
            let (reason, help) = explain(flaw);
            let finding = finding.reason(reason).message(format!(
                "{} is {}: {reason}",
                context.subject(node),
                context.quoted(&text)
            ));
            let Some(Suggestion { number, is_sure }) = suggestion else {
                return finding.help(help);
            };
            let safety = if is_sure {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            };
            let title = match flaw {
                Flaw::DoubleZero => "write + instead of 00",
                Flaw::TrunkZero => "leave the zero in brackets out",
                Flaw::NationalZero => "leave the zero after the country code out",
                Flaw::Scheme => "remove tel:",
                Flaw::Extension => "leave the extension out",
                _ => "remove what is not a digit",
            };
            finding
                .help(format!("{help}: {}", context.quoted(&number)))
                .with_some(DataField::Suggestion, context.value(&number))
                .fix(safety, title, vec![(document.span(node), quote(&number))])
        });
    }
}

/// What is wrong, and what to do.
fn explain(flaw: Flaw) -> (&'static str, &'static str) {
    match flaw {
        Flaw::Empty => ("it is empty", "leave the member out if there is no number"),
        Flaw::Punctuation => ("E.164 has only digits after the +", "write it without"),
        Flaw::TrunkZero => (
            "a zero in brackets is not dialled after a country code",
            "leave it out",
        ),
        Flaw::NationalZero => (
            "the zero after the country code is dialled within the country only",
            "leave it out",
        ),
        Flaw::Scheme => (
            "tel: is a scheme of links and no part of the number",
            "write + and digits only",
        ),
        Flaw::Extension => (
            "it has an extension, which E.164 does not know",
            "write the number without it",
        ),
        Flaw::NoDigits => (
            "it has no digits",
            "leave the member out if there is no number",
        ),
        Flaw::DoubleZero => ("00 stands for the + of E.164", "write the +"),
        Flaw::NoPlus => (
            "it has no + with a country code",
            "write + and the country code before the number, such as +14155550100",
        ),
        Flaw::ZeroFirst => (
            "no country code starts with 0",
            "write the country code after the +",
        ),
        Flaw::TooShort => (
            "it has fewer than 7 digits",
            "write the whole number with its country code",
        ),
        Flaw::TooLong => (
            "it has more than 15 digits",
            "write one number, without an extension",
        ),
        Flaw::Character => (
            "it has characters that a phone number cannot have",
            "write + and digits only, without an extension",
        ),
    }
}
