//! What makes a repair doubtful after it was found: the text may be that of another notation, and mean more than
//! one value there. It has no part in the search, which asks only how reading goes on.

use crate::repair::edit::Edit;
use crate::repair::slip::Slip;
use crate::scan::is_whitespace;
use crate::sort::sort_by_key;
use crate::syntax_error::{Certainty, SyntaxErrorKind};

/// How many tokens there have to be between a repair and another one that is a guess. A wrong guess is followed by
/// errors that are none, whose repairs look certain.
const APART: usize = 4;

/// Takes the certainty from repairs that may not be what was meant, however well the text reads with them.
pub(super) fn settle(text: &str, slips: &mut [Slip]) {
    for slip in slips {
        if loses(slip) || is_doubtful(text, slip) {
            slip.certainty = slip.certainty.min(Certainty::Likely);
        }
    }
}

/// Takes the certainty from repairs beside one that is a guess.
pub(super) fn separate(text: &str, slips: &mut [Slip]) {
    if !slips.iter().any(Slip::is_guess) {
        return;
    }
    let mut order: Vec<(usize, usize, usize)> = (0..).zip(&*slips).map(place).collect();
    sort_by_key(&mut order, |place| *place);
    let mut end = 0;
    // How many tokens are before each, and whether it is a guess.
    let mut gaps = Vec::with_capacity(order.len());
    for (start, last, at) in &order {
        gaps.push((tokens(text, end, *start), slips[*at].is_guess()));
        end = end.max(*last);
    }
    let mut lower = |place: usize, is_near: bool| {
        let slip = &mut slips[order[place].2];
        if is_near && slip.is_certain() {
            slip.certainty = Certainty::Likely;
            slip.is_near_guess = true;
        }
    };
    // How many tokens are left of the last guess's surroundings: onwards, and back.
    let mut near = 0_usize;
    for (place, (gap, is_guess)) in gaps.iter().enumerate() {
        near = near.saturating_sub(*gap);
        lower(place, near > 0);
        near = if *is_guess {
            APART
        } else {
            near.saturating_sub(1)
        };
    }
    near = 0;
    for (place, (gap, is_guess)) in gaps.iter().enumerate().rev() {
        lower(place, near > 0);
        near = if *is_guess {
            APART
        } else {
            near.saturating_sub(1)
        };
        near = near.saturating_sub(*gap);
    }
}

/// The first and the last byte that a slip touches, with its number.
fn place((number, slip): (usize, &Slip)) -> (usize, usize, usize) {
    let spans = || slip.edits.iter().map(|edit| edit.span).chain([slip.span]);
    let start = spans().map(|span| span.start).min().unwrap_or_default();
    let end = spans().map(|span| span.end).max().unwrap_or_default();
    (start as usize, end as usize, number)
}

/// How many tokens are between two offsets, up to those that count.
fn tokens(text: &str, start: usize, end: usize) -> usize {
    let bytes = text.as_bytes().get(start..end).unwrap_or_default();
    let (mut at, mut count) = (0, 0);
    while count < APART && at < bytes.len() {
        let rest = &bytes[at..];
        at += match rest[0] {
            byte if is_whitespace(byte) => {
                at += 1;
                continue;
            }
            b'"' => memchr::memchr(b'"', &rest[1..]).map_or(rest.len(), |length| length + 2),
            b'{' | b'}' | b'[' | b']' | b':' | b',' => 1,
            _ => {
                let is_end = |byte: &u8| b"{}[]:,\" \t\r\n".contains(byte);
                rest.iter().position(is_end).unwrap_or(rest.len())
            }
        };
        count += 1;
    }
    count
}

/// Whether a repair removes more than separators, comments and white space.
fn loses(slip: &Slip) -> bool {
    use SyntaxErrorKind as P;
    let may_remove = matches!(
        slip.kind,
        P::TrailingComma
            | P::ExtraComma
            | P::ExtraColon
            | P::Comment
            | P::OddWhitespace
            | P::ControlCharacter
    );
    !may_remove && slip.edits.iter().any(|edit| edit.text.trim().is_empty())
}

/// Whether what an error of a text is repaired to may be more than one value, or a program's.
fn is_doubtful(text: &str, slip: &Slip) -> bool {
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
