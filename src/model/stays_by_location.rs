//! Groups the stays of a payload set by location, to compare those at one location.

use std::borrow::Cow;
use std::collections::HashMap;

use super::graph::CollectionId;
use super::payload_set::PayloadSet;
use crate::platform::hash::RandomState;

/// Calls `f` with the visits to each location that has two or more, in the order of the list.
/// `location` is a number below `locations`.
pub(crate) fn each_location<V: Copy>(
    visits: &[V],
    locations: u32,
    location: impl Fn(&V) -> u32,
    mut f: impl FnMut(&mut [V]),
) {
    // A counting sort: `ends` is where the visits to each location begin, then where they end.
    let mut ends = vec![0_u32; locations as usize + 1];
    for visit in visits {
        ends[location(visit) as usize + 1] += 1;
    }
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    let mut order = vec![0_u32; visits.len()];
    for (at, visit) in (0..).zip(visits) {
        let slot = &mut ends[location(visit) as usize];
        order[*slot as usize] = at;
        *slot += 1;
    }
    let mut here = Vec::new();
    let mut start = 0;
    for end in ends {
        if end > start + 1 {
            let numbers = &order[start as usize..end as usize];
            here.clear();
            here.extend(numbers.iter().map(|at| visits[*at as usize]));
            f(&mut here);
        }
        start = end;
    }
}

/// Numbers for locations: those of the set's resources first, then of keys that nothing has, then of
/// groups of locations.
pub(crate) struct LocationIds<'w> {
    next: u32,
    unresolved: HashMap<(CollectionId, Cow<'w, str>), u32, RandomState>,
    groups: HashMap<Vec<u32>, u32, RandomState>,
}

impl<'w> LocationIds<'w> {
    pub(crate) fn new(set: &PayloadSet<'_>) -> Self {
        Self {
            next: set.resource_count(),
            unresolved: HashMap::default(),
            groups: HashMap::default(),
        }
    }

    /// How many numbers are taken.
    pub(crate) fn count(&self) -> u32 {
        self.next
    }

    pub(crate) fn unresolved(&mut self, collection: CollectionId, key: Cow<'w, str>) -> u32 {
        let next = &mut self.next;
        *self
            .unresolved
            .entry((collection, key))
            .or_insert_with(|| take(next))
    }

    /// The number of locations that are booked together.
    pub(super) fn group(&mut self, locations: Vec<u32>) -> u32 {
        let next = &mut self.next;
        *self.groups.entry(locations).or_insert_with(|| take(next))
    }
}

fn take(next: &mut u32) -> u32 {
    let taken = *next;
    *next += 1;
    taken
}

#[cfg(test)]
mod tests {
    use super::super::payload_set::testing::Random;
    use super::*;

    #[test]
    fn visits_are_grouped_in_their_order() {
        let mut random = Random(1);
        for locations in 1..20 {
            for count in 0..40 {
                let visits: Vec<(u32, usize)> = (0..count)
                    .map(|at| (random.below(locations) as u32, at))
                    .collect();
                let mut found = Vec::new();
                each_location(
                    &visits,
                    locations as u32,
                    |visit| visit.0,
                    |here| {
                        found.push(here.to_vec());
                    },
                );
                let groups = (0..locations as u32).map(|location| {
                    let here = visits.iter().filter(|visit| visit.0 == location);
                    here.copied().collect::<Vec<_>>()
                });
                let expected: Vec<_> = groups.filter(|here| here.len() > 1).collect();
                assert_eq!(found, expected, "{visits:?}");
            }
        }
    }
}
