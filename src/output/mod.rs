//! How reports are written: each format in its own module, none of which holds a message.

pub mod catalogue;
pub mod concise;
pub mod json;
#[cfg(feature = "cli")]
pub mod pretty;

use crate::report::Report;

/// A report with the name of what it is about.
#[derive(Debug)]
pub struct Checked<'a> {
    /// The path as it was given, with `/` between folders; the name given for standard input.
    pub path: String,
    /// What was found.
    pub report: Report<'a>,
}
