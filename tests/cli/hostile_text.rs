//! No character that controls a terminal, hides or turns the direction of writing reaches an output as it
//! is, wherever it comes from: payloads, names of files, configurations, schemas and arguments.
//!
//! What the user asked to be written is the payload itself: fixed text, and a diff that is applied.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::formats::FORMATS;
use crate::support::command::{Folder, Ran, program};

/// What begins a line only if a text of others has made it.
const FORGED: &str = "FORGED";

/// Controls of C0 and C1, marks and embeddings of bidirectional text, and what ends a line in Unicode.
fn characters() -> Vec<char> {
    ('\0'..' ')
        .chain('\u{7f}'..='\u{9f}')
        .chain(['\u{61c}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}'])
        .chain('\u{2028}'..='\u{202e}')
        .chain('\u{2066}'..='\u{2069}')
        .collect()
}

/// Texts that do harm: each of [`characters`] is in one, and what terminals obey. Excerpts are short, so they are, too.
fn texts() -> Vec<String> {
    let characters = characters();
    let characters = characters.chunks(10).map(|some| {
        let text: String = some.iter().collect();
        format!("é{text}é")
    });
    let sequences = [
        "\u{1b}]8;;https://e.f\u{1b}\\click\u{1b}]8;;\u{1b}\\",
        "\u{1b}]0;title\u{7}\u{1b}[5;45m",
        "\u{9b}2J\u{1b}[2J\u{1b}c",
        "a\nFORGED: b",
        "a\r\nFORGED: b",
        "::error::a\u{85}FORGED",
    ];
    let all = characters.chain(sequences.map(str::to_owned));
    // The npm package's command is the same program, and begins ten times as slowly.
    let is_native = program() == Path::new(env!("CARGO_BIN_EXE_seamlint"));
    all.step_by(if is_native { 1 } else { 3 }).collect()
}

/// The characters of an output that do harm.
fn harmful(output: &[u8]) -> Vec<char> {
    let text = std::str::from_utf8(output).expect("UTF-8");
    let hostile = characters();
    let mut found: Vec<char> = text
        .chars()
        .filter(|character| *character != '\n' && hostile.contains(character))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Fails if an output does harm. `what` names it.
#[track_caller]
fn is_harmless(what: &str, output: &[u8]) {
    let found = harmful(output);
    let text = String::from_utf8_lossy(output);
    let line = text
        .lines()
        .find(|line| line.starts_with(FORGED) || !harmful(line.as_bytes()).is_empty());
    assert!(
        found.is_empty() && line.is_none(),
        "{what}: {found:?} in {line:?}"
    );
}

#[track_caller]
fn both_are_harmless(what: &str, ran: &Ran) {
    is_harmless(&format!("standard output of {what}"), &ran.stdout);
    is_harmless(
        &format!("standard error of {what}"),
        ran.stderr().as_bytes(),
    );
}

/// Output without the colours that were asked for: `ESC [ … m`, but for one that no theme has.
fn without_colours(output: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(output).expect("UTF-8");
    let mut parts = text.split("\u{1b}[");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let sequence = part.find(|character: char| !matches!(character, '0'..='9' | ';'));
        match sequence.map(|end| part.split_at(end)) {
            Some((colour, end)) if end.starts_with('m') && colour != "5;45" => rest += &end[1..],
            _ => rest.extend(["\u{1b}[", part]),
        }
    }
    rest.into_bytes()
}

/// A JSON string, in which everything beyond printable ASCII is escaped.
fn escaped(text: &str) -> String {
    let mut out = "\"".to_owned();
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte @ (b' '..=b'!' | b'#'..=b'[' | b']'..=b'~')) => out.push(char::from(byte)),
            _ => write!(out, "\\u{unit:04x}").expect("text"),
        }
    }
    out + "\""
}

/// Where a payload has a hostile text.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Nowhere,
    Values,
    Names,
    Numbers,
    Between,
}

/// Writes a payload with a hostile text in each place of one kind.
struct Writer<'t> {
    place: Place,
    /// Whether texts are escaped, or written as they are.
    is_escaped: bool,
    /// Each place takes the next one.
    texts: std::iter::Cycle<std::slice::Iter<'t, String>>,
    out: String,
}

