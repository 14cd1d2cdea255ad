//! Strict scanners: each says where a token ends, or nothing.
//!
//! Only where a strict scanner says nothing is a text repaired, so valid text never gets there. All functions are pure: bytes and an offset in, an offset out.

use wide::i8x16;

use crate::escape::hex4;
use crate::node::{ESCAPED, Kind, NOT_PLAIN, TRUE};

/// White space between tokens, RFC 8259 section 2.
pub(crate) const fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether a number or literal may end before this byte.
const fn ends_token(byte: u8) -> bool {
    is_whitespace(byte)
        || matches!(
            byte,
            b',' | b':' | b'}' | b']' | b'{' | b'[' | b'"' | b'/' | b'#'
        )
}

/// The offset of the first byte from `at` on that is not white space, or the text's end.
#[inline]
pub(crate) fn skip_whitespace(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_whitespace(*byte)) {
        at += 1;
    }
    at
}

/// The text without white space at its start.
pub(crate) fn trim_start(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r'])
}

/// The text without white space at its end.
pub(crate) fn trim_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\n', '\r'])
}

/// The offset after a valid string, and its flags; `None` for any other. `start` is the offset after
/// the opening quote.
#[inline]
pub(crate) fn string(bytes: &[u8], start: usize) -> Option<(usize, u32)> {
    let at = next_special(bytes, start);
    let is_plain =
        bytes.get(at) == Some(&b'"') && at > start && bytes[start] != b' ' && bytes[at - 1] != b' ';
    if is_plain {
        Some((at + 1, 0))
    } else {
        uncommon_string(bytes, start, at)
    }
}

/// As [`string`]; `at` is the first special byte.
#[inline(never)]
fn uncommon_string(bytes: &[u8], start: usize, mut at: usize) -> Option<(usize, u32)> {
    let mut flags = 0;
    loop {
        match bytes.get(at)? {
            b'"' => break,
            b'\\' => {
                at += escape_length(&bytes[at..])?;
                flags |= ESCAPED | NOT_PLAIN;
            }
            0x7f.. => {
                while bytes.get(at).is_some_and(|byte| *byte >= 0x7f) {
                    at += 1;
                }
                flags |= NOT_PLAIN;
            }
            _ => return None,
        }
        at = next_special(bytes, at);
    }
    if at == start || bytes[start] == b' ' || bytes[at - 1] == b' ' {
        flags |= NOT_PLAIN;
    }
    Some((at + 1, flags))
}

/// The offset of the first quote, backslash, control character, 0x7f or byte beyond ASCII from `at`
/// on, or the text's end.
#[inline]
fn next_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<16>) {
        let block = i8x16::new(block.map(u8::cast_signed));
        // As signed numbers, what is beyond ASCII is below all else; so is 0x7f, by one more.
        let special = block.simd_eq(i8x16::splat(0x22))
            | block.simd_eq(i8x16::splat(0x5c))
            | (block + i8x16::splat(1)).simd_lt(i8x16::splat(0x21));
        let marks = special.to_bitmask();
        if marks != 0 {
            return at + marks.trailing_zeros() as usize;
        }
        at += 16;
    }
    let is_special = |byte: &u8| matches!(byte, ..0x20 | b'"' | b'\\' | 0x7f..);
    let rest = &bytes[at..];
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// The length of a valid escape at the start of `rest`, surrogate pairs as one.
fn escape_length(rest: &[u8]) -> Option<usize> {
    match rest {
        [_, b'u', digits @ ..] => match hex4(digits)? {
            0xd800..0xdc00 => {
                let low = hex4(digits.get(4..)?.strip_prefix(b"\\u")?)?;
                (0xdc00..0xe000).contains(&low).then_some(12)
            }
            0xdc00..0xe000 => None,
            _ => Some(6),
        },
        [_, escaped, ..] if is_escape(*escaped) => Some(2),
        _ => None,
    }
}

/// The offset after a string that is valid but for escapes of halves of surrogate pairs, and where those
/// are; `None` for any other. `start` is the offset after the opening quote.
pub(crate) fn lenient_string(bytes: &[u8], start: usize) -> Option<(usize, Vec<usize>)> {
    let mut at = start;
    let mut lone = Vec::new();
    loop {
        match bytes.get(at)? {
            b'"' => return (!lone.is_empty()).then_some((at + 1, lone)),
            b'\\' => {
                at += if let Some(length) = escape_length(&bytes[at..]) {
                    length
                } else {
                    let digits = bytes[at..].strip_prefix(b"\\u")?;
                    hex4(digits)?;
                    lone.push(at);
                    6
                };
            }
            ..0x20 => return None,
            _ => at += 1,
        }
    }
}

/// Whether the byte after a backslash is a whole escape.
pub(crate) const fn is_escape(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')
}

