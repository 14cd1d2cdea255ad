//! The command as people call it: status, standard output, standard error.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::command::{Folder, Ran};
use crate::support::snapshot;

const CLEAN: &str = r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" }] }"#;
const WARNS: &str =
    r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North", "colour": "red" }] }"#;
const FAILS: &str =
    "{\n  \"customer_key\": \"\",\n  \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }]\n}\n";

#[test]
fn exit_status() {
    let folder = Folder::new(&[]);
    folder.write("clean.json", CLEAN);
    folder.write("warns.json", WARNS);
    folder.write("fails.json", FAILS);
    for (arguments, wanted) in [
        (&["check", "clean.json"][..], 0),
        (&["check", "warns.json"], 1),
        (&["check", "warns.json", "--fail-on", "error"], 0),
        (&["check", "warns.json", "--fail-on", "warning"], 1),
        (&["check", "warns.json", "--fail-on", "info"], 1),
        (
            &["check", "warns.json", "--rule", "unknown-member=error"],
            1,
        ),
        (&["check", "fails.json"], 1),
        (
            &["check", "fails.json", "--rule", "schema-min-length=off"],
            0,
        ),
        (&["check", "clean.json", "fails.json"], 1),
        (&["check", "clean.json", "missing.json"], 2),
        (&["check", "--nonsense"], 2),
        (&["check", "clean.json", "--rule", "no-such-rule=off"], 2),
        (&["check", "clean.json", "--rule", "unknown-member=loud"], 2),
        (&["explain", "no-such-rule"], 2),
        (&["explain", "schema-patern"], 2),
        (&["explain", "schema-unique-items"], 0),
        (&["check", "fails.json", "--rule", "schema-patern=off"], 2),
        (
            &["check", "--rule", "schema-unique-items=off", "fails.json"],
            1,
        ),
        (&["nonsense"], 2),
        (&[], 2),
        (&["--version"], 0),
        (&["--help"], 0),
    ] {
        let output = folder.run(arguments);
        assert_eq!(output.status, wanted, "{arguments:?}: {}", output.stderr());
    }
}

#[test]
fn failure_is_one_line_and_the_rest_is_checked() {
    let folder = Folder::new(&[]);
    folder.write("fails.json", FAILS);
    folder.write("empty/readme.txt", "no payload here");
    let output = folder.run(&[
        "check",
        "missing.json",
        "fails.json",
        "empty",
        "--format",
        "concise",
    ]);
    assert_eq!(output.status, 2);
    let mut lines: Vec<String> = output.stderr().lines().map(str::to_owned).collect();
    lines.sort();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].starts_with("seamlint: error: cannot read missing.json: "),
        "{lines:?}"
    );
    assert_eq!(
        lines[1],
        "seamlint: error: no .json, .jsonl or .ndjson file in empty"
    );
    assert_eq!(
        output.stdout(),
        "fails.json:2:19: error[schema-min-length] customer_key is empty; the API takes at least 1 character\n"
    );
}

#[test]
fn explain_suggests_the_nearest_code() {
    let folder = Folder::new(&[]);
    let output = folder.run(&["explain", "key-whitespaces"]);
    assert_eq!(
        output.stderr(),
        "seamlint: error: there is no rule \"key-whitespaces\"; did you mean \"key-whitespace\"?\n"
    );
}

#[test]
fn folders_are_searched_and_gitignore_counts() {
    let folder = Folder::new(&[]);
    folder.write("b/fails.json", FAILS);
    folder.write("a/clean.json", CLEAN);
    folder.write(
        "a/package.json",
        r#"{ "name": "unrelated", "version": "1.0.0" }"#,
    );
    folder.write("ignored/fails.json", FAILS);
    folder.write(".gitignore", "ignored/\n");
    folder.write(".hidden/fails.json", FAILS);
    let output = folder.run(&["check", "--format", "json"]);
    assert_eq!(output.status, 1, "{}", output.stderr());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let paths: Vec<&str> = report["files"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| file["path"].as_str().expect("a path"))
        .collect();
    assert_eq!(paths, ["a/clean.json", "b/fails.json"]);
    assert_eq!(report["summary"]["errors"], 1);
    assert_eq!(report["summary"]["files"], 2);
    let output = folder.run(&["check", "a"]);
    assert_eq!(
        output.stdout(),
        "1 file checked: nothing found (1 file skipped: no push_data payload)\n"
    );
}

