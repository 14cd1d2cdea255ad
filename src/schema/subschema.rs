//! The compiled schema: a table of subschemas, one for each object of the JSON Schema.

use json_document::{NamedDocument, Place, Scratch, Vocabulary};

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
        NamedDocument::parse(text, self, scratch)
    }

    /// The subschemas that may describe a value: that of the place, and the branches of its `oneOf`.
    fn branches(&self, place: Place) -> impl Iterator<Item = &Subschema> {
        let subschema = self.subschemas.get(usize::from(place.0));
        let branches = subschema
            .into_iter()
            .flat_map(|subschema| &subschema.one_of);
        subschema
            .into_iter()
            .chain(branches.map(|id| self.subschema(*id)))
    }
}

impl Vocabulary for Schema {
    fn number(&self, name: &str) -> Option<u16> {
        self.names.number(name)
    }

    fn root(&self) -> Place {
        Place(self.root.0)
    }

    fn member(&self, object: Place, name: &str) -> Option<Place> {
        let number = self.names.number(name);
        let mut has_names = false;
        for subschema in self.branches(object) {
            if let Some(properties) = &subschema.properties {
                has_names = true;
                if let Some(id) = number.and_then(|number| properties.get(NameId(number))) {
                    return Some(Place(id.0));
                }
            }
            if let Some(id) = subschema.additional_properties {
                return Some(Place(id.0));
            }
        }
        (!has_names).then_some(Place::ANYWHERE)
    }

    fn element(&self, array: Place) -> Place {
        let items = self.branches(array).find_map(|subschema| subschema.items);
        items.map_or(Place::ANYWHERE, |id| Place(id.0))
    }

    fn kinds(&self, place: Place) -> u8 {
        if place == Place::ANYWHERE {
            return u8::MAX;
        }
        let kinds = self
            .branches(place)
            .filter(|subschema| subschema.one_of.is_empty());
        let kinds = kinds.map(|subschema| subschema.types.kinds());
        kinds.fold(0, |all, kinds| all | kinds)
    }

    fn missing(&self, object: Place, has: &dyn Fn(&str) -> bool) -> usize {
        let subschema = self.subschemas.get(usize::from(object.0));
        let properties = subschema.and_then(|subschema| subschema.properties.as_ref());
        let required = properties
            .into_iter()
            .flat_map(|properties| &properties.required);
        required.filter(|name| !has(self.name(**name))).count()
    }
}
