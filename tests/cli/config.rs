//! `seamlint.toml` as teams use it: found, layered, refused with its place; findings that are meant.

use crate::support::command::{Folder, Ran};

const WARNS: &str =
    r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North", "colour": "red" }] }"#;
const DANGLES: &str = r#"{ "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "parent_site_key": "north" }], "sites": [{ "site_key": "south", "name": "South" }] }"#;

/// Path and code of every finding.
fn found(folder: &Folder, arguments: &[&str]) -> Vec<(String, String)> {
    let ran = folder.run(&[arguments, &["--format", "json"]].concat());
    let findings = ran.findings().into_iter();
    findings.map(|(path, code, ..)| (path, code)).collect()
}

#[test]
fn config_is_the_nearest_above_a_file() {
    let folder = Folder::new(&[
        ("seamlint.toml", "fail-on = \"warning\"\n"),
        ("a.json", WARNS),
        ("deep/er/b.json", WARNS),
        ("other/seamlint.toml", "[rules]\nunknown-member = \"off\"\n"),
        ("other/c.json", WARNS),
    ]);
    let codes = |path: &str| found(&folder, &["check", path]).len();
    assert_eq!(
        (
            codes("a.json"),
            codes("deep/er/b.json"),
            codes("other/c.json")
        ),
        (1, 1, 0)
    );
    assert_eq!(folder.run(&["check", "a.json"]).status, 1);
    assert_eq!(folder.run(&["check", "deep/er/b.json"]).status, 1);
    assert_eq!(folder.run(&["check", "other/c.json"]).status, 0);
    // From below, and from elsewhere.
    let mut below = folder.seamlint();
    below.current_dir(folder.join("deep/er"));
    let output = below.args(["check", "b.json"]).output();
    assert_eq!(Ran::from(output.expect("the command runs")).status, 1);
    assert_eq!(folder.run(&["check"]).status, 1);
    // Flags come first.
    assert_eq!(
        folder
            .run(&["check", "a.json", "--fail-on", "error"])
            .status,
        0
    );
    assert_eq!(folder.run(&["check", "a.json", "--isolated"]).status, 1);
    let given = ["check", "a.json", "--config", "other/seamlint.toml"];
    assert!(found(&folder, &given).is_empty());
    let louder = ["check", "other/c.json", "--rule", "unknown-member=error"];
    assert_eq!(folder.run(&louder).status, 1);
}

#[test]
fn last_matching_override_wins() {
    let folder = Folder::new(&[
        (
            "seamlint.toml",
            "[rules]\nunknown-member = \"error\"\n\
                 [[overrides]]\npaths = [\"old/**\"]\n[overrides.rules]\nunknown-member = \"off\"\n\
                 [[overrides]]\npaths = [\"old/kept.json\"]\n[overrides.rules]\nunknown-member = \"info\"\n",
        ),
        ("new.json", WARNS),
        ("old/gone.json", WARNS),
        ("old/kept.json", WARNS),
    ]);
    assert_eq!(folder.run(&["check", "new.json"]).status, 1);
    assert!(found(&folder, &["check", "old/gone.json"]).is_empty());
    let kept = folder.run(&["check", "old/kept.json", "--fail-on", "info"]);
    assert_eq!(kept.status, 1);
    assert_eq!(folder.run(&["check", "old/kept.json"]).status, 0);
}

