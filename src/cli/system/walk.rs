//! Folders searched as git sees them, where [`ignore::WalkBuilder`] cannot: it reads by the
//! standard library. Its crate judges the patterns; a test holds that both find the same. What git
//! ignores for this machine alone (`core.excludesFile`) is not known here.

use std::io;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

#[cfg(target_arch = "wasm32")]
use super::javascript::{entries, is_there, metadata, read, real};
#[cfg(not(target_arch = "wasm32"))]
use super::native::{entries, is_there, metadata, read, real};
use super::types::{Below, Entry, Kind};

/// What is below a folder in the order of the paths, as git sees it: nothing hidden and nothing ignored, and links to files
/// alone; an error in place of what cannot be searched.
pub(in crate::cli) fn all_below(folder: &Path) -> impl Iterator<Item = io::Result<Below>> {
    let mut search = Search {
        rules: Vec::new(),
        found: Vec::new(),
    };
    match real(folder) {
        Ok(place) => {
            let mut above: Vec<&Path> = place.ancestors().skip(1).collect();
            above.reverse();
            search.rules.extend(above.into_iter().map(Rules::of));
            search.folder(folder, &place);
        }
        Err(error) => search.fail(folder, &error),
    }
    search.found.into_iter()
}

struct Search {
    /// Of the folders from the root to the one that is searched.
    rules: Vec<Rules>,
    found: Vec<io::Result<Below>>,
}

/// What a folder says is ignored below it.
struct Rules {
    ignore: Gitignore,
    git: Gitignore,
    /// `info/exclude` of the repository that it is the top of.
    exclude: Gitignore,
}

impl Search {
    /// Searches a folder: the path as it is shown, and where it really is.
    fn folder(&mut self, shown: &Path, place: &Path) {
        let mut held = match entries(place) {
            Ok(held) => held,
            Err(error) => return self.fail(shown, &error),
        };
        held.sort_by(|a, b| a.name.cmp(&b.name));
        self.found.push(Ok(Below::Folder(shown.to_path_buf())));
        self.rules.push(Rules::of(place));
        for Entry { name, kind } in held {
            let below = place.join(&name);
            if self.is_skipped(&below, kind) {
                continue;
            }
            let shown = shown.join(&name);
            match kind {
                Kind::File => self.found.push(Ok(Below::File(shown))),
                Kind::Folder => self.folder(&shown, &below),
                Kind::Other => {
                    let leads_to = metadata(&below).map(|metadata| metadata.kind());
                    if matches!(leads_to, Ok(Kind::File)) {
                        self.found.push(Ok(Below::Link(shown)));
                    }
                }
            }
        }
        self.rules.pop();
    }

    fn fail(&mut self, folder: &Path, error: &io::Error) {
        self.found.push(Err(io::Error::other(format!(
            "{}: {error}",
            folder.display()
        ))));
    }

    /// Whether it is hidden or ignored. The nearest folder with a matching pattern decides, in
    /// another repository too; `.ignore` files take precedence over `.gitignore` files.
    fn is_skipped(&self, path: &Path, kind: Kind) -> bool {
        let is_folder = kind == Kind::Folder;
        let said = |rules: &Gitignore| match rules.matched(path, is_folder) {
            Match::None => None,
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
        };
        let nearest = || self.rules.iter().rev();
        nearest()
            .find_map(|rules| said(&rules.ignore))
            .or_else(|| nearest().find_map(|rules| said(&rules.git)))
            .or_else(|| nearest().find_map(|rules| said(&rules.exclude)))
            .unwrap_or_else(|| {
                let name = path.file_name().unwrap_or_default();
                name.as_encoded_bytes().starts_with(b".")
            })
    }
}

impl Rules {
    fn of(folder: &Path) -> Self {
        let repository = folder.join(".git");
        Self {
            ignore: patterns(folder, &folder.join(".ignore")),
            git: patterns(folder, &folder.join(".gitignore")),
            exclude: if is_there(&repository) {
                patterns(folder, &common_folder(repository).join("info/exclude"))
            } else {
                Gitignore::empty()
            },
        }
    }
}

