//! What a check has found in one text.

use std::borrow::Cow;

use json_document::{PositionEncoding, SourceMap};

use crate::report::diagnostic::Diagnostic;
use crate::report::listing::{Listing, Omitted};
use crate::report::severity::Counts;

/// What a check has found, in the order of the text.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Where the text begins in its file, in the unit of offsets.
    pub(crate) start: u64,
    pub(crate) redacted: bool,
    /// The text is not the one that was given: bytes in it were not UTF-8.
    pub(crate) lossy: bool,
    /// Where the characters of the text are in the bytes that were given, if those were UTF-16 or UTF-32.
    pub(crate) wide: Option<SourceMap>,
    /// The text has no syntax error.
    pub(crate) is_json: bool,
    pub(crate) encoding: PositionEncoding,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) counts: Counts,
    pub(crate) omitted: Vec<Omitted>,
    pub(crate) suppressed: usize,
    /// The customer of the payload, if findings have keys; a digest where values are kept out.
    #[cfg(feature = "fingerprints")]
    pub(crate) customer: Option<String>,
}

impl Report<'_> {
    /// The findings: sorted by position, then code. At most
    /// [`Options::max_per_code`](crate::Options::max_per_code) of each code; see
    /// [`Report::omitted`] for the rest.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Iterates over the findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    /// How many findings there are, listed or not.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// What is counted and not listed, by code.
    #[must_use]
    pub fn omitted(&self) -> &[Omitted] {
        &self.omitted
    }

    /// How many findings were taken out, and are in no other count.
    #[must_use]
    pub const fn suppressed(&self) -> usize {
        self.suppressed
    }

    /// Removes suppressed findings. What is not listed cannot be judged, and stays counted.
    #[cfg(feature = "cli")]
    pub(crate) fn suppress(&mut self, mut is_suppressed: impl FnMut(&Diagnostic) -> bool) {
        let (suppressed, counts) = (&mut self.suppressed, &mut self.counts);
        self.diagnostics.retain(|found| {
            let is_kept = !is_suppressed(found);
            if !is_kept {
                *suppressed += 1;
                counts.remove(found.severity);
            }
            is_kept
        });
    }

    /// Takes out of the list what is not to be listed. That it stays counted is said where the text ends, by
    /// [`Listing::omitted`].
    pub(crate) fn list(&mut self, listing: &mut Listing) {
        self.diagnostics
            .retain(|found| listing.admits(found.code.clone()));
        for omitted in self.omitted.drain(..) {
            listing.omit(omitted.code, omitted.count);
        }
    }

    /// Whether the API would refuse the payload.
    #[must_use]
    pub const fn has_errors(&self) -> bool {
        self.counts.errors > 0
    }

    /// Whether nothing at all was found.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.counts.total() == 0
    }

    /// The text that was checked. Bytes that are not UTF-8 are shown as `?`, one for each, so
    /// that offsets stay true. Of UTF-16 it is the decoded text, while offsets are those of the bytes.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of [`Report::text`] that a range is about, for a range that counts bytes.
    #[cfg(feature = "miette")]
    pub(crate) fn bytes(&self, range: json_document::Range) -> std::ops::Range<usize> {
        let (bytes, start) = (range.bytes(), self.start as usize);
        match &self.wide {
            Some(map) => {
                let inner = |offset: usize| map.inner(offset as u32) as usize;
                inner(bytes.start)..inner(bytes.end).min(self.text.len())
            }
            None => bytes.start - start..bytes.end - start,
        }
    }

    /// Adds the findings of parts of the text, in their order, and lists at most so many of each code.
    pub(crate) fn join<'r>(
        &mut self,
        parts: impl Iterator<Item = Report<'r>>,
        max_per_code: usize,
    ) {
        let mut listing = Listing::new(max_per_code);
        self.list(&mut listing);
        for mut part in parts {
            part.list(&mut listing);
            self.append(part);
        }
        self.omitted = listing.omitted();
    }

    /// Adds what was found in the part of the text that comes next, and its text.
    #[cfg(feature = "cli")]
    pub(crate) fn continue_with(&mut self, part: Report<'_>) {
        self.lossy |= part.lossy;
        self.text.to_mut().push_str(&part.text);
        self.append(part);
    }

    fn append(&mut self, part: Report<'_>) {
        self.counts += part.counts;
        self.suppressed += part.suppressed;
        self.is_json &= part.is_json;
        self.diagnostics.extend(part.diagnostics);
        self.omitted.extend(part.omitted);
    }

    /// The report with its own copy of the text.
    #[must_use]
    pub fn into_owned(mut self) -> Report<'static> {
        let text = std::mem::take(&mut self.text).into_owned();
        self.with_text(text.into())
    }

    /// Of what could not be read.
    #[cfg(feature = "cli")]
    pub(crate) fn nothing() -> Report<'static> {
        Report {
            text: Cow::Borrowed(""),
            start: 0,
            redacted: false,
            lossy: false,
            wide: None,
            is_json: false,
            encoding: PositionEncoding::Utf8,
            diagnostics: Vec::new(),
            counts: Counts::default(),
            omitted: Vec::new(),
            suppressed: 0,
            customer: None,
        }
    }

    /// The report without the text, to be kept while other files are checked.
    #[cfg(feature = "cli")]
    pub(crate) fn without_text(self) -> Report<'static> {
        self.with_text("".into())
    }

    fn with_text(self, text: Cow<'static, str>) -> Report<'static> {
        Report {
            text,
            start: self.start,
            redacted: self.redacted,
            lossy: self.lossy,
            wide: self.wide,
            is_json: self.is_json,
            encoding: self.encoding,
            diagnostics: self.diagnostics,
            counts: self.counts,
            omitted: self.omitted,
            suppressed: self.suppressed,
            #[cfg(feature = "fingerprints")]
            customer: self.customer,
        }
    }
}

impl<'r> IntoIterator for &'r Report<'_> {
    type Item = &'r Diagnostic;
    type IntoIter = std::slice::Iter<'r, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Report<'_> {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.diagnostics.into_iter()
    }
}
