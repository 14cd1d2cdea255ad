//! What holds of every text: what is JSON and what it says is as `serde_json` reads it, and the nodes of a document
//! are in order and inside one another. The fuzz targets hold it too.

use std::collections::{HashMap, HashSet};
use std::fmt;

use json_document::{
    Document, Kind, MAX_DEPTH, NodeId, Span, SyntaxError, SyntaxErrorKind, pointer,
};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Where the two differ on purpose. Everything else is a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Apart {
    /// A byte order mark: ours reads on behind it (RFC 8259, section 8.1, allows that).
    ByteOrderMark,
    /// `1e400`: JSON has no largest number. `serde_json` has: that of `f64`.
    NumberOutOfRange,
    /// Ours takes 128 levels, `serde_json` 127.
    Depth128,
}

/// The difference that explains why `serde_json` refuses what we take.
pub(crate) fn apart(document: &Document<'_>, error: &serde_json::Error) -> Option<Apart> {
    let message = error.to_string();
    if document.text().starts_with('\u{feff}') {
        Some(Apart::ByteOrderMark)
    } else if message.starts_with("number out of range") {
        Some(Apart::NumberOutOfRange)
    } else if message.starts_with("recursion limit exceeded") && depth(document) == MAX_DEPTH {
        Some(Apart::Depth128)
    } else {
        None
    }
}

/// How many containers are inside one another, at most.
fn depth(document: &Document<'_>) -> usize {
    let mut deepest = 0;
    let mut open = vec![(NodeId::ROOT, 1)];
    while let Some((id, depth)) = open.pop() {
        if matches!(document.kind(id), Kind::Array | Kind::Object) {
            deepest = deepest.max(depth);
            open.extend(document.children(id).map(|child| (child, depth + 1)));
        }
    }
    deepest
}

/// What makes a text no JSON. A byte order mark does not.
pub(crate) fn refusals<'d>(document: &'d Document<'_>) -> impl Iterator<Item = &'d SyntaxError> {
    document
        .syntax_errors()
        .iter()
        .filter(|error| error.kind != SyntaxErrorKind::ByteOrderMark)
}

/// The value that a reader gets who keeps the last of duplicate members.
fn value(document: &Document<'_>, id: NodeId) -> Value {
    match document.kind(id) {
        Kind::Null => Value::Null,
        Kind::Boolean => Value::Bool(document.boolean(id).expect("a Boolean")),
        Kind::Number => {
            let text = document.number(id).expect("a number");
            serde_json::from_str(text).expect("a number that serde_json has read")
        }
        Kind::String => Value::String(document.string(id).expect("a string").into_owned()),
        Kind::Array => document
            .children(id)
            .map(|element| value(document, element))
            .collect(),
        Kind::Object => {
            let mut map = Map::new();
            for child in document.children(id) {
                let name = document.name(child).expect("a member has a name");
                map.insert(name.into_owned(), value(document, child));
            }
            for (name, expected) in &map {
                let kept = document.member(id, name).expect("the member is found");
                assert_eq!(value(document, kept), *expected, "{name:?}: the last");
            }
            Value::Object(map)
        }
        Kind::Invalid => unreachable!("in a text without errors"),
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// What is true of every document, whatever the text.
pub(crate) fn check_shape(document: &Document<'_>) {
    let text = document.text();
    let check_span = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?}");
    };
    let is_clean = document.syntax_errors().is_empty();
    let replaced: HashSet<NodeId> = document.duplicates().iter().map(|pair| pair.0).collect();
    let mut seen = HashSet::new();
    // With each value: whether it is in no member that a later one of the same name replaces.
    let mut open = vec![(NodeId::ROOT, true)];
    while let Some((id, kept)) = open.pop() {
        assert!(seen.insert(id), "{id:?} has two parents");
        let span = document.span(id);
        check_span(span);
        let closer = match document.kind(id) {
            Kind::Array => "]",
            Kind::Object => "}",
            _ => "",
        };
        let raw = document.raw(id);
        assert!(!is_clean || raw.ends_with(closer), "{raw}");
        let mut end = span.start;
        for (at, child) in document.children(id).enumerate() {
            assert_eq!(document.parent(child), Some(id));
            let index = (document.kind(id) == Kind::Array).then_some(at as u32);
            assert_eq!(document.element_index(child), index);
            let inner = document.member_span(child);
            check_span(inner);
            assert!(holds(span, inner), "{inner:?} outside of {span:?}");
            assert!(
                !is_clean || inner.end < span.end,
                "{inner:?} without a closer"
            );
            assert!(inner.start >= end, "{inner:?} begins before {end}");
            end = inner.end;
            let name = document.name_span(child);
            assert_eq!(name.is_some(), document.kind(id) == Kind::Object);
            if let Some(name) = name {
                check_span(name);
                assert!(name.end <= document.span(child).start);
                // Asked for, so that a wrong length of a name panics here.
                assert!(document.name(child).is_some());
            }
            assert!(child > id, "numbers rise");
            open.push((child, kept && !replaced.contains(&child)));
        }
        // Likewise.
        assert_eq!(
            document.string(id).is_some(),
            document.kind(id) == Kind::String
        );
        if kept {
            let path = pointer::of(document, id);
            assert_eq!(pointer::find(document, &path), Some(id), "{path}");
        }
    }
    assert_eq!(seen.len(), document.node_count(), "every value is reached");
    let mut start = 0;
    for error in document.syntax_errors() {
        check_span(error.span);
        assert!(seen.contains(&error.owner), "{error:?}");
        assert!(error.span.start >= start, "in order: {error:?}");
        start = error.span.start;
        if let Some(related) = error.related {
            check_span(related);
        }
    }
    for (first, second) in document.duplicates() {
        assert_eq!(document.parent(*first), document.parent(*second));
        assert_eq!(document.name(*first), document.name(*second));
        assert!(first < second);
    }
}

