//! The engine: from text to report.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
#[cfg(feature = "custom-schema")]
use std::sync::Arc;

use serde::Serialize;

use crate::json::{Document, NodeId, Span};
use crate::payload::Payload;
use crate::payload::graph::Collection;
use crate::report::{Report, Severity, Sink};
use crate::rules::{RULES, Rule};
use crate::schema::check::Violation;
use crate::schema::compile::{Schema, ShapeId};
use crate::schema::{self, CustomViolation};
use crate::suggest;
use crate::text::Encoding;

/// How loud a rule is, by the user's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule finds nothing.
    Off,
    /// As [`Severity::Info`].
    Info,
    /// As [`Severity::Warning`].
    Warning,
    /// As [`Severity::Error`].
    Error,
}

impl Level {
    const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// What a [`Linter`] is built from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// Severities by code, over the rules' own.
    pub levels: BTreeMap<String, Level>,
    /// How many findings of one code a report lists; all are counted. `None` lists all.
    pub max_per_code: Option<usize>,
    /// Keeps the payload's values out of messages, labels and excerpts. Names of members and
    /// pointers stay.
    pub redact: bool,
    /// What offsets and columns count.
    pub encoding: Encoding,
    /// Another schema than the embedded one.
    #[cfg(feature = "custom-schema")]
    pub schema: Option<Arc<schema::custom::CustomSchema>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            levels: BTreeMap::new(),
            max_per_code: Some(1000),
            redact: false,
            encoding: Encoding::Utf8,
            #[cfg(feature = "custom-schema")]
            schema: None,
        }
    }
}

/// Options that a [`Linter`] cannot be built from.
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
}

impl fmt::Display for OptionsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCode { code, suggestion } => {
                write!(formatter, "there is no rule {code:?}")?;
                if let Some(suggestion) = suggestion {
                    write!(formatter, "; did you mean {suggestion:?}?")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for OptionsError {}

/// Finds the rule with a code, or says which is nearest.
///
/// # Errors
///
/// [`OptionsError::UnknownCode`] if no rule has the code.
pub fn rule(code: &str) -> Result<&'static Rule, OptionsError> {
    crate::rules::find(code).ok_or_else(|| OptionsError::UnknownCode {
        code: code.to_owned(),
        suggestion: suggest::nearest(code, RULES.iter().map(|rule| rule.code))
            .map(|nearest| nearest.word),
    })
}

/// Options as the sink asks them.
#[derive(Debug)]
pub(crate) struct Settings {
    levels: BTreeMap<String, Level>,
    pub(crate) max_per_code: usize,
    pub(crate) redact: bool,
}

impl Settings {
    /// The severity of a finding; none if it is switched off.
    pub(crate) fn severity(&self, rule: &Rule, code: &str, evidence: Severity) -> Option<Severity> {
        let level = self.levels.get(code).or_else(|| self.levels.get(rule.code));
        match level {
            Some(level) => level.severity(),
            None => rule.on_by_default.then_some(evidence),
        }
    }
}

/// Checks payloads. Build it once; it is shared between threads freely.
#[derive(Debug)]
pub struct Linter {
    settings: Settings,
    encoding: Encoding,
    #[cfg(feature = "custom-schema")]
    custom: Option<Arc<schema::custom::CustomSchema>>,
}

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

impl Linter {
    /// A linter with every default rule on.
    #[must_use]
    pub fn new() -> Self {
        Self::unchecked(Options::default())
    }

    /// A linter with options.
    ///
    /// # Errors
    ///
    /// [`OptionsError`] if the options name a rule that does not exist.
    pub fn with_options(options: Options) -> Result<Self, OptionsError> {
        for code in options.levels.keys() {
            rule(code)?;
        }
        Ok(Self::unchecked(options))
    }

    fn unchecked(options: Options) -> Self {
        Self {
            settings: Settings {
                levels: options.levels,
                max_per_code: options.max_per_code.unwrap_or(usize::MAX),
                redact: options.redact,
            },
            encoding: options.encoding,
            #[cfg(feature = "custom-schema")]
            custom: options.schema,
        }
    }

    /// Checks a text.
    #[must_use]
    pub fn check<'a>(&self, text: &'a str) -> Report<'a> {
        self.run(Cow::Borrowed(text), &[])
    }

    /// Checks bytes, which may not be UTF-8: each sequence that is not is a finding.
    #[must_use]
    pub fn check_bytes<'a>(&self, bytes: &'a [u8]) -> Report<'a> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.check(text),
            Err(_) => {
                let (text, replaced) = replace_invalid(bytes);
                self.run(Cow::Owned(text), &replaced)
            }
        }
    }

    /// Checks what a value serializes to. The report's places are in that text (compact JSON),
    /// which it owns.
    ///
    /// # Errors
    ///
    /// [`serde_json::Error`] if the value does not serialize to JSON (a map whose keys are no
    /// strings, an error of its own `Serialize`). Mind that `serde_json` writes `NaN` and
    /// infinities as `null`.
    pub fn check_serialize<T: Serialize + ?Sized>(
        &self,
        value: &T,
    ) -> Result<Report<'static>, serde_json::Error> {
        let text = serde_json::to_string(value)?;
        Ok(self.run(Cow::Owned(text), &[]))
    }

    fn run<'a>(&self, text: Cow<'a, str>, replaced: &[Replaced]) -> Report<'a> {
        let document = Document::parse(&text);
        let schema = schema::embedded();
        let names = schema.resolve_names(&document);
        let payload = Payload::build(&document, &names);
        let custom_violations = self.custom_violations(&document);
        let outcome = if custom_violations.is_some() {
            // The schema that was given judges instead, and it may know more members.
            schema::check::Outcome::default()
        } else {
            schema::check::check(schema, &document, &names, schema.root)
        };
        let context = Context {
            document: &document,
            schema,
            payload: &payload,
            violations: &outcome.violations,
            unknown_members: &outcome.unknown_members,
            custom_violations: &custom_violations.unwrap_or_default(),
            replaced,
            redact: self.settings.redact,
        };
        let mut sink = Sink::new(&self.settings);
        for rule in RULES {
            if let Some(check) = rule.check {
                check(&context, &mut sink);
            }
        }
        let findings = sink.finish(&document, self.encoding);
        findings.into_report(text)
    }

    #[cfg(feature = "custom-schema")]
    fn custom_violations(&self, document: &Document<'_>) -> Option<Vec<CustomViolation>> {
        self.custom.as_ref().map(|custom| custom.check(document))
    }

    #[cfg(not(feature = "custom-schema"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn custom_violations(&self, _document: &Document<'_>) -> Option<Vec<CustomViolation>> {
        None
    }
}

