//! Time: zones and what was meant by a wrong one, daylight saving, and stays that overlap.

use std::collections::BTreeSet;

use seamlint::{Diagnostic, Linter, Options, Report};
use seamlint::{Group, RULES};
use serde_json::{Value, json};

use crate::support::random::{Random, seed};

fn codes(report: &Report<'_>) -> Vec<String> {
    report.iter().map(|found| found.code.to_string()).collect()
}

/// One reservation at one space in a zone, check-in 15:00, check-out 11:00.
fn stay(zone: &str, starts_at: &str, ends_at: &str) -> Value {
    json!({
        "customer_key": "hotel",
        "guests": [{ "guest_key": "g", "name": "Ada" }],
        "spaces": [{
            "space_key": "s",
            "name": "101",
            "customer_data": {
                "time_zone": zone,
                "default_checkin_time": "15:00",
                "default_checkout_time": "11:00",
            },
        }],
        "reservations": [{
            "reservation_key": "r",
            "guest_key": "g",
            "space_keys": ["s"],
            "starts_at": starts_at,
            "ends_at": ends_at,
        }],
    })
}

fn check(payload: &Value) -> Report<'static> {
    Linter::new()
        .check_serialize(payload)
        .expect("a value serializes")
}

/// Zone, start, end, and the findings in the order of the text, `ends_at` before `starts_at`.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const DAYLIGHT_SAVING: &[Row] = &[
    // Across the gap and the fold, as a careful integrator writes it.
    (
        "America/New_York",
        "2026-03-07T15:00:00-05:00",
        "2026-03-09T11:00:00-04:00",
        &[],
    ),
    (
        "America/New_York",
        "2026-03-07T20:00:00Z",
        "2026-03-09T15:00:00Z",
        &[],
    ),
    (
        "America/New_York",
        "2026-10-31T15:00:00-04:00",
        "2026-11-02T11:00:00-05:00",
        &[],
    ),
    (
        "Europe/London",
        "2026-03-28T15:00:00+00:00",
        "2026-03-30T11:00:00+01:00",
        &[],
    ),
    (
        "Europe/London",
        "2026-10-24T15:00:00+01:00",
        "2026-10-26T11:00:00+00:00",
        &[],
    ),
    (
        "Australia/Lord_Howe",
        "2026-10-03T15:00:00+10:30",
        "2026-10-05T11:00:00+11:00",
        &[],
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-04T15:00:00+11:00",
        "2026-04-06T11:00:00+10:30",
        &[],
    ),
    // Morocco: +1, +0 during Ramadan, and +0 for good from September 2026 on (IANA 2026f).
    (
        "Africa/Casablanca",
        "2026-02-14T15:00:00+01:00",
        "2026-02-16T16:00:00Z",
        &[],
    ),
    (
        "Africa/Casablanca",
        "2026-03-21T15:00:00Z",
        "2026-03-23T11:00:00+01:00",
        &[],
    ),
    (
        "Africa/Casablanca",
        "2026-12-01T15:00:00Z",
        "2026-12-03T11:00:00Z",
        &[],
    ),
    (
        "Asia/Kolkata",
        "2026-03-07T15:00:00+05:30",
        "2026-03-09T11:00:00+05:30",
        &[],
    ),
    (
        "Asia/Kolkata",
        "2026-10-31T15:00:00+05:30",
        "2026-11-02T11:00:00+05:30",
        &[],
    ),
    // The offset of the day before the change, kept.
    (
        "America/New_York",
        "2026-03-07T15:00:00-05:00",
        "2026-03-09T11:00:00-05:00",
        &["offset-mismatch"],
    ),
    (
        "America/New_York",
        "2026-10-31T15:00:00-04:00",
        "2026-11-02T11:00:00-04:00",
        &["offset-mismatch"],
    ),
    (
        "Europe/London",
        "2026-10-24T15:00:00+01:00",
        "2026-10-26T11:00:00+01:00",
        &["offset-mismatch"],
    ),
    (
        "Australia/Lord_Howe",
        "2026-10-03T15:00:00+10:30",
        "2026-10-05T11:00:00+10:30",
        &["offset-mismatch"],
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-04T15:00:00+11:00",
        "2026-04-06T11:00:00+11:00",
        &["offset-mismatch"],
    ),
    (
        "Africa/Casablanca",
        "2026-12-01T15:00:00+01:00",
        "2026-12-03T11:00:00Z",
        &["offset-mismatch"],
    ),
    (
        "Africa/Casablanca",
        "2026-02-20T15:00:00+01:00",
        "2026-02-22T11:00:00Z",
        &["offset-mismatch"],
    ),
    (
        "Asia/Kolkata",
        "2026-03-07T15:00:00+05:00",
        "2026-03-09T11:00:00+05:30",
        &["offset-mismatch"],
    ),
    // UTC is the winter's offset in London: fine as UTC, whatever the clocks say in summer.
    (
        "Europe/London",
        "2026-03-28T15:00:00Z",
        "2026-03-30T10:00:00Z",
        &[],
    ),
    // Readings that clocks skip, with either offset.
    (
        "America/New_York",
        "2026-03-08T02:30:00-05:00",
        "2026-03-09T11:00:00-04:00",
        &["nonexistent-local-time"],
    ),
    (
        "America/New_York",
        "2026-03-08T02:30:00-04:00",
        "2026-03-09T11:00:00-04:00",
        &["nonexistent-local-time"],
    ),
    (
        "America/New_York",
        "2026-03-08T03:00:00-04:00",
        "2026-03-09T11:00:00-04:00",
        &[],
    ),
    (
        "America/New_York",
        "2026-03-08T01:59:59-05:00",
        "2026-03-09T11:00:00-04:00",
        &[],
    ),
    (
        "Europe/London",
        "2026-03-29T01:30:00+01:00",
        "2026-03-30T11:00:00+01:00",
        &["nonexistent-local-time"],
    ),
    (
        "Europe/London",
        "2026-03-29T01:30:00Z",
        "2026-03-30T11:00:00+01:00",
        &[],
    ),
    (
        "Australia/Lord_Howe",
        "2026-10-04T02:15:00+10:30",
        "2026-10-05T11:00:00+11:00",
        &["nonexistent-local-time"],
    ),
    (
        "Australia/Lord_Howe",
        "2026-10-04T02:30:00+11:00",
        "2026-10-05T11:00:00+11:00",
        &[],
    ),
    (
        "Africa/Casablanca",
        "2026-03-22T02:30:00+01:00",
        "2026-03-23T11:00:00+01:00",
        &["nonexistent-local-time"],
    ),
    (
        "Asia/Kolkata",
        "2026-03-08T02:30:00+05:30",
        "2026-03-09T11:00:00+05:30",
        &[],
    ),
    // A reading that is skipped in New York, and exists in Denver.
    (
        "America/New_York",
        "2026-03-08T02:30:00-07:00",
        "2026-03-09T11:00:00-04:00",
        &["offset-mismatch"],
    ),
    // Readings that come twice.
    (
        "America/New_York",
        "2026-11-01T01:30:00-04:00",
        "2026-11-02T11:00:00-05:00",
        &["ambiguous-local-time"],
    ),
    (
        "America/New_York",
        "2026-11-01T01:30:00-05:00",
        "2026-11-02T11:00:00-05:00",
        &["ambiguous-local-time"],
    ),
    (
        "America/New_York",
        "2026-11-01T02:00:00-05:00",
        "2026-11-02T11:00:00-05:00",
        &[],
    ),
    (
        "America/New_York",
        "2026-11-01T05:30:00Z",
        "2026-11-02T11:00:00-05:00",
        &[],
    ),
    (
        "Europe/London",
        "2026-10-25T01:30:00+01:00",
        "2026-10-26T10:00:00Z",
        &["ambiguous-local-time"],
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-05T01:45:00+11:00",
        "2026-04-06T11:00:00+10:30",
        &["ambiguous-local-time"],
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-05T01:15:00+11:00",
        "2026-04-06T11:00:00+10:30",
        &[],
    ),
    (
        "Africa/Casablanca",
        "2026-02-15T02:30:00+01:00",
        "2026-02-16T12:00:00Z",
        &["ambiguous-local-time"],
    ),
    (
        "Asia/Kolkata",
        "2026-11-01T01:30:00+05:30",
        "2026-11-02T11:00:00+05:30",
        &[],
    ),
    // Local times as UTC: both sides, at each its own time.
    (
        "America/New_York",
        "2026-03-07T15:00:00Z",
        "2026-03-09T11:00:00Z",
        &["local-time-as-utc", "local-time-as-utc"],
    ),
    (
        "America/New_York",
        "2026-10-31T15:00:00.000Z",
        "2026-11-02T16:00:00Z",
        &["local-time-as-utc"],
    ),
    (
        "Europe/London",
        "2026-03-28T15:00:00Z",
        "2026-03-30T11:00:00Z",
        &["local-time-as-utc"],
    ),
    (
        "Europe/London",
        "2026-10-24T15:00:00Z",
        "2026-10-26T11:00:00Z",
        &["local-time-as-utc"],
    ),
    (
        "Europe/London",
        "2026-12-12T15:00:00Z",
        "2026-12-14T11:00:00Z",
        &[],
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-04T15:00:00+00:00",
        "2026-04-06T11:00:00-00:00",
        &["local-time-as-utc", "local-time-as-utc"],
    ),
    (
        "Africa/Casablanca",
        "2026-02-14T15:00:00Z",
        "2026-02-16T11:00:00Z",
        &["local-time-as-utc"],
    ),
    (
        "Africa/Casablanca",
        "2026-08-01T15:00:00Z",
        "2026-08-03T12:00:00Z",
        &["local-time-as-utc"],
    ),
    (
        "Asia/Kolkata",
        "2026-03-07T15:00:00Z",
        "2026-03-09T11:00:00Z",
        &["local-time-as-utc", "local-time-as-utc"],
    ),
    // Check-in's time under ends_at says nothing.
    (
        "America/New_York",
        "2026-03-07T11:00:00Z",
        "2026-03-09T15:00:00Z",
        &[],
    ),
    (
        "America/New_York",
        "2026-03-07T15:00:01Z",
        "2026-03-09T11:00:00.5Z",
        &[],
    ),
];

