//! Slips of the hand in JSON text: what happens to payloads that people edit, and what they meant.

use std::ops::Range;

use serde_json::Value;

use super::payload::{Random, Recipe};

/// The ways to slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    QuoteDropped,
    QuoteDoubled,
    CommaDropped,
    CommaDoubled,
    ColonDropped,
    ColonDoubled,
    BracketDropped,
    BracketDoubled,
    ValueUnquoted,
    NameUnquoted,
    QuoteInString,
    StrayCharacter,
    NoBreakSpace,
    CurlyQuotes,
    LineBreakInString,
    BareValueAndComma,
    NewlineEscape,
    WrongClosingQuote,
    DecimalComma,
    MethodCall,
    ShellQuotes,
}

/// Those that are more than a slip, of which the text is likely to be misread.
pub(crate) const MISREAD: [Kind; 6] = [
    Kind::BareValueAndComma,
    Kind::NewlineEscape,
    Kind::WrongClosingQuote,
    Kind::DecimalComma,
    Kind::MethodCall,
    Kind::ShellQuotes,
];

pub(crate) const KINDS: [Kind; 15] = [
    Kind::QuoteDropped,
    Kind::QuoteDoubled,
    Kind::CommaDropped,
    Kind::CommaDoubled,
    Kind::ColonDropped,
    Kind::ColonDoubled,
    Kind::BracketDropped,
    Kind::BracketDoubled,
    Kind::ValueUnquoted,
    Kind::NameUnquoted,
    Kind::QuoteInString,
    Kind::StrayCharacter,
    Kind::NoBreakSpace,
    Kind::CurlyQuotes,
    Kind::LineBreakInString,
];

/// A text with slips.
#[derive(Debug)]
pub(crate) struct Slipped {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) text: String,
    /// Where the slips are in the text: the tokens that they touch.
    pub(crate) places: Vec<Range<usize>>,
}

/// One replacement.
struct Change {
    kind: Kind,
    at: Range<usize>,
    slip: String,
    /// How far the tokens reach that the slip touches.
    token: Range<usize>,
}

/// A payload as it was meant, and with so many slips of some kinds. None if it has no place for one, or is JSON
/// with them.
pub(crate) fn payload(
    number: u64,
    slips: usize,
    of: &[Kind],
    random: &mut Random,
) -> Option<(String, Slipped)> {
    let size = random.pick(&[500, 1_200, 3_000]);
    let mut recipe = Recipe::new(number % 40, size);
    if random.once_in(2) {
        recipe = recipe.pretty();
    }
    let meant = recipe.build();
    let kinds: Vec<Kind> = (0..slips).map(|_| random.pick(of)).collect();
    let slipped = slipped(&meant, &kinds, random)?;
    let is_json = serde_json::from_str::<Value>(&slipped.text).is_ok();
    (!is_json).then_some((meant, slipped))
}

/// Whether a text is JSON, and then whether it is what was meant but for what a slip may leave in a string: a
/// quote or a line break, escaped.
pub(crate) fn is_meant(text: &str, meant: &str) -> Option<bool> {
    let value = serde_json::from_str(text).ok()?;
    let meant = serde_json::from_str(meant).expect("a payload");
    Some(without_traces(value) == without_traces(meant))
}

fn without_traces(value: Value) -> Value {
    let plain = |text: String| text.replace(['"', '\n'], "");
    match value {
        Value::String(text) => Value::String(plain(text)),
        Value::Array(list) => list.into_iter().map(without_traces).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (plain(name), without_traces(value)))
            .collect(),
        other => other,
    }
}

