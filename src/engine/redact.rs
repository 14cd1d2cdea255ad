//! Values that a syntax error has made names: a redacted report shows names, and not these.

use std::borrow::Cow;

use json_document::{Kind, NamedDocument, NodeId, UNKNOWN_NAME};

use crate::platform::sort;

/// The names that the schema does not know, in objects with a syntax error in them or in one of their values.
pub(super) fn misread_names(document: &NamedDocument<'_>) -> Vec<String> {
    let mut objects: Vec<NodeId> = document
        .syntax_errors()
        .iter()
        .flat_map(|error| [Some(error.owner), document.parent(error.owner)])
        .flatten()
        .filter(|node| document.kind(*node) == Kind::Object)
        .collect();
    sort::sort_by(&mut objects, Ord::cmp);
    objects.dedup();
    let members = objects
        .into_iter()
        .flat_map(|object| document.children(object));
    let mut names: Vec<String> = members
        .filter(|member| document.name_number(document.node(*member)) == UNKNOWN_NAME)
        .filter_map(|member| document.name(member))
        .filter(|name| !name.is_empty())
        .map(Cow::into_owned)
        .collect();
    // A name may be a part of another one, which is hidden first.
    sort::sort_by_key(&mut names, |name| (usize::MAX - name.len(), name.clone()));
    names.dedup();
    names
}
