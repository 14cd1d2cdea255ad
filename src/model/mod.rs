//! Lenient, read-only views of a document as a payload: resources, own keys, references, people,
//! stays, spaces.
//!
//! Built once in one pass over the members of resources; every rule reads it. A value of the wrong
//! type is absent here: the schema check has said so.

pub(crate) mod contacts;
pub(crate) mod graph;
mod key_hash;
pub(crate) mod known;
mod metadata;
pub(crate) mod near;
pub(crate) mod occupancy;
pub(crate) mod times;
pub(crate) mod world;

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::OnceLock;

use crate::json::{Document, FLAG_ODD, Kind, Node, NodeId};
use crate::rules::repeated_reference;
use crate::schema;
use crate::schema::compile::NameId;
use crate::text::whitespace::is_ecma_whitespace;
use crate::time::rfc3339;
use crate::time::timestamp::Timestamp;
use crate::values::{access_code, coordinates, time_of_day};
use graph::{CollectionId, Graph, ResourceKind, Role};

/// The graph of the embedded schema, derived at first use.
pub(crate) fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "a constant; a test derives it")]
        Graph::derive(schema::embedded()).expect("the embedded schema has the known pattern")
    })
}

/// Whether a document looks like a payload: an object with `customer_key`, or with one of the
/// collections as an array. A text that is not JSON may have lost that object: there, the name of
/// `customer_key` behind a quote is enough.
pub(crate) fn is_payload(document: &Document<'_>) -> bool {
    has_payload_members(document)
        || !document.is_json() && document.text().contains("\"customer_key")
}

fn has_payload_members(document: &Document<'_>) -> bool {
    let graph = graph();
    let schema = schema::embedded();
    document.kind(NodeId::ROOT) == Kind::Object
        && document.children(NodeId::ROOT).any(|member| {
            let name = document.name(member).unwrap_or_default();
            schema.name_id(&name).is_some_and(|name| {
                name == graph.customer_key
                    || graph.by_name(name.0).is_some() && document.kind(member) == Kind::Array
            })
        })
}

/// An object in one of the collections.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    pub(crate) collection: CollectionId,
    pub(crate) node: NodeId,
    /// The string under its own key.
    pub(crate) key: Option<NodeId>,
    /// That key's [`key_hash::hash`]; 0 without one.
    hash: u64,
    /// That key is its own folded form, see [`near::is_folded`].
    is_folded: bool,
    /// Where its references begin, see [`Payload::references_of`].
    first_reference: u32,
}

/// A string that names another resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    /// The member it stands in: `room_keys`.
    pub(crate) member: NameId,
    pub(crate) target: CollectionId,
    /// The string itself: the member's value, or an element of it.
    pub(crate) node: NodeId,
    /// Its [`key_hash::hash`].
    pub(crate) hash: u64,
}

impl Reference {
    /// `name` is the schema's number of its member, `at` the node of the string.
    fn read(
        document: &Document<'_>,
        name: u16,
        target: CollectionId,
        at: NodeId,
        node: &Node,
    ) -> Self {
        Self {
            member: NameId(name),
            target,
            node: at,
            hash: key_hash::hash_of(document, node),
        }
    }
}

/// A key that is not [plain](Document::is_plain).
#[derive(Debug, Clone, Copy)]
pub(crate) enum OddKey {
    /// A resource's own; in [`Payload::resources`].
    Own(u32),
    /// In [`Payload::references`].
    Reference(u32),
}

/// The contacts of a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    /// In [`Payload::resources`].
    pub(crate) resource: u32,
    pub(crate) email: Option<Contact>,
    pub(crate) phone: Option<Contact>,
}

/// An e-mail address or a phone number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contact {
    /// The string.
    pub(crate) node: NodeId,
    /// What it is found by; absent if it is none that a person could share.
    hash: Option<NonZeroU32>,
}

/// A date and time as it is written and what it says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// The string.
    pub(crate) node: NodeId,
    /// Absent if it is not RFC 3339.
    pub(crate) time: Option<Timestamp>,
}

