//! Stays: which overlap, and which are long past.

use std::collections::BTreeSet;

use seamlint::DataField;
use seamlint::{Linter, Options, Severity};
use serde_json::{Value, json};

use crate::support::random::{Random, seed};
use crate::support::stay::{check, codes, stay};

/// Reservations by (key, spaces, first day, last day) of August 2026.
fn stays(list: &[(&str, &[&str], u8, u8)]) -> Value {
    let reservations: Vec<Value> = list
        .iter()
        .map(|(key, spaces, from, to)| {
            json!({
                "reservation_key": key,
                "guest_key": "g",
                "space_keys": spaces,
                "starts_at": format!("2026-08-{from:02}T15:00:00Z"),
                "ends_at": format!("2026-08-{to:02}T15:00:00Z"),
            })
        })
        .collect();
    json!({
        "customer_key": "hotel",
        "guests": [{ "guest_key": "g", "name": "Ada" }],
        "spaces": [
            { "space_key": "a", "name": "A" },
            { "space_key": "b", "name": "B" },
            { "space_key": "lobby", "name": "Lobby" },
        ],
        "common_areas": [{ "common_area_key": "gym", "name": "Gym" }],
        "reservations": reservations,
    })
}

/// The reservations that overlap an earlier one.
fn overlapping(payload: &Value) -> Vec<usize> {
    check(payload)
        .iter()
        .filter(|found| found.code == "overlapping-stays")
        .map(|found| {
            let index = found.pointer.split('/').nth(2).expect("an index");
            index.parse().expect("a number")
        })
        .collect()
}

#[test]
fn overlapping_stays() {
    for (list, expected) in [
        // Back to back.
        (&[("1", &["a"][..], 1, 3), ("2", &["a"], 3, 5)][..], &[][..]),
        (&[("1", &["a"], 1, 4), ("2", &["a"], 3, 5)], &[1]),
        // The order of the text does not matter; the later one is reported.
        (&[("2", &["a"], 3, 5), ("1", &["a"], 1, 4)], &[0]),
        // A long one over several: each once.
        (
            &[
                ("1", &["a"], 1, 20),
                ("2", &["a"], 2, 4),
                ("3", &["a"], 5, 7),
                ("4", &["a"], 20, 22),
            ],
            &[1, 2],
        ),
        // The same time at two spaces.
        (&[("1", &["a"], 1, 4), ("2", &["b"], 1, 4)], &[]),
        // One of two spaces.
        (&[("1", &["a", "b"], 1, 4), ("2", &["b"], 3, 5)], &[1]),
        (&[("1", &["b"], 1, 4), ("2", &["a", "b"], 3, 5)], &[1]),
        // Both together, twice: one finding.
        (&[("1", &["a", "b"], 1, 4), ("2", &["b", "a"], 3, 5)], &[1]),
        // Each has a place of its own beside the lobby.
        (
            &[("1", &["a", "lobby"], 1, 4), ("2", &["b", "lobby"], 3, 5)],
            &[],
        ),
        // A common area is for all, under any name.
        (&[("1", &["gym"], 1, 4), ("2", &["gym"], 3, 5)], &[]),
        // A place named twice is one.
        (&[("1", &["a", "a"], 1, 4), ("2", &["a"], 4, 5)], &[]),
        // Not in the payload, yet the same.
        (&[("1", &["x"], 1, 4), ("2", &["x"], 3, 5)], &[1]),
        // One record, pushed twice: the last counts.
        (&[("1", &["a"], 1, 4), ("1", &["a"], 3, 5)], &[]),
        (
            &[
                ("1", &["a"], 1, 4),
                ("1", &["a"], 3, 5),
                ("2", &["a"], 1, 3),
            ],
            &[],
        ),
        // No time at all.
        (
            &[
                ("1", &["a"], 4, 4),
                ("2", &["a"], 3, 5),
                ("3", &["a"], 4, 3),
            ],
            &[],
        ),
    ] {
        assert_eq!(overlapping(&stays(list)), expected, "{list:?}");
    }
}

#[test]
fn overlaps_are_those_that_every_pair_shows() {
    let mut random = Random::new(seed());
    let mut below = |limit| random.below(limit);
    // Two spaces of the payload and one that is none.
    let spaces = ["a", "b", "x"];
    let mut compared = 0;
    for _ in 0..500 {
        let drawn: Vec<(String, Vec<&str>, u8, u8)> = (0..below(9))
            .map(|at| {
                let of = (0..=below(2)).map(|_| spaces[below(3)]).collect();
                let start = 1 + below(9) as u8;
                (at.to_string(), of, start, start + 1 + below(4) as u8)
            })
            .collect();
        let list: Vec<(&str, &[&str], u8, u8)> = drawn
            .iter()
            .map(|(key, of, starts, ends)| (key.as_str(), of.as_slice(), *starts, *ends))
            .collect();
        let set = |at: usize| BTreeSet::from_iter(list[at].1);
        let meet = |earlier: usize, later: usize| {
            let (one, other) = (set(earlier), set(later));
            let same =
                one == other || !one.is_disjoint(&other) && (one.len() == 1 || other.len() == 1);
            let order = |at: usize| (list[at].2, list[at].3, at);
            same && order(earlier) < order(later) && list[later].2 < list[earlier].3
        };
        let all = 0..list.len();
        // More than three that meet at once are one finding, which another test is about.
        let crowd = |one: usize| {
            all.clone()
                .filter(|other| meet(*other, one) || meet(one, *other))
                .count()
        };
        if all.clone().any(|one| crowd(one) >= 3) {
            continue;
        }
        compared += 1;
        let wanted: Vec<usize> = all
            .clone()
            .filter(|later| all.clone().any(|earlier| meet(earlier, *later)))
            .collect();
        assert_eq!(overlapping(&stays(&list)), wanted, "{list:?}");
    }
    assert!(compared > 200, "{compared}");
}

