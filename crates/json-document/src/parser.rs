//! From text to [`Document`]: one pass, no recursion, linear in the text.
//!
//! The state machine knows the grammar of RFC 8259 and no more. Where it stops, the text is [repaired](crate::repair),
//! and read again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str::Utf8Error;
use std::sync::OnceLock;

use crate::hash::RandomState;

use crate::document::{Document, Scratch};
use crate::names::Names;
use crate::node::{ESCAPED, Kind, MAX_SPELLINGS, MEMBER, NOT_PLAIN, Node, NodeId, SHADOWED, Span};
use crate::repair::edit::{self, Edit};
use crate::repair::search;
use crate::scan;
use crate::sort::sort_by_key;
use crate::syntax_error::{MAX_SYNTAX_ERRORS, SyntaxError, SyntaxErrorKind};
use crate::vocabulary::{NoVocabulary, Vocabulary};

/// How many containers may be inside one another.
pub const MAX_DEPTH: usize = 128;
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
        Self::parse_with(text, &NoVocabulary, scratch)
    }

    /// As [`Document::parse_into`]. What the vocabulary expects helps to repair the text.
    pub(crate) fn parse_with(text: &'a str, vocabulary: &dyn Vocabulary, scratch: Scratch) -> Self {
        parse_limited(text, LIMITS, vocabulary, scratch)
    }
}

fn parse_limited<'a>(
    text: &'a str,
    limits: Limits,
    vocabulary: &dyn Vocabulary,
    scratch: Scratch,
) -> Document<'a> {
    if text.len() > limits.bytes {
        return unread(text, SyntaxErrorKind::TooLarge, scratch);
    }
    let mut parser = Parser::new(text, limits, scratch);
    let outcome = parser.run();
    let document = parser.finish(Cow::Borrowed(text), text);
    match outcome {
        Outcome::Read => document,
        Outcome::TooManyNames => {
            unread(text, SyntaxErrorKind::TooManyNames, document.into_scratch())
        }
        Outcome::Stopped => repaired(text, limits, vocabulary, document.into_scratch()),
    }
}

/// The document of a text that is not JSON: that of the repaired text, with places in the original.
#[cold]
fn repaired<'a>(
    text: &'a str,
    limits: Limits,
    vocabulary: &dyn Vocabulary,
    scratch: Scratch,
) -> Document<'a> {
    let start = if text.starts_with(BOM) { BOM.len() } else { 0 };
    let slips = search::find(text, start, vocabulary);
    let numbered = slips.iter().enumerate();
    let mut edits: Vec<(usize, &Edit)> = numbered
        .flat_map(|(slip, of)| of.edits.iter().map(move |edit| (slip, edit)))
        .collect();
    sort_by_key(&mut edits, |(_, edit)| (edit.span.start, edit.span.end));
    let in_order = edits.iter().map(|(_, edit)| *edit);
    let (repaired, map) = edit::apply(text, 0, text.len(), in_order);
    // Where the first edit of each slip is in the repaired text; of one that writes a value that is none,
    // the last.
    let mut places = vec![None; slips.len()];
    for (number, (slip, _)) in edits.iter().enumerate() {
        if places[*slip].is_none() || slips[*slip].is_invalid {
            places[*slip] = Some(map.edit_start(number));
        }
    }
    let places = places.into_iter().map(Option::unwrap_or_default);
    let mut parser = Parser::new(&repaired, limits, scratch);
    let outcome = parser.run();
    let document = parser.finish(Cow::Borrowed(""), text);
    match outcome {
        Outcome::Read => {
            let slips = slips.into_iter().zip(places);
            document.with_slips(repaired, map, slips.collect())
        }
        Outcome::TooManyNames => {
            unread(text, SyntaxErrorKind::TooManyNames, document.into_scratch())
        }
        Outcome::Stopped => {
            // Tests hold that a repaired text is JSON. If it is not, nothing is known of the text.
            debug_assert!(false, "not repaired: {text}\n{repaired}");
            unread(
                text,
                SyntaxErrorKind::UnexpectedCharacter,
                document.into_scratch(),
            )
        }
    }
}

/// The document of a text of which nothing is known: one invalid value.
fn unread(text: &str, kind: SyntaxErrorKind, scratch: Scratch) -> Document<'_> {
    let mut parser = Parser::new("", LIMITS, scratch);
    parser.error(kind, Span::of(0, 0), 0);
    parser.push(Kind::Invalid, 0, 0, 0);
    parser.finish(Cow::Borrowed(text), text)
}

