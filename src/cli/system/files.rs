//! Files, by what each system can do.

use std::io;
use std::path::{Path, PathBuf};

#[cfg(target_arch = "wasm32")]
use super::javascript as host;
#[cfg(not(target_arch = "wasm32"))]
use super::native as host;
use super::types::Kind;

/// The text of a file. Fails if it cannot be read, or is not UTF-8.
pub(in crate::cli) fn read_to_string(path: &Path) -> io::Result<String> {
    String::from_utf8(host::read(path)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

/// Whether a path leads to a folder.
pub(in crate::cli) fn is_folder(path: &Path) -> bool {
    host::metadata(path).is_ok_and(|metadata| metadata.kind() == Kind::Folder)
}

/// Replaces a file's content, all at once or not at all: a temporary file beside it takes its name.
/// A link is followed, and permissions and, where that is allowed, the owner are kept.
pub(in crate::cli) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = host::real(path)?;
    let metadata = host::metadata(&target)?;
    if metadata.kind() != Kind::File {
        return Err(io::Error::other("it is not a regular file"));
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

/// A path from the root, without links resolved: names are what people write patterns for.
pub(in crate::cli) fn absolute(path: &Path) -> PathBuf {
    host::absolute(path).components().collect()
}
