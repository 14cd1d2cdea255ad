//! Folders and hooks: every payload is seen, however broken, and nothing else is; what was not looked at is said.

use serde_json::{Value, json};

use super::formats::FORMATS;
use crate::support::command::Folder;

/// A clean payload.
const PAYLOAD: &str = r#"{"customer_key":"c","spaces":[{"space_key":"s","name":"S"}],"guests":[{"guest_key":"g","name":"G","email_address":"g@example.com"}],"reservations":[{"reservation_key":"r","space_keys":["s"],"guest_key":"g","starts_at":"2026-05-01T15:00:00Z","ends_at":"2026-05-03T11:00:00Z"}]}"#;

/// The payload with the names of members in another style.
fn renamed(rename: impl Fn(&str) -> String) -> String {
    let mut text = PAYLOAD.to_owned();
    for name in [
        "customer_key",
        "spaces",
        "space_key",
        "guests",
        "guest_key",
        "email_address",
        "reservations",
        "reservation_key",
        "space_keys",
        "starts_at",
        "ends_at",
    ] {
        text = text.replace(&format!("\"{name}\":"), &format!("\"{}\":", rename(name)));
    }
    text
}

fn pascal(name: &str) -> String {
    let words = name.split('_');
    words
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}

fn camel(name: &str) -> String {
    let name = pascal(name);
    name[..1].to_lowercase() + &name[1..]
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

/// One payload as it comes, with the code of what is found in it; none for what is right.
fn variants() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let p = PAYLOAD;
    let wrapped = "wrapped-payload";
    let at_reservation = p.find("\"reservation_key\"").expect("is there");
    let text = |text: String| text.into_bytes();
    vec![
        ("plain.json", text(p.to_owned()), ""),
        ("lines.jsonl", text(format!("{p}\n{p}\n")), ""),
        ("utf16le.json", utf16(p, u16::to_le_bytes), wrapped),
        ("utf16be.json", utf16(p, u16::to_be_bytes), wrapped),
        (
            "utf16le-mark.json",
            utf16(&format!("\u{feff}{p}"), u16::to_le_bytes),
            wrapped,
        ),
        (
            "utf16be-mark.json",
            utf16(&format!("\u{feff}{p}"), u16::to_be_bytes),
            wrapped,
        ),
        ("array.json", text(format!("[{p}]")), wrapped),
        ("data.json", text(format!("{{\"data\":{p}}}")), wrapped),
        ("body.json", text(format!("{{\"body\":{p}}}")), wrapped),
        ("string.json", text(json!(p).to_string()), wrapped),
        ("fence.json", text(format!("```json\n{p}\n```\n")), wrapped),
        (
            "javascript.json",
            text(format!("const payload = {p};\n")),
            wrapped,
        ),
        (
            "python.json",
            text(p.replace('"', "'").replace("'G'", "None")),
            wrapped,
        ),
        ("nul.json", text(format!("\0{p}")), wrapped),
        ("two.json", text(format!("{p}\n{p}\n")), wrapped),
        ("camel.json", text(renamed(camel)), "schema-required"),
        ("pascal.json", text(renamed(pascal)), "schema-required"),
        (
            "screaming.json",
            text(renamed(str::to_uppercase)),
            "schema-required",
        ),
        (
            "singular.json",
            text(
                p.replace("\"spaces\"", "\"space\"")
                    .replace("\"guests\"", "\"guest\""),
            ),
            "unknown-member",
        ),
        (
            "costumer.json",
            text(p.replace("customer_key", "costumer_key")),
            "schema-required",
        ),
        (
            "without.json",
            text(p.replace("\"customer_key\":\"c\",", "")),
            "schema-required",
        ),
        (
            "object.json",
            text(
                p.replace("\"reservations\":[", "\"reservations\":{\"0\":")
                    .replace("}]}", "}}}"),
            ),
            "schema-type",
        ),
        (
            "zero-width.json",
            text(format!("\u{200b}{p}")),
            "json-syntax",
        ),
        (
            "no-break.json",
            text(p.replace(':', ":\u{a0}")),
            "json-syntax",
        ),
        (
            "half.json",
            text(p[..at_reservation].to_owned()),
            "json-syntax",
        ),
        (
            "in-string.json",
            text(p[..at_reservation + 5].to_owned()),
            "json-syntax",
        ),
        ("number.json", text(p.replace("\"c\"", "5")), "schema-type"),
        (
            "curly.json",
            text(
                p.replace(":\"", ":“")
                    .replace("\",", "”,")
                    .replace("{\"", "{“")
                    .replace("\":", "”:"),
            ),
            "json-syntax",
        ),
        (
            "comment.json",
            text(format!("// today\n{p}")),
            "json-syntax",
        ),
    ]
}

