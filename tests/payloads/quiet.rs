//! What people see of payloads in which nothing, or one thing, is wrong: few lines, and true counts.

use std::fmt::Write as _;

use crate::support::command::Folder;

/// As many lines as a terminal shows without scrolling.
const FEW: usize = 15;

fn date(day: usize) -> String {
    format!("2026-{:02}-{:02}", day / 28 + 1, day % 28 + 1)
}

/// Reservations for rooms and guests that were pushed before.
fn push(reservations: usize) -> String {
    let mut text = String::from("{ \"customer_key\": \"c\", \"reservations\": [\n");
    for at in 0..reservations {
        let comma = if at + 1 < reservations { "," } else { "" };
        let _ = writeln!(
            text,
            r#"  {{ "reservation_key": "HH-{at:05}", "guest_key": "guest-{at}", "room_keys": ["room-{}"], "starts_at": "{}T15:00:00-05:00", "ends_at": "{}T11:00:00-05:00" }}{comma}"#,
            at % 40,
            date(at),
            date(at + 1),
        );
    }
    text + "] }\n"
}

fn rooms(zone: &str) -> String {
    let rooms: Vec<String> = (0..200)
        .map(|room| {
            format!(
                r#"{{ "space_key": "room-{room}", "name": "Room {room}", "customer_data": {{ "time_zone": "{zone}" }} }}"#
            )
        })
        .collect();
    format!(
        "{{ \"customer_key\": \"c\", \"spaces\": [\n{}\n] }}\n",
        rooms.join(",\n")
    )
}

#[test]
fn a_right_push_is_few_lines() {
    for (name, payload, summary) in [
        ("30 reservations", push(30), "1 file checked: 2 infos"),
        ("200 updates", push(200), "1 file checked: 2 infos"),
        (
            "200 rooms",
            rooms("Asia/Calcutta"),
            "1 file checked: 200 infos",
        ),
        (
            "200 warnings",
            rooms("Asia/Kolkatta"),
            "1 file checked: 200 warnings",
        ),
    ] {
        let folder = Folder::new(&[("push.json", payload.as_str())]);
        let ran = folder.run(&["check", "push.json"]);
        let lines = ran.stdout().lines().count();
        let is_warning = summary.ends_with("warnings");
        // Three excerpts, and what is folded.
        let most = if is_warning { 3 * FEW } else { FEW };
        assert!(lines <= most, "{name}: {lines} lines\n{}", ran.stdout());
        assert!(
            ran.stdout().ends_with(&format!("{summary}\n")),
            "{name}: {}",
            ran.stdout()
        );
        assert_eq!(ran.status, i32::from(is_warning), "{name}");
    }
}

#[test]
fn what_repeats_is_folded_and_counted() {
    let folder = Folder::new(&[("rooms.json", rooms("Asia/Calcutta").as_str())]);
    let ran = folder.run(&["check", "rooms.json"]);
    let group = "time-zone-alias /spaces/*/customer_data/time_zone";
    assert!(
        ran.stdout()
            .contains(&format!("rooms.json: 197 more {group}\n")),
        "{}",
        ran.stdout()
    );
    let all = folder.run(&["check", "rooms.json", "--all-findings"]);
    assert_eq!(all.stdout().matches("info[time-zone-alias]").count(), 200);
    // Every place is in the other formats, and says what it has in common with others.
    let report = folder
        .run(&["check", "rooms.json", "--format", "json"])
        .json();
    let found = report["files"][0]["diagnostics"]
        .as_array()
        .expect("a list");
    assert_eq!(found.len(), 200);
    assert!(found.iter().all(|found| found["group"] == group));
    let other = Folder::new(&[("one.json", push(1).as_str())]);
    let report = other.run(&["check", "one.json", "--format", "json"]).json();
    assert_eq!(report["files"][0]["diagnostics"][0].get("group"), None);
}

#[test]
fn statistics_count_by_code() {
    let folder = Folder::new(&[
        ("rooms.json", rooms("Asia/Calcutta").as_str()),
        ("push.json", push(30).as_str()),
    ]);
    let ran = folder.run(&["check", "--statistics"]);
    assert_eq!(
        ran.stdout(),
        "  count  fixable  code\n    200      200  time-zone-alias\n      2        0  dangling-reference\n2 files checked: 202 infos\n"
    );
    let json = folder
        .run(&["check", "--statistics", "--format", "json"])
        .json();
    assert_eq!(
        json,
        serde_json::json!({ "version": 1, "codes": [
            { "code": "time-zone-alias", "count": 200, "fixable": 200 },
            { "code": "dangling-reference", "count": 2, "fixable": 0 },
        ] })
    );
}
