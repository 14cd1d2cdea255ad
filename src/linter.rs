//! The engine: from text to report.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::mem;
#[cfg(feature = "custom-schema")]
use std::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::light::RandomState;
use serde::Serialize;

use crate::fix::{self, Fixed};
use crate::json::{self, Document, NodeId, Span};
use crate::light;
use crate::model::contacts::Contacts;
use crate::model::graph::{Collection, CollectionId};
use crate::model::known::KnownKeys;
use crate::model::near::{Folded, Near, Nearest};
use crate::model::times::{Overlaps, Zones};
use crate::model::world::{self, File, World};
use crate::model::{self, Payload};
use crate::report::{Diagnostic, Identity, Places, Report, Resolved, Safety, Severity, Sink};
use crate::rules::key_whitespace::Untrimmed;
use crate::rules::shared_preferred_code::{self, SharedCode};
use crate::rules::{Group, RULES, Rule, families};
use crate::schema::check::{Outcome, Violation};
use crate::schema::compile::{Schema, ShapeId};
use crate::schema::{self, CustomViolation};
use crate::suggest;
use crate::text::{Encoding, Position};
use crate::time::rfc3339::{self, Instant};

/// How loud a rule is, by the user's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
    /// Severities by code, over the rules' own. Of two for one code, the later counts.
    pub levels: Vec<(String, Level)>,
    /// How many findings of one code a report lists; all are counted. `None` lists all.
    pub max_per_code: Option<usize>,
    /// Keeps the payload's values out of messages, labels and excerpts. Names of members and
    /// pointers stay.
    pub redact: bool,
    /// What offsets and columns count.
    pub encoding: Encoding,
    /// Keys of resources that exist outside the payloads.
    pub known: KnownKeys,
    /// Everything there is, is in the payloads and the known keys: a reference to anything else
    /// is an error.
    pub closed_world: bool,
    /// The instant that `long-past-stay` compares with, in RFC 3339. Nothing reads the clock.
    pub now: Option<String>,
    /// What findings are known by in another run.
    pub(crate) identity: Option<Identity>,
    /// Another schema than the embedded one.
    #[cfg(feature = "custom-schema")]
    pub schema: Option<Arc<schema::custom::CustomSchema>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            levels: Vec::new(),
            max_per_code: Some(1000),
            redact: false,
            encoding: Encoding::Utf8,
            known: KnownKeys::new(),
            closed_world: false,
            now: None,
            identity: None,
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
                write!(formatter, "{text} is no RFC 3339 date and time: {reason}")
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
    crate::rules::find(code).ok_or_else(|| OptionsError::UnknownCode {
        code: code.to_owned(),
        suggestion: suggest::nearest(code, RULES.iter().map(|rule| rule.code))
            .map(|nearest| nearest.word),
    })
}

/// Options as the sink asks them.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// By code; the first counts.
    levels: Vec<(String, Level)>,
    pub(crate) max_per_code: usize,
    pub(crate) redact: bool,
    /// What findings are known by in another run.
    pub(crate) identity: Option<Identity>,
}

impl Settings {
    /// Whether any rule of a family is on.
    fn any_on(&self, family: &[&Rule]) -> bool {
        let on = |rule: &&Rule| self.severity(rule, rule.code, rule.severity).is_some();
        family.iter().any(on)
            // Codes of a schema that the user brings are set by themselves.
            || family[0].group == Group::Schema && !self.levels.is_empty()
    }

    /// The severity of a finding; none if it is switched off.
    pub(crate) fn severity(&self, rule: &Rule, code: &str, evidence: Severity) -> Option<Severity> {
        let level = |code: &str| self.levels.iter().find(|(known, _)| known == code);
        match level(code).or_else(|| level(rule.code)) {
            Some((_, level)) => level.severity(),
            None => rule.on_by_default.then_some(evidence),
        }
    }
}

/// Checks payloads. Build it once; it is shared between threads freely.
///
/// It keeps the memory of its last checks for the next ones: places in the text, nothing of the
/// text itself. That is some 32 MB at most, or what payloads of more than 20 MB took, until one
/// comes that needs little of it.
#[derive(Debug)]
pub struct Linter {
    settings: Settings,
    /// The families of rules of which any is on: what is off costs nothing.
    families: Vec<&'static [&'static Rule]>,
    /// What checks have left: as many as ran side by side.
    spare: Mutex<Vec<Memory>>,
    encoding: Encoding,
    known: KnownKeys,
    closed_world: bool,
    now: Option<Instant>,
    #[cfg(feature = "custom-schema")]
    custom: Option<Arc<schema::custom::CustomSchema>>,
}

