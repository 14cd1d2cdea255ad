//! The JSON report, version 1. Fields are only ever added; internal types are never written
//! directly. Described by `schema/report.v1.schema.json`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use super::Checked;
use crate::linter::is_hidden;
use crate::report::{Data, Diagnostic, Edit, Omitted, Related, Safety, Severity};
use crate::text::Range;

/// What seamlint has found in all files.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(title = "seamlint report, version 1"))]
struct Output<'a> {
    /// The version of this format.
    version: u8,
    tool: Tool<'a>,
    summary: Summary,
    /// In the order in which they were checked.
    files: Vec<File<'a>>,
}

/// What made the report.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    /// The version of the IANA time zone data.
    iana: &'a str,
}

/// Counts over all files.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Summary {
    /// How many files were checked.
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Findings that were suppressed, and are in none of the other counts.
    suppressed: usize,
    /// Listed findings with a fix.
    fixable: usize,
}

/// One file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct File<'a> {
    path: &'a str,
    /// Sorted by position, then code.
    diagnostics: Vec<Finding<'a>>,
    /// Findings that are counted and not listed, by code.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    omitted: &'a [Omitted],
}

/// One finding.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Finding<'a> {
    /// The rule.
    code: &'a str,
    severity: Severity,
    /// What is wrong.
    message: &'a str,
    /// Why it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    /// Where the rule is documented.
    url: &'a str,
    /// JSON Pointer (RFC 6901); `""` is the whole text.
    pointer: &'a str,
    range: Range,
    /// Other places that explain the finding.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    related: &'a [Related],
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
    /// Facts for programs.
    #[serde(skip_serializing_if = "Data::is_empty")]
    data: &'a Data,
}

/// A way to mend a finding.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Fix<'a> {
    title: &'a str,
    safety: Safety,
    /// In the order of the text, none overlapping another.
    edits: &'a [Edit],
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(found: &'a Diagnostic) -> Self {
        Self {
            code: &found.code,
            severity: found.severity,
            message: &found.message,
            note: found.note.as_deref(),
            help: found.help.as_deref(),
            url: &found.url,
            pointer: &found.pointer,
            range: found.range,
            related: &found.related,
            fix: found.fix.as_ref().map(|fix| Fix {
                title: &fix.title,
                safety: fix.safety,
                edits: &fix.edits,
            }),
            data: &found.data,
        }
    }
}

/// Writes the report of all files.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, files: &[Checked<'_>]) -> io::Result<()> {
    let mut summary = Summary {
        files: files.len(),
        ..Summary::default()
    };
    for checked in files {
        let counts = checked.report.counts();
        summary.errors += counts.errors;
        summary.warnings += counts.warnings;
        summary.infos += counts.infos;
        summary.fixable += checked
            .report
            .iter()
            .filter(|found| found.fix.is_some())
            .count();
    }
    let output = Output {
        version: 1,
        tool: Tool {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            iana: crate::time_zone_data(),
        },
        summary,
        files: files
            .iter()
            .map(|checked| File {
                path: &checked.path,
                diagnostics: checked
                    .report
                    .iter()
                    .map(|found| {
                        let mut finding = Finding::from(found);
                        // Edits hold what is to stand there instead of a value.
                        if checked.report.redacted {
                            finding.fix = None;
                        }
                        finding
                    })
                    .collect(),
                omitted: checked.report.omitted(),
            })
            .collect(),
    };
    let mut serializer = Serializer::with_formatter(&mut *out, Escaping(PrettyFormatter::new()));
    output.serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// The JSON Schema of the report.
#[cfg(feature = "cli")]
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Output<'_>).to_value()
}

/// Pretty JSON in which what cannot be seen is escaped: `\u202e` instead of the character, which
/// means the same to a program and does no harm in a terminal.
struct Escaping(PrettyFormatter<'static>);

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hidden) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let mut characters = rest[at..].chars();
            if let Some(hidden) = characters.next() {
                for unit in hidden.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}
