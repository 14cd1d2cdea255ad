//! Formats for other programs, and `--output`, as processes: each is read back by what reads it.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::schemas::valid;

/// Every format.
pub(super) const FORMATS: [&str; 10] = [
    "pretty",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
];

/// An error, two warnings and fixes; the second line has characters of two and four bytes.
const SLIPS: &str = "{ \"customer_key\": \" hotel\",\n  \"sites\": [{ \"site_key\": \"a\", \"name\": \"é😀\", \"colour]]>%\": 1, }],\n  \
    \"spaces\": [{ \"space_key\": \"101 \", \"name\": \"101\", \"parent_space_key\": \"b\" }] }\n";
const CLEAN: &str = r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" }] }"#;

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// Every format tells the same findings, at the same places.
#[test]
fn all_formats_report_the_same_findings() {
    let folder = Folder::new(&[("a b.json", SLIPS), ("clean.json", CLEAN)]);
    let files = ["a b.json", "clean.json"];
    let run = |format: &str| folder.check(&[&files[..], &["--format", format]].concat());
    let wanted = run("json").findings();
    assert!(wanted.len() >= 5, "{wanted:?}");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let number = |value: &Value| value.as_u64().expect("a number");

    let lines = run("jsonl");
    let found: Vec<_> = lines
        .stdout()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .map(|line| {
            let start = &line["range"]["start"];
            let place = (number(&start["line"]), number(&start["column"]));
            (text(&line["path"]), text(&line["code"]), place.0, place.1)
        })
        .collect();
    assert_eq!(found, wanted);

    let log = run("sarif").json();
    valid(&log, "sarif-schema-2.1.0.json");
    let run_of_log = &log["runs"][0];
    let rules = list(&run_of_log["tool"]["driver"]["rules"]);
    let found: Vec<_> = list(&run_of_log["results"])
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let rule = &rules[number(&result["ruleIndex"]) as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(text(&rule["help"]["markdown"]).contains("```json,bad"));
            (
                text(&place["artifactLocation"]["uri"]).replace("%20", " "),
                text(&result["ruleId"]),
                number(&place["region"]["startLine"]),
                number(&place["region"]["startColumn"]),
            )
        })
        .collect();
    assert_eq!(found, wanted);

    let issues = run("gitlab").json();
    let found: Vec<_> = list(&issues)
        .iter()
        .map(|issue| {
            // https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
            assert!(!text(&issue["description"]).is_empty());
            let severity = text(&issue["severity"]);
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity.as_str()));
            let path = text(&issue["location"]["path"]);
            assert!(!path.starts_with("./"));
            let line = number(&issue["location"]["lines"]["begin"]);
            (path, text(&issue["check_name"]), line)
        })
        .collect();
    let lines_only: Vec<_> = wanted
        .iter()
        .map(|(path, code, line, _)| (path.clone(), code.clone(), *line))
        .collect();
    assert_eq!(found, lines_only);
    let prints: std::collections::BTreeSet<String> = list(&issues)
        .iter()
        .map(|issue| text(&issue["fingerprint"]))
        .collect();
    assert_eq!(prints.len(), wanted.len(), "each has its own");

    let commands = run("github");
    let found: Vec<_> = commands.stdout().lines().map(annotation).collect();
    assert_eq!(found, wanted);

    let xml = run("checkstyle");
    let document = roxmltree::Document::parse(xml.stdout()).expect("XML");
    let attribute =
        |node: roxmltree::Node<'_, '_>, name| node.attribute(name).expect("is there").to_owned();
    let found: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("error"))
        .map(|error| {
            let file = error.parent().expect("a file");
            let source = attribute(error, "source");
            (
                attribute(file, "name"),
                source.strip_prefix("seamlint.").expect("ours").to_owned(),
                attribute(error, "line").parse().expect("a number"),
                attribute(error, "column").parse().expect("a number"),
            )
        })
        .collect();
    assert_eq!(found, wanted);

    let suites = junit(&run("junit"));
    let found: Vec<_> = suites.suites[0]
        .cases
        .iter()
        .map(|case| {
            let (code, place) = case.original_name.split_once(" at ").expect("a place");
            let (line, column) = place.split_once(':').expect("line and column");
            (
                suites.suites[0].name.clone(),
                code.to_owned(),
                line.parse().expect("a number"),
                column.parse().expect("a number"),
            )
        })
        .collect();
    assert_eq!(found, wanted);
    assert_eq!(suites.suites[1].name, "clean.json");
    assert!(suites.suites[1].cases[0].status.is_success());

    let result = run("rdjson").json();
    valid(&result, "rdjson.schema.json");
    let lines: Vec<&str> = SLIPS.split('\n').collect();
    let found: Vec<_> = list(&result["diagnostics"])
        .iter()
        .map(|found| {
            let start = &found["location"]["range"]["start"];
            let (line, column) = (number(&start["line"]), number(&start["column"]));
            // Its columns count bytes, ours characters.
            let before = &lines[line as usize - 1][..column as usize - 1];
            (
                text(&found["location"]["path"]),
                text(&found["code"]["value"]),
                line,
                before.chars().count() as u64 + 1,
            )
        })
        .collect();
    assert_eq!(found, wanted);
}

