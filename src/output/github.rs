//! Annotations of GitHub Actions: [workflow commands] that show findings beside the changed lines.
//!
//! GitHub shows at most 10 annotations of a kind for each step and silently drops the rest.
//! So the first 10 of each kind are written, and the rest is summed up.
//!
//! [workflow commands]: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Checked, words};
use crate::report::{Diagnostic, Severity};
use crate::text::escape::push_visible;

/// How many annotations of a kind GitHub shows for a step.
pub const MOST: usize = 10;

/// Writes the findings of all files.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, files: &[Checked<'_>]) -> io::Result<()> {
    // The sum is a notice itself, and needs a place among those that are shown.
    let fits = |severity, most| count(files, severity) <= most;
    let all = [Severity::Error, Severity::Warning, Severity::Info];
    let is_whole = all.into_iter().all(|severity| fits(severity, MOST))
        && files.iter().all(|file| file.report.omitted().is_empty());
    let most_notices = if is_whole { MOST } else { MOST - 1 };
    let mut shown = [0, 0, 0];
    let mut rest: BTreeMap<(std::cmp::Reverse<Severity>, &str), usize> = BTreeMap::new();
    let mut not_listed: BTreeMap<&str, usize> = BTreeMap::new();
    for checked in files {
        if let Some(failure) = &checked.failure {
            shown[Severity::Error as usize] += 1;
            let path = property(&checked.path);
            writeln!(out, "::error file={path},title=seamlint::{}", data(failure))?;
        }
        for found in &checked.report {
            let most = match found.severity {
                Severity::Info => most_notices,
                _ => MOST,
            };
            let shown = &mut shown[found.severity as usize];
            if *shown < most {
                *shown += 1;
                annotate(out, &checked.path, found)?;
            } else {
                let kind = (std::cmp::Reverse(found.severity), found.code.as_ref());
                *rest.entry(kind).or_default() += 1;
            }
        }
        for omitted in checked.report.omitted() {
            *not_listed.entry(&omitted.code).or_default() += omitted.count;
        }
    }
    let mut parts: Vec<String> = Vec::new();
    for ((severity, code), count) in rest {
        parts.push(format!("{count} more {}[{code}]", severity.0));
    }
    for (code, count) in not_listed {
        parts.push(format!("{count} more {code}"));
    }
    if parts.is_empty() {
        return Ok(());
    }
    let sum = format!("not shown here: {}", parts.join(", "));
    writeln!(out, "::notice title=seamlint::{}", data(&sum))
}

fn count(files: &[Checked<'_>], severity: Severity) -> usize {
    files
        .iter()
        .flat_map(|checked| &checked.report)
        .filter(|found| found.severity == severity)
        .count()
}

fn annotate(out: &mut dyn Write, path: &str, found: &Diagnostic) -> io::Result<()> {
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (found.range.start, found.range.end);
    write!(
        out,
        "::{command} file={},line={},endLine={}",
        property(path),
        start.line,
        end.line
    )?;
    // Columns are for places within one line.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    }
    writeln!(
        out,
        ",title={}::{}",
        property(&found.code),
        data(&words(found, "\n"))
    )
}

/// Text after `::`, as the runner unescapes it.
fn data(text: &str) -> String {
    escape(text, &['%'])
}

/// The value of a property.
fn property(text: &str) -> String {
    escape(text, &['%', ':', ','])
}

/// The log shows what the runner does not unescape, so what cannot be seen is escaped in our way.
fn escape(text: &str, special: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if special.contains(&character) || matches!(character, '\r' | '\n') {
            // Writing to a string does not fail.
            let _ = write!(escaped, "%{:02X}", u32::from(character));
        } else {
            push_visible(&mut escaped, character);
        }
    }
    escaped
}
