//! Baselines: old findings are passed over, wherever they have moved; new ones are not.

use crate::support::command::Folder;

/// Two slips: a member that is unknown, and a code that locks do not take.
const OLD: &str = r#"{ "customer_key": "c",
  "spaces": [{ "space_key": "s", "name": "S" }],
  "guests": [{ "guest_key": "g", "name": "Ann Smith", "email_address": "ann@example.com" }],
  "reservations": [
    { "reservation_key": "r-1", "guest_key": "g", "space_keys": ["s"], "colour": "red",
      "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "48-21" }
  ] }"#;

fn folder() -> Folder {
    let folder = Folder::with_bytes(&[("payloads/a.json", OLD.as_bytes())]);
    let ran = folder.run(&["check", "--write-baseline", "baseline.json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{ran:?}");
    assert_eq!(
        ran.stdout(),
        "1 file checked: nothing found; 2 in the baseline\n"
    );
    folder
}

/// The places and codes that are new.
fn new(folder: &Folder, text: &str) -> Vec<String> {
    folder.write("payloads/a.json", text);
    let arguments = [
        "check",
        "--baseline",
        "baseline.json",
        "--format",
        "concise",
    ];
    let ran = folder.run(&arguments);
    let new = ran.stdout().lines();
    new.map(|line| {
        let code = line.split(['[', ']']).nth(1).expect("has one");
        code.to_owned()
    })
    .collect()
}

#[test]
fn baseline_skips_known_findings_wherever_they_move() {
    let folder = folder();
    assert!(new(&folder, OLD).is_empty());
    // Another reservation before it; other white space.
    let other = r#"{ "reservation_key": "r-0", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-07-12T15:00:00Z", "ends_at": "2026-07-14T10:00:00Z" },"#;
    let moved = OLD.replace(
        "\"reservations\": [",
        &format!("\"reservations\": [{other}"),
    );
    assert!(new(&folder, &moved).is_empty());
    assert!(new(&folder, &OLD.replace(['\n'], "\r\n      ")).is_empty());
    // The report counts them apart.
    let arguments = ["check", "--baseline", "baseline.json", "--format", "json"];
    let report = folder.run(&arguments).json();
    assert_eq!(report["summary"]["suppressed"], 2);
    assert_eq!(report["summary"]["warnings"], 0);
}

#[test]
fn baseline_reports_new_findings() {
    let folder = folder();
    // The same slip at another resource; another one at the same; twice where it was once.
    let elsewhere = OLD.replace("\"r-1\"", "\"r-2\"");
    assert_eq!(
        new(&folder, &elsewhere),
        ["unknown-member", "invalid-preferred-code"]
    );
    let other = OLD.replace("\"colour\"", "\"size\"");
    assert_eq!(new(&folder, &other), ["unknown-member"]);
    let twice = OLD.replace("\"colour\": \"red\",", "\"colour\": \"red\", \"size\": 1,");
    assert_eq!(new(&folder, &twice), ["unknown-member"]);
    // One mended and one made: the value is another one.
    let spaces = |name: &str| OLD.replace("\"name\": \"S\"", &format!("\"name\": \"{name}\""));
    folder.write("payloads/a.json", spaces(" S"));
    folder.run(&["check", "--write-baseline", "baseline.json"]);
    assert!(new(&folder, &spaces(" S")).is_empty());
    assert_eq!(new(&folder, &spaces(" T")), ["surrounding-whitespace"]);
    // The same payload under another name is another file.
    folder.write("payloads/b.json", OLD);
    let ran = folder.run(&["check", "payloads/b.json", "--baseline", "baseline.json"]);
    assert!(ran.stdout().contains("2 warnings"), "{ran:?}");
}

#[test]
fn baseline_reports_once_what_is_gone() {
    let folder = folder();
    folder.write("payloads/a.json", OLD.replace("\"colour\": \"red\",", ""));
    folder.write(
        "payloads/b.json",
        "{ \"customer_key\": \"d\", \"sites\": [] }",
    );
    let ran = folder.run(&["check", "--baseline", "baseline.json"]);
    assert_eq!(ran.status, 0);
    assert_eq!(
        ran.stderr,
        "seamlint: warning: baseline.json: 1 finding of the baseline is gone; rewrite it with --write-baseline\n"
    );
    // A file that was not looked at says nothing.
    let ran = folder.run(&["check", "payloads/b.json", "--baseline", "baseline.json"]);
    assert_eq!(ran.stderr, "");
}

#[test]
fn baseline_contains_no_value_of_the_payload() {
    let folder = folder();
    let written = String::from_utf8(folder.read("baseline.json")).expect("text");
    for value in ["Ann", "48-21", "r-1", "\"red"] {
        assert!(!written.contains(value), "{written}");
    }
    assert!(
        written.contains("/reservations/*/preferred_code"),
        "{written}"
    );
    // Of a code, not even the digest: another code of the kind is the same finding.
    assert!(new(&folder, &OLD.replace("48-21", "48-22")).is_empty());
    // Redacted, that holds for every value.
    let spaces = OLD.replace("\"name\": \"S\"", "\"name\": \" S\"");
    folder.write("payloads/a.json", &spaces);
    let ran = folder.run(&["check", "--write-baseline", "baseline.json", "--redact"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(new(&folder, &spaces.replace(" S", " T")).is_empty());
    assert_eq!(
        new(&folder, &spaces.replace("\"s\"", "\"other\"")),
        ["surrounding-whitespace"]
    );
}

#[test]
fn baseline_of_the_configuration_and_of_json_lines() {
    let folder = Folder::with_bytes(&[
        ("team/seamlint.toml", b"baseline = \"old.json\"\n"),
        (
            "team/a.jsonl",
            OLD.replace('\n', " ")
                .repeat(2)
                .replace("}{", "}\n{")
                .as_bytes(),
        ),
    ]);
    let ran = folder.run(&["check"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(
        ran.stderr
            .contains("cannot read the baseline team/old.json: "),
        "{ran:?}"
    );
    assert!(
        ran.stderr.ends_with("; write it with --write-baseline\n"),
        "{ran:?}"
    );
    let ran = folder.run(&["check", "--write-baseline", "team/old.json"]);
    assert!(ran.stdout().ends_with("; 4 in the baseline\n"), "{ran:?}");
    let ran = folder.run(&["check"]);
    assert!(
        ran.stdout().contains("nothing found; 4 in the baseline"),
        "{ran:?}"
    );
    assert_eq!(ran.stderr, "");
    // A line more is a finding more.
    let more = [
        folder.read("team/a.jsonl"),
        b"\n".to_vec(),
        OLD.replace('\n', " ").into_bytes(),
    ];
    folder.write("team/a.jsonl", more.concat());
    let ran = folder.run(&["check", "--format", "concise"]);
    assert_eq!(ran.stdout().lines().count(), 2, "{ran:?}");
    assert!(ran.stdout().starts_with("team/a.jsonl:3:"), "{ran:?}");
}

#[test]
fn baseline_that_is_invalid_is_a_failure() {
    let folder = folder();
    let before = folder.read("baseline.json");
    for (text, wanted) in [
        ("{", "cannot use the baseline broken.json: "),
        (
            r#"{"version":1,"values":true,"files":{}}"#,
            "it has version 1; this seamlint reads version 2: rewrite it with --write-baseline",
        ),
        (
            r#"{"version":2,"values":true,"files":{},"more":1}"#,
            "unknown field",
        ),
    ] {
        folder.write("broken.json", text);
        let ran = folder.run(&["check", "payloads", "--baseline", "broken.json"]);
        assert_eq!((ran.status, ran.stdout()), (2, ""), "{ran:?}");
        assert!(ran.stderr.contains(wanted), "{ran:?}");
    }
    let arguments = [
        "check",
        "payloads",
        "none.json",
        "--write-baseline",
        "baseline.json",
    ];
    let ran = folder.run(&arguments);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr
            .ends_with("baseline.json is not written: not everything could be checked\n"),
        "{ran:?}"
    );
    assert_eq!(folder.read("baseline.json"), before);
    let ran = folder.run(&["check", "--baseline", "a", "--write-baseline", "b"]);
    assert_eq!(ran.status, 2);
}
