//! Applying fixes: edits on byte ranges, until nothing changes.
//!
//! ```
//! use seamlint::Linter;
//! use seamlint::Safety;
//!
//! let payload = r#"{ "customer_key": " hotel_17", "sites": [], }"#;
//! let fixed = Linter::new().fix(payload, Safety::Safe);
//!
//! assert_eq!(fixed.text(), r#"{ "customer_key": "hotel_17", "sites": [] }"#);
//! assert_eq!(fixed.applied.len(), 2);
//! assert!(fixed.report.is_clean());
//! ```

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::Range;

use crate::light::RandomState;

use crate::report::{Diagnostic, Edit, Fix, Report, Safety};
use crate::rules::{self, Group};
use json_document::PositionEncoding;

/// How often a text is mended and checked again. Two or three rounds are common: a fix makes room
/// for one that overlapped it, or brings to light what it hid. The limit also bounds the time for
/// a text with more slips than a report lists.
pub const MAX_ROUNDS: usize = 32;

/// A fix that has been applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppliedFix {
    /// The rule whose finding it mends.
    pub code: Cow<'static, str>,
    /// What it did, in a few words.
    pub title: String,
    /// Whether it was safe.
    pub safety: Safety,
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

/// What [`Linter::fix`](crate::Linter::fix) leads to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fixed<'a> {
    /// What is found in the fixed text, which stands in [`Report::text`].
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

/// Applies the fixes of a report to its text, once: the safe ones, or with [`Safety::Unsafe`] all.
///
/// In a text that is not JSON, only what is wrong with its syntax is fixed: what the rest means is
/// certain when that is done.
///
/// Of fixes that overlap, the first by position is applied; the others wait for the next check.
/// A report of bytes that were not UTF-8 is of another text than theirs: nothing is applied.
#[must_use]
pub fn apply(report: &Report<'_>, limit: Safety) -> Applied {
    apply_unless(report, limit, &|_| false)
}

/// As [`apply`], without the fixes of findings that are meant.
pub(crate) fn apply_unless(
    report: &Report<'_>,
    limit: Safety,
    is_meant: &dyn Fn(&Diagnostic) -> bool,
) -> Applied {
    let text = report.text();
    let mut applied = Applied {
        text: String::new(),
        fixes: Vec::new(),
    };
    let mut wanted: Vec<(usize, &Diagnostic, &Fix)> = Vec::new();
    if !report.lossy {
        for found in report {
            if let Some(fix) = &found.fix
                && fix.safety <= limit
                && (report.is_json || is_about_syntax(&found.code))
                && let Some(first) = fix.edits.first()
                && !is_meant(found)
            {
                wanted.push((first.range.start.offset as usize, found, fix));
            }
        }
    }
    // Findings come in the order of their own places: the sort is stable.
    crate::light::sort_by_key(&mut wanted, |(start, _, _)| *start);
    let offsets = Offsets::new(text, report.encoding, wanted.iter().map(|(_, _, fix)| *fix));
    let mut taken = Taken::default();
    for (_, found, fix) in wanted {
        if taken.add(text, &offsets, fix) {
            applied.fixes.push(AppliedFix {
                code: found.code.clone(),
                title: fix.title.clone(),
                safety: fix.safety,
            });
        }
    }
    applied.text = taken.rewrite(text);
    applied
}

/// Whether a rule looks at the text alone, and not at what it means.
fn is_about_syntax(code: &str) -> bool {
    rules::find(code).is_some_and(|rule| rule.group == Group::Json)
}

/// Edits that do not touch each other, by where they start. They come nearly in order, so that
/// few are moved where one is put between others.
#[derive(Default)]
struct Taken<'f>(Vec<(usize, usize, &'f str)>);

