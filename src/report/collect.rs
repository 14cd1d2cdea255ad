//! From findings that speak of nodes to diagnostics with pointers, lines and columns.

use std::borrow::Cow;

use super::{Counts, Data, Diagnostic, Edit, Fix, Omitted, Related, Report, Safety, Severity};
use crate::json::{Document, NodeId, Span, pointer};
use crate::linter::Settings;
use crate::rules::Rule;
use crate::text::{Encoding, LineIndex};

/// Where a finding is: a value that gives the pointer, and the span that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) node: NodeId,
    pub(crate) span: Span,
}

impl Place {
    /// The value itself.
    pub(crate) fn value(document: &Document<'_>, node: NodeId) -> Self {
        Self {
            node,
            span: document.span(node),
        }
    }

    /// The name of a member; of anything else, its value.
    pub(crate) fn name(document: &Document<'_>, node: NodeId) -> Self {
        let span = document.name_span(node);
        Self {
            node,
            span: span.unwrap_or_else(|| document.span(node)),
        }
    }

    /// A part of the text that belongs to the value.
    pub(crate) const fn part(node: NodeId, span: Span) -> Self {
        Self { node, span }
    }

    /// The bracket that opens an array or object: the whole of it may be the whole text.
    pub(crate) fn opener(document: &Document<'_>, node: NodeId) -> Self {
        let span = document.span(node);
        let end = span.end.min(span.start + 1);
        Self {
            node,
            span: Span::new(span.start, end),
        }
    }
}

/// A finding as a rule reports it.
#[derive(Debug)]
pub(crate) struct Finding {
    code: Cow<'static, str>,
    severity: Severity,
    place: Place,
    message: String,
    note: Option<Cow<'static, str>>,
    help: Option<String>,
    related: Vec<(Place, String)>,
    fix: Option<(String, Safety, Vec<(Span, String)>)>,
    data: Data,
    anchor: &'static str,
}

impl Finding {
    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Another reason than the rule's own.
    pub(crate) fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push((place, message.into()));
        self
    }

    pub(crate) fn fix(
        mut self,
        safety: Safety,
        title: impl Into<String>,
        edits: Vec<(Span, String)>,
    ) -> Self {
        self.fix = Some((title.into(), safety, edits));
        self
    }

    pub(crate) fn data(mut self, data: Data) -> Self {
        self.data = data;
        self
    }
}

/// Findings of one code.
struct Tally {
    code: Cow<'static, str>,
    counted: usize,
    listed: usize,
}

/// Takes findings from the rules: drops what is off, lists up to a limit by code, counts all.
pub(crate) struct Sink<'s> {
    settings: &'s Settings,
    findings: Vec<Finding>,
    counts: Counts,
    /// By code, in the order of their first finding.
    by_code: Vec<Tally>,
}

impl<'s> Sink<'s> {
    pub(crate) fn new(settings: &'s Settings) -> Self {
        Self {
            settings,
            findings: Vec::new(),
            counts: Counts::default(),
            by_code: Vec::new(),
        }
    }

    /// Reports a finding with the rule's own severity. `build` runs only if it will be listed.
    pub(crate) fn report(
        &mut self,
        rule: &'static Rule,
        place: Place,
        build: impl FnOnce(Finding) -> Finding,
    ) {
        self.report_as(rule, rule.severity, place, build);
    }

    /// Reports a finding whose severity the evidence decides; the user's setting still wins.
    pub(crate) fn report_as(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        place: Place,
        build: impl FnOnce(Finding) -> Finding,
    ) {
        self.report_code(Cow::Borrowed(rule.code), rule, severity, place, build);
    }

    /// As [`Sink::report_as`], with a code of the rule's family.
    pub(crate) fn report_code(
        &mut self,
        code: Cow<'static, str>,
        rule: &'static Rule,
        severity: Severity,
        place: Place,
        build: impl FnOnce(Finding) -> Finding,
    ) {
        let Some(severity) = self.settings.severity(rule, &code, severity) else {
            return;
        };
        self.counts.add(severity, 1);
        let limit = self.settings.max_per_code;
        let tally = self.tally(&code);
        tally.counted += 1;
        if tally.listed >= limit {
            return;
        }
        tally.listed += 1;
        self.findings.push(build(Finding {
            code,
            severity,
            place,
            message: String::new(),
            note: Some(Cow::Borrowed(rule.why)),
            help: None,
            related: Vec::new(),
            fix: None,
            data: Data::default(),
            anchor: rule.code,
        }));
    }

