//! What references can mean: one payload, or a set of them with one `customer_key`, and the keys
//! that are known from elsewhere.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::OnceLock;

use crate::light::RandomState;

use super::contacts::ByContact;
use super::graph::{CollectionId, ResourceKind};
use super::key_hash;
use super::known::{self, KnownKeys};
use super::occupancy::{ByPlace, Crowds};
use super::{Payload, Reference, Resource, graph, key_text};
use crate::json::{self, Document, NodeId};
use crate::report::Place;
use crate::schema;
use crate::text::whitespace::is_ecma_whitespace;
use crate::texts::{self, Texts, Vacant};

/// A parsed file with its views.
#[derive(Debug)]
pub(crate) struct File<'w> {
    pub(crate) document: &'w Document<'w>,
    pub(crate) payload: &'w Payload,
}

impl<'w> File<'w> {
    pub(crate) fn customer_key(&self) -> Option<Cow<'w, str>> {
        self.payload
            .customer_key
            .map(|key| key_text(self.document, key))
    }
}

/// A resource of a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Site {
    /// In [`World::files`].
    pub(crate) file: u32,
    /// In that file's [`Payload::resources`].
    pub(crate) resource: u32,
}

/// What a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// Nothing: it is empty or white space.
    Empty,
    /// A resource of the world. Of several with that key, the first.
    Found(Site),
    /// A key that is known from elsewhere.
    Known,
    /// The key exists, in a collection that the member does not name.
    WrongKind(Site),
    /// The key is known from elsewhere, in a collection that the member does not name.
    KnownWrongKind(CollectionId),
    /// No resource that is known.
    Missing,
}

/// In the place of a resource's number.
const NO_RESOURCE: u32 = u32::MAX;

/// The keys of a world, indexed when a rule first asks.
///
/// One table holds the keys of all collections, so that a reference costs one look-up, wherever
/// its key turns out to be.
#[derive(Debug)]
struct Keys {
    /// The first resource with each key.
    heads: Texts,
    /// By resource, the first with the same key of another collection, where there is one.
    next: HashMap<u32, Site, RandomState>,
    /// By the first resource with a key, the last of the same collection, where there are several.
    last: HashMap<u32, Site, RandomState>,
    duplicates: Vec<(Site, Site)>,
    collisions: Vec<(Site, Site)>,
}

/// Whether two strings are the same. Two keys may have one hash, so the texts are compared.
#[inline]
fn is_same_text(a: (&Document<'_>, NodeId), b: (&Document<'_>, NodeId)) -> bool {
    let nodes = (a.0.node(a.1), b.0.node(b.1));
    match (a.0.plain_bytes(nodes.0), b.0.plain_bytes(nodes.1)) {
        (Some(a), Some(b)) => a == b,
        _ => a.0.string_bytes(nodes.0) == b.0.string_bytes(nodes.1),
    }
}

/// What the references of a file name.
#[derive(Debug)]
struct Resolutions {
    /// By reference, the number of the resource that it names; or [`NO_RESOURCE`].
    found: Vec<u32>,
    /// The references that name no resource of the world, with what there is instead. In the order
    /// of the references.
    others: Vec<(u32, Resolution)>,
}

/// The long lists of a world, for the next one.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    heads: Texts,
    found: Vec<u32>,
    pub(super) by_place: ByPlace,
    pub(super) crowds: Crowds,
    pub(super) contacts: ByContact,
}

/// Files that are checked as one.
#[derive(Debug)]
pub(crate) struct World<'w> {
    pub(crate) files: Vec<File<'w>>,
    /// By file, the number of its first resource: those of a world are numbered one after the other.
    bases: Vec<u32>,
    /// How many resources there are.
    count: u32,
    /// Those of the first file, which mostly is the only one.
    first: &'w [Resource],
    /// What the lists below are made in.
    memory: RefCell<Memory>,
    keys: OnceCell<Keys>,
    /// By file, what each of its references names.
    resolutions: OnceCell<Vec<Resolutions>>,
    /// Keys that are known from elsewhere, by [`CollectionId`].
    known: Vec<Vec<&'w known::Keys>>,
    /// The collections with at least one resource or known key.
    held: u32,
    /// The user says that everything there is, is here.
    pub(crate) closed: bool,
}