impl<'f> Taken<'f> {
    /// Takes all edits of a fix, or none if one of them is in the way of another.
    fn add(&mut self, text: &str, offsets: &Offsets, fix: &'f Fix) -> bool {
        let mut changes = false;
        for (at, edit) in fix.edits.iter().enumerate() {
            let range = offsets.bytes(edit.range.bytes());
            let slot = self.0.partition_point(|(start, ..)| *start <= range.start);
            let free = text.get(range.clone()).is_some_and(|old| {
                changes |= old != edit.text;
                self.is_free(&range, slot)
            });
            if !free {
                // The edits of a fix do not overlap: those before this one are its own.
                self.remove(offsets, &fix.edits[..at]);
                return false;
            }
            self.0.insert(slot, (range.start, range.end, &edit.text));
        }
        if !changes {
            self.remove(offsets, &fix.edits);
        }
        changes
    }

    fn remove(&mut self, offsets: &Offsets, edits: &[Edit]) {
        for edit in edits {
            let start = offsets.bytes(edit.range.bytes()).start;
            let at = self.0.binary_search_by_key(&start, |(start, ..)| *start);
            if let Ok(at) = at {
                self.0.remove(at);
            }
        }
    }

    /// Whether a range that would stand at a slot meets none of the edits. One may begin where
    /// another ends, unless one of them is an insertion, whose side would be unclear.
    fn is_free(&self, range: &Range<usize>, slot: usize) -> bool {
        // One that starts at the very place is the one before.
        let free_before = self.0[..slot].last().is_none_or(|(start, end, _)| {
            *end < range.start || *end == range.start && start < end && !range.is_empty()
        });
        let free_after = self.0.get(slot).is_none_or(|(start, end, _)| {
            range.end < *start || range.end == *start && start < end && !range.is_empty()
        });
        free_before && free_after
    }

    fn rewrite(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for (start, end, new) in &self.0 {
            out.push_str(&text[copied..*start]);
            out.push_str(new);
            copied = *end;
        }
        out.push_str(&text[copied..]);
        out
    }
}

/// Turns what a report's offsets count into bytes.
struct Offsets(Option<Vec<(u32, usize)>>);

impl Offsets {
    /// One pass over the text, and none where offsets are in bytes.
    fn new<'f>(
        text: &str,
        encoding: PositionEncoding,
        fixes: impl Iterator<Item = &'f Fix>,
    ) -> Self {
        if encoding == PositionEncoding::Utf8 {
            return Self(None);
        }
        let mut wanted: Vec<u32> = fixes
            .flat_map(|fix| &fix.edits)
            .flat_map(|edit| [edit.range.start.offset, edit.range.end.offset])
            .collect();
        crate::light::sort_by(&mut wanted, Ord::cmp);
        wanted.dedup();
        let mut wanted = wanted.into_iter().peekable();
        let mut known = Vec::new();
        let mut units = 0;
        let characters = text.char_indices();
        let ends = std::iter::once((text.len(), '\0'));
        for (at, character) in characters.chain(ends) {
            if wanted.peek().is_none() {
                break;
            }
            while wanted.next_if(|wanted| *wanted <= units).is_some() {
                known.push((units, at));
            }
            units += character.len_utf16() as u32;
        }
        Self(Some(known))
    }

    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.byte(range.start)..self.byte(range.end)
    }

    /// Past the end for an offset that the text does not have.
    fn byte(&self, offset: usize) -> usize {
        let Some(known) = &self.0 else { return offset };
        let at = known.binary_search_by_key(&offset, |(units, _)| *units as usize);
        at.map_or(usize::MAX, |at| known[at].1)
    }
}

