//! Finds the files to check.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::paths::shown;
use super::system::{self, Below, Kind};
use crate::engine::json_lines::Layout;

/// A file to check.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// Found in a folder: checked only if it looks like a payload.
    pub(super) only_payloads: bool,
    /// A link that was found in a folder: what it leads to is not changed.
    pub(super) is_link: bool,
    /// The folders that it was found in, by their place in [`Found::folders`].
    pub(super) folders: Vec<usize>,
}

/// What paths lead to.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In the order of the paths, those of a folder sorted; each file once.
    pub(super) files: Vec<File>,
    /// The folders that were searched, as they are shown.
    pub(super) folders: Vec<String>,
    /// For each path that cannot be searched.
    pub(super) failures: Vec<Failure>,
    /// How many files in these folders git ignores that might hold payloads.
    pub(super) ignored: usize,
}

/// The files that paths name.
pub(super) fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        if path != Path::new("-") && system::is_folder(path) {
            walk(path, &mut found);
        } else {
            // Whether it can be read shows when it is read.
            found.files.push(File {
                path: path.clone(),
                only_payloads: false,
                is_link: false,
                folders: Vec::new(),
            });
        }
    }
    // A folder alone holds no file twice, but for links.
    if paths.len() > 1 || found.files.iter().any(|file| file.is_link) {
        found.files = each_once(found.files);
    }
    found
}

/// The files without those that are there twice: what the user named takes precedence over what was found, and a file over a
/// link to it.
fn each_once(files: Vec<File>) -> Vec<File> {
    let rank = |file: &File| (file.only_payloads, file.is_link);
    let mut kept: Vec<File> = Vec::with_capacity(files.len());
    let mut places: HashMap<PathBuf, usize> = HashMap::new();
    for file in files {
        let real = system::real(&file.path).unwrap_or_else(|_| file.path.clone());
        let place = *places.entry(real).or_insert(kept.len());
        match kept.get_mut(place) {
            None => kept.push(file),
            Some(known) => {
                let mut folders = std::mem::take(&mut known.folders);
                folders.extend(&file.folders);
                if rank(&file) < rank(known) {
                    *known = file;
                }
                known.folders = folders;
            }
        }
    }
    kept
}

/// Whether a file may hold payloads, by its name.
fn may_hold(path: &Path) -> bool {
    Layout::of(&path.to_string_lossy()).is_some()
}

/// Finds files that may hold payloads below a folder.
fn walk(folder: &Path, found: &mut Found) {
    let at = found.folders.len();
    found.folders.push(shown(folder));
    let before = (found.files.len(), found.failures.len());
    let mut searched = Vec::new();
    let mut seen = HashSet::new();
    for one in system::all_below(folder) {
        let (path, is_link) = match one {
            Ok(Below::File(path)) => (path, false),
            Ok(Below::Link(path)) => (path, true),
            Ok(Below::Folder(path)) => {
                seen.insert(path.clone());
                searched.push(path);
                continue;
            }
            Err(error) => {
                found.failures.push(Failure::Search(error));
                continue;
            }
        };
        if may_hold(&path) {
            seen.insert(path.clone());
            found.files.push(File {
                path,
                only_payloads: true,
                is_link,
                folders: vec![at],
            });
        }
    }
    let not_searched = searched.iter().flat_map(|folder| {
        let names = visible_names(folder).into_iter();
        names.map(|(name, kind)| (folder.join(name), kind))
    });
    let ignored = not_searched.filter(|(path, _)| !seen.contains(path));
    found.ignored += ignored
        .map(|(path, kind)| match kind {
            Kind::Folder => {
                let mut names = visible_names(&path);
                names.retain(|(name, kind)| *kind == Kind::File && may_hold(Path::new(name)));
                names.len()
            }
            Kind::File => usize::from(may_hold(&path)),
            Kind::Other => 0,
        })
        .sum::<usize>();
    if (found.files.len(), found.failures.len()) == before {
        let folder = shown(folder);
        found.failures.push(Failure::NoFiles { folder });
    }
}

/// What is in a folder and is not hidden.
fn visible_names(folder: &Path) -> Vec<(OsString, Kind)> {
    let entries = system::entries(folder).unwrap_or_default();
    let names = entries.into_iter().map(|entry| (entry.name, entry.kind));
    names
        .filter(|(name, _)| !name.as_encoded_bytes().starts_with(b"."))
        .collect()
}
