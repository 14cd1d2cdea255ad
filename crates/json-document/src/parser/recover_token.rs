//! Recovery inside tokens: strings, numbers and words that are not valid.
//!
//! Each function reports what is wrong with one token and leaves the position after it.

use super::Parser;
use crate::escape::hex4;
use crate::node::{ESCAPED, Kind, Span, UNTERMINATED};
use crate::scan::{digit_count, ends_token, is_escape, is_whitespace};
use crate::syntax_error::SyntaxErrorKind;

impl Parser<'_> {
    /// The end of a run that is no token: a delimiter, or the white space before it. The run is at least
    /// one character long.
    pub(super) fn token_end(&self, start: usize) -> usize {
        let rest = &self.bytes[start..];
        let length = rest
            .iter()
            .position(|byte| {
                matches!(
                    byte,
                    b',' | b':'
                        | b'}'
                        | b']'
                        | b'{'
                        | b'['
                        | b'"'
                        | b'\n'
                        | b'\r'
                        | b'/'
                        | b'#'
                        | b'='
                )
            })
            .unwrap_or(rest.len());
        let run = &self.text[start..start + length];
        match run.trim_end_matches([' ', '\t']).len() {
            0 => self.junk_end(start),
            length => start + length,
        }
    }

    /// The offset after the character at `start`.
    pub(super) fn junk_end(&self, start: usize) -> usize {
        start + self.text[start..].chars().next().map_or(0, char::len_utf8)
    }

    /// Reads digits that are not a valid number.
    pub(super) fn number(&mut self) {
        let start = self.position;
        let mut position = start + usize::from(self.bytes[start] == b'-');
        let digits = |position: usize| digit_count(&self.bytes[position..]);
        let integer = digits(position);
        let leading_zero = integer > 1 && self.bytes[position] == b'0';
        position += integer;
        let mut error = None;
        if integer == 0 {
            error = Some(SyntaxErrorKind::InvalidNumber);
        } else if leading_zero {
            error = Some(SyntaxErrorKind::LeadingZero);
        }
        if self.bytes.get(position) == Some(&b'.') {
            let fraction = digits(position + 1);
            position += 1 + fraction;
            if integer == 0 && fraction > 0 {
                error = Some(SyntaxErrorKind::NoIntegerPart);
            } else if fraction == 0 {
                error = error.or(Some(SyntaxErrorKind::NoFractionDigits));
            }
        }
        if matches!(self.bytes.get(position), Some(b'e' | b'E')) {
            position += 1;
            if matches!(self.bytes.get(position), Some(b'+' | b'-')) {
                position += 1;
            }
            let exponent = digits(position);
            position += exponent;
            if exponent == 0 {
                error = error.or(Some(SyntaxErrorKind::NoExponentDigits));
            }
        }
        if self
            .bytes
            .get(position)
            .is_some_and(|byte| !ends_token(*byte))
        {
            position = self.token_end(start).max(position);
            error = Some(self.not_a_number(start, position));
        }
        // A time or date without quotes: after no value is a colon followed by a digit.
        if self.bytes.get(position) == Some(&b':')
            && self.bytes.get(position + 1).is_some_and(u8::is_ascii_digit)
        {
            position += self.bytes[position..]
                .iter()
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'.' | b'+' | b'-')
                })
                .count();
            error = Some(SyntaxErrorKind::InvalidNumber);
        }
        let kind = match error {
            Some(error) => {
                let index = self.next_node();
                self.error(error, Span::of(start, position), index);
                Kind::Invalid
            }
            None => Kind::Number,
        };
        self.position = position;
        self.push(kind, start, position, 0);
    }

    /// The error of digits that run on into something else.
    fn not_a_number(&self, start: usize, end: usize) -> SyntaxErrorKind {
        match self.text[start..end].to_ascii_lowercase().as_str() {
            "-infinity" | "-inf" | "-nan" => SyntaxErrorKind::NotFinite,
            _ => SyntaxErrorKind::InvalidNumber,
        }
    }

    /// Reads a string from its opening quote and returns its flags. The position is then after the
    /// closing quote, or at the end of an unterminated string.
    pub(super) fn string(&mut self, quote: u8, owner: u32) -> u32 {
        let start = self.position;
        let mut position = start + 1;
        let mut flags = 0;
        let mut controls = false;
        // Whether the string continues after a raw line break. Decided once, so that time stays linear.
        let mut goes_on = false;
        loop {
            let is_special = |byte: &u8| *byte == quote || matches!(byte, ..0x20 | b'\\');
            let rest = &self.bytes[position..];
            position += rest.iter().position(is_special).unwrap_or(rest.len());
            match self.bytes.get(position) {
                Some(b'\\')
                    if matches!(self.bytes.get(position + 1), Some(b'\n' | b'\r'))
                        && (goes_on || self.goes_on(position + 1, quote)) =>
                {
                    goes_on = true;
                    flags |= ESCAPED;
                    let break_end = if self.bytes[position + 1..].starts_with(b"\r\n") {
                        position + 3
                    } else {
                        position + 2
                    };
                    let span = Span::of(position, break_end);
                    self.error(SyntaxErrorKind::InvalidEscape, span, owner);
                    position = break_end;
                }
                Some(b'\\') => {
                    flags |= ESCAPED;
                    position = self.escape(position, quote, owner);
                }
                // `'it's'`: no string ends right before a letter.
                Some(b'\'')
                    if quote == b'\''
                        && self
                            .bytes
                            .get(position + 1)
                            .is_some_and(u8::is_ascii_alphanumeric) =>
                {
                    position += 1;
                }
                Some(byte) if *byte == quote => {
                    self.position = position + 1;
                    return flags;
                }
                Some(b'\n' | b'\r') if !goes_on && !self.goes_on(position, quote) => {
                    // It ends with its line; a comma at the end separates values.
                    let line = &self.text[start + 1..position];
                    let line = line.trim_end_matches([' ', '\t', '\r']);
                    let line = line.strip_suffix(',').unwrap_or(line);
                    position = start + 1 + line.len();
                    return self.unterminated(start, position, flags, owner);
                }
                Some(byte) => {
                    goes_on |= matches!(byte, b'\n' | b'\r');
                    if !controls {
                        // One error for each string, at its first control character.
                        controls = true;
                        self.error(
                            SyntaxErrorKind::ControlCharacter,
                            Span::of(position, position + 1),
                            owner,
                        );
                    }
                    position += 1;
                }
                None => {
                    return self.unterminated(start, self.bytes.len(), flags, owner);
                }
            }
        }
    }

    /// Reads a string in single quotes: one error, whether it is terminated or not.
    pub(super) fn single_quoted(&mut self, owner: u32) -> u32 {
        let start = self.position;
        let flags = self.string(b'\'', owner);
        if flags & UNTERMINATED == 0 {
            let span = Span::of(start, self.position);
            self.error(SyntaxErrorKind::SingleQuotes, span, owner);
        }
        flags
    }

    fn unterminated(&mut self, start: usize, end: usize, flags: u32, owner: u32) -> u32 {
        self.error(
            SyntaxErrorKind::UnterminatedString,
            Span::of(start, end),
            owner,
        );
        self.position = end;
        flags | UNTERMINATED
    }

    /// Whether a string with a raw line break at the position continues after it: the next quote is
    /// followed by something that may follow a string.
    fn goes_on(&self, position: usize, quote: u8) -> bool {
        let rest = &self.bytes[position..];
        let Some(close) = memchr::memchr(quote, rest) else {
            return false;
        };
        rest[close + 1..]
            .iter()
            .find(|byte| !is_whitespace(**byte))
            .is_none_or(|byte| matches!(byte, b',' | b'}' | b']' | b':'))
    }

    /// Reads an escape from its backslash and returns the offset after it.
    fn escape(&mut self, position: usize, quote: u8, owner: u32) -> usize {
        match self.bytes.get(position + 1) {
            Some(byte) if is_escape(*byte) => position + 2,
            Some(b'u') => self.unicode_escape(position, owner),
            Some(byte) => {
                let end = match byte {
                    b'\n' | b'\r' => return position + 1,
                    _ => self.junk_end(position + 1),
                };
                if *byte != quote || quote == b'"' {
                    self.error(
                        SyntaxErrorKind::InvalidEscape,
                        Span::of(position, end),
                        owner,
                    );
                }
                end
            }
            None => position + 1,
        }
    }

    /// As [`Parser::escape`], for `\u`.
    fn unicode_escape(&mut self, position: usize, owner: u32) -> usize {
        let end = position + 6;
        let Some(unit) = hex4(&self.bytes[position + 2..]) else {
            let digits = self.bytes[position + 2..]
                .iter()
                .take(4)
                .take_while(|byte| byte.is_ascii_hexdigit())
                .count();
            let end = position + 2 + digits;
            self.error(
                SyntaxErrorKind::InvalidUnicodeEscape,
                Span::of(position, end),
                owner,
            );
            return end;
        };
        match unit {
            0xd800..0xdc00 => {
                let low = (self.bytes[end..].starts_with(b"\\u"))
                    .then(|| hex4(&self.bytes[end + 2..]))
                    .flatten();
                if low.is_some_and(|low| (0xdc00..0xe000).contains(&low)) {
                    return end + 6;
                }
            }
            0xdc00..0xe000 => {}
            _ => return end,
        }
        self.error(
            SyntaxErrorKind::LoneSurrogate,
            Span::of(position, end),
            owner,
        );
        end
    }
}
