//! Schemas that the user brings: the `jsonschema` crate over our own document, so that findings
//! have the same spans and stand in the same report.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};
use jsonschema::{JsonType, PatternOptions, ValidationError, Validator};
use serde_json::{Number, Value};

use super::{CustomViolation, openapi};
use crate::text::number;
use crate::time::rfc3339;
use json_document::{Children, Document, Kind, NodeId, pointer};

/// Another schema than the embedded one, compiled.
pub struct CustomSchema {
    validator: Validator<DocumentJson>,
}

impl fmt::Debug for CustomSchema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CustomSchema")
    }
}

/// Why a schema cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomSchemaError(String);

impl fmt::Display for CustomSchemaError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for CustomSchemaError {}

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
        let error = |error: &dyn fmt::Display| CustomSchemaError(error.to_string());
        let value = openapi::parse(text).map_err(|e| error(&e))?;
        let schema = if openapi::is_openapi(&value) {
            openapi::to_json_schema(&value).map_err(|e| error(&e))?
        } else {
            value
        };
        Self::compile(&schema).map_err(|e| error(&e))
    }

    fn compile(schema: &Value) -> Result<Self, ValidationError<'static>> {
        let validator = jsonschema::options_for::<DocumentJson>()
            .should_validate_formats(true)
            // One judge of date and time: no two libraries agree on the edges.
            .with_format("date-time", |text: &str| {
                rfc3339::parse(text.as_bytes()).is_ok()
            })
            .with_pattern_options(PatternOptions::regex())
            .build(schema)
            .map_err(ValidationError::to_owned)?;
        Ok(Self { validator })
    }

    /// All violations, in the order of the text.
    pub(crate) fn check(&self, document: &Document<'_>) -> Vec<CustomViolation> {
        let mut finder = Finder {
            document,
            members: HashMap::new(),
            elements: HashMap::new(),
        };
        let mut violations: Vec<CustomViolation> = self
            .validator
            .iter_errors(Handle::root(document))
            .filter_map(|error| {
                let node = finder.find(error.instance_path().as_str())?;
                // What is no value at all has had its finding.
                (document.kind(node) != Kind::Invalid).then(|| violation(&mut finder, node, &error))
            })
            .flatten()
            .collect();
        violations.sort_by(|a, b| (a.node, &a.keyword).cmp(&(b.node, &b.keyword)));
        violations
    }
}

/// Finds values by pointer, many in one document: what is in an array or object that a pointer
/// leads through is listed once, so that an error costs the same wherever it is.
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

    /// Of several members of one name, the last.
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

/// One error as violations: one for each member that is not admitted.
fn violation(
    finder: &mut Finder<'_>,
    node: NodeId,
    error: &ValidationError<'_>,
) -> Vec<CustomViolation> {
    use jsonschema::error::ValidationErrorKind as Error;
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
        Error::Required { property } => {
            let member = property.as_str().unwrap_or_default().to_owned();
            let words = format!("has no {member}");
            vec![new(node, Some(member), true, words)]
        }
        Error::AdditionalProperties { unexpected }
        | Error::UnevaluatedProperties { unexpected } => unexpected
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
        // "value is longer than 5 characters": the value stands in the excerpt.
        _ => {
            let words = error.masked_with("").to_string();
            vec![new(node, None, container, words.trim_start().to_owned())]
        }
    }
}

/// Our document as a representation that `jsonschema` reads.
pub(crate) struct DocumentJson;

/// Names documents apart for `jsonschema`'s caches; never shown.
static SERIAL: AtomicUsize = AtomicUsize::new(0);

/// A value of a document, or a name that is looked at as a value.
#[derive(Clone, Copy)]
pub(crate) enum Handle<'a> {
    Value {
        document: &'a Document<'a>,
        serial: usize,
        id: NodeId,
    },
    Name(&'a str),
}

impl<'a> Handle<'a> {
    pub(crate) fn root(document: &'a Document<'a>) -> Self {
        Self::Value {
            document,
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            id: NodeId::ROOT,
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Value { document, id, .. } => document.kind(id),
            Self::Name(_) => Kind::String,
        }
    }

    /// The same document, the node given.
    fn at(self, id: NodeId) -> Self {
        match self {
            Self::Value {
                document, serial, ..
            } => Self::Value {
                document,
                serial,
                id,
            },
            name @ Self::Name(_) => name,
        }
    }
}

impl Json for DocumentJson {
    type Node<'a> = Handle<'a>;
    type PreparedKey = String;
    type StringBuffer = String;

    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        buffer: &mut String,
        string: &str,
        f: impl FnOnce(Handle<'_>) -> T,
    ) -> T {
        string.clone_into(buffer);
        f(Handle::Name(buffer))
    }
}

