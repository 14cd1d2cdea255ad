//! Finds the payload in a text that is not one by itself: in a fence, a string, a member, in other encodings.
//!
//! Each detector of [`DETECTORS`] knows one kind of wrapping and takes one step inwards; steps are repeated
//! until nothing is around the payload any more. A text that is a payload and valid JSON never comes here.

use std::ops::Range;
use std::rc::Rc;

use json_document::{Document, Extract, Kind, NodeId, Span, pointer};

use crate::engine::dumps;
use crate::engine::wide::Wide;
use crate::model::recognize::{is_payload, is_payload_inside, is_payload_object, key_names};
use crate::report::{Coding, Layer, Origin};
use crate::rules::wrapping::{Wrapper, Wrapping};
use crate::text::ends::{begins, ends, without_leading, without_trailing};
use crate::text::unicode::is_alphanumeric;
use crate::text::whitespace::is_ecma_whitespace;

/// How many wrappers may be around one another.
const MOST_LAYERS: usize = 6;

/// How deep a payload is looked for in an object or array.
const MOST_LEVELS: usize = 3;

/// How many values are looked at on each level.
const MOST_VALUES: usize = 64;

/// The payloads in a text.
pub(super) struct Unwrapped {
    pub(super) wrapping: Wrapping,
    /// In the order of the text.
    pub(super) parts: Vec<Part>,
    /// The parts cannot be read as payloads.
    pub(super) is_unreadable: bool,
}

/// One payload.
pub(super) struct Part {
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// A text that a detector looks at.
struct Outer<'t> {
    text: &'t str,
    document: &'t Document<'t>,
    /// The first name of a key, in a text that is not JSON.
    key: Option<Range<usize>>,
}

/// One step inwards.
struct Step {
    wrapper: Wrapper,
    /// What is inside, each with the pointer to it if the text is JSON.
    parts: Vec<(Extract, Option<String>)>,
    coding: Coding,
    /// What is shown of the wrapper.
    place: Range<usize>,
    holes: Vec<Span>,
    is_unreadable: bool,
}

impl Step {
    fn new(wrapper: Wrapper, inside: Extract, coding: Coding, place: Range<usize>) -> Self {
        Self {
            wrapper,
            parts: vec![(inside, None)],
            coding,
            place,
            holes: Vec::new(),
            is_unreadable: false,
        }
    }
}

/// What each knows: the first that takes a step is followed.
const DETECTORS: &[fn(&Outer<'_>) -> Option<Step>] = &[
    html_page,
    json_string,
    member,
    list,
    several,
    html_escaped,
    percent_encoded,
    colour_codes,
    quoted_lines,
    conflict,
    template,
    around,
    dump,
];

/// How a text was given.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Given {
    /// In UTF-16 or UTF-32.
    pub(super) wide: Option<Wide>,
    /// As JSON Lines: payloads that follow one another are right.
    pub(super) is_lines: bool,
}

