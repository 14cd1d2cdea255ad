//! How much findings matter, and how many there are of each severity.

use std::fmt;
use std::ops::AddAssign;

use serde::Serialize;

/// How much a finding matters. See the policy in `docs/rules.md`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema, clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Legal and perhaps intended; worth one look.
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

/// How many findings there are of each severity, shown or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Findings that the API refuses the request for.
    pub errors: usize,
    /// Findings that the API accepts and that go wrong later.
    pub warnings: usize,
    /// Findings that may be intended.
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
    pub(super) const fn remove(&mut self, severity: Severity) {
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
