//! Pages and schemas that are made from the code are committed, and are not stale.
//!
//! `cargo xtask docs` writes them anew: it runs these tests with `SEAMLINT_WRITE=1`.

use std::fs;
use std::path::Path;

use seamlint::output::{catalogue, json};

fn is_current(path: &str, wanted: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("SEAMLINT_WRITE").is_some() {
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
        &format!("{:#}\n", seamlint::cli::config_schema()),
    );
}

#[test]
fn the_schema_of_the_report() {
    is_current(
        "schema/report.v1.schema.json",
        &format!("{:#}\n", json::schema()),
    );
}