/// Finds the payloads in a text that is not one by itself, or was in UTF-16; nothing if there is none.
pub(super) fn unwrap(document: &Document<'_>, given: Given) -> Option<Unwrapped> {
    let text = document.text();
    u32::try_from(text.len()).ok()?;
    let mut wrappers = Vec::new();
    let mut place = None;
    if let Some(Wide {
        is_utf32,
        is_little_endian,
    }) = given.wide
    {
        wrappers.push(if is_utf32 {
            Wrapper::Utf32
        } else {
            Wrapper::Utf16 { is_little_endian }
        });
        place = Some(0..text.chars().next().map_or(0, char::len_utf8));
    }
    let mut parts: Vec<Part> = Vec::new();
    let (mut is_one, mut is_unreadable) = (true, false);
    for _ in 0..MOST_LAYERS {
        if is_unreadable {
            break;
        }
        let step = match &parts[..] {
            [] => take_step(document),
            [part] => take_step(&Document::parse(&part.text)),
            // Several payloads are not looked into.
            _ => None,
        };
        let Some(step) = step else { break };
        place.get_or_insert(step.place.clone());
        is_unreadable |= step.is_unreadable;
        is_one &=
            !step.is_unreadable && !matches!(step.wrapper, Wrapper::Template | Wrapper::Conflict);
        if !(given.is_lines && matches!(step.wrapper, Wrapper::Several(_))) {
            wrappers.push(step.wrapper);
        }
        let outer = parts.pop().map(|part| part.origin).unwrap_or_default();
        parts.extend(step.parts.into_iter().map(|(extract, within)| {
            let mut layers = outer.layers.clone();
            layers.push(Rc::new(Layer {
                map: extract.map,
                coding: step.coding,
            }));
            let within = match (&outer.within, within) {
                (Some(outer), Some(inner)) => Some(format!("{outer}{inner}")),
                (outer, inner) => inner.or_else(|| outer.clone()),
            };
            Part {
                text: extract.text,
                origin: Origin {
                    layers,
                    within,
                    holes: step.holes.clone(),
                },
            }
        }));
    }
    let place = place?;
    if parts.is_empty() {
        // UTF-16 and nothing else.
        parts.push(Part {
            text: text.to_owned(),
            origin: Origin::default(),
        });
    }
    let mut edits = Vec::new();
    if let ([part], true) = (&parts[..], is_one) {
        if given.wide.is_none() && !is_payload(&Document::parse(&part.text)) {
            return None;
        }
        edits = unwrapping(text, part, given.wide.is_some());
    }
    Some(Unwrapped {
        wrapping: Wrapping {
            wrappers,
            place: Span::of(place.start, place.end),
            edits,
        },
        parts,
        is_unreadable,
    })
}

/// One step inwards, if something is around the payload.
fn take_step(document: &Document<'_>) -> Option<Step> {
    let text = document.text();
    let key = || key_names(text).next().map(|name| name.start..name.end);
    let outer = Outer {
        text,
        document,
        key: (!document.is_json()).then(key).flatten(),
    };
    DETECTORS.iter().find_map(|detect| detect(&outer))
}

/// The edits that leave a payload alone.
fn unwrapping(text: &str, part: &Part, is_wide: bool) -> Vec<(Span, String)> {
    let is_part = |layer: &Rc<Layer>| layer.coding == Coding::Plain;
    let whole = Span::of(0, part.text.len());
    if !is_wide
        && part.origin.layers.iter().all(is_part)
        && let Some((inside, _)) = part.origin.edit(whole, String::new())
    {
        let end = text.trim_ascii_end().len().max(inside.range().end);
        let around = [
            Span::new(0, inside.start),
            Span::of(inside.range().end, end),
        ];
        let around = around.into_iter().filter(|span| span.start < span.end);
        return around.map(|span| (span, String::new())).collect();
    }
    vec![(Span::of(0, text.len()), part.text.clone())]
}

/// An error page: no payload is in it.
fn html_page(outer: &Outer<'_>) -> Option<Step> {
    let start = outer.text.len() - outer.text.trim_start_matches(is_ecma_whitespace).len();
    let tag = outer.text.get(start..)?.get(..5)?.to_ascii_lowercase();
    let is_page = matches!(&*tag, "<!doc" | "<html") && outer.key.is_none();
    is_page.then(|| {
        let nothing = Extract::part(outer.text, start..start);
        Step {
            is_unreadable: true,
            ..Step::new(Wrapper::HtmlPage, nothing, Coding::Plain, start..start + 5)
        }
    })
}

/// A payload that was encoded twice.
fn json_string(outer: &Outer<'_>) -> Option<Step> {
    let root = NodeId::ROOT;
    let raw = outer
        .document
        .raw_string(root)
        .filter(|raw| is_json_in_string(raw))?;
    let start = outer.document.span(root).range().start;
    // A string that was repaired is not written as it is read: places in it would be others.
    if !outer.text.get(start + 1..)?.starts_with(raw) {
        return None;
    }
    let inside = Extract::from_json_string(raw).moved(start + 1);
    Some(Step::new(
        Wrapper::JsonString,
        inside,
        Coding::JsonString,
        start..start + 1,
    ))
}

