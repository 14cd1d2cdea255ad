//! Findings as `miette` diagnostics, each with the part of the text that it is about.
//!
//! `miette` copies and draws whole lines, and a minified payload is one line of megabytes. So each
//! finding gets a source of its own: a few short lines, or a window on a long one, in which nothing
//! is invisible or controls a terminal, and which still knows the true line and column.

use std::fmt;

use json_document::{PositionEncoding, Range};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthChar;

use crate::report::diagnostic::Diagnostic;
use crate::report::fix::Applicability;
use crate::report::report::Report;
use crate::report::severity::Severity;
use crate::text::escape::{push_visible, visible};

/// How excerpts are drawn.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns of the terminal: no line of an excerpt is wider.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        // What `miette` wraps its own lines at.
        Self { width: 80 }
    }
}

/// One finding with its excerpt, as `miette` draws it.
#[derive(Debug)]
pub struct Excerpt {
    code: String,
    severity: Severity,
    message: String,
    help: String,
    url: String,
    source: Option<Pieces>,
}

/// Columns that `miette` puts before a line of text, beside the line's number.
const GUTTER: usize = 6;

impl Excerpt {
    /// Cuts the excerpt of a finding out of its report's text. `name` is before line and
    /// column, as a path does.
    ///
    /// A report that is redacted has no excerpts: its place is in words.
    #[must_use]
    pub fn new(report: &Report<'_>, diagnostic: &Diagnostic, name: &str, style: Style) -> Self {
        let shown = !report.redacted && report.encoding == PositionEncoding::Utf8;
        let place = format!(
            "{}:{}:{}",
            name, diagnostic.range.start.line, diagnostic.range.start.column
        );
        let mut help = String::new();
        let mut line = |words: &str, text: &str| {
            if !help.is_empty() {
                help.push('\n');
            }
            help.push_str(words);
            help.push_str(text);
        };
        if let Some(text) = &diagnostic.help {
            line("", text);
        }
        if let Some(text) = &diagnostic.note {
            line("why: ", text);
        }
        for related in &diagnostic.related {
            if let Some(path) = &related.path {
                let start = related.range.start;
                let message = &related.message;
                let path = shorten_name(path, style.width / 2);
                line(
                    "see: ",
                    &format!("{path}:{}:{}: {message}", start.line, start.column),
                );
            }
        }
        if let Some(fix) = &diagnostic.fix {
            let safety = match fix.applicability {
                Applicability::Safe => "safe",
                Applicability::Unsafe => "unsafe: look at it first",
            };
            line("fix: ", &format!("{} ({safety})", fix.title));
        }
        if !diagnostic.pointer.is_empty() {
            line(
                "at: ",
                &visible(&diagnostic.pointer, style.width.max(40) - 20),
            );
        }
        if !shown {
            line("place: ", &place);
        }
        Self {
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            help,
            url: diagnostic.url.clone(),
            source: shown.then(|| Pieces::cut(report, diagnostic, name, style)),
        }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Excerpt {}

impl miette::Diagnostic for Excerpt {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.url))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let source = self.source.as_ref()?;
        Some(Box::new(source.labels.iter().enumerate().map(
            |(at, label)| {
                let span = (label.offset, label.length);
                let message = label.message.clone();
                if at == 0 {
                    LabeledSpan::new_primary_with_span(message, span)
                } else {
                    LabeledSpan::new_with_span(message, span)
                }
            },
        )))
    }
}

/// Short stretches of the text, one behind the other with gaps, so that `miette` sees one source
/// and never joins two of them.
#[derive(Debug)]
struct Pieces {
    name: String,
    list: Vec<Piece>,
    labels: Vec<Label>,
}

#[derive(Debug)]
struct Piece {
    /// Where it is in the source that `miette` sees.
    base: usize,
    text: String,
    /// 0-based.
    first_line: usize,
}

#[derive(Debug)]
struct Label {
    /// In the source that `miette` sees.
    offset: usize,
    length: usize,
    message: Option<String>,
    /// 0-based, in the whole text.
    line: usize,
    /// 0-based, in the whole text.
    column: usize,
}

