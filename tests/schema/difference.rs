//! What another OpenAPI document says than the committed schema: `cargo xtask schema --diff FILE` prints it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use seamlint::faces::openapi;
use seamlint::{CustomSchema, Linter, Options};
use serde_json::Value;

/// Every scalar of a JSON value by its pointer.
fn scalars(value: &Value, pointer: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                scalars(member, &format!("{pointer}/{name}"), found);
            }
        }
        // The order of required members means nothing.
        Value::Array(elements) if elements.iter().all(Value::is_string) => {
            let mut names: Vec<&str> = elements.iter().filter_map(Value::as_str).collect();
            names.sort_unstable();
            found.insert(pointer.to_owned(), names.join(", "));
        }
        Value::Array(elements) => {
            for (at, element) in elements.iter().enumerate() {
                scalars(element, &format!("{pointer}/{at}"), found);
            }
        }
        scalar => {
            found.insert(pointer.to_owned(), scalar.to_string());
        }
    }
}

/// What a document says beside the committed schema, a line each: `+` what it adds, `-` what it removes, `~` what it changes.
fn difference(document: &str) -> String {
    let document = openapi::parse(document).expect("the document is JSON or YAML");
    let mut schema = openapi::to_json_schema(&document).expect("the document is understood");
    let said_already =
        openapi::merge_additions(&mut schema).expect("the additions are a list of some");
    let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
    let committed = serde_json::from_str(seamlint::PUSH_DATA_SCHEMA).expect("JSON");
    scalars(&committed, "", &mut ours);
    scalars(
        &serde_json::to_value(&schema).expect("a value"),
        "",
        &mut theirs,
    );
    let mut lines = String::new();
    for (pointer, value) in &theirs {
        match ours.get(pointer) {
            None => writeln!(lines, "+ {pointer}: {value}"),
            Some(known) if known != value => writeln!(lines, "~ {pointer}: {known} -> {value}"),
            Some(_) => Ok(()),
        }
        .expect("a string takes all");
    }
    for (pointer, value) in ours
        .iter()
        .filter(|(pointer, _)| !theirs.contains_key(*pointer))
    {
        writeln!(lines, "- {pointer}: {value}").expect("a string takes all");
    }
    for pointer in said_already {
        writeln!(lines, "= {pointer}: schema/additions.yaml need not say it")
            .expect("a string takes all");
    }
    lines
}

fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            fixtures(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            found.push(path);
        }
    }
}

/// The fixtures that have more errors, or other unknown members, by a document than by the committed schema.
fn broken_fixtures(document: &str) -> Vec<String> {
    let mut options = Options::default();
    options.schema = Some(Arc::new(CustomSchema::parse(document).expect("a schema")));
    let theirs = Linter::with_options(options).expect("the options are right");
    let ours = Linter::new();
    let mut paths = Vec::new();
    fixtures(Path::new("tests/fixtures"), &mut paths);
    paths.sort();
    let is_broken = |path: &PathBuf| {
        let bytes = fs::read(path).expect("can be read");
        let count = |linter: &Linter| {
            let counts = linter.check_bytes(&bytes).counts();
            (counts.errors, counts.warnings)
        };
        count(&theirs) != count(&ours)
    };
    let broken = paths.into_iter().filter(is_broken);
    broken.map(|path| path.display().to_string()).collect()
}

fn vendored() -> String {
    fs::read_to_string("schema/push_data.openapi.yaml").expect("is committed")
}

#[test]
fn to_the_document_that_is_named() {
    let Some(path) = env::var_os("SEAMLINT_OPENAPI") else {
        assert_eq!(difference(&vendored()), "");
        assert_eq!(broken_fixtures(&vendored()), [""; 0]);
        return;
    };
    let document = fs::read_to_string(path).expect("the document can be read");
    let mut lines = difference(&document);
    for fixture in broken_fixtures(&document) {
        writeln!(lines, "! {fixture}").expect("a string takes all");
    }
    let out = env::var_os("SEAMLINT_DIFFERENCE").expect("xtask names a file");
    fs::write(out, lines).expect("the file can be written");
}

/// The published document as `--schema` finds what the embedded schema finds, in the same words and with the same fixes.
#[test]
fn the_same_document_gives_the_same_report() {
    let mut options = Options::default();
    options.schema = Some(Arc::new(
        CustomSchema::parse(&vendored()).expect("a schema"),
    ));
    let theirs = Linter::with_options(options).expect("the options are right");
    let ours = Linter::new();
    let mut paths = Vec::new();
    fixtures(Path::new("tests/fixtures"), &mut paths);
    assert!(paths.len() > 60, "{} fixtures", paths.len());
    let mut texts: Vec<Vec<u8>> = paths
        .iter()
        .map(|path| fs::read(path).expect("can be read"))
        .collect();
    texts.extend(
        seamlint::RULES
            .iter()
            .flat_map(|rule| rule.examples())
            .map(|example| example.text.into()),
    );
    for text in texts {
        let report =
            |linter: &Linter| serde_json::to_value(linter.check_bytes(&text)).expect("a report");
        assert_eq!(
            report(&theirs),
            report(&ours),
            "{}",
            String::from_utf8_lossy(&text)
        );
    }
}

#[test]
fn is_what_was_changed() {
    let newer = vendored()
        .replacen("                customer_key:", "                customer_name:\n                  type: string\n                customer_key:", 1)
        .replacen("List of bookings.", "All bookings.", 1);
    let difference = difference(&newer);
    let wanted = "~ /properties/bookings/description: \"List of bookings.\" -> \"All bookings.\"\n+ /properties/customer_name/type: \"string\"\n";
    assert_eq!(difference, wanted);
    let stricter = newer.replacen("minLength: 1", "minLength: 900", 1);
    assert!(!broken_fixtures(&stricter).is_empty());
}
