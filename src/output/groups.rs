//! What findings of a report have in common, so that readers fold what repeats.

use std::collections::HashMap;

use crate::platform::hash::RandomState;
use crate::report::Report;

/// Findings of one rule and severity at one place of each resource, such as
/// `time-zone-alias /rooms/*/customer_data/time_zone`.
pub(super) struct Groups {
    /// By finding of the report, its group.
    numbers: Vec<u32>,
    /// By group, its name and how many findings it has.
    groups: Vec<(String, usize)>,
}

impl Groups {
    pub(super) fn of(report: &Report<'_>) -> Self {
        let mut known: HashMap<String, u32, RandomState> = HashMap::default();
        let mut groups: Vec<(String, usize)> = Vec::new();
        let mut numbers = Vec::with_capacity(report.diagnostics().len());
        // A rule whose severity the evidence decides has a group for each.
        let mut name = String::new();
        for found in report {
            name.clear();
            name.push_str(&found.code);
            name.push(' ');
            push_pattern(&mut name, &found.pointer);
            let key = format!("{} {name}", found.severity);
            let number = *known.entry(key).or_insert_with(|| {
                groups.push((name.clone(), 0));
                groups.len() as u32 - 1
            });
            groups[number as usize].1 += 1;
            numbers.push(number);
        }
        Self { numbers, groups }
    }

    /// The group of a finding, by its place in the report.
    pub(super) fn number(&self, finding: usize) -> usize {
        self.numbers[finding] as usize
    }

    /// How many groups there are.
    #[cfg(feature = "cli")]
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// The name of a group, and how many findings it has.
    pub(super) fn group(&self, number: usize) -> (&str, usize) {
        let (name, count) = &self.groups[number];
        (name, *count)
    }

    /// The name of a finding's group, if it is not alone in it.
    pub(super) fn name(&self, finding: usize) -> Option<&str> {
        let (name, count) = self.group(self.number(finding));
        (count > 1).then_some(name)
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
