//! JSON Lines are checked while they are read. The npm package's command reads them as a whole, so this is no test of `cli`.

use std::io::Write;

use crate::support::command::Folder;

const WARNS: &str =
    r#"{ "customer_key": "c", "sites": [{ "site_key": "a", "name": "N", "nmae": "M" }] }"#;

/// What is in memory does not grow with the text. The peak is the kernel's own count.
#[test]
fn lines_of_any_length_take_little_memory() {
    use std::process::Stdio;

    const MIB: usize = 1 << 20;
    let folder = Folder::with_bytes(&[]);
    let mut command = folder.seamlint();
    command.args(["check", "-", "--stdin-filename", "night.jsonl"]);
    let mut child = command
        .args(["--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    // Lines of a MiB, which are mostly white space: they are read, and quickly.
    let line = WARNS.replacen(": ", &format!(":{}", " ".repeat(MIB)), 1) + "\n";
    let lines = 192;
    for _ in 0..lines {
        input.write_all(line.as_bytes()).expect("it reads on");
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let found = String::from_utf8_lossy(&output.stdout);
    assert_eq!(found.lines().count(), lines);
    let status = status.expect("the process is there");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: usize = peak
        .and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok())
        .expect("a peak");
    assert!(kib < 64 * 1024, "{kib} KiB for {lines} MiB");
}