/// A class of twenty is one info; twenty who come one after the other into the same room are one warning.
#[test]
fn a_crowd_is_one_finding_with_the_count() {
    let keys: Vec<String> = (0..20).map(|key| key.to_string()).collect();
    for (ends, severity) in
        [(|_| 9, Severity::Info), (|at| 9 + at, Severity::Warning)] as [(fn(u8) -> u8, _); 2]
    {
        let list: Vec<(&str, &[&str], u8, u8)> = (0..)
            .zip(&keys)
            .map(|(at, key)| (key.as_str(), ["a"].as_slice(), 4, ends(at)))
            .collect();
        let report = check(&stays(&list));
        let found: Vec<_> = report
            .iter()
            .filter(|found| found.code == "overlapping-stays")
            .collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, severity);
        assert_eq!(found[0].data.integer(DataField::Count), Some(20));
    }
}

#[test]
fn a_space_that_is_booked_in_slots_has_no_overlap() {
    let mut payload = stays(&[("1", &["a"], 1, 4), ("2", &["a"], 3, 5)]);
    let spaces = payload["spaces"].as_array_mut().expect("spaces");
    let space = spaces.iter_mut().find(|space| space["space_key"] == "a");
    space.expect("the space")["duration_minutes"] = json!(30);
    assert_eq!(overlapping(&payload), [0_usize; 0]);
}

#[test]
fn staff_does_not_overlap_with_guests() {
    let mut payload = stays(&[("1", &["a"], 1, 4)]);
    payload["access_grants"] = json!([{
        "access_grant_key": "cleaner",
        "guest_key": "g",
        "space_keys": ["a"],
        "starts_at": "2026-08-01T15:00:00Z",
        "ends_at": "2026-08-30T15:00:00Z",
    }]);
    assert_eq!(overlapping(&payload), [0_usize; 0]);
    payload["bookings"] = json!([{
        "booking_key": "b",
        "guest_key": "g",
        "space_keys": ["a"],
        "starts_at": "2026-08-03T15:00:00Z",
        "ends_at": "2026-08-30T15:00:00Z",
    }]);
    let report = check(&payload);
    let found = report
        .iter()
        .find(|found| found.code == "overlapping-stays")
        .expect("a finding");
    assert_eq!(found.pointer, "/bookings/0/starts_at");
    assert!(found.message.contains("a reservation"), "{}", found.message);
}

/// Every stay overlaps its neighbours: all but the first are found, a thousand are listed.
#[test]
fn a_chain_of_a_hundred_thousand_stays() {
    use std::fmt::Write as _;
    const STAYS: usize = 100_000;
    let mut text = String::from(
        r#"{"customer_key":"c","guests":[{"guest_key":"g","name":"G"}],"spaces":[{"space_key":"s","name":"S"}],"reservations":["#,
    );
    for at in 0..STAYS {
        // Each lasts two hours and starts a minute after the last.
        let time = |minutes: usize| {
            let (day, minute) = (minutes / 1440, minutes % 1440);
            let (month, day) = (day / 28 + 1, day % 28 + 1);
            format!(
                "2026-{month:02}-{day:02}T{:02}:{:02}:00Z",
                minute / 60,
                minute % 60
            )
        };
        let comma = if at == 0 { "" } else { "," };
        let (starts, ends) = (time(at), time(at + 2));
        let _ = write!(
            text,
            r#"{comma}{{"reservation_key":"r{at}","guest_key":"g","space_keys":["s"],"starts_at":"{starts}","ends_at":"{ends}"}}"#
        );
    }
    text.push_str("]}");
    let report = Linter::new().check(&text);
    let listed = report
        .iter()
        .filter(|found| found.code == "overlapping-stays")
        .count();
    assert_eq!(listed, 1000);
    let omitted = report.omitted();
    assert_eq!(omitted.len(), 1);
    assert_eq!(omitted[0].count, STAYS - 1 - 1000);
    assert_eq!(report.counts().warnings, STAYS - 1);
}

#[test]
fn long_past_stay_counts_from_now() {
    let payload = stay(
        "Europe/Paris",
        "2026-08-12T15:00:00+02:00",
        "2026-08-14T11:00:00+02:00",
    );
    for (now, expected) in [
        (None, &[][..]),
        (Some("2026-08-14T09:00:00Z"), &[]),
        (Some("2026-08-14T09:00:00.001Z"), &["long-past-stay"]),
    ] {
        let mut options = Options::default();
        options.now = now.map(str::to_owned);
        let linter = Linter::with_options(options).expect("options are valid");
        let report = linter.check_serialize(&payload).expect("serializes");
        assert_eq!(codes(&report), expected, "{now:?}");
    }
}
