//! Takes findings from the rules.

use std::borrow::Cow;

use crate::platform::sort;
use crate::report::{
    BaselineKey, Counts, DiagnosticBuilder, Location, LocationResolver, Omitted, Origin, Resolved,
    Severity,
};
use crate::rules::rule::Rule;
use crate::rules::settings::Settings;

/// Findings of one code.
struct Tally {
    code: Cow<'static, str>,
    counted: usize,
    listed: usize,
}

/// Takes findings from the rules: drops what is off, lists up to a limit by code, counts all.
pub(crate) struct DiagnosticSink<'s> {
    settings: &'s Settings,
    /// How the payload comes out of what it is wrapped in.
    origin: Option<&'s Origin>,
    findings: Vec<DiagnosticBuilder>,
    counts: Counts,
    /// By code, in the order of their first finding.
    by_code: Vec<Tally>,
}

impl<'s> DiagnosticSink<'s> {
    pub(crate) fn new(settings: &'s Settings, origin: Option<&'s Origin>) -> Self {
        Self {
            settings,
            origin,
            findings: Vec::new(),
            counts: Counts::default(),
            by_code: Vec::new(),
        }
    }

    /// Reports a finding with the rule's own severity. `build` runs only if it will be listed.
    pub(crate) fn report(
        &mut self,
        rule: &'static Rule,
        place: Location,
        build: impl FnOnce(DiagnosticBuilder) -> DiagnosticBuilder,
    ) {
        self.report_as(rule, rule.severity, place, build);
    }

    /// Reports a finding whose severity the evidence decides; the user's setting still wins.
    pub(crate) fn report_as(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        place: Location,
        build: impl FnOnce(DiagnosticBuilder) -> DiagnosticBuilder,
    ) {
        self.report_code(Cow::Borrowed(rule.code), rule, severity, place, build);
    }

    /// As [`DiagnosticSink::report_as`], with a code of the rule's family.
    pub(crate) fn report_code(
        &mut self,
        code: Cow<'static, str>,
        rule: &'static Rule,
        severity: Severity,
        place: Location,
        build: impl FnOnce(DiagnosticBuilder) -> DiagnosticBuilder,
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
        place: Location,
    ) -> Option<DiagnosticBuilder> {
        let severity = self.settings.severity(rule, &code, severity)?;
        if self.origin.is_some_and(|origin| origin.is_hole(place.span)) {
            return None;
        }
        self.counts.add(severity, 1);
        let limit = self.settings.max_per_code;
        let tally = self.tally(code.clone());
        tally.counted += 1;
        if tally.listed >= limit {
            return None;
        }
        tally.listed += 1;
        Some(DiagnosticBuilder::new(
            code, severity, place, rule.why, rule.code,
        ))
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
    pub(crate) fn finish(
        mut self,
        places: &LocationResolver<'_>,
        file: u32,
        key: &dyn Fn(&DiagnosticBuilder) -> Option<BaselineKey>,
    ) -> Resolved {
        sort::sort_by(&mut self.findings, DiagnosticBuilder::order);
        let mut omitted: Vec<Omitted> = self
            .by_code
            .into_iter()
            .filter(|tally| tally.counted > tally.listed)
            .map(|tally| Omitted {
                code: tally.code,
                count: tally.counted - tally.listed,
            })
            .collect();
        sort::sort_by(&mut omitted, |a, b| a.code.cmp(&b.code));
        places.resolve(
            file,
            self.findings,
            self.counts,
            omitted,
            self.settings.redact,
            key,
        )
    }
}
