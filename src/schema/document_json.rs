//! Documents as a representation of JSON that `jsonschema` validates.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};

use json_document::{Children, Document, Kind, NodeId};
use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};
use serde_json::{Number, Value};

use crate::text::number;

/// The representation: [`Handle`]s into a [`Document`].
pub(super) struct DocumentJson;

/// Distinguishes documents in the caches of `jsonschema`; never shown.
static SERIAL: AtomicUsize = AtomicUsize::new(0);

/// A value of a document, or the name of a member as a value.
#[derive(Clone, Copy)]
pub(super) enum Handle<'a> {
    Value {
        document: &'a Document<'a>,
        serial: usize,
        id: NodeId,
    },
    Name(&'a str),
}

impl<'a> Handle<'a> {
    pub(super) fn root(document: &'a Document<'a>) -> Self {
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

    // Every node has to be JSON: an invalid value counts as `null`, and its violations are dropped.
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

/// An object's members. If a name appears twice, the last one wins.
pub(super) struct Members<'a>(Handle<'a>);

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
pub(super) struct MembersIter<'a> {
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
pub(super) struct Elements<'a>(Handle<'a>);

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
pub(super) struct ElementsIter<'a> {
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
pub(super) struct NumberText<'a>(&'a str);

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
        // A Number has the range of f64: what is beyond becomes the largest.
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
}
