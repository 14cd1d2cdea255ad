//! One line per finding: `path:line:column: severity[code] message`.

use std::io::{self, Write};

use super::Checked;
use crate::text::escape::visible;

/// Writes the findings of one file.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
    let path = visible(&checked.path, usize::MAX);
    for found in &checked.report {
        let start = found.range.start;
        writeln!(
            out,
            "{path}:{}:{}: {}[{}] {}",
            start.line,
            start.column,
            found.severity,
            found.code,
            visible(&found.message, usize::MAX)
        )?;
    }
    for omitted in checked.report.omitted() {
        writeln!(out, "{path}: {} more {}", omitted.count, omitted.code)?;
    }
    Ok(())
}
