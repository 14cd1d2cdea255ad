//! What a rule is, and how one is declared.

use std::fmt;

use serde::Serialize;

use crate::report::{DataField, Severity};

/// A rule: its code, severity and documentation.
#[non_exhaustive]
pub struct Rule {
    /// Lower-case words with hyphens; never changes its meaning.
    pub code: &'static str,
    /// The severity where neither evidence nor the user says otherwise.
    pub severity: Severity,
    /// Whether it can offer a fix.
    pub fix: Fixes,
    /// The version that brought the rule.
    pub since: &'static str,
    /// The part of the catalogue it belongs to.
    pub group: Group,
    /// Whether it runs unless the user says otherwise.
    pub on_by_default: bool,
    /// Who says so.
    pub basis: Basis,
    /// Where that is said, or why we judge so.
    pub source: &'static str,
    /// The facts that its findings have for programs.
    pub data: &'static [Fact],
    /// Why a finding matters, in one or two sentences.
    pub(crate) why: &'static str,
    /// The doc comment, a line each with its leading space.
    pub(crate) docs: &'static str,
}

/// A fact that the findings of a rule have in [`Data`](crate::Data).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// Its name.
    pub field: DataField,
    /// Whether a finding may lack it.
    pub optional: bool,
    /// All values that it can have; empty if they depend on the payload. A `{found}` in one of them stands for that fact.
    pub values: &'static [&'static str],
}

impl Fact {
    pub(crate) const fn new(field: DataField, values: &'static [&'static str]) -> Self {
        Self {
            field,
            optional: false,
            values,
        }
    }

    pub(crate) const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

/// Which fixes a rule can offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fixes {
    /// None.
    None,
    /// Fixes that `--fix` applies.
    Safe,
    /// Fixes that only `--unsafe-fixes` applies.
    Unsafe,
    /// Both kinds, depending on the finding.
    Both,
}

/// Who says that a rule is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A public document: Seam's, or a standard.
    Documented,
    /// What the API's own model does, as its published types and its answers show.
    Model,
    /// Our judgement.
    Judgement,
}

impl Basis {
    /// The beginning of a line for documentation.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Documented => "Documented",
            Self::Model => "The API's model",
            Self::Judgement => "Our judgement",
        }
    }
}

/// The parts of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The text itself.
    Json,
    /// The published schema.
    Schema,
    /// Documented limits that the schema does not carry.
    Limits,
    /// Keys and what they name.
    References,
    /// Members that the API ignores.
    Members,
    /// Zones, stays and times of day.
    Time,
    /// Names and contacts.
    People,
    /// Codes, and who may go where.
    Access,
    /// Coordinates.
    Place,
    /// How text is written.
    Text,
}

impl Group {
    /// A heading for documentation.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Schema => "Published schema",
            Self::Limits => "Documented limits",
            Self::References => "References",
            Self::Members => "Members the API ignores",
            Self::Time => "Time",
            Self::People => "People and contacts",
            Self::Access => "Access",
            Self::Place => "Place",
            Self::Text => "Text",
        }
    }
}

/// An example in a rule's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// Whether the rule finds something in it.
    pub bad: bool,
    /// Another rule that cannot but find something in it too.
    pub with: Option<&'static str>,
    /// The severity of what the rule finds, where it is not the rule's own.
    pub severity: Option<Severity>,
    /// The payload between the fences.
    pub text: &'static str,
}

impl Rule {
    /// What the rule finds, in one sentence without Markdown.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().next().unwrap_or_default().trim()
    }

    /// The whole documentation, in Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        let mut docs = String::with_capacity(self.docs.len());
        for line in self.docs.lines() {
            docs.push_str(line.strip_prefix(' ').unwrap_or(line));
            docs.push('\n');
        }
        docs
    }

    /// The examples of the documentation, in order.
    pub fn examples(&self) -> impl Iterator<Item = Example> {
        // Fences are found in the comment as it is written: the text between them is JSON, to
        // which a leading space means nothing.
        let mut rest = self.docs;
        std::iter::from_fn(move || {
            loop {
                let at = rest.find(" ```json,")?;
                let opened = &rest[at + 9..];
                let (kind, body) = opened.split_once('\n')?;
                let body = body.strip_prefix(' ').unwrap_or(body);
                let end = body.find(" ```")?;
                rest = &body[end + 4..];
                let mut words = kind.trim().split(',');
                let bad = match words.next() {
                    Some("bad") => true,
                    Some("ok") => false,
                    _ => continue,
                };
                let text = body[..end].strip_suffix('\n').unwrap_or(&body[..end]);
                let mut example = Example {
                    bad,
                    with: None,
                    severity: None,
                    text,
                };
                for word in words {
                    match word {
                        "info" => example.severity = Some(Severity::Info),
                        "warning" => example.severity = Some(Severity::Warning),
                        "error" => example.severity = Some(Severity::Error),
                        code => example.with = Some(code),
                    }
                }
                return Some(example);
            }
        })
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code)
    }
}

/// Declares a rule: its doc comment is its documentation.
///
/// The first line of the comment is the summary. Examples are fenced as `json,bad` (the rule
/// finds something, and no other rule does) and `json,ok` (nothing is found); tests run them.
/// `json,bad,info` says that what is found has another severity than the rule.
///
/// `data` lists the facts that findings have, such as `[Reason("it is empty", "it has no @"), Suggestion optional]`. A value may be a
/// constant.
macro_rules! declare_rule {
    (
        $(#[doc = $line:literal])+
        $visibility:vis $name:ident = {
            code: $code:literal,
            severity: $severity:ident,
            fix: $fix:ident,
            since: $since:literal,
            group: $group:ident,
            basis: $basis:ident,
            source: $source:literal,
            why: $why:literal
            $(, on_by_default: $on:literal)?
            $(, data: [$($field:ident $(($($value:expr),+ $(,)?))? $($optional:ident)?),+ $(,)?])?
            $(,)?
        };
    ) => {
        $(#[doc = $line])+
        $visibility static $name: $crate::rules::rule::Rule = $crate::rules::rule::Rule {
            code: $code,
            severity: $crate::report::Severity::$severity,
            fix: $crate::rules::rule::Fixes::$fix,
            since: $since,
            group: $crate::rules::rule::Group::$group,
            on_by_default: $crate::rules::rule::declare_rule!(@or true $(, $on)?),
            basis: $crate::rules::rule::Basis::$basis,
            source: if cfg!(all(feature = "js", target_arch = "wasm32", not(feature = "cli"))) {
                ""
            } else {
                $source
            },
            data: if cfg!(all(feature = "js", target_arch = "wasm32", not(feature = "cli"))) {
                &[]
            } else {
                &[$($(
                    $crate::rules::rule::Fact::new($crate::report::DataField::$field, &[$($($value),+)?])
                        $(.$optional())?
                ),+)?]
            },
            why: $why,
            // The npm package has the documentation in a JavaScript file of its own, for pages that
            // show it.
            docs: if cfg!(all(feature = "js", target_arch = "wasm32", not(feature = "cli"))) {
                ""
            } else {
                concat!($($line, "\n"),+)
            },
        };
    };
    (@or $default:literal) => { $default };
    (@or $default:literal, $given:literal) => { $given };
}
pub(crate) use declare_rule;
