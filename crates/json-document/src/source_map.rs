//! Where a text comes from that is inside another one: in a string, in HTML, percent-encoded, in UTF-16.

use crate::escape::escape_at;
use crate::node::Span;

/// A text that was taken out of another one, with the places of both.
#[derive(Debug, Clone, Default)]
pub struct Extract {
    /// The inner text.
    pub text: String,
    /// From the inner text to the outer one.
    pub map: SourceMap,
}

/// Maps offsets of an inner text to those of the outer text that it was taken from.
///
/// ```
/// use json_document::{Extract, Span};
///
/// let outer = r#"{\"room\":\"caf\u00e9\"}"#;
/// let inner = Extract::from_json_string(outer);
/// assert_eq!(inner.text, r#"{"room":"café"}"#);
///
/// let span = inner.map.span(Span::new(8, 15));
/// assert_eq!(&outer[span.range()], r#"\"caf\u00e9\""#);
/// ```
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    /// In the order of both texts.
    runs: Vec<Run>,
}

/// A part of the inner text, of units that have one length inside and one outside: copied bytes have
/// 1 and 1, a run of `\"` has 1 and 2.
#[derive(Debug, Clone, Copy)]
struct Run {
    inner: u32,
    outer: u32,
    inner_unit: u32,
    outer_unit: u32,
}

impl Run {
    /// Where the unit at an inner offset starts outside.
    fn outer(&self, inner: u32) -> u32 {
        self.outer + (inner - self.inner) / self.inner_unit * self.outer_unit
    }
}

impl SourceMap {
    /// The map of a part of a text that begins at an offset.
    #[must_use]
    pub fn part(start: usize) -> Self {
        let mut map = Self::default();
        map.add(0, start, 1, 1);
        map
    }

    /// Adds a unit, which may continue the last run.
    fn add(&mut self, inner: usize, outer: usize, inner_unit: usize, outer_unit: usize) {
        let run = Run {
            inner: inner as u32,
            outer: outer as u32,
            inner_unit: inner_unit as u32,
            outer_unit: outer_unit as u32,
        };
        let continues = self.runs.last().is_some_and(|last| {
            (last.inner_unit, last.outer_unit) == (run.inner_unit, run.outer_unit)
                && (run.inner - last.inner).is_multiple_of(run.inner_unit)
                && last.outer(run.inner) == run.outer
        });
        if !continues {
            self.runs.push(run);
        }
    }

    /// The run of the unit that starts at or before an offset.
    fn run_at(&self, inner: u32) -> usize {
        let after = self.runs.partition_point(|run| run.inner <= inner);
        after.saturating_sub(1)
    }

    /// Where something that starts at an inner offset starts in the outer text.
    fn start(&self, inner: u32) -> u32 {
        let run = self.runs.get(self.run_at(inner));
        run.map_or(inner, |run| run.outer(inner.max(run.inner)))
    }

    /// Where something that ends at an inner offset ends in the outer text: what was left out there
    /// is not part of it.
    fn end(&self, inner: u32) -> u32 {
        let Some(last) = inner.checked_sub(1) else {
            return self.start(0);
        };
        let run = self.runs.get(self.run_at(last));
        run.map_or(inner, |run| run.outer(last.max(run.inner)) + run.outer_unit)
    }

    /// The span in the outer text.
    #[must_use]
    pub fn span(&self, inner: Span) -> Span {
        let start = if inner.start == inner.end {
            // Something that is missing is missing after what is before it.
            self.end(inner.start)
        } else {
            self.start(inner.start)
        };
        Span::new(start, self.end(inner.end).max(start))
    }

    /// Whether the outer text of a span holds nothing that was left out, so that it may be replaced.
    #[must_use]
    pub fn is_whole(&self, inner: Span) -> bool {
        let last = inner.end.saturating_sub(1).max(inner.start);
        let runs = self.run_at(inner.start)..self.run_at(last);
        runs.clone().all(|at| {
            let next = self.runs[at + 1];
            self.end(next.inner) == next.outer
        })
    }

