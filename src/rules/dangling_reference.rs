//! `dangling-reference`

use json_document::quote;

use crate::model::graph::{ResourceKind, graph};
use crate::model::reference::Reference;
use crate::model::resolve::Resolution;
use crate::model::suggest_key::Likeness;
use crate::report::{Applicability, DataField, DiagnosticBuilder, Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::values::placeholder;

declare_rule! {
    /// A reference names a resource that is nowhere.
    ///
    /// The API answers `ok: true` and links nothing: a guest whose reservation names a room that
    /// does not exist gets no access, without any error. What the payload holds is the evidence:
    ///
    /// - It has resources of that kind, and this key is not among them: most likely a typo (a
    ///   warning).
    /// - It has none of that kind: the key may have been pushed earlier, which is normal (one info for a file and a kind, with
    ///   the count). Files of known keys (`seamlint keys`, `--known`, `--context`) tell the two apart.
    /// - With `--closed-world` there is nothing beyond what is given (an error).
    ///
    /// `space_keys` may name any location, `user_identity_key` any person.
    ///
    /// The nearest key is offered: one that is the same but for case, white space, Unicode
    /// normalization, invisible characters or zeros at its start, then one that is a typo away. Own keys are read as the fixes of
    /// other findings leave them: a reference to `"104"` names the room with the key `"104 "`, and `"7"` the one with `7`.
    ///
    /// Pushing a new location does not fix this: a pushed space has no devices. `POST /spaces/create` with `device_ids`
    /// makes it first.
    ///
    /// ```json,bad
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "ocean_suite", "name": "Ocean Suite" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["ocean_siute"] }]
    /// }
    /// ```
    /// ```json,bad,info
    /// {
    ///   "customer_key": "c",
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["ocean_suite"] }]
    /// }
    /// ```
    /// ```json,ok
    /// {
    ///   "customer_key": "c",
    ///   "rooms": [{ "room_key": "ocean_suite", "name": "Ocean Suite" }],
    ///   "staff_members": [{ "staff_member_key": "ana", "name": "Ana", "room_keys": ["ocean_suite"] }]
    /// }
    /// ```
    pub(crate) DANGLING_REFERENCE = {
        code: "dangling-reference",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: References,
        basis: Documented,
        source: "Seam docs, \"Reservation automations\": a key that names nothing is a silent failure",
        why: "The API answers ok: true and links nothing; whoever needs this access is locked out.",
        data: [
            Reason(
                "in the payload",
                "in the payload or among the known keys",
                "in the set",
                "in the set or among the known keys",
            ),
            Collection,
            Count optional,
            Suggestion optional,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&DANGLING_REFERENCE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let set = context.set;
    // By collection: the first reference to it, and how many there are.
    let mut elsewhere: Vec<Option<(Reference, u32)>> = vec![None; graph().collections.len()];
    for (reference, resolution) in set.failed_references(context.file) {
        if resolution != Resolution::Missing {
            continue;
        }
        // What was made from nothing is a finding of `placeholder-value`.
        if placeholder::judge(&context.text(reference.node)).is_some() {
            continue;
        }
        let severity = if set.closed {
            Severity::Error
        } else if set.holds(reference.target) {
            Severity::Warning
        } else {
            let (_, count) =
                elsewhere[usize::from(reference.target.0)].get_or_insert((reference, 0));
            *count += 1;
            continue;
        };
        let place = Location::value(context.document, reference.node);
        sink.report_as(&DANGLING_REFERENCE, severity, place, |finding| {
            build(context, reference, severity, finding)
        });
    }
    for (first, count) in elsewhere.into_iter().flatten() {
        let place = Location::value(context.document, first.node);
        sink.report_as(&DANGLING_REFERENCE, Severity::Info, place, |finding| {
            pushed_earlier(context, first, count, finding)
        });
    }
}

/// The finding about references to a kind of which there is nothing: a daily push names what was pushed before, so it is one
/// for all of them.
fn pushed_earlier(
    context: &Context<'_>,
    first: Reference,
    count: u32,
    finding: DiagnosticBuilder,
) -> DiagnosticBuilder {
    let (_, nouns) = nouns(first);
    let here = here(context);
    let quoted = context.quoted_text(first.node);
    let message = if count == 1 {
        let subject = context.subject(first.node);
        format!("{subject} names {quoted}, and there are no {nouns} {here}")
    } else {
        format!(
            "{count} references name {nouns}, the first {quoted}, and there are no {nouns} {here}"
        )
    };
    finding
        .message(message)
        .note(
            "That is fine for what was pushed earlier. A key that exists nowhere is answered ok: true all the same, and links \
             nothing.",
        )
        .help("give the keys that exist already as known keys: then a mistyped one is found")
        .reason(here)
        .with(DataField::Collection, collection_name(first))
        .with_number(DataField::Count, i64::from(count))
}

/// Where the resources are among which a key was looked for.
fn here(context: &Context<'_>) -> &'static str {
    let set = context.set;
    match (set.files().len() > 1, set.knows_more()) {
        (false, false) => "in the payload",
        (false, true) => "in the payload or among the known keys",
        (true, false) => "in the set",
        (true, true) => "in the set or among the known keys",
    }
}

fn build(
    context: &Context<'_>,
    reference: Reference,
    severity: Severity,
    finding: DiagnosticBuilder,
) -> DiagnosticBuilder {
    let set = context.set;
    let key = context.text(reference.node);
    let (noun, _) = nouns(reference);
    let subject = context.subject(reference.node);
    let quoted = context.quoted(&key);
    let here = here(context);
    let finding = finding
        .message(format!(
            "{subject} names {quoted}, and no {noun} {here} has that key"
        ))
        .reason(here)
        .with(DataField::Collection, collection_name(reference));
    let finding = if severity == Severity::Error {
        finding.note(
            "The set is said to be complete (closed world), so this key exists nowhere; the API \
             would answer ok: true and link nothing.",
        )
    } else {
        finding
    };
    let Some(nearest) = context.views.suggest_key(set, reference.target, &key) else {
        return finding.help(if severity == Severity::Error {
            format!("correct the key, or add the {noun} to the set")
        } else {
            absent(reference, noun)
        });
    };
    let suggestion = context.quoted(&nearest.key);
    let finding = finding.with_some(DataField::Suggestion, context.value(&nearest.key));
    let finding = match nearest.resource {
        Some(resource) => {
            let label = match nearest.how {
                Likeness::SameSkeleton => "the same to a reader",
                Likeness::LeadingZeros => "the same but for zeros at the start",
                Likeness::Alone => "the nearest key",
                Likeness::OneOfSeveral => "one of the nearest keys",
            };
            finding.related_in(resource.file, context.key_location(resource), label)
        }
        None => finding,
    };
    let edit = vec![(context.document.span(reference.node), quote(&nearest.key))];
    match nearest.how {
        Likeness::SameSkeleton => finding.help(format!("write {suggestion}")).fix(
            Applicability::Unsafe,
            "write the key as it is spelt there",
            edit,
        ),
        Likeness::Alone | Likeness::LeadingZeros => finding
            .help(format!("did you mean {suggestion}?"))
            .fix(Applicability::Unsafe, "write the nearest key", edit),
        // No fix chooses between them.
        Likeness::OneOfSeveral => finding.help(format!("did you mean {suggestion}, or another?")),
    }
}

/// What to do where no key is like the one that is named. A pushed location has no devices, so nothing advises to push one.
fn absent(reference: Reference, noun: &str) -> String {
    let collection = graph().collection(reference.target);
    if collection.kind == ResourceKind::Location && collection.name != "sites" {
        format!(
            "correct the key, or give it as a known key if the {noun} exists already; a new one is made by POST /spaces/create \
             with its device_ids, because a pushed {noun} has no devices"
        )
    } else {
        format!(
            "correct the key, or push the {noun} with it; if it exists already, give it as a known key"
        )
    }
}

fn collection_name(reference: Reference) -> &'static str {
    &graph().collection(reference.target).name
}

/// What a reference may name, in the singular and the plural.
fn nouns(reference: Reference) -> (&'static str, String) {
    let collection = graph().collection(reference.target);
    match collection.name.as_str() {
        "spaces" => ("location", "locations".to_owned()),
        "user_identities" => ("person", "people".to_owned()),
        name => (&collection.singular, name.replace('_', " ")),
    }
}
