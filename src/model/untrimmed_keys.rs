//! Own keys that white space surrounds.

use std::collections::HashMap;

use super::graph::CollectionId;
use super::key::key_text;
use super::payload_set::PayloadSet;
use super::reference::NonPlainKey;
use crate::platform::hash::RandomState;
use crate::text::whitespace::is_ecma_whitespace;

/// Own keys with white space around them, by collection and the key without it.
#[derive(Debug)]
pub(crate) struct Untrimmed(HashMap<(CollectionId, String), Raw, RandomState>);

/// The keys that are one when trimmed.
#[derive(Debug)]
struct Raw {
    first: String,
    has_others: bool,
}

impl Untrimmed {
    pub(crate) fn new(set: &PayloadSet<'_>) -> Self {
        let mut untrimmed: HashMap<_, Raw, RandomState> = HashMap::default();
        for file in set.files() {
            for key in &file.payload.non_plain_keys {
                let NonPlainKey::Own(at) = *key else { continue };
                let resource = &file.payload.resources[at as usize];
                let Some(key) = resource.key else { continue };
                let key = key_text(file.document, key);
                let trimmed = key.trim_matches(is_ecma_whitespace);
                if trimmed.len() < key.len() {
                    untrimmed
                        .entry((resource.collection, trimmed.to_owned()))
                        .and_modify(|raw| raw.has_others |= raw.first != key)
                        .or_insert_with(|| Raw {
                            first: key.into_owned(),
                            has_others: false,
                        });
                }
            }
        }
        Self(untrimmed)
    }

    /// Whether a key of a collection is this one when trimmed.
    pub(crate) fn holds(&self, collection: CollectionId, trimmed: &str) -> bool {
        self.0.contains_key(&(collection, trimmed.to_owned()))
    }

    /// Whether more than one key of a collection is this one when trimmed.
    pub(crate) fn is_ambiguous(&self, collection: CollectionId, trimmed: &str) -> bool {
        self.0
            .get(&(collection, trimmed.to_owned()))
            .is_some_and(|raw| raw.has_others)
    }
}
