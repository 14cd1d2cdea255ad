//! Limits of `custom_metadata`, and the names that portal filters take.

/// The most entries, by the API's documentation ("Adding custom metadata").
pub(crate) const MAX_ENTRIES: usize = 50;
/// The longest name, in UTF-16 code units.
pub(crate) const MAX_NAME: usize = 40;
/// The longest value, in UTF-16 code units; the schema's `maxLength` counts code points.
pub(crate) const MAX_VALUE: usize = 500;

/// The length of a text as the API counts it.
pub(crate) fn utf16_length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Whether the API refuses a name.
pub(crate) fn is_refused_name(name: &str) -> bool {
    name.contains('.') || utf16_length(name) > MAX_NAME
}

/// Whether portal filters take a name, `^[a-zA-Z_]\w*$`. The API then takes it too, if it is not too long.
pub(crate) fn is_filterable(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let first = name.bytes().next();
    first.is_some_and(|first| !first.is_ascii_digit()) && name.bytes().all(is_word)
}

/// A similar name that filters take. `None` if letters of other scripts would be lost.
pub(crate) fn filterable(name: &str) -> Option<String> {
    let mut words = name
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty());
    let mut joined = words.next()?.to_owned();
    for word in words {
        joined.push('_');
        joined.push_str(word);
    }
    if joined.starts_with(|first: char| first.is_ascii_digit()) {
        joined.insert(0, '_');
    }
    (name.is_ascii() && is_filterable(&joined) && !is_refused_name(&joined)).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::{filterable, is_filterable, is_refused_name};

    #[test]
    fn names_that_filters_take() {
        for name in ["region", "_x", "A1", "is_premium"] {
            assert!(is_filterable(name), "{name}");
        }
        for (name, wanted) in [
            ("", None),
            ("1st", Some("_1st")),
            ("room-type", Some("room_type")),
            (" room type ", Some("room_type")),
            ("größe", None),
            ("--", None),
            ("e\u{301}", None),
        ] {
            assert!(!is_filterable(name), "{name}");
            assert_eq!(filterable(name).as_deref(), wanted, "{name}");
        }
    }

    #[test]
    fn the_api_counts_utf_16_code_units() {
        for (name, refused) in [
            ("a".repeat(40), false),
            ("a".repeat(41), true),
            ("é".repeat(40), false),
            ("😀".repeat(20), false),
            ("😀".repeat(21), true),
            ("pms.id".to_owned(), true),
            (String::new(), false),
        ] {
            assert_eq!(is_refused_name(&name), refused, "{name}");
        }
    }
}
