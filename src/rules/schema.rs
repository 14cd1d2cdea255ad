//! The `schema-…` family: one rule for each keyword of the published schema, so that a newer
//! schema with the same keywords needs no new rule.

use std::borrow::Cow;

use json_document::Kind;

use crate::report::{DataField, Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::schema::check::{CustomViolation, Keyword, Violation};
use crate::time::rfc3339_repair;

pub(super) mod keywords;
mod missing;
mod readings;
mod strings;
mod types;

declare_rule! {
    /// A value has another type than the schema asks for.
    ///
    /// `null` counts as a type: where the schema does not admit it, leave the member out. An integer beyond 1.8e308 is none: the API
    /// reads it as infinity.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "duration_minutes": 1e400 }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "rooms": [{ "room_key": 101, "name": "101" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "rooms": null }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [{ "room_key": "101", "name": "101" }] }
    /// ```
    pub(crate) SCHEMA_TYPE = {
        code: "schema-type",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Schema,
        basis: Documented,
        source: "the published OpenAPI document of POST /customers/push_data",
        why: "The API answers 400 to a value of another type.",
        data: [Keyword, Expected, Found],
    };
}

declare_rule! {
    /// A required member is missing.
    ///
    /// The finding points at the object without it; `data.member` names it.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "rooms": [{ "room_key": "101" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [{ "room_key": "101", "name": "101" }] }
    /// ```
    pub(crate) SCHEMA_REQUIRED = {
        code: "schema-required",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        basis: Documented,
        source: "the published OpenAPI document of POST /customers/push_data",
        why: "The API answers 400 when a required member is missing.",
        data: [Keyword, Member],
    };
}

declare_rule! {
    /// A string is shorter than the schema asks for.
    ///
    /// Keys have at least one character. Length is counted in code points.
    ///
    /// ```json,bad
    /// { "customer_key": "", "rooms": [{ "room_key": "101", "name": "101" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [{ "room_key": "101", "name": "101" }] }
    /// ```
    pub(crate) SCHEMA_MIN_LENGTH = {
        code: "schema-min-length",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        basis: Documented,
        source: "the published OpenAPI document of POST /customers/push_data",
        why: "The API answers 400 to a string that is too short.",
        data: [Keyword, Count, Limit],
    };
}

declare_rule! {
    /// A string is longer than the schema admits.
    ///
    /// Length is counted in code points. Values of `custom_metadata` are under a `oneOf`, and
    /// are reported as `schema-one-of`.
    ///
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [{ "room_key": "101", "name": "101" }] }
    /// ```
    pub(crate) SCHEMA_MAX_LENGTH = {
        code: "schema-max-length",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        basis: Documented,
        source: "the published OpenAPI document of POST /customers/push_data",
        why: "The API answers 400 to a string that is too long.",
        data: [Keyword, Count, Limit],
    };
}

declare_rule! {
    /// A string does not have the form that the schema asks for.
    ///
    /// The published schema has one form: times of day, `HH:mm` or `HH:mm:ss` with two-digit
    /// hours. Where only one reading is possible, there is a fix.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "9:00", "time_zone": "Europe/Paris" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "09:00", "time_zone": "Europe/Paris" } }] }
    /// ```
    pub(crate) SCHEMA_PATTERN = {
        code: "schema-pattern",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Schema,
        basis: Documented,
        source: "the published OpenAPI document of POST /customers/push_data",
        why: "The API answers 400 to text of another form.",
        data: [
            Reason(
                "it is empty",
                "the API takes 24 hours, not AM and PM",
                "white space is around it",
                "it is not written with a colon",
                "its hour has one digit",
                "the T of a date and time is before it",
                "it is a date and time, and the API takes the time alone",
                "it has an offset, and the API takes the clock time at the space",
                "it has a fraction of a second",
                "it has no colon",
                "it has no minutes",
                "there is no hour 24; midnight is 00:00",
                "hours go to 23",
                "minutes go to 59",
                "seconds go to 59",
                "the API takes HH:mm or HH:mm:ss with two-digit hours",
            ) optional,
            Keyword,
            Expected,
            Suggestion optional,
        ],
    };
}

