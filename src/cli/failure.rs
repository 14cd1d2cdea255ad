//! Why the command cannot do its work, or not all of it.

use std::error::Error;
use std::fmt;
use std::io;

use super::stderr;
use crate::engine::options::OptionsError;

/// What went wrong, as one line for standard error. Paths are as reports show them.
#[derive(Debug)]
pub(super) enum Failure {
    /// A stream of the process cannot be written.
    Stream(io::Error),
    /// A file cannot be read.
    Read {
        /// What it is for, if it is no payload, and its path.
        what: String,
        error: io::Error,
    },
    /// What was read is not what it should be.
    Use { what: String, why: Cause },
    /// A file cannot be written.
    Write { what: String, why: Cause },
    /// A file cannot be replaced by its fixed text.
    Fix { path: String, error: io::Error },
    /// There is no baseline to read.
    ReadBaseline { path: String, error: io::Error },
    /// A baseline of a part of the files would make findings of the rest.
    PartialBaseline { path: String },
    /// A folder cannot be searched.
    Search(io::Error),
    /// A folder has no file to check.
    NoFiles { folder: String },
    /// A folder has no payload.
    NoPayload { folder: String },
    /// The options contradict each other or name what does not exist.
    Options(OptionsError),
    /// There is no man page of this name.
    NoCommand(String),
    /// Interrupts cannot be held back while files are written.
    Interrupts(io::Error),
}

/// The error behind a failure.
type Cause = Box<dyn Error + Send + Sync>;

impl Failure {
    pub(super) fn read(what: impl Into<String>, error: io::Error) -> Self {
        let what = what.into();
        Self::Read { what, error }
    }

    pub(super) fn unusable(what: impl Into<String>, why: impl Into<Cause>) -> Self {
        let (what, why) = (what.into(), why.into());
        Self::Use { what, why }
    }

    pub(super) fn write(what: impl Into<String>, why: impl Into<Cause>) -> Self {
        let (what, why) = (what.into(), why.into());
        Self::Write { what, why }
    }

    /// The file or folder that was not checked; `""` if it is not about one.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Read { what, .. } => what,
            Self::Fix { path, .. } => path,
            Self::NoFiles { folder } | Self::NoPayload { folder } => folder,
            _ => "",
        }
    }

    /// Writes it to standard error.
    pub(super) fn report(&self) {
        stderr::line(&format!("seamlint: error: {self}"));
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stream(error) => write!(formatter, "cannot write: {error}"),
            Self::Read { what, error } => write!(formatter, "cannot read {what}: {error}"),
            Self::Use { what, why } => write!(formatter, "cannot use {what}: {why}"),
            Self::Write { what, why } => write!(formatter, "cannot write {what}: {why}"),
            Self::Fix { path, error } => {
                write!(formatter, "cannot fix {path}, which is unchanged: {error}")
            }
            Self::ReadBaseline { path, error } => write!(
                formatter,
                "cannot read the baseline {path}: {error}; write it with --write-baseline"
            ),
            Self::PartialBaseline { path } => write!(
                formatter,
                "{path} is not written: not everything could be checked"
            ),
            Self::Search(error) => write!(formatter, "cannot search: {error}"),
            Self::NoFiles { folder } => {
                write!(formatter, "no .json, .jsonl or .ndjson file in {folder}")
            }
            Self::NoPayload { folder } => write!(
                formatter,
                "no push_data payload in {folder}: name the files, or check all with --all"
            ),
            Self::Options(error) => error.fmt(formatter),
            Self::NoCommand(name) => write!(formatter, "there is no command {name:?}"),
            Self::Interrupts(error) => write!(formatter, "cannot wait for interrupts: {error}"),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<OptionsError> for Failure {
    fn from(error: OptionsError) -> Self {
        Self::Options(error)
    }
}
