//! Baselines: findings that existed when seamlint was introduced. Only new ones are reported.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::paths::{folder_of, shown};
use super::save::save;
use super::system;
use crate::engine::baseline_key::{Covers, hexadecimal, without_indexes};
use crate::report::Diagnostic;
use crate::text::escape::in_json;

/// The version of the file that is read and written.
const VERSION: u8 = 2;

/// A file of findings.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u8,
    /// Whether keys cover what is written at the place.
    values: bool,
    /// By path, from the folder of the baseline.
    files: BTreeMap<String, Vec<Entry>>,
}

/// What identifies a finding. It has nothing of the payload but names of members.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    /// JSON Pointer, with `*` for every index.
    pointer: String,
    /// 32 hexadecimal digits, see [`baseline_key`](crate::engine::baseline_key).
    key: String,
}

impl Entry {
    fn of(found: &Diagnostic) -> Self {
        Self {
            code: found.code.to_string(),
            pointer: without_indexes(&found.pointer),
            key: found
                .key
                .as_ref()
                .map_or_else(String::new, |key| hexadecimal(&key.bits)),
        }
    }
}

/// A baseline while files are checked.
#[derive(Debug)]
pub(super) struct Baseline {
    path: PathBuf,
    /// [`system::absolute`].
    folder: PathBuf,
    pub(super) covers: Covers,
    /// By path, how many findings have each entry, less those that were found again.
    files: BTreeMap<String, BTreeMap<Entry, usize>>,
    /// The files that were checked.
    checked: BTreeSet<String>,
    /// It is being written.
    is_new: bool,
    /// How many findings were found again or added.
    pub(super) count: usize,
}

impl Baseline {
    /// One to be written when everything has been checked.
    pub(super) fn new(path: &Path, covers: Covers) -> Self {
        Self {
            path: path.to_path_buf(),
            folder: system::absolute(folder_of(path)),
            covers,
            files: BTreeMap::new(),
            checked: BTreeSet::new(),
            is_new: true,
            count: 0,
        }
    }

    /// Reads one. Fails if it cannot be read or understood.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = system::read_to_string(path).map_err(|error| {
            let path = shown(path);
            Failure::ReadBaseline { path, error }
        })?;
        let what = || format!("the baseline {}", shown(path));
        let written: Written =
            serde_json::from_str(&text).map_err(|error| Failure::unusable(what(), error))?;
        if written.version != VERSION {
            let why = format!(
                "it has version {}; this seamlint reads version {VERSION}: rewrite it with --write-baseline",
                written.version
            );
            return Err(Failure::unusable(what(), why));
        }
        let mut baseline = Self::new(
            path,
            if written.values {
                Covers::Values
            } else {
                Covers::Places
            },
        );
        baseline.is_new = false;
        for (file, entries) in written.files {
            let known = baseline.files.entry(file).or_default();
            for entry in entries {
                *known.entry(entry).or_default() += 1;
            }
        }
        Ok(baseline)
    }

    /// Whether a finding of a file is in the baseline: always, while it is being written. Each
    /// entry matches one finding.
    pub(super) fn takes<'b>(
        &'b mut self,
        file: &Path,
    ) -> impl FnMut(&Diagnostic) -> bool + use<'b> {
        let path = pathdiff::diff_paths(file, &self.folder);
        let path = shown(path.as_deref().unwrap_or(file));
        self.checked.insert(path.clone());
        let (is_new, count) = (self.is_new, &mut self.count);
        let mut known = if is_new {
            Some(self.files.entry(path).or_default())
        } else {
            self.files.get_mut(&path)
        };
        move |found| {
            let Some(known) = &mut known else {
                return false;
            };
            let entry = Entry::of(found);
            if is_new {
                *known.entry(entry).or_default() += 1;
            } else {
                match known.get_mut(&entry) {
                    Some(left) if *left > 0 => *left -= 1,
                    _ => return false,
                }
            }
            *count += 1;
            true
        }
    }

    /// How many findings of the checked files were not found again.
    fn gone(&self) -> usize {
        let checked = self
            .files
            .iter()
            .filter(|(path, _)| self.checked.contains(*path));
        checked.flat_map(|(_, known)| known.values()).sum()
    }

    /// A warning if findings of the baseline are gone.
    pub(super) fn note(&self) -> Option<String> {
        let gone = if self.is_new { 0 } else { self.gone() };
        let path = shown(&self.path);
        let (findings, are) = match gone {
            1 => ("finding", "is"),
            _ => ("findings", "are"),
        };
        let write = "rewrite it with --write-baseline";
        (gone > 0).then(|| format!("{path}: {gone} {findings} of the baseline {are} gone; {write}"))
    }

    /// Writes it, all at once.
    pub(super) fn write(self) -> Result<(), Failure> {
        let mut written = Written {
            version: VERSION,
            values: self.covers == Covers::Values,
            files: BTreeMap::new(),
        };
        for (path, known) in self.files {
            let entries: Vec<Entry> = known
                .into_iter()
                .flat_map(|(entry, count)| std::iter::repeat_n(entry, count))
                .collect();
            if !entries.is_empty() {
                written.files.insert(path, entries);
            }
        }
        serde_json::to_string_pretty(&written)
            .map_err(std::io::Error::from)
            .and_then(|text| {
                let text = in_json(&text).into_owned() + "\n";
                save(&self.path, text.as_bytes())
            })
            .map_err(|error| {
                let what = format!("the baseline {}", shown(&self.path));
                Failure::write(what, error)
            })
    }
}
