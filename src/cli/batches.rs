//! Files read and checked side by side, a batch at a time; what comes of it is in the order of the
//! files.

use std::sync::OnceLock;

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

/// What has come of a file; nothing if it is passed over.
pub(super) type Loaded<T> = Result<Option<T>, Failure>;

impl Job {
    /// Reads the file.
    pub(super) fn load(&self, stdin: &str) -> Loaded<Content> {
        let content = Content::read(&self.file.path, stdin)?;
        let is_passed_over = self.only_payloads && !content.is_payload(&self.about.linter);
        Ok((!is_passed_over).then_some(content))
    }
}

/// Parts of the jobs that fit into memory together.
pub(super) fn batches(jobs: &[Job]) -> impl Iterator<Item = &[Job]> {
    let sizes = each(jobs, |job| {
        // What cannot be asked is small, or fails when it is read.
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
pub(super) fn load(jobs: &[Job], stdin: &str) -> Vec<Loaded<Content>> {
    each(jobs, |job| job.load(stdin))
}

/// Where what is read of a batch stays for as long as its reports need it.
pub(super) fn room(batch: &[Job]) -> Vec<OnceLock<Content>> {
    batch.iter().map(|_| OnceLock::new()).collect()
}

/// Reads and checks a batch.
pub(super) fn check<'r>(
    batch: &[Job],
    stdin: &str,
    room: &'r [OnceLock<Content>],
    progress: &Progress,
) -> Vec<Loaded<Checked<'r>>> {
    let both: Vec<_> = batch.iter().zip(room).collect();
    each(&both, |(job, room)| {
        let checked = Content::read(&job.file.path, stdin).map(|content| {
            let content = room.get_or_init(|| content);
            let linter = &job.about.linter;
            let report = if job.only_payloads {
                content.check_if_payload(linter)
            } else {
                Some(content.check(linter))
            };
            report.map(|report| Checked {
                path: content.name.clone(),
                report,
            })
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
