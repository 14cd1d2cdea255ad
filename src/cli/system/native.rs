//! The system as the operating system has it.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anstream::{AutoStream, ColorChoice};
use ignore::WalkBuilder;
use indicatif::ProgressDrawTarget;

use super::types::{Below, Entry, Kind, Stream};
use crate::cli::paths::folder_of;

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
    pub(in crate::cli) fn is_terminal(self) -> bool {
        match self {
            Self::Output => io::stdout().is_terminal(),
            Self::Error => io::stderr().is_terminal(),
        }
    }

    /// How many columns the terminal has that shows it.
    pub(in crate::cli) fn width(self) -> Option<usize> {
        let size = self.is_terminal().then(terminal_size::terminal_size);
        size.flatten().map(|(width, _)| usize::from(width.0))
    }

    /// Whether it shows colour: a terminal that can, and `NO_COLOR` and its like agree.
    pub(in crate::cli) fn shows_colour(self) -> bool {
        let is_set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        if is_set("NO_COLOR").is_none()
            && let Some(forced) = is_set("FORCE_COLOR")
        {
            return forced != "0" && forced != "false";
        }
        let choice = match self {
            Self::Output => AutoStream::choice(&io::stdout()),
            Self::Error => AutoStream::choice(&io::stderr()),
        };
        choice != ColorChoice::Never
    }
}

/// The command with its help as wide as the terminal: `clap` asks for that by itself.
pub(in crate::cli) fn fitted(command: clap::Command) -> clap::Command {
    command
}

/// Where progress is drawn.
pub(in crate::cli) fn progress_target() -> ProgressDrawTarget {
    ProgressDrawTarget::stderr()
}

/// What is at a path, links followed.
#[derive(Debug)]
pub(in crate::cli) struct Metadata(fs::Metadata);

impl Metadata {
    pub(in crate::cli) fn kind(&self) -> Kind {
        Kind::of(self.0.is_file(), self.0.is_dir())
    }

    /// Its length in bytes, if it is a file.
    pub(in crate::cli) fn bytes(&self) -> u64 {
        self.0.len()
    }

    /// Whether its permissions let nobody write it.
    pub(super) fn is_read_only(&self) -> bool {
        self.0.permissions().readonly()
    }
}

/// Standard input, to be read bit by bit.
#[expect(clippy::unnecessary_wraps, reason = "Node.js reads it here")]
pub(in crate::cli) fn open_input() -> io::Result<Box<dyn Read>> {
    Ok(Box::new(io::stdin().lock()))
}

/// A file, to be read bit by bit.
pub(in crate::cli) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(Box::new(fs::File::open(path)?))
}

/// All of standard input.
pub(in crate::cli) fn read_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether somebody pipes something into the process, which it has not read: a pipe that is at its end has nothing.
pub(in crate::cli) fn has_unread_input() -> bool {
    let Ok(input) = fs::metadata("/dev/stdin") else {
        return false;
    };
    if input.is_file() {
        return input.len() > 0;
    }
    if !is_pipe(&input) {
        return false;
    }
    // Who writes may not have begun; a pipe that stays silent for so long is still one.
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || send.send(io::stdin().lock().read(&mut [0])));
    let read = receive.recv_timeout(std::time::Duration::from_millis(200));
    !matches!(read, Ok(Ok(0) | Err(_)))
}

#[cfg(unix)]
fn is_pipe(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_metadata: &fs::Metadata) -> bool {
    false
}

/// All of a file.
pub(in crate::cli) fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// What is at a path, links followed.
pub(in crate::cli) fn metadata(path: &Path) -> io::Result<Metadata> {
    fs::metadata(path).map(Metadata)
}

/// Whether a path exists; a link to nothing does.
pub(in crate::cli) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The path without links and detours. Fails if it does not exist.
pub(in crate::cli) fn real(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// The path from the root, without links resolved.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Where relative paths begin.
pub(in crate::cli) fn current_folder() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// What is below a folder in the order of the paths, as git sees it: nothing hidden and nothing ignored, and links to files
/// alone; an error in place of what cannot be searched.
pub(in crate::cli) fn all_below(folder: &Path) -> impl Iterator<Item = io::Result<Below>> {
    let mut walk = WalkBuilder::new(folder);
    // What is sorted is in one folder: as texts, paths have the order of their names.
    walk.require_git(false)
        .sort_by_file_path(|a, b| a.as_os_str().cmp(b.as_os_str()));
    walk.build().filter_map(|entry| match entry {
        Ok(entry) => {
            let is_top = entry.depth() == 0;
            let kind = entry.file_type()?;
            let path = entry.into_path();
            if kind.is_file() {
                Some(Ok(Below::File(path)))
            } else if kind.is_dir() || is_top {
                Some(Ok(Below::Folder(path)))
            } else {
                let leads_to_file = kind.is_symlink() && path.is_file();
                leads_to_file.then_some(Ok(Below::Link(path)))
            }
        }
        Err(error) => Some(Err(io::Error::other(error))),
    })
}

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// What shells give for a command that an interrupt has ended: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// From now on an interrupt (Ctrl-C) ends the process when the file that is being written has its
/// name: none is left half-written, and no temporary one is left.
pub(in crate::cli) fn finish_before_interrupts() -> io::Result<()> {
    ctrlc::set_handler(|| {
        let _written = WRITING.lock();
        std::process::exit(INTERRUPTED);
    })
    .map_err(io::Error::other)
}

/// Writes a temporary file beside the path, which takes its name, permissions and, where that is
/// allowed, owner.
pub(super) fn replace(path: &Path, content: &[u8], metadata: &Metadata) -> io::Result<()> {
    write(path, content, tempfile::Builder::new(), |file| {
        keep_owner(file, &metadata.0);
        file.set_permissions(metadata.0.permissions())
    })
}

/// Makes a file with its content, all at once or not at all. Permissions are
/// those of any new file.
pub(in crate::cli) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    // What the process's mask leaves of this; a temporary file is its owner's alone otherwise.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    write(path, content, builder, |_| Ok(()))
}

/// Writes a temporary file beside the path, which takes its name once `finish` is done with it.
fn write(
    path: &Path,
    content: &[u8],
    mut builder: tempfile::Builder<'_, '_>,
    finish: impl FnOnce(&fs::File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder_of(path);
    let _writing = WRITING.lock();
    let mut file = builder.prefix(".seamlint-").tempfile_in(folder)?;
    file.write_all(content)?;
    finish(file.as_file())?;
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

/// Writes into a pipe or a device.
pub(in crate::cli) fn write_into(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(content)?;
    file.flush()
}

/// What a folder holds, in no order.
pub(in crate::cli) fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let entry = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        let kind = entry.file_type()?;
        Ok(Entry {
            name: entry.file_name(),
            kind: Kind::of(kind.is_file(), kind.is_dir()),
        })
    };
    fs::read_dir(folder)?.map(entry).collect()
}
