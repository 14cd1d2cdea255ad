//! A text on its way through the engine, from the bytes of a file.

use std::borrow::Cow;
use std::cell::OnceCell;

use json_document::{Extract, Position, SourceMap, Span};

use crate::engine::options::OptionsError;
use crate::engine::unwrap::{Given, Unwrapped};
use crate::engine::wide::Wide;
use crate::model::graph::{CollectionId, graph};
use crate::platform::utf8;
use crate::rules::context::Replaced;
use crate::text::suggest;

/// A text on its way through the engine.
pub(crate) struct Input<'a> {
    pub(super) name: String,
    pub(crate) text: Cow<'a, str>,
    /// Where it begins in its file.
    pub(super) start: Position,
    pub(super) replaced: Vec<Replaced>,
    /// Where its characters are in bytes, if it was given in UTF-16 or UTF-32.
    pub(super) wide: Option<SourceMap>,
    pub(super) given: Given,
    /// The payloads in it, if it is not one by itself: looked for once.
    pub(super) unwrapped: OnceCell<Option<Unwrapped>>,
    /// It is skipped, without a report, if it does not look like a payload, see
    /// [`is_payload`](crate::model::recognize::is_payload).
    pub(super) only_payload: bool,
}

impl<'a> Input<'a> {
    pub(crate) fn text(text: Cow<'a, str>) -> Self {
        Self {
            name: String::new(),
            text,
            start: Position::START,
            replaced: Vec::new(),
            wide: None,
            given: Given::default(),
            unwrapped: OnceCell::new(),
            only_payload: false,
        }
    }

    /// Bytes with the name that reports give them.
    pub(crate) fn named(name: &str, bytes: &'a [u8]) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::bytes(bytes)
        }
    }

    /// The same, as it begins at a line of a file.
    pub(crate) fn starting(self, start: Position) -> Self {
        Self { start, ..self }
    }

    /// The whole of JSON Lines, where lines cannot be told in the bytes.
    pub(super) fn whole_lines(self) -> Self {
        let given = Given {
            is_lines: true,
            ..self.given
        };
        Self { given, ..self }
    }

    pub(crate) fn bytes(bytes: &'a [u8]) -> Self {
        if let Some(wide) = Wide::of(bytes)
            && u32::try_from(bytes.len()).is_ok()
        {
            let Extract { text, map } = wide.decode(bytes);
            return Self {
                wide: Some(map),
                given: Given {
                    wide: Some(wide),
                    is_lines: false,
                },
                ..Self::text(Cow::Owned(text))
            };
        }
        Self::utf8(bytes)
    }

    /// Bytes that are neither UTF-16 nor UTF-32, whatever they look like.
    pub(super) fn utf8(bytes: &'a [u8]) -> Self {
        let (text, replaced) = as_utf8(bytes);
        Self {
            replaced,
            ..Self::text(text)
        }
    }
}

/// What a text is checked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The body of a push.
    Payload,
    /// One resource of a collection.
    Resource(CollectionId),
}

impl Scope {
    pub(super) fn resource(collection: &str) -> Result<Self, OptionsError> {
        let collections = &graph().collections;
        let at = collections
            .iter()
            .position(|known| known.name == collection);
        let at = at.ok_or_else(|| OptionsError::UnknownCollection {
            name: collection.to_owned(),
            suggestion: suggest::nearest(
                collection,
                collections.iter().map(|known| known.name.as_str()),
            )
            .map(|nearest| nearest.word),
        })?;
        Ok(Self::Resource(CollectionId(at as u8)))
    }
}

/// The text of bytes that are UTF-16 or UTF-32.
#[cfg(feature = "cli")]
pub(crate) fn wide_text(bytes: &[u8]) -> Option<String> {
    Wide::of(bytes).map(|wide| wide.decode(bytes).text)
}

/// How many bytes at the start of a text tell whether it [`is_wide`].
#[cfg(feature = "cli")]
pub(crate) const WIDE_START: u64 = 8;

/// Whether bytes are UTF-16 or UTF-32.
pub(crate) fn is_wide(bytes: &[u8]) -> bool {
    Wide::of(bytes).is_some()
}

/// The bytes as text of the same length, with `?` for each byte that is not UTF-8.
pub(super) fn as_utf8(bytes: &[u8]) -> (Cow<'_, str>, Vec<Replaced>) {
    if let Some(text) = utf8::text_of(bytes) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let (text, replaced) = replace_invalid(bytes);
    (Cow::Owned(text), replaced)
}

fn replace_invalid(bytes: &[u8]) -> (String, Vec<Replaced>) {
    let mut text = String::with_capacity(bytes.len());
    let mut replaced: Vec<Replaced> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let invalid = chunk.invalid();
        if !invalid.is_empty() {
            let start = text.len();
            text.extend(invalid.iter().map(|_| '?'));
            let span = Span::of(start, text.len());
            match replaced.last_mut() {
                // A run of them is one finding, as long as it is short enough to be read.
                Some(last) if last.span.end == span.start && last.bytes.len() < 8 => {
                    last.span.end = span.end;
                    last.bytes.extend_from_slice(invalid);
                }
                _ => replaced.push(Replaced {
                    span,
                    bytes: invalid.to_vec(),
                }),
            }
        }
    }
    (text, replaced)
}
