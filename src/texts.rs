//! A table of texts by hash, for names, keys and contacts: a look-up reads the table once, and a text
//! only where the hashes agree.

use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;

use crate::light::RandomState;

/// Numbers of texts, found by the text. The texts themselves are the caller's.
#[derive(Debug, Default)]
pub(crate) struct Texts {
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

/// What stands for a text where texts are compared that lie far from each other. Two that have the
/// same are taken for one: among a million keys, two others do in one payload of 37 million, and a
/// reference to nothing finds one of them in one of 18 million million.
#[inline]
pub(crate) fn hash(text: &[u8]) -> u64 {
    // Seeded at random, so that nobody can write keys that collide.
    static HASHER: OnceLock<RandomState> = OnceLock::new();
    let mut hasher = HASHER.get_or_init(RandomState::default).build_hasher();
    hasher.write(text);
    hasher.finish()
}

/// The half of a [`hash`] that the tables have.
pub(crate) const fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// The [`short`] half of a text's [`hash`].
pub(crate) fn short_hash(text: &[u8]) -> u32 {
    short(hash(text))
}

impl Texts {
    /// A table for at most so many texts.
    pub(crate) fn with_capacity(texts: usize) -> Self {
        Self::default().emptied(texts)
    }

    /// A table for at most so many texts, in the memory of this one.
    pub(crate) fn emptied(mut self, texts: usize) -> Self {
        self.slots.clear();
        self.slots.resize(slots(texts), (0, FREE));
        self
    }

    /// Puts in the number of a text that is not there, one more than that of the text before. Makes
    /// room for it: what has been [`Vacant`] no longer is.
    pub(crate) fn push(&mut self, hash: u32, number: u32) {
        let texts = number as usize + 1;
        if slots(texts) > self.slots.len() {
            let filled = std::mem::replace(self, Self::with_capacity(2 * texts)).slots;
            for (hash, number) in filled {
                if number != FREE {
                    self.put(hash, number);
                }
            }
        }
        self.put(hash, number);
    }

    fn put(&mut self, hash: u32, number: u32) {
        if let Err(vacant) = self.find(hash, |_| false) {
            self.insert(vacant, number);
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

    /// Puts a number where [`Texts::find`] said, if nothing has been put in since.
    pub(crate) fn insert(&mut self, vacant: Vacant, number: u32) {
        self.slots[vacant.at] = (vacant.hash, number);
    }
}
