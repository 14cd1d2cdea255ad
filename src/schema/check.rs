//! Checks a document against the compiled schema.

use std::borrow::Cow;
use std::cmp::Ordering;

use json_document::{Document, Kind, NamedDocument, Node, NodeId};

use super::subschema::{Format, NameId, Properties, Schema, Subschema, SubschemaId};
use crate::text::number;
use crate::time::rfc3339;
use crate::time::timestamp::Timestamp;

/// A value that breaks the embedded schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Violation {
    pub(crate) node: NodeId,
    pub(crate) subschema: SubschemaId,
    pub(crate) keyword: Keyword,
}

/// The keyword that a value breaks, and what the message needs beside value and subschema.
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

/// A value that breaks a schema that the user brought.
#[derive(Debug)]
pub(crate) struct CustomViolation {
    pub(crate) node: NodeId,
    /// The JSON Schema keyword.
    pub(crate) keyword: String,
    /// The member that is missing or not admitted.
    pub(crate) member: Option<String>,
    /// Whether the finding is shown at the opening bracket rather than at the whole value.
    pub(crate) at_opener: bool,
    /// What is wrong, as the rest of a sentence about the value.
    pub(crate) words: String,
}

/// What a check has found, in the order of the text; a missing member is at its object.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) violations: Vec<Violation>,
    /// Members that the schema does not list, with the subschema of their object.
    pub(crate) unknown_members: Vec<(NodeId, SubschemaId)>,
    /// What the valid strings of format `date-time` say: reading one twice would cost more than a list.
    pub(crate) times: Vec<(NodeId, Timestamp)>,
}

/// Checks the whole of a document that [`Schema::read`] has read.
pub(crate) fn check(schema: &Schema, document: &NamedDocument<'_>, root: SubschemaId) -> Outcome {
    let mut checker = Checker {
        schema,
        document,
        matched: [None; 2],
        outcome: Outcome::default(),
    };
    checker.value(NodeId::ROOT, document.node(NodeId::ROOT), root);
    checker.outcome
}

