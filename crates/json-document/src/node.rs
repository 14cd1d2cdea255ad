//! One value of a document: its number, its kind and where it is in the text.

use std::num::NonZeroU32;
use std::ops::Range;

/// A range of the text, in bytes: 0-based, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`. Offsets are in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The span of offsets into a text of at most [`MAX_BYTES`](crate::MAX_BYTES) bytes.
    #[must_use]
    pub const fn of(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The span as a range that indexes a `str`.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The number of a value in its [`Document`](crate::Document). Numbers rise in the order of the
/// text; the root is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(
    /// One more than the number, so that an `Option` of it takes four bytes.
    NonZeroU32,
);

impl NodeId {
    /// The value of the whole text. Every document has one, if only an invalid one.
    pub const ROOT: Self = Self::new(0);

    /// The value with this number. A text has fewer values than bytes, so `u32::MAX` is none.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    /// The number, 0 for the root.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0.get() - 1
    }

    /// The number as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.number() as usize
    }
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number; its text is kept as written.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Something in the place of a value that is none (`NaN`, a missing value). A
    /// [`SyntaxError`](crate::SyntaxError) says why.
    Invalid,
}

impl Kind {
    /// The kind with its article, for messages: `a string`, `an object`, `null`.
    #[must_use]
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a Boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Invalid => "not a value",
        }
    }
}

/// The bits of the kind.
const KIND: u32 = 7;
/// The string has at least one backslash.
pub(crate) const ESCAPED: u32 = 1 << 3;
/// `true`. Shares its bit with [`ESCAPED`], which no Boolean has.
pub(crate) const TRUE: u32 = ESCAPED;
/// A later member of the same object has the same name.
pub(crate) const SHADOWED: u32 = 1 << 4;
/// Set unless the string is non-empty printable ASCII with no escapes and no space at its ends.
pub(crate) const NOT_PLAIN: u32 = 1 << 6;
/// The value is a member of an object.
pub(crate) const MEMBER: u32 = 1 << 7;

/// How far to the left of kind and flags the spelling is.
const SPELLING_SHIFT: u32 = 8;
/// How many spellings of names fit into a node.
pub(crate) const MAX_SPELLINGS: usize = (u32::MAX >> SPELLING_SHIFT) as usize;

/// A value in 12 bytes, its name included: most of the parser's time goes into writing these.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Offset of the first byte of the value.
    pub(crate) start: u32,
    /// Of an array or object, the number of the node after everything inside it. Of anything else,
    /// the offset after its last byte.
    pub(crate) tail: u32,
    /// From the lowest bit: the kind in three, five flags, the spelling of the member's name.
    packed: u32,
}

impl Node {
    /// `spelling` is at most [`MAX_SPELLINGS`]; 0 for what is no member.
    pub(crate) const fn new(start: u32, tail: u32, spelling: u32, kind: Kind, flags: u32) -> Self {
        Self {
            start,
            tail,
            packed: spelling << SPELLING_SHIFT | flags | kind as u32,
        }
    }

    /// The type of the value.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.packed & KIND {
            0 => Kind::Null,
            1 => Kind::Boolean,
            2 => Kind::Number,
            3 => Kind::String,
            4 => Kind::Array,
            5 => Kind::Object,
            _ => Kind::Invalid,
        }
    }

    /// The kind as a bit of its own: `1 << kind as u8`.
    #[must_use]
    pub const fn kind_bit(&self) -> u8 {
        1 << (self.packed & KIND)
    }

    /// Whether the string is non-empty printable ASCII with no escapes and no space at its ends. True
    /// for every value that is no string.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        !self.has(NOT_PLAIN)
    }

    /// The length in bytes of a plain string, without its quotes; see [`Node::is_plain`].
    #[must_use]
    pub const fn plain_length(&self) -> Option<u32> {
        if self.packed & (KIND | NOT_PLAIN) == Kind::String as u32 {
            Some(self.tail - self.start - 2)
        } else {
            None
        }
    }

    /// Whether the string has a backslash.
    #[must_use]
    pub fn is_escaped(&self) -> bool {
        self.kind() == Kind::String && self.has(ESCAPED)
    }

    /// Whether a later member of the same object has the same name.
    #[must_use]
    pub const fn is_shadowed(&self) -> bool {
        self.has(SHADOWED)
    }

    /// Of a member: the index of its name in [`Document::spellings`](crate::Document::spellings).
    #[must_use]
    pub const fn spelling(&self) -> usize {
        (self.packed >> SPELLING_SHIFT) as usize
    }

    pub(crate) const fn has(&self, flags: u32) -> bool {
        self.packed & flags != 0
    }

    pub(crate) const fn set(&mut self, flag: u32) {
        self.packed |= flag;
    }

    /// Makes the value one that is none.
    pub(crate) const fn invalidate(&mut self) {
        self.packed = self.packed & !(KIND | ESCAPED) | Kind::Invalid as u32;
    }

    pub(crate) const fn is_container(&self) -> bool {
        matches!(self.kind(), Kind::Array | Kind::Object)
    }

    /// The number of the node after this one and everything inside it. `number` is this one's.
    #[must_use]
    pub const fn next(&self, number: u32) -> u32 {
        if self.is_container() {
            self.tail
        } else {
            number + 1
        }
    }
}
