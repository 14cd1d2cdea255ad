//! Texts that are made to hurt: a clear finding for each, no panic, and memory that grows with the
//! text and no faster.

use std::fmt::Write as _;

use allocation_counter::AllocationInfo;
use seamlint::{Diagnostic, Linter, Report};

use crate::support::hostile::{Hostile, TEXTS, wrap};

/// Checks, and gives what it held at most and what it allocated in all.
fn measure(text: &str) -> (AllocationInfo, Vec<Diagnostic>) {
    // What is compiled at first use is no part of the cost of a text.
    let linter = Linter::new();
    let warm = linter.check(r#"{"customer_key":"","x":'a'}"#);
    assert!(warm.has_errors());
    let mut findings = Vec::new();
    let info = allocation_counter::measure(|| {
        let report = linter.check(text);
        findings.extend(report);
    });
    (info, findings)
}

/// What may be allocated however short the text is.
const BASE: u64 = 2_500_000;

fn check(kind: &Hostile) {
    let half = (kind.make)(kind.units / 2);
    let whole = (kind.make)(kind.units);
    let (less, _) = measure(&half);
    let (more, findings) = measure(&whole);
    let name = kind.name;
    let (code, pointer, part) = kind.finding;
    let found = findings.iter().find(|found| {
        found.code == code && found.message.contains(part) && found.pointer.starts_with(pointer)
    });
    assert!(found.is_some(), "{name}: {:?}", findings.first());
    for finding in &findings {
        let length = finding.message.len() + finding.help.as_ref().map_or(0, String::len);
        assert!(length < 2_000, "{name}: {}", finding.message);
    }
    let length = whole.len() as u64;
    assert!(
        more.bytes_max <= kind.peak * length + BASE,
        "{name}: {} held for {length}, {} times",
        more.bytes_max,
        more.bytes_max / length,
    );
    assert!(
        more.bytes_total * 10 <= less.bytes_total * 22 + 10 * BASE,
        "{name}: {} allocated for half of the text, {} for the whole",
        less.bytes_total,
        more.bytes_total,
    );
}

/// One part of the table, so that parts run beside one another.
fn check_part(part: usize) {
    for kind in TEXTS.iter().skip(part).step_by(4) {
        check(kind);
    }
}

#[test]
fn memory_grows_with_the_text_first_quarter() {
    check_part(0);
}

#[test]
fn memory_grows_with_the_text_second_quarter() {
    check_part(1);
}

#[test]
fn memory_grows_with_the_text_third_quarter() {
    check_part(2);
}

#[test]
fn memory_grows_with_the_text_fourth_quarter() {
    check_part(3);
}

#[test]
fn a_string_of_64_mb_is_borrowed() {
    let megabytes = 64 << 20;
    let text = wrap(&format!("\"{}\"", "x".repeat(megabytes)));
    let (info, findings) = measure(&text);
    let found: Vec<_> = findings
        .iter()
        .map(|found| (found.code.as_ref(), found.pointer.as_str()))
        .collect();
    assert_eq!(found, [("unknown-member", "/x")]);
    // The longest part of it: room for values that never come.
    let most = 40 << 20;
    assert!(info.bytes_max < most, "{} held", info.bytes_max);
}

#[test]
fn a_key_of_16_mb_is_one_finding() {
    let key = "k".repeat(16 << 20);
    let text = format!(
        r#"{{"customer_key":"c","reservations":[{{"reservation_key":"r","guest_key":"g","space_keys":["s"],"custom_metadata":{{"a":"{key}"}},"starts_at":"{key}","ends_at":"2026-08-14T10:00:00Z"}}],"guests":[{{"guest_key":"g","name":"G","email_address":"g@example.com"}}],"spaces":[{{"space_key":"s","name":"S"}}]}}"#
    );
    let (info, findings) = measure(&text);
    let found: Vec<_> = findings
        .iter()
        .map(|found| (found.code.as_ref(), found.pointer.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("schema-one-of", "/reservations/0/custom_metadata/a"),
            ("schema-format", "/reservations/0/starts_at"),
        ]
    );
    assert!(findings.iter().all(|found| found.message.len() < 1_000));
    let length = text.len() as u64;
    assert!(info.bytes_max < 2 * length, "{} held", info.bytes_max);
}

/// Findings of the text itself: code, text under the span as the report shows it, message.
fn of_bytes(bytes: &[u8]) -> Vec<(String, String, String)> {
    let report: Report<'_> = Linter::new().check_bytes(bytes);
    let is_utf16 = report.iter().any(|found| found.code == "wrapped-payload");
    assert!(
        is_utf16 || report.text().len() == bytes.len(),
        "offsets stay true"
    );
    report
        .iter()
        .filter(|found| found.code != "unknown-member" && found.code != "empty-payload")
        .map(|found| {
            let under = if is_utf16 {
                String::from_utf8_lossy(&bytes[found.range.bytes()]).into_owned()
            } else {
                report.text()[found.range.bytes()].to_owned()
            };
            (found.code.to_string(), under, found.message.clone())
        })
        .collect()
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn bytes_that_are_no_text_are_one_clear_finding() {
    let payload = r#"{"customer_key":"c","sites":[]}"#;
    let marked = format!("\u{feff}{payload}");
    let one = |code: &str, under: &str, message: &str| {
        vec![(code.to_owned(), under.to_owned(), message.to_owned())]
    };
    for (name, bytes, wanted) in [
        (
            "nothing",
            Vec::new(),
            one("json-syntax", "", "the text is empty"),
        ),
        (
            "a space",
            b" ".to_vec(),
            one("json-syntax", "", "the text is empty"),
        ),
        (
            "UTF-16 LE with its mark",
            utf16(&marked, u16::to_le_bytes),
            one(
                "wrapped-payload",
                "{\0",
                "the payload is UTF-16, little-endian",
            ),
        ),
        (
            "UTF-16 BE with its mark",
            utf16(&marked, u16::to_be_bytes),
            one(
                "wrapped-payload",
                "\0{",
                "the payload is UTF-16, big-endian",
            ),
        ),
        (
            "UTF-16 LE",
            utf16(payload, u16::to_le_bytes),
            one(
                "wrapped-payload",
                "{\0",
                "the payload is UTF-16, little-endian",
            ),
        ),
        (
            "UTF-16 BE",
            utf16(payload, u16::to_be_bytes),
            one(
                "wrapped-payload",
                "\0{",
                "the payload is UTF-16, big-endian",
            ),
        ),
        (
            "Latin-1 in a name",
            b"{\"customer_key\":\"caf\xe9\"}".to_vec(),
            one("invalid-unicode", "?", "the byte E9 is not UTF-8"),
        ),
        (
            "a surrogate as UTF-8",
            b"{\"customer_key\":\"\xed\xa0\x80\"}".to_vec(),
            one("invalid-unicode", "???", "the bytes ED A0 80 are not UTF-8"),
        ),
        (
            "bytes outside of strings",
            b"{\"customer_key\":\xff\xff}".to_vec(),
            one("invalid-unicode", "??", "the bytes FF FF are not UTF-8"),
        ),
        // Neither a byte nor a mark alone makes UTF-16 of what follows.
        (
            "a stray FF",
            [b"\xff", payload.as_bytes()].concat(),
            one("invalid-unicode", "?", "the byte FF is not UTF-8"),
        ),
        (
            "a mark of UTF-16 before UTF-8",
            [b"\xff\xfe", payload.as_bytes()].concat(),
            one("invalid-unicode", "??", "the bytes FF FE are not UTF-8"),
        ),
        (
            "NULs behind the value",
            [payload.as_bytes(), &[0; 4]].concat(),
            one(
                "json-syntax",
                "\0\0\0\0",
                "text after the end of the JSON value",
            ),
        ),
        (
            "gzip",
            vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3],
            vec![
                (
                    "json-syntax".to_owned(),
                    "\u{1f}?\u{8}\0\0\0\0\0\u{2}\u{3}".to_owned(),
                    "unexpected \\u{1f}?\\u{8}\\u{0}\\u{0}\\u{0}\\u{0}\\u{0}\\u{2}\\u{3}"
                        .to_owned(),
                ),
                (
                    "invalid-unicode".to_owned(),
                    "?".to_owned(),
                    "the byte 8B is not UTF-8".to_owned(),
                ),
            ],
        ),
    ] {
        assert_eq!(of_bytes(&bytes), wanted, "{name}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_cost_a_copy_and_no_more() {
    let bytes = [
        b"{\"customer_key\":\"".as_slice(),
        &vec![0xe9; 4 << 20],
        b"\"}",
    ]
    .concat();
    let linter = Linter::new();
    let info = allocation_counter::measure(|| {
        let report = linter.check_bytes(&bytes);
        // All are counted; how many are listed is limited.
        assert_eq!(report.counts().errors, (4 << 20) / 8);
        assert_eq!(report.omitted()[0].count, (4 << 20) / 8 - 1000);
    });
    let length = bytes.len() as u64;
    assert!(info.bytes_max < 12 * length, "{} held", info.bytes_max);
}

/// A schema of the user's costs no more than a fixed share for each break, wherever it is.
#[cfg(feature = "custom-schema")]
#[test]
fn many_violations_of_a_custom_schema_take_linear_time() {
    use crate::support::hostile::KEY;
    use seamlint::{CustomSchema, PUSH_DATA_SCHEMA};
    use std::time::{Duration, Instant};

    let mut options = seamlint::Options::default();
    let schema = CustomSchema::parse(PUSH_DATA_SCHEMA).expect("the schema compiles");
    options.schema = Some(std::sync::Arc::new(schema));
    let linter = Linter::with_options(options).expect("no levels are named");
    let time = |rooms: usize| -> Duration {
        let text = format!("{{{KEY},\"rooms\":[{}{{}}]}}", "{},".repeat(rooms - 1));
        let start = Instant::now();
        let report = linter.check(&text);
        assert_eq!(report.counts().errors, 2 * rooms);
        start.elapsed()
    };
    // Ten times the rooms take ten times the time; quadratic, a hundred times.
    let few = (0..3).map(|_| time(4_000)).min().unwrap_or_default();
    let many = time(40_000);
    assert!(
        many < few * 40,
        "{few:?} for 4,000 rooms, {many:?} for 40,000"
    );
}

/// What is looked up for each finding is found by its place, not by going through all of them.
#[test]
fn many_findings_of_each_new_kind_are_linear() {
    let payload = |people: usize| {
        let mut text = String::from(
            r#"{"customer_key":"c","spaces":[{"space_key":"s","name":"S"}],"guests":["#,
        );
        for at in 0..people {
            let _ = write!(
                text,
                r#"{{"guest_key":"g{at}","name":"A\u0000","time_zone":"x","status":"cancelled"}},"#
            );
        }
        text.pop();
        text.push_str(r#"],"reservations":["#);
        for at in 0..people {
            let _ = write!(
                text,
                r#"{{"reservation_key":"g{at}\u0000-x","guest_key":"g{at}","space_keys":["s"],"status":"cancelled","time_zone":"x"}},"#
            );
        }
        text.pop();
        text.push_str("]}");
        text
    };
    let linter = Linter::new();
    drop(linter.check("{}"));
    let time = |people| {
        let text = payload(people);
        // The shortest of three: other work on the machine only makes it longer.
        let run = || {
            let begin = std::time::Instant::now();
            let report = linter.check(&text);
            assert!(report.counts().total() > 4 * people);
            begin.elapsed()
        };
        run().min(run()).min(run())
    };
    time(1_000);
    let (one, eight) = (time(4_000), time(32_000));
    // Sixty-four times as long if any of it were quadratic.
    assert!(eight < one * 30, "{one:?}, then {eight:?}");
}