    /// The inner offset of an outer one.
    #[must_use]
    pub fn inner(&self, outer: u32) -> u32 {
        let after = self.runs.partition_point(|run| run.outer <= outer);
        let run = after.checked_sub(1).map(|at| self.runs[at]);
        run.map_or(0, |run| {
            run.inner + (outer - run.outer) / run.outer_unit * run.inner_unit
        })
    }
}

impl Extract {
    /// A part of a text, as it is.
    #[must_use]
    pub fn part(outer: &str, range: std::ops::Range<usize>) -> Self {
        Self {
            map: SourceMap::part(range.start),
            text: outer[range].to_owned(),
        }
    }

    /// The same, where its outer text is itself the part of another one that begins at an offset.
    #[must_use]
    pub fn moved(mut self, start: usize) -> Self {
        for run in &mut self.map.runs {
            run.outer += start as u32;
        }
        self
    }

    /// Adds a part of the outer text, as it is.
    pub fn copy(&mut self, outer: &str, range: std::ops::Range<usize>) {
        if !range.is_empty() {
            self.map.add(self.text.len(), range.start, 1, 1);
            self.text.push_str(&outer[range]);
        }
    }

    /// Adds a text that is written otherwise in the outer text, there `length` bytes long.
    pub fn replace(&mut self, text: &str, outer: usize, length: usize) {
        if !text.is_empty() {
            self.map.add(self.text.len(), outer, text.len(), length);
            self.text.push_str(text);
        }
    }

    /// Copies a text up to each place at which `decode` gives what is written there and how many
    /// bytes that takes.
    #[must_use]
    pub fn decode(
        outer: &str,
        marks: &[u8],
        decode: &dyn Fn(&str) -> Option<(String, usize)>,
    ) -> Self {
        let mut extract = Self::default();
        let (mut copied, mut at) = (0, 0);
        while let Some(found) = outer[at..].bytes().position(|byte| marks.contains(&byte)) {
            at += found;
            if let Some((text, length)) = decode(&outer[at..]) {
                extract.copy(outer, copied..at);
                extract.replace(&text, at, length);
                at += length;
                copied = at;
            } else {
                at += 1;
            }
        }
        extract.copy(outer, copied..outer.len());
        extract
    }

    /// The content of a JSON string, from between its quotes.
    #[must_use]
    pub fn from_json_string(raw: &str) -> Self {
        Self::decode(raw, b"\\", &|rest| {
            let (character, length) = escape_at(&rest[1..])?;
            Some((character.to_string(), length + 1))
        })
    }

