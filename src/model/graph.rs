//! Which members are keys and what they name, derived from the schema: no list is kept by hand.

use std::sync::OnceLock;

use json_document::UNKNOWN_NAME;

use crate::schema;
use crate::schema::subschema::{Format, NameId, Schema, SubschemaId};

/// The place of a collection in [`Graph::collections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CollectionId(pub(crate) u8);

/// What the resources of a collection are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResourceKind {
    /// A place: no dates and no contacts.
    Location,
    /// Someone with an e-mail address.
    Person,
    /// A reservation, booking or access grant: it has a start and an end.
    Stay,
}

/// The member that asks for a code at a door.
pub(crate) const PREFERRED_CODE: &str = "preferred_code";

/// A member of the payload that holds a list of resources.
#[derive(Debug)]
pub(crate) struct Collection {
    /// `rooms`
    pub(crate) name: String,
    /// `room`, for messages, with spaces for underscores.
    pub(crate) singular: String,
    /// `room_key`
    pub(crate) own_key: NameId,
    /// What a resource's members mean, by [`NameId`].
    roles: Vec<Role>,
    /// The subschema of a resource.
    pub(crate) subschema: SubschemaId,
    pub(crate) kind: ResourceKind,
}

impl Collection {
    pub(crate) fn role(&self, name: u16) -> Role {
        self.roles
            .get(usize::from(name))
            .copied()
            .unwrap_or(Role::Other)
    }

    /// `a room`, `an access grant`.
    pub(crate) fn with_article(&self) -> String {
        let vowel = self.singular.starts_with(['a', 'e', 'i', 'o'])
            || self.singular.starts_with("un") && !self.singular.starts_with("uni");
        format!("{} {}", if vowel { "an" } else { "a" }, self.singular)
    }
}

/// What a member of a resource is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Other,
    /// The resource's own key.
    OwnKey,
    /// One key of another resource.
    Reference(CollectionId),
    /// A list of keys of other resources.
    References(CollectionId),
    /// `custom_metadata`
    Metadata,
    /// `starts_at`
    StartsAt,
    /// `ends_at`
    EndsAt,
    /// `name`
    Name,
    /// `email_address`
    Email,
    /// `phone_number`
    Phone,
    /// `preferred_code`
    PreferredCode,
    /// `customer_data`: time zone and default times
    CustomerData,
    /// `geolocation`
    Geolocation,
    /// `duration_minutes`
    Duration,
}

/// All collections, with their keys and references.
#[derive(Debug)]
pub(crate) struct Graph {
    /// In the schema's order.
    pub(crate) collections: Vec<Collection>,
    /// By [`NameId`] of a member of the payload.
    by_name: Vec<Option<CollectionId>>,
    pub(crate) customer_key: NameId,
    pub(super) time_zone: NameId,
    pub(super) default_checkin_time: NameId,
    pub(super) default_checkout_time: NameId,
    pub(super) latitude: NameId,
    pub(super) longitude: NameId,
    pub(super) address: NameId,
    pub(super) low_battery_threshold: NameId,
}

impl Graph {
    pub(crate) fn collection(&self, id: CollectionId) -> &Collection {
        &self.collections[usize::from(id.0)]
    }

    /// The collections, in the schema's order.
    pub(super) fn ids(&self) -> impl Iterator<Item = CollectionId> + use<> {
        (0..self.collections.len() as u8).map(CollectionId)
    }

    /// The collection that a member of the payload holds.
    pub(crate) fn by_name(&self, name: u16) -> Option<CollectionId> {
        self.by_name.get(usize::from(name)).copied().flatten()
    }

    /// Reads collections, own keys and references off the schema. The error names what does not
    /// fit the pattern, so that a newer schema is not misread in silence.
    pub(crate) fn derive(schema: &Schema) -> Result<Self, String> {
        let root = schema.subschema(schema.root);
        let payload = root
            .properties
            .as_ref()
            .ok_or("the payload has no members")?;
        let mut collections = Vec::new();
        for (name, subschema) in &payload.in_order {
            let Some(item) = schema.subschema(*subschema).items else {
                continue;
            };
            let name = schema.name(*name);
            let members = schema.subschema(item).properties.as_ref();
            let members = members.ok_or_else(|| format!("{name} holds no objects"))?;
            let own_key = members.required.iter().copied().find(|key| {
                let stem = schema.name(*key).strip_suffix("_key");
                stem.is_some_and(|stem| is_plural(name, stem))
            });
            let own_key = own_key.ok_or_else(|| format!("{name} has no own key"))?;
            collections.push((name, item, own_key));
        }
        let stems: Vec<&str> = collections
            .iter()
            .map(|(_, _, key)| schema.name(*key))
            .map(|key| key.strip_suffix("_key").unwrap_or(key))
            .collect();
        let name = |name| schema.name_id(name).ok_or_else(|| format!("no {name}"));
        let mut graph = Self {
            collections: Vec::new(),
            by_name: Vec::new(),
            customer_key: name("customer_key")?,
            time_zone: name("time_zone")?,
            default_checkin_time: name("default_checkin_time")?,
            default_checkout_time: name("default_checkout_time")?,
            latitude: name("latitude")?,
            longitude: name("longitude")?,
            address: name("address")?,
            low_battery_threshold: name("low_battery_alert_threshold")?,
        };
        for (at, (name, item, own_key)) in collections.iter().enumerate() {
            let mut roles = Vec::new();
            if let Some(members) = &schema.subschema(*item).properties {
                for (member, subschema) in &members.in_order {
                    let slot = usize::from(member.0);
                    if roles.len() <= slot {
                        roles.resize(slot + 1, Role::Other);
                    }
                    let subschema = schema.subschema(*subschema);
                    roles[slot] = if member == own_key {
                        Role::OwnKey
                    } else if subschema.additional_properties.is_some() {
                        Role::Metadata
                    } else {
                        plain_role(schema.name(*member), subschema.format)
                            .unwrap_or_else(|| reference(schema.name(*member), &stems))
                    };
                }
            }
            let kind = if roles.contains(&Role::StartsAt) {
                ResourceKind::Stay
            } else if roles.contains(&Role::Email) {
                ResourceKind::Person
            } else {
                ResourceKind::Location
            };
            graph.collections.push(Collection {
                kind,
                name: (*name).to_owned(),
                singular: stems[at].replace('_', " "),
                own_key: *own_key,
                roles,
                subschema: *item,
            });
            let slot = usize::from(schema.name_id(name).map_or(UNKNOWN_NAME, |id| id.0));
            if graph.by_name.len() <= slot {
                graph.by_name.resize(slot + 1, None);
            }
            graph.by_name[slot] = Some(CollectionId(at as u8));
        }
        Ok(graph)
    }
}

