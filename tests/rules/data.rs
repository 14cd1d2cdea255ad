//! Facts for programs: each finding has those that its rule declares, and they are all that its message says beside the text at its
//! places.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use seamlint::{
    DataField, DataType, DataValue, Diagnostic, Fact, KnownKeys, Level, Linter, Options, RULES,
    Report, Rule,
};
use serde_json::{Value, json};

use crate::support::{snapshot, stay::stay};

fn options() -> Options {
    let mut options = Options::default();
    options.now = Some("2026-01-01T00:00:00Z".to_owned());
    for rule in RULES.iter().filter(|rule| !rule.on_by_default) {
        options.levels.push((rule.code.to_owned(), Level::Info));
    }
    options
}

fn files(folder: &Path, into: &mut Vec<String>) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("is committed")
        .map(|entry| entry.expect("is readable").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, into);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            into.push(fs::read_to_string(path).expect("is text"));
        }
    }
}

/// A payload for each value at a place.
fn each(pointer: &str, values: &[Value], into: &mut Vec<String>) {
    for value in values {
        let mut payload = json!({
            "customer_key": "c",
            "low_battery_alert_threshold": 0.2,
            "spaces": [{
                "space_key": "s", "name": "S", "geolocation": { "latitude": 1, "longitude": 1 },
                "customer_data": { "time_zone": "Europe/Paris", "default_checkin_time": "15:00", "default_checkout_time": "11:00" }
            }],
            "property_listings": [{ "property_listing_key": "p", "name": "P", "custom_metadata": {} }],
            "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com", "phone_number": "+14155550100" }],
            "reservations": [{
                "reservation_key": "r", "guest_key": "g", "space_keys": ["s"], "preferred_code": "4821",
                "starts_at": "2026-08-12T15:00:00+02:00", "ends_at": "2026-08-14T11:00:00+02:00"
            }]
        });
        let (holder, name) = pointer.rsplit_once('/').expect("a pointer");
        let holder = payload.pointer_mut(holder).expect("the place is there");
        match holder {
            Value::Array(elements) => elements.push(value.clone()),
            holder => holder[name] = value.clone(),
        }
        into.push(payload.to_string());
    }
}

