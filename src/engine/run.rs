//! One run: reads the inputs, groups them by customer, lets the rules look, resolves what they found.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::mem;
#[cfg(feature = "custom-schema")]
use std::sync::Arc;

use json_document::{Document, LineIndex, NamedDocument, PositionEncoding, Scratch};

#[cfg(feature = "fingerprints")]
use crate::engine::baseline_key::{self, Covers};
use crate::engine::input::{Input, Scope};
use crate::engine::redact::misread_names;
use crate::engine::scratch::Pool;
use crate::engine::unwrap::{Unwrapped, unwrap};
use crate::model::customers::{self, OfCustomer, Shared};
use crate::model::files::File;
use crate::model::graph::graph;
use crate::model::key::key_text;
use crate::model::known::KnownKeys;
use crate::model::payload::Payload;
use crate::model::payload_set::PayloadSet;
use crate::model::recognize::is_payload;
use crate::platform::hash::RandomState;
use crate::platform::sort;
use crate::report::{
    BaselineKey, Diagnostic, DiagnosticBuilder, LocationResolver, Origin, Report, Resolved,
    SourceFile,
};
use crate::rules::context::{Context, Views};
use crate::rules::family::Family;
use crate::rules::settings::Settings;
use crate::rules::sink::DiagnosticSink;
use crate::rules::wrapped_payload;
use crate::rules::wrapping::Wrapping;
use crate::schema;
use crate::schema::check::{CustomViolation, Outcome};
use crate::schema::subschema::Schema;
use crate::time::timestamp::Instant;

/// What a [`Linter`](crate::Linter) is made of.
#[derive(Debug)]
pub(super) struct Engine {
    pub(super) settings: Settings,
    /// The families of rules of which any is on: what is off costs nothing.
    pub(super) families: Vec<&'static Family>,
    pub(super) pool: Pool,
    pub(super) encoding: PositionEncoding,
    pub(super) known: KnownKeys,
    pub(super) closed_world: bool,
    pub(super) now: Option<Instant>,
    #[cfg(feature = "fingerprints")]
    pub(super) keys: Option<Covers>,
    #[cfg(feature = "custom-schema")]
    pub(super) custom: Option<Arc<schema::CustomSchema>>,
}

