//! The zones of a world's spaces, and which stays overlap at one space. Made once for a world, by
//! the first rule that asks.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::light::RandomState;

use super::graph::ResourceKind;
use super::occupancy::{Period, Places, Take, at_crowded_places, by_place};
use super::world::{Resolution, Site, World};
use super::{Stay, TimeOfDay, graph, key_text};
use crate::json::NodeId;
use crate::light;
use crate::time::timestamp::Instant;
use crate::time::zone::{Zone, lookup};
use crate::time::zone_suggestion::{Suggestion, suggest};

/// A distinct text under `time_zone`, and what it is: looked up once, however many spaces have it.
#[derive(Debug)]
pub(crate) struct ZoneText {
    /// Absent if IANA has no such name.
    pub(crate) zone: Option<Zone>,
    text: String,
    suggestion: OnceCell<Option<Suggestion>>,
}

impl ZoneText {
    /// What was probably meant. Costs up to a millisecond, the first time.
    pub(crate) fn suggestion(&self) -> Option<Suggestion> {
        *self.suggestion.get_or_init(|| suggest(&self.text))
    }
}

const NO_CLOCK: u32 = u32::MAX;

/// What a space says about its time.
#[derive(Debug, Clone, Copy)]
struct Clock {
    /// The string under `time_zone`, and its place in [`Zones::texts`].
    time_zone: Option<(NodeId, u32)>,
    checkin: Option<TimeOfDay>,
    checkout: Option<TimeOfDay>,
}

/// The zone of a space, and its default times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpaceTime {
    /// The file that the space is in.
    pub(crate) file: u32,
    /// The string under `time_zone`.
    pub(crate) time_zone: NodeId,
    pub(crate) zone: Zone,
    pub(crate) checkin: Option<TimeOfDay>,
    pub(crate) checkout: Option<TimeOfDay>,
}

/// The time zones of all spaces of a world.
#[derive(Debug)]
pub(crate) struct Zones {
    texts: Vec<ZoneText>,
    /// By file, the spaces that say anything about time, in the order of the text.
    clocks: Vec<Vec<Clock>>,
    /// By file and resource up to the last space, its place among the clocks, or [`NO_CLOCK`].
    by_resource: Vec<Vec<u32>>,
}

impl Zones {
    pub(crate) fn new(world: &World<'_>) -> Self {
        let mut texts: Vec<ZoneText> = Vec::new();
        let mut numbers: HashMap<Cow<'_, str>, u32, RandomState> = HashMap::default();
        let mut clocks = Vec::with_capacity(world.files.len());
        let mut by_resource = Vec::with_capacity(world.files.len());
        for file in &world.files {
            let mut of_file = Vec::new();
            // Spaces mostly come first.
            let last = file.payload.spaces.last();
            let mut places = vec![NO_CLOCK; last.map_or(0, |space| space.resource as usize + 1)];
            for space in &file.payload.spaces {
                let time_zone = space.time_zone.map(|node| {
                    let text = key_text(file.document, node);
                    let number = *numbers.entry(text).or_insert_with_key(|text| {
                        texts.push(ZoneText {
                            zone: lookup(text),
                            text: text.clone().into_owned(),
                            suggestion: OnceCell::new(),
                        });
                        texts.len() as u32 - 1
                    });
                    (node, number)
                });
                if time_zone.is_some() || space.checkin.is_some() || space.checkout.is_some() {
                    places[space.resource as usize] = of_file.len() as u32;
                    of_file.push(Clock {
                        time_zone,
                        checkin: space.checkin,
                        checkout: space.checkout,
                    });
                }
            }
            clocks.push(of_file);
            by_resource.push(places);
        }
        Self {
            texts,
            clocks,
            by_resource,
        }
    }

    /// Whether any space has a zone that IANA knows.
    pub(crate) fn any_known(&self) -> bool {
        self.texts.iter().any(|text| text.zone.is_some())
    }

    /// The zones of a file's spaces: the string, and what it is.
    pub(crate) fn in_file(&self, file: u32) -> impl Iterator<Item = (NodeId, &ZoneText)> {
        self.clocks[file as usize].iter().filter_map(|clock| {
            let (node, number) = clock.time_zone?;
            Some((node, &self.texts[number as usize]))
        })
    }

    /// The space data of a resource that has a zone which IANA knows.
    pub(crate) fn of(&self, site: Site) -> Option<SpaceTime> {
        let at = self.by_resource[site.file as usize].get(site.resource as usize)?;
        let clock = self.clocks[site.file as usize].get(*at as usize)?;
        let (node, number) = clock.time_zone?;
        let text = &self.texts[number as usize];
        Some(SpaceTime {
            file: site.file,
            time_zone: node,
            zone: text.zone?,
            checkin: clock.checkin,
            checkout: clock.checkout,
        })
    }
}

/// Two stays at one space at one time. Each stay stands in at most one as the later one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Overlap {
    place: u32,
    /// The file of the stay that starts later, or at the same time.
    file: u32,
    /// That stay, in [`super::Payload::stays`].
    pub(crate) stay: u32,
    /// Its reference to the space.
    pub(crate) reference: NodeId,
    /// The file of the stay that starts earlier.
    pub(crate) other_file: u32,
    /// That stay, in its file's [`super::Payload::stays`].
    pub(crate) other: u32,
}

/// The stays of a world that overlap another one at the same space.
#[derive(Debug)]
pub(crate) struct Overlaps {
    /// By file, then stay.
    overlaps: Vec<Overlap>,
}

