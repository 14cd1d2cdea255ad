//! Fixes: replacements in the text, and whether they may be applied without asking.

use json_document::Range;
use serde::Serialize;

/// Whether a fix may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Means the same, or the API would refuse it otherwise and only one reading is possible.
    Safe,
    /// A guess: look at it first.
    Unsafe,
}

/// One replacement in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub range: Range,
    /// The replacement; empty for a removal.
    pub text: String,
}

/// A fix for a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, in a few words.
    pub title: String,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
    /// The replacements, in the order of the text, none overlapping another.
    pub edits: Vec<Edit>,
}
