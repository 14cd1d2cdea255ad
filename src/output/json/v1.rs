//! The types of the JSON report, version 1. They belong to the format: internal types change, and
//! these gain fields.

use crate::engine::fix::fixable;
use crate::output::groups::Groups;
use crate::report;
use crate::time::zone;
use serde::{Serialize, Serializer};

/// What seamlint has found in all files.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(title = "seamlint report, version 1"))]
pub(super) struct Output<'a> {
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
    /// How many files and folders could not be checked; they are in none of the other counts.
    #[serde(skip_serializing_if = "is_zero")]
    failures: usize,
}

/// One file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct File<'a> {
    path: &'a str,
    /// Why it could not be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a str>,
    /// Sorted by position, then code.
    diagnostics: Vec<Finding<'a>>,
    /// Findings that are counted and not listed, by code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    omitted: Vec<Omitted<'a>>,
}

/// One finding.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(in crate::output) struct Finding<'a> {
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
    /// JSON Pointer (RFC 6901); `""` is the whole payload.
    pointer: &'a str,
    /// JSON Pointer to the payload, if it is inside other JSON. `range` is in the outer text.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<&'a str>,
    range: Range,
    /// Other places that explain the finding.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
    /// Facts for programs.
    #[serde(skip_serializing_if = "Data::is_empty")]
    data: Data<'a>,
    /// What it has in common with other findings of the file, so that renderers fold them. Absent if it has nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
}

/// How much a finding matters. See the policy in `docs/rules.md`.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Severity {
    /// Legal and perhaps intended; worth one look.
    Info,
    /// The API answers `ok: true`, and then something is lost, ignored or goes wrong at a door.
    Warning,
    /// The API refuses the whole request.
    Error,
}

/// A part of a text: `end` is exclusive.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Range {
    /// The first character.
    start: Position,
    /// After the last character; equal to `start` where something is missing.
    end: Position,
}

/// A place in a text.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Position {
    /// 0-based, in bytes (in the npm package: UTF-16 code units).
    offset: u64,
    /// 1-based. A line ends at LF, CR LF or CR.
    line: u64,
    /// 1-based, in Unicode scalar values (in the npm package: UTF-16 code units).
    column: u32,
}

/// Another place that explains a finding.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Related<'a> {
    /// The file, if it is another one of the set.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    /// JSON Pointer (RFC 6901).
    pointer: &'a str,
    /// Where it is.
    range: Range,
    /// What is there.
    message: &'a str,
}

/// A fix for a finding.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Fix<'a> {
    title: &'a str,
    safety: Safety,
    /// In the order of the text, without overlaps. Left out if values are redacted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    edits: Vec<Edit<'a>>,
}

/// Whether a fix may be applied without asking.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Safety {
    /// Means the same, or the API would refuse it otherwise and only one reading is possible.
    Safe,
    /// A guess: look at it first.
    Unsafe,
}

/// One replacement in the text.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Edit<'a> {
    /// What is replaced; empty for an insertion.
    range: Range,
    /// The replacement; empty for a removal.
    text: &'a str,
}

/// Facts of a finding for programs.
#[derive(Debug)]
pub(in crate::output) struct Data<'a>(pub(in crate::output) &'a report::Data);

/// Findings of one code that are counted and not listed.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(in crate::output) struct Omitted<'a> {
    /// The rule.
    code: &'a str,
    /// How many are not listed.
    count: usize,
}

