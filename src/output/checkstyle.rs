//! Checkstyle XML, which most build servers read.

use std::fmt::Write as _;
use std::io::{self, Write};

use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};

use super::{Checked, NOT_CHECKED, not_listed, words, xml_text};
use crate::text::escape::is_hidden;

/// Writes the findings of all files. `source` is the code, with `seamlint.` before it.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, files: &[Checked<'_>]) -> io::Result<()> {
    let mut xml = quick_xml::Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    // The version that readers of the format look for.
    let root = BytesStart::new("checkstyle").with_attributes([("version", "4.3")]);
    xml.write_event(Event::Start(root))?;
    for checked in files {
        let mut file = BytesStart::new("file");
        push(&mut file, "name", &checked.path);
        if checked.report.is_clean() && checked.failure.is_none() {
            xml.write_event(Event::Empty(file))?;
            continue;
        }
        xml.write_event(Event::Start(file))?;
        let mut error = |line: u64, column: u32, severity: &str, message: &str, code: &str| {
            let mut error = BytesStart::new("error");
            push(&mut error, "line", &line.to_string());
            push(&mut error, "column", &column.to_string());
            push(&mut error, "severity", severity);
            push(&mut error, "message", message);
            push(&mut error, "source", &format!("seamlint.{code}"));
            xml.write_event(Event::Empty(error))
        };
        if let Some(failure) = &checked.failure {
            error(1, 1, "error", failure, NOT_CHECKED)?;
        }
        for found in &checked.report {
            let start = found.range.start;
            let severity = found.severity.to_string();
            let message = words(found, "\n");
            error(start.line, start.column, &severity, &message, &found.code)?;
        }
        for omitted in checked.report.omitted() {
            error(1, 1, "info", &not_listed(omitted), &omitted.code)?;
        }
        xml.write_event(Event::End(BytesEnd::new("file")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("checkstyle")))?;
    out.write_all(b"\n")
}

/// Adds an attribute. White space other than blanks is written as references, which readers would
/// turn into blanks; and so is what cannot be seen.
fn push(element: &mut BytesStart<'_>, name: &str, value: &str) {
    let value = xml_text(value);
    let mut written = String::with_capacity(value.len());
    for character in escape(value.as_str()).chars() {
        if is_hidden(character) {
            // Writing to a string does not fail.
            let _ = write!(written, "&#{};", u32::from(character));
        } else {
            written.push(character);
        }
    }
    element.push_attribute((name.as_bytes(), written.as_bytes()));
}
