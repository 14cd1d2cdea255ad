//! A document as a payload, and the payloads that are checked together.
//!
//! [`payload::Payload`] holds what one pass over a document reads: resources, references, people, stays
//! and spaces. [`payload_set::PayloadSet`] resolves references over several files; the rest answers one
//! question each about a set, when a rule first asks.

mod build;
pub(crate) mod confusables;
pub(crate) mod contacts;
pub(crate) mod customers;
pub(crate) mod files;
mod fixed_keys;
pub(crate) mod graph;
pub(crate) mod key;
mod key_index;
pub(crate) mod known;
pub(crate) mod overlaps;
pub(crate) mod payload;
pub(crate) mod payload_set;
pub(crate) mod person;
pub(crate) mod recognize;
pub(crate) mod reference;
pub(crate) mod resolve;
pub(crate) mod resource;
pub(crate) mod shared_codes;
pub(crate) mod skeleton;
pub(crate) mod space;
pub(crate) mod space_zones;
pub(crate) mod stay;
pub(crate) mod stays_by_location;
mod str_index;
pub(crate) mod suggest_key;
pub(crate) mod untrimmed_keys;
