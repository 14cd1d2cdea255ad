//! The system as Node.js has it: `pkg/src/command/system.ts` answers. There are no threads.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressDrawTarget, TermLike};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::types::{Entry, Kind, Stream};

/// Paths have `/` between folders. What fails throws a text: the code of the error, a colon, and
/// what is said of it.
mod node {
    use super::{JsValue, wasm_bindgen};

    #[wasm_bindgen(raw_module = "./system.js")]
    extern "C" {
        /// `fs.Stats`.
        #[derive(Debug)]
        pub(super) type Stats;
        #[wasm_bindgen(method, js_name = isFile)]
        pub(super) fn is_file(this: &Stats) -> bool;
        #[wasm_bindgen(method, js_name = isDirectory)]
        pub(super) fn is_directory(this: &Stats) -> bool;
        #[wasm_bindgen(method, getter)]
        pub(super) fn size(this: &Stats) -> f64;
        #[wasm_bindgen(method, getter)]
        pub(super) fn mode(this: &Stats) -> u32;

        #[wasm_bindgen(catch)]
        pub(super) fn metadata(path: &str) -> Result<Stats, JsValue>;
        #[wasm_bindgen(js_name = isThere)]
        pub(super) fn is_there(path: &str) -> bool;
        #[wasm_bindgen(catch)]
        pub(super) fn real(path: &str) -> Result<String, JsValue>;
        pub(super) fn absolute(path: &str) -> String;
        #[wasm_bindgen(js_name = currentFolder)]
        pub(super) fn current_folder() -> String;

        /// Names, each begun by what it is: `f` a file, `d` a folder, `o` anything else.
        #[wasm_bindgen(catch)]
        pub(super) fn entries(folder: &str) -> Result<Vec<String>, JsValue>;
        #[wasm_bindgen(catch)]
        pub(super) fn read(path: &str) -> Result<Vec<u8>, JsValue>;
        #[wasm_bindgen(js_name = hasUnreadInput)]
        pub(super) fn has_unread_input() -> bool;
        #[wasm_bindgen(catch, js_name = readInput)]
        pub(super) fn read_input() -> Result<Vec<u8>, JsValue>;

        #[wasm_bindgen(catch)]
        pub(super) fn replace(path: &str, content: &[u8], stats: &Stats) -> Result<(), JsValue>;
        #[wasm_bindgen(catch)]
        pub(super) fn create(path: &str, content: &[u8]) -> Result<(), JsValue>;
        #[wasm_bindgen(catch, js_name = writeInto)]
        pub(super) fn write_into(path: &str, content: &[u8]) -> Result<(), JsValue>;
        #[wasm_bindgen(js_name = finishBeforeInterrupts)]
        pub(super) fn finish_before_interrupts();

        /// How many bytes were written.
        #[wasm_bindgen(catch)]
        pub(super) fn write(descriptor: u8, bytes: &[u8]) -> Result<usize, JsValue>;
        #[wasm_bindgen(js_name = isTerminal)]
        pub(super) fn is_terminal(descriptor: u8) -> bool;
        #[wasm_bindgen(js_name = showsColour)]
        pub(super) fn shows_colour(descriptor: u8) -> bool;
        pub(super) fn columns(descriptor: u8) -> Option<u16>;
    }
}

/// What was thrown, as an error.
#[expect(clippy::needless_pass_by_value, reason = "of `map_err`")]
fn failed(thrown: JsValue) -> io::Error {
    // The functions of system.ts throw text. Anything else comes from handing over what they gave, for
    // want of room.
    let Some(thrown) = thrown.as_string() else {
        return io::Error::new(io::ErrorKind::OutOfMemory, "out of memory");
    };
    let (code, text) = thrown.split_once(": ").unwrap_or(("", &thrown));
    let kind = match code {
        "ENOENT" => io::ErrorKind::NotFound,
        "EPIPE" => io::ErrorKind::BrokenPipe,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, text.to_owned())
}

/// A path for Node. One that is no Unicode came from nowhere: its arguments and names are.
fn text(path: &Path) -> std::borrow::Cow<'_, str> {
    path.to_string_lossy()
}

impl Stream {
    fn descriptor(self) -> u8 {
        match self {
            Self::Output => 1,
            Self::Error => 2,
        }
    }

    /// Whether a terminal shows it.
    pub(in crate::cli) fn is_terminal(self) -> bool {
        node::is_terminal(self.descriptor())
    }

    /// How many columns the terminal has that shows it.
    pub(in crate::cli) fn width(self) -> Option<usize> {
        node::columns(self.descriptor()).map(usize::from)
    }

