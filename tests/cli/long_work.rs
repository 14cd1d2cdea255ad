//! Long work: interrupted, and watched; and long files.

use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::command::{Folder, program};

const SLIP: &str =
    "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }], }\n";
const FIXED: &str =
    "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }] }\n";

#[test]
fn an_interrupt_leaves_whole_files_and_nothing_else() {
    let folder = Folder::new(&[]);
    let names: Vec<String> = (0..1000).map(|at| format!("{at:04}.json")).collect();
    for name in &names {
        folder.write(name, SLIP);
    }
    let mut child = folder
        .seamlint()
        .args(["check", "--fix"])
        .stdout(Stdio::null())
        .spawn()
        .expect("the command starts");
    while folder.read(&names[5]) == SLIP.as_bytes() {
        thread::sleep(Duration::from_millis(1));
        assert_eq!(
            child.try_wait().expect("a child"),
            None,
            "it ended by itself"
        );
    }
    // The shell has it built in; a command of this name is not on every machine.
    let kill = Command::new("sh")
        .args(["-c", &format!("kill -INT {}", child.id())])
        .status();
    assert!(kill.expect("sh runs").success());
    let status = child.wait().expect("a child");
    // For both, shells give 130.
    let wanted = if program() == Path::new(env!("CARGO_BIN_EXE_seamlint")) {
        (Some(130), None)
    } else {
        (None, Some(2))
    };
    assert_eq!((status.code(), status.signal()), wanted);
    let mut left: Vec<String> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("text")
        })
        .collect();
    left.sort();
    assert_eq!(left, names);
    let is_mended = |name: &&String| match folder.read(name) {
        bytes if bytes == FIXED.as_bytes() => true,
        bytes => {
            assert_eq!(bytes, SLIP.as_bytes(), "{name}");
            false
        }
    };
    let mended = names.iter().filter(is_mended).count();
    assert!((6..names.len()).contains(&mended), "{mended} were mended");
    // The next run does the rest.
    let rest = folder.run(&["check", "--fix"]);
    let fixed = format!("{} fixed\n", names.len() - mended);
    assert!(rest.stdout().ends_with(&fixed), "{rest:?}");
}

#[test]
fn an_interrupt_ends_a_command_that_waits_for_its_input() {
    let folder = Folder::new(&[]);
    let mut child = folder
        .seamlint()
        .args(["check", "--fix", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    // It reads by now, or is about to; it holds no file either way.
    thread::sleep(Duration::from_millis(1500));
    let kill = Command::new("sh")
        .args(["-c", &format!("kill -INT {}", child.id())])
        .status();
    assert!(kill.expect("sh runs").success());
    let has_ended = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(50));
        child.try_wait().expect("a child").is_some()
    });
    // One that has ended already cannot be.
    let _ = child.kill();
    assert!(has_ended, "it still waits");
}

/// What a terminal gets on standard error while standard input comes so late.
#[cfg(target_os = "linux")]
fn watched(delay: Duration) -> String {
    let folder = Folder::new(&[]);
    let pipe = folder.path().join("late");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo runs").success());
    let command = format!(
        "{} check - --format json < late > report.json",
        program().display()
    );
    // util-linux's `script` is a terminal to what it runs.
    let child = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script (util-linux) starts");
    let mut late = fs::OpenOptions::new()
        .write(true)
        .open(&pipe)
        .expect("the command reads");
    thread::sleep(delay);
    late.write_all(FIXED.as_bytes()).expect("the command reads");
    drop(late);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(folder.read("report.json").first(), Some(&b'{'));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[cfg(target_os = "linux")]
fn progress_is_shown_after_a_second_and_on_a_terminal_alone() {
    let shown = watched(Duration::from_millis(1500));
    assert!(shown.contains(" of 1 checked"), "{shown:?}");
    let shown = watched(Duration::ZERO);
    assert!(!shown.contains("checked"), "{shown:?}");
    let arguments = ["check", "-", "--format", "json"];
    let piped = Folder::new(&[]).run_with(&arguments, FIXED.as_bytes());
    assert_eq!(piped.json()["summary"]["files"], 1);
    assert_eq!(piped.stderr, "");
}

#[test]
fn a_long_file_is_read_to_its_last_byte() {
    // Of the pages that long files are read into, from two on.
    const PAGE: usize = 2 << 20;
    let folder = Folder::new(&[]);
    for length in [2 * PAGE - 1, 2 * PAGE, 2 * PAGE + 1, 3 * PAGE - 1, 3 * PAGE] {
        let before = " ".repeat(length - SLIP.len());
        folder.write("long.json", before + SLIP);
        let report = folder
            .run(&["check", "long.json", "--format", "json"])
            .json();
        let found = report["files"][0]["diagnostics"].as_array();
        let comma = length - SLIP.len() + SLIP.rfind(',').expect("a comma");
        let offsets: Vec<&Value> = found
            .expect("a list")
            .iter()
            .map(|slip| &slip["range"]["start"]["offset"])
            .collect();
        assert_eq!(offsets, [comma], "{length}");
    }
}
