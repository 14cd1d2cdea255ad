//! The judge of e-mail addresses: the library `email_address`, and a first look that most addresses need alone.

use email_address::{EmailAddress, Error, Options};

use crate::text::escape::is_hidden;
use crate::text::unicode;

/// What is wrong with an address.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Flaw {
    /// The library says that it is none.
    Library(Error),
    /// No domain has this character.
    DomainCharacter(char),
    /// Its domain is an IP address, or ends in a number.
    NumericDomain,
    /// It is an address, and Seam's own check of `user_identities` refuses it, for this reason.
    RefusedElsewhere(&'static str),
}

/// What keeps a text from being the address of a mailbox on the Internet (RFC 5321, 5322 and 6531):
/// a bare address, at a domain with a dot.
pub(crate) fn judge(text: &str) -> Option<Flaw> {
    // The library skips a name in front of brackets if that is nothing but white space.
    if text.contains(" <") {
        return Some(Flaw::Library(Error::UnsupportedDisplayName));
    }
    let options = Options::default()
        .with_required_tld()
        .without_domain_literal()
        .without_display_text();
    if let Err(error) = EmailAddress::parse_with_options(text, options) {
        return Some(Flaw::Library(error));
    }
    // The library takes in a domain whatever it takes before the @.
    let (_, domain) = text.rsplit_once('@')?;
    let is_domain =
        |c: &char| unicode::is_alphanumeric(*c) || matches!(c, '-' | '.') || !c.is_ascii();
    if let Some(other) = domain.chars().find(|c| !is_domain(c)) {
        return Some(Flaw::DomainCharacter(other));
    }
    let last = domain.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Flaw::NumericDomain);
    }
    let refused = if !text.is_ascii() {
        "letters beyond ASCII"
    } else if text.contains('"') {
        "quotes"
    } else if last.len() < 2 || !last.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        "a top-level domain that is not two letters or more"
    } else {
        return None;
    };
    Some(Flaw::RefusedElsewhere(refused))
}

/// The first character that an address cannot have where it is.
pub(crate) fn misplaced_character(text: &str) -> Option<char> {
    let (local, domain) = text.rsplit_once('@')?;
    let in_local = |c: &char| {
        !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.\"".contains(*c)
    };
    let in_domain = |c: &char| !c.is_ascii() || c.is_ascii_alphanumeric() || "-.".contains(*c);
    let mut locals = local.chars().filter(|c| !in_local(c) || is_hidden(*c));
    let mut domains = domain.chars().filter(|c| !in_domain(c) || is_hidden(*c));
    locals.next().or_else(|| domains.next())
}

/// Whether an address is of the common kind that needs no judge: words of lower-case letters, digits and hyphens between
/// single dots, 64 bytes at most. A test holds that the library accepts these.
pub(crate) fn is_plainly_valid(address: &[u8]) -> bool {
    let (mut ats, mut dots_of_domain) = (0, 0);
    let mut previous = b'.';
    for byte in address {
        let is_in_word = !matches!(previous, b'.' | b'@');
        match *byte {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'-' if is_in_word => {}
            b'.' if is_in_word && previous != b'-' => dots_of_domain += 1,
            b'@' if is_in_word && previous != b'-' => (ats, dots_of_domain) = (ats + 1, 0),
            _ => return false,
        }
        previous = *byte;
    }
    let last = address.rsplit(|byte| *byte == b'.').next();
    let is_top_level = |last: &[u8]| last.len() > 1 && last.iter().all(u8::is_ascii_lowercase);
    address.len() <= 64 && ats == 1 && dots_of_domain > 0 && last.is_some_and(is_top_level)
}

#[cfg(test)]
mod tests {
    use super::{Flaw, is_plainly_valid, judge};

    #[test]
    fn the_judge_knows_good_from_bad() {
        for good in [
            "john@example.com",
            "john.smith+hotel@mail.example.co.uk",
            "o'brien@example.ie",
            "1@2.de",
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
            "user@exam?ple.com",
            "user@example.com?x=1",
            "user@example.com%20",
            "a@192.168.0.1",
            "a@example.7",
        ] {
            let flaw = judge(bad);
            assert!(
                !matches!(flaw, None | Some(Flaw::RefusedElsewhere(_))),
                "{bad}"
            );
        }
        for elsewhere in [
            "jürgen@bücher.example",
            "用户@例子.公司",
            "\"a b\"@example.com",
            "a@x.c",
            "a@example.xn--p1ai",
        ] {
            let flaw = judge(elsewhere);
            assert!(
                matches!(flaw, Some(Flaw::RefusedElsewhere(_))),
                "{elsewhere}: {flaw:?}"
            );
        }
    }

    #[test]
    fn what_is_plainly_valid_is_valid() {
        // Every text of six of these, inside an address and as its end: the shapes decide, not the letters.
        let parts = ["a", "1", "-", ".", "@", "A"];
        let mut plain = 0;
        for code in 0..parts.len().pow(6) {
            let mut rest = code;
            let mut text = String::new();
            for _ in 0..6 {
                text.push_str(parts[rest % parts.len()]);
                rest /= parts.len();
            }
            for text in [
                format!("a{text}b-b.cc"),
                format!("someone.there@or.there{text}"),
            ] {
                if is_plainly_valid(text.as_bytes()) {
                    plain += 1;
                    assert_eq!(judge(&text), None, "{text}");
                }
            }
        }
        assert!(plain > 1000, "{plain}");
        let long = |local: usize, domain: usize| {
            format!("{}@{}.com", "a".repeat(local), "b".repeat(domain))
        };
        assert!(is_plainly_valid(long(30, 29).as_bytes()));
        for text in [long(64, 59), long(65, 5), long(5, 60)] {
            assert!(!is_plainly_valid(text.as_bytes()), "{text}");
        }
    }
}
