//! JSON Pointers, [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901).

use std::fmt::Write as _;

use crate::document::Document;
use crate::node::{Kind, NodeId};

/// Appends one reference token, with `~` and `/` escaped.
pub fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The member name that a reference token names: `~1` is `/` and `~0` is `~`.
#[must_use]
pub fn unescape_token(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// The values from the root to a value: without the root, with the value.
#[must_use]
pub fn path(document: &Document<'_>, id: NodeId) -> Vec<NodeId> {
    let mut path = vec![id];
    for ancestor in document.ancestors(id) {
        path.push(ancestor);
    }
    // The root.
    path.pop();
    path.reverse();
    path
}

/// The pointer to a value: `""` for the root. Duplicate members share one pointer.
#[must_use]
pub fn of(document: &Document<'_>, id: NodeId) -> String {
    let path = path(document, id);
    // Most tokens are shorter.
    let mut pointer = String::with_capacity(path.len() * 16);
    for id in path {
        if let Some(name) = document.name(id) {
            push_token(&mut pointer, &name);
        } else if let Some(index) = document.element_index(id) {
            // Writing to a string does not fail.
            let _ = write!(pointer, "/{index}");
        }
    }
    pointer
}

/// The value that a pointer names, if the document has it. Of duplicate members, the last.
#[must_use]
pub fn find(document: &Document<'_>, pointer: &str) -> Option<NodeId> {
    let mut id = NodeId::ROOT;
    if pointer.is_empty() {
        return Some(id);
    }
    for token in pointer.strip_prefix('/')?.split('/') {
        id = match document.kind(id) {
            Kind::Object => document.member(id, &unescape_token(token))?,
            Kind::Array => {
                // RFC 6901 section 4: digits without leading zeros.
                if token.len() > 1 && token.starts_with('0') || token.starts_with('+') {
                    return None;
                }
                document.children(id).nth(token.parse().ok()?)?
            }
            _ => return None,
        };
    }
    Some(id)
}
