//! The keyword `pattern`: regular expressions of ECMA-262, run by the `regex` crate.
//!
//! That crate is too large for a page, and `regex-lite` is another 19 KB (brotli). On WebAssembly, patterns
//! are automata that `cargo xtask schema` builds ahead of time.

use std::fmt;

#[cfg(not(target_arch = "wasm32"))]
use regex::Regex;

#[cfg(target_arch = "wasm32")]
use super::dfa::Dfa;
use crate::text::escape::in_quotes;

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    #[cfg(not(target_arch = "wasm32"))]
    regex: Regex,
    #[cfg(target_arch = "wasm32")]
    regex: Dfa,
}

impl Pattern {
    pub(super) fn new(source: String) -> Result<Self, PatternError> {
        #[cfg(not(target_arch = "wasm32"))]
        let regex = Regex::new(&to_rust(&source)?).map_err(|error| PatternError::Invalid {
            pattern: source.clone(),
            reason: error.to_string(),
        })?;
        #[cfg(target_arch = "wasm32")]
        let regex = Dfa::of(&source).ok_or_else(|| PatternError::Invalid {
            pattern: source.clone(),
            reason: "no automaton has been built".to_owned(),
        })?;
        Ok(Self { source, regex })
    }

    /// The pattern as the schema writes it.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The pattern in the syntax of the `regex` crate.
    pub(super) fn translated(&self) -> String {
        to_rust(&self.source).unwrap_or_default()
    }

    /// Whether the pattern matches a part of the text.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// Why a pattern was not compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PatternError {
    /// Syntax that the translation does not know.
    Unknown {
        /// The pattern as the schema writes it.
        pattern: String,
        /// The kind of syntax and its text: `escape \s`.
        syntax: String,
    },
    /// The pattern is not a regular expression.
    Invalid {
        /// The pattern as the schema writes it.
        pattern: String,
        /// What the regex engine reports.
        reason: String,
    },
}

impl fmt::Display for PatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { pattern, syntax } => {
                let pattern = in_quotes(pattern);
                write!(formatter, "unknown {syntax} in the pattern {pattern}")
            }
            Self::Invalid { pattern, reason } => {
                let pattern = in_quotes(pattern);
                // The regex crate draws the pattern first; its last line is the reason.
                let reason = reason.lines().last().unwrap_or_default();
                let reason = reason.strip_prefix("error: ").unwrap_or(reason);
                write!(formatter, "the pattern {pattern} is invalid: {reason}")
            }
        }
    }
}

impl std::error::Error for PatternError {}

/// Translates an ECMA-262 pattern into the syntax of the `regex` crate.
///
/// Both write some things alike and mean something else: `\d`, `\w`, `.`, `[]`, `(?i)`, and in a
/// class `&&`, `--`, `~~` and `[`. So only syntax with a known meaning passes; the rest is an error.
pub(super) fn to_rust(source: &str) -> Result<String, PatternError> {
    let mut translator = Translator {
        source,
        rest: source,
        out: String::with_capacity(source.len()),
    };
    translator.pattern()?;
    Ok(translator.out)
}

struct Translator<'p> {
    source: &'p str,
    rest: &'p str,
    out: String,
}

/// What a character or an escape stands for.
#[derive(Clone, Copy)]
enum Atom {
    Literal(char),
    /// The characters of a shorthand such as `\d`, as the inside of a class.
    Shorthand(&'static str),
}

impl Translator<'_> {
    fn pattern(&mut self) -> Result<(), PatternError> {
        let mut is_repeatable = false;
        while let Some(character) = self.next() {
            is_repeatable = match character {
                '\\' => {
                    match self.escape()? {
                        Atom::Literal(literal) => self.literal(literal),
                        Atom::Shorthand(characters) => {
                            self.out.extend(["[", characters, "]"]);
                        }
                    }
                    true
                }
                '.' => {
                    self.out.push_str(r"[^\n\r\u{2028}\u{2029}]");
                    true
                }
                '[' => {
                    self.class()?;
                    true
                }
                '(' => {
                    self.out.push('(');
                    if self.eat("?:") {
                        self.out.push_str("?:");
                    } else if self.rest.starts_with('?') {
                        return Err(self.unknown("group (?".to_owned()));
                    }
                    false
                }
                ')' => {
                    self.out.push(')');
                    true
                }
                '^' | '$' | '|' => {
                    self.out.push(character);
                    false
                }
                '?' | '*' | '+' | '{' if is_repeatable => {
                    self.quantifier(character)?;
                    false
                }
                '?' | '*' | '+' | '{' => {
                    return Err(self.unknown(format!("quantifier {character}")));
                }
                literal => {
                    self.literal(literal);
                    true
                }
            };
        }
        Ok(())
    }