/// Whether a string holds an object or array with the name of a key.
fn is_json_in_string(raw: &str) -> bool {
    begins(without_leading(raw, b" \\nrt\""), b"{[") && key_names(raw).next().is_some()
}

/// A payload in a member, such as `data`.
fn member(outer: &Outer<'_>) -> Option<Step> {
    let document = outer.document;
    if document.kind(NodeId::ROOT) != Kind::Object || is_payload_object(document) {
        return None;
    }
    let node = inside(document, NodeId::ROOT, MOST_LEVELS)?;
    let path = pointer::path(document, node);
    let name = path.iter().rev().find_map(|node| document.name(*node))?;
    let place = path
        .iter()
        .rev()
        .find_map(|node| document.name_span(*node))?;
    let part = Extract::part(outer.text, document.span(node).range());
    let mut step = Step::new(
        Wrapper::Member(name.into_owned()),
        part,
        Coding::Plain,
        place.range(),
    );
    step.parts[0].1 = Some(pointer::of(document, node));
    Some(step)
}

/// A payload below a value, or a list of them, or a string with one.
fn inside(document: &Document<'_>, node: NodeId, levels: usize) -> Option<NodeId> {
    let children = || document.children(node).take(MOST_VALUES);
    // A member whose name is lost is a syntax error, and no wrapper.
    let is_named = |child: &NodeId| document.name(*child).is_none_or(|name| !name.is_empty());
    let is_one = |child: &NodeId| match document.kind(*child) {
        Kind::Object => is_payload_inside(document, *child),
        Kind::String => document.raw_string(*child).is_some_and(is_json_in_string),
        Kind::Array => {
            let first = document.children(*child).next();
            first.is_some_and(|first| is_payload_inside(document, first))
        }
        _ => false,
    };
    children().filter(is_named).find(is_one).or_else(|| {
        let below = levels.checked_sub(2)?;
        let mut containers = children().filter(is_named);
        containers.find_map(|child| inside(document, child, below + 1))
    })
}

/// Whether no syntax error is before a value: what has to be repaired there is no JSON around it.
fn is_valid_before(document: &Document<'_>, node: NodeId) -> bool {
    let start = document.span(node).start;
    let mut errors = document.syntax_errors().iter();
    errors.all(|error| error.span.start >= start)
}

/// Payloads in an array.
fn list(outer: &Outer<'_>) -> Option<Step> {
    let (document, root) = (outer.document, NodeId::ROOT);
    let mut first = document.children(root).take(MOST_VALUES);
    let first = first.find(|one| is_payload_inside(document, *one))?;
    if document.kind(root) != Kind::Array || !is_valid_before(document, first) {
        return None;
    }
    let payloads = document.children(root).enumerate();
    let payloads = payloads.filter(|(_, one)| document.kind(*one) == Kind::Object);
    let parts: Vec<_> = payloads
        .map(|(index, one)| {
            let part = Extract::part(outer.text, document.span(one).range());
            (part, Some(format!("/{index}")))
        })
        .collect();
    let start = document.span(root).range().start;
    Some(Step {
        wrapper: Wrapper::List(parts.len()),
        parts,
        coding: Coding::Plain,
        place: start..start + 1,
        holes: Vec::new(),
        is_unreadable: false,
    })
}

/// Payloads one after the other.
fn several(outer: &Outer<'_>) -> Option<Step> {
    before_key(outer)?;
    let text = outer.text;
    let mut parts = Vec::new();
    let (mut start, mut place) = (0, None);
    loop {
        let rest = &text[start..];
        let read = |text| Some(Document::parse(text));
        let parsed;
        let document = if start == 0 {
            outer.document
        } else {
            // Most often it is a line: then what is behind that need not be looked at for each.
            let line = rest.lines().next().and_then(read);
            parsed = line.filter(Document::is_json).or_else(|| read(rest))?;
            &parsed
        };
        if !is_payload_object(document) {
            return None;
        }
        let end = start + document.span(NodeId::ROOT).range().end;
        let behind = &text[end..];
        let next = without_leading(behind, b",\x1e \t\r\n");
        if !next.starts_with('{') {
            // Anything else behind the last is a matter of its syntax.
            parts.push((Extract::part(text, start..text.len()), None));
            break;
        }
        parts.push((Extract::part(text, start..end), None));
        start = text.len() - next.len();
        place.get_or_insert(start..start + 1);
    }
    Some(Step {
        wrapper: Wrapper::Several(parts.len()),
        parts,
        coding: Coding::Plain,
        place: place?,
        holes: Vec::new(),
        is_unreadable: false,
    })
}

