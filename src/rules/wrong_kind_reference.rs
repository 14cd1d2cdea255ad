//! `wrong-kind-reference`

use json_document::quote;

use crate::model::files::ResourceRef;
use crate::model::graph::{CollectionId, Role, graph};
use crate::model::reference::Reference;
use crate::model::resolve::Resolution;
use crate::report::{Applicability, DataField, DiagnosticBuilder, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A reference names a resource of another kind than the member says.
    ///
    /// The API's model calls the members aliases of one generic kind, so it may find the key nevertheless, or not find it and answer
    /// `ok: true`. Write the key under the member for its kind. `space_keys` may name any location
    /// and `user_identity_key` any person, so these two are only wrong across that line.
    ///
    /// A property listing is named by `space_keys`, as the documentation does; `listing_keys` and `property_keys` are of other kinds.
    ///
    /// That a key of a guest happens to be one of a room too is only reported where guests are
    /// pushed and this is none of them: both may be numbered.
    ///
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "units": [{ "unit_key": "u-12", "name": "Unit 12" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["u-12"] }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "units": [{ "unit_key": "u-12", "name": "Unit 12" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "unit_keys": ["u-12"] }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "units": [{ "unit_key": "u-12", "name": "Unit 12" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "space_keys": ["u-12"] }]
    /// }
    /// ```
    pub(crate) WRONG_KIND_REFERENCE = {
        code: "wrong-kind-reference",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: References,
        basis: Model,
        source: "members for kinds of locations and of people are aliases of one generic kind",
        why: "The API may not find the key under this member, and answers ok: true all the same.",
        data: [
            Reason("which is {other_collection}", "which is known as the key of {other_collection}"),
            Collection,
            OtherCollection,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&WRONG_KIND_REFERENCE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let set = context.set;
    for (reference, resolution) in set.failed_references(context.file) {
        let (found, resource) = match resolution {
            Resolution::WrongKind(resource) => (set.resource(resource).collection, Some(resource)),
            Resolution::KnownWrongKind(id) => (id, None),
            _ => continue,
        };
        let place = Location::value(context.document, reference.node);
        sink.report(&WRONG_KIND_REFERENCE, place, |finding| {
            let graph = graph();
            let subject = context.subject(reference.node);
            let quoted = context.quoted_text(reference.node);
            let kind = graph.collection(found).with_article();
            let wanted = graph.collection(reference.target).with_article();
            let (reason, of) = match resource {
                Some(_) => ("which is {other_collection}", ""),
                None => ("which is known as the key of {other_collection}", "of "),
            };
            let which = reason.replace("{other_collection}", &kind);
            let finding = finding
                .message(format!(
                    "{subject} names {quoted}, {which}, not {of}{wanted}"
                ))
                .reason(reason)
                .with(
                    DataField::Collection,
                    &graph.collection(reference.target).name,
                )
                .with(DataField::OtherCollection, &graph.collection(found).name);
            let finding = match member_for(context, reference, found) {
                Some(member) => finding.help(format!("write it under {member}")),
                None if graph.collection(found).name == "property_listings" => {
                    named_as_space(context, finding, reference)
                }
                None => finding.help(format!("write the key of {wanted}")),
            };
            match resource {
                Some(resource) => {
                    let label = format!("the {}", graph.collection(found).singular);
                    finding.related_in(resource.file, context.key_location(resource), label)
                }
                None => finding,
            }
        });
    }
}

/// The help and the fix for a property listing on a record that has no member of its own for it.
fn named_as_space(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    reference: Reference,
) -> DiagnosticBuilder {
    let document = context.document;
    let finding =
        finding.help("write it under space_keys: the documentation names property listings so");
    let Some(list) = document.parent(reference.node) else {
        return finding;
    };
    let holder = context.payload.holder(reference).node;
    // Renaming the member renames it for the whole list.
    let is_listing = |(other, resolution): (Reference, Resolution)| {
        document.parent(other.node) != Some(list)
            || matches!(resolution, Resolution::WrongKind(at)
                if graph().collection(context.set.resource(at).collection).name == "property_listings")
    };
    let all_are = context
        .set
        .resolved(ResourceRef {
            file: context.file,
            resource: context.payload.holder_index(reference),
        })
        .all(is_listing);
    match document.name_span(list) {
        Some(span) if all_are && document.member(holder, "space_keys").is_none() => finding.fix(
            Applicability::Unsafe,
            "rename the member to space_keys",
            vec![(span, quote("space_keys"))],
        ),
        _ => finding,
    }
}

/// The member of the reference's holder that names resources of a collection.
fn member_for(
    context: &Context<'_>,
    reference: Reference,
    found: CollectionId,
) -> Option<&'static str> {
    let collection = graph().collection(context.payload.holder(reference).collection);
    let schema = context.schema;
    let members = schema.subschema(collection.subschema).properties.as_ref()?;
    let (name, _) = members.in_order.iter().find(|(name, _)| {
        matches!(collection.role(name.0), Role::Reference(id) | Role::References(id) if id == found)
    })?;
    Some(schema.name(*name))
}
