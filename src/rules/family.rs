//! Rules that one function checks for.

use crate::rules::context::Context;
use crate::rules::rule::Rule;
use crate::rules::sink::DiagnosticSink;

/// Rules of one file, whose findings one function looks for.
#[derive(Debug)]
pub(crate) struct Family {
    /// Reads one file of the set, and adds to the sink what it finds.
    pub(crate) check: fn(&Context<'_>, &mut DiagnosticSink<'_>),
    /// In the order of the catalogue. A family that is off altogether is not run.
    pub(crate) rules: &'static [&'static Rule],
}
