//! `check --fix`, `--unsafe-fixes` and `--diff`, as processes. The tests may run as root, for whom
//! no folder is read-only: a folder that cannot take a temporary file is made in other ways.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::program::program;

const SLIPS: &str = "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n \", \"name\": \"N\" },],\n  \"gusts\": [] }\n";
const SAFE: &str = "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }],\n  \"gusts\": [] }\n";

fn seamlint(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(program())
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("seamlint runs");
    // It may not read what it does not ask for.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin);
    child.wait_with_output().expect("seamlint ends")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("a status")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("p.json"), text).expect("a file");
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("a file")
}

/// Nothing but these files is left in a folder.
fn holds_only(folder: &Path, names: &[&str]) {
    let mut found: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    found.sort();
    assert_eq!(found, names);
}

#[test]
fn fix_applies_what_is_safe() {
    let folder = folder(SLIPS);
    let output = seamlint(folder.path(), &["--fix", "p.json"], b"");
    assert_eq!(read(&folder, "p.json"), SAFE);
    assert_eq!(status(&output), 0, "{output:?}");
    assert!(stdout(&output).contains("unknown-member"));
    assert!(
        stdout(&output).ends_with("1 file checked: 1 warning; 2 fixed\n"),
        "{}",
        stdout(&output)
    );
    holds_only(folder.path(), &["p.json"]);
    // Once more changes nothing.
    let output = seamlint(folder.path(), &["--fix", "p.json"], b"");
    assert!(stdout(&output).ends_with("1 file checked: 1 warning\n"));
    assert_eq!(read(&folder, "p.json"), SAFE);
}

#[test]
fn unsafe_fixes_are_all() {
    let folder = folder(SLIPS);
    let output = seamlint(folder.path(), &["--unsafe-fixes"], b"");
    // The nearest member of "gusts" is not sure: the name has five letters.
    assert_eq!(read(&folder, "p.json"), SAFE);
    assert_eq!(status(&output), 0);
    fs::write(
        folder.path().join("p.json"),
        "{ \"customer_key\": \"c\", \"Guests\": [] }",
    )
    .expect("a file");
    let output = seamlint(folder.path(), &["--fix", "--unsafe-fixes", "p.json"], b"");
    assert_eq!(
        read(&folder, "p.json"),
        "{ \"customer_key\": \"c\", \"guests\": [] }"
    );
    assert!(
        stdout(&output).ends_with("nothing left; 1 fixed\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn diff_changes_nothing() {
    let folder = folder(SLIPS);
    let output = seamlint(folder.path(), &["--diff", "p.json"], b"");
    assert_eq!(read(&folder, "p.json"), SLIPS);
    assert_eq!(status(&output), 1);
    let wanted = format!(
        "--- p.json\n+++ p.json\n@@ -1,2 +1,2 @@\n-{}\n+{}\n   \"gusts\": [] }}\n",
        SLIPS.lines().next().expect("a line"),
        SAFE.lines().next().expect("a line"),
    );
    assert_eq!(stdout(&output), wanted);
    assert_eq!(
        stderr(&output),
        "1 file checked: 1 warning; 2 would be fixed\n"
    );
    // Nothing to change: the status is that of what is found.
    fs::write(folder.path().join("p.json"), SAFE).expect("a file");
    let output = seamlint(folder.path(), &["--diff", "p.json"], b"");
    assert_eq!((status(&output), stdout(&output)), (0, ""));
    let output = seamlint(
        folder.path(),
        &["--diff", "--fail-on", "warning", "p.json"],
        b"",
    );
    assert_eq!((status(&output), stdout(&output)), (1, ""));
}

#[test]
fn a_diff_shows_values() {
    let folder = folder(SLIPS);
    for arguments in [["--diff", "--redact"], ["--diff", "--format=json"]] {
        let output = seamlint(folder.path(), &arguments, b"");
        assert_eq!((status(&output), stdout(&output)), (2, ""));
    }
    // Fixing with values kept out of the report is another matter.
    let output = seamlint(folder.path(), &["--fix", "--redact", "p.json"], b"");
    assert_eq!(status(&output), 0);
    assert_eq!(read(&folder, "p.json"), SAFE);
}

#[test]
fn standard_input_goes_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = seamlint(folder.path(), &["--fix", "-"], SLIPS.as_bytes());
    assert_eq!(stdout(&output), SAFE);
    assert!(stderr(&output).contains("unknown-member"));
    assert!(stderr(&output).ends_with("1 file checked: 1 warning; 2 fixed\n"));
    let output = seamlint(folder.path(), &["--diff", "-"], SLIPS.as_bytes());
    assert!(stdout(&output).starts_with("--- <stdin>\n+++ <stdin>\n"));
    // What is not UTF-8 comes out as it went in.
    let broken = b"{ \"customer_key\": \"\xff\", }";
    let output = seamlint(folder.path(), &["--fix", "-"], broken);
    assert_eq!(output.stdout, broken);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("invalid-unicode"));
}