/// The text before the first name of a key.
fn before_key<'t>(outer: &Outer<'t>) -> Option<&'t str> {
    outer.key.as_ref().map(|key| &outer.text[..key.start])
}

/// HTML entities for quotes.
fn html_escaped(outer: &Outer<'_>) -> Option<Step> {
    let before = before_key(outer)?;
    let entity = before.rfind('&').filter(|at| {
        matches!(
            &before[*at..].to_ascii_lowercase()[..],
            "&quot;" | "&#34;" | "&#034;" | "&#x22;"
        )
    })?;
    let inside = Extract::from_html(outer.text);
    Some(Step::new(
        Wrapper::HtmlEscaped,
        inside,
        Coding::Html,
        entity..before.len(),
    ))
}

/// Percent-encoded, perhaps as a field of a form.
fn percent_encoded(outer: &Outer<'_>) -> Option<Step> {
    let before = before_key(outer).filter(|before| before.ends_with("%22"))?;
    let encoded = |c: char| !c.is_whitespace() && !matches!(c, '&' | '=' | '"' | '\'' | '?');
    let start = before.len()
        - before
            .chars()
            .rev()
            .take_while(|c| encoded(*c))
            .map(char::len_utf8)
            .sum::<usize>();
    let end = outer.text[start..].find(|c| !encoded(c));
    let end = end.map_or(outer.text.len(), |end| start + end);
    let inside = Extract::from_percent_encoded(&outer.text[start..end]).moved(start);
    Some(Step::new(
        Wrapper::PercentEncoded,
        inside,
        Coding::Percent,
        start..start + 3,
    ))
}

/// What a terminal takes for colours.
fn colour_codes(outer: &Outer<'_>) -> Option<Step> {
    const ESCAPE: char = '\u{1b}';
    before_key(outer)?;
    let code = |rest: &str| {
        let rest = rest.strip_prefix("\u{1b}[")?;
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        rest[digits..]
            .starts_with(|c: char| c.is_ascii_alphabetic())
            .then_some((String::new(), digits + 3))
    };
    let start = outer.text.find(ESCAPE)?;
    let (_, length) = code(&outer.text[start..])?;
    let inside = Extract::decode(outer.text, b"\x1b", &code);
    Some(Step::new(
        Wrapper::AnsiCodes,
        inside,
        Coding::Plain,
        start..start + length,
    ))
}

/// A mail's or Markdown's quotation.
fn quoted_lines(outer: &Outer<'_>) -> Option<Step> {
    before_key(outer)?;
    let mut inside = Extract::default();
    let mut at = 0;
    for line in outer.text.split_inclusive('\n') {
        let content = line.trim_ascii_start();
        if let Some(quoted) = content.strip_prefix('>') {
            let quoted = quoted.strip_prefix(' ').unwrap_or(quoted);
            let end = at + line.len();
            inside.copy(outer.text, end - quoted.len()..end);
        } else if !content.is_empty() {
            return None;
        }
        at += line.len();
    }
    let start = outer.text.find('>')?;
    Some(Step::new(
        Wrapper::QuotedLines,
        inside,
        Coding::Plain,
        start..start + 1,
    ))
}

