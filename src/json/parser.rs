//! From text to [`Document`]: one pass, no recursion, linear in the text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::light::RandomState;

use super::document::{
    Document, FLAG_ESCAPED, FLAG_MEMBER, FLAG_ODD, FLAG_SHADOWED, FLAG_TRUE, FLAG_UNTERMINATED,
    Kind, MAX_SYMBOLS, Memory, Node, NodeId, Span, Symbol, name_before,
};
use super::names::{Names, UNKNOWN_NAME};
use super::problem::{Problem, ProblemKind};
use super::unescape::{hex4, unescape};
use crate::bytes::{self, HIGH, ONES};
use crate::light;
use crate::texts::{self, Texts};
use alike::{Alike, Open};

mod alike;

/// How many containers may be inside one another.
pub const MAX_DEPTH: usize = 128;
/// How many problems a document keeps; all are counted.
pub const MAX_PROBLEMS: usize = 10_000;
/// The longest text, in bytes: offsets have 32 bits.
pub const MAX_BYTES: usize = u32::MAX as usize;

/// What is read of a text, at most.
#[derive(Clone, Copy)]
struct Limits {
    bytes: usize,
    /// Spellings of names.
    names: usize,
    /// Whether objects are read by what those before look like, or each by itself: it gives the
    /// same.
    has_models: bool,
}

const LIMITS: Limits = Limits {
    bytes: MAX_BYTES,
    names: MAX_SYMBOLS,
    has_models: true,
};

/// A byte order mark in UTF-8.
const BOM: &str = "\u{feff}";

impl<'a> Document<'a> {
    /// Reads a text. Never fails: what is wrong is in [`Document::problems`].
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        Self::parse_limited(text, None, LIMITS, Memory::default())
    }

    /// As [`Document::parse`], in the memory of a document that is no longer needed. `known` are
    /// the names that are numbered in [`Document::name_numbers`].
    pub(crate) fn parse_in(text: &'a str, known: &'static Names, memory: Memory) -> Self {
        Self::parse_limited(text, Some(known), LIMITS, memory)
    }

    /// As [`Document::parse_in`], with other limits than [`LIMITS`].
    fn parse_limited(
        text: &'a str,
        known: Option<&'static Names>,
        limits: Limits,
        memory: Memory,
    ) -> Self {
        if text.len() > limits.bytes {
            return Self::unread(ProblemKind::TooLarge, memory);
        }
        let mut parser = Parser::new(text, known, limits, memory);
        parser.run();
        let has_too_many_names = parser.has_too_many_names;
        let document = parser.finish();
        if has_too_many_names {
            return Self::unread(ProblemKind::TooManyNames, document.into_memory());
        }
        document
    }

    /// In the place of a text that is too much.
    fn unread(problem: ProblemKind, memory: Memory) -> Self {
        let mut parser = Parser::new("", None, LIMITS, memory);
        parser.problem(problem, Span::of(0, 0), 0);
        parser.push(Kind::Invalid, 0, 0, 0);
        parser.finish()
    }
}

/// How many smaller elements may follow the model of an array before the next takes its place, for
/// the model was an exception.
const PATIENCE: u32 = 16;

/// An array or object that is not closed yet.
struct Frame {
    node: u32,
    /// The child that the next one is expected to look like, from the container that this one is
    /// expected to look like; `hint_end` where there is none.
    hint: u32,
    hint_end: u32,
    /// Of an array, the element that the next one is expected to look like, and how many values it
    /// is: the largest so far, and of equal ones the last, since what it has is easily passed over
    /// and what it lacks is not; see [`PATIENCE`]. 0 before there is one.
    model: u32,
    model_size: u32,
    /// How many since have been smaller.
    smaller: u32,
    count: u32,
    is_object: bool,
    /// Every name so far was the predicted one, so none can be double.
    predicted: bool,
}

impl Frame {
    /// Notes an element, which is all nodes up to `next`.
    fn element_ends(&mut self, element: u32, next: u32) {
        let size = next - element;
        self.smaller += 1;
        if size >= self.model_size || self.smaller > PATIENCE {
            (self.model, self.model_size, self.smaller) = (element, size, 0);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before a value.
    Value,
    /// Before a member's name; a closer may stand here.
    Name,
    /// Behind a value.
    After,
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    position: usize,
    nodes: Vec<Node>,
    container_count: usize,
    odd_ends: Vec<(u32, u32)>,
    odd_names: Vec<(u32, u32)>,
    symbols: Vec<Symbol>,
    /// Symbols by their text.
    by_text: Texts,
    known: Option<&'static Names>,
    name_numbers: Vec<u16>,
    problems: Vec<Problem>,
    problem_count: usize,
    /// Names that are written with escapes, unescaped.
    unescaped: HashMap<String, u32, RandomState>,
    duplicates: Vec<(NodeId, NodeId)>,
    frames: Vec<Frame>,
    /// Containers that are read with the object around them, see [`alike`].
    open: Open,
    /// The name read last, for the value that follows.
    name_start: u32,
    symbol: u32,
    /// That name and its colon stand right before the value.
    is_common: bool,
    /// The node that the next value is expected to look like, or 0.
    value_hint: u32,
    /// By canonical symbol: the object and member that had it last.
    seen: Vec<(u32, u32)>,
    too_deep: bool,
    limits: Limits,
    has_too_many_names: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, known: Option<&'static Names>, limits: Limits, memory: Memory) -> Self {
        let Memory { mut nodes } = memory;
        // Real payloads have a value for every 15 to 20 bytes. More grows by doubling; the
        // bound keeps one long string from reserving what it never needs.
        nodes.clear();
        nodes.reserve((text.len() / 16 + 4).min(1 << 20));
        // A small payload already has most of the names that a large one has.
        let names = (text.len() / 64).min(96);
        Self {
            text,
            bytes: text.as_bytes(),
            position: 0,
            nodes,
            container_count: 0,
            odd_ends: Vec::new(),
            odd_names: Vec::new(),
            symbols: Vec::with_capacity(names),
            by_text: Texts::with_capacity(names),
            known,
            name_numbers: Vec::with_capacity(names),
            problems: Vec::new(),
            problem_count: 0,
            unescaped: HashMap::default(),
            duplicates: Vec::new(),
            frames: Vec::with_capacity(8),
            open: Open::default(),
            name_start: 0,
            symbol: 0,
            is_common: false,
            value_hint: 0,
            seen: Vec::new(),
            too_deep: false,
            limits,
            has_too_many_names: false,
        }
    }

    fn finish(mut self) -> Document<'a> {
        // What is found at the end of a token may begin before what was found inside it.
        light::sort_by_key(&mut self.problems, |problem| {
            (problem.span.start, problem.span.end)
        });
        light::sort_by_key(&mut self.odd_ends, |(node, _)| *node);
        Document {
            text: self.text,
            nodes: self.nodes,
            container_count: self.container_count + self.open.count,
            odd_ends: self.odd_ends,
            odd_names: self.odd_names,
            symbols: self.symbols,
            name_numbers: self.name_numbers,
            problems: self.problems,
            problem_count: self.problem_count,
            duplicates: self.duplicates,
            parents: OnceLock::new(),
        }
    }

