//! `shared-preferred-code`

use super::{declare_rule, preferred_code};
use crate::json::NodeId;
use crate::linter::Context;
use crate::payload::occupancy::{Occupancy, Visit};
use crate::payload::world::{Site, World};
use crate::report::{Place, Sink};

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
        check: check
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

/// Sweeps over the stays with codes, place by place and code by code.
/// A number for a valid code: its digits behind a 1, which keeps leading zeros apart.
fn number(code: &str) -> u64 {
    code.bytes()
        .fold(1, |number, digit| number * 10 + u64::from(digit & 0xf))
}

pub(crate) fn find(world: &World<'_>) -> Vec<SharedCode> {
    let occupancy = Occupancy::new(world);
    let mut coded: Vec<(u64, NodeId, &Visit)> = Vec::new();
    for visit in &occupancy.visits {
        let file = &world.files[visit.site.file as usize];
        let Some(node) = file.payload.stays[visit.stay as usize].code else {
            continue;
        };
        let code = preferred_code::text(file.document, node);
        if preferred_code::is_valid(&code) {
            coded.push((number(&code), node, visit));
        }
    }
    // A missing start is before all others.
    crate::light::sort_by_key(&mut coded, |(code, _, visit)| {
        (visit.place, *code, visit.period.starts, visit.site)
    });
    let mut shared: Vec<SharedCode> = Vec::new();
    // The stay that lasts longest of those that have begun.
    let mut longest: Option<(u64, NodeId, &Visit)> = None;
    for (code, node, visit) in coded {
        if let Some((other_code, other_node, other)) = longest
            && (other_code, other.place) == (code, visit.place)
        {
            if other.period.lasts_beyond(visit.period.starts) {
                shared.push(SharedCode {
                    site: visit.site,
                    code: node,
                    other: other.site,
                    other_code: other_node,
                });
            }
            if !visit.period.outlasts(other.period) {
                continue;
            }
        }
        longest = Some((code, node, visit));
    }
    // Two stays that share many places are one finding.
    crate::light::sort_by_key(&mut shared, |one| (one.site, one.other));
    shared.dedup_by_key(|one| one.site);
    shared
}

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
            let code = document.string(one.code).unwrap_or_default();
            let other = world.files[one.other.file as usize].document;
            finding
                .message(format!(
                    "{} {} is that of another stay at the same place and time",
                    context.subject(one.code),
                    context.quoted(&code)
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
