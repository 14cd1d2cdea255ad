//! Texts are fixed: no word is lost by a safe fix, what is JSON stays JSON, and a second run changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seamlint::fix::AppliedFix;
use seamlint::{Applicability, Linter};
use serde_json::Value;

fuzz_target!(|text: &str| {
    let linter = Linter::new();
    for limit in [Applicability::Safe, Applicability::Unsafe] {
        let fixed = linter.fix(text, limit);
        assert!(fixed.applied.iter().all(|fix| fix.applicability <= limit));
        assert_eq!(fixed.applied.is_empty(), fixed.text() == text);
        let was_json = serde_json::from_str::<Value>(text).is_ok();
        let is_json = serde_json::from_str::<Value>(fixed.text()).is_ok();
        assert!(is_json || !was_json, "JSON is made into something else");
        let again = linter.fix(fixed.text(), limit);
        if fixed.rounds < seamlint::fix::MAX_ROUNDS {
            assert_eq!(again.text(), fixed.text(), "a second run changes");
        }
        // The other rules may take away what the contract of fixes lists, such as white space written as \t.
        // True and None are written in JSON's letters, and a comment may go.
        let other_words = ["remove the comment", "write JSON's literal"];
        let is_about_syntax = |fix: &AppliedFix| {
            fix.code == "json-syntax" && !other_words.contains(&fix.title.as_str())
        };
        if limit == Applicability::Safe && fixed.applied.iter().all(is_about_syntax) {
            assert!(
                keeps_words(text, fixed.text()),
                "a word is lost: {}",
                fixed.text()
            );
        }
    }
});

/// Whether every letter and digit of a text is left, in order.
fn keeps_words(before: &str, after: &str) -> bool {
    let mut after = after.chars();
    let mut words = before.chars().filter(|c| c.is_alphanumeric());
    words.all(|wanted| after.any(|c| c == wanted))
}
