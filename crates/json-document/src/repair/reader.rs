//! The grammar of JSON over tokens, and what looks unlike the texts that a vocabulary knows.

use crate::node::Kind;
use crate::repair::lexer::{Expected, Lexeme, Token, is_foreign_quote};
use crate::vocabulary::{Place, Vocabulary, kind_bit};

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The value of the text or of a member.
    Value,
    /// An element.
    Element,
    /// An element, or the end of an array that was just opened.
    FirstElement,
    /// A member's name.
    Name,
    /// A member's name, or the end of an object that was just opened.
    FirstName,
    Colon,
    /// A comma or a closer.
    AfterValue,
    /// The end of the text.
    AfterRoot,
}

impl State {
    pub(super) const fn expected(self) -> Expected {
        match self {
            Self::Value | Self::Element | Self::FirstElement => Expected::Value,
            Self::Name | Self::FirstName => Expected::Name,
            Self::AfterRoot => Expected::End,
            Self::Colon | Self::AfterValue => Expected::Other,
        }
    }

    /// Whether a value may come next.
    pub(super) fn takes_value(self) -> bool {
        self.expected() == Expected::Value
    }

    /// Whether a member's name may come next.
    pub(super) fn takes_name(self) -> bool {
        self.expected() == Expected::Name
    }
}

/// A container that is open. Frames are never changed, so that a reader can go back: one that has
/// read another member is a new frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    parent: u32,
    /// Offset of the opener.
    pub(super) opener: u32,
    pub(super) is_object: bool,
    place: Place,
    /// Which names have been read: a Bloom filter, four bits a name.
    names: [u64; 2],
}

/// The offset of a token that a repair has written.
pub(super) const WRITTEN: usize = usize::MAX;
/// The frame that is none.
const NO_FRAME: u32 = u32::MAX;

/// Where a reader is in the grammar; cheap to keep and to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checkpoint {
    /// Offset after the last token.
    pub(super) position: usize,
    pub(super) state: State,
    top: u32,
    /// The place of the member whose name was read last.
    member: Place,
    /// What looked unlike the known texts so far, in tenths of a usual edit.
    pub(super) penalty: u32,
    /// Whether, since the last value inside the root ended, a container or name was where it does not belong: a
    /// bracket may be missing before it, or be one too many.
    pub(super) is_doubtful: bool,
    /// Offset of the last comma.
    pub(super) comma: usize,
    /// How many slips there are before the next token.
    pub(super) slips: usize,
}

impl Checkpoint {
    /// Whether the value of the text comes next.
    pub(super) fn is_root(&self) -> bool {
        self.top == NO_FRAME && self.state == State::Value
    }

    /// The same at another offset, in a text with edits.
    pub(super) const fn moved_to(self, position: usize) -> Self {
        Self { position, ..self }
    }
}

/// The price of each thing that looks unlike the known texts.
mod penalty {
    pub(super) const UNKNOWN_NAME: u32 = 14;
    pub(super) const REPEATED_NAME: u32 = 24;
    pub(super) const OTHER_KIND: u32 = 12;
    pub(super) const MISSING_NAME: u32 = 9;
    /// A string of nothing but delimiters: quotes that were taken for one another.
    pub(super) const STRING_OF_DELIMITERS: u32 = 24;
    /// A string in which more of the text's structure seems to be.
    pub(super) const STRUCTURE_IN_STRING: u32 = 24;
    pub(super) const STRUCTURE_IN_NAME: u32 = 34;
    pub(super) const TRAILING_COMMA: u32 = 6;
}

pub(super) struct Reader<'v> {
    vocabulary: &'v dyn Vocabulary,
    frames: Vec<Frame>,
    pub(super) at: Checkpoint,
}

impl<'v> Reader<'v> {
    pub(super) fn new(vocabulary: &'v dyn Vocabulary, position: usize) -> Self {
        let at = Checkpoint {
            position,
            state: State::Value,
            top: NO_FRAME,
            member: vocabulary.root(),
            penalty: 0,
            is_doubtful: false,
            comma: 0,
            slips: 0,
        };
        Self {
            vocabulary,
            frames: Vec::new(),
            at,
        }
    }

    /// A reader at a checkpoint that knows nothing but the containers that are open there.
    pub(super) fn fork(&self, at: Checkpoint) -> Self {
        let mut frames: Vec<Frame> = self.open_from(at.top).copied().collect();
        frames.reverse();
        let mut parent = NO_FRAME;
        for (number, frame) in (0..).zip(&mut frames) {
            frame.parent = parent;
            parent = number;
        }
        Self {
            vocabulary: self.vocabulary,
            frames,
            at: Checkpoint { top: parent, ..at },
        }
    }

