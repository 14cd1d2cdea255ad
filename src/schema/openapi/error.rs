//! Errors of OpenAPI documents, with their places.

use std::fmt;

/// An error in an OpenAPI document, with its place.
///
/// Displays as one line: ``/paths/…/schema/nullable: `nullable` must be true or false, not a string``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenApiError {
    pointer: String,
    keyword: String,
    message: String,
}

impl OpenApiError {
    pub(super) fn new(
        pointer: impl Into<String>,
        keyword: &str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            pointer: pointer.into(),
            keyword: keyword.to_owned(),
            message: message.into(),
        }
    }

    /// The place as a JSON Pointer into the OpenAPI document: a member, or the object in which one is missing.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The keyword that was not understood, or the member that is missing.
    #[must_use]
    pub fn keyword(&self) -> &str {
        &self.keyword
    }
}

impl fmt::Display for OpenApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "top level"
        } else {
            &self.pointer
        };
        write!(f, "{place}: `{}` {}", self.keyword, self.message)
    }
}

impl std::error::Error for OpenApiError {}

/// The JSON Pointer of a member of what `pointer` names.
pub(super) fn join(pointer: &str, member: &str) -> String {
    format!("{pointer}/{}", member.replace('~', "~0").replace('/', "~1"))
}

/// The last segment of a JSON Pointer.
pub(super) fn last(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}
