//! What Seam's own packages say beyond the published document, merged into the JSON Schema that is derived from it.

use super::value::{Map, Value, parse};

/// `schema/additions.yaml`.
const ADDITIONS: &str = include_str!("../../../schema/additions.yaml");

/// One thing that the published document does not say.
struct Addition<'a> {
    pointer: &'a str,
    what: What<'a>,
}

enum What<'a> {
    /// A member that the document does not have.
    Schema(&'a Value),
    /// A sentence at the end of a text.
    Append(&'a str),
}

/// Adds to a derived schema what the document does not say itself.
///
/// Returns the pointers of the additions that it says already, or that have no place in it.
///
/// # Errors
///
/// An addition is not one, in words.
pub fn merge(schema: &mut Value) -> Result<Vec<String>, String> {
    let additions = parse(ADDITIONS).map_err(|error| error.to_string())?;
    let additions = additions.as_array().ok_or("the additions are no list")?;
    let mut unused = Vec::new();
    for entry in additions {
        let addition =
            read(entry).ok_or_else(|| format!("an addition without its parts: {entry}"))?;
        if !apply(schema, &addition) {
            unused.push(addition.pointer.to_owned());
        }
    }
    Ok(unused)
}

fn read(entry: &Value) -> Option<Addition<'_>> {
    let text = |name| entry.get(name)?.as_str();
    for fact in ["source", "version", "date"] {
        text(fact)?;
    }
    let what = match (entry.get("schema"), text("append")) {
        (Some(schema), None) => What::Schema(schema),
        (None, Some(sentence)) => What::Append(sentence),
        _ => return None,
    };
    Some(Addition {
        pointer: text("pointer")?,
        what,
    })
}

/// Whether the addition said something new.
fn apply(schema: &mut Value, addition: &Addition<'_>) -> bool {
    let Some((parent, name)) = addition.pointer.rsplit_once('/') else {
        return false;
    };
    let Some(Value::Object(members)) = schema.pointer_mut(parent) else {
        return false;
    };
    match addition.what {
        What::Schema(_) if members.contains_key(name) => false,
        What::Schema(added) => {
            // Where the document has its members in order, they stay so.
            let at = members.keys().position(|known| known.as_str() > name);
            let at = at.unwrap_or(members.len());
            members.shift_insert(at, name.to_owned(), added.clone());
            true
        }
        What::Append(sentence) => append(members, name, sentence),
    }
}

fn append(members: &mut Map, name: &str, sentence: &str) -> bool {
    match members.get_mut(name) {
        Some(Value::String(text)) if !text.contains(sentence) => {
            text.push(' ');
            text.push_str(sentence);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn additions_are_made_once() {
        let text = r#"{"properties":{"customer_key":{"type":"string"},"sites":{}}}"#;
        let mut schema = parse(text).expect("a schema");
        let unused = merge(&mut schema).expect("additions");
        assert_eq!(unused.len(), 2, "no metadata: {unused:?}");
        let names: Vec<String> = match schema.pointer("/properties") {
            Some(Value::Object(members)) => members.keys().cloned().collect(),
            _ => Vec::new(),
        };
        let wanted = [
            "customer_key",
            "customization_profile_id",
            "low_battery_alert_threshold",
            "sites",
        ];
        assert_eq!(names, wanted);
        let once = schema.clone();
        assert_eq!(merge(&mut schema).expect("additions").len(), 4);
        assert_eq!(schema, once);
    }
}
