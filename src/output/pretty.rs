//! Findings with their excerpts, for people at a terminal.

use std::io::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme};

use super::Checked;
use crate::report::Report;
use crate::report::snippet::{Excerpt, Style};

/// The widest that excerpts are drawn, whatever the terminal.
pub const MAX_WIDTH: usize = 160;

/// Draws reports. Build it once.
pub struct Pretty {
    handler: GraphicalReportHandler,
    style: Style,
}

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
        }
    }

    /// Draws the findings of one file.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        let mut drawn = String::new();
        for found in &checked.report {
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
        if let Some(omitted) = omitted(&checked.report) {
            writeln!(out, "{}: {omitted}\n", checked.path)?;
        }
        Ok(())
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
