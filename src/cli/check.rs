//! `seamlint check`.

use std::path::Path;

use super::arguments::Check;
use super::batches::{self, Job, Loaded};
use super::failure::Failure;
use super::input::InputFile;
use super::outputs::Outputs;
use super::progress::Progress;
use super::settings::{FileSettings, Settings};
use super::system::{self, Stream};
use super::{diff, discover, status, stderr, stdout};
use crate::engine::json_lines::Source;
use crate::output::Checked;
use crate::report::{Applicability, Counts, Diagnostic, Listing, Report};

/// Checks files, or fixes them.
pub(super) fn check(arguments: &Check) -> Result<u8, Failure> {
    if arguments.writes() {
        system::finish_before_interrupts().map_err(Failure::Interrupts)?;
    }
    let settings = Settings::new(arguments)?;
    let discover::Found {
        files,
        folders,
        failures,
        ignored,
    } = discover::find(&arguments.paths);
    // Fixed standard input goes to standard output.
    let is_filter = arguments.fixes().is_some()
        && !arguments.diff
        && arguments.paths.iter().any(|path| path == Path::new("-"));
    let mut session = Session {
        arguments,
        listing: listing(&settings),
        settings,
        counts: Counts::default(),
        suppressed: 0,
        finds: false,
        fails: false,
        folders: folders.into_iter().map(|folder| (folder, false)).collect(),
        files: 0,
        links: 0,
        not_applied: Vec::new(),
        ignored,
        skipped: 0,
        fixed: 0,
        changed: 0,
        outputs: Outputs::new(arguments, is_filter)?,
        progress: Progress::new(files.len()),
    };
    for failure in &failures {
        session.fail(failure);
        // It says all that there is to say of its folder.
        session.has_payload_in(failure.path());
    }
    let mut jobs = Vec::with_capacity(files.len());
    for file in files {
        let is_unnamed = file.only_payloads || arguments.payloads_only;
        let only_payloads = is_unnamed && !arguments.all;
        if let Some(settings) = session.settings.of(&file.path, is_unnamed)? {
            jobs.push(Job {
                file,
                settings,
                only_payloads,
            });
        }
    }
    match arguments.fixes() {
        Some(limit) => session.fix_each(&jobs, limit)?,
        None if arguments.as_set => session.check_set(&jobs)?,
        None => session.check_each(&jobs)?,
    }
    Ok(session.finish())
}