/// What GitHub's runner makes of a line: file, title, line and column.
fn annotation(line: &str) -> (String, String, u64, u64) {
    let (command, _) = line
        .strip_prefix("::")
        .and_then(|line| line.split_once("::"))
        .expect("a command");
    let (kind, properties) = command.split_once(' ').expect("properties");
    assert!(["error", "warning", "notice"].contains(&kind), "{line}");
    let properties: BTreeMap<&str, String> = properties
        .split(',')
        .map(|property| {
            let (name, value) = property.split_once('=').expect("a value");
            let value = value
                .replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("%3A", ":")
                .replace("%2C", ",")
                .replace("%25", "%");
            (name, value)
        })
        .collect();
    let number = |name: &str| properties[name].parse().expect("a number");
    (
        properties["file"].clone(),
        properties["title"].clone(),
        number("line"),
        number("col"),
    )
}

fn junit(output: &Ran) -> junit_parser::TestSuites {
    junit_parser::from_reader(&*output.stdout).expect("JUnit")
}

/// The fixes in SARIF and rdjson, applied as their readers do, mend as `--fix` does.
#[test]
fn sarif_and_rdjson_fixes_can_be_applied() {
    let folder = Folder::new(&[("p.json", SLIPS), ("fixed.json", SLIPS)]);
    assert_eq!(folder.check(&["fixed.json", "--fix"]).status, 1);
    let fixed = folder.text("fixed.json");
    assert_ne!(fixed, SLIPS);

    let number = |value: &Value| value.as_u64().expect("a number") as usize;
    let lines: Vec<&str> = SLIPS.split_inclusive('\n').collect();
    let begin = |line: usize| {
        lines[..line - 1]
            .iter()
            .map(|line| line.len())
            .sum::<usize>()
    };

    let log = folder.check(&["p.json", "--format", "sarif"]).json();
    let mut edits = Vec::new();
    for result in list(&log["runs"][0]["results"]) {
        let Some(fix) = result["fixes"].get(0) else {
            continue;
        };
        let title = fix["description"]["text"].as_str().expect("a title");
        if title.ends_with("(unsafe: look at it first)") {
            continue;
        }
        for replacement in list(&fix["artifactChanges"][0]["replacements"]) {
            let region = &replacement["deletedRegion"];
            let offset = |line: &str, column: &str| {
                let line = number(&region[line]);
                let column = number(&region[column]) - 1;
                let in_line: usize = lines[line - 1]
                    .chars()
                    .take(column)
                    .map(char::len_utf8)
                    .sum();
                begin(line) + in_line
            };
            let range = offset("startLine", "startColumn")..offset("endLine", "endColumn");
            let text = replacement["insertedContent"]["text"].as_str();
            edits.push((range, text.unwrap_or_default().to_owned()));
        }
    }
    assert_eq!(applied(edits), fixed);

    let result = folder.check(&["p.json", "--format", "rdjson"]).json();
    let mut edits = Vec::new();
    for found in list(&result["diagnostics"]) {
        if found["code"]["value"] == "unknown-member"
            || found["code"]["value"] == "dangling-reference"
        {
            continue; // No fix, or an unsafe one.
        }
        for suggestion in list(&found["suggestions"]) {
            let offset = |end: &str| {
                let point = &suggestion["range"][end];
                begin(number(&point["line"])) + number(&point["column"]) - 1
            };
            let text = suggestion["text"].as_str().expect("text");
            edits.push((offset("start")..offset("end"), text.to_owned()));
        }
    }
    assert_eq!(applied(edits), fixed);
}