/// What a check reads a text into.
#[derive(Debug, Default)]
struct Memory {
    document: json::Memory,
    payload: Payload,
    world: world::Memory,
}

impl Memory {
    /// How many values the last text had.
    fn values(&self) -> usize {
        self.document.nodes.len()
    }

    /// How many values there is room for.
    fn room(&self) -> usize {
        self.document.nodes.capacity()
    }
}

/// How many values the lists have room for, all together, that are kept from one check to the next
/// whatever it is. With what goes with them, they take some 32 MB.
const KEPT_VALUES: usize = 1 << 20;

/// More than [`KEPT_VALUES`] is kept by checks that need at least this part of it.
const NEEDED_PART: usize = 4;

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

/// A text on its way through the engine.
pub(crate) struct Input<'a> {
    name: String,
    pub(crate) text: Cow<'a, str>,
    /// Where it begins in its file.
    start: Position,
    replaced: Vec<Replaced>,
    /// It is passed over, without a report, if it does not look like a payload, see
    /// [`model::is_payload`].
    only_payload: bool,
}

impl<'a> Input<'a> {
    pub(crate) fn text(text: Cow<'a, str>) -> Self {
        Self {
            name: String::new(),
            text,
            start: Position::START,
            replaced: Vec::new(),
            only_payload: false,
        }
    }

    /// Bytes with the name that reports give them.
    pub(crate) fn named(name: &str, bytes: &'a [u8]) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::bytes(bytes)
        }
    }

    /// The same, as it begins at a line of a file.
    pub(crate) fn starting(self, start: Position) -> Self {
        Self { start, ..self }
    }

    pub(crate) fn bytes(bytes: &'a [u8]) -> Self {
        if is_utf16(bytes) {
            // One finding says it all; read as bytes, every second character would be another.
            let mark = Replaced {
                span: Span::of(0, 2),
                bytes: bytes[..2].to_vec(),
            };
            return Self {
                replaced: vec![mark],
                ..Self::text(Cow::Owned("?".repeat(bytes.len())))
            };
        }
        if let Some(text) = light::text_of(bytes) {
            return Self::text(Cow::Borrowed(text));
        }
        let (text, replaced) = replace_invalid(bytes);
        Self {
            replaced,
            ..Self::text(Cow::Owned(text))
        }
    }
}

/// What a text is checked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The body of a push.
    Payload,
    /// One resource of a collection.
    Resource(CollectionId),
}

