//! A report as an error.

use std::fmt::{self, Write as _};

use json_document::Position;

use crate::report::report::Report;
use crate::report::severity::Severity;
#[cfg(feature = "miette")]
use crate::report::snippet::{Excerpt, Style, UNNAMED};

/// A payload with findings at or above a severity: by default one that the API would refuse. With the feature `miette` it is a `miette::Diagnostic`
/// that shows every finding in its source.
#[derive(Debug)]
pub struct Refused {
    report: Box<Report<'static>>,
    limit: Severity,
    #[cfg(feature = "miette")]
    excerpts: std::sync::OnceLock<Vec<Excerpt>>,
}

impl Report<'_> {
    /// `Err` if the API would refuse the payload, with all findings and the text.
    ///
    /// # Errors
    ///
    /// [`Refused`] if there is at least one error. Warnings alone are `Ok`: the report comes
    /// back, to look at them.
    pub fn into_result(self) -> Result<Self, Refused> {
        self.into_result_at(Severity::Error)
    }

    /// As [`Report::into_result`], at another severity: with [`Severity::Warning`] also what the API accepts and what goes
    /// wrong later is an error, as in the command.
    ///
    /// ```
    /// use seamlint::{Severity, check};
    ///
    /// let payload = r#"{ "customer_key": "c", "rooms": [], "colour": "red" }"#;
    /// assert!(check(payload).into_result().is_ok());
    /// let refused = check(payload).into_result_at(Severity::Warning).unwrap_err();
    /// assert!(refused.to_string().starts_with("the payload has 1 warning"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Refused`] if there is at least one finding of that severity or above.
    pub fn into_result_at(self, severity: Severity) -> Result<Self, Refused> {
        if self.counts.at_least(severity) > 0 {
            Err(Refused {
                report: Box::new(self.into_owned()),
                limit: severity,
                #[cfg(feature = "miette")]
                excerpts: std::sync::OnceLock::new(),
            })
        } else {
            Ok(self)
        }
    }
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
        formatter.write_str(&refusal(&self.report, self.limit).unwrap_or_default())
    }
}

/// How many findings of a severity or above there are, and the first; nothing without one.
#[must_use]
pub fn refusal(report: &Report<'_>, limit: Severity) -> Option<String> {
    let counts = report.counts;
    let of = [
        (Severity::Error, counts.errors),
        (Severity::Warning, counts.warnings),
        (Severity::Info, counts.infos),
    ];
    let counted: Vec<String> = of
        .iter()
        .filter(|(severity, count)| *severity >= limit && *count > 0)
        .map(|(severity, count)| {
            let plural = if *count == 1 { "" } else { "s" };
            format!("{count} {severity}{plural}")
        })
        .collect();
    if counted.is_empty() {
        return None;
    }
    let mut refusal = format!("the payload has {}", counted.join(", "));
    if let Some(first) = report.iter().find(|found| found.severity >= limit) {
        let Position { line, column, .. } = first.range.start;
        let message = &first.message;
        let _ = write!(
            refusal,
            "; the first, at line {line}, column {column}: {message}"
        );
    }
    Some(refusal)
}

impl std::error::Error for Refused {}

#[cfg(feature = "miette")]
impl miette::Diagnostic for Refused {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new("seamlint"))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(if self.report.has_errors() {
            "the API would answer 400 and store nothing: fix the payload before it is sent"
        } else {
            "the API would answer ok: true, and what is found goes wrong later: fix the payload before it is sent"
        }))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        Some(Box::new(
            self.excerpts()
                .iter()
                .map(|excerpt| excerpt as &dyn miette::Diagnostic),
        ))
    }
}

#[cfg(feature = "miette")]
impl Refused {
    /// Made when first asked for, and kept: `miette` borrows them.
    fn excerpts(&self) -> &[Excerpt] {
        self.excerpts.get_or_init(|| {
            self.report()
                .iter()
                .map(|found| Excerpt::new(self.report(), found, UNNAMED, Style::default()))
                .collect()
        })
    }
}