    /// How many frames there are, to give back to [`Reader::forget`].
    pub(super) fn mark(&self) -> usize {
        self.frames.len()
    }

    /// Forgets the frames since a mark.
    pub(super) fn forget(&mut self, mark: usize) {
        self.frames.truncate(mark);
    }

    fn top(&self) -> Option<&Frame> {
        self.frames.get(self.at.top as usize)
    }

    /// Whether the root has a member of a name, and the objects around the next token have none.
    pub(super) fn is_root_name(&self, name: &str) -> bool {
        let known = |place: Place| {
            place != Place::ANYWHERE && self.vocabulary.member(place, name).is_some()
        };
        let is_inner = self.top().is_some_and(|frame| {
            known(if frame.is_object {
                frame.place
            } else {
                self.vocabulary.element(frame.place)
            })
        });
        known(self.vocabulary.root()) && !is_inner
    }

    /// The open containers, from the innermost to the root.
    pub(super) fn open(&self) -> impl Iterator<Item = &Frame> {
        self.open_from(self.at.top)
    }

    fn open_from(&self, top: u32) -> impl Iterator<Item = &Frame> {
        let frame = |number: u32| self.frames.get(number as usize);
        std::iter::successors(frame(top), move |inner| frame(inner.parent))
    }

    /// Reads a token. False if the grammar does not take it: then nothing has changed.
    ///
    /// `raw` is the token's text, `offset` is where it starts in the whole text, or [`WRITTEN`].
    pub(super) fn read(&mut self, lexeme: Lexeme, raw: &str, offset: usize) -> bool {
        let state = match (self.at.state, lexeme.token) {
            (State::FirstName, Token::Punctuation(b'}'))
            | (State::FirstElement, Token::Punctuation(b']')) => self.close(),
            // A comma before a closer is one too many, and nothing else.
            (State::Name, Token::Punctuation(b'}'))
            | (State::Element, Token::Punctuation(b']'))
                if self.at.comma != WRITTEN =>
            {
                self.at.penalty += penalty::TRAILING_COMMA;
                self.close()
            }
            (State::AfterValue, Token::Punctuation(closer @ (b'}' | b']'))) => {
                if self
                    .top()
                    .is_none_or(|frame| frame.is_object != (closer == b'}'))
                {
                    return false;
                }
                self.close()
            }
            (State::AfterValue, Token::Punctuation(b',')) => {
                self.at.comma = offset;
                match self.top() {
                    Some(frame) if frame.is_object => State::Name,
                    _ => State::Element,
                }
            }
            (State::Name | State::FirstName, Token::String) => {
                self.name(raw);
                State::Colon
            }
            (State::Colon, Token::Punctuation(b':')) => State::Value,
            (State::Value | State::Element | State::FirstElement, token) => match token {
                Token::String => {
                    self.judge_string(raw);
                    self.value(Kind::String)
                }
                Token::Scalar(kind) => self.value(kind),
                Token::Punctuation(opener @ (b'{' | b'[')) => {
                    self.open_container(opener == b'{', offset)
                }
                _ => return false,
            },
            _ => return false,
        };
        self.at.state = state;
        self.at.position = lexeme.end;
        true
    }

    /// The place of the value that comes next.
    fn place(&self) -> Place {
        match self.top() {
            Some(frame) if !frame.is_object => self.vocabulary.element(frame.place),
            _ => self.at.member,
        }
    }

    /// Whether a value comes next, and a string is the only one that is not `null` and fits.
    pub(super) fn expects_text(&self) -> bool {
        self.expects_only(Kind::String)
    }

    /// What is expected next.
    pub(super) fn expected(&self) -> Expected {
        if self.expects_only(Kind::Number) {
            Expected::Number
        } else {
            self.at.state.expected()
        }
    }

    /// Whether a value of one kind is expected, or null.
    fn expects_only(&self, kind: Kind) -> bool {
        let other = kind_bit(Kind::Null) | kind_bit(Kind::Invalid);
        self.at.state.takes_value()
            && self.vocabulary.kinds(self.place()) & !other == kind_bit(kind)
    }

    fn judge_kind(&mut self, kind: Kind) {
        let kinds = self.vocabulary.kinds(self.place()) | kind_bit(Kind::Invalid);
        if kinds & kind_bit(kind) == 0 {
            self.at.penalty += penalty::OTHER_KIND;
        }
    }

    fn value(&mut self, kind: Kind) -> State {
        self.judge_kind(kind);
        self.after_value()
    }

    fn after_value(&self) -> State {
        if self.at.top == NO_FRAME {
            State::AfterRoot
        } else {
            State::AfterValue
        }
    }

