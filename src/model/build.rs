//! Reads a payload off a document, in one pass over the members of resources.

use json_document::{Document, Kind, NamedDocument, Node, NodeId};

use super::graph::{CollectionId, ResourceKind, Role, graph};
use super::key::{hash_of, trimmed_text};
use super::payload::Payload;
use super::person::{Contact, Person};
use super::reference::{NonPlainKey, Reference};
use super::resource::Resource;
use super::skeleton::is_skeleton;
use super::space::{Coordinates, Space};
use super::stay::{Dated, Stay};
use crate::schema::subschema::NameId;
use crate::time::rfc3339;
use crate::time::timestamp::Timestamp;
use crate::values::access_code;
use crate::values::email::is_plainly_valid;
use crate::values::metadata::{MAX_ENTRIES, MAX_VALUE, is_filterable, is_refused_name};
use crate::values::phone::is_e164;
use crate::values::{placeholder, status};

/// What strings say that the schema check has read already, in the order of the text.
type Times<'t> = &'t [(NodeId, Timestamp)];

impl Payload {
    /// Reads a document that [`Schema::read`](crate::schema::subschema::Schema::read) has read. `times` are what some of its
    /// strings say, in the order of the text; what other strings say is read here.
    pub(crate) fn build(document: &NamedDocument<'_>, mut times: Times<'_>) -> Self {
        let graph = graph();
        let mut payload = Self::default();
        if document.kind(NodeId::ROOT) != Kind::Object {
            return payload;
        }
        // Enough for most payloads, since a list that grows is copied.
        let containers = document.container_count();
        payload.resources.reserve(containers * 5 / 8);
        payload.references.reserve(containers * 3 / 4);
        payload.people.reserve(containers / 4);
        payload.stays.reserve(containers / 4);
        for member in document.members(NodeId::ROOT) {
            let name = document.name_number(document.node(member));
            if let Some(collection) = graph.by_name(name) {
                if document.kind(member) == Kind::Array {
                    for (element, node) in document.child_nodes(member) {
                        if node.kind() == Kind::Object {
                            payload.resource(document, collection, element, &mut times);
                        }
                    }
                }
            } else if name == graph.customer_key.0 && document.kind(member) == Kind::String {
                payload.customer_key = Some(member);
                let node = document.node(member);
                if may_be_placeholder(document, member, node) {
                    payload.possible_placeholders.push(member);
                }
            } else if name == graph.low_battery_threshold.0 && document.kind(member) == Kind::Number
            {
                payload.low_battery_threshold = Some(member);
            }
        }
        payload
    }

    /// One resource by itself, as [`crate::Linter::check_resource`] reads it.
    pub(crate) fn build_resource(
        document: &NamedDocument<'_>,
        collection: CollectionId,
        mut times: Times<'_>,
    ) -> Self {
        let mut payload = Self::default();
        if document.kind(NodeId::ROOT) == Kind::Object {
            payload.resource(document, collection, NodeId::ROOT, &mut times);
        }
        payload
    }

