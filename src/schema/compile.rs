//! The embedded JSON Schema as a table that is checked straight on a document.
//!
//! The compiler knows the keywords that the schema uses and no others: a newer schema with a new
//! keyword fails here, by name and place, and is never checked by half.

use std::borrow::Cow;
use std::fmt;

use super::names::Names;
use super::pattern::Pattern;
use crate::text::escape::in_quotes;
use json_document::{Document, Kind, NamedDocument, Node, NodeId, Scratch, Vocabulary, pointer};

/// The number of a shape in its [`Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ShapeId(pub(crate) u16);

/// The number of a member name that the schema knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameId(pub(crate) u16);

/// A set of JSON types: the bit of each kind, see [`Node::kind_bit`], and one for whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Types(u8);

/// JSON Schema's type names in the order in which messages list them.
const TYPE_NAMES: [(&str, &str, u8); 7] = [
    ("string", "a string", 1 << Kind::String as u8),
    ("integer", "a whole number", Types::INTEGER),
    ("number", "a number", 1 << Kind::Number as u8),
    ("boolean", "true or false", 1 << Kind::Boolean as u8),
    ("array", "an array", 1 << Kind::Array as u8),
    ("object", "an object", 1 << Kind::Object as u8),
    ("null", "null", 1 << Kind::Null as u8),
];

impl Types {
    const INTEGER: u8 = 1 << 7;
    /// What is no value at all has had its finding, so that every set has it.
    const NONE: Self = Self(1 << Kind::Invalid as u8);
    const ANY: Self = Self(u8::MAX);

    fn with(self, name: &str) -> Option<Self> {
        let mut known = TYPE_NAMES.iter();
        let (_, _, bit) = known.find(|(known, ..)| *known == name)?;
        Some(Self(self.0 | bit))
    }

    /// Whether a value of this kind may stand here; of a number, whether it need not be whole.
    pub(crate) const fn admits(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// As [`Types::admits`], of a value.
    pub(crate) const fn admit(self, node: &Node) -> bool {
        self.0 & node.kind_bit() != 0
    }

    /// Whether whole numbers alone are admitted.
    pub(crate) const fn admits_integer(self) -> bool {
        self.0 & Self::INTEGER != 0
    }

    /// The types as messages name them: `a string or null`.
    pub(crate) fn phrase(self) -> String {
        let names: Vec<&str> = TYPE_NAMES
            .iter()
            .filter(|(.., bit)| self.0 & bit != 0)
            .map(|(_, phrase, _)| *phrase)
            .collect();
        join_or(&names)
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn join_or(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// The formats that are checked; others are annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// RFC 3339 `date-time`
    DateTime,
}

/// What the schema says of one place.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) types: Types,
    pub(crate) min_length: Option<u32>,
    pub(crate) max_length: Option<u32>,
    pub(crate) pattern: Option<usize>,
    pub(crate) format: Option<Format>,
    /// As the schema writes it.
    pub(crate) exclusive_minimum: Option<&'static str>,
    pub(crate) one_of: Vec<ShapeId>,
    pub(crate) items: Option<ShapeId>,
    pub(crate) members: Option<Box<Members>>,
    pub(crate) additional: Option<ShapeId>,
    /// The schema's own words for the place.
    pub(crate) description: Option<Cow<'static, str>>,
}

/// What a shape takes without a closer look, in 6 bytes: nearly every value of a payload passes here,
/// and the table of all members is to stay in the processor's first cache. What does not pass may
/// still be right.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gate {
    /// The kinds of which every value is right, a bit each.
    kinds: u8,
    /// Plain strings are right if their length in bytes is this at least, see
    /// [`Document::is_plain`]...
    min_length: u16,
    /// ... and this at most: below the other if none is.
    max_length: u16,
}

impl Gate {
    /// Takes nothing.
    const CLOSED: Self = Self {
        kinds: 0,
        min_length: 1,
        max_length: 0,
    };

    /// Whether the value is right for certain.
    pub(crate) fn admits(self, node: &Node) -> bool {
        self.kinds & node.kind_bit() != 0
            || node.plain_length().is_some_and(|length| {
                u32::from(self.min_length) <= length && length <= u32::from(self.max_length)
            })
    }

