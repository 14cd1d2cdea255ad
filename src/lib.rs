//! Checks Seam `push_data` payloads offline, before they are sent.
#[allow(dead_code)]
pub(crate) mod time;