/// Bytes that are not UTF-8, and where they stand.
#[derive(Debug)]
pub(crate) struct Replaced {
    pub(crate) span: Span,
    pub(crate) bytes: Vec<u8>,
}

/// The bytes as text of the same length: each byte that is not UTF-8 becomes `?`.
fn replace_invalid(bytes: &[u8]) -> (String, Vec<Replaced>) {
    let mut text = String::with_capacity(bytes.len());
    let mut replaced: Vec<Replaced> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let invalid = chunk.invalid();
        if !invalid.is_empty() {
            let start = text.len();
            text.extend(invalid.iter().map(|_| '?'));
            let span = Span::of(start, text.len());
            match replaced.last_mut() {
                // A run of them is one finding, as long as it is short enough to be read.
                Some(last) if last.span.end == span.start && last.bytes.len() < 8 => {
                    last.span.end = span.end;
                    last.bytes.extend_from_slice(invalid);
                }
                _ => replaced.push(Replaced {
                    span,
                    bytes: invalid.to_vec(),
                }),
            }
        }
    }
    (text, replaced)
}

/// What a rule reads.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    pub(crate) document: &'c Document<'c>,
    pub(crate) schema: &'static Schema,
    pub(crate) payload: &'c Payload,
    pub(crate) violations: &'c [Violation],
    pub(crate) unknown_members: &'c [(NodeId, ShapeId)],
    pub(crate) custom_violations: &'c [CustomViolation],
    pub(crate) replaced: &'c [Replaced],
    redact: bool,
}

/// The longest excerpt of a value in a message, in characters.
const EXCERPT: usize = 60;

impl Context<'_> {
    /// A value of the payload in double quotes, for a message: shortened, with characters that
    /// cannot be seen escaped; `"…"` where values are kept out.
    pub(crate) fn quoted(&self, text: &str) -> String {
        if self.redact {
            return "\"…\"".to_owned();
        }
        format!("\"{}\"", visible(text, EXCERPT))
    }

    /// As [`Context::quoted`], for a token as it is written, without added quotes.
    pub(crate) fn quoted_token(&self, text: &str) -> String {
        if self.redact {
            return "…".to_owned();
        }
        visible(text, EXCERPT)
    }

    /// A value of the payload for programs; absent where values are kept out.
    pub(crate) fn value(&self, text: &str) -> Option<String> {
        (!self.redact).then(|| text.to_owned())
    }

    /// A member's name in double quotes; names are shown even where values are kept out.
    #[expect(
        clippy::unused_self,
        reason = "beside `quoted`, so that rules choose between them"
    )]
    pub(crate) fn name(&self, text: &str) -> String {
        format!("\"{}\"", visible(text, EXCERPT))
    }

    /// What a message calls a value: `default_checkin_time`, `room_keys[2]`, `rooms[0]`.
    pub(crate) fn subject(&self, id: NodeId) -> String {
        let document = self.document;
        if let Some(name) = document.name(id) {
            return visible(&name, EXCERPT);
        }
        match (document.element_index(id), document.parent(id)) {
            (Some(index), Some(parent)) if parent == NodeId::ROOT => format!("element {index}"),
            (Some(index), Some(parent)) => format!("{}[{index}]", self.subject(parent)),
            _ => "the payload".to_owned(),
        }
    }

    /// Whether the API looks at a collection's own keys at all: the schema asks for their length.
    pub(crate) fn own_key_is_checked(&self, collection: &Collection) -> bool {
        self.schema
            .shape(collection.shape)
            .members
            .as_ref()
            .and_then(|members| members.shape(collection.own_key.0))
            .is_some_and(|shape| self.schema.shape(shape).min_length.is_some())
    }

    /// Whether the span lies in bytes that were not UTF-8.
    pub(crate) fn is_replaced(&self, span: Span) -> bool {
        let after = self
            .replaced
            .partition_point(|replaced| replaced.span.end <= span.start);
        self.replaced
            .get(after)
            .is_some_and(|replaced| replaced.span.start <= span.start)
    }
}

/// Text for people: at most `limit` characters, and nothing in it that is invisible, controls a
/// terminal or turns the direction of writing.
pub(crate) fn visible(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit * 4));
    for (at, character) in text.chars().enumerate() {
        if at == limit {
            out.push('…');
            break;
        }
        push_visible(&mut out, character);
    }
    out
}

/// Appends a character, or its escape if it cannot be seen or does harm.
pub(crate) fn push_visible(out: &mut String, character: char) {
    match character {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        hidden if is_hidden(hidden) => {
            out.push_str("\\u{");
            out.push_str(&format!("{:x}", u32::from(hidden)));
            out.push('}');
        }
        other => out.push(other),
    }
}

/// Control, zero-width and bidirectional-control characters (Unicode's Cc, and those of Cf that
/// hide or reorder text), and line separators.
pub(crate) const fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
