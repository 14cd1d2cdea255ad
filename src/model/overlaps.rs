//! Stays that overlap another one at the same space.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::OnceLock;

use json_document::NodeId;

use super::files::{ResourceRef, of_file};
use super::graph::{ResourceKind, graph};
use super::key::key_text;
use super::payload_set::PayloadSet;
use super::resolve::Resolution;
use super::stay::Stay;
use super::stays_by_location::{LocationIds, each_location};
use crate::platform::sort;
use crate::time::timestamp::Instant;

/// Two stays at one space at one time. Each stay is the later one of at most one overlap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Overlap {
    location: u32,
    /// The file of the stay that starts later, or at the same time.
    file: u32,
    /// That stay, in [`Payload::stays`](super::payload::Payload::stays).
    pub(crate) stay: u32,
    /// Its reference to the space.
    pub(crate) reference: NodeId,
    /// The file of the stay that starts earlier.
    pub(crate) other_file: u32,
    /// That stay, in its file's [`Payload::stays`](super::payload::Payload::stays).
    pub(crate) other: u32,
    /// Both have the same start and end; where many meet, all of them.
    pub(crate) same_time: bool,
    /// How many meet at once, where that is more than [`FEW`]: then it is the only overlap of the location.
    pub(crate) crowd: Option<u32>,
}

/// The most stays that are reported by themselves when they meet at one location.
const FEW: usize = 3;

/// The stays of a payload set that overlap another one at the same space.
#[derive(Debug)]
pub(crate) struct Overlaps {
    /// By file, then stay.
    overlaps: Vec<Overlap>,
}

/// A stay at a location.
#[derive(Debug, Clone, Copy)]
struct Visit {
    location: u32,
    starts: Instant,
    ends: Instant,
    file: u32,
    /// In that file's [`Payload::stays`](super::payload::Payload::stays).
    stay: u32,
    /// The stay's reference to the location.
    reference: NodeId,
    /// The stay names other locations too.
    among_others: bool,
}

impl Overlaps {
    pub(crate) fn new(set: &PayloadSet<'_>) -> Self {
        let (visits, locations) = visits(set);
        let mut overlaps: Vec<Overlap> = Vec::new();
        each_location(
            &visits,
            locations,
            |visit| visit.location,
            |visits| {
                let first = overlaps.len();
                sweep(visits, &mut overlaps);
                if overlaps.len() - first >= FEW {
                    fold_crowd(visits, &mut overlaps, first);
                }
            },
        );
        // Of several locations, the first.
        sort::sort_by_key(&mut overlaps, |overlap| {
            (
                overlap.file,
                overlap.stay,
                overlap.crowd.is_none(),
                overlap.location,
            )
        });
        overlaps.dedup_by_key(|overlap| (overlap.file, overlap.stay));
        Self { overlaps }
    }

    /// The stays of a file that start during another one at the same space.
    pub(crate) fn in_file(&self, file: u32) -> &[Overlap] {
        of_file(&self.overlaps, file, |overlap| overlap.file)
    }
}

/// Adds the visits to one location that start during another one. Sorting keeps this far below the
/// square of their number.
fn sweep(visits: &mut [Visit], overlaps: &mut Vec<Overlap>) {
    sort::sort_by_key(visits, |visit| {
        (
            visit.starts,
            visit.ends,
            visit.file,
            visit.stay,
            visit.reference,
        )
    });
    // Those with the latest end so far, of all and of those whose stay names this location alone.
    let mut last: Option<Visit> = None;
    let mut last_alone: Option<Visit> = None;
    let mut previous = None;
    for visit in visits {
        let stay = (visit.file, visit.stay);
        // The stay names this location twice.
        if previous.replace(stay) == Some(stay) {
            continue;
        }
        let earlier = if visit.among_others { last_alone } else { last };
        if let Some(other) = earlier.filter(|other| visit.starts < other.ends) {
            overlaps.push(Overlap {
                location: visit.location,
                file: visit.file,
                stay: visit.stay,
                reference: visit.reference,
                other_file: other.file,
                other: other.stay,
                same_time: (other.starts, other.ends) == (visit.starts, visit.ends),
                crowd: None,
            });
        }
        let later = |last: Option<Visit>| match last {
            Some(last) if last.ends >= visit.ends => Some(last),
            _ => Some(*visit),
        };
        last = later(last);
        if !visit.among_others {
            last_alone = later(last_alone);
        }
    }
}

