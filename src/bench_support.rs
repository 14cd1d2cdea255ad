//! Layers by themselves, for `benches/` alone: no part of the API.

use crate::json::{Document, Memory};
use crate::schema;
#[cfg(feature = "custom-schema")]
use crate::schema::custom::CustomSchema;

/// A text as the embedded schema reads it.
#[must_use]
pub fn read(text: &str) -> Document<'_> {
    schema::embedded().read(text, Memory::default())
}

/// How many violations of the embedded schema a document has that was [`read`]; unknown members
/// count.
#[must_use]
pub fn embedded_violations(document: &Document<'_>) -> usize {
    let schema = schema::embedded();
    let outcome = schema::check::check(schema, document, schema.root, &[]);
    outcome.violations.len() + outcome.unknown_members.len()
}

/// How many violations of another schema a document has.
#[cfg(feature = "custom-schema")]
#[must_use]
pub fn custom_violations(schema: &CustomSchema, document: &Document<'_>) -> usize {
    schema.check(document).len()
}

/// The code of every rule, and whether it is the first of its family, in the order of the list.
pub fn families() -> impl Iterator<Item = (&'static str, bool)> {
    crate::rules::families().flat_map(|family| {
        family
            .iter()
            .enumerate()
            .map(|(at, rule)| (rule.code, at == 0))
    })
}
