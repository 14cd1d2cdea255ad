//! The rules: what each looks for, why, and what to do.
//!
//! One file for each rule or tight family. To add one: write the file, with `declare_rule!` and
//! a check, and put it into [`RULES`]. Everything else (`explain`, `rules`, `schema/rules.json`,
//! `docs/rules.md`, the tests that run the examples) comes from there.

mod blank_name;
mod byte_order_mark;
mod checkin_before_checkout;
mod conflicting_contact;
mod coordinates;
mod dangling_reference;
mod date_time_not_accepted;
mod document_too_large;
mod duplicate_key;
mod duplicate_member;
mod empty_payload;
mod empty_reference;
mod ends_before_starts;
mod half_open_stay;
mod invalid_email;
mod invalid_phone_number;
mod invalid_unicode;
mod invisible_character;
mod json_syntax;
mod key_collision;
pub(crate) mod key_whitespace;
mod local_time;
mod long_past_stay;
mod look_alike_keys;
mod metadata_limits;
mod metadata_names;
mod multiple_person_references;
mod nesting_too_deep;
mod nothing_to_open;
mod overlapping_stays;
pub(crate) mod preferred_code;
pub(crate) mod repeated_reference;
pub(crate) mod schema;
pub(crate) mod shared_preferred_code;
mod surrounding_whitespace;
mod time_zone;
mod unknown_member;
mod very_long_stay;
mod wrong_kind_reference;

use std::fmt;

pub(crate) use key_whitespace::is_trimmed;
use serde::Serialize;

use crate::linter::Context;
use crate::report::{Severity, Sink};

/// A rule: a code, how loud it is, and its documentation.
#[non_exhaustive]
pub struct Rule {
    /// Lower-case words with hyphens; never changes its meaning.
    pub code: &'static str,
    /// The severity where neither evidence nor the user says otherwise.
    pub severity: Severity,
    /// Whether it can offer a fix.
    pub fix: Fixes,
    /// The version that brought the rule.
    pub since: &'static str,
    /// The part of the catalogue it belongs to.
    pub group: Group,
    /// Whether it runs unless the user says otherwise.
    pub on_by_default: bool,
    /// Why a finding matters, in one or two sentences.
    pub(crate) why: &'static str,
    /// The doc comment, a line each with its leading space.
    docs: &'static str,
    /// Looks for findings. Of a family, the first in [`RULES`] checks for all, and the others
    /// follow it.
    pub(crate) check: Option<Check>,
}

pub(crate) type Check = fn(&Context<'_>, &mut Sink<'_>);

/// Which fixes a rule can offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fixes {
    /// None.
    None,
    /// Fixes that `--fix` applies.
    Safe,
    /// Fixes that only `--unsafe-fixes` applies.
    Unsafe,
    /// Both kinds, depending on the finding.
    Both,
}

/// The parts of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The text itself.
    Json,
    /// The published schema.
    Schema,
    /// Documented limits that the schema does not carry.
    Limits,
    /// Keys and what they name.
    References,
    /// Members that the API ignores.
    Members,
    /// Zones, stays and times of day.
    Time,
    /// Names and contacts.
    People,
    /// Codes, and who may go where.
    Access,
    /// Coordinates.
    Place,
    /// How text is written.
    Text,
}

impl Group {
    /// A heading for documentation.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Schema => "Published schema",
            Self::Limits => "Documented limits",
            Self::References => "References",
            Self::Members => "Members the API ignores",
            Self::Time => "Time",
            Self::People => "People and contacts",
            Self::Access => "Access",
            Self::Place => "Place",
            Self::Text => "Text",
        }
    }
}

/// An example in a rule's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// Whether the rule finds something in it.
    pub bad: bool,
    /// Another rule that cannot but find something in it too.
    pub with: Option<&'static str>,
    /// The payload, as it stands between the fences.
    pub text: &'static str,
}

impl Rule {
    /// What the rule finds, in one sentence without Markdown.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().next().unwrap_or_default().trim()
    }

    /// The whole documentation, in Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        let mut docs = String::with_capacity(self.docs.len());
        for line in self.docs.lines() {
            docs.push_str(line.strip_prefix(' ').unwrap_or(line));
            docs.push('\n');
        }
        docs
    }

    /// The examples of the documentation, in order.
    pub fn examples(&self) -> impl Iterator<Item = Example> {
        // Fences are found in the comment as it is written: the text between them is JSON, to
        // which a leading space means nothing.
        let mut rest = self.docs;
        std::iter::from_fn(move || {
            loop {
                let at = rest.find(" ```json,")?;
                let opened = &rest[at + 9..];
                let (kind, body) = opened.split_once('\n')?;
                let body = body.strip_prefix(' ').unwrap_or(body);
                let end = body.find(" ```")?;
                rest = &body[end + 4..];
                let (bad, with) = match kind.trim().split_once(',') {
                    Some(("bad", code)) => (true, Some(code)),
                    _ if kind.trim() == "bad" => (true, None),
                    _ if kind.trim() == "ok" => (false, None),
                    _ => continue,
                };
                let text = body[..end].strip_suffix('\n').unwrap_or(&body[..end]);
                return Some(Example { bad, with, text });
            }
        })
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code)
    }
}

/// Where a rule is documented.
#[must_use]
pub(crate) fn url(code: &str) -> String {
    const PAGE: &str = concat!(
        env!("CARGO_PKG_REPOSITORY"),
        "/blob/v",
        env!("CARGO_PKG_VERSION"),
        "/docs/rules.md#"
    );
    [PAGE, code].concat()
}

