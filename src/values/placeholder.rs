//! Values that a program made from nothing.

/// Words that stand for no value, in lower case.
const NOTHING: [&str; 10] = [
    "undefined",
    "null",
    "nan",
    "none",
    "nil",
    "n/a",
    "#n/a",
    "(null)",
    "<null>",
    "[object object]",
];

/// The words that a key may end in: `room_undefined` is `"room_" + undefined`.
const ENDS: [&str; 4] = ["undefined", "null", "NaN", "[object Object]"];

/// How a text shows that it was made from nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholder {
    /// It is a word for no value, once or several times: `undefined undefined`.
    Word,
    /// It ends in such a word.
    End,
    /// It is a template that nothing filled in.
    Template,
}

/// Whether a text was made from nothing. One look at its bytes rules nearly every text out.
pub(crate) fn judge(text: &str) -> Option<Placeholder> {
    let bytes = text.as_bytes();
    // The last letters of all words, and the characters that only templates have.
    let may_be = match bytes.last()?.to_ascii_lowercase() {
        b'd' | b'l' | b'n' | b'e' | b'a' | b')' | b'>' | b']' | b'}' | b's' => true,
        _ => bytes.iter().any(|byte| matches!(byte, b'{' | b'<' | b'%')),
    };
    if !may_be || text.len() > 256 {
        return None;
    }
    is_template(text)
        .then_some(Placeholder::Template)
        .or_else(|| is_nothing(text).then_some(Placeholder::Word))
        .or_else(|| ends_in_nothing(text).then_some(Placeholder::End))
}

fn is_nothing(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let is_word = |word: &str| NOTHING.contains(&word);
    // A person may be called Null; nobody is called `null`.
    is_word(&text)
        || !text.is_empty() && text.split(' ').all(|word| is_word(word) && word != "none")
}

fn ends_in_nothing(text: &str) -> bool {
    ENDS.iter().any(|end| {
        text.strip_suffix(end)
            .is_some_and(|start| start.ends_with(['_', '-', ':', '.', '/', '|', '#']))
    })
}

fn is_template(text: &str) -> bool {
    let encloses = |open: &str, close: &str| {
        text.split_once(open)
            .is_some_and(|(_, rest)| rest.contains(close))
    };
    encloses("{{", "}}")
        || encloses("${", "}")
        || encloses("<%", "%>")
        || encloses("{%", "%}")
        || matches!(text, "%s" | "%d" | "%@")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_known_by_its_words() {
        for (text, wanted) in [
            ("undefined", Some(Placeholder::Word)),
            ("null", Some(Placeholder::Word)),
            ("NaN", Some(Placeholder::Word)),
            ("None", Some(Placeholder::Word)),
            ("nil", Some(Placeholder::Word)),
            ("N/A", Some(Placeholder::Word)),
            ("[object Object]", Some(Placeholder::Word)),
            ("undefined undefined", Some(Placeholder::Word)),
            ("room_undefined", Some(Placeholder::End)),
            ("room-null", Some(Placeholder::End)),
            ("{{guest.id}}", Some(Placeholder::Template)),
            ("room-${id}", Some(Placeholder::Template)),
            ("<%= id %>", Some(Placeholder::Template)),
            ("%s", Some(Placeholder::Template)),
            ("", None),
            ("101", None),
            ("Ann Null", None),
            ("None None", None),
            ("room_nil", None),
            ("pavillon", None),
            ("100%", None),
            ("a {b}", None),
            ("Finland", None),
            ("Nan Smith", None),
        ] {
            assert_eq!(judge(text), wanted, "{text:?}");
        }
    }
}
