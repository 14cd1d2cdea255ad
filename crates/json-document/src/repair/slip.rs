//! An error and its repair, before there is a document that it belongs to.

use crate::node::Span;
use crate::repair::edit::{Edit, EditMap};
use crate::syntax_error::{Certainty, Reading, SyntaxErrorKind};

/// One error of a text and the edits that repair it. Positions are in the original text.
#[derive(Debug, Clone)]
pub(crate) struct Slip {
    pub(crate) kind: SyntaxErrorKind,
    pub(crate) span: Span,
    /// The opener of what is not closed.
    pub(crate) related: Option<Span>,
    pub(crate) edits: Vec<Edit>,
    pub(crate) certainty: Certainty,
    /// Another reading that is as likely.
    pub(crate) other: Option<Reading>,
    /// Whether the value that is written at the first edit is none.
    pub(crate) is_invalid: bool,
    /// Whether reading stopped at it, so that its repair had to be searched for.
    pub(crate) is_stop: bool,
    /// Whether it would be certain, if a guess were not beside it.
    pub(crate) is_near_guess: bool,
}

impl Slip {
    pub(crate) fn is_certain(&self) -> bool {
        self.certainty == Certainty::Certain
    }

    /// Whether the repair is certain, whatever is beside it.
    pub(crate) fn is_certain_alone(&self) -> bool {
        self.is_certain() || self.is_near_guess
    }

    /// Whether the text may have been misread here.
    pub(crate) fn is_guess(&self) -> bool {
        self.is_stop && !self.is_certain()
    }

    /// The slip of an edited text as one of the text before.
    pub(crate) fn original(mut self, map: &EditMap) -> Self {
        let moved = |edits: &mut Vec<Edit>| {
            for edit in edits {
                edit.span = map.span(edit.span);
            }
        };
        self.span = map.span(self.span);
        self.related = self.related.map(|span| map.span(span));
        moved(&mut self.edits);
        if let Some(other) = &mut self.other {
            moved(&mut other.edits);
        }
        self
    }
}
