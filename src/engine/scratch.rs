//! The memory that checks leave behind for the next ones.

use std::sync::{Mutex, MutexGuard, PoisonError};

use json_document::Scratch;

/// What a check reads a text into.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) document: Scratch,
}

impl Memory {
    /// How many values the last text had.
    pub(super) fn values(&self) -> usize {
        self.document.len()
    }

    /// How many values there is room for.
    fn room(&self) -> usize {
        self.document.capacity()
    }
}

/// How many values the lists have room for, all together, that are kept from one check to the next
/// whatever it is. With what goes with them, they take some 32 MB.
const KEPT_VALUES: usize = 1 << 20;

/// More than [`KEPT_VALUES`] is kept by checks that need at least this part of it.
const NEEDED_PART: usize = 4;

/// What checks have left: as many as ran side by side.
#[derive(Debug, Default)]
pub(super) struct Spare(Mutex<Vec<Memory>>);

impl Spare {
    fn lock(&self) -> MutexGuard<'_, Vec<Memory>> {
        // Whatever happened meanwhile: lists are emptied before they are used.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The memory of an earlier check, or none.
    pub(super) fn take(&self) -> Memory {
        self.lock().pop().unwrap_or_default()
    }

    /// Keeps memory for the next check.
    pub(super) fn keep(&self, memory: Memory) {
        let is_needed = memory.values() >= memory.room() / NEEDED_PART;
        let mut spare = self.lock();
        spare.push(memory);
        if !is_needed && spare.iter().map(Memory::room).sum::<usize>() > KEPT_VALUES {
            spare.clear();
        }
    }
}
