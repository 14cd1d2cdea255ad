//! From text to [`Document`]: one pass, no recursion, linear in the text.
//!
//! The state machine knows the grammar of RFC 8259 and no more. What the strict scanners of [`scan`] do
//! not take goes to [`recover`] and [`recover_token`], which report it and find where to go on.

use std::collections::HashMap;
use std::str::Utf8Error;
use std::sync::OnceLock;

use crate::hash::RandomState;

use crate::document::{Document, Scratch, name_before};
use crate::names::Names;
use crate::node::{ESCAPED, Kind, MAX_SPELLINGS, MEMBER, Node, NodeId, SHADOWED, Span};
use crate::scan;
use crate::syntax_error::{SyntaxError, SyntaxErrorKind};

mod recover;
mod recover_token;

/// How many containers may be inside one another.
pub const MAX_DEPTH: usize = 128;
/// How many syntax errors a document keeps; all are counted.
pub const MAX_SYNTAX_ERRORS: usize = 10_000;
/// The longest text, in bytes: offsets have 32 bits.
pub const MAX_BYTES: usize = u32::MAX as usize;

/// The limits of a text; smaller in tests.
#[derive(Clone, Copy)]
struct Limits {
    bytes: usize,
    spellings: usize,
}

const LIMITS: Limits = Limits {
    bytes: MAX_BYTES,
    spellings: MAX_SPELLINGS,
};

impl<'a> Document<'a> {
    /// Parses a text. Never fails: see [`Document::syntax_errors`].
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        Self::parse_into(text, Scratch::default())
    }

    /// Parses bytes that are UTF-8, as [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-8.1)
    /// asks for.
    ///
    /// # Errors
    ///
    /// The bytes are not UTF-8: there are no offsets into a text then.
    pub fn parse_bytes(bytes: &'a [u8]) -> Result<Self, Utf8Error> {
        str::from_utf8(bytes).map(Self::parse)
    }

    /// As [`Document::parse`], in the memory of a document that is no longer needed.
    #[must_use]
    pub fn parse_into(text: &'a str, scratch: Scratch) -> Self {
        parse_limited(text, LIMITS, scratch)
    }
}

fn parse_limited(text: &str, limits: Limits, scratch: Scratch) -> Document<'_> {
    if text.len() > limits.bytes {
        return unread(SyntaxErrorKind::TooLarge, scratch);
    }
    let mut parser = Parser::new(text, limits, scratch);
    parser.run();
    let has_too_many_names = parser.has_too_many_names;
    let document = parser.finish();
    if has_too_many_names {
        return unread(SyntaxErrorKind::TooManyNames, document.into_scratch());
    }
    document
}

/// The document of a text that is beyond a limit: one invalid value.
fn unread(kind: SyntaxErrorKind, scratch: Scratch) -> Document<'static> {
    let mut parser = Parser::new("", LIMITS, scratch);
    parser.error(kind, Span::of(0, 0), 0);
    parser.push(Kind::Invalid, 0, 0, 0);
    parser.finish()
}

/// A byte order mark in UTF-8.
const BOM: &str = "\u{feff}";

/// An array or object that is not closed yet.
struct Frame {
    node: u32,
    is_object: bool,
    /// A bit for each spelling of a member so far, which spellings 64 apart share.
    spellings: u64,
    /// False guarantees that no two members have the same spelling.
    may_repeat: bool,
}

