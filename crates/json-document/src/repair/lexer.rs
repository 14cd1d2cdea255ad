//! The tokens of JSON, and those of other notations that can mean only one thing: comments, other
//! quotes, names without quotes, literals of other languages, white space that JSON does not know.
//!
//! What is no token of any of them is left to the search.

use crate::escape::{hex4, quote};
use crate::node::Kind;
use crate::repair::edit::Edit;
use crate::scan::{self, digit_count, is_escape, trim_end, trim_start};
use crate::syntax_error::SyntaxErrorKind;

/// What a token is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// One of `{}[]:,`
    Punctuation(u8),
    /// A string.
    String,
    /// A literal or a number; invalid if it has no value in JSON.
    Scalar(Kind),
    /// The end of the text.
    End,
    /// The end of the part of a text that is looked at.
    Cut,
    /// No token.
    Unknown,
}

/// A token and where it is, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What the grammar expects where a token is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Value,
    /// A value that the vocabulary takes as a number alone.
    Number,
    Name,
    Other,
    /// The end of the text.
    End,
}

/// Takes what a lexer reads that is not JSON.
pub(super) trait Sink {
    /// `edits` are made only by those who need them.
    fn slip(
        &mut self,
        kind: SyntaxErrorKind,
        start: usize,
        end: usize,
        is_invalid: bool,
        edits: impl FnOnce() -> Vec<Edit>,
    );
}

/// How far from the end of a part nothing is judged: a token may go on behind it.
const MARGIN: usize = 48;

/// How many bad escapes of a string are findings of their own.
const MAX_ESCAPES: usize = 100;

