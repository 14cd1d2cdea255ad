//! `coordinate-out-of-range`, `null-island`: places that are not on the Earth, or default values.

use json_document::NodeId;

use crate::report::{Applicability, DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::values::coordinates::{MAX_LATITUDE, MAX_LONGITUDE, is_beyond, is_null_island};

declare_rule! {
    /// A latitude is beyond ±90 or a longitude beyond ±180.
    ///
    /// The API stores it, and maps show nothing or the wrong place. Where the two are swapped,
    /// there is an unsafe fix that swaps them back.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "geolocation": { "latitude": -122.4194, "longitude": 37.7749 } }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "geolocation": { "latitude": 37.7749, "longitude": 1224.194 } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "geolocation": { "latitude": 37.7749, "longitude": -122.4194 } }] }
    /// ```
    pub(crate) COORDINATE_OUT_OF_RANGE = {
        code: "coordinate-out-of-range",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: Place,
        basis: Judgement,
        source: "latitudes end at 90 degrees, longitudes at 180",
        why: "The API stores it; no such place exists on Earth, and maps cannot show it.",
        data: [Reason("swapped?") optional, Limit],
    };
}

declare_rule! {
    /// Latitude and longitude are both 0.
    ///
    /// That is a spot in the Gulf of Guinea. Most often a default value is where the
    /// coordinates are not known.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "geolocation": { "latitude": 0, "longitude": 0.0 } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "geolocation": { "latitude": 0, "longitude": 9.4536 } }] }
    /// ```
    pub(crate) NULL_ISLAND = {
        code: "null-island",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Place,
        basis: Judgement,
        source: "what programs write for no coordinates",
        why: "0, 0 lies in the Gulf of Guinea; it is most often a default value."
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&COORDINATE_OUT_OF_RANGE, &NULL_ISLAND],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let degrees = |node: Option<NodeId>| -> Option<(NodeId, &str)> {
        let node = node?;
        Some((node, document.number(node)?))
    };
    for place in &context.payload.uncommon_coordinates {
        let latitude = degrees(place.latitude);
        let longitude = degrees(place.longitude);
        if let (Some((north, latitude)), Some((east, longitude))) = (latitude, longitude) {
            if is_null_island(latitude, longitude) {
                null_island(context, sink, north);
            }
            // Only a latitude out of range can be a longitude: beyond 180 nothing is in range.
            if is_beyond(latitude, MAX_LATITUDE)
                && !is_beyond(latitude, MAX_LONGITUDE)
                && !is_beyond(longitude, MAX_LATITUDE)
            {
                swapped(context, sink, north, east);
                continue;
            }
        }
        let sides = [
            (latitude, MAX_LATITUDE, 90_u32),
            (longitude, MAX_LONGITUDE, 180),
        ];
        for (found, limit, degrees) in sides {
            let Some((node, _)) = found.filter(|(_, number)| is_beyond(number, limit)) else {
                continue;
            };
            sink.report(
                &COORDINATE_OUT_OF_RANGE,
                Location::value(document, node),
                |finding| {
                    finding
                        .message(format!(
                            "{} is {}; it goes from -{limit} to {limit}",
                            context.subject(node),
                            context.quoted_token(document.raw(node))
                        ))
                        .help("write decimal degrees; look for a decimal point that is missing")
                        .with_number(DataField::Limit, i64::from(degrees))
                },
            );
        }
    }
}

fn swapped(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, north: NodeId, east: NodeId) {
    let document = context.document;
    let place = Location::value(document, north);
    sink.report(&COORDINATE_OUT_OF_RANGE, place, |finding| {
        let mut edits = vec![
            (document.span(north), document.raw(east).to_owned()),
            (document.span(east), document.raw(north).to_owned()),
        ];
        crate::platform::sort::sort_by_key(&mut edits, |(span, _)| *span);
        finding
            .message(format!(
                "{} is {}; it goes from -{MAX_LATITUDE} to {MAX_LATITUDE}: swapped?",
                context.subject(north),
                context.quoted_token(document.raw(north))
            ))
            .help("swap latitude and longitude if that is the intended place")
            .reason("swapped?")
            .with_number(DataField::Limit, i64::from(90_u32))
            .related(Location::value(document, east), "would be in range there")
            .fix(Applicability::Unsafe, "swap latitude and longitude", edits)
    });
}

fn null_island(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, north: NodeId) {
    let document = context.document;
    let geolocation = document.parent(north).unwrap_or(north);
    let place = Location::name(document, geolocation);
    sink.report(&NULL_ISLAND, place, |finding| {
        finding
            .message(format!(
                "{} is the point where latitude and longitude are 0",
                context.subject(geolocation)
            ))
            .help("leave the member out if the coordinates are not known")
    });
}