    /// Reads an object in a collection.
    fn resource(
        &mut self,
        document: &NamedDocument<'_>,
        id: CollectionId,
        node: NodeId,
        times: &mut Times<'_>,
    ) {
        let collection = graph().collection(id);
        let holder = self.resources.len() as u32;
        self.held |= 1 << id.0;
        self.resources.push(Resource {
            collection: id,
            node,
            key: None,
            hash: 0,
            is_skeleton: false,
            first_reference: self.references.len() as u32,
        });
        match collection.kind {
            ResourceKind::Person => self.people.push(Person::new(holder)),
            ResourceKind::Stay => self.stays.push(Stay::new(holder)),
            ResourceKind::Location => {}
        }
        for (member, node) in document.member_nodes(node) {
            let name = document.name_number(node);
            // Matched beside the role, the kind would cost each member a jump of its own.
            let is_string = node.kind() == Kind::String;
            match collection.role(name) {
                Role::OwnKey if is_string => self.read_own_key(document, member, node),
                Role::StartsAt if is_string => {
                    let time = self.read_time(document, member, times);
                    if let Some(stay) = self.stay(holder) {
                        stay.starts_at = Some(member);
                        stay.starts = time;
                    }
                }
                Role::EndsAt if is_string => {
                    let time = self.read_time(document, member, times);
                    if let Some(stay) = self.stay(holder) {
                        stay.ends_at = Some(member);
                        stay.ends = time;
                    }
                }
                Role::PreferredCode if is_string => {
                    self.read_code(document, member, holder);
                }
                Role::Name if is_string => {
                    if !node.is_plain() {
                        self.non_plain_names.push(member);
                        if !document.has_visible_ends(member) {
                            self.names_to_trim.push(member);
                        }
                    }
                    if may_be_placeholder(document, member, node) {
                        self.possible_placeholder_names.push(member);
                    }
                }
                Role::Email if is_string => self.read_email(document, member, node, holder),
                Role::Phone if is_string => self.read_phone(document, member, node, holder),
                Role::Metadata if node.kind() == Kind::Object => {
                    self.read_metadata(document, member);
                }
                Role::CustomerData if node.kind() == Kind::Object => {
                    let space = Space::read(document, member, holder);
                    self.non_plain_names.extend(space.address);
                    self.spaces.push(space);
                }
                Role::Geolocation if node.kind() == Kind::Object => {
                    let coordinates = Coordinates::read(document, member);
                    if !coordinates.are_plausible(document) {
                        self.uncommon_coordinates.push(coordinates);
                    }
                }
                Role::Duration if node.kind() == Kind::Number => self.slots.push(holder),
                Role::Reference(target) if is_string => {
                    if let Some(stay) = self.stay(holder) {
                        let is_person = stay.names(target);
                        stay.people += u8::from(is_person);
                    }
                    self.push_reference(document, name, target, (member, node));
                }
                Role::References(target) if node.kind() == Kind::Array => {
                    let before = self.references.len();
                    for (element, node) in document.child_nodes(member) {
                        if node.kind() == Kind::String {
                            self.push_reference(document, name, target, (element, node));
                        }
                    }
                    let list = &self.references[before..];
                    self.may_repeat |= may_repeat(list);
                    if !list.is_empty()
                        && let Some(stay) = self.stay(holder)
                    {
                        stay.names(target);
                    }
                }
                _ => {}
            }
        }
    }

    /// The stay that a resource is, while it is read.
    fn stay(&mut self, resource: u32) -> Option<&mut Stay> {
        let last = self.stays.last_mut();
        last.filter(|stay| stay.resource == resource)
    }

    /// The person that a resource is, while it is read.
    fn person(&mut self, resource: u32) -> Option<&mut Person> {
        let last = self.people.last_mut();
        last.filter(|person| person.resource == resource)
    }

    fn read_time(
        &mut self,
        document: &Document<'_>,
        node: NodeId,
        times: &mut Times<'_>,
    ) -> Option<Timestamp> {
        let time = timestamp(document, node, times)?;
        if time.instant.is_implausible() || time.is_lower_case || time.is_leap_second() {
            self.uncommon_times.push(Dated { node, time });
        }
        Some(time)
    }

    // Hashes are taken here, while the text is in the processor's cache.
    fn read_own_key(&mut self, document: &Document<'_>, member: NodeId, node: &Node) {
        if !node.is_plain() {
            let holder = self.resources.len() as u32 - 1;
            self.non_plain_keys.push(NonPlainKey::Own(holder));
        }
        if may_be_placeholder(document, member, node) {
            self.possible_placeholders.push(member);
        }
        let Some(resource) = self.resources.last_mut() else {
            return;
        };
        resource.key = Some(member);
        resource.hash = hash_of(document, node);
        resource.is_skeleton = document.plain_bytes(node).is_some_and(is_skeleton);
    }

