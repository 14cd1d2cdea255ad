//! Whether a text is a payload, by what it says: `customer_key`, in any case or misspelt, or an own key inside its
//! collection. Whether it is valid JSON does not matter.

use json_document::{Document, Kind, NodeId};

use super::graph::{Collection, graph};
use crate::schema;
use crate::text::ends::{begins, without_leading};

/// How many elements of a collection are looked at for an own key.
const ELEMENTS: usize = 16;

/// How deep brackets are around `customer_key`, at most, where the structure of a text is lost: in a payload, in a
/// wrapper, and one that is open by mistake.
const DEPTH: usize = 3;

/// Whether a document is a payload, or the text of one that is too broken to be read.
pub(crate) fn is_payload(document: &Document<'_>) -> bool {
    is_payload_object(document) || !document.is_json() && mentions_payload(document.text())
}

/// Whether the whole of a document is a payload.
pub(crate) fn is_payload_object(document: &Document<'_>) -> bool {
    let said = Said::of(document, NodeId::ROOT);
    said.is_customer || said.has_own_key || said.has_customer && said.has_collection
}

/// Whether an object inside a document is a payload: it has a collection, too, because a member `customer_key` alone may
/// be about something else.
pub(crate) fn is_payload_inside(document: &Document<'_>, node: NodeId) -> bool {
    let said = Said::of(document, node);
    said.has_own_key || said.has_customer && said.has_collection
}

/// What the members of an object say.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent")]
struct Said {
    /// `customer_key`, as the API spells it, with a value that may be a key.
    is_customer: bool,
    /// The same in another case or misspelt.
    has_customer: bool,
    /// An array or object under the name of a collection.
    has_collection: bool,
    /// An own key in one of them.
    has_own_key: bool,
}

impl Said {
    fn of(document: &Document<'_>, object: NodeId) -> Self {
        let mut said = Self::default();
        if document.kind(object) != Kind::Object {
            return said;
        }
        for member in document.children(object) {
            let name = document.name(member).unwrap_or_default();
            let is_container = matches!(document.kind(member), Kind::Array | Kind::Object);
            let letters = letters(&name);
            if is_customer(&letters) {
                // A schema has an object there.
                said.has_customer |= document.kind(member) != Kind::Object;
                said.is_customer |= !is_container && name.contains("customer_key");
            } else if is_container && let Some(collection) = collection(&letters) {
                said.has_collection = true;
                said.has_own_key |= has_own_key(document, member, collection);
            }
        }
        said
    }
}

/// The collection whose plural or singular has these letters.
fn collection(letters: &str) -> Option<&'static Collection> {
    let is = |name: &str| !letters.is_empty() && is_spelt(name, letters);
    let mut collections = graph().collections.iter();
    collections.find(|known| is(&known.name) || is(&known.singular))
}

/// Whether a resource in a collection has the own key of its kind. The collection may be an object of resources; one
/// that is a resource itself looks like the words of a translation.
fn has_own_key(document: &Document<'_>, node: NodeId, collection: &Collection) -> bool {
    let own_key = schema::embedded().name(collection.own_key);
    let is_resource = |node: NodeId| {
        let mut names = document
            .children(node)
            .filter_map(|member| document.name(member));
        names.any(|name| is_spelt(own_key, &letters(&name)))
    };
    document.children(node).take(ELEMENTS).any(is_resource)
}

/// The longest name that is compared.
const LONGEST: usize = 40;

