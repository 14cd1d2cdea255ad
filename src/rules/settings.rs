//! How severe findings are and which are listed: the options as the rules' sink asks them.

use crate::report::Severity;
use crate::rules::rule::{Group, Rule};

/// The severity that the user gives a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule finds nothing.
    Off,
    /// As [`Severity::Info`].
    Info,
    /// As [`Severity::Warning`].
    Warning,
    /// As [`Severity::Error`].
    Error,
}

impl Level {
    const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// Options as the sink asks them.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// By code; the first counts.
    pub(crate) levels: Vec<(String, Level)>,
    pub(crate) max_per_code: usize,
    pub(crate) redact: bool,
}

impl Settings {
    /// Whether any rule of a family is on.
    pub(crate) fn any_on(&self, rules: &[&Rule]) -> bool {
        let on = |rule: &&Rule| self.severity(rule, rule.code, rule.severity).is_some();
        rules.iter().any(on)
            // Codes of a schema that the user brings are set by themselves.
            || rules[0].group == Group::Schema && !self.levels.is_empty()
    }

    /// The severity of a finding; none if it is switched off.
    pub(crate) fn severity(&self, rule: &Rule, code: &str, evidence: Severity) -> Option<Severity> {
        let level = |code: &str| self.levels.iter().find(|(known, _)| known == code);
        match level(code).or_else(|| level(rule.code)) {
            Some((_, level)) => level.severity(),
            None => rule.on_by_default.then_some(evidence),
        }
    }
}
