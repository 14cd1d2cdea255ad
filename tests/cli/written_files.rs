//! Files that are written: whole or not at all, by one run or by two at once, where there is no room,
//! and with the permissions and links that they had. `cargo xtask test --only crash` stops the command at
//! each system call.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::command::{Folder, Ran, program};

const SLIP: &str =
    "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }], }\n";
const FIXED: &str =
    "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }] }\n";

/// What is replaced, and what writes it.
const WRITERS: [(&str, &[&str]); 3] = [
    ("p.json", &["--fix", "p.json"]),
    ("old.json", &["p.json", "--output=json=old.json"]),
    ("old.json", &["p.json", "--write-baseline=old.json"]),
];

fn folder() -> Folder {
    Folder::new(&[("p.json", SLIP), ("old.json", "of yesterday\n")])
}

#[test]
fn permissions_and_owner_are_kept() {
    for (file, arguments) in WRITERS {
        for mode in [0o600, 0o640, 0o666, 0o755] {
            let folder = folder();
            let path = folder.join(file);
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
            let before = fs::metadata(&path).expect("a file");
            let old = folder.text(file);
            let ran = folder.check(arguments);
            assert!(ran.status < 2, "{arguments:?}: {ran:?}");
            assert_ne!(folder.text(file), old, "{arguments:?}");
            let after = fs::metadata(&path).expect("a file");
            assert_eq!(after.mode(), before.mode(), "{arguments:?}");
            assert_eq!(
                (after.uid(), after.gid()),
                (before.uid(), before.gid()),
                "{arguments:?}"
            );
        }
    }
}

#[test]
fn links_are_followed() {
    for (file, arguments) in WRITERS {
        let folder = folder();
        fs::create_dir(folder.join("there")).expect("can be made");
        fs::rename(folder.join(file), folder.join("there/real")).expect("can be moved");
        symlink("there/real", folder.join(file)).expect("a link");
        let old = folder.text("there/real");
        let ran = folder.check(arguments);
        assert!(ran.status < 2, "{arguments:?}: {ran:?}");
        assert!(folder.join(file).is_symlink(), "{arguments:?}");
        assert_ne!(folder.text("there/real"), old, "{arguments:?}");
        assert_eq!(folder.names(), ["old.json", "p.json", "there"]);
    }
}

#[test]
fn read_only_files_are_kept() {
    for (file, arguments) in WRITERS {
        let folder = folder();
        let read_only = fs::Permissions::from_mode(0o444);
        fs::set_permissions(folder.join(file), read_only).expect("a mode");
        let old = folder.text(file);
        let ran = folder.check(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}: {ran:?}");
        assert!(
            ran.stderr().contains("it is read-only"),
            "{arguments:?}: {ran:?}"
        );
        assert_eq!(folder.text(file), old, "{arguments:?}");
        assert_eq!(folder.names(), ["old.json", "p.json"]);
    }
}

/// The system refuses to write: as on a full disk, but without one. The signal that comes with it is
/// ignored by what has no other answer to it.
#[test]
fn where_there_is_no_room_the_old_file_stays() {
    for (file, arguments) in WRITERS {
        let folder = folder();
        let old = folder.text(file);
        let output = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" check \"$@\""])
            .arg(program())
            .args(arguments)
            .current_dir(folder.path())
            .output();
        let ran = Ran::from(output.expect("sh runs"));
        assert_eq!(ran.status, 2, "{arguments:?}: {ran:?}");
        assert!(
            ran.stderr().starts_with("seamlint: error: cannot ") && ran.stderr().contains(file),
            "{arguments:?}: {ran:?}"
        );
        assert_eq!(folder.text(file), old, "{arguments:?}");
        assert_eq!(folder.names(), ["old.json", "p.json"], "{arguments:?}");
    }
}

#[test]
fn two_runs_at_once_leave_whole_files() {
    for (_, arguments) in WRITERS {
        for _ in 0..10 {
            let folder = folder();
            let run = || {
                folder
                    .seamlint()
                    .arg("check")
                    .args(arguments)
                    .stdout(Stdio::null())
                    .stderr(Stdio::piped())
                    .spawn()
                    .expect("the command starts")
            };
            let both = [run(), run()];
            for child in both {
                let ran = Ran::from(child.wait_with_output().expect("it ends"));
                assert!(ran.status < 2, "{arguments:?}: {ran:?}");
            }
            if arguments.contains(&"--fix") {
                assert_eq!(folder.text("p.json"), FIXED);
            } else {
                let written: Value =
                    serde_json::from_slice(&folder.read("old.json")).expect("whole");
                assert!(written["version"].is_number());
            }
            assert_eq!(folder.names(), ["old.json", "p.json"], "{arguments:?}");
        }
    }
}

/// What a run that was killed has left is no payload, and is in nobody's way.
#[test]
fn what_a_killed_run_has_left_is_not_checked() {
    let folder = folder();
    folder.write(".seamlint-a1B2c3", &SLIP[..40]);
    for arguments in [&["--fix"][..], &["--all", "--fix"]] {
        let ran = folder.check(arguments);
        assert!(!ran.stdout().contains(".seamlint-"), "{ran:?}");
        assert!(!ran.stderr().contains(".seamlint-"), "{ran:?}");
    }
    assert_eq!(folder.text("p.json"), FIXED);
}
