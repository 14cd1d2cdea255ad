//! Every keyword at every place where the schema has it: a payload that breaks just that one, and
//! the report says so at that pointer, with that span.

use std::collections::BTreeMap;

use json_document::pointer;
use seamlint::DataField;
use seamlint::Linter;
use seamlint::PUSH_DATA_SCHEMA;
use serde_json::{Map, Value, json};

/// From an object or array to what is in it.
#[derive(Debug, Clone)]
enum Step {
    Member(String),
    Element,
    /// A member that the schema does not name.
    Additional,
}

/// The name of an additional member: one that a pointer has to escape.
const ADDITIONAL: &str = "a/b~c";

/// One break.
#[derive(Debug)]
struct Break {
    keyword: &'static str,
    member: Option<String>,
    /// What stands at the place instead of a valid value.
    value: Value,
}

/// A place of the schema.
struct Place<'s> {
    path: Vec<Step>,
    schema: &'s Value,
}

/// All places, in the order of the schema.
fn places<'s>(schema: &'s Value, path: &mut Vec<Step>, all: &mut Vec<Place<'s>>) {
    all.push(Place {
        path: path.clone(),
        schema,
    });
    let mut inside = |step: Step, schema: &'s Value| {
        path.push(step);
        places(schema, path, all);
        path.pop();
    };
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        inside(Step::Member(name.clone()), property);
    }
    if let Some(items) = schema.get("items") {
        inside(Step::Element, items);
    }
    if let Some(additional) = schema.get("additionalProperties") {
        inside(Step::Additional, additional);
    }
}

/// The smallest value that a schema takes and no other rule remarks on.
fn least(schema: &Value) -> Value {
    if let Some(branches) = schema.get("oneOf") {
        return least(&branches[0]);
    }
    match types(schema)[0] {
        "string" if schema.get("pattern").is_some() => json!("09:00"),
        "string" if schema["format"] == "date-time" => json!("2026-08-12T15:00:00Z"),
        "string" => json!("x"),
        "integer" => json!(30),
        "number" => json!(1.5),
        "array" => json!([]),
        "object" => {
            let required = schema["required"].as_array().into_iter().flatten();
            let members: Map<String, Value> = required
                .filter_map(Value::as_str)
                .map(|name| (name.to_owned(), least(&schema["properties"][name])))
                .collect();
            Value::Object(members)
        }
        other => unreachable!("type {other}"),
    }
}

fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        other => unreachable!("type {other}"),
    }
}

/// A payload with `value` at the end of the path, valid around it; and the pointer to it.
fn around(schema: &Value, path: &[Step], value: &Value, at: &mut String) -> Value {
    let Some((step, rest)) = path.split_first() else {
        return value.clone();
    };
    let mut holder = least(schema);
    let (token, inner) = match step {
        Step::Member(name) => (name.as_str(), &schema["properties"][name]),
        Step::Element => ("0", &schema["items"]),
        Step::Additional => (ADDITIONAL, &schema["additionalProperties"]),
    };
    pointer::push_token(at, token);
    let inner = around(inner, rest, value, at);
    match &mut holder {
        Value::Array(elements) => elements.push(inner),
        Value::Object(members) => {
            members.insert(token.to_owned(), inner);
        }
        other => unreachable!("nothing is inside {other}"),
    }
    holder
}

/// One value of each type.
const VALUES: &[(&str, &str)] = &[
    ("null", "null"),
    ("boolean", "true"),
    ("number", "2.5"),
    ("string", "\"text\""),
    ("array", "[ 1 ]"),
    ("object", "{ \"x\": 1 }"),
];

