//! The engine: from bytes to a report.

#[cfg(feature = "fingerprints")]
pub(crate) mod baseline_key;
mod dumps;
mod edits;
pub mod fix;
pub(crate) mod input;
pub(crate) mod json_lines;
pub(crate) mod linter;
pub(crate) mod options;
mod redact;
mod run;
mod scratch;
mod unwrap;
mod wide;