impl Writer<'_> {
    /// Writes words, with a text behind them if they are in such a place.
    fn string(&mut self, words: &str, place: Place) {
        let mut words = words.to_owned();
        if self.place == place {
            words.extend(self.texts.next().map(String::as_str));
        }
        if self.is_escaped {
            self.out += &escaped(&words);
        } else {
            self.out.extend(["\"", &words, "\""]);
        }
    }

    fn between(&mut self) {
        if self.place == Place::Between {
            self.out.extend(self.texts.next().map(String::as_str));
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                self.out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    self.out.push_str(if at > 0 { ",\n" } else { "\n" });
                    let is_kept = at % 2 == 0;
                    self.string(
                        name,
                        if is_kept {
                            Place::Nowhere
                        } else {
                            Place::Names
                        },
                    );
                    self.out.push(':');
                    self.between();
                    self.value(value);
                }
                self.out.push_str("\n}");
            }
            Value::Array(elements) => {
                self.out.push('[');
                for (at, value) in elements.iter().enumerate() {
                    self.out.push_str(if at > 0 { "," } else { "" });
                    self.value(value);
                }
                self.out.push(']');
            }
            Value::String(words) => self.string(words, Place::Values),
            Value::Number(_) | Value::Bool(_) if self.place == Place::Numbers => {
                self.string("", Place::Numbers);
            }
            other => write!(self.out, "{other}").expect("text"),
        }
    }
}

/// Payloads by name, with the texts in all kinds of places.
fn payloads() -> Vec<(String, String)> {
    let base = include_str!("../fixtures/covering.json");
    let base: Value = serde_json::from_str(base).expect("JSON");
    let texts = texts();
    let mut payloads = Vec::new();
    for place in [Place::Values, Place::Names, Place::Numbers, Place::Between] {
        for is_escaped in [true, false] {
            if place == Place::Between && is_escaped {
                continue;
            }
            // So that like places have unlike texts.
            for skipped in [0, 5, 11] {
                let mut writer = Writer {
                    place,
                    is_escaped,
                    texts: texts.iter().cycle(),
                    out: String::new(),
                };
                let text = writer.texts.nth(skipped).expect("a text");
                writer.value(&base);
                let mut payload = writer.out;
                if !is_escaped {
                    payload += text;
                }
                let way = if is_escaped { "escaped" } else { "raw" };
                payloads.push((format!("{place:?}-{skipped}-{way}.json"), payload));
            }
        }
    }
    // Surrogates without their other half, and a text in a wrapper.
    for (number, text) in texts.iter().enumerate() {
        let words = escaped(text);
        payloads.push((
            format!("wrapped-{number}.json"),
            format!(
                "{{{words}: {{\"customer_key\": {words}, \"rooms\": [{{\"room_key\": \"\\ud800\", {words}: \"\\udc00\"}}]}}}}"
            ),
        ));
    }
    payloads
}

fn folder_of_payloads() -> (Folder, Vec<String>) {
    let folder = Folder::new(&[]);
    let mut names = Vec::new();
    for (name, payload) in payloads() {
        folder.write(&name, payload);
        names.push(name);
    }
    (folder, names)
}

/// Every format, of all payloads, to standard output and to a file.
#[test]
fn payloads_in_every_format() {
    let (folder, _) = folder_of_payloads();
    for format in FORMATS {
        let output = format!("--output={format}=out.txt");
        let ran = folder.check(&[
            "--all",
            "--max-per-code=3",
            "--format",
            format,
            &output,
            ".",
        ]);
        assert_eq!(ran.status, 1, "{format}: {}", ran.stderr());
        assert!(ran.stdout.len() > 1000, "{format}");
        both_are_harmless(format, &ran);
        is_harmless(&format!("the file of {format}"), &folder.read("out.txt"));
    }
}

/// GitHub shows ten findings of a run: each payload has one.
#[test]
fn payloads_one_by_one() {
    let (folder, names) = folder_of_payloads();
    for name in &names {
        both_are_harmless(name, &folder.check(&["--format=github", name]));
    }
}

