//! The command line: arguments in, reports out. It holds no rule and no message about payloads.

mod arguments;
mod files;
mod fix;
mod outputs;

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::json::Document;
use crate::linter::{Linter, Options, rule};
use crate::output::{Checked, catalogue, json};
use crate::payload::is_payload;
use crate::payload::known::KnownKeys;
use crate::report::{Counts, Report, Safety};
use crate::schema::{self, custom::CustomSchema};
use arguments::{Arguments, CatalogueFormat, Check, Command, Keys, STDIN};
use outputs::Outputs;

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

/// Runs the command with the process's arguments and streams; returns its exit status.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors: `clap` knows the stream and we the status.
            let status = if error.use_stderr() { FAILURE } else { CLEAN };
            return match error.print() {
                Ok(()) => ExitCode::from(status),
                Err(error) => finish(Err(error.into())),
            };
        }
    };
    finish(run(arguments))
}

/// The exit status of a run; a failure is told on standard error.
fn finish(outcome: Result<u8, Failure>) -> ExitCode {
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            complain(&failure);
            ExitCode::from(FAILURE)
        }
    }
}

fn complain(failure: &Failure) {
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(io::stderr(), "seamlint: error: {}", failure.0);
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
        Command::Schema { report } => {
            if report {
                let schema = serde_json::to_string_pretty(&json::schema());
                print(&(schema.unwrap_or_default() + "\n"))
            } else {
                print(schema::PUSH_DATA)
            }
        }
    }
}

/// Writes to standard output. A reader that has gone away has seen enough.
fn print(text: &str) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
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
    let linter = linter(arguments)?;
    let (files, mut failures) = files::find(&arguments.paths);
    for failure in &failures {
        complain(failure);
    }
    // Standard output is the mended text's where that is asked for.
    let is_filter = arguments.fixes().is_some()
        && !arguments.diff
        && arguments.paths.iter().any(|path| path == Path::new("-"));
    let mut session = Session {
        arguments,
        counts: Counts::default(),
        files: 0,
        passed_over: 0,
        fixed: 0,
        changed: 0,
        outputs: Outputs::new(arguments, is_filter)?,
    };
    // Of a set, all files are read before one is checked.
    let mut set: Vec<(String, Vec<u8>)> = Vec::new();
    for file in files {
        match read(&file, &arguments.stdin_filename) {
            Ok((path, bytes)) => {
                if (file.only_payloads || arguments.payloads_only) && !linter.is_payload(&bytes) {
                    session.passed_over += 1;
                    continue;
                }
                if arguments.as_set {
                    set.push((path, bytes));
                    continue;
                }
                let outcome = match arguments.fixes() {
                    Some(limit) => session.mend(&linter, limit, &file.path, path, &bytes)?,
                    None => session.add(path, linter.check_bytes(&bytes)).map(Ok)?,
                };
                if let Err(failure) = outcome {
                    complain(&failure);
                    failures.push(failure);
                }
            }
            Err(failure) => {
                complain(&failure);
                failures.push(failure);
            }
        }
    }
    let files: Vec<(&str, &[u8])> = set
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .collect();
    for ((path, _), report) in files.iter().zip(linter.check_set(&files)) {
        session.add((*path).to_owned(), report)?;
    }
    let has_findings =
        session.counts.at_least(arguments.fail_on) > 0 || arguments.diff && session.changed > 0;
    for failure in session.finish() {
        complain(&failure);
        failures.push(failure);
    }
    Ok(if !failures.is_empty() {
        FAILURE
    } else if has_findings {
        FINDINGS
    } else {
        CLEAN
    })
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
        let added = read(&file, STDIN).and_then(|(path, bytes)| {
            match add_payload(&mut known, &path, &bytes) {
                Err(_) if file.only_payloads => Ok(()),
                added => added,
            }
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

/// Adds the keys of a file that has to be a payload.
fn add_payload(known: &mut KnownKeys, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Failure(format!("cannot use {path} as a payload: {error}")))?;
    if !is_payload(&Document::parse(text)) {
        return Err(Failure(format!(
            "cannot use {path} as a payload: it has neither customer_key nor a collection"
        )));
    }
    known.add_payload(text);
    Ok(())
}

/// The keys that exist already, from all files that say so.
fn known_keys(arguments: &Check) -> Result<KnownKeys, Failure> {
    let mut known = KnownKeys::new();
    for path in &arguments.known {
        let shown = files::shown(path);
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure(format!("cannot read the known keys {shown}: {error}")))?;
        let keys = KnownKeys::from_json(&text)
            .map_err(|error| Failure(format!("cannot use the known keys {shown}: {error}")))?;
        known.extend(keys);
    }
    for path in &arguments.context {
        let shown = files::shown(path);
        let bytes = std::fs::read(path)
            .map_err(|error| Failure(format!("cannot read the context {shown}: {error}")))?;
        add_payload(&mut known, &shown, &bytes)?;
    }
    Ok(known)
}

