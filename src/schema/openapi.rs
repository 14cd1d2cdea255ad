//! Turns an OpenAPI document into the JSON Schema of the `push_data` request.
//!
//! OpenAPI 3.0 has a schema language of its own that looks like JSON Schema and differs where it hurts: `nullable`,
//! boolean `exclusiveMinimum`, members beside `$ref` that count for nothing. [`to_json_schema`] writes the same meaning
//! in JSON Schema 2020-12. A schema that is half understood would pass payloads in silence, so whatever is not
//! understood is an error that names the keyword and the place.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde_json::{Map, Value, json};

/// The path of the operation whose request body is wanted; its method is `POST`.
pub const PATH: &str = "/customers/push_data";

/// The dialect that [`to_json_schema`] writes.
pub const META_SCHEMA: &str = "https://json-schema.org/draft/2020-12/schema";

/// Where OpenAPI 3.1 keeps its dialects: 2020-12 and a few annotations.
const OPENAPI_31_DIALECTS: &str = "https://spec.openapis.org/oas/3.1/dialect/";

/// What is wrong with an OpenAPI document, and where.
///
/// Displays as one line: ``/paths/…/schema/nullable: `nullable` must be true or false, not a string``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenApiError {
    pointer: String,
    keyword: String,
    message: String,
}

impl OpenApiError {
    fn new(pointer: impl Into<String>, keyword: &str, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            keyword: keyword.to_owned(),
            message: message.into(),
        }
    }

    /// The place as a JSON Pointer into the OpenAPI document: the offending member, or, where a member is missing, the
    /// object that lacks it.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The keyword that was not understood, or the member that is missing.
    #[must_use]
    pub fn keyword(&self) -> &str {
        &self.keyword
    }
}

impl fmt::Display for OpenApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "top level"
        } else {
            &self.pointer
        };
        write!(f, "{place}: `{}` {}", self.keyword, self.message)
    }
}

impl std::error::Error for OpenApiError {}

/// A text that is neither JSON nor YAML. Displays what the parser said, with line and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

/// Reads a schema document, JSON or YAML, and gives its value with members in the order of the text.
///
/// YAML is read as version 1.2 has it: `yes` and `no` are strings. A byte order mark is skipped.
///
/// # Errors
///
/// The text is neither. One that opens with a brace or a bracket was meant as JSON, so the JSON parser has the word.
pub fn parse(text: &str) -> Result<Value, ParseError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let json_error = match serde_json::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let options = serde_saphyr::options! {
        strict_booleans: true,
        with_snippet: false,
        // A published API is a large document: the default stops at 250,000 nodes. The depth stays at the default, 64,
        // which fits a thread's stack of 2 MiB without optimisation; 128 does not.
        budget: serde_saphyr::budget! { max_nodes: 5_000_000, max_events: 10_000_000 },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|yaml_error| {
        let message = if text.trim_start().starts_with(['{', '[']) {
            format!("neither JSON nor YAML: {json_error}")
        } else {
            format!("not YAML: {yaml_error}")
        };
        ParseError { message }
    })
}

/// Whether a document says that it is an OpenAPI (or Swagger) one, by its member `openapi` or `swagger`. Anything else
/// is taken for a JSON Schema by those who ask.
#[must_use]
pub fn is_openapi(document: &Value) -> bool {
    document.get("openapi").is_some() || document.get("swagger").is_some()
}

/// Gives the JSON Schema 2020-12 of the JSON request body of `POST /customers/push_data`.
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
        Value::Bool(false) => Map::from_iter([("not".to_owned(), json!({}))]),
        _ => Map::new(),
    };

    // A definition may reach further ones: the list grows while it is walked.
    let mut definitions = Map::new();
    let mut next = 0;
    while let Some(definition) = translator.pending.get(next).cloned() {
        let schema = translator.schema(definition.schema, &definition.pointer)?;
        definitions.insert(definition.name, schema);
        next += 1;
    }
    refuse_endless_references(&definitions, &translator.pending)?;

    let mut result = Map::new();
    result.insert("$schema".to_owned(), json!(META_SCHEMA));
    if let (Some(summary), false) = (body.summary, root.contains_key("title")) {
        result.insert("title".to_owned(), json!(summary));
    }
    result.append(&mut root);
    if !definitions.is_empty() {
        result.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Ok(Value::Object(result))
}

