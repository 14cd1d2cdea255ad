//! Pages and schemas.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use regex_automata::dfa::{StartKind, dense};
use seamlint::faces::output::{catalogue, json};
use seamlint::faces::{openapi, schema_patterns};

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
    let mut schema = openapi::to_json_schema(&document).expect("the document is understood");
    let said_already =
        openapi::merge_additions(&mut schema).expect("the additions are a list of some");
    assert_eq!(
        said_already, [""; 0],
        "remove these from schema/additions.yaml: the document says them itself"
    );
    let derived = serde_json::to_string_pretty(&schema).expect("a JSON value serializes") + "\n";
    let patterns = schema_patterns(&derived).expect("the library knows every keyword");
    is_current("schema/push_data.schema.json", &derived);
    is_current("src/schema/dfa_table.rs", &automata(&patterns));
}

/// Rust source with an automaton for each pattern, in the format of `regex_automata`.
fn automata(patterns: &[(String, String)]) -> String {
    let mut source = format!(
        "//! The patterns of the embedded schema and their automata, written by `cargo xtask schema`.\n\n\
         /// Patterns in the syntax of the `regex` crate, with the bytes of a sparse DFA.\n\
         #[rustfmt::skip]\n\
         pub(super) const AUTOMATA: [(&str, &[u8]); {}] = [\n",
        patterns.len()
    );
    for (_, translated) in patterns {
        let config = dense::Config::new()
            .minimize(true)
            .start_kind(StartKind::Unanchored);
        let dfa = dense::Builder::new().configure(config).build(translated);
        let dfa = dfa.expect(translated).to_sparse().expect(translated);
        // WebAssembly is little-endian.
        let bytes = dfa.to_bytes_little_endian();
        let bytes = bytes.escape_ascii();
        writeln!(source, "    ({translated:?}, b\"{bytes}\"),").expect("a string takes all");
    }
    source + "];\n"
}