#[test]
fn daylight_saving() {
    for (zone, starts_at, ends_at, expected) in DAYLIGHT_SAVING {
        let report = check(&stay(zone, starts_at, ends_at));
        assert_eq!(codes(&report), *expected, "{zone} {starts_at} {ends_at}");
    }
}

#[test]
fn at_the_door() {
    for (zone, starts_at, message, suggestion) in [
        (
            "America/Los_Angeles",
            "2026-08-12T15:00:00Z",
            "starts_at 15:00Z is 08:00 in America/Los_Angeles, seven hours before check-in",
            "2026-08-12T15:00:00-07:00",
        ),
        (
            "Asia/Tokyo",
            "2026-08-12T15:00:00.000+00:00",
            "starts_at 15:00+00:00 is 00:00 the next day in Asia/Tokyo, nine hours after check-in",
            "2026-08-12T15:00:00.000+09:00",
        ),
        (
            "Asia/Kolkata",
            "2026-08-12T15:00:00-00:00",
            "starts_at 15:00-00:00 is 20:30 in Asia/Kolkata, five and a half hours after check-in",
            "2026-08-12T15:00:00+05:30",
        ),
        (
            "Asia/Kathmandu",
            "2026-08-12T15:00:00Z",
            "starts_at 15:00Z is 20:45 in Asia/Kathmandu, 5 hours 45 minutes after check-in",
            "2026-08-12T15:00:00+05:45",
        ),
    ] {
        let payload = stay(zone, starts_at, "2026-08-14T11:00:00Z");
        let report = check(&payload);
        let found = report
            .iter()
            .find(|found| found.pointer.ends_with("starts_at"))
            .expect("a finding");
        assert_eq!(found.message, message);
        assert_eq!(found.data.suggestion.as_deref(), Some(suggestion));
        assert_eq!(found.related.len(), 2);
        let fix = found.fix.as_ref().expect("a fix");
        assert_eq!(fix.edits[0].text, format!("\"{suggestion}\""));

        let mut mended = payload;
        mended["reservations"][0]["starts_at"] = json!(suggestion);
        mended["reservations"][0]["ends_at"] = json!("2026-08-14T12:00:00Z");
        assert_eq!(codes(&check(&mended)), Vec::<String>::new(), "{zone}");
    }
}