impl Engine {
    pub(super) fn one<'a>(&self, input: Input<'a>, scope: Scope) -> Report<'a> {
        only(self.run(vec![input], scope))
    }

    /// A report in which nothing has been found yet.
    pub(super) fn empty_report<'a>(&self, input: Input<'a>) -> Report<'a> {
        let sink = DiagnosticSink::new(&self.settings, None);
        let places = LocationResolver::new(self.encoding, std::iter::empty());
        let resolved = sink.finish(&places, 0, &|_| None);
        finished(input, resolved)
    }

    pub(super) fn run<'a>(&self, inputs: Vec<Input<'a>>, scope: Scope) -> Vec<Report<'a>> {
        self.run_with(&self.settings, inputs, scope)
    }

    pub(super) fn run_with<'a>(
        &self,
        settings: &Settings,
        inputs: Vec<Input<'a>>,
        scope: Scope,
    ) -> Vec<Report<'a>> {
        // The first text takes what an earlier check has left; the longest leaves it for a later one.
        let mut scratch = self.pool.take();
        let mut parsed: Vec<Parsed<'_>> = Vec::with_capacity(inputs.len());
        for (at, input) in inputs.iter().enumerate() {
            self.parse(at, input, scope, mem::take(&mut scratch), &mut parsed);
        }
        let lines: Vec<OnceCell<LineIndex<'_>>> = inputs.iter().map(|_| OnceCell::new()).collect();
        let shared = shared_with_customers(&inputs, &parsed);
        let mut resolved: Vec<(usize, Option<Resolved>)> =
            parsed.iter().map(|one| (one.input, None)).collect();
        for members in sets(&parsed, inputs.len() == 1) {
            let files = members
                .iter()
                .map(|at| File {
                    document: &parsed[*at].document,
                    payload: &parsed[*at].payload,
                })
                .collect();
            let set = PayloadSet::new(files, &self.known, self.closed_world);
            let views = Views::default();
            let places = LocationResolver::new(
                self.encoding,
                members.iter().map(|at| {
                    let one = &parsed[*at];
                    let input = &inputs[one.input];
                    SourceFile {
                        name: input.name.as_str(),
                        document: &one.document,
                        text: &input.text,
                        start: input.start,
                        origin: one.origin,
                        wide: input.wide.as_ref(),
                        lines: &lines[one.input],
                    }
                }),
            );
            let documents: Vec<&Document<'_>> =
                members.iter().map(|at| &*parsed[*at].document).collect();
            for (file, at) in members.iter().enumerate() {
                let one = &parsed[*at];
                let context = Context {
                    document: &one.document,
                    schema: schema::embedded(),
                    judge: self.judge(scope),
                    payload: &one.payload,
                    violations: &one.outcome.violations,
                    unknown_members: &one.outcome.unknown_members,
                    custom_violations: &one.custom_violations,
                    replaced: &inputs[one.input].replaced,
                    wrapping: one.wrapping,
                    set: &set,
                    file: file as u32,
                    views: &views,
                    shared_with_customers: shared.get(*at).map_or(&[], Vec::as_slice),
                    now: self.now,
                    redact: settings.redact,
                };
                let mut sink = DiagnosticSink::new(settings, one.origin);
                if one.is_unreadable {
                    (wrapped_payload::FAMILY.check)(&context, &mut sink);
                } else {
                    for family in &self.families {
                        (family.check)(&context, &mut sink);
                    }
                }
                let key = |finding: &DiagnosticBuilder| self.key(&documents, file as u32, finding);
                let found = sink.finish(&places, file as u32, &key);
                #[cfg(feature = "fingerprints")]
                let found = found.of_customer(self.customer(one));
                let found = if settings.redact && !one.document.is_json() {
                    found.without(&misread_names(&one.document))
                } else {
                    found
                };
                resolved[*at].1 = Some(found);
            }
        }
        let lists = parsed.into_iter().map(|one| one.document.into_scratch());
        if let Some(longest) = lists.max_by_key(Scratch::len) {
            self.pool.keep(longest);
        }
        // In the order of the inputs, and of each its parts.
        let mut resolved = resolved.into_iter().peekable();
        let reports = inputs.into_iter().enumerate().filter_map(|(at, input)| {
            let mut parts = std::iter::from_fn(|| resolved.next_if(|(of, _)| *of == at));
            let is_wrapped = matches!(input.unwrapped.get(), Some(Some(_)));
            let Some((_, Some(first))) = parts.next() else {
                // What is skipped is skipped with all its parts.
                parts.for_each(drop);
                return None;
            };
            let mut report = finished(input, first);
            if is_wrapped {
                let others = parts.filter_map(|(_, resolved)| resolved);
                let others = others.map(|resolved| resolved.into_report("".into()));
                report.join(others, settings.max_per_code);
                // What is around a payload may be anywhere.
                let place = |one: &Diagnostic| (one.range.start.offset, one.range.end.offset);
                sort::sort_by(&mut report.diagnostics, |a, b| {
                    (place(a), &a.code).cmp(&(place(b), &b.code))
                });
            }
            Some(report)
        });
        reports.collect()
    }

    #[cfg(feature = "fingerprints")]
    fn key(
        &self,
        documents: &[&Document<'_>],
        file: u32,
        finding: &DiagnosticBuilder,
    ) -> Option<BaselineKey> {
        let covers = self.keys?;
        Some(baseline_key::of(documents, file, finding, covers))
    }

    /// The customer of a payload where findings have keys, or a digest where values are kept out.
    #[cfg(feature = "fingerprints")]
    fn customer(&self, one: &Parsed<'_>) -> Option<String> {
        let covers = self.keys?;
        let key = key_text(&one.document, one.payload.customer_key?);
        Some(baseline_key::shown(&[&key], covers))
    }

    /// Only some faces know findings again.
    #[cfg(not(feature = "fingerprints"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn key(&self, _: &[&Document<'_>], _: u32, _: &DiagnosticBuilder) -> Option<BaselineKey> {
        None
    }

    /// Reads a text, or the payloads that are inside it.
    fn parse<'i>(
        &self,
        at: usize,
        input: &'i Input<'_>,
        scope: Scope,
        scratch: Scratch,
        parsed: &mut Vec<Parsed<'i>>,
    ) {
        let mut one = self.parse_text(at, &input.text, scope, scratch, input.only_payload);
        let is_skipped = |document: &Document<'_>| input.only_payload && !is_payload(document);
        let is_plain = scope != Scope::Payload || input.wide.is_none() && one.is_plain_payload();
        let unwrapped = || {
            let found = input
                .unwrapped
                .get_or_init(|| unwrap(&one.document, input.given));
            let found = found.as_ref();
            found.filter(|found| !found.is_unreadable || self.reports_wrapping())
        };
        let Some(found) = (!is_plain).then(unwrapped).flatten() else {
            one.is_passed_over = is_skipped(&one.document);
            parsed.push(one);
            return;
        };
        let mut scratch = one.document.into_scratch();
        for (index, part) in found.parts.iter().enumerate() {
            let mut one = self.parse_text(at, &part.text, scope, mem::take(&mut scratch), false);
            one.origin = Some(&part.origin);
            one.wrapping = (index == 0).then_some(&found.wrapping);
            one.is_unreadable = found.is_unreadable;
            one.is_passed_over = is_skipped(&one.document);
            parsed.push(one);
        }
    }

    /// Whether a text is a payload, or has one inside.
    pub(super) fn is_payload(input: &Input<'_>) -> bool {
        let document = Document::parse(&input.text);
        let is_inside = |found: Unwrapped| {
            let mut parts = found.parts.iter();
            parts.any(|part| is_payload(&Document::parse(&part.text)))
        };
        is_payload(&document) || unwrap(&document, input.given).is_some_and(is_inside)
    }

    /// Whether a payload that is wrapped is a finding.
    fn reports_wrapping(&self) -> bool {
        self.settings.any_on(wrapped_payload::FAMILY.rules)
    }

    /// `only_payload`: a schema of the user's does not judge what is none.
    fn parse_text<'i>(
        &self,
        input: usize,
        text: &'i str,
        scope: Scope,
        scratch: Scratch,
        only_payload: bool,
    ) -> Parsed<'i> {
        // Names that both schemas have are numbered alike, so the model reads the same.
        let judge = self.judge(scope);
        let document = judge.read(text, scratch);
        // A schema that is given judges instead.
        let custom_violations = match scope {
            Scope::Payload if !only_payload || is_payload(&document) => {
                self.custom_violations(&document)
            }
            _ => None,
        };
        let root = match scope {
            Scope::Payload => judge.root,
            Scope::Resource(collection) => graph().collection(collection).subschema,
        };
        let outcome = if custom_violations.is_some() {
            Outcome::default()
        } else {
            schema::check::check(judge, &document, root)
        };
        let payload = match scope {
            Scope::Payload => Payload::build(&document, &outcome.times),
            Scope::Resource(collection) => {
                Payload::build_resource(&document, collection, &outcome.times)
            }
        };
        Parsed {
            input,
            document,
            payload,
            outcome,
            custom_violations: custom_violations.unwrap_or_default(),
            origin: None,
            wrapping: None,
            is_unreadable: false,
            is_passed_over: false,
        }
    }

    #[cfg(feature = "custom-schema")]
    fn custom_violations(&self, document: &Document<'_>) -> Option<Vec<CustomViolation>> {
        self.custom.as_ref()?.check(document)
    }

    /// The schema that payloads are held against, as far as our compiler knows it.
    #[cfg(feature = "custom-schema")]
    fn judge(&self, scope: Scope) -> &Schema {
        let custom = self
            .custom
            .as_ref()
            .filter(|_| matches!(scope, Scope::Payload));
        custom
            .and_then(|custom| custom.compiled())
            .unwrap_or_else(|| schema::embedded())
    }

    #[cfg(not(feature = "custom-schema"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn judge(&self, _: Scope) -> &Schema {
        schema::embedded()
    }

    #[cfg(not(feature = "custom-schema"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn custom_violations(&self, _document: &Document<'_>) -> Option<Vec<CustomViolation>> {
        None
    }
}