    fn read_code(&mut self, document: &Document<'_>, member: NodeId, holder: u32) {
        let code = trimmed_text(document, member);
        let digits = access_code::number(code.as_bytes());
        if digits.is_none() || access_code::weakness(code.as_bytes()).is_some() {
            self.uncommon_codes.push(member);
        }
        if let Some(stay) = self.stay(holder) {
            stay.code = Some(member);
            stay.digits = digits;
        }
    }

    fn read_email(&mut self, document: &Document<'_>, member: NodeId, node: &Node, holder: u32) {
        let common = document.plain_bytes(node);
        let common = common.filter(|text| is_plainly_valid(text));
        if common.is_none() {
            self.uncommon_emails.push(member);
        }
        if let Some(person) = self.person(holder) {
            person.email = Some(Contact::email(document, member, common));
        }
    }

    fn read_phone(&mut self, document: &Document<'_>, member: NodeId, node: &Node, holder: u32) {
        let common = document.plain_bytes(node).filter(|text| is_e164(text));
        if common.is_none() {
            self.uncommon_phones.push(member);
        }
        if let Some(person) = self.person(holder) {
            person.phone = Some(Contact::phone(document, member, common));
        }
    }

    /// `name` is the schema's number of the member's name.
    fn push_reference(
        &mut self,
        document: &Document<'_>,
        name: u16,
        target: CollectionId,
        (id, node): (NodeId, &Node),
    ) {
        if !node.is_plain() {
            let at = self.references.len() as u32;
            self.non_plain_keys.push(NonPlainKey::Reference(at));
        }
        if may_be_placeholder(document, id, node) {
            self.possible_placeholders.push(id);
        }
        self.references.push(Reference {
            member: NameId(name),
            target,
            node: id,
            hash: hash_of(document, node),
        });
    }

    /// Notes what is uncommon in a `custom_metadata` object: rules about metadata read nothing else.
    fn read_metadata(&mut self, document: &Document<'_>, metadata: NodeId) {
        if self.common_names.is_empty() {
            // Each distinct name is judged once.
            self.common_names.extend(document.spellings().map(|name| {
                is_filterable(&name) && !is_refused_name(&name) && !status::is_status(&name)
            }));
        }
        let mut entries = 0;
        for (entry, node) in document.member_nodes(metadata) {
            entries += 1;
            if !self.common_names[node.spelling()] || !is_common_value(document, entry) {
                self.uncommon_entries.push(entry);
            }
        }
        if entries > MAX_ENTRIES {
            self.large_metadata.push(metadata);
        }
    }
}

/// What a string says, if it is RFC 3339. Takes it off the front of `times`, with all before it, if it is there.
fn timestamp(document: &Document<'_>, id: NodeId, times: &mut Times<'_>) -> Option<Timestamp> {
    while let [(known, time), rest @ ..] = *times
        && *known <= id
    {
        *times = rest;
        if *known == id {
            return Some(*time);
        }
    }
    rfc3339::parse(&document.string_bytes(document.node(id))).ok()
}

/// Whether a string may have been made from nothing, as far as its ends say.
fn may_be_placeholder(document: &Document<'_>, id: NodeId, node: &Node) -> bool {
    match document.plain_bytes(node) {
        Some(text) => placeholder::may_be(text),
        None => placeholder::may_be(document.raw(id).trim_matches('"').as_bytes()),
    }
}

/// Whether a value is neither too long nor one that removes its entry.
fn is_common_value(document: &Document<'_>, entry: NodeId) -> bool {
    let is_common = |length| (1..=MAX_VALUE).contains(&(length as usize));
    document.kind(entry) != Kind::Null && document.raw_length(entry).is_none_or(is_common)
}

/// Whether a list may name a resource twice: long lists are not compared.
fn may_repeat(list: &[Reference]) -> bool {
    let is_repeated = |(at, reference): (usize, &Reference)| {
        let mut before = list[..at].iter();
        before.any(|known| known.hash == reference.hash)
    };
    list.len() > 8 || list.iter().enumerate().skip(1).any(is_repeated)
}
