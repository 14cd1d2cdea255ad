//! What the documents say that JSON is made of, section by section, and what is found at each limit:
//! `tests/data/conformance`, each with an outside judge where there is one.
//!
//! The limit of 4 GiB has no row, for a text of that size is more than a test machine holds: that a longer
//! text is one finding is tested in `json-document` with a limit of one byte, by the same comparison, and below that
//! no offset can be too large, because the limit is the largest offset.

use json_document::{Document, Kind, MAX_BYTES, NodeId, pointer};
use seamlint::Linter;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn rows<Row: DeserializeOwned>(text: &str) -> Vec<Row> {
    #[derive(Deserialize)]
    struct Table<Row> {
        row: Vec<Row>,
    }
    let table: Table<Row> = toml::from_str(text).expect("a table");
    table.row
}

/// The codes of what is found, in order of their names and without repetition.
fn codes(payload: &str) -> Vec<String> {
    let report = Linter::new().check(payload);
    let codes = report.iter().map(|found| found.code.to_string());
    let mut codes: Vec<String> = codes.filter(|code| code != "unknown-member").collect();
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn rfc_8259_json() {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        section: String,
        text: String,
        errors: Vec<String>,
        readers: Option<bool>,
        why: Option<String>,
    }
    for row in rows::<Row>(include_str!("../data/conformance/rfc8259.toml")) {
        let Row { section, text, .. } = &row;
        let document = Document::parse(text);
        let errors = document.syntax_errors().iter();
        let errors: Vec<String> = errors.map(|error| format!("{:?}", error.kind)).collect();
        assert_eq!(errors, row.errors, "section {section}: {text:?}");
        let is_read = serde_json::from_str::<Value>(text).is_ok();
        let is_alike = is_read == errors.is_empty();
        assert_eq!(
            is_alike,
            row.readers.unwrap_or(true),
            "section {section}: {text:?}"
        );
        assert_eq!(is_alike, row.why.is_none(), "section {section}: {text:?}");
    }
}

#[test]
fn rfc_6901_json_pointer() {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        section: String,
        document: Option<String>,
        pointer: String,
        value: Option<String>,
    }
    let example = r#"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#;
    for row in rows::<Row>(include_str!("../data/conformance/rfc6901.toml")) {
        let place = format!("section {}: {:?}", row.section, row.pointer);
        let text = row.document.as_deref().unwrap_or(example);
        let document = Document::parse(text);
        let found = pointer::find(&document, &row.pointer);
        assert_eq!(
            found.map(|id| document.raw(id)),
            row.value.as_deref(),
            "{place}"
        );
        if let Some(id) = found {
            assert_eq!(pointer::of(&document, id), row.pointer, "{place}");
        }
        let value: Value = serde_json::from_str(text).expect("JSON");
        let theirs = value.pointer(&row.pointer).map(Value::to_string);
        assert_eq!(theirs, row.value, "{place}, serde_json");
    }
    let document = Document::parse(example);
    assert_eq!(pointer::find(&document, ""), Some(NodeId::ROOT));
    assert_eq!(pointer::of(&document, NodeId::ROOT), "");
}

#[test]
fn rfc_3339_date_time() {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        section: String,
        text: String,
        valid: bool,
        readers: Option<bool>,
        why: Option<String>,
    }
    for row in rows::<Row>(include_str!("../data/conformance/rfc3339.toml")) {
        let Row { section, text, .. } = &row;
        let payload = format!(
            r#"{{"customer_key":"c","reservations":[{{"reservation_key":"r","starts_at":"{text}"}}]}}"#
        );
        let report = Linter::new().check(&payload);
        // What the RFC has and the server refuses has a code of its own.
        let refused = report.iter().find(|found| found.code == "schema-format");
        assert_eq!(
            refused.is_none(),
            row.valid,
            "section {section}: {text:?}: {refused:?}"
        );
        // jiff takes more, and hardly anything less.
        let is_read = text.parse::<jiff::Timestamp>().is_ok();
        assert!(
            is_read || !row.valid || row.readers == Some(false),
            "section {section}: {text:?}"
        );
        assert_eq!(
            row.readers.is_none(),
            row.why.is_none(),
            "section {section}"
        );
    }
}

#[test]
fn rfc_7493_i_json() {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        section: String,
        text: String,
        codes: Vec<String>,
    }
    for Row {
        section,
        text,
        codes: wanted,
    } in rows::<Row>(include_str!("../data/conformance/rfc7493.toml"))
    {
        let payload =
            format!(r#"{{"customer_key":"c","sites":[{{"site_key":"s","name":"S"}}],"x":{text}}}"#);
        assert_eq!(codes(&payload), wanted, "section {section}: {text:?}");
    }
}

#[test]
fn rfc_8785_numbers() {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        bits: String,
        text: String,
    }
    for Row { bits, text } in rows::<Row>(include_str!("../data/conformance/rfc8785.toml")) {
        let document = Document::parse(&text);
        assert!(document.is_json(), "{text}");
        assert_eq!(document.kind(NodeId::ROOT), Kind::Number, "{text}");
        let number: f64 = document
            .number(NodeId::ROOT)
            .and_then(|number| number.parse().ok())
            .expect("a number");
        let wanted = u64::from_str_radix(&bits, 16).expect("hexadecimal");
        assert_eq!(number.to_bits(), wanted, "{text}");
        let shortest = format!("{number:?}");
        let document = Document::parse(&shortest);
        assert!(document.is_json(), "{shortest}");
        let again: f64 = document
            .number(NodeId::ROOT)
            .and_then(|number| number.parse().ok())
            .expect("a number");
        assert_eq!(again.to_bits(), wanted, "{text}, as {shortest}");
    }
}

#[test]
fn what_is_found_at_each_limit() {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        what: String,
        r#where: String,
        unit: String,
        count: usize,
        codes: Vec<String>,
    }
    for row in rows::<Row>(include_str!("../data/conformance/limits.toml")) {
        let many = row.unit.repeat(row.count);
        let metadata = match row.r#where.as_str() {
            "entries" => {
                let entries = (0..row.count).map(|at| format!(r#""{}{at}":"v""#, row.unit));
                entries.collect::<Vec<String>>().join(",")
            }
            "name" => format!(r#""{many}":"v""#),
            "text" => format!(r#""name":"{many}""#),
            _ => String::new(),
        };
        let value = if row.r#where == "value" {
            format!(r#","x":{many}{}"#, "]".repeat(row.count))
        } else {
            String::new()
        };
        let payload = format!(
            r#"{{"customer_key":"c","property_listings":[{{"property_listing_key":"p","name":"P","custom_metadata":{{{metadata}}}}}]{value}}}"#
        );
        assert_eq!(codes(&payload), row.codes, "{}", row.what);
    }
}

/// Offsets have 32 bits: what is not longer than the limit has none that does not fit.
#[test]
fn the_longest_text_has_offsets_that_fit() {
    assert_eq!(u32::try_from(MAX_BYTES), Ok(u32::MAX));
}
