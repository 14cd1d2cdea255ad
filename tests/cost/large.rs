//! A payload of 10 MB on one line with 1,000 findings: every format shows them at the right places,
//! within the width, and without copying the line for each.

use allocation_counter::measure;
use seamlint::faces::output::{Checked, concise, json, pretty::Pretty};
use seamlint::{Level, Linter, Options};

use crate::support::payload::Recipe;

/// What a format writes, and the bytes that are allocated for it.
fn cost(write: impl FnOnce(&mut Vec<u8>)) -> (String, u64) {
    let mut out = Vec::new();
    let info = measure(|| write(&mut out));
    (String::from_utf8(out).expect("text"), info.bytes_total)
}

#[test]
fn ten_megabytes_on_one_line() {
    let text = Recipe::new(5, 10_000_000).with_findings(1000).build();
    assert_eq!(text.lines().count(), 1);
    let mut options = Options::default();
    options.max_per_code = None;
    let linter = Linter::with_options(options).expect("the options are right");
    let report = linter.check(&text);
    assert_eq!(report.diagnostics().len(), 1000);

    // Line and column by their definition. The generator's text has characters of several bytes.
    assert!(text.len() > text.chars().count());
    let mut column = 1;
    let mut from = 0;
    for found in &report {
        let start = found.range.start;
        column += text[from..start.offset as usize].chars().count();
        from = start.offset as usize;
        assert_eq!(
            (start.line, start.column as usize),
            (1, column),
            "{}",
            found.pointer
        );
    }

    let checked = Checked::new("minified.json".to_owned(), report);
    let (drawn, drawing) = cost(|out| {
        let written = Pretty::new(160, false).write(out, &checked);
        written.expect("a vector takes all");
    });
    for line in drawn.lines() {
        assert!(line.chars().count() <= 160, "too wide: {line}");
    }
    let first = checked.report.diagnostics()[0].range.start.column;
    assert!(drawn.contains(&format!("[minified.json:1:{first}]")));
    let (lines, listing) = cost(|out| concise::write(out, &checked).expect("a vector takes all"));
    assert_eq!(lines.lines().count(), 1000);
    let (_, writing) = cost(|out| {
        let written = json::write(out, std::slice::from_ref(&checked));
        written.expect("a vector takes all");
    });
    // A copy of the line for every finding would be 10 GB.
    for (format, bytes) in [("pretty", drawing), ("concise", listing), ("json", writing)] {
        let limit = 4 * text.len() as u64;
        assert!(bytes < limit, "{format} allocates {bytes} bytes");
    }
}

#[test]
fn elements_far_into_their_array_are_numbered() {
    // From 16,777,215 on, values do not know their own index.
    let far = 16_777_200;
    let site = r#"{ "site_key": "", "name": "N", "tags": [1, [2]] }"#;
    let text = format!(
        r#"{{ "customer_key": "c", "sites": [{}{}{site}] }}"#,
        "1,".repeat(far),
        format!("{site},").repeat(9_999)
    );
    let mut options = Options::default();
    options.levels.push(("schema-type".to_owned(), Level::Off));
    options.max_per_code = None;
    let linter = Linter::with_options(options).expect("the options are right");
    let report = linter.check(&text);
    let found = report.iter().filter(|one| one.code == "schema-min-length");
    let mut count = 0;
    for (at, one) in found.enumerate() {
        assert_eq!(one.pointer, format!("/sites/{}/site_key", far + at));
        count += 1;
    }
    assert_eq!(count, 10_000);
}
