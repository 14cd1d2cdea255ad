//! `reservation-spans-rooms`

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use json_document::NodeId;

use crate::model::files::ResourceRef;
use crate::model::graph::{CollectionId, graph};
use crate::model::resolve::Resolution;
use crate::platform::hash::RandomState;
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// One reservation or booking names several rooms, units, spaces or property listings.
    ///
    /// Seam's documentation pushes one reservation for each sub-reservation: each has its own person and its own code. Common areas,
    /// facilities, buildings and sites do not count: whoever has a room enters them too.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }, { "space_key": "t", "name": "T" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s", "t"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S" }], "common_areas": [{ "common_area_key": "pool", "name": "Pool" }], "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }], "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["s", "pool"], "starts_at": "2026-08-12T15:00:00Z", "ends_at": "2026-08-14T10:00:00Z" }] }
    /// ```
    pub(crate) RESERVATION_SPANS_ROOMS = {
        code: "reservation-spans-rooms",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Documented,
        source: "Seam docs, \"Reservation automations\": one reservation for each sub-reservation",
        why: "Each guest needs access of their own: the documentation pushes one reservation for each room.",
        data: [Count],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&RESERVATION_SPANS_ROOMS],
};

/// By collection, whether a party has it to itself.
fn is_private(collection: CollectionId) -> bool {
    static PRIVATE: OnceLock<Vec<bool>> = OnceLock::new();
    let private = PRIVATE.get_or_init(|| {
        let names = ["rooms", "units", "spaces", "property_listings"];
        let collections = graph().collections.iter();
        collections
            .map(|collection| names.contains(&collection.name.as_str()))
            .collect()
    });
    private[usize::from(collection.0)]
}

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let mut keys: HashMap<Cow<'_, str>, NodeId, RandomState> = HashMap::default();
    for stay in &context.payload.stays {
        let references = context.payload.references_of(stay.resource);
        // Nearly every stay names a person and a location.
        if references.len() < 2 + usize::from(stay.has_person) || !stay.has_location {
            continue;
        }
        let resource = &context.payload.resources[stay.resource as usize];
        let collection = graph().collection(resource.collection);
        if collection.name == "access_grants" {
            continue;
        }
        let at = ResourceRef {
            file: context.file,
            resource: stay.resource,
        };
        keys.clear();
        let mut second = None;
        for (reference, resolution) in context.set.resolved(at) {
            let kind = match resolution {
                Resolution::Found(found) => context.set.resource(found).collection,
                Resolution::Missing | Resolution::Known => reference.target,
                Resolution::Empty | Resolution::WrongKind(_) | Resolution::KnownWrongKind(_) => {
                    continue;
                }
            };
            if is_private(kind) {
                let node = reference.node;
                keys.entry(context.text(node)).or_insert(node);
                if keys.len() == 2 {
                    second.get_or_insert(node);
                }
            }
        }
        let Some(second) = second else { continue };
        let place = Location::value(document, second);
        sink.report(&RESERVATION_SPANS_ROOMS, place, |finding| {
            finding
                .message(format!(
                    "{} names {} rooms, units, spaces or listings",
                    collection.with_article(),
                    keys.len()
                ))
                .help("push one for each, with the person who stays there")
                .with_size(DataField::Count, keys.len())
        });
    }
}
