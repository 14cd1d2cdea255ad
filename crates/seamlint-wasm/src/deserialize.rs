//! Reads values of serde from JSON that the engine's own parser has parsed.
//!
//! `serde_json::from_str` would add 11 KB to the compressed module of 130.

use std::fmt;

use json_document::{Document, Kind, NodeId};
use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{
    DeserializeSeed, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

/// Reads a value from JSON.
pub(crate) fn from_json<'de, T: Deserialize<'de>>(json: &str) -> Result<T, Error> {
    let document = Document::parse(json);
    T::deserialize(Value {
        document: &document,
        node: NodeId::ROOT,
    })
}

/// What is wrong, and the path of the value: `.known.0.version`.
#[derive(Debug)]
pub(crate) struct Error {
    path: String,
    message: String,
}

impl Error {
    /// Puts a name before the path.
    fn within(mut self, name: impl fmt::Display) -> Self {
        self.path = format!(".{name}{}", self.path);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            path: String::new(),
            message: message.to_string(),
        }
    }

    // The default messages format floating-point numbers, which would add 4 KB.
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("expected {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("expected {expected}"))
    }

    fn unknown_field(name: &str, _: &'static [&'static str]) -> Self {
        Self::custom(format_args!("there is no option {name:?}"))
    }
}

/// A value of a document.
#[derive(Clone, Copy)]
struct Value<'d> {
    document: &'d Document<'d>,
    node: NodeId,
}

impl Value<'_> {
    fn expected<T>(what: &str) -> Result<T, Error> {
        Err(serde::de::Error::custom(format_args!("expected {what}")))
    }
}

// A method for each kind of value, each with one visit: a `deserialize_any` that serves all would be
// compiled with all its branches for every type.
impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Self::expected("another type")
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.document.boolean(self.node) {
            Some(flag) => visitor.visit_bool(flag),
            None => Self::expected("true or false"),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.document.number(self.node);
        match text.and_then(|text| text.parse().ok()) {
            Some(count) => visitor.visit_u64(count),
            None => Self::expected("a count"),
        }
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.document.string(self.node) {
            Some(text) => visitor.visit_string(text.into_owned()),
            None => Self::expected("a string"),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let word = self.document.string(self.node).unwrap_or_default();
        let word: StrDeserializer<'_, Error> = (&*word).into_deserializer();
        visitor.visit_enum(word)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.document.kind(self.node) {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Self { document, node } = self;
        match document.kind(node) {
            Kind::Array => visitor.visit_seq(Elements {
                document,
                children: document.children(node),
                index: 0,
            }),
            _ => Self::expected("a list"),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Self { document, node } = self;
        match document.kind(node) {
            Kind::Object => visitor.visit_map(Members {
                document,
                children: document.children(node),
                value: node,
            }),
            _ => Self::expected("an object"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u16 u32 f32 f64 char str bytes byte_buf unit unit_struct newtype_struct
        tuple tuple_struct identifier ignored_any
    }
}

/// The members of an object.
struct Members<'d, I> {
    document: &'d Document<'d>,
    children: I,
    /// The member whose name was read last.
    value: NodeId,
}

impl<'de, I: Iterator<Item = NodeId>> MapAccess<'de> for Members<'_, I> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(member) = self.children.next() else {
            return Ok(None);
        };
        self.value = member;
        let name = self.document.name(member).unwrap_or_default();
        let name: StringDeserializer<Error> = name.into_owned().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let value = Value {
            document: self.document,
            node: self.value,
        };
        let name = || self.document.name(self.value).unwrap_or_default();
        seed.deserialize(value)
            .map_err(|error| error.within(name()))
    }
}

/// The elements of an array.
struct Elements<'d, I> {
    document: &'d Document<'d>,
    children: I,
    index: usize,
}

impl<'de, I: Iterator<Item = NodeId>> SeqAccess<'de> for Elements<'_, I> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.children.next() else {
            return Ok(None);
        };
        let value = Value {
            document: self.document,
            node,
        };
        let element = seed
            .deserialize(value)
            .map_err(|error| error.within(self.index))?;
        self.index += 1;
        Ok(Some(element))
    }
}
