//! The patterns of the embedded schema as finite automata that are built ahead of time.

use super::dfa_table::AUTOMATA;

/// Instead of the next state: the pattern matches, whatever follows …
const MATCHED: u8 = 254;
/// … or it cannot match any more.
const REFUSED: u8 = 255;

/// An automaton that reads bytes of UTF-8, from state 0 on.
#[derive(Debug)]
pub(super) struct Dfa {
    /// The class of each byte.
    classes: &'static [u8; 256],
    /// By state: the next state for each class, and for the end of the text.
    next: &'static [u8],
    /// How many classes there are, with the end of the text.
    width: usize,
}

impl Dfa {
    /// The automaton of a pattern: `cargo xtask schema` builds those of the embedded schema alone.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let mut built = AUTOMATA.iter().filter(|(known, ..)| *known == pattern);
        built.next().map(|&(_, classes, next, width)| Self {
            classes,
            next,
            width,
        })
    }

    /// Whether the pattern matches a part of the text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let mut state = 0;
        let classes = text.bytes().map(|byte| self.classes[usize::from(byte)]);
        for class in classes {
            state = self.next(state, usize::from(class));
            if state >= MATCHED {
                return state == MATCHED;
            }
        }
        self.next(state, self.width - 1) == MATCHED
    }

    fn next(&self, state: u8, column: usize) -> u8 {
        let next = self.next.get(usize::from(state) * self.width + column);
        next.copied().unwrap_or(REFUSED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::embedded::embedded;

    /// Texts over the characters that matter to times of day, and their neighbours.
    fn texts() -> impl Iterator<Item = String> {
        const CHARACTERS: [char; 14] = [
            '0', '1', '2', '3', '5', '6', '9', ':', ' ', '\n', '/', ';', 'a', '٥',
        ];
        let shapes = [
            "",
            "0",
            "09",
            "09:",
            "09:0",
            "09:00",
            "09:00:",
            "09:00:0",
            "09:00:00",
            "23:59:59",
            "19:30",
            "x09:00",
            "09:00x",
            "09:00:00\n",
            "００:００",
        ];
        shapes.into_iter().flat_map(|shape| {
            let places: Vec<usize> = shape.char_indices().map(|(at, _)| at).collect();
            let changed = places.into_iter().flat_map(move |at| {
                CHARACTERS.into_iter().map(move |character| {
                    let rest = shape[at..].chars().next().map_or(0, char::len_utf8);
                    format!("{}{character}{}", &shape[..at], &shape[at + rest..])
                })
            });
            std::iter::once(shape.to_owned()).chain(changed)
        })
    }

    #[test]
    fn automata_agree_with_the_regex_crate_on_the_patterns_of_the_schema() {
        let patterns = &embedded().patterns;
        assert_eq!(
            patterns.len(),
            AUTOMATA.len(),
            "src/schema/dfa_table.rs is stale: run `cargo xtask schema`"
        );
        let (mut matched, mut refused) = (0, 0);
        for pattern in patterns {
            let dfa = Dfa::of(pattern.source());
            let dfa = dfa.expect("src/schema/dfa_table.rs is stale: run `cargo xtask schema`");
            for text in texts() {
                let wanted = pattern.is_match(&text);
                assert_eq!(dfa.is_match(&text), wanted, "{text:?} {}", pattern.source());
                *(if wanted { &mut matched } else { &mut refused }) += 1;
            }
        }
        assert!(matched > 50 && refused > 50, "{matched} and {refused}");
    }

    #[test]
    fn a_pattern_of_another_schema_has_no_automaton() {
        assert!(Dfa::of("^[a-z]$").is_none());
    }
}
