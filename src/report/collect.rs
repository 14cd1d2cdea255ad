//! From findings that speak of nodes to diagnostics with pointers, lines and columns.

use std::borrow::Cow;
use std::cell::OnceCell;

#[cfg(feature = "cli")]
use super::identity::{push_part, push_place, push_value};
use super::{
    Counts, Data, Diagnostic, Edit, Fix, Identity, Omitted, Related, Report, Safety, Severity,
};
use crate::json::{Document, NodeId, Span, pointer};
use crate::linter::Settings;
use crate::rules::Rule;
use crate::text::{Encoding, LineIndex, Position, Range};

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

/// A finding as a rule reports it. Boxed: it is handed on at each step of its building, in some
/// hundred places.
#[derive(Debug)]
pub(crate) struct Finding(Box<Parts>);

#[derive(Debug)]
struct Parts {
    code: Cow<'static, str>,
    severity: Severity,
    place: Place,
    message: String,
    note: Option<Cow<'static, str>>,
    help: Option<String>,
    related: Vec<(Option<u32>, Place, String)>,
    fix: Option<PlannedFix>,
    data: Data,
    anchor: &'static str,
}

impl Parts {
    /// Once, and not in each place that reports.
    #[inline(never)]
    fn set_message(&mut self, message: String) {
        self.message = message;
    }
}

/// A fix whose edits are still spans.
#[derive(Debug)]
struct PlannedFix {
    title: String,
    safety: Safety,
    edits: Vec<(Span, String)>,
}

impl Finding {
    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.0.set_message(message.into());
        self
    }

    /// Another reason than the rule's own.
    pub(crate) fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.0.note = Some(note.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    pub(crate) fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.0.related.push((None, place, message.into()));
        self
    }

    /// A place in a file of the set, which may be another one.
    pub(crate) fn related_in(
        mut self,
        file: u32,
        place: Place,
        message: impl Into<String>,
    ) -> Self {
        self.0.related.push((Some(file), place, message.into()));
        self
    }

    pub(crate) fn fix(
        mut self,
        safety: Safety,
        title: impl Into<String>,
        edits: Vec<(Span, String)>,
    ) -> Self {
        self.0.fix = Some(PlannedFix {
            title: title.into(),
            safety,
            edits,
        });
        self
    }

    pub(crate) fn data(mut self, data: Data) -> Self {
        self.0.data = data;
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
        if let Some(finding) = self.begin(code, rule, severity, place) {
            self.findings.push(build(finding));
        }
    }

    /// Counts a finding; gives it to be built if it will be listed. All that needs no knowledge of
    /// the rule is here, once, and not in each place that reports.
    #[inline(never)]
    fn begin(
        &mut self,
        code: Cow<'static, str>,
        rule: &'static Rule,
        severity: Severity,
        place: Place,
    ) -> Option<Finding> {
        let severity = self.settings.severity(rule, &code, severity)?;
        self.counts.add(severity, 1);
        let limit = self.settings.max_per_code;
        let tally = self.tally(code.clone());
        tally.counted += 1;
        if tally.listed >= limit {
            return None;
        }
        tally.listed += 1;
        Some(Finding(Box::new(Parts {
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
        })))
    }

    /// Counts findings that were never built: the parser keeps a bounded number.
    pub(crate) fn count_more(&mut self, rule: &'static Rule, count: usize) {
        if let Some(severity) = self.settings.severity(rule, rule.code, rule.severity) {
            self.counts.add(severity, count);
            self.tally(Cow::Borrowed(rule.code)).counted += count;
        }
    }

    fn tally(&mut self, code: Cow<'static, str>) -> &mut Tally {
        let slot = self.by_code.iter().position(|tally| tally.code == code);
        let slot = slot.unwrap_or_else(|| {
            self.by_code.push(Tally {
                code,
                counted: 0,
                listed: 0,
            });
            self.by_code.len() - 1
        });
        &mut self.by_code[slot]
    }

    /// Sorts the findings and gives them pointers, lines and columns.
    pub(crate) fn finish(mut self, places: &Places<'_>, file: u32) -> Resolved {
        // One total order: position, then code, then message.
        crate::light::sort_by(&mut self.findings, |Finding(a), Finding(b)| {
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
        crate::light::sort_by(&mut omitted, |a, b| a.code.cmp(&b.code));
        let diagnostics = self
            .findings
            .into_iter()
            .map(|finding| places.diagnostic(file, finding, self.settings.identity))
            .collect();
        Resolved {
            redacted: self.settings.redact,
            is_json: places.document(file).is_none_or(Document::is_json),
            encoding: places.encoding,
            diagnostics,
            counts: self.counts,
            omitted,
        }
    }
}

/// A report without its text, which the document still borrows.
pub(crate) struct Resolved {
    redacted: bool,
    is_json: bool,
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
pub(crate) struct Places<'p> {
    encoding: Encoding,
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

impl<'p> Places<'p> {
    pub(crate) fn new(
        encoding: Encoding,
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

    #[cfg(not(feature = "cli"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn identity(&self, _file: u32, _finding: &Parts, identity: Identity) -> String {
        match identity {}
    }

    /// What the finding is about: by place, by the places that explain it, by member and by value.
    #[cfg(feature = "cli")]
    fn identity(&self, file: u32, finding: &Parts, identity: Identity) -> String {
        let document = |file: u32| self.files[file as usize].document;
        let mut out = String::new();
        push_place(&mut out, document(file), finding.place.node);
        for (other, place, _) in &finding.related {
            out.push('\0');
            push_place(&mut out, document(other.unwrap_or(file)), place.node);
        }
        out.push('\0');
        push_part(&mut out, finding.data.member.as_deref().unwrap_or_default());
        if identity == Identity::PlacesAndValues {
            push_value(&mut out, document(file), finding.place);
        }
        out
    }

    fn diagnostic(&self, file: u32, finding: Finding, identity: Option<Identity>) -> Diagnostic {
        let finding = *finding.0;
        Diagnostic {
            identity: identity.map(|identity| self.identity(file, &finding, identity)),
            url: crate::rules::url(finding.anchor),
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
                safety: planned.safety,
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
