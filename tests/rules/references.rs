//! References and keys: across files, with known keys, in a closed world, and their fixes.

use seamlint::DataField;
use seamlint::{Applicability, Diagnostic};
use seamlint::{KnownKeys, Level, Linter, Options, Report, Severity};

fn with(change: impl FnOnce(&mut Options)) -> Linter {
    let mut options = Options::default();
    // Another part of the catalogue, not asked for here.
    for code in [
        "key-whitespace",
        "invisible-character",
        "surrounding-whitespace",
        "nothing-to-open",
        "nobody-to-admit",
    ] {
        if seamlint::rule(code).is_ok() {
            options.levels.push((code.to_owned(), Level::Off));
        }
    }
    change(&mut options);
    Linter::with_options(options).expect("options")
}

fn known(entries: &[(&str, &str, &str)]) -> KnownKeys {
    let mut known = KnownKeys::new();
    for (customer, collection, key) in entries {
        known.insert(customer, collection, key).expect("collection");
    }
    known
}

/// `severity code pointer`, a line each.
fn seen(report: &Report<'_>) -> Vec<String> {
    report
        .iter()
        .map(|found| format!("{} {} {}", found.severity, found.code, found.pointer))
        .collect()
}

fn only<'r>(report: &'r Report<'_>, code: &str) -> &'r Diagnostic {
    let found: Vec<_> = report.iter().filter(|found| found.code == code).collect();
    assert_eq!(found.len(), 1, "{code}: {:#?}", report.diagnostics());
    found[0]
}

/// The text with every fix of a code applied, back to front.
fn fixed(report: &Report<'_>, code: &str) -> String {
    let mut edits: Vec<_> = report
        .iter()
        .filter(|found| found.code == code)
        .filter_map(|found| found.fix.as_ref())
        .flat_map(|fix| fix.edits.iter())
        .collect();
    edits.sort_by_key(|edit| edit.range);
    for pair in edits.windows(2) {
        assert!(
            pair[0].range.end.offset <= pair[1].range.start.offset,
            "{edits:#?}"
        );
    }
    let mut text = report.text().to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.range.bytes(), &edit.text);
    }
    text
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

/// A payload with rooms and a staff member who may enter some.
fn rooms(own: &[&str], named: &[&str]) -> String {
    let rooms: Vec<String> = own
        .iter()
        .map(|key| format!(r#"{{ "room_key": {}, "name": "Room" }}"#, quote(key)))
        .collect();
    let named: Vec<String> = named.iter().map(|key| quote(key)).collect();
    format!(
        r#"{{ "customer_key": "c", "rooms": [{}],
  "staff_members": [{{ "staff_member_key": "ana", "name": "Ana", "room_keys": [{}] }}] }}"#,
        rooms.join(", "),
        named.join(", ")
    )
}

#[test]
fn evidence_decides_the_severity_of_a_dangling_reference() {
    let held = rooms(&["101"], &["lobby"]);
    let none = r#"{ "customer_key": "c", "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["lobby"] }] }"#;
    let empty = rooms(&[], &["lobby"]);
    let place = "dangling-reference /staff_members/0/room_keys/0";

    let open = with(|_| ());
    assert_eq!(seen(&open.check(&held)), [format!("warning {place}")]);
    assert_eq!(seen(&open.check(none)), [format!("info {place}")]);
    assert_eq!(seen(&open.check(&empty)), [format!("info {place}")]);

    let closed = with(|options| options.closed_world = true);
    for text in [held.as_str(), none, &empty] {
        let report = closed.check(text);
        assert_eq!(seen(&report), [format!("error {place}")]);
        let reason = report.diagnostics()[0].note.as_deref().unwrap_or_default();
        assert!(reason.contains("closed world"), "{reason}");
    }

    let quiet = with(|options| {
        options.closed_world = true;
        let code = "dangling-reference".to_owned();
        options.levels.push((code, Level::Info));
    });
    assert_eq!(seen(&quiet.check(&held)), [format!("info {place}")]);
}

