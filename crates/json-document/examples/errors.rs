//! Prints the syntax errors and duplicate members of a file: `cargo run --example errors FILE`.

use std::error::Error;

use json_document::{Document, LineIndex, PositionEncoding, pointer};

#[expect(clippy::print_stdout, reason = "it is a command")]
fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    let bytes = std::fs::read(&path)?;
    let document = Document::parse_bytes(&bytes)?;
    let lines = LineIndex::new(document.text(), PositionEncoding::Utf8);
    for error in document.syntax_errors() {
        let start = lines.range(error.span).start;
        let owner = pointer::of(&document, error.owner);
        let (line, column) = (start.line, start.column);
        println!("{path}:{line}:{column}: {:?} in {owner:?}", error.kind);
    }
    for (_, later) in document.duplicates() {
        let name = document.name_span(*later).ok_or("a duplicate has a name")?;
        let start = lines.range(name).start;
        let member = pointer::of(&document, *later);
        println!("{path}:{}:{}: {member:?} again", start.line, start.column);
    }
    Ok(())
}
