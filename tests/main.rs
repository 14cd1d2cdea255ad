//! The integration tests: one binary, with a module for each part of what is promised.
//!
//! A test is found by its module's name: `cargo nextest run --all-features cli_fix::`.

mod agreement_json;
#[cfg(feature = "custom-schema")]
mod agreement_schema;
mod allocations;
#[cfg(feature = "cli")]
mod baseline;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod cli_fix;
#[cfg(feature = "cli")]
mod cli_lines;
#[cfg(all(feature = "cli", unix))]
mod cli_long;
#[cfg(feature = "cli")]
mod cli_sets;
#[cfg(feature = "cli")]
mod config;
mod fixes;
#[cfg(feature = "cli")]
mod fixtures;
#[cfg(feature = "cli")]
mod formats;
#[cfg(feature = "cli")]
mod generated;
mod hostile;
mod hotel;
#[cfg(feature = "cli")]
mod large;
mod linear_references;
mod linear_stays;
#[cfg(feature = "custom-schema")]
mod openapi;
mod payloads;
mod people;
mod places;
#[cfg(feature = "cli")]
mod readme;
mod references;
mod rules;
#[cfg(feature = "custom-schema")]
mod schema;
mod slips;
mod support;
mod times;
