//! Checks Seam `push_data` payloads offline, before they are sent.
//!
//! A push to [Seam](https://docs.seam.co)'s `POST /customers/push_data` fails in two ways: the API
//! answers 400 to a broken body, a push too late; and it answers `ok: true` to a body whose time
//! zone is misspelt, whose reservation names a room that does not exist, or whose members it
//! silently drops. Then a guest stands before a locked door. seamlint finds both kinds before
//! anything is sent, without a network.
//!
//! # A first check
//!
//! ```
//! let payload = r#"{
//!   "customer_key": "hotel_17",
//!   "spaces": [
//!     { "space_key": "101", "name": "Room 101", "customer_data": { "default_checkin_time": "9:00" } }
//!   ]
//! }"#;
//!
//! let report = seamlint::check(payload);
//!
//! let found = &report.diagnostics()[0];
//! assert_eq!(found.code, "schema-pattern");
//! assert_eq!(found.severity, seamlint::Severity::Error);
//! assert_eq!(found.pointer, "/spaces/0/customer_data/default_checkin_time");
//! assert_eq!((found.range.start.line, found.range.start.column), (4, 90));
//! assert_eq!(&payload[found.range.bytes()], r#""9:00""#);
//! assert_eq!(found.help.as_deref(), Some(r#"write "09:00""#));
//! ```
//!
//! # Before sending
//!
//! [`check_serialize`] takes your own structs. [`Report::into_result`] is an error if the API would
//! refuse the payload, [`Report::into_result_at`] at another severity; with the feature `miette` (on by
//! default) it shows every finding in its source.
//!
//! ```
//! #[derive(serde::Serialize)]
//! struct Payload { customer_key: String, rooms: Vec<Room> }
//! #[derive(serde::Serialize)]
//! struct Room { room_key: String, name: Option<String> }
//!
//! let payload = Payload {
//!     customer_key: "hotel_17".into(),
//!     rooms: vec![Room { room_key: "101".into(), name: None }],
//! };
//! let refused = seamlint::check_serialize(&payload)?.into_result().unwrap_err();
//! assert_eq!(
//!     refused.to_string(),
//!     "the payload has 1 error; the first, at line 1, column 62: \
//!      name is null; the API takes a string",
//! );
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! A report also serializes, as the JSON report that `--format json` writes:
//!
//! ```
//! let json = serde_json::to_value(seamlint::check("{}"))?;
//! assert_eq!(json["summary"]["errors"], 1);
//! assert_eq!(json["files"][0]["diagnostics"][0]["data"]["member"], "customer_key");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Options, many checks, threads
//!
//! A [`Linter`] is built once from [`Options`] and shared freely.
//!
//! ```
//! use seamlint::{Level, Linter, Options};
//!
//! let mut options = Options::default();
//! options.levels.push(("unknown-member".to_owned(), Level::Error));
//! let linter = Linter::with_options(options)?;
//!
//! let payload = r#"{ "customer_key": "c", "customer_keys": ["d"], "rooms": [] }"#;
//! std::thread::scope(|scope| {
//!     scope.spawn(|| assert!(linter.check(payload).has_errors()));
//!     scope.spawn(|| assert!(linter.check_bytes(payload.as_bytes()).has_errors()));
//! });
//! # Ok::<(), seamlint::OptionsError>(())
//! ```
//!
//! [`Linter::check_set`] checks the payloads of one customer as one, and [`Linter::check_lines`] JSON
//! Lines, a payload a line.
//!
//! # Fixes
//!
//! Many findings have a fix. [`Linter::fix`] applies those that are safe, or all, and checks again
//! until nothing changes; see [`fix`].
//!
//! # Findings and errors
//!
//! A finding is about the payload and stands in the [`Report`], however broken the text is: nothing
//! panics on any input. An error is about the work: options that name no rule, a value that does
//! not serialize.
//!
//! # Features
//!
//! - `miette` (default): a report turns into a `miette` error, with excerpts.
//! - `cli` (default): the `seamlint` command. A library needs none of it:
//!   `default-features = false, features = ["miette"]`.
//! - `custom-schema`: [`Options::schema`], through the `jsonschema` crate.
//! - `fingerprints`: what knows findings again in another run; the command and the Python package use it.
//! - `js`: on WebAssembly, uses the Unicode tables of the JavaScript engine, and Node.js for the
//!   command's files. The npm package is built with it.

// The feature labels of docs.rs.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "cli")]
mod cli;
mod engine;
#[doc(hidden)]
pub mod faces;
mod model;
mod output;
mod platform;
mod report;
mod rules;
mod schema;
mod text;
mod time;
mod values;

use std::sync::OnceLock;

// The public API is this list and the functions below; `cargo xtask api` holds a snapshot of it.
pub use engine::fix;
pub use engine::linter::Linter;
pub use engine::options::{Options, OptionsError, rule};
pub use json_document::{Position, PositionEncoding, Range};
pub use model::known::{KnownKeys, KnownKeysError};
#[cfg(feature = "miette")]
pub use report::snippet::{Excerpt, Style as ExcerptStyle};
pub use report::{
    Applicability, Counts, Data, DataField, DataType, DataValue, Diagnostic, Edit, Fix, Omitted,
    Refused, Related, Report, Severity,
};
pub use rules::{Basis, Example, Fact, Fixes, Group, Level, RULES, Rule};
#[cfg(feature = "custom-schema")]
pub use schema::{CustomSchema, CustomSchemaError};
pub use schema::{PUSH_DATA as PUSH_DATA_SCHEMA, VERSION as PUSH_DATA_SCHEMA_VERSION};

/// The linter behind [`check`], [`check_bytes`] and [`check_serialize`].
fn default_linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(Linter::new)
}

/// Checks a text with every default rule. See [`Linter::check`].
#[must_use]
pub fn check(text: &str) -> Report<'_> {
    default_linter().check(text)
}

/// Checks bytes, which may not be UTF-8, with every default rule. See [`Linter::check_bytes`].
#[must_use]
pub fn check_bytes(bytes: &[u8]) -> Report<'_> {
    default_linter().check_bytes(bytes)
}

/// Checks what a value serializes to with every default rule. See [`Linter::check_serialize`].
///
/// # Errors
///
/// [`serde_json::Error`] if the value does not serialize to JSON.
pub fn check_serialize<T: serde::Serialize + ?Sized>(
    value: &T,
) -> Result<Report<'static>, serde_json::Error> {
    default_linter().check_serialize(value)
}

/// The version of the IANA time zone data, such as `2026f`.
#[must_use]
pub fn time_zone_data() -> &'static str {
    time::zone::database_version()
}
