//! Which stays are at which place, over all files of a world.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::graph::{CollectionId, ResourceKind};
use super::world::{Resolution, Site, World};
use super::{Moment, Stay, graph, key_text};
use crate::time::rfc3339::Instant;

/// A stay at one place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    /// The number of the place: equal for two stays at one place, and nothing more.
    pub(crate) place: u32,
    /// The reservation, booking or access grant.
    pub(crate) site: Site,
    /// Its place in [`super::Payload::stays`] of its file.
    pub(crate) stay: u32,
    pub(crate) period: Period,
}

/// A half-open interval of time; an end that is missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) starts: Option<Instant>,
    pub(crate) ends: Option<Instant>,
}

impl Period {
    /// The time of a stay; none if a moment is not RFC 3339 or the stay ends before it starts,
    /// of which other rules speak.
    fn of(stay: &Stay) -> Option<Self> {
        let instant = |moment: Option<Moment>| match moment {
            None => Some(None),
            Some(moment) => moment.time.map(|time| Some(time.instant())),
        };
        let period = Self {
            starts: instant(stay.starts)?,
            ends: instant(stay.ends)?,
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

/// The stays of a world by place.
#[derive(Debug, Default)]
pub(crate) struct Occupancy {
    /// In the order of files and stays. Each stay is at each place once.
    pub(crate) visits: Vec<Visit>,
}

impl Occupancy {
    pub(crate) fn new(world: &World<'_>) -> Self {
        let overwritten = world.overwritten();
        let mut located: HashMap<Site, u32, RandomState> = HashMap::default();
        let mut named: HashMap<(CollectionId, Cow<'_, str>), u32, RandomState> = HashMap::default();
        let mut places = 0;
        // By place, one more than the number of the stay that was last there.
        let mut last_there: Vec<u32> = Vec::new();
        let mut visits = Vec::new();
        let mut stays = 0;
        for (at, file) in world.files.iter().enumerate() {
            for (stay_at, stay) in file.payload.stays.iter().enumerate() {
                stays += 1;
                let site = Site {
                    file: at as u32,
                    resource: stay.resource,
                };
                let Some(period) = Period::of(stay) else {
                    continue;
                };
                if overwritten.contains(&site) {
                    continue;
                }
                for (reference, resolution) in world.resolved_references(site) {
                    let kind = graph().collection(reference.target).kind;
                    if kind != ResourceKind::Location {
                        continue;
                    }
                    let number = match resolution {
                        Resolution::Empty => continue,
                        Resolution::Found(found) | Resolution::WrongKind(found) => {
                            located.entry(found).or_insert(places)
                        }
                        Resolution::Known | Resolution::KnownWrongKind(_) | Resolution::Missing => {
                            let key = key_text(file.document, reference.node);
                            named.entry((reference.target, key)).or_insert(places)
                        }
                    };
                    let place = *number;
                    if place == places {
                        places += 1;
                        last_there.push(0);
                    }
                    // One key twice in an array is one place.
                    if std::mem::replace(&mut last_there[place as usize], stays) == stays {
                        continue;
                    }
                    visits.push(Visit {
                        place,
                        site,
                        stay: stay_at as u32,
                        period,
                    });
                }
            }
        }
        Self { visits }
    }
}
