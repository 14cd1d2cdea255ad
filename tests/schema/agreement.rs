//! Agreement with the `jsonschema` crate: payloads are generated from the schema, most are then
//! spoilt in up to three places, and both must find the same breaks at the same pointers.
//!
//! `SEAMLINT_SEED` sets another seed; a failure prints the seed and the payload.

use std::collections::BTreeSet;
use std::sync::Arc;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use seamlint::CustomSchema;
use seamlint::DataField;
use seamlint::PUSH_DATA_SCHEMA;
use seamlint::{Linter, Options, Report};
use serde_json::Value;

use crate::support::random::{Case, Random, cases, seed};

/// One of the four parts of a run, which run beside one another.
const CASES: u64 = 30_000;
/// Every so many cases, our own engine for custom schemas is asked too.
const CUSTOM_EVERY: u64 = 2;

/// A payload as text in pieces, so that it can hold what a `Value` cannot: duplicate members, `1e2`, escapes.
#[derive(Clone)]
enum Tree {
    /// As it is written.
    Scalar(String),
    Array(Vec<Tree>),
    /// Names as they are written, quotes included.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    fn write(&self, out: &mut String, space: &str) {
        match self {
            Self::Scalar(text) => out.push_str(text),
            Self::Array(elements) => {
                out.push('[');
                for (at, element) in elements.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    out.push_str(space);
                    element.write(out, space);
                }
                out.push_str(space);
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    out.push_str(space);
                    out.push_str(name);
                    out.push(':');
                    out.push_str(space);
                    value.write(out, space);
                }
                out.push_str(space);
                out.push('}');
            }
        }
    }

    /// How many values there are, this one included.
    fn count(&self) -> usize {
        1 + match self {
            Self::Scalar(_) => 0,
            Self::Array(elements) => elements.iter().map(Self::count).sum(),
            Self::Object(members) => members.iter().map(|(_, value)| value.count()).sum(),
        }
    }

    /// The value with a number in the order of the text.
    fn nth(&mut self, mut number: usize) -> &mut Self {
        if number == 0 {
            return self;
        }
        number -= 1;
        let children: Vec<&mut Self> = match self {
            Self::Scalar(_) => Vec::new(),
            Self::Array(elements) => elements.iter_mut().collect(),
            Self::Object(members) => members.iter_mut().map(|(_, value)| value).collect(),
        };
        for child in children {
            let count = child.count();
            if number < count {
                return child.nth(number);
            }
            number -= count;
        }
        unreachable!("a number below the count")
    }
}

const CHARACTERS: &[char] = &[
    'a',
    'b',
    'Z',
    '0',
    '9',
    ' ',
    '-',
    '_',
    '.',
    '/',
    '~',
    '"',
    '\\',
    '\n',
    '\t',
    '\u{0}',
    '\u{7f}',
    'é',
    'ß',
    '٥',
    '名',
    '\u{200b}',
    '\u{feff}',
    '\u{ffff}',
    '😀',
    '\u{10ffff}',
];

/// A string as JSON writes it: what must be escaped, and sometimes what need not be.
fn quoted(random: &mut Random, text: &str) -> String {
    let mut out = String::from('"');
    for character in text.chars() {
        if character < ' ' || "\"\\".contains(character) || random.once_in(16) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let unit = if random.once_in(2) {
                    format!("\\u{unit:04x}")
                } else {
                    format!("\\u{unit:04X}")
                };
                out.push_str(&unit);
            }
        } else {
            out.push(character);
        }
    }
    out.push('"');
    out
}

fn words(random: &mut Random, length: usize) -> String {
    (0..length).map(|_| random.pick(CHARACTERS)).collect()
}

