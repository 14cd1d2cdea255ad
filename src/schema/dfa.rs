//! The patterns of the embedded schema as finite automata that are built ahead of time.

use regex_automata::dfa::Automaton;
use regex_automata::dfa::sparse::DFA;
use regex_automata::util::start;

use super::dfa_table::AUTOMATA;

/// An automaton that reads bytes of UTF-8.
#[derive(Debug)]
pub(super) struct Dfa(DFA<&'static [u8]>);

/// A pattern has no automaton: `cargo xtask schema` builds those of the embedded schema alone.
#[derive(Debug)]
pub(super) struct NotBuilt;

impl std::fmt::Display for NotBuilt {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("no automaton has been built")
    }
}

impl Dfa {
    /// The automaton of a pattern that is in the syntax of the `regex` crate.
    pub(super) fn new(pattern: &str) -> Result<Self, NotBuilt> {
        let mut built = AUTOMATA.iter().filter(|(known, _)| *known == pattern);
        let (_, bytes) = built.next().ok_or(NotBuilt)?;
        let (dfa, _) = DFA::from_bytes(bytes).map_err(|_| NotBuilt)?;
        Ok(Self(dfa))
    }

    /// Whether the pattern matches a part of the text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        // By hand, since the search of the library is another 4 KB (brotli) of a page's module.
        let Ok(mut state) = self.0.start_state(&start::Config::new()) else {
            return false;
        };
        for byte in text.bytes() {
            state = self.0.next_state(state, byte);
            // A match is seen one byte late.
            if self.0.is_match_state(state) {
                return true;
            }
            if self.0.is_dead_state(state) {
                return false;
            }
        }
        let end = self.0.next_eoi_state(state);
        self.0.is_match_state(end)
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
            let dfa = Dfa::new(&pattern.translated());
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
    fn a_pattern_without_an_automaton_is_an_error() {
        assert!(Dfa::new("^[a-z]$").is_err());
    }
}
