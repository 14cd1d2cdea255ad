//! Which findings are listed, and how many are counted alone.

use std::borrow::Cow;

use crate::platform::sort;

/// Findings of one code that are counted and not listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omitted {
    /// The rule.
    pub code: Cow<'static, str>,
    /// How many are not listed.
    pub count: usize,
}

/// Lists at most so many findings of each code, and counts the rest.
#[derive(Debug)]
pub(crate) struct Listing {
    limit: usize,
    /// Of codes there are few.
    by_code: Vec<Tally>,
}

/// Findings of one code.
#[derive(Debug)]
struct Tally {
    code: Cow<'static, str>,
    listed: usize,
    omitted: usize,
}

impl Listing {
    /// Lists at most so many of each code.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            by_code: Vec::new(),
        }
    }

    fn tally(&mut self, code: Cow<'static, str>) -> &mut Tally {
        let known = self.by_code.iter().position(|tally| tally.code == code);
        let at = known.unwrap_or_else(|| {
            self.by_code.push(Tally {
                code,
                listed: 0,
                omitted: 0,
            });
            self.by_code.len() - 1
        });
        &mut self.by_code[at]
    }

    /// Takes a finding. Returns whether it is listed.
    pub(crate) fn admits(&mut self, code: Cow<'static, str>) -> bool {
        let limit = self.limit;
        let tally = self.tally(code);
        let is_listed = tally.listed < limit;
        tally.listed += usize::from(is_listed);
        tally.omitted += usize::from(!is_listed);
        is_listed
    }

    /// Takes findings that are listed nowhere.
    pub(crate) fn omit(&mut self, code: Cow<'static, str>, count: usize) {
        self.tally(code).omitted += count;
    }

    /// What is not listed, sorted by code.
    pub(crate) fn omitted(self) -> Vec<Omitted> {
        let tallies = self.by_code.into_iter();
        let omitted = tallies.filter(|tally| tally.omitted > 0);
        let mut omitted: Vec<Omitted> = omitted
            .map(|tally| Omitted {
                code: tally.code,
                count: tally.omitted,
            })
            .collect();
        sort::sort_by(&mut omitted, |a, b| a.code.cmp(&b.code));
        omitted
    }
}
