//! JSON text as a flat document that knows where everything is.
//!
//! A [`Document`] is for tools that talk to people about JSON: linters, editors, migration scripts.
//! It keeps what a reader of data throws away:
//!
//! - the [`Span`] of every value and member name, in bytes;
//! - members in the order of the text, duplicates included;
//! - numbers and strings as they are written;
//! - [syntax errors](SyntaxError), with the values that come after them: parsing never fails.
//!
//! # A tour
//!
//! ```
//! use json_document::{Document, Kind, NodeId, SyntaxErrorKind};
//!
//! let text = r#"{ "room": "101", "beds": [2, 1,], "room": "102" }"#;
//! let document = Document::parse(text);
//!
//! // Values are numbered in the order of the text; the root is the first.
//! let beds = document.member(NodeId::ROOT, "beds").unwrap();
//! assert_eq!(document.kind(beds), Kind::Array);
//! assert_eq!(document.children(beds).count(), 2);
//! assert_eq!(document.raw(beds), "[2, 1,]");
//!
//! // The comma after the last element is an error with a place, and hides nothing.
//! let error = &document.syntax_errors()[0];
//! assert_eq!(error.kind, SyntaxErrorKind::TrailingComma);
//! assert_eq!(error.span.range(), 30..31);
//! assert_eq!(error.owner, beds);
//!
//! // The last of two members with one name is the one that counts; both are known.
//! let room = document.member(NodeId::ROOT, "room").unwrap();
//! assert_eq!(document.string(room).unwrap(), "102");
//! let (earlier, later) = document.duplicates()[0];
//! assert_eq!((document.raw(earlier), later), (r#""101""#, room));
//! ```
//!
//! [`LineIndex`] turns offsets into lines and columns, in the unit that an editor counts.
//! [`pointer`](mod@pointer) names values by JSON Pointers and finds them again.
//!
//! ```
//! use json_document::{Document, LineIndex, PositionEncoding, pointer};
//!
//! let text = "{\n  \"beds\": [2, 1]\n}";
//! let document = Document::parse(text);
//! let bed = pointer::find(&document, "/beds/1").unwrap();
//!
//! let lines = LineIndex::new(text, PositionEncoding::Utf8);
//! let start = lines.range(document.span(bed)).start;
//! assert_eq!((start.line, start.column), (2, 15));
//! ```
//!
//! A JSON text that is written inside another text is read by an [`Extract`], whose [`SourceMap`] leads
//! spans back: out of a string, HTML, percent-encoding or UTF-16.
//!
//! Code that asks for the same names again and again gives them numbers by a [`Vocabulary`], and
//! takes a [`NamedDocument`].
//!
//! # What it is not for
//!
//! It is no replacement for `serde_json`: it builds no Rust types, writes no JSON and does not
//! convert numbers. It reads neither streams nor JSON5, and it does not edit: it gives the spans, the
//! caller changes the text.
//!
//! # Limits
//!
//! A text has at most [`MAX_BYTES`], and what is inside more than [`MAX_DEPTH`] containers is skipped;
//! both are syntax errors. Time and memory are linear in the text: 12 bytes for each value.
//!
//! # How it works
//!
//! One pass without recursion writes one node for each value. Strict scanners say where a token ends,
//! or nothing. Only where they say nothing is the text repaired, by the cheapest edits after which
//! reading goes on as it should, and the repaired text is read instead. Valid text never gets there.

mod document;
mod escape;
mod hash;
mod line_index;
mod names;
mod node;
mod parser;
pub mod pointer;
mod repair;
mod scan;
#[doc(hidden)]
pub mod sort;
mod source_map;
mod syntax_error;
mod vocabulary;

pub use document::{Children, Document, Scratch};
pub use escape::quote;
pub use line_index::{LineIndex, Position, PositionEncoding, Range};
pub use node::{Kind, Node, NodeId, Span};
pub use parser::{MAX_BYTES, MAX_DEPTH};
pub use repair::edit::Edit;
pub use source_map::{Extract, SourceMap};
pub use syntax_error::{
    Certainty, MAX_SYNTAX_ERRORS, Reading, Repair, SyntaxError, SyntaxErrorKind,
};
pub use vocabulary::{NamedDocument, Place, UNKNOWN_NAME, Vocabulary};