fn linter(arguments: &Check) -> Result<Linter, Failure> {
    let mut options = Options {
        redact: arguments.redact,
        known: known_keys(arguments)?,
        closed_world: arguments.closed_world,
        now: arguments.now.clone(),
        max_per_code: (arguments.max_per_code > 0).then_some(arguments.max_per_code),
        ..Options::default()
    };
    for (code, level) in &arguments.rules {
        options.levels.insert(code.clone(), *level);
    }
    if let Some(path) = &arguments.schema {
        let shown = files::shown(path);
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure(format!("cannot read the schema {shown}: {error}")))?;
        let schema = CustomSchema::parse(&text)
            .map_err(|error| Failure(format!("cannot use the schema {shown}: {error}")))?;
        options.schema = Some(Arc::new(schema));
    }
    Linter::with_options(options).map_err(|error| Failure(error.to_string()))
}

/// The bytes of a file, and its name in reports.
fn read(file: &files::File, stdin: &str) -> Result<(String, Vec<u8>), Failure> {
    let cannot = |shown: &str, error: &io::Error| Failure(format!("cannot read {shown}: {error}"));
    if file.path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| cannot("standard input", &error))?;
        return Ok((stdin.to_owned(), bytes));
    }
    let shown = files::shown(&file.path);
    match std::fs::read(&file.path) {
        Ok(bytes) => Ok((shown, bytes)),
        Err(error) => Err(cannot(&shown, &error)),
    }
}

/// What is written while files are checked.
struct Session<'s> {
    arguments: &'s Check,
    counts: Counts,
    files: usize,
    passed_over: usize,
    /// Fixes that were applied, or would be.
    fixed: usize,
    /// Files that fixes would change.
    changed: usize,
    outputs: Outputs,
}

impl Session<'_> {
    fn count(&mut self, report: &Report<'_>) {
        self.files += 1;
        let counts = report.counts();
        self.counts.errors += counts.errors;
        self.counts.warnings += counts.warnings;
        self.counts.infos += counts.infos;
    }

    fn add(&mut self, path: String, report: Report<'_>) -> Result<(), Failure> {
        self.count(&report);
        self.outputs.add(Checked { path, report })
    }

    /// Mends a file, or shows how it would be mended, and reports what is left. The outer error
    /// ends the run; the inner one is about this file alone.
    fn mend(
        &mut self,
        linter: &Linter,
        limit: Safety,
        file: &Path,
        path: String,
        bytes: &[u8],
    ) -> Result<Result<(), Failure>, Failure> {
        let is_stdin = file == Path::new("-");
        // What is not UTF-8 is reported and left alone.
        let Ok(text) = std::str::from_utf8(bytes) else {
            if self.arguments.diff {
                self.count(&linter.check_bytes(bytes));
                return Ok(Ok(()));
            }
            if is_stdin {
                fix::pass_on(bytes)?;
            }
            return self.add(path, linter.check_bytes(bytes)).map(Ok);
        };
        let fixed = linter.fix(text, limit);
        let is_changed = fixed.text() != text;
        if self.arguments.diff {
            self.count(&fixed.report);
            self.fixed += fixed.applied.len();
            if is_changed {
                self.changed += 1;
                let diff = fix::diff(&path, text, fixed.text(), io::stdout().is_terminal());
                self.outputs.print(&diff)?;
            }
            return Ok(Ok(()));
        }
        if is_stdin {
            fix::pass_on(fixed.text().as_bytes())?;
        } else if is_changed && let Err(error) = fix::replace(file, fixed.text().as_bytes()) {
            let failure = Failure(format!("cannot mend {path}, which is unchanged: {error}"));
            self.add(path, linter.check(text))?;
            return Ok(Err(failure));
        }
        self.fixed += fixed.applied.len();
        self.add(path, fixed.report).map(Ok)
    }

    /// Writes what is left; gives what could not be written.
    fn finish(self) -> Vec<Failure> {
        let summary = self.summary();
        if self.arguments.diff {
            // The diff alone goes to standard output, so that it can be applied.
            let _ = writeln!(io::stderr(), "{summary}");
            return self.outputs.finish(None);
        }
        self.outputs.finish(Some(&summary))
    }

    fn summary(&self) -> String {
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
