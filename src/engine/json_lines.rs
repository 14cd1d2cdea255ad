//! JSON Lines (<https://jsonlines.org>, also called NDJSON): one payload per line, as nightly jobs
//! write them.

#[cfg(feature = "cli")]
use std::io::{self, Read};

use json_document::{Document, LineIndex, Position};
#[cfg(feature = "cli")]
use json_document::{MAX_BYTES, PositionEncoding};

use crate::engine::fix::Fixed;
use crate::engine::input::{Input, Scope, as_utf8, is_wide};
use crate::engine::linter::Linter;
use crate::report::{Applicability, Diagnostic, Report};

/// How bytes hold payloads.
#[cfg(feature = "cli")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One JSON text.
    Json,
    /// One JSON text per line. Lines end at LF or CR LF; blank lines are skipped.
    JsonLines,
}

#[cfg(feature = "cli")]
impl Layout {
    /// How a file holds payloads, by its name, compressed (`.gz`) or not; nothing for a file that
    /// is skipped in folders.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let path = without(path, ".gz").unwrap_or(path);
        if without(path, ".json").is_some() {
            Some(Self::Json)
        } else if without(path, ".jsonl")
            .or(without(path, ".ndjson"))
            .is_some()
        {
            Some(Self::JsonLines)
        } else {
            None
        }
    }
}

/// A path without its extension, in any case; nothing if it has another.
#[cfg(feature = "cli")]
fn without<'p>(path: &'p str, end: &str) -> Option<&'p str> {
    let (name, tail) = path.split_at_checked(path.len().checked_sub(end.len())?)?;
    tail.eq_ignore_ascii_case(end).then_some(name)
}

/// Bytes to check in a set, with the name that reports give them.
#[cfg(feature = "cli")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) name: &'a str,
    pub(crate) bytes: &'a [u8],
    pub(crate) layout: Layout,
}

/// The lines that are not blank, without their ends, each with its offset.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let ends = memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len()));
    let mut start = 0;
    ends.filter_map(move |end| {
        let line = &bytes[start..end];
        let line_start = std::mem::replace(&mut start, end + 1);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let is_blank = line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
        (!is_blank).then_some((line_start, line))
    })
}

/// Whether the bytes cannot be taken apart into lines: in UTF-16 a line's end is no byte, and nothing has no line. One
/// finding says so of the whole.
fn is_whole(bytes: &[u8]) -> bool {
    is_wide(bytes) || lines(bytes).next().is_none()
}

/// Lines that are read together, one after the other, in bytes; a longer one is read alone.
#[cfg(feature = "cli")]
const PART: usize = 1 << 20;

/// Lines of a text.
#[cfg(feature = "cli")]
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) bytes: Vec<u8>,
    /// Where they begin in the text.
    start: Position,
    /// The text has more lines.
    pub(crate) has_more: bool,
}

/// Takes a text apart into [`Part`]s while it is read, so that it may be of any length. The last one comes without
/// [`Part::has_more`], before an error too.
#[cfg(feature = "cli")]
pub(crate) struct Parts<R> {
    /// Nothing when all is read.
    reader: Option<R>,
    encoding: PositionEncoding,
    /// The beginning of a line.
    rest: Vec<u8>,
    position: Position,
    failure: Option<io::Error>,
}

#[cfg(feature = "cli")]
impl<R: Read> Parts<R> {
    pub(crate) fn new(reader: R, linter: &Linter) -> Self {
        Self {
            reader: Some(reader),
            encoding: linter.encoding(),
            rest: Vec::new(),
            position: Position::START,
            failure: None,
        }
    }

    /// Reads on until a line ends. Returns the lines, and whether there may be more.
    fn read(&mut self) -> io::Result<(Vec<u8>, bool)> {
        let mut bytes = std::mem::take(&mut self.rest);
        let Some(reader) = &mut self.reader else {
            return Ok((bytes, false));
        };
        loop {
            // Reading would take twice as much, and many parts are in memory at once.
            bytes.reserve_exact(PART);
            let read = reader.take(PART as u64).read_to_end(&mut bytes)?;
            if read < PART {
                self.reader = None;
                return Ok((bytes, false));
            }
            // What was read before has no end of a line.
            let new = bytes.len() - read;
            if let Some(end) = memchr::memrchr(b'\n', &bytes[new..]) {
                self.rest = bytes.split_off(new + end + 1);
                return Ok((bytes, true));
            }
            if bytes.len() > MAX_BYTES {
                return Err(io::Error::other("a line of it is longer than 4 GiB"));
            }
        }
    }
}