#[test]
fn generic_members_name_any_location_or_person() {
    let report = with(|_| ()).check(
        r#"{ "customer_key": "c",
          "units": [{ "unit_key": "u", "name": "U" }],
          "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }],
          "access_grants": [{ "access_grant_key": "a", "user_identity_key": "g", "space_keys": ["u", "v"],
            "starts_at": "2026-05-01T15:00:00+02:00", "ends_at": "2026-05-03T10:00:00+02:00" }] }"#,
    );
    let found = only(&report, "dangling-reference");
    assert_eq!(report.counts().total(), 1);
    assert_eq!(
        (found.severity, found.message.as_str()),
        (
            Severity::Warning,
            r#"space_keys[1] names "v", and no location in the payload has that key"#
        )
    );
}

#[test]
fn the_nearest_key_is_offered() {
    // Own keys, the key that is named, what is offered, whether there is a fix.
    type Case = (
        &'static [&'static str],
        &'static str,
        Option<&'static str>,
        bool,
    );
    let cases: &[Case] = &[
        (&["Suite-A", "suite-b"], "suite-a", Some("Suite-A"), true),
        (&["suite a"], "suite a ", Some("suite a"), true),
        (&["suite a"], "suitea", Some("suite a"), true),
        (&["caf\u{e9}"], "Cafe\u{301}", Some("caf\u{e9}"), true),
        (&["lobby"], "lob\u{200b}by", Some("lobby"), true),
        (
            &["ocean-suite", "ocean"],
            "ocaen-suite",
            Some("ocean-suite"),
            true,
        ),
        (&["ocean-suite"], "oceansuite", Some("ocean-suite"), true),
        (&["ocean-suite"], "ocean-suites", Some("ocean-suite"), true),
        (&["ocean-suite"], "Ocean-Suit", Some("ocean-suite"), true),
        (&["ocean-suite"], "cean-suiteo", Some("ocean-suite"), true),
        (
            &["the-ocean-suite"],
            "teh-ocean-siute",
            Some("the-ocean-suite"),
            true,
        ),
        // Several are as near: which is meant?
        (
            &["room-101", "room-102"],
            "room-103",
            Some("room-101"),
            false,
        ),
        // One slip is nearer than two.
        (
            &["room-11", "room-1012"],
            "room-101",
            Some("room-11"),
            false,
        ),
        (
            &["room-1", "room-1012"],
            "room-101",
            Some("room-1012"),
            true,
        ),
        // Another number is another room.
        (&["res-10023"], "res-10158", None, false),
        (&["lobby"], "garden", None, false),
        (&["a"], "b", None, false),
        (&["aa"], "", None, false),
    ];
    for (own, named, wanted, fix) in cases {
        let text = rooms(own, &[named]);
        let report = with(|_| ()).check(&text);
        let Some(found) = report
            .iter()
            .find(|found| found.code == "dangling-reference")
        else {
            assert_eq!(*wanted, None, "{named}");
            continue;
        };
        assert_eq!(
            found.data.string(DataField::Suggestion),
            *wanted,
            "{own:?} {named:?}"
        );
        assert_eq!(found.fix.is_some(), *fix, "{own:?} {named:?}");
        assert_eq!(
            found.related.len(),
            usize::from(wanted.is_some()),
            "{named:?}"
        );
        if let Some(fix) = &found.fix {
            assert_eq!(fix.applicability, Applicability::Unsafe);
            let report_of_fixed = fixed(&report, "dangling-reference");
            assert!(
                with(|_| ()).check(&report_of_fixed).is_clean(),
                "{report_of_fixed}"
            );
        }
    }
}

/// A syntax error makes values names, which are shown otherwise.
#[test]
fn redacted_reports_show_no_value_that_is_read_as_a_name() {
    let redacting = with(|options| options.redact = true);
    for member in [
        "Ada Lovelace",
        r#""Ada Lovelace""#,
        r#""Ada Lovelace" "name":"x""#,
        r#""name":"x""Ada Lovelace""#,
        r#""name":"x","Ada Lovelace":"#,
        "Ada Lovelace:7",
        r#"name:"x", 'Ada Lovelace'"#,
    ] {
        let text = format!(
            r#"{{"customer_key":"c","guests":[{{"guest_key":"g","email_address":"a@b.co",{member}}}]}}"#
        );
        let report = redacting.check(&text);
        assert!(report.has_errors());
        let shown = format!("{:?}", report.diagnostics());
        let fixless = shown.split("fix: ").map(|part| part.split("edits").next());
        assert!(
            fixless.flatten().all(|part| !part.contains("Lovelace")),
            "{shown}"
        );
    }
    // Where the text is JSON, a name is one.
    let text = r#"{"customer_key":"c","guests":[{"guest_key":"g","name":"x","Ada":1}]}"#;
    assert!(format!("{:?}", redacting.check(text)).contains("guests/0/Ada"));
}