fn finished(input: Input<'_>, resolved: Resolved) -> Report<'_> {
    let mut report = resolved.into_report(input.text);
    report.lossy = !input.replaced.is_empty() || input.wide.is_some();
    if !input.replaced.is_empty() {
        // A fix of the text would write the bytes that were replaced.
        for found in &mut report.diagnostics {
            found.fix = None;
        }
    }
    report.wide = input.wide;
    report.start = input.start.offset;
    report
}

/// The report of the only input.
pub(super) fn only(mut reports: Vec<Report<'_>>) -> Report<'_> {
    #[expect(clippy::expect_used, reason = "one input, one report")]
    reports.pop().expect("one report")
}

/// A payload and what has been read off it.
struct Parsed<'i> {
    /// The input that it is, or is in.
    input: usize,
    document: NamedDocument<'i>,
    payload: Payload,
    outcome: Outcome,
    custom_violations: Vec<CustomViolation>,
    /// How it comes out of the input, if it is inside.
    origin: Option<&'i Origin>,
    wrapping: Option<&'i Wrapping>,
    /// It cannot be read as a payload: nothing but its wrapping is reported.
    is_unreadable: bool,
    is_passed_over: bool,
}

impl Parsed<'_> {
    /// Whether it is JSON with what makes a payload: nothing is around it.
    fn is_plain_payload(&self) -> bool {
        let has_key = || self.payload.resources.iter().any(|one| one.key.is_some());
        self.document.is_json() && (self.payload.customer_key.is_some() || has_key())
    }
}