#[test]
fn a_default_time_that_clocks_skip_or_show_twice() {
    let mut payload = stay(
        "America/New_York",
        "2026-03-08T02:30:00Z",
        "2026-03-10T12:00:00Z",
    );
    payload["spaces"][0]["customer_data"]["default_checkin_time"] = json!("02:30:00");
    payload["spaces"][0]["customer_data"]["default_checkout_time"] = json!("01:30");
    let report = check(&payload);
    assert_eq!(codes(&report), ["local-time-as-utc"]);
    assert!(report.diagnostics()[0].fix.is_none());

    payload["reservations"][0]["starts_at"] = json!("2026-10-30T02:30:00-04:00");
    payload["reservations"][0]["ends_at"] = json!("2026-11-01T01:30:00Z");
    let report = check(&payload);
    assert_eq!(codes(&report), ["local-time-as-utc"]);
    let found = &report.diagnostics()[0];
    let suggestion = found.data.suggestion.as_deref();
    assert_eq!(suggestion, Some("2026-11-01T01:30:00-04:00"));
    assert!(
        found
            .help
            .as_deref()
            .is_some_and(|help| help.contains("earlier"))
    );
}

#[test]
fn of_several_spaces_one_has_to_have_the_offset() {
    let mut payload = stay(
        "America/New_York",
        "2026-08-12T15:00:00-07:00",
        "2026-08-14T11:00:00-04:00",
    );
    let west = json!({
        "space_key": "w",
        "name": "201",
        "customer_data": { "time_zone": "America/Los_Angeles" },
    });
    payload["spaces"].as_array_mut().expect("spaces").push(west);
    payload["reservations"][0]["space_keys"] = json!(["s", "w"]);
    assert_eq!(codes(&check(&payload)), Vec::<String>::new());
    payload["reservations"][0]["starts_at"] = json!("2026-08-12T15:00:00-06:00");
    let report = check(&payload);
    assert_eq!(codes(&report), ["offset-mismatch"]);
    let found = &report.diagnostics()[0];
    assert_eq!(found.data.found.as_deref(), Some("-06:00"));
    assert_eq!(found.data.expected.as_deref(), Some("-04:00"));
}

