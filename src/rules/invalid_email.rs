//! `invalid-email`

use std::collections::HashMap;

use crate::platform::hash::RandomState;
use email_address::Error;

use crate::report::{DataField, Location, Severity};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::text::whitespace::is_ecma_whitespace;
use crate::values::email::{Flaw, judge, misplaced_character};
use crate::values::placeholder;

declare_rule! {
    /// An e-mail address is not one.
    ///
    /// The API stores it without looking; invitations and codes by e-mail then never arrive.
    /// A library judges by RFC 5322 and RFC 6531 (letters of all scripts are fine), without the
    /// parts that no mailbox has: a display name, an IP address as the domain, a domain without a
    /// dot. What is an address and Seam's own check of `user_identities` refuses is an info: letters beyond ASCII, quotes, a top-level
    /// domain that is not two letters or more. White space around it is the business of `surrounding-whitespace`.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann.example.com" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "Ann <ann@example.com>" }] }
    /// ```
    /// ```json,bad,info
    /// { "customer_key": "c", "guests": [{ "guest_key": "h", "name": "Jürgen", "email_address": "jürgen@bücher.example" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email_address": "ann@example.com" }] }
    /// ```
    pub(crate) INVALID_EMAIL = {
        code: "invalid-email",
        severity: Warning,
        fix: None,
        since: "0.1.0",
        group: People,
        basis: Model,
        source: "it takes any string here, and checks addresses of user_identities/create",
        why: "The API stores it as it is; invitations and codes by e-mail will not arrive.",
        data: [
            Reason(
                "it is empty",
                "it has a name or brackets around the address",
                "it is more than one address",
                "it has no @",
                "nothing is before the @",
                "nothing is after the @",
                "the part before the @ is longer than 64 bytes",
                "its domain is too long",
                "its domain has no dot",
                "its domain has a dot too many",
                "its domain is an IP address",
                "its domain has {found}",
                "it has {found}, which an address cannot have there",
                "it has a character or a dot where none is allowed",
                "letters beyond ASCII",
                "quotes",
                "a top-level domain that is not two letters or more",
            ),
            Found optional,
        ],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&INVALID_EMAIL],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    // Many records often share one address.
    let mut judged: HashMap<_, Option<Flaw>, RandomState> = HashMap::default();
    for node in context.payload.uncommon_emails.iter().copied() {
        let Some(text) = document.string(node) else {
            continue;
        };
        let flaw = judged
            .entry(text)
            .or_insert_with_key(|text| judge(text.trim_matches(is_ecma_whitespace)));
        let Some(flaw) = flaw else { continue };
        let text = context.text(node);
        // `N/A` is a finding of `placeholder-value`.
        if placeholder::judge(&text).is_some() {
            continue;
        }
        let place = Location::value(document, node);
        let severity = match flaw {
            Flaw::RefusedElsewhere(_) => Severity::Info,
            _ => Severity::Warning,
        };
        sink.report_as(&INVALID_EMAIL, severity, place, |finding| {
            let error = match flaw {
                Flaw::RefusedElsewhere(what) => {
                    return finding
                        .reason(what)
                        .message(format!(
                            "{} {} has {what}",
                            context.subject(node),
                            context.quoted(&text)
                        ))
                        .note("The API stores it here. Its own check, which user_identities has, refuses such an address.")
                        .help("make sure that mail arrives there, or write another address of this person");
                }
                Flaw::DomainCharacter(character) => {
                    let character = character.to_string();
                    let finding = finding
                        .reason("its domain has {found}")
                        .with_some(DataField::Found, context.value(&character));
                    let character = context.quoted(&character);
                    return finding
                        .message(format!(
                            "{} is {}: its domain has {character}",
                            context.subject(node),
                            context.quoted(&text)
                        ))
                        .help("write a domain of letters, digits, hyphens and dots");
                }
                Flaw::NumericDomain => &Error::InvalidIPAddress,
                Flaw::Library(error) => error,
            };
            let (reason, help) = explain(error, &text);
            let misplaced = misplaced_character(text.trim_matches(is_ecma_whitespace));
            if let Some(character) = misplaced.filter(|_| reason == SOMEWHERE) {
                let character = character.to_string();
                let finding = finding
                    .reason("it has {found}, which an address cannot have there")
                    .with_some(DataField::Found, context.value(&character));
                let character = context.quoted(&character);
                return finding
                    .message(format!(
                        "{} is {}: it has {character}, which an address cannot have there",
                        context.subject(node),
                        context.quoted(&text)
                    ))
                    .help(help);
            }
            finding
                .reason(reason)
                .message(format!(
                    "{} is {}: {reason}",
                    context.subject(node),
                    context.quoted(&text)
                ))
                .help(help)
        });
    }
}

/// What is wrong where nothing better is known than that.
const SOMEWHERE: &str = "it has a character or a dot where none is allowed";

/// What is wrong, and what to do.
fn explain(error: &Error, text: &str) -> (&'static str, &'static str) {
    if text.trim_matches(is_ecma_whitespace).is_empty() {
        return ("it is empty", "leave the member out if there is no address");
    }
    if matches!(
        error,
        Error::UnsupportedDisplayName | Error::MissingDisplayName | Error::MissingEndBracket
    ) || text.contains('<')
    {
        return (
            "it has a name or brackets around the address",
            "write only the address",
        );
    }
    if text.matches('@').count() > 1 && text.contains([',', ';', ' ', '/']) {
        return (
            "it is more than one address",
            "write one address: a person has one",
        );
    }
    match error {
        Error::MissingSeparator => ("it has no @", "write it as name@domain"),
        Error::LocalPartEmpty => ("nothing is before the @", "write it as name@domain"),
        Error::DomainEmpty => ("nothing is after the @", "write it as name@domain"),
        Error::LocalPartTooLong => (
            "the part before the @ is longer than 64 bytes",
            "write the address that mail arrives at",
        ),
        Error::DomainTooLong | Error::SubDomainTooLong => (
            "its domain is too long",
            "write the address that mail arrives at",
        ),
        Error::DomainTooFew => (
            "its domain has no dot",
            "write the whole domain, such as example.com",
        ),
        Error::SubDomainEmpty | Error::DomainInvalidSeparator => (
            "its domain has a dot too many",
            "look for a dot at an end of the domain, or two in a row",
        ),
        Error::UnsupportedDomainLiteral | Error::InvalidIPAddress => {
            ("its domain is an IP address", "write the domain's name")
        }
        _ => (
            SOMEWHERE,
            "look for spaces, commas and dots that do not belong there",
        ),
    }
}
