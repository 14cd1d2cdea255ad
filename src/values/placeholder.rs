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

/// Whether a text may be one, by its first and last bytes: nearly no other text has them.
pub(crate) fn may_be(text: &[u8]) -> bool {
    match text {
        [b'{' | b'$' | b'<' | b'%' | b'#', ..] | [.., b'}' | b')' | b'>' | b']'] => true,
        [.., a, b] => matches!(
            [a | 0x20, b | 0x20],
            [b'e', b'd'] | [b'l' | b'i', b'l'] | [b'a', b'n'] | [b'n', b'e'] | [b'/', b'a']
        ),
        _ => false,
    }
}

/// Whether a text was made from nothing.
pub(crate) fn judge(text: &str) -> Option<Placeholder> {
    let text = text.trim();
    if text.len() > 256 || !may_be(text.as_bytes()) {
        return None;
    }
    if is_template(text) {
        Some(Placeholder::Template)
    } else if is_nothing(text) {
        Some(Placeholder::Word)
    } else {
        ends_in_nothing(text).then_some(Placeholder::End)
    }
}

fn is_nothing(text: &str) -> bool {
    let is_word = |word: &str| NOTHING.iter().any(|known| known.eq_ignore_ascii_case(word));
    // A person may be called None; nobody is called `undefined undefined`.
    let is_repeated = |word: &str| is_word(word) && !word.eq_ignore_ascii_case("none");
    is_word(text) || text.split(' ').all(is_repeated)
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
            ("{{id}}-room", Some(Placeholder::Template)),
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