/// A valid text with slips of the given kinds, far enough from one another to be different ones. None
/// if the text has no place for one.
fn slipped(text: &str, kinds: &[Kind], random: &mut Random) -> Option<Slipped> {
    let tokens = tokens(text);
    let mut changes: Vec<Change> = Vec::new();
    for kind in kinds {
        let change = (0..20).find_map(|_| {
            let change = change(text, &tokens, *kind, random)?;
            let is_apart = |other: &Change| {
                other.token.end + 12 < change.token.start
                    || change.token.end + 12 < other.token.start
            };
            changes.iter().all(is_apart).then_some(change)
        });
        changes.push(change?);
    }
    changes.sort_by_key(|change| change.at.start);
    let mut slipped = Slipped {
        kinds: changes.iter().map(|change| change.kind).collect(),
        text: String::new(),
        places: Vec::new(),
    };
    let mut position = 0;
    for change in &changes {
        let between = &text[position..change.at.start];
        slipped.text.push_str(between);
        let start = slipped.text.len();
        slipped.text.push_str(&change.slip);
        let before = change.at.start - change.token.start;
        let after = change.token.end - change.at.end;
        slipped
            .places
            .push(start.saturating_sub(before)..slipped.text.len() + after);
        position = change.at.end;
    }
    slipped.text.push_str(&text[position..]);
    Some(slipped)
}

/// The tokens of a valid text.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b' ' | b'\n' | b'\r' | b'\t' => {
                at += 1;
                continue;
            }
            b'"' => {
                at += 1;
                while bytes[at] != b'"' {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                at += 1;
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => at += 1,
            _ => {
                while at < bytes.len() && !b",:{}[] \r\n\t".contains(&bytes[at]) {
                    at += 1;
                }
            }
        }
        tokens.push(start..at);
    }
    tokens
}