#[test]
fn every_variant_is_seen_in_a_folder() {
    let variants = variants();
    let files: Vec<(&str, &[u8])> = variants
        .iter()
        .map(|(name, bytes, _)| (*name, &bytes[..]))
        .collect();
    let folder = Folder::with_bytes(&files);
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let hook = [&["--payloads-only", "--format", "json"], &names[..]].concat();
    for arguments in [vec![".", "--format", "json"], hook] {
        let ran = folder.check(&arguments);
        assert_eq!((ran.status, ran.stderr()), (1, ""), "{arguments:?}");
        let report: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
        let found = report["files"].as_array().expect("a list");
        assert_eq!(found.len(), variants.len());
        for (name, _, code) in &variants {
            let file = found
                .iter()
                .find(|file| file["path"] == *name)
                .expect("was checked");
            let codes: Vec<&str> = file["diagnostics"]
                .as_array()
                .expect("a list")
                .iter()
                .filter(|one| one["severity"] != "info")
                .map(|one| one["code"].as_str().expect("a code"))
                .collect();
            if code.is_empty() {
                assert!(codes.is_empty(), "{name}: {codes:?}");
            } else {
                assert!(codes.contains(code), "{name}: {codes:?}");
            }
            if *code == "wrapped-payload" {
                let wrappers = codes.iter().filter(|one| *one == code);
                assert_eq!(wrappers.count(), 1, "{name}: {codes:?}");
            }
        }
    }
}

