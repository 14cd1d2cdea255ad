//! Reads and checks files in parallel, a batch at a time. Results are in the order of the files.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::discover::File;
use super::failure::Failure;
use super::input::InputFile;
use super::progress::Progress;
use super::settings::FileSettings;
use super::system;
use crate::output::Checked;

/// How many files are in memory at once, as long as they are small.
const FILES: usize = 256;
/// How many bytes are in memory at once, unless one file alone has more.
const BYTES: u64 = 64 << 20;

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

/// Parts of the jobs that fit into memory together.
pub(super) fn batches(jobs: &[Job]) -> impl Iterator<Item = &[Job]> {
    let sizes = each(jobs, |job| {
        // A file without metadata is small, or fails when it is read.
        system::metadata(&job.file.path).map_or(0, |metadata| metadata.bytes())
    });
    let mut done = 0;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = sizes[done..].iter().take(FILES).take_while(|size| {
            bytes += *size;
            bytes <= BYTES
        });
        let end = (done + fits.count().max(1)).min(jobs.len());
        let batch = &jobs[done..end];
        done = end;
        (!batch.is_empty()).then_some(batch)
    })
}

/// Reads files.
pub(super) fn load(jobs: &[Job], stdin: &str) -> Vec<Loaded<InputFile>> {
    each(jobs, |job| job.load(stdin))
}

/// Keeps the files of a batch for as long as its reports borrow them.
pub(super) fn room(batch: &[Job]) -> Vec<OnceLock<InputFile>> {
    batch.iter().map(|_| OnceLock::new()).collect()
}

/// Reads and checks a batch.
pub(super) fn check<'r>(
    batch: &[Job],
    stdin: &str,
    room: &'r [OnceLock<InputFile>],
    progress: &Progress,
) -> Vec<Loaded<Checked<'r>>> {
    let both: Vec<_> = batch.iter().zip(room).collect();
    each(&both, |(job, room)| {
        let checked = InputFile::read(&job.file.path, stdin).map(|input| {
            let input = room.get_or_init(|| input);
            let linter = &job.settings.linter;
            let report = if job.may_skip(input) {
                input.check_if_payload(linter)
            } else {
                Some(input.check(linter))
            };
            report.map(|report| Checked::new(input.name.clone(), report))
        });
        progress.add();
        checked
    })
}

/// Works on each item, in parallel if there are several: one needs no threads.
fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    if items.len() < 2 {
        items.iter().map(work).collect()
    } else {
        items.par_iter().map(work).collect()
    }
}
