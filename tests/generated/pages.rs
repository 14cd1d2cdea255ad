//! Pages and schemas.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::start;
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

/// Rust source with an automaton for each pattern: the states that the automaton of `regex_automata` gets to, as a table.
fn automata(patterns: &[(String, String)]) -> String {
    let mut source = format!(
        "//! The patterns of the embedded schema and their automata, written by `cargo xtask schema`.\n\n\
         /// Patterns, the class of each byte, and what follows in each state on each class and on the end of the text; and how many\n\
         /// these are.\n\
         #[rustfmt::skip]\n\
         pub(super) static AUTOMATA: [(&str, &[u8; 256], &[u8], usize); {}] = [\n",
        patterns.len()
    );
    for (pattern, translated) in patterns {
        let rows = states(translated);
        let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<u8>>();
        let mut distinct: Vec<Vec<u8>> = Vec::new();
        let classes: Vec<u8> = (0..256)
            .map(|byte| {
                let column = column(byte);
                let class = distinct.iter().position(|known| *known == column);
                class.unwrap_or_else(|| {
                    distinct.push(column);
                    distinct.len() - 1
                }) as u8
            })
            .collect();
        distinct.push(column(256));
        let next: Vec<u8> = (0..rows.len())
            .flat_map(|state| distinct.iter().map(move |column| column[state]))
            .collect();
        writeln!(
            source,
            "    ({pattern:?}, b\"{}\", b\"{}\", {}),",
            classes.escape_ascii(),
            next.escape_ascii(),
            distinct.len()
        )
        .expect("a string takes all");
    }
    source + "];\n"
}

/// By state of a pattern's automaton, what follows on each byte and on the end of the text: a state, or what
/// `src/schema/dfa.rs` calls `MATCHED` and `REFUSED`.
fn states(pattern: &str) -> Vec<[u8; 257]> {
    const MATCHED: u8 = 254;
    const REFUSED: u8 = 255;
    let config = dense::Config::new()
        .minimize(true)
        .start_kind(StartKind::Unanchored);
    let dfa = dense::Builder::new().configure(config).build(pattern);
    let dfa = dfa.expect(pattern);
    let start = dfa.start_state(&start::Config::new()).expect(pattern);
    let mut states = vec![start];
    let mut rows = Vec::new();
    while let Some(state) = states.get(rows.len()).copied() {
        let mut row = [REFUSED; 257];
        for byte in 0..=255 {
            // A match is seen one byte late.
            let next = dfa.next_state(state, byte);
            row[usize::from(byte)] = if dfa.is_match_state(next) {
                MATCHED
            } else if dfa.is_dead_state(next) {
                REFUSED
            } else {
                let known = states.iter().position(|known| *known == next);
                let number = known.unwrap_or_else(|| {
                    states.push(next);
                    states.len() - 1
                });
                u8::try_from(number).expect("few states")
            };
        }
        if dfa.is_match_state(dfa.next_eoi_state(state)) {
            row[256] = MATCHED;
        }
        rows.push(row);
    }
    assert!(
        rows.len() < usize::from(MATCHED),
        "{pattern}: too many states"
    );
    rows
}
