//! An error and its repair, before there is a document that it belongs to.

use crate::node::Span;
use crate::repair::edit::Edit;
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
}
