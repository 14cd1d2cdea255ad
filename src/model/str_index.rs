//! Numbers of strings, found by the string: an open-addressing table whose strings are elsewhere.
//!
//! It has no `HashMap`, which would hold the strings, or need one look-up more to compare them where
//! they are.

/// A table of hashes and numbers. A look-up compares the string only where the hashes agree.
#[derive(Debug)]
pub(super) struct StrIndex {
    /// The hash, and the number; [`FREE`] where there is none.
    slots: Vec<(u32, u32)>,
}

/// Sentinel: the slot is free.
const FREE: u32 = u32::MAX;

/// Where a string that is not in the table belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vacant {
    slot: usize,
    hash: u32,
}

/// The half of a 64-bit hash that the table has.
pub(super) const fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl StrIndex {
    /// A table for at most so many strings. It has three slots for two strings, and one more, so that
    /// it is never full.
    pub(super) fn with_capacity(strings: usize) -> Self {
        Self {
            slots: vec![(0, FREE); strings + strings / 2 + 1],
        }
    }

    /// The number of a string with this [`short`] hash, or its free slot. `is_it` says whether a
    /// number is that of the string.
    pub(super) fn find(&self, hash: u32, is_it: impl Fn(u32) -> bool) -> Result<u32, Vacant> {
        // As far into the table as the hash is into its range.
        let mut slot = ((u64::from(hash) * self.slots.len() as u64) >> 32) as usize;
        loop {
            let (known, number) = self.slots[slot];
            if number == FREE {
                return Err(Vacant { slot, hash });
            }
            if known == hash && is_it(number) {
                return Ok(number);
            }
            slot += 1;
            if slot == self.slots.len() {
                slot = 0;
            }
        }
    }

    /// Puts a number where [`StrIndex::find`] said, if nothing has been inserted since.
    pub(super) fn insert(&mut self, vacant: Vacant, number: u32) {
        self.slots[vacant.slot] = (vacant.hash, number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_whatever_their_hashes() {
        let strings: Vec<String> = (0..500).map(|number| format!("key-{number}")).collect();
        for hash_of in [
            |at: usize| (at as u32).wrapping_mul(0x9e37_79b9),
            |at: usize| at as u32 % 3,
            |_| u32::MAX,
        ] {
            let mut index = StrIndex::with_capacity(strings.len());
            let find = |index: &StrIndex, at: usize| {
                index.find(hash_of(at), |number| {
                    strings[number as usize] == strings[at]
                })
            };
            for at in 0..strings.len() {
                let vacant = find(&index, at).expect_err("not yet there");
                index.insert(vacant, at as u32);
            }
            for at in 0..strings.len() {
                assert_eq!(find(&index, at).ok(), Some(at as u32));
            }
        }
    }
}