/// A stay at a place.
#[derive(Debug, Clone, Copy)]
struct Visit {
    /// Equal for references to one place.
    place: u32,
    /// In [`World::files`].
    file: u32,
    /// In that file's [`super::Payload::stays`].
    stay: u32,
    /// The stay's reference to the place.
    reference: NodeId,
    /// The stay names other places too.
    among_others: bool,
}

/// A visit and its time.
#[derive(Debug, Clone, Copy)]
struct Occupancy {
    visit: Visit,
    starts: Instant,
    ends: Instant,
}

impl Overlaps {
    /// Sorts and sweeps: the time grows with the stays, not with their pairs.
    pub(crate) fn new(world: &World<'_>) -> Self {
        let (visits, places) = at_crowded_places(world, each_visit);
        let mut overlaps: Vec<Overlap> = Vec::new();
        let read = |visit: &Visit| {
            let stay = &world.files[visit.file as usize].payload.stays[visit.stay as usize];
            let (starts, ends) = period(stay)?;
            Some(Occupancy {
                visit: *visit,
                starts,
                ends,
            })
        };
        let by_time = |a: &Occupancy, b: &Occupancy| {
            let key = |one: &Occupancy| {
                let Visit {
                    file,
                    stay,
                    reference,
                    ..
                } = one.visit;
                (one.starts, one.ends, file, stay, reference)
            };
            key(a).cmp(&key(b))
        };
        let place = |visit: &Visit| visit.place;
        by_place(world, &visits, places, place, read, by_time, |at_place| {
            // Those with the latest end so far, of all and of those that name this place alone.
            let mut last: Option<Occupancy> = None;
            let mut last_alone: Option<Occupancy> = None;
            let mut previous = None;
            for one in at_place {
                let Visit { file, stay, .. } = one.visit;
                // One stay that names one place twice.
                if previous.replace((file, stay)) == Some((file, stay)) {
                    continue;
                }
                let among_others = one.visit.among_others;
                let earlier = if among_others { last_alone } else { last };
                if let Some(other) = earlier.filter(|other| one.starts < other.ends) {
                    overlaps.push(Overlap {
                        place: one.visit.place,
                        file,
                        stay,
                        reference: one.visit.reference,
                        other_file: other.visit.file,
                        other: other.visit.stay,
                    });
                }
                let later = |last: Option<Occupancy>| match last {
                    Some(last) if last.ends >= one.ends => Some(last),
                    _ => Some(*one),
                };
                last = later(last);
                if !among_others {
                    last_alone = later(last_alone);
                }
            }
        });
        // Of several places, the first.
        light::sort_by_key(&mut overlaps, |overlap| {
            (overlap.file, overlap.stay, overlap.place)
        });
        overlaps.dedup_by_key(|overlap| (overlap.file, overlap.stay));
        Self { overlaps }
    }

    /// The stays of a file that start during another one at the same space.
    pub(crate) fn in_file(&self, file: u32) -> &[Overlap] {
        let from = self.overlaps.partition_point(|overlap| overlap.file < file);
        let to = self
            .overlaps
            .partition_point(|overlap| overlap.file <= file);
        &self.overlaps[from..to]
    }
}

/// When a stay starts and ends, if it does both and lasts at all.
fn period(stay: &Stay) -> Option<(Instant, Instant)> {
    let (starts, ends) = stay.times()?;
    let (starts, ends) = (starts.instant, ends.instant);
    (starts < ends).then_some((starts, ends))
}

/// By collection: of locations, whether they are for one party at a time; of stays, whether the party
/// has its place to itself.
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

/// Calls `take` with where each stay is, for all stays that can be in each other's way. It says whether
/// a visit to the place matters.
fn each_visit<'w>(world: &World<'w>, places: &mut Places<'w>, take: &mut Take<'_, Visit>) {
    let exclusive = exclusive();
    let superseded = world.overwritten();
    let mut of_stay: Vec<(u32, NodeId)> = Vec::new();
    for (file_at, file) in world.files.iter().enumerate() {
        for (stay_at, stay) in file.payload.stays.iter().enumerate() {
            let Some((starts, ends)) = period(stay) else {
                continue;
            };
            let period = Period {
                starts: Some(starts),
                ends: Some(ends),
            };
            let site = Site {
                file: file_at as u32,
                resource: stay.resource,
            };
            let collection = world.resource(site).collection;
            if !exclusive[usize::from(collection.0)] || superseded.contains(&site) {
                continue;
            }
            of_stay.clear();
            world.each_resolved(site, |reference, resolution| {
                let (kind, found) = match resolution {
                    Resolution::Found(place) => (world.resource(place).collection, Some(place)),
                    Resolution::Empty => return,
                    _ => (reference.target, None),
                };
                let is_location = graph().collection(kind).kind == ResourceKind::Location;
                if is_location && exclusive[usize::from(kind.0)] {
                    let place = match found {
                        Some(place) => world.number(place),
                        None => places.unresolved(kind, key_text(file.document, reference.node)),
                    };
                    of_stay.push((place, reference.node));
                }
            });
            let first = of_stay.first().copied();
            light::sort_by(&mut of_stay, Ord::cmp);
            of_stay.dedup_by_key(|(place, _)| *place);
            let among_others = of_stay.len() > 1;
            let visit = |place, reference, among_others| Visit {
                place,
                file: file_at as u32,
                stay: stay_at as u32,
                reference,
                among_others,
            };
            let mut matters = false;
            for (place, reference) in &of_stay {
                matters |= take(*place, period, visit(*place, *reference, among_others));
            }
            // Who meets at all of some places meets at each.
            if let (true, true, Some((place, reference))) = (matters, among_others, first) {
                let all = places.group(of_stay.iter().map(|(place, _)| *place).collect());
                take(place, period, visit(all, reference, false));
            }
        }
    }
}
