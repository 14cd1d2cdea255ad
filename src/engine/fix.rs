//! Applying fixes: edits on byte ranges, until nothing changes.
//!
//! ```
//! use seamlint::Linter;
//! use seamlint::Applicability;
//!
//! let payload = r#"{ "customer_key": " hotel_17", "sites": [{ "site_key": "n", "name": "N" }], }"#;
//! let fixed = Linter::new().fix(payload, Applicability::Safe);
//!
//! assert_eq!(fixed.text(), r#"{ "customer_key": "hotel_17", "sites": [{ "site_key": "n", "name": "N" }] }"#);
//! assert_eq!(fixed.applied.len(), 2);
//! assert!(!fixed.report.has_errors());
//! ```

use std::borrow::Cow;
use std::hash::BuildHasher;

use crate::engine::edits::{EditSet, Offsets};
use crate::platform::hash::RandomState;
use crate::platform::sort;
use crate::report::{Applicability, Diagnostic, Fix, Report};
use crate::rules::registry;
use crate::rules::rule::Group;

/// How often a text is fixed and checked again. Two or three rounds are common: a fix makes room
/// for one that overlapped it, or reveals a finding that its error hid. The limit also bounds the
/// time for a text with more findings than a report lists.
pub const MAX_ROUNDS: usize = 32;

/// A fix that has been applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppliedFix {
    /// The rule whose finding it fixes.
    pub code: Cow<'static, str>,
    /// What it did, in a few words.
    pub title: String,
    /// Whether it was safe.
    pub applicability: Applicability,
}

/// A text after one round of fixes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Applied {
    /// The text with the fixes; without any, the text as it was.
    pub text: String,
    /// What was applied, in the order of the text.
    pub fixes: Vec<AppliedFix>,
}

/// The result of [`Linter::fix`](crate::Linter::fix).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fixed<'a> {
    /// The findings of the fixed text, which is in [`Report::text`].
    pub report: Report<'a>,
    /// What was applied, in the order of the rounds.
    pub applied: Vec<AppliedFix>,
    /// How many rounds of fixes the text has gone through; 0 if there was nothing to do.
    pub rounds: usize,
}

impl Fixed<'_> {
    /// The fixed text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.report.text()
    }
}

/// Applies the fixes of a report to its text, once: the safe ones, or with [`Applicability::Unsafe`] all.
///
/// If the text is not JSON, only its syntax is fixed: the meaning of the rest is certain when that
/// is done.
///
/// If fixes overlap, the first by position is applied; the others wait for the next check. Nothing
/// is applied if bytes of the text were not UTF-8: the report has another text.
#[must_use]
pub fn apply(report: &Report<'_>, limit: Applicability) -> Applied {
    apply_unless(report, limit, &|_| false)
}

/// As [`apply`], without the fixes of suppressed findings.
pub(crate) fn apply_unless(
    report: &Report<'_>,
    limit: Applicability,
    is_suppressed: &dyn Fn(&Diagnostic) -> bool,
) -> Applied {
    let text = report.text();
    let candidates = candidates(report, limit, is_suppressed);
    let fixes = candidates.iter().map(|(_, fix)| *fix);
    let offsets = Offsets::new(text, report.encoding, fixes);
    let mut edits = EditSet::default();
    let applied = candidates
        .into_iter()
        .filter(|(_, fix)| edits.add(text, &offsets, fix))
        .map(|(found, fix)| AppliedFix {
            code: found.code.clone(),
            title: fix.title.clone(),
            applicability: fix.applicability,
        })
        .collect();
    Applied {
        text: edits.rewrite(text),
        fixes: applied,
    }
}

/// The first fix of a report that may be applied, for a text that is written anew by it.
#[cfg(feature = "cli")]
pub(crate) fn first(
    report: &Report<'_>,
    limit: Applicability,
    is_suppressed: &dyn Fn(&Diagnostic) -> bool,
) -> Option<AppliedFix> {
    let mut fixes = report.iter().filter(|found| !is_suppressed(found));
    fixes.find_map(|found| {
        let fix = found.fix.as_ref()?;
        (fix.applicability <= limit).then(|| AppliedFix {
            code: found.code.clone(),
            title: fix.title.clone(),
            applicability: fix.applicability,
        })
    })
}

/// The fixes that may be applied, by the start of their first edit.
fn candidates<'r>(
    report: &'r Report<'_>,
    limit: Applicability,
    is_suppressed: &dyn Fn(&Diagnostic) -> bool,
) -> Vec<(&'r Diagnostic, &'r Fix)> {
    if report.lossy {
        return Vec::new();
    }
    let mut candidates: Vec<(u32, &Diagnostic, &Fix)> = report
        .iter()
        .filter_map(|found| {
            let fix = found.fix.as_ref()?;
            let start = fix.edits.first()?.range.start.offset;
            Some((start, found, fix))
        })
        .filter(|(_, found, fix)| {
            fix.applicability <= limit
                && (report.is_json || is_about_syntax(&found.code))
                && !is_suppressed(found)
        })
        .collect();
    // Findings are sorted by their own places, which decide between equal starts: a stable sort.
    sort::sort_by_key(&mut candidates, |(start, ..)| *start);
    let fixes = candidates.into_iter();
    fixes.map(|(_, found, fix)| (found, fix)).collect()
}

