//! `placeholder-value`

use json_document::NodeId;

use crate::report::{Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::values::placeholder::{self, Placeholder};

declare_rule! {
    /// A value was made from nothing by a program.
    ///
    /// `undefined`, `null`, `NaN`, `None`, `nil`, `[object Object]`, `N/A`, a template that nothing filled in (`{{guest.id}}`, `${id}`,
    /// `<%= id %>`, `%s`), or a key that ends in such a word (`room_undefined`). In a key or a reference, all such records become one (a
    /// warning). In a name or a contact it is what a guest reads, and nobody is reached (an info).
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "undefined", "name": "Ann", "email_address": "ann@example.com" }] }
    /// ```
    /// ```json,bad,info
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "{{guest.name}}", "email_address": "ann@example.com" }] }
    /// ```
    /// ```json,bad,info
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "N/A" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann Null", "email_address": "ann@example.com" }] }
    /// ```
    pub(crate) PLACEHOLDER_VALUE = {
        code: "placeholder-value",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: References,
        basis: Judgement,
        source: "public reports of integrators: such values come from programs, not from people",
        why: "Every record that was made from nothing has the same key, so all of them become one.",
        data: [Reason(
            "which is no value and no key",
            "which is no value and no name",
            "which is no value and no contact",
            "which ends in no value",
            "a template that nothing filled in",
        )],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&PLACEHOLDER_VALUE],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let payload = context.payload;
    for key in &payload.possible_placeholders {
        report(context, sink, *key, Severity::Warning, "a key");
    }
    for name in &payload.possible_placeholder_names {
        report(context, sink, *name, Severity::Info, "a name");
    }
    for contact in payload
        .uncommon_emails
        .iter()
        .chain(&payload.uncommon_phones)
    {
        report(context, sink, *contact, Severity::Info, "a contact");
    }
}

fn report(
    context: &Context<'_>,
    sink: &mut DiagnosticSink<'_>,
    node: NodeId,
    severity: Severity,
    what: &str,
) {
    let text = context.text(node);
    let Some(placeholder) = placeholder::judge(&text) else {
        return;
    };
    let place = Location::value(context.document, node);
    sink.report_as(&PLACEHOLDER_VALUE, severity, place, |finding| {
        let reason = match placeholder {
            Placeholder::Word => match what {
                "a key" => "which is no value and no key",
                "a name" => "which is no value and no name",
                _ => "which is no value and no contact",
            },
            Placeholder::End => "which ends in no value",
            Placeholder::Template => "a template that nothing filled in",
        };
        let finding = finding.reason(reason).message(format!(
            "{} is {}, {reason}",
            context.subject(node),
            context.quoted(&text)
        ));
        let finding = match (severity, what) {
            (Severity::Warning, _) => finding,
            (_, "a name") => finding.note("People read it in lists and messages."),
            _ => finding.note("Nobody is reached there."),
        };
        finding.help(match what {
            "a key" => "write the real key, and leave the record out if it has none",
            "a name" => "write the real name",
            _ => "leave the member out if there is no such contact",
        })
    });
}
