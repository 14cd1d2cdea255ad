//! Standard output. A reader that goes away has seen enough: `seamlint check . | head -1`.

use std::io::{self, Write};

use super::system::Stream;

/// Writes to standard output.
pub(super) fn write(content: &[u8]) -> io::Result<()> {
    let mut out = Stream::Output;
    ignore_closed_pipe(out.write_all(content).and_then(|()| out.flush()))
}

/// A closed pipe is no failure.
pub(super) fn ignore_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