#[test]
fn bytes_that_are_not_utf8_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = b"{ \"customer_key\": \"\xff\", }";
    fs::write(folder.path().join("p.json"), broken).expect("a file");
    let output = seamlint(folder.path(), &["--unsafe-fixes", "p.json"], b"");
    assert_eq!(status(&output), 1);
    assert_eq!(
        fs::read(folder.path().join("p.json")).expect("a file"),
        broken
    );
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn permissions_are_kept() {
        let folder = folder(SLIPS);
        let path = folder.path().join("p.json");
        for mode in [0o600, 0o664, 0o755] {
            fs::write(&path, SLIPS).expect("a file");
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
            seamlint(folder.path(), &["--fix", "p.json"], b"");
            assert_eq!(read(&folder, "p.json"), SAFE);
            let kept = fs::metadata(&path).expect("a file").permissions().mode();
            assert_eq!(kept & 0o7777, mode);
        }
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = folder("");
        let there = tempfile::tempdir().expect("a folder");
        let target = there.path().join("real.json");
        fs::write(&target, SLIPS).expect("a file");
        let link = folder.path().join("link.json");
        symlink(&target, &link).expect("a link");
        let output = seamlint(folder.path(), &["--fix", "link.json"], b"");
        assert_eq!(status(&output), 0);
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&target).expect("a file"), SAFE);
        holds_only(there.path(), &["real.json"]);
        holds_only(folder.path(), &["link.json", "p.json"]);
    }

    #[test]
    fn a_read_only_file_stays() {
        let folder = folder(SLIPS);
        let path = folder.path().join("p.json");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("a mode");
        let output = seamlint(folder.path(), &["--fix", "p.json"], b"");
        assert_eq!(status(&output), 2);
        assert_eq!(read(&folder, "p.json"), SLIPS);
        assert!(
            stderr(&output).contains("cannot mend p.json, which is unchanged: it is read-only")
        );
        // The report is of the file as it is.
        assert!(stdout(&output).contains("json-syntax"));
        holds_only(folder.path(), &["p.json"]);
    }

    #[test]
    fn a_read_only_folder_changes_nothing() {
        let folder = folder(SLIPS);
        let mode = |mode| {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).expect("a mode");
        };
        mode(0o555);
        let is_root = fs::write(folder.path().join("probe"), "").is_ok();
        if is_root {
            // Root may write everywhere: there is nothing to show.
            let _ = fs::remove_file(folder.path().join("probe"));
        } else {
            let output = seamlint(folder.path(), &["--fix", "p.json"], b"");
            assert_eq!(status(&output), 2);
            assert_eq!(read(&folder, "p.json"), SLIPS);
        }
        mode(0o755);
    }

    #[test]
    fn what_is_no_file_is_not_replaced() {
        // A pipe with a name: its text is read, and there is nothing to put in its place.
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe.json");
        let made = Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            return;
        }
        let writer = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::write(pipe, SLIPS)
        });
        let output = seamlint(folder.path(), &["--fix", "pipe.json"], b"");
        writer.join().expect("a thread").expect("a write");
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains("it is no regular file"));
        holds_only(folder.path(), &["pipe.json"]);
    }
}

#[test]
fn a_file_that_is_named_twice_is_mended_once() {
    let folder = folder(SLIPS);
    let output = seamlint(folder.path(), &["--fix", "p.json", "./p.json"], b"");
    assert_eq!(read(&folder, "p.json"), SAFE);
    assert!(
        stdout(&output).ends_with("2 files checked: 2 warnings; 2 fixed\n"),
        "{}",
        stdout(&output)
    );
}
