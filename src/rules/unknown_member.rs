//! `unknown-member`

use json_document::quote;

use crate::model::graph::graph;
use crate::report::{Applicability, Data, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::schema::subschema::SubschemaId;
use crate::text::suggest;

declare_rule! {
    /// A member that the API does not know.
    ///
    /// The API silently drops it, at every level, and answers `ok: true`. It may be
    /// misspelt, or be on a kind of resource that does not have it: `site_keys` exist on
    /// `staff_members` only, `custom_metadata` on reservations and property listings.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customerData": { "time_zone": "Europe/Paris" } }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Paris" } }] }
    /// ```
    pub(crate) UNKNOWN_MEMBER = {
        code: "unknown-member",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: Members,
        why: "The API silently drops unknown members.",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&UNKNOWN_MEMBER],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for (member, subschema) in context.unknown_members {
        let place = Location::name(document, *member);
        sink.report(&UNKNOWN_MEMBER, place, |finding| {
            let name = document.name(*member).unwrap_or_default();
            let holder = document.parent(*member);
            let owner = holder.map_or_else(String::new, |holder| context.subject(holder));
            let known = known_members(context, *subschema);
            let nearest = suggest::nearest(&name, known.iter().copied());
            let elsewhere = elsewhere(context, &name);
            let mut data = Data {
                member: Some(name.to_string()),
                ..Data::default()
            };
            let finding =
                finding.message(format!("unknown member {} in {owner}", context.name(&name)));
            // The very name, in another place, says more than a name like it.
            if let Some(places) = elsewhere {
                return finding
                    .help(format!("the API has {} on {places}", context.name(&name)))
                    .data(data);
            }
            if let Some(nearest) = nearest {
                data.suggestion = Some(nearest.word.to_owned());
                let taken =
                    holder.is_some_and(|holder| document.member(holder, nearest.word).is_some());
                let finding = finding.data(data);
                if taken {
                    return finding.help(format!(
                        "\"{}\" is there too: remove one of the two",
                        nearest.word
                    ));
                }
                let finding = finding.help(format!("write \"{}\"", nearest.word));
                return match document.name_span(*member) {
                    Some(span) if nearest.sure => finding.fix(
                        Applicability::Unsafe,
                        format!("rename the member to {}", nearest.word),
                        vec![(span, quote(nearest.word))],
                    ),
                    _ => finding,
                };
            }
            let finding = finding.data(data);
            finding.help(format!("remove it, or write one of: {}", known.join(", ")))
        });
    }
}

/// The members that the schema lists for the object.
fn known_members<'c>(context: &Context<'c>, subschema: SubschemaId) -> Vec<&'c str> {
    let schema = context.schema;
    let members = schema.subschema(subschema).properties.as_ref();
    members.map_or_else(Vec::new, |members| {
        members
            .in_order
            .iter()
            .map(|(name, _)| schema.name(*name))
            .collect()
    })
}

/// The collections whose resources have the member: `staff_members`.
fn elsewhere(context: &Context<'_>, name: &str) -> Option<String> {
    let schema = context.schema;
    let id = schema.name_id(name)?;
    let places: Vec<&str> = graph()
        .collections
        .iter()
        .filter(|collection| {
            let members = schema.subschema(collection.subschema).properties.as_ref();
            members.is_some_and(|members| members.get(id).is_some())
        })
        .map(|collection| collection.name.as_str())
        .collect();
    match places.as_slice() {
        [] if name == "customer_key" => Some("the payload itself only".to_owned()),
        [] => None,
        [one] => Some(format!("{one} only")),
        [most @ .., last] if most.len() < 4 => Some(format!("{} and {last} only", most.join(", "))),
        many => Some(format!("{} kinds of resources, not here", many.len())),
    }
}