/// A reservation, booking or access grant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stay {
    /// In [`Payload::resources`].
    pub(crate) resource: u32,
    starts_at: Option<NodeId>,
    ends_at: Option<NodeId>,
    starts: Option<Timestamp>,
    ends: Option<Timestamp>,
    pub(crate) code: Option<NodeId>,
    /// Its digits, see [`access_code::number`].
    pub(crate) digits: Option<NonZeroU32>,
    /// How many of its members name one person, whether with a key or without.
    pub(crate) people: u8,
    /// It names a location.
    pub(crate) has_location: bool,
    /// It names a person.
    pub(crate) has_person: bool,
}

/// What is known of a space beside its keys. There is one for every resource with `customer_data`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space {
    /// In [`Payload::resources`].
    pub(crate) resource: u32,
    /// The string under `time_zone`.
    pub(crate) time_zone: Option<NodeId>,
    pub(crate) checkin: Option<TimeOfDay>,
    pub(crate) checkout: Option<TimeOfDay>,
}

/// Numbers under `geolocation`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coordinates {
    /// The number under `latitude`.
    pub(crate) latitude: Option<NodeId>,
    /// The number under `longitude`.
    pub(crate) longitude: Option<NodeId>,
}

/// A time of day that has the form that the schema asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeOfDay {
    /// The string.
    pub(crate) node: NodeId,
    /// Seconds since midnight.
    pub(crate) seconds: u32,
}

/// A document seen as a payload.
#[derive(Debug, Default)]
pub(crate) struct Payload {
    /// The string under `customer_key`.
    pub(crate) customer_key: Option<NodeId>,
    /// The collections with at least one resource, as bits by [`CollectionId`].
    pub(crate) held: u32,
    /// In the order of the text.
    pub(crate) resources: Vec<Resource>,
    /// In the order of the text.
    pub(crate) references: Vec<Reference>,
    /// The entries of `custom_metadata` whose name or value may be wrong, or whose value removes
    /// them.
    pub(crate) uncommon_entries: Vec<NodeId>,
    /// The `custom_metadata` objects with more entries than the API takes.
    pub(crate) large_metadata: Vec<NodeId>,
    /// Whether nothing is wrong with a name in metadata, by symbol; empty until there is metadata.
    common_names: Vec<bool>,
    /// The strings under `name` that may be blank, or have white space at an end.
    pub(crate) odd_names: Vec<NodeId>,
    /// The own keys and references that are not plain, in the order of the text: of others, most rules
    /// about keys have nothing to look at.
    pub(crate) odd_keys: Vec<OddKey>,
    /// Whether a list may name a resource twice.
    pub(crate) may_repeat: bool,
    /// Whether any e-mail address, phone number or code is not plain.
    pub(crate) has_odd_contacts: bool,
    pub(crate) people: Vec<Person>,
    /// The e-mail addresses that may be wrong.
    pub(crate) uncommon_emails: Vec<NodeId>,
    /// The phone numbers that may be wrong.
    pub(crate) uncommon_phones: Vec<NodeId>,
    /// The codes that locks may refuse.
    pub(crate) uncommon_codes: Vec<NodeId>,
    pub(crate) stays: Vec<Stay>,
    /// The strings that are RFC 3339 dates and times, in the order of the text.
    pub(crate) dates: Vec<NodeId>,
    pub(crate) spaces: Vec<Space>,
    /// The places that may not be on the Earth, or not meant.
    pub(crate) uncommon_coordinates: Vec<Coordinates>,
}