/// Where a repository keeps what its work trees share (gitrepository-layout): in a work tree
/// `.git` is a file that names a folder, and a file there names this one.
fn common_folder(repository: PathBuf) -> PathBuf {
    let Some(named) = text(&repository) else {
        return repository;
    };
    let Some(folder) = named.trim_end().strip_prefix("gitdir: ") else {
        return repository;
    };
    let folder = Path::new(folder);
    match text(&folder.join("commondir")) {
        Some(common) => folder.join(common.trim_end()),
        None => folder.to_path_buf(),
    }
}

/// The patterns of a file; none if it is not there. Invalid ones are skipped.
fn patterns(folder: &Path, file: &Path) -> Gitignore {
    let Some(text) = text(file) else {
        return Gitignore::empty();
    };
    let mut builder = GitignoreBuilder::new(folder);
    for line in text.trim_start_matches('\u{feff}').lines() {
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The text of what may not be there.
fn text(file: &Path) -> Option<String> {
    String::from_utf8(read(file).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::system::host;
    use std::fs;

    /// Both ways of searching the folder.
    fn both(folder: &Path) -> Vec<PathBuf> {
        let shown = |found: io::Result<Below>| found.map_err(|error| error.to_string());
        let wanted: Vec<_> = host::all_below(folder).map(shown).collect();
        let found: Vec<_> = all_below(folder).map(shown).collect();
        assert_eq!(found, wanted, "{}", folder.display());
        let found = found
            .into_iter()
            .map(|one| one.expect("it can be searched"));
        found
            .filter_map(|one| match one {
                Below::File(path) | Below::Link(path) => Some(path),
                Below::Folder(_) => None,
            })
            .collect()
    }

    #[test]
    fn both_ways_find_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path().join("top");
        let write = |name: &str, text: &str| {
            let path = top.join(name);
            fs::create_dir_all(path.parent().expect("has one")).expect("can be made");
            fs::write(path, text).expect("can be written");
        };
        for place in [
            "", "a/", "a/b/", "a/b/c/", "sub/", "sub/x/", ".hid/", "a/.keep/",
        ] {
            for name in [
                "one.json",
                "two.json",
                "three.jsonl",
                ".dot.json",
                "a-b.json",
                "keep.json",
            ] {
                write(&format!("{place}{name}"), "{}");
            }
        }
        let nothing_ignored = both(&top);
        assert!(nothing_ignored.contains(&top.join("a/b/c/one.json")));
        write(
            ".gitignore",
            "\u{feff}# a comment\ntwo.json\n/three.jsonl\na/b/c/\r\n*.jsonl \n[broken\n!keep.json\n",
        );
        write("a/.gitignore", "!two.json\nkeep.json\n!.keep\n");
        write("a/b/.ignore", "one.json\n!.dot.json\n");
        write(".git/info/exclude", "a-b.json\n!sub/x/.dot.json\n");
        write("sub/.git/HEAD", "ref: refs/heads/main\n");
        write("sub/x/.gitignore", "one.json\n");
        let some_ignored = both(&top);
        assert!(some_ignored.len() < nothing_ignored.len());
        assert!(some_ignored.contains(&top.join("a/.keep/one.json")));
        assert!(
            !some_ignored.contains(&top.join("a-b.json")),
            "info/exclude"
        );
        for below in ["a", "a/b", "a/b/c", "sub", "sub/x", ".hid", "a/../sub"] {
            both(&top.join(below));
        }
        // A work tree of the repository above.
        write(
            "tree/.git",
            &format!("gitdir: {}\n", top.join(".git/worktrees/tree").display()),
        );
        write(".git/worktrees/tree/commondir", "../..\n");
        write("tree/a-b.json", "{}");
        write("tree/four.json", "{}");
        assert_eq!(both(&top.join("tree")), [top.join("tree/four.json")]);
    }

    #[cfg(unix)]
    #[test]
    fn links_to_files_are_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path().join("top");
        fs::create_dir_all(top.join("real")).expect("can be made");
        fs::write(top.join("real/a.json"), "{}").expect("can be written");
        for (to, name) in [
            ("real", "other"),
            ("real/a.json", "b.json"),
            ("nothing", "c.json"),
            ("..", "loop"),
        ] {
            std::os::unix::fs::symlink(to, top.join(name)).expect("a link");
        }
        assert_eq!(both(&top), [top.join("b.json"), top.join("real/a.json")]);
        // A folder that is named may be behind a link.
        assert_eq!(both(&top.join("other")), [top.join("other/a.json")]);
    }
}
