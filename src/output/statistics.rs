//! How many findings there are of each code.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::json::write_pretty;
use crate::engine::fix::fixable;
use crate::report::Report;

/// Findings by code, in all files.
#[derive(Debug, Default)]
pub struct Statistics(BTreeMap<String, Tally>);

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    count: usize,
    fixable: usize,
}

/// The document as JSON.
#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    codes: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    count: usize,
    fixable: usize,
}

impl Statistics {
    /// Adds the findings of a file.
    pub fn add(&mut self, report: &Report<'_>) {
        for found in report {
            let tally = self.0.entry(found.code.to_string()).or_default();
            tally.count += 1;
        }
        for found in fixable(report) {
            let tally = self.0.entry(found.code.to_string()).or_default();
            tally.fixable += 1;
        }
        for omitted in report.omitted() {
            let tally = self.0.entry(omitted.code.to_string()).or_default();
            tally.count += omitted.count;
        }
    }

    /// The most frequent first, then by code.
    fn codes(&self) -> Vec<Row<'_>> {
        let mut codes: Vec<Row<'_>> = self
            .0
            .iter()
            .map(|(code, tally)| Row {
                code,
                count: tally.count,
                fixable: tally.fixable,
            })
            .collect();
        codes.sort_by_key(|code| std::cmp::Reverse(code.count));
        codes
    }

    /// Writes a line for each code: count, how many have a fix, code.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        writeln!(out, "  count  fixable  code")?;
        for code in self.codes() {
            writeln!(out, "{:7}  {:7}  {}", code.count, code.fixable, code.code)?;
        }
        Ok(())
    }

    /// Writes `{"version": 1, "codes": [{"code", "count", "fixable"}]}`.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let codes = self.codes();
        write_pretty(out, &Document { version: 1, codes })
    }
}
