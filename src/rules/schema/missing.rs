//! Findings about members that are not there.

use json_document::NodeId;

use crate::report::{DataField, DiagnosticBuilder};
use crate::rules::context::Context;
use crate::schema::subschema::{NameId, Subschema};

pub(super) fn missing(
    context: &Context<'_>,
    finding: DiagnosticBuilder,
    subschema: &Subschema,
    id: NodeId,
    name: NameId,
) -> DiagnosticBuilder {
    let schema = context.judge;
    let member = schema.name(name);
    let described = subschema
        .properties
        .as_ref()
        .and_then(|properties| properties.get(name))
        .and_then(|subschema| schema.subschema(subschema).description.as_deref());
    let help = match described {
        Some(description) => {
            let description = description.trim_end_matches('.');
            format!("add \"{member}\": {}", lower_first(description))
        }
        None => format!("add \"{member}\""),
    };
    finding
        .message(format!("{} has no {member}", context.subject(id)))
        .help(help)
        .with(DataField::Keyword, "required")
        .with(DataField::Member, member)
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => {
            let mut text = String::from(first.to_ascii_lowercase());
            text.push_str(characters.as_str());
            text
        }
        None => String::new(),
    }
}
