//! The schema that is part of the program.

use std::sync::OnceLock;

use super::compile::{self, CompileError};
use super::names::Names;
use super::subschema::Schema;

/// The JSON Schema (2020-12) of a `push_data` body, derived from Seam's OpenAPI document.
pub const PUSH_DATA: &str = include_str!("../../schema/push_data.schema.json");

/// Title and version of the OpenAPI document that the schema is derived from, and until when it was the published one;
/// `schema/PROVENANCE.md` has its digest, and says what was added.
pub const VERSION: &str =
    "Seam Connect 1.0.0, published before 2026-08-18, with additions until 2026-10-13";

/// The embedded schema, compiled at first use.
pub(crate) fn embedded() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        // `expect` would bring what shows an error to programmers.
        #[expect(clippy::panic, reason = "a constant; a test compiles it")]
        compile::compile(PUSH_DATA, Names::default())
            .unwrap_or_else(|_| panic!("the embedded schema compiles"))
    })
}

/// The patterns of a schema that is to be embedded: as it writes them, and in the syntax of the
/// `regex` crate.
///
/// # Errors
///
/// `CompileError` if the text is not JSON or has a keyword, format or pattern that is not known.
pub fn patterns(text: &str) -> Result<Vec<(String, String)>, CompileError> {
    let schema = compile::compile(text, Names::default())?;
    let patterns = schema.patterns.iter();
    Ok(patterns
        .map(|pattern| (pattern.source().to_owned(), pattern.translated()))
        .collect())
}
