//! The judge of e-mail addresses: `email_address`, and on WebAssembly one of our own, which says
//! the same without that library's tables of letters.

use email_address::Error;
use wide::i8x16;

/// What keeps a text from being the address of a mailbox on the Internet (RFC 5321, 5322 and 6531):
/// a bare address, at a domain with a dot.
pub(crate) fn judge(text: &str) -> Option<Error> {
    // The library passes over a name in front of brackets if that is nothing but white space.
    if text.contains(" <") {
        return Some(Error::UnsupportedDisplayName);
    }
    #[cfg(not(target_arch = "wasm32"))]
    let error = with_library(text);
    #[cfg(target_arch = "wasm32")]
    let error = small::judge(text);
    error
}

#[cfg(not(target_arch = "wasm32"))]
fn with_library(text: &str) -> Option<Error> {
    let options = email_address::Options::default()
        .with_required_tld()
        .without_domain_literal()
        .without_display_text();
    email_address::EmailAddress::parse_with_options(text, options).err()
}

/// What the library does for [`judge`]; lengths are in bytes.
#[cfg(any(target_arch = "wasm32", test))]
mod small {
    use email_address::Error;

    pub(super) fn judge(text: &str) -> Option<Error> {
        let Some((local, domain)) = text.rsplit_once('@') else {
            return Some(Error::MissingSeparator);
        };
        local_part(local).or_else(|| whole_domain(domain))
    }

    fn local_part(part: &str) -> Option<Error> {
        if matches!(part, "" | "\"" | "\"\"") {
            return Some(Error::LocalPartEmpty);
        }
        if part.len() > 64 {
            return Some(Error::LocalPartTooLong);
        }
        let quoted = part.strip_prefix('"');
        let valid = match quoted.and_then(|rest| rest.strip_suffix('"')) {
            Some(content) => is_quotable(content),
            None => part.split('.').all(is_atom),
        };
        (!valid).then_some(Error::InvalidCharacter)
    }

    fn whole_domain(domain: &str) -> Option<Error> {
        if domain.is_empty() {
            return Some(Error::DomainEmpty);
        }
        if domain.len() > 254 {
            return Some(Error::DomainTooLong);
        }
        if domain.starts_with('[') && domain.ends_with(']') {
            return Some(Error::UnsupportedDomainLiteral);
        }
        for label in domain.split('.') {
            let ends = [label.chars().next(), label.chars().next_back()];
            let error = match ends {
                [Some(first), Some(last)]
                    if [first, last]
                        .into_iter()
                        .all(crate::text::unicode::is_alphanumeric) =>
                {
                    if label.len() > 63 {
                        Error::SubDomainTooLong
                    } else if is_atom(label) {
                        continue;
                    } else {
                        Error::InvalidCharacter
                    }
                }
                [None, _] => Error::SubDomainEmpty,
                _ => Error::InvalidCharacter,
            };
            return Some(error);
        }
        (!domain.contains('.')).then_some(Error::DomainTooFew)
    }

    fn is_atom(text: &str) -> bool {
        let is_part = |character| {
            crate::text::unicode::is_alphanumeric(character)
                || "!#$%&'*+-/=?^_`{|}~".contains(character)
                || is_taken_for_beyond_ascii(character)
        };
        !text.is_empty() && text.chars().all(is_part)
    }

    /// Whether a text may stand between the quotes of a local part.
    fn is_quotable(text: &str) -> bool {
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            let valid = match character {
                '\\' => characters
                    .next()
                    .is_some_and(|next| next.is_ascii_graphic()),
                ' ' | '\t' => true,
                '"' => false,
                other => other.is_ascii_graphic() || is_taken_for_beyond_ascii(other),
            };
            if !valid {
                return false;
            }
        }
        true
    }

    /// What the library takes for a character beyond ASCII where that has to be said of one: it looks
    /// for the first bytes of UTF-8 in the character's number.
    fn is_taken_for_beyond_ascii(character: char) -> bool {
        matches!(
            (character as u32).to_be_bytes(),
            [0, 0, 0xc2..=0xdf, 0x80..=0xbf]
        )
    }
}

