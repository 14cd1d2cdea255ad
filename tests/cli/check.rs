//! The command as people call it: status, standard output, standard error.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::program::program;
use crate::support::snapshot;

const CLEAN: &str = r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" }] }"#;
const WARNS: &str =
    r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North", "colour": "red" }] }"#;
const FAILS: &str = "{\n  \"customer_key\": \"\",\n  \"sites\": []\n}\n";

/// A folder of its own for each test, made anew.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("has one")).expect("can be made");
    fs::write(path, text).expect("can be written");
}

fn seamlint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(program())
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the command runs")
}

fn seamlint_with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(program())
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child
        .stdin
        .take()
        .expect("is piped")
        .write_all(input)
        .expect("the command reads");
    child.wait_with_output().expect("the command ends")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("the command ends by itself")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

#[test]
fn the_status_says_what_was_found() {
    let folder = folder("status");
    write(&folder, "clean.json", CLEAN);
    write(&folder, "warns.json", WARNS);
    write(&folder, "fails.json", FAILS);
    for (arguments, wanted) in [
        (&["check", "clean.json"][..], 0),
        (&["check", "warns.json"], 0),
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
        let output = seamlint(&folder, arguments);
        assert_eq!(
            status(&output),
            wanted,
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn a_failure_is_one_clear_line_and_the_rest_is_checked() {
    let folder = folder("failures");
    write(&folder, "fails.json", FAILS);
    write(&folder, "empty/readme.txt", "no payload here");
    let output = seamlint(
        &folder,
        &[
            "check",
            "missing.json",
            "fails.json",
            "empty",
            "--format",
            "concise",
        ],
    );
    assert_eq!(status(&output), 2);
    let mut lines: Vec<String> = stderr(&output).lines().map(str::to_owned).collect();
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
        stdout(&output),
        "fails.json:2:19: error[schema-min-length] customer_key is empty; the API takes at least 1 character\n"
    );
}

#[test]
fn a_mistyped_code_is_answered_with_the_nearest() {
    let folder = folder("code");
    let output = seamlint(&folder, &["explain", "key-whitespaces"]);
    assert_eq!(
        stderr(&output),
        "seamlint: error: there is no rule \"key-whitespaces\"; did you mean \"key-whitespace\"?\n"
    );
}

#[test]
fn folders_are_searched_for_payloads() {
    let folder = folder("folders");
    write(&folder, "b/fails.json", FAILS);
    write(&folder, "a/clean.json", CLEAN);
    write(
        &folder,
        "a/package.json",
        r#"{ "name": "unrelated", "version": "1.0.0" }"#,
    );
    write(&folder, "ignored/fails.json", FAILS);
    write(&folder, ".gitignore", "ignored/\n");
    write(&folder, ".hidden/fails.json", FAILS);
    let output = seamlint(&folder, &["check", "--format", "json"]);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
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
    let output = seamlint(&folder, &["check", "a"]);
    assert_eq!(
        stdout(&output),
        "1 file checked: nothing found (1 file passed over: no push_data payload)\n"
    );
}

#[test]
fn a_named_file_is_checked_whatever_it_holds() {
    let folder = folder("named");
    write(&folder, "package.json", r#"{ "name": "unrelated" }"#);
    assert_eq!(status(&seamlint(&folder, &["check", "package.json"])), 1);
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let folder = folder("stdin");
    let output = seamlint_with_input(
        &folder,
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
    assert_eq!(status(&output), 1);
    assert!(
        stdout(&output).starts_with("form.json:2:19: "),
        "{}",
        stdout(&output)
    );
}

#[test]
fn colour_is_for_terminals() {
    let folder = folder("colour");
    write(&folder, "fails.json", FAILS);
    let plain = stdout(&seamlint(&folder, &["check", "fails.json"]));
    assert!(!plain.contains('\u{1b}'));
    let forced = stdout(&seamlint(
        &folder,
        &["check", "fails.json", "--color", "always"],
    ));
    assert!(forced.contains('\u{1b}'));
    let output = Command::new(program())
        .args(["check", "fails.json"])
        .current_dir(&folder)
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs");
    assert!(!stdout(&output).contains('\u{1b}'), "NO_COLOR wins");
}

#[test]
fn nothing_harmful_reaches_the_terminal() {
    let folder = folder("harm");
    let text = "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"a\u{202e}b \", \"name\": \"x\", \"co\u{200b}lour\u{1b}\": \"\u{9b}\" }] }";
    write(&folder, "a.json", text);
    for format in ["pretty", "concise", "json"] {
        let output = stdout(&seamlint(&folder, &["check", "a.json", "--format", format]));
        for harmful in ['\u{202e}', '\u{200b}', '\u{1b}', '\u{9b}'] {
            assert!(
                !output.contains(harmful),
                "{format}: {harmful:?} in {output}"
            );
        }
    }
    let report = seamlint(&folder, &["check", "a.json", "--format", "json"]);
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
fn another_schema_judges_in_the_same_report() {
    let folder = folder("schema");
    write(
        &folder,
        "schema.yaml",
        "type: object\nrequired: [customer_key, note]\nproperties:\n  sites: { maxItems: 1 }\n  note: { enum: [a, b] }\nadditionalProperties: false\n",
    );
    write(
        &folder,
        "a.json",
        "{\n  \"sites\": [1, 2],\n  \"note\": \"c\",\n  \"extra\": 1\n}\n",
    );
    let output = seamlint(
        &folder,
        &[
            "check",
            "a.json",
            "--schema",
            "schema.yaml",
            "--format",
            "concise",
        ],
    );
    snapshot::assert(
        "cli__another_schema_judges_in_the_same_report",
        &stdout(&output),
    );
    assert_eq!(status(&output), 1);
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/push_data.openapi.yaml");
    let openapi = openapi.to_str().expect("text");
    write(&folder, "fails.json", FAILS);
    let output = seamlint(
        &folder,
        &[
            "check",
            "fails.json",
            "--schema",
            openapi,
            "--format",
            "concise",
        ],
    );
    assert!(
        stdout(&output).starts_with("fails.json:2:19: error[schema-min-length] "),
        "{}",
        stdout(&output)
    );
    for (schema, wanted) in [
        ("missing.yaml", "cannot read the schema missing.yaml"),
        (".", "cannot read the schema ."),
        ("broken.yaml", "cannot use the schema broken.yaml"),
    ] {
        write(&folder, "broken.yaml", "openapi: 3.0.0\npaths: {}\n");
        let output = seamlint(&folder, &["check", "a.json", "--schema", schema]);
        assert_eq!(status(&output), 2);
        let told = stderr(&output);
        assert!(
            told.starts_with(&format!("seamlint: error: {wanted}")),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn the_catalogue_is_there() {
    let folder = folder("catalogue");
    let rules = stdout(&seamlint(&folder, &["rules"]));
    assert_eq!(rules.lines().count(), seamlint::rules::RULES.len());
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&seamlint(&folder, &["rules", "--format", "json"])))
            .expect("JSON");
    assert_eq!(
        json.as_array().map(Vec::len),
        Some(seamlint::rules::RULES.len())
    );
    for rule in seamlint::rules::RULES {
        let explained = stdout(&seamlint(&folder, &["explain", rule.code]));
        assert!(explained.starts_with(rule.code), "{explained}");
    }
    let schema = stdout(&seamlint(&folder, &["schema"]));
    assert_eq!(schema, seamlint::schema::PUSH_DATA);
    let version = stdout(&seamlint(&folder, &["--version"]));
    snapshot::assert("cli__the_catalogue_is_there", &version);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder("pipe");
    let many = format!(
        "{{ \"customer_key\": \"c\", \"sites\": [{}{{}}] }}",
        "{}, ".repeat(3000)
    );
    write(&folder, "many.json", &many);
    for format in ["pretty", "concise", "json"] {
        let mut child = Command::new(program())
            .args(["check", "many.json", "--format", format])
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!(status(&output), 1, "{format}");
        assert_eq!(stderr(&output), "", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let folder = folder("full");
    write(&folder, "fails.json", FAILS);
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = Command::new(program())
        .args(["check", "fails.json"])
        .current_dir(&folder)
        .stdout(full)
        .output()
        .expect("the command runs");
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).starts_with("seamlint: error: cannot write: "),
        "{}",
        stderr(&output)
    );
}

#[test]
fn redacted_output_holds_no_value() {
    let folder = folder("redact");
    let text = r#"{ "customer_key": "secret1 ", "spaces": [{ "space_key": 4711, "name": "S", "customer_data": { "default_checkin_time": "secret2" } }], "reservations": [{ "reservation_key": "r", "starts_at": "secret3", "custom_metadata": { "a": 4712 }, "space_keys": "secret4", "guest_key": 'secret5', "ends_at": secret6 }] }"#;
    write(&folder, "a.json", text);
    for format in ["pretty", "concise", "json"] {
        let output = stdout(&seamlint(
            &folder,
            &["check", "a.json", "--redact", "--format", format],
        ));
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
fn loops_and_pipes_in_a_folder_are_passed_over() {
    let folder = folder("loops");
    write(&folder, "deep/clean.json", CLEAN);
    std::os::unix::fs::symlink("..", folder.join("deep/loop")).expect("a link");
    std::os::unix::fs::symlink("gone.json", folder.join("broken.json")).expect("a link");
    let made = Command::new("mkfifo")
        .arg(folder.join("pipe.json"))
        .status()
        .expect("mkfifo runs");
    assert!(made.success());
    let output = seamlint(&folder, &["check", ".", "--stats", "--format", "concise"]);
    assert_eq!(stderr(&output), "1 file checked: nothing found\n");
    assert_eq!(status(&output), 0);
    // What is named has to be there.
    let output = seamlint(&folder, &["check", "broken.json", "deep/clean.json"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).starts_with("seamlint: error: cannot read broken.json: "));
    assert!(stdout(&output).contains("1 file checked"));
}