/// Both sides of a merge: the first is read.
fn conflict(outer: &Outer<'_>) -> Option<Step> {
    before_key(outer)?;
    let mut inside = Extract::default();
    let (mut at, mut place, mut is_skipped) = (0, None, false);
    for line in outer.text.split_inclusive('\n') {
        let is = |marker: &str| {
            let rest = line.strip_prefix(marker);
            rest.is_some_and(|rest| rest.is_empty() || begins(rest, b" \r\n"))
        };
        if is("<<<<<<<") {
            place.get_or_insert(at..at + 7);
        } else if place.is_some() && (is("=======") || is("|||||||")) {
            is_skipped = true;
        } else if place.is_some() && is(">>>>>>>") {
            is_skipped = false;
        } else if !is_skipped {
            inside.copy(outer.text, at..at + line.len());
        }
        at += line.len();
    }
    Some(Step::new(Wrapper::Conflict, inside, Coding::Plain, place?))
}

/// The tags of templates: what opens and closes one.
const TAGS: [(&str, &str); 6] = [
    ("{{{", "}}}"),
    ("{{", "}}"),
    ("${", "}"),
    ("{%", "%}"),
    ("{#", "#}"),
    ("<%", "%>"),
];

/// The length of a template's tag at the start of a text, and whether a value comes of it.
fn tag(text: &str) -> Option<(usize, bool)> {
    let (open, close) = TAGS.into_iter().find(|(open, _)| text.starts_with(open))?;
    let body = &text[open.len()..];
    let line = body.lines().next()?;
    let body = &body[..line.find(close)?];
    // `{{"room_key":…}}` is a bracket too many.
    let is_tag = body.contains(|c: char| c.is_ascii_alphanumeric())
        && !(open == "{{" && body.contains("\":"));
    let is_block = matches!(open, "{%" | "{#") || begins(body, b"#/^>!-");
    is_tag.then_some((open.len() + body.len() + close.len(), !is_block))
}

/// Whether a tag is where a value may be, or between values: not in a string.
fn is_between_tokens(before: &str, behind: &str, is_value: bool) -> bool {
    if is_value {
        ends(before, b":,[{") && begins(behind, b",}]:")
    } else {
        (before.is_empty() || ends(before, b":,[{]}"))
            && (behind.is_empty() || begins(behind, b",[{]}\"<$"))
    }
}

/// Tags that a template engine should have replaced.
fn template(outer: &Outer<'_>) -> Option<Step> {
    before_key(outer)?;
    let text = outer.text;
    let mut inside = Extract::default();
    let mut holes = Vec::new();
    let (mut copied, mut at, mut place) = (0, 0, None);
    let mut is_in_string = false;
    while let Some(found) = text[at..].find(['"', '\\', '\n', '{', '$', '<']) {
        at += found;
        match text.as_bytes()[at] {
            b'"' => is_in_string = !is_in_string,
            b'\n' => is_in_string = false,
            b'\\' if is_in_string => at += text[at + 1..].chars().next().map_or(0, char::len_utf8),
            _ if is_in_string => {}
            _ => {
                if let Some((length, is_value)) = tag(&text[at..]) {
                    let (before, behind) = (
                        text[..at].trim_ascii_end(),
                        text[at + length..].trim_ascii_start(),
                    );
                    if !is_between_tokens(before, behind, is_value) && before.len() != copied {
                        // In a string that a syntax error opens or closes.
                        at += length;
                        continue;
                    }
                    inside.copy(text, copied..at);
                    place.get_or_insert(at..at + length);
                    if is_value && ends(before, b":,[") && !behind.starts_with(':') {
                        let start = inside.text.len();
                        let shown = json_document::quote(&text[at..at + length]);
                        inside.replace(&shown, at, length);
                        holes.push(Span::of(start, inside.text.len()));
                    }
                    at += length;
                    copied = at;
                    continue;
                }
            }
        }
        at += 1;
    }
    let place = place?;
    inside.copy(text, copied..text.len());
    let is_unreadable = !Document::parse(&inside.text).is_json();
    Some(Step {
        holes,
        is_unreadable,
        ..Step::new(Wrapper::Template, inside, Coding::Plain, place)
    })
}

