//! What goes wrong with a payload, one thing at a time.
//!
//! Included by path where it is needed: tests hold that each is found, and `cargo xtask bench
//! peers` who else finds it.
#![allow(dead_code, reason = "each of the includers uses a part")]

/// A payload that every slip is made in; see [`Slip::in_payload`].
pub(crate) const SEED: u64 = 1;
/// Its size.
pub(crate) const BYTES: usize = 2_000;

/// One thing that is wrong.
pub(crate) struct Slip {
    /// A name for a file.
    pub(crate) name: &'static str,
    /// The code of its only finding.
    pub(crate) code: &'static str,
    /// What stands in the clean payload.
    from: &'static str,
    /// What stands there instead.
    to: &'static str,
}

impl Slip {
    /// The clean payload with this in the first place where it can be.
    ///
    /// # Panics
    ///
    /// There is no such place.
    pub(crate) fn in_payload(&self, clean: &str) -> String {
        assert!(
            clean.contains(self.from),
            "the payload has no {}",
            self.from
        );
        clean.replacen(self.from, self.to, 1)
    }
}

/// What no validator of the schema lets pass, one for each kind of violation.
pub(crate) const VIOLATIONS: [Slip; 10] = [
    slip("unclosed", "json-syntax", "}]}", "}]"),
    slip("required", "schema-required", r#""name":"Phoenix 1","#, ""),
    slip(
        "type",
        "schema-type",
        r#""space_keys":["house-1"]"#,
        r#""space_keys":"house-1""#,
    ),
    slip("element", "schema-type", r#"["house-1"]"#, "[101]"),
    slip(
        "null",
        "schema-type",
        r#""name":"Phoenix 1""#,
        r#""name":null"#,
    ),
    slip("pattern", "schema-pattern", r#""15:00""#, r#""3pm""#),
    slip("hour", "schema-pattern", r#""11:00:00""#, r#""25:00:00""#),
    slip("format", "schema-format", "T15:00:00-07:00\"", "\""),
    slip(
        "min-length",
        "schema-min-length",
        r#""customer_key":"customer-1""#,
        r#""customer_key":"""#,
    ),
    slip(
        "one-of",
        "schema-one-of",
        r#""is_vip":false"#,
        r#""is_vip":7"#,
    ),
];

/// What a validator of the schema lets pass: the API takes it, and a guest stands before a locked door.
pub(crate) const BEYOND_THE_SCHEMA: [Slip; 4] = [
    slip(
        "reference",
        "dangling-reference",
        r#"["house-1"]"#,
        r#"["house-2"]"#,
    ),
    slip(
        "time-zone",
        "unknown-time-zone",
        "America/Phoenix",
        "America/Pheonix",
    ),
    slip(
        "limit",
        "metadata-name-too-long",
        r#""pms_id""#,
        r#""a_name_of_an_entry_that_is_longer_than_forty_characters""#,
    ),
    slip(
        "duplicate",
        "duplicate-member",
        r#""name":"Phoenix 1""#,
        r#""name":"Phoenix 1","name":"Phoenix 2""#,
    ),
];

const fn slip(
    name: &'static str,
    code: &'static str,
    from: &'static str,
    to: &'static str,
) -> Slip {
    Slip {
        name,
        code,
        from,
        to,
    }
}