/// The two schema languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// OpenAPI 3.0: an own language.
    V30,
    /// OpenAPI 3.1: JSON Schema 2020-12.
    V31,
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V30 => "OpenAPI 3.0",
            Self::V31 => "OpenAPI 3.1",
        })
    }
}

fn dialect(document: &Value) -> Result<Dialect, OpenApiError> {
    let Some(version) = document.get("openapi") else {
        let (keyword, message) = match document.get("swagger") {
            Some(_) => (
                "swagger",
                "is not supported: convert the document to OpenAPI 3",
            ),
            None => ("openapi", "is missing: this is not an OpenAPI document"),
        };
        return Err(OpenApiError::new("", keyword, message));
    };
    let fail = |message: String| Err(OpenApiError::new("/openapi", "openapi", message));
    let Some(version) = version.as_str() else {
        return fail(format!("must be a version in quotes, not {version}"));
    };
    let dialect = match version.split('.').take(2).collect::<Vec<_>>()[..] {
        ["3", "0"] => Dialect::V30,
        ["3", "1"] => Dialect::V31,
        _ => return fail(format!("is {version}; 3.0 and 3.1 are understood")),
    };
    if let (Dialect::V31, Some(name)) = (dialect, document.get("jsonSchemaDialect")) {
        known_dialect(name, "/jsonSchemaDialect", "jsonSchemaDialect")?;
    }
    Ok(dialect)
}

/// What a keyword of a schema object holds, and so what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// A schema.
    Schema,
    /// A schema, or `true` or `false` (which are schemas in 3.1 anyway).
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
    /// Nothing that JSON Schema has a meaning for.
    Nothing,
    /// Handled one by one, in `keyword`.
    Special,
}

/// Keywords that say something about a value and refuse none.
const ANNOTATIONS: [&str; 8] = [
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
];

/// What the keyword holds in this dialect, `None` if the dialect does not have it.
fn holds(dialect: Dialect, keyword: &str) -> Option<Holds> {
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
        _ if dialect == Dialect::V30 => return None,
        "$schema" => Holds::Special,
        // Whatever refers into it brings it along, under the one `$defs` of the result.
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

/// The schema of the request body, where it stands, and what the operation calls itself.
struct Body<'a> {
    schema: &'a Value,
    pointer: String,
    summary: Option<&'a str>,
}

/// A schema that something refers to.
#[derive(Debug, Clone)]
struct Definition<'a> {
    /// Its name under `$defs`.
    name: String,
    /// Where it stands in the OpenAPI document.
    pointer: String,
    schema: &'a Value,
}

