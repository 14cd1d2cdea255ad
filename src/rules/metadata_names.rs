//! `unfilterable-metadata-name`, `metadata-removal`: entries of `custom_metadata` that the API
//! takes and that may be mistakes.

use json_document::{Kind, NodeId};

use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::values::metadata::{filterable, is_filterable, is_refused_name};

declare_rule! {
    /// A name in `custom_metadata` is one that portal filters do not take.
    ///
    /// Filters take names of ASCII letters, digits and underscores that do not start with a digit:
    /// `^[a-zA-Z_]\w*$`. Under any other name an entry is stored, and cannot be filtered by. Names
    /// that the API refuses are the business of `metadata-name-period` and
    /// `metadata-name-too-long`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "room-type": "suite" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "room_type": "suite" } }] }
    /// ```
    pub(crate) UNFILTERABLE_METADATA_NAME = {
        code: "unfilterable-metadata-name",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Text,
        basis: Documented,
        source: "Seam docs, \"Filtering portal resources by custom metadata\"",
        why: "Portal filters take only names of ASCII letters, digits and underscores that do not start with a digit.",
        data: [Member, Suggestion optional],
    };
}

declare_rule! {
    /// A value in `custom_metadata` removes the entry from what is stored.
    ///
    /// That is what `null` and `""` mean to the API. Off by default, because it is a feature; for
    /// integrations that never remove entries, it shows a value that got lost on the way.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "region": null } }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "region": "" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": { "region": "north", "is_premium": false } }] }
    /// ```
    pub(crate) METADATA_REMOVAL = {
        code: "metadata-removal",
        severity: Info,
        fix: None,
        since: "0.1.0",
        group: Text,
        basis: Documented,
        source: "@seamapi/types 1.1015.0: null and an empty string remove the entry",
        why: "The API treats null and the empty string as a request to remove the entry.",
        on_by_default: false,
        data: [Reason("null", "empty")],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&UNFILTERABLE_METADATA_NAME, &METADATA_REMOVAL],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for entry in &context.payload.uncommon_entries {
        name(context, sink, *entry);
        value(context, sink, *entry);
    }
}

fn name(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, entry: NodeId) {
    let document = context.document;
    let name = document.name(entry).unwrap_or_default();
    if is_filterable(&name) || is_refused_name(&name) {
        return;
    }
    let place = Location::name(document, entry);
    sink.report(&UNFILTERABLE_METADATA_NAME, place, |finding| {
        let finding = finding.message(if name.is_empty() {
            "the metadata name is empty".to_owned()
        } else {
            format!(
                "portals cannot filter by the metadata name {}",
                context.name(&name)
            )
        });
        let finding = finding.with(DataField::Member, &name);
        match filterable(&name) {
            Some(suggestion) => {
                let finding = finding.help(format!(
                    "if filters matter, choose a name such as {}",
                    context.name(&suggestion)
                ));
                finding.with(DataField::Suggestion, &suggestion)
            }
            None => finding
                .help("if filters matter, choose a name of ASCII letters, digits and underscores"),
        }
    });
}

fn value(context: &Context<'_>, sink: &mut DiagnosticSink<'_>, entry: NodeId) {
    let document = context.document;
    let is_null = document.kind(entry) == Kind::Null;
    if !is_null && document.raw_length(entry) != Some(0) {
        return;
    }
    sink.report(
        &METADATA_REMOVAL,
        Location::value(document, entry),
        |finding| {
            let what = if is_null { "null" } else { "empty" };
            finding
                .reason(what)
                .message(format!(
                    "{} is {what}, which removes the entry from what is stored",
                    context.subject(entry)
                ))
                .help("leave the entry out if it should stay as it is")
        },
    );
}
