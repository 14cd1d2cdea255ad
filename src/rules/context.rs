//! What a rule reads: one file of the set, and what is known of all of them.

use std::borrow::Cow;
use std::cell::OnceCell;

use json_document::{NamedDocument, NodeId, Span};

use crate::model::confusables::Confusables;
use crate::model::contacts::Contacts;
use crate::model::customers::Shared;
use crate::model::files::ResourceRef;
use crate::model::graph::{Collection, CollectionId, graph};
use crate::model::key::key_text;
use crate::model::overlaps::Overlaps;
use crate::model::payload::Payload;
use crate::model::payload_set::PayloadSet;
use crate::model::shared_codes::{self, SharedCode};
use crate::model::space_zones::Zones;
use crate::model::suggest_key::{KeySuggester, Suggestion};
use crate::model::untrimmed_keys::Untrimmed;
use crate::report::Location;
use crate::rules::wrapping::Wrapping;
use crate::schema::check::{CustomViolation, Violation};
use crate::schema::subschema::{NameId, Schema, SubschemaId};
use crate::text::escape::{EXCERPT, in_quotes, visible};
use crate::time::timestamp::Instant;

/// Views that span the files of a payload set and cost more than one pass: made by the first rule that
/// asks, kept for the others.
#[derive(Debug, Default)]
pub(crate) struct Views {
    confusables: OnceCell<Confusables>,
    suggester: OnceCell<KeySuggester>,
    zones: OnceCell<Zones>,
    overlaps: OnceCell<Overlaps>,
    contacts: OnceCell<Contacts>,
    shared_codes: OnceCell<Vec<SharedCode>>,
    untrimmed: OnceCell<Untrimmed>,
}

impl Views {
    /// Keys that look like others.
    pub(crate) fn confusables(&self, set: &PayloadSet<'_>) -> &Confusables {
        self.confusables.get_or_init(|| Confusables::new(set))
    }

    /// The key that was probably meant where a reference of a kind names none.
    pub(crate) fn suggest_key(
        &self,
        set: &PayloadSet<'_>,
        target: CollectionId,
        key: &str,
    ) -> Option<Suggestion> {
        let confusables = self.confusables(set);
        self.suggester
            .get_or_init(|| KeySuggester::new(set))
            .find(set, confusables, target, key)
    }

    /// Who has which e-mail address and phone number.
    pub(crate) fn contacts(&self, set: &PayloadSet<'_>) -> &Contacts {
        self.contacts.get_or_init(|| Contacts::new(set))
    }

    /// Own keys with white space around them.
    pub(crate) fn untrimmed(&self, set: &PayloadSet<'_>) -> &Untrimmed {
        self.untrimmed.get_or_init(|| Untrimmed::new(set))
    }

    /// Overlapping stays with one code, sorted by the later of the two.
    pub(crate) fn shared_codes(&self, set: &PayloadSet<'_>) -> &[SharedCode] {
        self.shared_codes.get_or_init(|| shared_codes::find(set))
    }
}

/// Bytes that are not UTF-8; the text has `?` in their place.
#[derive(Debug)]
pub(crate) struct Replaced {
    pub(crate) span: Span,
    pub(crate) bytes: Vec<u8>,
}

/// What a rule reads.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    pub(crate) document: &'c NamedDocument<'c>,
    /// The embedded schema, whose collections the model knows.
    pub(crate) schema: &'static Schema,
    /// The schema that the payload was held against: the embedded one, or one that the user gave.
    pub(crate) judge: &'c Schema,
    pub(crate) payload: &'c Payload,
    pub(crate) violations: &'c [Violation],
    pub(crate) unknown_members: &'c [(NodeId, SubschemaId)],
    pub(crate) custom_violations: &'c [CustomViolation],
    pub(crate) replaced: &'c [Replaced],
    /// What is around the payload.
    pub(crate) wrapping: Option<&'c Wrapping>,
    /// The files that are checked as one, this one among them.
    pub(crate) set: &'c PayloadSet<'c>,
    /// This file's place in the set.
    pub(crate) file: u32,
    pub(crate) views: &'c Views,
    /// The keys and contacts that a payload of another customer has too.
    pub(crate) shared_with_customers: &'c [Shared],
    /// The instant that the user gave as now.
    pub(crate) now: Option<Instant>,
    pub(crate) redact: bool,
}

impl<'c> Context<'c> {
    /// The own key of a resource of the set; where it has none, the beginning of the resource.
    pub(crate) fn key_location(&self, at: ResourceRef) -> Location {
        let (document, resource) = (self.set.document(at), self.set.resource(at));
        match resource.key {
            Some(key) => Location::value(document, key),
            None => Location::opener(document, resource.node),
        }
    }

    /// The time zones of the set's spaces.
    pub(crate) fn zones(&self) -> &Zones {
        self.views.zones.get_or_init(|| Zones::new(self.set))
    }

    /// The stays of the set that overlap another one at the same space.
    pub(crate) fn overlaps(&self) -> &Overlaps {
        self.views.overlaps.get_or_init(|| Overlaps::new(self.set))
    }

    /// The string of a value; `""` if it has none.
    #[inline(never)]
    pub(crate) fn text(&self, id: NodeId) -> Cow<'c, str> {
        key_text(self.document, id)
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
    pub(crate) fn value<'t>(&self, text: &'t str) -> Option<&'t str> {
        (!self.redact).then_some(text)
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
            _ => match self.payload.resources.first() {
                // Of one resource by itself, nobody sees a payload.
                Some(alone) if alone.node == id => {
                    format!("the {}", graph().collection(alone.collection).singular)
                }
                _ => "the payload".to_owned(),
            },
        }
    }

    /// Whether the API looks at a collection's own keys at all: the schema asks for their length.
    pub(crate) fn own_key_is_checked(&self, collection: &Collection) -> bool {
        self.schema
            .subschema(collection.subschema)
            .properties
            .as_ref()
            .and_then(|properties| properties.get(collection.own_key))
            .is_some_and(|own| self.schema.subschema(own).min_length.is_some())
    }

    /// The unknown members of an object. They are found by its place, because a payload may have as many of them as it has
    /// objects.
    pub(crate) fn unknown_members_of(
        &self,
        holder: NodeId,
    ) -> impl Iterator<Item = NodeId> + use<'c> {
        let document = self.document;
        let end = document.span(holder).end;
        let all = self.unknown_members;
        let first = all.partition_point(|(member, _)| *member <= holder);
        let inside = all[first..]
            .iter()
            .map(|(member, _)| *member)
            .take_while(move |member| document.span(*member).start < end);
        inside.filter(move |member| document.parent(*member) == Some(holder))
    }

    /// Whether a member is one that the payload or its resource has to have.
    pub(crate) fn is_required_member(&self, id: NodeId) -> bool {
        let document = self.document;
        let Some(holder) = document.parent(id) else {
            return false;
        };
        let resources = &self.payload.resources;
        let resource = resources.binary_search_by_key(&holder, |resource| resource.node);
        let subschema = match resource {
            Ok(at) => graph().collection(resources[at].collection).subschema,
            Err(_) if holder == NodeId::ROOT => self.schema.root,
            Err(_) => return false,
        };
        let members = self.schema.subschema(subschema).properties.as_ref();
        let name = NameId(document.name_number(document.node(id)));
        members.is_some_and(|members| members.required.contains(&name))
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
