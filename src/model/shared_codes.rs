//! Stays that share their code with another one at the same place and time.

use std::num::NonZeroU32;

use json_document::NodeId;

use super::files::ResourceRef;
use super::graph::{ResourceKind, graph};
use super::key::key_text;
use super::payload_set::PayloadSet;
use super::resolve::Resolution;
use super::stay::Period;
use super::stays_by_location::{LocationIds, each_location};
use crate::platform::sort;

/// A code of a stay that another stay has at the same place and time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SharedCode {
    /// The stay that starts later.
    pub(crate) stay: ResourceRef,
    pub(crate) code: NodeId,
    pub(crate) other: ResourceRef,
    pub(crate) other_code: NodeId,
}

/// A stay at a location, with a code and a time.
#[derive(Debug, Clone, Copy)]
struct Visit {
    location: u32,
    digits: NonZeroU32,
    period: Period,
    stay: ResourceRef,
    code: NodeId,
}

/// The stays of a payload set that share their code with another one at the same place and time.
pub(crate) fn find(set: &PayloadSet<'_>) -> Vec<SharedCode> {
    let (visits, locations) = visits(set);
    let mut shared: Vec<SharedCode> = Vec::new();
    each_location(
        &visits,
        locations,
        |visit| visit.location,
        |visits| sweep(visits, &mut shared),
    );
    // Two stays that share many locations are one finding.
    sort::sort_by_key(&mut shared, |one| (one.stay, one.other));
    shared.dedup_by_key(|one| one.stay);
    shared
}

/// Adds the visits to one location during which another one has the same code.
fn sweep(visits: &mut [Visit], shared: &mut Vec<SharedCode>) {
    // A missing start is before all others.
    sort::sort_by_key(visits, |visit| {
        (visit.digits, visit.period.starts, visit.stay)
    });
    // The visit that lasts longest of those that have begun.
    let mut longest: Option<Visit> = None;
    for visit in visits {
        if let Some(other) = longest.filter(|other| other.digits == visit.digits) {
            // The stay names this location twice.
            if other.stay == visit.stay {
                continue;
            }
            if other.period.lasts_beyond(visit.period.starts) {
                shared.push(SharedCode {
                    stay: visit.stay,
                    code: visit.code,
                    other: other.stay,
                    other_code: other.code,
                });
            }
            if !visit.period.outlasts(other.period) {
                continue;
            }
        }
        longest = Some(*visit);
    }
}

/// Where each stay with a valid code and a time is, and how many locations there are.
fn visits(set: &PayloadSet<'_>) -> (Vec<Visit>, u32) {
    let overwritten = set.overwritten();
    let mut ids = LocationIds::new(set);
    let mut visits = Vec::new();
    for (file, of) in (0..).zip(set.files()) {
        for it in &of.payload.stays {
            let (Some(code), Some(digits), Some(period)) = (it.code, it.digits, Period::of(it))
            else {
                continue;
            };
            let resource = it.resource;
            let stay = ResourceRef { file, resource };
            if overwritten.contains(&stay) {
                continue;
            }
            for (reference, resolution) in set.resolved(stay) {
                if graph().collection(reference.target).kind != ResourceKind::Location {
                    continue;
                }
                let location = match resolution {
                    Resolution::Empty => continue,
                    Resolution::Found(found) | Resolution::WrongKind(found) => set.number(found),
                    Resolution::Known | Resolution::KnownWrongKind(_) | Resolution::Missing => {
                        let key = key_text(of.document, reference.node);
                        ids.unresolved(reference.target, key)
                    }
                };
                visits.push(Visit {
                    location,
                    digits,
                    period,
                    stay,
                    code,
                });
            }
        }
    }
    (visits, ids.count())
}
