//! What goes with a member or element that is removed.

use json_document::{Document, NodeId, Span};

/// The span of a member or element with the comma that goes with it, and the white space around that. Of the elements of an
/// array but the first, no two share a byte, and the array stays one, whichever of them go.
///
/// None if the text has syntax errors: there may be more than a comma between two of them.
pub(super) fn span(document: &Document<'_>, id: NodeId) -> Option<Span> {
    const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];
    if document.syntax_error_count() > 0 {
        return None;
    }
    let span = document.member_span(id);
    let (before, after) = (
        document.text().get(..span.start as usize)?,
        document.text().get(span.end as usize..)?,
    );
    // With the comma before it; the first one takes that behind it.
    if let Some(before) = before.trim_end_matches(SPACE).strip_suffix(',') {
        let start = before.trim_end_matches(SPACE).len();
        return Some(Span::of(start, span.end as usize));
    }
    let rest = after.trim_start_matches(SPACE);
    let end = match rest.strip_prefix(',') {
        Some(rest) => document.text().len() - rest.trim_start_matches(SPACE).len(),
        None => span.end as usize,
    };
    Some(Span::of(span.start as usize, end))
}
