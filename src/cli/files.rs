//! Which files are checked.

use std::path::{Path, PathBuf};

use super::{Failure, system};
use crate::engine::json_lines::Layout;

/// A file to check.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// Found in a folder: checked only if it looks like a payload.
    pub(super) only_payloads: bool,
}

/// The files that paths name, in the order of the paths, those of a folder sorted. What cannot be
/// found is told apart, and the rest is still checked.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<File>, Vec<Failure>) {
    let mut files = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        if path != Path::new("-") && system::is_folder(path) {
            walk(path, &mut files, &mut failures);
        } else {
            // What cannot be read says so when it is read.
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
            Err(error) => failures.push(Failure(format!("cannot search: {error}"))),
        }
    }
    if files.len() == before && failures.is_empty() {
        failures.push(Failure(format!(
            "no .json, .jsonl or .ndjson file in {}",
            shown(folder)
        )));
    }
}

/// The folder that a path is in, as a path of its own.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A path as reports show it: `/` between folders on every platform, no leading `./`.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
