//! From OpenAPI 3.0 and 3.1 to JSON Schema 2020-12.

use seamlint::faces::openapi::{self, OpenApiError, is_openapi, parse};
use serde_json::{Value, json};

/// As the function of this name. By way of text: the objects of `serde_json` are sorted.
fn to_json_schema(document: &Value) -> Result<Value, OpenApiError> {
    let document = parse(&document.to_string()).expect("JSON");
    let schema = openapi::to_json_schema(&document)?;
    Ok(serde_json::to_value(schema).expect("JSON"))
}

/// Where the schema of the request stands in [`document`].
const AT: &str = "/paths/~1customers~1push_data/post/requestBody/content/application~1json/schema";

/// A document around the schema of the request and its components.
fn document(version: &str, schema: &Value, components: &Value) -> Value {
    json!({
        "openapi": version,
        "info": { "title": "T", "version": "1" },
        "paths": { "/customers/push_data": { "post": {
            "summary": "Push Customer Data",
            "requestBody": { "content": { "application/json": { "schema": schema } } },
        } } },
        "components": { "schemas": components },
    })
}

fn result(version: &str, schema: &Value, components: &Value) -> Result<Value, OpenApiError> {
    to_json_schema(&document(version, schema, components))
}

/// The translation without what every result has.
fn body(version: &str, schema: &Value) -> Value {
    let mut body = result(version, schema, &json!({})).expect("understood");
    let members = body.as_object_mut().expect("an object");
    members.remove("$schema");
    if members["title"] == "Push Customer Data" {
        members.remove("title");
    }
    body
}

#[track_caller]
fn becomes(version: &str, from: &Value, to: &Value) {
    assert_eq!(&body(version, from), to);
}

#[track_caller]
fn v30(from: &Value, to: &Value) {
    becomes("3.0.3", from, to);
}

#[track_caller]
fn v31(from: &Value, to: &Value) {
    becomes("3.1.0", from, to);
}

/// `place` is below the schema of the request.
#[track_caller]
fn fails(version: &str, schema: &Value, place: &str, keyword: &str, message: &str) {
    let error = result(version, schema, &json!({})).expect_err("not understood");
    assert_eq!(
        error.to_string(),
        format!("{AT}{place}: `{keyword}` {message}")
    );
    assert_eq!(error.pointer(), format!("{AT}{place}"));
    assert_eq!(error.keyword(), keyword);
}

#[test]
fn the_result_says_its_dialect_and_the_summary() {
    let schema = result("3.0.0", &json!({ "type": "object" }), &json!({})).expect("understood");
    assert_eq!(
        schema.to_string(),
        r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Push Customer Data","type":"object"}"#
    );
    let titled = result(
        "3.0.0",
        &json!({ "type": "object", "title": "Own" }),
        &json!({}),
    )
    .expect("understood");
    assert_eq!(titled["title"], "Own");
}

#[test]
fn nullable_beside_a_type_extends_the_type() {
    v30(
        &json!({ "description": "D", "nullable": true, "pattern": "^a$", "type": "string" }),
        &json!({ "description": "D", "pattern": "^a$", "type": ["string", "null"] }),
    );
    v30(
        &json!({ "type": "string", "nullable": false }),
        &json!({ "type": "string" }),
    );
}

#[test]
fn nullable_beside_alternatives_is_one_more_alternative() {
    let null_type = json!({ "type": "null" });
    for keyword in ["oneOf", "anyOf"] {
        v30(
            &json!({ "nullable": true, keyword: [{ "type": "string" }, { "type": "boolean" }] }),
            &json!({ keyword: [{ "type": "string" }, { "type": "boolean" }, null_type] }),
        );
    }
    // Both beside a type: each of the three must let it through.
    v30(
        &json!({ "type": "object", "nullable": true, "anyOf": [{ "type": "object" }] }),
        &json!({ "type": ["object", "null"], "anyOf": [{ "type": "object" }, null_type] }),
    );
}

