//! Recovery between tokens: commas, colons and closers that are missing or too many.
//!
//! Each function reports one error and leaves the position where the state machine can go on. No
//! valid text comes here, so all of it is cold.

use super::{Parser, State};
use crate::node::{ESCAPED, Kind, NOT_PLAIN, Span, TRUE, UNTERMINATED};
use crate::scan::is_whitespace;
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
}

/// Whether a word without quotes may start with the character.
fn is_bare(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}