    fn quantifier(&mut self, sign: char) -> Result<(), PatternError> {
        self.out.push(sign);
        if sign == '{' {
            let rest = self.rest;
            let (bounds, rest) = rest
                .split_once('}')
                .filter(|(bounds, _)| {
                    let (least, most) = bounds.split_once(',').unwrap_or((bounds, ""));
                    !least.is_empty()
                        && (least.bytes().chain(most.bytes())).all(|b| b.is_ascii_digit())
                })
                .ok_or_else(|| self.unknown("quantifier {".to_owned()))?;
            self.out.extend([bounds, "}"]);
            self.rest = rest;
        }
        if self.eat("?") {
            self.out.push('?');
        }
        Ok(())
    }

    fn class(&mut self) -> Result<(), PatternError> {
        let is_negated = self.eat("^");
        if self.eat("]") {
            // Nothing and everything; the regex crate reads a literal `]` there.
            self.out.push_str(if is_negated {
                r"[\u{0}-\u{10FFFF}]"
            } else {
                r"[^\u{0}-\u{10FFFF}]"
            });
            return Ok(());
        }
        self.out.push_str(if is_negated { "[^" } else { "[" });
        while !self.eat("]") {
            let first = self.class_atom()?;
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            match first {
                Atom::Literal(first) if is_range => {
                    self.eat("-");
                    let Atom::Literal(last) = self.class_atom()? else {
                        return Err(self.unknown("range to a set".to_owned()));
                    };
                    self.literal(first);
                    self.out.push('-');
                    self.literal(last);
                }
                Atom::Shorthand(_) if is_range => {
                    return Err(self.unknown("range from a set".to_owned()));
                }
                Atom::Literal(literal) => self.literal(literal),
                Atom::Shorthand(characters) => self.out.push_str(characters),
            }
        }
        self.out.push(']');
        Ok(())
    }

    fn class_atom(&mut self) -> Result<Atom, PatternError> {
        match self.next() {
            Some('\\') => self.escape(),
            Some(literal) => Ok(Atom::Literal(literal)),
            None => Err(PatternError::Invalid {
                pattern: self.source.to_owned(),
                reason: "unclosed character class".to_owned(),
            }),
        }
    }

    /// What comes after a backslash.
    fn escape(&mut self) -> Result<Atom, PatternError> {
        match self.next() {
            // Those of the regex crate contain all of Unicode.
            Some('d') => Ok(Atom::Shorthand("0-9")),
            Some('w') => Ok(Atom::Shorthand("0-9A-Za-z_")),
            Some(literal) if !literal.is_ascii_alphanumeric() => Ok(Atom::Literal(literal)),
            other => {
                let escaped = other.map(String::from).unwrap_or_default();
                Err(self.unknown(format!("escape \\{escaped}")))
            }
        }
    }