#[test]
fn nullable_never_makes_two_alternatives_of_one_of_match() {
    // The first branch takes null already: a third one would make `oneOf` refuse it.
    v30(
        &json!({ "description": "D", "nullable": true, "oneOf": [{ "type": "string", "nullable": true }, { "type": "boolean" }] }),
        &json!({ "description": "D", "anyOf": [
            { "oneOf": [{ "type": ["string", "null"] }, { "type": "boolean" }] },
            { "type": "null" },
        ] }),
    );
}

#[test]
fn nullable_beside_all_of_or_not_wraps_the_whole() {
    v30(
        &json!({ "description": "D", "nullable": true, "allOf": [{ "type": "string" }] }),
        &json!({ "description": "D", "anyOf": [{ "allOf": [{ "type": "string" }] }, { "type": "null" }] }),
    );
    v30(
        &json!({ "type": "string", "nullable": true, "not": { "enum": ["a"] } }),
        &json!({ "anyOf": [{ "type": "string", "not": { "enum": ["a"] } }, { "type": "null" }] }),
    );
}

#[test]
fn nullable_extends_an_enum() {
    v30(
        &json!({ "type": "string", "nullable": true, "enum": ["a", "b"] }),
        &json!({ "type": ["string", "null"], "enum": ["a", "b", null] }),
    );
    v30(
        &json!({ "type": "string", "nullable": true, "enum": ["a", null] }),
        &json!({ "type": ["string", "null"], "enum": ["a", null] }),
    );
    v30(
        &json!({ "nullable": true, "enum": [1] }),
        &json!({ "enum": [1, null] }),
    );
}

#[test]
fn nullable_that_says_nothing_or_is_no_flag_is_refused() {
    fails(
        "3.0.0",
        &json!({ "properties": { "a/b": { "nullable": true, "description": "D" } } }),
        "/properties/a~1b/nullable",
        "nullable",
        "stands beside no `type`, `enum`, `oneOf`, `anyOf` or `allOf`, so it says nothing",
    );
    fails(
        "3.0.0",
        &json!({ "type": "string", "nullable": "yes" }),
        "/nullable",
        "nullable",
        "must be true or false, not \"yes\"",
    );
}

#[test]
fn exclusive_bounds_are_flags_in_3_0() {
    v30(
        &json!({ "exclusiveMinimum": true, "minimum": 0, "type": "integer" }),
        &json!({ "exclusiveMinimum": 0, "type": "integer" }),
    );
    v30(
        &json!({ "maximum": 9.5, "exclusiveMaximum": true, "minimum": 1, "exclusiveMinimum": false }),
        &json!({ "exclusiveMaximum": 9.5, "minimum": 1 }),
    );
    fails(
        "3.0.0",
        &json!({ "exclusiveMinimum": true, "maximum": 3 }),
        "/exclusiveMinimum",
        "exclusiveMinimum",
        "is a flag on `minimum`, which is missing beside it",
    );
    fails(
        "3.0.0",
        &json!({ "exclusiveMaximum": 3 }),
        "/exclusiveMaximum",
        "exclusiveMaximum",
        "must be true or false, not 3",
    );
}

#[test]
fn schemas_inside_schemas_are_translated_everywhere() {
    let from = json!({ "type": "string", "nullable": true });
    let to = json!({ "type": ["string", "null"] });
    let around = |inner: &Value| {
        json!({
            "properties": { "nullable": inner, "list": { "type": "array", "items": inner } },
            "additionalProperties": inner,
            "not": inner,
            "allOf": [inner],
            "anyOf": [inner, inner],
            "oneOf": [inner],
        })
    };
    v30(&around(&from), &around(&to));
    for flag in [true, false] {
        v30(
            &json!({ "additionalProperties": flag }),
            &json!({ "additionalProperties": flag }),
        );
    }
}

