//! Findings with their excerpts, for people at a terminal.

use std::io::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme};

use super::Checked;
use super::groups::Groups;
use crate::report::snippet::{Excerpt, Style};
use crate::report::{Report, Severity};
use crate::text::escape::visible;

/// The widest that excerpts are drawn, whatever the terminal.
pub const MAX_WIDTH: usize = 160;

/// Draws reports. Build it once.
pub struct Pretty {
    handler: GraphicalReportHandler,
    style: Style,
    folds: bool,
    /// Of the file that is being written.
    groups: Groups,
    /// Lines stand together, and excerpts apart.
    is_after_line: bool,
}

/// How many findings of a group are shown before the rest is folded.
const SHOWN: usize = 3;

impl Pretty {
    /// `width` in columns, at most [`MAX_WIDTH`] of which are used; colour by escape sequences.
    #[must_use]
    pub fn new(width: usize, colour: bool) -> Self {
        let width = width.clamp(40, MAX_WIDTH);
        let theme = if colour {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        Self {
            handler: GraphicalReportHandler::new_themed(theme)
                .with_width(width)
                .with_links(false)
                .with_urls(false)
                .with_primary_span_start(),
            style: Style { width },
            folds: true,
            groups: Groups::default(),
            is_after_line: false,
        }
    }

    /// Shows every finding, also those that repeat.
    #[must_use]
    pub fn unfolded(self) -> Self {
        Self {
            folds: false,
            ..self
        }
    }

    /// Draws the findings of one file, or of its next part: errors and warnings with their excerpts, infos in a line each. What
    /// repeats at one place of many resources is drawn three times; the rest is counted where the file ends.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&mut self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        let mut drawn = String::new();
        for found in &checked.report {
            let number = self.groups.add(found);
            if self.folds && self.groups.all()[number].1 > SHOWN {
                continue;
            }
            if found.severity == Severity::Info {
                let start = found.range.start;
                let mut line = format!(
                    "{}:{}:{}: info[{}] {}",
                    checked.path, start.line, start.column, found.code, found.message
                );
                if let Some(help) = &found.help {
                    line.push_str("; ");
                    line.push_str(help);
                }
                self.line(out, &line)?;
                self.is_after_line = true;
                continue;
            }
            if std::mem::take(&mut self.is_after_line) {
                writeln!(out)?;
            }
            drawn.clear();
            let excerpt = Excerpt::new(&checked.report, found, &checked.path, self.style);
            self.handler
                .render_report(&mut drawn, &excerpt)
                .map_err(io::Error::other)?;
            // `miette` pads with spaces to the right of labels.
            for line in drawn.lines() {
                writeln!(out, "{}", line.trim_end())?;
            }
            writeln!(out)?;
        }
        if !checked.has_more {
            self.end(out, checked)?;
        }
        Ok(())
    }

    /// Writes what is counted and not drawn.
    fn end(&mut self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        let groups = std::mem::take(&mut self.groups);
        let mut is_after_line = std::mem::take(&mut self.is_after_line);
        for (name, count) in groups.all() {
            if self.folds && *count > SHOWN {
                let more = count - SHOWN;
                self.line(out, &format!("{}: {more} more {name}", checked.path))?;
                is_after_line = true;
            }
        }
        if is_after_line {
            writeln!(out)?;
        }
        if let Some(omitted) = omitted(&checked.report) {
            writeln!(out, "{}: {omitted}\n", visible(&checked.path, usize::MAX))?;
        }
        Ok(())
    }

    /// A line, no wider than the terminal.
    fn line(&self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        let width = self.style.width;
        let is_wide = text.chars().nth(width).is_some();
        let limit = if is_wide { width - 1 } else { width };
        writeln!(out, "{}", visible(text, limit))
    }
}

/// What a report leaves out, in words; nothing if it lists everything.
fn omitted(report: &Report<'_>) -> Option<String> {
    let parts: Vec<String> = report
        .omitted()
        .iter()
        .map(|omitted| format!("{} more {}", omitted.count, omitted.code))
        .collect();
    (!parts.is_empty()).then(|| format!("not listed: {}", parts.join(", ")))
}
