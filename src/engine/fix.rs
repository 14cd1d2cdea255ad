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
use std::ops::Range;

use crate::engine::edits::{EditSet, Offsets};
use crate::platform::sort;
use crate::report::{Applicability, Diagnostic, Fix, Report, Severity};
use crate::rules::registry;
use crate::rules::rule::Group;

/// How often a text is fixed and checked again. Two or three rounds are common: a fix makes room
/// for one that overlapped it, or reveals a finding that its error hid. The limit also bounds the
/// time for a text with more findings than a report lists.
pub const MAX_ROUNDS: usize = 32;

/// How often the fixes of one text are tried, each time without those that made an error. Then the
/// text stays as it is.
const MAX_TRIES: usize = 8;

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

impl AppliedFix {
    fn of(found: &Diagnostic, fix: &Fix) -> Self {
        Self {
            code: found.code.clone(),
            title: fix.title.clone(),
            applicability: fix.applicability,
        }
    }
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

/// A fix that is not applied, because it would make an error that was not there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DroppedFix {
    /// The rule whose finding it would fix.
    pub code: Cow<'static, str>,
    /// The finding's place: a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What it would do, in a few words.
    pub title: String,
    /// Whether it is safe.
    pub applicability: Applicability,
    /// The message of the error that it would make.
    pub reason: String,
}

impl DroppedFix {
    fn is_of(&self, found: &Diagnostic, fix: &Fix) -> bool {
        self.code == found.code && self.pointer == found.pointer && self.title == fix.title
    }
}

/// The result of [`Linter::fix`](crate::Linter::fix).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fixed<'a> {
    /// The findings of the fixed text, which is in [`Report::text`].
    pub report: Report<'a>,
    /// What was applied, in the order of the rounds.
    pub applied: Vec<AppliedFix>,
    /// What was not applied, although it may be: findings in the report have these fixes no more.
    pub dropped: Vec<DroppedFix>,
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
    let candidates = candidates(report, limit, &|_| false, &[]);
    let edits = EditSet::of(report, &candidates);
    Applied {
        text: edits.rewrite(report.text()),
        fixes: applied(&candidates, &edits),
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
        (fix.applicability <= limit).then(|| AppliedFix::of(found, fix))
    })
}

/// How many findings of a report have a fix that is applied, if unsafe ones may be: none if bytes of
/// its text were not UTF-8; and if an error of syntax has no fix, those of syntax alone.
pub(crate) fn fixable<'r>(report: &'r Report<'_>) -> impl Iterator<Item = &'r Diagnostic> {
    let is_about = |found: &&Diagnostic| found.code == "json-syntax";
    let is_json_at_last = report.is_json
        || report.iter().any(|found| is_about(&found))
            && report
                .iter()
                .filter(is_about)
                .all(|found| found.fix.is_some());
    report.iter().filter(move |found| {
        found.fix.is_some() && !report.lossy && (is_json_at_last || is_about_syntax(&found.code))
    })
}

/// The fixes that may be applied, by the start of their first edit.
fn candidates<'r>(
    report: &'r Report<'_>,
    limit: Applicability,
    is_suppressed: &dyn Fn(&Diagnostic) -> bool,
    dropped: &[DroppedFix],
) -> Vec<(&'r Diagnostic, &'r Fix)> {
    if report.lossy {
        return Vec::new();
    }
    let mut candidates: Vec<(u64, &Diagnostic, &Fix)> = report
        .iter()
        .filter_map(|found| {
            let fix = found.fix.as_ref()?;
            let start = fix.edits.first()?.range.start.offset;
            Some((start, found, fix))
        })
        .filter(|(_, found, fix)| {
            fix.applicability <= limit
                && (report.is_json || is_about_syntax(&found.code))
                && !dropped.iter().any(|dropped| dropped.is_of(found, fix))
                && !is_suppressed(found)
        })
        .collect();
    // Findings are sorted by their own places, which decide between equal starts: a stable sort.
    sort::sort_by_key(&mut candidates, |(start, ..)| *start);
    let fixes = candidates.into_iter();
    fixes.map(|(_, found, fix)| (found, fix)).collect()
}

/// Those of the candidates whose edits are made.
fn applied(candidates: &[(&Diagnostic, &Fix)], edits: &EditSet<'_>) -> Vec<AppliedFix> {
    let numbers = edits.fixes().into_iter();
    let made = numbers.map(|number| candidates[number]);
    made.map(|(found, fix)| AppliedFix::of(found, fix))
        .collect()
}

/// Whether a rule looks at the text alone, and not at what it means.
fn is_about_syntax(code: &str) -> bool {
    registry::find(code).is_some_and(|rule| rule.group == Group::Json)
}