impl Scope {
    fn resource(collection: &str) -> Result<Self, OptionsError> {
        let collections = &model::graph().collections;
        let at = collections
            .iter()
            .position(|known| known.name == collection);
        let at = at.ok_or_else(|| OptionsError::UnknownCollection {
            name: collection.to_owned(),
            suggestion: suggest::nearest(
                collection,
                collections.iter().map(|known| known.name.as_str()),
            )
            .map(|nearest| nearest.word),
        })?;
        Ok(Self::Resource(CollectionId(at as u8)))
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
        crate::rules::find(code)
            .is_some_and(|rule| self.settings.severity(rule, code, rule.severity).is_some())
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
            Some(text) => match rfc3339::parse(text) {
                Ok(now) => Some(now.instant()),
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
            identity: options.identity,
        };
        Self {
            families: families()
                .filter(|family| settings.any_on(family))
                .collect(),
            settings,
            spare: Mutex::new(Vec::new()),
            encoding: options.encoding,
            known: options.known,
            closed_world: options.closed_world,
            now,
            #[cfg(feature = "custom-schema")]
            custom: options.schema,
        }
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
    /// at most [`fix::MAX_ROUNDS`] times. The result never has more errors than the text: fixes
    /// that only lead there are not in it. Bytes that no fix names are not touched.
    #[must_use]
    pub fn fix<'a>(&self, text: &'a str, limit: Safety) -> Fixed<'a> {
        self.fix_in(text, limit, Scope::Payload, &|_| false)
    }

    /// As [`Linter::fix`], without the fixes of findings that are meant.
    pub(crate) fn fix_unless<'a>(
        &self,
        text: &'a str,
        limit: Safety,
        is_meant: &dyn Fn(&Diagnostic) -> bool,
    ) -> Fixed<'a> {
        self.fix_in(text, limit, Scope::Payload, is_meant)
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
        limit: Safety,
    ) -> Result<Fixed<'a>, OptionsError> {
        Ok(self.fix_in(text, limit, Scope::resource(collection)?, &|_| false))
    }

    fn fix_in<'a>(
        &self,
        text: &'a str,
        limit: Safety,
        scope: Scope,
        is_meant: &dyn Fn(&Diagnostic) -> bool,
    ) -> Fixed<'a> {
        let first = self.one(Input::text(Cow::Borrowed(text)), scope);
        fix::to_fixed_point(
            first,
            |report| fix::apply_unless(report, limit, is_meant),
            |text| self.one(Input::text(Cow::Owned(text)), scope),
            |text| {
                let uncapped = Settings {
                    max_per_code: usize::MAX,
                    ..self.settings.clone()
                };
                let input = Input::text(Cow::Borrowed(text));
                let report = only(self.run_with(&uncapped, vec![input], scope));
                fix::apply_unless(&report, limit, is_meant)
            },
        )
    }

    /// Checks files that belong together: those with one `customer_key` are one world, in which
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

    /// Whether bytes look like a `push_data` payload: an object with `customer_key`, or with one
    /// of the collections as an array.
    #[must_use]
    pub fn is_payload(&self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        model::is_payload(&Document::parse(&text))
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

    fn spare(&self) -> MutexGuard<'_, Vec<Memory>> {
        // Whatever happened meanwhile: lists are emptied before they are used.
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes memory for the next check.
    fn keep(&self, memory: Memory) {
        let is_needed = memory.values() >= memory.room() / NEEDED_PART;
        let mut spare = self.spare();
        spare.push(memory);
        if !is_needed && spare.iter().map(Memory::room).sum::<usize>() > KEPT_VALUES {
            spare.clear();
        }
    }

    pub(crate) fn one<'a>(&self, input: Input<'a>, scope: Scope) -> Report<'a> {
        only(self.run(vec![input], scope))
    }

    pub(crate) const fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(crate) const fn max_per_code(&self) -> usize {
        self.settings.max_per_code
    }

    /// A report in which nothing has been found yet.
    pub(crate) fn empty_report<'a>(&self, input: Input<'a>) -> Report<'a> {
        let sink = Sink::new(&self.settings);
        let resolved = sink.finish(&Places::new(self.encoding, std::iter::empty()), 0);
        finished(input, resolved)
    }

    pub(crate) fn run<'a>(&self, inputs: Vec<Input<'a>>, scope: Scope) -> Vec<Report<'a>> {
        self.run_with(&self.settings, inputs, scope)
    }

    fn run_with<'a>(
        &self,
        settings: &Settings,
        inputs: Vec<Input<'a>>,
        scope: Scope,
    ) -> Vec<Report<'a>> {
        let schema = schema::embedded();
        let mut spare = self.spare().pop().unwrap_or_default();
        let mut world_memory = mem::take(&mut spare.world);
        let parsed: Vec<Parsed<'_>> = inputs
            .iter()
            .map(|input| {
                let memory = mem::take(&mut spare);
                self.parse(schema, input, scope, memory)
            })
            .collect();
        let mut resolved: Vec<Option<Resolved>> = Vec::new();
        resolved.resize_with(inputs.len(), || None);
        for members in worlds(&parsed) {
            let files = members
                .iter()
                .map(|at| File {
                    document: &parsed[*at].document,
                    payload: &parsed[*at].payload,
                })
                .collect();
            let memory = mem::take(&mut world_memory);
            let world = World::new(files, &self.known, self.closed_world, memory);
            let views = Views::default();
            let places = Places::new(
                self.encoding,
                members.iter().map(|at| {
                    let input = &inputs[*at];
                    (input.name.as_str(), &parsed[*at].document, input.start)
                }),
            );
            for (file, at) in members.iter().enumerate() {
                let one = &parsed[*at];
                let context = Context {
                    document: &one.document,
                    schema,
                    payload: &one.payload,
                    violations: &one.outcome.violations,
                    unknown_members: &one.outcome.unknown_members,
                    custom_violations: &one.custom_violations,
                    replaced: &inputs[*at].replaced,
                    world: &world,
                    file: file as u32,
                    views: &views,
                    now: self.now,
                    redact: settings.redact,
                };
                let mut sink = Sink::new(settings);
                for family in &self.families {
                    if let Some(check) = family[0].check {
                        check(&context, &mut sink);
                    }
                }
                resolved[*at] = Some(sink.finish(&places, file as u32));
            }
            world_memory = world.into_memory();
        }
        let memory = parsed.into_iter().map(|one| Memory {
            document: one.document.into_memory(),
            payload: one.payload,
            world: world::Memory::default(),
        });
        if let Some(mut longest) = memory.max_by_key(Memory::values) {
            longest.world = world_memory;
            self.keep(longest);
        }
        inputs
            .into_iter()
            .zip(resolved)
            .filter_map(|(input, resolved)| Some(finished(input, resolved?)))
            .collect()
    }

    fn parse<'i>(
        &self,
        schema: &'static Schema,
        input: &'i Input<'_>,
        scope: Scope,
        memory: Memory,
    ) -> Parsed<'i> {
        let document = schema.read(&input.text, memory.document);
        let (payload, root) = match scope {
            Scope::Payload => (Payload::build(&document, memory.payload), schema.root),
            Scope::Resource(collection) => (
                Payload::build_resource(&document, collection, memory.payload),
                model::graph().collection(collection).shape,
            ),
        };
        let is_passed_over = input.only_payload && !model::is_payload(&document);
        // A schema that is given judges instead, and it may know more members.
        let custom_violations = match scope {
            Scope::Payload if !is_passed_over => self.custom_violations(&document),
            _ => None,
        };
        let outcome = if custom_violations.is_some() {
            Outcome::default()
        } else {
            schema::check::check(schema, &document, root, &payload.dates)
        };
        Parsed {
            document,
            payload,
            outcome,
            custom_violations: custom_violations.unwrap_or_default(),
            is_passed_over,
        }
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

