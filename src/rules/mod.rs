//! The rules: what each looks for, why, and what to do.
//!
//! One file for each rule or tight family. To add one: write the file, with `declare_rule!`, a
//! check and its `FAMILY`, and enter that in `registry.rs`. Everything else (`explain`, `rules`, `schema/rules.json`,
//! `docs/rules.md`, the tests that run the examples) comes from there.

mod blank_name;
mod byte_order_mark;
mod checkin_before_checkout;
mod checkin_without_time_zone;
mod conflicting_contact;
pub(crate) mod context;
mod coordinates;
mod dangling_reference;
mod date_time_not_accepted;
mod date_without_time;
mod derived_reservation_key;
mod document_too_large;
mod duplicate_key;
mod duplicate_member;
mod empty_payload;
mod empty_reference;
mod ends_before_starts;
pub(crate) mod family;
mod half_open_stay;
mod implausible_date;
mod invalid_email;
mod invalid_phone_number;
mod invalid_unicode;
mod invisible_character;
mod json_syntax;
mod key_collision;
mod key_of_another_customer;
pub(crate) mod key_whitespace;
mod local_time;
mod long_past_stay;
mod look_alike_keys;
mod metadata_limits;
mod metadata_names;
mod mojibake;
mod multiple_person_references;
mod nesting_too_deep;
mod nothing_to_open;
mod nul_character;
mod overlapping_stays;
mod placeholder_value;
pub(crate) mod preferred_code;
pub(crate) mod registry;
mod removal;
pub(crate) mod repeated_reference;
mod reservation_spans_rooms;
pub(crate) mod rule;
pub(crate) mod schema;
pub(crate) mod settings;
pub(crate) mod shared_preferred_code;
pub(crate) mod sink;
mod stay_without_times;
mod surrounding_whitespace;
mod threshold_out_of_range;
mod time_zone;
mod unconfirmed_stay;
mod unknown_member;
mod unreachable_person;
mod very_long_stay;
pub(crate) mod wrapped_payload;
pub(crate) mod wrapping;
mod wrong_kind_reference;

pub use registry::RULES;
pub use rule::{Basis, Example, Fact, Fixes, Group, Rule};
pub use settings::Level;