#[test]
fn redacted_references_show_no_value() {
    let redacting = with(|options| options.redact = true);
    let texts = [
        rooms(&["secret-a", "Secret-A", "secret-a"], &["secret-b", "secret-a", "secret-a"]),
        r#"{ "customer_key": "c", "units": [{ "unit_key": "secret", "name": "U" }], "rooms": [{ "room_key": "secret", "name": "R" }],
          "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "common_area_keys": ["secret"] }] }"#.to_owned(),
    ];
    for text in texts {
        let report = redacting.check(&text);
        assert!(report.counts().total() >= 2);
        for found in &report {
            let labels = found.related.iter().map(|related| related.message.as_str());
            let title = found.fix.as_ref().map(|fix| fix.title.as_str());
            let said: Vec<&str> = [found.message.as_str()]
                .into_iter()
                .chain(found.help.as_deref())
                .chain(found.data.string(DataField::Suggestion))
                .chain(title)
                .chain(labels)
                .collect();
            assert!(
                !said.join(" ").to_lowercase().contains("secret"),
                "{said:?}"
            );
        }
    }
}

#[test]
fn wrong_kind_reference() {
    let text = r#"{ "customer_key": "c",
      "units": [{ "unit_key": "u", "name": "U" }],
      "staff_members": [{ "staff_member_key": "s", "name": "S", "room_keys": ["u"] }] }"#;
    let report = with(|_| ()).check(text);
    assert_eq!(
        seen(&report),
        ["warning wrong-kind-reference /staff_members/0/room_keys/0"]
    );
    let found = &report.diagnostics()[0];
    assert_eq!(
        found.message,
        r#"room_keys[0] names "u", which is a unit, not a room"#
    );
    assert_eq!(found.help.as_deref(), Some("write it under unit_keys"));
    assert_eq!(found.related[0].pointer, "/units/0/unit_key");

    // The same, where the unit is known.
    let text = r#"{ "customer_key": "c", "staff_members": [{ "staff_member_key": "s", "name": "S", "room_keys": ["u"] }] }"#;
    let linter = with(|options| options.known = known(&[("c", "units", "u")]));
    assert_eq!(
        seen(&linter.check(text)),
        ["warning wrong-kind-reference /staff_members/0/room_keys/0"]
    );

    // A guest who has a room's number may have been pushed earlier, unless guests are here.
    let stay = |guests: &str| {
        format!(
            r#"{{ "customer_key": "c", "rooms": [{{ "room_key": "17", "name": "R" }}], {guests}
              "bookings": [{{ "booking_key": "b", "guest_key": "17", "room_keys": ["17"],
                "starts_at": "2026-05-01T15:00:00+02:00", "ends_at": "2026-05-03T10:00:00+02:00" }}] }}"#
        )
    };
    let linter = with(|_| ());
    let place = "/bookings/0/guest_key";
    assert_eq!(
        seen(&linter.check(&stay(""))),
        [format!("info dangling-reference {place}")]
    );
    let guests = r#""guests": [{ "guest_key": "18", "name": "G" }],"#;
    assert_eq!(
        seen(&linter.check(&stay(guests))),
        [format!("warning wrong-kind-reference {place}")]
    );
}

#[test]
fn known_keys_are_of_one_customer() {
    let text = rooms(&["101"], &["lobby"]);
    let check = |known: KnownKeys| {
        let linter = with(|options| options.known = known);
        seen(&linter.check(&text))
    };
    assert!(check(known(&[("c", "rooms", "lobby")])).is_empty());
    assert_eq!(check(known(&[("d", "rooms", "lobby")])).len(), 1);

    // Known rooms are evidence, and are offered.
    let linter = with(|options| options.known = known(&[("c", "rooms", "Lobby")]));
    let none = r#"{ "customer_key": "c", "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["lobby"] }] }"#;
    let report = linter.check(none);
    let found = only(&report, "dangling-reference");
    assert_eq!(found.severity, Severity::Warning);
    assert_eq!(found.data.string(DataField::Suggestion), Some("Lobby"));
    assert!(found.related.is_empty());
}

