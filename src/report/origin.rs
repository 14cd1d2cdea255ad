//! How a payload comes out of the text that it is wrapped in, and how places and fixes get back there.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::rc::Rc;

use json_document::{SourceMap, Span, quote};

/// How a part of the text that was given becomes the text that is checked.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    /// From the outside to the inside.
    pub(crate) layers: Vec<Rc<Layer>>,
    /// Where the payload is in the outer text, if that is JSON.
    pub(crate) within: Option<String>,
    /// Placeholders in the checked text for what is not known yet, such as an unrendered template: nothing is reported in them.
    pub(crate) holes: Vec<Span>,
}

/// One step inwards.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) map: SourceMap,
    pub(crate) coding: Coding,
}

/// How a text is written in the next one outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Plain,
    JsonString,
    Html,
    Percent,
    /// Another notation, in which no fix is written.
    Foreign,
}

impl Coding {
    fn encode(self, text: Cow<'_, str>) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Plain => text,
            Self::JsonString => {
                let quoted = quote(&text);
                quoted[1..quoted.len() - 1].to_owned().into()
            }
            Self::Html => {
                let markup = [
                    ("&", "&amp;"),
                    ("<", "&lt;"),
                    (">", "&gt;"),
                    ("\"", "&quot;"),
                ];
                let mut text = text.into_owned();
                for (character, entity) in markup {
                    text = text.replace(character, entity);
                }
                text.into()
            }
            Self::Percent => {
                let mut out = String::new();
                for byte in text.bytes() {
                    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                        out.push(char::from(byte));
                    } else {
                        let _ = write!(out, "%{byte:02X}");
                    }
                }
                out.into()
            }
            Self::Foreign => return None,
        })
    }
}

impl Origin {
    /// A place in the text that was given.
    pub(crate) fn span(&self, inner: Span) -> Span {
        let layers = self.layers.iter().rev();
        layers.fold(inner, |span, layer| layer.map.span(span))
    }

    /// An edit of the text that was given; none where that would touch what is not in the payload.
    pub(crate) fn edit(&self, inner: Span, text: String) -> Option<(Span, String)> {
        if self
            .holes
            .iter()
            .any(|hole| hole.start < inner.end && inner.start < hole.end)
        {
            return None;
        }
        let mut edit = (inner, Cow::Owned(text));
        for layer in self.layers.iter().rev() {
            if !layer.map.is_whole(edit.0) {
                return None;
            }
            edit = (layer.map.span(edit.0), layer.coding.encode(edit.1)?);
        }
        Some((edit.0, edit.1.into_owned()))
    }

    /// Whether a place is in something that is not known yet.
    pub(crate) fn is_hole(&self, span: Span) -> bool {
        let is_in = |hole: &Span| hole.start <= span.start && span.end <= hole.end;
        self.holes.iter().any(is_in)
    }
}
