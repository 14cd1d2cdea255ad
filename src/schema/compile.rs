//! Compiles the embedded JSON Schema.
//!
//! The compiler knows the keywords that the schema uses and no others: a newer schema with a new
//! keyword is an error here, with its place, and is never checked by half.

use std::borrow::Cow;
use std::fmt;

use json_document::{Document, Kind, NodeId, pointer};

use super::fast_accept::FastAccept;
use super::names::Names;
use super::pattern::{Pattern, PatternError};
use super::subschema::{Format, NameId, Properties, Schema, Subschema, SubschemaId};
use super::types::Types;
use crate::text::escape::in_quotes;

/// Compiles a JSON Schema 2020-12 text. Names that are numbered already keep their numbers.
pub(super) fn compile(text: &str, names: Names) -> Result<Schema, CompileError> {
    let document = Document::parse(text);
    if let Some(problem) = document.syntax_errors().first() {
        return Err(CompileError {
            pointer: String::new(),
            reason: Reason::Syntax(problem.span.start),
        });
    }
    // Subschemas and names have numbers of 16 bits.
    if text.len() > MAX_TEXT {
        return Err(CompileError {
            pointer: String::new(),
            reason: Reason::Expected("a schema of less than 512 KB"),
        });
    }
    let mut compiler = Compiler {
        document: &document,
        // A subschema is an object, and most objects are one.
        subschemas: Vec::with_capacity(document.container_count()),
        names,
        patterns: Vec::new(),
    };
    let root = compiler.subschema(NodeId::ROOT)?;
    Ok(Schema {
        subschemas: compiler.subschemas,
        names: compiler.names,
        patterns: compiler.patterns,
        root,
    })
}

/// The longest schema that is compiled. Each object of it and each name takes eight bytes at least.
const MAX_TEXT: usize = 1 << 19;

/// Why a schema was not compiled, and at which value of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileError {
    /// JSON Pointer into the schema.
    pointer: String,
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    /// Not JSON, at a byte of the text.
    Syntax(u32),
    /// A value of another kind.
    Expected(&'static str),
    /// A keyword, format or type that is not known.
    Unknown(&'static str, String),
    Pattern(PatternError),
}

impl fmt::Display for CompileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "at {}: {}",
            in_quotes(&self.pointer),
            self.reason
        )
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(at) => write!(formatter, "not JSON at byte {at}"),
            Self::Expected(what) => write!(formatter, "{what} was expected"),
            Self::Unknown(what, name) => write!(formatter, "unknown {what} {}", in_quotes(name)),
            Self::Pattern(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for CompileError {}

struct Compiler<'d> {
    document: &'d Document<'d>,
    subschemas: Vec<Subschema>,
    names: Names,
    patterns: Vec<Pattern>,
}

impl<'d> Compiler<'d> {
    /// An error at a value of the schema.
    fn error(&self, id: NodeId, reason: Reason) -> CompileError {
        CompileError {
            pointer: pointer::of(self.document, id),
            reason,
        }
    }

    fn expected(&self, id: NodeId, what: &'static str) -> CompileError {
        self.error(id, Reason::Expected(what))
    }

    fn name_id(&mut self, name: &str) -> NameId {
        NameId(self.names.number_of(name))
    }

