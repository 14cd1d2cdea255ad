//! What both systems speak of.

#[cfg(any(target_arch = "wasm32", test))]
use std::ffi::OsString;

/// A stream of the process, to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Stream {
    Output,
    Error,
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Kind {
    File,
    Folder,
    /// A pipe or a device: it may be read and written, and more than once.
    Other,
}

impl Kind {
    pub(super) fn of(is_file: bool, is_folder: bool) -> Self {
        match (is_file, is_folder) {
            (true, _) => Self::File,
            (_, true) => Self::Folder,
            _ => Self::Other,
        }
    }
}

/// An entry of a folder.
#[cfg(any(target_arch = "wasm32", test))]
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: OsString,
    /// A link is [`Kind::Other`], wherever it leads.
    pub(super) kind: Kind,
}
