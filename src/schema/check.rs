//! Walks a document against the compiled schema.

use std::borrow::Cow;

use super::compile::{Format, Members, NameId, Schema, Shape, ShapeId};
use crate::text::number;
use crate::time::rfc3339;
use json_document::{Document, Kind, NamedDocument, Node, NodeId};

/// A value that breaks the schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Violation {
    pub(crate) node: NodeId,
    pub(crate) shape: ShapeId,
    pub(crate) keyword: Keyword,
}

/// The keyword that a value breaks, with what the message needs and the value does not show.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keyword {
    Type,
    Required(NameId),
    MinLength,
    MaxLength,
    Pattern,
    DateTime,
    Minimum,
    /// How many branches match: none, or more than one.
    OneOf(usize),
}

/// What a walk has found, in the order of the text (a missing member at its object).
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) violations: Vec<Violation>,
    /// Members that the schema does not list, with the shape of the object that holds them.
    pub(crate) unknown_members: Vec<(NodeId, ShapeId)>,
}

/// Checks the whole of a document that [`Schema::read`] has read. `dates` are strings that
/// are known to be RFC 3339 dates and times, in the order of the text, and not read again.
pub(crate) fn check(
    schema: &Schema,
    document: &NamedDocument<'_>,
    root: ShapeId,
    dates: &[NodeId],
) -> Outcome {
    let mut walk = Walk {
        schema,
        document,
        dates,
        matched: [None; 2],
        outcome: Outcome::default(),
    };
    walk.look_at(NodeId::ROOT, document.node(NodeId::ROOT), root);
    walk.outcome
}

