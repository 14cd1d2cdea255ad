//! Agreement with `serde_json` on what is JSON and what it says, over generated and mutated
//! texts, and a table in the manner of `JSONTestSuite`.
//!
//! `SEAMLINT_SEED` sets another seed; a failure prints the seed and the text.

use std::collections::HashSet;

use json_document::{Document, MAX_DEPTH, SyntaxError, SyntaxErrorKind};
use serde_json::Value;

use crate::properties::{Apart, apart, check_shape, compare, refusals};
use crate::random::{Case, Random, cases, seed};

/// One of the four parts of a run, which run beside one another.
const CASES: u64 = 100_000;

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

/// A valid text of records that look like one another, as payloads have them: what the parser
/// expects, and what is a little different.
fn generate_records(random: &mut Random, out: &mut String) {
    const STRINGS: &[&str] = &[
        r#""a""#,
        r#""room-101""#,
        r#""2026-11-25T15:00:00Z""#,
        r#""""#,
        r#"" a""#,
        r#""é""#,
        r#""\n""#,
        r#""a long string of more than one word""#,
    ];
    let often = |random: &mut Random, usual: &'static str, others: &[&'static str]| {
        if random.once_in(8) {
            random.pick(others)
        } else {
            usual
        }
    };
    let comma = random.pick(&[",", ", ", ",\n  "]);
    let colon = random.pick(&[":", ": "]);
    out.push('[');
    for record in 0..2 + random.below(4) {
        out.push_str(if record == 0 { "" } else { comma });
        out.push('{');
        let mut separator = "";
        for name in [r#""key""#, r#""rooms""#, r#""names""#, r#""more""#] {
            if random.once_in(8) {
                continue;
            }
            out.push_str(separator);
            separator = often(random, comma, &[",", " , "]);
            out.push_str(often(random, name, &[r#""other""#, r#""key""#]));
            out.push_str(often(random, colon, &[" :", ":\n"]));
            if matches!(name, r#""key""# | r#""more""#) {
                out.push_str(often(random, STRINGS[1], &["1", "null", "{}"]));
                continue;
            }
            out.push('[');
            for element in 0..random.below(4) {
                out.push_str(if element == 0 { "" } else { comma });
                match random.below(12) {
                    0 => out.push_str(random.pick(&["1", "null", "[]", r#"["a"]"#, "{}"])),
                    _ => out.push_str(random.pick(STRINGS)),
                }
            }
            out.push_str(often(random, "]", &[" ]", "\n]"]));
        }
        out.push('}');
    }
    out.push(']');
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
    let (seed, cases) = (seed(), cases(CASES));
    let mut json = 0;
    for number in part * cases..(part + 1) * cases {
        let mut random = Random::of(seed, number);
        let mut text = String::new();
        match random.below(5) {
            0 | 1 => text.push_str(random.pick(TEXTS)),
            2 => generate_records(&mut random, &mut text),
            _ => generate(&mut random, 4, &mut text),
        }
        let mut characters: Vec<char> = text.chars().collect();
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
        json > cases / 5 && json < cases * 4 / 5,
        "{json} of {cases}"
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

/// Containers of up to 64 values are looked through for a parent, larger ones are known.
#[test]
fn parents_are_right_in_containers_of_every_size() {
    for size in (0..140).chain([1000]) {
        let list = format!("[{}]", vec!["1"; size].join(","));
        for around in [
            list.clone(),
            format!(r#"{{"a":{list},"b":{list}}}"#),
            format!(r#"[{{"a":[[{list}]],"b":1}},[],{list},{{}}]"#),
        ] {
            for times in [1, 2, 9] {
                let text = format!("[{}]", vec![around.as_str(); times].join(","));
                check_shape(&Document::parse(&text));
            }
        }
    }
}

/// Arrays of strings that are read at once are no way around the limit.
#[test]
fn what_is_expected_counts_towards_the_depth() {
    for depth in MAX_DEPTH - 4..MAX_DEPTH + 2 {
        let nested = |array: &str| {
            let record = format!(r#"{{"a":{array}}}"#);
            let records = format!("{record},{record}");
            "[".repeat(depth) + &records + &"]".repeat(depth)
        };
        let read = |text: &str| {
            let document = Document::parse(text);
            check_shape(&document);
            let errors = document.syntax_errors().iter();
            let kinds: Vec<SyntaxErrorKind> = errors.map(|error| error.kind).collect();
            (kinds, document.node_count())
        };
        let strings = read(&nested(r#"["x"]"#));
        assert_eq!(strings, read(&nested("[1]")), "{depth}");
        assert_eq!(strings.0.is_empty(), depth + 2 <= MAX_DEPTH, "{depth}");
    }
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

/// What RFC 8259 says of a text, or leaves to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Yes,
    No(Error),
}

/// What keeps a text from being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Error {
    Syntax,
    /// It is not UTF-8, or has half of a surrogate pair.
    Unicode,
}

const YES: Verdict = Verdict::Yes;
const NO: Verdict = Verdict::No(Error::Syntax);
const BAD_UNICODE: Verdict = Verdict::No(Error::Unicode);

/// The errors of a text in bytes.
fn errors(bytes: &[u8]) -> Vec<Error> {
    let Ok(document) = Document::parse_bytes(bytes) else {
        return vec![Error::Unicode];
    };
    let error = |error: &SyntaxError| match error.kind {
        SyntaxErrorKind::LoneSurrogate => Error::Unicode,
        _ => Error::Syntax,
    };
    refusals(&document).map(error).collect()
}

/// Own cases in the manner of `JSONTestSuite`: one small question each.
const CORPUS: &[(&str, &[u8], Verdict)] = &[
    // Structure.
    ("empty text", b"", NO),
    ("a space", b" ", NO),
    ("white space of all four kinds", b" \t\r\n", NO),
    ("white space around", b" \t\r\n1\n\r\t ", YES),
    ("a form feed", b"\x0c1", NO),
    ("a vertical tab", b"1\x0b", NO),
    ("a no-break space", "\u{a0}1".as_bytes(), NO),
    ("a word joiner", "[\u{2060}]".as_bytes(), NO),
    ("a byte order mark", "\u{feff}{}".as_bytes(), YES),
    ("a byte order mark alone", "\u{feff}".as_bytes(), NO),
    ("two byte order marks", "\u{feff}\u{feff}1".as_bytes(), NO),
    ("a byte order mark inside", "[\u{feff}1]".as_bytes(), NO),
    ("a NUL behind", b"1\x00", NO),
    ("a NUL before", b"\x001", NO),
    ("two values", b"1 2", NO),
    ("two arrays", b"[][]", NO),
    ("two objects, line by line", b"{}\n{}", NO),
    ("a comma behind", b"1,", NO),
    ("a comma alone", b",", NO),
    ("a colon alone", b":", NO),
    ("a closing bracket alone", b"]", NO),
    ("a closing brace alone", b"}", NO),
    ("a bracket too many", b"[1]]", NO),
    ("a brace too many", b"{}}", NO),
    ("a backslash", b"\\", NO),
    ("an angle bracket", b"<null>", NO),
    ("an asterisk", b"*", NO),
    // Arrays.
    ("an empty array", b"[]", YES),
    ("an empty array with space", b"[ \n]", YES),
    ("one element", b"[1]", YES),
    ("several kinds", b"[null, 1, \"1\", {}, [], true, false]", YES),
    ("arrays in arrays", b"[[[[]],[]],[]]", YES),
    ("white space before the comma", b"[1 ,2]", YES),
    ("a trailing comma", b"[1,]", NO),
    ("a trailing comma with space", b"[1 , ]", NO),
    ("two trailing commas", b"[1,,]", NO),
    ("a leading comma", b"[,1]", NO),
    ("a double comma", b"[1,,2]", NO),
    ("a comma and nothing else", b"[,]", NO),
    ("no comma", b"[1 2]", NO),
    ("no comma between strings", b"[\"a\" \"b\"]", NO),
    ("no comma between arrays", b"[[][]]", NO),
    ("a colon for a comma", b"[1:2]", NO),
    ("a colon with a name", b"[\"a\":1]", NO),
    ("a semicolon", b"[1;2]", NO),
    ("not closed", b"[", NO),
    ("not closed behind a value", b"[1", NO),
    ("not closed behind a comma", b"[1,", NO),
    ("not closed inside", b"[[1]", NO),
    ("closed by a brace", b"[1}", NO),
    ("an array around a closer", b"[}", NO),
    ("a parenthesis", b"(1)", NO),
    // Objects.
    ("an empty object", b"{}", YES),
    ("one member", b"{\"a\":1}", YES),
    ("white space everywhere", b" { \"a\" : 1 , \"b\" : 2 } ", YES),
    ("an empty name", b"{\"\":0}", YES),
    ("a name with escapes", b"{\"\\u0061\\n\":0}", YES),
    ("a name of NUL", b"{\"\\u0000\":0}", YES),
    ("a double name", b"{\"a\":1,\"a\":2}", YES),
    ("a double name, same value", b"{\"a\":1,\"a\":1}", YES),
    ("a name in two spellings", b"{\"a\":1,\"\\u0061\":2}", YES),
    ("a long name", b"{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":0}", YES),
    ("a trailing comma in an object", b"{\"a\":1,}", NO),
    ("two trailing commas in an object", b"{\"a\":1,,}", NO),
    ("a leading comma in an object", b"{,\"a\":1}", NO),
    ("a comma in an object", b"{,}", NO),
    ("no comma in an object", b"{\"a\":1 \"b\":2}", NO),
    ("no colon", b"{\"a\" 1}", NO),
    ("two colons", b"{\"a\"::1}", NO),
    ("an equals sign", b"{\"a\"=1}", NO),
    ("an arrow", b"{\"a\"=>1}", NO),
    ("a comma for a colon", b"{\"a\",1}", NO),
    ("no value", b"{\"a\":}", NO),
    ("no value before a comma", b"{\"a\":,\"b\":1}", NO),
    ("no value and no colon", b"{\"a\"}", NO),
    ("no name", b"{:1}", NO),
    ("a value without a name", b"{1}", NO),
    ("a bare name", b"{a:1}", NO),
    ("a name with a dollar", b"{$a:1}", NO),
    ("a number as a name", b"{1:1}", NO),
    ("null as a name", b"{null:1}", NO),
    ("an array as a name", b"{[]:1}", NO),
    ("an object as a name", b"{{}:1}", NO),
    ("a name in single quotes", b"{'a':1}", NO),
    ("a name in backquotes", b"{`a`:1}", NO),
    ("an object not closed", b"{", NO),
    ("not closed behind the name", b"{\"a\"", NO),
    ("not closed behind the colon", b"{\"a\":", NO),
    ("not closed behind the value", b"{\"a\":1", NO),
    ("not closed behind the comma", b"{\"a\":1,", NO),
    ("not closed in the name", b"{\"a", NO),
    ("cut off behind a second object's brace", b"[{\"a\":1},{", NO),
    ("cut off in a second object's name", b"[{\"a\":1},{\"", NO),
    ("cut off behind a second object's name", b"[{\"a\":1},{\"a\"", NO),
    ("closed by a bracket", b"{\"a\":1]", NO),
    ("an ellipsis", b"[1, ...]", NO),
    // Strings.
    ("an empty string", b"\"\"", YES),
    ("every short escape", b"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", YES),
    ("a bare slash", b"\"/\"", YES),
    ("a single quote in a string", b"\"it's\"", YES),
    ("a comment in a string", b"\"// /* # */\"", YES),
    ("brackets in a string", b"\"}]{[,:\"", YES),
    ("a unicode escape", b"\"\\u00e9\\u00E9\"", YES),
    ("an escaped NUL", b"\"\\u0000\"", YES),
    ("a surrogate pair", b"\"\\ud83d\\ude00\"", YES),
    ("a surrogate pair in capitals", b"\"\\uD83D\\uDE00\"", YES),
    ("an escaped U+FFFF", b"\"\\uffff\"", YES),
    ("an escaped byte order mark", b"\"\\ufeff\"", YES),
    ("characters beyond ASCII", "\"é名😀\u{10ffff}\"".as_bytes(), YES),
    ("a line separator", "\"\u{2028}\u{2029}\"".as_bytes(), YES),
    ("DEL", b"\"\x7f\"", YES),
    ("C1 controls", "\"\u{80}\u{9f}\"".as_bytes(), YES),
    ("a noncharacter", "\"\u{fdd0}\u{ffff}\"".as_bytes(), YES),
    ("backslashes in a row", b"\"\\\\\\\\\"", YES),
    ("a string of one backslash", b"\"\\\"", NO),
    ("a string not closed", b"\"a", NO),
    ("a quote alone", b"\"", NO),
    ("a quote too many", b"\"a\"\"", NO),
    ("single quotes", b"'a'", NO),
    ("no quotes", b"abc", NO),
    ("typographic quotes", "“a”".as_bytes(), NO),
    ("a raw line feed", b"\"a\nb\"", NO),
    ("a raw carriage return", b"\"a\rb\"", NO),
    ("a raw tab", b"\"\t\"", NO),
    ("a raw NUL", b"\"\x00\"", NO),
    ("a raw U+001F", b"\"\x1f\"", NO),
    ("an unknown escape", b"\"\\a\"", NO),
    ("an escaped single quote", b"\"\\'\"", NO),
    ("an escaped NUL of C", b"\"\\0\"", NO),
    ("a hexadecimal escape of C", b"\"\\x41\"", NO),
    ("a capital U", b"\"\\U0041\"", NO),
    ("braces of ECMAScript", b"\"\\u{41}\"", NO),
    ("an escaped line feed", b"\"a\\\nb\"", NO),
    ("an escaped carriage return", b"\"a\\\rb\"", NO),
    ("an escaped tab", b"\"\\\t\"", NO),
    ("an escaped NUL byte", b"\"\\\x00\"", NO),
    ("an escaped é", "\"\\é\"".as_bytes(), NO),
    ("an escaped 😀", "\"\\😀\"".as_bytes(), NO),
    ("no digits behind u", b"\"\\u\"", NO),
    ("three digits behind u", b"\"\\u123\"", NO),
    ("a g behind u", b"\"\\u00g0\"", NO),
    ("a sign behind u", b"\"\\u+041\"", NO),
    ("half of the second escape", b"\"\\ud83d\\ude\"", NO),
    ("cut off in an escape", b"\"\\u00", NO),
    ("a high surrogate alone", b"\"\\ud83d\"", BAD_UNICODE),
    ("a low surrogate alone", b"\"\\ude00\"", BAD_UNICODE),
    ("a pair the wrong way round", b"\"\\ude00\\ud83d\"", BAD_UNICODE),
    ("two high surrogates", b"\"\\ud83d\\ud83d\"", BAD_UNICODE),
    ("a high surrogate before a character", b"\"\\ud83d\\u0041\"", BAD_UNICODE),
    ("a lone surrogate in a name", b"{\"\\ud83d\":1}", BAD_UNICODE),
    ("Latin-1", b"\"caf\xe9\"", BAD_UNICODE),
    ("an overlong slash", b"\"\xc0\xaf\"", BAD_UNICODE),
    ("a surrogate as three bytes", b"\"\xed\xa0\x80\"", BAD_UNICODE),
    ("beyond U+10FFFF", b"\"\xf4\x90\x80\x80\"", BAD_UNICODE),
    ("a cut character", b"\"\xe2\x82\"", BAD_UNICODE),
    ("a lone continuation byte", b"\"\x80\"", BAD_UNICODE),
    ("a bad byte outside of strings", b"[\xff]", BAD_UNICODE),
    ("UTF-16, little endian", b"\xff\xfe[\x00]\x00", BAD_UNICODE),
    ("UTF-16, big endian", b"\xfe\xff\x00[\x00]", BAD_UNICODE),
    ("UTF-16 without a mark", b"[\x00]\x00", NO),
    // Numbers.
    ("zero", b"0", YES),
    ("minus zero", b"-0", YES),
    ("an integer", b"1234567890", YES),
    ("a negative integer", b"-1", YES),
    ("a fraction", b"0.5", YES),
    ("a negative fraction", b"-12.075", YES),
    ("an exponent", b"1e5", YES),
    ("a capital E", b"1E5", YES),
    ("a signed exponent", b"1e+5", YES),
    ("a negative exponent", b"1e-5", YES),
    ("an exponent with zeros", b"1e005", YES),
    ("all parts", b"-1.5E-07", YES),
    ("zero with an exponent", b"0e1", YES),
    ("a very small number", b"1e-999", YES),
    ("a very large number", b"1e999", YES),
    ("more digits than u64", b"123456789012345678901234567890", YES),
    ("more digits than f64", b"0.1234567890123456789012345678901", YES),
    ("a leading zero", b"01", NO),
    ("a negative leading zero", b"-01", NO),
    ("two zeros", b"00", NO),
    ("a leading zero with a fraction", b"00.5", NO),
    ("a plus sign", b"+1", NO),
    ("two signs", b"--1", NO),
    ("a minus alone", b"-", NO),
    ("a minus and a space", b"- 1", NO),
    ("a minus before a word", b"-a", NO),
    ("no integer part", b".5", NO),
    ("a negative without integer part", b"-.5", NO),
    ("no fraction digits", b"5.", NO),
    ("no fraction digits before an exponent", b"5.e1", NO),
    ("a point alone", b".", NO),
    ("two points", b"1.2.3", NO),
    ("no exponent digits", b"1e", NO),
    ("no exponent digits behind a sign", b"1e+", NO),
    ("two exponents", b"1e2e3", NO),
    ("a fraction in the exponent", b"1e2.5", NO),
    ("an e alone", b"e1", NO),
    ("hexadecimal", b"0x1F", NO),
    ("octal", b"0o17", NO),
    ("binary", b"0b11", NO),
    ("an underscore", b"1_000", NO),
    ("a thousands separator", b"1,000", NO),
    ("a space inside", b"[1 000]", NO),
    ("a suffix", b"1f", NO),
    ("a letter behind", b"1a", NO),
    ("a big integer of ECMAScript", b"1n", NO),
    ("a date", b"2026-11-23", NO),
    ("a time", b"09:00", NO),
    ("an Arabic digit", "٥".as_bytes(), NO),
    ("a fullwidth digit", "１".as_bytes(), NO),
    ("a true minus sign", "−1".as_bytes(), NO),
    ("NaN", b"NaN", NO),
    ("Infinity", b"Infinity", NO),
    ("minus Infinity", b"-Infinity", NO),
    // Literals.
    ("null", b"null", YES),
    ("true", b"true", YES),
    ("false", b"false", YES),
    ("True", b"True", NO),
    ("FALSE", b"FALSE", NO),
    ("Null", b"Null", NO),
    ("None", b"None", NO),
    ("nil", b"nil", NO),
    ("undefined", b"undefined", NO),
    ("nul", b"nul", NO),
    ("nulll", b"nulll", NO),
    ("true1", b"true1", NO),
    ("true and a quote", b"true\"\"", NO),
    ("truefalse", b"truefalse", NO),
    // Comments.
    ("a line comment", b"1 // c", NO),
    ("a block comment", b"[1 /* c */]", NO),
    ("a hash comment", b"# c\n1", NO),
    ("a block comment not closed", b"1 /* c", NO),
    ("a slash", b"1 /", NO),
    ("a comment and nothing else", b"// c", NO),
    // Depth.
    ("127 arrays", br"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", YES),
];

#[test]
fn the_corpus_has_its_verdicts() {
    let names: HashSet<&str> = CORPUS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names.len(), CORPUS.len(), "names are single");
    assert!(CORPUS.len() >= 200, "{}", CORPUS.len());
    for (name, bytes, verdict) in CORPUS {
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert_eq!(compare(text), *verdict == YES, "{name}: {text:?}");
        }
        let found = errors(bytes);
        match verdict {
            Verdict::Yes => assert!(found.is_empty(), "{name}: {found:?}"),
            Verdict::No(code) => assert!(found.contains(code), "{name}: {found:?}"),
        }
    }
}
