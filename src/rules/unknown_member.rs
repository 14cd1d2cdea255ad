//! `unknown-member`

use std::borrow::Cow;

use json_document::{Kind, NodeId, Span, quote};

use crate::model::graph::graph;
use crate::report::{Applicability, DataField, Location};
use crate::rules::context::Context;
use crate::rules::family::Family;
use crate::rules::rule::declare_rule;
use crate::rules::sink::DiagnosticSink;
use crate::rules::unconfirmed_stay;
use crate::schema::subschema::SubschemaId;
use crate::text::suggest::{self, letters};

declare_rule! {
    /// A member that the API does not know.
    ///
    /// The API silently drops it, at every level, and answers `ok: true`. It may be
    /// misspelt, be the name that another system has (`email`, `check_in`, `lat`), be written beside the object that has it
    /// (`time_zone` is in `customer_data`), or be on a kind of resource that does not have it: `site_keys` exist on
    /// `staff_members` only, `custom_metadata` on reservations and property listings.
    ///
    /// `device_ids` and `acs_entrance_ids` are no members of a push: a pushed space has no devices, and `POST /spaces/create` gives
    /// it some.
    ///
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customerData": { "time_zone": "Europe/Paris" } }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "guests": [{ "guest_key": "g", "name": "Ann", "email": "ann@example.com" }] }
    /// ```
    /// ```json,bad
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "time_zone": "Europe/Paris" }] }
    /// ```
    /// ```json,ok
    /// { "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Paris" } }] }
    /// ```
    pub(crate) UNKNOWN_MEMBER = {
        code: "unknown-member",
        severity: Warning,
        fix: Unsafe,
        since: "0.1.0",
        group: Members,
        basis: Model,
        source: "it drops members that it does not know, at every level",
        why: "The API silently drops unknown members.",
        data: [Member, Suggestion optional],
    };
}

/// What [`check`] looks for.
pub(super) const FAMILY: Family = Family {
    check,
    rules: &[&UNKNOWN_MEMBER],
};

fn check(context: &Context<'_>, sink: &mut DiagnosticSink<'_>) {
    let document = context.document;
    for (member, subschema) in context.unknown_members {
        if unconfirmed_stay::is_one(context, *member) {
            continue;
        }
        let place = Location::name(document, *member);
        sink.report(&UNKNOWN_MEMBER, place, |finding| {
            let unknown = Unknown::new(context, *member, *subschema);
            let holder = document.parent(*member);
            let owner = holder.map_or_else(String::new, |holder| context.subject(holder));
            let name = context.name(&unknown.name);
            let finding = finding.message(format!("unknown member {name} in {owner}"));
            let advice = unknown.advice();
            let finding = finding
                .help(advice.help)
                .with(DataField::Member, &unknown.name)
                .with_some(DataField::Suggestion, advice.suggestion.as_deref());
            match advice.fix {
                Some((title, edits)) => finding.fix(Applicability::Unsafe, title, edits),
                None => finding,
            }
        });
    }
}

/// Names that other systems have for a member, in lower case and without separators.
const SYNONYMS: &[(&str, &[&str])] = &[
    (
        "email_address",
        &["email", "mail", "emailaddr", "contactemail", "guestemail"],
    ),
    (
        "phone_number",
        &[
            "phone",
            "mobile",
            "telephone",
            "tel",
            "cell",
            "cellphone",
            "mobilephone",
            "mobilenumber",
            "telephonenumber",
            "phoneno",
            "contactphone",
            "guestphone",
        ],
    ),
    (
        "name",
        &["fullname", "displayname", "title", "label", "guestname"],
    ),
    (
        "starts_at",
        &[
            "checkin",
            "checkindate",
            "checkintime",
            "arrival",
            "arrivaldate",
            "arrivaltime",
            "arrivesat",
            "start",
            "starts",
            "startdate",
            "starttime",
            "startat",
            "begin",
            "begins",
            "beginsat",
            "from",
            "fromdate",
            "validfrom",
            "movein",
            "moveindate",
        ],
    ),
    (
        "ends_at",
        &[
            "checkout",
            "checkoutdate",
            "checkouttime",
            "departure",
            "departuredate",
            "departuretime",
            "departsat",
            "end",
            "ends",
            "enddate",
            "endtime",
            "endat",
            "to",
            "todate",
            "until",
            "validuntil",
            "validto",
            "moveout",
            "moveoutdate",
        ],
    ),
    (
        "preferred_code",
        &[
            "code",
            "pin",
            "pincode",
            "accesscode",
            "doorcode",
            "entrycode",
            "passcode",
            "keypadcode",
        ],
    ),
    ("latitude", &["lat"]),
    ("longitude", &["lng", "lon", "long"]),
    ("geolocation", &["location", "coordinates", "geo", "latlng"]),
    ("time_zone", &["tz", "timezoneid", "ianatimezone"]),
    ("default_checkin_time", &["checkin", "checkintime"]),
    ("default_checkout_time", &["checkout", "checkouttime"]),
    (
        "custom_metadata",
        &["metadata", "meta", "customfields", "extra", "custom"],
    ),
    ("staff_members", &["staff", "employees"]),
    ("customer_key", &["customer", "customerid"]),
];

