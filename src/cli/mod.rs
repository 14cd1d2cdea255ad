//! The command line: arguments in, reports out. It holds no rule and no message about payloads.

mod arguments;
mod baseline;
mod batches;
mod config;
mod content;
mod files;
mod fix;
mod linters;
mod outputs;
mod progress;
mod system;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::{CommandFactory, FromArgMatches};

use crate::engine::json_lines::Source;
use crate::engine::options::rule;
use crate::model::known::KnownKeys;
use crate::output::{Checked, catalogue, json};
use crate::report::{Counts, Report, Safety};
use crate::schema;
use arguments::{Arguments, CatalogueFormat, Check, Command, Keys, STDIN};
use batches::{Job, Loaded};
use content::Content;
use linters::{About, Linters};
use outputs::Outputs;
use progress::Progress;
use system::Stream;

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
const FINDINGS: u8 = 1;
/// The work could not be done, or not all of it.
const FAILURE: u8 = 2;

/// Why the command could not do its work: one line, for standard error.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(format!("cannot write: {error}"))
    }
}

/// Runs the command; returns its exit status. The first argument is what it was called by.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    let parsed = system::fitted(Arguments::command())
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let outcome = match parsed {
        Ok(arguments) => run(arguments),
        Err(error) => answer(&error),
    };
    outcome.unwrap_or_else(|failure| {
        complain(&failure);
        FAILURE
    })
}

/// What `clap` says instead: help, the version, or what is wrong with the arguments.
fn answer(said: &clap::Error) -> Result<u8, Failure> {
    // Help and version are no errors.
    let (mut stream, status) = if said.use_stderr() {
        (Stream::Error, FAILURE)
    } else {
        (Stream::Output, CLEAN)
    };
    let text = said.render();
    closed(if stream.shows_colour() {
        write!(stream, "{}", text.ansi())
    } else {
        write!(stream, "{text}")
    })?;
    Ok(status)
}

fn complain(failure: &Failure) {
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(Stream::Error, "seamlint: error: {}", failure.0);
}

fn run(arguments: Arguments) -> Result<u8, Failure> {
    match arguments.command {
        Command::Check(check) => self::check(&check),
        Command::Keys(keys) => self::keys(&keys),
        Command::Explain { code } => {
            let rule = rule(&code).map_err(|error| Failure(error.to_string()))?;
            print(&catalogue::explain(rule))
        }
        Command::Rules { format } => print(&match format {
            CatalogueFormat::Table => catalogue::table(),
            CatalogueFormat::Json => catalogue::json(),
        }),
        Command::Schema { report: true, .. } => print(&pretty(&json::schema())),
        Command::Schema { config: true, .. } => print(&pretty(&config_schema())),
        Command::Schema { .. } => print(schema::PUSH_DATA),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            let mut command = Arguments::command();
            clap_complete::generate(shell, &mut command, "seamlint", &mut text);
            print(&String::from_utf8_lossy(&text))
        }
        Command::Man { command } => print(&man(command.as_deref())?),
    }
}

/// The man page of the command, or of one of its commands.
fn man(command: Option<&str>) -> Result<String, Failure> {
    let mut all = Arguments::command();
    // Gives each command its whole name, `seamlint check`.
    all.build();
    let page = match command {
        None => Some(&all),
        Some(name) => all.find_subcommand(name),
    };
    let Some(page) = page.cloned() else {
        let name = command.unwrap_or_default();
        return Err(Failure(format!("there is no command {name:?}")));
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The JSON Schema of `seamlint.toml`.
#[must_use]
pub fn config_schema() -> serde_json::Value {
    config::schema().to_value()
}

/// JSON as people read it.
fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// Writes to standard output. A reader that has gone away has seen enough.
fn print(text: &str) -> Result<u8, Failure> {
    let mut out = Stream::Output;
    closed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))?;
    Ok(CLEAN)
}

/// A closed pipe is no failure: `seamlint check . | head -1`.
fn closed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn check(arguments: &Check) -> Result<u8, Failure> {
    if arguments.writes() {
        system::finish_before_interrupts()?;
    }
    let linters = Linters::new(arguments)?;
    let (files, failures) = files::find(&arguments.paths);
    for failure in &failures {
        complain(failure);
    }
    // Standard output is the mended text's where that is asked for.
    let is_filter = arguments.fixes().is_some()
        && !arguments.diff
        && arguments.paths.iter().any(|path| path == Path::new("-"));
    let mut session = Session {
        arguments,
        linters,
        counts: Counts::default(),
        suppressed: 0,
        finds: false,
        fails: !failures.is_empty(),
        files: 0,
        passed_over: 0,
        fixed: 0,
        changed: 0,
        outputs: Outputs::new(arguments, is_filter)?,
        progress: Progress::new(files.len()),
    };
    let mut jobs = Vec::with_capacity(files.len());
    for file in files {
        let is_unnamed = file.only_payloads || arguments.payloads_only;
        let only_payloads = is_unnamed && !arguments.all;
        if let Some(about) = session.linters.about(&file.path, is_unnamed)? {
            jobs.push(Job {
                file,
                about,
                only_payloads,
            });
        }
    }
    match arguments.fixes() {
        Some(limit) => session.mend_each(&jobs, limit)?,
        None if arguments.as_set => session.check_set(&jobs)?,
        None => session.check_each(&jobs)?,
    }
    Ok(session.finish())
}

