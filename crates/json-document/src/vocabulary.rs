//! What a caller knows of the texts before they are read: member names, and what is where.

use std::ops::Deref;

use crate::document::{Document, Scratch};
use crate::node::{Kind, Node};

/// Names that a caller knows by number, so that members are found without comparing text, and
/// what is expected at each place of a text.
///
/// A number is below [`UNKNOWN_NAME`], and two names do not share one. The methods about
/// [places](Place) only help to repair a text that is not JSON: of several readings, the one
/// that looks as expected is the better one. Their defaults expect nothing.
pub trait Vocabulary {
    /// The number of a name, unescaped; none if it is not known.
    fn number(&self, name: &str) -> Option<u16>;

    /// The place of the value of a whole text.
    fn root(&self) -> Place {
        Place::ANYWHERE
    }

    /// The place of a member of an object; none if the object has no such member.
    fn member(&self, object: Place, name: &str) -> Option<Place> {
        let _ = (object, name);
        Some(Place::ANYWHERE)
    }

    /// The place of an array's elements.
    fn element(&self, array: Place) -> Place {
        let _ = array;
        Place::ANYWHERE
    }

    /// The kinds of values that are expected, a bit each: `1 << kind as u8`.
    fn kinds(&self, place: Place) -> u8 {
        let _ = place;
        u8::MAX
    }

    /// How many of the names that an object has to have it lacks. `has` says whether it has a name.
    fn missing(&self, object: Place, has: &dyn Fn(&str) -> bool) -> usize {
        let _ = (object, has);
        0
    }
}

/// A place in the texts that a [`Vocabulary`] knows, such as the name of a room; its number is the
/// vocabulary's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(pub u16);

impl Place {
    /// The place of values of which nothing is known.
    pub const ANYWHERE: Self = Self(u16::MAX);
}

/// The vocabulary that knows nothing.
pub(crate) struct NoVocabulary;

impl Vocabulary for NoVocabulary {
    fn number(&self, _: &str) -> Option<u16> {
        None
    }
}

/// The bit of a kind in [`Vocabulary::kinds`].
pub(crate) const fn kind_bit(kind: Kind) -> u8 {
    1 << kind as u8
}
/// Sentinel: the vocabulary does not know the name.
pub const UNKNOWN_NAME: u16 = u16::MAX;

/// A [`Document`] whose member names are numbered by a [`Vocabulary`].
///
/// Code that looks members up by number takes this type, so that it cannot be handed a document
/// without numbers, in which it would find nothing.
#[derive(Debug)]
pub struct NamedDocument<'a> {
    document: Document<'a>,
    /// By spelling.
    numbers: Vec<u16>,
}

impl<'a> NamedDocument<'a> {
    /// Parses a text and numbers its member names. `scratch` may be that of an earlier document.
    #[must_use]
    pub fn parse(text: &'a str, vocabulary: &dyn Vocabulary, scratch: Scratch) -> Self {
        let document = Document::parse_with(text, vocabulary, scratch);
        let numbers = document
            .spellings()
            .map(|name| vocabulary.number(&name).unwrap_or(UNKNOWN_NAME))
            .collect();
        Self { document, numbers }
    }

    /// The number of a member's name, or [`UNKNOWN_NAME`]. `member` is the value of a member of
    /// this document.
    #[must_use]
    pub fn name_number(&self, member: &Node) -> u16 {
        self.numbers[member.spelling()]
    }

    /// As [`Document::into_scratch`].
    #[must_use]
    pub fn into_scratch(self) -> Scratch {
        self.document.into_scratch()
    }
}

impl<'a> Deref for NamedDocument<'a> {
    type Target = Document<'a>;

    fn deref(&self) -> &Document<'a> {
        &self.document
    }
}
