//! Takes findings from the rules.

use std::borrow::Cow;

use crate::platform::sort;
use crate::report::{
    BaselineKey, Counts, DiagnosticBuilder, Listing, Location, LocationResolver, Origin, Resolved,
    Severity,
};
use crate::rules::rule::Rule;
use crate::rules::settings::Settings;

/// Takes findings from the rules: drops what is off, lists up to a limit by code, counts all.
pub(crate) struct DiagnosticSink<'s> {
    settings: &'s Settings,
    /// How the payload comes out of what it is wrapped in.
    origin: Option<&'s Origin>,
    findings: Vec<DiagnosticBuilder>,
    counts: Counts,
    listing: Listing,
}

impl<'s> DiagnosticSink<'s> {
    pub(crate) fn new(settings: &'s Settings, origin: Option<&'s Origin>) -> Self {
        Self {
            settings,
            origin,
            findings: Vec::new(),
            counts: Counts::default(),
            listing: Listing::new(settings.max_per_code),
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
        self.listing
            .admits(code.clone())
            .then(|| DiagnosticBuilder::new(code, severity, place, rule.why, rule.code))
    }

    /// Counts findings that were never built: the parser keeps a bounded number.
    pub(crate) fn count_more(&mut self, rule: &'static Rule, count: usize) {
        if let Some(severity) = self.settings.severity(rule, rule.code, rule.severity) {
            self.counts.add(severity, count);
            self.listing.omit(Cow::Borrowed(rule.code), count);
        }
    }

    /// Sorts the findings and gives them pointers, lines and columns.
    pub(crate) fn finish(
        mut self,
        places: &LocationResolver<'_>,
        file: u32,
        key: &dyn Fn(&DiagnosticBuilder) -> Option<BaselineKey>,
    ) -> Resolved {
        sort::sort_by(&mut self.findings, DiagnosticBuilder::order);
        places.resolve(
            file,
            self.findings,
            self.counts,
            self.listing.omitted(),
            self.settings.redact,
            key,
        )
    }
}