/// The graph of the embedded schema, derived at first use.
pub(crate) fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| {
        // `expect` would bring what shows an error to programmers.
        #[expect(clippy::panic, reason = "a constant; a test derives it")]
        Graph::derive(schema::embedded())
            .unwrap_or_else(|_| panic!("the embedded schema has the known pattern"))
    })
}

/// The collections that a reference to `target` may name, a bit each.
pub(crate) fn accepted(target: CollectionId) -> u32 {
    static ACCEPTED: OnceLock<Vec<u32>> = OnceLock::new();
    let accepted = ACCEPTED.get_or_init(|| {
        let ids = graph().ids();
        let of = |target| {
            let ids = graph().ids().filter(|id| accepts(target, *id));
            ids.fold(0, |mask, id| mask | 1 << id.0)
        };
        ids.map(of).collect()
    });
    accepted[usize::from(target.0)]
}

/// Whether a reference to `target` may name a resource of `collection`. `space` and
/// `user_identity` are the API's generic words: a location, a person.
fn accepts(target: CollectionId, collection: CollectionId) -> bool {
    let graph = graph();
    let kind = graph.collection(collection).kind;
    target == collection
        || match graph.collection(target).name.as_str() {
            "spaces" => kind == ResourceKind::Location,
            "user_identities" => kind == ResourceKind::Person,
            _ => false,
        }
}

/// The role of a member that is no key, by its name.
fn plain_role(member: &str, format: Option<Format>) -> Option<Role> {
    Some(match (member, format) {
        ("starts_at", Some(Format::DateTime)) => Role::StartsAt,
        ("ends_at", Some(Format::DateTime)) => Role::EndsAt,
        ("name", _) => Role::Name,
        ("email_address", _) => Role::Email,
        ("phone_number", _) => Role::Phone,
        (PREFERRED_CODE, _) => Role::PreferredCode,
        ("customer_data", _) => Role::CustomerData,
        ("geolocation", _) => Role::Geolocation,
        ("duration_minutes", _) => Role::Duration,
        _ => return None,
    })
}

/// Whether `plural` is the plural of `stem`: `rooms` of `room`, `properties` of `property`.
fn is_plural(plural: &str, stem: &str) -> bool {
    plural.strip_suffix('s') == Some(stem)
        || plural
            .strip_suffix("ies")
            .is_some_and(|root| stem.strip_suffix('y') == Some(root))
}

/// The role that a member's name gives it: `room_keys` names rooms, `parent_site_key` a site.
fn reference(member: &str, stems: &[&str]) -> Role {
    let (stem, many) = if let Some(stem) = member.strip_suffix("_keys") {
        (stem, true)
    } else if let Some(stem) = member.strip_suffix("_key") {
        (stem, false)
    } else {
        return Role::Other;
    };
    // The longest stem that fits: `property_listing` ends in `listing` too.
    let target = stems
        .iter()
        .enumerate()
        .filter(|(_, known)| {
            stem.strip_suffix(**known)
                .is_some_and(|prefix| prefix.is_empty() || prefix.ends_with('_'))
        })
        .max_by_key(|(_, known)| known.len());
    match target {
        Some((at, _)) if many => Role::References(CollectionId(at as u8)),
        Some((at, _)) => Role::Reference(CollectionId(at as u8)),
        None => Role::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    /// The whole graph as a table: what a new schema changes shows here.
    #[test]
    fn the_reference_graph() {
        let schema = schema::embedded();
        let graph = Graph::derive(schema).expect("derives");
        let mut table = String::new();
        for collection in &graph.collections {
            let own_key = schema.name(collection.own_key);
            let _ = writeln!(
                table,
                "{} ({own_key}, {:?})",
                collection.name, collection.kind
            );
            let members = schema.subschema(collection.subschema).properties.as_ref();
            for (name, _) in &members.expect("members").in_order {
                let (arrow, target) = match collection.role(name.0) {
                    Role::Reference(target) => ("->", target),
                    Role::References(target) => ("=>", target),
                    _ => continue,
                };
                let target = &graph.collection(target).name;
                let _ = writeln!(table, "  {} {arrow} {target}", schema.name(*name));
            }
        }
        assert_eq!(graph.collections.len(), 19);
        insta::assert_snapshot!(table);
    }
}
