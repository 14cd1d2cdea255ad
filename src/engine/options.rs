//! What a [`Linter`](crate::Linter) is built from, and what cannot be built from.

use std::fmt;
#[cfg(feature = "custom-schema")]
use std::sync::Arc;

use json_document::PositionEncoding;

#[cfg(feature = "fingerprints")]
use crate::engine::baseline_key::Covers;
use crate::model::known::KnownKeys;
use crate::rules::registry;
use crate::rules::rule::Rule;
use crate::rules::settings::Level;
#[cfg(feature = "custom-schema")]
use crate::schema;
use crate::text::escape::in_quotes;
use crate::text::suggest;

/// What a [`Linter`](crate::Linter) is built from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// Overrides the default severity of a rule. If a code appears twice, the last entry wins.
    pub levels: Vec<(String, Level)>,
    /// How many findings of one code a report lists; all are counted. `None` lists all.
    pub max_per_code: Option<usize>,
    /// Keeps the payload's values out of messages, labels and excerpts. Names of members and
    /// pointers stay.
    pub redact: bool,
    /// What offsets and columns count.
    pub encoding: PositionEncoding,
    /// Keys of resources that exist outside the payloads.
    pub known: KnownKeys,
    /// Everything there is, is in the payloads and the known keys: a reference to anything else
    /// is an error.
    pub closed_world: bool,
    /// The instant that `long-past-stay` compares with, in RFC 3339. Nothing reads the clock.
    pub now: Option<String>,
    /// Keeps memory of a check for later ones, which are up to a third faster at 10 MB. On by default.
    pub keep_memory: bool,
    /// What the keys cover by which another run knows findings again; without it, there are none.
    #[cfg(feature = "fingerprints")]
    pub(crate) keys: Option<Covers>,
    /// Another schema than the embedded one.
    #[cfg(feature = "custom-schema")]
    pub schema: Option<Arc<schema::CustomSchema>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            levels: Vec::new(),
            max_per_code: Some(1000),
            redact: false,
            encoding: PositionEncoding::Utf8,
            known: KnownKeys::new(),
            closed_world: false,
            now: None,
            keep_memory: true,
            #[cfg(feature = "fingerprints")]
            keys: None,
            #[cfg(feature = "custom-schema")]
            schema: None,
        }
    }
}

/// Options that a [`Linter`](crate::Linter) cannot be built from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionsError {
    /// No rule has this code.
    UnknownCode {
        /// The code that was given.
        code: String,
        /// The nearest that there is.
        suggestion: Option<&'static str>,
    },
    /// No collection has this name.
    UnknownCollection {
        /// The name that was given.
        name: String,
        /// The nearest that there is.
        suggestion: Option<&'static str>,
    },
    /// `now` is not RFC 3339.
    InvalidNow {
        /// The text that was given.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for OptionsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCode { code, suggestion } => {
                write!(formatter, "there is no rule {}", in_quotes(code))?;
                did_you_mean(formatter, *suggestion)
            }
            Self::UnknownCollection { name, suggestion } => {
                write!(formatter, "there is no collection {}", in_quotes(name))?;
                did_you_mean(formatter, *suggestion)
            }
            Self::InvalidNow { text, reason } => {
                let text = in_quotes(text);
                write!(
                    formatter,
                    "{text} is not an RFC 3339 date and time: {reason}"
                )
            }
        }
    }
}

fn did_you_mean(formatter: &mut fmt::Formatter<'_>, suggestion: Option<&str>) -> fmt::Result {
    match suggestion {
        Some(suggestion) => write!(formatter, "; did you mean \"{suggestion}\"?"),
        None => Ok(()),
    }
}

impl std::error::Error for OptionsError {}

/// Finds the rule with a code, or says which is nearest.
///
/// # Errors
///
/// [`OptionsError::UnknownCode`] if no rule has the code.
pub fn rule(code: &str) -> Result<&'static Rule, OptionsError> {
    registry::find(code).ok_or_else(|| OptionsError::UnknownCode {
        code: code.to_owned(),
        suggestion: suggest::nearest(code, registry::codes()).map(|nearest| nearest.word),
    })
}