#[cfg(feature = "cli")]
impl<R: Read> Iterator for Parts<R> {
    type Item = io::Result<Part>;

    fn next(&mut self) -> Option<io::Result<Part>> {
        if let Some(failure) = self.failure.take() {
            return Some(Err(failure));
        }
        self.reader.as_ref()?;
        let start = self.position;
        let (bytes, has_more) = match self.read() {
            Ok(read) => read,
            Err(failure) => {
                self.reader = None;
                if start == Position::START {
                    return Some(Err(failure));
                }
                self.failure = Some(failure);
                (Vec::new(), false)
            }
        };
        if has_more {
            let (text, _) = as_utf8(&bytes);
            let lines = LineIndex::part(&text, self.encoding, start);
            self.position = lines.position(text.len() as u32);
        }
        Some(Ok(Part {
            bytes,
            start,
            has_more,
        }))
    }
}

#[cfg(feature = "cli")]
impl Linter {
    /// Whether bytes look like a payload, or like lines of which one does.
    pub(crate) fn is_payload_in(&self, layout: Layout, bytes: &[u8]) -> bool {
        match layout {
            Layout::Json => self.is_payload(bytes),
            Layout::JsonLines if is_wide(bytes) => self.is_payload(bytes),
            Layout::JsonLines => self.is_payload_in_lines(bytes),
        }
    }

    /// Whether a line looks like a payload.
    pub(crate) fn is_payload_in_lines(&self, bytes: &[u8]) -> bool {
        lines(bytes).any(|(_, line)| self.is_payload(line))
    }

    /// Checks bytes by their layout, if [`is_payload_in`](Self::is_payload_in) holds.
    pub(crate) fn check_if_payload_in<'a>(
        &self,
        layout: Layout,
        bytes: &'a [u8],
    ) -> Option<Report<'a>> {
        match layout {
            Layout::Json => self.check_if_payload(bytes),
            // One line that looks like a payload is enough, and it is mostly the first: few lines
            // are read twice.
            Layout::JsonLines => self
                .is_payload_in(layout, bytes)
                .then(|| self.check_lines(bytes)),
        }
    }

    /// Checks bytes by their layout.
    pub(crate) fn check_in<'a>(&self, layout: Layout, bytes: &'a [u8]) -> Report<'a> {
        match layout {
            Layout::Json => self.check_bytes(bytes),
            Layout::JsonLines => self.check_lines(bytes),
        }
    }
}