/// How reading ended.
enum Outcome {
    Read,
    /// At something that is not JSON.
    Stopped,
    TooManyNames,
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
    /// A member's name.
    Name,
    /// A comma or a closer.
    AfterValue,
    /// Nothing: the text is not JSON.
    Stopped,
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    position: usize,
    nodes: Vec<Node>,
    container_count: usize,
    displaced_ends: HashMap<u32, u32, RandomState>,
    names: Names<'a>,
    /// The first [`MAX_SYNTAX_ERRORS`].
    errors: Vec<SyntaxError>,
    error_count: usize,
    duplicates: Vec<(NodeId, NodeId)>,
    frames: Vec<Frame>,
    /// The spelling of the name read last, for the value that follows.
    spelling: u32,
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
            names: Names::default(),
            errors: Vec::new(),
            error_count: 0,
            duplicates: Vec::new(),
            frames: Vec::with_capacity(8),
            spelling: 0,
            last_members: Vec::new(),
            is_depth_reported: false,
            limits,
            has_too_many_names: false,
        }
    }

    /// `text` is what was parsed, `source` is where it is from.
    fn finish<'s>(self, text: Cow<'s, str>, source: &'s str) -> Document<'s> {
        Document {
            source,
            text,
            map: None,
            nodes: self.nodes,
            container_count: self.container_count,
            displaced_ends: self.displaced_ends,
            spellings: self.names.spellings,
            syntax_error_count: self.error_count,
            syntax_errors: self.errors,
            duplicates: self.duplicates,
            places: OnceLock::new(),
        }
    }

    #[cold]
    fn error(&mut self, kind: SyntaxErrorKind, span: Span, owner: u32) {
        self.error_count += 1;
        if self.errors.len() == MAX_SYNTAX_ERRORS {
            return;
        }
        self.errors.push(SyntaxError {
            kind,
            span,
            owner: NodeId::new(owner),
            related: None,
            repair: None,
        });
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
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
                (self.spelling, MEMBER)
            }
            _ => (0, 0),
        };
        let node = Node::new(start as u32, tail as u32, spelling, kind, flags | member);
        self.nodes.push(node);
        number
    }

    fn skip_space(&mut self) {
        self.position = scan::skip_whitespace(self.bytes, self.position);
    }

    fn run(&mut self) -> Outcome {
        if self.text.starts_with(BOM) {
            self.position = BOM.len();
            self.error(SyntaxErrorKind::ByteOrderMark, Span::of(0, BOM.len()), 0);
        }
        self.skip_space();
        let mut state = State::Value;
        loop {
            state = match state {
                State::Value => self.value(),
                State::Name => self.name(),
                State::AfterValue if self.frames.is_empty() => break,
                State::AfterValue => self.after_value(),
                State::Stopped if self.has_too_many_names => return Outcome::TooManyNames,
                State::Stopped => return Outcome::Stopped,
            };
        }
        self.skip_space();
        if self.position < self.bytes.len() {
            return Outcome::Stopped;
        }
        Outcome::Read
    }

    /// Reads a value.
    fn value(&mut self) -> State {
        let start = self.position;
        let Some(byte) = self.byte() else {
            return State::Stopped;
        };
        match byte {
            b'"' => {
                if let Some((end, flags)) = scan::string(self.bytes, start + 1) {
                    self.position = end;
                    self.push(Kind::String, start, end, flags);
                    State::AfterValue
                } else {
                    self.string_with_lone_surrogates(start)
                }
            }
            b'{' | b'[' => self.open(byte == b'{'),
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                if let Some((end, kind, flags)) = scan::scalar(self.bytes, start) {
                    self.position = end;
                    self.push(kind, start, end, flags);
                    State::AfterValue
                } else {
                    State::Stopped
                }
            }
            _ => State::Stopped,
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
        // Without one that is too deep to be read, every closer is where `Document::container_end` looks.
        if !self.displaced_ends.is_empty() {
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
            if self.byte() != Some(b'"') {
                return State::Stopped;
            }
            if let Some((spelling, end)) = self.names.predicted(self.bytes, start + 1) {
                self.spelling = spelling;
                self.position = end;
            } else if let Some((end, flags)) = scan::string(self.bytes, start + 1) {
                self.position = end;
                self.intern(start + 1, end - 1, flags & ESCAPED != 0);
                self.names.follows(self.spelling);
            } else if let Some((end, surrogates)) = scan::lenient_string(self.bytes, start + 1) {
                self.position = end;
                self.intern(start + 1, end - 1, true);
                self.lone_surrogates(
                    &surrogates,
                    self.frames.last().map_or(0, |frame| frame.node),
                );
            } else {
                return State::Stopped;
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
                return State::Stopped;
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
                self.position += 1;
                self.skip_space();
                if is_object { State::Name } else { State::Value }
            }
            Some(b'}') if is_object => self.close(),
            Some(b']') if !is_object => self.close(),
            _ => State::Stopped,
        }
    }

    /// Reads a string value with escapes of halves of surrogate pairs, which the grammar allows.
    #[cold]
    fn string_with_lone_surrogates(&mut self, start: usize) -> State {
        let Some((end, surrogates)) = scan::lenient_string(self.bytes, start + 1) else {
            return State::Stopped;
        };
        let node = self.push(Kind::String, start, end, ESCAPED | NOT_PLAIN);
        self.lone_surrogates(&surrogates, node);
        self.position = end;
        State::AfterValue
    }

    #[cold]
    fn lone_surrogates(&mut self, offsets: &[usize], owner: u32) {
        for start in offsets {
            let span = Span::of(*start, start + 6);
            self.error(SyntaxErrorKind::LoneSurrogate, span, owner);
        }
    }

    /// Skips an array or object that is too deep inside others.
    #[cold]
    fn skip_container(&mut self, is_object: bool) -> State {
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
        if depth > 0 {
            return State::Stopped;
        }
        let kind = if is_object { Kind::Object } else { Kind::Array };
        let index = self.push(kind, start, self.nodes.len() + 1, 0);
        self.container_count += 1;
        self.displaced_ends.insert(index, position as u32);
        if !self.is_depth_reported {
            self.is_depth_reported = true;
            let span = Span::of(start, start + 1);
            self.error(SyntaxErrorKind::NestingTooDeep, span, index);
        }
        self.position = position;
        State::AfterValue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str, limits: Limits) -> Vec<SyntaxErrorKind> {
        let document = parse_limited(text, limits, &NoVocabulary, Scratch::default());
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
