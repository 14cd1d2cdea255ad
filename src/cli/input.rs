//! A file that was read: JSON or JSON Lines, either of them compressed by gzip.

use std::borrow::Cow;
use std::error::Error;
use std::io::{self, BufReader, Cursor, Read, Write};
use std::path::Path;
use std::rc::Rc;

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use json_document::{Document, Position};

use super::failure::Failure;
use super::paths::shown;
use super::system;
use crate::engine::fix::{self, Fixed};
use crate::engine::input::{WIDE_START, is_wide, wide_text};
use crate::engine::json_lines::{self, Layout, Parts};
use crate::engine::linter::Linter;
use crate::model::known::KnownKeys;
use crate::model::recognize::is_payload;
use crate::report::{Applicability, Diagnostic, Report, Severity};
use crate::rules::registry;
use crate::rules::rule::Group;

/// A file that was read.
pub(super) struct InputFile {
    /// As reports name it.
    pub(super) name: String,
    /// Uncompressed.
    pub(super) bytes: Vec<u8>,
    pub(super) layout: Layout,
    is_compressed: bool,
}

/// The longest text that is unpacked, see `document-too-large`: a small file can hold much.
const MOST: u64 = u32::MAX as u64;

/// The first bytes of gzip (RFC 1952). No JSON text begins like this.
const GZIP: [u8; 2] = [0x1f, 0x8b];

impl InputFile {
    /// Reads a file, or standard input under the name that it was given.
    pub(super) fn read(path: &Path, stdin: &str) -> Result<Self, Failure> {
        let read = if is_stdin(path) {
            system::read_input().and_then(|bytes| Self::unpacked(stdin.to_owned(), bytes))
        } else {
            Self::open(path)
        };
        read.map_err(|error| unreadable(path, error))
    }

