//! Skeletons of keys: a reader confuses keys that have the same one.
//!
//! The skeleton of a key is the key in Unicode's form D and in lower case, without white space and
//! characters that cannot be seen.

use crate::text::escape::is_hidden;
use crate::text::unicode;
use crate::text::whitespace::is_ecma_whitespace;

/// Whether a reader cannot see the character, or cannot tell it from another one of its kind.
fn is_overlooked(character: char) -> bool {
    is_ecma_whitespace(character) || character.is_whitespace() || is_hidden(character)
}

/// Whether a key surely equals its skeleton: printable ASCII without capitals.
#[inline]
pub(crate) fn is_skeleton(key: &[u8]) -> bool {
    // Without a short cut, so that many bytes are looked at together.
    key.iter().fold(true, |folded, byte| {
        folded & byte.is_ascii_graphic() & !byte.is_ascii_uppercase()
    })
}

/// Replaces `out` by the skeleton of a key.
pub(super) fn skeleton_into(key: &str, out: &mut String) {
    out.clear();
    if key.is_ascii() {
        // Nearly every key.
        out.extend(
            key.bytes()
                .filter(u8::is_ascii_graphic)
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
    } else {
        let key = unicode::lower(&unicode::decomposed(key));
        out.extend(key.chars().filter(|character| !is_overlooked(*character)));
    }
}

/// The skeleton of a key.
pub(super) fn skeleton(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    skeleton_into(key, &mut out);
    out
}

/// The difference that no message can show.
pub(crate) const NORMALIZATION: &str = "Unicode normalization";

/// What two keys with one skeleton differ in, for a message.
pub(crate) fn difference(a: &str, b: &str) -> &'static str {
    let same = |change: fn(&str) -> String| change(a) == change(b);
    if same(unicode::lower) {
        "case"
    } else if same(|key| key.replace(|c: char| is_ecma_whitespace(c) || c.is_whitespace(), "")) {
        "white space"
    } else if same(unicode::decomposed) {
        NORMALIZATION
    } else if same(|key| key.replace(is_hidden, "")) {
        "invisible characters"
    } else {
        "case, white space or characters that cannot be seen"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skeletons_drop_what_a_reader_overlooks() {
        for (key, expected, is_plain) in [
            ("suite-a", "suite-a", true),
            ("Suite-A", "suite-a", false),
            (" suite a\u{a0}", "suitea", false),
            ("caf\u{e9}", "cafe\u{301}", false),
            ("cafe\u{301}", "cafe\u{301}", false),
            ("a\u{200b}b\u{ad}", "ab", false),
            ("\u{130}", "i\u{307}", false),
            ("", "", true),
        ] {
            assert_eq!(skeleton(key), expected, "{key:?}");
            assert_eq!(is_skeleton(key.as_bytes()), is_plain, "{key:?}");
        }
    }

    #[test]
    fn a_skeleton_is_its_own() {
        for character in ('\0'..='\u{3000}').chain(['\u{212b}', '\u{d55c}', '\u{1f600}']) {
            let once = skeleton(&format!("x{character}Y"));
            assert_eq!(skeleton(&once), once, "{character:?}");
            if is_skeleton(&[b'x', character as u8]) && character.is_ascii() {
                assert_eq!(once, format!("x{character}y"));
            }
        }
    }

    #[test]
    fn the_difference_is_named() {
        for (a, b, expected) in [
            ("a", "A", "case"),
            ("a b", "ab", "white space"),
            ("\u{e9}", "e\u{301}", NORMALIZATION),
            ("a\u{200b}", "a", "invisible characters"),
        ] {
            assert_eq!(difference(a, b), expected);
            assert_eq!(difference(b, a), expected);
        }
        let several = difference("A b", "ab");
        assert_eq!(
            several,
            "case, white space or characters that cannot be seen"
        );
    }
}