#[test]
fn known_keys_come_from_payloads_and_go_through_json() {
    let mut keys = KnownKeys::new();
    assert!(keys.is_empty());
    keys.add_payload(&rooms(&["b", "a", "a"], &[]));
    let json = keys.to_json();
    assert_eq!(KnownKeys::from_json(&json), Ok(keys.clone()));
    let compact: String = json.split_whitespace().collect();
    assert_eq!(
        compact,
        r#"{"version":1,"customers":{"c":{"rooms":["a","b"],"staff_members":["ana"]}}}"#
    );
    for (text, wanted) in [
        ("", "EOF"),
        ("[]", "invalid"),
        (r#"{ "version": 2, "customers": {} }"#, "version 2"),
        (
            r#"{ "version": 1, "customers": { "c": { "romos": [] } } }"#,
            "romos",
        ),
        (r#"{ "version": 1, "customers": {}, "keys": 1 }"#, "keys"),
    ] {
        let error = KnownKeys::from_json(text).expect_err(text);
        assert!(error.to_string().contains(wanted), "{error}");
    }
    assert!(keys.insert("c", "romos", "x").is_err());
}

#[test]
fn a_resource_by_itself_is_called_by_its_name() {
    let report = with(|_| {})
        .check_resource("user_identities", r#"{ "colour": 1, "name": "Ann" }"#)
        .expect("collection");
    let messages: Vec<_> = report.iter().map(|found| found.message.clone()).collect();
    assert_eq!(
        messages,
        [
            "the user identity has no user_identity_key",
            "unknown member \"colour\" in the user identity"
        ]
    );
}

#[test]
fn a_resource_by_itself_meets_known_keys() {
    let text = r#"{ "access_grant_key": "a", "room_keys": ["101", "102"], "guest_key": "g",
      "starts_at": "2026-05-01T15:00:00+02:00", "ends_at": "2026-05-03T10:00:00+02:00" }"#;
    let check = |known: KnownKeys| {
        let linter = with(|options| options.known = known);
        seen(
            &linter
                .check_resource("access_grants", text)
                .expect("collection"),
        )
    };
    // A resource does not say whose it is: the keys of all customers count.
    let rooms = [("c", "rooms", "101"), ("d", "rooms", "102")];
    assert_eq!(check(known(&rooms)), ["info dangling-reference /guest_key"]);
    assert_eq!(
        check(known(&rooms[..1])),
        [
            "warning dangling-reference /room_keys/1",
            "info dangling-reference /guest_key"
        ]
    );
    assert_eq!(
        check(KnownKeys::new()),
        [
            "info dangling-reference /room_keys/0",
            "info dangling-reference /guest_key"
        ]
    );
}

#[test]
fn a_set_is_one_world_for_each_customer() {
    let rooms_of_c = r#"{ "customer_key": "c", "rooms": [{ "room_key": "101", "name": "R" }, { "room_key": "Lobby", "name": "L" }] }"#;
    let staff_of_c = r#"{ "customer_key": "c",
      "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101", "lobby"], "unit_keys": ["101"] }],
      "rooms": [{ "room_key": "101", "name": "Other" }, { "room_key": "LOBBY", "name": "L" }] }"#;
    let staff_of_d = r#"{ "customer_key": "d",
      "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101"] }] }"#;
    let again_of_c = r#"{ "customer_key": "c", "rooms": [{ "name": "R", "room_key": "101" }],
      "sites": [{ "site_key": "101", "name": "S" }] }"#;
    let files: Vec<(&str, &[u8])> = [
        ("rooms.json", rooms_of_c),
        ("staff.json", staff_of_c),
        ("other.json", staff_of_d),
        ("again.json", again_of_c),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.as_bytes()))
    .collect();
    let reports = with(|_| ()).check_set(&files);
    assert_eq!(reports.len(), 4);
    assert!(reports[0].is_clean(), "{:?}", seen(&reports[0]));
    assert_eq!(
        seen(&reports[1]),
        [
            "warning dangling-reference /staff_members/0/room_keys/1",
            "warning wrong-kind-reference /staff_members/0/unit_keys/0",
            "warning duplicate-key /rooms/0/room_key",
            "warning look-alike-keys /rooms/1/room_key",
        ]
    );
    for found in &reports[1] {
        assert_eq!(
            found.related[0].path.as_deref(),
            Some("rooms.json"),
            "{found:?}"
        );
    }
    assert_eq!(
        reports[1].diagnostics()[2].related[0].pointer,
        "/rooms/0/room_key"
    );
    assert_eq!(
        seen(&reports[2]),
        [
            "warning key-of-another-customer /staff_members/0/staff_member_key",
            "info dangling-reference /staff_members/0/room_keys/0"
        ]
    );
    // Held against the record that it overwrites, not against the very first.
    assert_eq!(
        seen(&reports[3]),
        [
            "warning duplicate-key /rooms/0/room_key",
            "info key-collision /sites/0/site_key"
        ]
    );
    assert_eq!(
        reports[3].diagnostics()[0].related[0].path.as_deref(),
        Some("staff.json")
    );
    assert!(
        reports[0]
            .iter()
            .chain(&reports[2])
            .all(|found| found.related.is_empty())
    );

    // In the same file a related place has no path.
    let report = with(|_| ())
        .check_set(&[("a", rooms(&["a", "a"], &[]).as_bytes())])
        .remove(0)
        .into_owned();
    assert_eq!(report.diagnostics()[0].related[0].path, None);
}

