//! The engine of the schema's patterns: `regex`, and on WebAssembly one of our own, which knows
//! what the schema's few patterns use and is a fiftieth of the size.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use regex::Regex;
#[cfg(target_arch = "wasm32")]
pub(crate) use small::Regex;

/// Literals, classes, groups, `|`, `?`, `*`, `+`, `^` and `$`, in time linear in the text. A
/// pattern with anything else is refused; a test compiles those of the schema.
#[cfg(any(target_arch = "wasm32", test))]
mod small {
    use std::iter::Peekable;
    use std::str::Chars;

    /// A compiled pattern.
    #[derive(Debug)]
    pub(crate) struct Regex {
        program: Vec<Step>,
    }

    #[derive(Debug)]
    enum Step {
        /// One character of the ranges, or of none of them.
        Class(Vec<(char, char)>, bool),
        /// Goes on at both places.
        Split(usize, usize),
        Start,
        End,
        Match,
    }

    impl Regex {
        pub(crate) fn new(pattern: &str) -> Result<Self, String> {
            let mut compiler = Compiler {
                rest: pattern.chars().peekable(),
                program: Vec::new(),
            };
            compiler.alternatives()?;
            if compiler.rest.next().is_some() {
                return Err(format!("the pattern `{pattern}` closes what is not open"));
            }
            compiler.program.push(Step::Match);
            Ok(Self {
                program: compiler.program,
            })
        }

        /// Whether the pattern matches a part of the text.
        pub(crate) fn is_match(&self, text: &str) -> bool {
            let mut now = vec![false; self.program.len()];
            let mut next = now.clone();
            let mut rest = text.chars();
            let mut at_start = true;
            loop {
                let character = rest.clone().next();
                // The match may begin here.
                if self.enter(0, at_start, character.is_none(), &mut now) {
                    return true;
                }
                let Some(character) = character else {
                    return false;
                };
                rest.next();
                at_start = false;
                let at_end = rest.as_str().is_empty();
                next.fill(false);
                for (at, step) in self.program.iter().enumerate() {
                    if let Step::Class(ranges, negated) = step
                        && now[at]
                        && *negated != ranges.iter().any(|(a, b)| (*a..=*b).contains(&character))
                        && self.enter(at + 1, false, at_end, &mut next)
                    {
                        return true;
                    }
                }
                std::mem::swap(&mut now, &mut next);
            }
        }

        /// Marks the steps that are reached from one without a character; whether the match is
        /// among them.
        fn enter(&self, at: usize, at_start: bool, at_end: bool, marked: &mut [bool]) -> bool {
            if std::mem::replace(&mut marked[at], true) {
                return false;
            }
            let mut go = |at| self.enter(at, at_start, at_end, marked);
            match &self.program[at] {
                Step::Class(..) => false,
                Step::Split(a, b) => go(*a) || go(*b),
                Step::Start => at_start && go(at + 1),
                Step::End => at_end && go(at + 1),
                Step::Match => true,
            }
        }
    }

