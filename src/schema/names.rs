//! The member names that a schema lists, numbered.

use std::collections::HashMap;

use crate::platform::hash::RandomState;

/// Names, and a number for each.
#[derive(Debug, Default, Clone)]
pub(crate) struct Names {
    /// By number.
    list: Vec<String>,
    numbers: HashMap<String, u16, RandomState>,
}

impl Names {
    /// The number of a name. It is given one if it has none.
    pub(crate) fn number_of(&mut self, name: &str) -> u16 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let next = self.list.len() as u16;
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), next);
        next
    }

    /// The name that has a number.
    pub(crate) fn get(&self, number: u16) -> &str {
        &self.list[usize::from(number)]
    }
}

impl Names {
    /// The number of a name, if it has one.
    pub(crate) fn number(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }
}
