//! What Python, PHP, Ruby and Java print of a payload, as JSON.

use std::fmt::Write as _;

use json_document::Extract;

use crate::rules::wrapping::Wrapper;
use crate::text::ends::{begins, ends, without_leading};
use crate::text::number::is_plain_integer;

/// Reads a dump. `key` is where the first name of a key is. Gives nothing for other text, and for one that is JSON but for
/// its quotes: that is a matter of syntax. The offset is where the dump begins.
pub(super) fn to_json(text: &str, key: usize, key_end: usize) -> Option<(Wrapper, Extract, usize)> {
    let before = &text[..key];
    let behind = without_leading(&text[key_end..], b"'\"");
    let is_quoted = behind.len() < text.len() - key_end && ends(before, b"'\"");
    let is_mapped = behind.trim_ascii_start().starts_with("=>");
    let is_symbol = is_mapped && before.ends_with(':');
    if is_symbol || is_quoted && is_mapped {
        let open = before.trim_end_matches([':', '"']).trim_ascii_end();
        if let Some(outside) = open.strip_suffix('{') {
            // In a text that has JSON's colons, too, the other is a slip.
            let is_ruby = is_symbol || !text.contains("\":");
            return is_ruby
                .then(|| read(text, outside.len(), Wrapper::Ruby))
                .flatten();
        }
    }
    if !is_quoted && behind.starts_with('=') && before.trim_ascii_end().ends_with('{') {
        let start = before.trim_ascii_end().len() - 1;
        let mut map = JavaMap {
            text,
            at: start,
            inside: Extract::default(),
            depth: 0,
        };
        let is_whole = map.value(true).is_some() && text[map.at..].trim_ascii().is_empty();
        return is_whole.then_some((Wrapper::Java, map.inside, start));
    }
    let is_php = is_quoted && is_mapped;
    // In double quotes it is JSON, with a slip such as `True`.
    if !is_quoted || !is_php && !before.ends_with('\'') {
        return None;
    }
    if is_php {
        let lower = before.to_ascii_lowercase();
        let start = lower.find("array").or_else(|| lower.find('['))?;
        return read(text, start, Wrapper::Php);
    }
    read(text, before.find(['{', '['])?, Wrapper::Python)
}

fn read(text: &str, start: usize, wrapper: Wrapper) -> Option<(Wrapper, Extract, usize)> {
    let mut reader = Reader {
        text,
        at: start,
        inside: Extract::default(),
        open: Vec::new(),
        is_foreign: false,
        is_ruby: wrapper == Wrapper::Ruby,
    };
    reader.read();
    (reader.is_foreign && !reader.inside.text.is_empty()).then_some((wrapper, reader.inside, start))
}

/// What Java prints of a map: `{customer_key=c, guests=[{guest_key=g, name=Ada}]}`.
struct JavaMap<'t> {
    text: &'t str,
    at: usize,
    inside: Extract,
    depth: usize,
}

/// How many containers of a map may be inside one another: a payload has five.
const MOST_LEVELS: usize = 32;

impl JavaMap<'_> {
    /// Reads a value. None where the text is not as it should be.
    fn value(&mut self, is_member: bool) -> Option<()> {
        let rest = &self.text[self.at..];
        match rest.bytes().next()? {
            b'{' => self.list("}", true),
            b'[' => self.list("]", false),
            _ => {
                let length = text_length(rest, is_member)?;
                let json = match &rest[..length] {
                    literal @ ("null" | "true" | "false") => literal.to_owned(),
                    number if is_plain_integer(number) => number.to_owned(),
                    text => json_document::quote(text),
                };
                self.inside.replace(&json, self.at, length);
                self.at += length;
                Some(())
            }
        }
    }

    /// Reads members or elements up to a bracket.
    fn list(&mut self, close: &str, is_object: bool) -> Option<()> {
        self.depth += 1;
        if self.depth > MOST_LEVELS {
            return None;
        }
        self.copy(1);
        while !self.text[self.at..].starts_with(close) {
            if is_object {
                let rest = &self.text[self.at..];
                let length = name_length(rest)?;
                let quoted = json_document::quote(&rest[..length]);
                self.inside.replace(&quoted, self.at, length);
                self.inside.replace(":", self.at + length, 1);
                self.at += length + 1;
            }
            self.value(is_object)?;
            if self.text[self.at..].starts_with(", ") {
                self.copy(2);
            } else if !self.text[self.at..].starts_with(close) {
                return None;
            }
        }
        self.copy(1);
        self.depth -= 1;
        Some(())
    }

    fn copy(&mut self, length: usize) {
        self.inside.copy(self.text, self.at..self.at + length);
        self.at += length;
    }
}