    struct Compiler<'p> {
        rest: Peekable<Chars<'p>>,
        program: Vec<Step>,
    }

    impl Compiler<'_> {
        /// `a|b`, up to the end or a `)`.
        fn alternatives(&mut self) -> Result<(), String> {
            let start = self.program.len();
            self.sequence()?;
            if self.rest.next_if_eq(&'|').is_some() {
                self.insert(start, Step::Split(0, 0));
                // A jump is a split of which both ways are one.
                let jump = self.program.len();
                self.program.push(Step::Split(0, 0));
                self.program[start] = Step::Split(start + 1, jump + 1);
                self.alternatives()?;
                let end = self.program.len();
                self.program[jump] = Step::Split(end, end);
            }
            Ok(())
        }

        fn sequence(&mut self) -> Result<(), String> {
            while let Some(character) = self.rest.next_if(|next| !"|)".contains(*next)) {
                let start = self.program.len();
                match character {
                    '^' => self.program.push(Step::Start),
                    '$' => self.program.push(Step::End),
                    '(' => {
                        self.alternatives()?;
                        if self.rest.next() != Some(')') {
                            return Err("a group is not closed".to_owned());
                        }
                    }
                    '[' => {
                        let class = self.class()?;
                        self.program.push(class);
                    }
                    '\\' => {
                        let literal = self.escaped()?;
                        self.program
                            .push(Step::Class(vec![(literal, literal)], false));
                    }
                    '.' | '{' | '}' | '?' | '*' | '+' | ']' => {
                        return Err(format!("`{character}` is not known here"));
                    }
                    literal => self
                        .program
                        .push(Step::Class(vec![(literal, literal)], false)),
                }
                self.repetition(start);
                if let Some(more) = self.rest.peek().filter(|next| "*+{".contains(**next)) {
                    return Err(format!("`{more}` is not known here"));
                }
            }
            Ok(())
        }

        fn repetition(&mut self, start: usize) {
            let Some(sign) = self.rest.next_if(|next| "?*+".contains(*next)) else {
                return;
            };
            // Lazy or not, a match is a match.
            let _ = self.rest.next_if_eq(&'?');
            if sign != '+' {
                self.insert(start, Step::Split(0, 0));
            }
            if sign != '?' {
                let end = self.program.len();
                self.program.push(Step::Split(start, end + 1));
            }
            if sign != '+' {
                self.program[start] = Step::Split(start + 1, self.program.len());
            }
        }

        fn class(&mut self) -> Result<Step, String> {
            let negated = self.rest.next_if_eq(&'^').is_some();
            let mut ranges = Vec::new();
            loop {
                let first = match self.rest.next() {
                    None => return Err("a class is not closed".to_owned()),
                    Some(']') => return Ok(Step::Class(ranges, negated)),
                    Some('\\') => self.escaped()?,
                    Some(literal) => literal,
                };
                let mut ahead = self.rest.clone();
                let is_range = ahead.next() == Some('-') && ahead.next() != Some(']');
                let mut last = first;
                if is_range {
                    self.rest.next();
                    last = match self.rest.next() {
                        Some('\\') => self.escaped()?,
                        Some(literal) => literal,
                        None => return Err("a class is not closed".to_owned()),
                    };
                }
                if last < first {
                    return Err(format!("the range {first}-{last} is empty"));
                }
                ranges.push((first, last));
            }
        }

        fn escaped(&mut self) -> Result<char, String> {
            match self.rest.next() {
                Some(literal) if !literal.is_ascii_alphanumeric() => Ok(literal),
                Some(other) => Err(format!("the escape `\\{other}` is not known")),
                None => Err("an escape is not finished".to_owned()),
            }
        }

        /// Inserts a step; the places after it move.
        fn insert(&mut self, at: usize, step: Step) {
            for known in &mut self.program[at..] {
                if let Step::Split(a, b) = known {
                    *a += usize::from(*a >= at);
                    *b += usize::from(*b >= at);
                }
            }
            self.program.insert(at, step);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::embedded;

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
    fn what_the_small_engine_knows() {
        for pattern in [
            "",
            "a",
            "^a",
            "a$",
            "^$",
            "^a|b$",
            "^(a|b)$",
            "^(a|bc?)+$",
            "a*b",
            "^[ab]*$",
            "^[^ab]+$",
            "^[0-9a-c_]$",
            r"^\.\*\[$",
            "^[a-]$",
            r"^[\]a]+$",
            "(^a|b)c",
            "^(a*)*$",
            "^a??$",
            "()",
            "^é[à-ö]$",
        ] {
            let wanted = regex::Regex::new(pattern).expect(pattern);
            let small = super::small::Regex::new(pattern).expect(pattern);
            for text in [
                "",
                "a",
                "b",
                "ab",
                "ba",
                "abc",
                "bcbc",
                "aab",
                "cab",
                "ac",
                "bc",
                "-",
                "]a",
                ".*[",
                "_",
                "5",
                "éî",
                "é",
                "\n",
                "a\n",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac",
            ] {
                assert_eq!(
                    small.is_match(text),
                    wanted.is_match(text),
                    "{pattern:?} {text:?}"
                );
            }
        }
        for pattern in [
            "(", ")", "[", "a{2}", "*", "a**", r"\d", r"\b", ".", "(?:a)", "[b-a]",
        ] {
            assert!(super::small::Regex::new(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn both_engines_agree_on_the_patterns_of_the_schema() {
        let patterns = &embedded().patterns;
        assert!(!patterns.is_empty());
        let (mut matched, mut refused) = (0, 0);
        for pattern in patterns {
            let lite = super::small::Regex::new(pattern.regex().as_str()).expect("compiles");
            for text in texts() {
                let wanted = pattern.regex().is_match(&text);
                assert_eq!(
                    lite.is_match(&text),
                    wanted,
                    "{text:?} {}",
                    pattern.source()
                );
                *(if wanted { &mut matched } else { &mut refused }) += 1;
            }
        }
        assert!(matched > 50 && refused > 50, "{matched} and {refused}");
    }
}
