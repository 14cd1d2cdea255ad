//! Where findings are written: standard output, and the files that `--output` names.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::{Check, Colour, Output};
use super::failure::Failure;
use super::format::{Format, WIDTH};
use super::paths::{folder_of, shown};
use super::save::save;
use super::system::{self, Kind, Stream as Process};
use crate::output::Checked;
use crate::output::pretty::Pretty;
use crate::output::statistics::Statistics;
use crate::report::Severity;

/// All places that findings are written to.
pub(super) struct Outputs {
    /// Standard output is the first.
    streams: Vec<Stream>,
    /// Kept for the formats that are one document.
    reports: Vec<Checked<'static>>,
    /// By report.
    fail_on: Vec<Severity>,
    /// What is written to standard output instead of the findings, if it is asked for.
    statistics: Statistics,
}

/// One place, in one format.
struct Stream {
    writer: Writer,
    target: Target,
}

/// How findings are written.
enum Writer {
    Pretty(Box<Pretty>),
    /// How many there are of each code; as JSON, or as text.
    Statistics {
        is_json: bool,
    },
    /// Any other format.
    Plain(Format),
}

impl Writer {
    fn is_one(&self, is_one: impl Fn(Format) -> bool) -> bool {
        match self {
            Self::Pretty(_) => is_one(Format::Pretty),
            Self::Statistics { .. } => false,
            Self::Plain(format) => is_one(*format),
        }
    }
}

enum Target {
    /// A stream of the process. After its reader has gone away, checking goes on for the exit
    /// status.
    Process {
        out: io::BufWriter<Process>,
        is_closed: bool,
    },
    /// A file, written when all files are checked.
    File { path: PathBuf, content: Vec<u8> },
}

impl Outputs {
    /// Standard output, or standard error if fixed text goes to standard output, and the files that
    /// the arguments name.
    ///
    /// Fails before anything is checked if a file can never be written.
    pub(super) fn new(arguments: &Check, is_filter: bool) -> Result<Self, Failure> {
        let out = if is_filter {
            Process::Error
        } else {
            Process::Output
        };
        let mut streams = vec![Stream {
            writer: match arguments.format {
                format if arguments.statistics => Writer::Statistics {
                    is_json: matches!(format, Format::Json),
                },
                Format::Pretty => Writer::Pretty(Box::new(pretty(arguments, out))),
                other => Writer::Plain(other),
            },
            target: Target::Process {
                out: io::BufWriter::new(out),
                is_closed: false,
            },
        }];
        for (at, Output { format, path }) in arguments.outputs.iter().enumerate() {
            let others = &arguments.outputs[..at];
            refuse_useless(path, &arguments.paths, others)?;
            streams.push(Stream {
                writer: match format {
                    Format::Pretty => {
                        let colour = arguments.colour == Colour::Always;
                        let pretty = Pretty::new(WIDTH, colour);
                        Writer::Pretty(Box::new(folding(arguments, pretty)))
                    }
                    other => Writer::Plain(*other),
                },
                target: Target::File {
                    path: path.clone(),
                    content: Vec::new(),
                },
            });
        }
        Ok(Self {
            streams,
            reports: Vec::new(),
            fail_on: Vec::new(),
            statistics: Statistics::default(),
        })
    }

    /// Adds the findings of one file, which fails at `fail_on`, or of its next part.
    pub(super) fn add(&mut self, checked: Checked<'_>, fail_on: Severity) -> Result<(), Failure> {
        for stream in &mut self.streams {
            let written = match &mut stream.writer {
                Writer::Statistics { .. } => {
                    self.statistics.add(&checked.report);
                    Ok(())
                }
                Writer::Pretty(pretty) => pretty.write(stream.target.out(), &checked),
                Writer::Plain(format) => format.write_file(stream.target.out(), &checked),
            };
            stream.target.written(written)?;
        }
        if self.any(Format::is_document) {
            self.keep(checked, fail_on);
        }
        Ok(())
    }

    /// Keeps the findings of one file, or of its next part, for documents.
    fn keep(&mut self, checked: Checked<'_>, fail_on: Severity) {
        let last = self.reports.last_mut().filter(|last| last.has_more);
        // What is found in a later part has its place in the text of all.
        let is_part = checked.has_more || last.is_some();
        let keeps_text = self
            .streams
            .iter()
            .any(|stream| stream.writer.is_one(Format::needs_text))
            && (is_part || !checked.report.diagnostics().is_empty());
        let report = if keeps_text {
            checked.report.into_owned()
        } else {
            checked.report.without_text()
        };
        if let Some(last) = last {
            last.report.continue_with(report);
            last.has_more = checked.has_more;
        } else {
            self.fail_on.push(fail_on);
            self.reports.push(Checked {
                report,
                path: checked.path,
                failure: None,
                has_more: checked.has_more,
            });
        }
    }