struct Checker<'c> {
    schema: &'c Schema,
    document: &'c NamedDocument<'c>,
    /// The last texts that matched a pattern, with its index: payloads repeat a few times of day.
    matched: [Option<(usize, &'c str)>; 2],
    outcome: Outcome,
}

impl Checker<'_> {
    fn report(&mut self, node: NodeId, subschema: SubschemaId, keyword: Keyword) {
        self.outcome.violations.push(Violation {
            node,
            subschema,
            keyword,
        });
    }

    // Recurses as deep as the schema, which has no references; never as deep as the document.
    fn value(&mut self, id: NodeId, node: &Node, subschema_id: SubschemaId) {
        let subschema = self.schema.subschema(subschema_id);
        if !subschema.types.admits_node(node) && !has_type(self.document, subschema, id, node) {
            self.report(id, subschema_id, Keyword::Type);
        }
        match node.kind() {
            Kind::String => self.string(id, subschema_id, subschema),
            Kind::Number => {
                if !is_above_minimum(self.document, subschema, id) {
                    self.report(id, subschema_id, Keyword::Minimum);
                }
            }
            Kind::Array => {
                if let Some(items) = subschema.items {
                    let accept = self.schema.subschema(items).accept;
                    for (element, node) in self.document.child_nodes(id) {
                        if !accept.accepts(node) {
                            self.value(element, node, items);
                        }
                    }
                }
            }
            Kind::Object => self.object(id, subschema_id, subschema),
            Kind::Null | Kind::Boolean => {}
            // It has a syntax error already.
            Kind::Invalid => return,
        }
        if !subschema.one_of.is_empty() {
            let matching = self.matching(id, node, subschema);
            if matching != 1 {
                self.report(id, subschema_id, Keyword::OneOf(matching));
            }
        }
    }

    fn string(&mut self, id: NodeId, subschema_id: SubschemaId, subschema: &Subschema) {
        let minimum = subschema.min_length.unwrap_or(0);
        let maximum = subschema.max_length.unwrap_or(u32::MAX);
        if may_break_length(self.document, id, minimum, maximum) {
            let length = code_points(self.document, id);
            if length < minimum as usize {
                self.report(id, subschema_id, Keyword::MinLength);
            }
            if length > maximum as usize {
                self.report(id, subschema_id, Keyword::MaxLength);
            }
        }
        if let Some(pattern) = subschema.pattern
            && !self.matches(id, pattern)
        {
            self.report(id, subschema_id, Keyword::Pattern);
        }
        if subschema.format == Some(Format::DateTime) {
            match rfc3339::parse(&self.document.string_bytes(self.document.node(id))) {
                Ok(time) => self.outcome.times.push((id, time)),
                Err(_) => self.report(id, subschema_id, Keyword::DateTime),
            }
        }
    }

    fn matches(&mut self, id: NodeId, pattern: usize) -> bool {
        let text = self.document.string(id).unwrap_or_default();
        let is_it = |known: &(usize, &str)| *known == (pattern, &*text);
        if self.matched.iter().flatten().any(is_it) {
            return true;
        }
        let is_match = self.schema.patterns[pattern].is_match(&text);
        if let (true, Cow::Borrowed(text)) = (is_match, text) {
            self.matched = [Some((pattern, text)), self.matched[0]];
        }
        is_match
    }

    fn object(&mut self, id: NodeId, subschema_id: SubschemaId, subschema: &Subschema) {
        let first = self.outcome.violations.len();
        let document = self.document;
        let Some(properties) = subschema.properties.as_deref() else {
            if let Some(additional) = subschema.additional_properties {
                let accept = self.schema.subschema(additional).accept;
                for (member, node) in document.member_nodes(id) {
                    if !accept.accepts(node) {
                        self.value(member, node, additional);
                    }
                }
            }
            return;
        };
        let mut required = 0;
        for (member, node) in document.member_nodes(id) {
            let property = properties.property(document.name_number(node));
            required += usize::from(property.is_required);
            if property.accept.accepts(node) {
                continue;
            }
            match property.subschema.or(subschema.additional_properties) {
                Some(of_member) => self.value(member, node, of_member),
                None => self.outcome.unknown_members.push((member, subschema_id)),
            }
        }
        if required < properties.required.len() {
            self.missing(id, subschema_id, properties, first);
        }
    }

    /// Reports the missing members of an object, before the violations in it.
    #[cold]
    fn missing(&mut self, id: NodeId, subschema: SubschemaId, properties: &Properties, at: usize) {
        let document = self.document;
        let is_missing = |name: &&NameId| {
            let mut members = document.member_nodes(id);
            !members.any(|(_, node)| document.name_number(node) == name.0)
        };
        let missing = properties.required.iter().filter(is_missing);
        let missing = missing.map(|name| Violation {
            node: id,
            subschema,
            keyword: Keyword::Required(*name),
        });
        self.outcome.violations.splice(at..at, missing);
    }

    /// How many branches of a `oneOf` match.
    fn matching(&mut self, id: NodeId, node: &Node, subschema: &Subschema) -> usize {
        let schema = self.schema;
        let violations = self.outcome.violations.len();
        let unknown_members = self.outcome.unknown_members.len();
        let mut matching = 0;
        for branch in &subschema.one_of {
            // Most branches do not even have the type.
            if has_type(self.document, schema.subschema(*branch), id, node) {
                self.value(id, node, *branch);
                matching += usize::from(self.outcome.violations.len() == violations);
                // The finding is that of the `oneOf`, not those of its branches.
                self.outcome.violations.truncate(violations);
                self.outcome.unknown_members.truncate(unknown_members);
            }
        }
        matching
    }
}

fn has_type(document: &Document<'_>, subschema: &Subschema, id: NodeId, node: &Node) -> bool {
    subschema.types.admits_node(node)
        || node.kind() == Kind::Number
            && subschema.types.admits_integer()
            && number::is_integer(document.raw(id))
}

fn is_above_minimum(document: &Document<'_>, subschema: &Subschema, id: NodeId) -> bool {
    let bound = subschema.exclusive_minimum.as_deref();
    bound.is_none_or(|bound| number::compare(document.raw(id), bound) == Ordering::Greater)
}

/// Whether a string may be too short or too long, as far as its length in bytes says.
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
