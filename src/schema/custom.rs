//! Schemas that the user brings: the `jsonschema` crate validates our own document, so that findings
//! have spans as all others have.

use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error;
use std::fmt;

use json_document::{Document, Kind, NodeId, pointer};
use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::Value;

use super::check::CustomViolation;
use super::compile;
use super::document_json::{DocumentJson, Handle};
use super::embedded::embedded;
use super::openapi::{self, OpenApiError, ParseError};
use super::subschema::Schema;
use crate::time::rfc3339;

/// A schema that replaces the embedded one, compiled.
pub struct CustomSchema(Judge);

/// What checks a document.
enum Judge {
    /// Our compiler knows every keyword: findings are as with the embedded schema.
    Compiled(Box<Schema>),
    Library(Box<Validator<DocumentJson>>),
}

impl fmt::Debug for CustomSchema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CustomSchema")
    }
}

/// Why a schema cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomSchemaError(Reason);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    /// The text is neither JSON nor YAML.
    Syntax(ParseError),
    /// An OpenAPI document without the operation, or with a keyword that is not understood.
    OpenApi(OpenApiError),
    /// A JSON Schema that `jsonschema` refuses, in its words.
    JsonSchema(String),
}

impl fmt::Display for CustomSchemaError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Syntax(error) => error.fmt(formatter),
            Reason::OpenApi(error) => error.fmt(formatter),
            Reason::JsonSchema(message) => formatter.write_str(message),
        }
    }
}

impl Error for CustomSchemaError {}

impl From<Reason> for CustomSchemaError {
    fn from(reason: Reason) -> Self {
        Self(reason)
    }
}

impl From<ParseError> for CustomSchemaError {
    fn from(error: ParseError) -> Self {
        Self(Reason::Syntax(error))
    }
}

impl From<OpenApiError> for CustomSchemaError {
    fn from(error: OpenApiError) -> Self {
        Self(Reason::OpenApi(error))
    }
}

impl From<ValidationError<'_>> for CustomSchemaError {
    fn from(error: ValidationError<'_>) -> Self {
        Self(Reason::JsonSchema(error.to_string()))
    }
}

impl From<serde_json::Error> for CustomSchemaError {
    fn from(error: serde_json::Error) -> Self {
        Self(Reason::JsonSchema(error.to_string()))
    }
}

impl CustomSchema {
    /// Compiles an OpenAPI 3.0 or 3.1 document that has the operation `POST
    /// /customers/push_data`, or a JSON Schema, from JSON or YAML text.
    ///
    /// Nothing is fetched: a reference to another document is an error.
    ///
    /// # Errors
    ///
    /// [`CustomSchemaError`] if the text is neither JSON nor YAML, if the OpenAPI document has no
    /// such operation or a keyword that is not understood, or if the JSON Schema is not valid.
    pub fn parse(text: &str) -> Result<Self, CustomSchemaError> {
        let mut schema = openapi::parse(text)?;
        if openapi::is_openapi(&schema) {
            schema = openapi::to_json_schema(&schema)?;
            // As in the embedded schema, so that the same document means the same.
            openapi::merge_additions(&mut schema).map_err(Reason::JsonSchema)?;
        }
        let schema: Value = serde_json::to_value(&schema)?;
        // Names that the embedded schema has keep their numbers, which the model of a payload knows.
        let names = embedded().names.clone();
        // The library says more about a schema that is none, and knows more patterns.
        let compiled = compile::compile(&serde_json::to_string(&schema)?, names);
        let validator = jsonschema::options_for::<DocumentJson>()
            .should_validate_formats(true)
            // Libraries differ on the edges of date and time: ours judges everywhere.
            .with_format("date-time", |text: &str| {
                rfc3339::parse(text.as_bytes()).is_ok()
            })
            .with_pattern_options(PatternOptions::regex())
            .build(&schema)?;
        Ok(Self(match compiled {
            Ok(schema) => Judge::Compiled(Box::new(schema)),
            Err(_) => Judge::Library(Box::new(validator)),
        }))
    }

    /// The schema as our compiler has it, if it knows every keyword in it.
    pub(crate) fn compiled(&self) -> Option<&Schema> {
        match &self.0 {
            Judge::Compiled(schema) => Some(schema),
            Judge::Library(_) => None,
        }
    }

