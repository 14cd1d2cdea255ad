//! Names of members that are known before a text is read: those of a schema.

use std::borrow::Cow;

use crate::texts::{self, Texts};

/// In the place of a name's number: it is none of those that are known.
pub(crate) const UNKNOWN_NAME: u16 = u16::MAX;

/// Names, and a number for each.
#[derive(Debug)]
pub(crate) struct Names {
    /// By number.
    list: Vec<Cow<'static, str>>,
    numbers: Texts,
}

impl Names {
    pub(crate) fn new() -> Self {
        Self {
            list: Vec::new(),
            numbers: Texts::with_capacity(0),
        }
    }

    /// The number of a name. It is given one if it has none.
    pub(crate) fn number(&mut self, name: Cow<'static, str>) -> u16 {
        let hash = texts::short_hash(name.as_bytes());
        if let Some(number) = self.find_hashed(hash, &name) {
            return number;
        }
        let number = self.list.len() as u16;
        self.numbers.push(hash, u32::from(number));
        self.list.push(name);
        number
    }

    /// The number of a name that is known.
    pub(crate) fn find(&self, name: &str) -> Option<u16> {
        self.find_hashed(texts::short_hash(name.as_bytes()), name)
    }

    /// As [`Names::find`], for a name whose [`texts::short_hash`] is at hand.
    pub(crate) fn find_hashed(&self, hash: u32, name: &str) -> Option<u16> {
        let found = self
            .numbers
            .find(hash, |number| self.get(number as u16) == name);
        found.ok().map(|number| number as u16)
    }

    /// The name that has a number.
    pub(crate) fn get(&self, number: u16) -> &str {
        &self.list[usize::from(number)]
    }
}
