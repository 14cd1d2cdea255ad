//! `shared-preferred-code`

use std::num::NonZeroU32;

use crate::json::NodeId;
use crate::model::graph::ResourceKind;
use crate::model::occupancy::{Period, Places, Take, at_crowded_places, by_place};
use crate::model::world::{Resolution, Site, World};
use crate::model::{Stay, graph, key_text};
use crate::report::Place;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::Sink;

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
    site: Site,
    code: NodeId,
    other: Site,
    other_code: NodeId,
}

/// A stay at a place, with a code and a time.
#[derive(Debug, Clone, Copy)]
struct Visit {
    /// Equal for references to one place.
    place: u32,
    /// In [`World::files`].
    file: u32,
    /// In that file's [`crate::model::Payload::stays`].
    stay: u32,
}

/// What is compared of the stays at one place.
#[derive(Debug, Clone, Copy)]
struct Coded {
    code: NonZeroU32,
    period: Period,
    site: Site,
    node: NodeId,
}

/// Sweeps over the stays with codes, place by place and code by code.
pub(crate) fn find(world: &World<'_>) -> Vec<SharedCode> {
    let (visits, places) = at_crowded_places(world, each_visit);
    let mut shared: Vec<SharedCode> = Vec::new();
    // A missing start is before all others.
    let by_code = |a: &Coded, b: &Coded| {
        let key = |one: &Coded| (one.code, one.period.starts, one.site);
        key(a).cmp(&key(b))
    };
    let place = |visit: &Visit| visit.place;
    let read = |visit: &Visit| {
        let stay = &world.files[visit.file as usize].payload.stays[visit.stay as usize];
        Coded::of(stay, visit.file)
    };
    by_place(world, &visits, places, place, read, by_code, |at_place| {
        // The stay that lasts longest of those that have begun.
        let mut longest: Option<Coded> = None;
        for one in at_place {
            if let Some(other) = longest.filter(|other| other.code == one.code) {
                // One stay that names one place twice.
                if other.site == one.site {
                    continue;
                }
                if other.period.lasts_beyond(one.period.starts) {
                    shared.push(SharedCode {
                        site: one.site,
                        code: one.node,
                        other: other.site,
                        other_code: other.node,
                    });
                }
                if !one.period.outlasts(other.period) {
                    continue;
                }
            }
            longest = Some(*one);
        }
    });
    // Two stays that share many places are one finding.
    crate::light::sort_by_key(&mut shared, |one| (one.site, one.other));
    shared.dedup_by_key(|one| one.site);
    shared
}

impl Coded {
    /// Of a stay of a file; none if it has no valid code or no time.
    fn of(stay: &Stay, file: u32) -> Option<Self> {
        let (node, code) = (stay.code?, stay.digits?);
        let period = Period::of(stay)?;
        Some(Self {
            code,
            period,
            site: Site {
                file,
                resource: stay.resource,
            },
            node,
        })
    }
}

/// Calls `take` with the stays that have a valid code, a time and a place.
fn each_visit<'w>(world: &World<'w>, places: &mut Places<'w>, take: &mut Take<'_, Visit>) {
    let overwritten = world.overwritten();
    for (file_at, file) in world.files.iter().enumerate() {
        for (stay_at, stay) in file.payload.stays.iter().enumerate() {
            let Some(Coded { site, period, .. }) = Coded::of(stay, file_at as u32) else {
                continue;
            };
            if overwritten.contains(&site) {
                continue;
            }
            world.each_resolved(site, |reference, resolution| {
                if graph().collection(reference.target).kind != ResourceKind::Location {
                    return;
                }
                let place = match resolution {
                    Resolution::Empty => return,
                    Resolution::Found(place) | Resolution::WrongKind(place) => world.number(place),
                    Resolution::Known | Resolution::KnownWrongKind(_) | Resolution::Missing => {
                        let key = key_text(file.document, reference.node);
                        places.unresolved(reference.target, key)
                    }
                };
                let visit = Visit {
                    place,
                    file: file_at as u32,
                    stay: stay_at as u32,
                };
                take(place, period, visit);
            });
        }
    }
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&SHARED_PREFERRED_CODE],
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let world = context.world;
    if context.payload.stays.iter().all(|stay| stay.code.is_none()) {
        return;
    }
    let shared = context.views.shared_codes(world);
    let start = shared.partition_point(|one| one.site.file < context.file);
    let document = context.document;
    for one in shared[start..]
        .iter()
        .take_while(|one| one.site.file == context.file)
    {
        let place = Place::value(document, one.code);
        sink.report(&SHARED_PREFERRED_CODE, place, |finding| {
            let other = world.files[one.other.file as usize].document;
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
