//! Checks Seam `push_data` payloads offline, before they are sent.

#[doc(hidden)]
pub mod bench_support;
pub mod json;
mod linter;
mod payload;
pub mod report;
pub mod rules;
pub mod schema;
mod suggest;
pub mod text;
mod time;

pub use linter::{Level, Linter, Options, OptionsError, rule};
pub use report::{Diagnostic, Report, Severity};