#[test]
fn equal_records_are_an_info_whatever_the_order_of_members() {
    let pair = |one: &str, other: &str| {
        let text = format!(
            r#"{{ "customer_key": "c", "property_listings": [{{ "property_listing_key": "p", "name": "P", {one} }}, {{ {other}, "name": "P", "property_listing_key": "p" }}] }}"#
        );
        let linter = with(|_| ());
        let report = linter.check(&text);
        only(&report, "duplicate-key").severity
    };
    let geo = r#""geolocation": { "latitude": 1.5, "longitude": 2 }"#;
    for (one, other, wanted) in [
        (
            geo,
            r#""geolocation": { "longitude": 2, "latitude": 1.5 }"#,
            Severity::Info,
        ),
        (
            geo,
            r#""geolocation": { "longitude": 1.5, "latitude": 2 }"#,
            Severity::Warning,
        ),
        (
            geo,
            r#""custom_metadata": { "a": true }"#,
            Severity::Warning,
        ),
        (
            r#""custom_metadata": { "a": true, "b": "\u0041" }"#,
            r#""custom_metadata": { "b": "A", "a": true }"#,
            Severity::Info,
        ),
        (
            r#""custom_metadata": { "a": true }"#,
            r#""custom_metadata": { "a": false }"#,
            Severity::Warning,
        ),
        (
            r#""custom_metadata": { "a": true }"#,
            r#""custom_metadata": { "b": true }"#,
            Severity::Warning,
        ),
        (
            r#""custom_metadata": {}"#,
            r#""custom_metadata": { "b": true }"#,
            Severity::Warning,
        ),
    ] {
        assert_eq!(pair(one, other), wanted, "{one} {other}");
    }
}

#[test]
fn look_alike_keys() {
    for (one, other, wanted) in [
        ("Suite", "sUITE", "case"),
        ("suite a", "suitea", "white space"),
        ("suite a", "suite\u{a0}a", "white space"),
        ("caf\u{e9}", "cafe\u{301}", "Unicode normalization"),
        ("suite", "su\u{200b}ite", "invisible characters"),
        (
            "suite",
            "SU\u{200b}ITE",
            "case, white space or characters that cannot be seen",
        ),
    ] {
        let text = rooms(&[one, other], &[]);
        let report = with(|_| ()).check(&text);
        let found = only(&report, "look-alike-keys");
        assert_eq!(found.pointer, "/rooms/1/room_key");
        assert_eq!(found.related[0].pointer, "/rooms/0/room_key");
        assert!(
            found.message.ends_with(&format!(" in {wanted} only")),
            "{}",
            found.message
        );
    }
    for (one, other) in [("suite-a", "suite_a"), ("cafe", "caf\u{e9}"), ("", " ")] {
        let text = rooms(&[one, other], &[]);
        let report = with(|_| ()).check(&text);
        assert!(
            report.iter().all(|found| found.code != "look-alike-keys"),
            "{one:?}"
        );
    }
    // Of one collection only.
    let report = with(|_| ()).check(
        r#"{ "customer_key": "c", "rooms": [{ "room_key": "A", "name": "R" }], "guests": [{ "guest_key": "a", "name": "G" }] }"#,
    ).into_owned();
    assert!(report.is_clean());
}

