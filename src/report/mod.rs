//! Findings as their readers see them: diagnostics with places, in one order.

mod collect;
mod identity;
#[cfg(feature = "miette")]
pub mod snippet;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

use serde::Serialize;

use crate::text::{Encoding, Range};

pub(crate) use collect::{Finding, Place, Places, Resolved, Sink};
#[cfg(feature = "cli")]
pub(crate) use identity::Identity;

/// Nothing but the command keeps findings for another run.
#[cfg(not(feature = "cli"))]
#[derive(Debug, Clone, Copy)]
pub(crate) enum Identity {}

/// How much a finding matters. See the policy in `docs/rules.md`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema, clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Legal and perhaps meant; worth one look.
    Info,
    /// The API answers `ok: true`, and then something is lost, ignored or goes wrong at a door.
    Warning,
    /// The API refuses the whole request.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Whether a fix may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Means the same, or the API would refuse it otherwise and only one reading is possible.
    Safe,
    /// A guess: look at it first.
    Unsafe,
}

/// One replacement in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub range: Range,
    /// What stands there instead; empty for a removal.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Fix {
    /// What the fix does, in a few words.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// The replacements, in the order of the text, none overlapping another.
    pub edits: Vec<Edit>,
}

/// Another place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Related {
    /// The file, if it is another one of the set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// JSON Pointer (RFC 6901).
    pub pointer: String,
    /// Where it is.
    pub range: Range,
    /// What is there.
    pub message: String,
}

/// Facts of a finding for programs. The names are fixed; a rule uses those that it needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Data {
    /// The member that is missing, unknown or double.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The JSON Schema keyword that the value breaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// What the value should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What the value is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// How long the value is or how many there are; the message names the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// How long it may be or how many there may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// What is probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Data {
    /// Whether no fact is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One finding: what is wrong, where, why it matters and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule: words with hyphens, such as `schema-pattern`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Why it matters.
    pub note: Option<Cow<'static, str>>,
    /// What to do.
    pub help: Option<String>,
    /// Where the rule is documented.
    pub url: String,
    /// JSON Pointer (RFC 6901) to the value; `""` is the whole text.
    pub pointer: String,
    /// Where it is.
    pub range: Range,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// A way to mend it.
    pub fix: Option<Fix>,
    /// Facts for programs.
    pub data: Data,
    /// What makes it the same one in another run, where that was asked for.
    pub(crate) identity: Option<String>,
}

/// How many findings there are of each severity, shown or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Findings that the API refuses the request for.
    pub errors: usize,
    /// Findings that the API accepts and that go wrong later.
    pub warnings: usize,
    /// Findings that may be meant.
    pub infos: usize,
}

impl Counts {
    /// All findings.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// Findings at or above a severity.
    #[must_use]
    pub const fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Info => self.total(),
            Severity::Warning => self.errors + self.warnings,
            Severity::Error => self.errors,
        }
    }

    pub(crate) const fn add(&mut self, severity: Severity, count: usize) {
        *self.of(severity) += count;
    }

    /// One finding less.
    #[cfg(feature = "cli")]
    const fn remove(&mut self, severity: Severity) {
        *self.of(severity) -= 1;
    }

    const fn of(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Info => &mut self.infos,
            Severity::Warning => &mut self.warnings,
            Severity::Error => &mut self.errors,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }
}

/// Findings of one code that are counted and not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Omitted {
    /// The rule.
    pub code: Cow<'static, str>,
    /// How many are not listed.
    pub count: usize,
}

/// Findings that are listed up to a limit by code.
pub(crate) struct Listing {
    limit: usize,
    diagnostics: Vec<Diagnostic>,
    /// By code: how many there are, and how many of them are listed.
    counts: BTreeMap<Cow<'static, str>, (usize, usize)>,
}

impl Listing {
    /// Lists at most so many of each code.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            diagnostics: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, found: Diagnostic) {
        let (count, listed) = self.counts.entry(found.code.clone()).or_default();
        *count += 1;
        if *listed < self.limit {
            *listed += 1;
            self.diagnostics.push(found);
        }
    }

    /// Counts findings that are listed nowhere.
    pub(crate) fn omit(&mut self, omitted: Omitted) {
        self.counts.entry(omitted.code).or_default().0 += omitted.count;
    }

    /// Makes a report's list of it; its counts by severity stay.
    pub(crate) fn finish(self, report: &mut Report<'_>) {
        report.diagnostics = self.diagnostics;
        report.omitted = self
            .counts
            .into_iter()
            .filter(|(_, (count, listed))| count > listed)
            .map(|(code, (count, listed))| Omitted {
                code,
                count: count - listed,
            })
            .collect();
    }
}

