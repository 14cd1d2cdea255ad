//! From findings that speak of nodes to diagnostics with pointers, lines and columns.

use std::borrow::Cow;
use std::cell::OnceCell;

use json_document::{
    Document, LineIndex, NodeId, Position, PositionEncoding, Range, SourceMap, Span, pointer,
};

use crate::report::builder::{DiagnosticBuilder, PlannedFix};
use crate::report::diagnostic::{BaselineKey, Diagnostic, Related};
use crate::report::fix::{Edit, Fix};
use crate::report::listing::Omitted;
use crate::report::origin::Origin;
use crate::report::report::Report;
use crate::report::severity::Counts;
use crate::text::escape::{harmless, in_quotes};

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
    #[cfg(feature = "fingerprints")]
    customer: Option<String>,
}

impl Resolved {
    #[cfg(feature = "fingerprints")]
    pub(crate) fn of_customer(self, customer: Option<String>) -> Self {
        Self { customer, ..self }
    }

    /// Leaves names out that may be values of the payload.
    pub(crate) fn without(mut self, names: &[String]) -> Self {
        for name in names {
            let token = name.replace('~', "~0").replace('/', "~1");
            let shown = in_quotes(name);
            // A short name may be a part of our own words.
            let bare = shown.trim_matches('"');
            let (old, new) = if bare.chars().count() > 2 {
                (bare, "…")
            } else {
                (&*shown, "\"…\"")
            };
            let hide = |text: &mut String| {
                if text.contains(old) {
                    *text = text.replace(old, new);
                }
            };
            let hide_token = |pointer: &mut String| {
                let tokens = pointer.split('/');
                let tokens = tokens.map(|one| if one == token { "…" } else { one });
                *pointer = tokens.collect::<Vec<_>>().join("/");
            };
            for found in &mut self.diagnostics {
                hide(&mut found.message);
                found.help.as_mut().map(hide);
                if let Some(Cow::Owned(note)) = &mut found.note {
                    hide(note);
                }
                hide_token(&mut found.pointer);
                for related in &mut found.related {
                    hide(&mut related.message);
                    hide_token(&mut related.pointer);
                }
                if let Some(fix) = &mut found.fix {
                    hide(&mut fix.title);
                }
                found.data.remove(name);
            }
        }
        self
    }

    pub(crate) fn into_report(self, text: Cow<'_, str>) -> Report<'_> {
        Report {
            text,
            start: 0,
            redacted: self.redacted,
            lossy: false,
            wide: None,
            is_json: self.is_json,
            encoding: self.encoding,
            diagnostics: self.diagnostics,
            counts: self.counts,
            omitted: self.omitted,
            suppressed: 0,
            #[cfg(feature = "fingerprints")]
            customer: self.customer,
        }
    }
}

/// Turns nodes and spans into pointers, lines and columns, for all files of a set.
pub(crate) struct LocationResolver<'p> {
    encoding: PositionEncoding,
    files: Vec<SourceFile<'p>>,
}

/// A document that is checked, and the text that it is in.
pub(crate) struct SourceFile<'p> {
    pub(crate) name: &'p str,
    pub(crate) document: &'p Document<'p>,
    /// The text that was given.
    pub(crate) text: &'p str,
    /// Where it begins in its file.
    pub(crate) start: Position,
    /// How the document comes out of it.
    pub(crate) origin: Option<&'p Origin>,
    /// The bytes of the text, if it was in UTF-16.
    pub(crate) wide: Option<&'p SourceMap>,
    /// Made when first asked for: a clean text never needs it.
    pub(crate) lines: &'p OnceCell<LineIndex<'p>>,
}

impl<'p> LocationResolver<'p> {
    pub(crate) fn new(
        encoding: PositionEncoding,
        files: impl Iterator<Item = SourceFile<'p>>,
    ) -> Self {
        Self {
            encoding,
            files: files.collect(),
        }
    }

    fn document(&self, file: u32) -> Option<&Document<'p>> {
        self.files.get(file as usize).map(|file| file.document)
    }

    fn within(&self, file: u32) -> Option<String> {
        self.files[file as usize].origin?.within.clone()
    }

    fn pointer(&self, file: u32, node: NodeId) -> String {
        pointer::of(self.files[file as usize].document, node)
    }

    fn range(&self, file: u32, span: Span) -> Range {
        let origin = self.files[file as usize].origin;
        self.outer_range(file, origin.map_or(span, |origin| origin.span(span)))
    }

    /// The range of a span of the outer text.
    fn outer_range(&self, file: u32, span: Span) -> Range {
        let file = &self.files[file as usize];
        let lines = file
            .lines
            .get_or_init(|| LineIndex::part(file.text, self.encoding, file.start));
        let mut range = lines.range(span);
        if let Some(map) = file
            .wide
            .filter(|_| self.encoding == PositionEncoding::Utf8)
        {
            let bytes = map.span(span);
            (range.start.offset, range.end.offset) = (bytes.start.into(), bytes.end.into());
        }
        range
    }

    /// A fix in the outer text; none if that would touch what is not in the payload.
    fn fix(&self, file: u32, planned: PlannedFix, is_outside: bool) -> Option<Fix> {
        let source = &self.files[file as usize];
        let edits = planned.edits.into_iter().map(|(span, text)| {
            let (span, text) = match source.origin.filter(|_| !is_outside) {
                Some(origin) => origin.edit(span, text)?,
                None => (span, text),
            };
            let mut range = self.outer_range(file, span);
            if source.wide.is_some() {
                // The one fix is that the text is written anew, without the byte order mark.
                range.start = is_outside.then_some(Position::START)?;
            }
            Some(Edit { range, text })
        });
        Some(Fix {
            title: harmless(planned.title),
            applicability: planned.applicability,
            edits: edits.collect::<Option<_>>()?,
        })
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
            #[cfg(feature = "fingerprints")]
            customer: None,
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
            within: self.within(file),
            range: match finding.outside {
                Some(span) => self.outer_range(file, span),
                None => self.range(file, finding.place.span),
            },
            code: finding.code,
            severity: finding.severity,
            message: harmless(finding.message),
            note: finding
                .note
                .filter(|note| !note.is_empty())
                .map(|note| match note {
                    Cow::Owned(note) => harmless(note).into(),
                    ours @ Cow::Borrowed(_) => ours,
                }),
            help: finding.help.map(harmless),
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
                        message: harmless(message),
                    }
                })
                .collect(),
            fix: finding
                .fix
                .and_then(|planned| self.fix(file, planned, finding.outside.is_some())),
            data: finding.data,
        }
    }
}
