//! Keys that are known from elsewhere: earlier payloads, other systems.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use json_document::{Document, Scratch};

use crate::platform::hash::RandomState;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::graph::{CollectionId, Graph, graph};
use super::key::key_text;
use super::payload::Payload;
use crate::platform::sort;
use crate::schema;
use crate::text::escape::{in_json, in_quotes};
use crate::time::zone::lookup;

/// Own keys of resources that exist outside the payload, by customer and collection. Written by
/// `seamlint keys` as JSON:
///
/// ```json
/// { "version": 1, "customers": { "hotel_17": { "rooms": ["101", "102"] } } }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownKeys {
    /// By `customer_key`; `""` for payloads without one.
    customers: HashMap<String, Collections, RandomState>,
    /// By customer, the clocks of the locations in payloads that were added. A file of known keys has none.
    clocks: HashMap<String, Clocks, RandomState>,
}

/// The clocks of locations by collection and own key.
type Clocks = HashMap<(CollectionId, String), KnownClock, RandomState>;

/// The zone and the default times of a location that is not in the payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KnownClock {
    /// IANA's name of the zone.
    pub(crate) zone: &'static str,
    /// Seconds since midnight.
    pub(crate) checkin: Option<u32>,
    /// Seconds since midnight.
    pub(crate) checkout: Option<u32>,
}

/// Why keys cannot be read or added.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KnownKeysError {
    /// The text is no JSON of this form; with the reason.
    InvalidJson(String),
    /// The file has a version that is not read.
    UnknownVersion(u8),
    /// No collection has this name.
    UnknownCollection(String),
}

impl fmt::Display for KnownKeysError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidJson(reason) => formatter.write_str(reason),
            Self::UnknownVersion(version) => write!(
                formatter,
                "version {version} of known keys; this seamlint reads version {VERSION}"
            ),
            Self::UnknownCollection(name) => {
                write!(formatter, "{} is no collection", in_quotes(name))
            }
        }
    }
}

impl std::error::Error for KnownKeysError {}

/// By [`CollectionId`]; those at the end may be missing.
type Collections = Vec<Keys>;

/// The keys of a collection, in no order.
type Keys = HashSet<String, RandomState>;

/// The version of the file that is read and written.
const VERSION: u8 = 1;

/// The file, as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownKeysFile {
    version: u8,
    customers: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// The file, as it is written.
#[derive(Serialize)]
struct Written<'a> {
    version: u8,
    customers: Sorted<'a, Sorted<'a, Vec<&'a str>>>,
}

/// A JSON object.
struct Sorted<'a, T>(Vec<(&'a str, T)>);

impl<'a, T> Sorted<'a, T> {
    fn new(members: impl Iterator<Item = (&'a str, T)>) -> Self {
        let mut members: Vec<_> = members.collect();
        sort::sort_by(&mut members, |(a, _), (b, _)| a.cmp(b));
        Self(members)
    }
}

impl<T: Serialize> Serialize for Sorted<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Keys in the order of their characters.
fn sorted<'a>(keys: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut keys: Vec<&str> = keys.map(String::as_str).collect();
    sort::sort_by(&mut keys, Ord::cmp);
    keys
}

