//! What the command asks of the system: files, streams, the terminal. A process asks its operating
//! system; on WebAssembly, Node.js is asked, through `pkg/src/command/system.ts`.

mod bytes;
#[cfg(target_arch = "wasm32")]
mod javascript;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(any(target_arch = "wasm32", test))]
mod walk;

use std::io;
use std::path::Path;

#[cfg(target_arch = "wasm32")]
use javascript as host;
#[cfg(not(target_arch = "wasm32"))]
use native as host;

pub(super) use bytes::{Bytes, read_long};
#[cfg(not(target_arch = "wasm32"))]
pub(super) use host::files_below;
pub(super) use host::{
    absolute, create, current_folder, finish_before_interrupts, fitted, is_there, metadata,
    progress_target, read, read_input, real, write_into,
};
#[cfg(target_arch = "wasm32")]
pub(super) use walk::files_below;

/// A stream of the process, to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Output,
    Error,
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A pipe or a device: it may be read and written, and more than once.
    Other,
}

impl Kind {
    fn of(is_file: bool, is_folder: bool) -> Self {
        match (is_file, is_folder) {
            (true, _) => Self::File,
            (_, true) => Self::Folder,
            _ => Self::Other,
        }
    }
}

/// The text of a file. Fails if it cannot be read, or is not UTF-8.
pub(super) fn read_to_string(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

/// Whether a path leads to a folder.
pub(super) fn is_folder(path: &Path) -> bool {
    metadata(path).is_ok_and(|metadata| metadata.kind() == Kind::Folder)
}

/// Replaces a file's content, all at once or not at all: a temporary file beside it takes its name.
/// A link is followed, and permissions and, where that is allowed, the owner are kept.
pub(super) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = real(path)?;
    let metadata = metadata(&target)?;
    if metadata.kind() != Kind::File {
        return Err(io::Error::other("it is no regular file"));
    }
    // A rename would succeed all the same.
    if metadata.is_read_only() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is read-only",
        ));
    }
    host::replace(&target, content, &metadata)
}