struct Translator<'a> {
    document: &'a Value,
    dialect: Dialect,
    /// In the order in which they were first referred to.
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

    /// What a `$ref` refers to, and where that stands.
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

    /// Gives a referred schema its name under `$defs`, and takes note that it is wanted.
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
        members: &'a Map<String, Value>,
        keyword: &'a str,
        value: &'a Value,
        at: &str,
        out: &mut Map<String, Value>,
    ) -> Result<(), OpenApiError> {
        let v30 = self.dialect == Dialect::V30;
        let fail = |message: String| Err(OpenApiError::new(at, keyword, message));
        let Some(holds) = holds(self.dialect, keyword) else {
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
            // The author meant it to count, the specification says that it does not: neither reading is safe.
            return fail("stands beside `$ref`, where OpenAPI 3.0 ignores it: put the `$ref` into an `allOf`".to_owned());
        }
        let checked = match holds {
            Holds::Nothing => return Ok(()),
            Holds::Special => return self.special(members, keyword, value, at, out),
            Holds::SchemaOrFlag if value.is_boolean() => value.clone(),
            Holds::Schema | Holds::SchemaOrFlag => self.schema(value, at)?,
            Holds::Schemas => {
                let list = value.as_array().filter(|list| !list.is_empty());
                let list = list.ok_or_else(|| {
                    wrong_type(at, keyword, "a list of one or more schemas", value)
                })?;
                list.iter()
                    .enumerate()
                    .map(|(index, branch)| self.schema(branch, &format!("{at}/{index}")))
                    .collect::<Result<_, _>>()?
            }
            Holds::SchemaMap => value
                .as_object()
                .ok_or_else(|| wrong_type(at, keyword, "an object of schemas", value))?
                .iter()
                .map(|(name, schema)| Ok((name.clone(), self.schema(schema, &join(at, name))?)))
                .collect::<Result<Map<_, _>, _>>()?
                .into(),
            Holds::Text => text(value, at, keyword)?.into(),
            Holds::Flag => flag(value, at, keyword)?.into(),
            Holds::Count => check(
                value.is_u64(),
                value,
                at,
                keyword,
                "a whole number, not negative",
            )?,
            Holds::Divisor => {
                let positive = value.as_f64().is_some_and(|divisor| divisor > 0.0);
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
            Holds::Values => check(value.is_array(), value, at, keyword, "a list")?,
            Holds::Anything => value.clone(),
        };
        if keyword == "examples" {
            // Where `example` came first, it is already there.
            merge_examples(out, checked);
        } else {
            out.insert(keyword.to_owned(), checked);
        }
        Ok(())
    }

    /// The keywords that mean something else in JSON Schema, or depend on their neighbours.
    fn special(
        &mut self,
        members: &'a Map<String, Value>,
        keyword: &str,
        value: &'a Value,
        at: &str,
        out: &mut Map<String, Value>,
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
                let number = check(value.is_number(), value, at, keyword, "a number")?;
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
                if let (true, Some(names)) = (v30, names.as_array_mut()) {
                    names.retain(|name| {
                        !self.is_read_only(members, name.as_str().unwrap_or_default())
                    });
                }
                if names != json!([]) {
                    out.insert(keyword.to_owned(), names);
                }
            }
            _ => {
                let number = check(value.is_number(), value, at, keyword, "a number")?;
                out.insert(keyword.to_owned(), number);
            }
        }
        Ok(())
    }

    /// Whether a property of this schema object is marked `readOnly`, itself or where it refers to.
    fn is_read_only(&self, members: &'a Map<String, Value>, name: &str) -> bool {
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

/// Lets a translated schema admit `null`, which is what `nullable: true` beside it means; `at` is the schema's place.
fn admit_null(
    mut schema: Map<String, Value>,
    at: &str,
) -> Result<Map<String, Value>, OpenApiError> {
    let null_type = json!({ "type": "null" });
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
    // A second branch that takes null would make `oneOf` refuse it.
    let exactly_one = schema
        .get("oneOf")
        .and_then(Value::as_array)
        .is_none_or(|branches| branches.iter().all(refuses_null));
    let plain = exactly_one && !schema.contains_key("allOf") && !schema.contains_key("not");
    if !plain {
        let (mut outside, inside): (Map<_, _>, Map<_, _>) = schema
            .into_iter()
            .partition(|(keyword, _)| ANNOTATIONS.contains(&keyword.as_str()));
        outside.insert("anyOf".to_owned(), json!([inside, null_type]));
        return Ok(outside);
    }
    if let Some(name) = schema.get_mut("type") {
        *name = json!([name.take(), "null"]);
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

/// Whether a translated schema plainly refuses `null`; `false` where it takes a second look to know.
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
                .is_some_and(|names| !names.contains(&json!("null"))) =>
        {
            true
        }
        (_, Some(values)) => lacks_null(values),
        _ => false,
    }
}

/// Refuses definitions that refer to themselves without going down into the value: checking against one never ends.
fn refuse_endless_references(
    definitions: &Map<String, Value>,
    sources: &[Definition<'_>],
) -> Result<(), OpenApiError> {
    let mut waiting: Vec<(&Definition<'_>, Vec<&str>)> = sources
        .iter()
        .map(|source| {
            let mut names = Vec::new();
            if let Some(schema) = definitions.get(&source.name) {
                references_in_place(schema, &mut names);
            }
            (source, names)
        })
        // What is referred to mostly comes later: backwards, one round tells.
        .rev()
        .collect();
    // Definitions that lead only to what ends, end. What is left when no more go is a circle, or leads to one.
    let mut ends = HashSet::new();
    loop {
        let before = waiting.len();
        waiting.retain(|(source, names)| {
            let open = names.iter().any(|name| !ends.contains(name));
            if !open {
                ends.insert(source.name.as_str());
            }
            open
        });
        match waiting.last() {
            None => return Ok(()),
            Some((source, _)) if waiting.len() == before => {
                return Err(endless(source.pointer.clone()));
            }
            Some(_) => {}
        }
    }
}

/// Collects the definitions that a translated schema refers to for the very value that it is about.
fn references_in_place<'v>(schema: &'v Value, names: &mut Vec<&'v str>) {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        match keyword.as_str() {
            "$ref" => names.extend(
                value
                    .as_str()
                    .and_then(|reference| reference.strip_prefix("#/$defs/")),
            ),
            "allOf" | "anyOf" | "oneOf" => {
                for branch in value.as_array().into_iter().flatten() {
                    references_in_place(branch, names);
                }
            }
            "not" | "if" | "then" | "else" => references_in_place(value, names),
            "dependentSchemas" => {
                for branch in value.as_object().into_iter().flat_map(Map::values) {
                    references_in_place(branch, names);
                }
            }
            _ => {}
        }
    }
}