impl<'w> World<'w> {
    /// Takes files that belong together; `memory` is of a world that is no longer needed.
    pub(crate) fn new(
        files: Vec<File<'w>>,
        known: &'w KnownKeys,
        closed: bool,
        memory: Memory,
    ) -> Self {
        let customer = files.first().and_then(File::customer_key);
        let collections = 0..graph().collections.len() as u8;
        let known: Vec<Vec<&known::Keys>> = collections
            .map(|id| known.keys(customer.as_deref(), CollectionId(id)))
            .collect();
        let here = files.iter().fold(0, |held, file| held | file.payload.held);
        let mut bases = Vec::with_capacity(files.len());
        let mut count = 0;
        for file in &files {
            bases.push(count);
            count += file.payload.resources.len() as u32;
        }
        Self {
            bases,
            count,
            first: files.first().map_or(&[], |file| &file.payload.resources),
            files,
            memory: RefCell::new(memory),
            keys: OnceCell::new(),
            resolutions: OnceCell::new(),
            held: known
                .iter()
                .enumerate()
                .filter(|(_, sets)| sets.iter().any(|set| !set.is_empty()))
                .fold(here, |held, (id, _)| held | 1 << id),
            known,
            closed,
        }
    }

    /// Calls `f` with a text as the only file of a world.
    pub(crate) fn with_text<T>(text: &str, f: impl FnOnce(&World<'_>) -> T) -> T {
        let document = schema::embedded().read(text, json::Memory::default());
        let payload = Payload::build(&document, Payload::default());
        let file = File {
            document: &document,
            payload: &payload,
        };
        let known = KnownKeys::new();
        f(&World::new(vec![file], &known, false, Memory::default()))
    }

    /// What the next world may be made in.
    pub(crate) fn into_memory(self) -> Memory {
        let mut memory = self.memory.into_inner();
        if let Some(keys) = self.keys.into_inner() {
            memory.heads = keys.heads;
        }
        if let Some(last) = self.resolutions.into_inner().and_then(|mut all| all.pop()) {
            memory.found = last.found;
        }
        memory
    }

    /// A list of the memory, to be filled anew.
    pub(super) fn take<T: Default>(&self, list: fn(&mut Memory) -> &mut T) -> T {
        mem::take(list(&mut self.memory.borrow_mut()))
    }

    /// Gives a list back to the memory, for those who ask next.
    pub(super) fn give_back<T>(&self, list: fn(&mut Memory) -> &mut T, filled: T) {
        *list(&mut self.memory.borrow_mut()) = filled;
    }

    /// How many resources there are.
    pub(crate) fn resource_count(&self) -> u32 {
        self.count
    }

    /// The number of a resource, below [`World::resource_count`].
    pub(crate) fn number(&self, site: Site) -> u32 {
        self.bases[site.file as usize] + site.resource
    }

    /// The resource with a number.
    pub(super) fn site(&self, number: u32) -> Site {
        let file = if (number as usize) < self.first.len() {
            0
        } else {
            self.bases.partition_point(|base| *base <= number) - 1
        };
        Site {
            file: file as u32,
            resource: number - self.bases[file],
        }
    }

    /// The resource with a number and its document; the number may be too high.
    #[inline]
    fn numbered(&self, number: u32) -> Option<(&Resource, &Document<'w>)> {
        if let Some(resource) = self.first.get(number as usize) {
            return Some((resource, self.files[0].document));
        }
        let site = self.site(number);
        let file = &self.files[site.file as usize];
        let resource = file.payload.resources.get(site.resource as usize)?;
        Some((resource, file.document))
    }

    fn keys(&self) -> &Keys {
        self.keys.get_or_init(|| self.index())
    }

    fn index(&self) -> Keys {
        let graph = graph();
        let heads = self.take(|memory| &mut memory.heads);
        let mut keys = Keys {
            heads: heads.emptied(self.resource_count() as usize),
            next: HashMap::default(),
            last: HashMap::default(),
            duplicates: Vec::new(),
            collisions: Vec::new(),
        };
        for (at, file) in self.files.iter().enumerate() {
            for (resource_at, resource) in file.payload.resources.iter().enumerate() {
                let Some(key) = resource.key else {
                    continue;
                };
                let site = Site {
                    file: at as u32,
                    resource: resource_at as u32,
                };
                let is_it = |document: &Document<'_>, other| {
                    is_same_text((file.document, key), (document, other))
                };
                let head = match self.head(&keys, resource.hash, is_it) {
                    Ok(head) => head,
                    Err(vacant) => {
                        keys.heads.insert(vacant, self.number(site));
                        continue;
                    }
                };
                let collection = resource.collection;
                let kind = graph.collection(collection).kind;
                let mut known = self.site(head);
                let mut earlier = None;
                // At most one for each collection.
                loop {
                    let number = self.number(known);
                    let of = self.resource(known).collection;
                    if of == collection {
                        let before = keys.last.insert(number, site).unwrap_or(known);
                        keys.duplicates.push((site, before));
                        break;
                    }
                    if graph.collection(of).kind == kind {
                        earlier = earlier.or(Some(known));
                    }
                    if let Some(next) = keys.next.get(&number) {
                        known = *next;
                        continue;
                    }
                    keys.next.insert(number, site);
                    if let Some(earlier) = earlier.filter(|_| kind != ResourceKind::Stay) {
                        keys.collisions.push((site, earlier));
                    }
                    break;
                }
            }
        }
        keys
    }

