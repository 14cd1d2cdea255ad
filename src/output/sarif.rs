//! [SARIF 2.1.0], which GitHub code scanning, Azure DevOps and editors read.
//!
//! Only what is written is declared here, about a twentieth of the standard. No text of the payload
//! is in it: no snippets, no contents, and no fixes if values are redacted.
//!
//! [SARIF 2.1.0]: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

use std::collections::BTreeMap;
use std::io::{self, Write};

use json_document::{PositionEncoding, Range};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::catalogue::readable;
use super::json::v1::Data;
use super::json::write_pretty;
use super::{Checked, not_listed, words};
use crate::engine::baseline_key::Fingerprints;
use crate::report::{Applicability, Diagnostic, Fix, Omitted, Severity};
use crate::rules::registry::RULES;
use crate::rules::rule::Rule;

/// The schema that logs name, so that editors check and explain them.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: Vec<Run<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    invocations: [Invocation<'a>; 1],
    results: Vec<SarifResult<'a>>,
}

#[derive(Debug, Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    help_uri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Tags>,
}

#[derive(Debug, Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
    enabled: bool,
}

#[derive(Debug, Serialize)]
struct Tags {
    tags: [&'static str; 1],
}

/// What the run reports of itself: what could not be checked, and findings that are counted and not listed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Notification<'a> {
    level: &'static str,
    message: Message<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    associated_rule: Option<RuleReference<'a>>,
    locations: [Location<'a>; 1],
}

#[derive(Debug, Serialize)]
struct RuleReference<'a> {
    id: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    properties: Properties<'a>,
}

/// What SARIF has no place for.
#[derive(Debug, Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Data::is_empty")]
    data: Data<'a>,
}

impl Properties<'_> {
    fn is_empty(&self) -> bool {
        self.note.is_none() && self.data.is_empty()
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the standard's names")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

/// The value, by its JSON Pointer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// As ours: 1-based, the end exclusive.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    start_column: u32,
    end_line: u64,
    end_column: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Message<'a>,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Message<'a>>,
}

/// Writes the findings of all files.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, files: &[Checked<'_>]) -> io::Result<()> {
    // A run counts columns in one way. Reports of one linter do too: there is one run, unless
    // those of two are put together.
    let mut runs = Vec::new();
    for (encoding, column_kind) in [
        (PositionEncoding::Utf8, "unicodeCodePoints"),
        (PositionEncoding::Utf16, "utf16CodeUnits"),
    ] {
        let of_kind: Vec<&Checked<'_>> = files
            .iter()
            .filter(|checked| checked.report.encoding == encoding)
            .collect();
        let is_last = encoding == PositionEncoding::Utf16;
        if !of_kind.is_empty() || !is_last && files.is_empty() {
            runs.push(run(&of_kind, column_kind));
        }
    }
    write_pretty(
        out,
        &Log {
            schema: SCHEMA,
            version: "2.1.0",
            runs,
        },
    )
}

fn run<'a>(files: &[&'a Checked<'a>], column_kind: &'static str) -> Run<'a> {
    let codes = codes(files);
    let mut fingerprints = Fingerprints::default();
    let mut results = Vec::new();
    let mut notifications = Vec::new();
    for checked in files {
        if let Some(failure) = &checked.failure {
            notifications.push(Notification {
                level: "error",
                message: Message {
                    text: failure.as_str().into(),
                },
                associated_rule: None,
                locations: [whole_file(&checked.path)],
            });
        }
        for found in &checked.report {
            results.push(result(checked, found, &codes, &mut fingerprints));
        }
        for omitted in checked.report.omitted() {
            notifications.push(notification(&checked.path, omitted));
        }
    }
    Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: env!("CARGO_PKG_REPOSITORY"),
                rules: codes
                    .iter()
                    .map(|(code, url)| descriptor(code, url))
                    .collect(),
            },
        },
        column_kind,
        newline_sequences: ["\r\n", "\n", "\r"],
        invocations: [Invocation {
            execution_successful: files.iter().all(|checked| checked.failure.is_none()),
            tool_execution_notifications: notifications,
        }],
        results,
    }
}

/// The codes of the findings, each with the address of its documentation, in the order of the catalogue.
fn codes<'a>(files: &[&'a Checked<'a>]) -> Vec<(&'a str, &'a str)> {
    let found: BTreeMap<&str, &str> = files
        .iter()
        .flat_map(|checked| &checked.report)
        .map(|found| (found.code.as_ref(), found.url.as_str()))
        .collect();
    let mut codes: Vec<(&str, &str)> = found.into_iter().collect();
    codes.sort_by_key(|(code, _)| RULES.iter().position(|rule| rule.code == *code));
    codes
}

