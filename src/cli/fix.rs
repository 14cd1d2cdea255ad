//! Mended text: written to standard output, or shown as a diff.

use std::io::{self, Write};
use std::time::Duration;

use similar::TextDiff;

use super::system::Stream;
use crate::text::escape::{push_visible, visible};

/// Writes mended standard input to standard output. A reader that has gone away has seen enough.
pub(super) fn pass_on(content: &[u8]) -> io::Result<()> {
    let mut out = Stream::Output;
    super::closed(out.write_all(content).and_then(|()| out.flush()))
}

/// A unified diff as `patch -p0` and `git apply -p0` take it. On a terminal, what cannot be seen
/// is escaped.
pub(super) fn diff(path: &str, old: &str, new: &str, terminal: bool) -> String {
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