/// Whether a rule looks at the text alone, and not at what it means.
fn is_about_syntax(code: &str) -> bool {
    registry::find(code).is_some_and(|rule| rule.group == Group::Json)
}

/// Applies and checks until nothing changes. `apply_all` applies the fixes of all findings of a
/// text, for a report that does not list them all.
///
/// A round may have more errors than the first text: the next one may fix what it revealed. If none
/// does, the result is the last text that has no more.
pub(crate) fn to_fixed_point<'a>(
    first: Report<'a>,
    apply: impl Fn(&Report<'a>) -> Applied,
    check: impl Fn(String) -> Report<'a>,
    apply_all: impl Fn(&str) -> Applied,
) -> Fixed<'a> {
    let allowed_errors = first.counts().errors;
    let mut accepted = Fixed {
        report: first,
        applied: Vec::new(),
        rounds: 0,
    };
    // The text of the last round, with the fixes since the accepted one, if it has more errors.
    let mut worse: Option<Report<'a>> = None;
    let mut pending = Vec::new();
    let hasher = RandomState::default();
    let mut seen = vec![hasher.hash_one(accepted.report.text())];
    for round in 1..=MAX_ROUNDS {
        let report = worse.as_ref().unwrap_or(&accepted.report);
        let next = if report.omitted().is_empty() {
            apply(report)
        } else {
            apply_all(report.text())
        };
        // Two rules that undo each other's fixes would never end.
        let hash = hasher.hash_one(next.text.as_str());
        if next.fixes.is_empty() || seen.contains(&hash) {
            break;
        }
        seen.push(hash);
        pending.extend(next.fixes);
        let report = check(next.text);
        if report.counts().errors <= allowed_errors {
            accepted.report = report;
            accepted.applied.append(&mut pending);
            accepted.rounds = round;
            worse = None;
        } else {
            worse = Some(report);
        }
    }
    accepted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Edit, Severity};
    use crate::{Linter, Options};
    use json_document::{LineIndex, PositionEncoding, Span};

    /// Fixes, each with its edits: start, end, text.
    type Made<'m> = &'m [(Applicability, &'m [(u32, u32, &'m str)])];

    /// A report of made-up fixes.
    fn report(text: &str, encoding: PositionEncoding, fixes: Made<'_>) -> Report<'static> {
        let index = LineIndex::new(text, encoding);
        let diagnostics = fixes.iter().map(|(safety, edits)| Diagnostic {
            code: Cow::Borrowed("made-up"),
            severity: Severity::Error,
            message: String::new(),
            note: None,
            help: None,
            url: String::new(),
            pointer: String::new(),
            within: None,
            range: index.range(Span::new(0, 0)),
            related: Vec::new(),
            fix: Some(Fix {
                title: "fix".to_owned(),
                applicability: *safety,
                edits: edits
                    .iter()
                    .map(|(start, end, text)| Edit {
                        range: index.range(Span::new(*start, *end)),
                        text: (*text).to_owned(),
                    })
                    .collect(),
            }),
            data: crate::report::Data::default(),
            key: None,
        });
        let mut report = Linter::new().check("").into_owned();
        report.diagnostics = diagnostics.collect();
        report.encoding = encoding;
        report.is_json = true;
        report.text = Cow::Owned(text.to_owned());
        report
    }

    fn safe(report: &Report<'_>) -> Applied {
        apply(report, Applicability::Safe)
    }

    #[test]
    fn the_first_by_position_wins() {
        use Applicability::{Safe, Unsafe};
        let cases: &[(Made<'_>, &str, usize)] = &[
            (&[], "abcdef", 0),
            (
                &[(Safe, &[(0, 1, "x")]), (Safe, &[(5, 6, "y")])],
                "xbcdey",
                2,
            ),
            // Neighbours are both applied.
            (&[(Safe, &[(0, 2, "x")]), (Safe, &[(2, 4, "")])], "xef", 2),
            // The later one overlaps, wherever it is in the report.
            (&[(Safe, &[(2, 4, "y")]), (Safe, &[(0, 3, "x")])], "xdef", 1),
            (&[(Safe, &[(0, 6, "x")]), (Safe, &[(2, 3, "y")])], "x", 1),
            (
                &[(Safe, &[(1, 2, "x")]), (Safe, &[(1, 2, "x")])],
                "axcdef",
                1,
            ),
            // All edits of a fix or none.
            (
                &[(Safe, &[(2, 3, "x")]), (Safe, &[(1, 2, "y"), (2, 3, "z")])],
                "ayzdef",
                1,
            ),
            (
                &[
                    (Safe, &[(1, 2, "x"), (4, 5, "x")]),
                    (Safe, &[(3, 4, "y"), (4, 5, "y")]),
                ],
                "axcdxf",
                1,
            ),
            // Insertions keep away from other edits.
            (
                &[(Safe, &[(1, 1, "x")]), (Safe, &[(1, 1, "y")])],
                "axbcdef",
                1,
            ),
            (
                &[(Safe, &[(1, 2, "x")]), (Safe, &[(2, 2, "y")])],
                "axcdef",
                1,
            ),
            (
                &[(Safe, &[(1, 1, "x")]), (Safe, &[(1, 2, "y")])],
                "axbcdef",
                1,
            ),
            (&[(Safe, &[(6, 6, "x")])], "abcdefx", 1),
            // What is no part of the text, or changes nothing, is no fix.
            (&[(Safe, &[(1, 2, "b")])], "abcdef", 0),
            (&[(Unsafe, &[(1, 2, "x")])], "abcdef", 0),
        ];
        for (fixes, wanted, count) in cases {
            let applied = apply(&report("abcdef", PositionEncoding::Utf8, fixes), Safe);
            assert_eq!(
                (applied.text.as_str(), applied.fixes.len()),
                (*wanted, *count),
                "{fixes:?}"
            );
        }
        let fixes: Made<'_> = &[(Unsafe, &[(1, 2, "x")])];
        let applied = apply(&report("abcdef", PositionEncoding::Utf8, fixes), Unsafe);
        assert_eq!(applied.text, "axcdef");
    }

    #[test]
    fn offsets_of_javascript_strings() {
        let text = "é😀a😀b";
        let fixes: Made<'_> = &[
            (Applicability::Safe, &[(6, 7, "A")]),
            (Applicability::Safe, &[(11, 12, "B")]),
        ];
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16] {
            let applied = apply(&report(text, encoding, fixes), Applicability::Safe);
            assert_eq!(applied.text, "é😀A😀B");
        }
        let options = Options {
            encoding: PositionEncoding::Utf16,
            ..Options::default()
        };
        let linter = Linter::with_options(options).expect("options");
        let after = linter.fix(r#"{"customer_key":"😀","sites":[],}"#, Applicability::Safe);
        assert_eq!(after.text(), r#"{"customer_key":"😀","sites":[]}"#);
    }

    #[test]
    fn text_that_is_not_utf8_is_not_fixed() {
        let report = Linter::new()
            .check_bytes(b"{\"customer_key\":\"\xff\",}")
            .into_owned();
        assert!(report.iter().any(|found| found.fix.is_some()));
        let applied = apply(&report, Applicability::Unsafe);
        assert!(applied.fixes.is_empty());
    }

    #[test]
    fn fixes_that_undo_each_other_end() {
        let flip = |text: String| {
            let other = if text == "a" { "b" } else { "a" };
            report(
                &text,
                PositionEncoding::Utf8,
                &[(Applicability::Safe, &[(0, 1, other)])],
            )
        };
        let fixed = to_fixed_point(flip("a".to_owned()), safe, flip, |text| {
            apply(&flip(text.to_owned()), Applicability::Safe)
        });
        assert_eq!((fixed.text(), fixed.rounds), ("b", 1));
    }

    #[test]
    fn a_result_with_more_errors_is_not_taken() {
        // Every round adds an error; the second and last takes all away, or none.
        for (errors_at_last, wanted) in [(0, "c"), (2, "a")] {
            let check = |text: String| {
                let (next, errors) = match text.as_str() {
                    "a" => ("b", 1),
                    "b" => ("c", 5),
                    _ => ("c", errors_at_last),
                };
                let mut report = report(
                    &text,
                    PositionEncoding::Utf8,
                    &[(Applicability::Safe, &[(0, 1, next)])],
                );
                report.counts.errors = errors;
                report
            };
            let fixed = to_fixed_point(check("a".to_owned()), safe, check, |text| {
                apply(&check(text.to_owned()), Applicability::Safe)
            });
            assert_eq!(fixed.text(), wanted);
            assert_eq!(fixed.applied.len(), fixed.rounds);
        }
    }

    #[test]
    fn findings_that_are_not_listed_are_fixed_too() {
        let names = r#"{ "guest_key": "g", "name": " x " }, "#.repeat(5);
        let text = format!(
            r#"{{ "customer_key": "c", "guests": [{}] }}"#,
            names.trim_end_matches(", ")
        );
        let options = Options {
            max_per_code: Some(2),
            ..Options::default()
        };
        let linter = Linter::with_options(options).expect("options");
        let fixed = linter.fix(&text, Applicability::Safe);
        assert_eq!(fixed.text(), text.replace(" x ", "x"));
        assert_eq!(fixed.rounds, 1);
    }
}