/// Every text of the repository that a rule finds something in, and one for each clause that none of them has.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = RULES
        .iter()
        .flat_map(|rule| rule.examples().map(|example| example.text.to_owned()))
        .collect();
    files(Path::new("tests/fixtures"), &mut texts);
    let table: toml::Table =
        toml::from_str(include_str!("../data/syntax_errors.toml")).expect("TOML");
    for row in table["error"].as_array().expect("a list") {
        texts.push(row["text"].as_str().expect("a text").to_owned());
    }
    let strings = |values: &[&str]| values.iter().map(|text| json!(text)).collect::<Vec<_>>();
    for (pointer, values) in [
        (
            "/guests/0/email_address",
            &[
                "",
                "a@b.de, c@d.de",
                "a@b@c.d e",
                "@example.com",
                "a@",
                "a@b",
                "a@b..com",
                "a@[1.2.3.4]",
                "a@1.2.3.4",
                "\"a\"@example.com",
                "a@example.c",
                "a@exam!ple.com",
                "a b@example.com",
                "a@b.c,d@e.f",
                "A <a@example.com>",
                "é@example.com",
                ".a@example.com",
                "N/A",
            ][..],
        ),
        (
            "/guests/0/phone_number",
            &[
                "",
                "+1 415",
                "+0123456789",
                "+123456789012345678",
                "00491701234567",
                "+49 (0)170 1234567",
                "+49 0170 1234567",
                "tel:+15551234567",
                "+15551234567 ext. 3",
                "abc",
                "415-555-0100",
                "+1415555010a",
            ],
        ),
        (
            "/reservations/0/preferred_code",
            &[
                "",
                "12",
                "12345678901",
                "48-21",
                "1111",
                "3456",
                "6543",
                "1290",
                "7007",
                "81114",
                "82345",
            ],
        ),
        (
            "/spaces/0/customer_data/default_checkin_time",
            &[
                "",
                "3 PM",
                " 15:00",
                "15h00",
                "9:00",
                "T15:00",
                "2026-05-01T15:00:00Z",
                "15:00Z",
                "15:00:00.0",
                "1500",
                "15",
                "24:00",
                "25:00",
                "15:60",
                "15:00:60",
                "noon",
                "16:30",
            ],
        ),
        (
            "/spaces/0/customer_data/time_zone",
            &[
                "",
                " ",
                "Europe/Pari",
                "EST",
                "Etc/GMT+5",
                "UTC",
                "CET",
                "Europe/Kiev",
                "UTC-8",
            ],
        ),
        (
            "/reservations/0/starts_at",
            &[
                "",
                " 2026-08-12T15:00:00Z",
                "20260812",
                "12.8.2026",
                "2026-13-12T15:00:00Z",
                "2026-02-30T15:00:00Z",
                "2026-02-00T15:00:00Z",
                "2026-08-12",
                "2026-08-12 15:00:00Z",
                "2026-08-12_15:00:00Z",
                "2026-08-12T15",
                "2026-08-12T24:00:00Z",
                "2026-08-12T25:00:00Z",
                "2026-08-12T15:61:00Z",
                "2026-08-12T15:00Z",
                "2026-08-12T15:00:61Z",
                "2026-08-12T15:00:60Z",
                "2026-08-12T15:00:00,5Z",
                "2026-08-12T15:00:00.Z",
                "2026-08-12T15:00:00",
                "2026-08-12T15:00:00X",
                "2026-08-12T15:00:00+25:00",
                "2026-08-12T15:00:00+02:61",
                "2026-08-12T15:00:00+02:00[Europe/Paris]",
                "2026-08-12T15:00:00Z and more",
                "2026-08-12 15:00",
                "2026-08-12t15:00",
                "1786547200",
                "1786547200000",
                "2026-06-30T23:59:60Z",
                "2026-08-12t15:00:00z",
                "2026-08-12T15:00:00Z",
                "2026-08-12T15:00:00-07:00",
                "2026-03-29T02:30:00+01:00",
                "0001-01-01T00:00:00Z",
                "2026-08-12T15:00:00+01:00",
            ],
        ),
        (
            "/reservations/0/ends_at",
            &[
                "2026-08-12T11:00:00Z",
                "2026-08-12T13:00:00Z",
                "2028-08-12T11:00:00+02:00",
                "2026-08-14T11:00:00Z",
                "2026-10-25T02:30:00+02:00",
                "2026-10-25T02:30:00+01:00",
            ],
        ),
        (
            "/guests/0/name",
            &[
                "",
                " ",
                "José ",
                "JosÃ©",
                "Jos\u{fffd}",
                "undefined",
                "{{name}}",
                "a\0b",
                " Room ",
            ],
        ),
        (
            "/guests/0/guest_key",
            &[
                "guest_undefined",
                "null",
                " g",
                "g ",
                " g ",
                " ",
                "g\u{200b}h",
                "g\u{200b}\u{200d}h",
            ],
        ),
        ("/reservations/0/guest_key", &["", " ", "h", "s"]),
        ("/reservations/0/space_keys/-", &["s", "t", "", "p"]),
        ("/property_listings/0/custom_metadata/a.b", &["", "x"]),
        ("/property_listings/0/custom_metadata/c-d", &["x"]),
        ("/property_listings/0/custom_metadata/", &["x"]),
        ("/customer_key", &["", " c", "undefined"]),
    ] {
        each(pointer, &strings(values), &mut texts);
    }
    texts.push("[".to_owned() + &"1 ".repeat(20_000) + "]");
    texts.push("{\"customer_key\n\":\"c\",\"sites\":[]}".to_owned());
    texts.push("{\"customer_key\t\":\"c\",\"sites\":[]}".to_owned());
    texts.push("{\"customer_key\u{1}\":\"c\",\"sites\":[]}".to_owned());
    texts.push("\"abc".to_owned());
    texts.push("{\"customer_key\":\"c\\\"}".to_owned());
    for (zone, checkin, starts_at) in [
        ("Pacific/Auckland", "15:00", "2026-08-12T15:00:00Z"),
        ("America/Los_Angeles", "03:00", "2026-08-12T03:00:00Z"),
    ] {
        let mut payload = stay(zone, starts_at, "2026-08-14T23:00:00Z");
        payload["spaces"][0]["customer_data"]["default_checkin_time"] = json!(checkin);
        texts.push(payload.to_string());
    }
    for zone in ["Europe/Paris", "America/New_York"] {
        let midnights = stay(zone, "2026-08-12T00:00:00Z", "2026-08-14T00:00:00Z");
        texts.push(midnights.to_string());
    }
    let long = "€".repeat(501);
    let emoji = "😀".repeat(300);
    for (pointer, values) in [
        (
            "/property_listings/0/custom_metadata/e",
            vec![json!(long), json!(emoji), json!(1.5), json!([])],
        ),
        (
            "/guests/0/email_address",
            vec![
                json!(format!("{}@example.com", "a".repeat(70))),
                json!(format!("a@{}.com", "b".repeat(300))),
            ],
        ),
        (
            "/spaces/0/geolocation/latitude",
            vec![json!(91), json!(100), json!("48.85")],
        ),
        (
            "/spaces/0/geolocation/longitude",
            vec![json!(181), json!(-200)],
        ),
        (
            "/low_battery_alert_threshold",
            vec![json!(20), json!(-1), json!("0.2")],
        ),
        ("/reservations/0/cancelled", vec![json!(true)]),
        ("/reservations/0/user_identity_key", vec![json!("u")]),
        ("/spaces/0/duration_minutes", vec![json!(0), json!(null)]),
    ] {
        each(pointer, &values, &mut texts);
    }
    texts
}

