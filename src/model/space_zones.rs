//! The time zones of a payload set's spaces.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use json_document::NodeId;

use super::files::ResourceRef;
use super::key::key_text;
use super::known::KnownClock;
use super::payload_set::PayloadSet;
use super::space::TimeOfDay;
use crate::platform::hash::RandomState;
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
    /// The zone that was probably meant. Costs up to a millisecond, once.
    pub(crate) fn suggestion(&self) -> Option<Suggestion> {
        *self.suggestion.get_or_init(|| suggest(&self.text))
    }
}

/// Sentinel: the space says nothing about time.
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
    /// The file that the space is in, and the string under `time_zone`; none for a space that is known from elsewhere.
    pub(crate) time_zone: Option<(u32, NodeId)>,
    pub(crate) zone: Zone,
    pub(crate) checkin: Option<DefaultTime>,
    pub(crate) checkout: Option<DefaultTime>,
}

/// A default time of a space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DefaultTime {
    /// The string, in the file of the zone.
    pub(crate) node: Option<NodeId>,
    /// Seconds since midnight.
    pub(crate) seconds: u32,
}

impl SpaceTime {
    /// A space that is known from elsewhere.
    pub(crate) fn known(clock: KnownClock) -> Option<Self> {
        let default = |seconds: Option<u32>| {
            seconds.map(|seconds| DefaultTime {
                node: None,
                seconds,
            })
        };
        Some(Self {
            time_zone: None,
            zone: lookup(clock.zone)?,
            checkin: default(clock.checkin),
            checkout: default(clock.checkout),
        })
    }
}

/// The time zones of all spaces of a payload set.
#[derive(Debug)]
pub(crate) struct Zones {
    texts: Vec<ZoneText>,
    /// By file, the spaces that say anything about time, in the order of the text.
    clocks: Vec<Vec<Clock>>,
    /// By file and resource up to the last space, its place among the clocks, or [`NO_CLOCK`].
    by_resource: Vec<Vec<u32>>,
}

impl Zones {
    pub(crate) fn new(set: &PayloadSet<'_>) -> Self {
        let mut texts: Vec<ZoneText> = Vec::new();
        let mut numbers: HashMap<Cow<'_, str>, u32, RandomState> = HashMap::default();
        let mut clocks = Vec::with_capacity(set.files().len());
        let mut by_resource = Vec::with_capacity(set.files().len());
        for file in set.files() {
            let mut of_file = Vec::new();
            // Spaces mostly come first.
            let last = file.payload.spaces.last();
            let mut clock_of = vec![NO_CLOCK; last.map_or(0, |space| space.resource as usize + 1)];
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
                    clock_of[space.resource as usize] = of_file.len() as u32;
                    of_file.push(Clock {
                        time_zone,
                        checkin: space.checkin,
                        checkout: space.checkout,
                    });
                }
            }
            clocks.push(of_file);
            by_resource.push(clock_of);
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
    pub(crate) fn of(&self, at: ResourceRef) -> Option<SpaceTime> {
        let clock = self.by_resource[at.file as usize].get(at.resource as usize)?;
        let clock = self.clocks[at.file as usize].get(*clock as usize)?;
        let (node, number) = clock.time_zone?;
        let text = &self.texts[number as usize];
        let default = |time: TimeOfDay| DefaultTime {
            node: Some(time.node),
            seconds: time.seconds,
        };
        Some(SpaceTime {
            time_zone: Some((at.file, node)),
            zone: text.zone?,
            checkin: clock.checkin.map(default),
            checkout: clock.checkout.map(default),
        })
    }
}
