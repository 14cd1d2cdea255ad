//! `check --fix`, `--unsafe-fixes` and `--diff`, as processes. The tests may run as root, for whom
//! no folder is read-only: a folder that cannot take a temporary file is made in other ways.

use std::fs;
use std::process::Command;

use crate::support::command::Folder;

const SLIPS: &str = "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n \", \"name\": \"N\" },],\n  \"gusts\": [] }\n";
const SAFE: &str = "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }],\n  \"gusts\": [] }\n";

#[test]
fn fix_applies_safe_fixes() {
    let folder = Folder::new(&[("p.json", SLIPS)]);
    let output = folder.check(&["--fix", "p.json"]);
    assert_eq!(folder.text("p.json"), SAFE);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(output.stdout().contains("unknown-member"));
    assert!(
        output
            .stdout()
            .ends_with("1 file checked: 1 warning; 2 fixed\n"),
        "{}",
        output.stdout()
    );
    assert_eq!(folder.names(), ["p.json"]);
    // Once more changes nothing.
    let output = folder.check(&["--fix", "p.json"]);
    assert!(output.stdout().ends_with("1 file checked: 1 warning\n"));
    assert_eq!(folder.text("p.json"), SAFE);
}

#[test]
fn unsafe_fixes_applies_all_fixes() {
    let folder = Folder::new(&[("p.json", SLIPS)]);
    let output = folder.check(&["--unsafe-fixes"]);
    // The nearest member of "gusts" is not sure: the name has five letters.
    assert_eq!(folder.text("p.json"), SAFE);
    assert_eq!(output.status, 1);
    folder.write(
        "p.json",
        "{ \"customer_key\": \"c\", \"Guests\": [{ \"guest_key\": \"g\", \"name\": \"G\" }] }",
    );
    let output = folder.check(&["--fix", "--unsafe-fixes", "p.json"]);
    assert_eq!(
        folder.text("p.json"),
        "{ \"customer_key\": \"c\", \"guests\": [{ \"guest_key\": \"g\", \"name\": \"G\" }] }"
    );
    assert!(
        output.stdout().ends_with("nothing left; 1 fixed\n"),
        "{}",
        output.stdout()
    );
}

#[test]
fn diff_changes_no_file() {
    let folder = Folder::new(&[("p.json", SLIPS)]);
    let output = folder.check(&["--diff", "p.json"]);
    assert_eq!(folder.text("p.json"), SLIPS);
    assert_eq!(output.status, 1);
    let wanted = format!(
        "--- p.json\n+++ p.json\n@@ -1,2 +1,2 @@\n-{}\n+{}\n   \"gusts\": [] }}\n",
        SLIPS.lines().next().expect("a line"),
        SAFE.lines().next().expect("a line"),
    );
    assert_eq!(output.stdout(), wanted);
    assert_eq!(
        output.stderr(),
        "1 file checked: 1 warning; 2 would be fixed\n"
    );
    // Nothing to change: the status is that of what is found.
    folder.write("p.json", SAFE);
    let output = folder.check(&["--diff", "p.json"]);
    assert_eq!((output.status, output.stdout()), (1, ""));
    let output = folder.check(&["--diff", "--fail-on", "error", "p.json"]);
    assert_eq!((output.status, output.stdout()), (0, ""));
}

#[test]
fn diff_refuses_redact_and_formats() {
    let folder = Folder::new(&[("p.json", SLIPS)]);
    for arguments in [["--diff", "--redact"], ["--diff", "--format=json"]] {
        let output = folder.check(&arguments);
        assert_eq!((output.status, output.stdout()), (2, ""));
    }
    // Fixing with values kept out of the report is another matter.
    let output = folder.check(&["--fix", "--redact", "p.json"]);
    assert_eq!(output.status, 1);
    assert_eq!(folder.text("p.json"), SAFE);
}

#[test]
fn fix_of_standard_input_goes_to_standard_output() {
    let folder = Folder::new(&[]);
    let output = folder.check_with(&["--fix", "-"], SLIPS.as_bytes());
    assert_eq!(output.stdout(), SAFE);
    assert!(output.stderr().contains("unknown-member"));
    assert!(
        output
            .stderr()
            .ends_with("1 file checked: 1 warning; 2 fixed\n")
    );
    let output = folder.check_with(&["--diff", "-"], SLIPS.as_bytes());
    assert!(output.stdout().starts_with("--- <stdin>\n+++ <stdin>\n"));
    // What is not UTF-8 comes out as it went in.
    let broken = b"{ \"customer_key\": \"\xff\", }";
    let output = folder.check_with(&["--fix", "-"], broken);
    assert_eq!(output.stdout, broken);
    assert_eq!(output.status, 1);
    assert!(output.stderr().contains("invalid-unicode"));
}