    fn text(&self, id: NodeId) -> Result<Cow<'d, str>, CompileError> {
        let text = self.document.string(id);
        text.ok_or_else(|| self.expected(id, "a string"))
    }

    fn length(&self, id: NodeId) -> Result<u32, CompileError> {
        let length = self.document.number(id);
        let length = length.and_then(|number| number.parse().ok());
        length.ok_or_else(|| self.expected(id, "a length"))
    }

    /// Compiles the subschema at a node, those inside it first.
    fn subschema(&mut self, id: NodeId) -> Result<SubschemaId, CompileError> {
        let document = self.document;
        if document.kind(id) != Kind::Object {
            return Err(self.expected(id, "an object"));
        }
        let mut subschema = Subschema {
            accept: FastAccept::NOTHING,
            types: Types::ANY,
            min_length: None,
            max_length: None,
            pattern: None,
            format: None,
            exclusive_minimum: None,
            one_of: Vec::new(),
            items: None,
            properties: None,
            additional_properties: None,
            description: None,
        };
        let mut properties = None;
        let mut required = Vec::new();
        for member in document.members(id) {
            let keyword = document.name(member).unwrap_or_default();
            match keyword.as_ref() {
                "$schema" | "title" => {}
                "description" => subschema.description = Some(self.text(member)?.into_owned()),
                "type" => subschema.types = self.types(member)?,
                "minLength" => subschema.min_length = Some(self.length(member)?),
                "maxLength" => subschema.max_length = Some(self.length(member)?),
                "pattern" => subschema.pattern = Some(self.pattern(member)?),
                "format" => match self.text(member)?.as_ref() {
                    "date-time" => subschema.format = Some(Format::DateTime),
                    // OpenAPI's word for the width of a number: an annotation.
                    "float" => {}
                    other => {
                        let reason = Reason::Unknown("format", other.to_owned());
                        return Err(self.error(member, reason));
                    }
                },
                "exclusiveMinimum" => {
                    let bound = document.number(member);
                    let bound = bound.ok_or_else(|| self.expected(member, "a number"))?;
                    subschema.exclusive_minimum = Some(bound.to_owned());
                }
                "oneOf" => {
                    for branch in document.children(member) {
                        subschema.one_of.push(self.subschema(branch)?);
                    }
                }
                "items" => subschema.items = Some(self.subschema(member)?),
                "additionalProperties" => {
                    subschema.additional_properties = Some(self.subschema(member)?);
                }
                "properties" => properties = Some(self.properties(member)?),
                "required" => {
                    for name in document.children(member) {
                        let name = self.text(name)?;
                        required.push(self.name_id(&name));
                    }
                }
                other => {
                    let reason = Reason::Unknown("keyword", other.to_owned());
                    return Err(self.error(member, reason));
                }
            }
        }
        if properties.is_some() || !required.is_empty() {
            let properties = properties.unwrap_or_default();
            subschema.properties = Some(Box::new(Properties::new(properties, required, |id| {
                self.subschemas[usize::from(id.0)].accept
            })));
        }
        subschema.accept = fast_accept(&subschema, |id| &self.subschemas[usize::from(id.0)]);
        let id = SubschemaId(self.subschemas.len() as u16);
        self.subschemas.push(subschema);
        Ok(id)
    }

    fn properties(&mut self, id: NodeId) -> Result<Vec<(NameId, SubschemaId)>, CompileError> {
        let document = self.document;
        let mut properties = Vec::new();
        for property in document.members(id) {
            let name = document.name(property).unwrap_or_default();
            properties.push((self.name_id(&name), self.subschema(property)?));
        }
        Ok(properties)
    }

    fn types(&self, id: NodeId) -> Result<Types, CompileError> {
        let with = |types: Types, name: NodeId| {
            let text = self.text(name)?;
            let types = types.with(&text);
            types.ok_or_else(|| self.error(name, Reason::Unknown("type", text.into_owned())))
        };
        match self.document.kind(id) {
            Kind::Array => self.document.children(id).try_fold(Types::NONE, with),
            _ => with(Types::NONE, id),
        }
    }

    /// The index of a pattern; one that appears twice is compiled once.
    fn pattern(&mut self, id: NodeId) -> Result<usize, CompileError> {
        let source = self.text(id)?;
        let mut known = self.patterns.iter();
        if let Some(index) = known.position(|pattern| pattern.source() == source) {
            return Ok(index);
        }
        let pattern = Pattern::new(source.into_owned());
        let pattern = pattern.map_err(|error| self.error(id, Reason::Pattern(error)))?;
        self.patterns.push(pattern);
        Ok(self.patterns.len() - 1)
    }
}

/// The kinds that a value may be of.
const KINDS: [Kind; 6] = [
    Kind::Null,
    Kind::Boolean,
    Kind::Number,
    Kind::String,
    Kind::Array,
    Kind::Object,
];

/// What a subschema accepts at first look. `of` gives those of its `oneOf`, which are compiled before it.
fn fast_accept<'s>(subschema: &Subschema, of: impl Fn(SubschemaId) -> &'s Subschema) -> FastAccept {
    let mut accepted = accept_alone(subschema);
    if subschema.one_of.is_empty() {
        return accepted;
    }
    // What one branch alone can be of the type of is right if that branch accepts it.
    let only = |kind: Kind| {
        let branches = subschema.one_of.iter().map(|branch| of(*branch));
        let mut with_type = branches.filter(|branch| branch.types.admits(kind));
        match (with_type.next(), with_type.next()) {
            (Some(branch), None) => branch.accept,
            _ => FastAccept::NOTHING,
        }
    };
    for kind in KINDS {
        let bit = 1 << kind as u8;
        // A number may be of a branch for whole numbers too.
        if kind == Kind::Number || only(kind).kinds & bit == 0 {
            accepted.kinds &= !bit;
        }
    }
    let string = only(Kind::String);
    accepted.min_length = accepted.min_length.max(string.min_length);
    accepted.max_length = accepted.max_length.min(string.max_length);
    accepted
}

/// What all keywords but `oneOf` accept.
fn accept_alone(subschema: &Subschema) -> FastAccept {
    let any_text = subschema.pattern.is_none() && subschema.format.is_none();
    let any_length = subschema.min_length.is_none() && subschema.max_length.is_none();
    let is_free = |kind| match kind {
        Kind::Null | Kind::Boolean => true,
        Kind::Number => subschema.exclusive_minimum.is_none(),
        Kind::String => any_text && any_length,
        Kind::Array => subschema.items.is_none(),
        Kind::Object => subschema.properties.is_none() && subschema.additional_properties.is_none(),
        Kind::Invalid => false,
    };
    let free = KINDS
        .into_iter()
        .filter(|kind| subschema.types.admits(*kind) && is_free(*kind));
    let mut accepted = FastAccept {
        kinds: free.fold(0, |kinds, kind| kinds | 1 << kind as u8),
        ..FastAccept::NOTHING
    };
    let minimum = u16::try_from(subschema.min_length.unwrap_or(0));
    if let Ok(minimum) = minimum
        && any_text
        && subschema.types.admits(Kind::String)
    {
        let maximum = subschema.max_length.unwrap_or(u32::MAX);
        accepted.min_length = minimum;
        accepted.max_length = u16::try_from(maximum).unwrap_or(u16::MAX);
    }
    accepted
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
                "/type/1",
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
            let error = compile(text, Names::default()).expect_err(text);
            assert_eq!(
                (error.pointer.as_str(), error.reason.to_string().as_str()),
                (pointer, message),
                "{text}"
            );
        }
    }
}