/// Every rule, in the order of the catalogue.
pub static RULES: &[&Rule] = &[
    &json_syntax::JSON_SYNTAX,
    &invalid_unicode::INVALID_UNICODE,
    &byte_order_mark::BYTE_ORDER_MARK,
    &duplicate_member::DUPLICATE_MEMBER,
    &nesting_too_deep::NESTING_TOO_DEEP,
    &document_too_large::DOCUMENT_TOO_LARGE,
    &schema::SCHEMA_TYPE,
    &schema::SCHEMA_REQUIRED,
    &schema::SCHEMA_MIN_LENGTH,
    &schema::SCHEMA_MAX_LENGTH,
    &schema::SCHEMA_PATTERN,
    &schema::SCHEMA_FORMAT,
    &schema::SCHEMA_MINIMUM,
    &schema::SCHEMA_ONE_OF,
    &schema::SCHEMA_KEYWORD,
    &key_whitespace::KEY_WHITESPACE,
    &metadata_limits::METADATA_TOO_MANY_ENTRIES,
    &metadata_limits::METADATA_NAME_TOO_LONG,
    &metadata_limits::METADATA_NAME_PERIOD,
    &metadata_limits::METADATA_VALUE_TOO_LONG,
    &date_time_not_accepted::DATE_TIME_NOT_ACCEPTED,
    &dangling_reference::DANGLING_REFERENCE,
    &wrong_kind_reference::WRONG_KIND_REFERENCE,
    &empty_reference::EMPTY_REFERENCE,
    &repeated_reference::REPEATED_REFERENCE,
    &duplicate_key::DUPLICATE_KEY,
    &key_collision::KEY_COLLISION,
    &multiple_person_references::MULTIPLE_PERSON_REFERENCES,
    &look_alike_keys::LOOK_ALIKE_KEYS,
    &unknown_member::UNKNOWN_MEMBER,
    &empty_payload::EMPTY_PAYLOAD,
    &time_zone::UNKNOWN_TIME_ZONE,
    &time_zone::TIME_ZONE_ALIAS,
    &time_zone::TIME_ZONE_WITHOUT_PLACE,
    &ends_before_starts::ENDS_BEFORE_STARTS,
    &half_open_stay::HALF_OPEN_STAY,
    &local_time::LOCAL_TIME_AS_UTC,
    &local_time::OFFSET_MISMATCH,
    &local_time::NONEXISTENT_LOCAL_TIME,
    &local_time::AMBIGUOUS_LOCAL_TIME,
    &checkin_before_checkout::CHECKIN_BEFORE_CHECKOUT,
    &overlapping_stays::OVERLAPPING_STAYS,
    &very_long_stay::VERY_LONG_STAY,
    &long_past_stay::LONG_PAST_STAY,
    &conflicting_contact::CONFLICTING_CONTACT,
    &invalid_email::INVALID_EMAIL,
    &invalid_phone_number::INVALID_PHONE_NUMBER,
    &blank_name::BLANK_NAME,
    &preferred_code::INVALID_PREFERRED_CODE,
    &preferred_code::WEAK_PREFERRED_CODE,
    &shared_preferred_code::SHARED_PREFERRED_CODE,
    &nothing_to_open::NOTHING_TO_OPEN,
    &nothing_to_open::NOBODY_TO_ADMIT,
    &coordinates::COORDINATE_OUT_OF_RANGE,
    &coordinates::NULL_ISLAND,
    &invisible_character::INVISIBLE_CHARACTER,
    &surrounding_whitespace::SURROUNDING_WHITESPACE,
    &metadata_names::UNFILTERABLE_METADATA_NAME,
    &metadata_names::METADATA_REMOVAL,
];

/// The rules in families: each starts with the rule that checks for all of them.
pub(crate) fn families() -> impl Iterator<Item = &'static [&'static Rule]> {
    RULES.chunk_by(|_, next| next.check.is_none())
}

/// The rule with a code. Any `schema-…` code of a schema that the user brings is answered by
/// `schema-keyword`, the rule of all keywords without an own one.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code == code)
        .or_else(|| schema::is_keyword_code(code).then_some(&schema::SCHEMA_KEYWORD))
}

/// Declares a rule: its doc comment is its documentation.
///
/// The first line of the comment is the summary. Examples are fenced as `json,bad` (the rule
/// finds something, and no other rule does) and `json,ok` (nothing is found); tests run them.
macro_rules! declare_rule {
    (
        $(#[doc = $line:literal])+
        $visibility:vis $name:ident = {
            code: $code:literal,
            severity: $severity:ident,
            fix: $fix:ident,
            since: $since:literal,
            group: $group:ident,
            why: $why:literal
            $(, check: $check:path)?
            $(, on_by_default: $on:literal)?
            $(,)?
        };
    ) => {
        $(#[doc = $line])+
        $visibility static $name: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            severity: $crate::report::Severity::$severity,
            fix: $crate::rules::Fixes::$fix,
            since: $since,
            group: $crate::rules::Group::$group,
            on_by_default: $crate::rules::declare_rule!(@or true $(, $on)?),
            why: $why,
            docs: if $crate::light::WITHOUT_DOCS {
                ""
            } else {
                concat!($($line, "\n"),+)
            },
            check: $crate::rules::declare_rule!(@check $($check)?),
        };
    };
    (@or $default:literal) => { $default };
    (@or $default:literal, $given:literal) => { $given };
    (@check) => { None };
    (@check $check:path) => { Some($check) };
}
pub(crate) use declare_rule;
