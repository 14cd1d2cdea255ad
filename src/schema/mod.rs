//! The published request schema: compiled, checked, and derived from OpenAPI.

pub(crate) mod check;
mod compile;
#[cfg(feature = "custom-schema")]
mod custom;
#[cfg(any(target_arch = "wasm32", test))]
mod dfa;
#[cfg(any(target_arch = "wasm32", test))]
mod dfa_table;
#[cfg(feature = "custom-schema")]
mod document_json;
mod embedded;
mod fast_accept;
mod names;
#[cfg(feature = "custom-schema")]
pub mod openapi;
pub(crate) mod pattern;
pub(crate) mod subschema;
pub(crate) mod types;

#[cfg(feature = "custom-schema")]
pub use custom::{CustomSchema, CustomSchemaError};
pub(crate) use embedded::embedded;
pub use embedded::{PUSH_DATA, VERSION, patterns};
