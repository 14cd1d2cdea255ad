//! Checks Seam `push_data` payloads offline, before they are sent.

#[doc(hidden)]
pub mod schema;
