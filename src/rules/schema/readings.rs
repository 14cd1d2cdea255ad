//! What a value of another type was probably meant to be.

use json_document::{Document, Kind, NodeId, quote};

use crate::model::graph::{CollectionId, graph};
use crate::report::Applicability;
use crate::rules::context::Context;
use crate::schema::subschema::{Format, Subschema};
use crate::text::number::is_plain_integer;
use crate::time::epoch;
use crate::values::time_of_day;

/// A value of the wanted type.
pub(super) struct Reading {
    pub(super) title: &'static str,
    pub(super) text: String,
    pub(super) applicability: Applicability,
    /// What is to do, if it is not shown by the text.
    pub(super) help: Option<String>,
}

impl Reading {
    fn new(applicability: Applicability, title: &'static str, text: String) -> Self {
        Self {
            title,
            text,
            applicability,
            help: None,
        }
    }

    fn safe(title: &'static str, text: String) -> Self {
        Self::new(Applicability::Safe, title, text)
    }

    fn unsafe_(title: &'static str, text: String) -> Self {
        Self::new(Applicability::Unsafe, title, text)
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

/// The value as the wanted type. Safe only where no other reading is possible and the API does with it what was meant.
pub(super) fn read(context: &Context<'_>, subschema: &Subschema, id: NodeId) -> Option<Reading> {
    let types = subschema.types;
    match context.document.kind(id) {
        Kind::Number if types.admits(Kind::String) => number_as_string(context, subschema, id),
        Kind::String if types.admits_integer() || types.admits(Kind::Number) => {
            string_as_number(context, subschema, id)
        }
        Kind::String if types.admits(Kind::Array) => string_as_list(context, subschema, id),
        Kind::Object if types.admits(Kind::Array) => object_as_list(context, subschema, id),
        Kind::Array if types.admits(Kind::Object) => array_as_object(context, id),
        _ => None,
    }
}

/// Strings that have a form of their own, which a number has lost: a plus, a leading zero.
const FORMS: [&str; 4] = [
    "preferred_code",
    "phone_number",
    "email_address",
    "time_zone",
];

fn number_as_string(context: &Context<'_>, subschema: &Subschema, id: NodeId) -> Option<Reading> {
    let document = context.document;
    let raw = document.raw(id);
    if subschema.format == Some(Format::DateTime) {
        let moment = epoch::read(raw)?;
        let help = format!(
            "{} since 1970 are {}: write that",
            moment.unit,
            context.quoted(&moment.text)
        );
        let text = quote(&moment.text);
        return Some(Reading::unsafe_("write the instant as a date and time", text).help(help));
    }
    if subschema.pattern.is_some() {
        // The one form of the schema is a time of day: 15 is an hour.
        let hour = time_of_day::hour(raw)?;
        return Some(Reading::unsafe_("write the hour as HH:mm", quote(&hour)));
    }
    if !is_plain_integer(raw) {
        return None;
    }
    let title = "write the number as a string";
    let name = document.name(id).unwrap_or_default();
    let text = format!("\"{raw}\"");
    match &*name {
        "time_zone" | "email_address" => None,
        name if FORMS.contains(&name) => Some(Reading::unsafe_(title, text.clone()).help(format!(
            "write {}, with the zeros and signs that a number has lost",
            context.quoted_token(&text)
        ))),
        _ if is_key_of_another(context, id, raw) => Some(Reading::unsafe_(title, text)),
        _ => Some(Reading::safe(title, text)),
    }
}

/// Whether a resource's own key would be that of another resource, as a string: the two would be one.
fn is_key_of_another(context: &Context<'_>, id: NodeId, key: &str) -> bool {
    let document = context.document;
    let list = document.parent(id).and_then(|one| document.parent(one));
    let is_list = list.and_then(|list| document.parent(list)) == Some(NodeId::ROOT);
    let Some(list) = list.filter(|_| is_list) else {
        return false;
    };
    let (name, collection) = (document.name(id), document.name(list));
    let mut collections = (0..).zip(&graph().collections);
    let own = collections.find(|(_, one)| {
        collection.as_deref() == Some(&*one.name)
            && name.as_deref() == Some(context.judge.name(one.own_key))
    });
    own.is_some_and(|(number, _)| {
        let collection = CollectionId(number);
        context.set.find(collection, key).is_some()
            || context.set.knows(collection, key)
            || context.views.untrimmed(context.set).holds(collection, key)
    })
}

fn string_as_number(context: &Context<'_>, subschema: &Subschema, id: NodeId) -> Option<Reading> {
    let text = context.document.raw_string(id)?;
    let title = "write the number without quotes";
    if is_plain_integer(text) {
        let text = text.to_owned();
        return Some(if subschema.types.admits(Kind::Number) {
            Reading::unsafe_(title, text)
        } else {
            Reading::safe(title, text)
        });
    }
    let is_number = subschema.types.admits(Kind::Number) && is_plain_decimal(text);
    is_number.then(|| Reading::unsafe_(title, text.to_owned()))
}

/// Whether a text is a decimal number as JSON writes it, without an exponent.
pub(super) fn is_plain_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(integer, fraction)| {
        let is_zero = integer == "-0";
        (is_zero || is_plain_integer(integer))
            && !fraction.is_empty()
            && fraction.len() <= 15
            && fraction.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn string_as_list(context: &Context<'_>, subschema: &Subschema, id: NodeId) -> Option<Reading> {
    let document = context.document;
    let items = context.judge.subschema(subschema.items?);
    let text = document.string(id)?;
    if !items.types.admits(Kind::String) {
        return None;
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Some(Reading::unsafe_("write an empty list", "[]".to_owned()));
    }
    // A list that was encoded twice.
    if trimmed.starts_with('[') {
        let inner = Document::parse(trimmed);
        let is_list = inner.is_json()
            && inner.kind(NodeId::ROOT) == Kind::Array
            && inner
                .children(NodeId::ROOT)
                .all(|element| inner.kind(element) == Kind::String);
        return is_list.then(|| {
            Reading::unsafe_(
                "write the list that the string has in it",
                trimmed.to_owned(),
            )
        });
    }
    if text.contains([',', ';']) {
        let keys: Vec<String> = text
            .split([',', ';'])
            .map(str::trim)
            .filter(|key| !key.is_empty())
            .map(quote)
            .collect();
        let list = format!("[{}]", keys.join(", "));
        let help = format!(
            "put each into a list of its own: {}",
            context.quoted_token(&list)
        );
        return Some(Reading::unsafe_("put the values into a list", list).help(help));
    }
    let list = format!("[{}]", document.raw(id));
    let title = "put the value into a list";
    // It may be several values with something else between them.
    let may_be_several = |c: char| c.is_whitespace() || c.is_control() || "|/、，；".contains(c);
    let reading = if text.contains(may_be_several) {
        Reading::unsafe_(title, list)
    } else {
        Reading::safe(title, list)
    };
    Some(reading.help("put it into a list"))
}

fn object_as_list(context: &Context<'_>, subschema: &Subschema, id: NodeId) -> Option<Reading> {
    let document = context.document;
    let raw = document.raw(id);
    let items = context.judge.subschema(subschema.items?);
    if !items.types.admits(Kind::Object) || !raw.ends_with('}') {
        return None;
    }
    let members: Vec<NodeId> = document.children(id).collect();
    if members.is_empty() {
        return Some(Reading::unsafe_("write an empty list", "[]".to_owned()));
    }
    let required = items.properties.as_ref().map(|members| &members.required);
    let has_key = |object: NodeId| {
        required.is_some_and(|required| {
            required.iter().any(|name| {
                let name = context.judge.name(*name);
                name.ends_with("_key") && document.member(object, name).is_some()
            })
        })
    };
    if has_key(id) {
        let (title, list) = ("put the object into a list", format!("[{raw}]"));
        // A member that is such an object too may be one more of the list.
        let reading = if members.iter().any(|member| has_key(*member)) {
            Reading::unsafe_(title, list)
        } else {
            Reading::safe(title, list)
        };
        return Some(reading.help("put it into a list"));
    }
    let are_all = |kind| members.iter().all(|member| document.kind(*member) == kind);
    if let ([only], true) = (members.as_slice(), are_all(Kind::Array)) {
        let list = document.raw(*only).to_owned();
        return Some(
            Reading::unsafe_("write the list that is inside", list)
                .help("write the list that is inside"),
        );
    }
    if are_all(Kind::Object) {
        let values: Vec<&str> = members.iter().map(|member| document.raw(*member)).collect();
        let list = format!("[{}]", values.join(", "));
        return Some(
            Reading::unsafe_("write the values as a list", list)
                .help("write its values as a list: the names before them are no members"),
        );
    }
    None
}

/// PHP writes an object without members as `[]`.
fn array_as_object(context: &Context<'_>, id: NodeId) -> Option<Reading> {
    let is_empty = context.document.children(id).next().is_none();
    is_empty.then(|| Reading::unsafe_("write an empty object", "{}".to_owned()))
}