/// Members of other requests, which give a space its devices.
const DEVICES: [&str; 4] = [
    "device_ids",
    "device_id",
    "acs_entrance_ids",
    "acs_entrance_id",
];

/// The parts of a name.
const PARTS_OF_NAMES: [&str; 5] = [
    "firstname",
    "lastname",
    "givenname",
    "familyname",
    "surname",
];

/// A member that the object's schema does not list.
struct Unknown<'c> {
    context: &'c Context<'c>,
    member: NodeId,
    name: Cow<'c, str>,
    /// The name in lower case without separators.
    letters: String,
    holder: NodeId,
    subschema: SubschemaId,
    /// The members that the object may have.
    known: Vec<&'c str>,
}

/// What to do about an unknown member.
struct Advice {
    help: String,
    suggestion: Option<String>,
    fix: Option<(String, Vec<(Span, String)>)>,
}

impl Advice {
    fn only(help: impl Into<String>) -> Self {
        Self {
            help: help.into(),
            suggestion: None,
            fix: None,
        }
    }
}

impl<'c> Unknown<'c> {
    fn new(context: &'c Context<'c>, member: NodeId, subschema: SubschemaId) -> Self {
        let document = context.document;
        let name = document.name(member).unwrap_or_default();
        Self {
            context,
            member,
            letters: letters(&name),
            name,
            holder: document.parent(member).unwrap_or(NodeId::ROOT),
            subschema,
            known: known_members(context, subschema),
        }
    }

    /// In this order: the name in another case, a synonym, a list or a single key instead of the other, the object beside it that
    /// has the member, another collection that has it, the nearest name. What the member says would be lost, so nothing
    /// advises first to remove it.
    fn advice(&self) -> Advice {
        let name = &*self.name;
        if DEVICES.contains(&name) {
            return Advice::only(
                "a push gives no devices: POST /spaces/create takes device_ids and acs_entrance_ids",
            );
        }
        let nearest = suggest::nearest(name, self.known.iter().copied());
        if let Some(nearest) = nearest.filter(|nearest| letters(nearest.word) == self.letters) {
            return self.renamed(nearest.word, true);
        }
        if let Some(synonym) = self.synonym(&self.known) {
            return self.renamed(synonym, true);
        }
        if PARTS_OF_NAMES.contains(&&*self.letters) && self.known.contains(&"name") {
            return Advice::only("write the whole name as \"name\": the API has no parts of it");
        }
        if let Some(advice) = self.list_or_key() {
            return advice;
        }
        if let Some(advice) = self.inside() {
            return advice;
        }
        if let Some(places) = elsewhere(self.context, name) {
            let instead = match name {
                "site_keys" => "; here name the spaces, rooms or units themselves",
                _ => "",
            };
            let name = self.context.name(name);
            return Advice::only(format!("the API has {name} on {places}{instead}"));
        }
        match nearest {
            Some(nearest) => self.renamed(nearest.word, nearest.sure),
            None => Advice::only(format!("the API keeps only: {}", self.known.join(", "))),
        }
    }