/// What the grammar expects at the position, white space skipped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A value.
    Value,
    /// A member's name; after an opening brace, or in recovery, a closer too.
    Name,
    /// A comma or a closer.
    AfterValue,
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    position: usize,
    nodes: Vec<Node>,
    container_count: usize,
    displaced_ends: HashMap<u32, u32, RandomState>,
    displaced_names: Vec<(u32, u32)>,
    names: Names<'a>,
    errors: Vec<SyntaxError>,
    error_count: usize,
    duplicates: Vec<(NodeId, NodeId)>,
    frames: Vec<Frame>,
    /// The name read last, for the value that follows: where it starts, its spelling, and how many
    /// errors there were before it.
    name_start: u32,
    spelling: u32,
    errors_before_name: usize,
    /// By canonical spelling: the object that had it last, and the member.
    last_members: Vec<(u32, u32)>,
    is_depth_reported: bool,
    limits: Limits,
    has_too_many_names: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, limits: Limits, scratch: Scratch) -> Self {
        let Scratch { mut nodes } = scratch;
        nodes.clear();
        // Payloads have a value for every 15 to 20 bytes. The bound keeps one long string from
        // reserving what it never needs.
        nodes.reserve((text.len() / 16 + 4).min(1 << 20));
        Self {
            text,
            bytes: text.as_bytes(),
            position: 0,
            nodes,
            container_count: 0,
            displaced_ends: HashMap::default(),
            displaced_names: Vec::new(),
            names: Names::default(),
            errors: Vec::new(),
            error_count: 0,
            duplicates: Vec::new(),
            frames: Vec::with_capacity(8),
            name_start: 0,
            spelling: 0,
            errors_before_name: 0,
            last_members: Vec::new(),
            is_depth_reported: false,
            limits,
            has_too_many_names: false,
        }
    }

    fn finish(self) -> Document<'a> {
        Document {
            text: self.text,
            nodes: self.nodes,
            container_count: self.container_count,
            displaced_ends: self.displaced_ends,
            displaced_names: self.displaced_names,
            spellings: self.names.spellings,
            syntax_errors: self.errors,
            syntax_error_count: self.error_count,
            duplicates: self.duplicates,
            places: OnceLock::new(),
        }
    }

    #[cold]
    fn error(&mut self, kind: SyntaxErrorKind, span: Span, owner: u32) {
        self.error_related(kind, span, owner, None);
    }

    #[cold]
    fn error_related(
        &mut self,
        kind: SyntaxErrorKind,
        span: Span,
        owner: u32,
        related: Option<Span>,
    ) {
        self.error_count += 1;
        if self.errors.len() >= MAX_SYNTAX_ERRORS {
            return;
        }
        // An error of a whole token starts before those found inside it.
        let key = |span: Span| (span.start, span.end);
        let before = |error: &SyntaxError| key(error.span) <= key(span);
        let at = self.errors.iter().rposition(before).map_or(0, |at| at + 1);
        self.errors.insert(
            at,
            SyntaxError {
                kind,
                span,
                owner: NodeId::new(owner),
                related,
            },
        );
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    /// The innermost open container, or the root.
    fn owner(&self) -> u32 {
        self.frames.last().map_or(0, |frame| frame.node)
    }

    fn is_in_object(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.is_object)
    }

    /// The number that the next value will have.
    fn next_node(&self) -> u32 {
        self.nodes.len() as u32
    }

    /// Adds a value to the innermost container. `tail` is as in [`Node`].
    fn push(&mut self, kind: Kind, start: usize, tail: usize, flags: u32) -> u32 {
        let number = self.next_node();
        let (spelling, member) = match self.frames.last_mut() {
            Some(frame) if frame.is_object => {
                let bit = 1 << (self.spelling % u64::BITS);
                frame.may_repeat |= frame.spellings & bit != 0;
                frame.spellings |= bit;
                // Without an error between name and value, the name is where `name_before` looks.
                if self.error_count > self.errors_before_name {
                    self.note_displaced_name(number, start);
                }
                (self.spelling, MEMBER)
            }
            _ => (0, 0),
        };
        let node = Node::new(start as u32, tail as u32, spelling, kind, flags | member);
        self.nodes.push(node);
        number
    }

    #[cold]
    fn note_displaced_name(&mut self, number: u32, start: usize) {
        let length = self.names.spellings[self.spelling as usize].length;
        if name_before(self.bytes, start as u32, length) != Some(self.name_start) {
            self.displaced_names.push((number, self.name_start));
        }
    }

    /// Skips white space and, with an error for each, comments.
    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'#') = self.byte() {
            let start = self.position;
            self.position = scan::skip_whitespace(self.bytes, start);
            if self.position == start && !self.skip_comment() {
                return;
            }
        }
    }

    fn run(&mut self) {
        if self.text.starts_with(BOM) {
            self.position = BOM.len();
            self.error(SyntaxErrorKind::ByteOrderMark, Span::of(0, BOM.len()), 0);
        }
        self.skip_space();
        if self.position >= self.bytes.len() {
            let end = Span::of(self.position, self.position);
            self.error(SyntaxErrorKind::Empty, end, 0);
            self.push(Kind::Invalid, self.position, self.position, 0);
            return;
        }
        let mut state = State::Value;
        loop {
            state = match state {
                State::Value => self.value(),
                State::Name => self.name(),
                State::AfterValue if self.frames.is_empty() => break,
                State::AfterValue => self.after_value(),
            };
        }
        self.skip_space();
        // If the root value is already invalid, do not also report trailing text.
        let is_value = (self.nodes.first()).is_some_and(|root| root.kind() != Kind::Invalid);
        if is_value && self.position < self.bytes.len() {
            let end = self.text.trim_end_matches([' ', '\t', '\n', '\r']).len();
            let span = Span::of(self.position, end);
            self.error(SyntaxErrorKind::TextAfterValue, span, 0);
        }
    }

    /// Reads a value.
    fn value(&mut self) -> State {
        let start = self.position;
        let Some(byte) = self.byte() else {
            return self.missing_value();
        };
        match byte {
            b'"' => {
                if let Some((end, flags)) = scan::string(self.bytes, start + 1) {
                    self.position = end;
                    self.push(Kind::String, start, end, flags);
                    State::AfterValue
                } else {
                    self.recover_string()
                }
            }
            b'{' | b'[' => self.open(byte == b'{'),
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                if let Some((end, kind, flags)) = scan::scalar(self.bytes, start) {
                    self.position = end;
                    self.push(kind, start, end, flags);
                    State::AfterValue
                } else {
                    self.recover_value(byte)
                }
            }
            _ => self.recover_value(byte),
        }
    }

    fn open(&mut self, is_object: bool) -> State {
        let start = self.position;
        if self.frames.len() == MAX_DEPTH {
            return self.skip_container(is_object);
        }
        let kind = if is_object { Kind::Object } else { Kind::Array };
        let node = self.push(kind, start, self.nodes.len() + 1, 0);
        self.frames.push(Frame {
            node,
            is_object,
            spellings: 0,
            may_repeat: false,
        });
        self.container_count += 1;
        self.position += 1;
        self.skip_space();
        match self.byte() {
            Some(b'}') if is_object => self.close(),
            Some(b']') if !is_object => self.close(),
            _ if is_object => State::Name,
            _ => State::Value,
        }
    }

    /// Closes the innermost container at the closer under the position.
    fn close(&mut self) -> State {
        self.position += 1;
        self.close_at(self.position);
        State::AfterValue
    }

    #[inline]
    fn close_at(&mut self, end: usize) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.nodes[frame.node as usize].tail = self.next_node();
        // Before the first error, every closer is where `Document::container_end` looks.
        if self.error_count > 0 {
            self.displaced_ends.insert(frame.node, end as u32);
        }
        if frame.is_object && (frame.may_repeat || self.names.has_escapes) {
            self.find_duplicates(frame.node);
        }
    }

    /// Marks the members of a finished object that a later one of the same name replaces.
    fn find_duplicates(&mut self, object: u32) {
        let end = self.nodes[object as usize].tail;
        self.last_members
            .resize(self.names.spellings.len(), (u32::MAX, 0));
        let mut member = object + 1;
        while member < end {
            let node = self.nodes[member as usize];
            let canonical = self.names.spellings[node.spelling()].canonical;
            let last = &mut self.last_members[canonical as usize];
            let (holder, earlier) = std::mem::replace(last, (object, member));
            if holder == object {
                self.nodes[earlier as usize].set(SHADOWED);
                let pair = (NodeId::new(earlier), NodeId::new(member));
                self.duplicates.push(pair);
            }
            member = node.next(member);
        }
    }

    /// Reads a member's name and its colon.
    fn name(&mut self) -> State {
        loop {
            let start = self.position;
            self.name_start = start as u32;
            self.errors_before_name = self.error_count;
            if self.byte() != Some(b'"') {
                return self.recover_name();
            }
            if let Some((spelling, end)) = self.names.predicted(self.bytes, start + 1) {
                self.spelling = spelling;
                self.position = end;
            } else if let Some((end, flags)) = scan::string(self.bytes, start + 1) {
                self.position = end;
                self.intern(start + 1, end - 1, flags & ESCAPED != 0);
                self.names.follows(self.spelling);
            } else {
                return self.recover_name();
            }
            // In compact text, most members are a string and follow one another without a space.
            let value = self.position + 1;
            let is_string = self.bytes[self.position..].starts_with(b":\"");
            let Some((end, flags)) = is_string
                .then(|| scan::string(self.bytes, value + 1))
                .flatten()
            else {
                return self.colon();
            };
            self.push(Kind::String, value, end, flags);
            self.position = end;
            if !self.bytes[end..].starts_with(b",\"") {
                return State::AfterValue;
            }
            self.position += 1;
        }
    }

    /// Numbers the name between the offsets.
    fn intern(&mut self, start: usize, end: usize, is_escaped: bool) {
        let raw = &self.text[start..end.max(start)];
        self.spelling = self.names.intern(raw, start, is_escaped);
        if self.names.spellings.len() > self.limits.spellings {
            // Stops reading; `parse_limited` discards what has been read.
            self.has_too_many_names = true;
            self.position = self.bytes.len();
        }
    }

    /// Skips the colon after a name.
    fn colon(&mut self) -> State {
        if self.byte() != Some(b':') {
            self.skip_space();
            if self.byte() != Some(b':') {
                return self.missing_colon();
            }
        }
        self.position += 1;
        self.skip_space();
        State::Value
    }

    /// Reads a comma or a closer.
    fn after_value(&mut self) -> State {
        self.skip_space();
        let is_object = self.is_in_object();
        match self.byte() {
            Some(b',') => {
                let comma = self.position;
                self.position += 1;
                self.skip_space();
                match self.byte() {
                    Some(b'}' | b']') => {
                        let span = Span::of(comma, comma + 1);
                        self.error(SyntaxErrorKind::TrailingComma, span, self.owner());
                        State::AfterValue
                    }
                    None => State::AfterValue,
                    Some(_) => Self::child(is_object),
                }
            }
            Some(b'}') if is_object => self.close(),
            Some(b']') if !is_object => self.close(),
            Some(byte) => self.recover_after_value(byte),
            None => self.unclosed(),
        }
    }

    /// What the next child of a container begins with.
    const fn child(is_object: bool) -> State {
        if is_object { State::Name } else { State::Value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str, limits: Limits) -> Vec<SyntaxErrorKind> {
        let document = parse_limited(text, limits, Scratch::default());
        let errors = document.syntax_errors().iter();
        errors.map(|error| error.kind).collect()
    }

    #[test]
    fn names_past_the_limit_are_one_error() {
        let text = r#"{ "a": [{ "b": 1, "a": 2 }, { "c" : 3, "d": 4 }, NaN], "b": 5 }"#;
        let limited = |spellings| Limits {
            spellings,
            ..LIMITS
        };
        for spellings in 1..4 {
            let found = errors(text, limited(spellings));
            assert_eq!(found, [SyntaxErrorKind::TooManyNames], "{spellings}");
        }
        assert_eq!(errors(text, limited(4)), [SyntaxErrorKind::NotFinite]);
    }

    #[test]
    fn a_text_past_the_limit_is_one_error() {
        let limited = |bytes| Limits { bytes, ..LIMITS };
        assert_eq!(errors("{}", limited(1)), [SyntaxErrorKind::TooLarge]);
        assert_eq!(errors("{}", limited(2)), []);
    }
}