fn date_time(random: &mut Random) -> String {
    let day = 1 + random.below(28);
    let month = 1 + random.below(12);
    let fraction = random.pick(&["", "", ".5", ".000", ".123456789012"]);
    let offset = random.pick(&["Z", "z", "+00:00", "-00:00", "-07:00", "+05:45", "+23:59"]);
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    let t = random.pick(&['T', 'T', 't']);
    format!("2026-{month:02}-{day:02}{t}{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
}

fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A value that the schema takes. `place` is the pointer with `*` for any element or name;
/// `places` collects it.
fn generate(
    schema: &Value,
    random: &mut Random,
    place: &str,
    places: &mut BTreeSet<String>,
) -> Tree {
    places.insert(place.to_owned());
    if let Some(branches) = schema["oneOf"].as_array() {
        let branch = &branches[random.below(branches.len())];
        return generate(branch, random, place, places);
    }
    let types = types(schema);
    let mut kind = random.pick(&types);
    if kind == "null" && types.len() > 1 && !random.once_in(3) {
        kind = types[0];
    }
    Tree::Scalar(match kind {
        "null" => "null".to_owned(),
        "boolean" => random.pick(&["true", "false"]).to_owned(),
        "integer" => random
            .pick(&["1", "30", "1.0", "1e2", "12.5e1", "600E-1", "1440"])
            .to_owned(),
        "number" => random
            .pick(&["0", "-0", "47.6062", "-122.3321", "1e-2", "90", "-1.5E+1"])
            .to_owned(),
        "string" if schema["pattern"].is_string() => {
            // The one pattern that there is: a time of day.
            let text = random.pick(&["00:00", "09:00", "15:30:00", "19:59", "23:59:59", "20:00"]);
            quoted(random, text)
        }
        "string" if schema["format"] == "date-time" => {
            let text = date_time(random);
            quoted(random, &text)
        }
        "string" => {
            let length = match schema["maxLength"].as_u64() {
                Some(maximum) if random.once_in(4) => maximum as usize - random.below(2),
                _ => random.below(6),
            };
            let least = schema["minLength"].as_u64().unwrap_or(0) as usize;
            let text = words(random, length.max(least));
            quoted(random, &text)
        }
        "array" => {
            let place = format!("{place}/*");
            let count = random.pick(&[0, 1, 1, 2, 3]);
            return Tree::Array(
                (0..count)
                    .map(|_| generate(&schema["items"], random, &place, places))
                    .collect(),
            );
        }
        "object" => {
            let mut members = Vec::new();
            if let Some(properties) = schema["properties"].as_object() {
                let is_root = place.is_empty();
                for (name, property) in properties {
                    let required = schema["required"]
                        .as_array()
                        .is_some_and(|all| all.iter().any(|one| one == name));
                    // A root holds one or two collections, a resource less than half of its members.
                    if required || random.below(20) < if is_root { 2 } else { 7 } {
                        let place = format!("{place}/{name}");
                        let value = generate(property, random, &place, places);
                        members.push((quoted(random, name), value));
                    }
                }
            }
            if schema["additionalProperties"].is_object() {
                let place = format!("{place}/*");
                for _ in 0..random.below(3) {
                    let length = random.below(5);
                    let name = words(random, length);
                    let value = generate(&schema["additionalProperties"], random, &place, places);
                    members.push((quoted(random, &name), value));
                }
            }
            return Tree::Object(members);
        }
        other => unreachable!("type {other}"),
    })
}

/// Values of every type, and numbers on every edge that `f64` can hold.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "\"\"",
    "\"x\"",
    "[]",
    "[null]",
    "[\"k\"]",
    "{}",
    "{\"a\":1}",
    "[[]]",
    "[{}]",
    "0",
    "-0",
    "0.0",
    "-0.0",
    "0e5",
    "1",
    "-1",
    "1.0",
    "1.5",
    "1e2",
    "1E+2",
    "150e-1",
    "155e-1",
    "1e-1",
    "-1e2",
    "5e-324",
    "1e300",
    "1e22",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
];

const TIMES: &[&str] = &[
    "9:00",
    "24:00",
    "23:60",
    "23:59:60",
    "09:00:5",
    "09:00:",
    "09:00\n",
    "\n09:00",
    " 09:00",
    "09:00 ",
    "٠٩:٠٠",
    "09:0٠",
    "0900",
    "09.00",
    "09:00:00Z",
    "09:00:00.0",
    "29:00",
    "19:00x",
    "09：00",
    "2:00 PM",
    "09:00",
    "23:59:59",
];

