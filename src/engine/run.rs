//! One run: reads the inputs, groups them by customer, lets the rules look, resolves what they found.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem;
#[cfg(feature = "custom-schema")]
use std::sync::Arc;

use json_document::{Document, NamedDocument, PositionEncoding, Scratch};

#[cfg(feature = "cli")]
use crate::engine::baseline_key::{self, Covers};
use crate::engine::input::{Input, Scope};
use crate::engine::scratch::Pool;
use crate::model::files::File;
use crate::model::graph::graph;
use crate::model::key::key_text;
use crate::model::known::KnownKeys;
use crate::model::payload::{Payload, is_payload};
use crate::model::payload_set::PayloadSet;
use crate::platform::hash::RandomState;
use crate::report::{BaselineKey, DiagnosticBuilder, LocationResolver, Report, Resolved};
use crate::rules::context::{Context, Views};
use crate::rules::family::Family;
use crate::rules::settings::Settings;
use crate::rules::sink::DiagnosticSink;
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
    #[cfg(feature = "cli")]
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
        let sink = DiagnosticSink::new(&self.settings);
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
        let schema = schema::embedded();
        // The first text takes what an earlier check has left; the longest leaves it for a later one.
        let mut scratch = self.pool.take();
        let parsed: Vec<Parsed<'_>> = inputs
            .iter()
            .map(|input| self.parse(schema, input, scope, mem::take(&mut scratch)))
            .collect();
        let mut resolved: Vec<Option<Resolved>> = Vec::new();
        resolved.resize_with(inputs.len(), || None);
        for members in sets(&parsed) {
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
                    let input = &inputs[*at];
                    (input.name.as_str(), &*parsed[*at].document, input.start)
                }),
            );
            let documents: Vec<&Document<'_>> =
                members.iter().map(|at| &*parsed[*at].document).collect();
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
                    set: &set,
                    file: file as u32,
                    views: &views,
                    now: self.now,
                    redact: settings.redact,
                };
                let mut sink = DiagnosticSink::new(settings);
                for family in &self.families {
                    (family.check)(&context, &mut sink);
                }
                let key = |finding: &DiagnosticBuilder| self.key(&documents, file as u32, finding);
                resolved[*at] = Some(sink.finish(&places, file as u32, &key));
            }
        }
        let lists = parsed.into_iter().map(|one| one.document.into_scratch());
        if let Some(longest) = lists.max_by_key(Scratch::len) {
            self.pool.keep(longest);
        }
        inputs
            .into_iter()
            .zip(resolved)
            .filter_map(|(input, resolved)| Some(finished(input, resolved?)))
            .collect()
    }

    #[cfg(feature = "cli")]
    fn key(
        &self,
        documents: &[&Document<'_>],
        file: u32,
        finding: &DiagnosticBuilder,
    ) -> Option<BaselineKey> {
        let covers = self.keys?;
        Some(baseline_key::of(documents, file, finding, covers))
    }

    /// Nothing but the command knows findings again.
    #[cfg(not(feature = "cli"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn key(&self, _: &[&Document<'_>], _: u32, _: &DiagnosticBuilder) -> Option<BaselineKey> {
        None
    }

    fn parse<'i>(
        &self,
        schema: &'static Schema,
        input: &'i Input<'_>,
        scope: Scope,
        scratch: Scratch,
    ) -> Parsed<'i> {
        let document = schema.read(&input.text, scratch);
        let (payload, root) = match scope {
            Scope::Payload => (Payload::build(&document), schema.root),
            Scope::Resource(collection) => (
                Payload::build_resource(&document, collection),
                graph().collection(collection).subschema,
            ),
        };
        let is_passed_over = input.only_payload && !is_payload(&document);
        // A schema that is given judges instead, and it may know more members.
        let custom_violations = match scope {
            Scope::Payload if !is_passed_over => self.custom_violations(&document),
            _ => None,
        };
        let outcome = if custom_violations.is_some() {
            Outcome::default()
        } else {
            schema::check::check(schema, &document, root)
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
pub(super) fn only(mut reports: Vec<Report<'_>>) -> Report<'_> {
    #[expect(clippy::expect_used, reason = "one input, one report")]
    reports.pop().expect("one report")
}

/// A text and what has been read off it.
struct Parsed<'i> {
    document: NamedDocument<'i>,
    payload: Payload,
    outcome: Outcome,
    custom_violations: Vec<CustomViolation>,
    is_passed_over: bool,
}

/// Which texts belong together: those with one `customer_key`, in the order of their first. One
/// that is skipped belongs to none.
fn sets(parsed: &[Parsed<'_>]) -> Vec<Vec<usize>> {
    let is_alone = parsed.len() == 1;
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