impl Serialize for KnownKeys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let customers = self.customers.iter().map(|(customer, collections)| {
            let collections = graph().collections.iter().zip(collections);
            let collections = collections
                .filter(|(_, keys)| !keys.is_empty())
                .map(|(collection, keys)| (collection.name.as_str(), sorted(keys.iter())));
            (customer.as_str(), Sorted::new(collections))
        });
        let written = Written {
            version: VERSION,
            customers: Sorted::new(customers),
        };
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for KnownKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(KnownKeysFile::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl TryFrom<KnownKeysFile> for KnownKeys {
    type Error = KnownKeysError;

    fn try_from(read: KnownKeysFile) -> Result<Self, KnownKeysError> {
        if read.version != VERSION {
            return Err(KnownKeysError::UnknownVersion(read.version));
        }
        let mut known = Self::new();
        for (customer, collections) in read.customers {
            let customer = known.customers.entry(customer).or_default();
            for (name, keys) in collections {
                let id = find(graph(), &name)?;
                keys_of(customer, id).extend(keys);
            }
        }
        Ok(known)
    }
}

impl KnownKeys {
    /// No keys.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the file that `seamlint keys` writes.
    ///
    /// # Errors
    ///
    /// The text is no JSON of this form, of another version, or names a collection that does not exist.
    pub fn from_json(text: &str) -> Result<Self, KnownKeysError> {
        let read: KnownKeysFile = serde_json::from_str(text)
            .map_err(|error| KnownKeysError::InvalidJson(error.to_string()))?;
        Self::try_from(read)
    }

    /// The keys as JSON, sorted, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        in_json(&json).into_owned() + "\n"
    }

    /// Adds a key of a collection, such as `rooms`, for a customer.
    ///
    /// # Errors
    ///
    /// There is no such collection.
    pub fn insert(
        &mut self,
        customer: &str,
        collection: &str,
        key: &str,
    ) -> Result<(), KnownKeysError> {
        let id = find(graph(), collection)?;
        let collections = self.customers.entry(customer.to_owned()).or_default();
        keys_of(collections, id).insert(key.to_owned());
        Ok(())
    }

    /// Adds the own keys of every resource in a payload's text.
    pub fn add_payload(&mut self, text: &str) {
        let document = schema::embedded().read(text, Scratch::default());
        let payload = Payload::build(&document, &[]);
        let customer = payload.customer_key.map(|key| key_text(&document, key));
        let customer = customer.unwrap_or_default().into_owned();
        self.add_clocks(&customer, &document, &payload);
        let collections = self.customers.entry(customer).or_default();
        for resource in &payload.resources {
            if let Some(key) = resource.key {
                keys_of(collections, resource.collection)
                    .insert(key_text(&document, key).into_owned());
            }
        }
    }

    fn add_clocks(&mut self, customer: &str, document: &Document<'_>, payload: &Payload) {
        let clocks = payload.spaces.iter().filter_map(|space| {
            let resource = &payload.resources[space.resource as usize];
            let key = key_text(document, resource.key?).into_owned();
            let clock = KnownClock {
                zone: lookup(&key_text(document, space.time_zone?))?.name,
                checkin: space.checkin.map(|time| time.seconds),
                checkout: space.checkout.map(|time| time.seconds),
            };
            Some(((resource.collection, key), clock))
        });
        let clocks: Vec<_> = clocks.collect();
        if !clocks.is_empty() {
            let known = self.clocks.entry(customer.to_owned()).or_default();
            known.extend(clocks);
        }
    }

    /// Adds all keys of another set.
    pub fn extend(&mut self, other: Self) {
        for (customer, collections) in other.customers {
            let known = self.customers.entry(customer).or_default();
            for (id, keys) in (0..).map(CollectionId).zip(collections) {
                keys_of(known, id).extend(keys);
            }
        }
        for (customer, clocks) in other.clocks {
            self.clocks.entry(customer).or_default().extend(clocks);
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let mut all = self.customers.values().flatten();
        all.all(HashSet::is_empty)
    }

    /// The keys of one customer, or everybody's where nothing says whose a payload is, as with a
    /// resource by itself.
    pub(super) fn to_set(&self, customer: Option<&str>) -> KnownToSet<'_> {
        let customers: Vec<&Collections> = match customer {
            Some(customer) => self.customers.get(customer).into_iter().collect(),
            None => self.customers.values().collect(),
        };
        let of_collection = |id: usize| {
            let keys = customers.iter().filter_map(|known| known.get(id));
            keys.filter(|keys: &&Keys| !keys.is_empty()).collect()
        };
        let clocks = match customer {
            Some(customer) => self.clocks.get(customer).into_iter().collect(),
            None => self.clocks.values().collect(),
        };
        KnownToSet {
            keys: (0..graph().collections.len()).map(of_collection).collect(),
            clocks,
        }
    }
}

/// What is known of locations and people that a payload set may name.
#[derive(Debug)]
pub(super) struct KnownToSet<'w> {
    /// By [`CollectionId`]. None of the sets is empty.
    keys: Vec<Vec<&'w Keys>>,
    clocks: Vec<&'w Clocks>,
}

impl KnownToSet<'_> {
    /// The first of some collections that has a key.
    pub(super) fn collection_of(&self, key: &str, collections: u32) -> Option<CollectionId> {
        let sets = (0..).map(CollectionId).zip(&self.keys);
        let mut sets = sets.filter(|(id, _)| collections & 1 << id.0 != 0);
        let found = sets.find(|(_, sets)| sets.iter().any(|set| set.contains(key)));
        found.map(|(id, _)| id)
    }

    /// The clock of a location.
    pub(super) fn clock(&self, key: &str, collections: u32) -> Option<KnownClock> {
        if self.clocks.is_empty() {
            return None;
        }
        let key = (self.collection_of(key, collections)?, key.to_owned());
        self.clocks
            .iter()
            .find_map(|clocks| clocks.get(&key).copied())
    }

    /// Whether the clock of any location is known.
    pub(super) fn has_clocks(&self) -> bool {
        !self.clocks.is_empty()
    }

    /// The collections with any key, a bit each.
    pub(super) fn held(&self) -> u32 {
        let sets = self.keys.iter().enumerate();
        let sets = sets.filter(|(_, sets)| !sets.is_empty());
        sets.fold(0, |held, (id, _)| held | 1 << id)
    }

    /// The keys of a collection, in the order of their characters.
    pub(super) fn sorted(&self, collection: CollectionId) -> Vec<&str> {
        sorted(
            self.keys[usize::from(collection.0)]
                .iter()
                .copied()
                .flatten(),
        )
    }
}

/// The keys of a collection among those of a customer.
fn keys_of(collections: &mut Collections, id: CollectionId) -> &mut Keys {
    let at = usize::from(id.0);
    if at >= collections.len() {
        collections.resize_with(at + 1, Keys::default);
    }
    &mut collections[at]
}

fn find(graph: &Graph, name: &str) -> Result<CollectionId, KnownKeysError> {
    let at = graph
        .collections
        .iter()
        .position(|known| known.name == name);
    let at = at.ok_or_else(|| KnownKeysError::UnknownCollection(name.to_owned()))?;
    Ok(CollectionId(at as u8))
}