impl<'a> Output<'a> {
    /// Of files with their paths, and why they could not be checked.
    pub(super) fn new(
        files: impl Iterator<Item = (&'a str, Option<&'a str>, &'a report::Report<'a>)>,
    ) -> Self {
        let mut output = Self {
            version: 1,
            tool: Tool {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                iana: zone::database_version(),
            },
            summary: Summary::default(),
            files: Vec::new(),
        };
        for (path, failure, report) in files {
            match failure {
                Some(_) => output.summary.failures += 1,
                None => output.summary.add(report),
            }
            output.files.push(File {
                path,
                failure,
                diagnostics: Finding::all(report).collect(),
                omitted: report.omitted().iter().map(Omitted::from).collect(),
            });
        }
        output
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks like this")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Summary {
    fn add(&mut self, report: &report::Report<'_>) {
        let counts = report.counts();
        self.files += 1;
        self.errors += counts.errors;
        self.warnings += counts.warnings;
        self.infos += counts.infos;
        self.suppressed += report.suppressed();
        self.fixable += fixable(report).count();
    }
}

impl<'a> Finding<'a> {
    /// The findings of a report. Where values are redacted, the texts of edits are left out.
    pub(in crate::output) fn all(
        report: &'a report::Report<'_>,
    ) -> impl Iterator<Item = Self> + use<'a> {
        let mut groups = Groups::default();
        let numbers: Vec<usize> = report.iter().map(|found| groups.add(found)).collect();
        let redacted = report.redacted;
        report.iter().zip(numbers).map(move |(found, number)| {
            let (name, count) = &groups.all()[number];
            let group = (*count > 1).then(|| name.clone());
            Self::new(found, redacted, group)
        })
    }

    fn new(found: &'a report::Diagnostic, redacted: bool, group: Option<String>) -> Self {
        Self {
            code: &found.code,
            severity: found.severity.into(),
            message: &found.message,
            note: found.note.as_deref(),
            help: found.help.as_deref(),
            url: &found.url,
            pointer: &found.pointer,
            within: found.within.as_deref(),
            range: found.range.into(),
            related: found.related.iter().map(Related::from).collect(),
            fix: found.fix.as_ref().map(|fix| Fix {
                title: &fix.title,
                safety: fix.applicability.into(),
                edits: if redacted {
                    Vec::new()
                } else {
                    fix.edits.iter().map(Edit::from).collect()
                },
            }),
            data: Data(&found.data),
            group,
        }
    }
}

impl From<report::Severity> for Severity {
    fn from(severity: report::Severity) -> Self {
        match severity {
            report::Severity::Info => Self::Info,
            report::Severity::Warning => Self::Warning,
            report::Severity::Error => Self::Error,
        }
    }
}

impl From<report::Applicability> for Safety {
    fn from(safety: report::Applicability) -> Self {
        match safety {
            report::Applicability::Safe => Self::Safe,
            report::Applicability::Unsafe => Self::Unsafe,
        }
    }
}

impl From<json_document::Range> for Range {
    fn from(range: json_document::Range) -> Self {
        Self {
            start: range.start.into(),
            end: range.end.into(),
        }
    }
}

impl From<json_document::Position> for Position {
    fn from(position: json_document::Position) -> Self {
        Self {
            offset: position.offset,
            line: position.line,
            column: position.column,
        }
    }
}

impl<'a> From<&'a report::Related> for Related<'a> {
    fn from(related: &'a report::Related) -> Self {
        Self {
            path: related.path.as_deref(),
            pointer: &related.pointer,
            range: related.range.into(),
            message: &related.message,
        }
    }
}

impl<'a> From<&'a report::Edit> for Edit<'a> {
    fn from(edit: &'a report::Edit) -> Self {
        Self {
            range: edit.range.into(),
            text: &edit.text,
        }
    }
}

impl Data<'_> {
    pub(in crate::output) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, value)| (field.name(), value)))
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Data<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Data".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let fields = report::DataField::ALL.iter().map(|field| {
            let mut schema = match field.data_type() {
                report::DataType::String => serde_json::json!({ "type": "string" }),
                report::DataType::Integer if *field == report::DataField::Minutes => {
                    serde_json::json!({ "type": "integer" })
                }
                report::DataType::Integer => serde_json::json!({ "type": "integer", "minimum": 0 }),
                report::DataType::Strings => {
                    serde_json::json!({ "type": "array", "items": { "type": "string" } })
                }
            };
            schema["description"] = field.description().into();
            (field.name().to_owned(), schema)
        });
        schemars::json_schema!({
            "description": "Facts of a finding for programs. `schema/rules.json` lists those of each rule; values of the payload \
                            are left out of a redacted report.",
            "type": "object",
            "properties": fields.collect::<serde_json::Map<_, _>>(),
        })
    }
}

impl<'a> From<&'a report::Omitted> for Omitted<'a> {
    fn from(omitted: &'a report::Omitted) -> Self {
        Self {
            code: &omitted.code,
            count: omitted.count,
        }
    }
}
