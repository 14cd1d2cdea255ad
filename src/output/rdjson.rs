//! The [Reviewdog Diagnostic Format], as one JSON document.
//!
//! Its lines end at LF, and its columns count bytes: both are taken from the report's text. A report
//! whose text is gone, or whose offsets count UTF-16, has lines alone.
//!
//! [Reviewdog Diagnostic Format]: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf

use std::io::{self, Write};

use json_document::{PositionEncoding, Range};
use serde::Serialize;

use super::json::write_pretty;
use super::{Checked, not_listed, words};
use crate::report::{Fix, Report, Severity};

#[derive(Debug, Serialize)]
struct Output<'a> {
    source: Source,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Span>,
}

#[derive(Debug, Serialize)]
struct Span {
    start: Point,
    end: Point,
}

#[derive(Debug, Serialize)]
struct Point {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Suggestion {
    range: Span,
    text: String,
}

/// The most bytes between the first and the last edit of a fix: a suggestion is one replacement,
/// with the text between them.
const WIDEST: usize = 1000;

/// Writes the findings of all files. A fix becomes a suggestion if its edits are close to each
/// other.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, files: &[Checked<'_>]) -> io::Result<()> {
    let mut diagnostics = Vec::new();
    for checked in files {
        let path = checked.path.as_str();
        let text = Text::new(&checked.report);
        if let Some(failure) = &checked.failure {
            diagnostics.push(Entry {
                message: failure.clone(),
                location: Location { path, range: None },
                severity: "ERROR",
                code: Code {
                    value: "not-checked",
                    url: None,
                },
                suggestions: Vec::new(),
            });
        }
        for found in &checked.report {
            let fix = found.fix.as_ref().filter(|_| !checked.report.redacted);
            diagnostics.push(Entry {
                message: words(found, "\n"),
                location: Location {
                    path,
                    range: Some(text.span(found.range)),
                },
                severity: match found.severity {
                    Severity::Error => "ERROR",
                    Severity::Warning => "WARNING",
                    Severity::Info => "INFO",
                },
                code: Code {
                    value: &found.code,
                    url: Some(&found.url),
                },
                suggestions: fix
                    .and_then(|fix| text.suggestion(fix))
                    .into_iter()
                    .collect(),
            });
        }
        for omitted in checked.report.omitted() {
            diagnostics.push(Entry {
                message: not_listed(omitted),
                location: Location { path, range: None },
                severity: "INFO",
                code: Code {
                    value: &omitted.code,
                    url: None,
                },
                suggestions: Vec::new(),
            });
        }
    }
    let source = Source {
        name: env!("CARGO_PKG_NAME"),
        url: env!("CARGO_PKG_REPOSITORY"),
    };
    write_pretty(
        out,
        &Output {
            source,
            diagnostics,
        },
    )
}

/// A report's text, if its offsets are of use, with the offsets at which lines begin.
struct Text<'a> {
    text: Option<&'a str>,
    lines: Vec<usize>,
}

impl<'a> Text<'a> {
    fn new(report: &'a Report<'_>) -> Self {
        let text = report.text();
        let counts_bytes = report.encoding == PositionEncoding::Utf8 && report.wide.is_none();
        let text = (counts_bytes && !text.is_empty()).then_some(text);
        let mut lines = vec![0];
        if let Some(text) = text
            && !report.diagnostics().is_empty()
        {
            lines.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        }
        Self { text, lines }
    }

    fn span(&self, range: Range) -> Span {
        let point = |position: json_document::Position| match self.text {
            Some(_) => {
                let offset = position.offset as usize;
                let line = self.lines.partition_point(|start| *start <= offset);
                Point {
                    line: line as u64,
                    column: Some((offset - self.lines[line - 1]) as u32 + 1),
                }
            }
            None => Point {
                line: position.line,
                column: None,
            },
        };
        Span {
            start: point(range.start),
            end: point(range.end),
        }
    }

    fn suggestion(&self, fix: &Fix) -> Option<Suggestion> {
        let (first, last) = (fix.edits.first()?, fix.edits.last()?);
        let whole = Range {
            start: first.range.start,
            end: last.range.end,
        };
        let source = self.text?;
        if whole.bytes().len() > WIDEST {
            return None;
        }
        let mut text = String::new();
        let mut from = first.range.bytes().start;
        for edit in &fix.edits {
            let bytes = edit.range.bytes();
            text.push_str(source.get(from..bytes.start)?);
            text.push_str(&edit.text);
            from = bytes.end;
        }
        Some(Suggestion {
            range: self.span(whole),
            text,
        })
    }
}