fn endless(pointer: String) -> OpenApiError {
    OpenApiError::new(pointer, "$ref", "leads back to itself without an end")
}

/// Puts further values under `examples`.
fn merge_examples(out: &mut Map<String, Value>, more: Value) {
    let examples = out.entry("examples").or_insert_with(|| json!([]));
    if let (Value::Array(examples), Value::Array(more)) = (examples, more) {
        examples.extend(more);
    }
}

fn type_names(value: &Value, v30: bool, at: &str) -> Result<(), OpenApiError> {
    let known = |name: &Value| match name.as_str() {
        Some("array" | "boolean" | "integer" | "number" | "object" | "string") => true,
        Some("null") => !v30,
        _ => false,
    };
    let fine = match value {
        Value::Array(names) => !v30 && !names.is_empty() && names.iter().all(known),
        name => known(name),
    };
    if fine {
        return Ok(());
    }
    let expected = if v30 {
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

fn known_dialect(value: &Value, at: &str, keyword: &str) -> Result<(), OpenApiError> {
    let name = text(value, at, keyword)?;
    if name.trim_end_matches('#') == META_SCHEMA || name.starts_with(OPENAPI_31_DIALECTS) {
        return Ok(());
    }
    let message = format!("is {name}; of the dialects of JSON Schema only 2020-12 is understood");
    Err(OpenApiError::new(at, keyword, message))
}

fn text<'v>(value: &'v Value, at: &str, keyword: &str) -> Result<&'v str, OpenApiError> {
    value
        .as_str()
        .ok_or_else(|| wrong_type(at, keyword, "a string", value))
}

fn flag(value: &Value, at: &str, keyword: &str) -> Result<bool, OpenApiError> {
    value
        .as_bool()
        .ok_or_else(|| wrong_type(at, keyword, "true or false", value))
}

/// The value itself, if it is as it must be.
fn check(
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

fn are_names(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|names| names.iter().all(Value::is_string))
}

fn wrong_type(at: &str, keyword: &str, expected: &str, found: &Value) -> OpenApiError {
    // Scalars are shown as they are, unless they are long.
    let found = match found {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 40 => "a long string".to_owned(),
        scalar => scalar.to_string(),
    };
    OpenApiError::new(at, keyword, format!("must be {expected}, not {found}"))
}

/// `application/json`, in any case and with any parameters.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

/// The JSON Pointer of a member of what `pointer` names.
fn join(pointer: &str, member: &str) -> String {
    format!("{pointer}/{}", member.replace('~', "~0").replace('/', "~1"))
}

/// The last segment of a JSON Pointer, as the word for what stands there.
fn last(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

/// `None` where an escape is not one, or the bytes are not UTF-8.
fn percent_decode(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                (digit()? * 16 + digit()?) as u8
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}