#[test]
fn named_file_is_checked_whatever_it_contains() {
    let folder = Folder::new(&[]);
    folder.write("package.json", r#"{ "name": "unrelated" }"#);
    assert_eq!(folder.run(&["check", "package.json"]).status, 1);
}

#[test]
fn stdin_filename() {
    let folder = Folder::new(&[]);
    let output = folder.run_with(
        &[
            "check",
            "-",
            "--stdin-filename",
            "form.json",
            "--format",
            "concise",
        ],
        FAILS.as_bytes(),
    );
    assert_eq!(output.status, 1);
    assert!(
        output.stdout().starts_with("form.json:2:19: "),
        "{}",
        output.stdout()
    );
}

#[test]
fn color_only_on_terminals() {
    let folder = Folder::new(&[]);
    folder.write("fails.json", FAILS);
    let plain = folder.run(&["check", "fails.json"]).into_stdout();
    assert!(!plain.contains('\u{1b}'));
    let forced = folder
        .run(&["check", "fails.json", "--color", "always"])
        .into_stdout();
    assert!(forced.contains('\u{1b}'));
    let output = folder
        .seamlint()
        .args(["check", "fails.json"])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output();
    let output = Ran::from(output.expect("the command runs"));
    assert!(!output.stdout().contains('\u{1b}'), "NO_COLOR wins");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let folder = Folder::new(&[]);
    let text = "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"a\u{202e}b \", \"name\": \"x\", \"co\u{200b}lour\u{1b}\": \"\u{9b}\" }] }";
    folder.write("a.json", text);
    for format in ["pretty", "concise", "json"] {
        let output = folder
            .run(&["check", "a.json", "--format", format])
            .into_stdout();
        for harmful in ['\u{202e}', '\u{200b}', '\u{1b}', '\u{9b}'] {
            assert!(
                !output.contains(harmful),
                "{format}: {harmful:?} in {output}"
            );
        }
    }
    let report = folder.run(&["check", "a.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).expect("JSON");
    let pointers = report["files"][0]["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|found| found["pointer"].as_str());
    assert!(
        pointers
            .clone()
            .any(|pointer| pointer == "/sites/0/co\u{200b}lour\u{1b}"),
        "the pointer means what it meant: {:?}",
        pointers.collect::<Vec<_>>()
    );
}

#[test]
fn custom_schema_in_the_same_report() {
    let folder = Folder::new(&[]);
    folder.write("schema.yaml", "type: object\nrequired: [customer_key, note]\nproperties:\n  sites: { maxItems: 1 }\n  note: { enum: [a, b] }\nadditionalProperties: false\n");
    folder.write(
        "a.json",
        "{\n  \"sites\": [1, 2],\n  \"note\": \"c\",\n  \"extra\": 1\n}\n",
    );
    let output = folder.run(&[
        "check",
        "a.json",
        "--schema",
        "schema.yaml",
        "--format",
        "concise",
    ]);
    snapshot::assert(
        "cli__another_schema_judges_in_the_same_report",
        output.stdout(),
    );
    assert_eq!(output.status, 1);
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/push_data.openapi.yaml");
    let openapi = openapi.to_str().expect("text");
    folder.write("fails.json", FAILS);
    let output = folder.run(&[
        "check",
        "fails.json",
        "--schema",
        openapi,
        "--format",
        "concise",
    ]);
    assert!(
        output
            .stdout()
            .starts_with("fails.json:2:19: error[schema-min-length] "),
        "{}",
        output.stdout()
    );
    for (schema, wanted) in [
        ("missing.yaml", "cannot read the schema missing.yaml"),
        (".", "cannot read the schema ."),
        ("broken.yaml", "cannot use the schema broken.yaml"),
    ] {
        folder.write("broken.yaml", "openapi: 3.0.0\npaths: {}\n");
        let output = folder.run(&["check", "a.json", "--schema", schema]);
        assert_eq!(output.status, 2);
        let told = output.stderr();
        assert!(
            told.starts_with(&format!("seamlint: error: {wanted}")),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn rules_explain_schema_and_version() {
    let folder = Folder::new(&[]);
    let rules = folder.run(&["rules"]).into_stdout();
    assert_eq!(rules.lines().count(), seamlint::RULES.len());
    let json: serde_json::Value = folder.run(&["rules", "--format", "json"]).json();
    assert_eq!(json.as_array().map(Vec::len), Some(seamlint::RULES.len()));
    for rule in seamlint::RULES {
        let explained = folder.run(&["explain", rule.code]).into_stdout();
        assert!(explained.starts_with(rule.code), "{explained}");
    }
    let schema = folder.run(&["schema"]).into_stdout();
    assert_eq!(schema, seamlint::PUSH_DATA_SCHEMA);
    let version = folder.run(&["--version"]).into_stdout();
    snapshot::assert("cli__the_catalogue_is_there", &version);
}

#[test]
fn closed_pipe_is_no_failure() {
    let folder = Folder::new(&[]);
    let many = format!(
        "{{ \"customer_key\": \"c\", \"sites\": [{}{{}}] }}",
        "{}, ".repeat(3000)
    );
    folder.write("many.json", &many);
    for format in ["pretty", "concise", "json"] {
        let mut child = folder
            .seamlint()
            .args(["check", "many.json", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let output = Ran::from(child.wait_with_output().expect("the command ends"));
        assert_eq!(output.status, 1, "{format}");
        assert_eq!(output.stderr(), "", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn full_device_is_a_failure() {
    let folder = Folder::new(&[]);
    folder.write("fails.json", FAILS);
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = folder
        .seamlint()
        .args(["check", "fails.json"])
        .stdout(full)
        .output();
    let output = Ran::from(output.expect("the command runs"));
    assert_eq!(output.status, 2);
    assert!(
        output
            .stderr()
            .starts_with("seamlint: error: cannot write: "),
        "{}",
        output.stderr()
    );
}

#[test]
fn redact_prints_no_value() {
    let folder = Folder::new(&[]);
    let text = r#"{ "customer_key": "secret1 ", "spaces": [{ "space_key": 4711, "name": "S", "customer_data": { "default_checkin_time": "secret2" } }], "reservations": [{ "reservation_key": "r", "starts_at": "secret3", "custom_metadata": { "a": 4712 }, "space_keys": "secret4", "guest_key": 'secret5', "ends_at": secret6 }] }"#;
    folder.write("a.json", text);
    for format in ["pretty", "concise", "json"] {
        let output = folder
            .run(&["check", "a.json", "--redact", "--format", format])
            .into_stdout();
        assert!(
            output.contains("default_checkin_time"),
            "names stay: {output}"
        );
        for value in ["secret", "4711", "4712"] {
            assert!(!output.contains(value), "{format}: {value} in {output}");
        }
    }
}

/// What a folder may hold beside files: none of it is followed or waited for.
#[cfg(unix)]
#[test]
fn folder_walk_skips_links_and_pipes() {
    let folder = Folder::new(&[]);
    folder.write("deep/clean.json", CLEAN);
    std::os::unix::fs::symlink("..", folder.join("deep/loop")).expect("a link");
    std::os::unix::fs::symlink("gone.json", folder.join("broken.json")).expect("a link");
    let made = Command::new("mkfifo")
        .arg(folder.join("pipe.json"))
        .status()
        .expect("mkfifo runs");
    assert!(made.success());
    let output = folder.run(&["check", ".", "--stats", "--format", "concise"]);
    assert_eq!(output.stderr(), "1 file checked: nothing found\n");
    assert_eq!(output.status, 0);
    // What is named has to be there.
    let output = folder.run(&["check", "broken.json", "deep/clean.json"]);
    assert_eq!(output.status, 2);
    assert!(
        output
            .stderr()
            .starts_with("seamlint: error: cannot read broken.json: ")
    );
    assert!(output.stdout().contains("1 file checked"));
}