#[test]
fn annotations_are_kept_and_foreign_members_dropped() {
    let kept = json!({
        "title": "T", "description": "D", "default": null, "deprecated": true, "readOnly": false, "writeOnly": true,
        "format": "float", "type": "number", "multipleOf": 0.5, "uniqueItems": true, "minItems": 0, "maxItems": 1,
        "minProperties": 0, "maxProperties": 1, "minLength": 0, "maxLength": 1, "pattern": "a", "enum": [1],
    });
    let mut more = kept.clone();
    for dropped in ["x-undocumented", "xml", "externalDocs", "discriminator"] {
        more[dropped] = json!({ "nullable": 1 });
    }
    v30(&more, &kept);
    v31(&more, &kept);
    v30(
        &json!({ "example": { "nullable": true }, "type": "object" }),
        &json!({ "examples": [{ "nullable": true }], "type": "object" }),
    );
    v31(
        &json!({ "example": 1, "examples": [2] }),
        &json!({ "examples": [1, 2] }),
    );
}

#[test]
fn unknown_keywords_are_refused_by_name_and_place() {
    fails(
        "3.0.0",
        &json!({ "items": { "anyOf": [{}, { "patternProperties": {} }] } }),
        "/items/anyOf/1/patternProperties",
        "patternProperties",
        "is not a schema keyword that is understood in OpenAPI 3.0",
    );
    fails(
        "3.1.0",
        &json!({ "$dynamicRef": "#node" }),
        "/$dynamicRef",
        "$dynamicRef",
        "is not a schema keyword that is understood in OpenAPI 3.1",
    );
    fails(
        "3.1.0",
        &json!({ "type": "string", "nullable": true }),
        "/nullable",
        "nullable",
        "is not a keyword of OpenAPI 3.1: add \"null\" to the list under `type`",
    );
}

#[test]
fn values_of_the_wrong_type_are_refused() {
    for (schema, place, keyword, message) in [
        (
            json!({ "minLength": "1" }),
            "/minLength",
            "minLength",
            "must be a whole number, not negative, not \"1\"",
        ),
        (
            json!({ "maxItems": -1 }),
            "/maxItems",
            "maxItems",
            "must be a whole number, not negative, not -1",
        ),
        (
            json!({ "multipleOf": 0 }),
            "/multipleOf",
            "multipleOf",
            "must be a number above zero, not 0",
        ),
        (
            json!({ "minimum": "0" }),
            "/minimum",
            "minimum",
            "must be a number, not \"0\"",
        ),
        (
            json!({ "pattern": {} }),
            "/pattern",
            "pattern",
            "must be a string, not an object",
        ),
        (
            json!({ "description": ["D"] }),
            "/description",
            "description",
            "must be a string, not an array",
        ),
        (
            json!({ "uniqueItems": 1 }),
            "/uniqueItems",
            "uniqueItems",
            "must be true or false, not 1",
        ),
        (
            json!({ "required": true }),
            "/required",
            "required",
            "must be a list of member names, not true",
        ),
        (
            json!({ "required": [1] }),
            "/required",
            "required",
            "must be a list of member names, not an array",
        ),
        (
            json!({ "enum": "a" }),
            "/enum",
            "enum",
            "must be a list, not \"a\"",
        ),
        (
            json!({ "oneOf": [] }),
            "/oneOf",
            "oneOf",
            "must be a list of one or more schemas, not an array",
        ),
        (
            json!({ "allOf": {} }),
            "/allOf",
            "allOf",
            "must be a list of one or more schemas, not an object",
        ),
        (
            json!({ "properties": [] }),
            "/properties",
            "properties",
            "must be an object of schemas, not an array",
        ),
        (
            json!({ "items": [{}] }),
            "/items",
            "items",
            "must be a schema, not an array",
        ),
        (
            json!({ "not": true }),
            "/not",
            "not",
            "must be a schema, not true",
        ),
        (
            json!({ "additionalProperties": 1 }),
            "/additionalProperties",
            "additionalProperties",
            "must be a schema, not 1",
        ),
        (
            json!({ "properties": { "a": 1 } }),
            "/properties/a",
            "a",
            "must be a schema, not 1",
        ),
    ] {
        fails("3.0.0", &schema, place, keyword, message);
    }
    for wrong in [json!("null"), json!("text"), json!(["string"]), json!(1)] {
        fails(
            "3.0.0",
            &json!({ "type": wrong }),
            "/type",
            "type",
            &format!(
                "must be one of array, boolean, integer, number, object, string in OpenAPI 3.0, not {wrong}"
            ),
        );
    }
}

