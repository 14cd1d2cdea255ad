//! `shared-preferred-code`

use std::num::NonZeroU32;

use crate::model::files::{ResourceRef, of_file};
use crate::model::graph::{ResourceKind, graph};
use crate::model::key::key_text;
use crate::model::payload_set::PayloadSet;
use crate::model::resolve::Resolution;
use crate::model::stay::Period;
use crate::model::stays_by_location::{LocationIds, each_location};
use crate::report::Place;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::Sink;
use json_document::NodeId;

declare_rule! {
    /// Two stays at one place have the same code at the same time.
    ///
    /// A lock keeps a code once. The second one is refused, so that its guest gets another code
    /// than the one that was promised, or it ends with the first one's stay. Stays are
    /// reservations, bookings and access grants; their times are compared as half-open intervals,
    /// and a missing start or end is open.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "common_areas": [{ "common_area_key": "pool", "name": "Pool" }], "guests": [{ "guest_key": "g", "name": "Ann" }, { "guest_key": "h", "name": "Ben" }], "reservations": [{ "reservation_key": "r1", "guest_key": "g", "common_area_keys": ["pool"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "4821" }, { "reservation_key": "r2", "guest_key": "h", "common_area_keys": ["pool"], "starts_at": "2026-08-13T15:00:00Z", "ends_at": "2026-08-15T10:00:00Z", "preferred_code": "4821" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "guests": [{ "guest_key": "g", "name": "Ann" }, { "guest_key": "h", "name": "Ben" }], "reservations": [{ "reservation_key": "r1", "guest_key": "g", "space_keys": ["s"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z", "preferred_code": "4821" }, { "reservation_key": "r2", "guest_key": "h", "space_keys": ["s"], "starts_at": "2026-08-14T10:00:00Z", "ends_at": "2026-08-15T10:00:00Z", "preferred_code": "4821" }] }
    /// ```
    pub(crate) SHARED_PREFERRED_CODE = {
        code: "shared-preferred-code",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: Access,
        why: "A lock keeps a code once: one of the two guests gets another code than the one that was promised.",
    };
}

/// A code of a stay that another stay has at the same place and time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SharedCode {
    /// The stay that starts later.
    stay: ResourceRef,
    code: NodeId,
    other: ResourceRef,
    other_code: NodeId,
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
    crate::light::sort_by_key(&mut shared, |one| (one.stay, one.other));
    shared.dedup_by_key(|one| one.stay);
    shared
}

/// Adds the visits to one location during which another one has the same code.
fn sweep(visits: &mut [Visit], shared: &mut Vec<SharedCode>) {
    // A missing start is before all others.
    crate::light::sort_by_key(visits, |visit| {
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

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&SHARED_PREFERRED_CODE],
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let set = context.set;
    if context.payload.stays.iter().all(|stay| stay.code.is_none()) {
        return;
    }
    let shared = context.views.shared_codes(set);
    let document = context.document;
    for one in of_file(shared, context.file, |one| one.stay.file) {
        let place = Place::value(document, one.code);
        sink.report(&SHARED_PREFERRED_CODE, place, |finding| {
            let other = set.files()[one.other.file as usize].document;
            finding
                .message(format!(
                    "{} {} is that of another stay at the same place and time",
                    context.subject(one.code),
                    context.quoted_text(one.code)
                ))
                .help("give stays that overlap different codes, or leave the member out")
                .related_in(
                    one.other.file,
                    Place::value(other, one.other_code),
                    "the other stay's code",
                )
        });
    }
}