impl Linter {
    /// Checks JSON Lines: each line is a payload by itself. Places are those of the whole text;
    /// pointers are those of the line's payload. At most [`Options::max_per_code`] findings of a
    /// code are listed for all lines together.
    ///
    /// Bytes that are not UTF-8 are findings, as in [`Linter::check_bytes`]. UTF-16, in which a line's end is no byte, and
    /// bytes without a line that is not blank are one text with one finding.
    ///
    /// ```
    /// let site = r#"{ "customer_key": "c", "sites": [{ "site_key": "n", "name": "North" }] }"#;
    /// let lines = format!("{site}\n{}\n", site.replace("\"n\"", "\"\""));
    ///
    /// let report = seamlint::Linter::new().check_lines(lines.as_bytes());
    ///
    /// let found = &report.diagnostics()[0];
    /// assert_eq!(found.code, "schema-min-length");
    /// assert_eq!((found.range.start.line, found.pointer.as_str()), (2, "/sites/0/site_key"));
    /// ```
    ///
    /// [`Options::max_per_code`]: crate::Options::max_per_code
    #[must_use]
    pub fn check_lines<'a>(&self, bytes: &'a [u8]) -> Report<'a> {
        if is_whole(bytes) {
            return self.one(Input::bytes(bytes).whole_lines(), Scope::Payload);
        }
        self.check_from(Position::START, bytes)
    }

    /// Checks lines of a longer text, as [`Linter::check_lines`] does; places are those of the longer text.
    #[cfg(feature = "cli")]
    pub(crate) fn check_part<'a>(&self, part: &'a Part) -> Report<'a> {
        let is_all = part.start == Position::START && !part.has_more;
        if is_all {
            return self.check_lines(&part.bytes);
        }
        self.check_from(part.start, &part.bytes)
    }

    fn check_from<'a>(&self, start: Position, bytes: &'a [u8]) -> Report<'a> {
        let lines = self.line_inputs("", start, bytes);
        let reports = lines.map(|input| self.one(input, Scope::Payload));
        self.joined(start, bytes, reports)
    }

    /// As [`Linter::fix`], each line by itself. Line ends stay as they are.
    #[must_use]
    pub fn fix_lines<'a>(&self, text: &'a str, limit: Applicability) -> Fixed<'a> {
        self.fix_lines_unless(text, limit, &|_| false)
    }

    /// As [`Linter::fix_lines`], without the fixes of suppressed findings.
    pub(crate) fn fix_lines_unless<'a>(
        &self,
        text: &'a str,
        limit: Applicability,
        is_suppressed: &dyn Fn(&Diagnostic) -> bool,
    ) -> Fixed<'a> {
        let bytes = text.as_bytes();
        let (mut fixed_text, mut copied) = (String::new(), 0);
        let (mut applied, mut dropped, mut rounds) = (Vec::new(), Vec::new(), 0);
        // One document over several lines is no JSON Lines: its lines are not to be completed.
        let is_one = || lines(bytes).nth(1).is_some() && Document::parse(text).is_json();
        if !is_whole(bytes) && !is_one() {
            for (start, line) in lines(bytes) {
                let range = start..start + line.len();
                let fixed = self.fix_unless(&text[range.clone()], limit, is_suppressed);
                let is_one_line = !fixed.text().contains(['\n', '\r']);
                dropped.extend(fixed.dropped);
                // A payload on two lines would not be JSON Lines any more.
                if fixed.applied.is_empty() || !is_one_line {
                    continue;
                }
                fixed_text.push_str(&text[copied..range.start]);
                fixed_text.push_str(fixed.report.text());
                copied = range.end;
                applied.extend(fixed.applied);
                rounds = rounds.max(fixed.rounds);
            }
        }
        let report = if applied.is_empty() {
            self.check_lines(bytes)
        } else {
            fixed_text.push_str(&text[copied..]);
            let report = self.check_lines(fixed_text.as_bytes());
            report.into_owned()
        };
        Fixed {
            report,
            applied,
            dropped,
            rounds,
        }
    }

    /// Checks sources that belong together, as [`Linter::check_set`] does; each line of JSON Lines
    /// is one of the set. A report for each source, in the same order.
    #[cfg(feature = "cli")]
    pub(crate) fn check_sources<'a>(&self, sources: &[Source<'a>]) -> Vec<Report<'a>> {
        let mut inputs = Vec::new();
        // How many lines each source has, if it has lines.
        let mut counts = Vec::with_capacity(sources.len());
        for source in sources {
            let before = inputs.len();
            let input = || Input::named(source.name, source.bytes);
            if source.layout == Layout::Json {
                inputs.push(input());
                counts.push(None);
            } else if is_whole(source.bytes) {
                inputs.push(input().whole_lines());
                counts.push(None);
            } else {
                inputs.extend(self.line_inputs(source.name, Position::START, source.bytes));
                counts.push(Some(inputs.len() - before));
            }
        }
        let mut reports = self.run(inputs, Scope::Payload).into_iter();
        sources
            .iter()
            .zip(counts)
            .filter_map(|(source, count)| match count {
                None => reports.next(),
                Some(count) => {
                    let lines = reports.by_ref().take(count);
                    Some(self.joined(Position::START, source.bytes, lines))
                }
            })
            .collect()
    }

    /// Each line as a text to check; the first begins at a position.
    fn line_inputs<'l, 'a>(
        &'l self,
        name: &'l str,
        mut position: Position,
        bytes: &'a [u8],
    ) -> impl Iterator<Item = Input<'a>> + use<'l, 'a> {
        let (encoding, mut counted) = (self.encoding(), 0);
        lines(bytes).map(move |(start, line)| {
            // The line before and blank ones: whatever it looks like by itself, its end is a byte.
            let (before, _) = as_utf8(&bytes[counted..start]);
            position = LineIndex::part(&before, encoding, position).position(before.len() as u32);
            counted = start;
            Input::named(name, line).starting(position)
        })
    }

    /// The reports of all lines as one.
    fn joined<'a>(
        &self,
        start: Position,
        bytes: &'a [u8],
        reports: impl Iterator<Item = Report<'a>>,
    ) -> Report<'a> {
        let mut whole = self.empty_report(Input::utf8(bytes).starting(start));
        whole.join(reports, self.max_per_code());
        whole
    }
}
