//! The one list of rules.

use super::{
    blank_name, byte_order_mark, checkin_before_checkout, conflicting_contact, coordinates,
    dangling_reference, date_time_not_accepted, document_too_large, duplicate_key,
    duplicate_member, empty_payload, empty_reference, ends_before_starts, half_open_stay,
    invalid_email, invalid_phone_number, invalid_unicode, invisible_character, json_syntax,
    key_collision, key_whitespace, local_time, long_past_stay, look_alike_keys, metadata_limits,
    metadata_names, multiple_person_references, nesting_too_deep, nothing_to_open,
    overlapping_stays, preferred_code, repeated_reference, schema, shared_preferred_code,
    surrounding_whitespace, time_zone, unknown_member, very_long_stay, wrong_kind_reference,
};
use crate::rules::context::Context;
use crate::rules::rule::Rule;
use crate::rules::sink::Sink;

/// Rules that one function checks for.
#[derive(Debug)]
pub(crate) struct Family {
    /// Looks for findings of every rule of the family.
    pub(crate) check: Check,
    pub(crate) rules: &'static [&'static Rule],
}

/// A pass over one file of the set.
pub(crate) type Check = fn(&Context<'_>, &mut Sink<'_>);

/// Every rule by family, in the order of the catalogue. A new rule is entered here.
pub(crate) const FAMILIES: &[Family] = &[
    Family {
        check: json_syntax::check,
        rules: &[&json_syntax::JSON_SYNTAX],
    },
    Family {
        check: invalid_unicode::check,
        rules: &[&invalid_unicode::INVALID_UNICODE],
    },
    Family {
        check: byte_order_mark::check,
        rules: &[&byte_order_mark::BYTE_ORDER_MARK],
    },
    Family {
        check: duplicate_member::check,
        rules: &[&duplicate_member::DUPLICATE_MEMBER],
    },
    Family {
        check: nesting_too_deep::check,
        rules: &[&nesting_too_deep::NESTING_TOO_DEEP],
    },
    Family {
        check: document_too_large::check,
        rules: &[&document_too_large::DOCUMENT_TOO_LARGE],
    },
    Family {
        check: schema::check,
        rules: &[
            &schema::SCHEMA_TYPE,
            &schema::SCHEMA_REQUIRED,
            &schema::SCHEMA_MIN_LENGTH,
            &schema::SCHEMA_MAX_LENGTH,
            &schema::SCHEMA_PATTERN,
            &schema::SCHEMA_FORMAT,
            &schema::SCHEMA_MINIMUM,
            &schema::SCHEMA_ONE_OF,
            &schema::SCHEMA_KEYWORD,
        ],
    },
    Family {
        check: key_whitespace::check,
        rules: &[&key_whitespace::KEY_WHITESPACE],
    },
    Family {
        check: metadata_limits::check,
        rules: &[
            &metadata_limits::METADATA_TOO_MANY_ENTRIES,
            &metadata_limits::METADATA_NAME_TOO_LONG,
            &metadata_limits::METADATA_NAME_PERIOD,
            &metadata_limits::METADATA_VALUE_TOO_LONG,
        ],
    },
    Family {
        check: date_time_not_accepted::check,
        rules: &[&date_time_not_accepted::DATE_TIME_NOT_ACCEPTED],
    },
    Family {
        check: dangling_reference::check,
        rules: &[&dangling_reference::DANGLING_REFERENCE],
    },
    Family {
        check: wrong_kind_reference::check,
        rules: &[&wrong_kind_reference::WRONG_KIND_REFERENCE],
    },
    Family {
        check: empty_reference::check,
        rules: &[&empty_reference::EMPTY_REFERENCE],
    },
    Family {
        check: repeated_reference::check,
        rules: &[&repeated_reference::REPEATED_REFERENCE],
    },
    Family {
        check: duplicate_key::check,
        rules: &[&duplicate_key::DUPLICATE_KEY],
    },
    Family {
        check: key_collision::check,
        rules: &[&key_collision::KEY_COLLISION],
    },
    Family {
        check: multiple_person_references::check,
        rules: &[&multiple_person_references::MULTIPLE_PERSON_REFERENCES],
    },
    Family {
        check: look_alike_keys::check,
        rules: &[&look_alike_keys::LOOK_ALIKE_KEYS],
    },
    Family {
        check: unknown_member::check,
        rules: &[&unknown_member::UNKNOWN_MEMBER],
    },
    Family {
        check: empty_payload::check,
        rules: &[&empty_payload::EMPTY_PAYLOAD],
    },
    Family {
        check: time_zone::check,
        rules: &[
            &time_zone::UNKNOWN_TIME_ZONE,
            &time_zone::TIME_ZONE_ALIAS,
            &time_zone::TIME_ZONE_WITHOUT_PLACE,
        ],
    },
    Family {
        check: ends_before_starts::check,
        rules: &[&ends_before_starts::ENDS_BEFORE_STARTS],
    },
    Family {
        check: half_open_stay::check,
        rules: &[&half_open_stay::HALF_OPEN_STAY],
    },
    Family {
        check: local_time::check,
        rules: &[
            &local_time::LOCAL_TIME_AS_UTC,
            &local_time::OFFSET_MISMATCH,
            &local_time::NONEXISTENT_LOCAL_TIME,
            &local_time::AMBIGUOUS_LOCAL_TIME,
        ],
    },
    Family {
        check: checkin_before_checkout::check,
        rules: &[&checkin_before_checkout::CHECKIN_BEFORE_CHECKOUT],
    },
    Family {
        check: overlapping_stays::check,
        rules: &[&overlapping_stays::OVERLAPPING_STAYS],
    },
    Family {
        check: very_long_stay::check,
        rules: &[&very_long_stay::VERY_LONG_STAY],
    },
    Family {
        check: long_past_stay::check,
        rules: &[&long_past_stay::LONG_PAST_STAY],
    },
    Family {
        check: conflicting_contact::check,
        rules: &[&conflicting_contact::CONFLICTING_CONTACT],
    },
    Family {
        check: invalid_email::check,
        rules: &[&invalid_email::INVALID_EMAIL],
    },
    Family {
        check: invalid_phone_number::check,
        rules: &[&invalid_phone_number::INVALID_PHONE_NUMBER],
    },
    Family {
        check: blank_name::check,
        rules: &[&blank_name::BLANK_NAME],
    },
    Family {
        check: preferred_code::check,
        rules: &[
            &preferred_code::INVALID_PREFERRED_CODE,
            &preferred_code::WEAK_PREFERRED_CODE,
        ],
    },
    Family {
        check: shared_preferred_code::check,
        rules: &[&shared_preferred_code::SHARED_PREFERRED_CODE],
    },
    Family {
        check: nothing_to_open::check,
        rules: &[
            &nothing_to_open::NOTHING_TO_OPEN,
            &nothing_to_open::NOBODY_TO_ADMIT,
        ],
    },
    Family {
        check: coordinates::check,
        rules: &[
            &coordinates::COORDINATE_OUT_OF_RANGE,
            &coordinates::NULL_ISLAND,
        ],
    },
    Family {
        check: invisible_character::check,
        rules: &[&invisible_character::INVISIBLE_CHARACTER],
    },
    Family {
        check: surrounding_whitespace::check,
        rules: &[&surrounding_whitespace::SURROUNDING_WHITESPACE],
    },
    Family {
        check: metadata_names::check,
        rules: &[
            &metadata_names::UNFILTERABLE_METADATA_NAME,
            &metadata_names::METADATA_REMOVAL,
        ],
    },
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
pub fn find(code: &str) -> Option<&'static Rule> {
    let rule = RULES.iter().copied().find(|rule| rule.code == code);
    rule.or_else(|| {
        let is_keyword = schema::keyword_codes().any(|known| known == code);
        is_keyword.then_some(&schema::SCHEMA_KEYWORD)
    })
}

/// Every code that a finding can have. Some appear twice.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    let own = RULES.iter().map(|rule| rule.code);
    own.chain(schema::keyword_codes())
}
