//! References between definitions.

use std::collections::HashSet;

use super::error::OpenApiError;
use super::value::{Map, Value};

/// A schema that is referred to.
#[derive(Debug, Clone)]
pub(super) struct Definition<'a> {
    /// Its name under `$defs`.
    pub(super) name: String,
    /// Its JSON Pointer in the OpenAPI document.
    pub(super) pointer: String,
    pub(super) schema: &'a Value,
}

/// Refuses definitions that refer to themselves for the same value: a check against one never ends.
pub(super) fn refuse_endless_references(
    definitions: &Map,
    sources: &[Definition<'_>],
) -> Result<(), OpenApiError> {
    let mut waiting: Vec<(&Definition<'_>, Vec<&str>)> = sources
        .iter()
        .map(|source| {
            let mut names = Vec::new();
            if let Some(schema) = definitions.get(&source.name) {
                references_in_place(schema, &mut names);
            }
            (source, names)
        })
        // References mostly lead forwards: backwards, one round is enough.
        .rev()
        .collect();
    // Remove definitions whose references all end. What is left is a circle, or leads to one.
    let mut ends = HashSet::new();
    loop {
        let before = waiting.len();
        waiting.retain(|(source, names)| {
            let open = names.iter().any(|name| !ends.contains(name));
            if !open {
                ends.insert(source.name.as_str());
            }
            open
        });
        match waiting.last() {
            None => return Ok(()),
            Some((source, _)) if waiting.len() == before => {
                return Err(endless(source.pointer.clone()));
            }
            Some(_) => {}
        }
    }
}

/// Collects the definitions that a translated schema refers to for the same value.
fn references_in_place<'v>(schema: &'v Value, names: &mut Vec<&'v str>) {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        match keyword.as_str() {
            "$ref" => names.extend(
                value
                    .as_str()
                    .and_then(|reference| reference.strip_prefix("#/$defs/")),
            ),
            "allOf" | "anyOf" | "oneOf" => {
                for branch in value.as_array().into_iter().flatten() {
                    references_in_place(branch, names);
                }
            }
            "not" | "if" | "then" | "else" => references_in_place(value, names),
            "dependentSchemas" => {
                for branch in value.as_object().into_iter().flat_map(Map::values) {
                    references_in_place(branch, names);
                }
            }
            _ => {}
        }
    }
}

/// The error of a reference that leads to itself.
pub(super) fn endless(pointer: String) -> OpenApiError {
    OpenApiError::new(pointer, "$ref", "leads back to itself without an end")
}

/// Decodes the fragment of a URI; `None` if an escape is incomplete or the bytes are not UTF-8.
pub(super) fn percent_decode(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                (digit()? * 16 + digit()?) as u8
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}