/// What each payload shares with those of other customers; nothing where there is one customer.
fn shared_with_customers(inputs: &[Input<'_>], parsed: &[Parsed<'_>]) -> Vec<Vec<Shared>> {
    let customer = |one: &Parsed<'_>| {
        let key = one.payload.customer_key.filter(|_| !one.is_passed_over);
        key.map(|key| key_text(&one.document, key).into_owned())
    };
    let customers: Vec<Option<String>> = match parsed {
        [_] => return Vec::new(),
        parsed => parsed.iter().map(customer).collect(),
    };
    let mut known = customers.iter().flatten();
    let first = known.next();
    if known.all(|customer| Some(customer) == first) {
        return Vec::new();
    }
    let empty = Payload::default();
    let payloads: Vec<OfCustomer<'_>> = parsed
        .iter()
        .zip(&customers)
        .map(|(one, customer)| OfCustomer {
            customer: Cow::Borrowed(customer.as_deref().unwrap_or_default()),
            name: &inputs[one.input].name,
            document: &one.document,
            payload: if customer.is_some() {
                &one.payload
            } else {
                &empty
            },
        })
        .collect();
    customers::shared(&payloads)
}

/// Which payloads belong together: those with one `customer_key`, in the order of their first. One
/// that is skipped belongs to none.
fn sets(parsed: &[Parsed<'_>], is_alone: bool) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    let mut by_customer: HashMap<Cow<'_, str>, usize, RandomState> = HashMap::default();
    for (at, one) in parsed.iter().enumerate() {
        if one.is_passed_over {
            continue;
        }
        let Some(key) = one.payload.customer_key.filter(|_| !is_alone) else {
            sets.push(vec![at]);
            continue;
        };
        let customer = key_text(&one.document, key);
        let set = *by_customer.entry(customer).or_insert_with(|| {
            sets.push(Vec::new());
            sets.len() - 1
        });
        sets[set].push(at);
    }
    sets
}