#[test]
fn references_become_definitions_and_only_those_reached() {
    let schema = result(
        "3.0.0",
        &json!({ "properties": { "a": { "$ref": "#/components/schemas/Node", "description": "D", "x-y": 1 } } }),
        &json!({
            "Unused": { "nonsense": 1 },
            "Leaf": { "type": "string", "nullable": true },
            "Node": { "properties": {
                "children": { "type": "array", "items": { "$ref": "#/components/schemas/Node" } },
                "leaf": { "$ref": "#/components/schemas/Leaf" },
            } },
        }),
    )
    .expect("understood");
    assert_eq!(
        schema["properties"]["a"],
        json!({ "$ref": "#/$defs/Node", "description": "D" })
    );
    assert_eq!(
        schema["$defs"],
        json!({
            "Node": { "properties": {
                "children": { "type": "array", "items": { "$ref": "#/$defs/Node" } },
                "leaf": { "$ref": "#/$defs/Leaf" },
            } },
            "Leaf": { "type": ["string", "null"] },
        })
    );
    jsonschema::meta::validate(&schema).expect("a JSON Schema");
}

#[test]
fn references_go_to_any_place_and_names_stay_apart() {
    let schema = result(
        "3.1.0",
        &json!({
            "$ref": "#/components/schemas/A",
            "properties": {
                "deep": { "$ref": "#/components/schemas/A/properties/b" },
                "own": { "$ref": "#/components/schemas/A/$defs/own" },
                "dotted": { "$ref": "#/components/schemas/A.properties.b" },
                "odd": { "$ref": "#/components/schemas/odd%20name" },
            },
        }),
        &json!({
            "A": { "properties": { "b": { "type": "string" } }, "$defs": { "own": { "const": 1 } } },
            "A.properties.b": { "type": "boolean" },
            "odd name": true,
        }),
    )
    .expect("understood");
    assert_eq!(
        schema["$defs"].to_string(),
        json!({
            "A": { "properties": { "b": { "type": "string" } } },
            "A.properties.b": { "type": "string" },
            "A._defs.own": { "const": 1 },
            "A.properties.b-2": { "type": "boolean" },
            "odd_name": true,
        })
        .to_string()
    );
    assert_eq!(
        schema["properties"]["dotted"]["$ref"],
        "#/$defs/A.properties.b-2"
    );
}

#[test]
fn references_that_cannot_be_followed_are_refused() {
    for (reference, message) in [
        (
            "#/components/schemas/Nowhere",
            "to #/components/schemas/Nowhere points at nothing",
        ),
        (
            "#/components/schemas/%zz",
            "to #/components/schemas/%zz is not a JSON Pointer",
        ),
        (
            "other.yaml#/A",
            "to other.yaml#/A leaves the document: only references such as #/components/schemas/NAME are followed",
        ),
        (
            "#anchor",
            "to #anchor leaves the document: only references such as #/components/schemas/NAME are followed",
        ),
    ] {
        fails(
            "3.0.0",
            &json!({ "$ref": reference }),
            "/$ref",
            "$ref",
            message,
        );
    }
    fails(
        "3.0.0",
        &json!({ "$ref": 1 }),
        "/$ref",
        "$ref",
        "must be a string, not 1",
    );
    // OpenAPI 3.0 ignores what stands beside a reference; its author did not mean that.
    let schema = json!({ "items": { "nullable": true, "$ref": "#/components/schemas/A" } });
    let error = result("3.0.0", &schema, &json!({ "A": {} })).expect_err("ambiguous");
    assert_eq!(
        error.to_string(),
        format!(
            "{AT}/items/nullable: `nullable` stands beside `$ref`, where OpenAPI 3.0 ignores it: put the `$ref` into an `allOf`"
        )
    );
}

