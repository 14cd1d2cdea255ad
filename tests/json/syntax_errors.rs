//! Syntax errors as people and programs make them: what is reported of each, what its fix makes of
//! the text, and that the rest of the text is still read.

use json_document::{Document, SyntaxErrorKind};
use seamlint::Applicability;
use seamlint::{Diagnostic, Linter, Severity};
use serde::Deserialize;

use SyntaxErrorKind::{
    BareName, BareWord, ByteOrderMark, Comment, ControlCharacter, DecimalComma, Empty, ExtraColon,
    ExtraComma, ExtraQuote, ForeignLiteral, ForeignQuotes, InvalidEscape, InvalidNumber,
    InvalidUnicodeEscape, LeadingZero, LoneSurrogate, MissingColon, MissingComma, MissingOpener,
    MissingQuote, MissingValue, NameNotString, NestingTooDeep, NoExponentDigits, NoFractionDigits,
    NoIntegerPart, NotFinite, OddWhitespace, PlusSign, SingleQuotes, StrayEscape, TextAfterValue,
    TooLarge, TooManyErrors, TooManyNames, TrailingComma, Unclosed, UnescapedQuote,
    UnexpectedCharacter, WrongBracket,
};

/// The codes that stand for problems of the text itself.
const TEXT_CODES: [&str; 4] = [
    "json-syntax",
    "invalid-unicode",
    "byte-order-mark",
    "nesting-too-deep",
];

/// One row of `tests/data/syntax_errors.toml`, which describes the columns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SyntaxError {
    kind: String,
    text: String,
    at: (String, String),
    message: String,
    help: String,
    safe: Option<String>,
    r#unsafe: Option<String>,
}

/// Where a text has this, it has to be reported too.
const LATER: &str = "\"sites\":5";

fn table() -> Vec<SyntaxError> {
    #[derive(Deserialize)]
    struct Table {
        error: Vec<SyntaxError>,
    }
    let table: Table =
        toml::from_str(include_str!("../data/syntax_errors.toml")).expect("the table is TOML");
    table.error
}

/// Every kind. The match below keeps it complete.
const KINDS: &[SyntaxErrorKind] = &[
    BareName,
    BareWord,
    ByteOrderMark,
    Comment,
    ControlCharacter,
    DecimalComma,
    Empty,
    ExtraColon,
    ExtraComma,
    ExtraQuote,
    ForeignLiteral,
    ForeignQuotes,
    InvalidEscape,
    InvalidNumber,
    InvalidUnicodeEscape,
    LeadingZero,
    LoneSurrogate,
    MissingColon,
    MissingComma,
    MissingOpener,
    MissingQuote,
    MissingValue,
    NameNotString,
    NestingTooDeep,
    NoExponentDigits,
    NoFractionDigits,
    NoIntegerPart,
    NotFinite,
    OddWhitespace,
    PlusSign,
    SingleQuotes,
    StrayEscape,
    TextAfterValue,
    TooLarge,
    TooManyErrors,
    TooManyNames,
    TrailingComma,
    Unclosed,
    UnescapedQuote,
    UnexpectedCharacter,
    WrongBracket,
];

/// Whether the table can have an error of the kind.
const fn fits_into_the_table(kind: SyntaxErrorKind) -> bool {
    match kind {
        // Is a test of its own below.
        NestingTooDeep
        // Takes a text of over 4 GiB.
        | TooLarge
        // Takes 10,000 errors.
        | TooManyErrors
        // Takes as many names.
        | TooManyNames => false,
        BareName | BareWord | ByteOrderMark | Comment | ControlCharacter | DecimalComma | Empty | ExtraColon | ExtraComma | ExtraQuote | ForeignLiteral | ForeignQuotes | InvalidEscape | InvalidNumber | InvalidUnicodeEscape | LeadingZero | LoneSurrogate | MissingColon | MissingComma | MissingOpener | MissingQuote | MissingValue | NameNotString | NoExponentDigits | NoFractionDigits | NoIntegerPart | NotFinite | OddWhitespace | PlusSign | SingleQuotes | StrayEscape | TextAfterValue | TrailingComma | Unclosed | UnescapedQuote | UnexpectedCharacter | WrongBracket => true,
    }
}

fn fixed(text: &str, found: &Diagnostic) -> Option<(Applicability, String)> {
    let fix = found.fix.as_ref()?;
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.range.bytes(), &edit.text);
    }
    Some((fix.applicability, text))
}

