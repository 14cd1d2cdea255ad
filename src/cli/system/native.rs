//! The system that the process runs on.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anstream::{AutoStream, ColorChoice};
use ignore::WalkBuilder;

use super::{About, Kind, Stream};
use crate::cli::Failure;
use crate::cli::files::folder_of;

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Output => io::stdout().write(bytes),
            Self::Error => io::stderr().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Output => io::stdout().flush(),
            Self::Error => io::stderr().flush(),
        }
    }
}

impl Stream {
    /// Whether a terminal shows it.
    pub(crate) fn is_terminal(self) -> bool {
        match self {
            Self::Output => io::stdout().is_terminal(),
            Self::Error => io::stderr().is_terminal(),
        }
    }

    /// How many columns the terminal has that shows it.
    pub(crate) fn width(self) -> Option<usize> {
        let size = self.is_terminal().then(terminal_size::terminal_size);
        size.flatten().map(|(width, _)| usize::from(width.0))
    }

    /// Whether it shows colour: a terminal that can, and `NO_COLOR` and its like agree.
    pub(crate) fn shows_colour(self) -> bool {
        let choice = match self {
            Self::Output => AutoStream::choice(&io::stdout()),
            Self::Error => AutoStream::choice(&io::stderr()),
        };
        choice != ColorChoice::Never
    }
}

/// All of standard input.
pub(in crate::cli) fn read_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All of a file.
pub(in crate::cli) fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// What stands at a path, links followed.
pub(in crate::cli) fn about(path: &Path) -> io::Result<About> {
    let metadata = fs::metadata(path)?;
    Ok(About {
        kind: if metadata.is_file() {
            Kind::File
        } else if metadata.is_dir() {
            Kind::Folder
        } else {
            Kind::Other
        },
        bytes: metadata.len(),
        is_read_only: metadata.permissions().readonly(),
    })
}

/// Whether anything stands at a path, a link that leads to nothing too.
pub(in crate::cli) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The path without links and detours. Fails if nothing stands there.
pub(in crate::cli) fn real(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// The path from the root, without links resolved.
pub(in crate::cli) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Where relative paths begin.
pub(in crate::cli) fn current_folder() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// The files below a folder in the order of their paths, as git sees it: no hidden and no ignored
/// ones, no links. What cannot be searched is told in their place.
pub(in crate::cli) fn files_below(folder: &Path) -> impl Iterator<Item = Result<PathBuf, String>> {
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).sort_by_file_path(Path::cmp);
    walk.build().filter_map(|entry| match entry {
        Ok(entry) => {
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            is_file.then(|| Ok(entry.into_path()))
        }
        Err(error) => Some(Err(error.to_string())),
    })
}

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// What shells give for a command that an interrupt has ended: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// From now on an interrupt (Ctrl-C) ends the process when the file that is being written has its
/// name: none is left half-written, and no temporary one is left.
pub(in crate::cli) fn finish_before_interrupts() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        let _written = WRITING.lock();
        std::process::exit(INTERRUPTED);
    })
    .map_err(|error| Failure(format!("cannot wait for interrupts: {error}")))
}

/// Puts a file with this content at a path, all at once or not at all: it is written beside it,
/// and then takes its name. Permissions and, where that is allowed, owner are those of the file
/// that is `replaced`, or of any new file.
pub(in crate::cli) fn put(path: &Path, content: &[u8], replaced: bool) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    let before = if replaced {
        Some(fs::metadata(path)?)
    } else {
        // What the process's mask leaves of this; a temporary file is its owner's alone otherwise.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        None
    };
    let folder = folder_of(path);
    let _writing = WRITING.lock();
    let mut file = builder.prefix(".seamlint-").tempfile_in(folder)?;
    file.write_all(content)?;
    if let Some(before) = before {
        keep_owner(file.as_file(), &before);
        file.as_file().set_permissions(before.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// Who may not give files away keeps what they wrote.
#[cfg(unix)]
fn keep_owner(file: &fs::File, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_file: &fs::File, _metadata: &fs::Metadata) {}

/// The new name is on the disk when the folder is; not every file system can be asked for that.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = fs::File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Writes into what stands at a path: a pipe or a device.
pub(in crate::cli) fn write_into(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(content)?;
    file.flush()
}
