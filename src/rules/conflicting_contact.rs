//! `conflicting-contact`

use crate::model::graph::graph;
use crate::report::Location;
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// Two person records have one e-mail address or phone number.
    ///
    /// The API keeps one user identity for an address or a number. A push that brings it a second
    /// time, on another record, makes it skip the reservation with
    /// `user_identity_email_or_phone_conflict`, while it answers `ok: true`: the guest has no
    /// access. Often one agency's or hotel's own contact is on all of its guests.
    ///
    /// With Seam's setting "Allow shared email and phone across guests" it is no conflict: switch the rule off then.
    ///
    /// E-mail addresses are compared without regard to case, phone numbers by their digits. Two
    /// records with one key in one collection are one person. With `--as-set`, the files with one
    /// `customer_key` are looked through together.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g1", "name": "Ann", "email_address": "ann@example.com" }, { "guest_key": "g2", "name": "Ann Lee", "email_address": "Ann@Example.com" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g1", "name": "Ann", "phone_number": "+14155550100" }], "staff_members": [{ "staff_member_key": "s1", "name": "Bo", "phone_number": "+14155550100" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g1", "name": "Ann", "email_address": "ann@example.com" }, { "guest_key": "g2", "name": "Ben", "email_address": "ben@example.com" }] }
    /// ```
    pub(crate) CONFLICTING_CONTACT = {
        code: "conflicting-contact",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: People,
        basis: Documented,
        source: "Seam docs, error codes: user_identity_email_or_phone_conflict",
        why: "The API answers ok: true and skips the reservation with user_identity_email_or_phone_conflict.",
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&CONFLICTING_CONTACT],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    let set = context.set;
    if set
        .files()
        .iter()
        .all(|file| file.payload.people.is_empty())
    {
        return;
    }
    for conflict in context.views.contacts(set).in_file(context.file) {
        let (node, first) = (conflict.later.node, conflict.first);
        sink.report(&CONFLICTING_CONTACT, Location::value(document, node), |finding| {
            let holder = graph().collection(set.resource(first.person).collection);
            finding
                .message(format!(
                    "{} is {}, which another person record has",
                    context.subject(node),
                    context.quoted_text(node)
                ))
                .help("give each person their own contact, or push the person once and name that key; with the setting \"Allow shared email and phone across guests\" of your Seam workspace it is no conflict: switch the rule off then")
                .related_in(
                    first.person.file,
                    Location::value(set.files()[first.person.file as usize].document, first.node),
                    format!("first on {} here", holder.with_article()),
                )
        });
    }
}