#[test]
fn a_zone_without_a_place_is_no_measure_of_offsets() {
    for (zone, expected) in [
        ("EST", &["time-zone-without-place"][..]),
        ("UTC", &["time-zone-without-place"]),
        ("EST5EDT", &["time-zone-without-place"]),
        (
            "CET",
            &[
                "time-zone-without-place",
                "offset-mismatch",
                "offset-mismatch",
            ],
        ),
    ] {
        let payload = stay(
            zone,
            "2026-08-12T15:00:00-04:00",
            "2026-08-14T11:00:00-04:00",
        );
        let mut found = codes(&check(&payload));
        found.sort_by_key(|code| code != "time-zone-without-place");
        assert_eq!(found, expected, "{zone}");
    }
}

#[test]
fn the_space_may_be_in_another_file_of_the_set() {
    let stays = json!({
        "customer_key": "hotel",
        "guests": [{ "guest_key": "g", "name": "Ada" }],
        "reservations": [{
            "reservation_key": "r",
            "guest_key": "g",
            "space_keys": ["s"],
            "starts_at": "2026-08-12T15:00:00Z",
            "ends_at": "2026-08-14T12:00:00Z",
        }],
    })
    .to_string();
    let mut spaces = stay(
        "America/Los_Angeles",
        "2026-08-13T15:00:00-07:00",
        "2026-08-15T11:00:00-07:00",
    );
    spaces["reservations"][0]["reservation_key"] = json!("r2");
    spaces["guests"] = json!([]);
    let spaces = spaces.to_string();
    let reports = Linter::new().check_set(&[
        ("stays.json", stays.as_bytes()),
        ("spaces.json", spaces.as_bytes()),
    ]);
    assert_eq!(codes(&reports[0]), ["local-time-as-utc"]);
    let related = &reports[0].diagnostics()[0].related;
    assert!(
        related
            .iter()
            .all(|r| r.path.as_deref() == Some("spaces.json"))
    );
    assert_eq!(
        related[0].pointer,
        "/spaces/0/customer_data/default_checkin_time"
    );
    assert_eq!(codes(&reports[1]), ["overlapping-stays"]);
    let related = &reports[1].diagnostics()[0].related;
    assert_eq!(related[0].pointer, "/reservations/0/space_keys/0");
    assert_eq!(related[1].path.as_deref(), Some("stays.json"));
    assert_eq!(related[1].pointer, "/reservations/0/ends_at");
}

