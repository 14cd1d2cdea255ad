//! How reports are written: one module per format, none of which holds a message.

#[cfg(feature = "fingerprints")]
pub mod audit;
pub mod catalogue;
#[cfg(feature = "cli")]
pub mod checkstyle;
pub mod concise;
pub mod github;
#[cfg(feature = "cli")]
pub mod gitlab;
mod groups;
pub mod json;
pub mod json_lines;
#[cfg(feature = "cli")]
pub mod junit;
#[cfg(feature = "cli")]
pub mod pretty;
pub mod rdjson;
#[cfg(feature = "cli")]
pub mod sarif;
#[cfg(feature = "cli")]
pub mod statistics;
#[cfg(all(test, feature = "cli"))]
mod tests;

use crate::report::{Diagnostic, Omitted, Report};

/// A report with the name of its file.
#[derive(Debug)]
pub struct Checked<'a> {
    /// The path as it was given, with `/` between folders; the name given for standard input.
    pub path: String,
    /// What was found.
    pub report: Report<'a>,
    /// Why it could not be checked: then nothing was found.
    pub failure: Option<String>,
    /// It is about a part of the file, and the next one is about what comes then.
    pub has_more: bool,
}

impl<'a> Checked<'a> {
    /// A file that was checked.
    #[must_use]
    pub fn new(path: String, report: Report<'a>) -> Self {
        Self {
            path,
            report,
            failure: None,
            has_more: false,
        }
    }

    /// A file, or a folder, that could not be checked.
    #[cfg(feature = "cli")]
    pub(crate) fn failed(path: String, failure: String) -> Self {
        Self {
            path,
            report: Report::nothing(),
            failure: Some(failure),
            has_more: false,
        }
    }
}

/// The code of what could not be checked, where a format wants one.
#[cfg(feature = "cli")]
const NOT_CHECKED: &str = "not-checked";

/// Message and help, for formats that have one text for both.
fn words(found: &Diagnostic, between: &str) -> String {
    match &found.help {
        Some(help) => format!("{}{between}{help}", found.message),
        None => found.message.clone(),
    }
}

/// A line for findings that are counted and not listed.
fn not_listed(omitted: &Omitted) -> String {
    format!("not listed: {} more {}", omitted.count, omitted.code)
}

/// Text without the characters that XML 1.0 cannot hold or advises against, which are escaped.
#[cfg(feature = "cli")]
fn xml_text(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' | '\n' | '\r' => kept.push(character),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                kept.extend(character.escape_unicode());
            }
            other => kept.push(other),
        }
    }
    kept
}
