//! Local times: offsets that are not the zone's, times that clocks skip or show twice, local time
//! sent as UTC.

use seamlint::DataField;
use seamlint::{Linter, Options};
use serde::Deserialize;
use serde_json::json;

use crate::support::stay::{check, codes, stay};

/// `tests/data/local_times.toml`.
#[derive(Deserialize)]
struct Table {
    stay: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    zone: String,
    starts_at: String,
    ends_at: String,
    found: Vec<String>,
}

#[test]
fn daylight_saving() {
    let table: Table =
        toml::from_str(include_str!("../data/local_times.toml")).expect("the table is TOML");
    assert!(table.stay.len() >= 52);
    for row in table.stay {
        let report = check(&stay(&row.zone, &row.starts_at, &row.ends_at));
        assert_eq!(codes(&report), row.found, "{row:?}");
    }
}

#[test]
fn local_time_as_utc_at_check_in() {
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
        assert_eq!(found.data.string(DataField::Suggestion), Some(suggestion));
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
    let suggestion = found.data.string(DataField::Suggestion);
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
    assert_eq!(codes(&check(&payload)), ["reservation-spans-rooms"]);
    payload["reservations"][0]["starts_at"] = json!("2026-08-12T16:00:00-06:00");
    let report = check(&payload);
    assert_eq!(
        codes(&report),
        ["reservation-spans-rooms", "offset-mismatch"]
    );
    let found = &report.diagnostics()[1];
    assert_eq!(found.data.string(DataField::Found), Some("-06:00"));
    assert_eq!(found.data.string(DataField::Expected), Some("-04:00"));
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
        "guests": [{ "guest_key": "g", "name": "Ada", "email_address": "ada@example.com" }],
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

/// A daily push names spaces that were pushed before: `--context` gives their zones, as it gives their keys.
#[test]
fn the_space_may_be_in_the_context() {
    let known = stay(
        "America/Los_Angeles",
        "2026-08-01T15:00:00-07:00",
        "2026-08-02T11:00:00-07:00",
    );
    let mut payload = stay("", "2026-08-12T15:00:00Z", "2026-08-14");
    payload.as_object_mut().expect("an object").remove("spaces");
    let mut options = Options::default();
    options.known.add_payload(&known.to_string());
    let linter = Linter::with_options(options).expect("the options are right");
    let report = linter.check_serialize(&payload).expect("serializes");
    assert_eq!(codes(&report), ["schema-format", "local-time-as-utc"]);
    let suggestions: Vec<_> = report
        .iter()
        .map(|found| found.data.string(DataField::Suggestion).unwrap_or_default())
        .collect();
    assert_eq!(
        suggestions,
        ["2026-08-14T11:00:00-07:00", "2026-08-12T15:00:00-07:00"]
    );
    // Of another customer, it says nothing about these.
    payload["customer_key"] = json!("another");
    let report = linter.check_serialize(&payload).expect("serializes");
    assert!(!codes(&report).contains(&"local-time-as-utc".to_owned()));
}
