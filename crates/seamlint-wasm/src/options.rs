//! The options that JavaScript passes, as JSON.
//!
//! Read by the engine's own parser: the compressed module of 130 KB would grow by 14 KB with `serde_json`'s
//! reader, and by 6 with derived types over our parser.

use json_document::{Document, Kind, NodeId, quote};
use seamlint::{KnownKeys, Level, Linter, Options, PositionEncoding};

/// Builds the linter of options in JSON, or of the defaults for `""`.
pub(crate) fn linter(json: &str) -> Result<Linter, String> {
    let mut options = parse(json)?;
    options.encoding = PositionEncoding::Utf16;
    Linter::with_options(options).map_err(|error| error.to_string())
}

/// Reads options in JSON, or none for `""`.
pub(crate) fn parse(json: &str) -> Result<Options, String> {
    let mut options = Options::default();
    if !json.is_empty() {
        let document = Document::parse(json);
        for (name, value) in Value::root(&document, "options").members()? {
            read(&mut options, &name, &value)?;
        }
    }
    Ok(options)
}

/// Calls `work` with each text of a list in JSON.
pub(crate) fn each_payload(json: &str, mut work: impl FnMut(&str)) -> Result<(), String> {
    let document = Document::parse(json);
    for payload in Value::root(&document, "payloads").elements()? {
        work(&payload.string()?);
    }
    Ok(())
}

/// Reads one option. Its names and types are in `tests::CheckOptions`.
fn read(options: &mut Options, name: &str, value: &Value<'_>) -> Result<(), String> {
    match name {
        "rules" => {
            for (code, level) in value.members()? {
                let level = match level.string()?.as_str() {
                    "off" => Level::Off,
                    "info" => Level::Info,
                    "warning" => Level::Warning,
                    "error" => Level::Error,
                    _ => return level.expected(r#""off", "info", "warning" or "error""#),
                };
                options.levels.push((code, level));
            }
        }
        "maxPerCode" => {
            let limit = value.count()?;
            options.max_per_code = (limit > 0).then_some(limit);
        }
        "redact" => options.redact = value.flag()?,
        "closedWorld" => options.closed_world = value.flag()?,
        "known" => {
            for known in value.elements()? {
                read_known(&mut options.known, &known)?;
            }
        }
        "context" => {
            for payload in value.elements()? {
                options.known.add_payload(&payload.string()?);
            }
        }
        "now" => options.now = Some(value.string()?),
        _ => return Err(format!("there is no option {}", quote(name))),
    }
    Ok(())
}

/// Adds keys in the form of `KnownKeys::to_json`.
fn read_known(known: &mut KnownKeys, value: &Value<'_>) -> Result<(), String> {
    let mut version = 0;
    for (name, value) in value.members()? {
        match name.as_str() {
            "version" => version = value.count()?,
            "customers" => {
                for (customer, collections) in value.members()? {
                    for (collection, keys) in collections.members()? {
                        for key in keys.elements()? {
                            known
                                .insert(&customer, &collection, &key.string()?)
                                .map_err(|error| format!("{}: {error}", keys.path))?;
                        }
                    }
                }
            }
            _ => {}
        }
    }
    if version != 1 {
        return value.expected("version 1 of known keys");
    }
    Ok(())
}

/// A value of the options, with its path for messages.
struct Value<'d> {
    document: &'d Document<'d>,
    node: NodeId,
    path: String,
}

impl<'d> Value<'d> {
    fn root(document: &'d Document<'d>, name: &str) -> Self {
        Self {
            document,
            node: NodeId::ROOT,
            path: name.to_owned(),
        }
    }

    fn expected<T>(&self, what: &str) -> Result<T, String> {
        Err(format!("{}: {what} was expected", self.path))
    }

    fn child(&self, node: NodeId, name: &str) -> Self {
        Self {
            document: self.document,
            node,
            path: format!("{}.{name}", self.path),
        }
    }

    fn members(&self) -> Result<Vec<(String, Value<'d>)>, String> {
        if self.document.kind(self.node) != Kind::Object {
            return self.expected("an object");
        }
        let member = |node| {
            let name = self.document.name(node).unwrap_or_default().into_owned();
            let value = self.child(node, &name);
            (name, value)
        };
        Ok(self.document.children(self.node).map(member).collect())
    }

    fn elements(&self) -> Result<Vec<Value<'d>>, String> {
        if self.document.kind(self.node) != Kind::Array {
            return self.expected("a list");
        }
        let elements = self.document.children(self.node).enumerate();
        Ok(elements
            .map(|(index, node)| self.child(node, &index.to_string()))
            .collect())
    }

    fn string(&self) -> Result<String, String> {
        match self.document.string(self.node) {
            Some(text) => Ok(text.into_owned()),
            None => self.expected("a string"),
        }
    }

    fn flag(&self) -> Result<bool, String> {
        match self.document.boolean(self.node) {
            Some(flag) => Ok(flag),
            None => self.expected("true or false"),
        }
    }

    fn count(&self) -> Result<usize, String> {
        let text = self.document.number(self.node);
        match text.and_then(|text| text.parse().ok()) {
            Some(count) => Ok(count),
            None => self.expected("a count"),
        }
    }
}