    /// A text with the entities of HTML that encoders write: named ones for markup, and numbers.
    #[must_use]
    pub fn from_html(text: &str) -> Self {
        Self::decode(text, b"&", &|rest| {
            let (name, _) = rest[1..]
                .split_once(';')
                .filter(|(name, _)| name.len() < 9)?;
            let character = match name {
                "quot" => '"',
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(digits) => u32::from_str_radix(digits, 16),
                        None => number.parse(),
                    };
                    char::from_u32(code.ok()?)?
                }
            };
            Some((character.to_string(), name.len() + 2))
        })
    }

    /// A percent-encoded text, in which `+` is a space.
    #[must_use]
    pub fn from_percent_encoded(text: &str) -> Self {
        Self::decode(text, b"%+", &|rest| {
            if rest.starts_with('+') {
                return Some((" ".to_owned(), 1));
            }
            let mut bytes = Vec::new();
            // A character has up to four bytes, each with three outside.
            while bytes.len() < 4 && rest.as_bytes().get(bytes.len() * 3) == Some(&b'%') {
                let digits = rest.get(bytes.len() * 3 + 1..bytes.len() * 3 + 3)?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
                if let Ok(text) = std::str::from_utf8(&bytes) {
                    return Some((text.to_owned(), bytes.len() * 3));
                }
            }
            None
        })
    }

    /// Text in UTF-16, without its byte order mark; an unpaired surrogate becomes U+FFFD. Outer offsets are
    /// those of bytes.
    #[must_use]
    pub fn from_utf16(bytes: &[u8], is_little_endian: bool) -> Self {
        let pairs = bytes.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
        let units = pairs.map(|pair| {
            if is_little_endian {
                u16::from_le_bytes(pair)
            } else {
                u16::from_be_bytes(pair)
            }
        });
        let mut extract = Self::default();
        let mut at = 0;
        for character in char::decode_utf16(units) {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            let length = character.len_utf16() * 2;
            if at > 0 || character != '\u{feff}' {
                extract.replace(character.encode_utf8(&mut [0; 4]), at, length);
            }
            at += length;
        }
        extract
    }

    /// Text in UTF-32, without its byte order mark; what is no character becomes U+FFFD. Outer offsets are those of
    /// bytes.
    #[must_use]
    pub fn from_utf32(bytes: &[u8], is_little_endian: bool) -> Self {
        let mut extract = Self::default();
        for (number, four) in bytes.chunks_exact(4).enumerate() {
            let four = [four[0], four[1], four[2], four[3]];
            let unit = if is_little_endian {
                u32::from_le_bytes(four)
            } else {
                u32::from_be_bytes(four)
            };
            let character = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
            if number > 0 || character != '\u{feff}' {
                extract.replace(character.encode_utf8(&mut [0; 4]), 4 * number, 4);
            }
        }
        extract
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each character of the inner text, with the outer text that it comes from.
    fn pairs<'o>(extract: &Extract, outer: &'o str) -> Vec<(char, &'o str)> {
        let characters = extract.text.char_indices();
        characters
            .map(|(at, character)| {
                let span = extract.map.span(Span::of(at, at + character.len_utf8()));
                (character, &outer[span.range()])
            })
            .collect()
    }

    #[test]
    fn escapes_are_mapped_back() {
        let outer = r#"é\"\"\\\u00e9\ud83d\ude00x"#;
        let found = pairs(&Extract::from_json_string(outer), outer);
        let wanted = [
            ('é', "é"),
            ('"', r#"\""#),
            ('"', r#"\""#),
            ('\\', r"\\"),
            ('é', r"\u00e9"),
            ('😀', r"\ud83d\ude00"),
            ('x', "x"),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn entities_are_mapped_back() {
        let outer = "a&quot;&#34;&#xE9; &unknown; &";
        let found = pairs(&Extract::from_html(outer), outer);
        assert_eq!(
            found[..4],
            [('a', "a"), ('"', "&quot;"), ('"', "&#34;"), ('é', "&#xE9;")]
        );
        assert!(Extract::from_html(outer).text.ends_with(" &unknown; &"));
    }

    #[test]
    fn percent_encoding_is_mapped_back() {
        let outer = "%7B%22%C3%A9+%F0%9F%98%80%zz%E9é";
        let found = pairs(&Extract::from_percent_encoded(outer), outer);
        assert_eq!(
            found[..5],
            [
                ('{', "%7B"),
                ('"', "%22"),
                ('é', "%C3%A9"),
                (' ', "+"),
                ('😀', "%F0%9F%98%80")
            ]
        );
        assert!(
            Extract::from_percent_encoded(outer)
                .text
                .ends_with("😀%zz%E9é")
        );
    }

    #[test]
    fn utf16_is_mapped_to_bytes() {
        let text = "\u{feff}{\"é😀\"}";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let extract = Extract::from_utf16(&bytes, true);
        assert_eq!(extract.text, "{\"é😀\"}");
        let emoji = extract.map.span(Span::of(4, 8));
        assert_eq!(emoji, Span::of(8, 12));
        assert_eq!(extract.map.inner(12), 8);
        assert_eq!(extract.map.inner(8), 4);
        // ASCII is one run.
        assert_eq!(extract.map.runs.len(), 4);
    }

    #[test]
    fn what_is_left_out_is_in_no_span() {
        let mut extract = Extract::default();
        let outer = "ab<gone>cd";
        extract.copy(outer, 0..2);
        extract.copy(outer, 8..10);
        assert_eq!(extract.text, "abcd");
        let span = |start, end| &outer[extract.map.span(Span::new(start, end)).range()];
        assert_eq!(span(0, 2), "ab");
        assert_eq!(span(2, 4), "cd");
        assert_eq!(span(1, 3), "b<gone>c");
        assert_eq!(extract.map.span(Span::new(2, 2)), Span::new(2, 2));
        assert!(extract.map.is_whole(Span::new(0, 2)));
        assert!(extract.map.is_whole(Span::new(2, 4)));
        assert!(!extract.map.is_whole(Span::new(1, 3)));
    }
}
