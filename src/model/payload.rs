//! A document as a payload: its resources, references, people, stays and spaces.
//!
//! Every rule reads these. A value of the wrong type is absent here: the schema check reports it.

use std::ops::Range;

use json_document::{Document, NodeId};

use super::person::Person;
use super::reference::{NonPlainKey, Reference};
use super::resource::Resource;
use super::space::{Coordinates, Space};
use super::stay::{Dated, Stay};

/// What one pass over a document reads.
#[derive(Debug, Default)]
pub(crate) struct Payload {
    /// The string under `customer_key`.
    pub(crate) customer_key: Option<NodeId>,
    /// The collections with at least one resource, as bits by [`CollectionId`](super::graph::CollectionId).
    pub(crate) held: u32,
    /// In the order of the text, as are all lists here.
    pub(crate) resources: Vec<Resource>,
    pub(crate) references: Vec<Reference>,
    /// The entries of `custom_metadata` whose name or value may be wrong, or whose value removes
    /// them. Rules about values look at the few that one pass could not accept.
    pub(crate) uncommon_entries: Vec<NodeId>,
    /// The `custom_metadata` objects with more entries than the API takes.
    pub(crate) large_metadata: Vec<NodeId>,
    /// By spelling of a name, whether nothing is wrong with it in metadata. Empty until there is metadata.
    pub(super) common_names: Vec<bool>,
    /// The strings under `name` that may be blank, or have white space at an end.
    pub(crate) names_to_trim: Vec<NodeId>,
    /// The strings under `name` and `address` that are not plain.
    pub(crate) non_plain_names: Vec<NodeId>,
    /// The own keys and references, the customer's key first, that may have been made from nothing.
    pub(crate) possible_placeholders: Vec<NodeId>,
    /// The strings under `name` that may have been made from nothing.
    pub(crate) possible_placeholder_names: Vec<NodeId>,
    /// The number under `low_battery_alert_threshold`.
    pub(crate) low_battery_threshold: Option<NodeId>,
    /// The own keys and references that are not plain. Most rules about keys look at no others.
    pub(crate) non_plain_keys: Vec<NonPlainKey>,
    /// False guarantees that no list names a resource twice.
    pub(crate) may_repeat: bool,
    pub(crate) people: Vec<Person>,
    /// The e-mail addresses that may be wrong.
    pub(crate) uncommon_emails: Vec<NodeId>,
    /// The phone numbers that may be wrong.
    pub(crate) uncommon_phones: Vec<NodeId>,
    /// The codes that locks may refuse.
    pub(crate) uncommon_codes: Vec<NodeId>,
    pub(crate) stays: Vec<Stay>,
    /// The dates and times of stays at which no stay is, or that the API may not take.
    pub(crate) uncommon_times: Vec<Dated>,
    pub(crate) spaces: Vec<Space>,
    /// The resources with a number under `duration_minutes`: they are booked in slots.
    pub(crate) slots: Vec<u32>,
    /// The coordinates that may be wrong.
    pub(crate) uncommon_coordinates: Vec<Coordinates>,
}

impl Payload {
    /// Every own key and reference that is not plain, and the customer's key if it is not.
    pub(crate) fn non_plain_key_nodes(
        &self,
        document: &Document<'_>,
    ) -> impl Iterator<Item = NodeId> {
        let customer = self.customer_key.filter(|key| !document.is_plain(*key));
        let keys = self.non_plain_keys.iter().filter_map(|key| match *key {
            NonPlainKey::Own(resource) => self.resources[resource as usize].key,
            NonPlainKey::Reference(at) => Some(self.references[at as usize].node),
        });
        customer.into_iter().chain(keys)
    }

    /// The references that are not plain, in the order of the text.
    pub(crate) fn non_plain_references(&self) -> impl Iterator<Item = &Reference> {
        self.non_plain_keys.iter().filter_map(|key| match key {
            NonPlainKey::Own(_) => None,
            NonPlainKey::Reference(at) => Some(&self.references[*at as usize]),
        })
    }

    /// The references of a resource, in [`Payload::references`]: up to those of the next.
    pub(crate) fn references_of(&self, resource: u32) -> Range<usize> {
        let first = |resource: &Resource| resource.first_reference as usize;
        let at = resource as usize;
        let end = self.resources.get(at + 1);
        first(&self.resources[at])..end.map_or(self.references.len(), first)
    }

    /// The resource that holds a reference of this payload.
    pub(crate) fn holder(&self, reference: Reference) -> &Resource {
        &self.resources[self.holder_index(reference) as usize]
    }

    /// As [`Payload::holder`], its place in [`Payload::resources`].
    pub(crate) fn holder_index(&self, reference: Reference) -> u32 {
        let before = |resource: &Resource| resource.node < reference.node;
        self.resources.partition_point(before) as u32 - 1
    }
}