#[test]
fn a_nullable_reference_in_all_of_takes_null() {
    let schema = result(
        "3.0.0",
        &json!({ "properties": { "a": { "nullable": true, "allOf": [{ "$ref": "#/components/schemas/A" }] } } }),
        &json!({ "A": { "type": "string" } }),
    )
    .expect("understood");
    let validator = jsonschema::draft202012::new(&schema).expect("a JSON Schema");
    assert!(validator.is_valid(&json!({ "a": null })));
    assert!(validator.is_valid(&json!({ "a": "x" })));
    assert!(!validator.is_valid(&json!({ "a": 1 })));
}

#[test]
fn recursion_that_never_goes_down_is_refused() {
    let root = json!({ "$ref": "#/components/schemas/A" });
    for components in [
        json!({ "A": { "$ref": "#/components/schemas/A" } }),
        json!({ "A": { "anyOf": [{ "type": "string" }, { "$ref": "#/components/schemas/B" }] },
                "B": { "not": { "allOf": [{ "$ref": "#/components/schemas/A" }] } } }),
    ] {
        let error = result("3.0.0", &root, &components).expect_err("endless");
        assert_eq!(
            error.to_string(),
            "/components/schemas/A: `$ref` leads back to itself without an end"
        );
    }
    // A long chain is none, in whichever order it stands.
    let mut chain = json!({ "L0": { "type": "string" } });
    for n in 1..3000 {
        chain[format!("L{n}")] = json!({ "$ref": format!("#/components/schemas/L{}", n - 1) });
    }
    result(
        "3.0.0",
        &json!({ "$ref": "#/components/schemas/L2999" }),
        &chain,
    )
    .expect("understood");
}

#[test]
fn read_only_members_are_not_required_of_a_request_in_3_0() {
    let schema = json!({
        "properties": { "id": { "type": "string", "readOnly": true }, "name": { "type": "string" } },
        "required": ["id", "name"],
    });
    assert_eq!(body("3.0.0", &schema)["required"], json!(["name"]));
    assert_eq!(body("3.0.0", &schema)["properties"]["id"]["readOnly"], true);
    assert_eq!(body("3.1.0", &schema)["required"], json!(["id", "name"]));

    let referred = result(
        "3.0.0",
        &json!({ "properties": { "id": { "$ref": "#/components/schemas/Id" } }, "required": ["id"] }),
        &json!({ "Id": { "type": "string", "readOnly": true } }),
    )
    .expect("understood");
    assert_eq!(referred.get("required"), None);
}

#[test]
fn schemas_of_3_1_pass_through() {
    let schema = json!({
        "$comment": "C",
        "type": ["object", "null"],
        "properties": { "a": { "type": "integer", "exclusiveMinimum": 0, "maximum": 9 }, "b": true, "c": { "const": null } },
        "patternProperties": { "^x": { "contentEncoding": "base64", "contentMediaType": "text/plain", "contentSchema": false } },
        "propertyNames": { "maxLength": 3 },
        "dependentRequired": { "a": ["b"] },
        "dependentSchemas": { "a": { "minProperties": 1 } },
        "if": { "required": ["a"] }, "then": {}, "else": { "unevaluatedProperties": false },
        "items": { "prefixItems": [{ "type": "null" }], "contains": {}, "minContains": 1, "maxContains": 2, "unevaluatedItems": {} },
        "required": [],
    });
    let mut expected = schema.clone();
    expected
        .as_object_mut()
        .expect("an object")
        .remove("required");
    v31(&schema, &expected);
    v31(&json!(true), &json!({}));
    v31(&json!(false), &json!({ "not": {} }));
    v31(
        &json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string" }),
        &json!({ "type": "string" }),
    );
    fails(
        "3.1.0",
        &json!({ "exclusiveMinimum": true }),
        "/exclusiveMinimum",
        "exclusiveMinimum",
        "must be a number, not true",
    );
    fails(
        "3.1.0",
        &json!({ "dependentRequired": { "a": "b" } }),
        "/dependentRequired",
        "dependentRequired",
        "must be an object of lists of member names, not an object",
    );
    fails(
        "3.1.0",
        &json!({ "$schema": "http://json-schema.org/draft-07/schema#" }),
        "/$schema",
        "$schema",
        "is http://json-schema.org/draft-07/schema#; of the dialects of JSON Schema only 2020-12 is understood",
    );
    fails(
        "3.1.0",
        &json!({ "type": ["string", "text"] }),
        "/type",
        "type",
        "must be one of array, boolean, integer, null, number, object, string, or a list of those, not [\"string\",\"text\"]",
    );
}