/// All findings unfolded and with excerpts, and colours that payloads cannot add to.
#[test]
fn payloads_in_colour() {
    let (folder, _) = folder_of_payloads();
    let ran = folder.check(&["--all", "--color=always", "--all-findings", "."]);
    assert!(ran.stdout.contains(&0x1b), "colours");
    is_harmless("colours", &without_colours(&ran.stdout));
    is_harmless("standard error", ran.stderr().as_bytes());
}

/// What is left after fixes, and the notes on fixes that are not applied; of what goes out as a
/// diff, the messages.
#[test]
fn payloads_with_fixes() {
    let (folder, names) = folder_of_payloads();
    let ran = folder.check(&["--all", "--unsafe-fixes", "--diff", "."]);
    is_harmless("standard error of --diff", ran.stderr().as_bytes());
    let ran = folder.check(&["--all", "--fix", "--format=concise", "."]);
    both_are_harmless("--fix", &ran);
    let payload = folder.read(&names[0]);
    let ran = folder.check_with(&["--unsafe-fixes", "--format=concise", "-"], &payload);
    is_harmless("the report of a filter", ran.stderr().as_bytes());
}

/// What is written for seamlint itself, and what is read back from it.
#[test]
fn keys_and_baselines() {
    let (folder, names) = folder_of_payloads();
    let are_json = names.iter().filter(|name| name.ends_with("escaped.json"));
    let arguments: Vec<&str> = std::iter::once("keys")
        .chain(are_json.map(String::as_str))
        .collect();
    let keys = folder.run(&arguments);
    assert_eq!(keys.status, 0, "{}", keys.stderr());
    both_are_harmless("keys", &keys);
    let ran = folder.check(&["--all", "--write-baseline=baseline.txt", "."]);
    both_are_harmless("--write-baseline", &ran);
    is_harmless("the baseline", &folder.read("baseline.txt"));
    // What was escaped is found again.
    let ran = folder.check(&["--all", "--baseline=baseline.txt", "--format=concise", "."]);
    assert_eq!(ran.status, 0, "{}", ran.stdout());
    both_are_harmless("--baseline", &ran);
}

/// Names of files in reports, notes, warnings and errors.
#[cfg(unix)]
#[test]
fn names_of_files() {
    let texts = texts()
        .into_iter()
        .map(|text| text.replace(['\0', '/'], ""));
    for text in texts {
        let file = format!("{text}.json");
        let payload = "{\"customer_key\": \"c\", \"sites\": [{\"site_key\": \" s\", \"name\": \"\"}],\n\"sites\": 1}";
        let folder = Folder::new(&[
            (&file, payload),
            (&format!("{text}/p.json"), payload),
            (&format!("{text}.jsonl"), "{\"customer_key\": \"c\"}\n{\n"),
            (&format!("{text}.gz.json"), "\u{1f}\u{8b}"),
            ("other.json", "{\"customer_key\": \"c\"}"),
        ]);
        for format in FORMATS {
            let ran = folder.check(&["--max-per-code=1", "--all", "--format", format, "."]);
            both_are_harmless(format, &ran);
            assert_eq!(ran.status, 1, "{format}: {}", ran.stderr());
            let ran = folder.check(&[
                "--format",
                format,
                &format!("no{text}"),
                &format!("{text}/"),
            ]);
            both_are_harmless(format, &ran);
            assert_eq!(ran.status, 2, "{format}: {}", ran.stderr());
        }
        let colour = folder.check(&["--all", "--color=always", "."]);
        is_harmless("colours", &without_colours(&colour.stdout));
        for arguments in [
            &["check", "--all", "--as-set", "."][..],
            &["check", "--all", "--stats", "--statistics", "."],
            &["check", "--all", "--diff", "."],
            &["check", &format!("--known={file}"), "other.json"],
            &["check", &format!("--context={text}.jsonl"), "other.json"],
            &["check", &format!("--baseline={file}"), "other.json"],
            &["check", &format!("--config={file}"), "other.json"],
            &["check", &format!("--schema={file}"), "other.json"],
            &[
                "check",
                &format!("--output=json={text}/no/o.json"),
                "other.json",
            ],
            &["check", &format!("--output=json={file}"), &file],
            &[
                "check",
                &format!("--write-baseline={text}/no/b.json"),
                "other.json",
            ],
            &["check", "--write-baseline=b.json", &file],
            &["check", "--fix", "--format=concise", &file],
            // The baseline has lost what was fixed.
            &["check", "--baseline=b.json", &file],
            &["keys", &format!("{text}.gz.json"), &format!("{text}.jsonl")],
        ] {
            both_are_harmless(&format!("{arguments:?}"), &folder.run(arguments));
        }
    }
}

