//! Finds the files to check.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::paths::shown;
use super::system;
use crate::engine::json_lines::Layout;

/// A file to check.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// Found in a folder: checked only if it looks like a payload.
    pub(super) only_payloads: bool,
}

/// The files that paths name, in the order of the paths, those of a folder sorted; and a failure for
/// each path that cannot be searched.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<File>, Vec<Failure>) {
    let mut files = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        if path != Path::new("-") && system::is_folder(path) {
            walk(path, &mut files, &mut failures);
        } else {
            // Whether it can be read shows when it is read.
            files.push(File {
                path: path.clone(),
                only_payloads: false,
            });
        }
    }
    (files, failures)
}

/// Finds files that may hold payloads below a folder.
fn walk(folder: &Path, files: &mut Vec<File>, failures: &mut Vec<Failure>) {
    let before = files.len();
    for found in system::files_below(folder) {
        match found {
            Ok(path) if Layout::of(&path.to_string_lossy()).is_some() => files.push(File {
                path,
                only_payloads: true,
            }),
            Ok(_) => {}
            Err(error) => failures.push(Failure::Search(error)),
        }
    }
    if files.len() == before && failures.is_empty() {
        let folder = shown(folder);
        failures.push(Failure::NoFiles { folder });
    }
}