#[test]
fn the_body_may_be_a_reference() {
    let mut document = document("3.0.0", &json!({}), &json!({}));
    document["paths"]["/customers/push_data"]["post"]["requestBody"] =
        json!({ "$ref": "#/components/requestBodies/Push" });
    document["components"]["requestBodies"] = json!({
        "Push": { "$ref": "#/components/requestBodies/Real" },
        "Real": { "content": { "Application/JSON; charset=utf-8": { "schema": { "type": "object", "nonsense": 1 } } } },
    });
    assert_eq!(
        to_json_schema(&document)
            .expect_err("not understood")
            .to_string(),
        "/components/requestBodies/Real/content/Application~1JSON; charset=utf-8/schema/nonsense: \
         `nonsense` is not a schema keyword that is understood in OpenAPI 3.0"
    );
    document["components"]["requestBodies"]["Real"] =
        json!({ "$ref": "#/components/requestBodies/Push" });
    assert_eq!(
        to_json_schema(&document).expect_err("endless").to_string(),
        "/components/requestBodies/Push/$ref: `$ref` leads back to itself without an end"
    );
}

#[test]
fn a_document_without_the_operation_is_refused() {
    let wanted = "is missing: the schema wanted is that of POST /customers/push_data";
    for (document, expected) in [
        (json!({ "openapi": "3.0.0" }), format!("top level: `paths` {wanted}")),
        (json!({ "openapi": "3.0.0", "paths": {} }), format!("/paths: `/customers/push_data` {wanted}")),
        (
            json!({ "openapi": "3.0.0", "paths": { "/customers/push_data": { "get": {} } } }),
            format!("/paths/~1customers~1push_data: `post` {wanted}"),
        ),
        (
            json!({ "openapi": "3.0.0", "paths": { "/customers/push_data": { "post": {} } } }),
            format!("/paths/~1customers~1push_data/post: `requestBody` {wanted}"),
        ),
        (
            json!({ "openapi": "3.0.0", "paths": { "/customers/push_data": { "post": { "requestBody": {
                "content": { "application/xml": { "schema": {} } } } } } } }),
            format!("/paths/~1customers~1push_data/post/requestBody/content: `application/json` {wanted}"),
        ),
        (
            json!({ "openapi": "3.0.0", "paths": { "/customers/push_data": { "post": { "requestBody": {
                "content": { "application/json": {} } } } } } }),
            format!("/paths/~1customers~1push_data/post/requestBody/content/application~1json: `schema` {wanted}"),
        ),
        (json!([]), "top level: `openapi` is missing: this is not an OpenAPI document".to_owned()),
        (
            json!({ "swagger": "2.0" }),
            "top level: `swagger` is not supported: convert the document to OpenAPI 3".to_owned(),
        ),
        (
            json!({ "openapi": "3.2.0" }),
            "/openapi: `openapi` is 3.2.0; 3.0 and 3.1 are understood".to_owned(),
        ),
        (
            json!({ "openapi": 3.1 }),
            "/openapi: `openapi` must be a version in quotes, not 3.1".to_owned(),
        ),
        (
            json!({ "openapi": "3.1.0", "jsonSchemaDialect": "https://example.com/own" }),
            "/jsonSchemaDialect: `jsonSchemaDialect` is https://example.com/own; of the dialects of JSON Schema only \
             2020-12 is understood"
                .to_owned(),
        ),
    ] {
        assert_eq!(to_json_schema(&document).expect_err("refused").to_string(), expected);
    }
}

