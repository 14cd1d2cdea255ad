//! The catalogue: every rule is documented, and its examples are true.

use std::collections::HashSet;

use seamlint::{Basis, Level, Linter, Options, RULES, Rule, Severity};

use crate::support::stay::codes;

/// Every default rule is on, and the one that is shown.
fn linter_for(rule: &Rule) -> Linter {
    let mut options = Options::default();
    options.now = Some("2026-01-01T00:00:00Z".to_owned());
    if !rule.on_by_default {
        let level = match rule.severity {
            Severity::Info => Level::Info,
            Severity::Warning => Level::Warning,
            Severity::Error => Level::Error,
        };
        options.levels.push((rule.code.to_owned(), level));
    }
    Linter::with_options(options).expect("options are valid")
}

/// Rules whose findings no example can show, with the reason.
const WITHOUT_BAD: &[(&str, &str)] = &[
    ("document-too-large", "needs a text of 4 GiB"),
    ("key-of-another-customer", "needs payloads of two customers"),
    (
        "schema-max-length",
        "no member outside custom_metadata has a maxLength",
    ),
    ("schema-keyword", "needs a schema of the user's"),
];

#[test]
fn examples_do_what_they_say() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let linter = linter_for(rule);
        let examples: Vec<_> = rule.examples().collect();
        assert!(
            examples.iter().any(|e| !e.bad),
            "{} has no ok example",
            rule.code
        );
        let silent = WITHOUT_BAD.iter().any(|(code, _)| *code == rule.code);
        assert!(
            silent || examples.iter().any(|e| e.bad),
            "{} has no bad example",
            rule.code
        );
        for example in examples {
            let found: HashSet<String> = codes(&linter.check(example.text)).into_iter().collect();
            let mut wanted = HashSet::new();
            if example.bad {
                wanted.insert(rule.code.to_owned());
                wanted.extend(example.with.map(str::to_owned));
            }
            if found != wanted {
                wrong.push(format!("{} finds {found:?}: {}", rule.code, example.text));
            }
            let severity = example.severity.unwrap_or(rule.severity);
            for finding in linter.check(example.text) {
                let is_right = finding.code != rule.code || finding.severity == severity;
                if !is_right {
                    wrong.push(format!(
                        "{} is {}: {}",
                        rule.code, finding.severity, example.text
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A severity without a reason cannot be judged: each rule says who says so, and where.
#[test]
fn every_rule_has_its_source() {
    let page = std::fs::read_to_string("docs/rules.md").expect("is committed");
    for rule in RULES {
        assert!(rule.source.len() > 10, "{} has no source", rule.code);
        assert!(!rule.source.ends_with('.'), "{}", rule.code);
        let line = format!("\n{}: {}.\n", rule.basis.title(), rule.source);
        let (_, section) = page
            .split_once(&format!("\n### {}\n", rule.code))
            .expect("the rule has a section");
        let section = section.split("\n### ").next().unwrap_or_default();
        assert!(
            section.contains(&line),
            "{} has no line with its source in docs/rules.md",
            rule.code
        );
        // An error is what the API answers 400 to: nobody's judgement.
        let is_ours = rule.basis == Basis::Judgement;
        let may_judge = [
            "nesting-too-deep",
            "document-too-large",
            "invalid-unicode",
            "schema-keyword",
        ];
        assert!(
            rule.severity < Severity::Error || !is_ours || may_judge.contains(&rule.code),
            "{}",
            rule.code
        );
    }
}

#[test]
fn codes_are_words_and_single() {
    let mut seen = HashSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.code), "{} stands twice", rule.code);
        let words = rule.code.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        assert!(words, "{}", rule.code);
    }
}

#[test]
fn summaries_are_one_sentence() {
    for rule in RULES {
        let summary = rule.summary();
        assert!(summary.ends_with('.'), "{}: {summary}", rule.code);
        assert!(
            !summary.trim_end_matches('.').contains(". "),
            "{}: {summary}",
            rule.code
        );
        assert!(
            rule.docs().lines().nth(1).is_some_and(str::is_empty),
            "{}",
            rule.code
        );
    }
}
