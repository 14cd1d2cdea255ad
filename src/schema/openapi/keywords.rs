//! The keywords of schema objects, and what each may hold.

use super::error::OpenApiError;
use super::value::Value;

/// What a keyword of a schema object holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A schema.
    Schema,
    /// A schema, or `true` or `false`, which are schemas in 3.1.
    SchemaOrFlag,
    /// An array of schemas, not empty.
    Schemas,
    /// An object whose values are schemas.
    SchemaMap,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, not negative.
    Count,
    /// A number above zero.
    Divisor,
    /// An object whose values are arrays of strings.
    NamesMap,
    /// An array of anything.
    Values,
    /// Anything.
    Anything,
    /// Nothing that has a meaning in JSON Schema.
    Nothing,
    /// It depends on the keyword: see the translator.
    Special,
}

/// Keywords that describe values and refuse none.
pub(super) const ANNOTATIONS: [&str; 8] = [
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
];

/// What a keyword holds in OpenAPI 3.0 or 3.1; `None` if that version has no such keyword.
pub(super) fn holds(is_v30: bool, keyword: &str) -> Option<Holds> {
    Some(match keyword {
        "$ref" | "type" | "nullable" | "exclusiveMinimum" | "exclusiveMaximum" | "minimum"
        | "maximum" | "example" | "required" => Holds::Special,
        "title" | "description" | "format" | "pattern" => Holds::Text,
        "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" => Holds::Flag,
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            Holds::Count
        }
        "multipleOf" => Holds::Divisor,
        "enum" => Holds::Values,
        "default" => Holds::Anything,
        "allOf" | "anyOf" | "oneOf" => Holds::Schemas,
        "not" | "items" => Holds::Schema,
        "additionalProperties" => Holds::SchemaOrFlag,
        "properties" => Holds::SchemaMap,
        "xml" | "externalDocs" | "discriminator" => Holds::Nothing,
        _ if keyword.starts_with("x-") => Holds::Nothing,
        _ if is_v30 => return None,
        "$schema" => Holds::Special,
        // What is referred to in it goes to the `$defs` of the result.
        "$defs" => Holds::Nothing,
        "$comment" | "contentEncoding" | "contentMediaType" => Holds::Text,
        "minContains" | "maxContains" => Holds::Count,
        "const" => Holds::Anything,
        "examples" => Holds::Values,
        "prefixItems" => Holds::Schemas,
        "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => Holds::Schema,
        "patternProperties" | "dependentSchemas" => Holds::SchemaMap,
        "dependentRequired" => Holds::NamesMap,
        _ => return None,
    })
}

/// Checks the names under `type`.
pub(super) fn type_names(value: &Value, is_v30: bool, at: &str) -> Result<(), OpenApiError> {
    let known = |name: &Value| match name.as_str() {
        Some("array" | "boolean" | "integer" | "number" | "object" | "string") => true,
        Some("null") => !is_v30,
        _ => false,
    };
    let fine = match value {
        Value::Array(names) => !is_v30 && !names.is_empty() && names.iter().all(known),
        name => known(name),
    };
    if fine {
        return Ok(());
    }
    let expected = if is_v30 {
        "must be one of array, boolean, integer, number, object, string in OpenAPI 3.0"
    } else {
        "must be one of array, boolean, integer, null, number, object, string, or a list of those"
    };
    Err(OpenApiError::new(
        at,
        "type",
        format!("{expected}, not {value}"),
    ))
}

pub(super) fn text<'v>(value: &'v Value, at: &str, keyword: &str) -> Result<&'v str, OpenApiError> {
    value
        .as_str()
        .ok_or_else(|| wrong_type(at, keyword, "a string", value))
}

pub(super) fn flag(value: &Value, at: &str, keyword: &str) -> Result<bool, OpenApiError> {
    value
        .as_bool()
        .ok_or_else(|| wrong_type(at, keyword, "true or false", value))
}

/// The value itself, if it is fine.
pub(super) fn check(
    fine: bool,
    value: &Value,
    at: &str,
    keyword: &str,
    expected: &str,
) -> Result<Value, OpenApiError> {
    if fine {
        Ok(value.clone())
    } else {
        Err(wrong_type(at, keyword, expected, value))
    }
}

pub(super) fn are_names(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|names| names.iter().all(|name| name.as_str().is_some()))
}

pub(super) fn wrong_type(at: &str, keyword: &str, expected: &str, found: &Value) -> OpenApiError {
    // A short scalar is shown itself.
    let found = match found {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 40 => "a long string".to_owned(),
        scalar => scalar.to_string(),
    };
    OpenApiError::new(at, keyword, format!("must be {expected}, not {found}"))
}
