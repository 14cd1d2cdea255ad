//! The memory that checks leave behind for the next ones.

use json_document::{Node, Scratch};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many values all lists together keep room for, whatever is checked: 12 MB.
const KEPT_VALUES: usize = 1 << 20;

/// More than [`KEPT_VALUES`] is kept while checks need at least this part of it.
const NEEDED_PART: usize = 4;

/// The lists that checks have read documents into: as many as ran side by side.
#[derive(Debug)]
pub(super) struct Pool {
    lists: Mutex<Vec<Scratch>>,
    keeps: bool,
}

impl Pool {
    /// A pool that keeps lists for the next check, or none.
    pub(super) const fn new(keeps: bool) -> Self {
        Self {
            lists: Mutex::new(Vec::new()),
            keeps,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Scratch>> {
        // A list is emptied before it is used, so one that a panic left behind is as good as any.
        self.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The list of an earlier check, or a new one.
    pub(super) fn take(&self) -> Scratch {
        self.lock().pop().unwrap_or_default()
    }

    /// Keeps a list for the next check.
    pub(super) fn keep(&self, list: Scratch) {
        if !self.keeps {
            return;
        }
        let is_needed = list.len() >= list.capacity() / NEEDED_PART;
        let mut lists = self.lock();
        lists.push(list);
        if !is_needed && lists.iter().map(Scratch::capacity).sum::<usize>() > KEPT_VALUES {
            lists.clear();
        }
    }

    /// How many bytes are kept.
    pub(super) fn bytes(&self) -> usize {
        let values: usize = self.lock().iter().map(Scratch::capacity).sum();
        values * size_of::<Node>()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Linter, Options};

    #[test]
    fn memory_is_kept_and_reported_unless_switched_off() {
        let payload = r#"{ "customer_key": "c", "rooms": [{ "room_key": "1" }] }"#;
        let linter = Linter::new();
        assert_eq!(linter.memory_kept(), 0);
        assert!(linter.check(payload).counts().errors > 0);
        let kept = linter.memory_kept();
        assert!((12..4096).contains(&kept), "{kept}");

        let options = Options {
            keep_memory: false,
            ..Options::default()
        };
        let linter = Linter::with_options(options).expect("the options are right");
        assert!(linter.check(payload).has_errors());
        assert_eq!(linter.memory_kept(), 0);
    }

    #[test]
    fn a_small_payload_frees_what_a_large_one_took() {
        let linter = Linter::new();
        let large = format!("[{}0]", "0,".repeat(2_000_000));
        assert!(linter.check(&large).has_errors());
        assert!(linter.memory_kept() > 20_000_000);
        assert!(linter.check("[]").has_errors());
        assert_eq!(linter.memory_kept(), 0);
    }
}
