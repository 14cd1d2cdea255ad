//! JSON Lines and gzip: payloads as nightly jobs write them.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use json_document::Span;
use json_document::{LineIndex, PositionEncoding};
use seamlint::{Linter, Options};

use crate::support::command::Folder;

const GOOD: &str = r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" }] }"#;
const BAD: &str =
    r#"{ "customer_key": "c", "sites": [{ "site_key": "", "name": "Nördlich 😀" }] }"#;
const WARNS: &str =
    r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "N", "nmae": "M" }] }"#;

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn each_line_is_a_payload() {
    // Blank lines, CR LF, a byte order mark, a last line without an end, one cut short.
    let lines =
        format!("\u{feff}{GOOD}\r\n\r\n  \n{BAD}\r\n{BAD}\n{{ \"customer_key\": \"c\"\n{BAD}");
    let folder = Folder::with_bytes(&[("night.jsonl", lines.as_bytes())]);
    let ran = folder.run(&["check", "night.jsonl", "--format", "concise"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let places: Vec<&str> = ran
        .stdout()
        .lines()
        .map(|line| line.split(' ').next().expect("has one"))
        .collect();
    assert_eq!(
        places,
        [
            "night.jsonl:1:1:",
            "night.jsonl:4:48:",
            "night.jsonl:5:48:",
            "night.jsonl:6:1:",
            "night.jsonl:6:22:",
            "night.jsonl:7:48:",
        ],
        "{}",
        ran.stdout()
    );
    // Offsets are those of the file.
    let report = folder
        .run(&["check", "night.jsonl", "--format", "json"])
        .json();
    let findings = report["files"][0]["diagnostics"]
        .as_array()
        .expect("a list");
    for at in [1, 2, 5] {
        let offset = |end: &str| {
            findings[at]["range"][end]["offset"]
                .as_u64()
                .expect("a number")
        };
        let (start, end) = (offset("start") as usize, offset("end") as usize);
        assert_eq!(&lines[start..end], "\"\"");
        assert_eq!(findings[at]["pointer"], "/sites/0/site_key");
    }
    // And excerpts show the true line.
    let pretty = folder.run(&["check", "night.jsonl"]);
    assert!(
        pretty.stdout().contains("[night.jsonl:4:48]"),
        "{}",
        pretty.stdout()
    );
    assert!(pretty.stdout().contains("\n 4 │"), "{}", pretty.stdout());
}

#[test]
fn positions_in_both_encodings() {
    let lines = format!("{BAD}\r\n\n{BAD}\n é😀\r{BAD}\n\u{feff}{WARNS}\n");
    let check = |encoding| {
        let mut options = Options::default();
        options.encoding = encoding;
        let linter = Linter::with_options(options).expect("options");
        linter.check_lines(lines.as_bytes()).into_owned()
    };
    let (bytes, units) = (
        check(PositionEncoding::Utf8),
        check(PositionEncoding::Utf16),
    );
    assert!(bytes.iter().count() >= 5);
    assert_eq!(bytes.counts(), units.counts());
    for (encoding, report) in [
        (PositionEncoding::Utf8, &bytes),
        (PositionEncoding::Utf16, &units),
    ] {
        let whole = LineIndex::new(&lines, encoding);
        for (found, in_bytes) in report.iter().zip(bytes.iter()) {
            let span = in_bytes.range.bytes();
            let span = Span::new(span.start as u32, span.end as u32);
            assert_eq!(found.range, whole.range(span), "{found:?}");
        }
    }
}

#[test]
fn lines_of_other_encodings_are_counted_by_their_bytes() {
    for line in [
        b"\xff\xfe{".as_slice(),
        b"\xff\xfe{\0",
        b"{\0\"\0",
        b"\xe9\xe9",
    ] {
        let text = [GOOD.as_bytes(), b"\n", line, b"\n", BAD.as_bytes(), b"\n"].concat();
        let linter = Linter::new();
        let report = linter.check_lines(&text);
        let last = report.diagnostics().last().expect("one");
        let start = last.range.start;
        assert_eq!((start.line, start.column), (3, 48), "{line:?}");
        assert_eq!(text[last.range.bytes()], *b"\"\"", "{line:?}");
    }
}

#[test]
fn max_per_code_counts_a_file_of_lines_once() {
    let lines = format!("{BAD}\n").repeat(5);
    let folder = Folder::with_bytes(&[("a.ndjson", lines.as_bytes()), ("none.jsonl", b" \n\n")]);
    let arguments = [
        "check",
        "a.ndjson",
        "--format",
        "json",
        "--max-per-code",
        "3",
    ];
    let report = folder.run(&arguments).json();
    assert_eq!(report["summary"]["files"], 1);
    assert_eq!(report["summary"]["errors"], 5);
    let file = &report["files"][0];
    assert_eq!(file["diagnostics"].as_array().expect("a list").len(), 3);
    assert_eq!(file["omitted"][0]["count"], 2);
    // A file without a line is what an empty text is.
    let none = folder.run(&["check", "none.jsonl", "--format", "concise"]);
    let wanted = "none.jsonl:1:1: error[json-syntax] the text is empty\n";
    assert_eq!(
        (none.status, none.stdout.as_slice()),
        (1, wanted.as_bytes())
    );
    // What is no UTF-8 is found in its line. UTF-16 is reported once, and its lines are checked.
    let broken = [GOOD.as_bytes(), b"\n{ \"customer_key\": \"\xff\" }\n"].concat();
    folder.write("broken.jsonl", &broken);
    let ran = folder.run(&["check", "broken.jsonl", "--format", "concise"]);
    assert!(
        ran.stdout()
            .contains("\nbroken.jsonl:2:20: error[invalid-unicode]"),
        "{ran:?}"
    );
    let wide: Vec<u8> = lines.encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("wide.jsonl", &wide);
    let ran = folder.run(&["check", "wide.jsonl", "--format", "concise"]);
    let of_code = |code: &str| ran.stdout().matches(code).count();
    assert_eq!(
        of_code("error[wrapped-payload] the payload is UTF-16, little-endian\n"),
        1,
        "{ran:?}"
    );
    assert_eq!(of_code("wide.jsonl:"), 6, "{ran:?}");
}

#[test]
fn lines_of_one_customer_are_a_set() {
    let rooms = r#"{ "customer_key": "c", "rooms": [{ "room_key": "101", "name": "R" }] }"#;
    let staff = r#"{ "customer_key": "c", "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101", "102"] }] }"#;
    let again = r#"{ "customer_key": "c", "rooms": [{ "room_key": "101", "name": "Other" }] }"#;
    let lines = [rooms, staff].join("\n");
    let folder = Folder::with_bytes(&[
        ("set.jsonl", lines.as_bytes()),
        ("again.json", again.as_bytes()),
    ]);
    let arguments = [
        "check",
        "--as-set",
        "set.jsonl",
        "again.json",
        "--format",
        "json",
    ];
    let ran = folder.run(&arguments);
    let report = ran.json();
    let files = report["files"].as_array().expect("a list");
    let dangling = &files[0]["diagnostics"][0];
    assert_eq!(files.len(), 2, "{ran:?}");
    assert_eq!(files[0]["diagnostics"].as_array().expect("a list").len(), 1);
    assert_eq!(dangling["code"], "dangling-reference");
    assert_eq!(dangling["range"]["start"]["line"], 2);
    let double = &files[1]["diagnostics"][0];
    assert_eq!(double["code"], "duplicate-key");
    assert_eq!(double["related"][0]["path"], "set.jsonl");
    // Lines of one file name each other by their places alone.
    folder.write("both.jsonl", [rooms, staff, again].join("\n"));
    let arguments = ["check", "--as-set", "both.jsonl", "--format", "json"];
    let report = folder.run(&arguments).json();
    let double = &report["files"][0]["diagnostics"][1];
    assert_eq!(double["code"], "duplicate-key");
    assert_eq!(double["range"]["start"]["line"], 3);
    assert_eq!(double["related"][0]["path"], serde_json::Value::Null);
    assert_eq!(double["related"][0]["range"]["start"]["line"], 1);
}

#[test]
fn folders_are_searched_for_lines_and_gzip() {
    let lines = format!("[]\n{GOOD}\n{BAD}");
    let folder = Folder::with_bytes(&[
        ("a.json.gz", &gzip(BAD)),
        ("b.jsonl", lines.as_bytes()),
        ("c.NDJSON.GZ", &gzip(&lines)),
        ("d.jsonl", b"{\"level\":\"info\"}\n{\"level\":\"warn\"}\n"),
        ("e.gz", &gzip(BAD)),
        ("f.txt", BAD.as_bytes()),
    ]);
    let ran = folder.run(&["check", "--format", "concise", "--stats"]);
    let mut files: Vec<&str> = ran
        .stdout()
        .lines()
        .map(|line| line.split(": ").next().expect("has one"))
        .collect();
    files.dedup();
    assert_eq!(
        files,
        [
            "a.json.gz:1:48",
            "b.jsonl:1:1",
            "b.jsonl:3:48",
            "c.NDJSON.GZ:1:1",
            "c.NDJSON.GZ:3:48"
        ],
        "{ran:?}"
    );
    assert!(ran.stderr.contains("3 files checked"), "{ran:?}");
    assert!(ran.stderr.contains("1 file skipped"), "{ran:?}");
    // By name, and through a pipe, any of them.
    let named = folder.run(&["check", "e.gz", "--format", "concise"]);
    assert!(named.stdout().starts_with("e.gz:1:48: error"), "{named:?}");
    let arguments = [
        "check",
        "-",
        "--stdin-filename",
        "night.jsonl",
        "--format",
        "concise",
    ];
    let piped = folder.run_with(&arguments, &gzip(&lines));
    assert!(
        piped.stdout().contains("night.jsonl:3:48: error"),
        "{piped:?}"
    );
}

#[test]
fn broken_gzip_is_a_failure() {
    let packed = gzip(&BAD.repeat(100));
    let folder = Folder::with_bytes(&[
        ("short.json.gz", &packed[..packed.len() / 2]),
        ("tail.json.gz", &[&packed[..], b"more"].concat()),
        ("good.json.gz", &gzip(GOOD)),
        (
            "two.json.gz",
            &[gzip(&BAD[..20]), gzip(&BAD[20..])].concat(),
        ),
    ]);
    let ran = folder.run(&["check", "--format", "concise"]);
    assert_eq!(ran.status, 2);
    let failures: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(failures.len(), 2, "{ran:?}");
    assert!(failures[0].starts_with("seamlint: error: cannot read short.json.gz: "));
    assert!(failures[1].starts_with("seamlint: error: cannot read tail.json.gz: "));
    // The others are checked; two that stand one behind the other are one.
    assert!(
        ran.stdout().starts_with("two.json.gz:1:48: error"),
        "{ran:?}"
    );
}

#[test]
fn fix_of_lines_and_gzip() {
    let trailing = GOOD.replace("}] }", "}], }");
    let lines = format!("{GOOD}\r\n\r\n{trailing}\n{BAD}\n{trailing}");
    let mended = format!("{GOOD}\r\n\r\n{GOOD}\n{BAD}\n{GOOD}").replace("}] }", "}] }");
    let folder =
        Folder::with_bytes(&[("a.jsonl", lines.as_bytes()), ("b.jsonl.gz", &gzip(&lines))]);
    let diff = folder.run(&["check", "--diff", "a.jsonl"]);
    assert_eq!(diff.status, 1);
    assert!(diff.stdout().contains("@@"), "{diff:?}");
    assert_eq!(folder.read("a.jsonl"), lines.as_bytes());
    let arguments = ["check", "--fix", "--format", "concise"];
    let ran = folder.run(&arguments);
    let left: Vec<&str> = ran.stdout().lines().collect();
    assert_eq!(left.len(), 2, "{ran:?}");
    assert!(left[0].starts_with("a.jsonl:4:48: error"), "{ran:?}");
    assert_eq!(String::from_utf8_lossy(&folder.read("a.jsonl")), mended);
    // What was compressed still is.
    let packed = folder.read("b.jsonl.gz");
    assert_eq!(packed, gzip(&mended));
    // And so it goes through a pipe.
    let arguments = ["check", "--fix", "-", "--stdin-filename", "x.jsonl"];
    assert_eq!(
        folder.run_with(&arguments, lines.as_bytes()).stdout(),
        mended
    );
    assert_eq!(folder.run_with(&arguments, &gzip(&lines)).stdout, packed);
}

#[test]
fn keys_and_context_from_lines() {
    let rooms = r#"{ "customer_key": "c", "rooms": [{ "room_key": "101", "name": "R" }] }"#;
    let more = rooms.replace("101", "102");
    let lines = format!("{rooms}\n\n{more}\n");
    let staff = r#"{ "customer_key": "c", "rooms": [{ "room_key": "1", "name": "R" }], "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["101", "102"] }] }"#;
    let folder = Folder::with_bytes(&[
        ("rooms.jsonl.gz", &gzip(&lines)),
        ("staff.json", staff.as_bytes()),
        ("odd.jsonl", format!("{rooms}\n{{}}\n").as_bytes()),
    ]);
    assert_eq!(
        folder
            .run(&["check", "staff.json", "--format", "jsonl"])
            .stdout()
            .lines()
            .count(),
        2
    );
    let ran = folder.run(&["check", "staff.json", "--context", "rooms.jsonl.gz"]);
    assert!(ran.stdout().contains("nothing found"), "{ran:?}");
    let keys = folder.run(&["keys", "rooms.jsonl.gz"]);
    assert_eq!(
        keys.json()["customers"]["c"]["rooms"],
        serde_json::json!(["101", "102"])
    );
    let odd = folder.run(&["keys", "odd.jsonl"]);
    assert_eq!(odd.status, 2);
    assert_eq!(
        odd.stderr,
        "seamlint: error: cannot use odd.jsonl:2 as a payload: it has neither customer_key nor a collection\n"
    );
}

/// Three mebibytes of lines as they come: right and wrong ones, blank ones, some that end at CR LF, bytes that are not
/// UTF-8, one line that is longer than what is read at once, and no end at the last.
fn many_lines() -> Vec<u8> {
    let long = GOOD.replace("North", &"N".repeat(1_500_000));
    let mut text = Vec::new();
    for at in 0..20_000_usize {
        let line: &[u8] = match at % 1_000 {
            0 if at == 9_000 => long.as_bytes(),
            7 => BAD.as_bytes(),
            11 => b"",
            13 => b"{ \"customer_key\": \"c\"",
            17 => b"{ \"customer_key\": \"\xe9\", \"sites\": [] }",
            19 | 23 => WARNS.as_bytes(),
            _ => GOOD.as_bytes(),
        };
        text.extend_from_slice(line);
        text.extend_from_slice(if at % 5 == 0 { b"\r\n" } else { b"\n" });
    }
    text.extend_from_slice(BAD.as_bytes());
    text
}

#[test]
fn parts_of_a_long_file_are_checked_as_the_whole() {
    let text = many_lines();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&text).expect("memory");
    let packed = packed.finish().expect("memory");
    let folder = Folder::with_bytes(&[("a.jsonl", &text), ("b.jsonl.gz", &packed)]);
    let whole = Linter::new().check_lines(&text).into_owned();
    assert!(whole.counts().total() > 100);
    let wanted = serde_json::to_value(&whole).expect("a report is JSON");

    let report = folder
        .run(&["check", "a.jsonl", "b.jsonl.gz", "--format", "json"])
        .json();
    assert_eq!(report["summary"]["files"], 2);
    for file in [&report["files"][0], &report["files"][1]] {
        assert_eq!(file["diagnostics"], wanted["files"][0]["diagnostics"]);
    }

    let limit = ["--max-per-code", "30"];
    let concise = |arguments: &[&str], input: &[u8]| {
        let arguments = [&["check", "--format", "concise"], arguments, &limit].concat();
        folder.run_with(&arguments, input)
    };
    let file = concise(&["a.jsonl"], b"");
    let mut lines: Vec<&str> = file.stdout().lines().collect();
    let code = "schema-min-length";
    let is_omitted = |line: &&str| line.starts_with("a.jsonl: ");
    let omitted = lines.split_off(lines.iter().position(&is_omitted).expect("some"));
    assert!(omitted.iter().all(&is_omitted), "{omitted:?}");
    let counted = whole.iter().filter(|found| found.code == code).count();
    assert!(counted <= 30, "{counted}");
    let listed = lines.iter().filter(|line| line.contains("unknown-member"));
    assert_eq!(listed.count(), 30);
    assert_eq!(
        omitted,
        [
            "a.jsonl: 10 more empty-payload",
            "a.jsonl: 10 more unknown-member"
        ]
    );

    let pipe = concise(&["-", "--stdin-filename", "a.jsonl"], &text);
    assert_eq!(pipe.stdout(), file.stdout());

    // What repeats is folded over all parts, and excerpts show their lines.
    let pretty = folder.run(&["check", "a.jsonl"]);
    let last = format!("[a.jsonl:20001:{}]", 48);
    assert!(
        pretty.stdout().contains("[a.jsonl:8:48]"),
        "{}",
        pretty.stdout()
    );
    assert!(!pretty.stdout().contains(&last));
    let rest = "a.jsonl: 37 more unknown-member /sites/*/nmae";
    assert!(pretty.stdout().contains(rest), "{}", pretty.stdout());
    let all = folder.run(&["check", "a.jsonl", "--all-findings"]);
    assert!(all.stdout().contains(&last), "{}", all.stdout());
    assert!(all.stdout().contains("\n 20001 │"));
}

#[test]
fn a_failure_behind_some_lines_leaves_their_findings() {
    let text = many_lines();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&text).expect("memory");
    let packed = packed.finish().expect("memory");
    let folder = Folder::with_bytes(&[
        ("cut.jsonl.gz", &packed[..packed.len() - 9]),
        ("next.json", BAD.as_bytes()),
    ]);
    let ran = folder.run(&["check", "cut.jsonl.gz", "next.json", "--format", "concise"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stdout().starts_with("cut.jsonl.gz:8:48: "),
        "{}",
        ran.stdout()
    );
    assert!(ran.stdout().contains("\nnext.json:1:48: "));
    assert!(
        ran.stderr().contains("cannot read cut.jsonl.gz: "),
        "{}",
        ran.stderr()
    );
    // A line that was cut off is none that somebody wrote.
    assert!(!ran.stdout().contains("cut.jsonl.gz:20001"));
}

#[test]
fn baselines_and_ignores_hold_over_all_parts() {
    let text = many_lines();
    let config = "[[ignore]]\nrule = \"unknown-member\"\nreason = \"known\"\n";
    let folder = Folder::with_bytes(&[("a.jsonl", &text), ("seamlint.toml", config.as_bytes())]);
    let ran = folder.run(&["check", "a.jsonl", "--format", "concise"]);
    assert!(!ran.stdout().contains("unknown-member"), "{ran:?}");
    let ran = folder.run(&["check", "a.jsonl", "--write-baseline", "base.json"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let ran = folder.run(&["check", "a.jsonl", "--baseline", "base.json"]);
    assert_eq!(ran.status, 0, "{ran:?}");
}

/// Without a byte order mark, two characters tell UTF-32: more than one of UTF-16.
#[test]
fn long_lines_in_utf_32_are_one_text() {
    let text = format!("{GOOD}\n").repeat(4_000);
    let bytes: Vec<u8> = text
        .chars()
        .flat_map(|character| u32::from(character).to_le_bytes())
        .collect();
    let folder = Folder::with_bytes(&[("a.jsonl", &bytes)]);
    let ran = folder.run(&["check", "a.jsonl", "--format", "concise"]);
    let lines: Vec<&str> = ran.stdout().lines().collect();
    assert_eq!(lines.len(), 1, "{ran:?}");
    assert!(lines[0].contains("error[wrapped-payload]"), "{ran:?}");
    assert!(lines[0].contains("UTF-32"), "{ran:?}");
}
