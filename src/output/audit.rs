//! Findings and verdicts as rows of a table, for those who check logs of many payloads.

use json_document::Range;

use crate::engine::baseline_key::Covers;
use crate::engine::linter::Linter;
use crate::engine::options::{Options, OptionsError};
use crate::report::{Applicability, DataField, Diagnostic, Report, Severity};

/// A finding.
#[derive(Debug)]
pub struct Row<'a> {
    /// The rule.
    pub code: &'a str,
    /// How much it matters.
    pub severity: Severity,
    /// The collection of the resource that it is in.
    pub resource_kind: Option<&'static str>,
    /// The own key of that resource, or a digest where values are kept out.
    pub resource_key: Option<&'a str>,
    /// JSON Pointer (RFC 6901).
    pub pointer: &'a str,
    /// The member that is missing or unknown.
    pub member: Option<&'a str>,
    /// What is wrong.
    pub message: &'a str,
    /// What to do.
    pub help: Option<&'a str>,
    /// Where it is in the text.
    pub range: Range,
    /// Whether its fix is safe, if it has one.
    pub fix_safety: Option<Applicability>,
    /// The key of a baseline.
    pub fingerprint: Option<[u8; 16]>,
    /// The first place that explains it.
    pub related_pointer: Option<&'a str>,
}

/// What is to be said of a payload as a whole.
#[derive(Debug)]
pub struct Verdict<'a> {
    /// Whether the API would take it.
    pub ok: bool,
    /// How many errors it has.
    pub errors: usize,
    /// How many warnings it has.
    pub warnings: usize,
    /// How many other findings it has.
    pub infos: usize,
    /// How many findings are counted and not listed.
    pub not_listed: usize,
    /// The rule of the first finding.
    pub first_code: Option<&'a str>,
    /// Its `customer_key`, or a digest where values are kept out.
    pub customer_key: Option<&'a str>,
}

/// A linter whose findings have all that a row has.
///
/// # Errors
///
/// Those of [`Linter::with_options`].
pub fn linter(mut options: Options) -> Result<Linter, OptionsError> {
    options.keys = Some(if options.redact {
        Covers::Places
    } else {
        Covers::Values
    });
    Linter::with_options(options)
}

/// The findings of a report of [`linter`].
pub fn rows<'a>(report: &'a Report<'_>) -> impl ExactSizeIterator<Item = Row<'a>> {
    report.diagnostics().iter().map(row)
}

fn row(found: &Diagnostic) -> Row<'_> {
    let key = found.key.as_ref();
    let resource = key.and_then(|key| key.resource.as_ref());
    Row {
        code: &found.code,
        severity: found.severity,
        resource_kind: resource.map(|resource| resource.collection),
        resource_key: resource.and_then(|resource| resource.key.as_deref()),
        pointer: &found.pointer,
        member: found.data.string(DataField::Member),
        message: &found.message,
        help: found.help.as_deref(),
        range: found.range,
        fix_safety: found.fix.as_ref().map(|fix| fix.applicability),
        fingerprint: key.map(|key| key.bits),
        related_pointer: found.related.first().map(|one| one.pointer.as_str()),
    }
}

/// The verdict of a report of [`linter`].
#[must_use]
pub fn verdict<'a>(report: &'a Report<'_>) -> Verdict<'a> {
    let counts = report.counts();
    Verdict {
        ok: !report.has_errors(),
        errors: counts.errors,
        warnings: counts.warnings,
        infos: counts.infos,
        not_listed: report.omitted().iter().map(|one| one.count).sum(),
        first_code: report.diagnostics().first().map(|found| &*found.code),
        customer_key: report.customer.as_deref(),
    }
}
