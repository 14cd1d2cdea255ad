//! Access codes: which a lock can have, and which some locks refuse.

use std::num::NonZeroU32;
use std::ops::RangeInclusive;

/// How many digits a code has. The API documents this for requested codes.
const DIGITS: RangeInclusive<usize> = 4..=9;

/// The code as a number, with a 1 before its digits to keep leading zeros. `None` unless it is 4 to 9 digits.
pub(crate) fn number(code: &[u8]) -> Option<NonZeroU32> {
    let is_valid = DIGITS.contains(&code.len()) && code.iter().all(u8::is_ascii_digit);
    let push = |number, digit: &u8| number * 10 + u32::from(digit - b'0');
    is_valid.then(|| NonZeroU32::new(code.iter().fold(1, push)))?
}

/// Why some locks refuse a code as easy to guess: the first reason that applies, as the end of a sentence.
pub(crate) fn weakness(code: &[u8]) -> Option<&'static str> {
    let every_pair =
        |holds: fn(u8, u8) -> bool| code.windows(2).all(|pair| holds(pair[0], pair[1]));
    let any_three = |holds: fn(u8, u8) -> bool| {
        let mut triples = code.windows(3);
        triples.any(|triple| holds(triple[0], triple[1]) && holds(triple[1], triple[2]))
    };
    let different = code
        .iter()
        .fold(0_u16, |seen, digit| seen | 1 << (digit & 0xf))
        .count_ones();
    if every_pair(|a, b| a == b) {
        Some("has the same digit throughout")
    } else if every_pair(|a, b| a + 1 == b) {
        Some("is an ascending run")
    } else if every_pair(|a, b| a == b + 1) {
        Some("is a descending run")
    } else if code.starts_with(b"12") {
        Some("starts with 12")
    } else if different < 3 {
        Some("has fewer than three different digits")
    } else if any_three(|a, b| a == b) {
        Some("has three equal digits in a row")
    } else if any_three(|a, b| a + 1 == b) || any_three(|a, b| a == b + 1) {
        Some("has three consecutive digits in a row")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
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
            ("7890", true),
            ("91234", true),
            ("71111", true),
            ("6543", true),
            ("80987", true),
            ("9011", false),
            ("1357", false),
            ("2112", true),
            ("013579", false),
        ] {
            let with_one = number(code.as_bytes()).map(|number| number.to_string());
            assert_eq!(with_one, Some(format!("1{code}")));
            assert_eq!(weakness(code.as_bytes()).is_some(), weak, "{code}");
        }
        let largest = number(b"999999999").map(u32::from);
        assert_eq!(largest, Some(1_999_999_999));
        for code in ["", "123", "1234567890", "12 34", "12a4", "١٢٣٤", "+1234"] {
            assert_eq!(number(code.as_bytes()), None, "{code}");
        }
    }
}