    /// All violations, in the order of the text; none where it is [`CustomSchema::compiled`].
    pub(crate) fn check(&self, document: &Document<'_>) -> Option<Vec<CustomViolation>> {
        let Judge::Library(validator) = &self.0 else {
            return None;
        };
        let mut finder = Finder {
            document,
            members: HashMap::new(),
            elements: HashMap::new(),
        };
        let mut violations: Vec<CustomViolation> = validator
            .iter_errors(Handle::root(document))
            .filter_map(|error| {
                let node = finder.find(error.instance_path().as_str())?;
                // An invalid value has its syntax error already.
                (document.kind(node) != Kind::Invalid).then(|| violation(&mut finder, node, &error))
            })
            .flatten()
            .collect();
        // By the words as well: `jsonschema` visits keywords in the order of its map.
        violations
            .sort_by(|a, b| (a.node, &a.keyword, &a.words).cmp(&(b.node, &b.keyword, &b.words)));
        Some(violations)
    }
}

/// Finds values by pointer. The contents of an array or object are listed once, so that an error
/// costs the same wherever it is.
struct Finder<'d> {
    document: &'d Document<'d>,
    members: HashMap<NodeId, HashMap<Cow<'d, str>, NodeId>>,
    elements: HashMap<NodeId, Vec<NodeId>>,
}

impl Finder<'_> {
    fn find(&mut self, pointer: &str) -> Option<NodeId> {
        let mut id = NodeId::ROOT;
        for token in pointer.split('/').skip(1) {
            id = match self.document.kind(id) {
                Kind::Array => self.element(id, token.parse().ok()?)?,
                _ => self.member(id, &pointer::unescape_token(token))?,
            };
        }
        Some(id)
    }

    fn element(&mut self, array: NodeId, index: usize) -> Option<NodeId> {
        let document = self.document;
        let elements = self
            .elements
            .entry(array)
            .or_insert_with(|| document.children(array).collect());
        elements.get(index).copied()
    }

    /// The member with a name. If the name appears twice, the last one wins.
    fn member(&mut self, object: NodeId, name: &str) -> Option<NodeId> {
        let document = self.document;
        let members = self.members.entry(object).or_insert_with(|| {
            let children = document.children(object);
            children
                .filter_map(|id| Some((document.name(id)?, id)))
                .collect()
        });
        members.get(name).copied()
    }
}

/// The violations of one error: one for each member that is not admitted.
fn violation(
    finder: &mut Finder<'_>,
    node: NodeId,
    error: &ValidationError<'_>,
) -> Vec<CustomViolation> {
    let keyword = error.kind().keyword().to_owned();
    let container = matches!(finder.document.kind(node), Kind::Object | Kind::Array);
    let new = |node, member, at_opener, words: String| CustomViolation {
        node,
        keyword: keyword.clone(),
        member,
        at_opener,
        words,
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let member = property.as_str().unwrap_or_default().to_owned();
            let words = format!("has no {member}");
            vec![new(node, Some(member), true, words)]
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|name| {
                let member = finder.member(node, name).unwrap_or(node);
                new(
                    member,
                    Some(name.clone()),
                    false,
                    "is a member that the schema does not admit".to_owned(),
                )
            })
            .collect(),
        // "value is longer than 5 characters": the excerpt shows the value.
        _ => {
            let words = error.masked_with("").to_string();
            vec![new(node, None, container, words.trim_start().to_owned())]
        }
    }
}

#[cfg(test)]
mod tests {
    use json_document::Scratch;

    use super::*;
    use crate::schema::check;

    /// Whether a schema with the pattern takes a text.
    fn takes(pattern: &str, text: &str) -> bool {
        let schema = serde_json::json!({ "pattern": pattern }).to_string();
        let schema = CustomSchema::parse(&schema).expect("the schema is one");
        let text = Value::from(text).to_string();
        match schema.compiled() {
            Some(schema) => {
                let document = schema.read(&text, Scratch::default());
                let outcome = check::check(schema, &document, schema.root);
                outcome.violations.is_empty()
            }
            None => schema
                .check(&Document::parse(&text))
                .is_some_and(|found| found.is_empty()),
        }
    }

    #[test]
    fn class_set_operators_of_the_regex_crate_are_literals() {
        for (pattern, matching, other) in [
            ("^[a&&b]$", &["a", "&", "b"], "c"),
            ("^[a~~b]$", &["a", "~", "b"], "c"),
            ("^[!--]$", &["!", "-", ","], "."),
            ("^[a[b]$", &["a", "[", "b"], "c"),
        ] {
            assert!(
                matching.iter().all(|text| takes(pattern, text)),
                "{pattern}"
            );
            assert!(!takes(pattern, other), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_does_not_compile_is_an_error_when_the_schema_is_read() {
        for pattern in ["(", "[b-a]", "[a--b]", "a{2,1}", "(?=a)", r"(a)\1"] {
            let schema = serde_json::json!({ "properties": { "a": { "pattern": pattern } } });
            let error = CustomSchema::parse(&schema.to_string()).expect_err(pattern);
            let pattern = Value::from(pattern);
            assert_eq!(error.to_string(), format!("{pattern} is not a \"regex\""));
        }
    }
}
