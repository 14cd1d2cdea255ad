//! The member names that a schema lists, numbered.

use std::borrow::Cow;
use std::collections::HashMap;

use json_document::Vocabulary;

use crate::platform::hash::RandomState;

/// Names, and a number for each.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// By number.
    list: Vec<Cow<'static, str>>,
    numbers: HashMap<Cow<'static, str>, u16, RandomState>,
}

impl Names {
    /// The number of a name. It is given one if it has none.
    pub(crate) fn number_of(&mut self, name: Cow<'static, str>) -> u16 {
        let next = self.list.len() as u16;
        *self.numbers.entry(name).or_insert_with_key(|name| {
            self.list.push(name.clone());
            next
        })
    }

    /// The name that has a number.
    pub(crate) fn get(&self, number: u16) -> &str {
        &self.list[usize::from(number)]
    }
}

impl Vocabulary for Names {
    fn number(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }
}
