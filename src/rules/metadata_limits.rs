//! `metadata-too-many-entries`, `metadata-name-too-long`, `metadata-name-period`,
//! `metadata-value-too-long`: limits of `custom_metadata` that the schema does not carry.

use json_document::NodeId;

use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::values::metadata::{MAX_ENTRIES, MAX_NAME, MAX_VALUE, utf16_length};

declare_rule! {
    /// A `custom_metadata` object has more than 50 entries.
    ///
    /// The API documents the limit ("Adding custom metadata"); the schema does not carry it.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "f1": true, "f2": true, "f3": true, "f4": true, "f5": true, "f6": true, "f7": true, "f8": true, "f9": true, "f10": true, "f11": true, "f12": true, "f13": true, "f14": true, "f15": true, "f16": true, "f17": true, "f18": true, "f19": true, "f20": true, "f21": true, "f22": true, "f23": true, "f24": true, "f25": true, "f26": true, "f27": true, "f28": true, "f29": true, "f30": true, "f31": true, "f32": true, "f33": true, "f34": true, "f35": true, "f36": true, "f37": true, "f38": true, "f39": true, "f40": true, "f41": true, "f42": true, "f43": true, "f44": true, "f45": true, "f46": true, "f47": true, "f48": true, "f49": true, "f50": true, "f51": true } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "region": "north" } }] }
    /// ```
    pub(crate) METADATA_TOO_MANY_ENTRIES = {
        code: "metadata-too-many-entries",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Limits,
        basis: Documented,
        source: "Seam docs, \"Adding custom metadata\"",
        why: "The API takes at most 50 entries in one custom_metadata.",
        data: [Count, Limit],
    };
}

declare_rule! {
    /// A name in `custom_metadata` is longer than 40 characters.
    ///
    /// The API counts UTF-16 code units: an emoji is two.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "the_identifier_of_the_record_in_the_old_system": "17" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "old_system_id": "17" } }] }
    /// ```
    pub(crate) METADATA_NAME_TOO_LONG = {
        code: "metadata-name-too-long",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Limits,
        basis: Documented,
        source: "Seam docs, \"Adding custom metadata\"",
        why: "The API takes names of at most 40 UTF-16 code units in custom_metadata.",
        data: [Count, Limit],
    };
}

declare_rule! {
    /// A name in `custom_metadata` contains a period.
    ///
    /// Refused by the API since August 2026.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "pms.id": "17" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "pms_id": "17" } }] }
    /// ```
    pub(crate) METADATA_NAME_PERIOD = {
        code: "metadata-name-period",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Limits,
        basis: Documented,
        source: "Seam docs, \"Adding custom metadata\", since August 2026",
        why: "The API has refused names with a period in custom_metadata since August 2026.",
        data: [Member, Suggestion],
    };
}

declare_rule! {
    /// A value in `custom_metadata` passes the schema and is too long for the server.
    ///
    /// The schema allows 500 code points; the server counts UTF-16 code units, of which characters
    /// outside the basic plane (most emoji) take two.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "mood": "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "mood": "😀" } }] }
    /// ```
    pub(crate) METADATA_VALUE_TOO_LONG = {
        code: "metadata-value-too-long",
        severity: Error,
        fix: None,
        since: "0.1.0",
        group: Limits,
        basis: Model,
        source: "it counts UTF-16 code units, where the published schema counts code points",
        why: "The server counts UTF-16 code units, of which most emoji take two, and takes at most 500.",
        data: [Count, Limit],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[
        &METADATA_TOO_MANY_ENTRIES,
        &METADATA_NAME_TOO_LONG,
        &METADATA_NAME_PERIOD,
        &METADATA_VALUE_TOO_LONG,
    ],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for entry in &context.payload.uncommon_entries {
        name(context, sink, *entry);
        value(context, sink, *entry);
    }
    for metadata in &context.payload.large_metadata {
        let place = Location::name(document, *metadata);
        sink.report(&METADATA_TOO_MANY_ENTRIES, place, |finding| {
            let entries = document.members(*metadata).count();
            finding
                .message(format!(
                    "custom_metadata has {entries} entries; the API takes at most {MAX_ENTRIES}"
                ))
                .help("keep what portals filter by, and store the rest on your side")
                .count(entries, MAX_ENTRIES)
        });
    }
}

fn name(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, entry: NodeId) {
    let document = context.document;
    let name = document.name(entry).unwrap_or_default();
    let place = || Location::name(document, entry);
    // A name has at most one UTF-16 unit for each byte.
    if name.len() > MAX_NAME {
        let length = utf16_length(&name);
        if length > MAX_NAME {
            sink.report(&METADATA_NAME_TOO_LONG, place(), |finding| {
                finding
                    .message(format!(
                        "the metadata name {} has {length} UTF-16 code units; the API takes at most {MAX_NAME}",
                        context.name(&name)
                    ))
                    .help("choose a shorter name")
                    .count(length, MAX_NAME)
            });
        }
    }
    if name.contains('.') {
        sink.report(&METADATA_NAME_PERIOD, place(), |finding| {
            let suggestion = name.replace('.', "_");
            finding
                .message(format!(
                    "the metadata name {} contains a period",
                    context.name(&name)
                ))
                .help(format!(
                    "choose a name without one, such as {}",
                    context.name(&suggestion)
                ))
                .with(DataField::Member, &name)
                .with(DataField::Suggestion, &suggestion)
        });
    }
}

fn value(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, entry: NodeId) {
    let document = context.document;
    // A UTF-16 unit needs at least one byte, so short strings cannot exceed the limit.
    if document
        .raw_length(entry)
        .is_none_or(|length| length as usize <= MAX_VALUE)
    {
        return;
    }
    let text = context.text(entry);
    let length = utf16_length(&text);
    if length > MAX_VALUE && text.chars().count() <= MAX_VALUE {
        sink.report(&METADATA_VALUE_TOO_LONG, Location::value(document, entry), |finding| {
            finding
                .message(format!(
                    "{} has {length} UTF-16 code units; the server takes at most {MAX_VALUE}",
                    context.subject(entry)
                ))
                .help("shorten it; characters outside the basic plane, such as most emoji, count twice")
                .count(length, MAX_VALUE)
        });
    }
}