/// Whether an address is of the common kind that needs no judge: words of small letters, digits
/// and hyphens between single dots, at most 64 bytes in all. A test holds that the library has nothing
/// against these.
pub(crate) fn is_plainly_valid(address: &[u8]) -> bool {
    const BLOCK: usize = 16;
    let length = address.len();
    if !(1..=64).contains(&length) {
        return false;
    }
    // A bit for each byte.
    let (mut letters, mut hyphens, mut dots, mut at_signs) = (0, 0, 0, 0);
    let mut read = |place: usize, block: &[u8; BLOCK]| {
        let bytes = i8x16::new(block.map(u8::cast_signed));
        let all = |byte: u8| i8x16::splat(byte.cast_signed());
        let within = |first, last| bytes.simd_ge(all(first)) & bytes.simd_le(all(last));
        let bits = |marks: i8x16| u64::from(marks.to_bitmask()) << place;
        letters |= bits(within(b'a', b'z') | within(b'0', b'9'));
        hyphens |= bits(bytes.simd_eq(all(b'-')));
        dots |= bits(bytes.simd_eq(all(b'.')));
        at_signs |= bits(bytes.simd_eq(all(b'@')));
    };
    if let Some(last) = address.last_chunk() {
        for (at, block) in address.as_chunks().0.iter().enumerate() {
            read(at * BLOCK, block);
        }
        read(length - BLOCK, last);
    } else {
        let mut block = [0; BLOCK];
        block[..length].copy_from_slice(address);
        read(0, &block);
    }
    // A letter or digit stands at both ends, and on both sides of a dot and of the `@`.
    let between = dots | at_signs;
    let beside = between << 1 | between >> 1 | 1 | 1 << (length - 1);
    letters | hyphens | between == u64::MAX >> (64 - length)
        && beside & !letters == 0
        && at_signs.is_power_of_two()
        && dots > at_signs
}

#[cfg(test)]
mod tests {
    use super::{is_plainly_valid, judge, small, with_library};

    #[test]
    fn both_judges_say_the_same() {
        // Every text of six of these, around the places where something else may stand.
        let parts = ["a", ".", "@", "\"", "\\", "-", "é", " ", "[", "]", "<"];
        let mut verdicts = std::collections::HashMap::new();
        let mut agree = |text: &str| {
            let wanted = with_library(text);
            assert_eq!(small::judge(text), wanted, "{text}");
            *verdicts.entry(format!("{wanted:?}")).or_insert(0) += 1;
        };
        for code in 0..parts.len().pow(6) {
            let mut rest = code;
            let mut text = String::new();
            for _ in 0..6 {
                text.push_str(parts[rest % parts.len()]);
                rest /= parts.len();
            }
            // A name and brackets are never asked about, see `judge`.
            if !text.contains('<') {
                agree(&text);
                agree(&format!("{text}.com"));
            }
        }
        for character in (0..=0x0010_ffff).filter_map(char::from_u32) {
            if character != '<' {
                agree(&format!("{character}@{character}.com"));
                agree(&format!("\"{character}\"@a.{character}b"));
                agree(&format!("a@b{character}b.{character}"));
            }
        }
        for local in [1, 63, 64, 65] {
            for label in [1, 62, 63, 64] {
                for labels in [1, 2, 3, 4, 5] {
                    let domain = vec!["b".repeat(label); labels].join(".");
                    agree(&format!("{}@{domain}", "a".repeat(local)));
                    agree(&format!("{}@{domain}", "é".repeat(local / 2)));
                }
            }
        }
        assert_eq!(verdicts.len(), 11, "{verdicts:?}");
    }

    #[test]
    fn the_judge_knows_good_from_bad() {
        for good in [
            "john@example.com",
            "john.smith+hotel@mail.example.co.uk",
            "o'brien@example.ie",
            "1@2.de",
            "jürgen@bücher.example",
            "用户@例子.公司",
            "x_y-z@a-b.museum",
        ] {
            assert_eq!(judge(good), None, "{good}");
        }
        for bad in [
            "",
            "john",
            "john@",
            "@example.com",
            "john@localhost",
            "john@example..com",
            "john@example.com.",
            ".john@example.com",
            "jo hn@example.com",
            "john@exam ple.com",
            "john@example.com, ann@example.com",
            "John <john@example.com>",
            "<john@example.com>",
            "john@[127.0.0.1]",
            "john@@example.com",
            "john@-example.com",
            "mailto:john@example.com",
            "jo\u{200b}hn@example.com",
        ] {
            assert!(judge(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn what_is_plainly_valid_is_valid() {
        // Every text of seven of these, in the place of one byte to seven of an address: the shapes,
        // not the letters, decide.
        let parts = ["a", "1", "-", ".", "@"];
        let mut plain = 0;
        for code in 0..parts.len().pow(7) {
            let mut rest = code;
            let mut text = String::new();
            for _ in 0..7 {
                text.push_str(parts[rest % parts.len()]);
                rest /= parts.len();
            }
            for text in [
                text.clone(),
                format!("a{text}b-b.cc"),
                format!("ab-c.d{text}.example"),
                format!("someone.there@or.there{text}"),
            ] {
                if is_plainly_valid(text.as_bytes()) {
                    plain += 1;
                    assert_eq!(judge(&text), None, "{text}");
                }
            }
        }
        assert!(plain > 5000, "{plain}");
        let long = |local: usize, domain: usize| {
            format!("{}@{}.com", "a".repeat(local), "b".repeat(domain))
        };
        for text in [long(64, 59), long(65, 5), long(5, 60)] {
            assert!(
                !is_plainly_valid(text.as_bytes()) || judge(&text).is_none(),
                "{text}"
            );
        }
    }
}