fn finished(input: Input<'_>, resolved: Resolved) -> Report<'_> {
    let mut report = resolved.into_report(input.text);
    report.lossy = !input.replaced.is_empty();
    report
}

/// The report of the only input.
fn only(mut reports: Vec<Report<'_>>) -> Report<'_> {
    #[expect(clippy::expect_used, reason = "one input, one report")]
    reports.pop().expect("one report")
}

/// A text and what has been read off it.
struct Parsed<'i> {
    document: Document<'i>,
    payload: Payload,
    outcome: Outcome,
    custom_violations: Vec<CustomViolation>,
    is_passed_over: bool,
}

/// Which texts belong together: those with one `customer_key`, in the order of their first. One
/// that is passed over belongs to none.
fn worlds(parsed: &[Parsed<'_>]) -> Vec<Vec<usize>> {
    let is_alone = parsed.len() == 1;
    let mut worlds: Vec<Vec<usize>> = Vec::new();
    let mut by_customer: HashMap<Cow<'_, str>, usize, RandomState> = HashMap::default();
    for (at, one) in parsed.iter().enumerate() {
        if one.is_passed_over {
            continue;
        }
        let Some(key) = one.payload.customer_key.filter(|_| !is_alone) else {
            worlds.push(vec![at]);
            continue;
        };
        let customer = model::key_text(&one.document, key);
        let world = *by_customer.entry(customer).or_insert_with(|| {
            worlds.push(Vec::new());
            worlds.len() - 1
        });
        worlds[world].push(at);
    }
    worlds
}

/// Views that span the files of a world and cost more than one pass: made by the first rule that
/// asks, kept for the others.
#[derive(Debug, Default)]
pub(crate) struct Views {
    folded: OnceCell<Folded>,
    near: OnceCell<Near>,
    zones: OnceCell<Zones>,
    overlaps: OnceCell<Overlaps>,
    contacts: OnceCell<Contacts>,
    shared_codes: OnceCell<Vec<SharedCode>>,
    untrimmed: OnceCell<Untrimmed>,
}

impl Views {
    /// Keys without what a reader overlooks.
    pub(crate) fn folded(&self, world: &World<'_>) -> &Folded {
        self.folded.get_or_init(|| Folded::new(world))
    }

    /// The key that was probably meant where a reference of a kind names none.
    pub(crate) fn nearest(
        &self,
        world: &World<'_>,
        target: CollectionId,
        key: &str,
    ) -> Option<Nearest> {
        let folded = self.folded(world);
        self.near
            .get_or_init(|| Near::new(world))
            .find(world, folded, target, key)
    }

    /// Who has which e-mail address and phone number.
    pub(crate) fn contacts(&self, world: &World<'_>) -> &Contacts {
        self.contacts.get_or_init(|| Contacts::new(world))
    }

    /// Own keys with white space around them.
    pub(crate) fn untrimmed(&self, world: &World<'_>) -> &Untrimmed {
        self.untrimmed.get_or_init(|| Untrimmed::new(world))
    }

    /// Overlapping stays with one code, sorted by the later of the two.
    pub(crate) fn shared_codes(&self, world: &World<'_>) -> &[SharedCode] {
        self.shared_codes
            .get_or_init(|| shared_preferred_code::find(world))
    }
}

/// Bytes that are not UTF-8, and where they stand.
#[derive(Debug)]
pub(crate) struct Replaced {
    pub(crate) span: Span,
    pub(crate) bytes: Vec<u8>,
}

/// Whether bytes are UTF-16, by their byte order mark or by the NUL in each of their first two
/// characters, which are ASCII in every JSON text.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [0, a, 0, b, ..] | [a, 0, b, 0, ..] => *a != 0 && *b != 0,
        _ => false,
    }
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
    /// The files that are checked as one, this one among them.
    pub(crate) world: &'c World<'c>,
    /// This file's place in the world.
    pub(crate) file: u32,
    pub(crate) views: &'c Views,
    /// The instant that the user gave as now.
    pub(crate) now: Option<Instant>,
    redact: bool,
}

