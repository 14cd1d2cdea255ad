//! The resources of a payload set by key.

use std::collections::{HashMap, HashSet};

use json_document::{Document, NodeId};

use super::files::{Files, ResourceRef};
use super::graph::{CollectionId, ResourceKind, graph};
use super::key::{hash, is_same_text, key_text};
use super::resource::Resource;
use super::str_index::{StrIndex, Vacant, short};
use crate::platform::hash::RandomState;

/// One table holds the keys of all collections, so a reference costs one look-up wherever its key
/// turns out to be.
#[derive(Debug)]
pub(super) struct KeyIndex {
    /// The first resource with each key.
    heads: StrIndex,
    /// By resource, the first with the same key of another collection, where there is one.
    next: HashMap<u32, ResourceRef, RandomState>,
    /// By the first resource with a key, the last of the same collection, where there are several.
    last: HashMap<u32, ResourceRef, RandomState>,
    /// Resources whose key an earlier one of the same collection has: the later, and the one before
    /// it. In the order of the later.
    pub(super) duplicates: Vec<(ResourceRef, ResourceRef)>,
    /// Resources whose key another collection of the same kind has: the later, the earlier. In the
    /// order of the later; one for a collection.
    pub(super) collisions: Vec<(ResourceRef, ResourceRef)>,
}

impl KeyIndex {
    pub(super) fn new(files: &Files<'_>) -> Self {
        let mut index = Self {
            heads: StrIndex::with_capacity(files.resource_count as usize),
            next: HashMap::default(),
            last: HashMap::default(),
            duplicates: Vec::new(),
            collisions: Vec::new(),
        };
        for (at, resource) in files.resources() {
            let Some(key) = resource.key else {
                continue;
            };
            let document = files.document(at);
            let is_it = |of: &Document<'_>, other| is_same_text((document, key), (of, other));
            match index.head(files, resource.hash, is_it) {
                Ok(head) => index.add(files, head, at, resource),
                Err(vacant) => index.heads.insert(vacant, files.number(at)),
            }
        }
        index
    }

    /// Adds a resource whose key another one has already; `head` is the first of them.
    fn add(&mut self, files: &Files<'_>, head: u32, at: ResourceRef, resource: &Resource) {
        let graph = graph();
        let collection = resource.collection;
        let kind = graph.collection(collection).kind;
        let mut known = files.numbered(head);
        let mut earlier = None;
        // At most one for each collection.
        loop {
            let number = files.number(known);
            let of = files.resource(known).collection;
            if of == collection {
                let before = self.last.insert(number, at).unwrap_or(known);
                self.duplicates.push((at, before));
                return;
            }
            if graph.collection(of).kind == kind {
                earlier = earlier.or(Some(known));
            }
            if let Some(next) = self.next.get(&number) {
                known = *next;
                continue;
            }
            self.next.insert(number, at);
            if let Some(earlier) = earlier.filter(|_| kind != ResourceKind::Stay) {
                self.collisions.push((at, earlier));
            }
            return;
        }
    }

    /// The first resource with a key, or the free place in the table where it belongs. `is_it` compares
    /// the texts of keys with equal hashes.
    fn head(
        &self,
        files: &Files<'_>,
        hash: u64,
        is_it: impl Fn(&Document<'_>, NodeId) -> bool,
    ) -> Result<u32, Vacant> {
        self.heads.find(short(hash), |head| {
            let at = files.numbered(head);
            let resource = files.resource(at);
            resource.hash == hash
                && resource
                    .key
                    .is_some_and(|key| is_it(files.document(at), key))
        })
    }

    /// The first resource with a key in each collection.
    pub(super) fn with_key<'i>(
        &'i self,
        files: &'i Files<'_>,
        hash: u64,
        is_it: impl Fn(&Document<'_>, NodeId) -> bool,
    ) -> impl Iterator<Item = ResourceRef> {
        let head = self.head(files, hash, is_it).ok();
        std::iter::successors(head.map(|head| files.numbered(head)), move |at| {
            self.next.get(&files.number(*at)).copied()
        })
    }

    /// The first resource of a collection with a key.
    pub(super) fn find(
        &self,
        files: &Files<'_>,
        collection: CollectionId,
        key: &str,
    ) -> Option<ResourceRef> {
        let is_it = |document: &Document<'_>, other| key_text(document, other) == key;
        self.with_key(files, hash(key.as_bytes()), is_it)
            .find(|at| files.resource(*at).collection == collection)
    }

    /// Whether no resource before it in its collection has the same key.
    pub(super) fn is_first(&self, at: ResourceRef) -> bool {
        let by_later = |(later, _): &(ResourceRef, ResourceRef)| *later;
        self.duplicates.is_empty() || self.duplicates.binary_search_by_key(&at, by_later).is_err()
    }

    /// Resources that a later one with the same key overwrites: the last record with a key is what
    /// the API stores.
    pub(super) fn overwritten(&self) -> HashSet<ResourceRef, RandomState> {
        self.duplicates.iter().map(|(_, before)| *before).collect()
    }
}
