//! Resources: the objects in the collections of a payload.

use json_document::NodeId;

use super::graph::CollectionId;

/// An object in one of the collections.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    pub(crate) collection: CollectionId,
    pub(crate) node: NodeId,
    /// The string under its own key.
    pub(crate) key: Option<NodeId>,
    /// The hash of that key; 0 without one.
    pub(super) hash: u64,
    /// That key equals its skeleton, see [`super::skeleton::is_skeleton`].
    pub(super) is_skeleton: bool,
    /// In [`Payload::references`](super::payload::Payload::references), the first of its own.
    pub(super) first_reference: u32,
}