/// The longest excerpt of a value in a message, in characters.
const EXCERPT: usize = 60;

impl<'c> Context<'c> {
    /// The time zones of the world's spaces.
    pub(crate) fn zones(&self) -> &Zones {
        self.views.zones.get_or_init(|| Zones::new(self.world))
    }

    /// The stays of the world that overlap another one at the same space.
    pub(crate) fn overlaps(&self) -> &Overlaps {
        self.views
            .overlaps
            .get_or_init(|| Overlaps::new(self.world))
    }

    /// The string of a value; `""` if it has none.
    #[inline(never)]
    pub(crate) fn text(&self, id: NodeId) -> Cow<'c, str> {
        model::key_text(self.document, id)
    }

    /// As [`Context::quoted`], for the string of a value.
    pub(crate) fn quoted_text(&self, id: NodeId) -> String {
        self.quoted(&self.text(id))
    }

    /// A value of the payload in double quotes, for a message: shortened, with characters that
    /// cannot be seen escaped; `"…"` where values are kept out.
    pub(crate) fn quoted(&self, text: &str) -> String {
        if self.redact {
            return "\"…\"".to_owned();
        }
        in_quotes(text)
    }

    /// As [`Context::quoted`], for a token as it is written, without added quotes.
    pub(crate) fn quoted_token(&self, text: &str) -> String {
        if self.redact {
            return "…".to_owned();
        }
        visible(text, EXCERPT)
    }

    /// Whether values are kept out: for what would give one away in other words.
    pub(crate) const fn redacts(&self) -> bool {
        self.redact
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
        in_quotes(text)
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

/// Text for people in double quotes. `{:?}` would bring tables of Unicode, 3 KB for a browser.
pub(crate) fn in_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4 * EXCERPT) + 2);
    out.push('"');
    push_excerpt(&mut out, text, EXCERPT);
    out.push('"');
    out
}

/// Text for people: at most `limit` characters, and nothing in it that is invisible, controls a
/// terminal or turns the direction of writing.
pub(crate) fn visible(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit.saturating_mul(4)));
    push_excerpt(&mut out, text, limit);
    out
}

/// Appends what [`visible`] gives.
fn push_excerpt(out: &mut String, text: &str, limit: usize) {
    // Nearly every text.
    if text.len() <= limit && text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        out.push_str(text);
        return;
    }
    for (at, character) in text.chars().enumerate() {
        if at == limit {
            out.push('…');
            break;
        }
        push_visible(out, character);
    }
}

/// Appends a character, or its escape if it cannot be seen or does harm.
pub(crate) fn push_visible(out: &mut String, character: char) {
    match character {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        hidden if is_hidden(hidden) => {
            // Writing to a string does not fail.
            let _ = write!(out, "{}", hidden.escape_unicode());
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
