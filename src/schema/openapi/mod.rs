//! The JSON Schema of the `push_data` request, from an OpenAPI document.

mod additions;
mod dialect;
mod error;
mod keywords;
mod nullable;
mod references;
mod translate;
mod value;

pub use additions::merge as merge_additions;
pub use dialect::META_SCHEMA;
pub use error::OpenApiError;
pub use translate::{PATH, to_json_schema};
pub use value::{Map, ParseError, Value, is_openapi, parse};
