//! The schemas of others in `tests/schemas`.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// SARIF's pattern for `language`, which is not written, is no regular expression.
const NO_PATTERN: &str = "\"^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$\"";

/// Holds a document against a schema.
pub(crate) fn valid(document: &Value, schema: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let text = fs::read_to_string(path.join(schema)).expect("the schema is there");
    assert_eq!(text.contains(NO_PATTERN), schema.starts_with("sarif"));
    let schema: Value = serde_json::from_str(&text.replace(NO_PATTERN, "\"\"")).expect("JSON");
    let schema = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema");
    let errors: Vec<String> = schema
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
