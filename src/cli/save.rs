//! How files are written that the user names: reports and baselines.

use std::io;
use std::path::Path;

use super::stdout::ignore_closed_pipe;
use super::system::{self, Kind};

/// Writes a file, all at once or not at all; to a pipe or a device, as much as it takes. A link is
/// followed, and a file that is there keeps its permissions.
pub(super) fn save(path: &Path, content: &[u8]) -> io::Result<()> {
    match system::metadata(path) {
        Ok(metadata) if metadata.kind() == Kind::File => system::replace(path, content),
        Ok(_) => ignore_closed_pipe(system::write_into(path, content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => system::create(path, content),
        Err(error) => Err(error),
    }
}