/// A value as `serde_json` reads it, with members in the order of the text and duplicates.
enum Tree {
    Leaf(Value),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Tree;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Leaf(Value::Null))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Leaf(value.into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
                Ok(Tree::Leaf(value.into()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
                Ok(Tree::Leaf(value.into()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
                Ok(Tree::Leaf(value.into()))
            }
            fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
                Ok(Tree::Leaf(value.into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element()? {
                    elements.push(element);
                }
                Ok(Tree::Array(elements))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Tree::Object(members))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// Elements and members are those of the text, in its order, and each duplicate is there.
fn check_order(document: &Document<'_>, id: NodeId, tree: &Tree) {
    let children: Vec<NodeId> = document.children(id).collect();
    match tree {
        Tree::Leaf(leaf) => assert_eq!(value(document, id), *leaf),
        Tree::Array(elements) => {
            assert_eq!(document.kind(id), Kind::Array);
            assert_eq!(children.len(), elements.len());
            for (child, element) in children.into_iter().zip(elements) {
                check_order(document, child, element);
            }
        }
        Tree::Object(members) => {
            assert_eq!(document.kind(id), Kind::Object);
            assert_eq!(children.len(), members.len());
            let mut names = HashMap::new();
            let mut pairs = 0;
            for (child, (name, member)) in children.into_iter().zip(members) {
                assert_eq!(document.name(child).expect("a name"), *name);
                if names.insert(name, child).is_some() {
                    pairs += 1;
                }
                check_order(document, child, member);
            }
            let known = document.duplicates().iter();
            let known = known.filter(|pair| document.parent(pair.0) == Some(id));
            assert_eq!(known.count(), pairs, "each duplicate is known");
        }
    }
}

/// The text under the span of a value is that value, also where other parts of the text are broken.
fn check_texts(document: &Document<'_>) {
    let numbers = 0..u32::try_from(document.node_count()).expect("few");
    for id in numbers.map(NodeId::new) {
        let span = document.span(id);
        let is_whole = document.syntax_errors().iter().all(|error| {
            let is_inside = document.ancestors(error.owner).any(|above| above == id);
            let is_apart = error.span.end < span.start || span.end < error.span.start;
            is_apart && error.owner != id && !is_inside
        });
        if !is_whole || document.kind(id) == Kind::Invalid {
            continue;
        }
        match serde_json::from_str::<Value>(document.raw(id)) {
            Ok(read) => assert_eq!(value(document, id), read, "{}", document.raw(id)),
            Err(error) => assert!(apart(document, &error).is_some(), "{error}"),
        }
    }
}

/// Compares the two on one text; says whether it is JSON.
pub(crate) fn compare(text: &str) -> bool {
    let document = Document::parse(text);
    check_shape(&document);
    check_texts(&document);
    let ours = refusals(&document).next();
    match (ours, serde_json::from_str::<Value>(text)) {
        (None, Ok(theirs)) => {
            assert_eq!(value(&document, NodeId::ROOT), theirs);
            let tree: Tree = serde_json::from_str(text).expect("it was read before");
            check_order(&document, NodeId::ROOT, &tree);
            true
        }
        (Some(_), Err(_)) => false,
        (Some(error), Ok(_)) => {
            assert!(text.is_empty(), "serde_json takes it, ours says {error:?}");
            false
        }
        (None, Err(error)) => {
            let explained = apart(&document, &error);
            assert!(explained.is_some(), "ours takes it, serde_json: {error}");
            if explained == Some(Apart::ByteOrderMark) {
                let rest = text.trim_start_matches('\u{feff}');
                assert!(compare(rest), "without its byte order mark");
            }
            true
        }
    }
}