    /// Counts findings that were never built: the parser keeps a bounded number.
    pub(crate) fn count_more(&mut self, rule: &'static Rule, count: usize) {
        if let Some(severity) = self.settings.severity(rule, rule.code, rule.severity) {
            self.counts.add(severity, count);
            self.tally(&Cow::Borrowed(rule.code)).counted += count;
        }
    }

    fn tally(&mut self, code: &Cow<'static, str>) -> &mut Tally {
        let slot = self.by_code.iter().position(|tally| tally.code == *code);
        let slot = slot.unwrap_or_else(|| {
            self.by_code.push(Tally {
                code: code.clone(),
                counted: 0,
                listed: 0,
            });
            self.by_code.len() - 1
        });
        &mut self.by_code[slot]
    }

    /// Sorts the findings and gives them pointers, lines and columns.
    pub(crate) fn finish(mut self, document: &Document<'_>, encoding: Encoding) -> Resolved {
        // One total order: position, then code, then message.
        self.findings.sort_by(|a, b| {
            (a.place.span, &a.code, &a.message, a.place.node).cmp(&(
                b.place.span,
                &b.code,
                &b.message,
                b.place.node,
            ))
        });
        let mut omitted: Vec<Omitted> = self
            .by_code
            .into_iter()
            .filter(|tally| tally.counted > tally.listed)
            .map(|tally| Omitted {
                code: tally.code,
                count: tally.counted - tally.listed,
            })
            .collect();
        omitted.sort_by(|a, b| a.code.cmp(&b.code));
        let diagnostics = if self.findings.is_empty() {
            Vec::new()
        } else {
            let resolver = Resolver {
                document,
                lines: LineIndex::new(document.text(), encoding),
            };
            self.findings
                .into_iter()
                .map(|finding| resolver.diagnostic(finding))
                .collect()
        };
        Resolved {
            redacted: self.settings.redact,
            encoding,
            diagnostics,
            counts: self.counts,
            omitted,
        }
    }
}

/// A report without its text, which the document still borrows.
pub(crate) struct Resolved {
    redacted: bool,
    encoding: Encoding,
    diagnostics: Vec<Diagnostic>,
    counts: Counts,
    omitted: Vec<Omitted>,
}

impl Resolved {
    pub(crate) fn into_report(self, text: Cow<'_, str>) -> Report<'_> {
        Report {
            text,
            redacted: self.redacted,
            encoding: self.encoding,
            diagnostics: self.diagnostics,
            counts: self.counts,
            omitted: self.omitted,
        }
    }
}

struct Resolver<'r> {
    document: &'r Document<'r>,
    lines: LineIndex<'r>,
}

impl Resolver<'_> {
    fn pointer(&self, node: NodeId) -> String {
        pointer::of(self.document, node)
    }

    fn diagnostic(&self, finding: Finding) -> Diagnostic {
        Diagnostic {
            url: crate::rules::url(finding.anchor),
            pointer: self.pointer(finding.place.node),
            range: self.lines.range(finding.place.span),
            code: finding.code,
            severity: finding.severity,
            message: finding.message,
            note: finding.note.filter(|note| !note.is_empty()),
            help: finding.help,
            related: finding
                .related
                .into_iter()
                .map(|(place, message)| Related {
                    pointer: self.pointer(place.node),
                    range: self.lines.range(place.span),
                    message,
                })
                .collect(),
            fix: finding.fix.map(|(title, safety, edits)| Fix {
                title,
                safety,
                edits: edits
                    .into_iter()
                    .map(|(span, text)| Edit {
                        range: self.lines.range(span),
                        text,
                    })
                    .collect(),
            }),
            data: finding.data,
        }
    }
}