fn applied(mut edits: Vec<(std::ops::Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut text = SLIPS.to_owned();
    for (range, edit) in edits.into_iter().rev() {
        text.replace_range(range, &edit);
    }
    text
}

/// A payload with so many unknown members.
fn many(count: usize) -> String {
    let sites: Vec<String> = (0..count)
        .map(|at| format!(r#"{{ "site_key": "{at}", "name": "N", "colour": 1 }}"#))
        .collect();
    format!(
        r#"{{ "customer_key": "c", "sites": [{}] }}"#,
        sites.join(", ")
    )
}

/// GitHub drops annotations after the tenth of a kind; the rest is summed up.
#[test]
fn github_sums_up_after_ten_of_a_kind() {
    let many = many(25);
    let folder = Folder::new(&[("many.json", &many), ("slips.json", SLIPS)]);
    let output = folder.check(&["many.json", "slips.json", "--format", "github"]);
    let of_kind = |kind: &str| {
        output
            .stdout()
            .lines()
            .filter(|line| line.starts_with(&format!("::{kind} ")))
            .count()
    };
    assert_eq!(of_kind("warning"), 10);
    assert!(of_kind("error") > 0);
    assert_eq!(of_kind("notice"), 1);
    let sum = output.stdout().lines().last().expect("a line");
    // The ten that are shown are the first.
    let all = folder.check(&["many.json", "slips.json", "--format", "json"]);
    let unknown = all
        .findings()
        .iter()
        .filter(|found| found.1 == "unknown-member")
        .count()
        - 10;
    assert!(
        sum.starts_with("::notice title=seamlint::not shown here: "),
        "{sum}"
    );
    assert!(
        sum.contains(&format!("{unknown} more warning[unknown-member]")),
        "{sum}"
    );

    let capped = folder.check(&["many.json", "--format", "github", "--max-per-code", "2"]);
    assert_eq!(
        capped.stdout().lines().last(),
        Some("::notice title=seamlint::not shown here: 23 more unknown-member")
    );
    assert_eq!(capped.stdout().lines().count(), 3);
}

/// What is counted and not listed is told in every format.
#[test]
fn max_per_code_counts_in_every_format() {
    let many = many(5);
    let folder = Folder::new(&[("many.json", &many)]);
    for format in FORMATS {
        let output = folder.check(&["many.json", "--format", format, "--max-per-code", "1"]);
        let text = output.stdout();
        let wanted = match format {
            "json" => "\"count\": 4",
            "jsonl" => r#"{"path":"many.json","omitted":{"code":"unknown-member","count":4}}"#,
            _ => "4 more unknown-member",
        };
        assert!(text.contains(wanted), "{format}: {text}");
        match format {
            "sarif" => valid(&output.json(), "sarif-schema-2.1.0.json"),
            "rdjson" => valid(&output.json(), "rdjson.schema.json"),
            "junit" => assert_eq!(junit(&output).suites[0].cases.len(), 1),
            _ => {}
        }
    }
}

/// Tests fail where the command does.
#[test]
fn junit_fails_as_the_command_does() {
    let warns = CLEAN.replace("\"name\"", "\"colour\": 1, \"name\"");
    let folder = Folder::new(&[("warns.json", &warns)]);
    for (fail_on, wanted) in [("error", 0), ("warning", 1)] {
        let output = folder.check(&["warns.json", "--format", "junit", "--fail-on", fail_on]);
        assert_eq!(output.status, wanted);
        let suites = junit(&output);
        assert_eq!(suites.failures, u64::from(wanted == 1));
        let case = &suites.suites[0].cases[0];
        assert_eq!(case.status.is_failure(), wanted == 1);
        if wanted == 0 {
            let out = case.system_out.as_deref().expect("what was found");
            assert!(out.contains("warning[unknown-member]"), "{out}");
        }
    }
}

/// Nothing found is a document too.
#[test]
fn clean_files_in_every_format() {
    let folder = Folder::new(&[("clean.json", CLEAN)]);
    let run = |format: &str| {
        let output = folder.check(&["clean.json", "--format", format]);
        assert_eq!(output.status, 0);
        output
    };
    let log = run("sarif").json();
    valid(&log, "sarif-schema-2.1.0.json");
    assert_eq!(list(&log["runs"]).len(), 1);
    assert!(list(&log["runs"][0]["results"]).is_empty());
    assert_eq!(run("gitlab").json(), Value::Array(Vec::new()));
    let result = run("rdjson").json();
    valid(&result, "rdjson.schema.json");
    assert!(list(&result["diagnostics"]).is_empty());
    for format in ["github", "jsonl", "concise"] {
        assert_eq!(run(format).stdout(), "", "{format}");
    }
    let checkstyle = run("checkstyle");
    let document = roxmltree::Document::parse(checkstyle.stdout()).expect("XML");
    assert!(document.root_element().has_tag_name("checkstyle"));
    assert_eq!(junit(&run("junit")).tests, 1);
}

/// Values are in no format, be they in messages, excerpts, data or fixes.
#[test]
fn redact_in_every_format() {
    let secrets = ["Guestname", "s3cret", "hotel-key", "room-key"];
    let payload = r#"{ "customer_key": " hotel-key", "sites": [{ "site_key": " Guestname", "name": "s3cret" }],
      "guests": [{ "guest_key": "Guestname ", "name": "Guestname", "email_address": "s3cret(at)Guestname" }],
      "rooms": [{ "room_key": "room-key", "name": "r" }],
      "reservations": [{ "reservation_key": "s3cret", "guest_key": "Guestnam", "room_keys": ["room_key-Guestname"],
        "starts_at": "s3cret", "preferred_code": "s3cret" }] }"#;
    let folder = Folder::new(&[("p.json", payload)]);
    for format in FORMATS {
        for redacted in [true, false] {
            let mut arguments = vec!["p.json", "--format", format];
            if redacted {
                arguments.push("--redact");
            }
            let output = folder.check(&arguments);
            let shown: Vec<&str> = secrets
                .into_iter()
                .filter(|secret| output.stdout().contains(secret))
                .collect();
            if redacted {
                assert!(shown.is_empty(), "{format} shows {shown:?}");
                assert!(!output.stdout().is_empty());
            } else {
                // The payload is one that would give them away.
                assert!(!shown.is_empty(), "{format}");
            }
        }
    }
}

/// Several files, each in its format, beside what goes to standard output.
#[test]
fn output_writes_files() {
    let folder = Folder::new(&[("p.json", SLIPS), ("report.sarif", "of yesterday")]);
    let mut arguments = vec!["p.json".to_owned(), "--format=concise".to_owned()];
    for format in FORMATS {
        arguments.push(format!("--output={format}=report.{format}"));
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = folder.check(&arguments);
    assert_eq!(output.status, 1, "{}", output.stderr());
    for format in FORMATS {
        let file = folder.text(&format!("report.{format}"));
        let alone = folder.check(&["p.json", "--format", format]);
        assert_eq!(file, alone.stdout(), "{format}");
    }
    assert_eq!(
        output.stdout(),
        folder.check(&["p.json", "--format", "concise"]).stdout()
    );
    // Nothing else is left.
    assert_eq!(folder.names().len(), 1 + FORMATS.len());
}

#[test]
fn output_refuses_mistakes() {
    let folder = Folder::new(&[("p.json", SLIPS), ("old.json", "of yesterday")]);
    fs::create_dir(folder.join("sub")).expect("can be made");
    for (arguments, message) in [
        (&["--output=sarif"][..], "write it as FORMAT=FILE"),
        (
            &["--output=srf=x"],
            "\"srf\" is not one of the formats pretty, concise, json, jsonl, sarif,",
        ),
        (&["--output=json=-"], "--format is for standard output"),
        (&["--output=json="], "name a file"),
        (
            &["--output=json=none/x.json"],
            "seamlint: error: cannot write none/x.json: there is no folder none",
        ),
        (
            &["--output=json=sub"],
            "seamlint: error: cannot write sub: it is a folder",
        ),
        (
            &["--output=json=./p.json"],
            "seamlint: error: cannot write p.json: it is one of the files to check",
        ),
        (
            &["--output=json=old.json", "--output=sarif=sub/../old.json"],
            "seamlint: error: cannot write sub/../old.json: it is named twice",
        ),
        (&["--diff", "--output=json=x.json"], "cannot be used with"),
    ] {
        let output = folder.check(&[&["p.json"], arguments].concat());
        assert_eq!(output.status, 2, "{arguments:?}");
        assert!(
            output.stderr().contains(message),
            "{arguments:?}: {}",
            output.stderr()
        );
        assert_eq!(output.stdout(), "", "{arguments:?}");
    }
    assert_eq!(folder.text("p.json"), SLIPS);
    assert_eq!(folder.text("old.json"), "of yesterday");
    assert_eq!(folder.names().len(), 3);
}

/// A device that is full, and a file that may not be written: status 2 and a line each; the other
/// files are written.
#[cfg(unix)]
#[test]
fn output_that_fails_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(&[("p.json", SLIPS), ("kept.json", "of yesterday")]);
    let read_only = fs::Permissions::from_mode(0o444);
    fs::set_permissions(folder.join("kept.json"), read_only).expect("can be set");
    let output = folder.check(&[
        "p.json",
        "--output=sarif=/dev/full",
        "--output=json=kept.json",
        "--output=gitlab=new.json",
    ]);
    assert_eq!(output.status, 2);
    let lines: Vec<&str> = output.stderr().lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("seamlint: error: cannot write /dev/full: "));
    assert_eq!(
        lines[1],
        "seamlint: error: cannot write kept.json: it is read-only"
    );
    let kept = folder.text("kept.json");
    assert_eq!(kept, "of yesterday");
    let new: Value = serde_json::from_slice(&folder.read("new.json")).expect("whole");
    assert!(!list(&new).is_empty());
    // Others may read it as far as they may any new file.
    let plain = folder.join("plain");
    fs::write(&plain, "").expect("can be written");
    let mode = |name: &str| {
        let metadata = fs::metadata(folder.join(name)).expect("is there");
        metadata.permissions().mode()
    };
    assert_eq!(mode("new.json"), mode("plain"));
}

/// Devices and pipes are written as they are; a name in a message or path cannot break a line out.
#[cfg(unix)]
#[test]
fn hostile_file_names_are_escaped() {
    let name = "100%,a:b\n::error::x ]]> \"q\" <&> \u{202e}.json";
    let folder = Folder::new(&[(name, SLIPS)]);
    let run = |format: &str| folder.check(&[name, "--format", format]);

    let commands = run("github");
    for line in commands.stdout().lines() {
        // The log shows them, so what cannot be seen is escaped.
        assert_eq!(annotation(line).0, name.replace('\u{202e}', "\\u{202e}"));
    }
    let xml = run("checkstyle");
    let document = roxmltree::Document::parse(xml.stdout()).expect("XML");
    let file = document
        .descendants()
        .find(|node| node.has_tag_name("file"))
        .expect("a file");
    assert_eq!(file.attribute("name"), Some(name));
    let messages: Vec<&str> = document
        .descendants()
        .filter_map(|node| node.attribute("message"))
        .collect();
    assert!(
        messages.iter().any(|text| text.contains("colour]]>%")),
        "{messages:?}"
    );
    assert!(
        junit(&run("junit")).suites[0]
            .name
            .contains("]]> \"q\" <&>")
    );
    for format in ["gitlab", "rdjson", "jsonl", "json", "sarif"] {
        let output = run(format);
        let text = output.stdout();
        assert!(!text.contains('\u{202e}'), "{format} escapes it");
        if format == "jsonl" {
            for line in text.lines() {
                let line: Value = serde_json::from_str(line).expect("JSON");
                assert_eq!(line["path"], name);
            }
            continue;
        }
        let document: Value = serde_json::from_str(text).expect("JSON");
        let found = match format {
            "gitlab" => &document[0]["location"]["path"],
            "rdjson" => &document["diagnostics"][0]["location"]["path"],
            "json" => &document["files"][0]["path"],
            _ => {
                let result = &document["runs"][0]["results"][0];
                let place = &result["locations"][0]["physicalLocation"];
                let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
                let decoded = percent_encoding::percent_decode_str(uri);
                assert_eq!(decoded.decode_utf8().expect("UTF-8"), name);
                continue;
            }
        };
        assert_eq!(found, name);
    }
    let to_device = folder.check(&[name, "--output=json=/dev/null", "--format=concise"]);
    assert_eq!(to_device.status, 1, "{}", to_device.stderr());
}