#[test]
fn own_keys_look_like_known_ones() {
    let linter = with(|options| {
        options.known = known(&[
            ("c", "rooms", "LOBBY"),
            ("c", "rooms", "Garden"),
            ("c", "rooms", "garden"),
        ]);
    });
    let text = rooms(&["lobby", "garden", "Garden"], &[]);
    let report = linter.check(&text);
    assert_eq!(
        seen(&report),
        [
            "warning look-alike-keys /rooms/0/room_key",
            "warning look-alike-keys /rooms/2/room_key"
        ]
    );
    assert!(
        report.diagnostics()[0]
            .message
            .contains(r#"the known key "LOBBY""#)
    );
}

#[test]
fn repeated_references_are_removed_with_their_comma() {
    for (array, wanted) in [
        (r#"["a", "a"]"#, r#"["a"]"#),
        (r#"["a","a","b"]"#, r#"["a","b"]"#),
        (r#"["a", "b", "a"]"#, r#"["a", "b"]"#),
        (r#"[ "a" , "a" , "b" , "a" , "b" ]"#, r#"[ "a" , "b" ]"#),
        (
            "[\n  \"a\",\n  \"b\",\n  \"a\",\n  \"a\"\n]",
            "[\n  \"a\",\n  \"b\"\n]",
        ),
        (r#"["a", 7, "a"]"#, r#"["a", 7]"#),
        (r#"["a", "\u0061"]"#, r#"["a"]"#),
        (
            r#"["a","b","a","b","a","b","a","b","a","b","a"]"#,
            r#"["a","b"]"#,
        ),
    ] {
        let payload = |array: &str| {
            format!(
                r#"{{ "customer_key": "c", "rooms": [{{ "room_key": "a", "name": "A" }}, {{ "room_key": "b", "name": "B" }}],
                  "staff_members": [{{ "staff_member_key": "ana", "name": "Ana", "room_keys": {array} }}] }}"#
            )
        };
        let text = payload(array);
        let report = with(|_| ()).check(&text);
        for found in report
            .iter()
            .filter(|found| found.code == "repeated-reference")
        {
            let fix = found.fix.as_ref().expect("a fix");
            assert_eq!(fix.applicability, Applicability::Safe);
            assert_eq!(found.severity, Severity::Info);
        }
        assert_eq!(
            fixed(&report, "repeated-reference"),
            payload(wanted),
            "{array}"
        );
    }
    // In a broken text a comma may be missing or a comment in between: no edit is sure.
    let report = with(|_| ()).check(r#"{ "customer_key": "c", "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["a" "a"] }] }"#).into_owned();
    assert_eq!(only(&report, "repeated-reference").fix, None);
}

#[test]
fn multiple_person_references() {
    let stay = |people: &str| {
        format!(
            r#"{{ "customer_key": "c",
              "reservations": [{{ "reservation_key": "r", {people}, "starts_at": "2026-05-01T15:00:00+02:00", "ends_at": "2026-05-03T10:00:00+02:00" }}] }}"#
        )
    };
    let people = |people: &str| {
        let text = stay(people);
        let linter = with(|_| ());
        let report = linter.check(&text).into_owned();
        report
            .into_iter()
            .find(|found| found.code == "multiple-person-references")
    };
    assert_eq!(people(r#""guest_key": "g""#), None);
    assert_eq!(
        people(r#""guest_key": "g", "tenant_key": null, "user_key": " ""#),
        None
    );
    let found =
        people(r#""guest_key": "g", "tenant_key": "t", "user_identity_key": "u""#).expect("three");
    assert_eq!(
        found.message,
        "reservations[0] has guest_key, tenant_key and user_identity_key; the API expects one person"
    );
    assert_eq!(found.pointer, "/reservations/0/tenant_key");
    let related: Vec<&str> = found
        .related
        .iter()
        .map(|related| related.pointer.as_str())
        .collect();
    assert_eq!(
        related,
        [
            "/reservations/0/guest_key",
            "/reservations/0/user_identity_key"
        ]
    );
}

#[test]
fn key_collision() {
    let report = with(|_| ())
        .check(
            r#"{ "customer_key": "c",
          "rooms": [{ "room_key": "1", "name": "R" }, { "room_key": "1", "name": "R" }],
          "units": [{ "unit_key": "1", "name": "U" }],
          "guests": [{ "guest_key": "1", "name": "G" }],
          "tenants": [{ "tenant_key": "1", "name": "T" }],
          "sites": [{ "site_key": "1", "name": "S" }] }"#,
        )
        .into_owned();
    assert_eq!(
        seen(&report),
        [
            "info duplicate-key /rooms/1/room_key",
            "info key-collision /units/0/unit_key",
            "info key-collision /tenants/0/tenant_key",
            "info key-collision /sites/0/site_key",
        ]
    );
    assert_eq!(
        report.diagnostics()[2].related[0].pointer,
        "/guests/0/guest_key"
    );
}

#[test]
fn empty_references() {
    let report = with(|_| ()).check(
        r#"{ "customer_key": "c", "rooms": [{ "room_key": "r", "name": "R", "parent_site_key": "" }],
          "staff_members": [{ "staff_member_key": "s", "name": "S", "room_keys": ["", "r", "\t\ufeff", ""] }] }"#,
    ).into_owned();
    assert_eq!(
        seen(&report),
        [
            "error schema-min-length /rooms/0/parent_site_key",
            "warning empty-reference /staff_members/0/room_keys/0",
            "warning empty-reference /staff_members/0/room_keys/2",
            "warning empty-reference /staff_members/0/room_keys/3",
        ]
    );
}

#[test]
fn white_space_may_be_escaped() {
    let text = r#"{"customer_key":"c","sites":[{"site_key":"a","name":"North\u0020"},{"site_key":"b","name":"North\n"},{"site_key":"d","name":"\u00a0North"},{"site_key":"e","name":"N\u00f6rth"},{"site_key":"f","name":"x \u0041"},{"site_key":"g","name":"\u0020\t"}]}"#;
    let report = seamlint::check(text);
    let found: Vec<(&str, &str)> = report
        .iter()
        .map(|found| (&*found.pointer, &*found.code))
        .collect();
    assert_eq!(
        found,
        [
            ("/sites/0/name", "surrounding-whitespace"),
            ("/sites/1/name", "surrounding-whitespace"),
            ("/sites/2/name", "surrounding-whitespace"),
            ("/sites/5/name", "blank-name"),
        ]
    );
}

#[test]
fn keys_and_contacts_are_unique_in_the_workspace() {
    let payload = |customer: &str, room: &str, phone: &str| {
        format!(
            r#"{{ "customer_key": "{customer}", "rooms": [{{ "room_key": "{room}", "name": "R" }}],
              "guests": [{{ "guest_key": "{customer}-g", "name": "G", "phone_number": "{phone}" }}] }}"#
        )
    };
    let texts = [
        payload("a", "101", "+14155550100"),
        payload("a", "101", "+14155550100"),
        payload("b", "101", "+1 415 555 0100"),
        payload("b", "102", "+14155550101"),
    ];
    let files: Vec<(&str, &[u8])> = ["a1", "a2", "b1", "b2"]
        .into_iter()
        .zip(&texts)
        .map(|(name, text)| (name, text.as_bytes()))
        .collect();
    let reports = with(|_| ()).check_set(&files);
    let found: Vec<Vec<String>> = reports
        .iter()
        .map(|report| {
            let all = seen(report).into_iter();
            all.filter(|found| found.contains("key-of-another-customer"))
                .collect()
        })
        .collect();
    let shared = [
        "warning key-of-another-customer /rooms/0/room_key",
        "warning key-of-another-customer /guests/0/phone_number",
    ];
    assert_eq!(found, [&[][..], &[], &shared, &[]]);
    let mut of_rule = reports[2]
        .iter()
        .filter(|found| found.code == "key-of-another-customer");
    let message = &of_rule.next().expect("a finding").message;
    assert!(message.contains("customer \"a\" in a1"), "{message}");
}