declare_rule! {
    /// A date and time is not RFC 3339.
    ///
    /// A real calendar day, a `T`, hours, minutes and seconds, and an offset or `Z`:
    /// `2026-08-12T15:00:00-07:00`.
    ///
    /// Where nothing is wrong but that the seconds or the colon of the offset are missing, the API takes it today, although its
    /// published schema forbids it (a warning).
    ///
    /// ```json,bad,warning
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00-0700", "ends_at": "2026-08-14T10:00:00-07:00" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12 15:00", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }], "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }] }
    /// ```
    pub(crate) SCHEMA_FORMAT = {
        code: "schema-format",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Schema,
        basis: Documented,
        source: "the published OpenAPI document of POST /customers/push_data; what the API takes beside it is from its types 1.1038.0 of 2026-08-21",
        why: "The API answers 400 to a date and time that is not RFC 3339.",
        data: [
            Reason(
                "{found} has {limit} days",
                "there is no day 00",
                "there is no month {found}",
                "there is no hour 24; midnight is 00:00:00 of the next day",
                "there is no hour {found}",
                "there is no minute {found}",
                "there is no second {found}",
                "there is no offset of {found} hours",
                "its offset has {found} minutes, of at most 59",
                "it is empty",
                "it has white space around it",
                "it is a number; write date and time out",
                "it does not start with a date as YYYY-MM-DD",
                "it has a space instead of T between date and time",
                "it has no T between date and time",
                "its time is not written HH:mm:ss",
                "it has no seconds",
                "second 60 exists only at 23:59:60 UTC",
                "it has a comma instead of a point before the fraction of the second",
                "it has no digit after the point",
                "it has no offset from UTC, so it could be any of 24 hours",
                "its offset is neither Z nor of the form +HH:mm or -HH:mm",
                "it has a zone in brackets after the offset",
                "it has more text after the offset",
                "it is a number of {found} since 1970",
            ) optional,
            Faults(
                "no time of day",
                "a lower-case t",
                "a space instead of the T",
                "no seconds",
                "no offset",
            ) optional,
            Keyword,
            Expected,
            Found optional,
            Limit optional,
            Suggestion optional,
        ],
    };
}

declare_rule! {
    /// A number is below what the schema admits.
    ///
    /// `duration_minutes` is above 0.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "duration_minutes": 0 }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "duration_minutes": 30 }] }
    /// ```
    pub(crate) SCHEMA_MINIMUM = {
        code: "schema-minimum",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        basis: Documented,
        source: "the published OpenAPI document of POST /customers/push_data",
        why: "The API answers 400 to a number that is too small.",
        data: [Keyword, Expected],
    };
}

declare_rule! {
    /// A value is none of the alternatives that the schema admits.
    ///
    /// Values of `custom_metadata` are strings of at most 500 characters, Booleans or `null`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "floor": 3 } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "floor": "3" } }] }
    /// ```
    pub(crate) SCHEMA_ONE_OF = {
        code: "schema-one-of",
        severity: Error,
        fix: Safe,
        since: "0.1.0",
        group: Schema,
        basis: Documented,
        source: "the published OpenAPI document of POST /customers/push_data",
        why: "The API answers 400 to a value that is none of the alternatives.",
        data: [Reason("; the API takes", ", which fits more than one of:"), Keyword, Expected, Found, Count optional],
    };
}

declare_rule! {
    /// A value breaks a keyword of a schema that you brought with `--schema`.
    ///
    /// The code in the report names the keyword: `schema-max-items`, `schema-enum`,
    /// `schema-additional-member`.
    ///
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [{ "room_key": "101", "name": "101" }] }
    /// ```
    pub(crate) SCHEMA_KEYWORD = {
        code: "schema-keyword",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Schema,
        basis: Judgement,
        source: "your own schema",
        why: "It breaks the schema.",
        data: [Reason, Member optional, Keyword],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[
        &SCHEMA_TYPE,
        &SCHEMA_REQUIRED,
        &SCHEMA_MIN_LENGTH,
        &SCHEMA_MAX_LENGTH,
        &SCHEMA_PATTERN,
        &SCHEMA_FORMAT,
        &SCHEMA_MINIMUM,
        &SCHEMA_ONE_OF,
        &SCHEMA_KEYWORD,
    ],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for violation in context.violations {
        report(context, sink, violation);
    }
    for violation in context.custom_violations {
        report_custom(context, sink, violation);
    }
}

