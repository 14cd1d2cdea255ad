//! `JUnit` XML: a suite for each file, in it a test for each finding, or one that passes.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::{Checked, NOT_CHECKED, not_listed, xml_text};
use crate::report::{Diagnostic, Severity};
use crate::text::escape::visible;

/// Writes the findings of all files. Those below the file's `fail_on` are tests that pass, with the finding
/// as their output: the tests fail where the command does.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, files: &[Checked<'_>], fail_on: &[Severity]) -> io::Result<()> {
    let mut report = quick_junit::Report::new("seamlint");
    for (checked, fail_on) in files.iter().zip(fail_on) {
        let path = label(&checked.path);
        let mut suite = TestSuite::new(&path);
        for found in &checked.report {
            suite.add_test_case(case(found, &path, *fail_on));
        }
        if let Some(failure) = &checked.failure {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type(NOT_CHECKED).set_message(label(failure));
            let mut case = TestCase::new(NOT_CHECKED, status);
            case.set_classname(&path);
            suite.add_test_case(case);
        } else if checked.report.diagnostics().is_empty() {
            let mut case = TestCase::new("no findings", TestCaseStatus::success());
            case.set_classname(&path);
            suite.add_test_case(case);
        }
        let omitted: Vec<String> = checked.report.omitted().iter().map(not_listed).collect();
        if !omitted.is_empty() {
            suite.set_system_out(xml_text(&omitted.join("\n")));
        }
        report.add_test_suite(suite);
    }
    report.serialize(out).map_err(io::Error::other)
}

fn case(found: &Diagnostic, path: &str, fail_on: Severity) -> TestCase {
    let start = found.range.start;
    let mut text = format!(
        "{path}:{}:{}: {}[{}] {}\n",
        start.line,
        start.column,
        found.severity,
        found.code,
        label(&found.message)
    );
    let lines = [
        ("", found.help.as_deref()),
        ("why: ", found.note.as_deref()),
        ("at: ", Some(found.pointer.as_str())),
        ("see: ", Some(found.url.as_str())),
    ];
    for (words, line) in lines {
        if let Some(line) = line.filter(|line| !line.is_empty()) {
            text.push_str(words);
            text.push_str(&label(line));
            text.push('\n');
        }
    }
    let name = label(&format!(
        "{} at {}:{}",
        found.code, start.line, start.column
    ));
    let mut case = if found.severity >= fail_on {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_type(found.severity.to_string())
            .set_message(label(&found.message))
            .set_description(text);
        TestCase::new(name, status)
    } else {
        let mut case = TestCase::new(name, TestCaseStatus::success());
        case.set_system_out(text);
        case
    };
    case.set_classname(path);
    case
}

/// Text on one line: line breaks do not survive in attributes, nor do tabs in what `quick-junit`
/// writes.
fn label(text: &str) -> String {
    xml_text(&visible(text, usize::MAX))
}