#[test]
fn fix_leaves_invalid_utf8_alone() {
    let folder = Folder::new(&[]);
    let broken = b"{ \"customer_key\": \"\xff\", }";
    folder.write("p.json", broken);
    let output = folder.check(&["--unsafe-fixes", "p.json"]);
    assert_eq!(output.status, 1);
    assert_eq!(folder.read("p.json"), broken);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn fix_keeps_permissions() {
        let folder = Folder::new(&[("p.json", SLIPS)]);
        let path = folder.path().join("p.json");
        for mode in [0o600, 0o664, 0o755] {
            fs::write(&path, SLIPS).expect("a file");
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
            folder.check(&["--fix", "p.json"]);
            assert_eq!(folder.text("p.json"), SAFE);
            let kept = fs::metadata(&path).expect("a file").permissions().mode();
            assert_eq!(kept & 0o7777, mode);
        }
    }

    #[test]
    fn fix_keeps_links() {
        let folder = Folder::new(&[("p.json", "")]);
        let there = Folder::new(&[]);
        let target = there.path().join("real.json");
        fs::write(&target, SLIPS).expect("a file");
        let link = folder.path().join("link.json");
        symlink(&target, &link).expect("a link");
        let output = folder.check(&["--fix", "link.json"]);
        assert_eq!(output.status, 1);
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&target).expect("a file"), SAFE);
        assert_eq!(there.names(), ["real.json"]);
        assert_eq!(folder.names(), ["link.json", "p.json"]);
    }

    #[test]
    fn fix_keeps_read_only_files() {
        let folder = Folder::new(&[("p.json", SLIPS)]);
        let path = folder.path().join("p.json");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("a mode");
        let output = folder.check(&["--fix", "p.json"]);
        assert_eq!(output.status, 2);
        assert_eq!(folder.text("p.json"), SLIPS);
        assert!(
            output
                .stderr()
                .contains("cannot fix p.json, which is unchanged: it is read-only")
        );
        // The report is of the file as it is.
        assert!(output.stdout().contains("json-syntax"));
        assert_eq!(folder.names(), ["p.json"]);
    }

    #[test]
    fn fix_fails_in_a_read_only_folder() {
        let folder = Folder::new(&[("p.json", SLIPS)]);
        let mode = |mode| {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).expect("a mode");
        };
        mode(0o555);
        let is_root = fs::write(folder.path().join("probe"), "").is_ok();
        if is_root {
            // Root may write everywhere: there is nothing to show.
            let _ = fs::remove_file(folder.path().join("probe"));
        } else {
            let output = folder.check(&["--fix", "p.json"]);
            assert_eq!(output.status, 2);
            assert_eq!(folder.text("p.json"), SLIPS);
        }
        mode(0o755);
    }

    #[test]
    fn fix_does_not_replace_pipes() {
        // A pipe with a name: its text is read, and there is nothing to put in its place.
        let folder = Folder::new(&[]);
        let pipe = folder.path().join("pipe.json");
        let made = Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            return;
        }
        let writer = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::write(pipe, SLIPS)
        });
        let output = folder.check(&["--fix", "pipe.json"]);
        writer.join().expect("a thread").expect("a write");
        assert_eq!(output.status, 2);
        assert!(output.stderr().contains("it is not a regular file"));
        assert_eq!(folder.names(), ["pipe.json"]);
    }
}

#[test]
fn fix_of_a_file_named_twice() {
    let folder = Folder::new(&[("p.json", SLIPS)]);
    let output = folder.check(&["--fix", "p.json", "./p.json"]);
    assert_eq!(folder.text("p.json"), SAFE);
    assert!(
        output
            .stdout()
            .ends_with("1 file checked: 1 warning; 2 fixed\n"),
        "{}",
        output.stdout()
    );
}

#[test]
fn utf16_is_written_anew_by_unsafe_fixes_alone() {
    let payload = PAYLOAD_TO_TRIM.replace(" c ", "c");
    for (mark, to_bytes) in [
        ("", u16::to_le_bytes as fn(u16) -> [u8; 2]),
        ("\u{feff}", u16::to_be_bytes),
    ] {
        let text = format!("{mark}{PAYLOAD_TO_TRIM}");
        let bytes: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
        let folder = Folder::with_bytes(&[("p.json", &bytes)]);
        let safe = folder.check(&["--fix", "p.json", "--format", "concise"]);
        assert_eq!(safe.status, 1);
        assert!(
            safe.stdout().contains("the payload is UTF-16"),
            "{}",
            safe.stdout()
        );
        assert_eq!(folder.read("p.json"), bytes);
        let all = folder.check(&["--unsafe-fixes", "p.json"]);
        assert!(all.stdout().contains("2 fixed"), "{}", all.stdout());
        assert_eq!(folder.text("p.json"), payload);
    }
}

/// A payload with a safe fix.
const PAYLOAD_TO_TRIM: &str = r#"{"customer_key":" c ","sites":[{"site_key":"ü","name":"N"}]}"#;

/// A schema of one's own may want what a fix takes away.
#[test]
fn a_fix_that_would_make_an_error_is_named_and_left_out() {
    let schema = r#"{ "type": "object", "properties": { "customer_key": { "type": "string" }, "sites": { "type": "array",
        "items": { "type": "object", "properties": { "site_key": { "type": "string" }, "name": { "type": "string", "minLength": 3 } } } } } }"#;
    let before = "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"a\", \"name\": \"A \t\" }, { \"site_key\": \"b\", \"name\": \"Bed \" }] }"
        .replace('\t', "\\t");
    let folder = Folder::new(&[("p.json", &before), ("schema.json", schema)]);
    let output = folder.check(&["--schema", "schema.json", "--fix", "p.json"]);
    assert_eq!(folder.text("p.json"), before.replace("Bed ", "Bed"));
    assert!(
        output
            .stderr()
            .contains("1 fix not applied: p.json: /sites/0/name: "),
        "{output:?}"
    );
    assert!(
        output
            .stdout()
            .ends_with("1 file checked: 1 info; 1 fixed\n"),
        "{output:?}"
    );
}
