//! Stays at one space cost what the payload is long, also where each overlaps the next: doubling
//! them at most doubles what a check allocates, and all are counted.

use std::fmt::Write as _;

use allocation_counter::{AllocationInfo, measure};
use seamlint::Linter;

/// Stays of one day at one room, a new one every half day.
fn chain(stays: usize) -> String {
    let mut text = String::from(
        r#"{"customer_key":"c","spaces":[{"space_key":"s","name":"S"}],"guests":[{"guest_key":"g","name":"G","email_address":"g@example.com"}],"reservations":["#,
    );
    for stay in 0..stays {
        // Half days of 28-day months, so that the calendar needs no care.
        let time = |half_day: usize| {
            let (day, hour) = (
                half_day / 2,
                if half_day.is_multiple_of(2) { 3 } else { 15 },
            );
            let (month, day) = (day / 28, day % 28 + 1);
            format!(
                "{:04}-{:02}-{day:02}T{hour:02}:00:00Z",
                1980 + month / 12,
                month % 12 + 1
            )
        };
        let _ = write!(
            text,
            r#"{{"reservation_key":"r{stay}","guest_key":"g","space_keys":["s"],"starts_at":"{}","ends_at":"{}"}},"#,
            time(stay),
            time(stay + 2)
        );
    }
    text.pop();
    text.push_str("]}");
    text
}

fn cost(linter: &Linter, stays: usize) -> AllocationInfo {
    let text = chain(stays);
    measure(|| {
        let report = linter.check(&text);
        assert!(report.iter().all(|found| found.code == "overlapping-stays"));
        assert_eq!(report.diagnostics().len(), 1000);
        assert_eq!(report.counts().warnings, stays - 1);
        assert_eq!(report.omitted()[0].count, stays - 1001);
    })
}

#[test]
fn a_chain_of_overlapping_stays_is_linear() {
    let linter = Linter::new();
    // What is made once in a process is made here.
    drop(linter.check("{}"));
    let one = cost(&linter, 50_000);
    let two = cost(&linter, 100_000);
    for (what, one, two) in [
        ("allocations", one.count_total, two.count_total),
        ("bytes", one.bytes_total, two.bytes_total),
        ("peak", one.bytes_max, two.bytes_max),
    ] {
        assert!(two <= one * 21 / 10 + 4096, "{what}: {one}, then {two}");
    }
}
