//! `invalid-phone-number`

use super::declare_rule;
use super::key_whitespace::is_trimmed;
use crate::bytes;
use crate::json::quote;
use crate::linter::{Context, is_hidden};
use crate::report::{Data, Place, Safety, Sink};

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
        why: "The API stores it as it is; codes by text message will not arrive.",
        check: check
    };
}

/// The most digits of E.164.
const MOST_DIGITS: usize = 15;
/// The fewest that are in use: `+683 4000`, Niue.
const FEWEST_DIGITS: usize = 7;

/// What keeps a text from being a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    Empty,
    /// Spaces, dashes, dots, brackets or characters that cannot be seen.
    Punctuation,
    /// `(0)`
    TrunkZero,
    /// `00` instead of `+`
    DoubleZero,
    NoPlus,
    /// `+0`
    ZeroFirst,
    TooShort,
    TooLong,
    Character,
}

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    for node in context.payload.uncommon_phones.iter().copied() {
        let Some(text) = document.string(node) else {
            continue;
        };
        let number = if document.is_plain(node) {
            &*text
        } else {
            text.trim_matches(is_trimmed)
        };
        let Some((flaw, fix)) = judge(number) else {
            continue;
        };
        let place = Place::value(document, node);
        sink.report(&INVALID_PHONE_NUMBER, place, |finding| {
            let (reason, help) = words(flaw);
            let finding = finding.message(format!(
                "{} is {}: {reason}",
                context.subject(node),
                context.quoted(&text)
            ));
            let Some((safety, number)) = fix else {
                return finding.help(help);
            };
            let title = match flaw {
                Flaw::DoubleZero => "write + instead of 00",
                Flaw::TrunkZero => "leave the zero in brackets out",
                _ => "remove what is not a digit",
            };
            finding
                .help(format!("{help}: {}", context.quoted(&number)))
                .data(Data {
                    suggestion: context.value(&number),
                    ..Data::default()
                })
                .fix(safety, title, vec![(document.span(node), quote(&number))])
        });
    }
}

fn words(flaw: Flaw) -> (&'static str, &'static str) {
    match flaw {
        Flaw::Empty => (
            "it is empty",
            "leave the member out where there is no number",
        ),
        Flaw::Punctuation => ("E.164 has digits alone after the +", "write it without"),
        Flaw::TrunkZero => (
            "a zero in brackets is not dialled after a country code",
            "leave it out",
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
            "write + and digits alone, without an extension",
        ),
    }
}

/// What is wrong with a number, and the number that is meant where that is known.
fn judge(text: &str) -> Option<(Flaw, Option<(Safety, String)>)> {
    match e164(text.as_bytes()) {
        Ok(()) => return None,
        Err(flaw) if text.is_empty() => return Some((flaw, None)),
        Err(_) => {}
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let without_zero = compact.replacen("(0)", "", 1);
    let has_trunk_zero = without_zero.len() < compact.len();
    let number: String = without_zero
        .chars()
        .filter(|c| !is_in_the_way(*c))
        .collect();
    if let Some(rest) = number.strip_prefix("00") {
        let number = format!("+{rest}");
        if e164(number.as_bytes()).is_ok() && !has_trunk_zero {
            return Some((Flaw::DoubleZero, Some((Safety::Unsafe, number))));
        }
    }
    Some(match e164(number.as_bytes()) {
        // In Italy the zero is dialled.
        Ok(()) if has_trunk_zero && number.starts_with("+39") => (Flaw::TrunkZero, None),
        Ok(()) if has_trunk_zero => (Flaw::TrunkZero, Some((Safety::Unsafe, number))),
        Ok(()) => (Flaw::Punctuation, Some((Safety::Safe, number))),
        Err(flaw) => (flaw, None),
    })
}

/// Whether a character only makes a number easier to read, or cannot be seen at all.
fn is_in_the_way(character: char) -> bool {
    matches!(
        character,
        '-' | '.' | '(' | ')' | '[' | ']' | '\u{2010}'..='\u{2015}' | '\u{2212}'
    ) || is_hidden(character)
}

/// Whether a text is a number in the form of E.164.
pub(crate) fn is_e164(text: &[u8]) -> bool {
    e164(text).is_ok()
}

fn e164(text: &[u8]) -> Result<(), Flaw> {
    if text.is_empty() {
        return Err(Flaw::Empty);
    }
    let digits = text.strip_prefix(b"+");
    let number = digits.unwrap_or(text);
    if !bytes::are_digits(number) {
        return Err(Flaw::Character);
    }
    match digits {
        None => Err(Flaw::NoPlus),
        Some(digits) if digits.starts_with(b"0") => Err(Flaw::ZeroFirst),
        Some(digits) if digits.len() < FEWEST_DIGITS => Err(Flaw::TooShort),
        Some(digits) if digits.len() > MOST_DIGITS => Err(Flaw::TooLong),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant() {
        let safe = |text: &str| Some((Safety::Safe, text.to_owned()));
        let guess = |text: &str| Some((Safety::Unsafe, text.to_owned()));
        for (text, wanted) in [
            ("+14155550100", None),
            ("+6834000", None),
            (
                "+1 (415) 555-0100",
                Some((Flaw::Punctuation, safe("+14155550100"))),
            ),
            (
                "+49.30.123456",
                Some((Flaw::Punctuation, safe("+4930123456"))),
            ),
            (
                "(+49) 30 123456",
                Some((Flaw::Punctuation, safe("+4930123456"))),
            ),
            (
                "+49\u{a0}30\u{2011}123456",
                Some((Flaw::Punctuation, safe("+4930123456"))),
            ),
            (
                "\u{202d}+4930123456\u{202c}",
                Some((Flaw::Punctuation, safe("+4930123456"))),
            ),
            (
                "+44 (0)20 7946 0958",
                Some((Flaw::TrunkZero, guess("+442079460958"))),
            ),
            (
                "+44 ( 0 ) 20 7946 0958",
                Some((Flaw::TrunkZero, guess("+442079460958"))),
            ),
            ("+39 (0)6 1234567", Some((Flaw::TrunkZero, None))),
            (
                "0049 30 123456",
                Some((Flaw::DoubleZero, guess("+4930123456"))),
            ),
            ("415-555-0100", Some((Flaw::NoPlus, None))),
            ("030 123456", Some((Flaw::NoPlus, None))),
            ("+0 30 123456", Some((Flaw::ZeroFirst, None))),
            ("+123", Some((Flaw::TooShort, None))),
            ("+1234567890123456", Some((Flaw::TooLong, None))),
            ("+1 415 555 0100 x12", Some((Flaw::Character, None))),
            ("+49 30/123456", Some((Flaw::Character, None))),
            ("+1415+5550100", Some((Flaw::Character, None))),
            ("+٤٩٣٠١٢٣٤٥٦", Some((Flaw::Character, None))),
            ("unknown", Some((Flaw::Character, None))),
            ("+", Some((Flaw::TooShort, None))),
            ("-", Some((Flaw::Empty, None))),
            ("", Some((Flaw::Empty, None))),
        ] {
            assert_eq!(judge(text), wanted, "{text:?}");
        }
    }
}