    fn no_string(&mut self) {
        self.min_length = Self::CLOSED.min_length;
        self.max_length = Self::CLOSED.max_length;
    }

    /// `shapes` and `gates` are those of the shape's branches and before.
    fn new(shape: &Shape, shapes: &[Shape], gates: &[Self]) -> Self {
        let is_text = shape.pattern.is_none() && shape.format.is_none();
        // What is longer gets the closer look.
        let longest = u32::from(u16::MAX);
        let bound = |length: u32| length.min(longest) as u16;
        let mut gate = Self {
            kinds: 0,
            min_length: bound(shape.min_length.unwrap_or(0)),
            max_length: bound(shape.max_length.unwrap_or(u32::MAX)),
        };
        let any_length = shape.min_length.is_none() && shape.max_length.is_none();
        let is_free = |kind| match kind {
            Kind::Null | Kind::Boolean => true,
            Kind::Number => shape.exclusive_minimum.is_none(),
            Kind::String => is_text && any_length,
            Kind::Array => shape.items.is_none(),
            Kind::Object => shape.members.is_none() && shape.additional.is_none(),
            Kind::Invalid => false,
        };
        for kind in [
            Kind::Null,
            Kind::Boolean,
            Kind::Number,
            Kind::String,
            Kind::Array,
            Kind::Object,
        ] {
            if shape.types.admits(kind) && is_free(kind) {
                gate.kinds |= 1 << kind as u8;
            }
        }
        if !is_text || !shape.types.admits(Kind::String) || shape.min_length > Some(longest) {
            gate.no_string();
        }
        if !shape.one_of.is_empty() {
            gate.narrow(shape, shapes, gates);
        }
        gate
    }

    /// Leaves what is taken by one branch of a `oneOf` alone.
    fn narrow(&mut self, shape: &Shape, shapes: &[Shape], gates: &[Self]) {
        let only_branch = |kind: Kind| {
            let admits = |branch: &&ShapeId| shapes[usize::from(branch.0)].types.admits(kind);
            let mut branches = shape.one_of.iter().filter(admits);
            let first = branches.next()?;
            branches
                .next()
                .is_none()
                .then(|| gates[usize::from(first.0)])
        };
        let mut kinds = 0;
        // A number may be of a branch that takes whole numbers too.
        for kind in [
            Kind::Null,
            Kind::Boolean,
            Kind::String,
            Kind::Array,
            Kind::Object,
        ] {
            let bit = 1 << kind as u8;
            if only_branch(kind).is_some_and(|branch| branch.kinds & bit != 0) {
                kinds |= bit;
            }
        }
        self.kinds &= kinds;
        match only_branch(Kind::String) {
            Some(branch) => {
                self.min_length = self.min_length.max(branch.min_length);
                self.max_length = self.max_length.min(branch.max_length);
            }
            None => self.no_string(),
        }
    }
}

/// The members that an object may have.
#[derive(Debug)]
pub(crate) struct Members {
    /// By [`NameId`].
    by_name: Vec<Member>,
    pub(crate) required: Vec<NameId>,
    /// In the schema's order.
    pub(crate) listed: Vec<(NameId, ShapeId)>,
}

/// What the schema says of a member by its name, side by side: it is read for each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    /// Absent if the schema does not list it.
    pub(crate) shape: Option<ShapeId>,
    /// That of the shape; without one, nothing passes.
    pub(crate) gate: Gate,
    pub(crate) is_required: bool,
}

impl Member {
    /// Of a name that the schema does not list.
    pub(crate) const UNLISTED: Self = Self {
        shape: None,
        gate: Gate::CLOSED,
        is_required: false,
    };
}

impl Members {
    pub(crate) fn get(&self, name: u16) -> &Member {
        let member = self.by_name.get(usize::from(name));
        member.unwrap_or(&Member::UNLISTED)
    }

    pub(crate) fn shape(&self, name: u16) -> Option<ShapeId> {
        self.get(name).shape
    }
}

/// The compiled schema.
#[derive(Debug)]
pub(crate) struct Schema {
    shapes: Vec<Shape>,
    /// By [`ShapeId`].
    gates: Vec<Gate>,
    names: Names,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) root: ShapeId,
}

