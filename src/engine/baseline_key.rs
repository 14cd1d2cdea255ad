//! What makes a finding the same one in another run: one key for baselines, SARIF and GitLab.
//!
//! A key covers the rule, the place by the own keys of resources, and what is written there; never
//! the message, so that better words keep it.

#[cfg(feature = "cli")]
use std::collections::HashMap;
use std::fmt::Write as _;

use json_document::{Document, NodeId, pointer};
use sha2::{Digest, Sha256};

use crate::model::graph::{PREFERRED_CODE, graph};
#[cfg(feature = "cli")]
use crate::report::Diagnostic;
use crate::report::{BaselineKey, DiagnosticBuilder, Location, ResourceName};
use crate::schema;

/// What the keys of a run cover beside rule and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Covers {
    /// Nothing, and `customer_key` salts them: for redacted output.
    Places,
    /// What is written at the place. Door codes are left out even here: they have so few digits
    /// that a digest reveals them.
    Values,
}

/// The key of a finding; `documents` are those that are checked together, by file.
pub(crate) fn of(
    documents: &[&Document<'_>],
    file: u32,
    finding: &DiagnosticBuilder,
    covers: Covers,
) -> BaselineKey {
    let document = |file: u32| documents[file as usize];
    let mut hash = Parts::default();
    hash.add(finding.code());
    hash.add(&place(document(file), finding.place().node));
    for (other, related) in finding.related_places() {
        hash.add(&place(document(other.unwrap_or(file)), related.node));
    }
    hash.add(finding.member().unwrap_or_default());
    hash.add(&match covers {
        Covers::Values => value(document(file), finding.place()),
        Covers::Places => salt(document(file)),
    });
    BaselineKey {
        bits: hash.finish(),
        covers_values: covers == Covers::Values,
        resource: resource(document(file), finding.place().node, covers),
    }
}

/// The resource that a value is in.
fn resource(document: &Document<'_>, node: NodeId, covers: Covers) -> Option<ResourceName> {
    let path = pointer::path(document, node);
    let [list, element, ..] = path.as_slice() else {
        return None;
    };
    let name = document.name(*list)?;
    let collection = graph().collections.iter().find(|one| one.name == name)?;
    let key = own_key(document, *element)
        .map(|key| shown(&[&salt(document), &collection.name, &key], covers));
    Some(ResourceName {
        collection: &collection.name,
        key,
    })
}

/// The last of some parts, or a digest of all where values are kept out.
pub(crate) fn shown(parts: &[&str], covers: Covers) -> String {
    if covers == Covers::Values {
        return parts.last().copied().unwrap_or_default().to_owned();
    }
    let mut hash = Parts::default();
    for part in parts {
        hash.add(part);
    }
    hexadecimal(&hash.finish())
}

/// A value's pointer, with a resource's own key for its index, and `*` for any other: resources
/// before this one do not change it.
fn place(document: &Document<'_>, node: NodeId) -> String {
    let mut out = String::new();
    for at in pointer::path(document, node) {
        if let Some(name) = document.name(at) {
            pointer::push_token(&mut out, &name);
        } else if document.element_index(at).is_some() {
            match own_key(document, at) {
                // With its length: no key is a pointer of its own.
                Some(key) => {
                    let _ = write!(out, "/{}:{key}", key.len());
                }
                None => out.push_str("/*"),
            }
        }
    }
    out
}

fn own_key(document: &Document<'_>, element: NodeId) -> Option<String> {
    let list = document.parent(element)?;
    let name = document.name(list)?;
    if document.parent(list)? != NodeId::ROOT {
        return None;
    }
    let collection = graph().collections.iter().find(|one| one.name == name)?;
    let key = document.member(element, schema::embedded().name(collection.own_key))?;
    Some(document.string(key)?.into_owned())
}

/// What is written at a place, without the white space between tokens.
fn value(document: &Document<'_>, place: Location) -> String {
    let is_secret = |at: &NodeId| {
        document
            .name(*at)
            .is_some_and(|name| name == PREFERRED_CODE)
    };
    let mut out = String::new();
    if pointer::path(document, place.node).iter().any(is_secret) {
        return out;
    }
    let (mut in_string, mut is_escaped) = (false, false);
    for character in document.text()[place.span.range()].chars() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = in_string,
            '"' => in_string = !in_string,
            ' ' | '\t' | '\n' | '\r' if !in_string => continue,
            _ => {}
        }
        out.push(character);
    }
    out
}

fn salt(document: &Document<'_>) -> String {
    let name = schema::embedded().name(graph().customer_key);
    let key = document.member(NodeId::ROOT, name);
    let key = key.and_then(|key| document.string(key));
    key.unwrap_or_default().into_owned()
}

/// SHA-256 of texts, each with its length: no two lists of texts are hashed alike.
#[derive(Default)]
struct Parts(Sha256);

impl Parts {
    fn add(&mut self, part: &str) {
        self.add_bytes(part.as_bytes());
    }

    fn add_bytes(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The first 128 bits.
    fn finish(self) -> [u8; 16] {
        let digest: [u8; 32] = self.0.finalize().into();
        let mut bits = [0; 16];
        bits.copy_from_slice(&digest[..16]);
        bits
    }
}

/// Gives the findings of a run to services that follow them over time; one for all files.
#[cfg(feature = "cli")]
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    /// How many findings have each fingerprint.
    given: HashMap<[u8; 16], u32>,
}

#[cfg(feature = "cli")]
impl Fingerprints {
    /// 32 hexadecimal digits from the path and the finding's key. Services drop what repeats, so a
    /// second finding with the same key gets another one.
    ///
    /// A report without keys, or redacted with keys that cover values, has code and pointer instead.
    pub(crate) fn of(&mut self, path: &str, found: &Diagnostic, is_redacted: bool) -> String {
        let mut hash = Parts::default();
        hash.add(path);
        if let Some(key) = found
            .key
            .as_ref()
            .filter(|key| !(is_redacted && key.covers_values))
        {
            hash.add_bytes(&key.bits);
        } else {
            hash.add(&found.code);
            hash.add(&without_indexes(&found.pointer));
        }
        self.next(hash)
    }

    /// As [`Fingerprints::of`], for the findings of a code that are counted and not listed.
    pub(crate) fn of_omitted(&mut self, path: &str, code: &str) -> String {
        let mut hash = Parts::default();
        for part in [path, code, "omitted"] {
            hash.add(part);
        }
        self.next(hash)
    }

    fn next(&mut self, hash: Parts) -> String {
        let mut bits = hash.finish();
        let count = self.given.entry(bits).or_insert(0);
        *count += 1;
        if *count > 1 {
            let mut again = Parts::default();
            again.add_bytes(&bits);
            again.add_bytes(&count.to_le_bytes());
            bits = again.finish();
        }
        hexadecimal(&bits)
    }
}

/// Two digits a byte.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A pointer with `*` for each token that is an index.
#[cfg(feature = "cli")]
pub(crate) fn without_indexes(pointer: &str) -> String {
    let mut place = String::with_capacity(pointer.len());
    for token in pointer.split('/').skip(1) {
        let is_index = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        place.push('/');
        place.push_str(if is_index { "*" } else { token });
    }
    place
}
