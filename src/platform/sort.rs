//! Stable sorting, whose code all types of elements share.

pub(crate) use json_document::sort::{sort_by, sort_by_key};
