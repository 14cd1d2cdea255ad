//! What a text begins and ends with. One function for all sets of characters: each `str::starts_with` with another set is
//! compiled by itself.

/// Whether a text begins with one of some ASCII characters.
pub(crate) fn begins(text: &str, set: &[u8]) -> bool {
    text.as_bytes()
        .first()
        .is_some_and(|byte| set.contains(byte))
}

/// Whether a text ends with one of some ASCII characters.
pub(crate) fn ends(text: &str, set: &[u8]) -> bool {
    text.as_bytes()
        .last()
        .is_some_and(|byte| set.contains(byte))
}

/// A text from the first character that is none of some ASCII characters.
pub(crate) fn without_leading<'t>(text: &'t str, set: &[u8]) -> &'t str {
    let rest = text.bytes().position(|byte| !set.contains(&byte));
    &text[rest.unwrap_or(text.len())..]
}

/// A text up to the last character that is none of some ASCII characters.
pub(crate) fn without_trailing<'t>(text: &'t str, set: &[u8]) -> &'t str {
    let last = text.bytes().rposition(|byte| !set.contains(&byte));
    &text[..last.map_or(0, |last| last + 1)]
}
