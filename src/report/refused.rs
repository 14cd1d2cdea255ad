//! A report as an error.

use std::fmt;

use crate::report::report::Report;
use crate::report::severity::Severity;
#[cfg(feature = "miette")]
use crate::report::snippet::{Excerpt, Style, UNNAMED};

/// A payload that the API would refuse. With the feature `miette` it is a `miette::Diagnostic`
/// that shows every finding in its source.
#[derive(Debug)]
pub struct Refused {
    report: Box<Report<'static>>,
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

#[cfg(feature = "miette")]
impl miette::Diagnostic for Refused {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new("seamlint"))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(
            "the API would answer 400 and store nothing: fix the payload before it is sent",
        ))
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
