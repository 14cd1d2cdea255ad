//! The options that JavaScript passes.

use std::collections::BTreeMap;

use seamlint::PositionEncoding;
use seamlint::{KnownKeys, Level, Linter, Options};
use serde::Deserialize;

use crate::deserialize::from_json;

/// Options of a check.
// `schema/npm_options.schema.json` and `pkg/src/options.ts` are made from this type: its doc comments
// are what TypeScript users read.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct CheckOptions {
    /// Overrides the default severity of rules, by code.
    rules: BTreeMap<String, Level>,
    /// How many findings of one code are listed; all are counted. 0 lists all. Default 1000.
    max_per_code: Option<usize>,
    /// Keeps the values of the payload out of messages.
    redact: bool,
    /// Keys of resources that exist already, as `keys` returns them.
    #[cfg_attr(test, schemars(with = "Vec<serde_json::Value>"))]
    known: Vec<KnownKeys>,
    /// Payloads whose resources exist already.
    context: Vec<String>,
    /// Only resources of the payload, of `known` and of `context` exist: a reference to any other is
    /// an error.
    closed_world: bool,
    /// The current time in RFC 3339, for `long-past-stay`. No clock is read.
    now: Option<String>,
}

/// Builds the linter of options in JSON, or of the defaults for `""`.
pub(crate) fn linter(json: &str) -> Result<Linter, String> {
    let read = if json.is_empty() {
        CheckOptions::default()
    } else {
        from_json(json).map_err(|error| format!("options{error}"))?
    };
    let mut options = Options::default();
    options.encoding = PositionEncoding::Utf16;
    options.levels = read.rules.into_iter().collect();
    if let Some(limit) = read.max_per_code {
        options.max_per_code = (limit > 0).then_some(limit);
    }
    options.redact = read.redact;
    options.closed_world = read.closed_world;
    options.now = read.now;
    for known in read.known {
        options.known.extend(known);
    }
    for payload in read.context {
        options.known.add_payload(&payload);
    }
    Linter::with_options(options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// The severity of the first finding, of a member that the API does not know.
    fn severity(options: &Value) -> Value {
        let text = r#"{ "customer_key": "c", "customer_keys": ["d"], "rooms": [] }"#;
        let report = crate::check(text.as_bytes(), &options.to_string()).expect("valid options");
        let report: Value = serde_json::from_str(&report).expect("valid JSON");
        report["files"][0]["diagnostics"][0]["severity"].clone()
    }

    #[test]
    fn options_take_effect() {
        assert_eq!(severity(&json!({})), "warning");
        let error = json!({ "rules": { "unknown-member": "error" }, "maxPerCode": 0 });
        assert_eq!(severity(&error), "error");
        let off = json!({ "rules": { "unknown-member": "off" } });
        assert_eq!(severity(&off), Value::Null);
        let payload = r#"{ "customer_key": "c", "rooms": [{ "room_key": "1", "name": "R" }] }"#;
        let known = crate::keys(vec![payload.to_owned()]).expect("keys");
        let all = json!({
            "known": [serde_json::from_str::<Value>(&known).expect("valid JSON")],
            "context": [payload], "closedWorld": true,
            "redact": true, "now": "2026-11-23T00:00:00Z",
        });
        assert_eq!(severity(&all), "warning");
    }

    #[test]
    fn invalid_options_are_named() {
        for (options, wanted) in [
            ("1", "options: expected an object"),
            ("[]", "options: expected an object"),
            (
                r#"{"encoding":"utf-8"}"#,
                "options: there is no option \"encoding\"",
            ),
            (
                r#"{"rules":{"unknown-membr":"off"}}"#,
                "there is no rule \"unknown-membr\"; did you mean \"unknown-member\"?",
            ),
            (
                r#"{"rules":{"schema-type":"loud"}}"#,
                "options.rules.schema-type: unknown variant `loud`, expected one of `off`, `info`, `warning`, `error`",
            ),
            (
                r#"{"now":"today"}"#,
                "\"today\" is no RFC 3339 date and time",
            ),
            (r#"{"redact":1}"#, "options.redact: expected true or false"),
            (r#"{"known":[[]]}"#, "options.known.0: expected an object"),
            (
                r#"{"known":[{"version":2,"customers":{}}]}"#,
                "options.known.0: version 2 of known keys",
            ),
            (
                r#"{"known":[{"version":1,"customers":{"c":{"rooms":[1]}}}]}"#,
                "options.known.0.customers.c.rooms.0: expected a string",
            ),
            (
                r#"{"known":[{"version":1,"customers":{"c":{"romms":["1"]}}}]}"#,
                "options.known.0: \"romms\" is no collection",
            ),
            (r#"{"context":"{}"}"#, "options.context: expected a list"),
            (
                r#"{"maxPerCode":-1}"#,
                "options.maxPerCode: expected a count",
            ),
        ] {
            let error = crate::check(b"{}", options).expect_err(options);
            assert!(error.starts_with(wanted), "{options}: {error}");
        }
        // The linter of earlier options still works.
        assert!(crate::check(b"{}", "").is_ok());
    }

    /// `SEAMLINT_WRITE=1` writes the file; `cargo xtask docs` sets it.
    #[test]
    fn the_schema_of_the_options_is_current() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../schema/npm_options.schema.json");
        let settings = schemars::generate::SchemaSettings::draft2020_12();
        let schema = settings
            .into_generator()
            .into_root_schema_for::<CheckOptions>();
        let wanted = format!("{:#}\n", schema.to_value());
        if std::env::var_os("SEAMLINT_WRITE").is_some() {
            std::fs::write(&file, wanted).expect("the repository can be written to");
            return;
        }
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            committed == wanted,
            "{} is stale: run `cargo xtask docs`",
            file.display()
        );
    }
}
