//! What makes a finding the same one after the payload has changed around it.

#[cfg(feature = "cli")]
use crate::json::{Document, NodeId, pointer};
#[cfg(feature = "cli")]
use crate::model::graph;
#[cfg(feature = "cli")]
use crate::model::graph::PREFERRED_CODE;
#[cfg(feature = "cli")]
use crate::report::location::Place;

/// Nothing but the command keeps findings for another run.
#[cfg(not(feature = "cli"))]
#[derive(Debug, Clone, Copy)]
pub(crate) enum Identity {}

#[cfg(feature = "cli")]
/// What of a finding tells it from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    /// The resources that it is about, and where in them it is.
    Places,
    /// What is written there too. Codes of doors are left out all the same: of so few digits,
    /// even a digest tells them.
    PlacesAndValues,
}

#[cfg(feature = "cli")]
/// Appends where a value is: as its pointer, with a resource's own key in place of its index, and
/// without any other index. Another resource before this one changes nothing.
pub(super) fn push_place(out: &mut String, document: &Document<'_>, node: NodeId) {
    for at in pointer::path(document, node) {
        if let Some(name) = document.name(at) {
            pointer::push_token(out, &name);
        } else if document.element_index(at).is_some() {
            out.push('/');
            match own_key(document, at) {
                Some(key) => push_part(out, &key),
                None => out.push('*'),
            }
        }
    }
}

#[cfg(feature = "cli")]
/// Appends what is written at a place, without the white space between tokens.
pub(super) fn push_value(out: &mut String, document: &Document<'_>, place: Place) {
    let is_secret = |at: &NodeId| {
        document
            .name(*at)
            .is_some_and(|name| name == PREFERRED_CODE)
    };
    if pointer::path(document, place.node).iter().any(is_secret) {
        return;
    }
    let (mut in_string, mut is_escaped) = (false, false);
    for character in document.text()[place.span.range()].chars() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = in_string,
            '"' => in_string = !in_string,
            ' ' | '\t' | '\n' | '\r' if !in_string => continue,
            _ => {}
        }
        out.push(character);
    }
}

#[cfg(feature = "cli")]
/// Appends a text with its length: no two lists of parts are one text.
pub(super) fn push_part(out: &mut String, part: &str) {
    out.push_str(&part.len().to_string());
    out.push(':');
    out.push_str(part);
}

#[cfg(feature = "cli")]
/// The own key of a resource.
fn own_key(document: &Document<'_>, element: NodeId) -> Option<String> {
    let list = document.parent(element)?;
    let name = document.name(list)?;
    if document.parent(list)? != NodeId::ROOT {
        return None;
    }
    let collection = graph().collections.iter().find(|one| one.name == name)?;
    let key = document.member(element, crate::schema::embedded().name(collection.own_key))?;
    Some(document.string(key)?.into_owned())
}