/// Writes the keys of payloads, of all or of none: a part of them would make findings of what is
/// only missing.
fn keys(arguments: &Keys) -> Result<u8, Failure> {
    let (files, mut failures) = files::find(&arguments.paths);
    for failure in &failures {
        complain(failure);
    }
    let mut known = KnownKeys::new();
    for file in files {
        let added =
            Content::read(&file.path, STDIN).and_then(|content| match content.add_to(&mut known) {
                Err(_) if file.only_payloads => Ok(()),
                added => added,
            });
        if let Err(failure) = added {
            complain(&failure);
            failures.push(failure);
        }
    }
    if failures.is_empty() {
        print(&known.to_json())
    } else {
        Ok(FAILURE)
    }
}

/// What is written while files are checked.
struct Session<'s> {
    arguments: &'s Check,
    linters: Linters<'s>,
    counts: Counts,
    suppressed: usize,
    /// A file has findings of the severity that it fails for.
    finds: bool,
    /// Not all of the work could be done.
    fails: bool,
    files: usize,
    passed_over: usize,
    /// Fixes that were applied, or would be.
    fixed: usize,
    /// Files that fixes would change.
    changed: usize,
    outputs: Outputs,
    progress: Progress,
}

impl Session<'_> {
    /// Checks files, each by itself.
    fn check_each(&mut self, jobs: &[Job]) -> Result<(), Failure> {
        for batch in batches::batches(jobs) {
            let room = batches::room(batch);
            let stdin = &self.arguments.stdin_filename;
            let checked = batches::check(batch, stdin, &room, &self.progress);
            for (job, checked) in batch.iter().zip(checked) {
                if let Some(Checked { path, report }) = self.take(checked) {
                    self.add(&job.about, path, report)?;
                }
            }
        }
        Ok(())
    }

    /// Checks files as one; all are read before one is checked.
    fn check_set(&mut self, jobs: &[Job]) -> Result<(), Failure> {
        let read = self.load(jobs);
        let set = || {
            jobs.iter()
                .zip(&read)
                .filter_map(|(job, read)| Some((job, read.as_ref()?)))
        };
        let sources: Vec<Source<'_>> = set()
            .map(|(_, content)| Source {
                name: &content.name,
                bytes: &content.bytes,
                layout: content.layout,
            })
            .collect();
        // One configuration holds for a set, and so one linter.
        let Some((first, _)) = set().next() else {
            return Ok(());
        };
        let reports = first.about.linter.check_sources(&sources);
        for ((job, content), report) in set().zip(reports) {
            self.add(&job.about, content.name.clone(), report)?;
        }
        Ok(())
    }

    /// Mends files. Each is read when the one before is mended: it may be the same.
    fn mend_each(&mut self, jobs: &[Job], limit: Safety) -> Result<(), Failure> {
        for job in jobs {
            let loaded = job.load(&self.arguments.stdin_filename);
            if let Some(content) = self.take(loaded)
                && let Err(failure) = self.mend(&job.about, limit, &job.file.path, &content)?
            {
                self.fail(&failure);
            }
            self.progress.add();
        }
        Ok(())
    }

    /// Reads files, and takes what comes of it.
    fn load(&mut self, jobs: &[Job]) -> Vec<Option<Content>> {
        batches::load(jobs, &self.arguments.stdin_filename)
            .into_iter()
            .map(|loaded| self.take(loaded))
            .collect()
    }

    /// What came of a file; nothing of one that is passed over, or that could not be read.
    fn take<T>(&mut self, loaded: Loaded<T>) -> Option<T> {
        match loaded {
            Ok(loaded) => {
                self.passed_over += usize::from(loaded.is_none());
                loaded
            }
            Err(failure) => {
                self.fail(&failure);
                None
            }
        }
    }

    fn fail(&mut self, failure: &Failure) {
        self.progress.aside(|| complain(failure));
        self.fails = true;
    }

    /// Takes out what is meant, and counts the rest.
    fn count(&mut self, about: &About, report: &mut Report<'_>) {
        self.linters.suppress(about, report);
        self.files += 1;
        self.suppressed += report.suppressed();
        let counts = report.counts();
        self.finds |= counts.at_least(about.fail_on) > 0;
        self.counts += counts;
    }

    fn add(&mut self, about: &About, path: String, mut report: Report<'_>) -> Result<(), Failure> {
        self.count(about, &mut report);
        let checked = Checked { path, report };
        let outputs = &mut self.outputs;
        self.progress.aside(|| outputs.add(checked, about.fail_on))
    }

    /// Mends a file, or shows how it would be mended, and reports what is left. The outer error
    /// ends the run; the inner one is about this file alone.
    fn mend(
        &mut self,
        about: &About,
        limit: Safety,
        file: &Path,
        content: &Content,
    ) -> Result<Result<(), Failure>, Failure> {
        let linter = &about.linter;
        let path = || content.name.clone();
        let is_stdin = file == Path::new("-");
        let fixed = content.fix(linter, limit, &self.linters.is_meant(about));
        // What is not UTF-8 is reported and left alone.
        let (Some(mut fixed), Some(text)) = (fixed, content.text()) else {
            let mut report = content.check(linter);
            if self.arguments.diff {
                self.count(about, &mut report);
                return Ok(Ok(()));
            }
            if is_stdin {
                fix::pass_on(&content.bytes)?;
            }
            return self.add(about, path(), report).map(Ok);
        };
        let is_changed = fixed.text() != text;
        if self.arguments.diff {
            self.count(about, &mut fixed.report);
            self.fixed += fixed.applied.len();
            if is_changed {
                self.changed += 1;
                let diff = fix::diff(&path(), text, fixed.text(), Stream::Output.is_terminal());
                let outputs = &mut self.outputs;
                self.progress.aside(|| outputs.print(&diff))?;
            }
            return Ok(Ok(()));
        }
        if is_stdin {
            let packed = content.packed(fixed.text())?;
            self.progress.aside(|| fix::pass_on(&packed))?;
        } else if is_changed {
            let replaced = content
                .packed(fixed.text())
                .and_then(|bytes| system::replace(file, &bytes));
            if let Err(error) = replaced {
                let path = path();
                let failure = Failure(format!("cannot mend {path}, which is unchanged: {error}"));
                self.add(about, path, content.check(linter))?;
                return Ok(Err(failure));
            }
        }
        self.fixed += fixed.applied.len();
        self.add(about, path(), fixed.report).map(Ok)
    }

    /// Writes what is left; gives the exit status.
    fn finish(mut self) -> u8 {
        self.progress.finish();
        let known = self.linters.known_findings();
        if let Err(failure) = self.linters.write_baseline(!self.fails) {
            self.fail(&failure);
        }
        for unused in self.linters.unused() {
            // Where standard error is closed there is nobody left to tell.
            let _ = writeln!(Stream::Error, "seamlint: warning: {unused}");
        }
        let summary = self.summary(known);
        // The diff alone goes to standard output, so that it can be applied.
        let is_told_apart = self.arguments.stats || self.arguments.diff;
        let failures = self
            .outputs
            .finish(Some(&*summary).filter(|_| !is_told_apart));
        if is_told_apart {
            let _ = writeln!(Stream::Error, "{summary}");
        }
        for failure in &failures {
            complain(failure);
        }
        if self.fails || !failures.is_empty() {
            FAILURE
        } else if self.finds || self.arguments.diff && self.changed > 0 {
            FINDINGS
        } else {
            CLEAN
        }
    }

    fn summary(&self, known: usize) -> String {
        let number = |count: usize, noun: &str| {
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} {noun}{plural}")
        };
        let mut summary = number(self.files, "file");
        summary.push_str(" checked: ");
        let mut parts = Vec::new();
        for (count, noun) in [
            (self.counts.errors, "error"),
            (self.counts.warnings, "warning"),
            (self.counts.infos, "info"),
        ] {
            if count > 0 {
                parts.push(number(count, noun));
            }
        }
        if parts.is_empty() && self.fixed > 0 {
            summary.push_str("nothing left");
        } else if parts.is_empty() {
            summary.push_str("nothing found");
        } else {
            summary.push_str(&parts.join(", "));
        }
        if self.suppressed > known {
            summary.push_str("; ");
            summary.push_str(&(self.suppressed - known).to_string());
            summary.push_str(" ignored as seamlint.toml says");
        }
        if known > 0 || self.arguments.write_baseline.is_some() {
            summary.push_str("; ");
            summary.push_str(&known.to_string());
            summary.push_str(" in the baseline");
        }
        if self.fixed > 0 {
            let would = if self.arguments.diff { "would be " } else { "" };
            summary.push_str("; ");
            summary.push_str(&self.fixed.to_string());
            summary.push(' ');
            summary.push_str(would);
            summary.push_str("fixed");
        }
        if self.passed_over > 0 {
            let files = number(self.passed_over, "file");
            summary.push_str(" (");
            summary.push_str(&files);
            summary.push_str(" passed over: no push_data payload)");
        }
        summary
    }
}
