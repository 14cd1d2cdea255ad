//! Escapes of JSON strings, RFC 8259 section 7.

/// Resolves the escapes of a string's content. A lone surrogate becomes U+FFFD; an unknown escape
/// becomes the character after its backslash.
pub(crate) fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some((character, length)) = escape_at(rest) else {
            break;
        };
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The character of an escape and its length, from behind its backslash.
pub(crate) fn escape_at(rest: &str) -> Option<(char, usize)> {
    let escape = rest.chars().next()?;
    let character = match escape {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let Some(unit) = hex4(&rest.as_bytes()[1..]) else {
                return Some(('u', 1));
            };
            let (mut code, mut length) = (u32::from(unit), 5);
            if (0xd800..0xdc00).contains(&unit)
                && rest[5..].starts_with("\\u")
                && let Some(low) = hex4(&rest.as_bytes()[7..])
                && (0xdc00..0xe000).contains(&low)
            {
                length = 11;
                code = 0x10000 + ((u32::from(unit) - 0xd800) << 10) + (u32::from(low) - 0xdc00);
            }
            let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            return Some((character, length));
        }
        other => other,
    };
    Some((character, escape.len_utf8()))
}

/// The value of four hexadecimal digits at the start of `bytes`; `None` if there are fewer.
pub(crate) fn hex4(bytes: &[u8]) -> Option<u16> {
    bytes.get(..4)?.iter().try_fold(0, |value: u16, byte| {
        let digit = (*byte as char).to_digit(16)?;
        Some(value << 4 | digit as u16)
    })
}

/// Writes a text as a JSON string, with quotes. Escapes only quotes, backslashes and control characters.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                out.push_str("\\u00");
                for shift in [4, 0] {
                    let digit = (control as u32 >> shift) & 0xf;
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_resolve() {
        for (raw, wanted) in [
            (r#"a\"b\\c\/d\b\f\n\r\t"#, "a\"b\\c/d\u{8}\u{c}\n\r\t"),
            (r"\u00e9\u20AC", "é€"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d", "\u{fffd}"),
            (r"\ude00x", "\u{fffd}x"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\q\u12", "qu12"),
        ] {
            assert_eq!(unescape(raw), wanted, "{raw}");
        }
    }

    #[test]
    fn quoting_is_undone_by_serde_json() {
        let text: String = (0..0x300).filter_map(char::from_u32).collect();
        let back: String = serde_json::from_str(&quote(&text)).expect("quoted text is JSON");
        assert_eq!(back, text);
    }
}