/// Texts that are judged alike; see also `date_times_are_judged_alike`.
const DATE_TIMES: &[&str] = &[
    "2026-08-12",
    "15:00:00Z",
    "2026-08-12T15:00:00",
    "2026-08-12T15:00Z",
    "2026-08-12 15:00:00Z",
    "2026-8-12T15:00:00Z",
    "2026-02-29T15:00:00Z",
    "2024-02-29T15:00:00Z",
    "1900-02-29T00:00:00Z",
    "2000-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "10000-01-01T00:00:00Z",
    "2026-08-12T24:00:00Z",
    "2026-08-12T23:60:00Z",
    "2026-08-12T23:59:61Z",
    "2016-12-31T23:59:60Z",
    "2016-12-31T23:58:60Z",
    "2016-12-31T15:59:60-08:00",
    "2016-12-31T15:59:60+08:00",
    "2017-01-01T05:29:60+05:30",
    "2017-01-01T23:59:60+00:00",
    "2026-08-12T15:00:00.Z",
    "2026-08-12T15:00:00,5Z",
    "2026-08-12T15:00:00.5",
    "2026-08-12T15:00:00+0700",
    "2026-08-12T15:00:00+07",
    "2026-08-12T15:00:00+7:00",
    "2026-08-12T15:00:00+24:00",
    "2026-08-12T15:00:00+07:60",
    "2026-08-12T15:00:00-23:59",
    "2026-08-12T15:00:00ZZ",
    "2026-08-12T15:00:00Z ",
    " 2026-08-12T15:00:00Z",
    "2026-08-12T15:00:00Z\n",
    "2026-08-12T15:00:00Z[UTC]",
    "2026-08-12T15:00:0٠Z",
    "20260812T150000Z",
    "2026-W33-3T15:00:00Z",
    "2026-224T15:00:00Z",
    "+2026-08-12T15:00:00Z",
    "-2026-08-12T15:00:00Z",
    "1786546800",
    "T",
    "",
    "2026-08-12t15:00:00z",
    "2026-08-12T15:00:00−07:00",
    "2026-08-12TT15:00:00Z",
    "2026-08-12T",
    "2026-08-12T15:00:00.1234567890123456789Z",
    "2026-08-12T15:00:00\u{0}Z",
    "20t6-11-20T02:00:19Z",
    "2026-08-1-T15:00:00Z",
    "Wed, 12 Aug 2026",
];

/// Spoils one place.
fn mutate(tree: &mut Tree, random: &mut Random) {
    let count = tree.count();
    let number = random.below(count);
    let value = tree.nth(number);
    if random.once_in(4) {
        *value = Tree::Scalar(random.pick(VALUES).to_owned());
        return;
    }
    match value {
        Tree::Scalar(text) => {
            let string: Option<String> = serde_json::from_str(text).ok();
            let Some(string) = string else {
                random.pick(VALUES).clone_into(text);
                return;
            };
            let looks = string.as_bytes();
            let other = match random.below(7) {
                0 => String::new(),
                1 => string.chars().skip(1).collect(),
                // Around the longest value that custom_metadata takes, in all widths.
                2 => {
                    let character = random.pick(&['x', 'é', '😀']);
                    let length = 499 + random.below(3);
                    std::iter::repeat_n(character, length).collect()
                }
                3 => string + "\n",
                _ if looks.get(2) == Some(&b':') => random.pick(TIMES).to_owned(),
                _ if looks.get(10).is_some_and(|t| b"Tt".contains(t)) => {
                    random.pick(DATE_TIMES).to_owned()
                }
                4 => random.pick(TIMES).to_owned(),
                5 => random.pick(DATE_TIMES).to_owned(),
                _ => words(random, 8),
            };
            *text = quoted(random, &other);
        }
        Tree::Array(elements) => match random.below(5) {
            0 => elements.clear(),
            1 => elements.push(Tree::Scalar(random.pick(VALUES).to_owned())),
            2 if !elements.is_empty() => {
                let at = random.below(elements.len());
                elements.remove(at);
            }
            3 => *value = Tree::Array(vec![value.clone()]),
            _ => {
                if let Some(first) = elements.first().cloned() {
                    *value = first;
                }
            }
        },
        Tree::Object(members) => match random.below(6) {
            // A member more; its name may be known here, elsewhere or nowhere.
            0 | 1 => {
                let name = random.pick(&[
                    "name",
                    "rooms",
                    "room_key",
                    "latitude",
                    "",
                    "Name",
                    "customer_key",
                    "é",
                    "custom_metadata",
                    "customer_data",
                    "starts_at",
                    "a/b~c",
                ]);
                let name = quoted(random, name);
                members.push((name, Tree::Scalar(random.pick(VALUES).to_owned())));
            }
            2 => *value = Tree::Array(vec![value.clone()]),
            // A second member of the same name, before or behind.
            3 if !members.is_empty() => {
                let (name, _) = members[random.below(members.len())].clone();
                let name: String = serde_json::from_str(&name).expect("a name is a string");
                let at = random.below(members.len() + 1);
                let copy = Tree::Scalar(random.pick(VALUES).to_owned());
                members.insert(at, (quoted(random, &name), copy));
            }
            _ if !members.is_empty() => {
                let at = random.below(members.len());
                members.remove(at);
            }
            _ => {}
        },
    }
}

