//! Finds numbered texts by hash: a look-up reads the table once, and compares texts only where hashes agree.

/// Numbers of texts, found by the text. The texts themselves are the caller's.
#[derive(Debug, Default)]
pub(crate) struct StrIndex {
    /// The hash, and the number; [`FREE`] where there is none.
    slots: Vec<(u32, u32)>,
}

const FREE: u32 = u32::MAX;

/// Where a text that is not in the table belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vacant {
    at: usize,
    hash: u32,
}

/// How many slots so many texts take: three for two texts, and one that stays free.
const fn slots(texts: usize) -> usize {
    texts + texts / 2 + 1
}

/// The half of a 64-bit hash that the tables have.
pub(crate) const fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl StrIndex {
    /// A table for at most so many texts.
    pub(crate) fn with_capacity(texts: usize) -> Self {
        Self {
            slots: vec![(0, FREE); slots(texts)],
        }
    }

    /// The number of a text with this [`short`] hash, or its free place. `is_it` says whether the
    /// text of a number is the one that is looked for.
    pub(crate) fn find(&self, hash: u32, is_it: impl Fn(u32) -> bool) -> Result<u32, Vacant> {
        // As far into the table as the hash is into its numbers.
        let mut at = ((u64::from(hash) * self.slots.len() as u64) >> 32) as usize;
        // The table is never full, so this ends.
        loop {
            let (known, number) = self.slots[at];
            if number == FREE {
                return Err(Vacant { at, hash });
            }
            if known == hash && is_it(number) {
                return Ok(number);
            }
            at += 1;
            if at == self.slots.len() {
                at = 0;
            }
        }
    }

    /// Puts a number where [`StrIndex::find`] said, if nothing has been put in since.
    pub(crate) fn insert(&mut self, vacant: Vacant, number: u32) {
        self.slots[vacant.at] = (vacant.hash, number);
    }
}
