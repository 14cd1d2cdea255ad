//! Keys that are known from elsewhere: earlier payloads, other systems.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::graph::{CollectionId, Graph};
use super::world::World;
use super::{graph, key_text};

/// Own keys of resources that exist outside the payload, by customer and collection. Written by
/// `seamlint keys` as JSON:
///
/// ```json
/// { "version": 1, "customers": { "hotel_17": { "rooms": ["101", "102"] } } }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownKeys {
    version: u8,
    /// By `customer_key`; `""` for payloads without one.
    customers: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// The version of the file that is read and written.
const VERSION: u8 = 1;

impl KnownKeys {
    /// No keys.
    #[must_use]
    pub fn new() -> Self {
        Self {
            version: VERSION,
            customers: BTreeMap::new(),
        }
    }

    /// Reads the file that `seamlint keys` writes.
    ///
    /// # Errors
    ///
    /// Says what is wrong: no JSON of this form, another version, or a collection that does not
    /// exist.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let known: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if known.version != VERSION {
            return Err(format!(
                "version {} of known keys; this seamlint reads version {VERSION}",
                known.version
            ));
        }
        for collections in known.customers.values() {
            if let Some(unknown) = collections
                .keys()
                .find(|name| find(graph(), name).is_none())
            {
                return Err(format!("{unknown:?} is no collection"));
            }
        }
        Ok(known)
    }

    /// The keys as JSON, sorted, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// Adds a key of a collection, such as `rooms`, for a customer.
    ///
    /// # Errors
    ///
    /// The name, if there is no such collection.
    pub fn insert(&mut self, customer: &str, collection: &str, key: &str) -> Result<(), String> {
        if find(graph(), collection).is_none() {
            return Err(format!("{collection:?} is no collection"));
        }
        self.customers
            .entry(customer.to_owned())
            .or_default()
            .entry(collection.to_owned())
            .or_default()
            .insert(key.to_owned());
        Ok(())
    }

    /// Adds the own keys of every resource in a payload's text.
    pub fn add_payload(&mut self, text: &str) {
        World::with_text(text, |world| {
            let file = &world.files[0];
            let customer = file.customer_key().unwrap_or_default();
            let collections = self.customers.entry(customer.into_owned()).or_default();
            for resource in &file.payload.resources {
                if let Some(key) = resource.key {
                    collections
                        .entry(graph().collection(resource.collection).name.clone())
                        .or_default()
                        .insert(key_text(file.document, key).into_owned());
                }
            }
        });
    }

    /// Adds all keys of another set.
    pub fn extend(&mut self, other: Self) {
        for (customer, collections) in other.customers {
            let known = self.customers.entry(customer).or_default();
            for (collection, keys) in collections {
                known.entry(collection).or_default().extend(keys);
            }
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.customers.values().all(BTreeMap::is_empty)
    }

    /// The keys of a collection: one customer's, or everybody's where nothing says whose it is,
    /// as with a resource by itself.
    pub(crate) fn keys(
        &self,
        customer: Option<&str>,
        collection: CollectionId,
    ) -> Vec<&BTreeSet<String>> {
        let name = &graph().collection(collection).name;
        match customer {
            Some(customer) => {
                let collections = self.customers.get(customer);
                collections
                    .and_then(|collections| collections.get(name))
                    .into_iter()
                    .collect()
            }
            None => self
                .customers
                .values()
                .filter_map(|collections| collections.get(name))
                .collect(),
        }
    }
}

fn find(graph: &Graph, name: &str) -> Option<CollectionId> {
    let at = graph
        .collections
        .iter()
        .position(|known| known.name == name)?;
    Some(CollectionId(at as u8))
}