/// Configurations of all kinds that say something hostile.
#[test]
fn configurations() {
    for text in texts() {
        // The strings of TOML have the escapes of JSON.
        let words = escaped(&text);
        let words = &words;
        for config in [
            format!("{words} = 1"),
            format!("fail-on = {words}"),
            format!("closed-world = {words}"),
            format!("[rules]\n{words} = \"off\""),
            format!("[rules]\nblank-name = {words}"),
            format!("known = [{words}]").replace("\\u0000", ""),
            format!("context = [{words}]").replace("\\u0000", ""),
            format!("baseline = {words}").replace("\\u0000", ""),
            format!("include = [\"[{}\"]", &words[1..words.len() - 1]),
            format!(
                "[[overrides]]\npaths = [\"{{{}\"]\nrules = {{}}",
                &words[1..words.len() - 1]
            ),
            format!("[[ignore]]\nrule = {words}\nreason = \"r\""),
            format!("[[ignore]]\nrule = \"blank-name\"\npointer = {words}\nreason = \"r\""),
            format!("[[ignore]]\nrule = \"blank-name\"\npath = {words}\nreason = {words}"),
            format!("[[ignore]]\nrule = \"blank-name\"\npointer = \"/a\"\nreason = {words}"),
            format!("a = {text}"),
            text.clone(),
        ] {
            let folder = Folder::new(&[
                ("seamlint.toml", &config),
                ("p.json", "{\"customer_key\": \"c\"}"),
            ]);
            for arguments in [
                &["check", "p.json"][..],
                &["check", "--as-set", "--color=always", "."],
            ] {
                let ran = folder.run(arguments);
                is_harmless(&config, &without_colours(&ran.stdout));
                is_harmless(&config, ran.stderr().as_bytes());
            }
        }
    }
}