struct Walk<'w> {
    schema: &'w Schema,
    document: &'w NamedDocument<'w>,
    /// Those that may still come.
    dates: &'w [NodeId],
    /// The last texts that matched a pattern, with its number: a payload has the same few, over and
    /// over.
    matched: [Option<(usize, &'w str)>; 2],
    outcome: Outcome,
}

impl Walk<'_> {
    fn break_(&mut self, node: NodeId, shape: ShapeId, keyword: Keyword) {
        self.outcome.violations.push(Violation {
            node,
            shape,
            keyword,
        });
    }

    /// Checks a value, which is right in nearly all cases.
    fn value(&mut self, id: NodeId, node: &Node, shape: ShapeId) {
        if !self.schema.gate(shape).admits(node) {
            self.look_at(id, node, shape);
        }
    }

    // As deep as the schema, which holds no references; never as deep as the document.
    fn look_at(&mut self, id: NodeId, node: &Node, shape_id: ShapeId) {
        let shape = self.schema.shape(shape_id);
        if shape.types.admit(node) && shape.one_of.is_empty() {
            self.content(id, node, shape_id, shape);
        } else {
            self.look_closer(id, node, shape_id, shape);
        }
    }

    #[inline(never)]
    fn look_closer(&mut self, id: NodeId, node: &Node, shape_id: ShapeId, shape: &Shape) {
        if !has_type(self.document, shape, id, node) {
            self.break_(id, shape_id, Keyword::Type);
        }
        self.content(id, node, shape_id, shape);
        if !shape.one_of.is_empty() && node.kind() != Kind::Invalid {
            let matching = self.matching(id, node, shape);
            if matching != 1 {
                self.break_(id, shape_id, Keyword::OneOf(matching));
            }
        }
    }

    fn content(&mut self, id: NodeId, node: &Node, shape_id: ShapeId, shape: &Shape) {
        match node.kind() {
            Kind::String => self.string(id, shape_id, shape),
            Kind::Number => {
                if !above_minimum(self.document, shape, id) {
                    self.break_(id, shape_id, Keyword::Minimum);
                }
            }
            Kind::Array => {
                if let Some(items) = shape.items {
                    self.elements(id, items);
                }
            }
            Kind::Object => self.object(id, shape_id, shape),
            Kind::Null | Kind::Boolean | Kind::Invalid => {}
        }
    }

    fn elements(&mut self, id: NodeId, items: ShapeId) {
        let gate = self.schema.gate(items);
        for (element, node) in self.document.child_nodes(id) {
            if !gate.admits(node) {
                self.look_at(element, node, items);
            }
        }
    }

    fn string(&mut self, id: NodeId, shape_id: ShapeId, shape: &Shape) {
        if shape.min_length.is_some() || shape.max_length.is_some() {
            let minimum = shape.min_length.unwrap_or(0);
            let maximum = shape.max_length.unwrap_or(u32::MAX);
            if may_break_length(self.document, id, minimum, maximum) {
                self.length(id, shape_id, minimum, maximum);
            }
        }
        if let Some(pattern) = shape.pattern
            && !self.matches(id, pattern)
        {
            self.break_(id, shape_id, Keyword::Pattern);
        }
        if shape.format == Some(Format::DateTime) && !self.is_date(id) {
            self.break_(id, shape_id, Keyword::DateTime);
        }
    }

    fn matches(&mut self, id: NodeId, pattern: usize) -> bool {
        let text = self.document.string(id).unwrap_or_default();
        let is_it = |one: &(usize, &str)| *one == (pattern, &*text);
        if self.matched.iter().flatten().any(is_it) {
            return true;
        }
        let is_match = self.schema.patterns[pattern].is_match(&text);
        if let (true, Cow::Borrowed(text)) = (is_match, text) {
            self.matched = [Some((pattern, text)), self.matched[0]];
        }
        is_match
    }

    fn is_date(&mut self, id: NodeId) -> bool {
        while let [first, rest @ ..] = self.dates
            && *first < id
        {
            self.dates = rest;
        }
        self.dates.first() == Some(&id)
            || rfc3339::parse(&self.document.string_bytes(self.document.node(id))).is_ok()
    }

    /// Counts, where the bytes leave it open.
    #[cold]
    fn length(&mut self, id: NodeId, shape_id: ShapeId, minimum: u32, maximum: u32) {
        let length = code_points(self.document, id);
        if length < minimum as usize {
            self.break_(id, shape_id, Keyword::MinLength);
        }
        if length > maximum as usize {
            self.break_(id, shape_id, Keyword::MaxLength);
        }
    }

    fn object(&mut self, id: NodeId, shape_id: ShapeId, shape: &Shape) {
        let first = self.outcome.violations.len();
        let document = self.document;
        let Some(members) = shape.members.as_deref() else {
            if let Some(additional) = shape.additional {
                let gate = self.schema.gate(additional);
                for (member, node) in document.member_nodes(id) {
                    if !gate.admits(node) {
                        self.look_at(member, node, additional);
                    }
                }
            }
            return;
        };
        let mut required = 0;
        for (member, node) in document.member_nodes(id) {
            let of = members.get(document.name_number(node));
            required += usize::from(of.is_required);
            if !of.gate.admits(node) {
                match (of.shape, shape.additional) {
                    (Some(listed), _) => self.look_at(member, node, listed),
                    (None, Some(additional)) => self.value(member, node, additional),
                    (None, None) => self.outcome.unknown_members.push((member, shape_id)),
                }
            }
        }
        if required < members.required.len() {
            self.required(id, shape_id, members, first);
        }
    }

    #[cold]
    fn required(&mut self, id: NodeId, shape: ShapeId, members: &Members, first: usize) {
        let is_missing = |name: &&NameId| {
            let mut present = self.document.member_nodes(id);
            !present.any(|(_, node)| self.document.name_number(node) == name.0)
        };
        let missing = members.required.iter().filter(is_missing);
        let missing: Vec<Violation> = missing
            .map(|name| Violation {
                node: id,
                shape,
                keyword: Keyword::Required(*name),
            })
            .collect();
        self.outcome.violations.splice(first..first, missing);
    }

    /// How many branches of a `oneOf` match.
    fn matching(&mut self, id: NodeId, node: &Node, shape: &Shape) -> usize {
        let schema = self.schema;
        let violations = self.outcome.violations.len();
        let unknown_members = self.outcome.unknown_members.len();
        let mut matching = 0;
        for branch in &shape.one_of {
            // Most branches fall by their type alone.
            if has_type(self.document, schema.shape(*branch), id, node) {
                self.look_at(id, node, *branch);
                matching += usize::from(self.outcome.violations.len() == violations);
                // What breaks a branch is no finding: the `oneOf` is.
                self.outcome.violations.truncate(violations);
                self.outcome.unknown_members.truncate(unknown_members);
            }
        }
        matching
    }
}

fn has_type(document: &Document<'_>, shape: &Shape, id: NodeId, node: &Node) -> bool {
    shape.types.admit(node)
        || node.kind() == Kind::Number
            && shape.types.admits_integer()
            && number::is_integer(document.raw(id))
}

fn above_minimum(document: &Document<'_>, shape: &Shape, id: NodeId) -> bool {
    shape
        .exclusive_minimum
        .is_none_or(|bound| number::compare(document.raw(id), bound) == std::cmp::Ordering::Greater)
}

/// Whether a string's bytes leave it open if it is within the bounds.
fn may_break_length(document: &Document<'_>, id: NodeId, minimum: u32, maximum: u32) -> bool {
    let bytes = u64::from(document.raw_length(id).unwrap_or_default());
    // A code point takes one to four bytes as it is, and up to twelve as escaped surrogates.
    let widest = if document.node(id).is_escaped() {
        12
    } else {
        4
    };
    bytes > u64::from(maximum) || minimum > 0 && bytes <= u64::from(minimum - 1) * widest
}

/// The length of a string as JSON Schema counts it.
pub(crate) fn code_points(document: &Document<'_>, id: NodeId) -> usize {
    document.string(id).unwrap_or_default().chars().count()
}
