//! `cargo xtask test --only crash`: the command is killed at each of its system calls, or has it refused,
//! while it writes files. Afterwards each file is the old one or the new one, and the next run is in
//! nobody's way. Linux only, for `strace` makes the calls fail.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::{empty, need, program, work_folder};

/// A payload with a safe fix.
const SLIP: &str =
    "{ \"customer_key\": \"c\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }], }\n";

/// The runs that write files: what they are called here, and their arguments.
const RUNS: &[(&str, &[&str])] = &[
    ("--fix", &["check", "--fix", "p.json"]),
    ("--fix of a link", &["check", "--fix", "link.json"]),
    (
        "--output",
        &[
            "check",
            "p.json",
            "--output=json=old.json",
            "--output=sarif=new.json",
        ],
    ),
    (
        "--write-baseline",
        &["check", "p.json", "--write-baseline=old.json"],
    ),
];

/// What a system may answer instead of doing what it is asked for: a full disk, a broken one, a folder that is
/// read-only. Calls that a process makes to begin with fail as well.
const REFUSALS: &[(&str, &[&str])] = &[
    ("openat", &["ENOSPC", "EROFS"]),
    ("write", &["ENOSPC"]),
    ("fsync", &["EIO"]),
    ("fchmod", &["EPERM"]),
    ("fchown", &["EPERM"]),
    ("rename", &["EACCES", "ENOSPC"]),
    ("renameat", &["EACCES", "ENOSPC"]),
    ("statx", &["EACCES"]),
    ("readlink", &["EACCES"]),
    ("read", &["EIO"]),
    ("close", &["EIO"]),
];

/// How the names of temporary files begin.
const TEMPORARY: &str = ".seamlint-";

/// What a run has left: the files, and the contents of temporary ones, whose names are random.
type Left = (BTreeMap<PathBuf, State>, Vec<Vec<u8>>);

/// Everything about a file that a run may not change by half: mode, owner, and content or target.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    mode: u32,
    owner: (u32, u32),
    content: Vec<u8>,
}

/// What is in a folder, by path; temporary files by themselves.
#[derive(Debug, PartialEq, Eq)]
struct Snapshot {
    files: BTreeMap<PathBuf, State>,
    temporary: BTreeSet<PathBuf>,
}

/// Kills and refuses, and reports how often.
///
/// # Errors
///
/// A file is neither old nor new, a run that failed claims success, or the next run does not what an undisturbed one does.
pub(crate) fn run() -> Result<()> {
    need("strace")?;
    let program = program()?;
    let folder = work_folder("crash")?;
    for (name, arguments) in RUNS {
        let sweep = Sweep::new(&program, &folder, arguments)?;
        let (kills, refusals) = sweep
            .all()
            .with_context(|| format!("{name}: seamlint {}", arguments.join(" ")))?;
        println!(
            "{name}: killed at {kills} calls, refused {refusals}; each file was the old one or the new one"
        );
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// One kind of run, and what it gives if nothing disturbs it.
struct Sweep<'a> {
    program: &'a Path,
    folder: &'a Path,
    arguments: &'a [&'a str],
    before: Snapshot,
    after: Snapshot,
    status: Option<i32>,
    /// A report of the whole folder afterwards.
    report: Vec<u8>,
    /// By name, how often a thread makes a call.
    calls: BTreeMap<String, usize>,
    /// What the next run has been tried on.
    tried: RefCell<Vec<Left>>,
}