/// The state of a run.
struct Session<'s> {
    arguments: &'s Check,
    settings: Settings<'s>,
    /// Of the file whose findings come in.
    listing: Listing,
    counts: Counts,
    suppressed: usize,
    /// A file has findings of the severity that it fails for.
    finds: bool,
    /// Not all of the work could be done.
    fails: bool,
    /// The folders that were searched, and whether a payload was in them.
    folders: Vec<(String, bool)>,
    files: usize,
    skipped: usize,
    /// Links that were found in folders and not fixed.
    links: usize,
    /// Fixes that would make an error, a note for each.
    not_applied: Vec<String>,
    /// Files that git ignores.
    ignored: usize,
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
        let stdin = &self.arguments.stdin_filename;
        for mut batch in batches::batches(jobs, stdin) {
            let jobs: Vec<&Job> = batch.iter().map(|unit| unit.job).collect();
            let all = batches::check(&mut batch, stdin, &self.progress);
            for (job, checked) in jobs.into_iter().zip(all) {
                if let Some(checked) = self.take(job, checked) {
                    self.add(&job.settings, checked)?;
                }
            }
        }
        Ok(())
    }

    /// Checks files together; all are read before one is checked.
    fn check_set(&mut self, jobs: &[Job]) -> Result<(), Failure> {
        let read = self.load(jobs);
        let set = || {
            jobs.iter()
                .zip(&read)
                .filter_map(|(job, read)| Some((job, read.as_ref()?)))
        };
        let sources: Vec<Source<'_>> = set()
            .map(|(_, input)| Source {
                name: &input.name,
                bytes: &input.bytes,
                layout: input.layout,
            })
            .collect();
        // A set has one configuration, and so one linter.
        let Some((first, _)) = set().next() else {
            return Ok(());
        };
        let reports = first.settings.linter.check_sources(&sources);
        for ((job, input), report) in set().zip(reports) {
            self.add(&job.settings, Checked::new(input.name.clone(), report))?;
        }
        Ok(())
    }

    /// Fixes files. Each is read when the one before it is written: it may be the same.
    fn fix_each(&mut self, jobs: &[Job], limit: Applicability) -> Result<(), Failure> {
        for job in jobs {
            let loaded = job.load(&self.arguments.stdin_filename);
            self.progress.add();
            let Some(input) = self.take(job, loaded) else {
                continue;
            };
            if job.file.is_link {
                let report = input.check(&job.settings.linter);
                let is_fixable = |found: &Diagnostic| {
                    let fix = found.fix.as_ref();
                    fix.is_some_and(|fix| fix.applicability <= limit)
                };
                self.links += usize::from(report.iter().any(is_fixable));
                self.add(&job.settings, Checked::new(input.name.clone(), report))?;
            } else if let Err(failure) = self.fix(&job.settings, limit, &job.file.path, &input)? {
                self.fail(&failure);
            }
        }
        Ok(())
    }

    /// Reads files.
    fn load(&mut self, jobs: &[Job]) -> Vec<Option<InputFile>> {
        let loaded = batches::load(jobs, &self.arguments.stdin_filename);
        let jobs = jobs.iter().zip(loaded);
        jobs.map(|(job, loaded)| self.take(job, loaded)).collect()
    }

    /// The result for a file; nothing for one that is skipped or could not be read.
    fn take<T>(&mut self, job: &Job, loaded: Loaded<T>) -> Option<T> {
        if !matches!(loaded, Ok(None)) {
            for folder in &job.file.folders {
                self.folders[*folder].1 = true;
            }
        }
        match loaded {
            Ok(loaded) => {
                let is_skipped = loaded.is_none() && !self.settings.names(&job.settings);
                self.skipped += usize::from(is_skipped);
                loaded
            }
            Err(failure) => {
                self.fail(&failure);
                None
            }
        }
    }

    fn fail(&mut self, failure: &Failure) {
        self.progress.aside(|| failure.report());
        self.outputs.add_failure(failure);
        self.fails = true;
    }

    /// Notes that nothing more is to be said of a folder.
    fn has_payload_in(&mut self, folder: &str) {
        let known = self.folders.iter_mut().filter(|(name, _)| name == folder);
        known.for_each(|(_, has_payload)| *has_payload = true);
    }

    /// Reports the folders in which no payload was found. A hook names what has changed, payload or not.
    fn report_empty_folders(&mut self) {
        if self.arguments.payloads_only {
            return;
        }
        for (folder, has_payload) in std::mem::take(&mut self.folders) {
            if !has_payload {
                self.fail(&Failure::NoPayload { folder });
            }
        }
    }

    /// What was not looked at, a line each for standard error.
    fn notes(&self, is_summed: bool) -> Vec<String> {
        let mut notes = self.not_applied.clone();
        if self.skipped > 0 && !is_summed {
            let files = number(self.skipped, "file");
            notes.push(format!("{files} skipped: no push_data payload"));
        }
        if self.links > 0 {
            let links = number(self.links, "link");
            notes.push(format!(
                "{links} not fixed: name the files that they lead to"
            ));
        }
        if self.ignored > 0 {
            let files = number(self.ignored, "file");
            notes.push(format!(
                "{files} not checked, because git ignores them: name them to check them"
            ));
        }
        if self.arguments.paths == [Path::new(".")] && system::has_unread_input() {
            notes.push("standard input was not read: name it with -".to_owned());
        }
        notes
    }

    /// Removes suppressed findings and counts the rest, of which so many are listed as is allowed for the whole file.
    fn count(&mut self, settings: &FileSettings, report: &mut Report<'_>, has_more: bool) {
        self.settings.suppress(settings, report);
        report.list(&mut self.listing);
        if !has_more {
            let next = listing(&self.settings);
            report.omitted = std::mem::replace(&mut self.listing, next).omitted();
            self.files += 1;
        }
        self.suppressed += report.suppressed();
        let counts = report.counts();
        self.finds |= counts.at_least(settings.fail_on) > 0;
        self.counts += counts;
    }

    fn add(&mut self, settings: &FileSettings, mut checked: Checked<'_>) -> Result<(), Failure> {
        self.count(settings, &mut checked.report, checked.has_more);
        let outputs = &mut self.outputs;
        self.progress
            .aside(|| outputs.add(checked, settings.fail_on))
    }

    /// Fixes a file, or shows the diff, and reports what is left. The outer error ends the run; the
    /// inner one is about this file alone.
    fn fix(
        &mut self,
        settings: &FileSettings,
        limit: Applicability,
        file: &Path,
        input: &InputFile,
    ) -> Result<Result<(), Failure>, Failure> {
        let linter = &settings.linter;
        let path = || input.name.clone();
        let is_stdin = file == Path::new("-");
        let fixed = input.fix(linter, limit, &self.settings.is_suppressed(settings));
        // Text that is not UTF-8 is reported and not fixed.
        let (Some(mut fixed), Some(text)) = (fixed, input.text()) else {
            let mut report = input.check(linter);
            if self.arguments.diff {
                self.count(settings, &mut report, false);
                return Ok(Ok(()));
            }
            if is_stdin {
                stdout::write(&input.bytes)?;
            }
            return self.add(settings, Checked::new(path(), report)).map(Ok);
        };
        for dropped in &fixed.dropped {
            self.not_applied.push(format!(
                "1 fix not applied: {}: {}: {} [{}]; it would make an error: {}",
                input.name, dropped.pointer, dropped.title, dropped.code, dropped.reason
            ));
        }
        let is_changed = fixed.text().as_bytes() != input.bytes;
        if self.arguments.diff {
            self.count(settings, &mut fixed.report, false);
            self.fixed += fixed.applied.len();
            if is_changed {
                self.changed += 1;
                let diff =
                    diff::unified(&path(), &text, fixed.text(), Stream::Output.is_terminal());
                let outputs = &mut self.outputs;
                self.progress.aside(|| outputs.print(&diff))?;
            }
            return Ok(Ok(()));
        }
        if is_stdin {
            let packed = input.packed(fixed.text())?;
            self.progress.aside(|| stdout::write(&packed))?;
        } else if is_changed {
            let replaced = input
                .packed(fixed.text())
                .and_then(|bytes| system::replace(file, &bytes));
            if let Err(error) = replaced {
                self.add(settings, Checked::new(path(), input.check(linter)))?;
                let path = path();
                return Ok(Err(Failure::Fix { path, error }));
            }
        }
        self.fixed += fixed.applied.len();
        self.add(settings, Checked::new(path(), fixed.report))
            .map(Ok)
    }

    /// Writes what is left; returns the exit status.
    fn finish(mut self) -> u8 {
        self.progress.finish();
        self.report_empty_folders();
        let known = self.settings.known_findings();
        if let Err(failure) = self.settings.write_baseline(!self.fails) {
            self.fail(&failure);
        }
        for unused in self.settings.unused() {
            stderr::line(&format!("seamlint: warning: {unused}"));
        }
        let summary = self.summary(known);
        let is_on_stderr = self.arguments.stats || self.arguments.diff;
        let notes = self.notes(is_on_stderr);
        // The diff alone goes to standard output, so that it can be applied.
        let failures = self
            .outputs
            .finish(Some(&*summary).filter(|_| !is_on_stderr));
        if is_on_stderr {
            stderr::line(&summary);
        }
        for note in notes {
            stderr::line(&format!("seamlint: note: {note}"));
        }
        for failure in &failures {
            failure.report();
        }
        if self.fails || !failures.is_empty() {
            status::FAILURE
        } else if self.finds || self.arguments.diff && self.changed > 0 {
            status::FINDINGS
        } else {
            status::CLEAN
        }
    }

    fn summary(&self, known: usize) -> String {
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
            summary.push_str(" ignored by seamlint.toml");
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
        if self.skipped > 0 {
            let files = number(self.skipped, "file");
            summary.push_str(" (");
            summary.push_str(&files);
            summary.push_str(" skipped: no push_data payload)");
        }
        summary
    }
}

/// For the findings of one file.
fn listing(settings: &Settings<'_>) -> Listing {
    Listing::new(settings.max_per_code().unwrap_or(usize::MAX))
}

/// A count with its noun.
fn number(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
