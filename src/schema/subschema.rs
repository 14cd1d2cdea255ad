//! The compiled schema: a table of subschemas, one for each object of the JSON Schema.

use json_document::{NamedDocument, Scratch, Vocabulary};

use super::fast_accept::FastAccept;
use super::names::Names;
use super::pattern::Pattern;
use super::types::Types;

/// The number of a subschema in its [`Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SubschemaId(pub(super) u16);

/// The number of a member name that the schema knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameId(pub(crate) u16);

/// The formats that are checked; others are annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// RFC 3339 `date-time`
    DateTime,
}

/// What the schema asks of the values at one place.
#[derive(Debug)]
pub(crate) struct Subschema {
    pub(super) accept: FastAccept,
    pub(crate) types: Types,
    pub(crate) min_length: Option<u32>,
    pub(crate) max_length: Option<u32>,
    /// The index in [`Schema::patterns`].
    pub(crate) pattern: Option<usize>,
    pub(crate) format: Option<Format>,
    /// As the schema writes it.
    pub(crate) exclusive_minimum: Option<String>,
    pub(crate) one_of: Vec<SubschemaId>,
    pub(crate) items: Option<SubschemaId>,
    pub(crate) properties: Option<Box<Properties>>,
    pub(crate) additional_properties: Option<SubschemaId>,
    pub(crate) description: Option<String>,
}

/// The keywords `properties` and `required`.
#[derive(Debug)]
pub(crate) struct Properties {
    /// By [`NameId`].
    by_name: Vec<Property>,
    pub(crate) required: Vec<NameId>,
    /// In the schema's order.
    pub(crate) in_order: Vec<(NameId, SubschemaId)>,
}

/// What an object's subschema says of one name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Property {
    /// Absent if the name is not under `properties`.
    pub(super) subschema: Option<SubschemaId>,
    /// That of the subschema, beside the rest that is read for every member.
    pub(super) accept: FastAccept,
    pub(super) is_required: bool,
}

impl Property {
    const UNKNOWN: Self = Self {
        subschema: None,
        accept: FastAccept::NOTHING,
        is_required: false,
    };
}

impl Properties {
    pub(super) fn new(
        in_order: Vec<(NameId, SubschemaId)>,
        required: Vec<NameId>,
        accept: impl Fn(SubschemaId) -> FastAccept,
    ) -> Self {
        let names = in_order.iter().map(|(name, _)| name).chain(&required);
        let size = names.map(|name| usize::from(name.0) + 1).max();
        let mut by_name = vec![Property::UNKNOWN; size.unwrap_or(0)];
        for (name, subschema) in &in_order {
            let property = &mut by_name[usize::from(name.0)];
            property.subschema = Some(*subschema);
            property.accept = accept(*subschema);
        }
        for name in &required {
            by_name[usize::from(name.0)].is_required = true;
        }
        Self {
            by_name,
            required,
            in_order,
        }
    }

    /// The property with the number of a name; any number may be asked for.
    pub(super) fn property(&self, name: u16) -> &Property {
        let property = self.by_name.get(usize::from(name));
        property.unwrap_or(&Property::UNKNOWN)
    }

    /// The subschema of a property, if `properties` has the name.
    pub(crate) fn get(&self, name: NameId) -> Option<SubschemaId> {
        self.property(name.0).subschema
    }
}

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Schema {
    /// By [`SubschemaId`].
    pub(super) subschemas: Vec<Subschema>,
    pub(super) names: Names,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) root: SubschemaId,
}

impl Schema {
    pub(crate) fn subschema(&self, id: SubschemaId) -> &Subschema {
        &self.subschemas[usize::from(id.0)]
    }

    /// The text of a name.
    pub(crate) fn name(&self, id: NameId) -> &str {
        self.names.get(id.0)
    }

    /// The number of a name that the schema has.
    pub(crate) fn name_id(&self, name: &str) -> Option<NameId> {
        self.names.number(name).map(NameId)
    }

    /// Parses a text that is going to be checked, with member names numbered as the schema does.
    pub(crate) fn read<'a>(&self, text: &'a str, scratch: Scratch) -> NamedDocument<'a> {
        NamedDocument::parse(text, &self.names, scratch)
    }
}
