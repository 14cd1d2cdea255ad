//! `seamlint.toml` as teams use it: found, layered, refused with its place; findings that are meant.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::program::program;

const WARNS: &str =
    r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North", "colour": "red" }] }"#;
const DANGLES: &str = r#"{ "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "parent_site_key": "north" }], "sites": [{ "site_key": "south", "name": "South" }] }"#;

/// A folder of its own for each test, made anew.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("config")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("has one")).expect("can be made");
        fs::write(path, text).expect("can be written");
    }
    folder
}

fn seamlint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(program())
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command runs")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("the command ends by itself")
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("text")
}

/// Path and code of every finding.
fn found(folder: &Path, arguments: &[&str]) -> Vec<(String, String)> {
    let output = seamlint(folder, &[arguments, &["--format", "json"]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let mut found = Vec::new();
    for file in report["files"].as_array().expect("a list") {
        for finding in file["diagnostics"].as_array().expect("a list") {
            found.push((text(&file["path"]), text(&finding["code"])));
        }
    }
    found
}

#[test]
fn the_nearest_above_a_file_holds() {
    let folder = folder(
        "nearest",
        &[
            ("seamlint.toml", "fail-on = \"warning\"\n"),
            ("a.json", WARNS),
            ("deep/er/b.json", WARNS),
            ("other/seamlint.toml", "[rules]\nunknown-member = \"off\"\n"),
            ("other/c.json", WARNS),
        ],
    );
    let codes = |path: &str| found(&folder, &["check", path]).len();
    assert_eq!(
        (
            codes("a.json"),
            codes("deep/er/b.json"),
            codes("other/c.json")
        ),
        (1, 1, 0)
    );
    assert_eq!(status(&seamlint(&folder, &["check", "a.json"])), 1);
    assert_eq!(status(&seamlint(&folder, &["check", "deep/er/b.json"])), 1);
    assert_eq!(status(&seamlint(&folder, &["check", "other/c.json"])), 0);
    // From below, and from elsewhere.
    assert_eq!(
        status(&seamlint(&folder.join("deep/er"), &["check", "b.json"])),
        1
    );
    assert_eq!(status(&seamlint(&folder, &["check"])), 1);
    // Flags come first.
    assert_eq!(
        status(&seamlint(
            &folder,
            &["check", "a.json", "--fail-on", "error"]
        )),
        0
    );
    assert_eq!(
        status(&seamlint(&folder, &["check", "a.json", "--isolated"])),
        0
    );
    let given = ["check", "a.json", "--config", "other/seamlint.toml"];
    assert!(found(&folder, &given).is_empty());
    let louder = ["check", "other/c.json", "--rule", "unknown-member=error"];
    assert_eq!(status(&seamlint(&folder, &louder)), 1);
}

#[test]
fn the_last_override_that_matches_holds() {
    let folder = folder(
        "overrides",
        &[
            (
                "seamlint.toml",
                "[rules]\nunknown-member = \"error\"\n\
                 [[overrides]]\npaths = [\"old/**\"]\n[overrides.rules]\nunknown-member = \"off\"\n\
                 [[overrides]]\npaths = [\"old/kept.json\"]\n[overrides.rules]\nunknown-member = \"info\"\n",
            ),
            ("new.json", WARNS),
            ("old/gone.json", WARNS),
            ("old/kept.json", WARNS),
        ],
    );
    assert_eq!(status(&seamlint(&folder, &["check", "new.json"])), 1);
    assert!(found(&folder, &["check", "old/gone.json"]).is_empty());
    let kept = seamlint(&folder, &["check", "old/kept.json", "--fail-on", "info"]);
    assert_eq!(status(&kept), 1);
    assert_eq!(status(&seamlint(&folder, &["check", "old/kept.json"])), 0);
}

#[test]
fn includes_and_excludes_are_about_folders_and_hooks() {
    let folder = folder(
        "excludes",
        &[
            (
                "seamlint.toml",
                "include = [\"payloads/**\"]\nexclude = [\"**/broken-*.json\"]\n",
            ),
            ("payloads/good.json", WARNS),
            ("payloads/deep/broken-1.json", WARNS),
            ("elsewhere.json", WARNS),
        ],
    );
    let paths = |arguments: &[&str]| -> Vec<String> {
        found(&folder, arguments)
            .into_iter()
            .map(|(path, _)| path)
            .collect()
    };
    assert_eq!(paths(&["check"]), ["payloads/good.json"]);
    assert_eq!(paths(&["check", "elsewhere.json"]), ["elsewhere.json"]);
    let hook = [
        "check",
        "--payloads-only",
        "elsewhere.json",
        "payloads/deep/broken-1.json",
    ];
    assert!(paths(&hook).is_empty());
}

#[test]
fn known_keys_and_a_closed_world() {
    let known = r#"{ "customer_key": "c", "sites": [{ "site_key": "north", "name": "North" }] }"#;
    let files = [
        (
            "set/seamlint.toml",
            "context = [\"base/sites.json\"]\nclosed-world = true\n",
        ),
        ("set/base/sites.json", known),
        ("set/payload.json", DANGLES),
        ("open/payload.json", DANGLES),
        ("shut/seamlint.toml", "closed-world = true\n"),
        ("shut/payload.json", DANGLES),
    ];
    let folder = folder("known", &files);
    assert!(found(&folder, &["check", "set/payload.json"]).is_empty());
    assert_eq!(
        status(&seamlint(&folder, &["check", "open/payload.json"])),
        0
    );
    assert_eq!(
        status(&seamlint(&folder, &["check", "shut/payload.json"])),
        1
    );
}

#[test]
fn what_is_wrong_in_it_has_a_place_and_a_suggestion() {
    for (at, (text, place, words)) in [
        ("fial-on = \"error\"\n", "1:1", "did you mean `fail-on`?"),
        ("fail-on = \"eror\"\n", "1:11", "did you mean `error`?"),
        (
            "\n[rules]\nunknown-membre = \"off\"\n",
            "3:1",
            "did you mean \"unknown-member\"?",
        ),
        (
            "[rules]\nschema-patern = \"off\"\n",
            "2:1",
            "did you mean \"schema-pattern\"?",
        ),
        (
            "[rules]\nschema-multiple-off = \"off\"\n",
            "2:1",
            "did you mean \"schema-multiple-of\"?",
        ),
        (
            "[rules]\nunknown-member = \"of\"\n",
            "2:18",
            "did you mean `off`?",
        ),
        (
            "[[ignore]]\nrule = \"dangling-reference\"\n",
            "1:1",
            "missing field `reason`",
        ),
        (
            "[[ignore]]\nrule = \"dangling-reference\"\nreason = \" \"\n",
            "3:10",
            "say why",
        ),
        (
            "[[ignore]]\nrule = \"dangling-refrence\"\nreason = \"x\"\n",
            "2:8",
            "did you mean \"dangling-reference\"?",
        ),
        (
            "[[ignore]]\nrule = \"dangling-reference\"\nreason = \"x\"\npointer = \"spaces\"\n",
            "4:11",
            "begins with /",
        ),
        ("exclude = [\"a/{b\"]\n", "1:12", "unclosed"),
        ("fail-on = \n", "1:11", ""),
        (
            "[[overrides]]\npath = [\"a\"]\n",
            "2:1",
            "did you mean `paths`?",
        ),
        (
            "known = [\n  \"keys.json\",\n]\n",
            "2:3",
            "cannot read the known keys keys.json: ",
        ),
        (
            "known = [\"a.json\"]\n",
            "1:10",
            "cannot use the known keys a.json: ",
        ),
        (
            "context = [\"seamlint.toml\"]\n",
            "1:12",
            "cannot use seamlint.toml as a payload: ",
        ),
        (
            "baseline = \"b.json\"\n",
            "1:12",
            "cannot read the baseline b.json: ",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = folder(
            &format!("wrong-{at}"),
            &[("seamlint.toml", text), ("a.json", WARNS)],
        );
        let output = seamlint(&folder, &["check", "a.json"]);
        let told = stderr(&output);
        assert_eq!(status(&output), 2, "{text}{told}");
        let begin =
            format!("seamlint: error: cannot use the configuration seamlint.toml:{place}: ");
        assert!(
            told.starts_with(&begin) && told.contains(words),
            "{text}{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(output.stdout.is_empty());
    }
    let folder = folder("wrong-none", &[("a.json", WARNS)]);
    let output = seamlint(&folder, &["check", "a.json", "--config", "no.toml"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("cannot read the configuration no.toml"));
}

#[test]
fn what_is_meant_is_ignored_for_a_reason() {
    let many = r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "N", "colour": "red" }, { "site_key": "b", "name": "M", "colour": "red", "size": 1 }] }"#;
    let ignore = |pointer: &str| {
        format!(
            "[[ignore]]\nrule = \"unknown-member\"\npointer = \"{pointer}\"\nreason = \"ours\"\n"
        )
    };
    for (at, (pointer, left)) in [
        ("/sites/*/colour", 1),
        ("/sites/0/colour", 2),
        ("/sites/**", 0),
        ("/**/colour", 1),
        ("/**", 0),
        ("/sites/*", 3),
        ("/sites", 3),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = folder(
            &format!("ignore-{at}"),
            &[("seamlint.toml", &ignore(pointer)), ("a.json", many)],
        );
        assert_eq!(found(&folder, &["check"]).len(), left, "{pointer}");
        let output = seamlint(&folder, &["check", "--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(report["summary"]["suppressed"], 3 - left, "{pointer}");
        assert_eq!(report["summary"]["warnings"], left, "{pointer}");
        let unused = stderr(&output).contains("seamlint.toml:2: this [[ignore]] of unknown-member");
        assert_eq!(unused, left == 3, "{pointer}");
        // What is cut short is counted after what is meant is gone.
        let cut = seamlint(
            &folder,
            &["check", "--format", "json", "--max-per-code", "1"],
        );
        let report: Value = serde_json::from_slice(&cut.stdout).expect("JSON");
        assert_eq!(report["summary"]["warnings"], left, "{pointer}");
        let listed = report["files"][0]["diagnostics"]
            .as_array()
            .map_or(0, Vec::len);
        assert_eq!(listed, left.min(1), "{pointer}");
    }
}

#[test]
fn what_is_meant_is_not_mended() {
    let spaces = r#"{ "customer_key": "c", "sites": [{ "site_key": "a ", "name": "N" }, { "site_key": "b ", "name": "M" }] }"#;
    let ignore =
        "[[ignore]]\nrule = \"key-whitespace\"\npointer = \"/sites/0/**\"\nreason = \"theirs\"\n";
    let lines = format!("{spaces}\n{spaces}\n");
    let folder = folder(
        "not-mended",
        &[
            ("seamlint.toml", ignore),
            ("a.json", spaces),
            ("b.jsonl", &lines),
        ],
    );
    let output = seamlint(&folder, &["check", "--fix"]);
    assert_eq!(status(&output), 0);
    assert_eq!(stderr(&output), "");
    let mended = spaces.replace("\"b \"", "\"b\"");
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("is there");
    assert_eq!(read("a.json"), mended);
    assert_eq!(read("b.jsonl"), format!("{mended}\n{mended}\n"));
}

#[test]
fn an_entry_is_unused_only_where_it_was_asked() {
    let text = "[[ignore]]\nrule = \"unknown-member\"\npath = \"b/*.json\"\nreason = \"ours\"\n";
    let clean = r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" }] }"#;
    let folder = folder(
        "asked",
        &[
            ("seamlint.toml", text),
            ("a.json", WARNS),
            ("b/b.json", WARNS),
            ("b/c.json", clean),
        ],
    );
    let told = |arguments: &[&str]| !stderr(&seamlint(&folder, arguments)).is_empty();
    assert!(!told(&["check", "a.json"]));
    assert!(!told(&["check", "b/b.json"]));
    assert!(!told(&["check"]));
    assert!(told(&["check", "b/c.json"]));
    assert_eq!(
        found(&folder, &["check"]),
        [("a.json".to_owned(), "unknown-member".to_owned())]
    );
}

#[test]
fn shells_and_man_are_served() {
    let folder = folder("shells", &[("a.json", WARNS)]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = seamlint(&folder, &["completions", shell]);
        assert_eq!(status(&output), 0);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            text.contains("fail-on") && text.contains("seamlint"),
            "{shell}"
        );
    }
    for (arguments, word) in [(&["man"][..], "explain"), (&["man", "check"], "payloads")] {
        let output = seamlint(&folder, arguments);
        let page = String::from_utf8_lossy(&output.stdout);
        assert!(page.contains(".SH NAME") && page.contains(word), "{page}");
    }
    let output = seamlint(&folder, &["man", "chek"]);
    assert_eq!(status(&output), 2);
    assert_eq!(
        stderr(&output),
        "seamlint: error: there is no command \"chek\"\n"
    );
}

#[test]
fn the_page_shows_one_that_is_understood() {
    let page = include_str!("../../docs/configuration.md");
    let (_, rest) = page.split_once("```toml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let folder = folder(
        "page",
        &[
            ("seamlint.toml", example),
            ("known.json", r#"{ "version": 1, "customers": {} }"#),
            ("base/sites.json", WARNS),
            (
                "baseline.json",
                r#"{ "version": 1, "values": true, "files": {} }"#,
            ),
            ("payloads/a.json", WARNS),
        ],
    );
    let output = seamlint(&folder, &["check", "payloads"]);
    // The extra member is a warning, which the example fails for.
    assert_eq!((status(&output), stderr(&output)), (1, ""));
}

#[test]
fn one_configuration_holds_for_a_set() {
    let stay = r#"{ "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "parent_site_key": "north" }] }"#;
    let site = r#"{ "customer_key": "c", "sites": [{ "site_key": "north", "name": "North", "colour": "red" }] }"#;
    let folder = folder(
        "set",
        &[
            ("seamlint.toml", "[rules]\nunknown-member = \"off\"\n"),
            ("a/seamlint.toml", "fail-on = \"info\"\n"),
            ("a/spaces.json", stay),
            ("b/sites.json", site),
        ],
    );
    let arguments = ["check", "--as-set", "--closed-world", "a", "b"];
    assert!(found(&folder, &arguments).is_empty());
    assert_eq!(status(&seamlint(&folder, &arguments)), 0);
    assert_eq!(
        status(&seamlint(&folder, &["check", "--closed-world", "a"])),
        1
    );
}

#[test]
fn what_is_no_file_is_not_passed_over() {
    let folder = folder("no-file", &[("seamlint.toml/x", ""), ("a.json", WARNS)]);
    let output = seamlint(&folder, &["check", "a.json"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("cannot read the configuration seamlint.toml: it is no file"));
    assert_eq!(
        status(&seamlint(&folder, &["check", "a.json", "--isolated"])),
        0
    );
}

#[test]
fn an_entry_of_a_rule_that_is_off_is_not_unused() {
    let text = "[[ignore]]\nrule = \"unknown-member\"\nreason = \"ours\"\n";
    let folder = folder("off", &[("seamlint.toml", text), ("a.json", WARNS)]);
    let output = seamlint(
        &folder,
        &["check", "a.json", "--rule", "unknown-member=off"],
    );
    assert_eq!((status(&output), stderr(&output)), (0, ""));
}

#[test]
fn many_files_are_told_in_their_order() {
    let names: Vec<String> = (0..700).map(|at| format!("many/{at:04}.json")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, WARNS)).collect();
    files.push(("many/0300x.json", "{ \"customer_key\": "));
    files.push(("many/0301x.json", "[1]"));
    let folder = folder("order", &files);
    let output = seamlint(&folder, &["check", "many", "--format", "concise"]);
    let text = String::from_utf8_lossy(&output.stdout);
    let paths: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert!(paths.is_sorted());
    assert_eq!(paths.len(), 701);
    let output = seamlint(&folder, &["check", "many"]);
    let text = String::from_utf8_lossy(&output.stdout);
    let summary =
        "701 files checked: 1 error, 700 warnings (1 file passed over: no push_data payload)";
    assert_eq!(text.lines().last(), Some(summary));
}

#[test]
fn all_files_of_a_folder_and_how_many_there_were() {
    let folder = folder(
        "all",
        &[
            ("seamlint.toml", "exclude = [\"out/**\"]\n"),
            ("a.json", WARNS),
            ("b.json", "[1]"),
            ("out/c.json", "[1]"),
        ],
    );
    let output = seamlint(&folder, &["check", "--stats", "--format", "concise"]);
    let stats = "1 file checked: 1 warning (1 file passed over: no push_data payload)\n";
    assert_eq!((status(&output), stderr(&output)), (0, stats));
    let output = seamlint(
        &folder,
        &["check", "--all", "--stats", "--format", "concise"],
    );
    let stats = "2 files checked: 1 error, 1 warning\n";
    assert_eq!((status(&output), stderr(&output)), (1, stats));
    // Told once.
    let output = seamlint(&folder, &["check", "--stats"]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("checked"));
}

#[test]
fn what_is_counted_and_not_listed_stays_so_when_findings_are_meant() {
    // The parser keeps 10,000 problems of a text and counts the rest.
    let text = format!(
        r#"{{ "customer_key": "c", "sites": [], "colour": [{}1] }}"#,
        "'a', ".repeat(10_500)
    );
    let ignore = "[[ignore]]\nrule = \"unknown-member\"\nreason = \"ours\"\n";
    let files = [("seamlint.toml", ignore), ("a.json", text.as_str())];
    let folder = folder("counted", &files);
    let summary = |arguments: &[&str]| {
        let arguments = [&["check", "a.json", "--format", "json"], arguments].concat();
        let output = seamlint(&folder, &arguments);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let count = |name: &str| report["summary"][name].as_u64().expect("a count");
        let omitted = &report["files"][0]["omitted"];
        (
            count("errors"),
            count("warnings"),
            count("suppressed"),
            omitted.clone(),
        )
    };
    let (errors, warnings, suppressed, omitted) = summary(&["--isolated"]);
    assert_eq!((errors, warnings, suppressed), (10_500, 1, 0));
    assert_eq!(summary(&[]), (errors, 0, 1, omitted));
}