impl Schema {
    pub(crate) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[usize::from(id.0)]
    }

    pub(crate) fn gate(&self, id: ShapeId) -> Gate {
        self.gates[usize::from(id.0)]
    }

    pub(crate) fn name(&self, id: NameId) -> &str {
        self.names.get(id.0)
    }

    pub(crate) fn name_id(&self, name: &str) -> Option<NameId> {
        self.names.number(name).map(NameId)
    }

    /// Reads a text that will be checked.
    pub(crate) fn read<'a>(&self, text: &'a str, scratch: Scratch) -> NamedDocument<'a> {
        NamedDocument::parse(text, &self.names, scratch)
    }

    /// Compiles a JSON Schema 2020-12 text.
    pub(crate) fn compile(text: &'static str) -> Result<Self, CompileError> {
        let document = Document::parse(text);
        if let Some(problem) = document.syntax_errors().first() {
            return Err(CompileError {
                pointer: String::new(),
                message: format!("not JSON at byte {}", problem.span.start),
            });
        }
        let mut schema = Self {
            // A shape is an object, and most objects are one.
            shapes: Vec::with_capacity(document.container_count()),
            gates: Vec::with_capacity(document.container_count()),
            names: Names::default(),
            patterns: Vec::new(),
            root: ShapeId(0),
        };
        let mut compiler = Compiler {
            document: &document,
            schema: &mut schema,
        };
        let root = compiler.shape(NodeId::ROOT)?;
        schema.root = root;
        Ok(schema)
    }
}

/// Why a schema was not compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompileError {
    /// JSON Pointer into the schema.
    pub(crate) pointer: String,
    /// What stands there that is not understood.
    pub(crate) message: String,
}

impl fmt::Display for CompileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "at {}: {}",
            in_quotes(&self.pointer),
            self.message
        )
    }
}

impl std::error::Error for CompileError {}

struct Compiler<'d, 's> {
    document: &'d Document<'static>,
    schema: &'s mut Schema,
}

impl Compiler<'_, '_> {
    /// An error at a value of the schema.
    fn error(&self, id: NodeId, message: impl fmt::Display) -> CompileError {
        CompileError {
            pointer: pointer::of(self.document, id),
            message: message.to_string(),
        }
    }

    fn name_id(&mut self, name: Cow<'static, str>) -> NameId {
        NameId(self.schema.names.number_of(name))
    }

