//! E-mail addresses and phone numbers that several people of a payload set have.

use std::borrow::Cow;

use json_document::{Document, NodeId};

use super::files::{ResourceRef, of_file};
use super::key::is_same_text;
use super::payload_set::PayloadSet;
use super::person::{Contact, Person, plain_email, plain_phone};
use super::str_index::StrIndex;
use crate::platform::sort;

/// A contact of a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) person: ResourceRef,
    /// The string.
    pub(crate) node: NodeId,
}

/// A contact that another person has too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conflict {
    pub(crate) later: Use,
    /// The first in the set with that contact.
    pub(crate) first: Use,
}

/// Contacts that more than one person record has.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    /// In the order of the set's people.
    conflicts: Vec<Conflict>,
}

impl Contacts {
    pub(crate) fn new(set: &PayloadSet<'_>) -> Self {
        let mut conflicts = Vec::new();
        find_conflicts(set, |person| person.email, plain_email, &mut conflicts);
        find_conflicts(set, |person| person.phone, plain_phone, &mut conflicts);
        sort::sort_by_key(&mut conflicts, |conflict| conflict.later.person);
        Self { conflicts }
    }

    /// The conflicts whose later record is in a file.
    pub(crate) fn in_file(&self, file: u32) -> &[Conflict] {
        of_file(&self.conflicts, file, |conflict| conflict.later.person.file)
    }
}

/// Adds a conflict for each contact that an earlier person has, unless both are versions of one
/// record: the later one overwrites the other. `plain` gives what contacts are compared by.
fn find_conflicts(
    set: &PayloadSet<'_>,
    contact: fn(&Person) -> Option<Contact>,
    plain: for<'a> fn(&'a Document<'_>, NodeId) -> Option<Cow<'a, str>>,
    conflicts: &mut Vec<Conflict>,
) {
    let people = set.files().iter().map(|file| file.payload.people.len());
    let mut numbers = StrIndex::with_capacity(people.sum());
    // By number, the first person with a contact.
    let mut first: Vec<Use> = Vec::new();
    for (file, of) in (0..).zip(set.files()) {
        for person in &of.payload.people {
            let Some(Contact { node, hash }) = contact(person) else {
                continue;
            };
            let Some(hash) = hash else {
                continue;
            };
            let resource = person.resource;
            let later = Use {
                person: ResourceRef { file, resource },
                node,
            };
            let plain = |one: Use| plain(set.document(one.person), one.node);
            let is_it = |number: u32| plain(first[number as usize]) == plain(later);
            match numbers.find(hash.get(), is_it) {
                Err(vacant) => {
                    numbers.insert(vacant, first.len() as u32);
                    first.push(later);
                }
                Ok(number) => {
                    let first = first[number as usize];
                    if !is_same_record(set, first.person, later.person) {
                        conflicts.push(Conflict { later, first });
                    }
                }
            }
        }
    }
}

/// Whether two resources have one key in one collection.
fn is_same_record(set: &PayloadSet<'_>, one: ResourceRef, other: ResourceRef) -> bool {
    let (a, b) = (set.resource(one), set.resource(other));
    let documents = (set.document(one), set.document(other));
    one == other
        || a.collection == b.collection
            && match (a.key, b.key) {
                (Some(a), Some(b)) => is_same_text((documents.0, a), (documents.1, b)),
                _ => false,
            }
}
