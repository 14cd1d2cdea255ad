//! The edits that may repair a text where its reading stops.

use crate::escape::quote;
use crate::repair::edit::Edit;
use crate::repair::lexer::{Lexeme, Token, escaped, is_foreign_quote, junk_end};
use crate::repair::reader::{Checkpoint, State};
use crate::scan::{trim_end, trim_start};
use crate::syntax_error::{Certainty, SyntaxErrorKind as Kind};

/// A token that was read, and where the reader was before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) before: Checkpoint,
    pub(super) lexeme: Lexeme,
}

/// One way to repair a text.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) kind: Kind,
    /// What is reported.
    pub(super) start: usize,
    pub(super) end: usize,
    /// In the order of the text.
    pub(super) edits: Vec<Edit>,
    /// The price, in tenths of a usual edit.
    pub(super) cost: u32,
    /// The best that can be said of it.
    pub(super) certainty: Certainty,
    /// Whether the value at the first edit is none.
    pub(super) is_invalid: bool,
    /// Where the reader goes back to.
    pub(super) from: Checkpoint,
}

/// The prices of edits, in tenths of a usual one.
mod cost {
    pub(super) const USUAL: u32 = 10;
    pub(super) const DOUBLE_QUOTE: u32 = 7;
    pub(super) const BRACKET: u32 = 12;
    pub(super) const SWAP: u32 = 13;
    pub(super) const STRAY_LETTERS: u32 = 18;
    pub(super) const QUOTE_RUN: u32 = 12;
    pub(super) const QUOTE_IN_RUN: u32 = 10;
    pub(super) const INNER_QUOTE: u32 = 3;
    pub(super) const BACKSLASH: u32 = 13;
    pub(super) const NO_VALUE: u32 = 16;
    pub(super) const UNKNOWN_VALUE: u32 = 26;
    pub(super) const NO_NAME: u32 = 20;
    /// For a token of JSON in the place of another one.
    pub(super) const OTHER_TOKEN: u32 = 6;
    /// For giving up the rest of the text, and for another value after the first one.
    pub(super) const REST: u32 = 30;
    pub(super) const NEXT_VALUE: u32 = 12;
    /// For a bracket as many tokens before the stop.
    pub(super) const TOKENS_FOR_ONE: u32 = 6;
}

/// How many ends of a string or run are tried.
const MAX_ENDS: usize = 6;
/// How far the end of a run without quotes may be, in bytes.
const MAX_RUN: usize = 240;

/// Whether a text has a place for a value that a template engine would have filled.
fn is_template(text: &str) -> bool {
    ["{{", "}}", "${", "{%", "%}", "<%", "%>"]
        .iter()
        .any(|mark| text.contains(mark))
}

/// Where reading stopped, and what was read before.
pub(super) struct Stop<'s> {
    pub(super) text: &'s str,
    /// The token that did not fit.
    pub(super) lexeme: Lexeme,
    pub(super) at: Checkpoint,
    /// The tokens before it that may be edited.
    pub(super) steps: &'s [Step],
    /// Earlier tokens that looked unlike what was expected; indices of `steps`.
    pub(super) sites: &'s [usize],
    /// How many of the last tokens may be edited.
    pub(super) window: usize,
    /// Whether nothing but a string is expected where reading stopped.
    pub(super) is_text_expected: bool,
}

