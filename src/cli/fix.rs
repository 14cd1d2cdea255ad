//! Writing files, and showing what would be written.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use similar::TextDiff;

use super::Failure;
use super::files::folder_of;
use crate::linter::{push_visible, visible};

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// What shells give for a command that an interrupt has ended: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// From now on an interrupt (Ctrl-C) ends the process when the file that is being written has its
/// name: none is left half-written, and no temporary one is left.
pub(super) fn finish_before_interrupts() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        let _written = WRITING.lock();
        std::process::exit(INTERRUPTED);
    })
    .map_err(|error| Failure(format!("cannot wait for interrupts: {error}")))
}

/// Replaces a file's content, all at once or not at all: the new content is written to a temporary
/// file beside it, which then takes its name. Permissions and, where that is allowed, owner stay.
/// A symbolic link stays one: what it leads to is replaced. A file that is read-only is not.
pub(super) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    let permissions = metadata.permissions();
    if !metadata.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    // A rename would succeed all the same.
    if permissions.readonly() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is read-only",
        ));
    }
    write(&target, content, tempfile::Builder::new(), |file| {
        keep_owner(file, &metadata);
        file.set_permissions(permissions)
    })
}

/// Makes a file with its content, all at once or not at all, as [`replace`] does. Permissions are
/// those of any new file.
pub(super) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
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

/// Writes mended standard input to standard output. A reader that has gone away has seen enough.
pub(super) fn pass_on(content: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    super::closed(out.write_all(content).and_then(|()| out.flush()))
}

/// A unified diff as `patch -p0` and `git apply -p0` take it. On a terminal, what cannot be seen
/// is escaped.
pub(super) fn diff(path: &str, old: &str, new: &str, terminal: bool) -> String {
    // A text in which nearly every line changes would take the square of its lines.
    let diff = TextDiff::configure()
        .timeout(Duration::from_secs(5))
        .diff_lines(old, new);
    let path = visible(path, usize::MAX);
    let diff = diff
        .unified_diff()
        .context_radius(3)
        .header(&path, &path)
        .to_string();
    if !terminal {
        return diff;
    }
    let mut shown = String::with_capacity(diff.len());
    for character in diff.chars() {
        match character {
            '\n' | '\t' => shown.push(character),
            other => push_visible(&mut shown, other),
        }
    }
    shown
}
