//! Files read and checked side by side, a batch at a time; what comes of it is in the order of the
//! files.

use rayon::prelude::*;

use super::content::Content;
use super::linters::About;
use super::progress::Progress;
use super::{Failure, files, system};
use crate::output::Checked;

/// How many files are in memory at once, as long as they are small.
const FILES: usize = 256;
/// How many bytes are in memory at once, unless one file alone has more.
const BYTES: u64 = 64 << 20;

/// A file that is about to be checked.
pub(super) struct Job {
    pub(super) file: files::File,
    pub(super) about: About,
    /// It is passed over if it does not look like a payload.
    pub(super) only_payloads: bool,
}

/// What has come of reading a file; nothing if it is passed over.
pub(super) type Loaded = Result<Option<Content>, Failure>;

impl Job {
    /// Reads the file.
    pub(super) fn load(&self, stdin: &str) -> Loaded {
        let content = Content::read(&self.file.path, stdin)?;
        let is_passed_over = self.only_payloads && !content.is_payload(&self.about.linter);
        Ok((!is_passed_over).then_some(content))
    }
}

/// Parts of the jobs that fit into memory together.
pub(super) fn batches(jobs: &[Job]) -> impl Iterator<Item = &[Job]> {
    let mut rest = jobs;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = rest
            .iter()
            .take(FILES)
            .take_while(|job| {
                // What cannot be asked is small, or fails when it is read.
                bytes += system::metadata(&job.file.path).map_or(0, |metadata| metadata.bytes());
                bytes <= BYTES
            })
            .count();
        let (batch, after) = rest.split_at(fits.max(1).min(rest.len()));
        rest = after;
        (!batch.is_empty()).then_some(batch)
    })
}

/// Reads files.
pub(super) fn load(jobs: &[Job], stdin: &str) -> Vec<Loaded> {
    each(jobs, |job| job.load(stdin))
}

/// Checks what was read of a batch.
pub(super) fn check<'b>(
    batch: &[Job],
    read: &'b [Option<Content>],
    progress: &Progress,
) -> Vec<Option<Checked<'b>>> {
    let both: Vec<_> = batch.iter().zip(read).collect();
    each(&both, |(job, read)| {
        let checked = read.as_ref().map(|content| Checked {
            path: content.name.clone(),
            report: content.check(&job.about.linter),
        });
        progress.add();
        checked
    })
}

/// Does it for each, side by side where there are several: one needs no threads.
fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    if items.len() < 2 {
        items.iter().map(work).collect()
    } else {
        items.par_iter().map(work).collect()
    }
}
