//! JSON values whose objects keep the order of the text, which the derived schema is written in.
//!
//! The objects of `serde_json` keep it by a feature alone, which would change them in the whole build of a user.

use std::fmt;

use indexmap::IndexMap;
use json_document::pointer;
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// An object, in the order of the text.
pub type Map = IndexMap<String, Value>;

/// A JSON value. Objects are equal if their members are, in any order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Map),
}

impl Value {
    /// An object with one member.
    pub(super) fn object(name: &str, value: impl Into<Self>) -> Self {
        Self::Object(Map::from_iter([(name.to_owned(), value.into())]))
    }

    /// The member of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    pub(super) fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(super) fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(super) fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// As [`Value::pointer`], to change it.
    pub(super) fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        pointer
            .split('/')
            .skip(1)
            .try_fold(self, |value, token| match value {
                Self::Object(members) => members.get_mut(&*pointer::unescape_token(token)),
                Self::Array(elements) => elements.get_mut(token.parse::<usize>().ok()?),
                _ => None,
            })
    }

    /// The value that a JSON Pointer points at.
    pub(super) fn pointer(&self, pointer: &str) -> Option<&Self> {
        pointer
            .split('/')
            .skip(1)
            .try_fold(self, |value, token| match value {
                Self::Object(members) => members.get(&*pointer::unescape_token(token)),
                Self::Array(elements) => elements.get(token.parse::<usize>().ok()?),
                _ => None,
            })
    }
}

/// The value as compact JSON.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<Vec<Value>> for Value {
    fn from(elements: Vec<Value>) -> Self {
        Self::Array(elements)
    }
}

impl From<Map> for Value {
    fn from(members: Map) -> Self {
        Self::Object(members)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    // Infinity and NaN are `null`, as in `serde_json`.
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(element) = elements.next_element()? {
            array.push(element);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, value)) = members.next_entry()? {
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

/// The text is neither JSON nor YAML. Displays the parser's message, with line and column.
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

/// Parses a schema document, JSON or YAML 1.2 (`yes` and `no` are strings). A byte order mark is skipped.
///
/// # Errors
///
/// The text is neither. If it starts with a brace or a bracket, the message is that of the JSON parser.
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

/// Whether a document has the member `openapi` or `swagger`. Callers take any other for a JSON Schema.
#[must_use]
pub fn is_openapi(document: &Value) -> bool {
    document.get("openapi").is_some() || document.get("swagger").is_some()
}
