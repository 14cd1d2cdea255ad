//! Every format returns the text of a message unchanged.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "../../tests/support/schemas.rs"]
mod schemas;

use schemas::valid;
use serde_json::Value;

use super::*;
use crate::engine::baseline_key::Covers;
use crate::report::Severity;
use crate::{Linter, Options};
use json_document::PositionEncoding;

/// What breaks formats: escapes of GitHub, line breaks, the end of CDATA, quotes, markup, what
/// turns the direction of writing, links of SARIF, what XML cannot hold, two UTF-16 units.
const HOSTILE: &str = "100% \"a\" 'b' %0A::error::x, <c>&amp; ]]> \u{202e}rtl\u{202c} \
    line\nbreak\r\n\ttab [d](http://e.f) {0} \\ \u{1b}[31m \0 \u{fffe} é😀";

const PAYLOAD: &str =
    "{ \"customer_key\": \"c\",\n  \"sites\": [{ \"site_key\": \"\", \"name\": \"N\" }] }";

/// A finding at line 2 whose texts and path are hostile.
fn hostile() -> Vec<Checked<'static>> {
    let mut report = Linter::new().check(PAYLOAD);
    report.diagnostics.truncate(1);
    let found = &mut report.diagnostics[0];
    HOSTILE.clone_into(&mut found.message);
    found.help = None;
    found.severity = Severity::Error;
    vec![Checked::new(HOSTILE.to_owned(), report)]
}

fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What XML cannot hold is written as our escapes.
fn in_xml(text: &str) -> String {
    text.replace('\u{1b}', "\\u{1b}")
        .replace('\0', "\\u{0}")
        .replace('\u{fffe}', "\\u{fffe}")
}

fn json(text: &str) -> Value {
    // What cannot be seen is escaped, and harms no terminal.
    assert!(!text.contains(['\u{202e}', '\u{1b}', '\0']), "{text}");
    serde_json::from_str(text).unwrap()
}

#[test]
fn json_and_json_lines() {
    let report = json(&written(|out| json::write(out, &hostile())));
    assert_eq!(report["files"][0]["path"], HOSTILE);
    assert_eq!(report["files"][0]["diagnostics"][0]["message"], HOSTILE);

    let lines = written(|out| json_lines::write(out, &hostile()[0]));
    assert_eq!(lines.lines().count(), 1);
    let line = json(&lines);
    assert_eq!(line["path"], HOSTILE);
    assert_eq!(line["message"], HOSTILE);
}

#[test]
fn sarif() {
    let log = json(&written(|out| sarif::write(out, &hostile())));
    valid(&log, "sarif-schema-2.1.0.json");
    let result = &log["runs"][0]["results"][0];
    let text = result["message"]["text"].as_str().unwrap();
    // With a link in it, brackets and backslashes are literal.
    assert!(text.contains("\\[d\\](http://e.f)"), "{text}");
    let literal = text.replace("\\[", "[").replace("\\]", "]");
    assert_eq!(literal.replace("\\\\", "\\"), HOSTILE);
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    let uri = uri.as_str().unwrap();
    assert!(uri.is_ascii() && !uri.contains([' ', '"', '<', ':', '[', '\\']));
    let path = percent_encoding::percent_decode_str(uri).decode_utf8();
    assert_eq!(path.unwrap(), HOSTILE);
}

#[test]
fn sarif_of_absolute_paths() {
    for (path, wanted) in [
        ("/srv/a b/p.json", "file:///srv/a%20b/p.json"),
        ("C:/a:b/p.json", "file:///C:/a%3Ab/p.json"),
        ("a/b.json", "a/b.json"),
        ("c:b.json", "c%3Ab.json"),
        ("<stdin>", "%3Cstdin%3E"),
    ] {
        let mut files = hostile();
        path.clone_into(&mut files[0].path);
        let log = json(&written(|out| sarif::write(out, &files)));
        valid(&log, "sarif-schema-2.1.0.json");
        let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], wanted);
    }
}

