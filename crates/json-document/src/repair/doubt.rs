//! What makes a repair doubtful after it was found: the text may be that of another notation, and mean more than
//! one value there. It has no part in the search, which asks only how reading goes on.

use crate::repair::edit::Edit;
use crate::repair::slip::Slip;
use crate::syntax_error::SyntaxErrorKind;

/// Whether what an error of a text is repaired to may be more than one value, or a program's.
pub(crate) fn is_doubtful(text: &str, slip: &Slip) -> bool {
    use SyntaxErrorKind as P;
    let raw = &text[slip.span.range()];
    match slip.kind {
        // Hexadecimal digits, and digits in groups.
        P::InvalidNumber if raw.contains(['_', 'x', 'X']) => true,
        P::BareWord | P::InvalidNumber => has_structure(raw),
        // A template of JavaScript, and escapes that JSON does not have.
        P::SingleQuotes | P::ForeignQuotes => raw.contains("${") || has_other_escapes(raw),
        P::UnescapedQuote => slip.edits.iter().any(|edit| joins_strings(text, edit)),
        // A set, or an object in the brackets of a list.
        P::MissingColon => raw == ",",
        P::MissingComma => raw == ":",
        _ => false,
    }
}

/// Whether text without quotes may be more than text: members of another notation, a call, a variable.
fn has_structure(text: &str) -> bool {
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let is_structure = match character {
            ':' => !(next == '/' || next.is_ascii_digit()),
            '/' | '#' => before == ' ',
            // A string with a prefix.
            '\'' => characters.peek().is_none(),
            _ => "{}[]()\"`=<>$%;|&\\!".contains(character),
        };
        if is_structure {
            return true;
        }
        before = character;
    }
    false
}

/// Whether a string has escapes that mean something in another notation, and nothing in JSON.
fn has_other_escapes(text: &str) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\\'
            && !characters
                .next()
                .is_some_and(|c| "'\"`\\/bfnrtu".contains(c))
        {
            return true;
        }
    }
    false
}

/// Whether quotes that would be escaped may end one string and begin another: nothing but punctuation is
/// between two of them, or a separator follows one. Doubled quotes are such, too.
fn joins_strings(text: &str, edit: &Edit) -> bool {
    let place = edit.span.range();
    let (before, rest) = (&text[..place.start], &text[place.end..]);
    if before.ends_with('"') && rest.starts_with('"') {
        return true;
    }
    let is_quote = |c: char| matches!(c, '"' | '\'');
    let parts = edit.text.split(is_quote).skip(1);
    let parts: Vec<&str> = parts.map(|part| part.trim_end_matches('\\')).collect();
    let Some((last, between)) = parts.split_last() else {
        return false;
    };
    let is_plain = |c: char| c.is_alphanumeric();
    let separates = |part: &str| {
        let next = part.chars().nth(1).unwrap_or(' ');
        part.starts_with([',', ']', '}']) || part.starts_with(':') && !next.is_ascii_digit()
    };
    between
        .iter()
        .any(|part| !part.contains(is_plain) || separates(part))
        || last.is_empty() && separates(rest)
}
