//! Names that are known before a text is read: those of a schema.

use std::ops::Deref;

use crate::document::{Document, Scratch};
use crate::node::Node;

/// Names that a caller knows by number, so that members are found without comparing text.
///
/// A number is below [`UNKNOWN_NAME`], and two names do not share one.
pub trait Vocabulary {
    /// The number of a name, unescaped; none if it is not known.
    fn number(&self, name: &str) -> Option<u16>;
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
    pub fn parse(text: &'a str, vocabulary: &impl Vocabulary, scratch: Scratch) -> Self {
        let document = Document::parse_into(text, scratch);
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
