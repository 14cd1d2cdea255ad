//! GitLab's [Code Quality report]: a list that merge requests show.
//!
//! [Code Quality report]: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

use std::io::{self, Write};

use serde::Serialize;

use super::json::write_pretty;
use super::{Checked, NOT_CHECKED, not_listed, words};
use crate::engine::baseline_key::Fingerprints;
use crate::report::Severity;

#[derive(Debug, Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u64,
}

/// Writes the findings of all files.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, files: &[Checked<'_>]) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let mut issues = Vec::new();
    for checked in files {
        let path = checked.path.as_str();
        if let Some(failure) = &checked.failure {
            issues.push(Issue {
                description: failure.clone(),
                check_name: NOT_CHECKED,
                fingerprint: fingerprints.of_omitted(path, NOT_CHECKED),
                severity: "blocker",
                location: Location {
                    path,
                    lines: Lines { begin: 1 },
                },
            });
        }
        for found in &checked.report {
            issues.push(Issue {
                description: words(found, "; "),
                check_name: &found.code,
                fingerprint: fingerprints.of(path, found, checked.report.redacted),
                severity: match found.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "major",
                    Severity::Info => "info",
                },
                location: Location {
                    path,
                    lines: Lines {
                        begin: found.range.start.line,
                    },
                },
            });
        }
        for omitted in checked.report.omitted() {
            issues.push(Issue {
                description: not_listed(omitted),
                check_name: &omitted.code,
                fingerprint: fingerprints.of_omitted(path, &omitted.code),
                severity: "info",
                location: Location {
                    path,
                    lines: Lines { begin: 1 },
                },
            });
        }
    }
    write_pretty(out, &issues)
}