/// Applies the fixes of a report and checks, until nothing changes. `check` takes a text and whether
/// all findings are wanted, however many a report lists otherwise.
///
/// A fix that makes an error is dropped, and the others of its round are applied without it. What
/// was hidden by an error is not made by the fix that shows it.
pub(crate) fn to_fixed_point<'a>(
    first: Report<'a>,
    limit: Applicability,
    is_suppressed: &dyn Fn(&Diagnostic) -> bool,
    check: &dyn Fn(String, bool) -> Report<'a>,
) -> Fixed<'a> {
    let mut fixed = Fixed {
        report: first,
        applied: Vec::new(),
        dropped: Vec::new(),
        rounds: 0,
    };
    let mut all = unlisted(&fixed.report, check);
    // Each text, with how many fixes led to it.
    let mut seen = vec![(fixed.report.text().to_owned(), 0)];
    let mut tries = 0;
    while fixed.rounds < MAX_ROUNDS && tries < MAX_TRIES {
        tries += 1;
        let before = all.as_ref().unwrap_or(&fixed.report);
        let candidates = candidates(before, limit, is_suppressed, &fixed.dropped);
        let edits = EditSet::of(before, &candidates);
        let text = edits.rewrite(before.text());
        if let Some(first) = seen.iter().position(|(known, _)| *known == text) {
            // Fixes that undo each other would never end, and each end of theirs would be another one's
            // beginning: one text of the ring is the end wherever it is entered.
            let ring = seen.iter().enumerate().skip(first);
            if let Some((round, (text, count))) = ring.min_by_key(|(_, (text, _))| text)
                && round < fixed.rounds
            {
                fixed.report = check(text.clone(), false);
                fixed.applied.truncate(*count);
                fixed.rounds = round;
                fixed.dropped.clear();
            }
            break;
        }
        let after = check(text.clone(), false);
        let all_after = unlisted(&after, check);
        let made = errors_made(&edits, before, all_after.as_ref().unwrap_or(&after));
        if made.is_empty() {
            fixed.applied.extend(applied(&candidates, &edits));
            seen.push((text, fixed.applied.len()));
            // What would make an error in one text need not make it in the next.
            fixed.dropped.clear();
            fixed.rounds += 1;
            tries = 0;
            fixed.report = after;
            all = all_after;
            continue;
        }
        let dropped = made.into_iter().map(|(number, error)| {
            let (found, fix) = candidates[number];
            DroppedFix {
                code: found.code.clone(),
                pointer: found.pointer.clone(),
                title: fix.title.clone(),
                applicability: fix.applicability,
                reason: error.message.clone(),
            }
        });
        fixed.dropped.extend(dropped);
    }
    for found in &mut fixed.report.diagnostics {
        let dropped = &fixed.dropped;
        found.fix = found.fix.take().filter(|fix| {
            let mut dropped = dropped.iter();
            !dropped.any(|dropped| dropped.is_of(found, fix))
        });
    }
    fixed
}

/// A report with all findings of a text, if the one that is there does not list them.
fn unlisted<'a>(
    report: &Report<'_>,
    check: &dyn Fn(String, bool) -> Report<'a>,
) -> Option<Report<'a>> {
    (!report.omitted().is_empty()).then(|| check(report.text().to_owned(), true))
}

/// The fixes, by number, with an error at their edits that was not there before: the first of each.
fn errors_made<'r>(
    edits: &EditSet<'_>,
    before: &Report<'_>,
    after: &'r Report<'_>,
) -> Vec<(usize, &'r Diagnostic)> {
    let mut made = errors_at(&edits.places_after(), after);
    if !made.is_empty() {
        let mut known: Vec<(&str, &str)> = errors(before).map(identity).collect();
        sort::sort_by(&mut known, Ord::cmp);
        made.retain(|(_, error)| known.binary_search(&identity(error)).is_err());
        sort::sort_by_key(&mut made, |(fix, _)| *fix);
        made.dedup_by_key(|(fix, _)| *fix);
    }
    made
}

fn errors<'r>(report: &'r Report<'_>) -> impl Iterator<Item = &'r Diagnostic> {
    let errors = report.iter();
    errors.filter(|found| found.severity == Severity::Error)
}

fn identity(error: &Diagnostic) -> (&str, &str) {
    (&error.code, &error.pointer)
}

