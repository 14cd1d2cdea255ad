//! Who has which e-mail address and phone number, over all files of a world.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

use super::key_text;
use super::world::{Site, World};
use crate::json::{Document, NodeId};

/// A contact of a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contact {
    pub(crate) site: Site,
    /// The string.
    pub(crate) node: NodeId,
}

/// A contact that another person has too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conflict {
    pub(crate) later: Contact,
    /// The first in the world with that contact.
    pub(crate) first: Contact,
}

/// Contacts that more than one person record has.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    /// In the order of the world's people.
    pub(crate) conflicts: Vec<Conflict>,
}

impl Contacts {
    pub(crate) fn new(world: &World<'_>) -> Self {
        let mut conflicts = Vec::new();
        let people: usize = world
            .files
            .iter()
            .map(|file| file.payload.people.len())
            .sum();
        let mut emails = HashMap::with_capacity_and_hasher(people, RandomState::default());
        let mut phones = HashMap::with_capacity_and_hasher(people, RandomState::default());
        for (at, file) in world.files.iter().enumerate() {
            for person in &file.payload.people {
                let site = Site {
                    file: at as u32,
                    resource: person.resource,
                };
                if let Some(node) = person.email
                    && let Some(email) = plain_email(file.document, node)
                {
                    conflicts.extend(meet(world, &mut emails, email, Contact { site, node }));
                }
                if let Some(node) = person.phone
                    && let Some(phone) = plain_phone(file.document, node)
                {
                    conflicts.extend(meet(world, &mut phones, phone, Contact { site, node }));
                }
            }
        }
        Self { conflicts }
    }

    /// The conflicts whose later record stands in a file.
    pub(crate) fn in_file(&self, file: u32) -> &[Conflict] {
        let start = self.conflicts.partition_point(|c| c.later.site.file < file);
        let end = self
            .conflicts
            .partition_point(|c| c.later.site.file <= file);
        &self.conflicts[start..end]
    }
}

/// Remembers who had a contact first; a later one is a conflict, unless it is a later version of
/// the same record, which overwrites it.
fn meet<'w>(
    world: &World<'w>,
    known: &mut HashMap<Cow<'w, str>, Contact, RandomState>,
    text: Cow<'w, str>,
    contact: Contact,
) -> Option<Conflict> {
    let first = match known.entry(text) {
        Entry::Vacant(entry) => {
            entry.insert(contact);
            return None;
        }
        Entry::Occupied(entry) => *entry.get(),
    };
    (!is_same_record(world, first.site, contact.site)).then_some(Conflict {
        later: contact,
        first,
    })
}

/// Whether two resources have one key in one collection.
pub(crate) fn is_same_record(world: &World<'_>, one: Site, other: Site) -> bool {
    let key = |site: Site| {
        let resource = world.resource(site);
        let document = world.files[site.file as usize].document;
        resource.key.map(|key| key_text(document, key))
    };
    one == other
        || world.resource(one).collection == world.resource(other).collection
            && key(one).is_some_and(|one| key(other) == Some(one))
}

/// An e-mail address without white space around it and in lower case. What has no `@` is no
/// address, and no conflict.
fn plain_email<'a>(document: &Document<'a>, node: NodeId) -> Option<Cow<'a, str>> {
    let text = document.string(node)?;
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    if !text.contains('@') {
        return None;
    }
    let is_plain = text
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    Some(if is_plain {
        text
    } else {
        Cow::Owned(text.to_lowercase())
    })
}

/// The digits of a phone number: white space, punctuation, `+` and a leading `00` do not tell two
/// apart. What has letters or no digit is no number.
fn plain_phone<'a>(document: &Document<'a>, node: NodeId) -> Option<Cow<'a, str>> {
    let text = document.string(node)?;
    let digits = match text {
        Cow::Borrowed(text)
            if text
                .strip_prefix('+')
                .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())) =>
        {
            Cow::Borrowed(&text[1..])
        }
        text if text.chars().any(char::is_alphabetic) => return None,
        text => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            Cow::Owned(match digits.strip_prefix("00") {
                Some(rest) => rest.to_owned(),
                None => digits,
            })
        }
    };
    // `0`, `000` and `-` stand for "none".
    (digits.bytes().any(|b| b != b'0')).then_some(digits)
}