/// A break: pointer, keyword, and the member that is missing.
type Break = (String, String, Option<String>);

/// What `jsonschema` finds, sorted.
fn judged(validator: &Validator, instance: &Value) -> Vec<Break> {
    let mut breaks: Vec<Break> = validator
        .iter_errors(instance)
        .map(|error| {
            let member = match error.kind() {
                ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
                _ => None,
            };
            (
                error.instance_path().as_str().to_owned(),
                error.kind().keyword().to_owned(),
                member,
            )
        })
        .collect();
    breaks.sort();
    breaks
}

/// What we report, sorted; and that each code is its keyword's.
fn reported(report: &Report<'_>) -> Vec<Break> {
    let mut breaks: Vec<Break> = report
        .iter()
        .filter(|found| found.code.starts_with("schema-"))
        .map(|found| {
            let keyword = found
                .data
                .string(DataField::Keyword)
                .map(str::to_owned)
                .expect("a keyword");
            let code = match keyword.as_str() {
                "exclusiveMinimum" => "schema-minimum".to_owned(),
                other => {
                    let mut code = "schema-".to_owned();
                    for character in other.chars() {
                        if character.is_ascii_uppercase() {
                            code.push('-');
                        }
                        code.push(character.to_ascii_lowercase());
                    }
                    code
                }
            };
            assert_eq!(found.code, code);
            (
                found.pointer.clone(),
                keyword,
                found.data.string(DataField::Member).map(str::to_owned),
            )
        })
        .collect();
    breaks.sort();
    breaks
}

fn validator() -> (Value, Validator) {
    let schema: Value = serde_json::from_str(PUSH_DATA_SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("the schema compiles");
    (schema, validator)
}

fn custom_linter() -> Linter {
    let mut options = Options::default();
    let schema = CustomSchema::parse(PUSH_DATA_SCHEMA).expect("the schema compiles");
    options.schema = Some(Arc::new(schema));
    Linter::with_options(options).expect("no levels are named")
}

/// Every place of the schema, as [`generate`] writes it.
fn places_of(schema: &Value, place: String, places: &mut BTreeSet<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        places_of(property, format!("{place}/{name}"), places);
    }
    for keyword in ["items", "additionalProperties"] {
        if schema[keyword].is_object() {
            places_of(&schema[keyword], format!("{place}/*"), places);
        }
    }
    places.insert(place);
}

/// Runs one part and returns how many cases were refused.
fn agree(part: u64) -> usize {
    let (seed, cases) = (seed(), cases(CASES));
    let (schema, validator) = validator();
    let linter = Linter::new();
    let custom = custom_linter();
    let mut places = BTreeSet::new();
    let mut keywords = BTreeSet::new();
    let mut refused = 0;
    for number in part * cases..(part + 1) * cases {
        let mut random = Random::of(seed, number);
        let mut tree = generate(&schema, &mut random, "", &mut places);
        let mutations = random.below(4);
        for _ in 0..mutations {
            mutate(&mut tree, &mut random);
        }
        let mut text = String::new();
        let space = random.pick(&["", "", " ", "\n"]);
        tree.write(&mut text, space);
        let case = Case {
            seed,
            number,
            text: &text,
        };
        let instance: Value = serde_json::from_str(&text).expect("generated texts are JSON");
        let theirs = judged(&validator, &instance);
        let report = linter.check(&text);
        if report.iter().any(|found| found.code == "wrapped-payload") {
            // What is inside is judged, not the text.
            continue;
        }
        assert_eq!(reported(&report), theirs, "ours, theirs");
        assert!(mutations > 0 || theirs.is_empty(), "{theirs:?}");
        if number.is_multiple_of(CUSTOM_EVERY) {
            let report = custom.check(&text);
            assert_eq!(reported(&report), theirs, "our custom engine's, theirs");
        }
        refused += usize::from(!theirs.is_empty());
        keywords.extend(theirs.into_iter().map(|(_, keyword, _)| keyword));
        drop(case);
    }
    let mut all = BTreeSet::new();
    places_of(&schema, String::new(), &mut all);
    assert_eq!(places, all, "every place was generated");
    let found: Vec<&str> = keywords.iter().map(String::as_str).collect();
    assert_eq!(
        found,
        [
            "exclusiveMinimum",
            "format",
            "minLength",
            "oneOf",
            "pattern",
            "required",
            "type"
        ],
        "every keyword was broken"
    );
    refused
}