    /// The member of a list that other systems call so.
    fn synonym<'k>(&self, known: &[&'k str]) -> Option<&'k str> {
        let own_key = self.own_key();
        known.iter().copied().find(|member| {
            let synonyms = SYNONYMS.iter().find(|(of, _)| of == member);
            synonyms.is_some_and(|(_, names)| names.contains(&&*self.letters))
                || own_key == Some(*member) && self.is_id(member)
        })
    }

    /// The own key of the resource that holds the member, if one does.
    fn own_key(&self) -> Option<&'c str> {
        let resources = &self.context.payload.resources;
        let at = resources.binary_search_by_key(&self.holder, |resource| resource.node);
        let collection = graph().collection(resources[at.ok()?].collection);
        Some(self.context.schema.name(collection.own_key))
    }

    /// Whether the name is that of an identifier: `id`, `room_id`, `key`, `external_id` for `room_key`.
    fn is_id(&self, own_key: &str) -> bool {
        let stem = letters(own_key.strip_suffix("_key").unwrap_or(own_key));
        ["id", "key", "uid", "uuid", "externalid"].contains(&&*self.letters)
            || self
                .letters
                .strip_prefix(&*stem)
                .is_some_and(|rest| matches!(rest, "id" | "uid" | "uuid" | "no" | "number"))
    }

    /// The member under another name. If it is there already, both cannot be meant.
    fn renamed(&self, to: &str, is_sure: bool) -> Advice {
        let document = self.context.document;
        if document.member(self.holder, to).is_some() {
            return Advice {
                help: format!("\"{to}\" is there too, and the API reads only that one"),
                suggestion: Some(to.to_owned()),
                fix: None,
            };
        }
        let span = document.name_span(self.member).filter(|_| is_sure);
        Advice {
            help: format!("write \"{to}\""),
            suggestion: Some(to.to_owned()),
            fix: span.map(|span| {
                let title = format!("rename the member to {to}");
                (title, vec![(span, quote(to))])
            }),
        }
    }

    /// One key where the API takes a list, or a list where it takes one key: `space_key` on a reservation.
    fn list_or_key(&self) -> Option<Advice> {
        let document = self.context.document;
        let (other, is_list) = match self.name.strip_suffix("_keys") {
            Some(stem) => (format!("{stem}_key"), false),
            None => (
                format!("{}s", self.name.strip_suffix("_key").map(|_| &*self.name)?),
                true,
            ),
        };
        let other = *self.known.iter().find(|known| **known == other)?;
        let raw = document.raw(self.member);
        let value = match document.kind(self.member) {
            Kind::String if is_list => Some(format!("[{raw}]")),
            Kind::Array if !is_list => {
                let mut elements = document.children(self.member);
                let only = elements.next().filter(|_| elements.next().is_none());
                only.filter(|only| document.kind(*only) == Kind::String)
                    .map(|only| document.raw(only).to_owned())
            }
            _ => None,
        };
        let takes = if is_list { "a list of keys" } else { "one key" };
        let mut advice = self.renamed(other, true);
        if let (Some((_, edits)), Some(value)) = (&mut advice.fix, value) {
            advice.help = format!("write \"{other}\": {}", self.context.quoted_token(&value));
            edits.push((document.span(self.member), value));
        } else if advice.fix.is_some() {
            advice.help = format!("write \"{other}\", which takes {takes}");
            advice.fix = None;
        }
        Some(advice)
    }

    /// An object of the same resource that has the member: `time_zone` belongs into `customer_data`.
    fn inside(&self) -> Option<Advice> {
        let context = self.context;
        let document = context.document;
        let schema = context.judge;
        let members = schema.subschema(self.subschema).properties.as_ref()?;
        let (container, inner) = members.in_order.iter().find_map(|(name, subschema)| {
            let inner = known_members(context, *subschema);
            let same = inner
                .iter()
                .copied()
                .find(|known| letters(known) == self.letters);
            let found = same.or_else(|| self.synonym(&inner))?;
            Some((schema.name(*name), found))
        })?;
        let subject = context.subject(self.holder);
        let help = format!("write it as \"{inner}\" inside \"{container}\" of {subject}");
        // Two members would make two objects of one name.
        let mut others = context.unknown_members_of(self.holder);
        let is_alone = document.member(self.holder, container).is_none()
            && others.all(|other| other == self.member);
        let fix = document
            .name_span(self.member)
            .filter(|_| is_alone)
            .map(|span| {
                let value = format!("{{ {}: {} }}", quote(inner), document.raw(self.member));
                let title = format!("write it inside {container}");
                (
                    title,
                    vec![
                        (span, quote(container)),
                        (document.span(self.member), value),
                    ],
                )
            });
        Some(Advice {
            help,
            suggestion: Some(format!("{container}.{inner}")),
            fix,
        })
    }
}

/// The members that the schema lists for the object.
fn known_members<'c>(context: &Context<'c>, subschema: SubschemaId) -> Vec<&'c str> {
    let schema = context.judge;
    let members = schema.subschema(subschema).properties.as_ref();
    members.map_or_else(Vec::new, |members| {
        members
            .in_order
            .iter()
            .map(|(name, _)| schema.name(*name))
            .collect()
    })
}

/// The collections whose resources have the member: `staff_members`.
fn elsewhere(context: &Context<'_>, name: &str) -> Option<String> {
    let schema = context.schema;
    let id = schema.name_id(name)?;
    let places: Vec<&str> = graph()
        .collections
        .iter()
        .filter(|collection| {
            let members = schema.subschema(collection.subschema).properties.as_ref();
            members.is_some_and(|members| members.get(id).is_some())
        })
        .map(|collection| collection.name.as_str())
        .collect();
    match places.as_slice() {
        [] if name == "customer_key" => Some("the payload itself only".to_owned()),
        [] => None,
        [one] => Some(format!("{one} only")),
        [most @ .., last] if most.len() < 4 => Some(format!("{} and {last} only", most.join(", "))),
        many => Some(format!("{} kinds of resources, not here", many.len())),
    }
}