#[test]
fn include_and_exclude_apply_to_folders_and_hooks() {
    let folder = Folder::new(&[
        (
            "seamlint.toml",
            "include = [\"payloads/**\"]\nexclude = [\"**/broken-*.json\"]\n",
        ),
        ("payloads/good.json", WARNS),
        ("payloads/deep/broken-1.json", WARNS),
        ("elsewhere.json", WARNS),
    ]);
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
fn config_context_and_closed_world() {
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
    let folder = Folder::new(&files);
    assert!(found(&folder, &["check", "set/payload.json"]).is_empty());
    let status = |path| folder.run(&["check", path, "--fail-on", "error"]).status;
    assert_eq!(status("open/payload.json"), 0);
    assert_eq!(status("shut/payload.json"), 1);
}

#[test]
fn config_errors_have_a_position_and_a_suggestion() {
    for (text, place, words) in [
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
    ] {
        let folder = Folder::new(&[("seamlint.toml", text), ("a.json", WARNS)]);
        let output = folder.run(&["check", "a.json"]);
        let told = output.stderr();
        assert_eq!(output.status, 2, "{text}{told}");
        let begin =
            format!("seamlint: error: cannot use the configuration seamlint.toml:{place}: ");
        assert!(
            told.starts_with(&begin) && told.contains(words),
            "{text}{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(output.stdout.is_empty());
    }
    let folder = Folder::new(&[("a.json", WARNS)]);
    let output = folder.run(&["check", "a.json", "--config", "no.toml"]);
    assert_eq!(output.status, 2);
    assert!(
        output
            .stderr()
            .contains("cannot read the configuration no.toml")
    );
}

#[test]
fn ignore_suppresses_by_pointer() {
    let many = r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "N", "colour": "red" }, { "site_key": "b", "name": "M", "colour": "red", "size": 1 }] }"#;
    let ignore = |pointer: &str| {
        format!(
            "[[ignore]]\nrule = \"unknown-member\"\npointer = \"{pointer}\"\nreason = \"ours\"\n"
        )
    };
    for (pointer, left) in [
        ("/sites/*/colour", 1),
        ("/sites/0/colour", 2),
        ("/sites/**", 0),
        ("/**/colour", 1),
        ("/**", 0),
        ("/sites/*", 3),
        ("/sites", 3),
    ] {
        let folder = Folder::new(&[("seamlint.toml", &ignore(pointer)), ("a.json", many)]);
        assert_eq!(found(&folder, &["check"]).len(), left, "{pointer}");
        let output = folder.run(&["check", "--format", "json"]);
        let report = output.json();
        assert_eq!(report["summary"]["suppressed"], 3 - left, "{pointer}");
        assert_eq!(report["summary"]["warnings"], left, "{pointer}");
        let unused = output
            .stderr()
            .contains("seamlint.toml:2: this [[ignore]] of unknown-member");
        assert_eq!(unused, left == 3, "{pointer}");
        // What is cut short is counted after what is meant is gone.
        let cut = folder.run(&["check", "--format", "json", "--max-per-code", "1"]);
        let report = cut.json();
        assert_eq!(report["summary"]["warnings"], left, "{pointer}");
        let listed = report["files"][0]["diagnostics"]
            .as_array()
            .map_or(0, Vec::len);
        assert_eq!(listed, left.min(1), "{pointer}");
    }
}

#[test]
fn ignore_keeps_findings_from_being_fixed() {
    let spaces = r#"{ "customer_key": "c", "sites": [{ "site_key": "a ", "name": "N" }, { "site_key": "b ", "name": "M" }] }"#;
    let ignore =
        "[[ignore]]\nrule = \"key-whitespace\"\npointer = \"/sites/0/**\"\nreason = \"theirs\"\n";
    let lines = format!("{spaces}\n{spaces}\n");
    let folder = Folder::new(&[
        ("seamlint.toml", ignore),
        ("a.json", spaces),
        ("b.jsonl", &lines),
    ]);
    let output = folder.run(&["check", "--fix"]);
    assert_eq!(output.status, 0);
    assert_eq!(output.stderr(), "");
    let mended = spaces.replace("\"b \"", "\"b\"");
    assert_eq!(folder.text("a.json"), mended);
    assert_eq!(folder.text("b.jsonl"), format!("{mended}\n{mended}\n"));
}

#[test]
fn ignore_is_unused_only_where_its_path_was_checked() {
    let text = "[[ignore]]\nrule = \"unknown-member\"\npath = \"b/*.json\"\nreason = \"ours\"\n";
    let clean = r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "North" }] }"#;
    let folder = Folder::new(&[
        ("seamlint.toml", text),
        ("a.json", WARNS),
        ("b/b.json", WARNS),
        ("b/c.json", clean),
    ]);
    let told = |arguments: &[&str]| !folder.run(arguments).stderr().is_empty();
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
fn completions_and_man_pages() {
    let folder = Folder::new(&[("a.json", WARNS)]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = folder.run(&["completions", shell]);
        assert_eq!(output.status, 0);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            text.contains("fail-on") && text.contains("seamlint"),
            "{shell}"
        );
    }
    for (arguments, word) in [(&["man"][..], "explain"), (&["man", "check"], "payloads")] {
        let output = folder.run(arguments);
        let page = String::from_utf8_lossy(&output.stdout);
        assert!(page.contains(".SH NAME") && page.contains(word), "{page}");
    }
    let output = folder.run(&["man", "chek"]);
    assert_eq!(output.status, 2);
    assert_eq!(
        output.stderr(),
        "seamlint: error: there is no command \"chek\"\n"
    );
}