/// Columns are of the kind that the log says; reports of two kinds are two runs.
#[test]
fn sarif_says_what_columns_count() {
    let payload =
        "{ \"customer_key\": \"😀\", \"sites\": [{ \"site_key\": \"\", \"name\": \"N\" }] }";
    let files: Vec<Checked<'_>> = [PositionEncoding::Utf16, PositionEncoding::Utf8]
        .into_iter()
        .map(|encoding| {
            let options = Options {
                encoding,
                ..Options::default()
            };
            let linter = Linter::with_options(options).unwrap();
            Checked::new("p.json".to_owned(), linter.check(payload))
        })
        .collect();
    let log = json(&written(|out| sarif::write(out, &files)));
    valid(&log, "sarif-schema-2.1.0.json");
    let column = |run: usize| {
        let location = &log["runs"][run]["results"][0]["locations"][0]["physicalLocation"];
        location["region"]["startColumn"].as_u64().unwrap()
    };
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    assert_eq!(log["runs"][1]["columnKind"], "utf16CodeUnits");
    assert_eq!(log["runs"].as_array().unwrap().len(), 2);
    assert_eq!(column(0) + 1, column(1));
}

/// As the runner reads a command.
#[test]
fn github() {
    let text = written(|out| github::write(out, &hostile()));
    assert_eq!(text.lines().count(), 1, "{text}");
    let command = text
        .trim_end_matches('\n')
        .strip_prefix("::error ")
        .unwrap();
    let (properties, message) = command.split_once("::").unwrap();
    let unescape = |text: &str| {
        text.replace("%0D", "\r")
            .replace("%0A", "\n")
            .replace("%3A", ":")
            .replace("%2C", ",")
            .replace("%25", "%")
    };
    // What cannot be seen would reach the log as it is.
    let shown = HOSTILE
        .replace('\t', "\\t")
        .replace('\u{1b}', "\\u{1b}")
        .replace('\0', "\\u{0}")
        .replace('\u{202e}', "\\u{202e}")
        .replace('\u{202c}', "\\u{202c}");
    assert_eq!(unescape(message), shown);
    let file = properties.split(',').next().unwrap();
    assert_eq!(unescape(file.strip_prefix("file=").unwrap()), shown);
    assert!(properties.contains(",line=2,"), "{properties}");
}

#[test]
fn gitlab() {
    let issues = json(&written(|out| gitlab::write(out, &hostile())));
    assert_eq!(issues[0]["description"], HOSTILE);
    assert_eq!(issues[0]["location"]["path"], HOSTILE);
}

#[test]
fn junit() {
    let text =
        written(|out| junit::write(out, &hostile(), &vec![Severity::Error; hostile().len()]));
    let document = roxmltree::Document::parse(&text).unwrap();
    let suites = junit_parser::from_reader(text.as_bytes()).unwrap();
    let suite = &suites.suites[0];
    // Each text is one line.
    let label = in_xml(HOSTILE)
        .replace('\n', "\\n")
        .replace('\r', "\\r")
        .replace('\t', "\\t")
        .replace('\u{202e}', "\\u{202e}")
        .replace('\u{202c}', "\\u{202c}");
    assert_eq!(suite.name, label);
    let failure = suite.cases[0].status.failure_as_ref();
    assert_eq!(failure.message, label);
    // `junit-parser` loses references such as `&lt;` in text, so this is read by the book.
    let found = document
        .descendants()
        .find(|node| node.has_tag_name("failure"))
        .and_then(|failure| failure.text())
        .unwrap();
    assert!(found.contains(&label), "{found}");
}

#[test]
fn checkstyle() {
    let text = written(|out| checkstyle::write(out, &hostile()));
    let document = roxmltree::Document::parse(&text).unwrap();
    let attribute = |element: &str, name: &str| {
        let node = document
            .descendants()
            .find(|node| node.has_tag_name(element))
            .unwrap();
        node.attribute(name).unwrap().to_owned()
    };
    assert_eq!(attribute("file", "name"), in_xml(HOSTILE));
    assert_eq!(attribute("error", "message"), in_xml(HOSTILE));
    assert_eq!(attribute("error", "line"), "2");
}

