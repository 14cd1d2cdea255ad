//! One payload in everything that payloads are wrapped in: the wrapper is one finding, the payload inside is checked at its
//! true place, and the fix leaves the payload alone.

use seamlint::{Applicability, Diagnostic, Linter, Severity};
use serde_json::{Value, json};

/// A payload with one mistake: the end, which is marked by `ENDS`, is before the start.
const PAYLOAD: &str = r#"{"customer_key":"c","rooms":[{"room_key":"r 1","name":"Über 1"}],"reservations":[{"reservation_key":"a","room_keys":["r 1"],"guest_key":"g","starts_at":"2026-05-01T15:00:00Z","ends_at":"2026-05-01T11:00:00Z"}],"guests":[{"guest_key":"g","name":"G","email_address":"g@example.com"}]}"#;

/// What the mistake is, as it is written in JSON.
const ENDS: &str = "2026-05-01T11:00:00Z";

/// How a payload is wrapped.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    /// What the message says, and where it points: the outer text there.
    says: &'static str,
    at: &'static str,
    within: Option<&'static str>,
    /// Whether the fix leaves the payload.
    is_fixable: bool,
}

fn case(
    name: &'static str,
    text: impl Into<Vec<u8>>,
    says: &'static str,
    at: &'static str,
) -> Case {
    Case {
        name,
        bytes: text.into(),
        says,
        at,
        within: None,
        is_fixable: true,
    }
}

fn in_json(mut case: Case, within: &'static str) -> Case {
    case.within = Some(within);
    case
}

