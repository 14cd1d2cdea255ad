//! Keys and contacts that payloads of several customers have. Within a workspace each is meant to be unique.

use std::borrow::Cow;
use std::collections::HashMap;

use json_document::{Document, NodeId};

use super::graph::CollectionId;
use super::key::key_text;
use super::payload::Payload;
use super::person::{plain_email, plain_phone};
use crate::platform::hash::RandomState;

/// A payload with its customer and the name of its file.
#[derive(Debug)]
pub(crate) struct OfCustomer<'c> {
    pub(crate) customer: Cow<'c, str>,
    pub(crate) name: &'c str,
    pub(crate) document: &'c Document<'c>,
    pub(crate) payload: &'c Payload,
}

/// A key or a contact that a payload of another customer before this one has.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) node: NodeId,
    /// The collection of the key; none of a contact.
    pub(crate) kind: Option<CollectionId>,
    /// The other customer.
    pub(crate) customer: String,
    /// The name of the other file.
    pub(crate) name: String,
}

/// What is unique by itself: the keys of a collection, e-mail addresses, phone numbers.
type Kind = (Option<CollectionId>, bool);

/// Finds what payloads share with those of other customers before them: a list for each payload.
pub(crate) fn shared(payloads: &[OfCustomer<'_>]) -> Vec<Vec<Shared>> {
    let mut first: HashMap<(Kind, Cow<'_, str>), usize, RandomState> = HashMap::default();
    let mut all = Vec::with_capacity(payloads.len());
    for (at, of) in payloads.iter().enumerate() {
        let mut found = Vec::new();
        let mut add = |kind: Kind, text: Cow<'_, str>, node: NodeId| {
            if text.is_empty() {
                return;
            }
            let known = *first.entry((kind, text.into_owned().into())).or_insert(at);
            let other = &payloads[known];
            if other.customer != of.customer {
                found.push(Shared {
                    node,
                    kind: kind.0,
                    customer: other.customer.clone().into_owned(),
                    name: other.name.to_owned(),
                });
            }
        };
        for resource in &of.payload.resources {
            if let Some(key) = resource.key {
                add(
                    (Some(resource.collection), false),
                    key_text(of.document, key),
                    key,
                );
            }
        }
        for person in &of.payload.people {
            let email = person.email.map(|email| email.node);
            if let Some((node, text)) =
                email.and_then(|node| Some((node, plain_email(of.document, node)?)))
            {
                add((None, false), text, node);
            }
            let phone = person.phone.map(|phone| phone.node);
            if let Some((node, text)) =
                phone.and_then(|node| Some((node, plain_phone(of.document, node)?)))
            {
                add((None, true), text, node);
            }
        }
        all.push(found);
    }
    all
}
