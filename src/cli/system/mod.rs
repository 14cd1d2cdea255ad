//! What the command asks of the system: files, streams, the terminal. On WebAssembly it is Node
//! that is asked, for the command of the npm package; nothing beside this room knows of either.

#[cfg(not(target_arch = "wasm32"))]
mod native;

use std::io;
use std::path::Path;

#[cfg(not(target_arch = "wasm32"))]
pub(super) use native::{
    about, absolute, current_folder, files_below, finish_before_interrupts, is_there, put, read,
    read_input, real, write_into,
};

/// A stream of the process, to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Output,
    Error,
}

/// What stands at a path, links followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    pub(super) kind: Kind,
    /// Its length in bytes, if it is a file.
    pub(super) bytes: u64,
    /// Nobody may write to it.
    pub(super) is_read_only: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A pipe or a device: it may be read and written, and more than once.
    Other,
}

/// Whether a path leads to a folder.
pub(super) fn is_folder(path: &Path) -> bool {
    about(path).is_ok_and(|about| about.kind == Kind::Folder)
}

/// The text of a file. Fails if it cannot be read, or is not UTF-8.
pub(super) fn read_to_string(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|_| {
        let what = "stream did not contain valid UTF-8";
        io::Error::new(io::ErrorKind::InvalidData, what)
    })
}
