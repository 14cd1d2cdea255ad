//! Pages and schemas.

use std::path::{Path, PathBuf};
use std::{env, fs};

use seamlint::faces::output::{catalogue, json};
use seamlint::faces::{embeddable, openapi};

/// Compares a committed file, or writes it where `SEAMLINT_WRITE` is set.
fn is_current(path: &str, wanted: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("SEAMLINT_WRITE").is_some() {
        fs::write(&file, wanted).expect("the repository can be written to");
        return;
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == wanted,
        "{path} is stale: run `cargo xtask docs`"
    );
}

#[test]
fn the_page_of_rules() {
    is_current("docs/rules.md", &catalogue::markdown());
}

#[test]
fn the_rules_for_programs() {
    is_current("schema/rules.json", &catalogue::json());
}

#[test]
fn the_schema_of_the_configuration() {
    is_current(
        "schema/config.schema.json",
        &format!("{:#}\n", seamlint::faces::cli::config_schema()),
    );
}

#[test]
fn the_schema_of_the_report() {
    is_current(
        "schema/report.v1.schema.json",
        &format!("{:#}\n", json::schema()),
    );
}

/// Derives the schema from the vendored OpenAPI document, or from the one that
/// `cargo xtask schema --from` names.
#[test]
fn the_schema_of_the_request() {
    let vendored = || Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/push_data.openapi.yaml");
    let path = env::var_os("SEAMLINT_OPENAPI").map_or_else(vendored, PathBuf::from);
    let text = fs::read_to_string(&path).expect("the document can be read");
    let document = openapi::parse(&text).expect("the document is JSON or YAML");
    assert!(openapi::is_openapi(&document));
    let schema = openapi::to_json_schema(&document).expect("the document is understood");
    let derived = serde_json::to_string_pretty(&schema).expect("a JSON value serializes") + "\n";
    embeddable(derived.clone().leak()).expect("the library knows every keyword");
    is_current("schema/push_data.schema.json", &derived);
}