/// The ASCII letters and digits of a name in lower case; none of a long one.
fn letters(name: &str) -> String {
    let bytes = name.bytes().filter(|_| name.len() <= LONGEST);
    let letters = bytes.filter(u8::is_ascii_alphanumeric);
    letters
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

/// Whether a name in snake case has these letters.
fn is_spelt(name: &str, letters: &str) -> bool {
    let own = name.bytes().filter(u8::is_ascii_alphanumeric);
    own.eq(letters.bytes())
}

/// Whether letters are those of `customer_key`, or nearly.
fn is_customer(letters: &str) -> bool {
    const CUSTOMER: &str = "customerkey";
    letters == CUSTOMER
        || letters.len().abs_diff(CUSTOMER.len()) < 2
            && letters.starts_with('c')
            && letters.ends_with("ey")
            && strsim::osa_distance(letters, CUSTOMER) <= 2
}

/// A word of a text that names a customer's or an own key.
pub(crate) struct KeyName {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The collection, if it is an own key.
    collection: Option<&'static Collection>,
}

/// The names of keys in a text, in JSON or not.
pub(crate) fn key_names(text: &str) -> impl Iterator<Item = KeyName> {
    let bytes = text.as_bytes();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let mut done = 0;
    memchr::memchr2_iter(b'y', b'Y', bytes).filter_map(move |last| {
        let end = last + 1;
        // In `%22customer_key%22` the escape before the word looks like a part of it.
        if last < 5 || !bytes[last - 2..last].eq_ignore_ascii_case(b"ke") || end <= done {
            return None;
        }
        let before = bytes[..end]
            .iter()
            .rev()
            .take(LONGEST)
            .take_while(|byte| is_word(byte));
        let mut start = end - before.count();
        if start > 0 && bytes[start - 1] == b'%' {
            start = (start + 2).min(end);
        }
        done = end;
        let letters = letters(&text[start..end]);
        if is_customer(&letters) {
            return Some(KeyName {
                start,
                end,
                collection: None,
            });
        }
        let mut collections = graph().collections.iter();
        let own =
            collections.find(|known| is_spelt(schema::embedded().name(known.own_key), &letters));
        own.map(|collection| KeyName {
            start,
            end,
            collection: Some(collection),
        })
    })
}

/// Whether a text, whose structure is lost, names a key as a payload does: near the outside, with a value. In an object
/// inside another one, `customer_key` is not enough.
fn mentions_payload(text: &str) -> bool {
    let (mut depth, mut objects, mut counted) = (0_usize, 0_usize, 0);
    let mut has_customer = false;
    key_names(text).take(256).any(|name| {
        for byte in &text.as_bytes()[counted..name.start] {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            match byte {
                b'{' => objects += 1,
                b'}' => objects = objects.saturating_sub(1),
                _ => {}
            }
        }
        counted = name.end;
        if !has_value(&text[name.end..]) {
            return false;
        }
        match name.collection {
            None if depth <= DEPTH => {
                has_customer = true;
                objects <= 1 && text[..name.end].ends_with("customer_key")
            }
            Some(collection) if depth <= DEPTH + 2 => {
                let before = text[..name.start].rsplit_once(&collection.name);
                has_customer || before.is_some_and(|(_, inside)| inside.contains('['))
            }
            _ => false,
        }
    })
}

/// Whether the end of a member's name follows, and a value that may be a key.
fn has_value(behind: &str) -> bool {
    let end = behind
        .char_indices()
        .nth(24)
        .map_or(behind.len(), |(at, _)| at);
    let near = &behind[..end];
    let Some(at) = near.find([':', '=']) else {
        return near.contains("%3A") || near.contains("%3a");
    };
    // Between name and colon there are quotes, escaped in one way or another.
    let between = &near[..at];
    let letters = between.bytes().filter(u8::is_ascii_alphanumeric).count();
    let quotes = letters <= 8 && !between.contains([',', '{', '}', '[', ']', '(', ')']);
    let value = without_leading(&near[at + 1..], b"> \t\n\r");
    quotes && !begins(value, b"{[")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(text: &str) -> bool {
        is_payload(&Document::parse(text))
    }

    #[test]
    fn payloads_are_recognized_by_what_they_say() {
        for text in [
            r#"{"customer_key":"c"}"#,
            r#"{"customerKey":"c","sites":[]}"#,
            r#"{"COSTUMER_KEY":1,"SITES":[]}"#,
            r#"{"Rooms":[{},{"RoomKey":"1"}]}"#,
            r#"{"room":[{"room_key":"1"}]}"#,
            r#"{"reservations":{"0":{"reservation_key":"1"}}}"#,
            r#"{"customer_key":"c","rooms":[{"room_k"#,
            r#""customer_key": "c", "sites": []"#,
            "{“customer_key”: “c”, “sites”: []}",
            "{'customer_key': None}",
            r#"[{ "customer_key": "c" }"#,
        ] {
            assert!(looks(text), "{text}");
        }
    }

    #[test]
    fn other_json_is_not() {
        for text in [
            "",
            "customer_key",
            r#"{"users":[{"id":1}],"rooms":[]}"#,
            r#"{"rooms":{"title":"Rooms","room_key":"Key"}}"#,
            r#"{"rooms":{"title":"Rooms","room_key":"Key",}"#,
            r#"{"customerKey":"c","amount":1}"#,
            r#"{"consumer_key":"c","sites":[]}"#,
            r#"{"customer_key":{"type":"string"}}"#,
            r#"{"properties":{"customer_key":{"type":"string"},"rooms":{"items":{}}}}"#,
            r#"{"paths":{"/push":{"post":{"body":{"example":{"customer_key":"c" "x"}}}}}}"#,
            r#"{"rooms":[{"primary_key":"1"}]"#,
            r#"{"data":{"users":[{"user":"1",}]}}"#,
        ] {
            assert!(!looks(text), "{text}");
        }
    }
}
