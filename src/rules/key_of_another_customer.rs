//! `key-of-another-customer`

use crate::model::customers::Shared;
use crate::model::graph::graph;
use crate::report::{DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;

declare_rule! {
    /// A key, an e-mail address or a phone number belongs to two customers.
    ///
    /// Keys of one kind are unique in the *workspace*, not in a customer: the second push takes the resource away from the first, and
    /// `delete_data`, which names no customer, removes it for both. Found where payloads with several values of `customer_key` are checked
    /// together. Put something of the customer into the key, such as `hotel_17_room_101`.
    ///
    /// ```json,ok
    /// { "customer_key": "c", "rooms": [{ "room_key": "hotel_17_room_101", "name": "101" }] }
    /// ```
    pub(crate) KEY_OF_ANOTHER_CUSTOMER = {
        code: "key-of-another-customer",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Documented,
        source: "Seam docs, \"Mapping your resources\": keys are unique in a workspace; delete_data names no customer",
        why: "Keys and contacts are unique in the workspace: the later push overwrites or skips, and delete_data names no customer.",
        data: [OtherCollection optional, Other, File optional],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&KEY_OF_ANOTHER_CUSTOMER],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    for Shared {
        node,
        kind,
        customer,
        name,
    } in context.shared_with_customers
    {
        let place = Location::value(context.document, *node);
        sink.report(&KEY_OF_ANOTHER_CUSTOMER, place, |finding| {
            let subject = context.subject(*node);
            let quoted = context.quoted_text(*node);
            let finding = finding
                .with_some(DataField::Other, context.value(customer))
                .with_some(
                    DataField::OtherCollection,
                    kind.map(|collection| graph().collection(collection).name.as_str()),
                )
                .with_some(
                    DataField::File,
                    Some(name.as_str()).filter(|name| !name.is_empty()),
                );
            let customer = context.quoted(customer);
            let what = match kind {
                Some(collection) => graph().collection(*collection).with_article(),
                None => "a person".to_owned(),
            };
            let place = if name.is_empty() {
                String::new()
            } else {
                format!(" in {name}")
            };
            finding
                .message(format!(
                    "{subject} {quoted} is also that of {what} of the customer {customer}{place}"
                ))
                .help(
                    "make keys unique in the workspace, such as by the customer's key before them",
                )
        });
    }
}
