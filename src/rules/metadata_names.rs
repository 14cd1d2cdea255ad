//! `unfilterable-metadata-name`, `metadata-removal`: entries of `custom_metadata` that the API
//! takes and that may not be meant.

use super::declare_rule;
use super::metadata_limits::is_refused_name;
use crate::json::{Kind, NodeId};
use crate::linter::Context;
use crate::report::{Data, Place, Sink};

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
        why: "Portal filters take only names of ASCII letters, digits and underscores that do not start with a digit.",
        check: check
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
        why: "The API takes null and the empty string as a wish to remove the entry.",
        on_by_default: false
    };
}

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for entry in &context.payload.uncommon_entries {
        name(context, sink, *entry);
        value(context, sink, *entry);
    }
}

/// Whether filters take a name; the API then takes it too, if it is not too long.
pub(crate) fn is_filterable(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn name(context: &Context<'_>, sink: &mut Sink<'_>, entry: NodeId) {
    let document = context.document;
    let name = document.name(entry).unwrap_or_default();
    if is_filterable(&name) || is_refused_name(&name) {
        return;
    }
    let place = Place::name(document, entry);
    sink.report(&UNFILTERABLE_METADATA_NAME, place, |finding| {
        let finding = finding.message(if name.is_empty() {
            "the metadata name is empty".to_owned()
        } else {
            format!(
                "portals cannot filter by the metadata name {}",
                context.name(&name)
            )
        });
        let mut data = Data {
            member: Some(name.to_string()),
            ..Data::default()
        };
        match filterable(&name) {
            Some(suggestion) => {
                let finding = finding.help(format!(
                    "if filters matter, choose a name such as {}",
                    context.name(&suggestion)
                ));
                data.suggestion = Some(suggestion);
                finding.data(data)
            }
            None => finding
                .help("if filters matter, choose a name of ASCII letters, digits and underscores")
                .data(data),
        }
    });
}

/// A name like it that filters take, if enough is left of it.
fn filterable(name: &str) -> Option<String> {
    let mut words = name
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty());
    let mut joined = words.next()?.to_owned();
    for word in words {
        joined.push('_');
        joined.push_str(word);
    }
    if joined.starts_with(|first: char| first.is_ascii_digit()) {
        joined.insert(0, '_');
    }
    // Letters of other scripts would be lost.
    (name.is_ascii() && is_filterable(&joined) && !is_refused_name(&joined)).then_some(joined)
}

fn value(context: &Context<'_>, sink: &mut Sink<'_>, entry: NodeId) {
    let document = context.document;
    let is_null = document.kind(entry) == Kind::Null;
    if !is_null && document.raw_length(entry) != Some(0) {
        return;
    }
    sink.report(
        &METADATA_REMOVAL,
        Place::value(document, entry),
        |finding| {
            finding
                .message(format!(
                    "{} is {}, which removes the entry from what is stored",
                    context.subject(entry),
                    if is_null { "null" } else { "empty" }
                ))
                .help("leave the entry out if it should stay as it is")
        },
    );
}

#[cfg(test)]
mod tests {
    use super::{filterable, is_filterable};

    #[test]
    fn names_that_filters_take() {
        for name in ["region", "_x", "A1", "is_premium"] {
            assert!(is_filterable(name), "{name}");
        }
        for (name, wanted) in [
            ("", None),
            ("1st", Some("_1st")),
            ("room-type", Some("room_type")),
            (" room type ", Some("room_type")),
            ("größe", None),
            ("--", None),
            ("e\u{301}", None),
        ] {
            assert!(!is_filterable(name), "{name}");
            assert_eq!(filterable(name).as_deref(), wanted, "{name}");
        }
    }
}
