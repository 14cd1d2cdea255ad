//! A fixed text as the packages for JavaScript and Python return it.

use serde::Serialize;

use crate::engine::fix;
use crate::report::{Applicability, Report};

/// What `fix` returns; `Fixed` in `pkg/src/core.ts` and `python/package/seamlint`.
#[derive(Serialize)]
struct Fixed<'a> {
    text: &'a str,
    applied: Vec<Applied<'a>>,
    dropped: Vec<Dropped<'a>>,
    rounds: usize,
    report: &'a Report<'a>,
}

#[derive(Serialize)]
struct Applied<'a> {
    code: &'a str,
    title: &'a str,
    safety: Applicability,
}

#[derive(Serialize)]
struct Dropped<'a> {
    code: &'a str,
    pointer: &'a str,
    title: &'a str,
    safety: Applicability,
    reason: &'a str,
}

/// A fixed text, what was fixed, and the report of what is left.
#[must_use]
pub fn fixed<'a>(fixed: &'a fix::Fixed<'_>) -> impl Serialize + use<'a> {
    let applied = fixed.applied.iter().map(|fix| Applied {
        code: &fix.code,
        title: &fix.title,
        safety: fix.applicability,
    });
    let dropped = fixed.dropped.iter().map(|fix| Dropped {
        code: &fix.code,
        pointer: &fix.pointer,
        title: &fix.title,
        safety: fix.applicability,
        reason: &fix.reason,
    });
    Fixed {
        text: fixed.text(),
        applied: applied.collect(),
        dropped: dropped.collect(),
        rounds: fixed.rounds,
        report: &fixed.report,
    }
}