/// The errors that meet an edit with their own place or a related one, each with the number of the fix.
fn errors_at<'r>(
    places: &[(Range<usize>, usize)],
    report: &'r Report<'_>,
) -> Vec<(usize, &'r Diagnostic)> {
    let ranges = |error: &'r Diagnostic| {
        let related = error.related.iter().filter(|other| other.path.is_none());
        std::iter::once(error.range).chain(related.map(|other| other.range))
    };
    let all = errors(report).flat_map(ranges);
    let offsets = Offsets::new(report.text(), report.encoding, all);
    let mut found = Vec::new();
    for error in errors(report) {
        for range in ranges(error) {
            let range = offsets.bytes(range.bytes());
            let first = places.partition_point(|(place, _)| place.end < range.start);
            let touched = places[first..].iter();
            let touched = touched.take_while(|(place, _)| place.start <= range.end);
            // What only stands beside the error is not about it, unless it is between two characters.
            let met = touched.filter(|(place, _)| {
                let meets = place.start < range.end && range.start < place.end;
                meets || place.is_empty() || range.is_empty()
            });
            found.extend(met.map(|(_, fix)| (*fix, error)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Edit;
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
        // What is not applied is not shown.
        assert!(report.iter().all(|found| found.fix.is_none()));
        let applied = apply(&report, Applicability::Unsafe);
        assert!(applied.fixes.is_empty());
    }

    #[test]
    fn fixes_that_undo_each_other_end() {
        let flip = |text: String, _| {
            let other = if text == "a" { "b" } else { "a" };
            report(
                &text,
                PositionEncoding::Utf8,
                &[(Applicability::Safe, &[(0, 1, other)])],
            )
        };
        let first = flip("a".to_owned(), false);
        let fixed = to_fixed_point(first, Applicability::Safe, &|_| false, &flip);
        assert_eq!((fixed.text(), fixed.rounds), ("a", 0));
        assert!(fixed.applied.is_empty());
        // A second run begins where the first ended, and one from elsewhere in the ring ends there too.
        let other = flip("b".to_owned(), false);
        let fixed = to_fixed_point(other, Applicability::Safe, &|_| false, &flip);
        assert_eq!((fixed.text(), fixed.rounds), ("a", 1));
    }

    /// Of a text of letters: each small one has a fix that makes it a big one, and each letter of
    /// `errors` is an error.
    fn letters(text: &str, encoding: PositionEncoding, errors: &str) -> Report<'static> {
        let index = LineIndex::new(text, encoding);
        let small = text.char_indices();
        let small = small.filter(|(_, letter)| letter.is_ascii_lowercase());
        let big: Vec<_> = small
            .map(|(at, letter)| (at as u32, letter.to_ascii_uppercase().to_string()))
            .collect();
        let edits: Vec<_> = big
            .iter()
            .map(|(at, letter)| [(*at, at + 1, letter.as_str())])
            .collect();
        let fixes: Vec<_> = edits
            .iter()
            .map(|edits| (Applicability::Safe, edits.as_slice()))
            .collect();
        let plain = report("", encoding, &[(Applicability::Safe, &[])]);
        let plain = plain.diagnostics.first().expect("a finding");
        let mut made = report(text, encoding, &fixes);
        for found in &mut made.diagnostics {
            found.severity = Severity::Warning;
            let edit = &found.fix.as_ref().expect("a fix").edits[0];
            found.pointer = format!("/{}", edit.text);
        }
        for (at, letter) in text.char_indices() {
            if errors.contains(letter) {
                let span = Span::new(at as u32, (at + letter.len_utf8()) as u32);
                made.diagnostics.push(Diagnostic {
                    code: Cow::Borrowed("wrong-letter"),
                    severity: Severity::Error,
                    message: format!("{letter} is wrong"),
                    range: index.range(span),
                    fix: None,
                    ..plain.clone()
                });
                made.counts.errors += 1;
            }
        }
        made
    }

    #[test]
    fn a_fix_that_makes_an_error_is_dropped_alone() {
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16] {
            for (text, errors, wanted, reasons) in [
                ("a😀bc", "B", "A😀bC", &["B is wrong"][..]),
                (
                    "abc",
                    "ABC",
                    "abc",
                    &["A is wrong", "B is wrong", "C is wrong"],
                ),
                // One that was there is not made, and neither is one that is away from the edits.
                ("abc", "bB", "ABC", &[]),
                ("a-?", "?", "A-?", &[]),
            ] {
                let check = |text: String, _| letters(&text, encoding, errors);
                let first = check(text.to_owned(), false);
                let fixed = to_fixed_point(first, Applicability::Safe, &|_| false, &check);
                assert_eq!(fixed.text(), wanted);
                let dropped = fixed.dropped.iter();
                let dropped: Vec<_> = dropped.map(|dropped| dropped.reason.as_str()).collect();
                assert_eq!(dropped, reasons);
                // What is not applied is not shown as a fix.
                assert!(fixed.report.iter().all(|found| found.fix.is_none()));
            }
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
