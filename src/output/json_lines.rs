//! JSON Lines: one finding per line, as in the [JSON report](super::json) and with the path of its file,
//! for programs that read while files are checked.

use std::io::{self, Write};

use serde::Serialize;

use super::Checked;
use super::json::v1::{Finding, Omitted};
use super::json::write_line;

/// A line for a finding.
#[derive(Debug, Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    finding: Finding<'a>,
}

/// A line for findings that are counted and not listed.
#[derive(Debug, Serialize)]
struct Rest<'a> {
    path: &'a str,
    omitted: Omitted<'a>,
}

/// Writes the findings of one file; for those that are counted and not listed, a line with
/// `omitted` for each code. What is in one group is known for the part of a file that is checked at once.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
    let path = checked.path.as_str();
    let report = &checked.report;
    for finding in Finding::all(report) {
        write_line(out, &Line { path, finding })?;
    }
    for omitted in report.omitted() {
        let omitted = omitted.into();
        write_line(out, &Rest { path, omitted })?;
    }
    Ok(())
}
