//! The schema layer.

#[cfg(feature = "custom-schema")]
pub mod openapi;
