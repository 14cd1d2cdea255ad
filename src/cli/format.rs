//! The one list of output formats, and how each is written.
#![expect(
    clippy::doc_markdown,
    reason = "the comments are help texts, which are no Markdown"
)]

use std::io::{self, Write};

use clap::ValueEnum;

use crate::engine::baseline_key::Covers;
use crate::engine::linter::Linter;
use crate::engine::options::Options;
use crate::output::pretty::Pretty;
use crate::output::{
    Checked, checkstyle, concise, github, gitlab, json, json_lines, junit, rdjson, sarif,
};
use crate::report::Severity;

/// How wide excerpts are where there is no terminal.
pub(super) const WIDTH: usize = 100;

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

/// Checks one text, a payload or a resource of the collection `kind`, and writes what is found as `check --output FORMAT=FILE` does.
/// `path` is the name of the text, and at `fail_on` a test of JUnit fails.
///
/// # Errors
///
/// There is no such format, severity or collection, the options are invalid, or the text of a resource is not UTF-8.
pub fn write(
    mut options: Options,
    (kind, bytes): (&str, &[u8]),
    path: &str,
    (format, fail_on): (&str, &str),
) -> Result<String, String> {
    let format = Format::from_str(format, false)
        .map_err(|_| format!("format is {format:?}: {} was expected", names::<Format>()))?;
    let fail_on = Severity::from_str(fail_on, false).map_err(|_| {
        format!(
            "failOn is {fail_on:?}: {} was expected",
            names::<Severity>()
        )
    })?;
    options.keys = format.has_fingerprints().then_some(if options.redact {
        Covers::Places
    } else {
        Covers::Values
    });
    let linter = Linter::with_options(options).map_err(|error| error.to_string())?;
    let report = if kind.is_empty() {
        linter.check_bytes(bytes)
    } else {
        let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let report = linter.check_resource(kind, text);
        report.map_err(|error| error.to_string())?
    };
    let checked = [Checked::new(path.to_owned(), report.into_owned())];
    let mut out = Vec::new();
    let written = match format {
        Format::Pretty => Pretty::new(WIDTH, false).write(&mut out, &checked[0]),
        _ => format
            .write_file(&mut out, &checked[0])
            .and_then(|()| format.write_document(&mut out, &checked, &[fail_on])),
    };
    written.map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}

/// The values of a choice: `"a", "b" or "c"`.
fn names<T: ValueEnum>() -> String {
    let values = T::value_variants().iter();
    let names = values.filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = names.map(|name| format!("{:?}", name.get_name())).collect();
    let (last, most) = names.split_last().expect("there are some");
    format!("{} or {last}", most.join(", "))
}
