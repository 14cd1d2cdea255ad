//! One finding as its readers see it.

use std::borrow::Cow;

use json_document::Range;

use crate::report::data::Data;
use crate::report::fix::Fix;
use crate::report::severity::Severity;

/// Another place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The file, if it is another one of the set.
    pub path: Option<String>,
    /// JSON Pointer (RFC 6901).
    pub pointer: String,
    /// Where it is.
    pub range: Range,
    /// What is there.
    pub message: String,
}

/// One finding: what is wrong, where, why it matters and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule: words with hyphens, such as `schema-pattern`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Why it matters.
    pub note: Option<Cow<'static, str>>,
    /// What to do.
    pub help: Option<String>,
    /// Where the rule is documented.
    pub url: String,
    /// JSON Pointer (RFC 6901) to the value; `""` is the whole payload.
    pub pointer: String,
    /// JSON Pointer to the payload in the outer text, if it is inside other JSON.
    pub within: Option<String>,
    /// Where it is.
    pub range: Range,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// A fix for it.
    pub fix: Option<Fix>,
    /// Facts for programs.
    pub data: Data,
    /// By what another run knows it again, if that was asked for.
    pub(crate) key: Option<BaselineKey>,
}

/// By what another run knows a finding again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaselineKey {
    pub(crate) bits: [u8; 16],
    /// Where values are kept out, it is not shown.
    pub(crate) covers_values: bool,
    /// The resource that it is in.
    pub(crate) resource: Option<ResourceName>,
}

/// A resource that a finding is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResourceName {
    /// Its collection, such as `rooms`.
    pub(crate) collection: &'static str,
    /// Its own key, or a digest of it where values are kept out.
    pub(crate) key: Option<String>,
}
