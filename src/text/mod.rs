//! Helpers for text that know nothing of payloads.

pub(crate) mod ends;
pub(crate) mod escape;
pub(crate) mod mojibake;
pub(crate) mod number;
pub(crate) mod suggest;
pub(crate) mod unicode;
pub(crate) mod whitespace;
