//! JSON text as a flat, lossless [`Document`].
mod document;
mod escape;
mod line_index;
mod names;
mod node;
mod parser;
pub mod pointer;
mod scan;
mod syntax_error;
mod vocabulary;

pub use document::{Children, Document, Scratch};
pub use escape::quote;
pub use line_index::{LineIndex, Position, PositionEncoding, Range};
pub use node::{Kind, Node, NodeId, Span};
pub use parser::{MAX_BYTES, MAX_DEPTH, MAX_SYNTAX_ERRORS};
pub use syntax_error::{SyntaxError, SyntaxErrorKind};
pub use vocabulary::{NamedDocument, UNKNOWN_NAME, Vocabulary};