impl Payload {
    /// Reads the views off a document that [`Schema::read`](schema::compile::Schema::read) has read.
    /// `memory` is a payload that is no longer needed.
    pub(crate) fn build(document: &Document<'_>, memory: Self) -> Self {
        let graph = graph();
        let mut payload = memory.emptied();
        if document.kind(NodeId::ROOT) != Kind::Object {
            return payload;
        }
        // What most payloads need: lists that grow are copied, into memory that is new.
        let containers = document.container_count;
        payload.resources.reserve(containers * 5 / 8);
        payload.references.reserve(containers * 3 / 4);
        payload.people.reserve(containers / 4);
        payload.stays.reserve(containers / 4);
        payload.dates.reserve(containers / 2);
        for member in document.members(NodeId::ROOT) {
            let name = document.name_number(document.node(member));
            if let Some(collection) = graph.by_name(name) {
                if document.kind(member) == Kind::Array {
                    for (element, node) in document.child_nodes(member) {
                        if node.kind() == Kind::Object {
                            payload.resource(document, collection, element);
                        }
                    }
                }
            } else if name == graph.customer_key.0 && document.kind(member) == Kind::String {
                payload.customer_key = Some(member);
            }
        }
        payload
    }

    /// One resource by itself, as [`crate::Linter::check_resource`] reads it.
    pub(crate) fn build_resource(
        document: &Document<'_>,
        collection: CollectionId,
        memory: Self,
    ) -> Self {
        let mut payload = memory.emptied();
        if document.kind(NodeId::ROOT) == Kind::Object {
            payload.resource(document, collection, NodeId::ROOT);
        }
        payload
    }

    /// Nothing of a document, in the memory of this one.
    fn emptied(mut self) -> Self {
        self.resources.clear();
        self.references.clear();
        self.uncommon_entries.clear();
        self.large_metadata.clear();
        self.common_names.clear();
        self.odd_names.clear();
        self.odd_keys.clear();
        self.people.clear();
        self.uncommon_emails.clear();
        self.uncommon_phones.clear();
        self.uncommon_codes.clear();
        self.stays.clear();
        self.dates.clear();
        self.spaces.clear();
        self.uncommon_coordinates.clear();
        Self {
            customer_key: None,
            held: 0,
            may_repeat: false,
            has_odd_contacts: false,
            ..self
        }
    }

