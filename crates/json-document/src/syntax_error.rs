//! What can be wrong with a text, as data: the words for it are the caller's.

use crate::node::{NodeId, Span};
use crate::repair::edit::Edit;

/// One syntax error, with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What it is.
    pub kind: SyntaxErrorKind,
    /// Where it is. Empty (start equals end) where something is missing.
    pub span: Span,
    /// The value it belongs to: the one that is being read, or the container around it.
    pub owner: NodeId,
    /// A second place that explains it: the bracket that was never closed.
    pub related: Option<Span>,
    /// How the text is read in spite of it; none where nothing has to be repaired.
    pub repair: Option<Repair>,
}

/// The edits that make a text JSON at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// In the order of the text; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether they are what was meant.
    pub certainty: Certainty,
    /// Another reading that is exactly as likely: then [`Repair::certainty`] is [`Certainty::Unknown`],
    /// and the first of both by position is read.
    pub other: Option<Reading>,
}

/// What may be wrong with a text at one place, and how to repair it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// In the order of the text; they do not overlap.
    pub edits: Vec<Edit>,
}

/// What can be said of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It only lets the reading go on: what was meant is unknown.
    Unknown,
    /// It is the best guess.
    Likely,
    /// Every other reading is far worse, and nothing of the text is lost.
    Certain,
}

/// After how many syntax errors the rest of a text is not read.
pub const MAX_SYNTAX_ERRORS: usize = 10_000;

/// The kinds of syntax errors. The parser recovers from each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyntaxErrorKind {
    /// Nothing but white space.
    Empty,
    /// `[1, 2,]`
    TrailingComma,
    /// `[1,, 2]` or `[, 1]`
    ExtraComma,
    /// `{"a":: 1}`
    ExtraColon,
    /// `[1 2]`
    MissingComma,
    /// `{"a" 1}`, `{"a" = 1}`, `{"a"}`
    MissingColon,
    /// `{"a": }`
    MissingValue,
    /// `// …`, `# …` or `/* … */`
    Comment,
    /// `'a'`
    SingleQuotes,
    /// `{a: 1}`, `{null: 1}`
    BareName,
    /// `{1: 2}`, `{[]: 1}`: a name that is no string
    NameNotString,
    /// A word that is no value: `undefined`, `hello`
    BareWord,
    /// `True`, `None`, `NULL`: a literal of another language or case
    ForeignLiteral,
    /// `NaN`, `Infinity`, `-Infinity`
    NotFinite,
    /// `007`
    LeadingZero,
    /// `+1`
    PlusSign,
    /// `.5`
    NoIntegerPart,
    /// `5.` or `5.e1`
    NoFractionDigits,
    /// `1e`, `1e+`
    NoExponentDigits,
    /// `48,85`: a comma in the place of a decimal point
    DecimalComma,
    /// Digits followed by something else: `12abc`, `0x1F`, `1_000`, `2025-01-01`
    InvalidNumber,
    /// A character below U+0020 inside a string
    ControlCharacter,
    /// `\x`, `\'`, a backslash before a line break
    InvalidEscape,
    /// `\u` without four hexadecimal digits
    InvalidUnicodeEscape,
    /// The text ends inside an array or object
    Unclosed,
    /// `[1}`: a bracket of the wrong kind
    WrongBracket,
    /// `"rooms": {…}]`: an opening bracket is missing
    MissingOpener,
    /// A double quote inside a string without a backslash
    UnescapedQuote,
    /// A double quote that is missing at the start or end of a string
    MissingQuote,
    /// A double quote too many
    ExtraQuote,
    /// `“a”`, `` `a` ``: quotes of typography or of other languages
    ForeignQuotes,
    /// White space that JSON does not know, such as a no-break space
    OddWhitespace,
    /// `\n`, `\r` or `\t` between values, as in a text that was escaped
    StrayEscape,
    /// A character that starts no value, or a run of them
    UnexpectedCharacter,
    /// Something after the value
    TextAfterValue,
    /// `"\ud800"`: half of a surrogate pair
    LoneSurrogate,
    /// A byte order mark before the value
    ByteOrderMark,
    /// An array or object inside 128 others; what is in it is not read
    NestingTooDeep,
    /// There are [`MAX_SYNTAX_ERRORS`] before it, or 500 whose repair had to be searched for, and
    /// the rest of the text was not read
    TooManyErrors,
    /// The text is longer than 4 GiB and was not read
    TooLarge,
    /// The text has more than 16,777,215 different names of members, as they are written, and
    /// nothing is left of it
    TooManyNames,
}