/// The payloads in what they are wrapped in, as bytes.
fn wrapped() -> Vec<Vec<u8>> {
    let payload = r#"{"customer_key":"c","rooms":[{"room_key":"r","name":"R"}]}"#;
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        payload.encode_utf16().flat_map(to_bytes).collect()
    };
    let mut all = vec![utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)];
    let utf32 = payload.chars().flat_map(|c| u32::from(c).to_le_bytes());
    all.push(utf32.collect());
    let percent = payload
        .replace('"', "%22")
        .replace('{', "%7B")
        .replace('}', "%7D");
    for text in [
        "<!DOCTYPE html><html><body>Bad gateway</body></html>".to_owned(),
        r#"{"customer_key"=>"c","guests"=>[]}"#.to_owned(),
        "{customer_key=c, guests=[]}".to_owned(),
        format!("<pre>{payload}</pre>"),
        format!("```json\n{payload}\n```"),
        format!("> {payload}"),
        format!("const payload = {payload};"),
        format!("push({payload})"),
        format!(")]}}',\n{payload}"),
        format!("POST / HTTP/1.1\nHost: a\n\n{payload}"),
        format!("2026-08-12T15:00:00Z INFO sent {payload}"),
        format!("\u{feff}\u{feff}{payload}"),
        format!("\0\0{payload}"),
        format!("\u{1b}[32m{payload}\u{1b}[0m"),
        format!("Here it is: {payload} as you asked"),
        format!(r#"{{"data":{payload}}}"#),
        format!(r#"{{"data":[{payload}]}}"#),
        format!("[{payload}]"),
        format!("[{payload},{payload}]"),
        format!("{payload}\n{payload}"),
        Value::String(payload.to_owned()).to_string(),
        format!("b'{payload}'"),
        payload.replace('"', "&quot;"),
        percent,
        format!("<<<<<<< HEAD\n{payload}\n=======\n{payload}\n>>>>>>> other\n"),
        r#"{"customer_key":{{ key }},"rooms":[{"room_key":"r","name":"R"}]}"#.to_owned(),
        "{'customer_key': 'c', 'rooms': [{'room_key': 'r', 'name': None}]}".to_owned(),
        "array('customer_key' => 'c', 'rooms' => array(array('room_key' => 'r', 'name' => 'R')))"
            .to_owned(),
        "Array\n(\n    [customer_key] => c\n)\n".to_owned(),
    ] {
        all.push(text.into_bytes());
    }
    all.push(b"{\"customer_key\":\"c\xe9\",\"sites\":[]}".to_vec());
    all.push(b"{\"customer_key\":\"c\xff\xfe\",\"sites\":[]}".to_vec());
    all
}

/// All findings, each with the text that it is in.
fn each_finding(see: &mut dyn FnMut(&Rule, &Diagnostic, &str)) {
    let linter = Linter::with_options(options()).expect("the options are valid");
    let mut all = |text: &str, report: &Report<'_>| {
        for found in report {
            let rule = RULES.iter().find(|rule| rule.code == found.code);
            see(rule.expect("a rule of ours"), found, text);
        }
    };
    for text in texts() {
        all(&text, &linter.check(&text));
    }
    for bytes in wrapped() {
        all(
            &String::from_utf8_lossy(&bytes),
            &linter.check_bytes(&bytes),
        );
    }
    // A set, a closed one, and one with known keys.
    let (one, other) = (
        r#"{"customer_key":"c","rooms":[{"room_key":"r","name":"R"},{"room_key":"Q","name":"Q"},{"room_key":"a\u200bb","name":"Q"}, {"room_key":"E \u200be","name":"Q"}]}"#,
        r#"{"customer_key":"c","units":[{"unit_key":"u","name":"U"}],"rooms":[{"room_key":"r","name":"S"},{"room_key":"q","name":"Q"},{"room_key":"zed","name":"Z"},{"room_key":"ab","name":"Q"},{"room_key":"ee","name":"Q"}],
            "staff_members":[{"staff_member_key":"a","name":"A","room_keys":["R","x","u","z"],"unit_keys":["r"]}]}"#,
    );
    let foreign = r#"{"customer_key":"d","rooms":[{"room_key":"r","name":"R"}]}"#;
    let mut known = KnownKeys::new();
    for (collection, key) in [("rooms", "k"), ("rooms", "ZED"), ("units", "z")] {
        known.insert("c", collection, key).expect("a collection");
    }
    for (keys, closed) in [(None, false), (None, true), (Some(known), false)] {
        let mut options = options();
        options.known = keys.clone().unwrap_or_default();
        options.closed_world = closed;
        let linter = Linter::with_options(options).expect("the options are valid");
        for set in [
            &[("a.json", one), ("b.json", other)][..],
            &[("b.json", other)],
            &[("a.json", one), ("c.json", foreign)],
        ] {
            let named: Vec<(&str, &[u8])> = set
                .iter()
                .map(|(name, text)| (*name, text.as_bytes()))
                .collect();
            let reports = linter.check_set(&named);
            for (report, (_, text)) in reports.iter().zip(set) {
                all(text, report);
            }
        }
    }
}

