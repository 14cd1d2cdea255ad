//! The published request schema: compiled, checked, and derived from OpenAPI.

pub(crate) mod check;
pub(crate) mod compile;
#[cfg(feature = "custom-schema")]
pub(crate) mod custom;
mod names;
#[cfg(feature = "custom-schema")]
pub mod openapi;
pub(crate) mod pattern;
mod regex;

use std::sync::OnceLock;

/// The JSON Schema (2020-12) of a `push_data` body, derived from Seam's OpenAPI document.
pub const PUSH_DATA: &str = include_str!("../../schema/push_data.schema.json");

/// Title and version of the OpenAPI document that the schema is derived from, and the day on which
/// it was taken; `schema/PROVENANCE.md` has its digest.
pub const VERSION: &str = "Seam Connect 1.0.0, taken 2026-11-23";

/// The embedded schema, compiled at first use.
pub(crate) fn embedded() -> &'static compile::Schema {
    static SCHEMA: OnceLock<compile::Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "a constant; a test compiles it")]
        compile::Schema::compile(PUSH_DATA).expect("the embedded schema compiles")
    })
}

/// Whether the compiler knows all of a schema that is to be embedded; `cargo xtask schema` asks.
///
/// # Errors
///
/// The text is not JSON, or has a keyword, format or pattern that is not understood.
#[doc(hidden)]
pub fn embeddable(text: &'static str) -> Result<(), impl std::error::Error + Send + Sync + use<>> {
    compile::Schema::compile(text).map(|_| ())
}

/// A value that breaks a schema that the user brought.
#[derive(Debug)]
pub(crate) struct CustomViolation {
    pub(crate) node: json_document::NodeId,
    /// The JSON Schema keyword.
    pub(crate) keyword: String,
    /// The member that is missing or not admitted.
    pub(crate) member: Option<String>,
    /// The finding is shown at the opening bracket: it is about what is not there, or about all.
    pub(crate) at_opener: bool,
    /// What is wrong, as the rest of a sentence about the value.
    pub(crate) words: String,
}