/// Enough of both kinds, or the comparison says little.
fn part(number: u64) {
    let (refused, cases) = (agree(number) as u64, cases(CASES));
    assert!(
        refused > cases / 3 && refused < cases * 9 / 10,
        "{refused} of {cases} were refused"
    );
}

#[test]
fn verdicts_and_pointers_agree_first_quarter() {
    part(0);
}

#[test]
fn verdicts_and_pointers_agree_second_quarter() {
    part(1);
}

#[test]
fn verdicts_and_pointers_agree_third_quarter() {
    part(2);
}

#[test]
fn verdicts_and_pointers_agree_fourth_quarter() {
    part(3);
}

/// Texts whose judgement as `date-time` differs: the text, whether ours takes it, and who is
/// right by RFC 3339. None is known today; a newer `jsonschema` may bring some.
const DATE_TIMES_APART: &[(&str, bool, &str)] = &[];

/// Numbers that `serde_json` rounds before `jsonschema` sees them, and that we judge as they are
/// written. Both as `duration_minutes`: what ours breaks, and what theirs breaks.
const NUMBERS_APART: &[(&str, &[&str], &[&str])] = &[
    // One and a bit is not whole; as f64 it is 1.
    ("1.00000000000000000001", &["type"], &[]),
    // Likewise, beyond 2^53.
    ("9007199254740993.5", &["type"], &[]),
];

fn reservation(starts_at: &str) -> String {
    let starts_at = Value::from(starts_at).to_string();
    format!(
        r#"{{"customer_key":"c","reservations":[{{"reservation_key":"r","starts_at":{starts_at}}}]}}"#
    )
}

/// Whether a text is a `date-time`: by us, by `jsonschema`.
fn judge_date_time(linter: &Linter, validator: &Validator, text: &str) -> (bool, bool) {
    let payload = reservation(text);
    let instance: Value = serde_json::from_str(&payload).expect("JSON");
    (
        reported(&linter.check(&payload)).is_empty(),
        validator.is_valid(&instance),
    )
}

#[test]
fn date_times_are_judged_alike() {
    let seed = seed();
    let linter = Linter::new();
    let (_, validator) = validator();
    for (text, ours, reason) in DATE_TIMES_APART {
        let judgements = judge_date_time(&linter, &validator, text);
        assert_eq!(judgements, (*ours, !ours), "{text:?}: {reason}");
    }
    let pieces: Vec<char> = "0123456789TtZz+-:., \n٠６−é".chars().collect();
    let mut taken = 0;
    for number in 0..40_000 {
        let mut random = Random::of(seed, number);
        let mut characters: Vec<char> = if random.once_in(4) {
            random.pick(DATE_TIMES).chars().collect()
        } else {
            date_time(&mut random).chars().collect()
        };
        for _ in 0..random.below(3) {
            let at = random.below(characters.len() + 1);
            match random.below(4) {
                0 => characters.insert(at, random.pick(&pieces)),
                1 if at < characters.len() => {
                    characters.remove(at);
                }
                _ if at < characters.len() => characters[at] = random.pick(&pieces),
                _ => {}
            }
        }
        let text: String = characters.into_iter().collect();
        let case = Case {
            seed,
            number,
            text: &text,
        };
        let (ours, theirs) = judge_date_time(&linter, &validator, &text);
        let apart = DATE_TIMES_APART.iter().any(|(known, ..)| *known == text);
        assert!(ours == theirs || apart, "ours {ours}, theirs {theirs}");
        taken += usize::from(ours);
        drop(case);
    }
    assert!(taken > 10_000, "{taken} were taken");
}

#[test]
fn numbers_are_judged_as_they_are_written() {
    let linter = Linter::new();
    let custom = custom_linter();
    let (_, validator) = validator();
    for (number, ours, theirs) in NUMBERS_APART {
        let payload = format!(
            r#"{{"customer_key":"c","spaces":[{{"space_key":"s","name":"S","duration_minutes":{number}}}]}}"#
        );
        let keywords = |breaks: Vec<Break>| -> Vec<String> {
            breaks.into_iter().map(|(_, keyword, _)| keyword).collect()
        };
        let instance: Value = serde_json::from_str(&payload).expect("JSON");
        assert_eq!(
            keywords(reported(&linter.check(&payload))),
            *ours,
            "{number}"
        );
        assert_eq!(
            keywords(reported(&custom.check(&payload))),
            *ours,
            "{number}"
        );
        assert_eq!(keywords(judged(&validator, &instance)), *theirs, "{number}");
    }
}
