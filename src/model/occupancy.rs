//! Which stays are at which place, over all files of a world: what is found by looking at the stays
//! of one place side by side.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use crate::light::RandomState;

use super::Stay;
use super::graph::CollectionId;
use super::world::World;
use crate::light;
use crate::time::timestamp::Instant;

/// A half-open interval of time; an end that is missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) starts: Option<Instant>,
    pub(crate) ends: Option<Instant>,
}

impl Period {
    /// The time of a stay; none if a moment is not RFC 3339 or the stay ends before it starts,
    /// of which other rules speak.
    pub(crate) fn of(stay: &Stay) -> Option<Self> {
        let instant = |moment: Option<super::Moment>| match moment {
            None => Some(None),
            Some(moment) => moment.time.map(|time| Some(time.instant)),
        };
        let period = Self {
            starts: instant(stay.starts())?,
            ends: instant(stay.ends())?,
        };
        let is_empty =
            matches!((period.starts, period.ends), (Some(starts), Some(ends)) if ends <= starts);
        (!is_empty).then_some(period)
    }

    /// Whether the period is not over when another begins.
    pub(crate) fn lasts_beyond(self, start: Option<Instant>) -> bool {
        match (self.ends, start) {
            (Some(ends), Some(start)) => start < ends,
            _ => true,
        }
    }

    /// Whether the period ends after another; an open one ends last.
    pub(crate) fn outlasts(self, other: Self) -> bool {
        match (self.ends, other.ends) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(ends), Some(other)) => ends > other,
        }
    }
}

/// The visits that `each` hands over with their place and time, but for those at places whose stays are
/// written one after the other, as they come and go: nobody meets there.
///
/// `each` is called once or twice. It is told whether a visit is taken. Gives how many places there are too.
pub(crate) fn at_crowded_places<'w, V>(
    world: &World<'w>,
    each: fn(&World<'w>, &mut Places<'w>, &mut Take<'_, V>),
) -> (Vec<V>, u32) {
    let mut places = Places::new(world);
    let mut visits = Vec::new();
    let mut crowds = world.take(|memory| &mut memory.crowds);
    crowds.empty(world.resource_count());
    each(world, &mut places, &mut |place, period, _| {
        crowds.add(place, period);
        false
    });
    if crowds.is_any {
        each(world, &mut places, &mut |place, _, visit| {
            let is_crowded = crowds.is_crowded[place as usize];
            if is_crowded {
                visits.push(visit);
            }
            is_crowded
        });
    }
    world.give_back(|memory| &mut memory.crowds, crowds);
    (visits, places.next)
}

/// What takes a visit, with its place and time; says whether it does.
pub(crate) type Take<'a, V> = dyn FnMut(u32, Period, V) -> bool + 'a;

/// The lists of [`at_crowded_places`], kept from one call to the next.
#[derive(Debug, Default)]
pub(crate) struct Crowds {
    /// By place, the first whole second at which all stays so far are over.
    ends: Vec<i64>,
    /// By place.
    is_crowded: Vec<bool>,
    is_any: bool,
}

impl Crowds {
    fn empty(&mut self, places: u32) {
        self.ends.clear();
        self.is_crowded.clear();
        self.is_any = false;
        self.grow(places as usize);
    }

    fn grow(&mut self, places: usize) {
        self.ends.resize(places, i64::MIN);
        self.is_crowded.resize(places, false);
    }

    /// Takes the next stay at a place.
    fn add(&mut self, place: u32, period: Period) {
        let place = place as usize;
        if place >= self.ends.len() {
            self.grow(place + 1);
        }
        let starts = period.starts.map_or(i64::MIN, |starts| starts.seconds);
        let ends = period.ends.map_or(i64::MAX, |ends| {
            ends.seconds + i64::from(ends.nanoseconds > 0)
        });
        let last = &mut self.ends[place];
        if starts < *last {
            self.is_crowded[place] = true;
            self.is_any = true;
        }
        *last = ends.max(*last);
    }
}

/// The lists of [`by_place`], kept from one call to the next.
#[derive(Debug, Default)]
pub(crate) struct ByPlace {
    /// By place, where its visits begin in the order; and once it is filled, where they end.
    ends: Vec<u32>,
    /// The visits' numbers.
    order: Vec<u32>,
}

/// Calls `f` with the visits to each place that has two or more, in the order that `compare` gives.
///
/// `place` is a number below `places`, so most of the sorting is counting. `read` says what else is
/// to be known of a visit: nearly every stay of a payload has one, and few share their place.
pub(crate) fn by_place<V, T>(
    world: &World<'_>,
    visits: &[V],
    places: u32,
    place: impl Fn(&V) -> u32,
    read: impl Fn(&V) -> Option<T>,
    compare: impl Fn(&T, &T) -> Ordering,
    mut f: impl FnMut(&[T]),
) {
    if visits.is_empty() {
        return;
    }
    let ByPlace {
        mut ends,
        mut order,
    } = world.take(|memory| &mut memory.by_place);
    ends.clear();
    ends.resize(places as usize + 1, 0);
    for visit in visits {
        ends[place(visit) as usize + 1] += 1;
    }
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    // Each slot moves from the start of its place to the end as it is filled.
    order.clear();
    order.resize(visits.len(), 0);
    for (at, visit) in visits.iter().enumerate() {
        let slot = &mut ends[place(visit) as usize];
        order[*slot as usize] = at as u32;
        *slot += 1;
    }
    let mut at_place: Vec<T> = Vec::new();
    let mut start = 0;
    for end in &ends {
        let numbers = &order[start..*end as usize];
        start = *end as usize;
        // Nobody is in the way of one alone.
        if numbers.len() < 2 {
            continue;
        }
        at_place.clear();
        at_place.extend(numbers.iter().filter_map(|at| read(&visits[*at as usize])));
        light::sort_by(&mut at_place, &compare);
        f(&at_place);
    }
    world.give_back(|memory| &mut memory.by_place, ByPlace { ends, order });
}

/// Numbers for places: those of the world first, see [`World::number`], then keys that nothing has, then groups.
pub(crate) struct Places<'w> {
    /// How many numbers are taken.
    pub(crate) next: u32,
    unresolved: HashMap<(CollectionId, Cow<'w, str>), u32, RandomState>,
    groups: HashMap<Vec<u32>, u32, RandomState>,
}

impl<'w> Places<'w> {
    pub(crate) fn new(world: &World<'_>) -> Self {
        Self {
            next: world.resource_count(),
            unresolved: HashMap::default(),
            groups: HashMap::default(),
        }
    }

    pub(crate) fn unresolved(&mut self, collection: CollectionId, key: Cow<'w, str>) -> u32 {
        let next = &mut self.next;
        *self
            .unresolved
            .entry((collection, key))
            .or_insert_with(|| take(next))
    }

    /// Places that are let together.
    pub(crate) fn group(&mut self, places: Vec<u32>) -> u32 {
        let next = &mut self.next;
        *self.groups.entry(places).or_insert_with(|| take(next))
    }
}

fn take(next: &mut u32) -> u32 {
    let taken = *next;
    *next += 1;
    taken
}
