//! Turns an OpenAPI document into the JSON Schema of the `push_data` request.
//!
//! The schema language of OpenAPI 3.0 differs from JSON Schema: `nullable`, a boolean `exclusiveMinimum`, members beside
//! `$ref` that are ignored. [`to_json_schema`] writes the same meaning in JSON Schema 2020-12. A keyword that is not
//! understood is an error, since a schema without it would accept too much.

use std::collections::{HashMap, HashSet};

use serde_json::Number;

use super::dialect::{Dialect, META_SCHEMA, dialect, known_dialect};
use super::error::{OpenApiError, join, last};
use super::keywords::{
    ANNOTATIONS, Holds, are_names, check, flag, holds, text, type_names, wrong_type,
};
use super::nullable::admit_null;
use super::references::{Definition, endless, percent_decode, refuse_endless_references};
use super::value::{Map, Value};

/// The path of the operation whose request body is translated; its method is `POST`.
pub const PATH: &str = "/customers/push_data";

/// The JSON Schema 2020-12 of the JSON request body of `POST /customers/push_data`.
///
/// Takes an OpenAPI 3.0 or 3.1 document. The result has `$schema`, a `title` (the operation's summary where the
/// schema has none), and under `$defs` those components that it reaches; member order is that of the source.
/// Annotations that editors show are kept, `example` becomes `examples`, and what has no meaning in JSON Schema
/// (`x-*`, `xml`, `externalDocs`, `discriminator`) is dropped. A member that is `readOnly` in OpenAPI 3.0 is not
/// required of a request, as that version has it.
///
/// # Errors
///
/// The document has no such operation, or holds anything in that schema that is not understood.
pub fn to_json_schema(document: &Value) -> Result<Value, OpenApiError> {
    let dialect = dialect(document)?;
    let mut translator = Translator {
        document,
        dialect,
        pending: Vec::new(),
        names: HashMap::new(),
        taken: HashSet::new(),
    };
    let body = translator.body()?;

    let mut root = match translator.schema(body.schema, &body.pointer)? {
        Value::Object(members) => members,
        Value::Bool(false) => Map::from_iter([("not".to_owned(), Map::new().into())]),
        _ => Map::new(),
    };

    // A definition may refer to more of them: the list grows during the loop.
    let mut definitions = Map::new();
    let mut next = 0;
    while let Some(definition) = translator.pending.get(next).cloned() {
        let schema = translator.schema(definition.schema, &definition.pointer)?;
        definitions.insert(definition.name, schema);
        next += 1;
    }
    refuse_endless_references(&definitions, &translator.pending)?;

    let mut result = Map::new();
    result.insert("$schema".to_owned(), META_SCHEMA.into());
    if let (Some(summary), false) = (body.summary, root.contains_key("title")) {
        result.insert("title".to_owned(), summary.into());
    }
    result.append(&mut root);
    if !definitions.is_empty() {
        result.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Ok(Value::Object(result))
}

/// The schema of the request body, its pointer, and the operation's summary.
struct Body<'a> {
    schema: &'a Value,
    pointer: String,
    summary: Option<&'a str>,
}

struct Translator<'a> {
    document: &'a Value,
    dialect: Dialect,
    /// In the order of the first references.
    pending: Vec<Definition<'a>>,
    /// Pointer to name under `$defs`.
    names: HashMap<String, String>,
    /// Those names.
    taken: HashSet<String>,
}

