//! Recovery: what is read where the strict scanners say nothing.
//!
//! Each function reports one error and leaves the position where the state machine can go on. No
//! valid text comes here, so all of it is cold.

use super::{Parser, State};
use crate::escape::hex4;
use crate::node::{ESCAPED, Kind, NOT_PLAIN, Span, TRUE, UNTERMINATED};
use crate::scan::{digit_count, ends_token, is_escape, is_whitespace};
use crate::syntax_error::SyntaxErrorKind;

impl Parser<'_> {
    /// Reports and skips a comment at the position. False if there is none.
    #[cold]
    pub(super) fn skip_comment(&mut self) -> bool {
        let start = self.position;
        let rest = &self.bytes[start..];
        let length = if rest.starts_with(b"/*") {
            // The slash of `/*/` does not close what it opens.
            let slash = |at: &usize| *at > 2 && rest[at - 1] == b'*';
            let mut slashes = memchr::memchr_iter(b'/', rest);
            slashes.find(slash).map_or(rest.len(), |at| at + 1)
        } else if rest.starts_with(b"//") || rest.starts_with(b"#") {
            memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
        } else {
            return false;
        };
        let owner = self.owner();
        self.error(
            SyntaxErrorKind::Comment,
            Span::of(start, start + length),
            owner,
        );
        self.position += length;
        true
    }

    /// The offset after the token before a position, comments skipped: a comma inside a comment would be
    /// none.
    fn token_end_before(&self, position: usize) -> usize {
        let mut end = position;
        let mut errors = self.errors.iter().rev();
        loop {
            let before = &self.bytes[..end];
            let before = before.iter().rposition(|byte| !is_whitespace(*byte));
            end = before.map_or(end, |at| at + 1);
            match errors.next() {
                Some(error)
                    if error.kind == SyntaxErrorKind::Comment && error.span.range().end == end =>
                {
                    end = error.span.range().start;
                }
                _ => return end,
            }
        }
    }

    /// Reports that no colon follows a name, and reads what looks like one.
    #[cold]
    pub(super) fn missing_colon(&mut self) -> State {
        let owner = self.owner();
        let position = self.position;
        match self.byte() {
            Some(b'=' | b';') => {
                // `=`, `=>` and `==`, as other languages write it; `;` is a typo.
                while matches!(self.byte(), Some(b'=' | b'>' | b';')) {
                    self.position += 1;
                }
                self.error(
                    SyntaxErrorKind::MissingColon,
                    Span::of(position, self.position),
                    owner,
                );
                self.skip_space();
            }
            Some(b',' | b'}' | b']') | None => {
                // Neither colon nor value: one error for both. At the text's end there is one for
                // all containers that are not closed.
                let index = self.next_node();
                let span = Span::of(position, position);
                if position < self.bytes.len() {
                    self.error(SyntaxErrorKind::MissingColon, span, index);
                } else {
                    self.note_displaced_name(index, position);
                }
                self.push(Kind::Invalid, position, position, 0);
                return State::AfterValue;
            }
            Some(_) => self.error(
                SyntaxErrorKind::MissingColon,
                Span::of(position, position),
                owner,
            ),
        }
        State::Value
    }

    /// Adds an invalid value in the place of one that is missing.
    #[cold]
    pub(super) fn missing_value(&mut self) -> State {
        let index = self.next_node();
        // At the text's end, there is one error for all containers that are not closed.
        if self.position < self.bytes.len() {
            self.error(
                SyntaxErrorKind::MissingValue,
                Span::of(self.position, self.position),
                index,
            );
        }
        self.push(Kind::Invalid, self.position, self.position, 0);
        State::AfterValue
    }

    /// Closes every open container at the text's end, with one error for all.
    #[cold]
    pub(super) fn unclosed(&mut self) -> State {
        let end = self.bytes.len();
        if let Some(frame) = self.frames.last() {
            let owner = frame.node;
            let opener = self.nodes[owner as usize].start as usize;
            self.error_related(
                SyntaxErrorKind::Unclosed,
                Span::of(end, end),
                owner,
                Some(Span::of(opener, opener + 1)),
            );
        }
        while !self.frames.is_empty() {
            self.close_at(end);
        }
        State::AfterValue
    }

    /// Reads what follows a value and is neither a comma nor the closer of its container.
    #[cold]
    pub(super) fn recover_after_value(&mut self, byte: u8) -> State {
        let owner = self.owner();
        let position = self.position;
        let is_object = self.is_in_object();
        match byte {
            b'}' | b']' => {
                let wanted = byte == b'}';
                let opens = self.frames.iter().any(|frame| frame.is_object == wanted);
                if !opens && self.goes_on_after(position + 1, is_object) {
                    self.error(
                        SyntaxErrorKind::UnexpectedCharacter,
                        Span::of(position, position + 1),
                        owner,
                    );
                    self.position += 1;
                    return State::AfterValue;
                }
                let opener = self.nodes[owner as usize].start as usize;
                self.error_related(
                    SyntaxErrorKind::MismatchedCloser,
                    Span::of(position, position + 1),
                    owner,
                    Some(Span::of(opener, opener + 1)),
                );
                if opens {
                    // It closes a container further out; those inside have no closer.
                    while self
                        .frames
                        .last()
                        .is_some_and(|frame| frame.is_object != wanted)
                    {
                        self.close_at(position);
                    }
                }
                self.close()
            }
            b'"'
            | b'\''
            | b'{'
            | b'['
            | b'-'
            | b'0'..=b'9'
            | b'_'
            | b'$'
            | b'a'..=b'z'
            | b'A'..=b'Z' => {
                let before = self.token_end_before(position);
                self.error(
                    SyntaxErrorKind::MissingComma,
                    Span::of(before, before),
                    owner,
                );
                Self::child(is_object)
            }
            _ => {
                // `;`, `:` and other stray characters are read as a comma.
                let end = self.junk_end(position);
                self.error(
                    SyntaxErrorKind::UnexpectedCharacter,
                    Span::of(position, end),
                    owner,
                );
                self.position = end;
                self.skip_space();
                match self.byte() {
                    Some(b',' | b'}' | b']') | None => State::AfterValue,
                    Some(_) => Self::child(is_object),
                }
            }
        }
    }

    /// Skips one character that is already reported; the value may follow it.
    fn value_after(&mut self, start: usize) -> State {
        self.position = start + 1;
        self.skip_space();
        State::Value
    }

    /// Whether a comma or the closer of the innermost container follows, white space skipped: then a
    /// closer before the position that matches nothing is one too many, not the wrong one.
    fn goes_on_after(&self, position: usize, is_object: bool) -> bool {
        let closer = if is_object { b'}' } else { b']' };
        self.bytes[position..]
            .iter()
            .find(|byte| !is_whitespace(**byte))
            .is_some_and(|byte| *byte == b',' || *byte == closer)
    }

    /// Reads a string value that is not valid.
    #[cold]
    pub(super) fn recover_string(&mut self) -> State {
        let start = self.position;
        let owner = self.next_node();
        let mut flags = self.string(b'"', owner);
        let is_plain = |content: &[u8]| {
            let has_space_at = |end: Option<&u8>| end.is_none_or(|byte| *byte == b' ');
            let has_space = has_space_at(content.first()) || has_space_at(content.last());
            !has_space && content.iter().all(|byte| *byte < 0x7f)
        };
        if flags != 0 || !is_plain(&self.bytes[start + 1..self.position - 1]) {
            flags |= NOT_PLAIN;
        }
        self.push(Kind::String, start, self.position, flags);
        State::AfterValue
    }

    /// Reads a name that is not valid, or what is in its place.
    #[cold]
    pub(super) fn recover_name(&mut self) -> State {
        let start = self.position;
        let owner = self.owner();
        match self.byte() {
            Some(quote @ (b'"' | b'\'')) => {
                let flags = if quote == b'"' {
                    self.string(quote, owner)
                } else {
                    self.single_quoted(owner)
                };
                let close = usize::from(flags & UNTERMINATED == 0);
                self.intern(start + 1, self.position - close, flags & ESCAPED != 0);
            }
            // The trailing comma before it is already reported.
            Some(b'}') => return self.close(),
            None | Some(b']') => return State::AfterValue,
            Some(b',') => {
                self.error(
                    SyntaxErrorKind::ExtraComma,
                    Span::of(start, start + 1),
                    owner,
                );
                self.position += 1;
                self.skip_space();
                return State::Name;
            }
            Some(first @ (b'{' | b'[' | b':')) => {
                // A value without a name gets an empty one.
                let span = Span::of(start, start + 1);
                self.error(SyntaxErrorKind::NameNotString, span, owner);
                self.intern(start, start, false);
                if first != b':' {
                    return State::Value;
                }
            }
            Some(first) => {
                let end = self.token_end(start);
                let kind = if first.is_ascii_digit() || first == b'-' {
                    SyntaxErrorKind::NameNotString
                } else if self.text[start..].starts_with(is_bare) {
                    SyntaxErrorKind::BareName
                } else {
                    SyntaxErrorKind::UnexpectedCharacter
                };
                self.error(kind, Span::of(start, end), owner);
                self.position = end;
                self.intern(start, end, false);
            }
        }
        self.colon()
    }

    /// Reads what no valid value starts with, or what starts like one and is not.
    #[cold]
    pub(super) fn recover_value(&mut self, byte: u8) -> State {
        let start = self.position;
        let index = self.next_node();
        match byte {
            b'-' | b'0'..=b'9' => self.number(),
            b'\'' => {
                let flags = self.single_quoted(index);
                self.push(Kind::String, start, self.position, flags | NOT_PLAIN);
            }
            b'}' | b']' => {
                // In an array, `after_value` judges the closer.
                if self.is_in_object() {
                    return self.missing_value();
                }
                if self.frames.is_empty() {
                    self.error(
                        SyntaxErrorKind::UnexpectedCharacter,
                        Span::of(start, start + 1),
                        0,
                    );
                    return self.value_after(start);
                }
            }
            b':' if self.is_in_object() => {
                // A second colon: the value may follow it.
                let owner = self.owner();
                self.error(
                    SyntaxErrorKind::UnexpectedCharacter,
                    Span::of(start, start + 1),
                    owner,
                );
                return self.value_after(start);
            }
            b',' => {
                if self.is_in_object() {
                    return self.missing_value();
                }
                self.error(
                    SyntaxErrorKind::ExtraComma,
                    Span::of(start, start + 1),
                    self.owner(),
                );
                return self.value_after(start);
            }
            _ => {
                let end = self.token_end(start);
                let word = &self.text[start..end];
                let unsigned = word.trim_start_matches(['+', '-']);
                let (error, kind, flags) = match unsigned.to_ascii_lowercase().as_str() {
                    "nan" | "infinity" | "inf" => (SyntaxErrorKind::NotFinite, Kind::Invalid, 0),
                    "true" => (SyntaxErrorKind::ForeignLiteral, Kind::Boolean, TRUE),
                    "false" => (SyntaxErrorKind::ForeignLiteral, Kind::Boolean, 0),
                    "null" | "none" | "nil" => (SyntaxErrorKind::ForeignLiteral, Kind::Null, 0),
                    other if other.starts_with(|digit: char| digit.is_ascii_digit()) => {
                        (SyntaxErrorKind::PlusSign, Kind::Invalid, 0)
                    }
                    other
                        if other.len() > 1
                            && other.starts_with('.')
                            && other[1..].bytes().all(|byte| byte.is_ascii_digit()) =>
                    {
                        (SyntaxErrorKind::NoIntegerPart, Kind::Invalid, 0)
                    }
                    other if other.starts_with(is_bare) => {
                        (SyntaxErrorKind::BareWord, Kind::Invalid, 0)
                    }
                    _ => (SyntaxErrorKind::UnexpectedCharacter, Kind::Invalid, 0),
                };
                self.error(error, Span::of(start, end), index);
                self.position = end;
                self.push(kind, start, end, flags);
            }
        }
        State::AfterValue
    }

    /// The end of a run that is no token: a delimiter, or the white space before it. The run is at least
    /// one character long.
    fn token_end(&self, start: usize) -> usize {
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
    fn junk_end(&self, start: usize) -> usize {
        start + self.text[start..].chars().next().map_or(0, char::len_utf8)
    }

    /// Skips an array or object that is too deep inside others.
    #[cold]
    pub(super) fn skip_container(&mut self, is_object: bool) -> State {
        let start = self.position;
        let mut depth = 0_usize;
        let mut position = start;
        while let Some(byte) = self.bytes.get(position) {
            position += 1;
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'"' => {
                    while let Some(at) = memchr::memchr2(b'"', b'\\', &self.bytes[position..]) {
                        position += at + 1;
                        if self.bytes[position - 1] == b'"' {
                            break;
                        }
                        position += 1;
                    }
                }
                _ => {}
            }
        }
        let position = position.min(self.bytes.len());
        let kind = if is_object { Kind::Object } else { Kind::Array };
        let index = self.push(kind, start, self.nodes.len() + 1, 0);
        self.container_count += 1;
        self.displaced_ends.insert(index, position as u32);
        if !self.is_depth_reported {
            self.is_depth_reported = true;
            self.error(
                SyntaxErrorKind::NestingTooDeep,
                Span::of(start, start + 1),
                index,
            );
        }
        self.position = position;
        State::AfterValue
    }

    /// Reads digits that are not a valid number.
    fn number(&mut self) {
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
    fn string(&mut self, quote: u8, owner: u32) -> u32 {
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
    fn single_quoted(&mut self, owner: u32) -> u32 {
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

/// Whether a word without quotes may start with the character.
fn is_bare(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}