impl<'a> Node<'a, DocumentJson> for Handle<'a> {
    type Object = Members<'a>;
    type Array = Elements<'a>;
    type Number = NumberText<'a>;

    fn as_object(&self) -> Option<Members<'a>> {
        (self.kind() == Kind::Object).then_some(Members(*self))
    }

    fn as_array(&self) -> Option<Elements<'a>> {
        (self.kind() == Kind::Array).then_some(Elements(*self))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match *self {
            Self::Value { document, id, .. } => document.string(id),
            Self::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<NumberText<'a>> {
        match *self {
            Self::Value { document, id, .. } => document.number(id).map(NumberText),
            Self::Name(_) => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match *self {
            Self::Value { document, id, .. } => document.boolean(id),
            Self::Name(_) => None,
        }
    }

    // The trait asks for a meaning in JSON for every node: what is no value counts as `null`,
    // and violations at it are dropped.
    fn is_null(&self) -> bool {
        matches!(self.kind(), Kind::Null | Kind::Invalid)
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Null | Kind::Invalid => JsonType::Null,
            Kind::Boolean => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self.kind() {
            Kind::Null | Kind::Invalid => Value::Null,
            Kind::Boolean => Value::Bool(self.as_boolean().unwrap_or_default()),
            Kind::Number => Value::Number(
                self.as_number()
                    .map_or_else(|| 0.into(), |number| number.to_number().into_owned()),
            ),
            Kind::String => Value::String(self.as_string().unwrap_or_default().into_owned()),
            // As deep as the document, which is bounded.
            Kind::Array => Elements(*self)
                .elements()
                .map(|element| element.to_value().into_owned())
                .collect(),
            Kind::Object => Members(*self)
                .members()
                .map(|(name, value)| (name.into_owned(), value.to_value().into_owned()))
                .collect(),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Value { serial, id, .. } => Some(NodeIdentity::tagged(*serial, id.number())),
            Self::Name(_) => None,
        }
    }
}

/// An object's members; of duplicates, the last.
pub(crate) struct Members<'a>(Handle<'a>);

impl<'a> Object<'a, DocumentJson> for Members<'a> {
    type Node = Handle<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = MembersIter<'a>;

    fn len(&self) -> usize {
        self.members().count()
    }

    fn get(&self, key: &String) -> Option<Handle<'a>> {
        match self.0 {
            Handle::Value { document, id, .. } => {
                document.member(id, key).map(|member| self.0.at(member))
            }
            Handle::Name(_) => None,
        }
    }

    fn members(&self) -> MembersIter<'a> {
        MembersIter {
            handle: self.0,
            children: children(self.0),
        }
    }
}

fn children(handle: Handle<'_>) -> Option<Children<'_>> {
    match handle {
        Handle::Value { document, id, .. } => Some(document.children(id)),
        Handle::Name(_) => None,
    }
}

/// Iterates over names and values.
pub(crate) struct MembersIter<'a> {
    handle: Handle<'a>,
    children: Option<Children<'a>>,
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (Cow<'a, str>, Handle<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let Handle::Value { document, .. } = self.handle else {
            return None;
        };
        let id = self
            .children
            .as_mut()?
            .find(|id| !document.node(*id).is_shadowed())?;
        Some((document.name(id)?, self.handle.at(id)))
    }
}

/// An array's elements.
pub(crate) struct Elements<'a>(Handle<'a>);

impl<'a> Array<'a, DocumentJson> for Elements<'a> {
    type Node = Handle<'a>;
    type ElementsIter = ElementsIter<'a>;

    fn len(&self) -> usize {
        self.elements().count()
    }

    fn elements(&self) -> ElementsIter<'a> {
        ElementsIter {
            handle: self.0,
            children: children(self.0),
        }
    }
}

/// Iterates over elements.
pub(crate) struct ElementsIter<'a> {
    handle: Handle<'a>,
    children: Option<Children<'a>>,
}

impl<'a> Iterator for ElementsIter<'a> {
    type Item = Handle<'a>;

    fn next(&mut self) -> Option<Handle<'a>> {
        let id = self.children.as_mut()?.next()?;
        Some(self.handle.at(id))
    }
}

/// A number as it is written.
pub(crate) struct NumberText<'a>(&'a str);

impl JsonNumber for NumberText<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        let number = self.as_u64().map(Number::from);
        let number = number.or_else(|| self.as_i64().map(Number::from));
        // Beyond f64's range there is no Number: the largest stands for it.
        let float = || {
            let value: f64 = self.0.parse().unwrap_or_default();
            Number::from_f64(value.clamp(f64::MIN, f64::MAX))
        };
        Cow::Owned(number.or_else(float).unwrap_or_else(|| 0.into()))
    }

    fn is_integer(&self) -> bool {
        number::is_integer(self.0)
    }

    fn is_written_as_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_conforms_to_what_jsonschema_relies_on() {
        let text = jsonschema::json::conformance::document().to_string();
        let document = Document::parse(&text);
        jsonschema::json::conformance::assert_conformance::<DocumentJson>(&Handle::root(&document));
    }
    /// Whether a schema with the pattern takes a text.
    fn takes(pattern: &str, text: &str) -> bool {
        let schema = serde_json::json!({ "pattern": pattern }).to_string();
        let schema = CustomSchema::parse(&schema).expect("the schema is one");
        let text = Value::from(text).to_string();
        schema.check(&Document::parse(&text)).is_empty()
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
