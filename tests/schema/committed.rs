//! The committed JSON Schema: valid, and meaning what the published document means. That it is
//! current is a test of `generated`.

use seamlint::faces::openapi;
use serde_json::{Value, json};

const COMMITTED: &str = include_str!("../../schema/push_data.schema.json");

fn committed() -> Value {
    serde_json::from_str(COMMITTED).expect("schema/push_data.schema.json is JSON")
}

#[test]
fn a_derived_schema_that_cannot_be_embedded_is_an_error() {
    let patterns =
        seamlint::faces::schema_patterns(COMMITTED).expect("the committed schema is embedded");
    assert!(!patterns.is_empty());
    for (schema, message) in [
        (
            r#"{"properties":{"a":{"pattern":"[b-a]"}}}"#,
            "at \"/properties/a/pattern\": the pattern \"[b-a]\" is invalid: \
             invalid character class range, the start must be <= the end",
        ),
        (
            r#"{"contains":{}}"#,
            "at \"/contains\": unknown keyword \"contains\"",
        ),
    ] {
        let error = seamlint::faces::schema_patterns(schema).expect_err(schema);
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn the_committed_schema_conforms_to_its_meta_schema() {
    let schema = committed();
    assert_eq!(schema["$schema"], openapi::META_SCHEMA);
    jsonschema::meta::validate(&schema).expect("the schema is one of its dialect");
}

/// Holds a payload with `members` beside its `customer_key` against the committed schema.
fn accepts(members: &Value) -> bool {
    let validator = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&committed())
        .expect("the schema compiles");
    let mut payload = json!({ "customer_key": "c" });
    for (name, value) in members.as_object().expect("members") {
        payload[name] = value.clone();
    }
    validator.is_valid(&payload)
}

fn space(members: &Value) -> Value {
    let mut space = json!({ "space_key": "s", "name": "S" });
    for (name, value) in members.as_object().expect("members") {
        space[name] = value.clone();
    }
    json!({ "spaces": [space] })
}

fn listing(custom_metadata: &Value) -> Value {
    json!({ "property_listings": [
        { "property_listing_key": "p", "name": "P", "custom_metadata": custom_metadata },
    ] })
}

#[test]
fn null_is_taken_where_the_document_says_nullable_and_nowhere_else() {
    for accepted in [
        space(&json!({ "customer_data": { "time_zone": null } })),
        space(&json!({ "customer_data": { "address": null, "default_checkin_time": null } })),
        listing(&json!({ "a": null, "b": "text", "c": false })),
    ] {
        assert!(accepts(&accepted), "{accepted}");
    }
    for refused in [
        json!({ "rooms": null }),
        json!({ "customer_key": null }),
        json!({ "guests": [{ "guest_key": "g", "name": "G", "email_address": null }] }),
        space(&json!({ "geolocation": null })),
        space(&json!({ "customer_data": null })),
        listing(&json!(null)),
    ] {
        assert!(!accepts(&refused), "{refused}");
    }
}

#[test]
fn bounds_patterns_and_alternatives_mean_what_the_document_means() {
    for accepted in [
        json!({}),
        space(&json!({ "duration_minutes": 1 })),
        space(&json!({ "duration_minutes": 30.0 })),
        space(&json!({ "customer_data": { "default_checkin_time": "09:00" } })),
        listing(&json!({ "a": "x".repeat(500) })),
        json!({ "reservations": [{ "reservation_key": "r", "starts_at": "2026-11-23T15:00:00Z" }] }),
    ] {
        assert!(accepts(&accepted), "{accepted}");
    }
    for refused in [
        json!({ "customer_key": "" }),
        space(&json!({ "duration_minutes": 0 })),
        space(&json!({ "duration_minutes": 1.5 })),
        space(&json!({ "customer_data": { "default_checkin_time": "9:00" } })),
        listing(&json!({ "a": "x".repeat(501) })),
        listing(&json!({ "a": 1 })),
        json!({ "reservations": [{ "reservation_key": "r", "starts_at": "2026-11-23" }] }),
        json!({ "rooms": [{ "name": "without a key" }] }),
    ] {
        assert!(!accepts(&refused), "{refused}");
    }
}