    /// Reads a file.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Self::unpacked(shown(path), system::read(path)?)
    }

    fn unpacked(name: String, mut bytes: Vec<u8>) -> io::Result<Self> {
        let is_compressed = bytes.starts_with(&GZIP);
        if is_compressed {
            bytes = uncompressed(&bytes)?;
        }
        Ok(Self {
            bytes,
            // A file that is named is checked, whatever its name is.
            layout: Layout::of(&name).unwrap_or(Layout::Json),
            is_compressed,
            name,
        })
    }

    /// Whether it looks like a payload, or like lines of which one does.
    pub(super) fn is_payload(&self, linter: &Linter) -> bool {
        linter.is_payload_in(self.layout, &self.bytes)
    }

    pub(super) fn check(&self, linter: &Linter) -> Report<'_> {
        linter.check_in(self.layout, &self.bytes)
    }

    /// Checks it, if it [`is_payload`](Self::is_payload).
    pub(super) fn check_if_payload(&self, linter: &Linter) -> Option<Report<'_>> {
        linter.check_if_payload_in(self.layout, &self.bytes)
    }

    /// Fixes the text; nothing if it is not UTF-8, or UTF-16 that may be written anew.
    pub(super) fn fix(
        &self,
        linter: &Linter,
        limit: Applicability,
        is_suppressed: &dyn Fn(&Diagnostic) -> bool,
    ) -> Option<Fixed<'_>> {
        if let Some(decoded) = wide_text(&self.bytes) {
            let report = linter.check_bytes(&self.bytes);
            let written = fix::first(&report, limit, is_suppressed)?;
            let fixed = self.fix_text(linter, &decoded, limit, is_suppressed);
            let mut applied = vec![written];
            applied.extend(fixed.applied);
            return Some(Fixed {
                report: fixed.report.into_owned(),
                applied,
                dropped: fixed.dropped,
                rounds: fixed.rounds.max(1),
            });
        }
        let text = std::str::from_utf8(&self.bytes).ok()?;
        Some(self.fix_text(linter, text, limit, is_suppressed))
    }

    fn fix_text<'t>(
        &self,
        linter: &Linter,
        text: &'t str,
        limit: Applicability,
        is_suppressed: &dyn Fn(&Diagnostic) -> bool,
    ) -> Fixed<'t> {
        match self.layout {
            Layout::Json => linter.fix_unless(text, limit, is_suppressed),
            Layout::JsonLines => linter.fix_lines_unless(text, limit, is_suppressed),
        }
    }

    /// The text, if it is UTF-8 or UTF-16.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match wide_text(&self.bytes) {
            Some(decoded) => Some(decoded.into()),
            None => std::str::from_utf8(&self.bytes).ok().map(Cow::Borrowed),
        }
    }

    /// The bytes of a text for this file: compressed if the file is.
    pub(super) fn packed(&self, text: &str) -> io::Result<Vec<u8>> {
        if !self.is_compressed {
            return Ok(text.as_bytes().to_vec());
        }
        // Neither name nor time is written: the same text gives the same bytes.
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes())?;
        encoder.finish()
    }

    /// Adds the keys of its payloads. Fails if one of its texts is not a payload.
    pub(super) fn add_to(&self, known: &mut KnownKeys) -> Result<(), Failure> {
        let cannot = |line: usize, why: Box<dyn Error + Send + Sync>| {
            let name = &self.name;
            let place = match self.layout {
                Layout::Json => name.clone(),
                Layout::JsonLines => format!("{name}:{line}"),
            };
            Failure::unusable(format!("{place} as a payload"), why)
        };
        let text = std::str::from_utf8(&self.bytes).map_err(|error| {
            let before = &self.bytes[..error.valid_up_to()];
            let line = memchr::memchr_iter(b'\n', before).count() + 1;
            cannot(line, error.into())
        })?;
        let linter = Linter::new();
        let mut add = |text: &str, start: usize| {
            // Keys of a text that is not read as it was meant would hide findings.
            let report = linter.check(text);
            let mut errors = report.iter().filter(|found| {
                let rule = registry::find(&found.code);
                found.severity == Severity::Error
                    && rule.is_some_and(|rule| rule.group == Group::Json)
            });
            let error = errors.next().map(|found| {
                let Position { line, column, .. } = found.range.start;
                format!("{} at line {line}, column {column}", found.message)
            });
            let is_wrapped = report.iter().any(|found| found.code == "wrapped-payload");
            let is_payload = is_wrapped || is_payload(&Document::parse(text));
            let why = match (error, is_payload) {
                (None, true) => {
                    known.add_payload(text);
                    return Ok(());
                }
                (Some(error), true) => error,
                (None, false) => "it has neither customer_key nor a collection".to_owned(),
                (Some(error), false) => {
                    format!("it has neither customer_key nor a collection, and is no JSON: {error}")
                }
            };
            let line = memchr::memchr_iter(b'\n', &self.bytes[..start]).count() + 1;
            Err(cannot(line, why.into()))
        };
        match self.layout {
            Layout::Json => add(text, 0),
            Layout::JsonLines => json_lines::lines(text.as_bytes())
                .try_for_each(|(start, line)| add(&text[start..start + line.len()], start)),
        }
    }

    /// Whether there is nothing in it, or a page in place of a payload.
    pub(super) fn is_missing(&self) -> bool {
        is_missing(&self.bytes)
    }
}

fn is_missing(bytes: &[u8]) -> bool {
    let first = bytes.trim_ascii().first();
    first.is_none_or(|first| *first == b'<')
}

/// JSON Lines that are checked while they are read.
pub(super) struct LinesFile {
    /// As reports name it.
    pub(super) name: String,
    pub(super) parts: Parts<Box<dyn Read>>,
}

/// What a file turns out to be whose name says JSON Lines.
pub(super) enum Opened {
    Lines(LinesFile),
    /// UTF-16 or UTF-32, in which a line's end is no byte.
    Whole(InputFile),
    /// No line looks like a payload.
    Skipped,
}

