//! The bindings of the npm package: text in, the JSON report out.
//!
//! Objects do not cross the boundary one by one: as text, their spans, the order and the
//! repetition of their members survive, and it is faster. Offsets and columns are in UTF-16 code
//! units, as JavaScript's strings count. What JavaScript sees of this is `pkg/src`.
//!
//! The functions here are plain and tested natively; [`bindings`] hands them over.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::linter::{Level, Linter, Options, rule};
use crate::output::catalogue;
use crate::payload::known::KnownKeys;
use crate::report::Report;
use crate::text::Encoding;

/// The options of a check, as JSON.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Choices {
    /// Severities by code, over the rules' own.
    rules: BTreeMap<String, Level>,
    /// How many findings of one code are listed; 0 lists all.
    max_per_code: Option<usize>,
    redact: bool,
    /// Known keys, each as the text that [`keys`] gives.
    known: Vec<String>,
    /// Payloads whose resources exist already, each as text.
    context: Vec<String>,
    closed_world: bool,
    now: Option<String>,
}

/// Does something with the linter of some options, in JSON; `""` has the defaults.
fn with_linter<T>(
    options: &str,
    work: impl FnOnce(&Linter) -> Result<T, String>,
) -> Result<T, String> {
    thread_local! {
        /// The latest linter: a form checks at every key with the same options.
        static LATEST: RefCell<Option<(String, Linter)>> = const { RefCell::new(None) };
    }
    LATEST.with_borrow_mut(|latest| {
        let linter = match latest {
            Some((known, linter)) if known == options => linter,
            _ => &mut latest.insert((options.to_owned(), linter(options)?)).1,
        };
        work(linter)
    })
}

fn linter(options: &str) -> Result<Linter, String> {
    let choices: Choices = if options.is_empty() {
        Choices::default()
    } else {
        serde_json::from_str(options).map_err(|error| format!("options: {error}"))?
    };
    let mut built = Options {
        levels: choices.rules,
        redact: choices.redact,
        encoding: Encoding::Utf16,
        closed_world: choices.closed_world,
        now: choices.now,
        ..Options::default()
    };
    if let Some(limit) = choices.max_per_code {
        built.max_per_code = (limit > 0).then_some(limit);
    }
    for known in &choices.known {
        let known = KnownKeys::from_json(known).map_err(|error| format!("known keys: {error}"))?;
        built.known.extend(known);
    }
    for payload in &choices.context {
        built.known.add_payload(payload);
    }
    Linter::with_options(built).map_err(|error| error.to_string())
}

fn written(report: &Report<'_>) -> Result<String, String> {
    serde_json::to_string(report).map_err(|error| error.to_string())
}

fn check(text: &str, options: &str) -> Result<String, String> {
    with_linter(options, |linter| written(&linter.check(text)))
}

fn check_bytes(bytes: &[u8], options: &str) -> Result<String, String> {
    with_linter(options, |linter| written(&linter.check_bytes(bytes)))
}

fn check_resource(kind: &str, text: &str, options: &str) -> Result<String, String> {
    with_linter(options, |linter| {
        let report = linter.check_resource(kind, text);
        written(&report.map_err(|error| error.to_string())?)
    })
}

fn explain(code: &str) -> Result<String, String> {
    let rule = rule(code).map_err(|error| error.to_string())?;
    Ok(catalogue::explain(rule))
}

fn keys(texts: &[String]) -> String {
    let mut known = KnownKeys::new();
    for text in texts {
        known.add_payload(text);
    }
    known.to_json()
}

/// Hands the functions over. An error is a string, of which the JavaScript side makes a
/// `TypeError`.
#[cfg(feature = "wasm")]
mod bindings {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Checks a text: options in JSON, or `""`; gives the JSON report.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options.
    #[wasm_bindgen]
    pub fn check(text: &str, options: &str) -> Result<String, String> {
        super::check(text, options)
    }

    /// As `check`, for bytes, which may not be UTF-8.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options.
    #[wasm_bindgen]
    pub fn check_bytes(bytes: &[u8], options: &str) -> Result<String, String> {
        super::check_bytes(bytes, options)
    }

    /// As `check`, for one resource of a collection, such as `reservations`.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options, or that there is no such collection.
    #[wasm_bindgen]
    pub fn check_resource(kind: &str, text: &str, options: &str) -> Result<String, String> {
        super::check_resource(kind, text, options)
    }

