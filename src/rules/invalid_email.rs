//! `invalid-email`

use std::collections::HashMap;

use crate::light::{self, RandomState};
use email_address::Error;
use wide::i8x16;

use super::declare_rule;
use super::key_whitespace::is_trimmed;
use crate::email::judge;
use crate::linter::Context;
use crate::report::{Place, Sink};

declare_rule! {
    /// An e-mail address is not one.
    ///
    /// The API stores it without looking; invitations and codes by e-mail then never arrive.
    /// A library judges by RFC 5322 and RFC 6531 (letters of all scripts are fine), without the
    /// parts that no mailbox has: a display name, an IP address as the domain, a domain without a
    /// dot. White space around it is the business of `surrounding-whitespace`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann.example.com" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "Ann <ann@example.com>" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }, { "guest_key": "h", "name": "Jürgen", "email_address": "jürgen@bücher.example" }] }
    /// ```
    pub(crate) INVALID_EMAIL = {
        code: "invalid-email",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: People,
        why: "The API stores it as it is; invitations and codes by e-mail will not arrive.",
        check: check
    };
}

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    // One address often stands on many records.
    let mut judged: HashMap<_, Option<Error>, RandomState> = HashMap::default();
    for node in context.payload.uncommon_emails.iter().copied() {
        let Some(text) = document.string(node) else {
            continue;
        };
        let error = judged
            .entry(text)
            .or_insert_with_key(|text| judge(text.trim_matches(is_trimmed)));
        let Some(error) = error else { continue };
        let place = Place::value(document, node);
        sink.report(&INVALID_EMAIL, place, |finding| {
            let text = context.text(node);
            let (reason, help) = words(error, &text);
            finding
                .message(format!(
                    "{} is {}: {reason}",
                    context.subject(node),
                    context.quoted(&text)
                ))
                .help(help)
        });
    }
}

/// Whether an address is of the common kind that needs no judge: words of small letters, digits
/// and hyphens between single dots, at most 64 bytes in all. A test holds that the library has nothing
/// against these.
pub(crate) fn is_plainly_valid(address: &[u8]) -> bool {
    const BLOCK: usize = 16;
    let length = address.len();
    if !light::IS_FAST || !(1..=64).contains(&length) {
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

/// What is wrong, and what to do.
fn words(error: &Error, text: &str) -> (&'static str, &'static str) {
    if text.trim_matches(is_trimmed).is_empty() {
        return (
            "it is empty",
            "leave the member out where there is no address",
        );
    }
    if matches!(
        error,
        Error::UnsupportedDisplayName | Error::MissingDisplayName | Error::MissingEndBracket
    ) || text.contains('<')
    {
        return (
            "it has a name or brackets around the address",
            "write the address alone",
        );
    }
    if text.matches('@').count() > 1 && text.contains([',', ';', ' ', '/']) {
        return (
            "it is more than one address",
            "write one address: a person has one",
        );
    }
    match error {
        Error::MissingSeparator => ("it has no @", "write it as name@domain"),
        Error::LocalPartEmpty => ("nothing stands before the @", "write it as name@domain"),
        Error::DomainEmpty => ("nothing stands after the @", "write it as name@domain"),
        Error::LocalPartTooLong => (
            "the part before the @ is longer than 64 bytes",
            "write the address that mail arrives at",
        ),
        Error::DomainTooLong | Error::SubDomainTooLong => (
            "its domain is too long",
            "write the address that mail arrives at",
        ),
        Error::DomainTooFew => (
            "its domain has no dot",
            "write the whole domain, such as example.com",
        ),
        Error::SubDomainEmpty | Error::DomainInvalidSeparator => (
            "its domain has a dot too many",
            "look for a dot at an end of the domain, or two in a row",
        ),
        Error::UnsupportedDomainLiteral | Error::InvalidIPAddress => {
            ("its domain is an IP address", "write the domain's name")
        }
        _ => (
            "it has a character or a dot that cannot stand there",
            "look for spaces, commas and dots that do not belong there",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::is_plainly_valid;
    use crate::email::judge;

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
