//! The rules as documentation: `explain`, `rules`, `docs/rules.md` and `schema/rules.json`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::report::DataType;
use crate::rules::registry::RULES;
use crate::rules::rule::{Basis, Fact, Fixes, Group, Rule};

/// A rule as `schema/rules.json` and `seamlint rules --format json` have it.
#[derive(Debug, Serialize)]
struct Entry {
    code: &'static str,
    severity: crate::report::Severity,
    on_by_default: bool,
    fix: Fixes,
    group: Group,
    since: &'static str,
    basis: Basis,
    source: &'static str,
    data: Vec<DataEntry>,
    summary: &'static str,
    url: String,
    docs: String,
}

/// A fact that findings of a rule have.
#[derive(Debug, Serialize)]
struct DataEntry {
    name: &'static str,
    r#type: DataType,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
    /// All that it can be.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    values: &'static [&'static str],
}

impl From<&Fact> for DataEntry {
    fn from(fact: &Fact) -> Self {
        Self {
            name: fact.field.name(),
            r#type: fact.field.data_type(),
            optional: fact.optional,
            values: fact.values,
        }
    }
}

/// All rules as JSON, pretty, with a line break at the end.
#[must_use]
pub fn json() -> String {
    let entries: Vec<Entry> = RULES
        .iter()
        .map(|rule| Entry {
            code: rule.code,
            severity: rule.severity,
            on_by_default: rule.on_by_default,
            fix: rule.fix,
            group: rule.group,
            since: rule.since,
            basis: rule.basis,
            source: rule.source,
            data: rule.data.iter().map(DataEntry::from).collect(),
            summary: rule.summary(),
            url: crate::report::url(rule.code),
            docs: readable(&rule.docs()),
        })
        .collect();
    let mut json = serde_json::to_string_pretty(&entries).unwrap_or_default();
    json.push('\n');
    json
}

/// All rules, one per line.
#[must_use]
pub fn table() -> String {
    let width = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let mut table = String::new();
    for rule in RULES {
        let severity = if rule.on_by_default {
            rule.severity.to_string()
        } else {
            "off".to_owned()
        };
        let fix = match rule.fix {
            Fixes::None => "",
            Fixes::Safe | Fixes::Both => "fix",
            Fixes::Unsafe => "unsafe",
        };
        let _ = writeln!(
            table,
            "{:width$}  {severity:7}  {fix:6}  {}",
            rule.code,
            rule.summary()
        );
    }
    table
}

/// The documentation of a rule for a terminal, in Markdown.
#[must_use]
pub fn explain(rule: &Rule) -> String {
    format!(
        "{}\n\n{}: {}.\n\n{}\n{}\n",
        heading(rule),
        rule.basis.title(),
        rule.source,
        readable(&rule.docs()),
        crate::report::url(rule.code)
    )
}

/// The facts of a rule's findings, as a paragraph of Markdown.
fn data_of(rule: &Rule) -> String {
    let names: Vec<String> = rule
        .data
        .iter()
        .map(|fact| {
            let optional = if fact.optional { " (optional)" } else { "" };
            format!("`{}`{optional}", fact.field.name())
        })
        .collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("`data`: {}.\n\n", names.join(", ")),
    }
}

fn heading(rule: &Rule) -> String {
    let fix = match rule.fix {
        Fixes::None => "no fix",
        Fixes::Safe => "safe fix",
        Fixes::Unsafe => "unsafe fix",
        Fixes::Both => "safe and unsafe fixes",
    };
    let state = if rule.on_by_default {
        ""
    } else {
        ", off by default"
    };
    format!(
        "{} ({}{state}, {fix}, since {})",
        rule.code, rule.severity, rule.since
    )
}

/// Examples whose point is their length are shortened for readers, and a byte order mark is
/// shown.
pub(super) fn readable(docs: &str) -> String {
    const LONGEST: usize = 400;
    let mut out = String::with_capacity(docs.len());
    for line in docs.lines() {
        if line.chars().count() > LONGEST {
            out.extend(line.chars().take(LONGEST * 2 / 3));
            out.push_str(" … ");
            let tail = line.chars().count() - 60;
            out.extend(line.chars().skip(tail));
        } else {
            out.push_str(&line.replace('\u{feff}', "<U+FEFF>"));
        }
        out.push('\n');
    }
    out
}

/// `docs/rules.md`.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Rules\n\n\
         <!-- Made from src/rules by `cargo xtask docs`; a test fails when it is stale. -->\n\n\
         | severity | means | exit status of `check` |\n\
         |---|---|---|\n\
         | `error` | the API refuses the whole request: it breaks JSON, the published schema, or a limit that the API documents | 1 |\n\
         | `warning` | the API answers `ok: true`, and then something is lost, ignored, or goes wrong for a guest at a door | 1, or 0 with `--fail-on error` |\n\
         | `info` | legal and perhaps intended; worth one look | 0, or 1 with `--fail-on info` |\n\n\
         Each rule can be set to another severity or switched off.\n",
    );
    let mut groups: Vec<Group> = Vec::new();
    for rule in RULES {
        if !groups.contains(&rule.group) {
            groups.push(rule.group);
        }
    }
    for group in &groups {
        let _ = write!(page, "\n- **{}**: ", group.title());
        let codes: Vec<String> = RULES
            .iter()
            .filter(|rule| rule.group == *group)
            .map(|rule| format!("[`{0}`](#{0})", rule.code))
            .collect();
        page.push_str(&codes.join(", "));
    }
    page.push('\n');
    for group in groups {
        let _ = writeln!(page, "\n## {}", group.title());
        for rule in RULES.iter().filter(|rule| rule.group == group) {
            let _ = writeln!(page, "\n### {}\n", rule.code);
            let heading = heading(rule);
            let facts = heading[rule.code.len() + 2..].trim_end_matches(')');
            let _ = writeln!(page, "*{facts}*\n");
            let basis = rule.basis.title();
            let _ = writeln!(page, "{basis}: {}.\n", rule.source);
            for line in readable(&rule.docs()).lines() {
                // Tests read the other attributes of an example.
                let line = match line.strip_prefix("```json,") {
                    Some("ok") => "Fine:\n\n```json",
                    Some(_) => "Found:\n\n```json",
                    None if line == "```" => "```\n",
                    None => line,
                };
                page.push_str(line);
                page.push('\n');
            }
            let end = page.trim_end().len();
            page.truncate(end);
            let _ = write!(page, "\n\n{}", data_of(rule).trim_end());
            let end = page.trim_end().len();
            page.truncate(end);
            page.push('\n');
        }
    }
    page
}