/// JSON that is none of ours; the number makes it another file.
fn others(number: usize) -> Vec<(&'static str, Value)> {
    let raw = json!(PAYLOAD);
    vec![
        (
            "package",
            json!({ "name": format!("a-{number}"), "version": "1.0.0", "scripts": { "test": "node --test" } }),
        ),
        (
            "lock",
            json!({ "lockfileVersion": 3, "packages": { "": { "name": "a" }, format!("node_modules/b{number}"): { "version": "1.0.0" } } }),
        ),
        (
            "composer",
            json!({ "name": "a/b", "require": { "php": ">=8" } }),
        ),
        (
            "tsconfig",
            json!({ "compilerOptions": { "strict": true, "paths": { "@/*": ["src/*"] } }, "include": ["src"] }),
        ),
        (
            "translation",
            json!({ "rooms": { "title": "Rooms", "room_key": "Room key" }, "customer": { "key": "Key" }, "n": number }),
        ),
        (
            "mock",
            json!({ "data": { "users": [{ "id": number, "name": "A" }] } }),
        ),
        (
            "mock-list",
            json!([{ "id": number, "rooms": [{ "id": 1, "name": "A" }] }]),
        ),
        (
            "mock-rooms",
            json!({ "rooms": [{ "id": number, "name": "A" }], "guests": [] }),
        ),
        (
            "mock-page",
            json!({ "users": [{ "id": number }], "page": 1, "total": 1 }),
        ),
        (
            "payment",
            json!({ "customerKey": format!("c{number}"), "amount": 100, "currency": "KRW" }),
        ),
        (
            "oauth",
            json!({ "consumer_key": "c", "consumer_secret": "s", "sites": [] }),
        ),
        (
            "table",
            json!([{ "customer_id": format!("c{number}"), "name": "A" }]),
        ),
        (
            "config",
            json!({ "seam": { "customer_key": "c", "api_key": "k" }, "port": number }),
        ),
        (
            "geojson",
            json!({ "type": "FeatureCollection", "features": [{ "type": "Feature", "geometry": { "type": "Point", "coordinates": [number, 2] }, "properties": { "name": "A", "space_key": "s" } }] }),
        ),
        (
            "openapi",
            json!({ "openapi": "3.0.0", "paths": { "/push": { "post": { "requestBody": { "content": { "application/json": { "example": { "customer_key": "c", "rooms": [{ "room_key": "r" }] }, "schema": { "properties": { "customer_key": { "type": "string" } } } } } } } } } }),
        ),
        (
            "schema",
            json!({ "type": "object", "required": ["customer_key"], "properties": { "customer_key": { "type": "string" }, "rooms": { "type": "array", "items": { "required": ["room_key"] } } } }),
        ),
        (
            "postman",
            json!({ "info": { "name": "A" }, "item": [{ "request": { "method": "POST", "body": { "mode": "raw", "raw": raw } } }] }),
        ),
        (
            "archive",
            json!({ "log": { "entries": [{ "request": { "postData": { "text": raw } } }] } }),
        ),
        (
            "keys",
            json!({ "version": 1, "customers": { "c": { "rooms": ["r"], "guests": ["g"] } } }),
        ),
        (
            "report",
            json!({ "version": 1, "files": [{ "path": "a.json", "diagnostics": [{ "code": "schema-required", "message": "the payload has no customer_key", "pointer": "", "data": { "member": "customer_key" } }] }] }),
        ),
        (
            "lint",
            json!({ "rules": { "no-console": "off", "sort-keys": ["error", "asc"] }, "overrides": [] }),
        ),
        (
            "cluster",
            json!({ "apiVersion": "v1", "kind": "ConfigMap", "data": { "space_key": "s", "mode": "a" } }),
        ),
        (
            "strings",
            json!(["customer_key", "room_key", number.to_string()]),
        ),
        ("text", json!("customer_key is the key of the customer")),
        (
            "tree",
            json!({ "spaces": { "root": { "children": [number] } }, "users": ["a"] }),
        ),
    ]
}

#[test]
fn what_is_none_of_ours_stays_unseen() {
    let folder = Folder::new(&[]);
    let mut names = Vec::new();
    for number in 0..4 {
        for (name, value) in others(number) {
            let text = serde_json::to_string_pretty(&value).expect("JSON");
            // A comma too many, the last bracket gone, or a quote lost.
            let broken = match number {
                0 => text.replacen(",\n", ",,\n", 1),
                1 => text[..text.len() - 1].to_owned(),
                2 => text.replacen("\",\n", ",\n", 1),
                _ => format!("// generated\n{text}"),
            };
            for (kind, text) in [("right", text), ("broken", broken)] {
                let file = format!("{kind}/{name}-{number}.json");
                folder.write(&file, text);
                names.push(file);
            }
        }
    }
    assert_eq!(names.len(), 200);
    let ran = folder.check(&[".", "--format", "concise"]);
    assert_eq!((ran.status, ran.stdout()), (2, ""));
    assert_eq!(
        ran.stderr(),
        "seamlint: error: no push_data payload in .: name the files, or check all with --all\n\
         seamlint: note: 200 files skipped: no push_data payload\n"
    );
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let hook = folder.check(&[&["--payloads-only", "--format", "json"], &names[..]].concat());
    assert_eq!(hook.status, 0);
    assert_eq!(
        hook.stderr(),
        "seamlint: note: 200 files skipped: no push_data payload\n"
    );
}