impl LinesFile {
    /// Whether a path is one of JSON Lines.
    pub(super) fn is_named(path: &Path, stdin: &str) -> bool {
        Layout::of(&name(path, stdin)) == Some(Layout::JsonLines)
    }

    /// Opens a file, or standard input under the name that it was given. `skips`: it is skipped unless a line of it looks like a
    /// payload; where it `may_be_missing`, a file with nothing or with a page in it is not.
    pub(super) fn open(
        path: &Path,
        stdin: &str,
        linter: &Linter,
        (skips, may_be_missing): (bool, bool),
    ) -> Result<Opened, Failure> {
        let open = || -> io::Result<Opened> {
            let begin = |reader| Self::begin(name(path, stdin), reader, linter);
            if !skips {
                return begin(if is_stdin(path) {
                    system::open_input()?
                } else {
                    system::open(path)?
                });
            }
            // Two readings, of which the first mostly ends with the first line.
            let (first, second): (Box<dyn Read>, Box<dyn Read>) = if is_stdin(path) {
                let bytes: Rc<[u8]> = system::read_input()?.into();
                (
                    Box::new(Cursor::new(Rc::clone(&bytes))),
                    Box::new(Cursor::new(bytes)),
                )
            } else {
                (system::open(path)?, system::open(path)?)
            };
            if begin(first)?.has_payload(linter, may_be_missing)? {
                begin(second)
            } else {
                Ok(Opened::Skipped)
            }
        };
        open().map_err(|error| unreadable(path, error))
    }

    fn begin(name: String, reader: Box<dyn Read>, linter: &Linter) -> io::Result<Opened> {
        let (start, mut reader, is_compressed) = unpacking(reader)?;
        if !is_wide(&start) {
            let parts = Parts::new(reader, linter);
            return Ok(Opened::Lines(Self { name, parts }));
        }
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        Ok(Opened::Whole(InputFile {
            name,
            bytes,
            layout: Layout::JsonLines,
            is_compressed,
        }))
    }
}

impl Opened {
    fn has_payload(self, linter: &Linter, may_be_missing: bool) -> io::Result<bool> {
        let file = match self {
            Self::Lines(file) => file,
            Self::Whole(input) => return Ok(input.is_payload(linter)),
            Self::Skipped => return Ok(false),
        };
        for (at, part) in file.parts.enumerate() {
            let bytes = part?.bytes;
            if linter.is_payload_in_lines(&bytes) || at == 0 && may_be_missing && is_missing(&bytes)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A reader of the text, its first bytes, and whether it is compressed.
fn unpacking(mut reader: Box<dyn Read>) -> io::Result<(Vec<u8>, Box<dyn Read>, bool)> {
    let mut start = Vec::new();
    reader.by_ref().take(WIDE_START).read_to_end(&mut start)?;
    let is_compressed = start.starts_with(&GZIP);
    if is_compressed {
        let packed = BufReader::new(Cursor::new(start).chain(reader));
        reader = Box::new(MultiGzDecoder::new(packed));
        start = Vec::new();
        reader.by_ref().take(WIDE_START).read_to_end(&mut start)?;
    }
    let whole = Cursor::new(start.clone()).chain(reader);
    Ok((start, Box::new(whole), is_compressed))
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// As reports name a file, or standard input by the name that it was given.
fn name(path: &Path, stdin: &str) -> String {
    if is_stdin(path) {
        stdin.to_owned()
    } else {
        shown(path)
    }
}

pub(super) fn unreadable(path: &Path, error: io::Error) -> Failure {
    let what = name(path, "standard input");
    Failure::Read { what, error }
}

fn uncompressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    // Concatenated gzip files are one file: `cat a.gz b.gz`.
    MultiGzDecoder::new(bytes)
        .take(MOST + 1)
        .read_to_end(&mut text)?;
    if text.len() as u64 > MOST {
        return Err(io::Error::other("it holds more than 4 GiB"));
    }
    Ok(text)
}
