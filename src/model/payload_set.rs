//! The payloads that are checked together: one file, or the files with one `customer_key`.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use json_document::Document;

use super::files::{File, Files, ResourceRef};
use super::fixed_keys::FixedKeys;
use super::graph::{CollectionId, accepted};
use super::key::key_text;
use super::key_index::KeyIndex;
use super::known::{KnownClock, KnownKeys, KnownToSet};
use super::reference::Reference;
use super::resolve::{Resolution, Resolutions, Resolver};
use super::resource::Resource;
use crate::platform::hash::RandomState;

/// Files that are checked together, and the keys that are known from elsewhere.
#[derive(Debug)]
pub(crate) struct PayloadSet<'w> {
    files: Files<'w>,
    /// Made when a rule first asks.
    index: OnceCell<KeyIndex>,
    /// By file; made when a rule first asks.
    resolutions: OnceCell<Vec<Resolutions>>,
    known: KnownToSet<'w>,
    /// The collections with at least one resource or known key, a bit each.
    held: u32,
    /// The user says that everything there is, is here.
    pub(crate) closed: bool,
}

impl<'w> PayloadSet<'w> {
    pub(crate) fn new(files: Vec<File<'w>>, known: &'w KnownKeys, closed: bool) -> Self {
        let customer = files.first().and_then(File::customer_key);
        let known = known.to_set(customer.as_deref());
        let here = files.iter().fold(0, |held, file| held | file.payload.held);
        Self {
            files: Files::new(files),
            index: OnceCell::new(),
            resolutions: OnceCell::new(),
            held: here | known.held(),
            known,
            closed,
        }
    }

    pub(crate) fn files(&self) -> &[File<'w>] {
        &self.files.all
    }

    /// How many resources there are.
    pub(crate) fn resource_count(&self) -> u32 {
        self.files.resource_count
    }

    /// The number of a resource, below [`PayloadSet::resource_count`].
    pub(crate) fn number(&self, resource: ResourceRef) -> u32 {
        self.files.number(resource)
    }

    pub(crate) fn resource(&self, at: ResourceRef) -> &'w Resource {
        self.files.resource(at)
    }

    pub(crate) fn document(&self, at: ResourceRef) -> &'w Document<'w> {
        self.files.document(at)
    }

    /// A resource's own key; empty if it has none.
    pub(crate) fn key(&self, at: ResourceRef) -> Cow<'w, str> {
        let key = self.resource(at).key;
        key.map_or(Cow::Borrowed(""), |key| key_text(self.document(at), key))
    }

    fn index(&self) -> &KeyIndex {
        self.index.get_or_init(|| KeyIndex::new(&self.files))
    }

    /// Resources whose key an earlier one of the same collection has: the later, and the one
    /// before it. In the order of the later.
    pub(crate) fn duplicates(&self) -> &[(ResourceRef, ResourceRef)] {
        &self.index().duplicates
    }

    /// Resources whose key another collection of the same kind has too: the later, the earlier.
    /// In the order of the later; one for a collection.
    pub(crate) fn collisions(&self) -> &[(ResourceRef, ResourceRef)] {
        &self.index().collisions
    }

    /// Resources that a later one with the same key overwrites.
    pub(crate) fn overwritten(&self) -> HashSet<ResourceRef, RandomState> {
        self.index().overwritten()
    }

    /// The first resource of a collection with a key.
    pub(crate) fn find(&self, collection: CollectionId, key: &str) -> Option<ResourceRef> {
        self.index().find(&self.files, collection, key)
    }

    /// The first resource with each key of each collection, in their order.
    pub(crate) fn keyed_resources(&self) -> impl Iterator<Item = (ResourceRef, &'w Resource)> {
        let index = self.index();
        let resources = self.files.resources();
        resources.filter(|(at, resource)| resource.key.is_some() && index.is_first(*at))
    }

    /// Whether a key of a collection is known from elsewhere.
    pub(crate) fn knows(&self, collection: CollectionId, key: &str) -> bool {
        self.known.collection_of(key, 1 << collection.0).is_some()
    }

    /// The clock of a location that is known from elsewhere.
    pub(crate) fn known_clock(&self, target: CollectionId, key: &str) -> Option<KnownClock> {
        self.known.clock(key, accepted(target))
    }

    /// Whether the clock of any location is known from elsewhere.
    pub(crate) fn knows_clocks(&self) -> bool {
        self.known.has_clocks()
    }

    /// Whether any key is known from elsewhere.
    pub(crate) fn knows_more(&self) -> bool {
        self.known.held() != 0
    }

    /// Keys of a collection that are known from elsewhere, sorted.
    pub(crate) fn known_keys(&self, collection: CollectionId) -> Vec<&str> {
        self.known.sorted(collection)
    }

    /// Whether the set holds any resource that a reference to `target` may name: then a key that
    /// is not among them is probably wrong. An empty collection is no evidence.
    pub(crate) fn holds(&self, target: CollectionId) -> bool {
        self.held & accepted(target) != 0
    }

    fn resolutions(&self, file: u32) -> &Resolutions {
        let all = self.resolutions.get_or_init(|| {
            let resolver = Resolver {
                files: &self.files,
                index: self.index(),
                known: &self.known,
                held: self.held,
            };
            let files = 0..self.files.all.len();
            let fixed = FixedKeys::new(&self.files);
            let resolve = |file| {
                let mut resolutions = resolver.file(file);
                if !fixed.is_empty() {
                    resolutions.resolve_fixed(&self.files, file, &fixed);
                }
                resolutions
            };
            files.map(resolve).collect()
        });
        &all[file as usize]
    }

    /// The references of a file that name no resource of their kind, known or here, with what
    /// there is instead.
    pub(crate) fn failed_references(
        &self,
        file: u32,
    ) -> impl Iterator<Item = (Reference, Resolution)> {
        let references = &self.files.all[file as usize].payload.references;
        let others = self.resolutions(file).others.iter();
        others
            .filter(|(_, resolution)| *resolution != Resolution::Known)
            .map(|(at, resolution)| (references[*at as usize], *resolution))
    }

    /// The references of a resource, with what each names.
    pub(crate) fn resolved(
        &self,
        at: ResourceRef,
    ) -> impl Iterator<Item = (Reference, Resolution)> {
        let payload = self.files.all[at.file as usize].payload;
        let resolutions = self.resolutions(at.file);
        let range = payload.references_of(at.resource);
        range.map(|at| (payload.references[at], resolutions.get(&self.files, at)))
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::{File, PayloadSet};
    use json_document::Scratch;

    use crate::model::known::KnownKeys;
    use crate::model::payload::Payload;
    use crate::schema;

    /// Calls `f` with texts as a payload set.
    pub(in crate::model) fn with_set(texts: &[&str], f: impl FnOnce(&PayloadSet<'_>)) {
        let schema = schema::embedded();
        let read = texts
            .iter()
            .map(|text| schema.read(text, Scratch::default()));
        let documents: Vec<_> = read.collect();
        let payloads: Vec<_> = documents
            .iter()
            .map(|document| Payload::build(document, &[]))
            .collect();
        let files = documents.iter().zip(&payloads);
        let files = files.map(|(document, payload)| File { document, payload });
        f(&PayloadSet::new(files.collect(), &KnownKeys::new(), false));
    }

    /// Reproducible chance: `SplitMix64`.
    pub(in crate::model) struct Random(pub(in crate::model) u64);

    impl Random {
        /// A number from 0 up to, not including, `bound`.
        pub(in crate::model) fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) % bound as u64) as usize
        }
    }
}