/// The offset after a valid literal or number, its kind and its flags; `None` for any other.
pub(crate) fn scalar(bytes: &[u8], start: usize) -> Option<(usize, Kind, u32)> {
    let rest = &bytes[start..];
    let (length, kind, flags) = match rest {
        [b't', b'r', b'u', b'e', ..] => (4, Kind::Boolean, TRUE),
        [b'f', b'a', b'l', b's', b'e', ..] => (5, Kind::Boolean, 0),
        [b'n', b'u', b'l', b'l', ..] => (4, Kind::Null, 0),
        _ => (number_length(rest)?, Kind::Number, 0),
    };
    let ends = match rest.get(length) {
        // A number before a colon may be the start of a time without quotes.
        Some(b':') => kind != Kind::Number,
        next => next.is_none_or(|byte| ends_token(*byte)),
    };
    ends.then_some((start + length, kind, flags))
}

/// The length of a number at the start of `rest`, RFC 8259 section 6.
fn number_length(rest: &[u8]) -> Option<usize> {
    let minus = usize::from(rest.starts_with(b"-"));
    let integer = digit_count(&rest[minus..]);
    if integer == 0 || integer > 1 && rest[minus] == b'0' {
        return None;
    }
    let mut length = minus + integer;
    if rest.get(length) == Some(&b'.') {
        length += 1 + at_least_one(digit_count(&rest[length + 1..]))?;
    }
    if let Some(b'e' | b'E') = rest.get(length) {
        let sign = usize::from(matches!(rest.get(length + 1), Some(b'+' | b'-')));
        length += 1 + sign;
        length += at_least_one(digit_count(&rest[length..]))?;
    }
    Some(length)
}

/// How many digits are at the start of `rest`.
pub(crate) fn digit_count(rest: &[u8]) -> usize {
    rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn at_least_one(count: usize) -> Option<usize> {
    (count > 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_special_byte_is_found_in_every_place_beside_every_byte() {
        let is_special = |byte: u8| matches!(byte, ..0x20 | b'"' | b'\\' | 0x7f..);
        for (byte, next) in (0..=255).flat_map(|byte| [b'a', b'"', 0xff].map(|next| (byte, next))) {
            for place in 0..19 {
                let mut text = [b' '; 20];
                (text[place], text[place + 1]) = (byte, next);
                let wanted = text.iter().position(|byte| is_special(*byte));
                assert_eq!(next_special(&text, 0), wanted.unwrap_or(20), "{text:?}");
            }
        }
    }

    #[test]
    fn valid_strings_end_behind_their_quote() {
        const NOT_PLAIN_ESCAPED: u32 = NOT_PLAIN | ESCAPED;
        for (content, flags) in [
            ("a", 0),
            ("Room 101, with a long name", 0),
            ("", NOT_PLAIN),
            (" a", NOT_PLAIN),
            ("a ", NOT_PLAIN),
            ("é", NOT_PLAIN),
            ("a\u{7f}b", NOT_PLAIN),
            (r#"a\"b"#, NOT_PLAIN_ESCAPED),
            (r"\u00e9", NOT_PLAIN_ESCAPED),
            (r"\ud83d\ude00 is a pair", NOT_PLAIN_ESCAPED),
        ] {
            let text = format!("\"{content}\" and more");
            let found = string(text.as_bytes(), 1);
            assert_eq!(found, Some((content.len() + 2, flags)), "{text}");
        }
    }

    #[test]
    fn other_strings_are_not_read() {
        for text in [
            "a",
            "a\tb\"",
            "a\nb\"",
            r#"\x""#,
            r#"\u12""#,
            r#"\ud83d""#,
            r#"\ude00""#,
            r#"\ud83d\u0041""#,
            "\\",
        ] {
            assert_eq!(string(text.as_bytes(), 0), None, "{text}");
        }
    }

    #[test]
    fn valid_numbers_and_literals_are_read_whole() {
        for text in [
            "0", "-0", "10", "-1.5", "0.25", "1e5", "1E+5", "-1.5e-10", "true", "false", "null",
        ] {
            for after in ["", " ", ",", "]", "}", "\n", "/"] {
                let found = scalar(format!("{text}{after}").as_bytes(), 0);
                assert_eq!(
                    found.map(|(end, ..)| end),
                    Some(text.len()),
                    "{text}{after}"
                );
            }
        }
    }

    #[test]
    fn other_numbers_and_words_are_not_read() {
        for text in [
            "", "-", "01", "1.", ".5", "1e", "1e+", "+1", "1a", "12:30", "tru", "nulls", "1.e1",
        ] {
            assert_eq!(scalar(text.as_bytes(), 0), None, "{text}");
        }
    }
}