    /// Writes a character that means itself, in a class or outside.
    fn literal(&mut self, literal: char) {
        if r"\.+*?()|[]{}^$#&-~".contains(literal) {
            self.out.push('\\');
        }
        self.out.push(literal);
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.chars().next()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn unknown(&self, syntax: String) -> PatternError {
        PatternError::Unknown {
            pattern: self.source.to_owned(),
            syntax,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(source: &str) -> Result<Pattern, PatternError> {
        Pattern::new(source.to_owned())
    }

    #[test]
    fn patterns_mean_what_they_mean_in_ecma_262() {
        for (source, matching, others) in [
            (
                r"^\d[\d_]\w$",
                &["1_a", "12_"][..],
                &["٥_a", "1_é", "1_a\n"][..],
            ),
            ("^[a&&b]$", &["a", "&", "b"], &["c", "&&"]),
            ("^[a~~b]$", &["a", "~", "b"], &["c"]),
            ("^[!--]$", &["!", "-", ","], &["."]),
            ("^[a-]$", &["a", "-"], &["b"]),
            ("^[-a]$", &["a", "-"], &["b"]),
            ("^[a[b]$", &["a", "[", "b"], &["c"]),
            ("^[[:alpha:]]$", &["[]", "a]", ":]"], &["a", "b", "b]"]),
            ("^[^[]$", &["a", "]"], &["["]),
            ("^[a^]$", &["a", "^"], &["b"]),
            ("[]a]", &[], &["]", "a", ""]),
            ("^[^]$", &["]", "\n"], &["", "ab"]),
            (r"^[\]\-\\]$", &["]", "-", r"\"], &["a"]),
            (r"^\<a\>$", &["<a>"], &["a"]),
            ("^.$", &["a", "é", "💧"], &["\n", "\r", "\u{2028}", ""]),
            ("^(?:a|b)c?$", &["a", "bc"], &["c", "abc"]),
            ("^a{2,3}b{1}c{0,}?$", &["aab", "aaabcc"], &["ab", "aabb"]),
            ("^a #b$", &["a #b"], &["a", "ab"]),
            ("^a]}$", &["a]}"], &["a"]),
            ("^(a??b+?)*?$", &["", "bab"], &["a"]),
        ] {
            let pattern = pattern(source).expect(source);
            for text in matching {
                assert!(pattern.is_match(text), "{source} {text:?}");
            }
            for text in others {
                assert!(!pattern.is_match(text), "{source} {text:?}");
            }
        }
    }

    #[test]
    fn what_the_regex_crate_alone_knows_is_an_error() {
        for (source, syntax) in [
            ("(?i)a", "group (?"),
            ("(?P<n>a)", "group (?"),
            ("(?=a)", "group (?"),
            (r"\Aa", r"escape \A"),
            (r"\pL", r"escape \p"),
            (r"a\", r"escape \"),
            ("a**", "quantifier *"),
            ("a++", "quantifier +"),
            ("^*", "quantifier *"),
            ("(*a)", "quantifier *"),
            ("{", "quantifier {"),
            ("a{,2}", "quantifier {"),
            ("a{ 2}", "quantifier {"),
            (r"[a-\d]", "range to a set"),
            (r"[\d-a]", "range from a set"),
        ] {
            let error = pattern(source).expect_err(source);
            let pattern = source.to_owned();
            let syntax = syntax.to_owned();
            assert_eq!(error, PatternError::Unknown { pattern, syntax });
        }
    }

    #[test]
    fn a_pattern_that_does_not_compile_is_an_error() {
        for (source, message) in [
            ("(", "the pattern \"(\" is invalid: unclosed group"),
            ("a)", "the pattern \"a)\" is invalid: unopened group"),
            (
                "[a",
                "the pattern \"[a\" is invalid: unclosed character class",
            ),
            (
                "[b-a]",
                "the pattern \"[b-a]\" is invalid: invalid character class range, \
                 the start must be <= the end",
            ),
            (
                "a{2,1}",
                "the pattern \"a{2,1}\" is invalid: invalid repetition count range, \
                 the start must be <= the end",
            ),
            (
                "a{1000}{1000}",
                "unknown quantifier { in the pattern \"a{1000}{1000}\"",
            ),
            (
                "((a{1000}){1000}){1000}",
                "the pattern \"((a{1000}){1000}){1000}\" is invalid: \
                 Compiled regex exceeds size limit of 10485760 bytes.",
            ),
        ] {
            assert_eq!(pattern(source).expect_err(source).to_string(), message);
        }
    }
}