/// Applies and checks until nothing changes. `full` applies the fixes of all findings of a text,
/// for a report that does not list them all.
pub(crate) fn to_fixed_point<'a>(
    first: Report<'a>,
    apply: impl Fn(&Report<'a>) -> Applied,
    check: impl Fn(String) -> Report<'a>,
    full: impl Fn(&str) -> Applied,
) -> Fixed<'a> {
    let errors = first.counts().errors;
    // The latest text that has no more errors than the first.
    let mut kept = Fixed {
        report: first,
        applied: Vec::new(),
        rounds: 0,
    };
    // The latest text, where it has more: the next round may mend what this one brought to light.
    let mut tip: Option<Report<'a>> = None;
    let mut applied = Vec::new();
    let hasher = RandomState::default();
    let mut seen = vec![hasher.hash_one(kept.report.text())];
    for round in 1..=MAX_ROUNDS {
        let report = tip.as_ref().unwrap_or(&kept.report);
        let next = if report.omitted().is_empty() {
            apply(report)
        } else {
            full(report.text())
        };
        // Two rules that undo each other's work would go on for ever.
        let hash = hasher.hash_one(next.text.as_str());
        if next.fixes.is_empty() || seen.contains(&hash) {
            break;
        }
        seen.push(hash);
        applied.extend(next.fixes);
        let report = check(next.text);
        if report.counts().errors <= errors {
            kept.report = report;
            kept.applied.append(&mut applied);
            kept.rounds = round;
            tip = None;
        } else {
            tip = Some(report);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Edit, Severity};
    use crate::{Linter, Options};
    use json_document::LineIndex;
    use json_document::Span;

    /// Fixes, each with its edits: start, end, text.
    type Made<'m> = &'m [(Safety, &'m [(u32, u32, &'m str)])];

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
            range: index.range(Span::new(0, 0)),
            related: Vec::new(),
            fix: Some(Fix {
                title: "mend".to_owned(),
                safety: *safety,
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
        apply(report, Safety::Safe)
    }

    #[test]
    fn the_first_by_position_wins() {
        use Safety::{Safe, Unsafe};
        let cases: &[(Made<'_>, &str, usize)] = &[
            (&[], "abcdef", 0),
            (
                &[(Safe, &[(0, 1, "x")]), (Safe, &[(5, 6, "y")])],
                "xbcdey",
                2,
            ),
            // Neighbours are both applied.
            (&[(Safe, &[(0, 2, "x")]), (Safe, &[(2, 4, "")])], "xef", 2),
            // The later one overlaps, wherever it stands in the report.
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
            (Safety::Safe, &[(6, 7, "A")]),
            (Safety::Safe, &[(11, 12, "B")]),
        ];
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16] {
            let applied = apply(&report(text, encoding, fixes), Safety::Safe);
            assert_eq!(applied.text, "é😀A😀B");
        }
        let options = Options {
            encoding: PositionEncoding::Utf16,
            ..Options::default()
        };
        let linter = Linter::with_options(options).expect("options");
        let mended = linter.fix(r#"{"customer_key":"😀","sites":[],}"#, Safety::Safe);
        assert_eq!(mended.text(), r#"{"customer_key":"😀","sites":[]}"#);
    }

    #[test]
    fn what_is_not_utf8_is_left_alone() {
        let report = Linter::new()
            .check_bytes(b"{\"customer_key\":\"\xff\",}")
            .into_owned();
        assert!(report.iter().any(|found| found.fix.is_some()));
        let applied = apply(&report, Safety::Unsafe);
        assert!(applied.fixes.is_empty());
    }

    #[test]
    fn fixes_that_undo_each_other_end() {
        let flip = |text: String| {
            let other = if text == "a" { "b" } else { "a" };
            report(
                &text,
                PositionEncoding::Utf8,
                &[(Safety::Safe, &[(0, 1, other)])],
            )
        };
        let fixed = to_fixed_point(flip("a".to_owned()), safe, flip, |text| {
            apply(&flip(text.to_owned()), Safety::Safe)
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
                    &[(Safety::Safe, &[(0, 1, next)])],
                );
                report.counts.errors = errors;
                report
            };
            let fixed = to_fixed_point(check("a".to_owned()), safe, check, |text| {
                apply(&check(text.to_owned()), Safety::Safe)
            });
            assert_eq!(fixed.text(), wanted);
            assert_eq!(fixed.applied.len(), fixed.rounds);
        }
    }

    #[test]
    fn findings_that_are_not_listed_are_mended_too() {
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
        let fixed = linter.fix(&text, Safety::Safe);
        assert_eq!(fixed.text(), text.replace(" x ", "x"));
        assert_eq!(fixed.rounds, 1);
    }
}
