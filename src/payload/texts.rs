//! A table of texts by hash, for keys and contacts: a look-up reads the table once, and a text only
//! where the hashes agree.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

/// Numbers of texts, found by the text. The texts themselves are the caller's.
#[derive(Debug)]
pub(crate) struct Texts {
    /// Seeded at random, so that nobody can write keys that collide.
    hasher: RandomState,
    /// A part of the hash, and the number; [`FREE`] where there is none. The length is a power
    /// of two, at least twice what is in it.
    slots: Vec<(u32, u32)>,
}

const FREE: u32 = u32::MAX;

/// Where a text that is not in the table belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vacant {
    at: usize,
    tag: u32,
}

impl Texts {
    /// A table for at most so many texts.
    pub(crate) fn with_capacity(texts: usize) -> Self {
        Self {
            hasher: RandomState::default(),
            slots: vec![(0, FREE); (texts * 2).next_power_of_two()],
        }
    }

    /// The number of a text, or its free place. `is_it` says whether the text of a number is the
    /// one that is looked for.
    pub(crate) fn find(&self, text: &[u8], is_it: impl Fn(u32) -> bool) -> Result<u32, Vacant> {
        let hash = self.hasher.hash_one(text);
        let mask = self.slots.len() - 1;
        let tag = (hash >> 32) as u32;
        let mut at = hash as usize & mask;
        // The table is never full, so this ends.
        loop {
            let (known, number) = self.slots[at];
            if number == FREE {
                return Err(Vacant { at, tag });
            }
            if known == tag && is_it(number) {
                return Ok(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Puts a number where [`Texts::find`] said, if nothing has been put in since.
    pub(crate) fn insert(&mut self, vacant: Vacant, number: u32) {
        self.slots[vacant.at] = (vacant.tag, number);
    }
}