fn descriptor<'a>(code: &'a str, url: &'a str) -> Descriptor<'a> {
    let rule = crate::rules::registry::find(code);
    Descriptor {
        id: code,
        short_description: rule.map(|rule| Message {
            text: rule.summary().into(),
        }),
        full_description: rule.map(|rule| Message {
            text: rule.why.into(),
        }),
        help: rule.map(|rule| help(rule, url)),
        help_uri: url,
        default_configuration: rule.map(|rule| Configuration {
            level: level(rule.severity),
            enabled: rule.on_by_default,
        }),
        properties: rule.map(|rule| Tags {
            tags: [rule.group.title()],
        }),
    }
}

fn help(rule: &Rule, url: &str) -> Help {
    let docs = readable(&rule.docs());
    Help {
        text: format!("{}\n{}\n{url}", rule.summary(), rule.why),
        markdown: format!("{docs}\n[{}]({url})\n", rule.code),
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result<'a>(
    checked: &'a Checked<'a>,
    found: &'a Diagnostic,
    codes: &[(&str, &str)],
    fingerprints: &mut Fingerprints,
) -> SarifResult<'a> {
    let related = found.related.iter().enumerate().map(|(at, related)| {
        let path = related.path.as_deref().unwrap_or(&checked.path);
        let mut location = location(path, related.range, &related.pointer);
        location.id = Some(at + 1);
        location.message = Some(message(related.message.clone()));
        location
    });
    let fix = found.fix.as_ref().filter(|_| !checked.report.redacted);
    SarifResult {
        rule_id: &found.code,
        rule_index: codes
            .iter()
            .position(|(code, _)| *code == found.code)
            .unwrap_or_default(),
        level: level(found.severity),
        message: message(words(found, "\n")),
        locations: [location(&checked.path, found.range, &found.pointer)],
        related_locations: related.collect(),
        // Services compute `primaryLocationLineHash` themselves, from the line's text.
        partial_fingerprints: BTreeMap::from([(
            "seamlint/v2",
            fingerprints.of(&checked.path, found, checked.report.redacted),
        )]),
        fixes: fix.map(|fix| sarif_fix(fix, checked)).into_iter().collect(),
        properties: Properties {
            note: found.note.as_deref(),
            data: Data(&found.data),
        },
    }
}

/// Text for people. In SARIF, `[words](address)` is a link: a payload must not make one.
fn message<'a>(text: String) -> Message<'a> {
    let text = if text.contains("](") {
        text.replace('\\', "\\\\")
            .replace('[', "\\[")
            .replace(']', "\\]")
    } else {
        text
    };
    Message { text: text.into() }
}

fn location<'a>(path: &str, range: Range, pointer: &'a str) -> Location<'a> {
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: artifact(path),
            region: Some(region(range)),
        },
        logical_locations: if pointer.is_empty() {
            Vec::new()
        } else {
            vec![LogicalLocation {
                fully_qualified_name: pointer,
                kind: "value",
            }]
        },
        message: None,
    }
}

const fn region(range: Range) -> Region {
    Region {
        start_line: range.start.line,
        start_column: range.start.column,
        end_line: range.end.line,
        end_column: range.end.column,
    }
}

fn sarif_fix<'a>(fix: &'a Fix, checked: &Checked<'_>) -> SarifFix<'a> {
    let title = match fix.applicability {
        Applicability::Safe => fix.title.clone(),
        Applicability::Unsafe => format!("{} (unsafe: look at it first)", fix.title),
    };
    SarifFix {
        description: message(title),
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(&checked.path),
            replacements: fix
                .edits
                .iter()
                .map(|edit| Replacement {
                    deleted_region: region(edit.range),
                    inserted_content: (!edit.text.is_empty()).then(|| Message {
                        text: edit.text.as_str().into(),
                    }),
                })
                .collect(),
        }],
    }
}

fn notification<'a>(path: &str, omitted: &'a Omitted) -> Notification<'a> {
    Notification {
        level: "note",
        message: message(not_listed(omitted)),
        associated_rule: Some(RuleReference { id: &omitted.code }),
        locations: [whole_file(path)],
    }
}

fn whole_file<'a>(path: &str) -> Location<'a> {
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: artifact(path),
            region: None,
        },
        logical_locations: Vec::new(),
        message: None,
    }
}

/// Characters that RFC 3986 does not allow in a path.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    // Before the first slash it would end a scheme.
    .add(b':');

/// A path as a URI: a relative one stays relative, to where the command ran.
fn artifact(path: &str) -> ArtifactLocation {
    let bytes = path.as_bytes();
    let uri = match bytes {
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => {
            let rest = utf8_percent_encode(&path[2..], ESCAPED);
            format!("file:///{}:{rest}", &path[..1])
        }
        [b'/', ..] => format!("file://{}", utf8_percent_encode(path, ESCAPED)),
        _ => utf8_percent_encode(path, ESCAPED).to_string(),
    };
    ArtifactLocation { uri }
}