    /// Adds what could not be checked, for the formats that are one document: whoever reads them does not see standard error.
    pub(super) fn add_failure(&mut self, failure: &Failure) {
        if self.any(Format::is_document) {
            self.fail_on.push(Severity::Error);
            let path = failure.path().to_owned();
            self.reports
                .push(Checked::failed(path, failure.to_string()));
        }
    }

    fn any(&self, is_one: impl Fn(Format) -> bool) -> bool {
        let mut streams = self.streams.iter();
        streams.any(|stream| stream.writer.is_one(&is_one))
    }

    /// Writes text to standard output.
    pub(super) fn print(&mut self, text: &str) -> Result<(), Failure> {
        let target = &mut self.streams[0].target;
        let written = target.out().write_all(text.as_bytes());
        target.written(written)
    }

    /// Writes what is left, and the files. Returns a failure for each that could not be written.
    pub(super) fn finish(mut self, summary: Option<&str>) -> Vec<Failure> {
        let mut failures = Vec::new();
        for stream in &mut self.streams {
            let out = stream.target.out();
            let written = match &stream.writer {
                Writer::Pretty(_) => summary.map_or(Ok(()), |summary| writeln!(out, "{summary}")),
                Writer::Statistics { is_json: true } => self.statistics.write_json(out),
                Writer::Statistics { is_json: false } => self
                    .statistics
                    .write_text(out)
                    .and_then(|()| summary.map_or(Ok(()), |summary| writeln!(out, "{summary}"))),
                Writer::Plain(format) => format.write_document(out, &self.reports, &self.fail_on),
            };
            let done = stream
                .target
                .written(written)
                .and_then(|()| match &mut stream.target {
                    Target::Process { out, .. } => {
                        let flushed = out.flush();
                        stream.target.written(flushed)
                    }
                    Target::File { path, content } => {
                        save(path, content).map_err(|error| Failure::write(shown(path), error))
                    }
                });
            failures.extend(done.err());
        }
        failures
    }
}

impl Target {
    fn out(&mut self) -> &mut dyn Write {
        match self {
            Self::Process { out, .. } => out,
            Self::File { content, .. } => content,
        }
    }

    /// The result of writing. A reader that goes away has seen enough.
    fn written(&mut self, result: io::Result<()>) -> Result<(), Failure> {
        let Self::Process { is_closed, .. } = self else {
            return Ok(result?);
        };
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                *is_closed = true;
                Ok(())
            }
            Err(_) if *is_closed => Ok(()),
            other => Ok(other?),
        }
    }
}

/// How findings are drawn on a stream.
fn pretty(arguments: &Check, stream: Process) -> Pretty {
    let width = stream.width().unwrap_or(WIDTH);
    let colour = match arguments.colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => stream.shows_colour(),
    };
    folding(arguments, Pretty::new(width, colour))
}

/// With what repeats folded, or not.
fn folding(arguments: &Check, pretty: Pretty) -> Pretty {
    if arguments.all_findings {
        pretty.unfolded()
    } else {
        pretty
    }
}

/// Refuses a file that must be a mistake: one that is checked, one that two formats are to be written
/// to, one in no folder.
fn refuse_useless(path: &Path, checked: &[PathBuf], others: &[Output]) -> Result<(), Failure> {
    let cannot = |why: &str| Err(Failure::write(shown(path), why));
    let folder = folder_of(path);
    if !system::is_folder(folder) {
        return cannot(&format!("there is no folder {}", shown(folder)));
    }
    if system::is_folder(path) {
        return cannot("it is a folder");
    }
    // Pipes and devices may be read and written, and more than once.
    let is_device = system::metadata(path).is_ok_and(|metadata| metadata.kind() != Kind::File);
    if is_device {
        return Ok(());
    }
    let place = |path: &Path| {
        let folder = system::real(folder_of(path)).ok()?;
        let file = folder.join(path.file_name()?);
        Some(system::real(&file).unwrap_or(file))
    };
    let is_same = |other: &Path| path == other || place(path) == place(other);
    if checked.iter().any(|checked| is_same(checked)) {
        return cannot("it is one of the files to check");
    }
    if others.iter().any(|other| is_same(&other.path)) {
        return cannot("it is named twice");
    }
    Ok(())
}