impl<'a> Sweep<'a> {
    fn new(program: &'a Path, folder: &'a Path, arguments: &'a [&'a str]) -> Result<Self> {
        prepare(folder)?;
        let before = snapshot(folder)?;
        let trace = folder.with_extension("trace");
        let mut sweep = Self {
            program,
            folder,
            arguments,
            after: Snapshot {
                files: BTreeMap::new(),
                temporary: BTreeSet::new(),
            },
            before,
            status: None,
            report: Vec::new(),
            calls: BTreeMap::new(),
            tried: RefCell::default(),
        };
        let ran = sweep.strace(&["-o".as_ref(), trace.as_os_str()], arguments)?;
        sweep.status = ran.status.code();
        ensure!(
            matches!(sweep.status, Some(0 | 1)),
            "undisturbed, it fails: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
        sweep.after = snapshot(folder)?;
        ensure!(sweep.after.files != sweep.before.files, "it writes nothing");
        sweep.report = sweep.look()?;
        let log = fs::read_to_string(&trace)?;
        fs::remove_file(&trace)?;
        sweep.calls = calls(&log);
        ensure!(
            sweep.calls.keys().any(|name| name.starts_with("rename")),
            "no file takes the name of another"
        );
        Ok(sweep)
    }

    /// Every call, killed and refused; returns how many of each.
    fn all(&self) -> Result<(usize, usize)> {
        let mut kills = 0;
        let mut has_old = false;
        let mut has_new = false;
        for (name, count) in &self.calls {
            for at in 1..=*count {
                let what = format!("inject={name}:signal=KILL:when={at}");
                let ran = self.disturb(&what)?;
                let now = self.judge(&what, false)?;
                // Another order of threads may leave a thread without its last call.
                if ran.status.signal() == Some(9) {
                    kills += 1;
                    has_old |= now.files == self.before.files;
                    has_new |= now.files == self.after.files;
                }
            }
        }
        ensure!(
            has_old && has_new,
            "it was killed on one side of its writing alone"
        );
        let mut refusals = 0;
        for (name, errors) in REFUSALS {
            let count = self.calls.get(*name).copied().unwrap_or_default();
            for at in 1..=count {
                for error in *errors {
                    self.refuse(&format!("inject={name}:error={error}:when={at}"))?;
                    refusals += 1;
                }
            }
        }
        // The disk is full and stays so.
        for name in ["write", "fsync"] {
            self.refuse(&format!("inject={name}:error=ENOSPC"))?;
            refusals += 1;
        }
        Ok((kills, refusals))
    }

    /// A run whose call is refused: it ends by itself, leaves nothing, and only claims what is so.
    fn refuse(&self, what: &str) -> Result<()> {
        let ran = self.disturb(what)?;
        let now = snapshot(self.folder)?;
        // 127: the process could not begin.
        let status = ran.status.code();
        ensure!(
            matches!(status, Some(0 | 1 | 2 | 127)),
            "{what}: {}: {}",
            ran.status,
            String::from_utf8_lossy(&ran.stderr)
        );
        ensure!(
            now.temporary.is_empty(),
            "{what}: {:?} is left",
            now.temporary
        );
        if status == self.status {
            ensure!(now == self.after, "{what}: it claims what it has not done");
        }
        self.judge(what, status == Some(2)).map(|_| ())
    }

    fn disturb(&self, what: &str) -> Result<Output> {
        prepare(self.folder)?;
        self.strace(
            &[
                "-o".as_ref(),
                "/dev/null".as_ref(),
                "-e".as_ref(),
                what.as_ref(),
            ],
            self.arguments,
        )
    }

    /// Each file is the old one or the new one, and the next run ends as the undisturbed one did. A report
    /// may also be a whole one that says what could not be done.
    fn judge(&self, what: &str, may_say_why: bool) -> Result<Snapshot> {
        let now = snapshot(self.folder)?;
        let [before, after] = [&self.before.files, &self.after.files];
        let paths: BTreeSet<&PathBuf> = now
            .files
            .keys()
            .chain(before.keys())
            .chain(after.keys())
            .collect();
        for path in paths {
            let state = now.files.get(path);
            let says_why = || {
                let (state, after) = (state?, after.get(path)?);
                let report: serde_json::Value = serde_json::from_slice(&state.content).ok()?;
                let is_alike = (state.mode, state.owner) == (after.mode, after.owner);
                (is_alike && report.is_object()).then_some(())
            };
            if state != before.get(path)
                && state != after.get(path)
                && !(may_say_why && says_why().is_some())
            {
                let content = state.map(|state| String::from_utf8_lossy(&state.content));
                bail!("{what}: {} is {state:?}: {content:?}", path.display());
            }
        }
        let contents = now.temporary.iter().map(fs::read);
        let tried = (now.files.clone(), contents.collect::<Result<_, _>>()?);
        if self.tried.borrow().contains(&tried) {
            return Ok(now);
        }
        self.tried.borrow_mut().push(tried);
        let next = self.command(self.arguments).output()?;
        let next_state = snapshot(self.folder)?;
        ensure!(
            next.status.code() == self.status && next_state.files == self.after.files,
            "{what}: the next run ends otherwise: {}: {}",
            next.status,
            String::from_utf8_lossy(&next.stderr)
        );
        ensure!(
            self.look()? == self.report,
            "{what}: what is left gets into reports: {:?}",
            next_state.temporary
        );
        Ok(now)
    }

    /// A report of all that is in the folder.
    fn look(&self) -> Result<Vec<u8>> {
        let mut command = self.command(&["check", "--all", "--format=concise", "."]);
        Ok(command.output()?.stdout)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.program);
        command.current_dir(self.folder).args(arguments);
        command
    }

    fn strace(&self, options: &[&std::ffi::OsStr], arguments: &[&str]) -> Result<Output> {
        Command::new("strace")
            .current_dir(self.folder)
            .args(["--follow-forks", "--quiet=all"])
            .args(options)
            .arg(self.program)
            .args(arguments)
            .output()
            .context("cannot run strace")
    }
}

/// The same files again.
fn prepare(folder: &Path) -> Result<()> {
    empty(folder)?;
    fs::create_dir(folder.join("there"))?;
    for (name, content, mode) in [
        ("p.json", SLIP, 0o640),
        ("there/real.json", SLIP, 0o604),
        ("old.json", "\"of yesterday\"\n", 0o600),
    ] {
        let path = folder.join(name);
        fs::write(&path, content)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(mode))?;
    }
    symlink("there/real.json", folder.join("link.json"))?;
    Ok(())
}

fn snapshot(folder: &Path) -> Result<Snapshot> {
    let mut files = BTreeMap::new();
    let mut temporary = BTreeSet::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let metadata = path.symlink_metadata()?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if metadata.is_dir() {
                folders.push(path);
            } else if name.starts_with(TEMPORARY) {
                temporary.insert(path);
            } else {
                let content = if metadata.is_symlink() {
                    fs::read_link(&path)?.into_os_string().into_encoded_bytes()
                } else {
                    fs::read(&path)?
                };
                let state = State {
                    mode: metadata.mode(),
                    owner: (metadata.uid(), metadata.gid()),
                    content,
                };
                files.insert(path, state);
            }
        }
    }
    Ok(Snapshot { files, temporary })
}

/// By name, the most calls that one thread makes: `strace` counts them by thread.
fn calls(log: &str) -> BTreeMap<String, usize> {
    let mut by_thread: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, call)) = line.split_once(' ') else {
            continue;
        };
        // What is resumed was counted when it began; signals and ends are no calls.
        if let Some((name, _)) = call.trim_start().split_once('(')
            && !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        {
            *by_thread.entry((thread, name)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((_, name), count) in by_thread {
        let known = most.entry(name.to_owned()).or_default();
        *known = count.max(*known);
    }
    most
}