    /// What a rule is about, in Markdown.
    ///
    /// # Errors
    ///
    /// Says that there is no such rule, and which is nearest.
    #[wasm_bindgen]
    pub fn explain(code: &str) -> Result<String, String> {
        super::explain(code)
    }

    /// All rules, in JSON.
    #[must_use]
    #[wasm_bindgen]
    pub fn rules() -> String {
        super::catalogue::json()
    }

    /// The own keys of every resource in payloads, in JSON.
    #[must_use]
    #[wasm_bindgen]
    #[expect(clippy::needless_pass_by_value, reason = "the boundary hands it over")]
    pub fn keys(texts: Vec<String>) -> String {
        super::keys(&texts)
    }

    /// The JSON Schema of a `push_data` body.
    #[must_use]
    #[wasm_bindgen]
    pub fn schema() -> String {
        crate::schema::PUSH_DATA.to_owned()
    }

    /// The versions of the package and of its data, in JSON.
    #[must_use]
    #[wasm_bindgen]
    pub fn version() -> String {
        super::version()
    }
}

fn version() -> String {
    serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "schema": crate::schema::VERSION,
        "iana": crate::time_zone_data(),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn parsed(text: Result<String, String>) -> Value {
        serde_json::from_str(&text.expect("the options are right")).expect("is JSON")
    }

    #[test]
    fn offsets_and_columns_count_as_javascript_does() {
        let text = r#"{"customer_key":"é😀中","rooms":1}"#;
        let report = parsed(check(text, ""));
        let found = &report["files"][0]["diagnostics"][0];
        assert_eq!(found["code"], "schema-type");
        let units: Vec<u16> = text.encode_utf16().collect();
        let at = units.len() - 2;
        assert_eq!(found["range"]["start"]["offset"], at);
        assert_eq!(found["range"]["start"]["column"], at + 1);
        assert_eq!(parsed(check_bytes(text.as_bytes(), "")), report);
    }

    #[test]
    fn options_are_heard() {
        let text = r#"{ "customer_key": "c", "customer_keys": ["d"], "rooms": [] }"#;
        let severity = |options: &Value| {
            let report = parsed(check(text, &options.to_string()));
            report["files"][0]["diagnostics"][0]["severity"].clone()
        };
        assert_eq!(severity(&json!({})), "warning");
        let error = json!({ "rules": { "unknown-member": "error" }, "maxPerCode": 0 });
        assert_eq!(severity(&error), "error");
        let off = json!({ "rules": { "unknown-member": "off" } });
        assert_eq!(severity(&off), Value::Null);
        let all = json!({
            "known": [keys(&[text.to_owned()])], "context": [text], "closedWorld": true,
            "redact": true, "now": "2026-11-23T00:00:00Z",
        });
        assert_eq!(severity(&all), "warning");
    }

    #[test]
    fn options_that_make_no_sense_are_named() {
        for (options, wanted) in [
            (r#"{"rule":{}}"#, "unknown field `rule`"),
            (
                r#"{"rules":{"unknown-membr":"off"}}"#,
                "did you mean \"unknown-member\"?",
            ),
            (r#"{"rules":{"schema-type":"loud"}}"#, "unknown variant `loud`"),
            (r#"{"now":"today"}"#, "\"today\" is no RFC 3339 date and time"),
            (r#"{"known":["[]"]}"#, "known keys: "),
            (r#"{"maxPerCode":-1}"#, "invalid value"),
        ] {
            let error = check("{}", options).expect_err(options);
            assert!(error.contains(wanted), "{options}: {error}");
        }
        // What came before still works.
        assert!(check("{}", "").is_ok());
    }

    #[test]
    fn a_resource_is_checked_by_itself() {
        let text = r#"{ "reservation_key": "" }"#;
        let report = parsed(check_resource("reservations", text, ""));
        let found = &report["files"][0]["diagnostics"][0];
        assert_eq!(found["pointer"], "/reservation_key");
        let error = check_resource("reservation", text, "").expect_err("no collection");
        assert_eq!(
            error,
            "there is no collection \"reservation\"; did you mean \"reservations\"?"
        );
    }

    #[test]
    fn the_catalogue_is_there() {
        assert!(explain("schema-type").is_ok_and(|docs| docs.starts_with("schema-type (error")));
        let error = explain("unknown-membr").expect_err("no rule");
        assert!(error.ends_with("did you mean \"unknown-member\"?"), "{error}");
        assert_eq!(parsed(Ok(version()))["version"], env!("CARGO_PKG_VERSION"));
    }
}
