//! References: strings that name other resources.

use json_document::NodeId;

use super::graph::CollectionId;
use crate::schema::subschema::NameId;

/// A string that names another resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    /// The name of the member that it is in: `room_keys`.
    pub(crate) member: NameId,
    pub(crate) target: CollectionId,
    /// The string itself: the member's value, or an element of it.
    pub(crate) node: NodeId,
    /// The hash of the string.
    pub(crate) hash: u64,
}

/// A key that is not [plain](json_document::Document::is_plain).
#[derive(Debug, Clone, Copy)]
pub(crate) enum NonPlainKey {
    /// A resource's own; in [`Payload::resources`](super::payload::Payload::resources).
    Own(u32),
    /// In [`Payload::references`](super::payload::Payload::references).
    Reference(u32),
}