/// What programs print of their own values.
fn dump(outer: &Outer<'_>) -> Option<Step> {
    let before = before_key(outer)?;
    let name = outer.key.clone()?;
    if before.ends_with('[') && outer.text[name.end..].starts_with("] =>") {
        // `print_r` writes no quotes and no null: what it printed cannot be read back.
        let inside = Extract::part(outer.text, 0..outer.text.len());
        let place = before.len() - 1..name.end + 1;
        return Some(Step {
            is_unreadable: true,
            ..Step::new(Wrapper::Php, inside, Coding::Foreign, place)
        });
    }
    let (wrapper, inside, start) = dumps::to_json(outer.text, name.start, name.end)?;
    Some(Step::new(
        wrapper,
        inside,
        Coding::Foreign,
        start..start + 1,
    ))
}

/// Text before and behind the payload.
fn around(outer: &Outer<'_>) -> Option<Step> {
    let text = outer.text;
    let before = before_key(outer)?;
    for start in open_brackets(before).into_iter().take(4) {
        // Quotes that are escaped, or others than those around.
        let is_in_double = text[..start].trim_ascii_end().ends_with('"');
        if (before.ends_with("\\\"") || before.ends_with('\'') && is_in_double)
            && let Some(step) = string_literal(text, start)
        {
            return Some(step);
        }
        let parsed;
        let is_root = outer.document.span(NodeId::ROOT).range().start == start;
        let rest = if is_root && text[..start].trim_ascii().is_empty() {
            outer.document
        } else {
            parsed = Document::parse(&text[start..]);
            &parsed
        };
        let payload = if is_payload_object(rest) {
            Some(NodeId::ROOT)
        } else {
            inside(rest, NodeId::ROOT, MOST_LEVELS)
        };
        if payload.is_none() {
            // What is inside other JSON, however broken, is a part of it.
            let behind = text[start + 1..].trim_ascii_start();
            if begins(behind, b"\"{['") {
                return None;
            }
        }
        if !payload.is_some_and(|payload| is_valid_before(rest, payload)) {
            continue;
        }
        let end = text.len() - rest.text().len() + payload_end(rest);
        let wrapper = kind_of(&text[..start], &text[end..])?;
        let place = if text[..start].trim_ascii().is_empty() {
            let suffix = text[end..].trim_ascii_start();
            text.len() - suffix.len()..text.trim_ascii_end().len()
        } else {
            let prefix = without_leading(&text[..start], b" \t\r\n");
            let line = prefix.lines().next().unwrap_or_default().trim_ascii_end();
            start - prefix.len()..start - prefix.len() + line.len()
        };
        return Some(Step::new(
            wrapper,
            Extract::part(text, start..end),
            Coding::Plain,
            place,
        ));
    }
    None
}

/// The brackets that are still open at the end of a text, from the outside. Strings are not told from other text: before a
/// payload there are none.
fn open_brackets(text: &str) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' | b'[' => open.push(at),
            // Those of ASCII are two apart.
            b'}' | b']'
                if open
                    .last()
                    .is_some_and(|last| text.as_bytes()[*last] + 2 == byte) =>
            {
                open.pop();
            }
            _ => {}
        }
    }
    open
}

/// A payload with escaped quotes, in the string of a program.
fn string_literal(text: &str, start: usize) -> Option<Step> {
    let before = text[..start].trim_ascii_end();
    let quote = before
        .bytes()
        .last()
        .filter(|byte| b"\"'`".contains(byte))?;
    let mut at = start;
    let end = loop {
        at += memchr::memchr2(quote, b'\\', &text.as_bytes()[at..])?;
        if text.as_bytes()[at] == quote {
            break at;
        }
        at += 1 + text[at + 1..].chars().next()?.len_utf8();
    };
    let inside = Extract::from_json_string(&text[before.len()..end]).moved(before.len());
    let coding = if quote == b'"' {
        Coding::JsonString
    } else {
        Coding::Foreign
    };
    let place = before.len() - 1..before.len();
    Some(Step::new(Wrapper::StringLiteral, inside, coding, place))
}

