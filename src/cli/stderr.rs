//! Standard error. Where it is closed, nobody is left to read it.

use std::io::Write;

use super::system::Stream;
use crate::text::escape::visible;

/// Writes a line. Names of files and what configurations have in them may be part of it: nothing in
/// it controls a terminal, or makes another line.
pub(super) fn line(text: &str) {
    let _ = writeln!(Stream::Error, "{}", visible(text, usize::MAX));
}
