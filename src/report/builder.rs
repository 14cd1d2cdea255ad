//! A finding while a rule builds it.

use std::borrow::Cow;
use std::cmp::Ordering;

use json_document::{NodeId, Span};

use crate::report::data::{Data, DataField, DataValue};
use crate::report::fix::Applicability;
use crate::report::location::Location;
use crate::report::severity::Severity;

/// A finding as a rule reports it. Boxed: it is handed on at each step of its building, in some
/// hundred places.
#[derive(Debug)]
pub(crate) struct DiagnosticBuilder(pub(super) Box<Parts>);

#[derive(Debug)]
pub(super) struct Parts {
    pub(super) code: Cow<'static, str>,
    pub(super) severity: Severity,
    pub(super) place: Location,
    /// A place in the outer text, instead of the place in the document; edits are there, too.
    pub(super) outside: Option<Span>,
    pub(super) message: String,
    pub(super) note: Option<Cow<'static, str>>,
    pub(super) help: Option<String>,
    pub(super) related: Vec<(Option<u32>, Location, String)>,
    pub(super) fix: Option<PlannedFix>,
    pub(super) data: Data,
    pub(super) anchor: &'static str,
}

impl Parts {
    /// Once, and not in each place that reports.
    #[inline(never)]
    fn set_message(&mut self, message: String) {
        self.message = message;
    }
}

/// A fix whose edits are still spans.
#[derive(Debug)]
pub(super) struct PlannedFix {
    pub(super) title: String,
    pub(super) applicability: Applicability,
    pub(super) edits: Vec<(Span, String)>,
}

impl DiagnosticBuilder {
    /// A finding of which nothing is said yet. `note` is the reason that the rule gives, `anchor`
    /// the code whose documentation explains it.
    pub(crate) fn new(
        code: Cow<'static, str>,
        severity: Severity,
        place: Location,
        note: &'static str,
        anchor: &'static str,
    ) -> Self {
        Self(Box::new(Parts {
            code,
            severity,
            place,
            outside: None,
            message: String::new(),
            note: Some(Cow::Borrowed(note)),
            help: None,
            related: Vec::new(),
            fix: None,
            data: Data::default(),
            anchor,
        }))
    }

    #[cfg(feature = "fingerprints")]
    pub(crate) fn code(&self) -> &str {
        &self.0.code
    }

    #[cfg(feature = "fingerprints")]
    pub(crate) fn place(&self) -> Location {
        self.0.place
    }

    /// The places that explain it, each with its file if that is another one.
    #[cfg(feature = "fingerprints")]
    pub(crate) fn related_places(&self) -> impl Iterator<Item = (Option<u32>, Location)> {
        let related = self.0.related.iter();
        related.map(|(file, place, _)| (*file, *place))
    }

    /// The member that it is about, beside the place.
    #[cfg(feature = "fingerprints")]
    pub(crate) fn member(&self) -> Option<&str> {
        self.0.data.string(DataField::Member)
    }

    /// The order of a report: position, then code, then message.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        fn key(parts: &Parts) -> (Span, &str, &str, NodeId) {
            (
                parts.place.span,
                &parts.code,
                &parts.message,
                parts.place.node,
            )
        }
        key(&self.0).cmp(&key(&other.0))
    }

    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.0.set_message(message.into());
        self
    }

    /// It is about what is around the payload: range and edits are in the outer text.
    pub(crate) fn outside(mut self, span: Span) -> Self {
        self.0.outside = Some(span);
        self
    }

    /// Another reason than the rule's own.
    pub(crate) fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.0.note = Some(note.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    pub(crate) fn related(mut self, place: Location, message: impl Into<String>) -> Self {
        self.0.related.push((None, place, message.into()));
        self
    }

    /// A place in a file of the set, which may be another one.
    pub(crate) fn related_in(
        mut self,
        file: u32,
        place: Location,
        message: impl Into<String>,
    ) -> Self {
        self.0.related.push((Some(file), place, message.into()));
        self
    }

    pub(crate) fn fix(
        mut self,
        applicability: Applicability,
        title: impl Into<String>,
        edits: Vec<(Span, String)>,
    ) -> Self {
        self.0.fix = Some(PlannedFix {
            title: title.into(),
            applicability,
            edits,
        });
        self
    }

    /// A message that is a clause with a `{found}` in it, which are facts for programs.
    pub(crate) fn clause(self, clause: &'static str, found: &str) -> Self {
        self.message(clause.replace("{found}", found))
            .reason(clause)
            .with(DataField::Found, found)
    }

    /// Which of its clauses the rule has chosen, for programs.
    #[inline(never)]
    pub(crate) fn reason(self, clause: &str) -> Self {
        self.with(DataField::Reason, clause)
    }

    /// A fact for programs. This and its likes are called in some hundred places, so none is compiled into them.
    #[inline(never)]
    pub(crate) fn with(mut self, field: DataField, text: &str) -> Self {
        self.0.data.set(field, DataValue::String(text.to_owned()));
        self
    }

    /// A fact for programs, if there is one: a value of the payload is none where values are kept out.
    #[inline(never)]
    pub(crate) fn with_some(self, field: DataField, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.with(field, text),
            None => self,
        }
    }

    /// A number for programs.
    #[inline(never)]
    pub(crate) fn with_number(mut self, field: DataField, number: i64) -> Self {
        self.0.data.set(field, DataValue::Integer(number));
        self
    }

    /// How long or how many, for programs.
    pub(crate) fn with_size(self, field: DataField, size: usize) -> Self {
        self.with_number(field, i64::try_from(size).unwrap_or(i64::MAX))
    }

    /// A number for programs, if there is one.
    #[inline(never)]
    pub(crate) fn with_some_number(self, field: DataField, number: Option<i64>) -> Self {
        match number {
            Some(number) => self.with_number(field, number),
            None => self,
        }
    }

    /// How long or how many, and how much of it there may be, for programs.
    #[inline(never)]
    pub(crate) fn count(self, count: usize, limit: usize) -> Self {
        self.with_size(DataField::Count, count)
            .with_size(DataField::Limit, limit)
    }

    /// Several texts for programs.
    #[inline(never)]
    pub(crate) fn with_all(mut self, field: DataField, texts: &[&str]) -> Self {
        let texts = texts.iter().map(|text| (*text).to_owned());
        self.0.data.set(field, DataValue::Strings(texts.collect()));
        self
    }
}
