//! The edits of one round of fixes, and the text with them.

use std::ops::Range;

use json_document::PositionEncoding;

use crate::platform::sort;
use crate::report::{Diagnostic, Edit, Fix, Report};

/// Edits that do not overlap, sorted by start. Fixes come nearly in order, so that an insertion
/// moves few of them.
#[derive(Default)]
pub(super) struct EditSet<'f>(Vec<PlacedEdit<'f>>);

struct PlacedEdit<'f> {
    start: usize,
    end: usize,
    text: &'f str,
    /// The number of its fix.
    fix: usize,
}

impl<'f> EditSet<'f> {
    /// The edits of those fixes of a report that do not overlap one before them.
    pub(super) fn of(report: &Report<'_>, candidates: &[(&'f Diagnostic, &'f Fix)]) -> Self {
        let text = report.text();
        let edits = candidates.iter().flat_map(|(_, fix)| &fix.edits);
        let offsets = Offsets::new(text, report.encoding, edits.map(|edit| edit.range));
        let mut set = Self::default();
        for (number, (_, fix)) in candidates.iter().enumerate() {
            set.add(text, &offsets, fix, number);
        }
        set
    }

    /// Adds all edits of a fix, or none if one of them overlaps another or if they change nothing.
    fn add(&mut self, text: &str, offsets: &Offsets, fix: &'f Fix, number: usize) {
        let mut changes = false;
        for (at, edit) in fix.edits.iter().enumerate() {
            let range = offsets.bytes(edit.range.bytes());
            let slot = self.0.partition_point(|other| other.start <= range.start);
            let free = text.get(range.clone()).is_some_and(|old| {
                changes |= old != edit.text;
                self.is_free(&range, slot)
            });
            if !free {
                // The edits of a fix do not overlap: those before this one are its own.
                self.remove(offsets, &fix.edits[..at]);
                return;
            }
            let edit = PlacedEdit {
                start: range.start,
                end: range.end,
                text: &edit.text,
                fix: number,
            };
            self.0.insert(slot, edit);
        }
        if !changes {
            self.remove(offsets, &fix.edits);
        }
    }

    fn remove(&mut self, offsets: &Offsets, edits: &[Edit]) {
        for edit in edits {
            let start = offsets.bytes(edit.range.bytes()).start;
            let at = self.0.binary_search_by_key(&start, |other| other.start);
            if let Ok(at) = at {
                self.0.remove(at);
            }
        }
    }

    /// Whether a range at a slot overlaps no edit. It may begin where another ends, unless one of
    /// them is an insertion: their order would be unclear.
    fn is_free(&self, range: &Range<usize>, slot: usize) -> bool {
        // An edit with the same start is before the slot.
        let joins = |other: &PlacedEdit<'_>| other.start < other.end && !range.is_empty();
        let free_before = self.0[..slot].last().is_none_or(|other| {
            other.end < range.start || other.end == range.start && joins(other)
        });
        let free_after = self.0.get(slot).is_none_or(|other| {
            range.end < other.start || range.end == other.start && joins(other)
        });
        free_before && free_after
    }

    /// The text with the edits.
    pub(super) fn rewrite(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for edit in &self.0 {
            out.push_str(&text[copied..edit.start]);
            out.push_str(edit.text);
            copied = edit.end;
        }
        out.push_str(&text[copied..]);
        out
    }

    /// The numbers of the fixes whose edits are made, in order.
    pub(super) fn fixes(&self) -> Vec<usize> {
        let mut fixes: Vec<usize> = self.0.iter().map(|edit| edit.fix).collect();
        sort::sort_by(&mut fixes, Ord::cmp);
        fixes.dedup();
        fixes
    }

    /// What each edit has written, in bytes of the text with them, with the number of its fix.
    pub(super) fn places_after(&self) -> Vec<(Range<usize>, usize)> {
        let (mut places, mut copied, mut written) = (Vec::new(), 0, 0);
        for edit in &self.0 {
            let start = written + edit.start - copied;
            written = start + edit.text.len();
            copied = edit.end;
            places.push((start..written, edit.fix));
        }
        places
    }
}

/// Turns the offsets of a report into bytes.
pub(super) struct Offsets(Option<Vec<(u64, usize)>>);

impl Offsets {
    /// For the ends of ranges: one pass over the text, and none where offsets are in bytes.
    pub(super) fn new(
        text: &str,
        encoding: PositionEncoding,
        ranges: impl Iterator<Item = json_document::Range>,
    ) -> Self {
        if encoding == PositionEncoding::Utf8 {
            return Self(None);
        }
        let mut wanted: Vec<u64> = ranges
            .flat_map(|range| [range.start.offset, range.end.offset])
            .collect();
        sort::sort_by(&mut wanted, Ord::cmp);
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
            units += character.len_utf16() as u64;
        }
        Self(Some(known))
    }

    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.byte(range.start)..self.byte(range.end)
    }

    /// Past the end for an offset that the text does not have.
    fn byte(&self, offset: usize) -> usize {
        let Some(known) = &self.0 else { return offset };
        let at = known.binary_search_by_key(&offset, |(units, _)| *units as usize);
        at.map_or(usize::MAX, |at| known[at].1)
    }
}
