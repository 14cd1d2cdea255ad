//! Keys as texts: how they are read, hashed and compared.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;

use json_document::{Document, Node, NodeId};

use crate::platform::hash::RandomState;
use crate::text::whitespace::is_ecma_whitespace;

/// The text of a string: borrowed unless it has escapes, and empty for anything else.
pub(crate) fn key_text<'a>(document: &'a Document<'_>, key: NodeId) -> Cow<'a, str> {
    document.string(key).unwrap_or_default()
}

/// The text of a string without white space around it.
pub(crate) fn trimmed_text<'a>(document: &'a Document<'_>, node: NodeId) -> Cow<'a, str> {
    match key_text(document, node) {
        text if document.is_plain(node) => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(is_ecma_whitespace)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(is_ecma_whitespace).to_owned()),
    }
}

/// Whether two strings are the same text.
#[inline]
pub(crate) fn is_same_text(a: (&Document<'_>, NodeId), b: (&Document<'_>, NodeId)) -> bool {
    let nodes = (a.0.node(a.1), b.0.node(b.1));
    match (a.0.plain_bytes(nodes.0), b.0.plain_bytes(nodes.1)) {
        (Some(a), Some(b)) => a == b,
        _ => a.0.string_bytes(nodes.0) == b.0.string_bytes(nodes.1),
    }
}

/// A hash of a text. It only filters: two texts may share one, so those with equal hashes are compared.
#[inline]
pub(crate) fn hash(text: &[u8]) -> u64 {
    static HASHER: OnceLock<RandomState> = OnceLock::new();
    let mut hasher = HASHER.get_or_init(RandomState::default).build_hasher();
    hasher.write(text);
    #[cfg(test)]
    if tests::ARE_WEAK.get() {
        return hasher.finish() & 0x1_0000_0001;
    }
    hasher.finish()
}

/// The [`hash`] of a string.
#[inline]
pub(crate) fn hash_of(document: &Document<'_>, node: &Node) -> u64 {
    match document.plain_bytes(node) {
        Some(text) => hash(text),
        None => hash_of_any(document, node),
    }
}

#[cold]
fn hash_of_any(document: &Document<'_>, node: &Node) -> u64 {
    hash(&document.string_bytes(node))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;

    use crate::Linter;
    use crate::rules::RULES;

    thread_local! {
        /// Whether [`super::hash`] has four values, so that most texts collide.
        pub(crate) static ARE_WEAK: Cell<bool> = const { Cell::new(false) };
    }

    const HOTEL: &str = include_str!("../../tests/fixtures/hotel.json");
    const COVERING: &str = include_str!("../../tests/fixtures/covering.json");

    /// What a linter finds in two files that are checked as one.
    fn findings(one: &str, other: &str) -> Vec<String> {
        let files = [("one", one.as_bytes()), ("other", other.as_bytes())];
        let reports = Linter::new().check_set(&files);
        let diagnostics = reports.iter().flat_map(|report| report.iter());
        diagnostics.map(|found| format!("{found:?}")).collect()
    }

    #[test]
    fn collisions_change_no_finding() {
        let examples = RULES.iter().flat_map(|rule| rule.examples());
        let mut texts: Vec<&str> = examples.map(|example| example.text).collect();
        texts.extend([HOTEL, COVERING]);
        let mut count = 0;
        for pair in texts.windows(2) {
            let expected = findings(pair[0], pair[1]);
            ARE_WEAK.set(true);
            let found = findings(pair[0], pair[1]);
            ARE_WEAK.set(false);
            assert_eq!(found, expected, "{} {}", pair[0], pair[1]);
            count += found.len();
        }
        assert!(count > 150, "{count}");
    }
}