    /// The first resource with a key, or the free place in the table where it belongs. `is_it` compares
    /// the text of a key that has this hash.
    fn head(
        &self,
        keys: &Keys,
        hash: u64,
        is_it: impl Fn(&Document<'_>, NodeId) -> bool,
    ) -> Result<u32, Vacant> {
        keys.heads.find(texts::short(hash), |head| {
            let Some((resource, document)) = self.numbered(head) else {
                return false;
            };
            resource.hash == hash && resource.key.is_some_and(|key| is_it(document, key))
        })
    }

    /// Resources whose key an earlier one of the same collection has: the later, and the one
    /// before it. In the order of the later.
    pub(crate) fn duplicates(&self) -> &[(Site, Site)] {
        &self.keys().duplicates
    }

    /// Resources that a later one with the same key overwrites: of records with one key, the last
    /// is what is stored.
    pub(crate) fn overwritten(&self) -> HashSet<Site, RandomState> {
        self.duplicates()
            .iter()
            .map(|(_, before)| *before)
            .collect()
    }

    /// Resources whose key another collection of the same kind has too: the later, the earlier.
    /// In the order of the later; one for a collection.
    pub(crate) fn collisions(&self) -> &[(Site, Site)] {
        &self.keys().collisions
    }

    fn resolutions(&self, file: usize) -> &Resolutions {
        let resolutions = self.resolutions.get_or_init(|| {
            (0..self.files.len())
                .map(|file| self.resolve_all(file))
                .collect()
        });
        &resolutions[file]
    }

    fn resolve_all(&self, file: usize) -> Resolutions {
        let file = &self.files[file];
        let references = &file.payload.references;
        let mut others = Vec::new();
        // By collection, the resource that a reference to it named last. The next one often names the
        // same or the one behind it: reservations stand in the order of their guests.
        let mut last = vec![0; graph().collections.len()];
        let resolve = |(at, reference): (usize, Reference)| {
            let odd = !file.document.is_plain(reference.node);
            let is_empty = || {
                key_text(file.document, reference.node)
                    .chars()
                    .all(is_ecma_whitespace)
            };
            let last = &mut last[usize::from(reference.target.0)];
            let found = if odd && is_empty() {
                Err(Resolution::Empty)
            } else {
                self.resolve(file.document, reference, *last)
            };
            if let Ok(found) = found {
                *last = found;
            }
            found.unwrap_or_else(|resolution| {
                others.push((at as u32, resolution));
                NO_RESOURCE
            })
        };
        let found = self.take(|memory| &mut memory.found);
        let mut found = emptied(found, references.len());
        found.extend(references.iter().copied().enumerate().map(resolve));
        Resolutions { found, others }
    }

    /// What a reference names: a resource's number, or what there is instead. It is probably `near` or
    /// the resource behind that, which need not be looked up.
    fn resolve(
        &self,
        document: &Document<'_>,
        reference: Reference,
        near: u32,
    ) -> Result<u32, Resolution> {
        let target = reference.target;
        let has_key = |of: &Document<'_>, key| is_same_text((document, reference.node), (of, key));
        let is_it = |number: &u32| {
            self.numbered(*number).is_some_and(|(it, of)| {
                it.collection == target
                    && it.hash == reference.hash
                    && it.key.is_some_and(|key| has_key(of, key))
                    && self.is_first(self.site(*number))
            })
        };
        if let Some(found) = [near, near + 1].into_iter().find(is_it) {
            return Ok(found);
        }
        let accepted = accepted(target);
        // Of several, the collection that is named, then the first.
        let rank = |id: CollectionId| (id != target, id);
        let mut found: Option<(Site, CollectionId)> = None;
        let mut elsewhere: Option<(Site, CollectionId)> = None;
        let mut next = self.first_with_key(reference.hash, has_key);
        while let Some(site) = next {
            next = self.next_with_key(site);
            let collection = self.resource(site).collection;
            let best = if accepted & 1 << collection.0 == 0 {
                &mut elsewhere
            } else {
                &mut found
            };
            if best.is_none_or(|(_, best)| rank(collection) < rank(best)) {
                *best = Some((site, collection));
            }
        }
        if let Some((found, _)) = found {
            return Ok(self.number(found));
        }
        let key = key_text(document, reference.node);
        if self.known_in(&key, accepted).is_some() {
            return Err(Resolution::Known);
        }
        // That a guest is called like a room means nothing by itself: both may be numbered.
        let graph = graph();
        let kind = graph.collection(target).kind;
        let plausible = |id: CollectionId| graph.collection(id).kind == kind || self.holds(target);
        if let Some((elsewhere, _)) = elsewhere.filter(|(_, id)| plausible(*id)) {
            return Err(Resolution::WrongKind(elsewhere));
        }
        Err(match self.known_in(&key, !accepted) {
            Some(id) if plausible(id) => Resolution::KnownWrongKind(id),
            _ => Resolution::Missing,
        })
    }

    /// The first resource with a key.
    fn first_with_key(
        &self,
        hash: u64,
        is_it: impl Fn(&Document<'_>, NodeId) -> bool,
    ) -> Option<Site> {
        let head = self.head(self.keys(), hash, is_it);
        head.ok().map(|head| self.site(head))
    }

    /// Behind the first resource with a key in a collection, the first with that key in another one.
    fn next_with_key(&self, site: Site) -> Option<Site> {
        self.keys().next.get(&self.number(site)).copied()
    }

    /// Whether no resource before it in its collection has the same key.
    fn is_first(&self, site: Site) -> bool {
        let later = &self.keys().duplicates;
        let by_later = |(later, _): &(Site, Site)| *later;
        later.is_empty() || later.binary_search_by_key(&site, by_later).is_err()
    }

    /// The first resource of a collection with a key.
    pub(crate) fn find(&self, collection: CollectionId, key: &str) -> Option<Site> {
        let is_it = |document: &Document<'_>, other| key_text(document, other) == key;
        let mut found = self.first_with_key(key_hash::hash(key.as_bytes()), is_it);
        while let Some(site) = found
            && self.resource(site).collection != collection
        {
            found = self.next_with_key(site);
        }
        found
    }

    /// Whether a key of a collection is known from elsewhere.
    pub(crate) fn knows(&self, collection: CollectionId, key: &str) -> bool {
        self.known_in(key, 1 << collection.0).is_some()
    }

    /// The first of some collections in which a key is known from elsewhere.
    fn known_in(&self, key: &str, collections: u32) -> Option<CollectionId> {
        self.known
            .iter()
            .enumerate()
            .filter(|(id, _)| collections & 1 << id != 0)
            .find(|(_, sets)| sets.iter().any(|set| set.contains(key)))
            .map(|(id, _)| CollectionId(id as u8))
    }

    /// Whether any key is known from elsewhere.
    pub(crate) fn knows_more(&self) -> bool {
        self.known.iter().any(|sets| !sets.is_empty())
    }

    /// Keys of a collection that are known from elsewhere, sorted.
    pub(crate) fn known_keys(&self, collection: CollectionId) -> Vec<&str> {
        let sets = &self.known[usize::from(collection.0)];
        known::sorted(sets.iter().copied().flatten())
    }

    /// Whether the world holds any resource that a reference to `target` may name: then a key that
    /// is not among them is probably wrong. An empty collection is no evidence.
    pub(crate) fn holds(&self, target: CollectionId) -> bool {
        self.held & accepted(target) != 0
    }

    /// Calls `f` with the first resource with each key of each collection, in their order.
    pub(crate) fn each_key(&self, mut f: impl FnMut(Site, &Resource)) {
        for (file, of) in (0..).zip(&self.files) {
            for (at, resource) in (0..).zip(&of.payload.resources) {
                let site = Site { file, resource: at };
                if resource.key.is_some() && self.is_first(site) {
                    f(site, resource);
                }
            }
        }
    }

    /// The references of a file that name no resource of their kind, known or here, with what
    /// there is instead.
    pub(crate) fn failed_references(
        &self,
        file: u32,
    ) -> impl Iterator<Item = (Reference, Resolution)> {
        let references = &self.files[file as usize].payload.references;
        let resolutions = self.resolutions(file as usize);
        let failed = |(at, resolution): &(u32, Resolution)| {
            let reference = references[*at as usize];
            (*resolution != Resolution::Known).then_some((reference, *resolution))
        };
        resolutions.others.iter().filter_map(failed)
    }

    /// Calls `take` with each reference of one resource, and what it names.
    #[inline]
    pub(crate) fn each_resolved(&self, site: Site, mut take: impl FnMut(Reference, Resolution)) {
        let payload = self.files[site.file as usize].payload;
        let Resolutions { found, others } = self.resolutions(site.file as usize);
        let range = payload.references_of(site.resource);
        for (at, number) in range.clone().zip(&found[range]) {
            let resolution = match *number {
                NO_RESOURCE => others
                    .binary_search_by_key(&(at as u32), |(at, _)| *at)
                    .map_or(Resolution::Missing, |other| others[other].1),
                number => Resolution::Found(self.site(number)),
            };
            take(payload.references[at], resolution);
        }
    }

    pub(crate) fn resource(&self, site: Site) -> &Resource {
        &self.files[site.file as usize].payload.resources[site.resource as usize]
    }

    pub(crate) fn document(&self, site: Site) -> &'w Document<'w> {
        self.files[site.file as usize].document
    }

    /// A resource's own key.
    pub(crate) fn key(&self, site: Site) -> Cow<'w, str> {
        let key = self.resource(site).key;
        key.map_or(Cow::Borrowed(""), |key| key_text(self.document(site), key))
    }

    /// Where a resource's own key stands; without one, the resource begins there.
    pub(crate) fn key_place(&self, site: Site) -> Place {
        let resource = self.resource(site);
        match resource.key {
            Some(key) => Place::value(self.document(site), key),
            None => Place::opener(self.document(site), resource.node),
        }
    }
}

/// A list with room for so many, in the memory of another.
fn emptied<T>(mut list: Vec<T>, count: usize) -> Vec<T> {
    list.clear();
    list.reserve_exact(count);
    list
}

/// The part of a list in the order of sites that is about one file.
pub(crate) fn of_file<T>(list: &[T], file: u32, site: impl Fn(&T) -> Site) -> &[T] {
    let start = list.partition_point(|item| site(item).file < file);
    let end = list.partition_point(|item| site(item).file <= file);
    &list[start..end]
}

/// The collections that a reference to `target` may name, a bit each.
pub(crate) fn accepted(target: CollectionId) -> u32 {
    static ACCEPTED: OnceLock<Vec<u32>> = OnceLock::new();
    let count = graph().collections.len() as u8;
    ACCEPTED.get_or_init(|| {
        let ids = || (0..count).map(CollectionId);
        ids()
            .map(|target| {
                ids()
                    .filter(|id| accepts(target, *id))
                    .fold(0, |mask, id| mask | 1 << id.0)
            })
            .collect()
    })[usize::from(target.0)]
}

/// Whether a reference to `target` may name a resource of `collection`. `space` and
/// `user_identity` are the API's generic words: a location, a person.
fn accepts(target: CollectionId, collection: CollectionId) -> bool {
    let graph = graph();
    let kind = graph.collection(collection).kind;
    target == collection
        || match graph.collection(target).name.as_str() {
            "spaces" => kind == ResourceKind::Location,
            "user_identities" => kind == ResourceKind::Person,
            _ => false,
        }
}
