//! The integration tests: one binary, because each more takes as long to link as all tests
//! together.
//!
//! | module | what it tests | judged by |
//! |---|---|---|
//! | `json` | syntax errors, their messages and fixes; what RFCs say of JSON, and limits; `crates/json-document/tests` has the parser's own | tables in `tests/data` |
//! | `schema` | OpenAPI to JSON Schema, the committed schema, violations and where they are | the `jsonschema` crate |
//! | `rules` | each rule: documentation, reports of all fixtures, fixes, and cases by topic | snapshots, pairwise definitions |
//! | `payloads` | clean and broken payloads as integrators send them | tables of what has to be found |
//! | `cost` | memory and its growth with the size of the input, by counting allocations | – |
//! | `cli` | the command as a process: status, output, files, formats, configuration | readers of each format |
//! | `generated` | pages, schemas and README are what the code gives; `cargo xtask docs` renews them | – |
//! | `layers` | no file imports a layer above it, and none is in a ring of imports | – |
//! | `links` | links and paths in the pages for people lead somewhere | – |
//! | `versions` | all packages have one version | – |
//! | `support` | the command in a folder, random numbers, payloads, schemas of others | – |
//!
//! A test is found by its module: `cargo test --all-features --test integration cli::fix`. Snapshots are in
//! `tests/snapshots`, inputs in `tests/fixtures`, tables in `tests/data`.

#[cfg(feature = "cli")]
mod cli;
mod cost;
#[cfg(feature = "cli")]
mod generated;
mod json;
mod layers;
mod links;
mod payloads;
mod rules;
mod schema;
mod support;
mod versions;