/// Replaces the overlaps of one location, from `first` on, by one with the count if more than [`FEW`] meet at once. The visits are in
/// the order of [`sweep`].
fn fold_crowd(visits: &[Visit], overlaps: &mut Vec<Overlap>, first: usize) {
    // The ends of those that are there: of stays that name this location alone, and of the others, who do not meet each other.
    let mut alone: BinaryHeap<Reverse<Instant>> = BinaryHeap::new();
    let mut others: BinaryHeap<Reverse<Instant>> = BinaryHeap::new();
    let mut crowd = 0;
    let mut previous = None;
    for visit in visits {
        let stay = (visit.file, visit.stay);
        if previous.replace(stay) == Some(stay) {
            continue;
        }
        for ends in [&mut alone, &mut others] {
            while ends.peek().is_some_and(|end| end.0 <= visit.starts) {
                ends.pop();
            }
        }
        let ends = if visit.among_others {
            &mut others
        } else {
            &mut alone
        };
        ends.push(Reverse(visit.ends));
        crowd = crowd.max(alone.len() + others.len().min(1));
    }
    if crowd <= FEW {
        return;
    }
    let here = &overlaps[first..];
    let same_time = here.iter().all(|overlap| overlap.same_time);
    // One that is more than a class that meets.
    let shown = here.iter().find(|overlap| overlap.same_time == same_time);
    let shown = shown.map(|overlap| Overlap {
        crowd: Some(crowd as u32),
        same_time,
        ..*overlap
    });
    overlaps.truncate(first);
    overlaps.extend(shown);
}

/// When a stay starts and ends, if it does both, at plausible dates, and ends after it starts.
fn times(stay: &Stay) -> Option<(Instant, Instant)> {
    let (starts, ends) = stay.period()?;
    let (starts, ends) = (starts.time.instant, ends.time.instant);
    (starts < ends).then_some((starts, ends))
}

/// By collection: of locations, whether they are for one party at a time; of stays, whether the party
/// has the location to itself.
fn exclusive() -> &'static [bool] {
    static EXCLUSIVE: OnceLock<Vec<bool>> = OnceLock::new();
    EXCLUSIVE.get_or_init(|| {
        let shared = [
            "sites",
            "buildings",
            "common_areas",
            "facilities",
            "access_grants",
        ];
        let collections = graph().collections.iter();
        collections
            .map(|collection| !shared.contains(&collection.name.as_str()))
            .collect()
    })
}

/// Where each stay is, for all stays that exclude others, and how many locations there are.
fn visits(set: &PayloadSet<'_>) -> (Vec<Visit>, u32) {
    let exclusive = exclusive();
    let overwritten = set.overwritten();
    let mut ids = LocationIds::new(set);
    let mut visits = Vec::new();
    let mut locations: Vec<(u32, NodeId)> = Vec::new();
    for (file, of) in (0..).zip(set.files()) {
        for (stay, it) in (0..).zip(&of.payload.stays) {
            let Some((starts, ends)) = times(it) else {
                continue;
            };
            let resource = it.resource;
            let at = ResourceRef { file, resource };
            let collection = set.resource(at).collection;
            if !exclusive[usize::from(collection.0)] || overwritten.contains(&at) {
                continue;
            }
            locations.clear();
            for (reference, resolution) in set.resolved(at) {
                let (kind, found) = match resolution {
                    Resolution::Found(found) => (set.resource(found).collection, Some(found)),
                    Resolution::Empty => continue,
                    _ => (reference.target, None),
                };
                let is_location = graph().collection(kind).kind == ResourceKind::Location;
                let is_slot = |at: ResourceRef| {
                    let slots = &set.files()[at.file as usize].payload.slots;
                    slots.binary_search(&at.resource).is_ok()
                };
                if is_location && exclusive[usize::from(kind.0)] && !found.is_some_and(is_slot) {
                    let location = match found {
                        Some(found) => set.number(found),
                        None => ids.unresolved(kind, key_text(of.document, reference.node)),
                    };
                    locations.push((location, reference.node));
                }
            }
            let first = locations.first().copied();
            sort::sort_by(&mut locations, Ord::cmp);
            locations.dedup_by_key(|(location, _)| *location);
            let among_others = locations.len() > 1;
            let visit = |location, reference, among_others| Visit {
                location,
                starts,
                ends,
                file,
                stay,
                reference,
                among_others,
            };
            let each = locations.iter();
            visits.extend(each.map(|(location, node)| visit(*location, *node, among_others)));
            // Stays that name the same several locations meet at their group.
            if let (true, Some((_, reference))) = (among_others, first) {
                let group = ids.group(locations.iter().map(|(location, _)| *location).collect());
                visits.push(visit(group, reference, false));
            }
        }
    }
    (visits, ids.count())
}