/// A text, or a part of one.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    /// Whether the text's end is that of the whole text.
    is_whole: bool,
    /// Offset after the last end of a block comment. Nothing behind it is searched for one, so that a text full of
    /// their beginnings is read in linear time.
    last_comment_end: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, is_whole: bool) -> Self {
        let bytes = text.as_bytes();
        let mut slashes = memchr::memrchr_iter(b'/', bytes);
        let last = slashes.find(|at| *at > 0 && bytes[at - 1] == b'*');
        Self {
            text,
            is_whole,
            last_comment_end: last.map_or(0, |at| at + 1),
        }
    }

    pub(super) const fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    /// The token after the white space at a position.
    pub(super) fn next(&self, position: usize, expected: Expected, sink: &mut impl Sink) -> Lexeme {
        let start = self.skip_space(position, expected, sink);
        let bytes = self.bytes();
        let Some(byte) = bytes.get(start).copied() else {
            let token = if self.is_whole {
                Token::End
            } else {
                Token::Cut
            };
            return Lexeme {
                token,
                start,
                end: start,
            };
        };
        let known = match byte {
            b'{' | b'}' | b'[' | b']' | b':' | b',' => Some((Token::Punctuation(byte), start + 1)),
            b'"' => self.string(start, sink),
            b'\'' | b'`' | 0x80.. if self.opens_foreign_quotes(start) => {
                self.foreign_string(start, sink)
            }
            _ if expected == Expected::Name => self.bare_name(start, sink),
            b'-' | b'+' | b'.' | b'0'..=b'9' => self.number(start, expected, sink),
            _ => self.word(start, sink),
        };
        let (token, end) = known.unwrap_or((Token::Unknown, self.unknown_end(start)));
        let is_cut = token == Token::Unknown && start + MARGIN > bytes.len() || end == bytes.len();
        let token = if is_cut && !self.is_whole && !matches!(token, Token::Punctuation(_)) {
            Token::Cut
        } else {
            token
        };
        Lexeme { token, start, end }
    }

    fn skip_space(&self, mut position: usize, expected: Expected, sink: &mut impl Sink) -> usize {
        let bytes = self.bytes();
        loop {
            position = scan::skip_whitespace(bytes, position);
            match bytes.get(position) {
                Some(b'/' | b'#') => {
                    let Some(end) = self.comment_end(position, expected) else {
                        return position;
                    };
                    sink.slip(SyntaxErrorKind::Comment, position, end, false, || {
                        vec![Edit::new(position, end, "")]
                    });
                    position = end;
                }
                Some(b'\\') => {
                    let is_space = |at: &usize| {
                        let rest = &bytes[*at..];
                        matches!(rest, [b'\\', b'n' | b'r' | b't', ..])
                    };
                    let mut ends = (position..bytes.len()).step_by(2);
                    let end = ends.find(|at| !is_space(at));
                    let end = end.unwrap_or(bytes.len());
                    if end == position {
                        return position;
                    }
                    sink.slip(SyntaxErrorKind::StrayEscape, position, end, false, || {
                        vec![Edit::new(position, end, "\n")]
                    });
                    position = end;
                }
                Some(0x0b | 0x0c | 0x80..) => {
                    let rest = &self.text[position..];
                    let other = rest.trim_start_matches(is_odd_space);
                    let run = &rest[..rest.len() - other.len()];
                    if run.is_empty() {
                        return position;
                    }
                    let end = position + run.len();
                    sink.slip(SyntaxErrorKind::OddWhitespace, position, end, false, || {
                        let space: &str = if run.chars().all(has_no_width) {
                            ""
                        } else {
                            " "
                        };
                        vec![Edit::new(position, end, space)]
                    });
                    position = end;
                }
                _ => return position,
            }
        }
    }

    /// The end of the comment at a position. What swallows the structure of the text is none: a
    /// comment up to the end of its line has a line after it, or nothing that the text lacks.
    fn comment_end(&self, position: usize, expected: Expected) -> Option<usize> {
        let rest = &self.bytes()[position..];
        if rest.starts_with(b"/*") {
            if position >= self.last_comment_end {
                return None;
            }
            // The slash of `/*/` does not close what it opens.
            let mut slashes = memchr::memchr_iter(b'/', rest);
            let slash = slashes.find(|at| *at > 2 && rest[at - 1] == b'*');
            return slash.map(|at| position + at + 1);
        }
        if !rest.starts_with(b"//") && !rest.starts_with(b"#") {
            return None;
        }
        // After a colon it is the rest of a value without quotes, such as an address of the web.
        let before = trim_end(&self.text[..position]);
        if before.ends_with(':') {
            return None;
        }
        match memchr::memchr2(b'\n', b'\r', rest) {
            Some(length) => {
                let comment = &rest[..length];
                let starts_line = self.text[..position]
                    .trim_end_matches([' ', '\t'])
                    .ends_with(['\n', '\r'])
                    || position == 0;
                let has_structure = memchr::memchr3(b'"', b'{', b'[', comment).is_some()
                    || memchr::memchr3(b',', b'}', b']', comment).is_some();
                (starts_line || !has_structure || self.fits_after(position, position + length))
                    .then_some(position + length)
            }
            None => (expected == Expected::End || !self.is_whole).then_some(self.text.len()),
        }
    }

    /// Whether the text goes on after a comment as it would without it.
    fn fits_after(&self, start: usize, end: usize) -> bool {
        let before = trim_end(&self.text[..start]);
        let after = trim_start(&self.text[end..]);
        if before.is_empty() || before.ends_with([',', '{', '[']) {
            return after.starts_with(['"', '}', ']', '{', '[', '/', '#', '\''])
                || after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        }
        after.starts_with([',', '}', ']'])
    }

    /// A string in double quotes. None if its line or the text ends before it does.
    fn string(&self, start: usize, sink: &mut impl Sink) -> Option<(Token, usize)> {
        let bytes = self.bytes();
        if let Some((end, _)) = scan::string(bytes, start + 1) {
            return Some((Token::String, end));
        }
        let mut position = start + 1;
        let mut first_control = None;
        let mut escapes = Vec::new();
        let end = loop {
            let rest = &bytes[position..];
            position += rest
                .iter()
                .position(|byte| matches!(byte, ..0x20 | b'"' | b'\\'))?;
            match bytes[position] {
                b'"' => break position + 1,
                b'\n' | b'\r' => return None,
                b'\\' => {
                    let (mut end, kind) = self.escape(position)?;
                    let earliest = escapes.last().map_or(start + 1, |(_, _, end)| *end);
                    if position > earliest && &bytes[position - 1..end] == b"'\\'" {
                        // `'\''`, as a shell writes an apostrophe.
                        let is_shell = bytes.get(end) == Some(&b'\'');
                        position -= usize::from(is_shell);
                        end += usize::from(is_shell);
                    }
                    escapes.extend(kind.map(|kind| (kind, position, end)));
                    position = end;
                }
                _ => {
                    first_control.get_or_insert(position);
                    position += 1;
                }
            }
        };
        let controls = first_control.and_then(|_| escaped(self.text, start + 1, end - 1, &[]));
        if let Some(controls) = &controls {
            let range = controls.span.range();
            escapes.retain(|(_, from, to)| *to <= range.start || range.end <= *from);
        }
        // The last finding fixes all that are left.
        let mut left = escapes.len();
        for (kind, from, to) in escapes.iter().copied().take(MAX_ESCAPES) {
            left -= 1;
            let is_last = escapes.len() - left == MAX_ESCAPES;
            sink.slip(kind, from, to, false, || {
                let count = if is_last { left + 1 } else { 1 };
                let first = escapes.len() - left - 1;
                let edits = escapes[first..].iter().take(count);
                vec![self.doubled(edits.map(|(_, from, to)| (*from, *to)))]
            });
        }
        if let (Some(first), Some(controls)) = (first_control, controls) {
            let kind = SyntaxErrorKind::ControlCharacter;
            sink.slip(kind, first, first + 1, false, || vec![controls]);
        }
        Some((Token::String, end))
    }

    /// The edit that doubles the backslashes of escapes; that of an apostrophe goes.
    fn doubled(&self, escapes: impl Iterator<Item = (usize, usize)>) -> Edit {
        let mut out = String::new();
        let mut span = None;
        for (from, to) in escapes {
            let (first, last) = span.unwrap_or((from, from));
            out.push_str(&self.text[last..from]);
            match &self.text[from..to] {
                "\\'" | "'\\''" => out.push('\''),
                other => {
                    out.push('\\');
                    out.push_str(other);
                }
            }
            span = Some((first, to));
        }
        let (first, last) = span.unwrap_or_default();
        Edit::new(first, last, out)
    }

    /// The end of the escape at a backslash, and what is wrong with it. None where the text ends.
    fn escape(&self, position: usize) -> Option<(usize, Option<SyntaxErrorKind>)> {
        let rest = &self.bytes()[position + 1..];
        match *rest.first()? {
            b'u' => {
                let digits = rest[1..]
                    .iter()
                    .take(4)
                    .take_while(|b| b.is_ascii_hexdigit())
                    .count();
                let kind = (digits < 4).then_some(SyntaxErrorKind::InvalidUnicodeEscape);
                Some((position + 2 + digits, kind))
            }
            byte if is_escape(byte) => Some((position + 2, None)),
            b'\n' | b'\r' => None,
            // The character is judged by itself.
            ..0x20 => Some((position + 1, None)),
            _ => {
                let character = self.text[position + 1..].chars().next()?;
                let end = position + 1 + character.len_utf8();
                Some((end, Some(SyntaxErrorKind::InvalidEscape)))
            }
        }
    }

    fn opens_foreign_quotes(&self, start: usize) -> bool {
        self.text[start..].starts_with(is_foreign_quote)
    }

    /// A string in quotes of another language or of typography, if it surely ends: its closing quote
    /// is followed by what may follow a string.
    fn foreign_string(&self, start: usize, sink: &mut impl Sink) -> Option<(Token, usize)> {
        let open = self.text[start..].chars().next()?;
        let content_start = start + open.len_utf8();
        let mut characters = self.text[content_start..].char_indices();
        let is_single = open == '\'';
        let (content_end, end) = loop {
            let (at, character) = characters.next()?;
            let at = content_start + at;
            match character {
                '\\' => {
                    characters.next()?;
                }
                '\n' | '\r' | '"' if !is_single => return None,
                '\n' | '\r' => return None,
                _ if closes(open, character) => {
                    let end = at + character.len_utf8();
                    let after = trim_start(&self.text[end..]);
                    let ends = match after.chars().next() {
                        None => true,
                        Some(next) => matches!(next, ',' | ':' | '}' | ']' | ')' | '=' | ';'),
                    };
                    if ends && !is_comma_inside(after, open) {
                        break (at, end);
                    }
                }
                _ => {}
            }
        };
        let kind = if is_single {
            SyntaxErrorKind::SingleQuotes
        } else {
            SyntaxErrorKind::ForeignQuotes
        };
        sink.slip(kind, start, end, false, || {
            let content = &self.text[content_start..content_end];
            let content = if is_single {
                content.replace("''", "'").replace("\\'", "'")
            } else {
                content.to_owned()
            };
            vec![Edit::new(start, end, quoted_escapes_kept(&content))]
        });
        Some((Token::String, end))
    }

    /// A name without quotes, if a colon follows it.
    fn bare_name(&self, start: usize, sink: &mut impl Sink) -> Option<(Token, usize)> {
        let rest = &self.text[start..];
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.');
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let after = trim_start(&rest[length..]);
        if length == 0 || !after.starts_with([':', '=']) {
            return None;
        }
        let kind = if rest.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            SyntaxErrorKind::NameNotString
        } else {
            SyntaxErrorKind::BareName
        };
        let end = start + length;
        sink.slip(kind, start, end, false, || {
            vec![Edit::new(start, end, quote(&self.text[start..end]))]
        });
        Some((Token::String, end))
    }

    fn number(
        &self,
        start: usize,
        expected: Expected,
        sink: &mut impl Sink,
    ) -> Option<(Token, usize)> {
        let end = self.run_end(start);
        if let Some(valid) = self.scalar(start, end) {
            return Some(valid);
        }
        let word = &self.text[start..end];
        let (kind, text) = other_number(word, expected == Expected::Number)?;
        // A number that lost nothing is one; digits that may be a code or a key are not.
        let is_invalid = matches!(
            kind,
            SyntaxErrorKind::NotFinite | SyntaxErrorKind::NoExponentDigits
        ) || text.starts_with('"');
        sink.slip(kind, start, end, is_invalid, || {
            vec![Edit::new(start, end, text)]
        });
        let kind = if is_invalid {
            Kind::Invalid
        } else {
            Kind::Number
        };
        Some((Token::Scalar(kind), end))
    }

    /// The literal or number that ends before an offset.
    fn scalar(&self, start: usize, end: usize) -> Option<(Token, usize)> {
        let (found, kind, _) = scan::scalar(&self.bytes()[..end], start)?;
        Some((Token::Scalar(kind), found))
    }

    fn word(&self, start: usize, sink: &mut impl Sink) -> Option<(Token, usize)> {
        let end = self.run_end(start);
        if let Some(valid) = self.scalar(start, end) {
            return Some(valid);
        }
        let (kind, value, text) = match self.text[start..end].to_ascii_lowercase().as_str() {
            "true" => (SyntaxErrorKind::ForeignLiteral, Kind::Boolean, "true"),
            "false" => (SyntaxErrorKind::ForeignLiteral, Kind::Boolean, "false"),
            "null" | "none" | "nil" => (SyntaxErrorKind::ForeignLiteral, Kind::Null, "null"),
            "nan" | "infinity" | "inf" => (SyntaxErrorKind::NotFinite, Kind::Invalid, "null"),
            "undefined" => (SyntaxErrorKind::BareWord, Kind::Invalid, "null"),
            _ => return None,
        };
        sink.slip(kind, start, end, value == Kind::Invalid, || {
            vec![Edit::new(start, end, text)]
        });
        Some((Token::Scalar(value), end))
    }

    /// The end of a run of characters that are neither white space nor delimiters.
    fn run_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let is_end = |c: char| {
            matches!(
                c,
                ' ' | '\t'
                    | '\n'
                    | '\r'
                    | ','
                    | '}'
                    | ']'
                    | '{'
                    | '['
                    | '"'
                    | '/'
                    | '#'
                    | '\''
                    | '\\'
            ) || is_odd_space(c)
        };
        start + rest.find(is_end).unwrap_or(rest.len())
    }

    /// The end of what is no token: one character, or a run of letters and digits.
    fn unknown_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+');
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let character = rest.chars().next().map_or(0, char::len_utf8);
        start + length.max(character)
    }
}