fn unfixable(mut case: Case) -> Case {
    case.is_fixable = false;
    case
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn utf32(text: &str, to_bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().map(u32::from).flat_map(to_bytes).collect()
}

fn ruby(text: &str) -> String {
    let names = text.replace("\":", "=>");
    names.replace("{\"", "{:").replace(",\"", ",:")
}

fn java(text: &str) -> String {
    let names = text.replace("\":", "=").replace(',', ", ");
    names.replace('"', "")
}

fn html(text: &str) -> String {
    text.replace('"', "&quot;").replace('Ü', "&#220;")
}

fn percent(text: &str, space: &str) -> String {
    let encode = |byte: u8| match byte {
        b' ' => space.to_owned(),
        _ if byte.is_ascii_alphanumeric() || byte == b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

fn python(text: &str) -> String {
    let dumped = text.replace('"', "'").replace(
        "'starts_at':'2026-05-01T15:00:00Z'",
        "'starts_at': datetime.datetime(2026, 5, 1, 15, 0, tzinfo=datetime.timezone.utc)",
    );
    dumped.replace("'rooms':", "'time_zone': None, 'rooms':")
}

fn php(text: &str) -> String {
    let lists = text
        .replace('{', "array(")
        .replace('}', ",)")
        .replace('[', "array(\n0 => ");
    lists
        .replace(']', ",)")
        .replace("\":", "\" => ")
        .replace('"', "'")
}

fn cases() -> Vec<Case> {
    let p = PAYLOAD;
    let quoted = serde_json::to_string(p).expect("a string");
    let escaped = &quoted[1..quoted.len() - 1];
    let lines = p.replace("],", "],\n");
    vec![
        case(
            "fence",
            format!("```json\n{p}\n```\n"),
            "is in a Markdown fence",
            "```json",
        ),
        case(
            "fence and prose",
            format!("Here is the payload:\n\n```json\n{lines}\n```\n\nDoes it work?"),
            "is in a Markdown fence",
            "Here is the payload:",
        ),
        case(
            "prose",
            format!("The payload:\n{p}\n"),
            "has other text around it",
            "The payload:",
        ),
        case(
            "prose behind",
            format!("{p}\n\nThat is all.\n"),
            "has other text around it",
            "That is all.",
        ),
        case(
            "quoted",
            format!("> {}\n", lines.replace('\n', "\n> ")),
            "has a > before each line",
            ">",
        ),
        case(
            "const",
            format!("const x = {p};\n"),
            "is assigned to a variable",
            "const x =",
        ),
        case(
            "payload =",
            format!("payload = {p}"),
            "is assigned to a variable",
            "payload =",
        ),
        case(
            "module",
            format!("export default {p};"),
            "is assigned to a variable",
            "export default",
        ),
        case(
            "string literal",
            format!("let body = '{p}';"),
            "is assigned to a variable",
            "let body = '",
        ),
        case(
            "escaped literal",
            format!("let body = \"{escaped}\";"),
            "is in the string of a program",
            "\"",
        ),
        case(
            "bytes",
            format!("b'{p}'"),
            "is in the string of a program",
            "b'",
        ),
        case(
            "callback",
            format!("callback({p});"),
            "is the argument of a call",
            "callback(",
        ),
        case(
            "hijacking",
            format!(")]}}',\n{p}"),
            "has a prefix against JSON hijacking",
            ")]}',",
        ),
        case(
            "while",
            format!("while(1);{p}"),
            "has a prefix against JSON hijacking",
            "while(1);",
        ),
        case(
            "request",
            format!(
                "POST /customers/push_data HTTP/1.1\r\nHost: example.com\r\nContent-Type: application/json\r\n\r\n{p}"
            ),
            "is behind HTTP headers",
            "POST /customers/push_data HTTP/1.1",
        ),
        case(
            "headers",
            format!("Host: example.com\nContent-Type: application/json\n\n{p}"),
            "is behind HTTP headers",
            "Host: example.com",
        ),
        case(
            "log",
            format!("2026-05-01T12:00:00Z INFO push {p}"),
            "is behind the prefix of a log line",
            "2026-05-01T12:00:00Z INFO push",
        ),
        case(
            "log in brackets",
            format!("[12:00:00] app: {p}"),
            "is behind the prefix of a log line",
            "[12:00:00] app:",
        ),
        case(
            "colours",
            format!("\u{1b}[1;32m{p}\u{1b}[0m"),
            "has colour codes",
            "\u{1b}[1;32m",
        ),
        case(
            "coloured names",
            p.replace("\"rooms\"", "\u{1b}[34m\"rooms\"\u{1b}[0m"),
            "has colour codes",
            "\u{1b}[34m",
        ),
        case(
            "markup",
            format!("<pre>{p}</pre>"),
            "is in HTML or XML",
            "<pre>",
        ),
        in_json(
            case(
                "data",
                format!("{{\"data\":{p}}}"),
                "is in the member \"data\"",
                "\"data\"",
            ),
            "/data",
        ),
        in_json(
            case(
                "body",
                format!("{{ \"body\": {lines} }}"),
                "is in the member \"body\"",
                "\"body\"",
            ),
            "/body",
        ),
        in_json(
            case(
                "event",
                format!("{{\"at\":1,\"request\":{{\"method\":\"POST\",\"payload\":{p}}}}}"),
                "is in the member \"payload\"",
                "\"payload\"",
            ),
            "/request/payload",
        ),
        in_json(
            case("one in an array", format!("[{p}]"), "is in an array", "["),
            "/0",
        ),
        in_json(
            case(
                "page of results",
                format!("{{\"results\":[{p}],\"next\":null}}"),
                "is in the member \"results\" and is in an array",
                "\"results\"",
            ),
            "/results/0",
        ),
        case("string", quoted.clone(), "is encoded twice", "\""),
        in_json(
            case(
                "string in body",
                json!({ "body": p }).to_string(),
                "is in the member \"body\" and is encoded twice",
                "\"body\"",
            ),
            "/body",
        ),
        case(
            "string in string",
            serde_json::to_string(&quoted).expect("a string"),
            "is encoded twice",
            "\"",
        ),
        case("entities", html(p), "has HTML entities", "&quot;"),
        case(
            "entities in a page",
            format!("<html><pre>{}</pre></html>", html(p)),
            "has HTML entities",
            "&quot;",
        ),
        case("percent", percent(p, "%20"), "is percent-encoded", "%7B"),
        case(
            "form",
            format!("a=1&payload={}&b=2", percent(p, "+")),
            "is percent-encoded",
            "%7B",
        ),
        case(
            "UTF-16LE",
            utf16(p, u16::to_le_bytes),
            "is UTF-16, little-endian",
            "{",
        ),
        case(
            "UTF-16BE",
            utf16(p, u16::to_be_bytes),
            "is UTF-16, big-endian",
            "{",
        ),
        case(
            "UTF-16LE, marked",
            utf16(&format!("\u{feff}{p}"), u16::to_le_bytes),
            "is UTF-16, little-endian",
            "{",
        ),
        case(
            "UTF-16BE, marked",
            utf16(&format!("\u{feff}{p}"), u16::to_be_bytes),
            "is UTF-16, big-endian",
            "{",
        ),
        case(
            "two byte order marks",
            format!("\u{feff}\u{feff}{p}"),
            "has more than one byte order mark (U+FEFF) before it",
            "\u{feff}\u{feff}",
        ),
        case(
            "NULs",
            format!("\0\0{p}"),
            "has NUL characters (U+0000) before it",
            "\0\0",
        ),
        unfixable(case(
            "conflict",
            lines
                .replace("\"reservations\"", "<<<<<<< HEAD\n\"reservations\"")
                .replace(
                    ",\"starts_at\"",
                    "\n=======\n\"x\":[\n>>>>>>> other\n,\"starts_at\"",
                ),
            "has the markers of a merge conflict",
            "<<<<<<<",
        )),
        unfixable(case(
            "variable",
            p.replace("\"c\"", "${KEY}"),
            "is a template that was not rendered",
            "${KEY}",
        )),
        unfixable(case(
            "mustache",
            p.replace("\"Über 1\"", "{{ room.name }}"),
            "is a template that was not rendered",
            "{{ room.name }}",
        )),
        unfixable(case(
            "blocks",
            p.replace("[{\"room_key\"", "[{% for room in rooms %}{\"room_key\"")
                .replace("1\"}]", "1\"}{% endfor %}]"),
            "is a template that was not rendered",
            "{% for room in rooms %}",
        )),
        case("Python", python(p), "is what Python prints", "{"),
        case(
            "PHP",
            format!("<?php return {};", php(p)),
            "is what PHP prints",
            "a",
        ),
        case("Ruby", p.replace("\":", "\"=>"), "is what Ruby prints", "{"),
        case("Ruby symbols", ruby(p), "is what Ruby prints", "{"),
        case("Java", java(p), "is what Java prints of a map", "{"),
        case("UTF-32LE", utf32(p, u32::to_le_bytes), "is UTF-32", "{"),
        case(
            "UTF-32BE, marked",
            utf32(&format!("\u{feff}{p}"), u32::to_be_bytes),
            "is UTF-32",
            "{",
        ),
    ]
}

/// The text that a range of bytes of the input is about.
fn outer(case: &Case, found: &Diagnostic) -> String {
    let bytes = &case.bytes[found.range.bytes()];
    let pairs = || bytes.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
    if case.name.starts_with("UTF-16LE") {
        String::from_utf16(&pairs().map(u16::from_le_bytes).collect::<Vec<_>>()).expect("UTF-16")
    } else if case.name.starts_with("UTF-16BE") {
        String::from_utf16(&pairs().map(u16::from_be_bytes).collect::<Vec<_>>()).expect("UTF-16")
    } else if case.name.starts_with("UTF-32") {
        let characters = bytes.iter().filter(|byte| **byte != 0);
        characters.map(|byte| char::from(*byte)).collect()
    } else {
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }
}

#[test]
fn a_wrapper_is_one_finding_and_what_is_inside_is_checked() {
    let linter = Linter::new();
    for case in cases() {
        let report = linter.check_bytes(&case.bytes);
        let name = case.name;
        let codes: Vec<&str> = report.iter().map(|found| &*found.code).collect();
        let errors = report
            .iter()
            .filter(|found| found.severity == Severity::Error);
        let errors: Vec<&Diagnostic> = errors.collect();
        assert_eq!(errors.len(), 1, "{name}: {codes:?}");
        let wrapped = errors[0];
        assert_eq!(wrapped.code, "wrapped-payload", "{name}");
        assert!(
            wrapped.message.contains(case.says),
            "{name}: {}",
            wrapped.message
        );
        assert_eq!(outer(&case, wrapped), case.at, "{name}");
        assert_eq!(
            (wrapped.pointer.as_str(), wrapped.within.as_deref()),
            ("", case.within),
            "{name}"
        );

        let inside = report
            .iter()
            .find(|found| found.code == "ends-before-starts");
        assert!(inside.is_some(), "{name}: {codes:?}");
        let inside = inside.expect("one");
        let shown = outer(&case, inside).replace("%3A", ":").replace("%2D", "-");
        let shown = shown
            .replace("%22", "\"")
            .replace("&quot;", "\"")
            .replace('\\', "");
        assert_eq!(shown.trim_matches(['"', '\'']), ENDS, "{name}");
        assert_eq!(inside.pointer, "/reservations/0/ends_at", "{name}");
        assert_eq!(inside.within.as_deref(), case.within, "{name}");
        assert!(
            report
                .diagnostics()
                .is_sorted_by_key(|found| found.range.start.offset),
            "{name}"
        );
        assert!(linter.is_payload(&case.bytes), "{name}");
    }
}

#[test]
fn the_fix_leaves_the_payload_alone() {
    let linter = Linter::new();
    let wanted: Value = serde_json::from_str(PAYLOAD).expect("JSON");
    for case in cases() {
        let name = case.name;
        let report = linter.check_bytes(&case.bytes);
        let wrapped = report.iter().find(|found| found.code == "wrapped-payload");
        let fix = wrapped.and_then(|found| found.fix.as_ref());
        assert_eq!(fix.is_some(), case.is_fixable, "{name}");
        if let Some(fix) = fix {
            assert_eq!(fix.applicability, Applicability::Unsafe, "{name}");
        }
        let Ok(text) = std::str::from_utf8(&case.bytes) else {
            continue;
        };
        if name.starts_with("UTF-") {
            continue;
        }
        assert_eq!(linter.fix(text, Applicability::Safe).text(), text, "{name}");
        let fixed = linter.fix(text, Applicability::Unsafe);
        if case.is_fixable {
            let value = serde_json::from_str::<Value>(fixed.text());
            assert!(value.is_ok(), "{name}: {}", fixed.text());
            let mut value = value.expect("JSON");
            if let Some(members) = value.as_object_mut() {
                members.remove("time_zone");
            }
            assert_eq!(value, wanted, "{name}");
        } else {
            assert_eq!(fixed.text(), text, "{name}");
        }
    }
}

#[test]
fn fixes_of_what_is_inside_are_written_in_the_outer_notation() {
    let linter = Linter::new();
    let payload = r#"{"customer_key":" c ","sites":[]}"#;
    let fixed = payload.replace(" c ", "c");
    let quoted = |text: &str| serde_json::to_string(text).expect("a string");
    for (text, wanted) in [
        (format!("x = {payload};"), format!("x = {fixed};")),
        (
            format!("{{\"data\":{payload}}}"),
            format!("{{\"data\":{fixed}}}"),
        ),
        (quoted(payload), quoted(&fixed)),
        (quoted(&quoted(payload)), quoted(&quoted(&fixed))),
        (html(payload), html(&fixed)),
        (percent(payload, "+"), percent(&fixed, "+")),
        (
            payload.replace("[]", "[{{#each sites}}]"),
            fixed.replace("[]", "[{{#each sites}}]"),
        ),
    ] {
        assert_eq!(linter.fix(&text, Applicability::Safe).text(), wanted);
    }
}

#[test]
fn several_payloads_are_checked_each() {
    let linter = Linter::new();
    for (text, count, withins) in [
        (
            format!("[{PAYLOAD}, {PAYLOAD}]"),
            "one of 2 in an array",
            [Some("/0"), Some("/1")],
        ),
        (
            format!("{PAYLOAD}\n{PAYLOAD}\n"),
            "one of 2 that follow one another",
            [None, None],
        ),
        (
            format!("```\n{PAYLOAD}\n{PAYLOAD}\n```"),
            "in a Markdown fence and is one of 2",
            [None, None],
        ),
    ] {
        let report = linter.check(&text);
        let wrapped: Vec<_> = report
            .iter()
            .filter(|found| found.code == "wrapped-payload")
            .collect();
        assert_eq!(wrapped.len(), 1, "{text}");
        assert!(wrapped[0].message.contains(count), "{}", wrapped[0].message);
        assert!(wrapped[0].fix.is_none());
        let inside: Vec<_> = report
            .iter()
            .filter(|found| found.code == "ends-before-starts")
            .collect();
        assert_eq!(
            inside
                .iter()
                .map(|found| found.within.as_deref())
                .collect::<Vec<_>>(),
            withins
        );
        let places: Vec<_> = inside
            .iter()
            .map(|found| found.range.start.offset as usize)
            .collect();
        let wanted: Vec<_> = text.match_indices(ENDS).map(|(at, _)| at - 1).collect();
        assert_eq!(places, wanted);
    }
}

#[test]
fn pages_without_a_payload_are_named() {
    for text in [
        "<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>",
        "Array\n(\n    [customer_key] => c\n    [rooms] => Array\n        (\n        )\n\n)\n",
    ] {
        let report = seamlint::check(text);
        let codes: Vec<&str> = report.iter().map(|found| &*found.code).collect();
        assert_eq!(codes, ["wrapped-payload"], "{text}");
        let message = &report.diagnostics()[0].message;
        assert!(message.matches("what PHP prints").count() <= 1, "{message}");
    }
}

/// The first payload is closed, and no part of it or of the second becomes a text.
#[test]
fn a_payload_behind_one_that_is_not_closed() {
    let linter = Linter::new();
    for (open, closers) in [
        (r#"{"customer_key":"a","rooms":[{"room_key":"g"}"#, "]}"),
        (r#"{"customer_key":"a","rooms":[{"room_key":"g""#, "}]}"),
        (r#"{"customer_key":"a","rooms":[]"#, "}"),
    ] {
        let next = "\n{\"customer_key\":\"b\",\n\"rooms\":[]}";
        let text = format!("{open}{next}");
        let report = linter.check(&text);
        let of_text: Vec<_> = report
            .iter()
            .filter(|found| ["json-syntax", "wrapped-payload"].contains(&&*found.code))
            .collect();
        assert_eq!(of_text.len(), 2, "{text}: {of_text:?}");
        assert_eq!(linter.fix(&text, Applicability::Safe).text(), text);
        let fixed = linter.fix(&text, Applicability::Unsafe);
        assert_eq!(fixed.text(), format!("{open}{closers}{next}"));
    }
}

/// What is written into the string of a program is escaped for it.
#[test]
fn quotes_inside_the_string_of_a_program() {
    let linter = Linter::new();
    let text = r#"x = "{'customer_key':7,'rooms':[]}""#;
    let safe = linter.fix(text, Applicability::Safe);
    let wanted = r#"x = "{\"customer_key\":\"7\",\"rooms\":[]}""#;
    assert_eq!(safe.text(), wanted);
    let fixed = linter.fix(text, Applicability::Unsafe);
    assert_eq!(fixed.text(), r#"{"customer_key":"7","rooms":[]}"#);
}

/// Members without braces are one finding.
#[test]
fn members_without_braces() {
    let linter = Linter::new();
    for text in [
        r#""customer_key":"c","rooms":[]"#,
        "\"customer_key\":\"c\",\n\"rooms\":[]\n",
    ] {
        let report = linter.check(text);
        assert_eq!(report.counts().errors, 1, "{report:?}");
        let found = &report.diagnostics()[0];
        assert_eq!(
            found.help.as_deref(),
            Some("write the members between { and }")
        );
        assert_eq!(linter.fix(text, Applicability::Safe).text(), text);
        let fixed = linter.fix(text, Applicability::Unsafe);
        let members = text.trim_end();
        let wanted = text.replace(members, &format!("{{{members}}}"));
        assert_eq!(fixed.text(), wanted);
    }
}

#[test]
fn syntax_errors_are_no_wrappers() {
    for text in [
        r#"{{"customer_key":"c","rooms":[]}"#,
        r#"{"customer_key":"c","rooms":[]}}"#,
        r#""customer_key":"c","rooms":[]}"#,
        r#"x{"customer_key":"c","rooms":[]}"#,
        r#"{"customer_key":"c"},"rooms":[{"room_key":"r","name":"N"}]}"#,
        r#"{"customer_key":"c","rooms":[{"room_key":"r","name":"The "Loft" Suite"}]}"#,
        r#"{"customer_key":"c","rooms":[{"room_key":"r","name":"{{name}}"}],}"#,
        "// a comment\n{\"customer_key\":\"c\",\"rooms\":[]}",
        "\u{feff}{\"customer_key\":\"c\",\"rooms\":[]}",
        "{'customer_key': 'c', 'rooms': []}",
        "{\"customer_key\":\"c\",\"rooms\":True}",
    ] {
        let report = seamlint::check(text);
        assert!(
            report.iter().all(|found| found.code != "wrapped-payload"),
            "{text}"
        );
    }
}