#[test]
fn documents_and_schemas_are_distinguished() {
    for (text, wanted) in [
        (r#"{ "openapi": "3.1.0" }"#, true),
        (r#"{ "swagger": "2.0" }"#, true),
        (
            r#"{ "$schema": "https://json-schema.org/draft/2020-12/schema" }"#,
            false,
        ),
        ("true", false),
    ] {
        assert_eq!(is_openapi(&parse(text).expect("JSON")), wanted, "{text}");
    }
}

#[test]
fn json_and_yaml_are_read_alike() {
    let json = parse("\u{feff}{ \"b\": [1, 1.5, null, \"yes\"], \"a\": { \"200\": true } }")
        .expect("JSON");
    let yaml = parse("b:\n  - 1\n  - 1.5\n  - null\n  - yes\na:\n  200: true\n").expect("YAML");
    assert_eq!(
        json.to_string(),
        r#"{"b":[1,1.5,null,"yes"],"a":{"200":true}}"#
    );
    assert_eq!(yaml.to_string(), json.to_string());
    let shared =
        parse("a: &shared\n  type: string\nb: *shared\nc:\n  <<: *shared\n  minLength: 1\n")
            .expect("YAML");
    assert_eq!(
        serde_json::to_value(shared).expect("JSON"),
        json!({ "a": { "type": "string" }, "b": { "type": "string" }, "c": { "type": "string", "minLength": 1 } })
    );
}

#[test]
fn texts_that_are_neither_say_where() {
    assert_eq!(
        parse("{ \"a\": 1,\n  \"b\": }x")
            .expect_err("refused")
            .to_string(),
        "neither JSON nor YAML: expected value at line 2 column 8"
    );
    let error = parse("a: 1\nb: [1\nc: 2\n")
        .expect_err("refused")
        .to_string();
    assert!(error.starts_with("not YAML: "), "{error}");
    assert!(error.contains("line ") && !error.contains('\n'), "{error}");
}

#[test]
fn depth_is_refused_and_never_overflows_the_stack() {
    for text in ["[", "- ", "{\"a\":", "? "] {
        parse(&text.repeat(100_000)).expect_err("refused");
    }
    // As deep as the parser lets through.
    let levels = 110;
    let text = document("3.0.0", &json!({ "not": "HERE" }), &json!({})).to_string();
    let deep = text.replace(
        "\"HERE\"",
        &format!("{}{{}}{}", "{\"not\":".repeat(levels), "}".repeat(levels)),
    );
    let document = parse(&deep).expect("JSON");
    openapi::to_json_schema(&document).expect("understood");
}

#[test]
fn members_keep_the_order_of_the_document() {
    let document = r##"{ "openapi": "3.0.0", "paths": { "/customers/push_data": { "post": { "requestBody": { "content": {
        "application/json": { "schema": {
            "type": "object", "nullable": true, "description": "D",
            "properties": { "z": { "type": "string", "maxLength": 2, "example": "e" }, "a": { "$ref": "#/components/schemas/B" } },
            "anyOf": [{}]
        } }
    } } } } }, "components": { "schemas": { "A": {}, "B": { "not": {}, "items": {} } } } }"##;
    let schema = openapi::to_json_schema(&parse(document).expect("JSON")).expect("understood");
    assert_eq!(
        schema.to_string(),
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":[\"object\",\"null\"],\
         \"description\":\"D\",\"properties\":{\"z\":{\"type\":\"string\",\"maxLength\":2,\"examples\":[\"e\"]},\
         \"a\":{\"$ref\":\"#/$defs/B\"}},\"anyOf\":[{},{\"type\":\"null\"}],\"$defs\":{\"B\":{\"not\":{},\"items\":{}}}}"
    );
}
