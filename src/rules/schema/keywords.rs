//! The keywords of JSON Schema and the codes of findings about them.

/// The JSON Schema keywords that a value can break, and their codes. A schema that the user brings
/// may have any of them.
const KEYWORDS: [(&str, &str); 31] = [
    ("$ref", "schema-ref"),
    ("additionalItems", "schema-additional-items"),
    ("additionalProperties", "schema-additional-member"),
    ("anyOf", "schema-any-of"),
    ("const", "schema-const"),
    ("contains", "schema-contains"),
    ("contentEncoding", "schema-content-encoding"),
    ("contentMediaType", "schema-content-media-type"),
    ("enum", "schema-enum"),
    ("exclusiveMaximum", "schema-maximum"),
    ("exclusiveMinimum", "schema-minimum"),
    // The schema `false`, which has no keyword.
    ("falseSchema", "schema-false-schema"),
    ("format", "schema-format"),
    ("maxItems", "schema-max-items"),
    ("maxLength", "schema-max-length"),
    ("maxProperties", "schema-max-properties"),
    ("maximum", "schema-maximum"),
    ("minItems", "schema-min-items"),
    ("minLength", "schema-min-length"),
    ("minProperties", "schema-min-properties"),
    ("minimum", "schema-minimum"),
    ("multipleOf", "schema-multiple-of"),
    ("not", "schema-not"),
    ("oneOf", "schema-one-of"),
    ("pattern", "schema-pattern"),
    ("propertyNames", "schema-property-names"),
    ("required", "schema-required"),
    ("type", "schema-type"),
    ("unevaluatedItems", "schema-unevaluated-items"),
    ("unevaluatedProperties", "schema-additional-member"),
    ("uniqueItems", "schema-unique-items"),
];

/// The codes of all keywords. Some appear twice.
pub(in crate::rules) fn codes() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(_, code)| *code)
}

/// The code of a keyword, if it is one of [`KEYWORDS`].
pub(super) fn code_of(keyword: &str) -> Option<&'static str> {
    let mut known = KEYWORDS.iter();
    let (_, code) = known.find(|(known, _)| *known == keyword)?;
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(feature = "custom-schema")]
    use crate::schema::CustomSchema;

    #[test]
    fn keywords_have_codes() {
        for (keyword, code) in [
            ("maxItems", Some("schema-max-items")),
            ("$ref", Some("schema-ref")),
            ("exclusiveMaximum", Some("schema-maximum")),
            ("additionalProperties", Some("schema-additional-member")),
            ("enum", Some("schema-enum")),
            ("title", None),
        ] {
            assert_eq!(code_of(keyword), code);
        }
        assert!(KEYWORDS.is_sorted_by(|a, b| a.0 < b.0));
    }

    /// A schema whose members each ask for another keyword, and a payload that has all of it wrong.
    #[cfg(feature = "custom-schema")]
    #[test]
    fn every_keyword_that_jsonschema_reports_has_a_code() {
        let schema = serde_json::json!({
            "properties": {
                "additionalProperties": { "additionalProperties": false },
                "anyOf": { "anyOf": [{ "type": "null" }] },
                "const": { "const": 1 },
                "contains": { "contains": { "type": "null" } },
                "enum": { "enum": [1] },
                "exclusiveMaximum": { "exclusiveMaximum": 1 },
                "exclusiveMinimum": { "exclusiveMinimum": 1 },
                "falseSchema": false,
                "format": { "format": "date-time" },
                "maxItems": { "maxItems": 0 },
                "maxLength": { "maxLength": 0 },
                "maxProperties": { "maxProperties": 0 },
                "maximum": { "maximum": 0 },
                "minItems": { "minItems": 2 },
                "minLength": { "minLength": 2 },
                "minProperties": { "minProperties": 2 },
                "minimum": { "minimum": 2 },
                "multipleOf": { "multipleOf": 2 },
                "not": { "not": {} },
                "oneOf": { "oneOf": [{}, {}] },
                "pattern": { "pattern": "^b" },
                "propertyNames": { "propertyNames": { "maxLength": 0 } },
                "required": { "required": ["b"] },
                "type": { "type": "null" },
                "unevaluatedItems": { "unevaluatedItems": false },
                "unevaluatedProperties": { "unevaluatedProperties": false },
                "uniqueItems": { "uniqueItems": true }
            }
        });
        let payload = r#"{
            "additionalProperties": { "a": 1 }, "anyOf": 1, "const": 2, "contains": [1], "enum": 2, "exclusiveMaximum": 1, "exclusiveMinimum": 1, "falseSchema": 1,
            "format": "a", "maxItems": [1], "maxLength": "a", "maxProperties": { "a": 1 }, "maximum": 1,
            "minItems": [1], "minLength": "a", "minProperties": { "a": 1 }, "minimum": 1, "multipleOf": 1, "not": 1,
            "oneOf": 1, "pattern": "a", "propertyNames": { "a": 1 }, "required": {}, "type": 1,
            "unevaluatedItems": [1], "unevaluatedProperties": { "a": 1 }, "uniqueItems": [1, 1]
        }"#;
        // These are annotations in the later version.
        let draft_07 = serde_json::json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {
                "additionalItems": { "items": [{}], "additionalItems": false },
                "contentEncoding": { "contentEncoding": "base64" },
                "contentMediaType": { "contentMediaType": "application/json" }
            }
        });
        let draft_07_payload =
            r#"{ "additionalItems": [1, 1], "contentEncoding": "%", "contentMediaType": "%" }"#;
        for (schema, payload, count) in [(schema, payload, 27), (draft_07, draft_07_payload, 3)] {
            let schema = CustomSchema::parse(&schema.to_string()).expect("the schema is one");
            let violations = schema
                .check(&json_document::Document::parse(payload))
                .expect("the library checks what we do not know");
            assert_eq!(violations.len(), count);
            for violation in violations {
                let is_listed = KEYWORDS
                    .iter()
                    .any(|(known, _)| *known == violation.keyword);
                assert!(is_listed, "{}", violation.keyword);
            }
        }
    }
}