#[cfg(test)]
mod tests {
    use super::super::payload_set::testing::Random;
    use super::*;

    /// A visit to one location, at random.
    fn visit(random: &mut Random, stay: u32) -> Visit {
        let instant = |seconds: usize| Instant {
            seconds: i64::from(seconds as u32),
            nanoseconds: 0,
        };
        let starts = random.below(20);
        Visit {
            location: 0,
            starts: instant(starts),
            ends: instant(starts + 1 + random.below(8)),
            file: 0,
            stay,
            reference: NodeId::ROOT,
            among_others: random.below(3) == 0,
        }
    }

    /// Whether two visits are in each other's way.
    fn overlap(a: &Visit, b: &Visit) -> bool {
        a.starts < b.ends && b.starts < a.ends && !(a.among_others && b.among_others)
    }

    #[test]
    fn more_than_three_at_once_are_one_overlap_with_the_count() {
        let mut random = Random(1);
        let mut folded = 0;
        for round in 0..500 {
            let visits: Vec<Visit> = (0..round % 10)
                .map(|stay| visit(&mut random, stay))
                .collect();
            let mut sorted = visits.clone();
            let mut found = Vec::new();
            sweep(&mut sorted, &mut found);
            let before = found.len();
            fold_crowd(&sorted, &mut found, 0);
            // At each start, how many are there.
            let at_once = visits.iter().map(|one| {
                let is_there =
                    |other: &&Visit| other.starts <= one.starts && one.starts < other.ends;
                let there: Vec<&Visit> = visits.iter().filter(is_there).collect();
                let others = there.iter().filter(|visit| visit.among_others).count();
                there.len() - others + others.min(1)
            });
            let most = at_once.max().unwrap_or_default();
            if most > FEW && before > 0 {
                folded += 1;
                assert_eq!(found.len(), 1);
                assert_eq!(found[0].crowd, Some(most as u32), "{visits:?}");
            } else {
                assert_eq!(found.len(), before);
            }
        }
        assert!(folded > 30, "{folded}");
    }

    #[test]
    fn the_sweep_finds_what_comparing_every_pair_finds() {
        let mut random = Random(1);
        let mut count = 0;
        for round in 0..2000 {
            let visits: Vec<Visit> = (0..round % 12)
                .map(|stay| visit(&mut random, stay))
                .collect();
            let mut found = Vec::new();
            sweep(&mut visits.clone(), &mut found);
            let of = |stay: u32| &visits[stay as usize];
            for one in &found {
                assert!(overlap(of(one.stay), of(one.other)), "{visits:?}");
            }
            let order = |visit: &Visit| (visit.starts, visit.ends, visit.stay);
            let is_later = |visit: &&Visit| {
                let earlier = visits.iter().filter(|other| order(other) < order(visit));
                earlier.into_iter().any(|other| overlap(visit, other))
            };
            let mut expected: Vec<u32> =
                visits.iter().filter(is_later).map(|one| one.stay).collect();
            let mut stays: Vec<u32> = found.iter().map(|one| one.stay).collect();
            expected.sort_unstable();
            stays.sort_unstable();
            assert_eq!(stays, expected, "{visits:?}");
            count += found.len();
        }
        assert!(count > 2000, "{count}");
    }
}