    /// Reads an object in a collection.
    fn resource(&mut self, document: &Document<'_>, id: CollectionId, node: NodeId) {
        let collection = graph().collection(id);
        let holder = self.resources.len() as u32;
        self.held |= 1 << id.0;
        self.resources.push(Resource {
            collection: id,
            node,
            key: None,
            hash: 0,
            is_folded: false,
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
                    let time = self.timestamp(document, member, node);
                    if let Some(stay) = self.stay(holder) {
                        stay.starts_at = Some(member);
                        stay.starts = time;
                    }
                }
                Role::EndsAt if is_string => {
                    let time = self.timestamp(document, member, node);
                    if let Some(stay) = self.stay(holder) {
                        stay.ends_at = Some(member);
                        stay.ends = time;
                    }
                }
                Role::PreferredCode if is_string => {
                    self.read_code(document, member, node, holder);
                }
                Role::Name
                    if is_string && node.has(FLAG_ODD) && !document.has_visible_ends(member) =>
                {
                    self.odd_names.push(member);
                }
                role @ (Role::Email | Role::Phone) if is_string => {
                    self.read_contact(document, member, node, role, holder);
                }
                Role::Metadata if node.kind() == Kind::Object => {
                    self.read_metadata(document, member);
                }
                Role::CustomerData if node.kind() == Kind::Object => {
                    let space = Space::read(document, member, holder);
                    self.spaces.push(space);
                }
                Role::Geolocation if node.kind() == Kind::Object => {
                    self.read_geolocation(document, member);
                }
                Role::Reference(target) if is_string => {
                    if let Some(stay) = self.stay(holder) {
                        let is_person = stay.names(target);
                        stay.people += u8::from(is_person);
                    }
                    let reference = Reference::read(document, name, target, member, node);
                    self.push_reference(node, reference);
                }
                Role::References(target) if node.kind() == Kind::Array => {
                    let before = self.references.len();
                    for (element, node) in document.child_nodes(member) {
                        if node.kind() == Kind::String {
                            let reference = Reference::read(document, name, target, element, node);
                            self.push_reference(node, reference);
                        }
                    }
                    let list = &self.references[before..];
                    self.may_repeat |= repeated_reference::may_repeat(list);
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

    /// What is looked up by a key is read here, beside the rest of the resource: later the text has left
    /// the processor's cache. So with what is read below.
    fn read_own_key(&mut self, document: &Document<'_>, member: NodeId, node: &Node) {
        if node.has(FLAG_ODD) {
            let holder = self.resources.len() as u32 - 1;
            self.odd_keys.push(OddKey::Own(holder));
        }
        let Some(resource) = self.resources.last_mut() else {
            return;
        };
        resource.key = Some(member);
        if let Some(text) = document.plain_bytes(node) {
            resource.hash = key_hash::hash(text);
            resource.is_folded = near::is_folded(text);
        } else {
            resource.hash = key_hash::hash_of(document, node);
        }
    }

    fn read_code(&mut self, document: &Document<'_>, member: NodeId, node: &Node, holder: u32) {
        self.has_odd_contacts |= node.has(FLAG_ODD);
        let code = trimmed_text(document, member);
        let digits = access_code::number(code.as_bytes());
        if !access_code::is_strong(code.as_bytes()) {
            self.uncommon_codes.push(member);
        }
        if let Some(stay) = self.stay(holder) {
            stay.code = Some(member);
            stay.digits = digits;
        }
    }

    fn read_contact(
        &mut self,
        document: &Document<'_>,
        member: NodeId,
        node: &Node,
        role: Role,
        holder: u32,
    ) {
        self.has_odd_contacts |= node.has(FLAG_ODD);
        let (read, uncommon) = if role == Role::Email {
            let read = contacts::email(document, member, node);
            (read, &mut self.uncommon_emails)
        } else {
            let read = contacts::phone(document, member, node);
            (read, &mut self.uncommon_phones)
        };
        if !read.is_common {
            uncommon.push(member);
        }
        if let Some(person) = self.person(holder) {
            let contact = if role == Role::Email {
                &mut person.email
            } else {
                &mut person.phone
            };
            *contact = Some(Contact {
                node: member,
                hash: read.hash,
            });
        }
    }

    /// `node` is that of the reference.
    // Once a reference: calls take 1 % of a check.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "measured")]
    fn push_reference(&mut self, node: &Node, reference: Reference) {
        if node.has(FLAG_ODD) {
            let at = self.references.len() as u32;
            self.odd_keys.push(OddKey::Reference(at));
        }
        self.references.push(reference);
    }

    fn read_geolocation(&mut self, document: &Document<'_>, node: NodeId) {
        let graph = graph();
        let mut read = Coordinates {
            latitude: None,
            longitude: None,
        };
        for (member, node) in document.member_nodes(node) {
            if node.kind() != Kind::Number {
                continue;
            }
            let name = NameId(document.name_number(node));
            if name == graph.latitude {
                read.latitude = Some(member);
            } else if name == graph.longitude {
                read.longitude = Some(member);
            }
        }
        if !read.are_plausible(document) {
            self.uncommon_coordinates.push(read);
        }
    }

    // Once a date: calls take 1 % of a check.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "measured")]
    fn timestamp(&mut self, document: &Document<'_>, id: NodeId, node: &Node) -> Option<Timestamp> {
        let time = rfc3339::parse(&document.string_bytes(node)).ok();
        if time.is_some() {
            self.dates.push(id);
        }
        time
    }

    /// Every own key and reference that is not plain, and the customer's key if it is not.
    pub(crate) fn odd_key_nodes(&self, document: &Document<'_>) -> impl Iterator<Item = NodeId> {
        let customer = self.customer_key.filter(|key| !document.is_plain(*key));
        let keys = self.odd_keys.iter().filter_map(|key| match *key {
            OddKey::Own(resource) => self.resources[resource as usize].key,
            OddKey::Reference(at) => Some(self.references[at as usize].node),
        });
        customer.into_iter().chain(keys)
    }

    /// The references that are not plain, in the order of the text.
    pub(crate) fn odd_references(&self) -> impl Iterator<Item = &Reference> {
        self.odd_keys.iter().filter_map(|key| match key {
            OddKey::Own(_) => None,
            OddKey::Reference(at) => Some(&self.references[*at as usize]),
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
        let before = |resource: &Resource| resource.node < reference.node;
        &self.resources[self.resources.partition_point(before) - 1]
    }

    /// Every date and time, in the order of the text within a stay.
    pub(crate) fn moments(&self) -> impl Iterator<Item = Moment> {
        self.stays
            .iter()
            .flat_map(|stay| stay.starts().into_iter().chain(stay.ends()))
    }
}

impl Person {
    const fn new(resource: u32) -> Self {
        Self {
            resource,
            email: None,
            phone: None,
        }
    }
}

impl Stay {
    const fn new(resource: u32) -> Self {
        Self {
            resource,
            starts_at: None,
            ends_at: None,
            starts: None,
            ends: None,
            code: None,
            digits: None,
            people: 0,
            has_location: false,
            has_person: false,
        }
    }

    /// Start and end, if it has both and both are RFC 3339.
    pub(crate) fn times(&self) -> Option<(Timestamp, Timestamp)> {
        Some((self.starts?, self.ends?))
    }

    /// What is written under `starts_at`.
    pub(crate) fn starts(&self) -> Option<Moment> {
        let time = self.starts;
        self.starts_at.map(|node| Moment { node, time })
    }

    /// What is written under `ends_at`.
    pub(crate) fn ends(&self) -> Option<Moment> {
        let time = self.ends;
        self.ends_at.map(|node| Moment { node, time })
    }

    /// Notes that it names a resource of a collection; says whether that is a person.
    fn names(&mut self, target: CollectionId) -> bool {
        let kind = graph().collection(target).kind;
        self.has_location |= kind == ResourceKind::Location;
        self.has_person |= kind == ResourceKind::Person;
        kind == ResourceKind::Person
    }
}

impl Coordinates {
    /// Whether both are numbers, in range and not both zero.
    fn are_plausible(self, document: &Document<'_>) -> bool {
        let number = |node: Option<NodeId>| document.number(node?);
        match (number(self.latitude), number(self.longitude)) {
            (Some(latitude), Some(longitude)) => coordinates::are_plausible(latitude, longitude),
            _ => false,
        }
    }
}

impl Space {
    /// Reads `customer_data` of a resource.
    fn read(document: &Document<'_>, node: NodeId, resource: u32) -> Self {
        let graph = graph();
        let mut space = Self {
            resource,
            time_zone: None,
            checkin: None,
            checkout: None,
        };
        for (member, node) in document.member_nodes(node) {
            if node.kind() != Kind::String {
                continue;
            }
            let name = NameId(document.name_number(node));
            if name == graph.time_zone {
                space.time_zone = Some(member);
            } else if name == graph.default_checkin_time {
                space.checkin = time_of_day(document, member, node);
            } else if name == graph.default_checkout_time {
                space.checkout = time_of_day(document, member, node);
            }
        }
        space
    }
}

fn time_of_day(document: &Document<'_>, id: NodeId, node: &Node) -> Option<TimeOfDay> {
    let seconds = time_of_day::parse(&document.string_bytes(node))?;
    Some(TimeOfDay { node: id, seconds })
}

/// A key's text: borrowed unless it has escapes.
pub(crate) fn key_text<'a>(document: &Document<'a>, key: NodeId) -> Cow<'a, str> {
    document.string(key).unwrap_or_default()
}

/// A string's text without white space around it.
pub(crate) fn trimmed_text<'a>(document: &Document<'a>, node: NodeId) -> Cow<'a, str> {
    match document.string(node).unwrap_or_default() {
        text if document.is_plain(node) => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(is_ecma_whitespace)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(is_ecma_whitespace).to_owned()),
    }
}
