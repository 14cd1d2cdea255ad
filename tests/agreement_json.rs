//! Agreement with `serde_json` on what is JSON and what it says, over generated and mutated
//! texts, and a table in the manner of JSONTestSuite.
//!
//! `SEAMLINT_SEED` sets another seed; a failure prints the seed and the text.

mod support;

use std::collections::HashSet;

use seamlint::Linter;
use seamlint::json::{Document, Kind, MAX_DEPTH, NodeId, Problem, ProblemKind, Span, pointer};
use serde_json::{Map, Value};

use support::{Case, Random};

/// One of the four parts of a run, which run beside one another.
const CASES: u64 = 60_000;

/// Where the two differ on purpose. Everything else is a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Apart {
    /// A byte order mark: ours reads on behind it (RFC 8259, section 8.1, allows that).
    ByteOrderMark,
    /// `1e400`: JSON has no largest number. `serde_json` has: that of `f64`.
    NumberOutOfRange,
    /// Ours takes 128 levels, `serde_json` 127.
    Depth128,
}

/// The difference that explains why `serde_json` refuses what we take.
fn apart(document: &Document<'_>, error: &serde_json::Error) -> Option<Apart> {
    let message = error.to_string();
    if document.text().starts_with('\u{feff}') {
        Some(Apart::ByteOrderMark)
    } else if message.starts_with("number out of range") {
        Some(Apart::NumberOutOfRange)
    } else if message.starts_with("recursion limit exceeded") && depth(document) == MAX_DEPTH {
        Some(Apart::Depth128)
    } else {
        None
    }
}

/// How many containers are inside one another, at most.
fn depth(document: &Document<'_>) -> usize {
    let mut deepest = 0;
    let mut open = vec![(NodeId::ROOT, 1)];
    while let Some((id, depth)) = open.pop() {
        if matches!(document.kind(id), Kind::Array | Kind::Object) {
            deepest = deepest.max(depth);
            open.extend(document.children(id).map(|child| (child, depth + 1)));
        }
    }
    deepest
}

/// What makes a text no JSON. A byte order mark does not.
fn refusals<'d>(document: &'d Document<'_>) -> impl Iterator<Item = &'d Problem> {
    document
        .problems()
        .iter()
        .filter(|problem| problem.kind != ProblemKind::ByteOrderMark)
}

/// The value that a reader gets who keeps the last of duplicate members.
fn value(document: &Document<'_>, id: NodeId) -> Value {
    match document.kind(id) {
        Kind::Null => Value::Null,
        Kind::Boolean => Value::Bool(document.boolean(id).expect("a Boolean")),
        Kind::Number => {
            let text = document.number(id).expect("a number");
            serde_json::from_str(text).expect("a number that serde_json has read")
        }
        Kind::String => Value::String(document.string(id).expect("a string").into_owned()),
        Kind::Array => document
            .children(id)
            .map(|element| value(document, element))
            .collect(),
        Kind::Object => {
            let mut map = Map::new();
            for child in document.children(id) {
                let name = document.name(child).expect("a member has a name");
                map.insert(name.into_owned(), value(document, child));
            }
            for (name, expected) in &map {
                let kept = document.member(id, name).expect("the member is found");
                assert_eq!(value(document, kept), *expected, "{name:?}: the last");
            }
            Value::Object(map)
        }
        Kind::Invalid => unreachable!("in a text without problems"),
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// What is true of every document, whatever the text.
fn check_shape(document: &Document<'_>) {
    let text = document.text();
    let check_span = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?}");
    };
    let replaced: HashSet<NodeId> = document.duplicates().iter().map(|pair| pair.0).collect();
    let mut seen = HashSet::new();
    // With each value: whether it is in no member that a later one of the same name replaces.
    let mut open = vec![(NodeId::ROOT, true)];
    while let Some((id, kept)) = open.pop() {
        assert!(seen.insert(id), "{id:?} has two parents");
        let span = document.span(id);
        check_span(span);
        let mut end = span.start;
        for child in document.children(id) {
            assert_eq!(document.parent(child), Some(id));
            let inner = document.member_span(child);
            check_span(inner);
            assert!(holds(span, inner), "{inner:?} outside of {span:?}");
            assert!(inner.start >= end, "{inner:?} begins before {end}");
            end = inner.end;
            let name = document.name_span(child);
            assert_eq!(name.is_some(), document.kind(id) == Kind::Object);
            if let Some(name) = name {
                check_span(name);
                assert!(name.end <= document.span(child).start);
                // Asked for, so that a wrong length of a name panics here.
                assert!(document.name(child).is_some());
            }
            assert!(child > id, "numbers rise");
            open.push((child, kept && !replaced.contains(&child)));
        }
        // Likewise.
        assert_eq!(
            document.string(id).is_some(),
            document.kind(id) == Kind::String
        );
        if kept {
            let path = pointer::of(document, id);
            assert_eq!(pointer::find(document, &path), Some(id), "{path}");
        }
    }
    assert_eq!(seen.len(), document.node_count(), "every value is reached");
    let mut start = 0;
    for problem in document.problems() {
        check_span(problem.span);
        assert!(seen.contains(&problem.owner), "{problem:?}");
        assert!(problem.span.start >= start, "in order: {problem:?}");
        start = problem.span.start;
        if let Some(related) = problem.related {
            check_span(related);
        }
    }
    for (first, second) in document.duplicates() {
        assert_eq!(document.parent(*first), document.parent(*second));
        assert_eq!(document.name(*first), document.name(*second));
        assert!(first < second);
    }
}

