//! What findings of a report have in common, so that readers fold what repeats.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::platform::hash::RandomState;
use crate::report::Diagnostic;

/// Findings of one rule and severity at one place of each resource, such as
/// `time-zone-alias /rooms/*/customer_data/time_zone`.
#[derive(Default)]
pub(super) struct Groups {
    /// By group, its name and how many findings it has.
    all: Vec<(String, usize)>,
    /// A rule whose severity the evidence decides has a group for each.
    known: HashMap<String, usize, RandomState>,
    /// The name of the finding before, whose memory is used again.
    name: String,
}

impl Groups {
    /// Adds a finding. Returns the number of its group.
    pub(super) fn add(&mut self, found: &Diagnostic) -> usize {
        let Self { all, known, name } = self;
        name.clear();
        // Writing to a string does not fail.
        let _ = write!(name, "{} ", found.severity);
        let severity = name.len();
        name.push_str(&found.code);
        name.push(' ');
        push_pattern(name, &found.pointer);
        let number = known.get(name.as_str()).copied().unwrap_or_else(|| {
            known.insert(name.clone(), all.len());
            all.push((name[severity..].to_owned(), 0));
            all.len() - 1
        });
        all[number].1 += 1;
        number
    }

    /// The groups in the order of their first findings: the name of each, and how many findings it has.
    pub(super) fn all(&self) -> &[(String, usize)] {
        &self.all
    }
}

/// A pointer with `*` for the indices of elements.
fn push_pattern(pattern: &mut String, pointer: &str) {
    for token in pointer.split('/').skip(1) {
        let is_index = token.bytes().all(|byte| byte.is_ascii_digit());
        pattern.push('/');
        pattern.push_str(if is_index { "*" } else { token });
    }
}