#[test]
fn rdjson() {
    let result = json(&written(|out| rdjson::write(out, &hostile())));
    let found = &result["diagnostics"][0];
    assert_eq!(found["message"], HOSTILE);
    assert_eq!(found["location"]["path"], HOSTILE);
    assert_eq!(found["location"]["range"]["start"]["line"], 2);
}

/// A report without its text has lines; its columns would be guesses.
#[test]
fn rdjson_without_text() {
    let mut files = hostile();
    let checked = files.pop().unwrap();
    let files = vec![Checked::new(checked.path, checked.report.without_text())];
    let result = json(&written(|out| rdjson::write(out, &files)));
    let start = &result["diagnostics"][0]["location"]["range"]["start"];
    assert_eq!(*start, serde_json::json!({ "line": 2 }));
}

/// Another element before it, and another line, leave a finding's fingerprint; another value does
/// not; two that are alike have two.
#[test]
fn fingerprints_follow_a_finding() {
    let prints_of = |covers: Option<Covers>, redact: bool, payload: &str| -> Vec<String> {
        let options = Options {
            keys: covers,
            redact,
            ..Options::default()
        };
        let files = vec![Checked::new(
            "p.json".to_owned(),
            Linter::with_options(options).unwrap().check(payload),
        )];
        let issues = json(&written(|out| gitlab::write(out, &files)));
        let list = issues.as_array().unwrap().iter();
        list.map(|issue| issue["fingerprint"].as_str().unwrap().to_owned())
            .collect()
    };
    let prints = |payload: &str| prints_of(Some(Covers::Values), false, payload);
    let one = prints(
        r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "N", "colour": 1 }] }"#,
    );
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].len(), 32);
    let later = prints(
        "{ \"customer_key\": \"c\",\n \"sites\": [{ \"site_key\": \"0\", \"name\": \"Z\" }, { \"site_key\": \"a\", \"name\": \"N\", \"colour\": 1 }] }",
    );
    assert_eq!(one, later);
    let other = prints(
        r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "N", "color": 1 }] }"#,
    );
    assert_ne!(one, other);
    let twice = prints(
        r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "N", "colour": 1 }, { "site_key": "b", "name": "M", "colour": 1 }] }"#,
    );
    assert_eq!(twice.len(), 2);
    assert_eq!(twice[0], one[0]);
    assert_ne!(twice[0], twice[1]);
    // A value is no part of them where it is kept out; a resource's key is, and salted.
    let names = |customer: &str, key: &str, name: &str| {
        format!(
            r#"{{ "customer_key": "{customer}", "sites": [{{ "site_key": "{key}", "name": "{name}" }}] }}"#
        )
    };
    let [first, value, key, customer] = [
        ("c", "a", " N"),
        ("c", "a", " M"),
        ("c", "b", " N"),
        ("d", "a", " N"),
    ]
    .map(|(customer, key, name)| names(customer, key, name));
    let open = |payload: &str| prints(payload);
    let places = |payload: &str| prints_of(Some(Covers::Places), true, payload);
    assert_ne!(open(&first), open(&value));
    assert_ne!(open(&first), open(&key));
    assert_eq!(open(&first), open(&customer));
    assert_eq!(places(&first), places(&value));
    assert_ne!(places(&first), places(&key));
    assert_ne!(places(&first), places(&customer));
    // A baseline that covers values does not make redacted output cover them.
    let mixed = |payload: &str| prints_of(Some(Covers::Values), true, payload);
    assert_eq!(mixed(&first), mixed(&value));
    // Of two alike in all that is covered, each has its own.
    let alike = prints_of(
        None,
        false,
        &names("c", "a", " N").replace("] }", ", { \"site_key\": \"b\", \"name\": \" N\" }] }"),
    );
    assert_eq!(alike.len(), 2);
    assert_ne!(alike[0], alike[1]);
}
