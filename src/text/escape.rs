//! Text of a payload as people may see it: quoted, shortened, and with everything escaped that hides or reorders text.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The longest excerpt of a value in a message, in characters.
pub(crate) const EXCERPT: usize = 60;

/// Text for people in double quotes. `{:?}` would bring tables of Unicode, 3 KB for a browser.
pub(crate) fn in_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4 * EXCERPT) + 2);
    out.push('"');
    push_excerpt(&mut out, text, EXCERPT);
    out.push('"');
    out
}

/// Text for people: at most `limit` characters, and nothing in it that is invisible, controls a
/// terminal or turns the direction of writing.
pub(crate) fn visible(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit.saturating_mul(4)));
    push_excerpt(&mut out, text, limit);
    out
}

/// A sentence of ours, which may repeat texts of others: as it is, unless something in it does harm.
pub(crate) fn harmless(text: String) -> String {
    if text.chars().any(is_hidden) {
        visible(&text, usize::MAX)
    } else {
        text
    }
}

/// JSON, or a part of a string in it, in which what cannot be seen is escaped: `\u202e` instead of the
/// character, which means the same to a program and does no harm in a terminal.
pub(crate) fn in_json(json: &str) -> Cow<'_, str> {
    // Between strings, line breaks are nothing but layout, and in them they are escaped.
    let is_harmful = |character: char| character != '\n' && is_hidden(character);
    let Some(first) = json.find(is_harmful) else {
        return json.into();
    };
    let mut out = json[..first].to_owned();
    for character in json[first..].chars() {
        if is_harmful(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out.into()
}

/// Appends what [`visible`] gives.
fn push_excerpt(out: &mut String, text: &str, limit: usize) {
    // Nearly every text.
    if text.len() <= limit && text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        out.push_str(text);
        return;
    }
    for (at, character) in text.chars().enumerate() {
        if at == limit {
            out.push('…');
            break;
        }
        push_visible(out, character);
    }
}

/// Appends a character, or its escape if it cannot be seen or does harm.
pub(crate) fn push_visible(out: &mut String, character: char) {
    match character {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        hidden if is_hidden(hidden) => {
            // Writing to a string does not fail.
            let _ = write!(out, "{}", hidden.escape_unicode());
        }
        other => out.push(other),
    }
}

/// Control, zero-width and bidirectional-control characters (Unicode's Cc, and those of Cf that
/// hide or reorder text), and line separators.
pub(crate) const fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