fn report_custom(
    context: &Context<'_>,
    sink: &mut DiagnosticSink<'_>,
    violation: &CustomViolation,
) {
    let code = keywords::code_of(&violation.keyword).unwrap_or(SCHEMA_KEYWORD.code);
    let mut own = FAMILY.rules.iter().filter(|rule| rule.code == code);
    let rule = own.next().copied().unwrap_or(&SCHEMA_KEYWORD);
    let place = if violation.at_opener {
        Location::opener(context.document, violation.node)
    } else {
        Location::value(context.document, violation.node)
    };
    let code = Cow::Borrowed(code);
    sink.report_code(code, rule, Severity::Error, place, |finding| {
        let subject = context.subject(violation.node);
        finding
            .message(format!("{subject} {}", violation.words))
            .note("It breaks the schema that was given.")
            .with(DataField::Reason, &violation.words.clone())
            .with(DataField::Keyword, &violation.keyword.clone())
            .with_some(DataField::Member, violation.member.as_deref())
    });
}

fn report(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, violation: &Violation) {
    let document = context.document;
    let subschema = context.judge.subschema(violation.subschema);
    let id = violation.node;
    let value = Location::value(document, id);
    // Only the bracket of an object or array: the whole of it may be the whole text.
    let short = match document.kind(id) {
        Kind::Object | Kind::Array => Location::opener(document, id),
        _ => value,
    };
    match violation.keyword {
        Keyword::Type => sink.report(&SCHEMA_TYPE, short, |finding| {
            types::wrong_type(context, finding, subschema, id)
        }),
        Keyword::Required(name) => sink.report(&SCHEMA_REQUIRED, short, |finding| {
            missing::missing(context, finding, subschema, id, name)
        }),
        Keyword::MinLength => sink.report(&SCHEMA_MIN_LENGTH, value, |finding| {
            strings::too_short(context, finding, subschema, id)
        }),
        Keyword::MaxLength => sink.report(&SCHEMA_MAX_LENGTH, value, |finding| {
            strings::too_long(context, finding, subschema, id)
        }),
        Keyword::Pattern => sink.report(&SCHEMA_PATTERN, value, |finding| {
            strings::wrong_pattern(context, finding, subschema, id)
        }),
        Keyword::DateTime => {
            let is_accepted = rfc3339_repair::completed(&context.text(id)).is_some();
            let severity = if is_accepted {
                Severity::Warning
            } else {
                Severity::Error
            };
            sink.report_as(&SCHEMA_FORMAT, severity, value, |finding| {
                strings::wrong_date_time(context, finding, id, is_accepted)
            });
        }
        Keyword::Minimum => sink.report(&SCHEMA_MINIMUM, value, |finding| {
            let bound = subschema.exclusive_minimum.as_deref().unwrap_or_default();
            finding
                .message(format!(
                    "{} is {}; the API takes numbers above {bound}",
                    context.subject(id),
                    context.quoted_token(document.raw(id)),
                ))
                .help("write a larger number, or leave the member out")
                .with(DataField::Keyword, "exclusiveMinimum")
                .with(DataField::Expected, &format!("above {bound}"))
        }),
        Keyword::OneOf(matching) => sink.report(&SCHEMA_ONE_OF, short, |finding| {
            types::none_of(context, finding, subschema, id, matching)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_but_one_has_a_keyword() {
        for rule in FAMILY.rules {
            let has_keyword = keywords::codes().any(|code| code == rule.code);
            assert_eq!(
                has_keyword,
                rule.code != SCHEMA_KEYWORD.code,
                "{}",
                rule.code
            );
        }
    }
}
