//! Own keys as the fixes of other findings leave them: without white space around them, and numbers as strings.

use std::collections::HashMap;

use json_document::Kind;

use super::files::{Files, ResourceRef};
use super::graph::{CollectionId, accepted, graph};
use super::key::key_text;
use super::resource::Resource;
use crate::platform::hash::RandomState;
use crate::schema;
use crate::text::number::is_plain_integer;
use crate::text::whitespace::is_ecma_whitespace;

/// The resources whose own key a fix changes, by collection and the key that it leaves.
#[derive(Debug, Default)]
pub(super) struct FixedKeys(HashMap<(CollectionId, String), ResourceRef, RandomState>);

impl FixedKeys {
    pub(super) fn new(files: &Files<'_>) -> Self {
        let mut fixed = Self::default();
        for (at, resource) in files.resources() {
            if let Some(key) = fixed_key(files, at, resource) {
                let key = (resource.collection, key);
                fixed.0.entry(key).or_insert(at);
            }
        }
        fixed
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The resource that a reference to `target` names once the keys are fixed.
    pub(super) fn find(&self, target: CollectionId, key: &str) -> Option<ResourceRef> {
        let others = graph()
            .ids()
            .filter(|id| *id != target && accepted(target) & 1 << id.0 != 0);
        std::iter::once(target)
            .chain(others)
            .find_map(|id| self.0.get(&(id, key.to_owned())).copied())
    }
}

/// The own key that a fix leaves, if one changes it.
fn fixed_key(files: &Files<'_>, at: ResourceRef, resource: &Resource) -> Option<String> {
    let document = files.document(at);
    if let Some(key) = resource.key {
        if document.is_plain(key) {
            return None;
        }
        let key = key_text(document, key);
        let trimmed = key.trim_matches(is_ecma_whitespace);
        return (!trimmed.is_empty() && trimmed.len() < key.len()).then(|| trimmed.to_owned());
    }
    let own_key = graph().collection(resource.collection).own_key;
    let key = document.member(resource.node, schema::embedded().name(own_key))?;
    let raw = document.raw(key);
    (document.kind(key) == Kind::Number && is_plain_integer(raw)).then(|| raw.to_owned())
}