/// What breaks one keyword of the place and nothing else. Panics at a keyword that it does not
/// know, so that a newer schema is not passed over.
fn breaks(schema: &Value) -> Vec<Break> {
    let mut all = Vec::new();
    let mut add = |keyword, member: Option<&str>, value: Value| {
        all.push(Break {
            keyword,
            member: member.map(str::to_owned),
            value,
        });
    };
    for (keyword, asks) in schema.as_object().expect("a schema is an object") {
        match keyword.as_str() {
            "type" => {
                let types = types(schema);
                for (kind, text) in VALUES {
                    let taken = types.contains(kind);
                    // `2.5` breaks the type of an integer and nothing else.
                    if !taken {
                        let value = serde_json::from_str(text).expect("JSON");
                        add("type", None, value);
                    }
                }
            }
            "required" => {
                for name in asks.as_array().into_iter().flatten() {
                    let name = name.as_str().expect("a name");
                    let mut value = least(schema);
                    let members = value.as_object_mut().expect("an object");
                    members.remove(name);
                    add("required", Some(name), value);
                }
            }
            "minLength" => {
                assert_eq!(*asks, 1);
                add("minLength", None, json!(""));
            }
            "pattern" => {
                for time in ["9:00", "24:00", "09:60", "09:00:60", "noon", "09:00\n"] {
                    add("pattern", None, json!(time));
                }
            }
            "format" if asks == "date-time" => {
                for text in [
                    "2026-08-12",
                    "2026-08-12T15:00",
                    "2026-02-30T15:00:00Z",
                    "now",
                ] {
                    add("format", None, json!(text));
                }
            }
            // OpenAPI's word for the width of a number asks for nothing.
            "format" => assert_eq!(asks, "float"),
            "exclusiveMinimum" => {
                assert_eq!(*asks, 0);
                add("exclusiveMinimum", None, json!(0));
                add("exclusiveMinimum", None, json!(-30));
                add("exclusiveMinimum", None, json!(-1e3));
            }
            "oneOf" => {
                let branches = asks.as_array().expect("branches");
                let is_taken =
                    |kind: &str| branches.iter().any(|branch| types(branch).contains(&kind));
                for (kind, text) in VALUES {
                    if !is_taken(kind) {
                        let value = serde_json::from_str(text).expect("JSON");
                        add("oneOf", None, value);
                    }
                }
                for branch in branches {
                    for keyword in branch.as_object().expect("a branch").keys() {
                        assert!(
                            matches!(keyword.as_str(), "type" | "maxLength"),
                            "{keyword}"
                        );
                    }
                    if let Some(maximum) = branch["maxLength"].as_u64() {
                        let length = maximum as usize + 1;
                        add("oneOf", None, json!("x".repeat(length)));
                        add("oneOf", None, json!("名".repeat(length)));
                    }
                }
            }
            "$schema"
            | "title"
            | "description"
            | "properties"
            | "items"
            | "additionalProperties" => {}
            other => unreachable!("a case for {other}"),
        }
    }
    all
}

#[test]
fn each_keyword_is_reported_where_it_is_broken() {
    let schema: Value = serde_json::from_str(PUSH_DATA_SCHEMA).expect("the schema is JSON");
    let linter = Linter::new();
    let mut all = Vec::new();
    places(&schema, &mut Vec::new(), &mut all);
    let mut cases: BTreeMap<&str, usize> = BTreeMap::new();
    for place in &all {
        let valid = around(
            &schema,
            &place.path,
            &least(place.schema),
            &mut String::new(),
        );
        let report = linter.check_serialize(&valid).expect("JSON");
        assert!(!report.has_errors(), "{valid}: {report:?}");
        for case in breaks(place.schema) {
            let mut at = String::new();
            let payload = around(&schema, &place.path, &case.value, &mut at);
            // On one line and on many: the span is in the text, not in the value.
            let minified = payload.to_string();
            let pretty = serde_json::to_string_pretty(&payload).expect("JSON");
            for text in [minified, pretty] {
                let report = linter.check(&text);
                let errors: Vec<_> = report
                    .iter()
                    .filter(|found| found.code.starts_with("schema-"))
                    .collect();
                let [found] = errors.as_slice() else {
                    unreachable!("one finding for {} at {at}: {report:?}", case.keyword)
                };
                assert_eq!(
                    found.data.string(DataField::Keyword),
                    Some(case.keyword),
                    "{text}"
                );
                assert_eq!(
                    found.data.string(DataField::Member),
                    case.member.as_deref(),
                    "{text}"
                );
                assert_eq!(found.pointer, at, "{text}");
                let wanted = match &case.value {
                    Value::Object(_) => "{".to_owned(),
                    Value::Array(_) => "[".to_owned(),
                    scalar => scalar.to_string(),
                };
                let span = found.range.bytes();
                assert_eq!(text[span.clone()], wanted, "{text}");
                // Not only the same text, but that very place.
                let before = &text[..span.start];
                let position = found.range.start;
                let line_start = before.rfind('\n').map_or(0, |at| at + 1);
                assert_eq!(position.line as usize, before.matches('\n').count() + 1);
                let column = before[line_start..].chars().count() + 1;
                assert_eq!(position.column as usize, column);
                let value: Value = serde_json::from_str(&text).expect("JSON");
                let tail = &text[span.start..];
                let mut values = serde_json::Deserializer::from_str(tail).into_iter::<Value>();
                let there = values.next().expect("a value").expect("JSON");
                assert_eq!(Some(&there), value.pointer(&at), "{text}");
            }
            *cases.entry(case.keyword).or_default() += 1;
        }
    }
    let total: usize = cases.values().sum();
    assert!(total > 300, "{cases:?}");
    // A keyword at a place is at least one case: as many as the schema has, or more.
    for (keyword, least) in [
        ("exclusiveMinimum", 1),
        ("format", 6),
        ("minLength", 23),
        ("oneOf", 2),
        ("pattern", 2),
        ("required", 38),
        ("type", 197),
    ] {
        let count = cases.get(keyword).copied().unwrap_or_default();
        assert!(count >= least, "{keyword}: {cases:?}");
    }
}
