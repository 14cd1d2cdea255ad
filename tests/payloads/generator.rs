//! The payloads that tests and benches are made of: clean where they say so, and complete.

use std::collections::BTreeSet;
use std::{env, fs};

use seamlint::{Linter, Options, Report, Severity};
use serde_json::Value;

use crate::support::broken;
use crate::support::payload::{Recipe, covering};

fn listed(report: &Report<'_>) -> Vec<String> {
    let line = |found: &seamlint::Diagnostic| {
        format!("{} {} {}", found.code, found.pointer, found.message)
    };
    report.iter().map(line).collect()
}

#[test]
fn generated_payloads_are_clean() {
    let linter = Linter::new();
    for seed in 0..20 {
        for recipe in [
            Recipe::new(seed, 2_000),
            Recipe::new(seed, 60_000),
            Recipe::new(seed, 60_000).pretty(),
        ] {
            let text = recipe.build();
            assert_eq!(listed(&linter.check(&text)), [""; 0], "seed {seed}");
        }
    }
}

#[test]
fn compact_and_pretty_say_the_same() {
    let compact: Value = serde_json::from_str(&Recipe::new(3, 20_000).build()).expect("JSON");
    let pretty: Value =
        serde_json::from_str(&Recipe::new(3, 20_000).pretty().build()).expect("JSON");
    // Indentation counts into the size, so the pretty one ends earlier.
    assert_eq!(compact["spaces"][0], pretty["spaces"][0]);
    assert_eq!(compact["reservations"][0], pretty["reservations"][0]);
}

#[test]
fn each_broken_payload_has_its_finding() {
    let linter = Linter::new();
    let clean = Recipe::new(broken::SEED, broken::BYTES).build();
    for slip in broken::VIOLATIONS.iter().chain(&broken::BEYOND_THE_SCHEMA) {
        let text = slip.in_payload(&clean);
        let report = linter.check(&text);
        let codes: Vec<&str> = report.iter().map(|found| &*found.code).collect();
        assert_eq!(codes, [slip.code], "{}", slip.name);
    }
    for slip in &broken::VIOLATIONS {
        let text = slip.in_payload(&clean);
        assert!(linter.check(&text).has_errors(), "{}", slip.name);
    }
}

#[test]
fn generated_payloads_have_the_wanted_size() {
    for bytes in [2_000, 4_000, 100_000, 1_000_000, 5_000_000] {
        let got = Recipe::new(1, bytes).build().len();
        assert!(got.abs_diff(bytes) < bytes / 10, "{got} bytes for {bytes}");
    }
}

#[test]
fn a_seed_always_gives_the_same_payload() {
    let recipe = Recipe::new(7, 50_000);
    assert_eq!(recipe.build(), recipe.build());
    assert_ne!(recipe.build(), Recipe::new(8, 50_000).build());
}

#[test]
fn findings_are_planted_as_asked() {
    let mut options = Options::default();
    options.max_per_code = None;
    let linter = Linter::with_options(options).expect("options");
    for wanted in [1, 10, 100] {
        let text = Recipe::new(2, 200_000).with_findings(wanted).build();
        let report = linter.check(&text);
        assert_eq!(report.iter().count(), wanted, "{:#?}", listed(&report));
    }
    let text = Recipe::new(2, 200_000).with_findings(100).build();
    let report = linter.check(&text);
    let codes: BTreeSet<&str> = report.iter().map(|found| &*found.code).collect();
    assert_eq!(
        codes.into_iter().collect::<Vec<_>>(),
        [
            "key-whitespace",
            "schema-one-of",
            "schema-pattern",
            "schema-required",
            "schema-type",
            "unknown-member",
        ]
    );
}

#[test]
fn the_covering_payload_is_committed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/covering.json");
    if env::var_os("UPDATE_FIXTURES").is_some() {
        fs::write(path, covering()).expect("written");
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == covering(),
        "{path} is stale: UPDATE_FIXTURES=1 cargo test --test integration payloads::"
    );
}

