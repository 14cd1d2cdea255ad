//! The one list of output formats, and how each is written.
#![expect(
    clippy::doc_markdown,
    reason = "the comments are help texts, which are no Markdown"
)]

use std::io::{self, Write};

use clap::ValueEnum;

use crate::output::{
    Checked, checkstyle, concise, github, gitlab, json, json_lines, junit, rdjson, sarif,
};
use crate::report::Severity;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With excerpts, for people
    Pretty,
    /// One line per finding
    Concise,
    /// The JSON report, version 1
    Json,
    /// JSON Lines: one finding per line, as in the JSON report, with its path
    #[value(name = "jsonl")]
    JsonLines,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// JUnit XML: a finding at or above --fail-on is a test that fails
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// The Reviewdog Diagnostic Format
    Rdjson,
}

impl Format {
    /// Whether the format is one document, which needs all findings before it is begun.
    pub(super) const fn is_document(self) -> bool {
        !matches!(self, Self::Pretty | Self::Concise | Self::JsonLines)
    }

    /// Whether services that read it follow findings from run to run.
    pub(super) const fn has_fingerprints(self) -> bool {
        matches!(self, Self::Sarif | Self::Gitlab)
    }

    /// Whether it counts bytes in the text, which has to be kept for it.
    pub(super) const fn needs_text(self) -> bool {
        matches!(self, Self::Rdjson)
    }

    /// Writes the findings of one file, unless the format is a document. [`Format::Pretty`] has a
    /// writer of its own, which knows the terminal.
    pub(super) fn write_file(self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        match self {
            Self::Concise => concise::write(out, checked),
            Self::JsonLines => json_lines::write(out, checked),
            _ => Ok(()),
        }
    }

    /// Writes all findings, if the format is a document. A file fails at its own severity.
    pub(super) fn write_document(
        self,
        out: &mut dyn Write,
        reports: &[Checked<'static>],
        fail_on: &[Severity],
    ) -> io::Result<()> {
        match self {
            Self::Pretty | Self::Concise | Self::JsonLines => Ok(()),
            Self::Json => json::write(out, reports),
            Self::Sarif => sarif::write(out, reports),
            Self::Github => github::write(out, reports),
            Self::Gitlab => gitlab::write(out, reports),
            Self::Junit => junit::write(out, reports, fail_on),
            Self::Checkstyle => checkstyle::write(out, reports),
            Self::Rdjson => rdjson::write(out, reports),
        }
    }
}
