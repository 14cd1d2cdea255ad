//! Reads and checks files in parallel, a batch at a time. Results are in the order of the files.

use rayon::prelude::*;

use super::discover::File;
use super::failure::Failure;
use super::input::{InputFile, LinesFile, Opened, unreadable};
use super::progress::Progress;
use super::settings::FileSettings;
use super::system;
use crate::engine::json_lines::Part;
use crate::output::Checked;

/// How many files are in memory at once, as long as they are small.
const FILES: usize = 256;
/// How many bytes are in memory at once, unless one file alone has more.
const BYTES: u64 = 16 << 20;

/// A file that is about to be checked.
pub(super) struct Job {
    pub(super) file: File,
    pub(super) settings: FileSettings,
    /// It is skipped if it does not look like a payload.
    pub(super) only_payloads: bool,
}

/// The result for a file; nothing if it is skipped.
pub(super) type Loaded<T> = Result<Option<T>, Failure>;

impl Job {
    /// Reads the file.
    pub(super) fn load(&self, stdin: &str) -> Loaded<InputFile> {
        let input = InputFile::read(&self.file.path, stdin)?;
        let is_skipped = self.may_skip(&input) && !input.is_payload(&self.settings.linter);
        Ok((!is_skipped).then_some(input))
    }

    /// Whether it is skipped if it is not a payload: where one was expected, nothing is a finding.
    fn may_skip(&self, input: &InputFile) -> bool {
        self.only_payloads && !(self.settings.is_included && input.is_missing())
    }
}

/// A file, or a part of it, that is checked by itself.
pub(super) struct Unit<'j> {
    pub(super) job: &'j Job,
    content: Content,
}

enum Content {
    /// A file that is not read yet.
    Unread,
    Whole(InputFile),
    Part(String, Part),
    Skipped,
    Failed(Failure),
}

/// What there is to check: files, and those of JSON Lines part by part.
struct Units<'j> {
    jobs: std::slice::Iter<'j, Job>,
    stdin: &'j str,
    /// Lines that are being read.
    open: Option<(&'j Job, LinesFile)>,
}

impl<'j> Iterator for Units<'j> {
    type Item = Unit<'j>;

    fn next(&mut self) -> Option<Unit<'j>> {
        loop {
            if let Some((job, file)) = &mut self.open {
                let job = *job;
                match file.parts.next() {
                    Some(Ok(part)) => {
                        let content = Content::Part(file.name.clone(), part);
                        return Some(Unit { job, content });
                    }
                    Some(Err(error)) => {
                        let content = Content::Failed(unreadable(&job.file.path, error));
                        return Some(Unit { job, content });
                    }
                    None => self.open = None,
                }
            }
            let job = self.jobs.next()?;
            let path = &job.file.path;
            if !LinesFile::is_named(path, self.stdin) {
                let content = Content::Unread;
                return Some(Unit { job, content });
            }
            let linter = &job.settings.linter;
            let skipping = (job.only_payloads, job.settings.is_included);
            let content = match LinesFile::open(path, self.stdin, linter, skipping) {
                Ok(Opened::Lines(file)) => {
                    self.open = Some((job, file));
                    continue;
                }
                Ok(Opened::Whole(input)) => Content::Whole(input),
                Ok(Opened::Skipped) => Content::Skipped,
                Err(failure) => Content::Failed(failure),
            };
            return Some(Unit { job, content });
        }
    }
}

impl Unit<'_> {
    /// How much memory it takes.
    fn bytes(&self) -> u64 {
        match &self.content {
            // A file without metadata is small, or fails when it is read.
            Content::Unread => {
                system::metadata(&self.job.file.path).map_or(0, |metadata| metadata.bytes())
            }
            Content::Whole(input) => input.bytes.len() as u64,
            Content::Part(_, part) => part.bytes.len() as u64,
            Content::Skipped | Content::Failed(_) => 0,
        }
    }

    /// Reads and checks it.
    fn check(&mut self, stdin: &str) -> Loaded<Checked<'_>> {
        let linter = &self.job.settings.linter;
        if matches!(self.content, Content::Unread) {
            self.content = Content::Whole(InputFile::read(&self.job.file.path, stdin)?);
        }
        match &mut self.content {
            Content::Whole(input) => {
                let report = if self.job.may_skip(input) {
                    input.check_if_payload(linter)
                } else {
                    Some(input.check(linter))
                };
                Ok(report.map(|report| Checked::new(input.name.clone(), report)))
            }
            Content::Part(name, part) => {
                let has_more = part.has_more;
                let checked = Checked::new(name.clone(), linter.check_part(part));
                Ok(Some(Checked {
                    has_more,
                    ..checked
                }))
            }
            Content::Unread | Content::Skipped => Ok(None),
            failed @ Content::Failed(_) => match std::mem::replace(failed, Content::Skipped) {
                Content::Failed(failure) => Err(failure),
                _ => Ok(None),
            },
        }
    }
}

/// Files, and parts of them, that fit into memory together.
pub(super) fn batches<'j>(jobs: &'j [Job], stdin: &'j str) -> impl Iterator<Item = Vec<Unit<'j>>> {
    let units = Units {
        jobs: jobs.iter(),
        stdin,
        open: None,
    };
    let mut units = units.map(|unit| (unit.bytes(), unit)).peekable();
    std::iter::from_fn(move || {
        let (mut sum, first) = units.next()?;
        let mut batch = vec![first];
        while batch.len() < FILES {
            let Some((bytes, unit)) = units.next_if(|(bytes, _)| sum + bytes <= BYTES) else {
                break;
            };
            sum += bytes;
            batch.push(unit);
        }
        Some(batch)
    })
}

/// Reads files.
pub(super) fn load(jobs: &[Job], stdin: &str) -> Vec<Loaded<InputFile>> {
    each(jobs, |job| job.load(stdin))
}

/// Reads and checks a batch.
pub(super) fn check<'u>(
    batch: &'u mut [Unit<'_>],
    stdin: &str,
    progress: &Progress,
) -> Vec<Loaded<Checked<'u>>> {
    let check = |unit: &'u mut Unit<'_>| {
        let checked = unit.check(stdin);
        let has_more = matches!(&checked, Ok(Some(checked)) if checked.has_more);
        if !has_more {
            progress.add();
        }
        checked
    };
    // One needs no threads.
    if batch.len() < 2 {
        batch.iter_mut().map(check).collect()
    } else {
        batch.par_iter_mut().map(check).collect()
    }
}

/// Works on each item, in parallel if there are several: one needs no threads.
fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    if items.len() < 2 {
        items.iter().map(work).collect()
    } else {
        items.par_iter().map(work).collect()
    }
}
