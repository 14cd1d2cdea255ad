//! What a released version has, later ones have too: members of the report, settings, options of the
//! npm package, codes of rules with their data, and the public API.
//!
//! `tests/compatibility` has a folder for each version, with copies of what it was released with. Until
//! `CHANGELOG.md` has a heading for a version, `cargo xtask docs` renews its folder; from then on it stays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};

/// Who reads what a schema describes, and so what may change.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Use {
    /// Programs of users read it: it has everything that it had.
    Output,
    /// Users write it: everything that was taken is taken.
    Input,
}

const SCHEMAS: [(&str, Use); 3] = [
    ("report.v1.schema.json", Use::Output),
    ("config.schema.json", Use::Input),
    ("npm_options.schema.json", Use::Input),
];

/// Lists of public items: the name of the copy, and the file.
const APIS: [(&str, &str); 2] = [
    ("seamlint.txt", "public-api.txt"),
    ("json-document.txt", "crates/json-document/public-api.txt"),
];

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the repository has it")
}

fn json_of(path: &Path) -> Value {
    serde_json::from_str(&read(path)).expect("JSON")
}

/// The versions that the changelog has a heading for.
fn released() -> BTreeSet<String> {
    let changelog = read(&root().join("CHANGELOG.md"));
    let headings = changelog
        .lines()
        .filter_map(|line| line.strip_prefix("## ["));
    let versions = headings.filter_map(|rest| rest.split_once(']'));
    versions
        .map(|(version, _)| version.to_owned())
        .filter(|version| version != "Unreleased")
        .collect()
}

/// Codes with the names and types of their data, from the catalogue.
fn codes(catalogue: &Value) -> Value {
    let rules = catalogue.as_array().expect("a list").iter();
    let rules = rules.map(|rule| {
        let data = rule["data"].as_array().expect("a list").iter();
        let data: BTreeMap<&str, &Value> = data
            .map(|field| (field["name"].as_str().expect("a name"), &field["type"]))
            .collect();
        (rule["code"].as_str().expect("a code"), data)
    });
    json!(rules.collect::<BTreeMap<_, _>>())
}

/// Writes the copies of the version that is being developed.
fn renew(folder: &Path) {
    fs::create_dir_all(folder).expect("can be made");
    for (name, _) in SCHEMAS {
        fs::copy(root().join("schema").join(name), folder.join(name)).expect("can be copied");
    }
    for (name, file) in APIS {
        fs::copy(root().join(file), folder.join(name)).expect("can be copied");
    }
    let codes = codes(&json_of(&root().join("schema/rules.json")));
    fs::write(folder.join("rules.json"), format!("{codes:#}\n")).expect("can be written");
}

#[test]
fn what_was_released_is_still_there() {
    let folder = root().join("tests/compatibility");
    let current = env!("CARGO_PKG_VERSION");
    let released = released();
    if env::var_os("SEAMLINT_WRITE").is_some() && !released.contains(current) {
        renew(&folder.join(current));
    }
    let mut versions: BTreeSet<String> = BTreeSet::new();
    for entry in fs::read_dir(&folder).expect("a folder") {
        let name = entry.expect("an entry").file_name();
        versions.insert(name.into_string().expect("text"));
    }
    let mut missing: Vec<&String> = released.difference(&versions).collect();
    let current = current.to_owned();
    if !versions.contains(&current) {
        missing.push(&current);
    }
    assert!(
        missing.is_empty(),
        "{} has no {missing:?}",
        folder.display()
    );
    let mut problems = Vec::new();
    for version in &versions {
        let then = folder.join(version);
        let mut say = |what: &str, problem: String| {
            problems.push(format!("{what} of {version}: {problem}"));
        };
        for (name, usage) in SCHEMAS {
            let (old, new) = (
                json_of(&then.join(name)),
                json_of(&root().join("schema").join(name)),
            );
            for problem in Comparison::new(&old, &new, usage).problems() {
                say(name, problem);
            }
        }
        let (old, new) = (
            json_of(&then.join("rules.json")),
            codes(&json_of(&root().join("schema/rules.json"))),
        );
        for (code, data) in old.as_object().expect("an object") {
            if new.get(code).is_none() {
                say("the rules", format!("{code} is gone"));
            }
            for (field, kind) in data.as_object().expect("an object") {
                if new[code].get(field) != Some(kind) {
                    say(
                        "the rules",
                        format!("data.{field} of {code} is gone or is no {kind}"),
                    );
                }
            }
        }
        for (name, file) in APIS {
            let new = read(&root().join(file));
            let new: BTreeSet<&str> = new.lines().collect();
            for line in read(&then.join(name)).lines() {
                if !new.contains(line) {
                    say(file, format!("gone or changed: {line}"));
                }
            }
        }
    }
    assert!(
        problems.is_empty(),
        "what a version has, later ones have too; `cargo xtask docs` renews the copies of one that is \
         not released:\n{}",
        problems.join("\n")
    );
}

