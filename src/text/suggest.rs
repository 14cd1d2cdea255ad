//! What was probably meant: the nearest of the words that are known.

/// A known word near an unknown one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Suggestion<'a> {
    pub(crate) word: &'a str,
    /// Differs in case and separators alone, or by one slip in a long word with no rival.
    pub(crate) sure: bool,
}

/// The nearest of the candidates: the same but for case and separators first, then by edit
/// distance, at most a third of the word. Of equals, the first.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<Suggestion<'a>> {
    let plain = letters(word);
    let length = word.chars().count();
    // Distance costs the product of the lengths: nobody misspells a word of a kilobyte.
    if plain.is_empty() || length > 128 {
        return None;
    }
    let limit = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    let mut rivals = 0;
    for candidate in candidates {
        if has_letters(candidate, &plain) {
            return Some(Suggestion {
                word: candidate,
                sure: true,
            });
        }
        if candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::osa_distance(word, candidate);
        if distance > limit {
            continue;
        }
        match best {
            Some((known, _)) if distance > known => {}
            Some((known, _)) if distance == known => rivals += 1,
            _ => {
                best = Some((distance, candidate));
                rivals = 0;
            }
        }
    }
    best.map(|(distance, word)| Suggestion {
        word,
        sure: rivals == 0 && distance == 1 && length >= 6,
    })
}

/// Letters and digits in lower case: `roomKey` and `Room-Key` are `room_key`.
pub(crate) fn letters(word: &str) -> String {
    let mut letters = crate::text::unicode::lower(word);
    letters.retain(crate::text::unicode::is_alphanumeric);
    letters
}

/// Whether [`letters`] of the word are these.
pub(crate) fn has_letters(word: &str, wanted: &str) -> bool {
    if !word.is_ascii() {
        return letters(word) == wanted;
    }
    let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
    letters
        .map(|byte| byte.to_ascii_lowercase())
        .eq(wanted.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_compared_as_if_they_were_written() {
        let words = [
            "",
            "-",
            "roomKey",
            "Room-Key",
            "room_key",
            "rooms",
            "room",
            "straße",
            "Straße",
            "ключ",
            "КЛЮЧ",
            "7",
            "\u{212a}ey",
            "key",
        ];
        for word in words {
            for other in words {
                let wanted = letters(other);
                assert_eq!(
                    has_letters(word, &wanted),
                    letters(word) == wanted,
                    "{word} {other}"
                );
            }
        }
    }

    #[test]
    fn the_nearest_comes_first() {
        let known = ["room_key", "rooms", "name", "site_key", "site_keys"];
        for (word, wanted) in [
            ("roomKey", Some(("room_key", true))),
            ("Room-Key", Some(("room_key", true))),
            ("room_kye", Some(("room_key", true))),
            ("nmae", Some(("name", false))),
            ("site_kex", Some(("site_key", true))),
            ("zzz", None),
            ("", None),
        ] {
            let found = nearest(word, known).map(|found| (found.word, found.sure));
            assert_eq!(found, wanted, "{word}");
        }
    }
}