/// Baselines, known keys and schemas.
#[test]
fn other_files() {
    for (number, text) in texts().into_iter().enumerate() {
        let words = escaped(&text);
        let payload = format!(
            "{{\"customer_key\": {words}, {words}: 1, \"rooms\": [{{\"room_key\": {words}}}]}}"
        );
        let schema = |rest: &str| {
            format!(
                "{{\"type\": \"object\", \"title\": {words}, \"description\": {words}, {rest}}}"
            )
        };
        let files = [
            ("baseline", words.clone()),
            ("baseline", text.clone()),
            ("baseline", format!("{{{words}: 1}}")),
            ("baseline", format!("{{\"version\": {words}}}")),
            (
                "baseline",
                format!(
                    "{{\"version\": 2, \"values\": true, \"files\": {{\"p.json\": [{{\"code\": {words}, \"pointer\": {words}, \"key\": {words}}}], {words}: []}}}}"
                ),
            ),
            ("known", text.clone()),
            ("known", format!("{{{words}: {{}}}}")),
            ("known", format!("{{\"version\": {words}}}")),
            (
                "known",
                format!("{{\"customers\": {{{words}: {{{words}: [{words}]}}}}}}"),
            ),
            ("context", text.clone()),
            ("context", format!("{{{words}: {words}}}")),
            ("schema", text.clone()),
            ("schema", format!("\"{text}")),
            ("schema", schema(&format!("\"type\": {words}"))),
            ("schema", schema(&format!("\"$ref\": {words}"))),
            (
                "schema",
                schema(&format!("\"pattern\": {words}, \"$schema\": {words}")),
            ),
            ("schema", schema(&format!("\"required\": [{words}, \"a\"]"))),
            (
                "schema",
                schema(&format!(
                    "\"properties\": {{\"customer_key\": {{\"enum\": [{words}, 1]}}, {words}: {{\"const\": {words}}}}}"
                )),
            ),
            (
                "schema",
                schema(&format!(
                    "\"properties\": {{\"customer_key\": {{\"const\": {words}}}, {words}: {{\"type\": \"string\"}}}}"
                )),
            ),
            (
                "schema",
                schema(&format!(
                    "\"properties\": {{\"customer_key\": {{\"pattern\": \"^[a{}]$\"}}}}",
                    &words[1..words.len() - 1]
                )),
            ),
            (
                "schema",
                schema(&format!(
                    "\"properties\": {{\"customer_key\": {{\"format\": {words}}}}}"
                )),
            ),
            (
                "schema",
                schema(&format!(
                    "\"additionalProperties\": false, \"dependentRequired\": {{{words}: [{words}, \"z\"]}}"
                )),
            ),
            (
                "schema",
                schema(&format!(
                    "\"propertyNames\": {{\"pattern\": \"^z\"}}, \"not\": {{\"required\": [{words}]}}, {words}: {words}"
                )),
            ),
            (
                "schema",
                schema(
                    "\"unevaluatedProperties\": false, \"oneOf\": [{\"title\": \"a\"}, {\"title\": \"b\"}], \"minProperties\": 9",
                ),
            ),
            ("schema", format!("openapi: 3.0.0\npaths: {words}")),
            ("schema", format!("openapi: {words}")),
            ("schema", format!("{words}: &a [*b]\n")),
        ];
        for (option, content) in files {
            let folder = Folder::new(&[("p.json", &payload), ("file", &content)]);
            let option = format!("--{option}=file");
            let others = ["concise", "json", "github", "junit", "checkstyle"];
            for format in ["pretty", others[number % others.len()]] {
                let ran = folder.check(&[&option, "--format", format, "p.json"]);
                both_are_harmless(&format!("{option} {format} {content:?}"), &ran);
            }
        }
    }
}

/// What arguments say, in every place that takes one.
#[test]
fn arguments() {
    let folder = Folder::new(&[("p.json", "{\"customer_key\": \"c\", \"a\": 1}")]);
    for text in texts() {
        // No argument of a process has it.
        let text = &text.replace('\0', "");
        for arguments in [
            &[text.as_str()][..],
            &["explain", text],
            &["man", text],
            &["completions", text],
            &["rules", "--format", text],
            &["rules", text],
            &["schema", text],
            &["keys", text],
            &["check", text],
            &["check", &format!("--{text}"), "p.json"],
            &["check", &format!("--format={text}"), "p.json"],
            &["check", &format!("--color={text}"), "p.json"],
            &["check", &format!("--fail-on={text}"), "p.json"],
            &["check", &format!("--rule={text}"), "p.json"],
            &["check", &format!("--rule={text}=off"), "p.json"],
            &["check", &format!("--rule=blank-name={text}"), "p.json"],
            &["check", &format!("--output={text}"), "p.json"],
            &["check", &format!("--output={text}=o"), "p.json"],
            &["check", &format!("--max-per-code={text}"), "p.json"],
            &["check", &format!("--now={text}"), "p.json"],
            &["check", &format!("--fix={text}"), "p.json"],
            &["check", &format!("--stdin-filename={text}"), "-"],
            &[
                "check",
                &format!("--stdin-filename={text}.jsonl"),
                "--fix",
                "--format=concise",
                "-",
            ],
        ] {
            for variables in [&[][..], &[("FORCE_COLOR", "1"), ("CLICOLOR_FORCE", "1")]] {
                let mut command = folder.seamlint();
                command.args(arguments).envs(variables.iter().copied());
                let ran = Ran::from(command.output().expect("it ends"));
                is_harmless(&format!("{arguments:?}"), &without_colours(&ran.stdout));
                is_harmless(
                    &format!("{arguments:?}"),
                    &without_colours(ran.stderr().as_bytes()),
                );
            }
        }
    }
}