/// What a check has found, in the order of the text.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) redacted: bool,
    /// The text is not the one that was given: bytes in it were not UTF-8.
    pub(crate) lossy: bool,
    /// The text has no syntax error.
    pub(crate) is_json: bool,
    pub(crate) encoding: Encoding,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) counts: Counts,
    pub(crate) omitted: Vec<Omitted>,
    pub(crate) suppressed: usize,
}

impl Report<'_> {
    /// The findings: sorted by position, then code. At most
    /// [`Options::max_per_code`](crate::Options::max_per_code) of each code; see
    /// [`Report::omitted`] for the rest.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Iterates over the findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    /// How many findings there are, listed or not.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// What is counted and not listed, by code.
    #[must_use]
    pub fn omitted(&self) -> &[Omitted] {
        &self.omitted
    }

    /// How many findings were taken out, and are in no other count.
    #[must_use]
    pub const fn suppressed(&self) -> usize {
        self.suppressed
    }

    /// Takes out the findings that are meant, and lists at most so many of each code of the rest.
    /// What is not listed yet cannot be judged, and stays counted.
    #[cfg(feature = "cli")]
    pub(crate) fn suppress(
        &mut self,
        mut is_meant: impl FnMut(&Diagnostic) -> bool,
        max_per_code: Option<usize>,
    ) {
        let mut listing = Listing::new(max_per_code.unwrap_or(usize::MAX));
        for found in std::mem::take(&mut self.diagnostics) {
            if is_meant(&found) {
                self.suppressed += 1;
                self.counts.remove(found.severity);
            } else {
                listing.add(found);
            }
        }
        for omitted in std::mem::take(&mut self.omitted) {
            listing.omit(omitted);
        }
        listing.finish(self);
    }

    /// Whether the API would refuse the payload.
    #[must_use]
    pub const fn has_errors(&self) -> bool {
        self.counts.errors > 0
    }

    /// Whether nothing at all was found.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.counts.total() == 0
    }

    /// The text that was checked. Bytes that are not UTF-8 are shown as `?`, one for each, so
    /// that offsets stay true.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The report with its own copy of the text.
    #[must_use]
    pub fn into_owned(mut self) -> Report<'static> {
        let text = std::mem::take(&mut self.text).into_owned();
        self.with_text(text.into())
    }

    /// The report without the text, to be kept while other files are checked.
    #[cfg(feature = "cli")]
    pub(crate) fn without_text(self) -> Report<'static> {
        self.with_text("".into())
    }

    fn with_text(self, text: Cow<'static, str>) -> Report<'static> {
        Report {
            text,
            redacted: self.redacted,
            lossy: self.lossy,
            is_json: self.is_json,
            encoding: self.encoding,
            diagnostics: self.diagnostics,
            counts: self.counts,
            omitted: self.omitted,
            suppressed: self.suppressed,
        }
    }

    /// `Err` if the API would refuse the payload, with all findings and the text.
    ///
    /// # Errors
    ///
    /// [`Refused`] if there is at least one error. Warnings alone are `Ok`: the report comes
    /// back, to look at them.
    pub fn into_result(self) -> Result<Self, Refused> {
        if self.has_errors() {
            Err(Refused {
                report: Box::new(self.into_owned()),
                #[cfg(feature = "miette")]
                excerpts: std::sync::OnceLock::new(),
            })
        } else {
            Ok(self)
        }
    }
}

impl<'r> IntoIterator for &'r Report<'_> {
    type Item = &'r Diagnostic;
    type IntoIter = std::slice::Iter<'r, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Report<'_> {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.diagnostics.into_iter()
    }
}

/// A payload that the API would refuse. With the feature `miette` it is a `miette::Diagnostic`
/// that shows every finding in its source.
#[derive(Debug)]
pub struct Refused {
    report: Box<Report<'static>>,
    #[cfg(feature = "miette")]
    excerpts: std::sync::OnceLock<Vec<snippet::Excerpt>>,
}

impl Refused {
    /// Everything that was found, warnings included.
    #[must_use]
    pub fn report(&self) -> &Report<'static> {
        &self.report
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.report.counts.errors;
        let noun = if count == 1 { "error" } else { "errors" };
        write!(formatter, "the payload has {count} {noun}")?;
        let first = self
            .report
            .iter()
            .find(|diagnostic| diagnostic.severity == Severity::Error);
        if let Some(first) = first {
            let start = first.range.start;
            write!(
                formatter,
                "; the first, at line {}, column {}: {}",
                start.line, start.column, first.message
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
