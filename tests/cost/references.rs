//! References and keys cost what the payload is long: doubling it at most doubles what a check
//! allocates, and findings are listed up to a limit and counted all.

use std::fmt::Write as _;

use allocation_counter::{AllocationInfo, measure};
use seamlint::{KnownKeys, Linter, Options};

/// Rooms `keys`, and a staff member who names `references`.
fn payload(
    keys: impl Iterator<Item = String>,
    references: impl Iterator<Item = String>,
    member: &str,
) -> String {
    let mut text = r#"{"customer_key":"c","rooms":["#.to_owned();
    for key in keys {
        let _ = write!(text, r#"{{"room_key":"{key}","name":"R"}},"#);
    }
    text.pop();
    let _ = write!(
        text,
        r#"],"staff_members":[{{"staff_member_key":"s","name":"S","{member}":["#
    );
    for key in references {
        let _ = write!(text, r#""{key}","#);
    }
    text.pop();
    text.push_str("]}]}");
    text
}

fn cost(linter: &Linter, text: &str, listed: usize, counted: usize) -> AllocationInfo {
    // What is made once in a process is made here.
    drop(linter.check("{}"));
    measure(|| {
        let report = linter.check(text);
        assert_eq!(report.diagnostics().len(), listed);
        assert_eq!(report.counts().total(), counted);
        let omitted: usize = report.omitted().iter().map(|omitted| omitted.count).sum();
        assert_eq!(omitted, counted - listed);
    })
}

/// Twice the input, at most about twice the allocations and their bytes. Tables grow in powers of
/// two and reports have a part that does not grow, so a little more or less is fair.
fn assert_linear(one: &AllocationInfo, two: &AllocationInfo) {
    let at_most_double = |one: u64, two: u64| two <= one * 21 / 10 + 4096;
    assert!(
        at_most_double(one.count_total, two.count_total),
        "{one:?} {two:?}"
    );
    assert!(
        at_most_double(one.bytes_total, two.bytes_total),
        "{one:?} {two:?}"
    );
}

#[test]
fn references_that_resolve_allocate_nothing_each() {
    let linter = Linter::new();
    let text = |count: usize| {
        payload(
            (0..1000).map(|room| format!("room-{room}")),
            (0..count).map(|at| format!("room-{}", at % 1000)),
            "room_keys",
        )
    };
    // All but the first thousand are repeated.
    let one = cost(&linter, &text(500_000), 1000, 499_000);
    let two = cost(&linter, &text(1_000_000), 1000, 999_000);
    assert_linear(&one, &two);
    assert!(two.count_total < one.count_total + 1000, "{one:?} {two:?}");
}

#[test]
fn dangling_references_beside_many_keys() {
    // All listed, with the search for the nearest key.
    let mut options = Options::default();
    options.max_per_code = None;
    let linter = Linter::with_options(options).expect("options");
    let text = |count: usize| {
        payload(
            (0..count / 2).map(|room| format!("room-{room:06}")),
            (0..count).map(|at| format!("rom-{at:06}-x")),
            "space_keys",
        )
    };
    let one = cost(&linter, &text(20_000), 20_000, 20_000);
    let two = cost(&linter, &text(40_000), 40_000, 40_000);
    assert_linear(&one, &two);

    // Counted all, listed up to the limit.
    let linter = Linter::new();
    let one = cost(&linter, &text(200_000), 1000, 200_000);
    let two = cost(&linter, &text(400_000), 1000, 400_000);
    assert_linear(&one, &two);
}

/// Spellings of one word: every one has another set of capitals.
fn spellings(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|at| {
        let spelt = "abcdefghijklmnopqrst".chars().enumerate();
        spelt
            .map(|(bit, letter)| {
                if at >> bit & 1 == 1 {
                    letter.to_ascii_uppercase()
                } else {
                    letter
                }
            })
            .collect()
    })
}

#[test]
fn look_alike_keys_of_one_word() {
    let linter = Linter::new();
    let one_word = ["abcdefghijklmnopqrst".to_owned()];
    let text = |count: usize| payload(spellings(count), one_word.clone().into_iter(), "room_keys");
    let one = cost(&linter, &text(50_000), 1000, 49_999);
    let two = cost(&linter, &text(100_000), 1000, 99_999);
    assert_linear(&one, &two);
}

#[test]
fn known_keys_that_look_alike() {
    let text = payload(spellings(1), spellings(1), "room_keys");
    let cost = |count: usize| {
        let mut options = Options::default();
        options.known = KnownKeys::new();
        for key in spellings(count).skip(1) {
            options.known.insert("c", "rooms", &key).expect("rooms");
        }
        let linter = Linter::with_options(options).expect("options");
        cost(&linter, &text, 1, 1)
    };
    assert_linear(&cost(50_000), &cost(100_000));
}

#[test]
fn a_large_record_with_many_small_namesakes() {
    // Each namesake is held against the one before it, never against the large one again.
    let linter = Linter::new();
    let text = |count: usize| {
        let mut text =
            r#"{"customer_key":"c","reservations":[{"reservation_key":"r","name":""#.to_owned();
        text.push_str(&"x".repeat(count * 20));
        text.push_str(r#""}"#);
        for _ in 0..count {
            text.push_str(r#",{"reservation_key":"r","name":"N"}"#);
        }
        text.push_str("]}");
        text
    };
    let codes = |text: &str| {
        let report = linter.check(text);
        let mut omitted = report.omitted().iter();
        let omitted = omitted.find(|omitted| omitted.code == "duplicate-key");
        omitted.map_or(0, |omitted| omitted.count)
    };
    let measured = |count: usize| {
        let text = text(count);
        let mut info = measure(|| assert_eq!(codes(&text), count - 1000));
        // What the result holds is not the point.
        info.bytes_current = 0;
        info
    };
    assert_linear(&measured(10_000), &measured(20_000));
}
