//! What references can mean: one payload, or a set of them with one `customer_key`, and the keys
//! that are known from elsewhere.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::graph::{CollectionId, ResourceKind};
use super::known::KnownKeys;
use super::{Payload, Reference, Resource, graph, key_text};
use crate::json::Document;
use crate::schema;

/// A parsed file with its views.
#[derive(Debug)]
pub(crate) struct File<'w> {
    /// As reports name it.
    pub(crate) name: &'w str,
    pub(crate) document: &'w Document<'w>,
    /// The schema's number of each of the document's symbols.
    pub(crate) names: &'w [u16],
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
    /// No resource that is known.
    Missing,
}

/// Files that are checked as one, with their keys.
#[derive(Debug)]
pub(crate) struct World<'w> {
    pub(crate) files: Vec<File<'w>>,
    /// The first resource with each key, by [`CollectionId`].
    keys: Vec<HashMap<Cow<'w, str>, Site, RandomState>>,
    /// Resources whose key an earlier one of the same collection has: the later, the first.
    pub(crate) duplicates: Vec<(Site, Site)>,
    /// By file, what each of its references names.
    resolutions: Vec<Vec<Resolution>>,
    pub(crate) known: &'w KnownKeys,
    customer: String,
    /// The user says that everything there is, is here.
    pub(crate) closed: bool,
}

impl<'w> World<'w> {
    /// Indexes the keys of files that belong together and resolves their references.
    pub(crate) fn new(files: Vec<File<'w>>, known: &'w KnownKeys, closed: bool) -> Self {
        let customer = files
            .first()
            .and_then(File::customer_key)
            .unwrap_or_default()
            .into_owned();
        let mut world = Self {
            files,
            keys: Vec::new(),
            duplicates: Vec::new(),
            resolutions: Vec::new(),
            known,
            customer,
            closed,
        };
        world
            .keys
            .resize_with(graph().collections.len(), HashMap::default);
        world.index();
        world.resolutions = (0..world.files.len())
            .map(|file| world.resolve_all(file))
            .collect();
        world
    }

    /// Calls `f` with a text as the only file of a world.
    pub(crate) fn with_text<T>(text: &str, f: impl FnOnce(&World<'_>) -> T) -> T {
        let document = Document::parse(text);
        let names = schema::embedded().resolve_names(&document);
        let payload = Payload::build(&document, &names);
        let file = File {
            name: "",
            document: &document,
            names: &names,
            payload: &payload,
        };
        f(&World::new(vec![file], &KnownKeys::new(), false))
    }

    fn index(&mut self) {
        for (at, file) in self.files.iter().enumerate() {
            for (resource_at, resource) in file.payload.resources.iter().enumerate() {
                let Some(key) = resource.key else { continue };
                let site = Site {
                    file: at as u32,
                    resource: resource_at as u32,
                };
                let keys = &mut self.keys[usize::from(resource.collection.0)];
                let first = *keys.entry(key_text(file.document, key)).or_insert(site);
                if first != site {
                    self.duplicates.push((site, first));
                }
            }
        }
    }

    fn resolve_all(&self, file: usize) -> Vec<Resolution> {
        let file = &self.files[file];
        file.payload
            .references
            .iter()
            .map(|reference| {
                self.resolve(&key_text(file.document, reference.node), reference.target)
            })
            .collect()
    }

    /// What a key under a reference to `target` names.
    pub(crate) fn resolve(&self, key: &str, target: CollectionId) -> Resolution {
        if let Some(site) = self.find(target, key) {
            return Resolution::Found(site);
        }
        if key.trim().is_empty() {
            return Resolution::Empty;
        }
        let collections = 0..graph().collections.len() as u8;
        let accepted = |id: &CollectionId| accepts(target, *id);
        if let Some(site) = collections
            .clone()
            .map(CollectionId)
            .filter(accepted)
            .find_map(|id| self.find(id, key))
        {
            return Resolution::Found(site);
        }
        if collections
            .clone()
            .map(CollectionId)
            .filter(accepted)
            .any(|id| self.is_known(id, key))
        {
            return Resolution::Known;
        }
        collections
            .map(CollectionId)
            .find_map(|id| self.find(id, key))
            .map_or(Resolution::Missing, Resolution::WrongKind)
    }

    /// The first resource of a collection with a key.
    pub(crate) fn find(&self, collection: CollectionId, key: &str) -> Option<Site> {
        self.keys[usize::from(collection.0)].get(key).copied()
    }

    fn is_known(&self, collection: CollectionId, key: &str) -> bool {
        let keys = self.known.keys(&self.customer, collection);
        keys.is_some_and(|keys| keys.contains(key))
    }

    /// Keys of a collection that are known from elsewhere.
    pub(crate) fn known_keys(&self, collection: CollectionId) -> impl Iterator<Item = &str> {
        let keys = self.known.keys(&self.customer, collection);
        keys.into_iter().flatten().map(String::as_str)
    }

    /// Whether the world holds a collection that a reference to `target` may name: then a key that
    /// is not in it is probably wrong.
    pub(crate) fn holds(&self, target: CollectionId) -> bool {
        (0..graph().collections.len() as u8)
            .map(CollectionId)
            .filter(|id| accepts(target, *id))
            .any(|id| {
                let here = self
                    .files
                    .iter()
                    .any(|file| file.payload.collections & (1 << id.0) != 0);
                here || self.known.keys(&self.customer, id).is_some()
            })
    }

    /// The keys of a collection with the first resource that has each, in no order.
    pub(crate) fn keys(&self, collection: CollectionId) -> impl Iterator<Item = (&str, Site)> {
        self.keys[usize::from(collection.0)]
            .iter()
            .map(|(key, site)| (key.as_ref(), *site))
    }

    /// What each reference of a file names, in the order of [`Payload::references`].
    pub(crate) fn resolutions(&self, file: usize) -> &[Resolution] {
        &self.resolutions[file]
    }

    /// What the references of one resource name.
    pub(crate) fn resolved_references(
        &self,
        site: Site,
    ) -> impl Iterator<Item = (&Reference, Resolution)> {
        let file = &self.files[site.file as usize];
        let range = self.resource(site).references.clone();
        let range = range.start as usize..range.end as usize;
        file.payload.references[range.clone()]
            .iter()
            .zip(self.resolutions[site.file as usize][range].iter().copied())
    }

    pub(crate) fn resource(&self, site: Site) -> &Resource {
        &self.files[site.file as usize].payload.resources[site.resource as usize]
    }
}

/// Whether a reference to `target` may name a resource of `collection`. `space` and
/// `user_identity` are the API's generic words: a location, a person.
pub(crate) fn accepts(target: CollectionId, collection: CollectionId) -> bool {
    let graph = graph();
    let kind = graph.collection(collection).kind;
    target == collection
        || match graph.collection(target).name.as_str() {
            "spaces" => kind == ResourceKind::Location,
            "user_identities" => kind == ResourceKind::Person,
            _ => false,
        }
}