/// Compares the two on one text; says whether it is JSON.
fn compare(text: &str) -> bool {
    let document = Document::parse(text);
    check_shape(&document);
    let ours = refusals(&document).next();
    match (ours, serde_json::from_str::<Value>(text)) {
        (None, Ok(theirs)) => {
            assert_eq!(value(&document, NodeId::ROOT), theirs);
            true
        }
        (Some(_), Err(_)) => false,
        (Some(problem), Ok(_)) => {
            assert!(
                text.is_empty(),
                "serde_json takes it, ours says {problem:?}"
            );
            false
        }
        (None, Err(error)) => {
            let explained = apart(&document, &error);
            assert!(explained.is_some(), "ours takes it, serde_json: {error}");
            if explained == Some(Apart::ByteOrderMark) {
                let rest = text.trim_start_matches('\u{feff}');
                assert!(compare(rest), "without its byte order mark");
            }
            true
        }
    }
}

/// Texts to start from.
const TEXTS: &[&str] = &[
    "null",
    "true",
    " false ",
    "0",
    "-0.0e-0",
    "123456789.0123E+10",
    "\"\"",
    r#""a\"b\\c\/d\b\f\n\r\t""#,
    r#""\u00e9\ud83d\ude00\uD83D\uDE00 é😀""#,
    "[]",
    "{}",
    "[1,2.5,-3e4]",
    "[[],[[]],{}]",
    r#"{"a":1,"b":[true,false,null],"a":{"c":"d"}}"#,
    r#"{"":"","\u0061":1,"a":2}"#,
    "[\r\n\t {\n\"k\" : \"v\" ,\n\"l\" : [ 1 , 2 ]\n}\n]\n",
    r#"[{"k":1,"l":2},{"k":3,"l":4},{"l":5,"k":6},{"k":7},{"k":8,"k":9}]"#,
    r#"{"customer_key":"c","rooms":[{"room_key":"101","name":"Zimmer 101 – Süd"}]}"#,
    r#"{"customer_key":"c","spaces":[{"space_key":"s","name":"S","geolocation":{"latitude":47.6,"longitude":-122.3},"customer_data":{"time_zone":null,"default_checkin_time":"15:00"}}]}"#,
    "// c\n[1, /* d */ 2,] # e",
    "{a: 'b', 'c': \"d\", \"e\" = NaN}",
    "[1 2, True, .5, 5., +1, 01, 0x1F, undefined]",
    "[\"open\n, \"next\"]",
    "{\"a\": [1, 2}, \"b\": }",
    "\u{feff}[1]",
];

/// Pieces that mean something, or nearly.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "'",
    "\\",
    "/",
    "//",
    "/*",
    "*/",
    "#",
    "=",
    "-",
    "+",
    ".",
    "e",
    "E",
    "0",
    "1",
    "9",
    "00",
    "1e400",
    "-1e400",
    "1e-400",
    "0.1e1",
    "null",
    "true",
    "false",
    "True",
    "None",
    "NaN",
    "Infinity",
    "-Infinity",
    "undefined",
    "\\u",
    "\\u00",
    "\\u0041",
    "\\ud800",
    "\\udc00",
    "\\ud83d\\ude00",
    "\\n",
    "\\x",
    "\\\"",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\u{0}",
    "\u{1f}",
    "\u{7f}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "é",
    "😀",
    "\"a\"",
    "\"a\":1",
    "'a'",
    "a",
    "[]",
    "{}",
    "[[",
    "]]",
    ",,",
    "{\"a\":",
    "\"\"",
    "\u{b}",
    "\u{c}",
    ";",
    "(",
    "`",
];