fn is_of(fact: &Fact, value: &DataValue) -> bool {
    let is_listed = |text: &str| fact.values.is_empty() || fact.values.contains(&text);
    match (fact.field.data_type(), value) {
        (DataType::String, DataValue::String(text)) => is_listed(text),
        (DataType::Integer, DataValue::Integer(_)) => true,
        (DataType::Strings, DataValue::Strings(texts)) => {
            !texts.is_empty() && texts.iter().all(|text| is_listed(text))
        }
        _ => false,
    }
}

/// A finding has the fields of its rule, and no other; each clause that a rule declares is one that it says.
#[test]
fn findings_have_what_their_rules_declare() {
    let mut wrong = BTreeSet::new();
    let mut said: BTreeSet<(&str, String)> = BTreeSet::new();
    let mut seen: BTreeSet<(&str, DataField)> = BTreeSet::new();
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    each_finding(&mut |rule, found, _| {
        codes.insert(rule.code);
        for fact in rule.data {
            let is_right = match found.data.get(fact.field) {
                Some(value) => is_of(fact, value),
                None => fact.optional,
            };
            if !is_right {
                wrong.insert(format!("{} {:?}: {:?}", rule.code, fact.field, found));
            }
        }
        for (field, value) in found.data.iter() {
            seen.insert((rule.code, field));
            if !rule.data.iter().any(|fact| fact.field == field) {
                wrong.insert(format!("{} does not declare {field:?}", rule.code));
            }
            match value {
                DataValue::String(text) => {
                    said.insert((rule.code, text.clone()));
                }
                DataValue::Strings(texts) => {
                    said.extend(texts.iter().map(|text| (rule.code, text.clone())));
                }
                _ => {}
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut missing = Vec::new();
    for rule in RULES {
        if !codes.contains(rule.code) {
            missing.push(format!("{} has no finding", rule.code));
            continue;
        }
        for fact in rule.data {
            if !seen.contains(&(rule.code, fact.field)) {
                missing.push(format!("{} never has {:?}", rule.code, fact.field));
            }
            for value in fact.values {
                if !said.contains(&(rule.code, (*value).to_owned())) {
                    missing.push(format!("{} never says {value:?}", rule.code));
                }
            }
        }
    }
    let known: Vec<&str> = NEVER_SEEN.iter().map(|(what, _)| *what).collect();
    assert_eq!(missing, known);
}

/// What takes more than a text of these tests.
const NEVER_SEEN: &[(&str, &str)] = &[
    (
        "json-syntax never says \"unterminated string\"",
        "the repair adds the quote",
    ),
    (
        "json-syntax never says \"backslash before the quote that ends the string\"",
        "the repair adds another quote",
    ),
    ("document-too-large has no finding", "needs a text of 4 GiB"),
    (
        "schema-max-length has no finding",
        "no member of the embedded schema has a limit",
    ),
    (
        "schema-one-of never says \", which fits more than one of:\"",
        "needs a schema of the user's",
    ),
    (
        "schema-keyword has no finding",
        "needs a schema of the user's",
    ),
    (
        "weak-preferred-code never says \"is easy to guess\"",
        "for redacted reports",
    ),
];

/// What a message calls a value, and those around it: `room_keys[2]`, `rooms[0]`, `name`.
fn subjects(pointer: &str) -> Vec<String> {
    let parts: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect();
    let mut names = Vec::new();
    for end in (1..=parts.len()).rev() {
        let mut start = end - 1;
        while start > 0 && parts[start].parse::<usize>().is_ok() {
            start -= 1;
        }
        let mut name = parts[start].clone();
        for index in &parts[start + 1..end] {
            let _ = write!(name, "[{index}]");
        }
        names.push(name);
    }
    names
}

fn nouns(collection: &str) -> Vec<String> {
    let plural = collection.replace('_', " ");
    let singular = match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.trim_end_matches('s').to_owned(),
    };
    let mut nouns = Vec::new();
    if !collection.ends_with('s') {
        return nouns;
    }
    match collection {
        "spaces" => nouns.extend(["locations", "location"].map(str::to_owned)),
        "user_identities" => nouns.extend(["people", "person"].map(str::to_owned)),
        _ => {}
    }
    for article in ["an ", "a ", "another "] {
        nouns.push(format!("{article}{singular}"));
    }
    // As in "white space".
    if singular != "space" {
        nouns.push(singular);
    }
    nouns.insert(0, plural);
    nouns
}

/// Replaces what the data, the pointers and the texts at the places have. What is replaced is kept apart, so that nothing is
/// replaced in it again.
struct Template {
    message: String,
    replaced: Vec<String>,
}

impl Template {
    /// Replaces whole words.
    fn replace(&mut self, from: &str, to: &str) {
        let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let mut start = 0;
        while !from.is_empty()
            && let Some(at) = self.message[start..].find(from)
        {
            let (at, end) = (start + at, start + at + from.len());
            let before = is_word(self.message[..at].chars().next_back());
            let after = is_word(self.message[end..].chars().next());
            if before && is_word(from.chars().next()) || after && is_word(from.chars().next_back())
            {
                start = end;
                continue;
            }
            let mark = char::from_u32(0xe000 + self.replaced.len() as u32).expect("private use");
            self.replaced.push(to.to_owned());
            self.message.replace_range(at..end, &mark.to_string());
            start = at + mark.len_utf8();
        }
    }

    fn finish(self) -> String {
        let mark = |character: char| (character as usize).checked_sub(0xe000);
        self.message
            .chars()
            .map(|character| {
                let known = mark(character).and_then(|at| self.replaced.get(at));
                known.cloned().unwrap_or_else(|| character.to_string())
            })
            .collect()
    }
}

/// A text as a message quotes it: shortened, and with what cannot be seen escaped.
fn is_quoted(shown: &str, text: &str) -> bool {
    let visible: String = text
        .chars()
        .map(|character| match character {
            '\t' => "\\t".to_owned(),
            '\n' => "\\n".to_owned(),
            '\0'..' ' | '\u{200b}'..='\u{200d}' => format!("\\u{{{:x}}}", u32::from(character)),
            other => other.to_string(),
        })
        .collect();
    match shown.split_once('…') {
        Some((start, end)) => {
            visible.starts_with(start.trim_end()) && visible.ends_with(end.trim_start())
        }
        None => visible == shown,
    }
}

/// The message without what is in its data, in its pointers and in the texts at its places.
fn template(found: &Diagnostic, text: &str) -> String {
    let mut template = Template {
        message: found.message.clone(),
        replaced: Vec::new(),
    };
    let mut pointers = vec![found.pointer.as_str()];
    let mut places = vec![text.get(found.range.bytes()).unwrap_or_default()];
    for related in found
        .related
        .iter()
        .filter(|related| related.path.is_none())
    {
        pointers.push(&related.pointer);
        places.push(text.get(related.range.bytes()).unwrap_or_default());
    }
    let strings: Vec<String> = places
        .iter()
        .map(|place| {
            let read = serde_json::from_str(place);
            read.unwrap_or_else(|_| place.trim_matches('"').to_owned())
        })
        .collect();
    let values: Vec<(String, &str)> = found
        .data
        .iter()
        .filter_map(|(field, value)| match value {
            DataValue::String(text) => Some((text.clone(), field.name())),
            _ => None,
        })
        .chain(strings.into_iter().map(|string| (string, "value")))
        .collect();
    // Longer ones have quotes in them.
    for open in found.message.match_indices('"').map(|(at, _)| at) {
        for close in found.message.match_indices('"').map(|(at, _)| at).rev() {
            if close <= open {
                break;
            }
            let shown = &found.message[open + 1..close];
            if let Some((_, name)) = values.iter().find(|(value, _)| is_quoted(shown, value)) {
                template.replace(&found.message[open..=close], &format!("{{{name}}}"));
            }
        }
    }
    let mut facts: Vec<(String, String)> = Vec::new();
    for (field, value) in found.data.iter() {
        let name = format!("{{{}}}", field.name());
        match (field, value) {
            (DataField::Reason | DataField::Faults, _) => {}
            (DataField::Collection | DataField::OtherCollection, DataValue::String(collection)) => {
                facts.extend(
                    nouns(collection)
                        .into_iter()
                        .map(|noun| (noun, name.clone())),
                );
            }
            (DataField::Minutes, DataValue::Integer(minutes)) => {
                let hours = [
                    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
                ];
                let count = minutes.unsigned_abs() as usize / 60;
                let word = hours
                    .get(count)
                    .map_or_else(|| count.to_string(), |word| (*word).to_owned());
                let unit = if count == 1 { "hour" } else { "hours" };
                for side in ["behind UTC", "ahead of UTC", "before", "after"] {
                    facts.push((format!("{word} {unit} {side}"), name.clone()));
                }
            }
            (DataField::Count, DataValue::Integer(count)) => {
                facts.push((format!(" and {} more", count - 1), "{more}".to_owned()));
                facts.push((format!("{count} characters"), format!("{name} characters")));
                facts.push(("is empty".to_owned(), format!("has {name} characters")));
                facts.push((count.to_string(), name));
            }
            (_, DataValue::Integer(number)) => facts.push((number.to_string(), name)),
            (_, DataValue::String(value)) => facts.push((value.clone(), name)),
            (_, DataValue::Strings(values)) => {
                facts.push((values.join(", "), name.clone()));
                let (last, most) = values.split_last().expect("not empty");
                facts.push((format!("{} and {last}", most.join(", ")), name));
            }
            _ => {}
        }
    }
    for (from, _) in &mut facts {
        if let Some(shown) = found
            .message
            .split('"')
            .find(|shown| is_quoted(shown, from))
        {
            *from = shown.to_owned();
        }
    }
    for pointer in pointers {
        facts.extend(
            subjects(pointer)
                .into_iter()
                .map(|subject| (subject, "{subject}".to_owned())),
        );
        facts.push(("the payload".to_owned(), "{subject}".to_owned()));
        for side in ["check-in", "check-out"] {
            facts.push((side.to_owned(), "{side}".to_owned()));
        }
        let collection = pointer.split('/').nth(1).unwrap_or_default();
        facts.extend(
            nouns(collection)
                .into_iter()
                .map(|noun| (noun, "{kind}".to_owned())),
        );
    }
    for place in places {
        facts.push((place.to_owned(), "{value}".to_owned()));
        // `15:00Z` of a date and time.
        if let Some(time) = place.get("\"2026-08-12T".len()..)
            && place.to_ascii_uppercase().ends_with("Z\"")
        {
            let minutes = time.get(.."15:00".len()).unwrap_or_default();
            facts.push((format!("{minutes}Z"), "{value}".to_owned()));
        }
    }
    facts.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    for (from, to) in facts {
        template.replace(&from, &to);
    }
    template
        .finish()
        // The type before the value is that of `found`.
        .replace("the number {value}", "{found}")
        .replace("the string {value}", "{found}")
}

/// Whoever translates a message finds in data, pointers and texts all that it says: without them, findings of one code with the same
/// reason and the same fields have one message.
#[test]
fn messages_say_what_is_in_the_data() {
    let mut templates: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    each_finding(&mut |rule, found, text| {
        let fields: Vec<&str> = found.data.iter().map(|(field, _)| field.name()).collect();
        let mut key = format!("{} {}", rule.code, fields.join(","));
        if found.related.is_empty() {
            key.push_str(", nothing related");
        }
        for (field, value) in found.data.iter() {
            let is_one = field == DataField::Count && *value == DataValue::Integer(1);
            let is_empty = *value == DataValue::String(String::new());
            if is_one || is_empty || matches!(field, DataField::Reason | DataField::Faults) {
                let _ = write!(key, "\n    {value:?}");
            }
        }
        templates
            .entry(key)
            .or_default()
            .insert(template(found, text));
    });
    let mut all = String::new();
    let mut several = Vec::new();
    for (key, templates) in templates {
        if templates.len() > 1 {
            several.push(format!("{key}: {templates:#?}"));
        }
        all.push_str(&key);
        for template in templates {
            let _ = write!(all, "\n    {template}\n");
        }
    }
    assert!(several.is_empty(), "{}", several.join("\n"));
    snapshot::assert("messages", &all);
}

fn strings(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.trim().len() > 3 => {
            into.insert(text.clone());
        }
        Value::Array(elements) => elements.iter().for_each(|element| strings(element, into)),
        Value::Object(members) => members.values().for_each(|member| strings(member, into)),
        _ => {}
    }
}

/// Where values are kept out of a report, they are kept out of its data.
#[test]
fn redacted_data_has_no_value() {
    let mut options = options();
    options.redact = true;
    let linter = Linter::with_options(options).expect("the options are valid");
    let mut seen = 0;
    for text in texts() {
        let Ok(payload) = serde_json::from_str(&text) else {
            continue;
        };
        let mut secrets = BTreeSet::new();
        strings(&payload, &mut secrets);
        for found in &linter.check(&text) {
            for (field, value) in found.data.iter() {
                // Clauses, and what the schema asks for, are the linter's own words.
                if matches!(
                    field,
                    DataField::Reason | DataField::Faults | DataField::Expected
                ) {
                    continue;
                }
                seen += 1;
                let shown = format!("{value:?}");
                let told = secrets
                    .iter()
                    .find(|secret| shown.contains(secret.as_str()));
                assert_eq!(told, None, "{} {field:?}: {shown} in {text}", found.code);
            }
        }
    }
    assert!(seen > 300, "{seen}");
}
