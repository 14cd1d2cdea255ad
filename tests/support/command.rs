//! The command, run in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Returns the command under test: the native one, or the one that `SEAMLINT_COMMAND` names.
/// `cargo xtask test --only npm` names the npm package's, and runs the tests of `cli` again.
pub(crate) fn program() -> PathBuf {
    match std::env::var_os("SEAMLINT_COMMAND") {
        Some(named) => named.into(),
        None => env!("CARGO_BIN_EXE_seamlint").into(),
    }
}

/// A temporary folder, removed when the test ends.
pub(crate) struct Folder(tempfile::TempDir);

/// The result of one run of the command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Folder {
    /// A folder with these text files, by path and content.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        for (name, content) in files {
            folder.write(name, content);
        }
        folder
    }

    /// A folder with these files, which need not be text.
    pub(crate) fn with_bytes(files: &[(&str, &[u8])]) -> Self {
        let folder = Self::new(&[]);
        for (name, content) in files {
            folder.write(name, content);
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file, and makes the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.join(name);
        fs::create_dir_all(path.parent().expect("has one")).expect("can be made");
        fs::write(path, content).expect("can be written");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.join(name)).expect("can be read")
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("text")
    }

    /// The names of what is in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.into_string().expect("text"))
            .collect();
        names.sort();
        names
    }

    /// The command in this folder, without the variables that turn colours on or off.
    pub(crate) fn seamlint(&self) -> Command {
        let mut command = Command::new(program());
        command
            .current_dir(self.path())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env_remove("FORCE_COLOR");
        command
    }

    /// Runs the command.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, b"")
    }

    /// Runs the command with this standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .seamlint()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        // A command that reads nothing may be gone already.
        let _ = child.stdin.take().expect("is piped").write_all(input);
        child.wait_with_output().expect("the command ends").into()
    }

    /// Runs `seamlint check`.
    pub(crate) fn check(&self, arguments: &[&str]) -> Ran {
        self.check_with(arguments, b"")
    }

    /// Runs `seamlint check` with this standard input.
    pub(crate) fn check_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        self.run_with(&[&["check"], arguments].concat(), input)
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().expect("it ends by itself"),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

impl Ran {
    pub(crate) fn stdout(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("text")
    }

    /// Standard output, of a run that is asked for nothing else.
    pub(crate) fn into_stdout(self) -> String {
        String::from_utf8(self.stdout).expect("text")
    }

    pub(crate) fn stderr(&self) -> &str {
        &self.stderr
    }

    /// Standard output as a JSON document; the command must not have failed.
    pub(crate) fn json(&self) -> Value {
        assert!(self.status < 2, "{self:?}");
        serde_json::from_slice(&self.stdout).expect("JSON")
    }

    /// Path, code, line and column of each finding of a report in JSON.
    pub(crate) fn findings(&self) -> Vec<(String, String, u64, u64)> {
        let report = self.json();
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let number = |value: &Value| value.as_u64().expect("a number");
        let mut findings = Vec::new();
        for file in report["files"].as_array().expect("a list") {
            for finding in file["diagnostics"].as_array().expect("a list") {
                let start = &finding["range"]["start"];
                findings.push((
                    text(&file["path"]),
                    text(&finding["code"]),
                    number(&start["line"]),
                    number(&start["column"]),
                ));
            }
        }
        findings
    }
}