/// A valid text of values in one another.
fn generate(random: &mut Random, depth: usize, out: &mut String) {
    let space = |random: &mut Random, out: &mut String| {
        if random.once_in(6) {
            out.push_str(random.pick(&[" ", "\n", "\t", "\r\n", "  "]));
        }
    };
    space(random, out);
    match random.below(if depth == 0 { 4 } else { 8 }) {
        0 => out.push_str(random.pick(&["null", "true", "false"])),
        1 => out.push_str(random.pick(&[
            "0",
            "-0",
            "1",
            "-12",
            "3.25",
            "1e5",
            "2E-3",
            "18446744073709551616",
            "0.0",
            "1e308",
        ])),
        2 | 3 => out.push_str(random.pick(&[
            r#""""#,
            r#""a""#,
            r#""\"""#,
            r#""\\""#,
            r#""\u0000""#,
            r#""é""#,
            r#""\ud83d\ude00""#,
            r#""a,b""#,
            r#""}""#,
            r#""//""#,
        ])),
        4 | 5 => {
            out.push('[');
            for at in 0..random.below(4) {
                out.push_str(if at == 0 { "" } else { "," });
                generate(random, depth - 1, out);
            }
            out.push(']');
        }
        _ => {
            out.push('{');
            for at in 0..random.below(4) {
                out.push_str(if at == 0 { "" } else { "," });
                space(random, out);
                // Few names, so that some are double, in one spelling or two.
                out.push_str(random.pick(&[
                    r#""a""#,
                    r#""b""#,
                    r#""c""#,
                    r#""\u0061""#,
                    r#""""#,
                    r#""é""#,
                    r#""\u00e9""#,
                ]));
                space(random, out);
                out.push(':');
                generate(random, depth - 1, out);
            }
            out.push('}');
        }
    }
    space(random, out);
}

fn mutate(characters: &mut Vec<char>, random: &mut Random) {
    let length = characters.len();
    let at = random.below(length + 1);
    let end = (at + 1 + random.below(4)).min(length);
    match random.below(8) {
        0 | 1 => {
            let piece = random.pick(PIECES);
            characters.splice(at..at, piece.chars());
        }
        2 => {
            let piece = random.pick(PIECES);
            characters.splice(at..end.max(at), piece.chars());
        }
        3 | 4 if at < end => {
            characters.drain(at..end);
        }
        5 if length > 0 => {
            let other = random.below(length);
            characters.swap(at.min(length - 1), other);
        }
        6 if at < end => {
            let copy: Vec<char> = characters[at..end].to_vec();
            let to = random.below(length);
            characters.splice(to..to, copy);
        }
        7 if random.once_in(4) => characters.truncate(at),
        _ => {}
    }
}

/// Runs one part.
fn part(part: u64) {
    let seed = support::seed();
    let mut json = 0;
    for number in part * CASES..(part + 1) * CASES {
        let mut random = Random::of(seed, number);
        let mut characters: Vec<char> = if random.once_in(2) {
            random.pick(TEXTS).chars().collect()
        } else {
            let mut text = String::new();
            generate(&mut random, 4, &mut text);
            text.chars().collect()
        };
        for _ in 0..random.below(5) {
            mutate(&mut characters, &mut random);
        }
        let text: String = characters.into_iter().collect();
        let case = Case {
            seed,
            number,
            text: &text,
        };
        json += u64::from(compare(&text));
        drop(case);
    }
    // Enough of both kinds, or the comparison says little.
    assert!(
        json > CASES / 5 && json < CASES * 4 / 5,
        "{json} of {CASES}"
    );
}

#[test]
fn what_is_json_agrees_first_quarter() {
    part(0);
}

#[test]
fn what_is_json_agrees_second_quarter() {
    part(1);
}

#[test]
fn what_is_json_agrees_third_quarter() {
    part(2);
}

#[test]
fn what_is_json_agrees_fourth_quarter() {
    part(3);
}

#[test]
fn the_documented_differences_are_true() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    for (text, difference) in [
        ("\u{feff}{}".to_owned(), Apart::ByteOrderMark),
        ("\u{feff} 1".to_owned(), Apart::ByteOrderMark),
        ("1e400".to_owned(), Apart::NumberOutOfRange),
        (
            "[-1e999999999999999999999]".to_owned(),
            Apart::NumberOutOfRange,
        ),
        ("9".repeat(400), Apart::NumberOutOfRange),
        (deep(128), Apart::Depth128),
    ] {
        let document = Document::parse(&text);
        assert_eq!(refusals(&document).count(), 0, "{text}");
        let error = serde_json::from_str::<Value>(&text).expect_err(&text);
        assert_eq!(apart(&document, &error), Some(difference), "{text}");
    }
    // One level less and one level more, both agree; and on half a surrogate pair.
    for (text, is_json) in [
        (deep(127), true),
        (deep(129), false),
        (r#""\ud800""#.to_owned(), false),
    ] {
        assert_eq!(compare(&text), is_json, "{text}");
    }
}
