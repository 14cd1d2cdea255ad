//! The JSON report, version 1. Fields are only ever added; internal types are never written
//! directly. Described by `schema/report.v1.schema.json`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::Checked;
use crate::line_index::Range;
use crate::report::{Data, Diagnostic, Edit, Omitted, Related, Report, Safety, Severity};
use crate::text::escape::is_hidden;

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
pub(super) struct Finding<'a> {
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
    /// In the order of the text, none overlapping another. Left out where values are kept out.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    edits: &'a [Edit],
}

impl<'a> Finding<'a> {
    pub(super) fn new(found: &'a Diagnostic, redacted: bool) -> Self {
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
                edits: if redacted { &[] } else { &fix.edits },
            }),
            data: &found.data,
        }
    }
}

impl<'a> Output<'a> {
    fn new(files: impl Iterator<Item = (&'a str, &'a Report<'a>)>) -> Self {
        let mut output = Self {
            version: 1,
            tool: Tool {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                iana: crate::time_zone_data(),
            },
            summary: Summary::default(),
            files: Vec::new(),
        };
        for (path, report) in files {
            let counts = report.counts();
            output.summary.files += 1;
            output.summary.errors += counts.errors;
            output.summary.warnings += counts.warnings;
            output.summary.infos += counts.infos;
            output.summary.suppressed += report.suppressed();
            output.summary.fixable += report.iter().filter(|found| found.fix.is_some()).count();
            output.files.push(File {
                path,
                diagnostics: report
                    .iter()
                    .map(|found| Finding::new(found, report.redacted))
                    .collect(),
                omitted: report.omitted(),
            });
        }
        output
    }
}

/// As the JSON report, version 1, of one file without a path.
impl Serialize for Report<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Output::new(std::iter::once(("", self))).serialize(serializer)
    }
}

/// Writes the report of all files.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, files: &[Checked<'_>]) -> io::Result<()> {
    let output = Output::new(
        files
            .iter()
            .map(|checked| (checked.path.as_str(), &checked.report)),
    );
    write_pretty(out, &output)
}

/// Writes a value with indentation and a line break at the end, what cannot be seen escaped.
pub(super) fn write_pretty(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Escaping(PrettyFormatter::new()));
    value.serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// As [`write_pretty`], on one line.
pub(super) fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Escaping(CompactFormatter));
    value.serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// The JSON Schema of the report.
#[cfg(feature = "cli")]
#[must_use]
pub fn schema() -> serde_json::Value {
    // What is written, not what would be read: a part that is left out is not required.
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Output<'_>>()
        .to_value()
}

/// JSON in which what cannot be seen is escaped: `\u202e` instead of the character, which means the
/// same to a program and does no harm in a terminal.
struct Escaping<F>(F);

impl<F: Formatter> Formatter for Escaping<F> {
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
