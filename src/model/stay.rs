//! Stays: who may be where, and when.

use std::num::NonZeroU32;

use json_document::NodeId;

use super::graph::{CollectionId, ResourceKind, graph};
use crate::time::timestamp::{Instant, Timestamp};

/// A date and time as it is written and what it says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// The string.
    pub(crate) node: NodeId,
    /// Absent if it is not RFC 3339.
    pub(crate) time: Option<Timestamp>,
}

/// A date and time as it is written, which is RFC 3339.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dated {
    /// The string.
    pub(crate) node: NodeId,
    pub(crate) time: Timestamp,
}

/// A reservation, booking or access grant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stay {
    /// In [`Payload::resources`](super::payload::Payload::resources).
    pub(crate) resource: u32,
    pub(super) starts_at: Option<NodeId>,
    pub(super) ends_at: Option<NodeId>,
    pub(super) starts: Option<Timestamp>,
    pub(super) ends: Option<Timestamp>,
    pub(crate) code: Option<NodeId>,
    /// The code's digits, see [`crate::values::access_code::number`].
    pub(crate) digits: Option<NonZeroU32>,
    /// How many of its members name one person, with a key or an empty string.
    pub(crate) people: u8,
    /// It names a location.
    pub(crate) has_location: bool,
    /// It names a person.
    pub(crate) has_person: bool,
}

impl Stay {
    pub(super) const fn new(resource: u32) -> Self {
        Self {
            resource,
            starts_at: None,
            ends_at: None,
            starts: None,
            ends: None,
            code: None,
            digits: None,
            people: 0,
            has_location: false,
            has_person: false,
        }
    }

    /// Start and end, if it has both, in RFC 3339, at plausible dates: of others, `implausible-date` says
    /// all.
    pub(crate) fn period(&self) -> Option<(Dated, Dated)> {
        let end = |node: Option<NodeId>, time: Option<Timestamp>| {
            let (node, time) = (node?, time?);
            (!time.instant.is_implausible()).then_some(Dated { node, time })
        };
        end(self.starts_at, self.starts).zip(end(self.ends_at, self.ends))
    }

    /// Returns what is under `starts_at`.
    pub(crate) fn starts(&self) -> Option<Moment> {
        let time = self.starts;
        self.starts_at.map(|node| Moment { node, time })
    }

    /// Returns what is under `ends_at`.
    pub(crate) fn ends(&self) -> Option<Moment> {
        let time = self.ends;
        self.ends_at.map(|node| Moment { node, time })
    }

    /// Notes that it names a resource of a collection. Returns whether that is a person.
    pub(super) fn names(&mut self, target: CollectionId) -> bool {
        let kind = graph().collection(target).kind;
        self.has_location |= kind == ResourceKind::Location;
        self.has_person |= kind == ResourceKind::Person;
        kind == ResourceKind::Person
    }
}

/// A half-open interval of time; an end that is missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) starts: Option<Instant>,
    pub(crate) ends: Option<Instant>,
}

impl Period {
    /// The time of a stay. None if a moment is not RFC 3339 or the stay does not end after it
    /// starts: other rules report these.
    pub(crate) fn of(stay: &Stay) -> Option<Self> {
        let instant = |moment: Option<Moment>| match moment {
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
