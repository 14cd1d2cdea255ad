//! People, access and text: what examples in the rules' documentation do not show.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use seamlint::faces::output::{Checked, json};
use seamlint::{Linter, Options, Report, check};

use crate::support::random::{Random, seed};

/// Pointers of the findings with a code.
fn pointers(report: &Report<'_>, code: &str) -> Vec<String> {
    report
        .iter()
        .filter(|found| found.code == code)
        .map(|found| found.pointer.clone())
        .collect()
}

fn payload(members: &str) -> String {
    format!(r#"{{ "customer_key": "c", {members} }}"#)
}

#[test]
fn contacts_are_compared_by_what_they_mean() {
    let person =
        |key: &str, contact: &str| format!(r#"{{ "guest_key": "{key}", "name": "N", {contact} }}"#);
    for (one, other, conflict) in [
        (
            r#""email_address": "a@b.example""#,
            r#""email_address": " A@B.Example\n""#,
            true,
        ),
        (
            r#""email_address": "É@b.example""#,
            r#""email_address": "\u00e9@b.example""#,
            true,
        ),
        (
            r#""email_address": "a@b.example""#,
            r#""email_address": "a.@b.example""#,
            false,
        ),
        (
            r#""email_address": "none""#,
            r#""email_address": "none""#,
            false,
        ),
        (r#""email_address": """#, r#""email_address": """#, false),
        (
            r#""phone_number": "+4930123456""#,
            r#""phone_number": "+49 (30) 123-456""#,
            true,
        ),
        (
            r#""phone_number": "+4930123456""#,
            r#""phone_number": "004930123456""#,
            true,
        ),
        (
            r#""phone_number": "+4930123456""#,
            r#""phone_number": "4930123456""#,
            true,
        ),
        (
            r#""phone_number": "030 123456""#,
            r#""phone_number": "+4930123456""#,
            false,
        ),
        (
            r#""phone_number": "n/a""#,
            r#""phone_number": "n/a""#,
            false,
        ),
        (r#""phone_number": "000""#, r#""phone_number": "0""#, false),
        (
            r#""email_address": "a@b.example""#,
            r#""phone_number": "a@b.example""#,
            false,
        ),
    ] {
        let text = payload(&format!(
            r#""guests": [{}, {}]"#,
            person("1", one),
            person("2", other)
        ));
        let found = pointers(&check(&text), "conflicting-contact");
        assert_eq!(found.len(), usize::from(conflict), "{one}, {other}");
        assert!(
            found
                .iter()
                .all(|pointer| pointer.starts_with("/guests/1/"))
        );
        // The same person twice is another matter, and so is no key at all.
        let text = payload(&format!(
            r#""guests": [{}, {}]"#,
            person("1", one),
            person("1", other)
        ));
        assert!(pointers(&check(&text), "conflicting-contact").is_empty());
    }
}

#[test]
fn contacts_and_codes_are_compared_across_a_set() {
    let one = payload(
        r#""guests": [{ "guest_key": "1", "name": "N", "email_address": "a@b.example" }],
        "rooms": [{ "room_key": "r", "name": "R" }],
        "bookings": [{ "booking_key": "b", "guest_key": "1", "room_keys": ["r"], "preferred_code": "4821" }]"#,
    );
    let two = payload(
        r#""tenants": [{ "tenant_key": "1", "name": "N", "email_address": "a@b.example" }],
        "access_grants": [{ "access_grant_key": "b", "tenant_key": "1", "space_keys": ["r"], "preferred_code": " 4821" }]"#,
    );
    let files = [("one.json", one.as_bytes()), ("two.json", two.as_bytes())];
    let reports = Linter::new().check_set(&files);
    assert!(pointers(&reports[0], "conflicting-contact").is_empty());
    assert!(pointers(&reports[0], "shared-preferred-code").is_empty());
    for (code, pointer, other) in [
        (
            "conflicting-contact",
            "/tenants/0/email_address",
            "/guests/0/email_address",
        ),
        (
            "shared-preferred-code",
            "/access_grants/0/preferred_code",
            "/bookings/0/preferred_code",
        ),
    ] {
        let found = reports[1]
            .iter()
            .find(|found| found.code == code)
            .expect(code);
        assert_eq!(found.pointer, pointer);
        assert_eq!(found.related[0].path.as_deref(), Some("one.json"));
        assert_eq!(found.related[0].pointer, other);
    }
}

#[test]
fn shared_codes_are_those_that_every_pair_shows() {
    let mut random = Random::new(seed());
    for _ in 0..300 {
        // Start and end by day, where given; place; code.
        let stays: Vec<(Option<usize>, Option<usize>, usize, usize)> = (0..random.below(9))
            .map(|_| {
                let start = random.below(8);
                let end = start + 1 + random.below(6);
                (
                    (random.below(6) > 0).then_some(start),
                    (random.below(6) > 0).then_some(end),
                    random.below(2),
                    random.below(2),
                )
            })
            .collect();
        let mut text = String::from(r#"{ "customer_key": "c", "reservations": ["#);
        for (at, (start, end, place, code)) in stays.iter().enumerate() {
            let separator = if at == 0 { "" } else { "," };
            write!(text, r#"{separator}{{ "reservation_key": "r{at}", "room_keys": ["p{place}"], "preferred_code": "482{code}""#).expect("fits");
            for (name, day) in [("starts_at", start), ("ends_at", end)] {
                if let Some(day) = day {
                    write!(text, r#", "{name}": "2026-08-{:02}T15:00:00Z""#, day + 1)
                        .expect("fits");
                }
            }
            text.push('}');
        }
        text.push_str("] }");
        let order = |at: usize| (stays[at].0, at);
        let wanted: HashSet<String> = (0..stays.len())
            .filter(|later| {
                (0..stays.len()).any(|earlier| {
                    let (one, other) = (stays[earlier], stays[*later]);
                    let open = match (one.1, other.0) {
                        (Some(end), Some(start)) => start < end,
                        _ => true,
                    };
                    order(earlier) < order(*later) && (one.2, one.3) == (other.2, other.3) && open
                })
            })
            .map(|at| format!("/reservations/{at}/preferred_code"))
            .collect();
        let found: HashSet<String> = pointers(&check(&text), "shared-preferred-code")
            .into_iter()
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn what_a_later_record_overwrites_shares_no_code() {
    let stay = |key: &str, month: u32, code: &str| {
        format!(
            r#"{{ "reservation_key": "{key}", "room_keys": ["p", "p", "q"], "starts_at": "2026-{month:02}-01T15:00:00Z", "ends_at": "2026-{month:02}-03T15:00:00Z", "preferred_code": "{code}" }}"#
        )
    };
    // The first version of r1 would share its code with r2; the last one does not.
    let text = payload(&format!(
        r#""reservations": [{}, {}, {}]"#,
        stay("r1", 8, "4821"),
        stay("r2", 8, "4821"),
        stay("r1", 9, "4821")
    ));
    assert!(pointers(&check(&text), "shared-preferred-code").is_empty());
    let text = payload(&format!(
        r#""reservations": [{}, {}, {}]"#,
        stay("r1", 9, "4821"),
        stay("r2", 8, "4821"),
        stay("r1", 8, "4821")
    ));
    assert_eq!(
        pointers(&check(&text), "shared-preferred-code"),
        ["/reservations/2/preferred_code"]
    );
}

#[test]
fn a_wrong_type_is_not_missing() {
    for (members, nothing, nobody) in [
        (r#""room_keys": ["r"], "guest_key": "g""#, false, false),
        (r#""room_keys": [], "guest_key": "g""#, true, false),
        (r#""room_keys": "r""#, false, true),
        (r#""room_keys": [1], "guest_key": 1"#, false, false),
        (r#""space_keys": [""], "user_key": """#, false, false),
        (r#""rooms": ["r"], "guest": "g""#, true, true),
    ] {
        let text = payload(&format!(
            r#""bookings": [{{ "booking_key": "b", {members} }}]"#
        ));
        let report = check(&text);
        assert_eq!(
            !pointers(&report, "nothing-to-open").is_empty(),
            nothing,
            "{members}"
        );
        assert_eq!(
            !pointers(&report, "nobody-to-admit").is_empty(),
            nobody,
            "{members}"
        );
    }
}

#[test]
fn coordinates() {
    for (latitude, longitude, code) in [
        ("90", "180", None),
        ("-90.0", "-180.0", None),
        ("90.5", "10", Some("coordinate-out-of-range")),
        ("10", "180.5", Some("coordinate-out-of-range")),
        ("95", "170", Some("coordinate-out-of-range")),
        ("1e999", "1", Some("coordinate-out-of-range")),
        ("0", "0", Some("null-island")),
        ("-0", "0.0e5", Some("null-island")),
        ("0", "1e-9", None),
    ] {
        let text = payload(&format!(
            r#""spaces": [{{ "space_key": "s", "name": "S", "geolocation": {{ "latitude": {latitude}, "longitude": {longitude} }} }}]"#
        ));
        let report = check(&text);
        let codes: Vec<_> = report.iter().map(|found| found.code.as_ref()).collect();
        assert_eq!(codes, Vec::from_iter(code), "{latitude}, {longitude}");
    }
}

#[test]
fn invisible_characters_are_shown_escaped() {
    for (key, found) in [
        ("a\u{200b}b", true),
        ("a\\u202eb", true),
        ("a\u{85}", true),
        ("a\\nb", true),
        ("é 😀 ٣", false),
        (r"a\u0020b\/", false),
    ] {
        let text = payload(&format!(
            r#""guests": [{{ "guest_key": "{key}", "name": "N" }}], "reservations": [{{ "reservation_key": "r", "guest_key": "{key}", "room_keys": ["x"] }}]"#
        ));
        let report = check(&text);
        let pointers = pointers(&report, "invisible-character");
        let wanted: &[&str] = if found {
            &["/guests/0/guest_key", "/reservations/0/guest_key"]
        } else {
            &[]
        };
        assert_eq!(pointers, wanted, "{key:?}");
        let mut out = Vec::new();
        let checked = Checked::new("p".to_owned(), report);
        json::write(&mut out, &[checked]).expect("a buffer takes all");
        let out = String::from_utf8(out).expect("UTF-8");
        assert!(!out.contains(['\u{200b}', '\u{202e}', '\u{85}']), "{out}");
    }
}

/// The strings of a payload that are values, not names.
fn values(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Number(number) => found.push(number.to_string()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| values(item, found)),
        serde_json::Value::Object(members) => members.values().for_each(|item| values(item, found)),
        _ => {}
    }
}

#[test]
fn no_value_is_in_a_redacted_report() {
    let mut options = Options::default();
    options.redact = true;
    let linter = Linter::with_options(options).expect("options");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rules");
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("UTF-8");
        let Ok(parsed) = serde_json::from_str(&text) else {
            continue;
        };
        let mut secrets = Vec::new();
        values(&parsed, &mut secrets);
        let mut out = Vec::new();
        let checked = Checked::new(String::new(), linter.check(&text));
        json::write(&mut out, &[checked]).expect("a buffer takes all");
        let mut report: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        report["tool"].take();
        report["summary"].take();
        let mut told = Vec::new();
        values(&report, &mut told);
        for secret in secrets
            .iter()
            .map(|secret| secret.trim())
            .filter(|secret| secret.len() > 3)
        {
            let leak = told.iter().find(|told| told.contains(secret));
            assert!(leak.is_none(), "{secret:?} in {leak:?}");
        }
    }
}
