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
    /// `+44 020…`: the zero of national dialling behind a country code.
    NationalZero,
    /// `tel:`
    Scheme,
    /// `x12`, `;ext=12`, `#12`
    Extension,
    /// Punctuation and nothing else.
    NoDigits,
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
        Some(digits) if national_zero(digits).is_some() => Err(Flaw::NationalZero),
        Some(_) => Ok(()),
    }
}

/// Country codes without numbers that start with 0, where people dial 0 within the country; sorted.
const DIAL_ZERO: [&str; 51] = [
    "20", "212", "213", "233", "234", "254", "255", "27", "31", "32", "33", "353", "355", "358",
    "359", "380", "381", "385", "386", "40", "41", "421", "43", "44", "46", "49", "54", "55", "58",
    "60", "61", "62", "63", "64", "66", "81", "82", "84", "86", "880", "886", "90", "91", "92",
    "93", "94", "95", "966", "971", "972", "98",
];

/// Where the digits behind the `+` have the zero of national dialling, if they do.
fn national_zero(digits: &[u8]) -> Option<usize> {
    [2, 3].into_iter().find(|at| {
        let by_code = |code: &str| code.as_bytes().cmp(&digits[..*at]);
        digits.get(*at) == Some(&b'0') && DIAL_ZERO.binary_search_by(|code| by_code(code)).is_ok()
    })
}

/// How many digits numbers of a country have behind its code, at least and at most, as national numbering plans allow
/// them; sorted by code.
const DIGITS: [(&str, usize, usize); 74] = [
    ("1", 10, 10),
    ("20", 8, 10),
    ("212", 9, 9),
    ("216", 8, 8),
    ("233", 9, 9),
    ("234", 8, 10),
    ("254", 9, 9),
    ("255", 9, 9),
    ("27", 9, 9),
    ("30", 10, 10),
    ("31", 9, 9),
    ("32", 8, 9),
    ("33", 9, 9),
    ("34", 9, 9),
    ("351", 9, 9),
    ("353", 7, 9),
    ("354", 7, 9),
    ("356", 8, 8),
    ("357", 8, 8),
    ("358", 6, 12),
    ("359", 7, 9),
    ("36", 8, 9),
    ("370", 8, 8),
    ("371", 8, 8),
    ("372", 7, 8),
    ("380", 9, 9),
    ("381", 8, 9),
    ("385", 8, 9),
    ("386", 8, 8),
    ("39", 6, 11),
    ("40", 9, 9),
    ("41", 9, 9),
    ("420", 9, 9),
    ("421", 9, 9),
    ("43", 7, 13),
    ("44", 9, 10),
    ("45", 8, 8),
    ("46", 7, 9),
    ("47", 8, 8),
    ("48", 9, 9),
    ("49", 6, 11),
    ("51", 8, 9),
    ("52", 10, 10),
    ("54", 10, 11),
    ("55", 10, 11),
    ("56", 9, 9),
    ("57", 10, 10),
    ("58", 10, 10),
    ("60", 8, 10),
    ("61", 9, 9),
    ("62", 8, 12),
    ("63", 8, 10),
    ("64", 8, 10),
    ("65", 8, 8),
    ("66", 8, 9),
    ("7", 10, 10),
    ("81", 9, 10),
    ("82", 8, 10),
    ("84", 9, 10),
    ("852", 8, 8),
    ("86", 9, 11),
    ("886", 8, 9),
    ("90", 10, 10),
    ("91", 10, 10),
    ("92", 9, 10),
    ("94", 9, 9),
    ("965", 8, 8),
    ("966", 8, 9),
    ("968", 8, 8),
    ("971", 8, 9),
    ("972", 8, 9),
    ("973", 8, 8),
    ("974", 8, 8),
    ("98", 10, 10),
];

/// Whether a number in the form of E.164 has as many digits as those of its country. In North America no area
/// code starts with 0 or 1. What is not listed may have any length, and is not plausible.
fn is_plausible(number: &[u8]) -> bool {
    let digits = number.strip_prefix(b"+").unwrap_or(number);
    let of_code = |(code, ..): &&(&str, usize, usize)| digits.starts_with(code.as_bytes());
    let Some((code, least, most)) = DIGITS.iter().find(of_code) else {
        return false;
    };
    let national = &digits[code.len()..];
    let is_area = *code != "1" || !matches!(national.first(), Some(b'0' | b'1'));
    is_area && (*least..=*most).contains(&national.len())
}

