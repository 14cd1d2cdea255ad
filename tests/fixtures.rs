//! Every fixture with the report that people and programs get of it.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};

use seamlint::output::{Checked, json, pretty::Pretty};
use seamlint::{Linter, Options};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            files(&entry, found);
        } else if entry
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            found.push(entry);
        }
    }
}

/// Every string value of a payload.
fn strings<'v>(value: &'v serde_json::Value, found: &mut Vec<&'v str>) {
    match value {
        serde_json::Value::String(text) => found.push(text),
        serde_json::Value::Array(elements) => {
            for element in elements {
                strings(element, found);
            }
        }
        serde_json::Value::Object(members) => {
            for member in members.values() {
                strings(member, found);
            }
        }
        _ => {}
    }
}

fn report_schema() -> jsonschema::Validator {
    let text = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/schema/report.v1.schema.json"
    ));
    let schema = serde_json::from_str(&text.expect("is committed")).expect("is JSON");
    jsonschema::validator_for(&schema).expect("is a schema")
}

fn json_of(checked: Checked<'_>) -> String {
    let mut out = Vec::new();
    json::write(&mut out, &[checked]).expect("a vector takes all");
    String::from_utf8(out).expect("JSON is UTF-8")
}

#[test]
fn reports_are_as_they_were() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found = Vec::new();
    files(&root, &mut found);
    assert!(found.len() >= 3, "{} fixtures", found.len());
    let schema = report_schema();
    let linter = Linter::new();
    let mut redacting = Options::default();
    redacting.redact = true;
    let redacting = Linter::with_options(redacting).expect("the options are right");
    for file in found {
        let name = file
            .strip_prefix(&root)
            .expect("is below the root")
            .to_string_lossy()
            .replace('\\', "/");
        let bytes = fs::read(&file).expect("the fixture can be read");
        let checked = |linter: &Linter| Checked {
            path: name.clone(),
            report: linter.check_bytes(&bytes).into_owned(),
        };

        let mut drawn = Vec::new();
        Pretty::new(100, false)
            .write(&mut drawn, &checked(&linter))
            .expect("a vector takes all");
        let drawn = String::from_utf8(drawn).expect("text");
        for line in drawn.lines() {
            assert!(line.chars().count() <= 100, "{name}: too wide: {line}");
        }
        let report = json_of(checked(&linter));
        let value = serde_json::from_str(&report).expect("the report is JSON");
        let broken = schema.validate(&value).err().map(|error| error.to_string());
        assert_eq!(broken, None, "{name}: the report breaks its schema");
        let redacted = json_of(checked(&redacting));
        if let Ok(payload) = serde_json::from_slice(&bytes) {
            let mut values = Vec::new();
            strings(&payload, &mut values);
            for value in values {
                // Short ones stand in words by chance; collections and members are names.
                let is_name = seamlint::schema::PUSH_DATA.contains(&format!("\"{value}\""));
                let leaks = value.chars().count() > 5 && !is_name && redacted.contains(value);
                assert!(!leaks, "{name}: {value:?} stands in the redacted report");
            }
        }
        let snapshot = name.trim_end_matches(".json").replace('/', "__");
        let shown = format!("{drawn}---- json\n{report}---- redacted\n{redacted}");
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(snapshot, shown);
        });
    }
}
