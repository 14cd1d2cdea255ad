//! Lines and columns: the one place that turns byte offsets into what people and editors count.

use crate::node::Span;

/// What offsets and columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PositionEncoding {
    /// Offsets in bytes, columns in Unicode scalar values.
    #[default]
    Utf8,
    /// Offsets and columns in UTF-16 code units, as JavaScript strings count.
    Utf16,
}

impl PositionEncoding {
    /// Characters that begin in the bytes, in the unit of columns.
    fn width(self, bytes: &[u8]) -> u32 {
        if bytes.is_ascii() {
            return bytes.len() as u32;
        }
        // Continuation bytes are 0b10xxxxxx.
        let begins = |byte: u8| u8::from(byte.cast_signed() >= -0x40);
        // Characters beyond the basic plane have four bytes and two units.
        let is_pair = |byte: u8| u8::from(byte >= 0xf0);
        // So short that a byte holds the count: then many are counted at once.
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
    /// 0-based, in bytes (in the npm package: UTF-16 code units).
    pub offset: u32,
    /// 1-based. A line ends at LF, CR LF or CR.
    pub line: u32,
    /// 1-based, in Unicode scalar values (in the npm package: UTF-16 code units).
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

/// A part of a text: `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    /// The first character.
    pub start: Position,
    /// After the last character; equal to `start` where something is missing.
    pub end: Position,
}

impl Range {
    /// The range in bytes, for a range that counts bytes ([`PositionEncoding::Utf8`]).
    #[must_use]
    pub const fn bytes(&self) -> std::ops::Range<usize> {
        self.start.offset as usize..self.end.offset as usize
    }
}

/// Bytes between two remembered places.
const STRIDE: usize = 1024;

/// What stands before a remembered place.
#[derive(Debug, Clone, Copy, Default)]
struct Checkpoint {
    /// Line breaks before it.
    lines: u32,
    /// Characters (in the index's unit) since the last of them.
    column: u32,
    /// UTF-16 code units before it; kept for [`PositionEncoding::Utf16`] alone.
    units: u32,
}

/// Finds line and column of any offset after one pass over the text.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    encoding: PositionEncoding,
    /// Where the text begins in the one that it is a part of.
    start: Position,
    checkpoints: Vec<Checkpoint>,
}

impl<'a> LineIndex<'a> {
    /// Reads the text once; takes 12 bytes for each 1,024 of it.
    #[must_use]
    pub fn new(text: &'a str, encoding: PositionEncoding) -> Self {
        Self::part(text, encoding, Position::START)
    }

    /// As [`LineIndex::new`], for a text that begins at a line of a longer one, in which positions
    /// are given.
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

    /// The state at `end`, from the state at `start`. Both may stand inside a character: what
    /// counts is where characters begin.
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

    /// The position of a byte offset; one past the end counts as the end.
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
            offset: self.start.offset + offset,
            line: self.start.line + state.lines,
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
            offset,
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
