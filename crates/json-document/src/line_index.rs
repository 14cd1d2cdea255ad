//! Lines and columns, as people and editors count them, from byte offsets.

use crate::node::Span;

/// The unit of offsets and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PositionEncoding {
    /// Offsets in bytes, columns in Unicode scalar values.
    #[default]
    Utf8,
    /// Offsets and columns in UTF-16 code units, as JavaScript strings count.
    Utf16,
}

impl PositionEncoding {
    /// The width of the characters that start in the bytes, in the unit of columns.
    fn width(self, bytes: &[u8]) -> u32 {
        if bytes.is_ascii() {
            return bytes.len() as u32;
        }
        // Continuation bytes are 0b10xxxxxx.
        let begins = |byte: u8| u8::from(byte.cast_signed() >= -0x40);
        // Characters beyond the basic plane have four bytes and two units.
        let is_pair = |byte: u8| u8::from(byte >= 0xf0);
        // Chunks so short that a byte holds the count, which compiles to SIMD.
        let counts = bytes.chunks(96).map(|chunk| match self {
            Self::Utf8 => chunk.iter().map(|byte| begins(*byte)).sum::<u8>(),
            Self::Utf16 => chunk
                .iter()
                .map(|byte| begins(*byte) + is_pair(*byte))
                .sum(),
        });
        counts.map(u32::from).sum()
    }
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// 0-based, in bytes ([`PositionEncoding::Utf16`]: in code units). A part of a longer text may be beyond 4 GiB.
    pub offset: u64,
    /// 1-based. A line ends at LF, CR LF or CR.
    pub line: u64,
    /// 1-based, in Unicode scalar values ([`PositionEncoding::Utf16`]: in code units).
    pub column: u32,
}

impl Position {
    /// The start of every text.
    pub const START: Self = Self {
        offset: 0,
        line: 1,
        column: 1,
    };
}

/// A range of a text; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    /// Where the first character starts.
    pub start: Position,
    /// Where the last character ends; equal to `start` if something is missing there.
    pub end: Position,
}

impl Range {
    /// The range in bytes, for a range that counts bytes ([`PositionEncoding::Utf8`]).
    #[must_use]
    pub const fn bytes(&self) -> std::ops::Range<usize> {
        self.start.offset as usize..self.end.offset as usize
    }
}

/// Bytes between two checkpoints.
const STRIDE: usize = 1024;

/// What is counted before a checkpoint.
#[derive(Debug, Clone, Copy, Default)]
struct Checkpoint {
    /// Line breaks before it.
    lines: u32,
    /// Width of the characters since the last of them.
    column: u32,
    /// UTF-16 code units before it; only counted for [`PositionEncoding::Utf16`].
    units: u32,
}

/// Finds the line and column of any offset, after one pass over the text.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    encoding: PositionEncoding,
    /// Where the text starts in the one that it is a part of.
    start: Position,
    checkpoints: Vec<Checkpoint>,
}

impl<'a> LineIndex<'a> {
    /// Indexes a text. Takes 12 bytes for each 1,024 of it.
    #[must_use]
    pub fn new(text: &'a str, encoding: PositionEncoding) -> Self {
        Self::part(text, encoding, Position::START)
    }

    /// Indexes a part of a longer text. `start` is where it starts there, at the start of a line;
    /// positions are in the longer text, offsets are in the part.
    #[must_use]
    pub fn part(text: &'a str, encoding: PositionEncoding, start: Position) -> Self {
        let mut index = Self {
            text,
            encoding,
            start,
            checkpoints: Vec::with_capacity(text.len() / STRIDE + 1),
        };
        let mut state = Checkpoint::default();
        let mut start = 0;
        loop {
            index.checkpoints.push(state);
            let end = start + STRIDE;
            if end >= text.len() {
                return index;
            }
            state = index.advance(state, start, end);
            start = end;
        }
    }

    /// The counts at `end`, from those at `start`. Both may be inside a character: it counts where it
    /// starts.
    fn advance(&self, mut state: Checkpoint, start: usize, end: usize) -> Checkpoint {
        let bytes = self.text.as_bytes();
        let mut line_start = start;
        for at in memchr::memchr2_iter(b'\n', b'\r', &bytes[start..end]) {
            let at = start + at;
            // CR LF is one break, at its LF.
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            if self.encoding == PositionEncoding::Utf16 {
                state.units += self.encoding.width(&bytes[line_start..=at]);
            }
            state.lines += 1;
            state.column = 0;
            line_start = at + 1;
        }
        let width = self.encoding.width(&bytes[line_start..end]);
        state.column += width;
        if self.encoding == PositionEncoding::Utf16 {
            state.units += width;
        }
        state
    }

    /// The position of a byte offset. Offsets beyond the end are taken for the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let at = (offset as usize).min(self.text.len());
        let slot = (at / STRIDE).min(self.checkpoints.len() - 1);
        let state = self.advance(self.checkpoints[slot], slot * STRIDE, at);
        let offset = match self.encoding {
            PositionEncoding::Utf8 => at as u32,
            PositionEncoding::Utf16 => state.units,
        };
        Position {
            offset: self.start.offset + u64::from(offset),
            line: self.start.line + u64::from(state.lines),
            column: state.column + 1,
        }
    }

    /// The range of a span in bytes.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        Range {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts from the start, by the definition.
    fn counted(text: &str, offset: usize, encoding: PositionEncoding) -> Position {
        let (mut line, mut column, mut units) = (1, 1, 0);
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            if at >= offset {
                break;
            }
            let wide = match encoding {
                PositionEncoding::Utf8 => 1,
                PositionEncoding::Utf16 => character.len_utf16() as u32,
            };
            units += character.len_utf16() as u32;
            column += wide;
            let crlf = character == '\r' && characters.peek().is_some_and(|next| next.1 == '\n');
            if character == '\n' || character == '\r' && !crlf {
                line += 1;
                column = 1;
            }
        }
        let offset = match encoding {
            PositionEncoding::Utf8 => offset as u32,
            PositionEncoding::Utf16 => units,
        };
        Position {
            offset: u64::from(offset),
            line,
            column,
        }
    }

    #[test]
    fn positions_are_counted_rightly_in_both_encodings() {
        let unit = "a\né😀\r\n中\rx, ";
        for text in [
            String::new(),
            unit.to_owned(),
            unit.repeat(300),
            "é".repeat(3000),
        ] {
            for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16] {
                let index = LineIndex::new(&text, encoding);
                for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    assert_eq!(
                        index.position(offset as u32),
                        counted(&text, offset, encoding),
                        "offset {offset} of {} bytes, {encoding:?}",
                        text.len()
                    );
                }
            }
        }
    }
}
