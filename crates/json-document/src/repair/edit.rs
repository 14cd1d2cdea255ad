//! Edits of a text, and the way back from the text that they make.

use std::borrow::Cow;

use crate::node::Span;

/// One replacement in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What is written in its place.
    pub text: Cow<'static, str>,
}

impl Edit {
    pub(crate) fn new(start: usize, end: usize, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            span: Span::of(start, end),
            text: text.into(),
        }
    }
}

/// Where each byte of an edited text is in the original.
#[derive(Debug, Clone, Default)]
pub(crate) struct EditMap {
    /// Offset in the original of the edited text's first byte.
    first: usize,
    /// What was written, in the order of the text.
    edits: Vec<Written>,
}

#[derive(Debug, Clone, Copy)]
struct Written {
    /// In the edited text.
    edited: Span,
    /// In the original.
    source: Span,
}

/// The part of a text between two offsets, with edits. Those beyond the part are left out.
pub(crate) fn apply<'e>(
    text: &str,
    first: usize,
    last: usize,
    edits: impl ExactSizeIterator<Item = &'e Edit>,
) -> (String, EditMap) {
    let mut out = String::with_capacity(last - first + 64);
    let mut map = EditMap {
        first,
        edits: Vec::with_capacity(edits.len()),
    };
    let mut position = first;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start < position || end > last {
            // Beyond the part, or inside an earlier edit.
            map.edits.push(Written {
                edited: Span::of(out.len(), out.len()),
                source: Span::of(position, position),
            });
            continue;
        }
        out.push_str(&text[position..start]);
        let at = out.len();
        out.push_str(&edit.text);
        map.edits.push(Written {
            edited: Span::of(at, out.len()),
            source: edit.span,
        });
        position = end;
    }
    out.push_str(&text[position..last]);
    (out, map)
}

impl EditMap {
    /// The offset in the original at which something begins in the edited text; inside what was
    /// written, the start of what it replaces.
    pub(crate) fn source(&self, edited: usize) -> usize {
        self.source_or(edited, |written| written.source.start as usize)
    }

    /// As [`EditMap::source`]; inside what was written, another offset.
    pub(crate) fn kept_or(&self, edited: usize, written: usize) -> usize {
        self.source_or(edited, |_| written)
    }

    fn source_or(&self, edited: usize, inside: impl Fn(&Written) -> usize) -> usize {
        let count = self
            .edits
            .partition_point(|written| written.edited.start as usize <= edited);
        self.look_up(count, edited, inside)
    }

    /// As [`EditMap::source`], of where something ends; inside what was written, the end of what it
    /// replaces.
    fn source_end(&self, edited: usize) -> usize {
        let count = self
            .edits
            .partition_point(|written| (written.edited.start as usize) < edited);
        self.look_up(count, edited, |written| written.source.end as usize)
    }

    /// `count` edits are before the offset.
    fn look_up(&self, count: usize, edited: usize, inside: impl Fn(&Written) -> usize) -> usize {
        match count.checked_sub(1).and_then(|at| self.edits.get(at)) {
            None => self.first + edited,
            Some(written) if edited < written.edited.end as usize => inside(written),
            Some(written) => written.source.end as usize + edited - written.edited.end as usize,
        }
    }

    /// The span in the original of a span in the edited text.
    pub(crate) fn span(&self, edited: Span) -> Span {
        let start = self.source(edited.start as usize);
        if edited.start == edited.end {
            return Span::of(start, start);
        }
        Span::of(start, self.source_end(edited.end as usize).max(start))
    }

    /// Whether a span of the edited text meets something that was written.
    pub(crate) fn is_written(&self, edited: Span) -> bool {
        let before = |written: &Written| written.edited.end <= edited.start;
        let next = self.edits.get(self.edits.partition_point(before));
        next.is_some_and(|written| {
            written.edited.start < edited.end || written.edited.start == edited.start
        })
    }

    /// Where the text of an edit begins in the edited text. `edit` is its number.
    pub(crate) fn edit_start(&self, edit: usize) -> u32 {
        self.edits
            .get(edit)
            .map_or(0, |written| written.edited.start)
    }
}
