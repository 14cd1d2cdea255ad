//! The one list of rules.

use super::{
    blank_name, byte_order_mark, checkin_before_checkout, checkin_without_time_zone,
    conflicting_contact, coordinates, dangling_reference, date_time_not_accepted,
    date_without_time, derived_reservation_key, document_too_large, duplicate_key,
    duplicate_member, empty_payload, empty_reference, ends_before_starts, half_open_stay,
    implausible_date, invalid_email, invalid_phone_number, invalid_unicode, invisible_character,
    json_syntax, key_collision, key_of_another_customer, key_whitespace, local_time,
    long_past_stay, look_alike_keys, metadata_limits, metadata_names, mojibake,
    multiple_person_references, nesting_too_deep, nothing_to_open, nul_character,
    overlapping_stays, placeholder_value, preferred_code, repeated_reference,
    reservation_spans_rooms, schema, shared_preferred_code, stay_without_times,
    surrounding_whitespace, threshold_out_of_range, time_zone, unconfirmed_stay, unknown_member,
    unreachable_person, very_long_stay, wrapped_payload, wrong_kind_reference,
};
use crate::rules::family::Family;
use crate::rules::rule::Rule;

/// Every rule by family, in the order of the catalogue. A new rule is entered here.
pub(crate) const FAMILIES: &[Family] = &[
    json_syntax::FAMILY,
    wrapped_payload::FAMILY,
    invalid_unicode::FAMILY,
    byte_order_mark::FAMILY,
    duplicate_member::FAMILY,
    nesting_too_deep::FAMILY,
    document_too_large::FAMILY,
    schema::FAMILY,
    key_whitespace::FAMILY,
    metadata_limits::FAMILY,
    date_time_not_accepted::FAMILY,
    threshold_out_of_range::FAMILY,
    dangling_reference::FAMILY,
    wrong_kind_reference::FAMILY,
    empty_reference::FAMILY,
    repeated_reference::FAMILY,
    duplicate_key::FAMILY,
    key_collision::FAMILY,
    multiple_person_references::FAMILY,
    look_alike_keys::FAMILY,
    key_of_another_customer::FAMILY,
    derived_reservation_key::FAMILY,
    reservation_spans_rooms::FAMILY,
    placeholder_value::FAMILY,
    unknown_member::FAMILY,
    unconfirmed_stay::FAMILY,
    empty_payload::FAMILY,
    time_zone::FAMILY,
    ends_before_starts::FAMILY,
    half_open_stay::FAMILY,
    stay_without_times::FAMILY,
    implausible_date::FAMILY,
    date_without_time::FAMILY,
    local_time::FAMILY,
    checkin_before_checkout::FAMILY,
    checkin_without_time_zone::FAMILY,
    overlapping_stays::FAMILY,
    very_long_stay::FAMILY,
    long_past_stay::FAMILY,
    conflicting_contact::FAMILY,
    unreachable_person::FAMILY,
    invalid_email::FAMILY,
    invalid_phone_number::FAMILY,
    blank_name::FAMILY,
    preferred_code::FAMILY,
    shared_preferred_code::FAMILY,
    nothing_to_open::FAMILY,
    coordinates::FAMILY,
    nul_character::FAMILY,
    mojibake::FAMILY,
    invisible_character::FAMILY,
    surrounding_whitespace::FAMILY,
    metadata_names::FAMILY,
];

/// Every rule, in the order of the catalogue.
pub static RULES: &[&Rule] = &flattened::<{ count() }>();

const fn count() -> usize {
    let (mut count, mut family) = (0, 0);
    while family < FAMILIES.len() {
        count += FAMILIES[family].rules.len();
        family += 1;
    }
    count
}

const fn flattened<const COUNT: usize>() -> [&'static Rule; COUNT] {
    let mut rules = [FAMILIES[0].rules[0]; COUNT];
    let (mut at, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut member = 0;
        while member < FAMILIES[family].rules.len() {
            rules[at] = FAMILIES[family].rules[member];
            at += 1;
            member += 1;
        }
        family += 1;
    }
    rules
}

/// The rule with a code. Codes of keywords that only a schema of the user's can have belong to
/// `schema-keyword`.
#[must_use]
pub(crate) fn find(code: &str) -> Option<&'static Rule> {
    let rule = RULES.iter().copied().find(|rule| rule.code == code);
    rule.or_else(|| {
        let is_keyword = schema::keywords::codes().any(|known| known == code);
        is_keyword.then_some(&schema::SCHEMA_KEYWORD)
    })
}

/// Every code that a finding can have. Some appear twice.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    let own = RULES.iter().map(|rule| rule.code);
    own.chain(schema::keywords::codes())
}
