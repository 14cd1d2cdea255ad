//! From findings that speak of nodes to diagnostics with pointers, lines and columns.

use std::borrow::Cow;
use std::cell::OnceCell;

use json_document::{
    Document, LineIndex, NodeId, Position, PositionEncoding, Range, Span, pointer,
};

use crate::report::builder::DiagnosticBuilder;
use crate::report::diagnostic::{BaselineKey, Diagnostic, Related};
use crate::report::fix::{Edit, Fix};
use crate::report::report::{Omitted, Report};
use crate::report::severity::Counts;

/// Where a rule is documented.
#[must_use]
pub(crate) fn url(code: &str) -> String {
    const PAGE: &str = concat!(
        env!("CARGO_PKG_REPOSITORY"),
        "/blob/v",
        env!("CARGO_PKG_VERSION"),
        "/docs/rules.md#"
    );
    [PAGE, code].concat()
}

/// A report without its text, which the document still borrows.
pub(crate) struct Resolved {
    redacted: bool,
    is_json: bool,
    encoding: PositionEncoding,
    diagnostics: Vec<Diagnostic>,
    counts: Counts,
    omitted: Vec<Omitted>,
}

impl Resolved {
    pub(crate) fn into_report(self, text: Cow<'_, str>) -> Report<'_> {
        Report {
            text,
            redacted: self.redacted,
            lossy: false,
            is_json: self.is_json,
            encoding: self.encoding,
            diagnostics: self.diagnostics,
            counts: self.counts,
            omitted: self.omitted,
            suppressed: 0,
        }
    }
}

/// Turns nodes and spans into pointers, lines and columns, for all files of a world.
pub(crate) struct LocationResolver<'p> {
    encoding: PositionEncoding,
    files: Vec<PlacesOfFile<'p>>,
}

struct PlacesOfFile<'p> {
    name: &'p str,
    document: &'p Document<'p>,
    /// Where the document begins in its file.
    start: Position,
    /// Made when first asked for: a clean file never needs it.
    lines: OnceCell<LineIndex<'p>>,
}

impl<'p> LocationResolver<'p> {
    pub(crate) fn new(
        encoding: PositionEncoding,
        files: impl Iterator<Item = (&'p str, &'p Document<'p>, Position)>,
    ) -> Self {
        Self {
            encoding,
            files: files
                .map(|(name, document, start)| PlacesOfFile {
                    name,
                    document,
                    start,
                    lines: OnceCell::new(),
                })
                .collect(),
        }
    }

    fn document(&self, file: u32) -> Option<&Document<'p>> {
        self.files.get(file as usize).map(|file| file.document)
    }

    fn pointer(&self, file: u32, node: NodeId) -> String {
        pointer::of(self.files[file as usize].document, node)
    }

    fn range(&self, file: u32, span: Span) -> Range {
        let file = &self.files[file as usize];
        file.lines
            .get_or_init(|| LineIndex::part(file.document.text(), self.encoding, file.start))
            .range(span)
    }

    /// The findings of one file, in order, with pointers, lines and columns.
    pub(crate) fn resolve(
        &self,
        file: u32,
        findings: Vec<DiagnosticBuilder>,
        counts: Counts,
        omitted: Vec<Omitted>,
        redacted: bool,
        key: &dyn Fn(&DiagnosticBuilder) -> Option<BaselineKey>,
    ) -> Resolved {
        Resolved {
            redacted,
            is_json: self.document(file).is_none_or(Document::is_json),
            encoding: self.encoding,
            diagnostics: findings
                .into_iter()
                .map(|finding| {
                    let key = key(&finding);
                    self.diagnostic(file, finding, key)
                })
                .collect(),
            counts,
            omitted,
        }
    }

    fn diagnostic(
        &self,
        file: u32,
        finding: DiagnosticBuilder,
        key: Option<BaselineKey>,
    ) -> Diagnostic {
        let finding = *finding.0;
        Diagnostic {
            key,
            url: url(finding.anchor),
            pointer: self.pointer(file, finding.place.node),
            range: self.range(file, finding.place.span),
            code: finding.code,
            severity: finding.severity,
            message: finding.message,
            note: finding.note.filter(|note| !note.is_empty()),
            help: finding.help,
            related: finding
                .related
                .into_iter()
                .map(|(other, place, message)| {
                    let other = other.unwrap_or(file);
                    let name = self.files[other as usize].name;
                    // Lines of one file have one name.
                    let is_elsewhere = name != self.files[file as usize].name;
                    Related {
                        path: is_elsewhere.then(|| name.to_owned()),
                        pointer: self.pointer(other, place.node),
                        range: self.range(other, place.span),
                        message,
                    }
                })
                .collect(),
            fix: finding.fix.map(|planned| Fix {
                title: planned.title,
                applicability: planned.applicability,
                edits: planned
                    .edits
                    .into_iter()
                    .map(|(span, text)| Edit {
                        range: self.range(file, span),
                        text,
                    })
                    .collect(),
            }),
            data: finding.data,
        }
    }
}