#[test]
fn each_syntax_error_is_one_finding_with_help() {
    let linter = Linter::new();
    for wanted in table() {
        let text = wanted.text.as_str();
        let report = linter.check(text);
        let (of_text, others): (Vec<_>, Vec<_>) = report
            .iter()
            .partition(|found| TEXT_CODES.contains(&found.code.as_ref()));
        let [found] = of_text.as_slice() else {
            unreachable!("one finding of {text:?}: {of_text:?}")
        };
        assert_eq!(found.message, wanted.message, "{text:?}");
        assert_eq!(
            found.help.as_deref(),
            Some(wanted.help.as_str()),
            "{text:?}"
        );
        let under = &text[found.range.bytes()];
        assert_eq!(found.pointer, wanted.at.0, "{text:?}");
        assert_eq!(under, wanted.at.1, "{text:?}");
        let after = fixed(text, found);
        let safe = wanted.safe.map(|text| (Applicability::Safe, text));
        let wanted = safe.or(wanted.r#unsafe.map(|text| (Applicability::Unsafe, text)));
        assert_eq!(after, wanted, "{text:?}");
        if let Some((_, after)) = after {
            let left = Document::parse(&after).syntax_error_count();
            assert_eq!(left, 0, "the fix of {text:?}: {after:?}");
        }
        let errors: Vec<_> = others
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| (found.code.as_ref(), found.pointer.as_str()))
            .collect();
        let wanted: &[_] = if text.contains(LATER) {
            &[("schema-type", "/sites")]
        } else {
            &[]
        };
        assert_eq!(errors, wanted, "the rest of {text:?}");
    }
}

#[test]
fn each_kind_of_syntax_error_is_in_the_table() {
    let table = table();
    assert!(table.len() >= 100, "{}", table.len());
    for kind in KINDS {
        let name = format!("{kind:?}");
        let has = table.iter().any(|error| error.kind == name);
        assert_eq!(has, fits_into_the_table(*kind), "{kind:?}");
    }
    let later = table.iter().filter(|error| error.text.contains(LATER));
    assert!(later.count() >= 90);
}

#[test]
fn nesting_too_deep_is_one_finding() {
    let deep = "[".repeat(128) + "1 2" + &"]".repeat(128);
    let text = format!(r#"{{"customer_key":"c","x":{deep},"y":{deep},"sites":5}}"#);
    let report = Linter::new().check(&text);
    let errors: Vec<_> = report
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| (found.code.as_ref(), found.message.as_str()))
        .collect();
    assert_eq!(
        errors,
        [
            ("nesting-too-deep", "nested more than 128 levels deep"),
            (
                "schema-type",
                "sites is the number 5; the API takes an array"
            ),
        ]
    );
}

/// Six syntax errors and four violations of the schema.
const TEN: &str = r#"{
  // Nightly export
  "customer_key": "c",
  "sites": [
    { "site_key": "north", "name": "North" },
    { "site_key": "south", "name": 'South' },
    { "site_key": 7, "name": "West" },
  ],
  "rooms": [
    { "room_key": "101" }
    { "room_key": "102", name: "Double" }
  ],
  "spaces": [
    {
      "space_key": "s1", "name": "Suite", "duration_minutes": 0,
      "geolocation": { "latitude": 047.6, "longitude": -122.3 },
      "customer_data": { "default_checkin_time": "9:00" }
    }
  ]
}
"#;

#[test]
fn six_syntax_errors_and_four_violations_are_ten_findings() {
    let report = Linter::new().check(TEN);
    let found: Vec<_> = report
        .iter()
        .map(|found| {
            assert_eq!(found.severity, Severity::Error);
            let start = found.range.start;
            (
                found.code.as_ref(),
                found.pointer.as_str(),
                (start.line, start.column),
                &TEN[found.range.bytes()],
                found.message.as_str(),
            )
        })
        .collect();
    let wanted = [
        (
            "json-syntax",
            "",
            (2, 3),
            "// Nightly export",
            "JSON has no comments",
        ),
        (
            "json-syntax",
            "/sites/1/name",
            (6, 36),
            "'South'",
            "string in single quotes",
        ),
        (
            "schema-type",
            "/sites/2/site_key",
            (7, 19),
            "7",
            "site_key is the number 7; the API takes a string",
        ),
        ("json-syntax", "/sites", (7, 38), ",", "trailing comma"),
        (
            "schema-required",
            "/rooms/0",
            (10, 5),
            "{",
            "rooms[0] has no name",
        ),
        ("json-syntax", "/rooms", (10, 26), "", "missing comma"),
        (
            "json-syntax",
            "/rooms/1",
            (11, 26),
            "name",
            "member name name without quotes",
        ),
        (
            "schema-minimum",
            "/spaces/0/duration_minutes",
            (15, 63),
            "0",
            "duration_minutes is 0; the API takes numbers above 0",
        ),
        (
            "json-syntax",
            "/spaces/0/geolocation/latitude",
            (16, 36),
            "047.6",
            "the number 047.6 has leading zeros",
        ),
        (
            "schema-pattern",
            "/spaces/0/customer_data/default_checkin_time",
            (17, 50),
            "\"9:00\"",
            "default_checkin_time is \"9:00\": its hour has one digit",
        ),
    ];
    assert_eq!(found, wanted);
    assert_eq!(report.counts().total(), 10);
}
