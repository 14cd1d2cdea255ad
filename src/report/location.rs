//! Where a finding is, in words of the document.

use json_document::{Document, NodeId, Span};

/// Where a finding is: a value that gives the pointer, and the span that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Location {
    pub(crate) node: NodeId,
    pub(crate) span: Span,
}

impl Location {
    /// The value itself.
    pub(crate) fn value(document: &Document<'_>, node: NodeId) -> Self {
        Self {
            node,
            span: document.span(node),
        }
    }

    /// The name of a member; of anything else, its value.
    pub(crate) fn name(document: &Document<'_>, node: NodeId) -> Self {
        let span = document.name_span(node);
        Self {
            node,
            span: span.unwrap_or_else(|| document.span(node)),
        }
    }

    /// A part of the text that belongs to the value.
    pub(crate) const fn part(node: NodeId, span: Span) -> Self {
        Self { node, span }
    }

    /// The bracket that opens an array or object: the whole of it may be the whole text.
    pub(crate) fn opener(document: &Document<'_>, node: NodeId) -> Self {
        let span = document.span(node);
        let end = span.end.min(span.start + 1);
        Self {
            node,
            span: Span::new(span.start, end),
        }
    }
}