fn change(text: &str, tokens: &[Range<usize>], kind: Kind, random: &mut Random) -> Option<Change> {
    let number = random.below(tokens.len());
    // The next token that the slip can be made in.
    let fits = |at: &usize| {
        let token = &tokens[*at];
        let raw = &text[token.clone()];
        let is_name = tokens
            .get(at + 1)
            .is_some_and(|next| &text[next.clone()] == ":");
        match kind {
            Kind::QuoteDropped | Kind::QuoteDoubled | Kind::CurlyQuotes => raw.starts_with('"'),
            Kind::QuoteInString | Kind::LineBreakInString => {
                raw.starts_with('"') && raw.len() > 6 && !raw.contains('\\')
            }
            Kind::ValueUnquoted => {
                let content = raw.trim_matches('"');
                raw.starts_with('"')
                    && !is_name
                    && !raw.contains('\\')
                    && content.contains(|c: char| c.is_alphabetic())
                    && !["true", "false", "null"].contains(&content)
            }
            Kind::BareValueAndComma => {
                let next = tokens.get(at + 1);
                raw.starts_with('"')
                    && !is_name
                    && !raw.contains('\\')
                    && raw.contains(|c: char| c.is_alphabetic())
                    && next.is_some_and(|next| &text[next.clone()] == ",")
            }
            Kind::WrongClosingQuote | Kind::MethodCall | Kind::ShellQuotes => {
                raw.starts_with('"') && !is_name && raw.len() > 4 && !raw.contains('\\')
            }
            Kind::NewlineEscape => [",", "{", "[", "}", "]"].contains(&raw),
            Kind::DecimalComma => raw.contains('.') && raw.parse::<f64>().is_ok(),
            Kind::NameUnquoted => is_name,
            Kind::CommaDropped | Kind::CommaDoubled => raw == ",",
            Kind::ColonDropped | Kind::ColonDoubled => raw == ":",
            Kind::BracketDropped | Kind::BracketDoubled => ["{", "}", "[", "]"].contains(&raw),
            Kind::StrayCharacter | Kind::NoBreakSpace => true,
        }
    };
    let at = (number..tokens.len()).chain(0..number).find(fits)?;
    let token = tokens[at].clone();
    let raw = &text[token.clone()];
    let kept = |slip: String| {
        Some(Change {
            kind,
            at: token.clone(),
            slip,
            token: token.clone(),
        })
    };
    match kind {
        Kind::QuoteDropped if random.once_in(2) => kept(raw[1..].to_owned()),
        Kind::QuoteDropped => kept(raw[..raw.len() - 1].to_owned()),
        Kind::QuoteDoubled if random.once_in(2) => kept(format!("\"{raw}")),
        Kind::QuoteDoubled => kept(format!("{raw}\"")),
        Kind::CommaDropped | Kind::ColonDropped | Kind::BracketDropped => {
            let mut change = kept(String::new())?;
            // What is missing is between its neighbours.
            change.token.start = at.checked_sub(1).map_or(0, |before| tokens[before].start);
            change.token.end = tokens.get(at + 1).map_or(text.len(), |next| next.end);
            Some(change)
        }
        Kind::CommaDoubled | Kind::ColonDoubled | Kind::BracketDoubled => kept(raw.repeat(2)),
        Kind::ValueUnquoted | Kind::NameUnquoted => kept(raw.trim_matches('"').to_owned()),
        Kind::QuoteInString => {
            let content = &raw[1..raw.len() - 1];
            let mut offsets = content.char_indices().map(|(at, _)| at).skip(1);
            let count = offsets.clone().count().max(1);
            let first = offsets.nth(random.below(count))?;
            let (before, after) = content.split_at(first);
            if random.once_in(2) && after.len() > 2 {
                let offsets = after.char_indices().map(|(at, _)| at);
                let second = offsets.skip(1).nth(random.below(2))?;
                let (inner, after) = after.split_at(second);
                return kept(format!("\"{before}\"{inner}\"{after}\""));
            }
            kept(format!("\"{before}\"{after}\""))
        }
        Kind::StrayCharacter => {
            let stray = random.pick(&[";", "@", "•", "`", "|", ")", "*", "=", "."]);
            if random.once_in(2) {
                kept(format!("{stray}{raw}"))
            } else {
                kept(format!("{raw}{stray}"))
            }
        }
        Kind::NoBreakSpace => {
            let space = random.pick(&[
                "\u{a0}",
                "\u{a0}\u{a0}",
                "\u{200b}",
                "\u{3000}",
                "\u{2028}",
                "\u{feff}",
                "\u{c}",
            ]);
            if random.once_in(2) {
                kept(format!("{space}{raw}"))
            } else {
                kept(format!("{raw}{space}"))
            }
        }
        Kind::CurlyQuotes => {
            let content = &raw[1..raw.len() - 1];
            kept(match random.below(3) {
                0 => format!("“{content}”"),
                1 => format!("“{content}\""),
                _ => format!("\"{content}”"),
            })
        }
        Kind::BareValueAndComma => {
            let other = random.pick(&[";", " ", "", "|", "\t", "\\n"]);
            let mut change = kept(format!("{}{other}", &raw[1..raw.len() - 1]))?;
            change.at.end = tokens[at + 1].end;
            change.token.end = change.at.end;
            Some(change)
        }
        Kind::NewlineEscape => kept(if random.once_in(2) {
            format!("{raw}\\n")
        } else {
            format!("\\n  {raw}")
        }),
        Kind::WrongClosingQuote => {
            let content = &raw[1..raw.len() - 1];
            kept(match random.below(3) {
                0 => format!("\"{content}'"),
                1 => format!("'{content}\""),
                _ => format!("'{content}\\'"),
            })
        }
        Kind::DecimalComma => kept(raw.replace('.', ",")),
        Kind::MethodCall => {
            let call = random.pick(&[".trim()", ".toString()", ".slice(0, 40)"]);
            kept(format!("{raw}{call}"))
        }
        Kind::ShellQuotes => {
            let content = &raw[1..raw.len() - 1];
            let offsets = content.char_indices().map(|(at, _)| at);
            let middle = offsets.take_while(|at| *at <= content.len() / 2).last()?;
            let (before, after) = content.split_at(middle);
            kept(format!("\"{before}'\\''{after}\""))
        }
        Kind::LineBreakInString => {
            let content = &raw[1..raw.len() - 1];
            let offsets: Vec<usize> = content.char_indices().map(|(at, _)| at).skip(1).collect();
            let (before, after) = content.split_at(random.pick(&offsets));
            kept(format!("\"{before}\n{after}\""))
        }
    }
}
