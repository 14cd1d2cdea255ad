//! Progress of long work, on standard error if that is a terminal.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::system::{self, Stream};

/// Nothing is shown before: most work takes less.
const PATIENCE: Duration = Duration::from_secs(1);

/// Without threads, nothing is shown before one file is done.
const HAS_THREADS: bool = cfg!(not(target_arch = "wasm32"));

/// How many files have been checked.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Shows the bar when it is time; ends when the sender is gone.
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    pub(super) fn new(files: usize) -> Self {
        if !Stream::Error.is_terminal() {
            return Self {
                bar: ProgressBar::hidden(),
                waiting: None,
            };
        }
        let hidden = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(Some(files as u64), hidden);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} of {len} checked") {
            bar.set_style(style);
        }
        if !HAS_THREADS {
            return Self { bar, waiting: None };
        }
        let (sender, receiver) = channel();
        let shown = bar.clone();
        let waiting = thread::spawn(move || {
            if receiver.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(system::progress_target());
                shown.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Self {
            bar,
            waiting: Some((sender, waiting)),
        }
    }

    /// Counts one more file.
    pub(super) fn add(&self) {
        if !HAS_THREADS
            && self.bar.is_hidden()
            && Stream::Error.is_terminal()
            && self.bar.elapsed() > PATIENCE
        {
            self.bar.set_draw_target(system::progress_target());
        }
        self.bar.inc(1);
    }

    /// Hides the bar while something else is written: both may be the same terminal.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Removes the bar.
    pub(super) fn finish(&mut self) {
        if let Some((sender, waiting)) = self.waiting.take() {
            drop(sender);
            // A thread that panicked has nothing to show.
            let _ = waiting.join();
        }
        self.bar.finish_and_clear();
    }
}