    /// Whether it shows colour: a terminal that can, and `NO_COLOR` and its like agree.
    pub(in crate::cli) fn shows_colour(self) -> bool {
        node::shows_colour(self.descriptor())
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        node::write(self.descriptor(), bytes).map_err(failed)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The command with its help as wide as the terminal, which `clap` cannot ask for here.
pub(in crate::cli) fn fitted(command: clap::Command) -> clap::Command {
    match Stream::Output.width() {
        Some(width) => command.term_width(width),
        None => command,
    }
}

/// Where progress is drawn: standard error, ten times a second.
pub(in crate::cli) fn progress_target() -> ProgressDrawTarget {
    ProgressDrawTarget::term_like_with_hz(Box::new(Stream::Error), 10)
}

impl TermLike for Stream {
    fn width(&self) -> u16 {
        node::columns(self.descriptor()).unwrap_or(80)
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        self.move_cursor(lines, 'A')
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        self.move_cursor(lines, 'B')
    }

    fn move_cursor_right(&self, columns: usize) -> io::Result<()> {
        self.move_cursor(columns, 'C')
    }

    fn move_cursor_left(&self, columns: usize) -> io::Result<()> {
        self.move_cursor(columns, 'D')
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.write_str(&format!("{text}\n"))
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        { *self }.write_all(text.as_bytes())
    }

    fn clear_line(&self) -> io::Result<()> {
        self.write_str("\r\u{1b}[2K")
    }

    fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Stream {
    /// By ECMA-48's control sequences; a count of 0 would mean 1.
    fn move_cursor(self, count: usize, direction: char) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        self.write_str(&format!("\u{1b}[{count}{direction}"))
    }
}

/// What is at a path, links followed.
#[derive(Debug)]
pub(in crate::cli) struct Metadata(node::Stats);

impl Metadata {
    pub(in crate::cli) fn kind(&self) -> Kind {
        Kind::of(self.0.is_file(), self.0.is_directory())
    }

    /// Its length in bytes, if it is a file.
    #[expect(clippy::cast_sign_loss, reason = "a length")]
    pub(in crate::cli) fn bytes(&self) -> u64 {
        self.0.size() as u64
    }

    /// Whether its permissions let nobody write it.
    pub(super) fn is_read_only(&self) -> bool {
        self.0.mode() & 0o222 == 0
    }
}

/// All of standard input.
pub(in crate::cli) fn read_input() -> io::Result<Vec<u8>> {
    node::read_input().map_err(failed)
}

/// Whether somebody pipes something into the process, which it has not read.
pub(in crate::cli) fn has_unread_input() -> bool {
    node::has_unread_input()
}

/// Standard input. Node.js gives all of it at once.
pub(in crate::cli) fn open_input() -> io::Result<Box<dyn Read>> {
    Ok(Box::new(io::Cursor::new(read_input()?)))
}

/// A file. Node.js gives all of it at once.
pub(in crate::cli) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(Box::new(io::Cursor::new(read(path)?)))
}

/// All of a file.
pub(in crate::cli) fn read(path: &Path) -> io::Result<Vec<u8>> {
    node::read(&text(path)).map_err(failed)
}

/// What is at a path, links followed.
pub(in crate::cli) fn metadata(path: &Path) -> io::Result<Metadata> {
    node::metadata(&text(path)).map(Metadata).map_err(failed)
}

/// Whether a path exists; a link to nothing does.
pub(in crate::cli) fn is_there(path: &Path) -> bool {
    node::is_there(&text(path))
}

/// The path without links and detours. Fails if it does not exist.
pub(in crate::cli) fn real(path: &Path) -> io::Result<PathBuf> {
    node::real(&text(path)).map(PathBuf::from).map_err(failed)
}

/// The path from the root, without links resolved.
pub(super) fn absolute(path: &Path) -> PathBuf {
    node::absolute(&text(path)).into()
}

/// Where relative paths begin.
pub(in crate::cli) fn current_folder() -> PathBuf {
    node::current_folder().into()
}

/// What a folder holds, in no order.
pub(in crate::cli) fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let entry = |mut entry: String| {
        let kind = entry.remove(0);
        Entry {
            name: OsString::from(entry),
            kind: Kind::of(kind == 'f', kind == 'd'),
        }
    };
    let entries = node::entries(&text(folder)).map_err(failed)?;
    Ok(entries.into_iter().map(entry).collect())
}

/// From now on an interrupt (Ctrl-C) ends the process when the file that is being written has its
/// name: none is left half-written, and no temporary one is left.
#[expect(
    clippy::unnecessary_wraps,
    reason = "of the other system, where it may fail"
)]
pub(in crate::cli) fn finish_before_interrupts() -> io::Result<()> {
    node::finish_before_interrupts();
    Ok(())
}

/// Writes a temporary file beside the path, which takes its name, permissions and, where that is
/// allowed, owner.
pub(super) fn replace(path: &Path, content: &[u8], metadata: &Metadata) -> io::Result<()> {
    node::replace(&text(path), content, &metadata.0).map_err(failed)
}

/// Makes a file with its content, all at once or not at all. Permissions are those of any new file.
pub(in crate::cli) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    node::create(&text(path), content).map_err(failed)
}

/// Writes into a pipe or a device.
pub(in crate::cli) fn write_into(path: &Path, content: &[u8]) -> io::Result<()> {
    node::write_into(&text(path), content).map_err(failed)
}