/// Where the payload ends that a text begins with.
fn payload_end(document: &Document<'_>) -> usize {
    const CLOSERS: [&str; 5] = ["\n```", "\n~~~", "</pre>", "</script>", "</code>"];
    let text = document.text();
    let closer = CLOSERS.iter().filter_map(|closer| text.find(closer)).min();
    let end = document.span(NodeId::ROOT).range().end;
    // If a syntax error closes it too early, what follows looks like more of it.
    let end = if text[end..].contains("\":") {
        text.trim_ascii_end().len()
    } else {
        end
    };
    closer.map_or(end, |closer| end.min(closer))
}

/// What a prefix and a suffix are.
fn kind_of(prefix: &str, suffix: &str) -> Option<Wrapper> {
    let before = prefix
        .strip_prefix('\u{feff}')
        .unwrap_or(prefix)
        .trim_ascii();
    let after = suffix.trim_ascii();
    let has = |marks: &[&str]| marks.iter().any(|mark| before.contains(mark));
    let starts = |marks: &[&str]| marks.iter().any(|mark| before.starts_with(mark));
    let only = |character: char| {
        !before.is_empty() && before.trim_ascii().trim_matches(character).is_empty()
    };
    let quoted = without_trailing(before, b"\"'`").trim_ascii_end();
    let is_word = |text: &str| {
        let mut letters = 0;
        text.chars().any(|character| {
            letters = if is_alphanumeric(character) {
                letters + 1
            } else {
                0
            };
            letters > 1
        })
    };
    let is_header = |line: &str| {
        let name = line.split_once(": ").map(|(name, _)| name);
        name.is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
        })
    };
    let table: [(Wrapper, bool); 13] = [
        (Wrapper::Nul, only('\0')),
        (Wrapper::ByteOrderMarks, only('\u{feff}')),
        (
            Wrapper::Fence,
            has(&["```", "~~~"]) || after.starts_with("```"),
        ),
        (
            Wrapper::AntiHijacking,
            starts(&[
                ")]}'",
                "while(1)",
                "while (1)",
                "for(;;)",
                "for (;;)",
                "&&&",
            ]),
        ),
        (
            Wrapper::HttpHeaders,
            starts(&["HTTP/"])
                || before
                    .lines()
                    .next()
                    .is_some_and(|line| line.contains(" HTTP/"))
                || before.lines().all(is_header) && before.lines().nth(1).is_some(),
        ),
        (
            Wrapper::Markup,
            starts(&["<"]) || before.is_empty() && after.starts_with("</"),
        ),
        (Wrapper::Call, quoted.ends_with('(')),
        (
            Wrapper::Assignment,
            quoted.ends_with('=')
                || ["return", "default", "exports"]
                    .iter()
                    .any(|word| quoted.ends_with(word)),
        ),
        (
            Wrapper::StringLiteral,
            matches!(quoted, "b" | "u" | "r") && quoted != before,
        ),
        // A comment is a syntax error, with a fix of its own.
        (
            Wrapper::Prose,
            starts(&["//", "/*", "#"]) && !before.contains('\n'),
        ),
        (Wrapper::LogPrefix, is_log(before)),
        (Wrapper::Prose, is_word(before) && before.len() > 2),
        (
            Wrapper::Prose,
            before.is_empty()
                && suffix.trim_matches([' ', '\t', '\r']).starts_with('\n')
                && is_word(after),
        ),
    ];
    let kind = table.into_iter().find(|(_, is_it)| *is_it);
    let kind = kind.map(|(kind, _)| kind)?;
    (kind != Wrapper::Prose || !starts(&["//", "/*", "#"])).then_some(kind)
}

/// Whether text is what a log writes before its messages: a time, a level, a name in brackets.
fn is_log(before: &str) -> bool {
    const LEVELS: [&str; 6] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
    let line = before.lines().last().unwrap_or_default();
    let upper = line.to_ascii_uppercase();
    let digits = line.bytes().take(32).filter(u8::is_ascii_digit).count();
    line.starts_with('[')
        || digits >= 6 && line.contains(':')
        || LEVELS.iter().any(|level| upper.contains(level))
}
