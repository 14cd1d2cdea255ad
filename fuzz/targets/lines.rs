//! Bytes are checked and fixed as JSON Lines: every range is in the text, and lines stay lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seamlint::{Applicability, Linter};

fuzz_target!(|bytes: &[u8]| {
    let linter = Linter::new();
    let report = linter.check_lines(bytes);
    for found in &report {
        let range = found.range.bytes();
        assert!(
            range.start <= range.end && range.end <= bytes.len(),
            "{found:?}"
        );
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let fixed = linter.fix_lines(text, Applicability::Unsafe);
        let breaks = |text: &str| text.matches('\n').count();
        assert_eq!(breaks(text), breaks(fixed.text()));
    }
});