impl<'a> Translator<'a> {
    /// Finds the operation and the schema of its JSON body.
    fn body(&self) -> Result<Body<'a>, OpenApiError> {
        let missing = |pointer: &str, keyword: &str| {
            OpenApiError::new(
                pointer,
                keyword,
                format!("is missing: the schema wanted is that of POST {PATH}"),
            )
        };
        let paths = self
            .document
            .get("paths")
            .ok_or_else(|| missing("", "paths"))?;
        let path = paths.get(PATH).ok_or_else(|| missing("/paths", PATH))?;
        let (path, at) = self.follow(path, join("/paths", PATH))?;
        let operation = path.get("post").ok_or_else(|| missing(&at, "post"))?;
        let at = join(&at, "post");
        let body = operation
            .get("requestBody")
            .ok_or_else(|| missing(&at, "requestBody"))?;
        let (body, at) = self.follow(body, join(&at, "requestBody"))?;
        let content = body.get("content").ok_or_else(|| missing(&at, "content"))?;
        let at = join(&at, "content");
        let (media_type, content) = content
            .as_object()
            .into_iter()
            .flatten()
            .find(|(name, _)| is_json(name))
            .ok_or_else(|| missing(&at, "application/json"))?;
        let at = join(&at, media_type);
        let schema = content
            .get("schema")
            .ok_or_else(|| missing(&at, "schema"))?;
        Ok(Body {
            schema,
            pointer: join(&at, "schema"),
            summary: operation.get("summary").and_then(Value::as_str),
        })
    }

    /// Follows `$ref` from an object that is not a schema (a request body, a path), as often as needed.
    fn follow(
        &self,
        mut value: &'a Value,
        mut pointer: String,
    ) -> Result<(&'a Value, String), OpenApiError> {
        let mut seen = Vec::new();
        while let Some(reference) = value.get("$ref") {
            let at = join(&pointer, "$ref");
            if seen.contains(&pointer) {
                return Err(endless(at));
            }
            seen.push(pointer);
            (value, pointer) = self.resolve(reference, &at)?;
        }
        Ok((value, pointer))
    }

    /// The value that a `$ref` refers to, and its pointer.
    fn resolve(&self, reference: &Value, at: &str) -> Result<(&'a Value, String), OpenApiError> {
        let reference = text(reference, at, "$ref")?;
        let fail =
            |message: &str| OpenApiError::new(at, "$ref", format!("to {reference} {message}"));
        let pointer = reference
            .strip_prefix('#')
            .filter(|fragment| fragment.starts_with('/'))
            .ok_or_else(|| fail("leaves the document: only references such as #/components/schemas/NAME are followed"))
            .and_then(|fragment| percent_decode(fragment).ok_or_else(|| fail("is not a JSON Pointer")))?;
        let value = self
            .document
            .pointer(&pointer)
            .ok_or_else(|| fail("points at nothing"))?;
        Ok((value, pointer))
    }

    /// The name under `$defs` of a schema that is referred to; it is translated later.
    fn define(&mut self, schema: &'a Value, pointer: String) -> String {
        if let Some(name) = self.names.get(&pointer) {
            return name.clone();
        }
        // The name ends up in a URI: letters, digits, `.`, `_` and `-` need no escape there.
        let name: String = pointer
            .strip_prefix("/components/schemas/")
            .unwrap_or(pointer.trim_start_matches('/'))
            .chars()
            .map(|c| match c {
                '/' => '.',
                c if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') => c,
                _ => '_',
            })
            .collect();
        let mut unique = name.clone();
        let mut count = 1;
        while !self.taken.insert(unique.clone()) {
            count += 1;
            unique = format!("{name}-{count}");
        }
        let name = unique;
        self.names.insert(pointer.clone(), name.clone());
        self.pending.push(Definition {
            name: name.clone(),
            pointer,
            schema,
        });
        name
    }

    /// Translates one schema.
    fn schema(&mut self, schema: &'a Value, at: &str) -> Result<Value, OpenApiError> {
        let members = match schema {
            Value::Object(members) => members,
            Value::Bool(_) if self.dialect == Dialect::V31 => return Ok(schema.clone()),
            _ => return Err(wrong_type(at, last(at), "a schema", schema)),
        };
        let mut out = Map::new();
        for (keyword, value) in members {
            self.keyword(members, keyword, value, &join(at, keyword), &mut out)?;
        }
        if self.dialect == Dialect::V30 && members.get("nullable") == Some(&Value::Bool(true)) {
            out = admit_null(out, at)?;
        }
        Ok(Value::Object(out))
    }

    /// Translates one keyword of the schema object `members` into `out`.
    fn keyword(
        &mut self,
        members: &'a Map,
        keyword: &'a str,
        value: &'a Value,
        at: &str,
        out: &mut Map,
    ) -> Result<(), OpenApiError> {
        let v30 = self.dialect == Dialect::V30;
        let fail = |message: String| Err(OpenApiError::new(at, keyword, message));
        let Some(holds) = holds(v30, keyword) else {
            return fail(format!(
                "is not a schema keyword that is understood in {}",
                self.dialect
            ));
        };
        if v30
            && members.contains_key("$ref")
            && keyword != "$ref"
            && holds != Holds::Nothing
            && !ANNOTATIONS.contains(&keyword)
        {
            // The author wants it to count, the specification ignores it: neither reading is safe.
            return fail("stands beside `$ref`, where OpenAPI 3.0 ignores it: put the `$ref` into an `allOf`".to_owned());
        }
        let checked = match holds {
            Holds::Nothing => return Ok(()),
            Holds::Special => return self.special(members, keyword, value, at, out),
            Holds::SchemaOrFlag if value.as_bool().is_some() => value.clone(),
            Holds::Schema | Holds::SchemaOrFlag => self.schema(value, at)?,
            Holds::Schemas => {
                let list = value.as_array().filter(|list| !list.is_empty());
                let list = list.ok_or_else(|| {
                    wrong_type(at, keyword, "a list of one or more schemas", value)
                })?;
                list.iter()
                    .enumerate()
                    .map(|(index, branch)| self.schema(branch, &format!("{at}/{index}")))
                    .collect::<Result<Vec<_>, _>>()?
                    .into()
            }
            Holds::SchemaMap => value
                .as_object()
                .ok_or_else(|| wrong_type(at, keyword, "an object of schemas", value))?
                .iter()
                .map(|(name, schema)| Ok((name.clone(), self.schema(schema, &join(at, name))?)))
                .collect::<Result<Map, _>>()?
                .into(),
            Holds::Text => text(value, at, keyword)?.into(),
            Holds::Flag => flag(value, at, keyword)?.into(),
            Holds::Count => check(
                value.as_number().is_some_and(Number::is_u64),
                value,
                at,
                keyword,
                "a whole number, not negative",
            )?,
            Holds::Divisor => {
                let positive = value
                    .as_number()
                    .and_then(Number::as_f64)
                    .is_some_and(|divisor| divisor > 0.0);
                check(positive, value, at, keyword, "a number above zero")?
            }
            Holds::NamesMap => {
                let names = value
                    .as_object()
                    .is_some_and(|map| map.values().all(are_names));
                check(
                    names,
                    value,
                    at,
                    keyword,
                    "an object of lists of member names",
                )?
            }
            Holds::Values => check(value.as_array().is_some(), value, at, keyword, "a list")?,
            Holds::Anything => value.clone(),
        };
        if keyword == "examples" {
            // `example` may have put values there already.
            merge_examples(out, checked);
        } else {
            out.insert(keyword.to_owned(), checked);
        }
        Ok(())
    }

    /// The keywords that mean something else in JSON Schema, or depend on their neighbours.
    fn special(
        &mut self,
        members: &'a Map,
        keyword: &str,
        value: &'a Value,
        at: &str,
        out: &mut Map,
    ) -> Result<(), OpenApiError> {
        let v30 = self.dialect == Dialect::V30;
        let fail = |message: String| Err(OpenApiError::new(at, keyword, message));
        match keyword {
            "$ref" => {
                let (target, pointer) = self.resolve(value, at)?;
                let name = self.define(target, pointer);
                out.insert(keyword.to_owned(), format!("#/$defs/{name}").into());
            }
            "$schema" => known_dialect(value, at, keyword)?,
            "type" => {
                type_names(value, v30, at)?;
                out.insert(keyword.to_owned(), value.clone());
            }
            "nullable" if v30 => {
                flag(value, at, keyword)?;
            }
            "nullable" => {
                return fail(
                    "is not a keyword of OpenAPI 3.1: add \"null\" to the list under `type`"
                        .to_owned(),
                );
            }
            "example" => merge_examples(out, Value::Array(vec![value.clone()])),
            "exclusiveMinimum" | "exclusiveMaximum" if v30 => {
                let bound = if keyword == "exclusiveMinimum" {
                    "minimum"
                } else {
                    "maximum"
                };
                if flag(value, at, keyword)? && !members.contains_key(bound) {
                    return fail(format!(
                        "is a flag on `{bound}`, which is missing beside it"
                    ));
                }
            }
            "minimum" | "maximum" if v30 => {
                let exclusive = if keyword == "minimum" {
                    "exclusiveMinimum"
                } else {
                    "exclusiveMaximum"
                };
                let number = check(value.as_number().is_some(), value, at, keyword, "a number")?;
                let is_exclusive = members.get(exclusive) == Some(&Value::Bool(true));
                out.insert(
                    (if is_exclusive { exclusive } else { keyword }).to_owned(),
                    number,
                );
            }
            "required" => {
                let mut names = check(
                    are_names(value),
                    value,
                    at,
                    keyword,
                    "a list of member names",
                )?;
                if let (true, Value::Array(names)) = (v30, &mut names) {
                    names.retain(|name| {
                        !self.is_read_only(members, name.as_str().unwrap_or_default())
                    });
                }
                if names.as_array().is_some_and(|names| !names.is_empty()) {
                    out.insert(keyword.to_owned(), names);
                }
            }
            _ => {
                let number = check(value.as_number().is_some(), value, at, keyword, "a number")?;
                out.insert(keyword.to_owned(), number);
            }
        }
        Ok(())
    }

    /// Whether a property of this schema object is marked `readOnly`, itself or where it refers to.
    fn is_read_only(&self, members: &'a Map, name: &str) -> bool {
        let property = members
            .get("properties")
            .and_then(|properties| properties.get(name));
        let read_only = |schema: &Value| schema.get("readOnly") == Some(&Value::Bool(true));
        property.is_some_and(|schema| {
            read_only(schema)
                || self
                    .follow(schema, String::new())
                    .is_ok_and(|(schema, _)| read_only(schema))
        })
    }
}

/// Whether a media type is `application/json`, in any case and with any parameters.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

/// Appends values to `examples`.
fn merge_examples(out: &mut Map, more: Value) {
    let examples = out
        .entry("examples".to_owned())
        .or_insert_with(|| Vec::new().into());
    if let (Value::Array(examples), Value::Array(more)) = (examples, more) {
        examples.extend(more);
    }
}