/// The end of a run that is no token: a delimiter of JSON or white space.
pub(super) fn junk_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let is_end = |c: char| c.is_whitespace() || "\"{}[]:,".contains(c);
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let length = rest[first..]
        .find(is_end)
        .map_or(rest.len(), |at| first + at);
    start + length
}

/// The edit of a string that escapes its control characters, and the quotes at the given offsets; none
/// if it has neither.
pub(super) fn escaped(text: &str, start: usize, end: usize, quotes: &[usize]) -> Option<Edit> {
    let is_control = |byte: &u8| *byte < 0x20;
    let bytes = &text.as_bytes()[start..end];
    let first = bytes.iter().position(is_control).map(|at| start + at);
    let last = bytes.iter().rposition(is_control).map(|at| start + at);
    let first = first.into_iter().chain(quotes.first().copied()).min()?;
    let last = last.into_iter().chain(quotes.last().copied()).max()?;
    // A backslash before a control character is the start of the escape that is meant.
    let slashes = text[start..first].len() - text[start..first].trim_end_matches('\\').len();
    let is_quote = quotes.first() == Some(&first);
    let from = first - usize::from(slashes & 1 == 1 && !is_quote);
    let mut out = String::with_capacity(last + 1 - from + 8);
    let mut at = from;
    while at <= last {
        let rest = &text[at..];
        let character = rest.chars().next().unwrap_or(' ');
        let next = rest[character.len_utf8()..].chars().next();
        at += character.len_utf8();
        match character {
            '"' => out.push_str("\\\""),
            '\\' if next.is_some_and(|next| next < ' ') => {}
            '\\' => {
                let length = escape_length(&rest.as_bytes()[1..]);
                out.push('\\');
                if length == 0 {
                    out.push('\\');
                }
                out.push_str(rest.get(1..=length).unwrap_or_default());
                at += length;
            }
            c if c < ' ' => out.push_str(quote(c.encode_utf8(&mut [0; 4])).trim_matches('"')),
            c => out.push(c),
        }
    }
    Some(Edit::new(from, last + 1, out))
}