#[test]
fn a_folder_without_a_payload_is_a_failure_in_every_format() {
    let folder = Folder::new(&[
        ("with/a.json", PAYLOAD),
        ("without/b.json", "{}"),
        ("none/c.txt", ""),
    ]);
    for format in FORMATS {
        let ran = folder.check(&["with", "without", "--format", format]);
        assert_eq!(ran.status, 2, "{format}");
        assert!(
            ran.stderr().contains("no push_data payload in without"),
            "{format}"
        );
        assert!(ran.stderr().contains("1 file skipped"), "{format}");
        let is_document = !matches!(format, "pretty" | "concise" | "jsonl");
        assert_eq!(
            ran.stdout().contains("no push_data payload in without"),
            is_document,
            "{format}"
        );
    }
    assert_eq!(folder.check(&["with"]).status, 0);
    assert_eq!(folder.check(&["without", "--payloads-only"]).status, 0);
    // A folder inside another one has what was found in both.
    assert_eq!(folder.check(&[".", "with"]).status, 0);
}

#[test]
fn formats_say_what_could_not_be_read() {
    let folder = Folder::new(&[("a.json", PAYLOAD)]);
    let run = |format| folder.check(&["a.json", "missing.json", "--format", format]);
    let json = run("json");
    assert_eq!(json.status, 2);
    let report: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(
        (&report["summary"]["files"], &report["summary"]["failures"]),
        (&json!(1), &json!(1))
    );
    let failed = report["files"].as_array().expect("a list");
    let failed: Vec<&Value> = failed
        .iter()
        .filter(|file| file["failure"].is_string())
        .collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0]["path"], "missing.json");

    let log: Value = serde_json::from_slice(&run("sarif").stdout).expect("JSON");
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(
        invocation["toolExecutionNotifications"][0]["level"],
        "error"
    );
    let right: Value =
        serde_json::from_slice(&folder.check(&["a.json", "--format", "sarif"]).stdout)
            .expect("JSON");
    assert_eq!(
        right["runs"][0]["invocations"][0]["executionSuccessful"],
        true
    );

    assert!(
        run("junit").stdout().contains("errors=\"1\""),
        "{}",
        run("junit").stdout()
    );
    for format in ["github", "gitlab", "checkstyle", "rdjson"] {
        assert!(
            run(format).stdout().contains("cannot read missing.json"),
            "{format}"
        );
    }
}

#[test]
fn a_file_that_is_named_twice_is_checked_once() {
    let folder = Folder::new(&[("a.json", PAYLOAD), ("b/c.json", "{}")]);
    let summary = |arguments: &[&str]| folder.check(arguments).into_stdout();
    assert!(summary(&["a.json", "./a.json", "b/../a.json"]).starts_with("1 file checked"));
    // What is named is checked, though the folder would skip it.
    let both = folder.check(&[".", "b/c.json"]);
    assert!(
        both.stdout().contains("2 files checked"),
        "{}",
        both.stdout()
    );
}

#[cfg(unix)]
#[test]
fn links_to_files_are_checked_and_not_fixed() {
    let broken = PAYLOAD.replace("}]}", "}],}");
    let folder = Folder::new(&[("real/a.txt", &broken), ("links/keep.json", PAYLOAD)]);
    std::os::unix::fs::symlink("../real/a.txt", folder.join("links/a.json")).expect("a link");
    let checked = folder.check(&["links", "--format", "concise"]);
    assert!(
        checked.stdout().starts_with("links/a.json:1:"),
        "{}",
        checked.stdout()
    );
    let fixed = folder.check(&["links", "--fix"]);
    assert!(
        fixed.stderr().contains("1 link not fixed"),
        "{}",
        fixed.stderr()
    );
    assert_eq!(folder.text("real/a.txt"), broken);
    assert_eq!(folder.check(&["links/a.json", "--fix"]).status, 0);
    assert_eq!(folder.text("real/a.txt"), PAYLOAD);
}