    fn text(&self, id: NodeId) -> Result<Cow<'static, str>, CompileError> {
        self.document
            .string(id)
            .ok_or_else(|| self.error(id, "a string was expected"))
    }

    fn length(&self, id: NodeId) -> Result<u32, CompileError> {
        self.document
            .number(id)
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| self.error(id, "a length was expected"))
    }

    /// Compiles the subschema at a node.
    fn shape(&mut self, id: NodeId) -> Result<ShapeId, CompileError> {
        let document = self.document;
        if document.kind(id) != Kind::Object {
            return Err(self.error(id, "an object was expected"));
        }
        let mut shape = Shape {
            types: Types::ANY,
            min_length: None,
            max_length: None,
            pattern: None,
            format: None,
            exclusive_minimum: None,
            one_of: Vec::new(),
            items: None,
            members: None,
            additional: None,
            description: None,
        };
        let mut listed = None;
        let mut required = Vec::new();
        for member in document.members(id) {
            let keyword = document.name(member).unwrap_or_default();
            match keyword.as_ref() {
                "$schema" | "title" => {}
                "description" => shape.description = Some(self.text(member)?),
                "type" => shape.types = self.types(member)?,
                "minLength" => shape.min_length = Some(self.length(member)?),
                "maxLength" => shape.max_length = Some(self.length(member)?),
                "pattern" => shape.pattern = Some(self.pattern(member)?),
                "format" => match self.text(member)?.as_ref() {
                    "date-time" => shape.format = Some(Format::DateTime),
                    // OpenAPI's word for the width of a number: an annotation.
                    "float" => {}
                    other => {
                        let message = format!("unknown format {}", in_quotes(other));
                        return Err(self.error(member, message));
                    }
                },
                "exclusiveMinimum" => {
                    let bound = document.number(member);
                    let bound = bound.ok_or_else(|| self.error(member, "a number was expected"))?;
                    shape.exclusive_minimum = Some(bound);
                }
                "oneOf" => {
                    for branch in document.children(member) {
                        shape.one_of.push(self.shape(branch)?);
                    }
                }
                "items" => shape.items = Some(self.shape(member)?),
                "additionalProperties" => shape.additional = Some(self.shape(member)?),
                "properties" => {
                    let mut members = Vec::new();
                    for property in document.members(member) {
                        let name = document.name(property).unwrap_or_default();
                        members.push((self.name_id(name), self.shape(property)?));
                    }
                    listed = Some(members);
                }
                "required" => {
                    for name in document.children(member) {
                        let name = self.text(name)?;
                        required.push(self.name_id(name));
                    }
                }
                other => {
                    let message = format!("unknown keyword {}", in_quotes(other));
                    return Err(self.error(member, message));
                }
            }
        }
        if listed.is_some() || !required.is_empty() {
            let listed = listed.unwrap_or_default();
            shape.members = Some(Box::new(self.members(listed, required)));
        }
        let id = ShapeId(self.schema.shapes.len() as u16);
        let gate = Gate::new(&shape, &self.schema.shapes, &self.schema.gates);
        self.schema.gates.push(gate);
        self.schema.shapes.push(shape);
        Ok(id)
    }

    fn members(&self, listed: Vec<(NameId, ShapeId)>, required: Vec<NameId>) -> Members {
        let names = listed.iter().map(|(name, _)| name).chain(&required);
        let size = names.map(|name| usize::from(name.0) + 1).max();
        let mut by_name = vec![Member::UNLISTED; size.unwrap_or(0)];
        for (name, shape) in &listed {
            let member = &mut by_name[usize::from(name.0)];
            member.shape = Some(*shape);
            member.gate = self.schema.gate(*shape);
        }
        for name in &required {
            by_name[usize::from(name.0)].is_required = true;
        }
        Members {
            by_name,
            required,
            listed,
        }
    }

    fn types(&self, id: NodeId) -> Result<Types, CompileError> {
        let with = |types: Types, name: NodeId| {
            let text = self.text(name)?;
            types
                .with(&text)
                .ok_or_else(|| self.error(id, format!("unknown type {}", in_quotes(&text))))
        };
        match self.document.kind(id) {
            Kind::Array => self.document.children(id).try_fold(Types::NONE, with),
            _ => with(Types::NONE, id),
        }
    }

    fn pattern(&mut self, id: NodeId) -> Result<usize, CompileError> {
        let source = self.text(id)?;
        if let Some(known) = self
            .schema
            .patterns
            .iter()
            .position(|pattern| pattern.source() == source)
        {
            return Ok(known);
        }
        let pattern = Pattern::new(source).map_err(|error| self.error(id, error))?;
        self.schema.patterns.push(pattern);
        Ok(self.schema.patterns.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_named_with_its_place() {
        for (text, pointer, message) in [
            (
                r#"{"properties":{"a":{"maxItems":1}}}"#,
                "/properties/a/maxItems",
                "unknown keyword \"maxItems\"",
            ),
            (
                r#"{"items":{"format":"email"}}"#,
                "/items/format",
                "unknown format \"email\"",
            ),
            (
                r#"{"type":["string","date"]}"#,
                "/type",
                "unknown type \"date\"",
            ),
            (
                r#"{"additionalProperties":false}"#,
                "/additionalProperties",
                "an object was expected",
            ),
            (
                r#"{"pattern":"\\s"}"#,
                "/pattern",
                "unknown escape \\s in the pattern \"\\s\"",
            ),
            (
                r#"{"properties":{"a":{"pattern":"("}}}"#,
                "/properties/a/pattern",
                "the pattern \"(\" is invalid: unclosed group",
            ),
            (
                r#"{"oneOf":[{},{"minLength":"1"}]}"#,
                "/oneOf/1/minLength",
                "a length was expected",
            ),
            ("{", "", "not JSON at byte 1"),
        ] {
            let error = Schema::compile(text).expect_err(text);
            assert_eq!(
                (error.pointer.as_str(), error.message.as_str()),
                (pointer, message),
                "{text}"
            );
        }
    }
}
