//! Who has which e-mail address and phone number, over all files of a world.

use std::borrow::Cow;
use std::mem;
use std::num::NonZeroU32;

use super::key_hash;
use super::world::{Site, World};
use super::{Contact, Person, key_text};
use crate::json::{Document, Node, NodeId};
use crate::light;
use crate::texts::{self, Texts};
use crate::values::email::is_plainly_valid;
use crate::values::phone::is_e164;

/// A contact where a person has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) site: Site,
    /// The string.
    pub(crate) node: NodeId,
}

/// A contact that another person has too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conflict {
    pub(crate) later: Use,
    /// The first in the world with that contact.
    pub(crate) first: Use,
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
        let mut memory = world.take(|memory| &mut memory.contacts);
        // One after the other: two tables side by side are more memory than anything else here.
        let mut meet = |contact: fn(&Person) -> Option<Contact>, plain: Plain| {
            let mut first = First {
                by_contact: mem::take(&mut memory).emptied(people),
                contact,
                plain,
            };
            for (at, file) in world.files.iter().enumerate() {
                let people = 0..file.payload.people.len();
                let meet = |person| first.meet(world, (at as u32, person as u32));
                conflicts.extend(people.filter_map(meet));
            }
            memory = first.by_contact;
        };
        meet(|person| person.email, plain_email);
        meet(|person| person.phone, plain_phone);
        world.give_back(|memory| &mut memory.contacts, memory);
        light::sort_by_key(&mut conflicts, |conflict| conflict.later.site);
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

/// The lists of [`Contacts::new`], kept from one call to the next.
#[derive(Debug, Default)]
pub(crate) struct ByContact {
    texts: Texts,
    /// By the number of their contact: in [`World::files`], and in that file's people.
    people: Vec<(u32, u32)>,
}

impl ByContact {
    /// For so many people, in the memory of this one.
    fn emptied(mut self, people: usize) -> Self {
        self.people.clear();
        self.people.reserve(people);
        self.texts = self.texts.emptied(people);
        self
    }
}

/// Who had each contact first.
struct First {
    by_contact: ByContact,
    contact: fn(&Person) -> Option<Contact>,
    plain: Plain,
}

/// What a contact is compared by.
type Plain = for<'a> fn(&Document<'a>, NodeId) -> Option<Cow<'a, str>>;

impl First {
    /// Remembers who had a contact first; a later one is a conflict, unless it is a later version
    /// of the same record, which overwrites it.
    fn meet(&mut self, world: &World<'_>, person: (u32, u32)) -> Option<Conflict> {
        let find = |(file, person): (u32, u32)| {
            let person = &world.files[file as usize].payload.people[person as usize];
            let contact = (self.contact)(person)?;
            let site = Site {
                file,
                resource: person.resource,
            };
            let node = contact.node;
            Some((Use { site, node }, contact.hash))
        };
        let (later, hash) = find(person)?;
        let known =
            |number: u32| find(self.by_contact.people[number as usize]).map(|(found, _)| found);
        let plain = |one: Use| (self.plain)(world.document(one.site), one.node);
        let is_it = |number: u32| known(number).and_then(plain) == plain(later);
        match self.by_contact.texts.find(hash?.get(), is_it) {
            Err(vacant) => {
                let ByContact { texts, people } = &mut self.by_contact;
                texts.insert(vacant, people.len() as u32);
                people.push(person);
                None
            }
            Ok(number) => known(number)
                .filter(|first| !is_same_record(world, first.site, later.site))
                .map(|first| Conflict { later, first }),
        }
    }
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

/// What is read of a contact beside the rest of its record.
pub(crate) struct Read {
    /// What it is found by: of two that are compared as one text, the same. Absent for what is no
    /// contact.
    pub(crate) hash: Option<NonZeroU32>,
    /// Nothing is wrong with it.
    pub(crate) is_common: bool,
}

impl Read {
    /// Of what a contact is compared by.
    fn new(plain: Option<&[u8]>, is_common: bool) -> Self {
        let hash = |plain| NonZeroU32::MIN | texts::short(key_hash::hash(plain));
        Self {
            hash: plain.map(hash),
            is_common,
        }
    }
}

/// Reads an e-mail address.
#[inline]
pub(crate) fn email(document: &Document<'_>, id: NodeId, node: &Node) -> Read {
    if let Some(text) = document.plain_bytes(node)
        && is_plainly_valid(text)
    {
        return Read::new(Some(text), true);
    }
    let plain = plain_email(document, id);
    Read::new(plain.as_deref().map(str::as_bytes), false)
}

/// Reads a phone number.
#[inline]
pub(crate) fn phone(document: &Document<'_>, id: NodeId, node: &Node) -> Read {
    if let Some([_, digits @ ..]) = document.plain_bytes(node).filter(|text| is_e164(text)) {
        return Read::new(Some(digits), true);
    }
    let plain = plain_phone(document, id);
    Read::new(plain.as_deref().map(str::as_bytes), false)
}

/// Whether a text is ASCII without capitals.
fn is_lower(text: &[u8]) -> bool {
    // Without a short cut, so that many bytes are looked at together.
    text.iter().fold(true, |lower, byte| {
        lower & byte.is_ascii() & !byte.is_ascii_uppercase()
    })
}

/// An e-mail address without white space around it and in lower case. What has no `@` is no
/// address, and no conflict.
fn plain_email<'a>(document: &Document<'a>, node: NodeId) -> Option<Cow<'a, str>> {
    let text = document.string(node)?;
    let text = match text {
        text if document.is_plain(node) => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    memchr::memchr(b'@', text.as_bytes())?;
    Some(if is_lower(text.as_bytes()) {
        text
    } else {
        Cow::Owned(crate::text::unicode::lower(&text))
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
        text if text
            .chars()
            .any(|c| !c.is_ascii_digit() && crate::text::unicode::is_alphanumeric(c)) =>
        {
            return None;
        }
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