    #[cold]
    fn problem(&mut self, kind: ProblemKind, span: Span, owner: u32) {
        self.problem_with(kind, span, owner, None);
    }

    #[cold]
    fn problem_with(&mut self, kind: ProblemKind, span: Span, owner: u32, related: Option<Span>) {
        self.problem_count += 1;
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem {
                kind,
                span,
                owner: NodeId::new(owner),
                related,
            });
        }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    /// The innermost open container, or the root.
    fn owner(&self) -> u32 {
        self.frames.last().map_or(0, |frame| frame.node)
    }

    /// The number that the next value will have.
    fn next_node(&self) -> u32 {
        self.nodes.len() as u32
    }

    // Once a container: calls take 3 % of the parser's time. Not where size counts.
    #[cfg_attr(any(feature = "fast", not(target_arch = "wasm32")), inline(always))]
    #[cfg_attr(
        any(feature = "fast", not(target_arch = "wasm32")),
        expect(clippy::inline_always, reason = "measured")
    )]
    fn push(&mut self, kind: Kind, start: usize, end: usize, flags: u32) -> u32 {
        let index = self.next_node();
        let (symbol, member) = match self.frames.last_mut() {
            Some(frame) => {
                let element = frame.count;
                frame.count += 1;
                if frame.is_object {
                    (self.symbol, FLAG_MEMBER)
                } else {
                    (Node::index(element), 0)
                }
            }
            None => (0, 0),
        };
        if member != 0 && !std::mem::take(&mut self.is_common) {
            let length = self.symbols[symbol as usize].length;
            if name_before(self.bytes, start as u32, length) != Some(self.name_start) {
                self.odd_names.push((index, self.name_start));
            }
        }
        let is_container = matches!(kind, Kind::Array | Kind::Object);
        let tail = if is_container { index + 1 } else { end as u32 };
        let node = Node::new(start as u32, tail, symbol, kind, flags | member);
        self.nodes.push(node);
        self.container_count += usize::from(is_container);
        index
    }

    #[inline]
    fn skip_space(&mut self) {
        loop {
            self.position = behind_space(self.bytes, self.position);
            if !matches!(self.byte(), Some(b'/' | b'#')) || !self.skip_comment() {
                return;
            }
        }
    }

    /// A comment at the position is reported and passed over.
    #[cold]
    fn skip_comment(&mut self) -> bool {
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
        self.problem(ProblemKind::Comment, Span::of(start, start + length), owner);
        self.position += length;
        true
    }

    /// Where the token before a position ends: a comma in the comment behind it would be no comma.
    #[cold]
    fn token_end_before(&self, position: usize) -> usize {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let mut end = position;
        let mut problems = self.problems.iter().rev();
        loop {
            let before = self.bytes[..end].iter().rposition(|byte| !is_space(byte));
            end = before.map_or(end, |at| at + 1);
            match problems.next() {
                Some(problem)
                    if problem.kind == ProblemKind::Comment && problem.span.range().end == end =>
                {
                    end = problem.span.range().start;
                }
                _ => return end,
            }
        }
    }

    fn run(&mut self) {
        if self.text.starts_with(BOM) {
            self.position = BOM.len();
            self.problem(ProblemKind::ByteOrderMark, Span::of(0, BOM.len()), 0);
        }
        self.skip_space();
        if self.position >= self.bytes.len() {
            // A text of nothing but comments has had its finding for each; it is still empty.
            self.problem(
                ProblemKind::Empty,
                Span::of(self.position, self.position),
                0,
            );
            self.push(Kind::Invalid, self.position, self.position, 0);
            return;
        }
        let mut state = State::Value;
        loop {
            state = match state {
                State::Value => self.value(),
                State::Name => self.name(),
                State::After => {
                    if self.frames.is_empty() {
                        break;
                    }
                    self.after()
                }
            };
        }
        self.skip_space();
        // Behind what is no value at all, more of it is no news.
        let is_value = self
            .nodes
            .first()
            .is_some_and(|root| root.kind() != Kind::Invalid);
        if is_value && self.position < self.bytes.len() {
            let end = self.text.trim_end_matches([' ', '\t', '\n', '\r']).len();
            self.problem(ProblemKind::TextAfterValue, Span::of(self.position, end), 0);
        }
    }

    /// Reads a value at the position, white space skipped.
    #[inline]
    fn value(&mut self) -> State {
        let start = self.position;
        let Some(byte) = self.byte() else {
            return self.missing_value();
        };
        match byte {
            b'"' => {
                let (end, mut flags) = string_end(self.bytes, start + 1);
                if end > 0 {
                    self.position = end;
                } else {
                    let owner = self.next_node();
                    flags = self.string(b'"', owner);
                    if flags != 0 || !is_plain(&self.bytes[start + 1..self.position - 1]) {
                        flags |= FLAG_ODD;
                    }
                }
                self.push(Kind::String, start, self.position, flags);
                State::After
            }
            b'{' | b'[' => self.open(byte == b'{'),
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                if let Some((end, kind, flags)) = scalar(self.bytes, start) {
                    self.position = end;
                    self.push(kind, start, end, flags);
                    State::After
                } else if byte.is_ascii_alphabetic() {
                    self.odd_value(byte)
                } else {
                    self.number();
                    State::After
                }
            }
            _ => self.odd_value(byte),
        }
    }

    fn open(&mut self, is_object: bool) -> State {
        let start = self.position;
        if self.frames.len() == MAX_DEPTH {
            return self.pass_over_container(is_object);
        }
        let kind = if is_object { Kind::Object } else { Kind::Array };
        let hint = self.value_hint;
        let index = self.push(kind, start, start, 0);
        let (hint, hint_end) = match self.nodes.get(hint as usize) {
            Some(node) if hint != 0 && node.kind() == kind => (hint + 1, node.tail),
            _ => (0, 0),
        };
        self.frames.push(Frame {
            node: index,
            hint,
            hint_end,
            model: 0,
            model_size: 0,
            smaller: 0,
            count: 0,
            is_object,
            predicted: true,
        });
        self.position += 1;
        self.skip_space();
        match self.byte() {
            Some(b'}') if is_object => self.close(),
            Some(b']') if !is_object => self.close(),
            _ if is_object => State::Name,
            _ => {
                self.expect_element();
                State::Value
            }
        }
    }

    /// Predicts the next element of an array: it looks like one before, or like the first of the
    /// array before.
    fn expect_element(&mut self) {
        if let Some(frame) = self.frames.last() {
            self.value_hint = if frame.model != 0 {
                frame.model
            } else if frame.hint < frame.hint_end {
                frame.hint
            } else {
                0
            };
        }
    }

    /// Closes the innermost container at the closer under the position.
    #[inline]
    fn close(&mut self) -> State {
        self.position += 1;
        self.close_at(self.position);
        State::After
    }

    // Once a container: calls take 3 % of the parser's time. Not where size counts.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(clippy::inline_always, reason = "measured")
    )]
    fn close_at(&mut self, end: usize) {
        if let Some(frame) = self.frames.pop() {
            let next = self.next_node();
            self.nodes[frame.node as usize].tail = next;
            // Up to the first problem, nothing stands in the way of its closer.
            if self.problem_count > 0 {
                self.odd_ends.push((frame.node, end as u32));
            }
            if frame.is_object && !frame.predicted {
                self.find_duplicates(frame.node);
            }
            if let Some(array) = self.frames.last_mut()
                && !array.is_object
            {
                array.element_ends(frame.node, next);
            }
        }
    }

    /// Marks the members of a finished object that a later one of the same name replaces.
    fn find_duplicates(&mut self, object: u32) {
        let end = self.nodes[object as usize].tail;
        if self.has_distinct_names(object, end) {
            return;
        }
        let mut index = object + 1;
        while index < end {
            let node = self.nodes[index as usize];
            let canonical = self.symbols[node.symbol() as usize].canonical as usize;
            if canonical >= self.seen.len() {
                self.seen.resize(self.symbols.len(), (u32::MAX, 0));
            }
            let (holder, earlier) = self.seen[canonical];
            if holder == object {
                self.nodes[earlier as usize].set(FLAG_SHADOWED);
                let pair = (NodeId::new(earlier), NodeId::new(index));
                self.duplicates.push(pair);
            }
            self.seen[canonical] = (object, index);
            index = node.next(index);
        }
    }

    /// Whether the members from behind an object up to `end` have different names for certain: a
    /// bit each, where names are few, as in nearly every payload.
    fn has_distinct_names(&self, object: u32, end: u32) -> bool {
        let mut seen = [0_u64; 2];
        let mut is_distinct = self.symbols.len() <= 128;
        let mut index = object + 1;
        while is_distinct && index < end {
            let node = self.nodes[index as usize];
            let name = self.symbols[node.symbol() as usize].canonical;
            let (seen, bit) = (&mut seen[(name / 64 % 2) as usize], 1 << (name % 64));
            is_distinct = *seen & bit == 0;
            *seen |= bit;
            index = node.next(index);
        }
        is_distinct
    }

    /// Reads a member's name and its colon; whole members, as long as they look as expected.
    #[inline]
    fn name(&mut self) -> State {
        if self.limits.has_models
            && let Some(state) = self.expected_members()
        {
            return state;
        }
        let Some(frame) = self.frames.last_mut() else {
            return State::After;
        };
        self.name_start = self.position as u32;
        self.value_hint = 0;
        frame.predicted = false;
        let state = self.unpredicted_name();
        self.catch_up();
        state
    }

    /// Reads members that stand as in the expected object, and the name of one that it has too.
    /// None, and nothing read, if it has not the name under the position.
    fn expected_members(&mut self) -> Option<State> {
        let bytes = self.bytes;
        if light::IS_FAST && self.problem_count == 0 {
            match self.read_alike() {
                Alike::Nothing | Alike::Opened => {}
                Alike::Inside(last) => {
                    self.reopen(last);
                    return Some(State::After);
                }
                Alike::Behind => {
                    if bytes.get(self.position) != Some(&b',') {
                        return Some(State::After);
                    }
                    let next = behind_space(bytes, self.position + 1);
                    if bytes.get(next) != Some(&b'"') {
                        return Some(State::After);
                    }
                    self.position = next;
                }
            }
        }
        let frame = self.frames.last_mut()?;
        let (hint, colon) = expected_name(
            bytes,
            self.position,
            &self.nodes,
            &self.symbols,
            frame.hint..frame.hint_end,
        )?;
        let model = self.nodes[hint as usize];
        frame.hint = model.next(hint);
        let start = colon + 1 + usize::from(bytes.get(colon + 1) == Some(&b' '));
        self.value_hint = hint;
        self.name_start = self.position as u32;
        self.symbol = model.symbol();
        self.position = start;
        self.is_common = matches!(
            bytes.get(start),
            Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n')
        );
        self.skip_space();
        Some(State::Value)
    }

    /// Reads members that stand as in the expected object.
    fn read_alike(&mut self) -> Alike {
        let before = self.expected_start();
        let Some((frame, outer)) = self.frames.split_last_mut() else {
            return Alike::Nothing;
        };
        let (alike, position) = alike::read_members(
            self.bytes,
            &mut self.nodes,
            &mut self.open,
            (frame, outer.last_mut().filter(|array| !array.is_object)),
            before as u32,
            self.position as u32,
        );
        self.position = position as usize;
        alike
    }

    /// Where the next of the expected members begins in the text, in which nothing is wrong: its
    /// name is the first string behind the node before. 0, where nothing looks like a member, if
    /// there is none, or much white space before it.
    fn expected_start(&self) -> usize {
        match self.frames.last() {
            Some(frame) if frame.hint < frame.hint_end => {
                let node = self.nodes[frame.hint as usize - 1];
                let from = if node.is_container() {
                    node.start as usize + 1
                } else {
                    node.tail as usize
                };
                let rest = &self.bytes[from..];
                let place = match rest {
                    [b'"', ..] => Some(0),
                    [b',', b'"', ..] => Some(1),
                    _ => rest.iter().take(64).position(|byte| *byte == b'"'),
                };
                place.map_or(0, |place| from + place)
            }
            _ => 0,
        }
    }

    /// Makes frames of the containers that are open. `last` is the node of the model that was read
    /// last.
    fn reopen(&mut self, last: u32) {
        for place in 0..self.open.containers.len() {
            let (model, node) = self.open.containers[place];
            let child = self
                .open
                .containers
                .get(place + 1)
                .map_or(last, |inner| inner.0);
            let inner = self.nodes[child as usize];
            let model = self.nodes[model as usize];
            self.frames.push(Frame {
                node,
                hint: inner.next(child),
                hint_end: model.tail,
                model: 0,
                model_size: 0,
                smaller: 0,
                // Of an object it is not asked for.
                count: inner.symbol() + 1,
                is_object: model.kind() == Kind::Object,
                predicted: true,
            });
        }
        self.open.containers.clear();
    }

    /// After an unpredicted name: the prediction goes on behind it, if it is expected at all.
    fn catch_up(&mut self) {
        let symbol = self.symbol;
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let mut hint = frame.hint;
        for _ in 0..REACH {
            if hint >= frame.hint_end {
                return;
            }
            let node = self.nodes[hint as usize];
            let next = node.next(hint);
            if node.symbol() == symbol {
                self.value_hint = hint;
                frame.hint = next;
                return;
            }
            hint = next;
        }
    }

    fn unpredicted_name(&mut self) -> State {
        let start = self.position;
        let owner = self.owner();
        match self.byte() {
            Some(b'"') => {
                let (mut end, mut flags) = string_end(self.bytes, start + 1);
                if end > 0 {
                    self.position = end;
                } else {
                    flags = self.string(b'"', owner);
                    end = self.position + usize::from(flags & FLAG_UNTERMINATED != 0);
                }
                self.intern(start + 1, end - 1, flags & FLAG_ESCAPED != 0);
            }
            Some(b'\'') => {
                let flags = self.single_quoted(owner);
                let close = usize::from(flags & FLAG_UNTERMINATED == 0);
                self.intern(start + 1, self.position - close, flags & FLAG_ESCAPED != 0);
            }
            Some(b'}') => {
                // Behind a comma: `after` has reported it.
                return self.close();
            }
            None | Some(b']') => return State::After,
            Some(b',') => {
                self.problem(ProblemKind::ExtraComma, Span::of(start, start + 1), owner);
                self.position += 1;
                self.skip_space();
                return State::Name;
            }
            Some(b'{' | b'[') => {
                // A value without a name: it is read, under an empty name, and kept.
                self.problem(
                    ProblemKind::NameNotString,
                    Span::of(start, start + 1),
                    owner,
                );
                self.intern(start, start, false);
                return State::Value;
            }
            Some(b':') => {
                self.problem(
                    ProblemKind::NameNotString,
                    Span::of(start, start + 1),
                    owner,
                );
                self.intern(start, start, false);
            }
            Some(first) => {
                let end = self.token_end(start);
                let kind = if first.is_ascii_digit() || first == b'-' {
                    ProblemKind::NameNotString
                } else if self.text[start..].starts_with(is_bare) {
                    ProblemKind::BareName
                } else {
                    ProblemKind::UnexpectedCharacter
                };
                self.problem(kind, Span::of(start, end), owner);
                self.intern(start, end, false);
                self.position = end;
            }
        }
        self.colon()
    }

    /// Gives the name between the offsets its number.
    fn intern(&mut self, start: usize, end: usize, escaped: bool) {
        let text = self.text;
        let raw = &text[start..end.max(start)];
        let hash = texts::short_hash(raw.as_bytes());
        if let Some(symbol) = self.find_symbol(hash, raw) {
            self.symbol = symbol;
            return;
        }
        if self.symbols.len() >= self.limits.names {
            // Nothing is read any more, and what has been is left out, see `parse_limited`.
            self.has_too_many_names = true;
            self.position = self.bytes.len();
            return;
        }
        let symbol = self.symbols.len() as u32;
        let (canonical, name) = if escaped {
            self.escaped(unescape(raw), symbol)
        } else {
            let canonical = self.unescaped.get(raw).copied().unwrap_or(symbol);
            let name = self.known.and_then(|known| known.find_hashed(hash, raw));
            (canonical, name)
        };
        self.symbols.push(Symbol {
            start: start as u32,
            length: raw.len() as u32,
            canonical,
            escaped,
            is_common: start > 0
                && self.bytes[start - 1] == b'"'
                && self.bytes[end.max(start)..].starts_with(b"\":"),
        });
        self.name_numbers.push(name.unwrap_or(UNKNOWN_NAME));
        self.by_text.push(hash, symbol);
        self.symbol = symbol;
    }

    /// The symbol of a name as it is written.
    fn find_symbol(&self, hash: u32, raw: &str) -> Option<u32> {
        let is_it = |symbol: u32| {
            let symbol = &self.symbols[symbol as usize];
            let start = symbol.start as usize;
            self.bytes[start..start + symbol.length as usize] == *raw.as_bytes()
        };
        self.by_text.find(hash, is_it).ok()
    }

    /// Of a new name that is written with escapes: the number that stands for all its spellings,
    /// and the one by which it is known. `symbol` is its own.
    #[cold]
    fn escaped(&mut self, name: String, symbol: u32) -> (u32, Option<u16>) {
        let hash = texts::short_hash(name.as_bytes());
        let known = self.known.and_then(|known| known.find_hashed(hash, &name));
        let plain = self.find_symbol(hash, &name);
        let plain = plain.map(|other| self.symbols[other as usize]);
        let canonical = match plain.filter(|other| !other.escaped) {
            Some(other) => other.canonical,
            None => *self.unescaped.entry(name).or_insert(symbol),
        };
        (canonical, known)
    }

    /// Passes over the colon behind a name.
    #[inline]
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

    #[cold]
    fn missing_colon(&mut self) -> State {
        let owner = self.owner();
        let position = self.position;
        match self.byte() {
            Some(b'=' | b';') => {
                // `=`, `=>` and `==`, as other languages write it; `;` is a slip of the finger.
                while matches!(self.byte(), Some(b'=' | b'>' | b';')) {
                    self.position += 1;
                }
                self.problem(
                    ProblemKind::MissingColon,
                    Span::of(position, self.position),
                    owner,
                );
                self.skip_space();
            }
            Some(b',' | b'}' | b']') | None => {
                // Neither colon nor value: one finding for both.
                let index = self.next_node();
                self.push(Kind::Invalid, position, position, 0);
                // At the text's end, what is unclosed is reported, which says it all.
                if position < self.bytes.len() {
                    self.problem(
                        ProblemKind::MissingColon,
                        Span::of(position, position),
                        index,
                    );
                }
                return State::After;
            }
            Some(_) => self.problem(
                ProblemKind::MissingColon,
                Span::of(position, position),
                owner,
            ),
        }
        State::Value
    }

    #[cold]
    fn missing_value(&mut self) -> State {
        let index = self.next_node();
        // The text's end: the containers around it are reported as unclosed, which says it all.
        if self.position < self.bytes.len() {
            self.problem(
                ProblemKind::MissingValue,
                Span::of(self.position, self.position),
                index,
            );
        }
        self.push(Kind::Invalid, self.position, self.position, 0);
        State::After
    }

    /// Behind a value: a comma or a closer is due.
    #[inline]
    fn after(&mut self) -> State {
        self.skip_space();
        match (self.byte(), self.frames.last()) {
            (Some(b','), Some(frame)) => {
                let is_object = frame.is_object;
                let comma = self.position;
                self.position += 1;
                self.skip_space();
                match self.byte() {
                    Some(b'}' | b']') => {
                        let owner = self.owner();
                        self.problem(
                            ProblemKind::TrailingComma,
                            Span::of(comma, comma + 1),
                            owner,
                        );
                        State::After
                    }
                    None => State::After,
                    Some(_) if is_object => State::Name,
                    Some(_) => {
                        self.expect_element();
                        State::Value
                    }
                }
            }
            (Some(b'}'), Some(frame)) if frame.is_object => self.close(),
            (Some(b']'), Some(frame)) if !frame.is_object => self.close(),
            (Some(byte), Some(_)) => self.odd_follower(byte),
            (None, _) => self.unclosed(),
            (_, None) => State::After,
        }
    }

    /// The text has ended: everything still open is closed, with one finding for all.
    #[cold]
    fn unclosed(&mut self) -> State {
        let end = self.bytes.len();
        if let Some(frame) = self.frames.last() {
            let owner = frame.node;
            let opener = self.nodes[owner as usize].start as usize;
            self.problem_with(
                ProblemKind::Unclosed,
                Span::of(end, end),
                owner,
                Some(Span::of(opener, opener + 1)),
            );
        }
        while !self.frames.is_empty() {
            self.close_at(end);
        }
        State::After
    }

    /// Something other than a comma or the right closer stands behind a value.
    #[cold]
    fn odd_follower(&mut self, byte: u8) -> State {
        let owner = self.owner();
        let position = self.position;
        let is_object = self.frames.last().is_some_and(|frame| frame.is_object);
        match byte {
            b'}' | b']' => {
                let wanted = byte == b'}';
                let opens = self.frames.iter().any(|frame| frame.is_object == wanted);
                if !opens && self.goes_on_behind(position + 1, is_object) {
                    self.problem(
                        ProblemKind::UnexpectedCharacter,
                        Span::of(position, position + 1),
                        owner,
                    );
                    self.position += 1;
                    return State::After;
                }
                let opener = self.nodes[owner as usize].start as usize;
                self.problem_with(
                    ProblemKind::MismatchedCloser,
                    Span::of(position, position + 1),
                    owner,
                    Some(Span::of(opener, opener + 1)),
                );
                if opens {
                    // It closes a container further out; the ones inside lack theirs.
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
                self.problem(ProblemKind::MissingComma, Span::of(before, before), owner);
                if is_object {
                    State::Name
                } else {
                    self.expect_element();
                    State::Value
                }
            }
            _ => {
                // `;`, `:` and other strays are read as a comma.
                let end = self.junk_end(position);
                self.problem(
                    ProblemKind::UnexpectedCharacter,
                    Span::of(position, end),
                    owner,
                );
                self.position = end;
                self.skip_space();
                match self.byte() {
                    Some(b',' | b'}' | b']') | None => State::After,
                    Some(_) if is_object => State::Name,
                    Some(_) => {
                        self.expect_element();
                        State::Value
                    }
                }
            }
        }
    }

    /// Passes over one character that has its finding; the value is read behind it.
    fn value_behind(&mut self, start: usize) -> State {
        self.position = start + 1;
        self.skip_space();
        State::Value
    }

    /// Whether the innermost container goes on or ends at the position, white space skipped: a
    /// closer before it that fits nothing is one too many, not the wrong one.
    fn goes_on_behind(&self, position: usize, is_object: bool) -> bool {
        let closer = if is_object { b'}' } else { b']' };
        self.bytes[position..]
            .iter()
            .find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
            .is_some_and(|byte| *byte == b',' || *byte == closer)
    }

    /// No value starts with this byte, but something stands here.
    #[cold]
    fn odd_value(&mut self, byte: u8) -> State {
        let start = self.position;
        let index = self.next_node();
        match byte {
            b'\'' => {
                let flags = self.single_quoted(index);
                self.push(Kind::String, start, self.position, flags | FLAG_ODD);
            }
            b'}' | b']' => {
                // Behind a colon, or behind `[`: the closer is judged there.
                if self.frames.last().is_some_and(|frame| frame.is_object) {
                    return self.missing_value();
                }
                if self.frames.is_empty() {
                    self.problem(
                        ProblemKind::UnexpectedCharacter,
                        Span::of(start, start + 1),
                        0,
                    );
                    return self.value_behind(start);
                }
            }
            b':' if self.frames.last().is_some_and(|frame| frame.is_object) => {
                // A second colon: the value may stand behind it.
                let owner = self.owner();
                self.problem(
                    ProblemKind::UnexpectedCharacter,
                    Span::of(start, start + 1),
                    owner,
                );
                return self.value_behind(start);
            }
            b',' => {
                if self.frames.last().is_some_and(|frame| frame.is_object) {
                    return self.missing_value();
                }
                self.problem(
                    ProblemKind::ExtraComma,
                    Span::of(start, start + 1),
                    self.owner(),
                );
                return self.value_behind(start);
            }
            _ => {
                let end = self.token_end(start);
                let word = &self.text[start..end];
                let unsigned = word.trim_start_matches(['+', '-']);
                let (problem, kind, flags) = match unsigned.to_ascii_lowercase().as_str() {
                    "nan" | "infinity" | "inf" => (ProblemKind::NotFinite, Kind::Invalid, 0),
                    "true" => (ProblemKind::ForeignLiteral, Kind::Boolean, FLAG_TRUE),
                    "false" => (ProblemKind::ForeignLiteral, Kind::Boolean, 0),
                    "null" | "none" | "nil" => (ProblemKind::ForeignLiteral, Kind::Null, 0),
                    other if other.starts_with(|digit: char| digit.is_ascii_digit()) => {
                        (ProblemKind::PlusSign, Kind::Invalid, 0)
                    }
                    other
                        if other.len() > 1
                            && other.starts_with('.')
                            && other[1..].bytes().all(|byte| byte.is_ascii_digit()) =>
                    {
                        (ProblemKind::NoIntegerPart, Kind::Invalid, 0)
                    }
                    other if other.starts_with(is_bare) => {
                        (ProblemKind::BareWord, Kind::Invalid, 0)
                    }
                    _ => (ProblemKind::UnexpectedCharacter, Kind::Invalid, 0),
                };
                self.problem(problem, Span::of(start, end), index);
                self.position = end;
                self.push(kind, start, end, flags);
            }
        }
        State::After
    }

    /// The end of a run that is no token: up to white space that a delimiter follows, or a
    /// delimiter. At least one character long.
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

    /// After one character that means nothing here.
    fn junk_end(&self, start: usize) -> usize {
        start + self.text[start..].chars().next().map_or(0, char::len_utf8)
    }

    /// An array or object that is too deep inside others is passed over.
    #[cold]
    fn pass_over_container(&mut self, is_object: bool) -> State {
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
        let index = self.push(kind, start, position, 0);
        self.odd_ends.push((index, position as u32));
        if !self.too_deep {
            self.too_deep = true;
            self.problem(
                ProblemKind::NestingTooDeep,
                Span::of(start, start + 1),
                index,
            );
        }
        self.position = position;
        State::After
    }

    /// Reads a number, RFC 8259 section 6.
    #[inline]
    fn number(&mut self) {
        let start = self.position;
        let mut position = start + usize::from(self.bytes[start] == b'-');
        let digits = |position: usize| {
            self.bytes[position.min(self.bytes.len())..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count()
        };
        let integer = digits(position);
        let leading_zero = integer > 1 && self.bytes[position] == b'0';
        position += integer;
        let mut slip = None;
        if integer == 0 {
            slip = Some(ProblemKind::InvalidNumber);
        } else if leading_zero {
            slip = Some(ProblemKind::LeadingZero);
        }
        if self.bytes.get(position) == Some(&b'.') {
            let fraction = digits(position + 1);
            position += 1 + fraction;
            if integer == 0 && fraction > 0 {
                slip = Some(ProblemKind::NoIntegerPart);
            } else if fraction == 0 {
                slip = slip.or(Some(ProblemKind::NoFractionDigits));
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
                slip = slip.or(Some(ProblemKind::NoExponentDigits));
            }
        }
        if self
            .bytes
            .get(position)
            .is_some_and(|byte| !ends_token(*byte))
        {
            position = self.token_end(start).max(position);
            slip = Some(self.not_a_number(start, position));
        }
        // A time or date without quotes: no value has a colon right before a digit.
        if self.bytes.get(position) == Some(&b':')
            && self.bytes.get(position + 1).is_some_and(u8::is_ascii_digit)
        {
            position += self.bytes[position..]
                .iter()
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'.' | b'+' | b'-')
                })
                .count();
            slip = Some(ProblemKind::InvalidNumber);
        }
        let kind = match slip {
            Some(slip) => {
                let index = self.next_node();
                self.problem(slip, Span::of(start, position), index);
                Kind::Invalid
            }
            None => Kind::Number,
        };
        self.position = position;
        self.push(kind, start, position, 0);
    }

    #[cold]
    fn not_a_number(&self, start: usize, end: usize) -> ProblemKind {
        match self.text[start..end].to_ascii_lowercase().as_str() {
            "-infinity" | "-inf" | "-nan" => ProblemKind::NotFinite,
            _ => ProblemKind::InvalidNumber,
        }
    }

    /// Reads a string from its opening quote. The position is then behind the closing quote, or
    /// at the end of an unterminated one.
    #[inline]
    fn string(&mut self, quote: u8, owner: u32) -> u32 {
        let start = self.position;
        let mut position = start + 1;
        let mut flags = 0;
        let mut controls = false;
        // Known to go on behind a raw line break: decided once, so that many cost no more.
        let mut goes_on = false;
        loop {
            position = find_special(self.bytes, position, quote);
            match self.bytes.get(position) {
                Some(b'\\')
                    if matches!(self.bytes.get(position + 1), Some(b'\n' | b'\r'))
                        && (goes_on || self.goes_on(position + 1, quote)) =>
                {
                    goes_on = true;
                    flags |= FLAG_ESCAPED;
                    let break_end = if self.bytes[position + 1..].starts_with(b"\r\n") {
                        position + 3
                    } else {
                        position + 2
                    };
                    let span = Span::of(position, break_end);
                    self.problem(ProblemKind::InvalidEscape, span, owner);
                    position = break_end;
                }
                Some(b'\\') => {
                    flags |= FLAG_ESCAPED;
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
                    // Ends with its line; a comma there is the one behind the string.
                    let line = &self.text[start + 1..position];
                    let line = line.trim_end_matches([' ', '\t', '\r']);
                    let line = line.strip_suffix(',').unwrap_or(line);
                    position = start + 1 + line.len();
                    return self.unterminated(start, position, flags, owner);
                }
                Some(byte) => {
                    goes_on |= matches!(byte, b'\n' | b'\r');
                    if !controls {
                        // One finding a string, at its first.
                        controls = true;
                        self.problem(
                            ProblemKind::ControlCharacter,
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

    /// A string in single quotes, which is one finding with or without its end.
    #[cold]
    fn single_quoted(&mut self, owner: u32) -> u32 {
        let start = self.position;
        let flags = self.string(b'\'', owner);
        if flags & FLAG_UNTERMINATED == 0 {
            let span = Span::of(start, self.position);
            self.problem(ProblemKind::SingleQuotes, span, owner);
        }
        flags
    }

    #[cold]
    fn unterminated(&mut self, start: usize, end: usize, flags: u32, owner: u32) -> u32 {
        self.problem(ProblemKind::UnterminatedString, Span::of(start, end), owner);
        self.position = end;
        flags | FLAG_UNTERMINATED
    }

    /// Whether a string with a raw line break at the position goes on behind it: its closing
    /// quote comes before any other, and something that may follow a string stands behind that.
    #[cold]
    fn goes_on(&self, position: usize, quote: u8) -> bool {
        let rest = &self.bytes[position..];
        let Some(close) = memchr::memchr(quote, rest) else {
            return false;
        };
        rest[close + 1..]
            .iter()
            .find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
            .is_none_or(|byte| matches!(byte, b',' | b'}' | b']' | b':'))
    }

    /// Checks an escape at its backslash and returns the offset behind it.
    #[inline]
    fn escape(&mut self, position: usize, quote: u8, owner: u32) -> usize {
        match self.bytes.get(position + 1) {
            Some(byte) if is_escape(*byte) => position + 2,
            Some(b'u') => self.unicode_escape(position, owner),
            Some(byte) => {
                // Of a character beyond ASCII, the whole character.
                let end = match byte {
                    b'\n' | b'\r' => return position + 1,
                    _ => self.junk_end(position + 1),
                };
                if *byte != quote || quote == b'"' {
                    self.problem(ProblemKind::InvalidEscape, Span::of(position, end), owner);
                }
                end
            }
            None => position + 1,
        }
    }

    fn unicode_escape(&mut self, position: usize, owner: u32) -> usize {
        let end = position + 6;
        let Some(unit) = hex4(&self.bytes[position + 2..]) else {
            let digits = self.bytes[position + 2..]
                .iter()
                .take(4)
                .take_while(|byte| byte.is_ascii_hexdigit())
                .count();
            let end = position + 2 + digits;
            self.problem(
                ProblemKind::InvalidUnicodeEscape,
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
        self.problem(ProblemKind::LoneSurrogate, Span::of(position, end), owner);
        end
    }
}

/// How many of the expected members are tried for a name: optional ones may be left out.
const TRIES: usize = 4;

/// How many of the expected members are looked through for a name that was not among the first: a
/// bound, so that an object costs no more than its members.
const REACH: usize = 16;

/// The first of the next few expected members that has the name at the position, written as usual,
/// and the offset of the colon. `expected` are siblings.
#[inline]
fn expected_name(
    bytes: &[u8],
    position: usize,
    nodes: &[Node],
    symbols: &[Symbol],
    expected: Range<u32>,
) -> Option<(u32, usize)> {
    let mut hint = expected.start;
    for _ in 0..TRIES {
        if hint >= expected.end {
            break;
        }
        let model = &nodes[hint as usize];
        let symbol = &symbols[model.symbol() as usize];
        if symbol.is_common && !model.is_shadowed() {
            // With quotes and colon.
            let from = symbol.start as usize - 1;
            let length = symbol.length as usize + 3;
            let here = bytes.get(position..position + length)?;
            if is_same(here, &bytes[from..from + length]) {
                return Some((hint, position + length - 1));
            }
        }
        hint = model.next(hint);
    }
    None
}

/// The first offset from `position` on at which no white space stands.
#[inline]
fn behind_space(bytes: &[u8], mut position: usize) -> usize {
    while let Some(space @ (b' ' | b'\n' | b'\r' | b'\t')) = bytes.get(position) {
        position += 1;
        if *space == b'\n' {
            position = behind_indent(bytes, position);
        }
    }
    position
}

/// The first offset from `position` on at which no space stands, where a line has begun: most have
/// many, so that eight are looked at in one step.
fn behind_indent(bytes: &[u8], mut position: usize) -> usize {
    while let Some(eight) = bytes.get(position..).and_then(<[u8]>::first_chunk) {
        let others = u64::from_le_bytes(*eight) ^ u64::from_le_bytes(*b"        ");
        if others != 0 {
            return position + others.trailing_zeros() as usize / 8;
        }
        position += 8;
    }
    position
}

/// Whether a word without quotes begins with the character.
fn is_bare(character: char) -> bool {
    crate::text::unicode::is_alphanumeric(character) || matches!(character, '_' | '$')
}

/// Whether two slices of one length are the same. Names are short, and two loads each are faster
/// than a call of `memcmp`.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    match a.len() {
        8..=16 => a.first_chunk::<8>() == b.first_chunk() && a.last_chunk::<8>() == b.last_chunk(),
        17..=32 => {
            a.first_chunk::<16>() == b.first_chunk() && a.last_chunk::<16>() == b.last_chunk()
        }
        4..8 => a.first_chunk::<4>() == b.first_chunk() && a.last_chunk::<4>() == b.last_chunk(),
        _ => a == b,
    }
}

/// Whether a string's content, which has no control characters and no escapes, is what
/// [`FLAG_ODD`] excepts.
#[inline]
fn is_plain(content: &[u8]) -> bool {
    let ([first, .., last] | [first @ last]) = content else {
        return false;
    };
    // 0x7f and above have the high bit once one is added; no byte of UTF-8 is 0xff, so that
    // nothing is carried.
    let is_right = |word: u64| word.wrapping_add(ONES) & HIGH == 0;
    *first != b' ' && *last != b' ' && bytes::all_words(content, is_right)
}

/// Whether a token may end before this byte.
const fn ends_token(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b'}' | b']' | b'{' | b'[' | b'"' | b'/' | b'#'
    )
}

/// The offset behind a string in which nothing is wrong, from behind its opening quote on, with its
/// flags. 0 for any other.
#[inline]
fn string_end(bytes: &[u8], start: usize) -> (usize, u32) {
    if light::IS_FAST {
        let end = plain_end(bytes, start);
        if end > 0 {
            return (end, 0);
        }
    }
    odd_end(bytes, start)
}

/// As [`string_end`], for most strings: those that are not odd, see [`FLAG_ODD`], and not among the
/// text's last bytes.
// Inlined, as calls take a tenth of the parser's time. Not where size counts.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::inline_always, reason = "measured")
)]
fn plain_end(bytes: &[u8], start: usize) -> usize {
    let mark = |at: usize| {
        let block = bytes.get(at..at + light::BLOCK)?.first_chunk()?;
        light::first_mark(*block).map(|mark| at + mark)
    };
    // Two blocks at hand: few strings are longer.
    let close = mark(start)
        .or_else(|| mark(start + light::BLOCK))
        .unwrap_or_else(|| far_mark(bytes, start + 2 * light::BLOCK));
    let is_plain = close > start
        && bytes.get(close) == Some(&b'"')
        && bytes[start] != b' '
        && bytes[close - 1] != b' ';
    if is_plain { close + 1 } else { 0 }
}

/// The first mark, see [`light::first_mark`], from `position` on; 0 if there is none before the
/// text's last bytes.
#[inline(never)]
fn far_mark(bytes: &[u8], mut position: usize) -> usize {
    while let Some(block) = bytes.get(position..).and_then(<[u8]>::first_chunk) {
        if let Some(mark) = light::first_mark(*block) {
            return position + mark;
        }
        position += block.len();
    }
    0
}

/// As [`string_end`], for strings that are odd, and others.
#[inline(never)]
fn odd_end(bytes: &[u8], start: usize) -> (usize, u32) {
    let mut position = start;
    let mut flags = 0;
    loop {
        position = find_special(bytes, position, b'"');
        position += match bytes.get(position..) {
            Some([b'"', ..]) => {
                if flags != 0 || !is_plain(&bytes[start..position]) {
                    flags |= FLAG_ODD;
                }
                return (position + 1, flags);
            }
            Some([b'\\', b'u', digits @ ..]) => match hex4(digits) {
                // Surrogates may lack the other half.
                Some(0xd800..0xe000) | None => return (0, 0),
                Some(_) => 6,
            },
            Some([b'\\', escaped, ..]) if is_escape(*escaped) => 2,
            _ => return (0, 0),
        };
        flags = FLAG_ESCAPED;
    }
}

/// Whether the byte may stand behind a backslash, with nothing more to it.
const fn is_escape(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')
}

/// The offset behind a literal or a number, with its kind and flags; none if anything is wrong with it,
/// and for numbers that are written with an exponent.
#[inline(never)]
fn scalar(bytes: &[u8], start: usize) -> Option<(usize, Kind, u32)> {
    let rest = &bytes[start..];
    let (length, kind, flags) = match rest {
        [b't', b'r', b'u', b'e', ..] => (4, Kind::Boolean, FLAG_TRUE),
        [b'f', b'a', b'l', b's', b'e', ..] => (5, Kind::Boolean, 0),
        [b'n', b'u', b'l', b'l', ..] => (4, Kind::Null, 0),
        _ => (number_length(rest)?, Kind::Number, 0),
    };
    let ends = match rest.get(length) {
        // What follows may belong to a time without quotes.
        Some(b':') => kind != Kind::Number,
        next => next.is_none_or(|byte| ends_token(*byte)),
    };
    ends.then_some((start + length, kind, flags))
}

/// The length of a number without exponent, RFC 8259 section 6.
fn number_length(rest: &[u8]) -> Option<usize> {
    let digits = |rest: &[u8]| rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let minus = usize::from(rest.starts_with(b"-"));
    let integer = &rest[minus..];
    let length = match digits(integer) {
        0 => return None,
        1 => minus + 1,
        _ if integer[0] == b'0' => return None,
        length => minus + length,
    };
    match rest.get(length) {
        Some(b'.') => match digits(&rest[length + 1..]) {
            0 => None,
            fraction => Some(length + 1 + fraction),
        },
        _ => Some(length),
    }
}

/// Ends an object in an array, and begins the next one, whose brace is at `start`. Gives where the
/// one begins that it is expected to look like.
#[inline]
fn next_record(array: &mut Frame, record: &mut Frame, nodes: &mut Vec<Node>, start: u32) -> u32 {
    let next = nodes.len() as u32;
    nodes[record.node as usize].tail = next;
    array.element_ends(record.node, next);
    let symbol = Node::index(array.count);
    array.count += 1;
    nodes.push(Node::new(start, next + 1, symbol, Kind::Object, 0));
    record.node = next;
    let model = nodes[array.model as usize];
    (record.hint, record.hint_end) = match model.kind() {
        Kind::Object => (array.model + 1, model.tail),
        _ => (0, 0),
    };
    model.start
}

/// The offset of the first quote, backslash or control character from `position` on, or the
/// text's end. Reads eight bytes at a time.
#[inline]
fn find_special(bytes: &[u8], mut position: usize, quote: u8) -> usize {
    // A zero byte becomes 0x80; bytes above the lowest zero may be marked by mistake, so only
    // the first mark is read.
    const fn zeros(word: u64) -> u64 {
        word.wrapping_sub(ONES) & !word & HIGH
    }
    let quotes = ONES * u64::from(quote);
    while let Some(eight) = bytes.get(position..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*eight);
        let marks = zeros(word ^ quotes)
            | zeros(word ^ (ONES * 0x5c))
            | (word.wrapping_sub(ONES * 0x20) & !word & HIGH);
        if marks != 0 {
            return position + (marks.trailing_zeros() / 8) as usize;
        }
        position += 8;
    }
    while let Some(byte) = bytes.get(position) {
        if *byte == quote || *byte == b'\\' || *byte < 0x20 {
            break;
        }
        position += 1;
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str, limits: Limits) -> Vec<ProblemKind> {
        let document = Document::parse_limited(text, None, limits, Memory::default());
        document.problems().iter().map(|p| p.kind).collect()
    }

    #[test]
    fn names_past_the_limit_are_one_problem() {
        let text = r#"{ "a": [{ "b": 1, "a": 2 }, { "c" : 3, "d": 4 }, NaN], "b": 5 }"#;
        let limited = |names| Limits { names, ..LIMITS };
        for names in 1..4 {
            let found = problems(text, limited(names));
            assert_eq!(found, [ProblemKind::TooManyNames], "{names}");
        }
        assert_eq!(problems(text, limited(4)), [ProblemKind::NotFinite]);
    }

    #[test]
    fn a_text_past_the_limit_is_one_problem() {
        let limited = |bytes| Limits { bytes, ..LIMITS };
        assert_eq!(problems("{}", limited(1)), [ProblemKind::TooLarge]);
        assert_eq!(problems("{}", limited(2)), []);
    }
}
