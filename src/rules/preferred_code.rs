//! `invalid-preferred-code`, `weak-preferred-code`: codes that locks do not take.

use std::borrow::Cow;
use std::num::NonZeroU32;

use super::declare_rule;
use super::key_whitespace::is_trimmed;
use crate::bytes;
use crate::json::{Document, Node, NodeId};
use crate::light;
use crate::linter::Context;
use crate::report::{Data, Place, Sink};

declare_rule! {
    /// A preferred code is not 4 to 9 digits.
    ///
    /// That is what the API takes for a requested code elsewhere; locks have nothing but digits.
    /// Here it stores any text, and the guest gets another code than the one that was promised.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "48-21" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "4821" }] }
    /// ```
    pub(crate) INVALID_PREFERRED_CODE = {
        code: "invalid-preferred-code",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Access,
        why: "Locks take 4 to 9 digits; with anything else the guest gets another code than the one that was promised.",
        check: check
    };
}

declare_rule! {
    /// A preferred code is one that locks refuse as too easy to guess.
    ///
    /// All digits the same, an ascending or descending run, 12 at the start, or fewer than three
    /// different digits: some makes of locks refuse each of these (the API's `code_constraints`).
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "1234" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "4821" }] }
    /// ```
    pub(crate) WEAK_PREFERRED_CODE = {
        code: "weak-preferred-code",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Access,
        why: "Some locks refuse codes that are easy to guess; the guest then gets another one."
    };
}

/// How many digits a code has, as the API's `^\d+$` of 4 to 9 says elsewhere.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=9;

/// What is read of a code beside the rest of its stay.
pub(crate) struct Read {
    /// See [`number`].
    pub(crate) digits: Option<NonZeroU32>,
    /// No lock refuses it.
    pub(crate) is_common: bool,
}

/// Reads a code.
pub(crate) fn read(document: &Document<'_>, id: NodeId, node: &Node) -> Read {
    match document.plain_bytes(node) {
        Some(code) if light::IS_FAST => Read::new(code),
        _ => Read::new(text(document, id).as_bytes()),
    }
}

impl Read {
    #[inline]
    fn new(code: &[u8]) -> Self {
        let digits = number(code);
        Self {
            digits,
            is_common: digits.is_some() && weakness(code).is_none(),
        }
    }
}

/// A code without white space around it, which `surrounding-whitespace` reports.
fn text<'a>(document: &Document<'a>, code: NodeId) -> Cow<'a, str> {
    match document.string(code).unwrap_or_default() {
        text if document.is_plain(code) => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(is_trimmed)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(is_trimmed).to_owned()),
    }
}

/// The digits of a code behind a 1, which keeps leading zeros apart; nothing for a code that locks
/// cannot have.
pub(crate) fn number(code: &[u8]) -> Option<NonZeroU32> {
    let is_valid = DIGITS.contains(&code.len()) && bytes::are_digits(code);
    let digit = |number, digit: &u8| number * 10 + u32::from(digit & 0xf);
    is_valid.then(|| NonZeroU32::new(code.iter().fold(1, digit)))?
}

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    for node in &context.payload.uncommon_codes {
        let node = *node;
        let place = Place::value(document, node);
        let code = text(document, node);
        if number(code.as_bytes()).is_none() {
            sink.report(&INVALID_PREFERRED_CODE, place, |finding| {
                let length = code.chars().count();
                let digits = code.bytes().all(|byte| byte.is_ascii_digit());
                let reason = match length {
                    0 => "it is empty",
                    _ if !digits => "it is not made of digits alone",
                    1..4 => "it has fewer than 4 digits",
                    _ => "it has more than 9 digits",
                };
                let help = if length == 0 {
                    "leave the member out, and a code is chosen"
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
                    .data(Data {
                        count: Some(length as u64),
                        ..Data::default()
                    })
            });
        } else if let Some(reason) = weakness(code.as_bytes()) {
            sink.report(&WEAK_PREFERRED_CODE, place, |finding| {
                // The reason narrows down what the code is.
                let reason = context.value(reason);
                let reason = reason.as_deref().unwrap_or("is easy to guess");
                finding
                    .message(format!(
                        "{} {} {reason}",
                        context.subject(node),
                        context.quoted(&code)
                    ))
                    .help("choose a code with three different digits or more, no run, and no 12 at its start")
            });
        }
    }
}

/// Why locks refuse a code; the first reason that holds, from the plainest on.
fn weakness(digits: &[u8]) -> Option<&'static str> {
    let steps = |step: u8| digits.windows(2).all(|pair| pair[0] + step == pair[1]);
    let steps_down = digits.windows(2).all(|pair| pair[0] == pair[1] + 1);
    let different = digits
        .iter()
        .fold(0_u16, |seen, digit| seen | 1 << (digit - b'0'))
        .count_ones();
    if steps(0) {
        Some("has the same digit throughout")
    } else if steps(1) {
        Some("is an ascending run")
    } else if steps_down {
        Some("is a descending run")
    } else if digits.starts_with(b"12") {
        Some("starts with 12")
    } else if different < 3 {
        Some("has fewer than three different digits")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::{number, weakness};

    #[test]
    fn weak_is_what_locks_refuse() {
        for (code, weak) in [
            ("0000", true),
            ("4567", true),
            ("98765", true),
            ("1290", true),
            ("1212", true),
            ("7007", true),
            ("4821", false),
            ("7890", false),
            ("1357", false),
            ("2112", true),
            ("013579", false),
        ] {
            let behind_a_one = number(code.as_bytes()).map(|number| number.to_string());
            assert_eq!(behind_a_one, Some(format!("1{code}")));
            assert_eq!(weakness(code.as_bytes()).is_some(), weak, "{code}");
        }
        assert_eq!(
            number(b"999999999").map(NonZeroU32::get),
            Some(1_999_999_999)
        );
        for code in ["", "123", "1234567890", "12 34", "12a4", "١٢٣٤", "+1234"] {
            assert_eq!(number(code.as_bytes()), None, "{code}");
        }
    }
}
