//! What is known of a space beside its keys.

use json_document::{Document, Kind, NamedDocument, Node, NodeId};

use super::graph::graph;
use crate::schema::subschema::NameId;
use crate::values::{coordinates, time_of_day};

/// The `customer_data` of a resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space {
    /// In [`Payload::resources`](super::payload::Payload::resources).
    pub(crate) resource: u32,
    /// The string under `time_zone`.
    pub(crate) time_zone: Option<NodeId>,
    pub(crate) checkin: Option<TimeOfDay>,
    pub(crate) checkout: Option<TimeOfDay>,
    /// The string under `address` if it is not plain.
    pub(super) address: Option<NodeId>,
}

/// A time of day that has the form that the schema asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeOfDay {
    /// The string.
    pub(crate) node: NodeId,
    /// Seconds since midnight.
    pub(crate) seconds: u32,
}

/// Numbers under `geolocation`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coordinates {
    /// The number under `latitude`.
    pub(crate) latitude: Option<NodeId>,
    /// The number under `longitude`.
    pub(crate) longitude: Option<NodeId>,
}

impl Space {
    /// Reads the `customer_data` of a resource.
    pub(super) fn read(document: &NamedDocument<'_>, node: NodeId, resource: u32) -> Self {
        let graph = graph();
        let mut space = Self {
            resource,
            time_zone: None,
            checkin: None,
            checkout: None,
            address: None,
        };
        for (member, node) in document.member_nodes(node) {
            if node.kind() != Kind::String {
                continue;
            }
            let name = NameId(document.name_number(node));
            if name == graph.time_zone {
                space.time_zone = Some(member);
            } else if name == graph.default_checkin_time {
                space.checkin = TimeOfDay::read(document, member, node);
            } else if name == graph.default_checkout_time {
                space.checkout = TimeOfDay::read(document, member, node);
            } else if name == graph.address && !node.is_plain() {
                space.address = Some(member);
            }
        }
        space
    }
}

impl TimeOfDay {
    fn read(document: &Document<'_>, id: NodeId, node: &Node) -> Option<Self> {
        let seconds = time_of_day::parse(&document.string_bytes(node))?;
        Some(Self { node: id, seconds })
    }
}

impl Coordinates {
    /// Reads a `geolocation`.
    pub(super) fn read(document: &NamedDocument<'_>, node: NodeId) -> Self {
        let graph = graph();
        let mut read = Self {
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
        read
    }

    /// Whether both are numbers, in range and not both zero.
    pub(super) fn are_plausible(self, document: &Document<'_>) -> bool {
        let number = |node: Option<NodeId>| document.number(node?);
        match (number(self.latitude), number(self.longitude)) {
            (Some(latitude), Some(longitude)) => coordinates::are_plausible(latitude, longitude),
            _ => false,
        }
    }
}