#[test]
fn what_git_ignores_is_said_once() {
    let folder = Folder::new(&[
        (".gitignore", "exports/\nlast.json\n"),
        ("a.json", PAYLOAD),
        ("last.json", PAYLOAD),
        ("exports/b.json", PAYLOAD),
        ("exports/c.jsonl", PAYLOAD),
        ("exports/d.txt", ""),
    ]);
    let ran = folder.check(&["."]);
    assert_eq!(
        (ran.status, ran.stderr()),
        (
            0,
            "seamlint: note: 3 files not checked, because git ignores them: name them to check them\n"
        )
    );
}

#[test]
fn a_pipe_that_is_not_read_is_said() {
    let folder = Folder::new(&[("a.json", PAYLOAD)]);
    let note = "seamlint: note: standard input was not read: name it with -\n";
    assert_eq!(folder.check_with(&[], PAYLOAD.as_bytes()).stderr(), note);
    assert_eq!(folder.check_with(&[], b"").stderr(), "");
    assert_eq!(
        folder.check_with(&["a.json"], PAYLOAD.as_bytes()).stderr(),
        ""
    );
    assert_eq!(folder.check_with(&["-"], PAYLOAD.as_bytes()).stderr(), "");
}

#[test]
fn where_a_payload_was_expected_nothing_is_a_finding() {
    let page = "<!DOCTYPE html><html><body>502</body></html>";
    let files = [
        ("in/empty.json", ""),
        ("in/page.json", page),
        ("in/other.json", "{"),
        ("out/empty.json", ""),
        ("a.json", PAYLOAD),
    ];
    let folder = Folder::new(&files);
    let ran = folder.check(&[".", "--format", "concise"]);
    assert_eq!((ran.status, ran.stdout()), (0, ""));
    folder.write("seamlint.toml", "include = [\"in/*.json\"]\n");
    let ran = folder.check(&[".", "--format", "concise"]);
    let codes: Vec<&str> = ran
        .stdout()
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    assert_eq!(
        (ran.status, codes),
        (1, vec!["error[json-syntax]", "error[wrapped-payload]"])
    );
}

#[test]
fn colour_may_be_forced() {
    let folder = Folder::new(&[("a.json", "{}")]);
    let colours = |variables: &[(&str, &str)]| {
        let mut command = folder.seamlint();
        command
            .args(["check", "a.json"])
            .envs(variables.iter().copied());
        let output = command.output().expect("it runs");
        output.stdout.contains(&0x1b)
    };
    assert!(!colours(&[]));
    assert!(colours(&[("FORCE_COLOR", "1")]));
    assert!(!colours(&[("FORCE_COLOR", "0")]));
    assert!(!colours(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn files_of_another_kind_are_named() {
    let folder = Folder::new(&[
        ("a.json", PAYLOAD),
        (
            "broken.json",
            "{\n\"customer_key\": \"c\",\n\"rooms\": [,]\n}",
        ),
        ("wrapped.json", &format!("[{PAYLOAD}]")),
    ]);
    for (arguments, wanted) in [
        (
            &["check", "a.json", "--known", "a.json"][..],
            "cannot use the known keys a.json: it is a payload; use --context for payloads",
        ),
        (
            &["check", "a.json", "--schema", "a.json"],
            "cannot use the schema a.json: it is a payload, and no schema",
        ),
        (
            &["keys", "broken.json"],
            "cannot use broken.json as a payload: comma without a value before it at line 3, column 11",
        ),
        (
            &["keys", "wrapped.json"],
            "cannot use wrapped.json as a payload: the payload is in an array at line 1, column 1",
        ),
    ] {
        let ran = folder.run(arguments);
        assert_eq!(
            (ran.status, ran.stderr()),
            (2, &*format!("seamlint: error: {wanted}\n")),
            "{arguments:?}"
        );
    }
    // A folder with one is as bad: its keys would be missing.
    assert_eq!(folder.run(&["keys", "."]).status, 2);
}
