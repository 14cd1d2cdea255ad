//! Bytes are checked: every range is in the text, every finding has words, and every format can be written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seamlint::{Linter, Options, PositionEncoding};

fuzz_target!(|bytes: &[u8]| {
    let report = seamlint::check_bytes(bytes);
    for found in &report {
        let range = found.range.bytes();
        assert!(
            range.start <= range.end && range.end <= bytes.len(),
            "{found:?}"
        );
        assert!(!found.message.is_empty());
        assert!(!found.message.chars().any(char::is_control), "{found:?}");
    }
    let counts = report.counts();
    assert_eq!(counts.errors > 0, report.has_errors());
    let json = serde_json::to_value(&report).expect("a report is JSON");
    assert_eq!(json["version"], 1);
    let again = serde_json::to_value(seamlint::check_bytes(bytes)).expect("a report is JSON");
    assert_eq!(json, again, "the same bytes give the same report");
    // What is kept out of a report is in no place of it, and offsets may count code units.
    let mut options = Options::default();
    options.redact = true;
    options.encoding = PositionEncoding::Utf16;
    let linter = Linter::with_options(options).expect("options");
    let redacted = linter.check_bytes(bytes);
    assert_eq!(redacted.counts(), counts);
});