#[test]
fn config_example_in_the_docs_is_valid() {
    let page = include_str!("../../docs/configuration.md");
    let (_, rest) = page.split_once("```toml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let folder = Folder::new(&[
        ("seamlint.toml", example),
        ("known.json", r#"{ "version": 1, "customers": {} }"#),
        ("base/sites.json", WARNS),
        (
            "baseline.json",
            r#"{ "version": 2, "values": true, "files": {} }"#,
        ),
        ("payloads/a.json", WARNS),
    ]);
    let output = folder.run(&["check", "payloads"]);
    // The extra member is a warning, which the example fails for.
    assert_eq!((output.status, output.stderr()), (1, ""));
}

#[test]
fn config_of_a_set() {
    let stay = r#"{ "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "parent_site_key": "north" }] }"#;
    let site = r#"{ "customer_key": "c", "sites": [{ "site_key": "north", "name": "North", "colour": "red" }] }"#;
    let folder = Folder::new(&[
        ("seamlint.toml", "[rules]\nunknown-member = \"off\"\n"),
        ("a/seamlint.toml", "fail-on = \"info\"\n"),
        ("a/spaces.json", stay),
        ("b/sites.json", site),
    ]);
    let arguments = ["check", "--as-set", "--closed-world", "a", "b"];
    assert!(found(&folder, &arguments).is_empty());
    assert_eq!(folder.run(&arguments).status, 0);
    assert_eq!(folder.run(&["check", "--closed-world", "a"]).status, 1);
}

#[test]
fn config_that_is_a_folder_is_a_failure() {
    let folder = Folder::new(&[("seamlint.toml/x", ""), ("a.json", WARNS)]);
    let output = folder.run(&["check", "a.json"]);
    assert_eq!(output.status, 2);
    assert!(
        output
            .stderr()
            .contains("cannot read the configuration seamlint.toml: it is not a file")
    );
    assert_eq!(folder.run(&["check", "a.json", "--isolated"]).status, 1);
}

#[test]
fn ignore_of_a_rule_that_is_off_is_not_unused() {
    let text = "[[ignore]]\nrule = \"unknown-member\"\nreason = \"ours\"\n";
    let folder = Folder::new(&[("seamlint.toml", text), ("a.json", WARNS)]);
    let output = folder.run(&["check", "a.json", "--rule", "unknown-member=off"]);
    assert_eq!((output.status, output.stderr()), (0, ""));
}

#[test]
fn many_files_are_reported_in_order() {
    let names: Vec<String> = (0..700).map(|at| format!("many/{at:04}.json")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, WARNS)).collect();
    files.push(("many/0300x.json", "{ \"customer_key\": "));
    files.push(("many/0301x.json", "[1]"));
    let folder = Folder::new(&files);
    let output = folder.run(&["check", "many", "--format", "concise"]);
    let text = String::from_utf8_lossy(&output.stdout);
    let paths: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert!(paths.is_sorted());
    assert_eq!(paths.len(), 701);
    let output = folder.run(&["check", "many"]);
    let text = String::from_utf8_lossy(&output.stdout);
    let summary = "701 files checked: 1 error, 700 warnings (1 file skipped: no push_data payload)";
    assert_eq!(text.lines().last(), Some(summary));
}

#[test]
fn all_and_stats() {
    let folder = Folder::new(&[
        ("seamlint.toml", "exclude = [\"out/**\"]\n"),
        ("a.json", WARNS),
        ("b.json", "[1]"),
        ("out/c.json", "[1]"),
    ]);
    let output = folder.run(&["check", "--stats", "--format", "concise"]);
    let stats = "1 file checked: 1 warning (1 file skipped: no push_data payload)\n";
    assert_eq!((output.status, output.stderr()), (1, stats));
    let output = folder.run(&["check", "--all", "--stats", "--format", "concise"]);
    let stats = "2 files checked: 1 error, 1 warning\n";
    assert_eq!((output.status, output.stderr()), (1, stats));
    // Told once.
    let output = folder.run(&["check", "--stats"]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("checked"));
}

#[test]
fn ignore_keeps_the_count_of_omitted_findings() {
    // The parser keeps 10,000 halves of surrogate pairs and counts the rest.
    let text = format!(
        r#"{{ "customer_key": "c", "sites": [], "colour": [{}1] }}"#,
        r#""\ud800", "#.repeat(10_500)
    );
    let ignore = "[[ignore]]\nrule = \"unknown-member\"\nreason = \"ours\"\n";
    let files = [("seamlint.toml", ignore), ("a.json", text.as_str())];
    let folder = Folder::new(&files);
    let summary = |arguments: &[&str]| {
        let arguments = [&["check", "a.json", "--format", "json"], arguments].concat();
        let output = folder.run(&arguments);
        let report = output.json();
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