impl Pieces {
    fn cut(report: &Report<'_>, diagnostic: &Diagnostic, name: &str, style: Style) -> Self {
        let mut pieces = Self {
            name: shorten_name(name, style.width / 2),
            list: Vec::new(),
            labels: Vec::new(),
        };
        pieces.add(report, diagnostic.range, None, style);
        for related in diagnostic
            .related
            .iter()
            .filter(|related| related.path.is_none())
        {
            pieces.add(report, related.range, Some(&related.message), style);
        }
        pieces
    }

    /// Adds a label, with a piece of its own around it.
    fn add(&mut self, report: &Report<'_>, range: Range, message: Option<&str>, style: Style) {
        let line = range.start.line as usize - 1;
        let message = message.map(|message| visible(message, style.width / 2));
        let window = Window::around(
            report.text(),
            report.bytes(range),
            message
                .as_ref()
                .map_or(0, |message| message.chars().count()),
            style
                .width
                .saturating_sub(GUTTER + line.to_string().len() + 1)
                .max(20),
        );
        let base = self
            .list
            .last()
            .map_or(0, |last| last.base + last.text.len() + 2);
        self.labels.push(Label {
            offset: base + window.label.start,
            length: window.label.len(),
            message,
            line,
            column: range.start.column as usize - 1,
        });
        self.list.push(Piece {
            base,
            text: window.text,
            first_line: line - window.lines_before,
        });
    }
}

impl SourceCode for Pieces {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        let piece = self
            .list
            .iter()
            .find(|piece| piece.base <= span.offset() && end <= piece.base + piece.text.len())
            .ok_or(MietteError::OutOfBounds)?;
        // Asked for no context, `miette` wants the place for its header.
        let label = (context_lines_before == 0 && context_lines_after == 0)
            .then(|| {
                self.labels
                    .iter()
                    .find(|label| label.offset == span.offset())
            })
            .flatten();
        let (line, column) =
            label.map_or((piece.first_line, 0), |label| (label.line, label.column));
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            piece.text.as_bytes(),
            (piece.base, piece.text.len()).into(),
            line,
            column,
            piece.text.lines().count().max(1),
        )))
    }
}

/// The end of a long path is what tells it apart.
fn shorten_name(name: &str, limit: usize) -> String {
    let name = visible(name, usize::MAX);
    let count = name.chars().count();
    if count <= limit {
        return name;
    }
    let tail: String = name.chars().skip(count - limit).collect();
    format!("…{tail}")
}

/// A part of the text as it is shown, and where the label is in it.
struct Window {
    text: String,
    label: std::ops::Range<usize>,
    lines_before: usize,
}

/// Bytes to look at on either side of a label for the ends of its line: four for each column.
const fn reach(width: usize) -> usize {
    width * 4
}

impl Window {
    /// The line around a span, with its neighbours if they are short, or a part of a long line.
    /// Of a span over several lines, the first line is labelled.
    fn around(
        text: &str,
        span: std::ops::Range<usize>,
        message_width: usize,
        width: usize,
    ) -> Self {
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let line_start = line_start(text, start, reach(width));
        let line_end = line_end(text, start, reach(width));
        // A span that begins at a line break is shown behind its line.
        let end = text.floor_char_boundary(span.end.min(text.len()));
        let end = line_end
            .map_or(end, |line_end| end.min(line_end))
            .max(start);
        if let (Some(line_start), Some(line_end)) = (line_start, line_end) {
            let before = columns(&text[line_start..start]);
            let label = columns(&text[start..end]);
            let whole = before + label + columns(&text[end..line_end]);
            let message_end = before + label / 2 + message_width + 5;
            if whole <= width && (message_width == 0 || message_end <= width) {
                return Self::whole(text, line_start..line_end, start..end, width);
            }
        }
        let from = line_start.unwrap_or(0);
        let to = line_end.unwrap_or(text.len());
        Self::part(text, from..to, start..end, message_width, width)
    }

    fn whole(
        text: &str,
        line: std::ops::Range<usize>,
        span: std::ops::Range<usize>,
        width: usize,
    ) -> Self {
        let mut out = String::new();
        let mut lines_before = 0;
        if let Some(above) = neighbour_above(text, line.start, width) {
            push_columns(&mut out, above);
            out.push('\n');
            lines_before = 1;
        }
        push_columns(&mut out, &text[line.start..span.start]);
        let start = out.len();
        push_columns(&mut out, &text[span.clone()]);
        let end = out.len();
        push_columns(&mut out, &text[span.end..line.end]);
        if let Some(below) = neighbour_below(text, line.end, width) {
            out.push('\n');
            push_columns(&mut out, below);
        }
        // `miette` numbers no line behind the last break.
        out.push('\n');
        Self {
            text: out,
            label: start..end,
            lines_before,
        }
    }