/// The length of a member's name, before its `=`.
fn name_length(rest: &str) -> Option<usize> {
    let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.'))?;
    (length > 0 && rest[length..].starts_with('=')).then_some(length)
}

/// The length of a value without brackets: up to what closes its container, the next element or the next member.
fn text_length(rest: &str, is_member: bool) -> Option<usize> {
    let ends = |at: usize| match rest.as_bytes()[at] {
        b'}' | b']' => true,
        b',' => {
            let next = rest[at..].strip_prefix(", ");
            next.is_some_and(|next| !is_member || name_length(next).is_some())
        }
        _ => false,
    };
    (0..rest.len()).find(|at| ends(*at))
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    inside: Extract,
    /// How each open bracket is closed; `""` for a call of which its argument is left.
    open: Vec<&'static str>,
    /// Something was read that JSON does not have, beside quotes.
    is_foreign: bool,
    is_ruby: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The text behind so many bytes and white space.
    fn behind(&self, length: usize) -> &str {
        self.text[self.at + length..].trim_ascii_start()
    }

    /// Goes on behind something that is written otherwise in JSON.
    fn put(&mut self, json: &str, length: usize) {
        self.inside.replace(json, self.at, length);
        self.at += length;
    }

    fn copy(&mut self, length: usize) {
        self.inside.copy(self.text, self.at..self.at + length);
        self.at += length;
    }

    fn read(&mut self) {
        while let Some(first) = self.rest().chars().next() {
            match first {
                '\'' | '"' => self.string(first),
                ':' if self.is_ruby && self.symbol() => {}
                '(' => self.open("[", "]", 1),
                '[' if self.is_map(1) => self.open("{", "}", 1),
                '[' => self.open_same("]"),
                '{' => self.open_same("}"),
                ')' | ']' | '}' => {
                    let close = self.open.pop().unwrap_or_default();
                    self.put(close, 1);
                    if self.open.is_empty() {
                        return;
                    }
                }
                ',' if begins(self.behind(1), b")]}") => self.at += 1,
                '=' if self.rest().starts_with("=>") => {
                    self.is_foreign = true;
                    self.put(":", 2);
                }
                _ if first.is_ascii_digit() => self.number(),
                _ if first.is_ascii_alphabetic() || first == '_' => self.word(),
                _ => self.copy(first.len_utf8()),
            }
        }
    }

    fn open_same(&mut self, close: &'static str) {
        self.copy(1);
        self.open.push(close);
    }

    fn open(&mut self, open: &str, close: &'static str, length: usize) {
        self.is_foreign = true;
        self.put(open, length);
        self.open.push(close);
    }

    /// Reads `:name`.
    fn symbol(&mut self) -> bool {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let name = &self.rest()[1..];
        let length = name.find(|c| !is_part(c)).unwrap_or(name.len());
        let quoted = json_document::quote(&name[..length]);
        if length > 0 {
            self.put(&quoted, 1 + length);
        }
        length > 0
    }

    /// Whether the entries behind an opening bracket have names.
    fn is_map(&self, length: usize) -> bool {
        let inside = self.behind(length);
        let Some(quote) = inside.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
            return false;
        };
        let name = inside[1..].split_once(quote);
        name.is_some_and(|(_, behind)| behind.trim_ascii_start().starts_with("=>"))
    }

    /// A number, or the index of an entry in a list.
    fn number(&mut self) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
        let length = self
            .rest()
            .find(|c| !is_part(c))
            .unwrap_or(self.rest().len());
        if let Some(value) = self.behind(length).strip_prefix("=>")
            && self.open.last() == Some(&"]")
        {
            self.at = self.text.len() - value.len();
            return;
        }
        self.copy(length);
    }

    fn string(&mut self, quote: char) {
        self.put("\"", 1);
        while let Some(character) = self.rest().chars().next() {
            let escaped = self.rest()[character.len_utf8()..].chars().next();
            match (character, escaped) {
                _ if character == quote => {
                    self.put("\"", 1);
                    return;
                }
                ('"', _) => self.put("\\\"", 1),
                ('\n', _) => self.put("\\n", 1),
                ('\\', Some('\'')) => self.put("'", 2),
                ('\\', Some('x')) => {
                    let digits = self.rest().get(2..4).unwrap_or_default();
                    let json = format!("\\u00{digits}");
                    self.put(&json, 2 + digits.len());
                }
                ('\\', Some(next)) => self.copy(1 + next.len_utf8()),
                _ => self.copy(character.len_utf8()),
            }
        }
    }

    fn word(&mut self) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '\\');
        let length = self
            .rest()
            .find(|c| !is_part(c))
            .unwrap_or(self.rest().len());
        let word = &self.rest()[..length];
        let json = match word {
            "True" | "TRUE" => "true",
            "False" | "FALSE" => "false",
            "None" | "NULL" => "null",
            "nil" if self.is_ruby => "null",
            "b" | "u" | "r" if begins(&self.text[self.at + length..], b"'\"") => {
                self.at += length;
                return;
            }
            _ => {
                if self.behind(length).starts_with('(') {
                    return self.call(length);
                }
                return self.copy(length);
            }
        };
        self.is_foreign = true;
        self.put(json, length);
    }

    /// A call whose name has a length, such as `array(…)`, `datetime.datetime(…)`, `Decimal(…)`.
    fn call(&mut self, length: usize) {
        let name = self.rest()[..length].to_ascii_lowercase();
        let bracket = self.text.len() - self.behind(length).len() + 1 - self.at;
        if name == "array" {
            let (open, close) = if self.is_map(bracket) {
                ("{", "}")
            } else {
                ("[", "]")
            };
            return self.open(open, close, bracket);
        }
        if matches!(name.rsplit('.').next(), Some("datetime" | "date"))
            && let Some((json, inside)) = date_time(&self.rest()[bracket..])
        {
            self.is_foreign = true;
            return self.put(&json, bracket + inside);
        }
        self.is_foreign = true;
        self.at += bracket;
        self.open.push("");
    }
}

/// The arguments of `datetime`, as RFC 3339, and the length with the bracket that closes them. Without a zone it is as
/// incomplete in JSON as it was.
fn date_time(arguments: &str) -> Option<(String, usize)> {
    let (mut depth, mut end) = (1, 0);
    for (at, byte) in arguments.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            end = at;
            break;
        }
    }
    let inside = arguments.get(..end)?;
    let parts = inside.split(',').map(str::trim);
    let numbers: Vec<u32> = parts.map_while(|part| part.parse().ok()).collect();
    let [year, month, day, ref time @ ..] = numbers[..] else {
        return None;
    };
    let mut json = format!("\"{year:04}-{month:02}-{day:02}");
    if let [hour, minute, ..] = time {
        let second = time.get(2).unwrap_or(&0);
        // Writing to a string does not fail.
        let _ = write!(json, "T{hour:02}:{minute:02}:{second:02}");
        if inside.to_ascii_lowercase().contains("utc") {
            json.push('Z');
        }
    }
    json.push('"');
    Some((json, end + 1))
}
