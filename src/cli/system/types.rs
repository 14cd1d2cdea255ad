//! What both systems speak of.

use std::ffi::OsString;
use std::path::PathBuf;

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
#[derive(Debug)]
pub(in crate::cli) struct Entry {
    pub(in crate::cli) name: OsString,
    /// A link is [`Kind::Other`], wherever it leads.
    pub(in crate::cli) kind: Kind,
}

/// What is below a folder that is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Below {
    File(PathBuf),
    /// A link that leads to a file.
    Link(PathBuf),
    /// A folder that is searched, too.
    Folder(PathBuf),
}