#[test]
fn the_covering_payload_is_clean() {
    let text = covering();
    assert_eq!(listed(&Linter::new().check(&text)), [""; 0]);
}

#[test]
fn the_covering_payload_has_every_member() {
    let schema: Value = serde_json::from_str(seamlint::PUSH_DATA_SCHEMA).expect("the schema");
    let payload: Value = serde_json::from_str(&covering()).expect("the payload");
    let mut missing = Vec::new();
    let seen = compare(&schema, &[&payload], "", &mut missing);
    assert_eq!(missing, [""; 0]);
    assert!(seen > 100, "only {seen} members compared");
}

/// Collects the members that the schema has and none of the values at its place; counts those
/// that are there.
fn compare(schema: &Value, values: &[&Value], place: &str, missing: &mut Vec<String>) -> usize {
    let mut seen = 0;
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let place = format!("{place}/{name}");
        let below: Vec<&Value> = values.iter().filter_map(|value| value.get(name)).collect();
        if below.is_empty() {
            missing.push(place);
        } else {
            seen += 1 + compare(member, &below, &place, missing);
        }
    }
    if let Some(items) = schema.get("items") {
        let below: Vec<&Value> = values
            .iter()
            .filter_map(|value| value.as_array())
            .flatten()
            .collect();
        seen += compare(items, &below, &format!("{place}/*"), missing);
    }
    seen
}

#[test]
fn documented_payloads_have_no_false_findings() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/documented");
    let mut checked = 0;
    let sources = fs::read_to_string(format!("{folder}/SOURCES.md")).expect("the table");
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let report = Linter::new().check(&text);
        // Each finding is explained in the table beside them, and a warning as one.
        let name = path.file_name().expect("a name").to_string_lossy();
        for found in &report {
            assert!(found.severity < Severity::Error, "{name}: {found:?}");
            let code = match found.severity {
                Severity::Info => format!("`{}`", found.code),
                severity => format!("`{}` ({severity})", found.code),
            };
            let is_explained = |row: &&str| row.contains(&*name) && row.contains(&code);
            assert!(
                sources.lines().find(is_explained).is_some(),
                "{name}: {}",
                found.code
            );
        }
        let origin = sources
            .lines()
            .find(|row| row.starts_with(&format!("| {name} |")));
        assert!(origin.is_some(), "{name} has no origin in the table");
        checked += 1;
    }
    assert_eq!(checked, 17);
}

#[test]
fn check_if_payload() {
    let linter = Linter::new();
    let utf16: Vec<u8> = "{ \"customer_key\": \"c\" }"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let with_mark = [&[0xff, 0xfe], utf16.as_slice()].concat();
    let cases: [(&[u8], bool); 16] = [
        (br#"{ "customer_key": "" }"#, true),
        (br#"{ "sites": [{ "site_key": "s" }] }"#, true),
        (br"{ customer_key: 1, }", true),
        (br#"{ "name": "\xff", "rooms": [] }"#, false),
        (
            b"{ \"name\": \"\xff\", \"rooms\": [{ \"room_key\": \"r\" }] }",
            true,
        ),
        (br#"{ "sites": {} }"#, false),
        (br#"{ "name": "a-package", "version": "1.0.0" }"#, false),
        (br#"[{ "customer_key": "c" }]"#, false),
        (b"", false),
        (b"customer_key", false),
        // A payload that is too broken to be read is checked, not skipped.
        (br#""customer_key": "c", "sites": []"#, true),
        (br#"[{ "customer_key": "c" }"#, true),
        (br#"[{ "name": "a-package" }"#, false),
        (b"\xff [{ \"customer_key\": \"c\" }", true),
        (&utf16, true),
        (&with_mark, true),
    ];
    for (bytes, looks_like_one) in cases {
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(linter.is_payload(bytes), looks_like_one, "{shown}");
        let report = linter.check_if_payload(bytes);
        let expected = looks_like_one.then(|| listed(&linter.check_bytes(bytes)));
        assert_eq!(report.as_ref().map(listed), expected, "{shown}");
    }
}
