//! `nullable: true` in the words of JSON Schema.

use std::mem;

use super::error::{OpenApiError, join};
use super::keywords::ANNOTATIONS;
use super::value::{Map, Value};

/// Lets a translated schema admit `null`, as `nullable: true` beside it asks; `at` is the schema's pointer.
pub(super) fn admit_null(mut schema: Map, at: &str) -> Result<Map, OpenApiError> {
    let null_type = Value::object("type", "null");
    if !["type", "enum", "oneOf", "anyOf", "allOf"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword))
    {
        return Err(OpenApiError::new(
            join(at, "nullable"),
            "nullable",
            "stands beside no `type`, `enum`, `oneOf`, `anyOf` or `allOf`, so it says nothing",
        ));
    }
    // With a second branch that admits null, `oneOf` would refuse it.
    let exactly_one = schema
        .get("oneOf")
        .and_then(Value::as_array)
        .is_none_or(|branches| branches.iter().all(refuses_null));
    let plain = exactly_one && !schema.contains_key("allOf") && !schema.contains_key("not");
    if !plain {
        let (mut outside, inside): (Map, Map) = schema
            .into_iter()
            .partition(|(keyword, _)| ANNOTATIONS.contains(&keyword.as_str()));
        outside.insert("anyOf".to_owned(), vec![inside.into(), null_type].into());
        return Ok(outside);
    }
    if let Some(name) = schema.get_mut("type") {
        let only = mem::replace(name, Value::Null);
        *name = vec![only, "null".into()].into();
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(Value::Array(branches)) = schema.get_mut(keyword) {
            branches.push(null_type.clone());
        }
    }
    Ok(schema)
}

/// Whether a translated schema refuses `null` by its `type` or `enum`; `false` if that is not certain.
fn refuses_null(schema: &Value) -> bool {
    let lacks_null = |list: &Value| {
        list.as_array()
            .is_some_and(|list| !list.contains(&Value::Null))
    };
    match (schema.get("type"), schema.get("enum")) {
        (Some(Value::String(name)), _) if name != "null" => true,
        (Some(names), _)
            if names
                .as_array()
                .is_some_and(|names| !names.contains(&"null".into())) =>
        {
            true
        }
        (_, Some(values)) => lacks_null(values),
        _ => false,
    }
}