/// An old schema beside a new one.
struct Comparison<'s> {
    old: &'s Value,
    new: &'s Value,
    usage: Use,
    problems: Vec<String>,
    /// Definitions of the old one that were compared.
    seen: BTreeSet<String>,
}

impl<'s> Comparison<'s> {
    fn new(old: &'s Value, new: &'s Value, usage: Use) -> Self {
        Self {
            old,
            new,
            usage,
            problems: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    fn problems(mut self) -> Vec<String> {
        self.compare(self.old, self.new, "");
        self.problems
    }

    fn say(&mut self, at: &str, what: &str) {
        self.problems
            .push(format!("{}: {what}", if at.is_empty() { "/" } else { at }));
    }

    /// What a `$ref` leads to.
    fn target(root: &'s Value, schema: &'s Value) -> &'s Value {
        match schema["$ref"]
            .as_str()
            .and_then(|path| path.strip_prefix('#'))
        {
            Some(pointer) => root.pointer(pointer).expect("a definition"),
            None => schema,
        }
    }

    fn compare(&mut self, old: &'s Value, new: &'s Value, at: &str) {
        if let Some(path) = old["$ref"].as_str()
            && !self.seen.insert(format!("{path} and {}", new["$ref"]))
        {
            return;
        }
        let (old, new) = (Self::target(self.old, old), Self::target(self.new, new));
        self.types(old, new, at);
        self.values(old, new, at);
        self.members(old, new, at);
        self.limits(old, new, at);
        for keyword in ["items", "additionalProperties"] {
            if old[keyword].is_object() && new[keyword].is_object() {
                self.compare(&old[keyword], &new[keyword], &format!("{at}/{keyword}"));
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            self.choices(old, new, keyword, at);
        }
    }

    fn types(&mut self, old: &Value, new: &Value, at: &str) {
        let types = |schema: &Value| -> BTreeSet<String> {
            match &schema["type"] {
                Value::Array(list) => list.iter().map(Value::to_string).collect(),
                Value::Null => BTreeSet::new(),
                one => BTreeSet::from([one.to_string()]),
            }
        };
        let (before, after) = (types(old), types(new));
        let is_kept = match self.usage {
            // No type is every type.
            Use::Output => before.is_empty() || !after.is_empty() && after.is_subset(&before),
            Use::Input => after.is_empty() || !before.is_empty() && before.is_subset(&after),
        };
        if !is_kept {
            self.say(at, &format!("its type was {before:?} and is {after:?}"));
        }
    }

    /// Values that a schema lists.
    fn values(&mut self, old: &Value, new: &Value, at: &str) {
        fn values(schema: &Value) -> BTreeSet<String> {
            let listed = ["enum", "oneOf", "anyOf"].into_iter().flat_map(|keyword| {
                let list = schema[keyword].as_array().into_iter().flatten();
                list.flat_map(move |one| match keyword {
                    "enum" => BTreeSet::from([one.to_string()]),
                    _ => values(one),
                })
            });
            let own = schema.get("const").map(Value::to_string);
            listed.chain(own).collect()
        }
        let (before, after) = (values(old), values(new));
        if let Some(gone) = before.difference(&after).next()
            && !(self.usage == Use::Input && after.is_empty())
        {
            self.say(at, &format!("the value {gone} is gone"));
        }
        if self.usage == Use::Input && before.is_empty() && !after.is_empty() {
            self.say(at, "only some values are taken");
        }
    }

    fn members(&mut self, old: &'s Value, new: &'s Value, at: &str) {
        for (name, member) in old["properties"].as_object().into_iter().flatten() {
            match new["properties"].get(name) {
                Some(later) => self.compare(member, later, &format!("{at}/{name}")),
                None => self.say(at, &format!("{name} is gone")),
            }
        }
        let required = |schema: &Value| -> BTreeSet<String> {
            let list = schema["required"].as_array().into_iter().flatten();
            list.map(Value::to_string).collect()
        };
        let (before, after) = (required(old), required(new));
        match self.usage {
            Use::Output => {
                for name in before.difference(&after) {
                    self.say(at, &format!("{name} was always there"));
                }
            }
            Use::Input => {
                for name in after.difference(&before) {
                    self.say(at, &format!("{name} was not required"));
                }
            }
        }
        if self.usage == Use::Input
            && new["additionalProperties"] == false
            && old["additionalProperties"] != false
            && old["type"] == "object"
        {
            self.say(at, "other members are refused");
        }
    }

    /// Keywords that limit: as they were, or gone where that takes more.
    fn limits(&mut self, old: &Value, new: &Value, at: &str) {
        for keyword in [
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "pattern",
            "format",
            "uniqueItems",
        ] {
            let (before, after) = (&old[keyword], &new[keyword]);
            let may_go = self.usage == Use::Input && after.is_null();
            let may_come = self.usage == Use::Output && before.is_null();
            if before != after && !may_go && !may_come {
                self.say(at, &format!("{keyword} was {before} and is {after}"));
            }
        }
    }

    /// Each alternative is still one.
    fn choices(&mut self, old: &'s Value, new: &'s Value, keyword: &str, at: &str) {
        let list = |schema: &'s Value| schema[keyword].as_array().map(Vec::as_slice);
        let Some(before) = list(old) else { return };
        let after = list(new).unwrap_or(std::slice::from_ref(new));
        for one in before.iter().filter(|one| one.get("const").is_none()) {
            let is_there = after.iter().any(|later| {
                let mut alone = Comparison::new(self.old, self.new, self.usage);
                // What is compared at its own place is not compared again, which could go round.
                alone.seen.clone_from(&self.seen);
                alone.compare(one, later, at);
                alone.problems.is_empty()
            });
            if !is_there {
                self.say(at, &format!("{keyword}: the alternative {one} is gone"));
            }
        }
    }
}

/// What somebody does to a schema.
type Change<'c> = &'c dyn Fn(&mut Value);

/// What the comparison finds.
#[test]
fn removals_and_restrictions_are_found() {
    let old = json!({
        "type": "object",
        "required": ["a"],
        "properties": {
            "a": { "$ref": "#/$defs/A" },
            "b": { "type": ["string", "null"], "maxLength": 5 },
            "c": { "type": "array", "items": { "type": "string" } }
        },
        "$defs": { "A": { "oneOf": [{ "const": "x" }, { "const": "y" }] } }
    });
    let found = |usage: Use, change: Change<'_>| {
        let mut new = old.clone();
        change(&mut new);
        Comparison::new(&old, &new, usage).problems().join("; ")
    };
    let is_fine: [(Use, Change<'_>); 5] = [
        (Use::Output, &|_| {}),
        (Use::Input, &|_| {}),
        (Use::Output, &|new| new["properties"]["d"] = json!({})),
        (Use::Output, &|new| new["required"] = json!(["a", "b"])),
        (Use::Input, &|new| new["required"] = json!([])),
    ];
    for (usage, change) in is_fine {
        assert_eq!(found(usage, change), "");
    }
    let is_broken: [(Use, Change<'_>, &str); 10] = [
        (
            Use::Output,
            &|new| {
                let members = new["properties"].as_object_mut().expect("an object");
                members.remove("b");
            },
            "/: b is gone",
        ),
        (
            Use::Output,
            &|new| new["required"] = json!([]),
            "/: \"a\" was always there",
        ),
        (
            Use::Input,
            &|new| new["required"] = json!(["a", "b"]),
            "/: \"b\" was not required",
        ),
        (
            Use::Output,
            &|new| new["properties"]["b"]["type"] = json!("number"),
            "/b: its type was {\"\\\"null\\\"\", \"\\\"string\\\"\"} and is {\"\\\"number\\\"\"}",
        ),
        (
            Use::Input,
            &|new| new["properties"]["b"]["type"] = json!("string"),
            "/b: its type was {\"\\\"null\\\"\", \"\\\"string\\\"\"} and is {\"\\\"string\\\"\"}",
        ),
        (
            Use::Input,
            &|new| new["properties"]["b"]["maxLength"] = json!(4),
            "/b: maxLength was 5 and is 4",
        ),
        (
            Use::Input,
            &|new| new["$defs"]["A"]["oneOf"] = json!([{ "const": "x" }]),
            "/a: the value \"y\" is gone",
        ),
        (
            Use::Input,
            &|new| new["additionalProperties"] = json!(false),
            "/: other members are refused",
        ),
        (
            Use::Input,
            &|new| new["properties"]["c"]["items"]["type"] = json!("number"),
            "/c/items: its type was {\"\\\"string\\\"\"} and is {\"\\\"number\\\"\"}",
        ),
        (
            Use::Input,
            &|new| new["properties"]["c"]["items"]["enum"] = json!(["v"]),
            "/c/items: only some values are taken",
        ),
    ];
    for (usage, change, wanted) in is_broken {
        assert_eq!(found(usage, change), wanted);
    }
}