    fn part(
        text: &str,
        line: std::ops::Range<usize>,
        span: std::ops::Range<usize>,
        message_width: usize,
        width: usize,
    ) -> Self {
        let room = width - 2;
        let label_room = room / 2;
        let mut label = String::new();
        let mut label_columns = 0;
        let mut clipped = false;
        for character in text[span.clone()].chars() {
            let added = column(character);
            if label_columns + added > label_room {
                clipped = true;
                break;
            }
            label_columns += added;
            push_column(&mut label, character);
        }
        let left_room = (room / 3).min(room.saturating_sub(label_columns / 2 + message_width + 5));
        let mut left: Vec<char> = Vec::new();
        let mut left_columns = 0;
        let mut cut_left = false;
        for character in text[line.start..span.start].chars().rev() {
            let added = column(character);
            if left_columns + added > left_room {
                cut_left = true;
                break;
            }
            left_columns += added;
            left.push(character);
        }
        let mut out = String::new();
        if cut_left {
            out.push('…');
        }
        for character in left.into_iter().rev() {
            push_column(&mut out, character);
        }
        let start = out.len();
        out.push_str(&label);
        let end = out.len();
        let mut right_room = room - left_columns - label_columns;
        let mut cut_right = clipped;
        if !clipped {
            for character in text[span.end..line.end].chars() {
                let added = column(character);
                if added > right_room {
                    cut_right = true;
                    break;
                }
                right_room -= added;
                push_column(&mut out, character);
            }
        }
        if cut_right {
            out.push('…');
        }
        out.push('\n');
        Self {
            text: out,
            label: start..end,
            lines_before: 0,
        }
    }
}

const BREAKS: [char; 2] = ['\n', '\r'];

/// The start of the line around an offset, if it is near.
fn line_start(text: &str, at: usize, reach: usize) -> Option<usize> {
    let from = text.ceil_char_boundary(at.saturating_sub(reach));
    match text[from..at].rfind(BREAKS) {
        Some(found) => Some(from + found + 1),
        None if from == 0 => Some(0),
        None => None,
    }
}

/// The end of the line around an offset, if it is near.
fn line_end(text: &str, at: usize, reach: usize) -> Option<usize> {
    let to = text.floor_char_boundary(at.saturating_add(reach).min(text.len()));
    match text[at..to].find(BREAKS) {
        Some(found) => Some(at + found),
        None if to == text.len() => Some(to),
        None => None,
    }
}

/// The line above, if it is short enough to be shown whole.
fn neighbour_above(text: &str, line_start: usize, width: usize) -> Option<&str> {
    let end = line_start.checked_sub(1)?;
    let end = if text[..end].ends_with('\r') {
        end - 1
    } else {
        end
    };
    let start = self::line_start(text, end, reach(width))?;
    let line = &text[start..end];
    (columns(line) <= width && !line.trim().is_empty()).then_some(line)
}

/// The line below, if it is short enough to be shown whole.
fn neighbour_below(text: &str, line_end: usize, width: usize) -> Option<&str> {
    let rest = &text[line_end..];
    let start = line_end
        + if rest.starts_with("\r\n") {
            2
        } else {
            rest.starts_with(BREAKS).then_some(1)?
        };
    let end = self::line_end(text, start, reach(width))?;
    let line = &text[start..end];
    (columns(line) <= width && !line.trim().is_empty()).then_some(line)
}

/// Tabs are shown as spaces: their width depends on the terminal.
const TAB: &str = "    ";

fn push_column(out: &mut String, character: char) {
    if character == '\t' {
        out.push_str(TAB);
    } else {
        push_visible(out, character);
    }
}

fn push_columns(out: &mut String, text: &str) {
    for character in text.chars() {
        push_column(out, character);
    }
}

/// The columns that a character takes when shown.
fn column(character: char) -> usize {
    if (' '..'\u{7f}').contains(&character) {
        return 1;
    }
    let mut shown = String::new();
    push_column(&mut shown, character);
    shown.chars().map(|shown| shown.width().unwrap_or(0)).sum()
}

fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// The name before line and column if there is no path.
pub(super) const UNNAMED: &str = "payload";