/// The number before an extension.
fn before_extension(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let digits = |text: &str| {
        let text = text.trim_matches([' ', '.', ':', '=']);
        !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    [";ext=", "extension", "ext", "x", "#"]
        .iter()
        .find_map(|mark| {
            let at = lower.rfind(mark)?;
            (at > 0 && digits(&lower[at + mark.len()..]))
                .then(|| text[..at].trim_end_matches([' ', ',', ';']))
        })
}

/// What is wrong with a number, and the number to write if it is known. `None` if it is E.164.
pub(crate) fn judge(text: &str) -> Option<(Flaw, Option<Suggestion>)> {
    match e164(text.as_bytes()) {
        Ok(()) => return None,
        Err(flaw) if text.is_empty() => return Some((flaw, None)),
        Err(_) => {}
    }
    let suggestion = |number, is_sure| Some(Suggestion { number, is_sure });
    let named = |flaw, text: &str, is_sure| {
        let number = match judge(text) {
            None => Some((text.to_owned(), true)),
            Some((_, inner)) => inner.map(|inner| (inner.number, inner.is_sure)),
        };
        let number = number.map(|(number, inner)| Suggestion {
            number,
            is_sure: is_sure && inner,
        });
        (flaw, number)
    };
    if let Some((scheme, rest)) = text.split_at_checked(4)
        && scheme.eq_ignore_ascii_case("tel:")
    {
        return Some(named(Flaw::Scheme, rest.trim(), true));
    }
    if let Some(number) = before_extension(text) {
        return Some(named(Flaw::Extension, number, false));
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
        if is_e164(number.as_bytes()) && !has_trunk_zero {
            return Some((Flaw::DoubleZero, suggestion(number, false)));
        }
    }
    Some(match e164(number.as_bytes()) {
        Err(Flaw::NationalZero) => {
            let at = national_zero(&number.as_bytes()[1..]).unwrap_or_default();
            let mut without = number;
            without.remove(at + 1);
            (Flaw::NationalZero, suggestion(without, false))
        }
        Err(Flaw::Empty) => (Flaw::NoDigits, None),
        // In Italy the zero is dialled.
        Ok(()) if has_trunk_zero && number.starts_with("+39") => (Flaw::TrunkZero, None),
        Ok(()) if has_trunk_zero => (Flaw::TrunkZero, suggestion(number, false)),
        Ok(()) => {
            let is_sure = is_plausible(number.as_bytes());
            (Flaw::Punctuation, suggestion(number, is_sure))
        }
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
        assert!(DIAL_ZERO.is_sorted());
        assert!(DIGITS.is_sorted());
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
            // Two numbers, or one with an extension.
            (
                "+1 555 123 4567 15",
                Some((Flaw::Punctuation, guess("+1555123456715"))),
            ),
            (
                "+1 0555 123 4567",
                Some((Flaw::Punctuation, guess("+105551234567"))),
            ),
            (
                "+33 6 12 34 56 78 9",
                Some((Flaw::Punctuation, guess("+336123456789"))),
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
            (
                "+1 415 555 0100 x12",
                Some((Flaw::Extension, guess("+14155550100"))),
            ),
            (
                "+14155550100;ext=12",
                Some((Flaw::Extension, guess("+14155550100"))),
            ),
            (
                "tel:+15551234567",
                Some((Flaw::Scheme, sure("+15551234567"))),
            ),
            (
                "tel:+1-555-123-4567",
                Some((Flaw::Scheme, sure("+15551234567"))),
            ),
            ("tel:5551234567", Some((Flaw::Scheme, None))),
            (
                "+44 020 7946 0958",
                Some((Flaw::NationalZero, guess("+442079460958"))),
            ),
            (
                "+4901701234567",
                Some((Flaw::NationalZero, guess("+491701234567"))),
            ),
            ("+390612345678", None),
            ("+2250701234567", None),
            ("+12025550100", None),
            (
                "+35301234567",
                Some((Flaw::NationalZero, guess("+3531234567"))),
            ),
            ("whatsapp:+15551234567", Some((Flaw::Character, None))),
            ("+49 30/123456", Some((Flaw::Character, None))),
            ("+1415+5550100", Some((Flaw::Character, None))),
            ("+٤٩٣٠١٢٣٤٥٦", Some((Flaw::Character, None))),
            ("unknown", Some((Flaw::Character, None))),
            ("+", Some((Flaw::TooShort, None))),
            ("-", Some((Flaw::NoDigits, None))),
            ("", Some((Flaw::Empty, None))),
        ] {
            assert_eq!(judge(text), wanted, "{text:?}");
        }
    }
}
