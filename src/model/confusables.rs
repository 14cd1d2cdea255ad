//! Keys that a reader confuses: those with the same skeleton.
//!
//! The skeleton of a key is the key in Unicode's form D and in lower case, without white space and
//! characters that cannot be seen.

use std::collections::HashMap;

use super::files::{ResourceRef, of_file};
use super::graph::{CollectionId, graph};
use super::payload_set::PayloadSet;
use crate::light::{self, RandomState};
use crate::text::escape::is_hidden;
use crate::text::unicode;
use crate::text::whitespace::is_ecma_whitespace;

/// Whether a reader cannot see the character, or cannot tell it from another one of its kind.
fn is_overlooked(character: char) -> bool {
    is_ecma_whitespace(character) || character.is_whitespace() || is_hidden(character)
}

/// Whether a key surely equals its skeleton: printable ASCII without capitals.
#[inline]
pub(crate) fn is_skeleton(key: &[u8]) -> bool {
    // Without a short cut, so that many bytes are looked at together.
    key.iter().fold(true, |all, byte| {
        all & byte.is_ascii_graphic() & !byte.is_ascii_uppercase()
    })
}

/// Replaces `out` by the skeleton of a key.
pub(super) fn skeleton_into(key: &str, out: &mut String) {
    out.clear();
    if key.is_ascii() {
        // Nearly every key.
        out.extend(
            key.bytes()
                .filter(u8::is_ascii_graphic)
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
    } else {
        let key = unicode::lower(&unicode::decomposed(key));
        out.extend(key.chars().filter(|character| !is_overlooked(*character)));
    }
}

pub(super) fn skeleton(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    skeleton_into(key, &mut out);
    out
}

/// The difference that no message can show.
pub(crate) const NORMALIZATION: &str = "Unicode normalization";

/// What two keys with one skeleton differ in, for a message.
pub(crate) fn difference(a: &str, b: &str) -> &'static str {
    let same = |change: fn(&str) -> String| change(a) == change(b);
    if same(unicode::lower) {
        "case"
    } else if same(|key| key.replace(|c: char| is_ecma_whitespace(c) || c.is_whitespace(), "")) {
        "white space"
    } else if same(unicode::decomposed) {
        NORMALIZATION
    } else if same(|key| key.replace(is_hidden, "")) {
        "invisible characters"
    } else {
        "case, white space or characters that cannot be seen"
    }
}

/// The key that another one looks like.
#[derive(Debug)]
pub(crate) enum Original {
    /// An earlier one of the set.
    Here(ResourceRef),
    /// One that is known from elsewhere.
    Known(String),
}

/// The own keys of a payload set by their skeletons.
#[derive(Debug)]
pub(crate) struct Confusables {
    /// The first resource of each collection and skeleton whose key differs from its skeleton. A key
    /// that equals its skeleton is found by the key itself, and nearly all keys do.
    first: HashMap<(CollectionId, String), ResourceRef, RandomState>,
    /// Resources whose key looks like another one of its collection, in their order.
    look_alikes: Vec<(ResourceRef, Original)>,
}

impl Confusables {
    pub(crate) fn new(set: &PayloadSet<'_>) -> Self {
        let mut first = HashMap::default();
        let mut look_alikes = Vec::new();
        let mut with_skeletons = Vec::new();
        for (at, resource) in set.keyed_resources() {
            if resource.is_skeleton {
                continue;
            }
            let skeleton = skeleton(&set.key(at));
            // A key of white space alone looks like nothing.
            if !skeleton.is_empty() {
                let key = (resource.collection, skeleton);
                first.entry(key.clone()).or_insert(at);
                with_skeletons.push((at, key));
            }
        }
        for (at, key) in with_skeletons {
            let (collection, skeleton) = &key;
            let exact = is_skeleton(skeleton.as_bytes())
                .then(|| set.find(*collection, skeleton))
                .flatten();
            let first = first.get(&key).copied();
            let original = exact.into_iter().chain(first).min().unwrap_or(at);
            if original < at {
                look_alikes.push((at, Original::Here(original)));
            }
            // If the key that equals the skeleton comes later, it is reported once.
            if let Some(exact) = exact
                && first == Some(at)
                && at < exact
            {
                look_alikes.push((exact, Original::Here(at)));
            }
        }
        let mut confusables = Self { first, look_alikes };
        if set.knows_more() {
            confusables.look_at_known(set);
        }
        light::sort_by_key(&mut confusables.look_alikes, |(at, _)| *at);
        confusables
    }

    /// Adds the keys that are known in another spelling: pushed, they make a second resource.
    fn look_at_known(&mut self, set: &PayloadSet<'_>) {
        let mut found: Vec<(ResourceRef, &str)> = Vec::new();
        for id in graph().ids() {
            for known in set.known_keys(id) {
                let skeleton = skeleton(known);
                let Some(at) = self.find(set, id, &skeleton) else {
                    continue;
                };
                // A known key that is here too has been compared with the others here.
                if !skeleton.is_empty() && set.find(id, known).is_none() {
                    found.push((at, known));
                }
            }
        }
        // Of several, the first is named.
        light::sort_by_key(&mut found, |(at, _)| *at);
        found.dedup_by_key(|(at, _)| *at);
        let known = found.into_iter();
        self.look_alikes
            .extend(known.map(|(at, key)| (at, Original::Known(key.to_owned()))));
    }

    /// The first resource of a collection whose key has this skeleton.
    pub(super) fn find(
        &self,
        set: &PayloadSet<'_>,
        collection: CollectionId,
        skeleton: &str,
    ) -> Option<ResourceRef> {
        let first = self.first.get(&(collection, skeleton.to_owned())).copied();
        set.find(collection, skeleton)
            .into_iter()
            .chain(first)
            .min()
    }

    /// The resources of a file whose key looks like another one of its collection.
    pub(crate) fn in_file(&self, file: u32) -> &[(ResourceRef, Original)] {
        of_file(&self.look_alikes, file, |(at, _)| at.file)
    }
}