impl Stop<'_> {
    /// All candidates.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut all = Vec::with_capacity(64);
        self.at_stop(&mut all);
        // A text that begins with a word is none that lacks its bracket.
        if !self.at.is_root() || self.byte(self.lexeme.start) == b'"' {
            self.missing_brackets(self.at, self.lexeme.start, 0, &mut all);
        }
        self.strings(&mut all);
        self.runs(&mut all);
        all.extend(self.decimal_comma());
        all.extend(self.method_call());
        let nearest = self.steps.len().saturating_sub(self.window);
        for at in (nearest..self.steps.len()).rev() {
            self.brackets(at, &mut all);
        }
        for site in self.sites.iter().filter(|site| **site < nearest) {
            for at in site.saturating_sub(2)..=*site {
                self.brackets(at, &mut all);
            }
        }
        for candidate in &mut all {
            if candidate.kind != Kind::ExtraQuote {
                for edit in &mut candidate.edits {
                    self.keep_apart(edit);
                }
            }
        }
        all
    }

    /// Leaves a space where a deletion would make one token of two.
    fn keep_apart(&self, edit: &mut Edit) {
        let is_word = |c: Option<char>| {
            c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-'))
        };
        let range = edit.span.range();
        if edit.text.is_empty()
            && is_word(self.slice(0, range.start).chars().next_back())
            && is_word(self.slice(range.end, self.text.len()).chars().next())
        {
            edit.text = " ".into();
        }
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn candidate(
        &self,
        kind: Kind,
        start: usize,
        end: usize,
        edits: Vec<Edit>,
        cost: u32,
    ) -> Candidate {
        Candidate {
            kind,
            start,
            end,
            edits,
            cost,
            certainty: Certainty::Certain,
            is_invalid: false,
            from: self.at,
        }
    }

    /// Inserts, deletes or replaces one token where reading stopped.
    fn at_stop(&self, all: &mut Vec<Candidate>) {
        let before = self.at.position;
        let (start, end) = (self.lexeme.start, self.lexeme.end);
        let insert = |kind, at, text: &'static str, cost| {
            self.candidate(kind, at, at, vec![Edit::new(at, at, text)], cost)
        };
        match self.at.state {
            State::AfterValue => {
                all.push(insert(Kind::MissingComma, before, ",", cost::USUAL));
            }
            State::Colon => {
                all.push(insert(Kind::MissingColon, before, ":", cost::USUAL));
                if matches!(self.lexeme.token, Token::Punctuation(b',' | b'}' | b']')) {
                    let mut none = insert(Kind::MissingColon, before, ":", cost::NO_VALUE);
                    none.edits.push(Edit::new(before, before, "null"));
                    none.is_invalid = true;
                    none.certainty = Certainty::Unknown;
                    all.push(none);
                }
            }
            State::Name | State::FirstName => {
                // A value without a name gets an empty one.
                let name = match self.lexeme.token {
                    Token::Punctuation(b':') => Some("\"\""),
                    Token::Punctuation(b'{' | b'[') => Some("\"\":"),
                    _ => None,
                };
                if let Some(name) = name {
                    let mut none = insert(Kind::NameNotString, start, name, cost::NO_NAME);
                    (none.end, none.certainty) = (end, Certainty::Unknown);
                    all.push(none);
                }
            }
            State::AfterRoot if self.lexeme.token != Token::End => {
                let end = trim_end(self.text).len();
                let is_value = matches!(self.lexeme.token, Token::Punctuation(b'{' | b'['));
                let price = if is_value {
                    cost::NEXT_VALUE
                } else {
                    cost::REST
                };
                let rest = vec![Edit::new(start, end, "")];
                let mut rest = self.candidate(Kind::TextAfterValue, start, end, rest, price);
                rest.certainty = Certainty::Unknown;
                all.push(rest);
            }
            State::Value | State::Element | State::FirstElement => {
                let is_closed = matches!(self.lexeme.token, Token::Punctuation(b',' | b'}' | b']'));
                if is_closed {
                    let mut none = insert(Kind::MissingValue, start, "null", cost::NO_VALUE);
                    none.is_invalid = true;
                    none.certainty = Certainty::Unknown;
                    all.push(none);
                }
            }
            State::AfterRoot => {}
        }
        if self.lexeme.token == Token::End {
            return;
        }
        let junk = self.slice(start, junk_end(self.text, start));
        let is_root = self.at.is_root();
        let is_fence = is_root && junk.contains('`');
        if self.lexeme.token == Token::Unknown && !junk.contains(char::is_alphanumeric) && !is_fence
        {
            let end = start + junk.len();
            let edits = vec![Edit::new(start, end, "")];
            let kind = Kind::UnexpectedCharacter;
            let mut delete = self.candidate(kind, start, end, edits, cost::USUAL + 2);
            delete.certainty = Certainty::Likely;
            all.push(delete);
        }
        if self.at.state.takes_value() && !is_root && self.lexeme.token == Token::Unknown {
            let end = junk_end(self.text, start);
            let edits = vec![Edit::new(start, end, "null")];
            let kind = Kind::UnexpectedCharacter;
            let mut none = self.candidate(kind, start, end, edits, cost::UNKNOWN_VALUE);
            none.is_invalid = true;
            none.certainty = Certainty::Unknown;
            all.push(none);
        }
        let raw = self.slice(start, end);
        let first = raw.chars().next().unwrap_or(' ');
        let first_end = start + first.len_utf8();
        // Something that is one character too many.
        let is_letter = first.is_alphanumeric();
        if !is_letter && !is_fence || is_letter && raw.len() <= 2 && !is_root {
            let (delete_end, price) = if is_letter {
                (end, cost::STRAY_LETTERS)
            } else {
                (first_end, cost::USUAL)
            };
            let kind = match first {
                ',' => Kind::ExtraComma,
                ':' if self.text[..start].ends_with(':') => Kind::ExtraColon,
                '"' => Kind::ExtraQuote,
                _ => Kind::UnexpectedCharacter,
            };
            let price = if matches!(first, '{' | '}' | '[' | ']') {
                cost::BRACKET
            } else {
                price
            };
            let mut delete = self.candidate(
                kind,
                start,
                delete_end,
                vec![Edit::new(start, delete_end, "")],
                price,
            );
            if !matches!(first, ',' | ':' | ';' | '"' | '}' | ']') && !first.is_whitespace() {
                delete.certainty = Certainty::Likely;
            }
            all.push(delete);
        }
        // One character in the place of another.
        let wanted = match self.at.state {
            State::AfterValue => Some((",", Kind::MissingComma)),
            State::Colon => Some((":", Kind::MissingColon)),
            _ => None,
        };
        if let Some((text, kind)) = wanted
            && !is_letter
            && !matches!(first, '"' | '{' | '[' | '}' | ']' | '-' | '+' | '\'' | '/')
            && !is_foreign_quote(first)
        {
            let rest = &self.text[start..];
            let length = if rest.starts_with("=>") || rest.starts_with("==") {
                2
            } else {
                first.len_utf8()
            };
            let swap = vec![Edit::new(start, start + length, text)];
            let other = if matches!(first, ',' | ':') {
                cost::OTHER_TOKEN
            } else {
                1
            };
            all.push(self.candidate(kind, start, start + length, swap, cost::USUAL + other));
        }
        if is_foreign_quote(first) {
            let edits = vec![Edit::new(start, first_end, "\"")];
            let kind = Kind::ForeignQuotes;
            let mut swap = self.candidate(kind, start, first_end, edits, cost::USUAL);
            if first == '\'' {
                swap.certainty = Certainty::Likely;
            }
            all.push(swap);
        }
        if let Token::Punctuation(byte) = self.lexeme.token
            && let Some(other) = other_bracket(byte)
        {
            let swap = vec![Edit::new(start, end, other)];
            all.push(self.candidate(Kind::WrongBracket, start, end, swap, cost::SWAP));
        }
        // A number or literal with one character too many at its end, such as `30;`.
        if self.lexeme.token == Token::Unknown && is_letter {
            let rest = &self.text[start..];
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '+'))
                .unwrap_or(rest.len());
            let length = rest[..length].trim_end_matches(['.', '-', '+']).len();
            let after = rest[length..].chars().next();
            if let Some(stray) = after.filter(|c| {
                !c.is_whitespace() && !matches!(c, '"' | ',' | ':' | '}' | ']' | '{' | '[')
            }) {
                let at = start + length;
                let stray_end = at + stray.len_utf8();
                let edits = vec![Edit::new(at, stray_end, "")];
                let mut delete = self.candidate(
                    Kind::UnexpectedCharacter,
                    at,
                    stray_end,
                    edits,
                    cost::USUAL + 2,
                );
                delete.certainty = Certainty::Likely;
                all.push(delete);
            }
        }
        // A quote that opens what is read as a word.
        if self.lexeme.token == Token::Unknown && !is_foreign_quote(first) && first != '"' {
            all.push(insert(Kind::MissingQuote, start, "\"", cost::USUAL));
        }
    }

    /// The last strings before the stop, and the one at it if it does not end.
    fn last_strings(&self) -> impl Iterator<Item = (Checkpoint, Lexeme)> {
        let unread = (self.lexeme.token == Token::Unknown && self.byte(self.lexeme.start) == b'"')
            || self.lexeme.token == Token::String;
        let at_stop = unread.then_some((self.at, self.lexeme));
        let earlier = self.steps.iter().rev().take(4);
        let earlier = earlier
            .filter(|step| step.lexeme.token == Token::String)
            .map(|step| (step.before, step.lexeme));
        at_stop.into_iter().chain(earlier.take(2))
    }

    /// Strings that end too late or too early.
    fn strings(&self, all: &mut Vec<Candidate>) {
        for (distance, (from, lexeme)) in self.last_strings().enumerate() {
            let (start, end) = (lexeme.start, lexeme.end);
            if self.byte(start) != b'"' {
                continue;
            }
            let distance = distance as u32;
            let is_at_stop = start == self.lexeme.start;
            self.missing_quotes(from, start, distance, all);
            self.inner_quotes(from, start, distance, all);
            // A quote too many.
            let is_whole = end > start + 1 && self.byte(end - 1) == b'"';
            for at in [Some(start), is_whole.then(|| end - 1)]
                .into_iter()
                .flatten()
            {
                if is_at_stop && at == start {
                    continue;
                }
                let edits = vec![Edit::new(at, at + 1, "")];
                // Two quotes beside each other are one that was typed twice.
                let is_double = end - start == 2 || self.byte(at + 1) == b'"';
                let price = if is_double {
                    cost::DOUBLE_QUOTE
                } else {
                    cost::USUAL
                };
                let mut delete =
                    self.candidate(Kind::ExtraQuote, at, at + 1, edits, price + distance);
                delete.from = from;
                all.push(delete);
            }
            // A backslash before the quote that was meant to end the string.
            let content = self.slice(start, end);
            for (at, _) in content.match_indices("\\\"").take(3) {
                let at = start + at;
                let edits = vec![Edit::new(at, at, "\\")];
                let mut double = self.candidate(
                    Kind::InvalidEscape,
                    at,
                    at + 1,
                    edits,
                    cost::BACKSLASH + distance,
                );
                double.from = from;
                double.certainty = Certainty::Likely;
                all.push(double);
            }
        }
    }

    /// The string ends before a delimiter inside it.
    fn missing_quotes(
        &self,
        from: Checkpoint,
        start: usize,
        distance: u32,
        all: &mut Vec<Candidate>,
    ) {
        let rest = &self.text.as_bytes()[start + 1..];
        let mut ends = 0;
        let mut last = usize::MAX;
        for (at, byte) in rest.iter().enumerate().take(4 * MAX_RUN) {
            let is_newline = matches!(byte, b'\n' | b'\r');
            if *byte == b'"' && (at == 0 || rest[at - 1] != b'\\') {
                break;
            }
            if !is_newline && !matches!(byte, b',' | b':' | b'}' | b']') {
                continue;
            }
            // White space before the delimiter was hardly meant.
            let content = self.slice(start + 1, start + 1 + at);
            let length = trim_end(content).len();
            let end = start + 1 + length;
            if end != last {
                last = end;
                let content = &content[..length];
                let foreign = content.chars().next_back();
                let foreign = foreign.filter(|c| is_foreign_quote(*c));
                let (kind, begin) = match foreign {
                    Some(quote) => (Kind::ForeignQuotes, end - quote.len_utf8()),
                    None => (Kind::MissingQuote, end),
                };
                let edits = vec![Edit::new(begin, end, "\"")];
                let price = cost::USUAL + distance + u32::from(length == 0) * 4;
                let mut insert = self.candidate(kind, begin, end, edits, price);
                insert.from = from;
                if foreign == Some('\'') {
                    // It may be an apostrophe.
                    insert.certainty = Certainty::Likely;
                }
                all.push(insert);
                ends += 1;
            }
            if is_newline || ends == MAX_ENDS {
                break;
            }
        }
    }

    /// The string goes on behind quotes and control characters, which are escaped.
    fn inner_quotes(
        &self,
        from: Checkpoint,
        start: usize,
        distance: u32,
        all: &mut Vec<Candidate>,
    ) {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let mut inner: Vec<usize> = Vec::new();
        let mut tried = 0;
        let limit = bytes.len().min(start + 8 * MAX_RUN);
        while at < limit && tried < MAX_ENDS {
            match bytes[at] {
                b'\\' => at += 1,
                b'"' => {
                    let next = trim_start(self.text.get(at + 1..).unwrap_or_default());
                    let ends = next.is_empty() || next.starts_with([',', ':', '}', ']']);
                    if ends && at >= self.at.position.min(self.lexeme.start) {
                        self.whole_string(from, start, at, &inner, distance, all);
                        tried += 1;
                    }
                    inner.push(at);
                    if inner.len() > 8 {
                        return;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// The string from one offset up to the quote at another one, with what has to be escaped in it.
    fn whole_string(
        &self,
        from: Checkpoint,
        start: usize,
        end: usize,
        quotes: &[usize],
        distance: u32,
        all: &mut Vec<Candidate>,
    ) {
        let mut push = |kind, first: usize, last: usize, edits, price, certainty| {
            let mut candidate = self.candidate(kind, first, last, edits, price);
            candidate.from = from;
            candidate.certainty = certainty;
            all.push(candidate);
        };
        let content = self.slice(start + 1, end);
        let is_name = from.state.takes_name();
        let is_plain = !content.contains([':', ',', '{', '[']);
        if is_name && is_plain && content.len() < MAX_RUN {
            // A name that is known is worth more than what got into it.
            let odd = content.char_indices().map(|(at, c)| (start + 1 + at, c));
            let odd = odd.filter(|(at, c)| *c < ' ' || quotes.contains(at));
            let removed: Vec<Edit> = odd.map(|(at, _)| Edit::new(at, at + 1, "")).collect();
            if let (Some(first), Some(last)) = (removed.first(), removed.last()) {
                let (first, last) = (first.span.start as usize, last.span.end as usize);
                let more = cost::INNER_QUOTE * (removed.len() as u32 - 1);
                let (kind, last) = if quotes.is_empty() {
                    (Kind::ControlCharacter, first + 1)
                } else {
                    (Kind::ExtraQuote, last)
                };
                let extra = if quotes.is_empty() { 2 } else { 0 };
                push(
                    kind,
                    first,
                    last,
                    removed,
                    cost::USUAL + more + extra,
                    Certainty::Certain,
                );
            }
        }
        let Some(edit) = escaped(self.text, start + 1, end, quotes) else {
            return;
        };
        let range = edit.span.range();
        let breaks = self
            .slice(range.start, range.end)
            .bytes()
            .filter(|byte| *byte < 0x20)
            .count();
        let extra = quotes.len().max(1) - 1 + breaks.saturating_sub(1);
        let price = cost::USUAL + distance + cost::INNER_QUOTE * extra as u32;
        let first = self.text[range.start..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        let (kind, last, certainty) = if !quotes.is_empty() {
            (Kind::UnescapedQuote, range.end, Certainty::Certain)
        } else if self.byte(range.start) == b'\\' {
            // As other languages continue a string on the next line.
            (Kind::InvalidEscape, range.start + 2, Certainty::Likely)
        } else {
            (
                Kind::ControlCharacter,
                range.start + first,
                Certainty::Certain,
            )
        };
        push(kind, range.start, last, vec![edit], price, certainty);
    }

    /// Text that was meant to be a string and has no quotes.
    fn runs(&self, all: &mut Vec<Candidate>) {
        let mut starts = Vec::new();
        if self.lexeme.token == Token::Unknown
            && !self.at.is_root()
            && (self.at.state.takes_value() || self.at.state.takes_name())
            && self.byte(self.lexeme.start) != b'"'
        {
            starts.push((self.at, self.lexeme.start, 0));
        }
        // What began like a number or a literal.
        if let Some(step) = self.steps.last()
            && matches!(step.lexeme.token, Token::Scalar(_))
            && matches!(self.at.state, State::AfterValue | State::AfterRoot)
        {
            starts.push((step.before, step.lexeme.start, 2));
            let at = step.lexeme.start;
            let edits = vec![Edit::new(at, at, "\"")];
            let mut open = self.candidate(Kind::MissingQuote, at, at, edits, cost::USUAL);
            open.from = step.before;
            all.push(open);
        }
        let end = trim_end(self.text).len();
        for (from, start, more) in starts {
            let rest = &self.text[start..];
            // A run may end with the text, if that is near: the rest of a long one is not searched.
            let text_end = (end <= start + MAX_RUN).then_some((rest.len(), b'\n'));
            let mut ends = 0;
            let mut last = usize::MAX;
            for (at, byte) in rest.bytes().enumerate().take(MAX_RUN).chain(text_end) {
                if matches!(byte, b'"' | b'\n' | b'\r') && from.state.takes_value() {
                    let run = self.run_before_name(from, start, start + at, more);
                    ends += usize::from(run.is_some());
                    all.extend(run);
                }
                let is_end = match byte {
                    b',' | b'}' | b']' | b'\n' | b'\r' => true,
                    b':' => from.state.takes_name(),
                    _ => false,
                };
                let run = rest.get(..at).unwrap_or_default();
                let length = trim_end(run).len();
                // The comma at the end of a line is no part of the value before it.
                let is_value = run.contains(char::is_alphanumeric) && !run[..length].ends_with(',');
                if !is_end || length == 0 || length == last || length > MAX_RUN || !is_value {
                    if is_end && matches!(byte, b'\n' | b'\r') {
                        break;
                    }
                    continue;
                }
                last = length;
                let raw = &rest[..length];
                let end = start + length;
                let inner = raw.matches('"').count() as u32;
                let opens = raw.matches([',', '{', '[']).count() as u32;
                let quoted = quote(raw);
                let mut price = cost::QUOTE_RUN
                    + more
                    + cost::QUOTE_IN_RUN * inner
                    + 2 * opens
                    + (length / 40) as u32;
                let kind = if from.state.takes_name() {
                    Kind::BareName
                } else if raw.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') {
                    Kind::InvalidNumber
                } else {
                    Kind::BareWord
                };
                if raw.starts_with(is_foreign_quote) {
                    price += 4;
                }
                let edits = vec![Edit::new(start, end, quoted)];
                let mut run = self.candidate(kind, start, end, edits, price);
                run.from = from;
                run.certainty = if is_template(raw) {
                    Certainty::Unknown
                } else if self.is_text_expected
                    && matches!(kind, Kind::BareWord | Kind::InvalidNumber)
                    && inner == 0
                    && !raw.contains('(')
                {
                    Certainty::Certain
                } else {
                    Certainty::Likely
                };
                all.push(run);
                ends += 1;
                if ends == MAX_ENDS || matches!(byte, b'\n' | b'\r') {
                    break;
                }
            }
        }
    }

    /// A run up to the quote of the next member's name: the comma between them is missing, or something else is there.
    fn run_before_name(
        &self,
        from: Checkpoint,
        start: usize,
        end: usize,
        more: u32,
    ) -> Option<Candidate> {
        let next = trim_start(self.text.get(end..)?).strip_prefix('"')?;
        let (name, after) = next.split_once('"')?;
        let is_name = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if name.is_empty() || !is_name || !trim_start(after).starts_with(':') {
            return None;
        }
        let raw = trim_end(self.slice(start, end));
        let word = raw.strip_suffix("\\n").unwrap_or(raw);
        let word = trim_end(word.trim_end_matches([';', '|']));
        // At the end of a line nothing but the comma is missing.
        let is_other = word.len() < raw.len() || self.byte(end) == b'"';
        if !is_other || !word.contains(char::is_alphanumeric) || word.contains(['"', ',']) {
            return None;
        }
        let word_end = start + word.len();
        let quoted = format!("{},", quote(word));
        let edits = vec![Edit::new(start, start + raw.len(), quoted)];
        let price = cost::QUOTE_RUN + cost::USUAL + more;
        let mut run = self.candidate(Kind::BareWord, start, word_end, edits, price);
        run.from = from;
        run.certainty = if is_template(word) {
            Certainty::Unknown
        } else {
            Certainty::Likely
        };
        Some(run)
    }

    /// A comma in the place of a decimal point: between two numbers, where a member's name is expected.
    fn decimal_comma(&self) -> Option<Candidate> {
        let [.., number, comma] = self.steps else {
            return None;
        };
        let (start, at) = (number.lexeme.start, comma.lexeme.start);
        let whole = self.slice(start, at);
        let fraction = self.slice(comma.lexeme.end, self.lexeme.end);
        let is_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = matches!(number.lexeme.token, Token::Scalar(_))
            && self.at.state.takes_name()
            && comma.lexeme.token == Token::Punctuation(b',')
            && comma.lexeme.end == self.lexeme.start
            && is_digits(whole.strip_prefix('-').unwrap_or(whole))
            && is_digits(fraction);
        let edits = vec![Edit::new(at, at + 1, ".")];
        is_number.then(|| Candidate {
            certainty: Certainty::Likely,
            from: number.before,
            ..self.candidate(
                Kind::DecimalComma,
                start,
                self.lexeme.end,
                edits,
                cost::USUAL,
            )
        })
    }

    /// A call behind a string, such as `.trim()`.
    fn method_call(&self) -> Option<Candidate> {
        let is_after_string = self.at.state == State::AfterValue
            && self.steps.last()?.lexeme.token == Token::String
            && self.at.position == self.lexeme.start;
        let start = self.lexeme.start;
        let rest = self.text[start..]
            .strip_prefix('.')
            .filter(|_| is_after_string)?;
        let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
        let arguments = rest[name..].strip_prefix('(').filter(|_| name > 0)?;
        let length = arguments.find([')', '"', '\n', '{', '['])?;
        if !arguments[length..].starts_with(')') {
            return None;
        }
        let end = start + 1 + name + 1 + length + 1;
        let edits = vec![Edit::new(start, end, "")];
        Some(Candidate {
            certainty: Certainty::Likely,
            ..self.candidate(Kind::UnexpectedCharacter, start, end, edits, cost::USUAL)
        })
    }

    /// Brackets that are missing, too many or of the wrong kind, at a token before the stop.
    fn brackets(&self, at: usize, all: &mut Vec<Candidate>) {
        let Step { before, lexeme } = self.steps[at];
        let distance = (self.steps.len() - at) as u32 / cost::TOKENS_FOR_ONE;
        let distance = distance.min(8);
        self.missing_brackets(before, lexeme.start, distance, all);
        let Token::Punctuation(byte) = lexeme.token else {
            return;
        };
        if let Some(other) = other_bracket(byte) {
            let (start, end) = (lexeme.start, lexeme.end);
            for (kind, text, price) in [
                (Kind::WrongBracket, other, cost::SWAP),
                (Kind::UnexpectedCharacter, "", cost::BRACKET),
            ] {
                let edits = vec![Edit::new(start, end, text)];
                let mut candidate = self.candidate(kind, start, end, edits, price + distance);
                candidate.from = before;
                all.push(candidate);
            }
        }
    }

    /// Brackets that are missing where the reader was at a checkpoint, before the token at an offset.
    fn missing_brackets(
        &self,
        from: Checkpoint,
        start: usize,
        distance: u32,
        all: &mut Vec<Candidate>,
    ) {
        let (kind, at, brackets) = if from.state == State::AfterValue {
            (Kind::Unclosed, from.position, ["}", "]"])
        } else if from.state.takes_value() || from.state.takes_name() {
            (Kind::MissingOpener, start, ["{", "["])
        } else {
            return;
        };
        for bracket in brackets {
            let edits = vec![Edit::new(at, at, bracket)];
            let mut insert = self.candidate(kind, at, at, edits, cost::BRACKET + distance);
            insert.from = from;
            all.push(insert);
        }
    }
}

/// The bracket that is of the other kind and on the same side.
const fn other_bracket(bracket: u8) -> Option<&'static str> {
    match bracket {
        b'{' => Some("["),
        b'[' => Some("{"),
        b'}' => Some("]"),
        b']' => Some("}"),
        _ => None,
    }
}
