//! Payloads with slips of the hand: one slip is one finding at its place, its fix restores what was meant, and a safe fix
//! loses nothing. 20,000 payloads; `SEAMLINT_SEED` sets another seed, `SEAMLINT_FULL` runs five times as many.

use seamlint::{Applicability, Linter};

use crate::support::payload::Random;
use crate::support::random::{Case, cases, seed};
use crate::support::slips::{KINDS, Kind, MISREAD, Slipped, is_meant, payload};

/// How many texts with slips were read how.
#[derive(Debug, Default)]
struct Tally {
    texts: usize,
    /// As many syntax errors as slips.
    exact: usize,
    /// More than twice as many.
    cascades: usize,
    /// Every syntax error is at a slip.
    in_place: usize,
    restored_safely: usize,
    restored: usize,
    /// Valid JSON that is not what was meant.
    wrong: usize,
}

impl Tally {
    /// A part of the texts, in hundredths of a per cent.
    const fn share(&self, count: usize) -> usize {
        10_000 * count / if self.texts == 0 { 1 } else { self.texts }
    }
}

/// Whether every letter and digit of a text is left, in order. Escaped line breaks are none.
fn keeps_words(before: &str, after: &str) -> bool {
    let after = after.replace("\\n", " ");
    let mut after = after.chars();
    let before = before.replace("\\n", " ");
    let mut words = before.chars().filter(|c| c.is_alphanumeric());
    words.all(|wanted| after.any(|c| c == wanted))
}

fn judge(linter: &Linter, meant: &str, slip: &Slipped, tally: &mut Tally) {
    let report = linter.check(&slip.text);
    let found = report.iter().filter(|found| found.code == "json-syntax");
    let found: Vec<_> = found.map(|found| found.range.bytes()).collect();
    tally.texts += 1;
    tally.exact += usize::from(found.len() == slip.kinds.len());
    tally.cascades += usize::from(found.len() > 2 * slip.kinds.len());
    let is_at = |place: &std::ops::Range<usize>, found: &std::ops::Range<usize>| {
        found.start + 1 >= place.start && found.start <= place.end + 1
    };
    let in_place = found
        .iter()
        .all(|found| slip.places.iter().any(|place| is_at(place, found)));
    tally.in_place += usize::from(in_place);
    for limit in [Applicability::Safe, Applicability::Unsafe] {
        let fixed = linter.fix(&slip.text, limit);
        assert!(
            fixed.report.counts().errors <= report.counts().errors,
            "more errors than before: {}",
            fixed.text()
        );
        let is_meant = is_meant(fixed.text(), meant);
        if limit == Applicability::Safe {
            assert_ne!(
                is_meant,
                Some(false),
                "a safe fix changes what was meant: {}",
                fixed.text()
            );
            assert!(
                keeps_words(&slip.text, fixed.text()),
                "a safe fix loses a word: {}",
                fixed.text()
            );
            // What is shown as a safe fix is what is applied.
            let safe = report.iter().filter(|found| {
                let fix = found.fix.as_ref();
                found.code == "json-syntax"
                    && fix.is_some_and(|fix| fix.applicability == Applicability::Safe)
            });
            let applied = fixed.applied.iter();
            let applied = applied.filter(|fix| fix.code == "json-syntax");
            assert_eq!(applied.count(), safe.count(), "{}", fixed.text());
            let again = linter.fix(fixed.text(), limit);
            assert_eq!(again.text(), fixed.text(), "applied twice");
            tally.restored_safely += usize::from(is_meant == Some(true));
        } else {
            tally.restored += usize::from(is_meant == Some(true));
            tally.wrong += usize::from(is_meant == Some(false));
        }
    }
}

/// Texts with this many slips each: every fourth of them, from a number on.
fn run(of: &[Kind], slips: usize, usual: u64, first: u64) -> Tally {
    let linter = Linter::new();
    let seed = seed();
    let mut tally = Tally::default();
    for number in (first..cases(usual)).step_by(4) {
        let mut random = Random::of(seed, number);
        let Some((meant, slip)) = payload(number, slips, of, &mut random) else {
            continue;
        };
        let _case = Case {
            seed,
            number,
            text: &slip.text,
        };
        judge(&linter, &meant, &slip, &mut tally);
    }
    tally
}

/// 20,000 texts: of one slip most, some of two and three.
fn quarter(first: u64) {
    let one = run(&KINDS, 1, 18_000, first);
    assert!(one.share(one.exact) >= 9_950, "{one:?}");
    assert!(one.share(one.cascades) <= 20, "{one:?}");
    assert!(one.share(one.in_place) >= 9_800, "{one:?}");
    assert!(one.share(one.restored_safely) >= 7_000, "{one:?}");
    assert!(one.share(one.restored) >= 9_900, "{one:?}");
    assert!(one.share(one.wrong) <= 50, "{one:?}");
    let two = run(&KINDS, 2, 2_400, first);
    assert!(two.share(two.exact) >= 9_800, "{two:?}");
    assert!(two.share(two.cascades) <= 100, "{two:?}");
    assert!(two.share(two.restored) >= 9_700, "{two:?}");
    let three = run(&KINDS, 3, 1_200, first);
    assert!(three.share(three.exact) >= 9_600, "{three:?}");
    assert!(three.share(three.cascades) <= 150, "{three:?}");
    assert!(three.share(three.restored) >= 9_500, "{three:?}");
    // What is not read as it was meant is not fixed safely, either.
    for slips in 1..=2 {
        let misread = run(&MISREAD, slips, 1_200, first);
        assert!(misread.texts > 0, "{misread:?}");
    }
}

#[test]
fn slips_are_findings_and_fixes_first_quarter() {
    quarter(0);
}

#[test]
fn slips_are_findings_and_fixes_second_quarter() {
    quarter(1);
}

#[test]
fn slips_are_findings_and_fixes_third_quarter() {
    quarter(2);
}

#[test]
fn slips_are_findings_and_fixes_fourth_quarter() {
    quarter(3);
}