/// What people write, and the zone that is wanted first.
const MISSPELT: &[(&str, &str)] = &[
    // Case.
    ("america/new_york", "America/New_York"),
    ("AMERICA/CHICAGO", "America/Chicago"),
    ("Europe/london", "Europe/London"),
    ("europe/Paris", "Europe/Paris"),
    ("Asia/tokyo", "Asia/Tokyo"),
    (" Europe/Madrid", "Europe/Madrid"),
    // Separators.
    ("America/New York", "America/New_York"),
    ("America/Los-Angeles", "America/Los_Angeles"),
    ("America_Denver", "America/Denver"),
    ("Europe\\Rome", "Europe/Rome"),
    ("Asia/Hong Kong", "Asia/Hong_Kong"),
    ("America/Mexico-City", "America/Mexico_City"),
    // Abbreviations.
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("EDT", "America/New_York"),
    ("CST", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("MDT", "America/Denver"),
    ("AKST", "America/Anchorage"),
    ("CEST", "Europe/Paris"),
    ("BST", "Europe/London"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("AEST", "Australia/Sydney"),
    // Windows.
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Mountain Standard Time", "America/Denver"),
    ("Central Standard Time", "America/Chicago"),
    ("Eastern Standard Time", "America/New_York"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("GMT Standard Time", "Europe/London"),
    ("Romance Standard Time", "Europe/Paris"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("India Standard Time", "Asia/Kolkata"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    // English names and cities.
    ("Pacific Time", "America/Los_Angeles"),
    ("Eastern", "America/New_York"),
    ("Los Angeles", "America/Los_Angeles"),
    ("New York", "America/New_York"),
    ("London", "Europe/London"),
    ("America/San_Francisco", "America/Los_Angeles"),
    ("America/Miami", "America/New_York"),
    ("US/New_York", "America/New_York"),
    ("Europe/Barcelona", "Europe/Madrid"),
    ("Asia/Mumbai", "Asia/Kolkata"),
    ("Asia/Beijing", "Asia/Shanghai"),
    // Misspelt.
    ("Europe/Pariss", "Europe/Paris"),
    ("Europe/Londn", "Europe/London"),
    ("Europe/Berin", "Europe/Berlin"),
    ("Europe/Amsterdamm", "Europe/Amsterdam"),
    ("America/New_Yrok", "America/New_York"),
    ("America/NewYork", "America/New_York"),
    ("America/Los_Angelas", "America/Los_Angeles"),
    ("Amercia/Chicago", "America/Chicago"),
    ("America/Pheonix", "America/Phoenix"),
    ("America/Vancover", "America/Vancouver"),
    ("Austraila/Sydney", "Australia/Sydney"),
    ("Australia/Brisbain", "Australia/Brisbane"),
    ("Asia/Singapur", "Asia/Singapore"),
];

#[test]
fn what_was_meant_comes_first() {
    assert_eq!(MISSPELT.len(), 60);
    let mut wrong = Vec::new();
    for (text, wanted) in MISSPELT {
        let payload = stay(text, "2026-08-12T15:00:00Z", "2026-08-14T11:00:00Z");
        let report = check(&payload);
        assert_eq!(codes(&report), ["unknown-time-zone"], "{text}");
        let found = &report.diagnostics()[0];
        let suggestion = found.data.suggestion.clone();
        if suggestion.as_deref() != Some(wanted) {
            wrong.push((text, suggestion));
        }
    }
    assert!(wrong.len() <= 5, "{wrong:?}");
}

#[test]
fn only_a_slip_in_case_is_mended_without_asking() {
    let safety = |zone: &str| {
        let report = check(&stay(zone, "2026-08-12T16:00:00Z", "2026-08-14T12:00:00Z"));
        let found: &Diagnostic = &report.diagnostics()[0];
        let fix = found.fix.as_ref();
        fix.map_or_else(String::new, |fix| format!("{:?}", fix.safety))
    };
    assert_eq!(safety("europe/paris"), "Safe");
    assert_eq!(safety("us/pacific"), "Safe");
    assert_eq!(safety("US/Pacific"), "Safe");
    assert_eq!(safety("PST"), "Unsafe");
    assert_eq!(safety("EST"), "Unsafe");
    assert_eq!(safety("Europe/Pariss"), "Unsafe");
    for none in ["", "  ", "UTC-8", "UTC", "Etc/GMT+5", "Atlantis/Poseidonis"] {
        assert_eq!(safety(none), "", "{none:?}");
    }
}

#[test]
fn the_sign_of_etc_is_inverted() {
    for (zone, message) in [
        ("Etc/GMT+5", "\"Etc/GMT+5\" is five hours behind UTC"),
        ("Etc/GMT-9", "\"Etc/GMT-9\" is nine hours ahead of UTC"),
        ("MST", "\"MST\" is seven hours behind UTC all year"),
        ("UTC", "\"UTC\" is UTC, not a place"),
    ] {
        let report = check(&stay(zone, "2026-08-12T16:00:00Z", "2026-08-14T12:00:00Z"));
        assert_eq!(codes(&report), ["time-zone-without-place"]);
        let found = &report.diagnostics()[0];
        assert!(found.message.contains(message), "{}", found.message);
    }
}

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
fn stays_overlap_or_not() {
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
        let wanted: Vec<usize> = all
            .clone()
            .filter(|later| all.clone().any(|earlier| meet(earlier, *later)))
            .collect();
        assert_eq!(overlapping(&stays(&list)), wanted, "{list:?}");
    }
}

#[test]
fn staff_comes_while_guests_are_there() {
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
fn the_past_begins_at_now() {
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

/// Every string in a payload that is a value, not a name.
fn values(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() > 1 => into.push(text.clone()),
        Value::Array(elements) => elements.iter().for_each(|element| values(element, into)),
        Value::Object(members) => members.values().for_each(|member| values(member, into)),
        _ => {}
    }
}

#[test]
fn redacted_findings_tell_no_value() {
    let mut options = Options::default();
    options.redact = true;
    options.now = Some("2026-01-01T00:00:00Z".to_owned());
    let linter = Linter::with_options(options).expect("options are valid");
    let mut seen = 0;
    for rule in RULES.iter().filter(|rule| rule.group == Group::Time) {
        for example in rule.examples().filter(|example| example.bad) {
            let payload: Value = serde_json::from_str(example.text).expect("JSON");
            let mut secrets = Vec::new();
            values(&payload, &mut secrets);
            secrets.extend(["America/", "Europe/", "00:00", "10:00", "07:00"].map(str::to_owned));
            for found in &linter.check(example.text) {
                seen += 1;
                let mut told = vec![found.message.clone(), format!("{:?}", found.data)];
                told.extend(found.help.clone());
                told.extend(found.note.clone().map(std::borrow::Cow::into_owned));
                told.extend(found.related.iter().map(|related| related.message.clone()));
                told.extend(found.fix.iter().map(|fix| fix.title.clone()));
                for text in told {
                    for secret in &secrets {
                        assert!(
                            !text.contains(secret),
                            "{}: {secret:?} in {text:?}",
                            rule.code
                        );
                    }
                }
            }
        }
    }
    assert!(seen >= 16, "{seen}");
}
