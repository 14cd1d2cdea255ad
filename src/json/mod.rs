//! JSON text as a flat, lossless [`Document`]: spans, duplicate members, member order, number
//! text, and recovery after syntax errors.
//!
//! The parser follows [RFC 8259]. A text that breaks it still gives a document: what is wrong
//! stands in [`Document::problems`], and the rest of the text is read as if the slip were mended.
//!
//! [RFC 8259]: https://www.rfc-editor.org/rfc/rfc8259

mod document;
mod names;
mod parser;
pub mod pointer;
mod problem;
mod unescape;

pub use document::{Children, Document, Kind, NodeId, Span};
pub(crate) use document::{FLAG_ESCAPED, FLAG_ODD, Memory, Node};
pub(crate) use names::{Names, UNKNOWN_NAME};
pub use parser::{MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS};
pub use problem::{Problem, ProblemKind};
pub(crate) use unescape::quote;
