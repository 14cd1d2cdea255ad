//! Every fixture with the report that people and programs get of it.

use std::fs;
use std::path::{Path, PathBuf};

use seamlint::faces::output::{Checked, json, pretty::Pretty};
use seamlint::{Linter, Options};

use crate::support::snapshot;

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
fn snapshots_of_reports() {
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
        let checked =
            |linter: &Linter| Checked::new(name.clone(), linter.check_bytes(&bytes).into_owned());

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
                let is_name = seamlint::PUSH_DATA_SCHEMA.contains(&format!("\"{value}\""));
                let leaks = value.chars().count() > 5 && !is_name && redacted.contains(value);
                assert!(!leaks, "{name}: {value:?} stands in the redacted report");
            }
        }
        let name = name.trim_end_matches(".json").replace('/', "__");
        let shown = format!("{drawn}---- json\n{report}---- redacted\n{redacted}");
        snapshot::assert(&name, &shown);
    }
}

/// A linter reads into the memory of the check before: nothing of that shows in the next.
#[test]
fn recycled_memory_does_not_show() {
    let mut paths = Vec::new();
    files(Path::new("tests/fixtures"), &mut paths);
    let texts: Vec<Vec<u8>> = paths
        .iter()
        .map(|path| fs::read(path).expect("can be read"))
        .collect();
    let report_of = |linter: &Linter, bytes: &[u8]| {
        json_of(Checked::new(String::new(), linter.check_bytes(bytes)))
    };
    let alone: Vec<String> = texts
        .iter()
        .map(|bytes| report_of(&Linter::new(), bytes))
        .collect();
    let shared = Linter::new();
    std::thread::scope(|scope| {
        for step in [1, 7] {
            let (texts, alone, shared) = (&texts, &alone, &shared);
            scope.spawn(move || {
                for at in (0..texts.len() * step).step_by(step) {
                    let at = at % texts.len();
                    assert_eq!(report_of(shared, &texts[at]), alone[at]);
                }
            });
        }
    });
    // Sets take it too, and a resource by itself.
    let set: Vec<(&str, &[u8])> = texts.iter().map(|bytes| ("", bytes.as_slice())).collect();
    let count = |reports: Vec<seamlint::Report<'_>>| -> usize {
        reports.iter().map(|report| report.counts().total()).sum()
    };
    assert_eq!(
        count(shared.check_set(&set)),
        count(Linter::new().check_set(&set))
    );
    assert!(shared.check_resource("rooms", "{}").is_ok());
    assert_eq!(report_of(&shared, &texts[0]), alone[0]);
}
