//! Checks payloads: the door of the library.

use std::borrow::Cow;

use json_document::PositionEncoding;
use serde::Serialize;

use crate::engine::fix::{self, Fixed};
use crate::engine::input::{Input, Scope};
use crate::engine::options::{Options, OptionsError, rule};
use crate::engine::run::{Engine, only};
use crate::engine::scratch::Pool;
use crate::report::{Applicability, Diagnostic, Report};
#[cfg(feature = "cli")]
use crate::rules::registry;
use crate::rules::registry::FAMILIES;
use crate::rules::settings::{Level, Settings};
use crate::time::rfc3339;
use crate::time::timestamp::Instant;

/// Checks payloads. Build it once; it is shared between threads freely.
///
/// It keeps the memory of its last checks for the next ones, at most 12 MB or what payloads of more than 20 MB took, until a small
/// payload comes; nothing of a text is in it. [`Options::keep_memory`] switches that off, [`Linter::memory_kept`] says how much it is.
#[derive(Debug)]
pub struct Linter {
    engine: Engine,
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
        Self::unchecked(Options::default(), None)
    }

    /// Whether a rule may find anything.
    #[cfg(feature = "cli")]
    pub(crate) fn is_on(&self, code: &str) -> bool {
        registry::find(code).is_some_and(|rule| {
            self.engine
                .settings
                .severity(rule, code, rule.severity)
                .is_some()
        })
    }

    /// A linter with options.
    ///
    /// # Errors
    ///
    /// [`OptionsError`] if the options name a rule that does not exist, or if `now` is not RFC
    /// 3339.
    pub fn with_options(options: Options) -> Result<Self, OptionsError> {
        for (code, _) in &options.levels {
            rule(code)?;
        }
        let now = match &options.now {
            None => None,
            Some(text) => match rfc3339::parse(text.as_bytes()) {
                Ok(now) => Some(now.instant),
                Err(error) => {
                    return Err(OptionsError::InvalidNow {
                        text: text.clone(),
                        reason: error.to_string(),
                    });
                }
            },
        };
        Ok(Self::unchecked(options, now))
    }

    fn unchecked(options: Options, now: Option<Instant>) -> Self {
        let mut levels = options.levels;
        levels.reverse();
        if now.is_some() {
            // A clock is given for this rule alone.
            levels.push(("long-past-stay".to_owned(), Level::Info));
        }
        let settings = Settings {
            levels,
            max_per_code: options.max_per_code.unwrap_or(usize::MAX),
            redact: options.redact,
        };
        let engine = Engine {
            families: FAMILIES
                .iter()
                .filter(|family| settings.any_on(family.rules))
                .collect(),
            settings,
            pool: Pool::new(options.keep_memory),
            encoding: options.encoding,
            known: options.known,
            closed_world: options.closed_world,
            now,
            #[cfg(feature = "fingerprints")]
            keys: options.keys,
            #[cfg(feature = "custom-schema")]
            custom: options.schema,
        };
        Self { engine }
    }

    /// Checks a text.
    #[must_use]
    pub fn check<'a>(&self, text: &'a str) -> Report<'a> {
        self.one(Input::text(Cow::Borrowed(text)), Scope::Payload)
    }

    /// Checks bytes, which may not be UTF-8: each sequence that is not is a finding.
    #[must_use]
    pub fn check_bytes<'a>(&self, bytes: &'a [u8]) -> Report<'a> {
        self.one(Input::bytes(bytes), Scope::Payload)
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
        Ok(self.one(Input::text(Cow::Owned(text)), Scope::Payload))
    }

    /// Checks one resource by itself, as a form edits it: `collection` is where it would stand in
    /// a payload, such as `reservations`. Pointers are relative to the resource.
    ///
    /// # Errors
    ///
    /// [`OptionsError::UnknownCollection`] if there is no such collection.
    pub fn check_resource<'a>(
        &self,
        collection: &str,
        text: &'a str,
    ) -> Result<Report<'a>, OptionsError> {
        let scope = Scope::resource(collection)?;
        Ok(self.one(Input::text(Cow::Borrowed(text)), scope))
    }

    /// Applies the fixes of a text's findings, checks again, and goes on until nothing changes,
    /// at most [`fix::MAX_ROUNDS`] times. A fix that would make an error is dropped, see
    /// [`Fixed::dropped`]. Bytes that no fix names are not touched.
    #[must_use]
    pub fn fix<'a>(&self, text: &'a str, limit: Applicability) -> Fixed<'a> {
        self.fix_in(text, limit, Scope::Payload, &|_| false)
    }

    /// As [`Linter::fix`], without the fixes of suppressed findings.
    pub(crate) fn fix_unless<'a>(
        &self,
        text: &'a str,
        limit: Applicability,
        is_suppressed: &dyn Fn(&Diagnostic) -> bool,
    ) -> Fixed<'a> {
        self.fix_in(text, limit, Scope::Payload, is_suppressed)
    }

    /// As [`Linter::fix`], for one resource by itself; see [`Linter::check_resource`].
    ///
    /// # Errors
    ///
    /// [`OptionsError::UnknownCollection`] if there is no such collection.
    pub fn fix_resource<'a>(
        &self,
        collection: &str,
        text: &'a str,
        limit: Applicability,
    ) -> Result<Fixed<'a>, OptionsError> {
        Ok(self.fix_in(text, limit, Scope::resource(collection)?, &|_| false))
    }

    fn fix_in<'a>(
        &self,
        text: &'a str,
        limit: Applicability,
        scope: Scope,
        is_suppressed: &dyn Fn(&Diagnostic) -> bool,
    ) -> Fixed<'a> {
        let first = self.one(Input::text(Cow::Borrowed(text)), scope);
        fix::to_fixed_point(first, limit, is_suppressed, &|text, all| {
            let mut settings = Cow::Borrowed(&self.engine.settings);
            if all {
                settings.to_mut().max_per_code = usize::MAX;
            }
            let input = Input::text(Cow::Owned(text));
            only(self.engine.run_with(&settings, vec![input], scope))
        })
    }

    /// Checks files that belong together: those with one `customer_key` are one set, in which
    /// references resolve and double keys and overlapping stays are found across files.
    ///
    /// Takes names, which stand in [`Related::path`](crate::report::Related::path), with bytes;
    /// gives a report for each, in the same order.
    #[must_use]
    pub fn check_set<'a>(&self, files: &[(&str, &'a [u8])]) -> Vec<Report<'a>> {
        let inputs = files
            .iter()
            .map(|(name, bytes)| Input::named(name, bytes))
            .collect();
        self.run(inputs, Scope::Payload)
    }

    /// Whether bytes look like a `push_data` payload, by what they say and not by whether they are valid: an object with
    /// `customer_key`, in another case or nearly spelt too, or with an own key in its collection; by itself or inside
    /// something else, see `wrapped-payload`.
    #[must_use]
    pub fn is_payload(&self, bytes: &[u8]) -> bool {
        Engine::is_payload(&Input::bytes(bytes))
    }

    /// Checks bytes as [`Linter::check_bytes`] does, if they look like a payload, see
    /// [`Linter::is_payload`]; gives nothing otherwise. They are read once for both.
    #[must_use]
    pub fn check_if_payload<'a>(&self, bytes: &'a [u8]) -> Option<Report<'a>> {
        let input = Input {
            only_payload: true,
            ..Input::bytes(bytes)
        };
        self.run(vec![input], Scope::Payload).pop()
    }

    pub(super) fn one<'a>(&self, input: Input<'a>, scope: Scope) -> Report<'a> {
        self.engine.one(input, scope)
    }

    /// How many bytes of memory earlier checks have left for later ones.
    #[must_use]
    pub fn memory_kept(&self) -> usize {
        self.engine.pool.bytes()
    }

    pub(crate) const fn encoding(&self) -> PositionEncoding {
        self.engine.encoding
    }

    pub(super) const fn max_per_code(&self) -> usize {
        self.engine.settings.max_per_code
    }

    /// A report in which nothing has been found yet.
    pub(crate) fn empty_report<'a>(&self, input: Input<'a>) -> Report<'a> {
        self.engine.empty_report(input)
    }

    pub(super) fn run<'a>(&self, inputs: Vec<Input<'a>>, scope: Scope) -> Vec<Report<'a>> {
        self.engine.run(inputs, scope)
    }
}
