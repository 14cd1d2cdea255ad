//! The edits of one round of fixes, and the text with them.

use std::ops::Range;

use json_document::PositionEncoding;

use crate::report::{Edit, Fix};

/// Edits that do not overlap, sorted by start. Fixes come nearly in order, so that an insertion
/// moves few of them.
#[derive(Default)]
pub(super) struct EditSet<'f>(Vec<(usize, usize, &'f str)>);

impl<'f> EditSet<'f> {
    /// Adds all edits of a fix, or none if one of them overlaps another or if they change nothing.
    pub(super) fn add(&mut self, text: &str, offsets: &Offsets, fix: &'f Fix) -> bool {
        let mut changes = false;
        for (at, edit) in fix.edits.iter().enumerate() {
            let range = offsets.bytes(edit.range.bytes());
            let slot = self.0.partition_point(|(start, ..)| *start <= range.start);
            let free = text.get(range.clone()).is_some_and(|old| {
                changes |= old != edit.text;
                self.is_free(&range, slot)
            });
            if !free {
                // The edits of a fix do not overlap: those before this one are its own.
                self.remove(offsets, &fix.edits[..at]);
                return false;
            }
            self.0.insert(slot, (range.start, range.end, &edit.text));
        }
        if !changes {
            self.remove(offsets, &fix.edits);
        }
        changes
    }

    fn remove(&mut self, offsets: &Offsets, edits: &[Edit]) {
        for edit in edits {
            let start = offsets.bytes(edit.range.bytes()).start;
            let at = self.0.binary_search_by_key(&start, |(start, ..)| *start);
            if let Ok(at) = at {
                self.0.remove(at);
            }
        }
    }

    /// Whether a range at a slot overlaps no edit. It may begin where another ends, unless one of
    /// them is an insertion: their order would be unclear.
    fn is_free(&self, range: &Range<usize>, slot: usize) -> bool {
        // An edit with the same start is before the slot.
        let free_before = self.0[..slot].last().is_none_or(|(start, end, _)| {
            *end < range.start || *end == range.start && start < end && !range.is_empty()
        });
        let free_after = self.0.get(slot).is_none_or(|(start, end, _)| {
            range.end < *start || range.end == *start && start < end && !range.is_empty()
        });
        free_before && free_after
    }

    /// The text with the edits.
    pub(super) fn rewrite(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for (start, end, new) in &self.0 {
            out.push_str(&text[copied..*start]);
            out.push_str(new);
            copied = *end;
        }
        out.push_str(&text[copied..]);
        out
    }
}

/// Turns the offsets of a report into bytes.
pub(super) struct Offsets(Option<Vec<(u32, usize)>>);

impl Offsets {
    /// One pass over the text, and none where offsets are in bytes.
    pub(super) fn new<'f>(
        text: &str,
        encoding: PositionEncoding,
        fixes: impl Iterator<Item = &'f Fix>,
    ) -> Self {
        if encoding == PositionEncoding::Utf8 {
            return Self(None);
        }
        let mut wanted: Vec<u32> = fixes
            .flat_map(|fix| &fix.edits)
            .flat_map(|edit| [edit.range.start.offset, edit.range.end.offset])
            .collect();
        crate::platform::sort::sort_by(&mut wanted, Ord::cmp);
        wanted.dedup();
        let mut wanted = wanted.into_iter().peekable();
        let mut known = Vec::new();
        let mut units = 0;
        let characters = text.char_indices();
        let ends = std::iter::once((text.len(), '\0'));
        for (at, character) in characters.chain(ends) {
            if wanted.peek().is_none() {
                break;
            }
            while wanted.next_if(|wanted| *wanted <= units).is_some() {
                known.push((units, at));
            }
            units += character.len_utf16() as u32;
        }
        Self(Some(known))
    }

    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.byte(range.start)..self.byte(range.end)
    }

    /// Past the end for an offset that the text does not have.
    fn byte(&self, offset: usize) -> usize {
        let Some(known) = &self.0 else { return offset };
        let at = known.binary_search_by_key(&offset, |(units, _)| *units as usize);
        at.map_or(usize::MAX, |at| known[at].1)
    }
}
