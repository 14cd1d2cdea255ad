//! Phone numbers in the form of E.164.

use crate::text::escape::is_hidden;

/// The most digits of E.164.
const MOST_DIGITS: usize = 15;
/// The fewest that are in use: `+683 4000`, Niue.
const FEWEST_DIGITS: usize = 7;

/// What keeps a text from being an E.164 number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
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

/// The number to write instead.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// In the form of E.164.
    pub(crate) number: String,
    /// Whether no other number is possible.
    pub(crate) is_sure: bool,
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
    if !digits.unwrap_or(text).iter().all(u8::is_ascii_digit) {
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

/// What is wrong with a number, and the number to write if it is known. `None` if it is E.164.
pub(crate) fn judge(text: &str) -> Option<(Flaw, Option<Suggestion>)> {
    match e164(text.as_bytes()) {
        Ok(()) => return None,
        Err(flaw) if text.is_empty() => return Some((flaw, None)),
        Err(_) => {}
    }
    let suggestion = |number, is_sure| Some(Suggestion { number, is_sure });
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let without_zero = compact.replacen("(0)", "", 1);
    let has_trunk_zero = without_zero.len() < compact.len();
    let number: String = without_zero
        .chars()
        .filter(|c| !is_in_the_way(*c))
        .collect();
    if let Some(rest) = number.strip_prefix("00") {
        let number = format!("+{rest}");
        if is_e164(number.as_bytes()) && !has_trunk_zero {
            return Some((Flaw::DoubleZero, suggestion(number, false)));
        }
    }
    Some(match e164(number.as_bytes()) {
        // In Italy the zero is dialled.
        Ok(()) if has_trunk_zero && number.starts_with("+39") => (Flaw::TrunkZero, None),
        Ok(()) if has_trunk_zero => (Flaw::TrunkZero, suggestion(number, false)),
        Ok(()) => (Flaw::Punctuation, suggestion(number, true)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant() {
        let suggestion = |text: &str, is_sure| {
            let number = text.to_owned();
            Some(Suggestion { number, is_sure })
        };
        let sure = |text: &str| suggestion(text, true);
        let guess = |text: &str| suggestion(text, false);
        for (text, wanted) in [
            ("+14155550100", None),
            ("+6834000", None),
            (
                "+1 (415) 555-0100",
                Some((Flaw::Punctuation, sure("+14155550100"))),
            ),
            (
                "+49.30.123456",
                Some((Flaw::Punctuation, sure("+4930123456"))),
            ),
            (
                "(+49) 30 123456",
                Some((Flaw::Punctuation, sure("+4930123456"))),
            ),
            (
                "+49\u{a0}30\u{2011}123456",
                Some((Flaw::Punctuation, sure("+4930123456"))),
            ),
            (
                "\u{202d}+4930123456\u{202c}",
                Some((Flaw::Punctuation, sure("+4930123456"))),
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
