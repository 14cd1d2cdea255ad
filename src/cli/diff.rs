//! Fixes as a unified diff.

use std::time::Duration;

use similar::TextDiff;

use crate::text::escape::{push_visible, visible};

/// A unified diff as `patch -p0` and `git apply -p0` take it. On a terminal, what cannot be seen
/// is escaped.
pub(super) fn unified(path: &str, old: &str, new: &str, terminal: bool) -> String {
    // A text in which nearly every line changes would take the square of its lines.
    let diff = TextDiff::configure()
        .timeout(Duration::from_secs(5))
        .diff_lines(old, new);
    let path = visible(path, usize::MAX);
    let diff = diff
        .unified_diff()
        .context_radius(3)
        .header(&path, &path)
        .to_string();
    if !terminal {
        return diff;
    }
    let mut shown = String::with_capacity(diff.len());
    for character in diff.chars() {
        match character {
            '\n' | '\t' => shown.push(character),
            other => push_visible(&mut shown, other),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::unified;

    /// What is applied has to be the text itself; what is looked at does no harm.
    #[test]
    fn only_a_terminal_gets_escapes() {
        let (old, new) = ("\t\u{1b}[2Ja\r\n", "\t\u{202e}b\r\n");
        let applied = unified("p\u{1b}c", old, new, false);
        assert!(
            applied.contains("-\t\u{1b}[2Ja\r\n+\t\u{202e}b\r\n"),
            "{applied}"
        );
        let shown = unified("p\u{1b}c", old, new, true);
        assert!(
            shown.contains("-\t\\u{1b}[2Ja\\r\n+\t\\u{202e}b\\r\n"),
            "{shown}"
        );
        assert!(shown.starts_with("--- p\\u{1b}c\n"), "{shown}");
    }
}
