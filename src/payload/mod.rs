//! Lenient, read-only views of a document as a payload: resources, own keys, references.
//!
//! Built once in one pass; every rule reads it. A value of the wrong type is absent here: the
//! schema check has said so.

pub(crate) mod graph;

use std::sync::OnceLock;

use crate::json::{Document, Kind, NodeId};
use crate::schema;
use crate::schema::compile::NameId;
use graph::{CollectionId, Graph, Role};

/// The graph of the embedded schema, derived at first use.
pub(crate) fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "a constant; a test derives it")]
        Graph::derive(schema::embedded()).expect("the embedded schema has the known pattern")
    })
}

/// Whether a document looks like a payload: an object with `customer_key`, or with one of the
/// collections as an array.
pub(crate) fn is_payload(document: &Document<'_>) -> bool {
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
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resource {
    pub(crate) collection: CollectionId,
    pub(crate) node: NodeId,
    /// The string under its own key.
    pub(crate) key: Option<NodeId>,
}

/// A string that names another resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    /// The resource that holds it, in [`Payload::resources`].
    pub(crate) holder: u32,
    /// The member it stands in: `room_keys`.
    pub(crate) member: NameId,
    pub(crate) target: CollectionId,
    pub(crate) node: NodeId,
}

/// A document seen as a payload.
#[derive(Debug, Default)]
pub(crate) struct Payload {
    pub(crate) customer_key: Option<NodeId>,
    /// In the order of the text.
    pub(crate) resources: Vec<Resource>,
    /// In the order of the text.
    pub(crate) references: Vec<Reference>,
    /// The `custom_metadata` objects.
    pub(crate) metadata: Vec<NodeId>,
    /// The strings under members that hold a date and time.
    pub(crate) date_times: Vec<NodeId>,
}

impl Payload {
    /// Reads the views off a document; `names` is the schema's number of each of its symbols.
    pub(crate) fn build(document: &Document<'_>, names: &[u16]) -> Self {
        let graph = graph();
        let mut payload = Self::default();
        if document.kind(NodeId::ROOT) != Kind::Object {
            return payload;
        }
        for member in document.members(NodeId::ROOT) {
            let name = names[document.node(member).symbol as usize];
            if let Some(collection) = graph.by_name(name) {
                if document.kind(member) == Kind::Array {
                    for element in document.children(member) {
                        payload.resource(document, names, collection, element);
                    }
                }
            } else if name == graph.customer_key.0 && document.kind(member) == Kind::String {
                payload.customer_key = Some(member);
            }
        }
        payload
    }

    fn resource(&mut self, document: &Document<'_>, names: &[u16], id: CollectionId, node: NodeId) {
        if document.kind(node) != Kind::Object {
            return;
        }
        let collection = graph().collection(id);
        let holder = self.resources.len() as u32;
        let mut resource = Resource {
            collection: id,
            node,
            key: None,
        };
        for member in document.members(node) {
            let name = names[document.node(member).symbol as usize];
            match (collection.role(name), document.kind(member)) {
                (Role::OwnKey, Kind::String) => resource.key = Some(member),
                (Role::DateTime, Kind::String) => self.date_times.push(member),
                (Role::Metadata, Kind::Object) => self.metadata.push(member),
                (Role::Reference(target), Kind::String) => self.references.push(Reference {
                    holder,
                    member: NameId(name),
                    target,
                    node: member,
                }),
                (Role::References(target), Kind::Array) => {
                    self.references.extend(
                        document
                            .children(member)
                            .filter(|element| document.kind(*element) == Kind::String)
                            .map(|node| Reference {
                                holder,
                                member: NameId(name),
                                target,
                                node,
                            }),
                    );
                }
                _ => {}
            }
        }
        self.resources.push(resource);
    }
}