#[cfg(test)]
mod tests {
    use seamlint::Level;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    /// Options of a check.
    // `schema/npm_options.schema.json` and `pkg/src/options.ts` are made from this type: its doc comments
    // are what TypeScript users read.
    #[derive(schemars::JsonSchema)]
    #[schemars(rename_all = "camelCase", deny_unknown_fields)]
    #[expect(dead_code, reason = "only its schema is used")]
    struct CheckOptions {
        /// Overrides the default severity of rules, by code.
        rules: Option<BTreeMap<String, Level>>,
        /// How many findings of one code are listed; all are counted. 0 lists all. Default 1000.
        max_per_code: Option<usize>,
        /// Keeps the values of the payload out of messages.
        redact: Option<bool>,
        /// Keys of resources that exist already, as `keys` returns them.
        known: Option<Vec<Value>>,
        /// Payloads whose resources exist already.
        context: Option<Vec<String>>,
        /// Only resources of the payload, of `known` and of `context` exist: a reference to any other is
        /// an error.
        closed_world: Option<bool>,
        /// The current time in RFC 3339, for `long-past-stay`. No clock is read.
        now: Option<String>,
    }

    fn schema() -> Value {
        let settings = schemars::generate::SchemaSettings::draft2020_12();
        let schema = settings
            .into_generator()
            .into_root_schema_for::<CheckOptions>();
        let mut schema = schema.to_value();
        // Another crate of the build may have asked serde_json for the order of insertion.
        schema.sort_all_objects();
        schema
    }

    #[test]
    fn options_are_those_of_the_schema() {
        let schema = schema();
        let properties = schema["properties"].as_object().expect("properties");
        for name in properties.keys() {
            let options = json!({ name.as_str(): {} });
            let error = crate::check("", b"{}", &options.to_string()).err();
            let is_known =
                error.is_none_or(|error| error.starts_with(&format!("options.{name}: ")));
            assert!(is_known, "{name}");
        }
        let code = include_str!("options.rs");
        let reader = code.split("fn read_known").next().unwrap_or_default();
        let arms = reader
            .lines()
            .filter(|line| line.starts_with("        \""))
            .count();
        assert_eq!(arms, properties.len(), "options that the schema lacks");
    }

    /// The severity of the first finding, of a member that the API does not know.
    fn severity(options: &Value) -> Value {
        let text = r#"{ "customer_key": "c", "customer_keys": ["d"], "rooms": [] }"#;
        let report =
            crate::check("", text.as_bytes(), &options.to_string()).expect("valid options");
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
        let known = crate::keys(json!([payload]).to_string().as_bytes()).expect("keys");
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
            ("1", "options: an object was expected"),
            ("[]", "options: an object was expected"),
            (r#"{"encoding":"utf-8"}"#, "there is no option \"encoding\""),
            (
                r#"{"rules":{"unknown-membr":"off"}}"#,
                "there is no rule \"unknown-membr\"; did you mean \"unknown-member\"?",
            ),
            (
                r#"{"rules":{"schema-type":"loud"}}"#,
                r#"options.rules.schema-type: "off", "info", "warning" or "error" was expected"#,
            ),
            (
                r#"{"now":"today"}"#,
                "\"today\" is not an RFC 3339 date and time",
            ),
            (
                r#"{"redact":1}"#,
                "options.redact: true or false was expected",
            ),
            (
                r#"{"known":[[]]}"#,
                "options.known.0: an object was expected",
            ),
            (
                r#"{"known":[{"version":2,"customers":{}}]}"#,
                "options.known.0: version 1 of known keys was expected",
            ),
            (
                r#"{"known":[{"version":1,"customers":{"c":{"rooms":[1]}}}]}"#,
                "options.known.0.customers.c.rooms.0: a string was expected",
            ),
            (
                r#"{"known":[{"version":1,"customers":{"c":{"romms":["1"]}}}]}"#,
                "options.known.0.customers.c.romms: \"romms\" is no collection",
            ),
            (
                r#"{"context":"{}"}"#,
                "options.context: a list was expected",
            ),
            (
                r#"{"maxPerCode":-1}"#,
                "options.maxPerCode: a count was expected",
            ),
        ] {
            let error = crate::check("", b"{}", options).expect_err(options);
            assert!(error.starts_with(wanted), "{options}: {error}");
        }
        // The linter of earlier options still works.
        assert!(crate::check("", b"{}", "").is_ok());
    }

    /// `SEAMLINT_WRITE=1` writes the file.
    #[test]
    fn the_schema_of_the_options_is_current() {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../schema/npm_options.schema.json"
        );
        let wanted = format!("{:#}\n", schema());
        if std::env::var_os("SEAMLINT_WRITE").is_some() {
            std::fs::write(file, wanted).expect("the repository can be written to");
            return;
        }
        let committed = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            committed == wanted,
            "{file} is stale: SEAMLINT_WRITE=1 cargo test -p seamlint-wasm"
        );
    }
}