/// The length of an escape without its backslash; 0 if it is none.
fn escape_length(escaped: &[u8]) -> usize {
    match escaped {
        [b'u', digits @ ..] if hex4(digits).is_some() => 5,
        [byte, ..] if is_escape(*byte) => 1,
        _ => 0,
    }
}

/// Numbers as others write them: what is unusual, and the number in JSON, or in quotes where the
/// digits may be text.
fn other_number(word: &str, is_number: bool) -> Option<(SyntaxErrorKind, String)> {
    let unsigned = word.strip_prefix(['-', '+']).unwrap_or(word);
    match unsigned.to_ascii_lowercase().as_str() {
        "infinity" | "inf" | "nan" => {
            return Some((SyntaxErrorKind::NotFinite, "null".to_owned()));
        }
        _ => {}
    }
    let is_plus = word.starts_with('+');
    let sign = if word.starts_with('-') { "-" } else { "" };
    let bytes = unsigned.as_bytes();
    let integer = digit_count(bytes);
    let (fraction, after) = match bytes.get(integer) {
        Some(b'.') => {
            let digits = digit_count(&bytes[integer + 1..]);
            (Some(digits), integer + 1 + digits)
        }
        _ => (None, integer),
    };
    if integer == 0 && fraction.is_none_or(|digits| digits == 0) {
        return None;
    }
    let exponent = &unsigned[after..];
    let power = exponent.strip_prefix(['e', 'E']);
    let power = power.map(|power| power.strip_prefix(['+', '-']).unwrap_or(power));
    if !exponent.is_empty() && !power.is_some_and(|power| power.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    if power == Some("") {
        return Some((SyntaxErrorKind::NoExponentDigits, "null".to_owned()));
    }
    let has_zeros = integer > 1 && bytes[0] == b'0';
    if is_plus || has_zeros {
        let kind = if is_plus {
            SyntaxErrorKind::PlusSign
        } else {
            SyntaxErrorKind::LeadingZero
        };
        let digits = unsigned[..integer].trim_start_matches('0');
        let digits = if digits.is_empty() { "0" } else { digits };
        let plain = format!("{sign}{digits}{}", &unsigned[integer..]);
        let is_json = is_number && fraction != Some(0);
        return Some((kind, if is_json { plain } else { quote(word) }));
    }
    if integer == 0 {
        return Some((SyntaxErrorKind::NoIntegerPart, format!("{sign}0{unsigned}")));
    }
    let whole = &unsigned[..integer];
    (fraction == Some(0)).then(|| {
        (
            SyntaxErrorKind::NoFractionDigits,
            format!("{sign}{whole}{exponent}"),
        )
    })
}

/// A string with double quotes around it. Escapes of JSON stay, and what has to be one is escaped.
fn quoted_escapes_kept(content: &str) -> String {
    let mut out = String::with_capacity(content.len() + 2);
    out.push('"');
    let mut rest = content.char_indices();
    while let Some((at, character)) = rest.next() {
        match character {
            '\\' => {
                let escaped = &content[at + 1..];
                if escaped.starts_with('\'') {
                    continue;
                }
                out.push('\\');
                if escape_length(escaped.as_bytes()) == 0 {
                    out.push('\\');
                } else {
                    out.extend(rest.next().map(|(_, next)| next));
                }
            }
            '"' => out.push_str("\\\""),
            c if c < ' ' => out.push_str(quote(c.encode_utf8(&mut [0; 4])).trim_matches('"')),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// White space, or a character without width, that may be between tokens by mistake: what
/// `White_Space` of Unicode has beyond JSON's four, the zero-width spaces and byte order marks.
fn is_odd_space(character: char) -> bool {
    matches!(
        character,
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'
            ..='\u{200d}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202f}'
                | '\u{205f}'
                | '\u{2060}'
                | '\u{3000}'
                | '\u{feff}'
    )
}

fn has_no_width(character: char) -> bool {
    matches!(
        character,
        '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Quotes that are not JSON's.
pub(super) fn is_foreign_quote(character: char) -> bool {
    matches!(
        character,
        '\'' | '`'
            | '´'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '″'
            | '＂'
    )
}

fn closes(open: char, character: char) -> bool {
    match open {
        '\'' => character == '\'',
        '`' | '´' => matches!(character, '`' | '´'),
        '‘' | '’' | '‚' | '‛' => matches!(character, '‘' | '’'),
        '«' | '»' => matches!(character, '«' | '»'),
        _ => matches!(character, '“' | '”' | '″' | '＂' | '‟'),
    }
}

/// Whether the comma after a quote is one inside the text: no value or name follows it.
fn is_comma_inside(after: &str, open: char) -> bool {
    let Some(rest) = after.strip_prefix(',') else {
        return false;
    };
    let next = trim_start(rest);
    open == '\''
        && !next.is_empty()
        && !next.starts_with(|c: char| {
            is_foreign_quote(c)
                || matches!(c, '"' | '{' | '[' | '}' | ']' | '-' | '/' | '#')
                || c.is_alphanumeric()
        })
}
