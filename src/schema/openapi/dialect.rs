//! The two schema languages of OpenAPI 3.

use std::fmt;

use super::error::OpenApiError;
use super::keywords::text;
use super::value::Value;

/// The dialect that a derived schema is in.
pub const META_SCHEMA: &str = "https://json-schema.org/draft/2020-12/schema";

/// The names of the dialects of OpenAPI 3.1 start so: 2020-12 and a few annotations.
const OPENAPI_31_DIALECTS: &str = "https://spec.openapis.org/oas/3.1/dialect/";

/// The two schema languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// OpenAPI 3.0 has a language of its own.
    V30,
    /// OpenAPI 3.1 has JSON Schema 2020-12.
    V31,
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V30 => "OpenAPI 3.0",
            Self::V31 => "OpenAPI 3.1",
        })
    }
}

/// The language of a document's schemas.
pub(super) fn dialect(document: &Value) -> Result<Dialect, OpenApiError> {
    let Some(version) = document.get("openapi") else {
        let (keyword, message) = match document.get("swagger") {
            Some(_) => (
                "swagger",
                "is not supported: convert the document to OpenAPI 3",
            ),
            None => ("openapi", "is missing: this is not an OpenAPI document"),
        };
        return Err(OpenApiError::new("", keyword, message));
    };
    let fail = |message: String| Err(OpenApiError::new("/openapi", "openapi", message));
    let Some(version) = version.as_str() else {
        return fail(format!("must be a version in quotes, not {version}"));
    };
    let dialect = match version.split('.').take(2).collect::<Vec<_>>()[..] {
        ["3", "0"] => Dialect::V30,
        ["3", "1"] => Dialect::V31,
        _ => return fail(format!("is {version}; 3.0 and 3.1 are understood")),
    };
    if let (Dialect::V31, Some(name)) = (dialect, document.get("jsonSchemaDialect")) {
        known_dialect(name, "/jsonSchemaDialect", "jsonSchemaDialect")?;
    }
    Ok(dialect)
}

/// Checks the name of a dialect: `$schema` or `jsonSchemaDialect`.
pub(super) fn known_dialect(value: &Value, at: &str, keyword: &str) -> Result<(), OpenApiError> {
    let name = text(value, at, keyword)?;
    if name.trim_end_matches('#') == META_SCHEMA || name.starts_with(OPENAPI_31_DIALECTS) {
        return Ok(());
    }
    let message = format!("is {name}; of the dialects of JSON Schema only 2020-12 is understood");
    Err(OpenApiError::new(at, keyword, message))
}
