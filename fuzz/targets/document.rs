//! Bytes are read as a document: what is JSON and what it says is as `serde_json` reads it, nodes are in order and
//! inside one another, pointers lead to their nodes, and a repaired text is read again as it says.
#![no_main]

#[path = "../../crates/json-document/tests/suite/properties.rs"]
mod properties;

use json_document::{Document, LineIndex, PositionEncoding};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        properties::compare(text);
        positions(text);
    }
    if let Ok(document) = Document::parse_bytes(bytes) {
        let _ = properties::refusals(&document).count();
    }
});

/// Each offset at a character has a line and a column, which grow with it.
fn positions(text: &str) {
    for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16] {
        let index = LineIndex::new(text, encoding);
        let offsets = text.char_indices().map(|(at, _)| at as u32);
        let positions: Vec<_> = offsets.map(|at| index.position(at)).collect();
        let lines = positions.iter().map(|at| (at.line, at.column));
        assert!(lines.is_sorted());
        assert!(positions.iter().all(|at| at.line > 0 && at.column > 0));
    }
}