    fn open_container(&mut self, is_object: bool, offset: usize) -> State {
        let kind = if is_object { Kind::Object } else { Kind::Array };
        self.judge_kind(kind);
        let mut place = self.place();
        if self.vocabulary.kinds(place) & kind_bit(kind) == 0 {
            place = Place::ANYWHERE;
            self.at.is_doubtful = true;
        }
        self.push(Frame {
            parent: self.at.top,
            opener: offset as u32,
            is_object,
            place,
            names: [0; 2],
        });
        if is_object {
            State::FirstName
        } else {
            State::FirstElement
        }
    }

    fn push(&mut self, frame: Frame) {
        self.at.top = self.frames.len() as u32;
        self.frames.push(frame);
    }

    fn close(&mut self) -> State {
        let Some(frame) = self.top().copied() else {
            return State::AfterRoot;
        };
        if frame.is_object && frame.place != Place::ANYWHERE {
            let has = |name: &str| has_name(frame.names, name_bits(name));
            let missing = self.vocabulary.missing(frame.place, &has);
            self.at.penalty += penalty::MISSING_NAME * missing as u32;
        }
        self.at.top = frame.parent;
        self.at.is_doubtful &= self.top().is_some_and(|frame| frame.parent != NO_FRAME);
        self.after_value()
    }

    fn name(&mut self, raw: &str) {
        let name = content(raw);
        let Some(frame) = self.top().copied() else {
            return;
        };
        if name.is_empty() {
            self.at.member = Place::ANYWHERE;
            return;
        }
        self.at.member = if let Some(place) = self.vocabulary.member(frame.place, name) {
            place
        } else {
            self.at.penalty += penalty::UNKNOWN_NAME;
            let is_known = |frame: &Frame| {
                frame.is_object
                    && frame.place != Place::ANYWHERE
                    && self.vocabulary.member(frame.place, name).is_some()
            };
            let is_misplaced = self.open().skip(1).take(4).any(is_known);
            self.at.is_doubtful |= is_misplaced;
            Place::ANYWHERE
        };
        if is_only_delimiters(name) {
            self.at.penalty += penalty::STRING_OF_DELIMITERS;
        } else if name.contains([',', ':', '{', '}']) || name.contains("\\\"") {
            self.at.penalty += penalty::STRUCTURE_IN_NAME;
        }
        let bits = name_bits(name);
        if has_name(frame.names, bits) {
            self.at.penalty += penalty::REPEATED_NAME;
        } else {
            self.push(Frame {
                names: [frame.names[0] | bits[0], frame.names[1] | bits[1]],
                ..frame
            });
        }
    }

    fn judge_string(&mut self, raw: &str) {
        let content = content(raw);
        if is_only_delimiters(content) {
            self.at.penalty += penalty::STRING_OF_DELIMITERS;
        } else if has_structure(content) {
            self.at.penalty += penalty::STRUCTURE_IN_STRING;
        }
    }
}

/// Whether escaped quotes are where those of names and values would be.
fn has_structure(content: &str) -> bool {
    let mut rest = content;
    let mut is_open = false;
    while let Some(at) = rest.find("\\\"") {
        let before = rest[..at].trim_end();
        is_open |= before.ends_with(['{', '[']);
        rest = &rest[at + 2..];
        let after = rest.trim_start_matches([' ', '\t']);
        let next = after
            .strip_prefix(',')
            .map(|next| next.trim_start_matches([' ', '\t']));
        let next = next.map(|next| next.trim_start_matches("\\n").trim_start());
        is_open |= after.starts_with(':') || next.is_some_and(|next| next.starts_with("\\\""));
    }
    is_open
}

/// A string or name without its quotes, whichever they are.
fn content(raw: &str) -> &str {
    let is_quote = |c| c == '"' || is_foreign_quote(c);
    let content = raw.strip_prefix(is_quote).unwrap_or(raw);
    content.strip_suffix(is_quote).unwrap_or(content)
}

fn is_only_delimiters(content: &str) -> bool {
    !content.is_empty()
        && content.contains([',', ':', '{', '}', '[', ']'])
        && content.bytes().all(|byte| b" \t\r\n,:{}[]".contains(&byte))
}

/// The bits of a name in [`Frame::names`], by FNV-1a.
fn name_bits(name: &str) -> [u64; 2] {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let bit = |shift: u32| 1 << (hash >> shift & 0x3f);
    [bit(0) | bit(8), bit(16) | bit(24)]
}

fn has_name(names: [u64; 2], name: [u64; 2]) -> bool {
    names[0] & name[0] == name[0] && names[1] & name[1] == name[1]
}
