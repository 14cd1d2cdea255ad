//! The parsed text: one flat array of nodes in the order of the text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::hash::RandomState;

use crate::escape::unescape;
use crate::names::Spelling;
use crate::node::{ESCAPED, Kind, MEMBER, Node, NodeId, Span, TRUE};
use crate::repair::edit::EditMap;
use crate::repair::slip::Slip;
use crate::scan::is_whitespace;
use crate::sort::sort_by_key;
use crate::syntax_error::{Repair, SyntaxError, SyntaxErrorKind};

/// Where the name of a value starts, quote included. Only a colon and white space are between the
/// two. `length` is that of the name in bytes, without its quotes.
pub(crate) fn name_before(bytes: &[u8], value_start: u32, length: u32) -> Option<u32> {
    let before = |end: usize| bytes[..end].iter().rposition(|byte| !is_whitespace(*byte));
    let colon = before(value_start as usize).filter(|at| bytes[*at] == b':')?;
    let close = before(colon).filter(|at| bytes[*at] == b'"')?;
    let open = close.checked_sub(length as usize + 1)?;
    (bytes[open] == b'"').then_some(open as u32)
}

/// A parsed text: values, member names and syntax errors, with their places.
///
/// Borrows the text; strings are unescaped when asked for. See the [crate] for a tour.
#[derive(Debug)]
pub struct Document<'a> {
    /// The text as it was given.
    pub(crate) source: &'a str,
    /// The text as it was parsed: that of the source, repaired where it is not JSON. Offsets of nodes and
    /// spellings are into this one.
    pub(crate) text: Cow<'a, str>,
    /// The way back from the text to the source, if they differ.
    pub(crate) map: Option<Box<EditMap>>,
    pub(crate) nodes: Vec<Node>,
    /// How many objects and arrays there are.
    pub(crate) container_count: usize,
    /// By the node of an array or object whose closer may not be where
    /// [`Document::container_end`] looks: the offset after it.
    pub(crate) displaced_ends: HashMap<u32, u32, RandomState>,
    pub(crate) spellings: Vec<Spelling>,
    pub(crate) syntax_errors: Vec<SyntaxError>,
    pub(crate) syntax_error_count: usize,
    /// Pairs of members with one name: the earlier, the later.
    pub(crate) duplicates: Vec<(NodeId, NodeId)>,
    /// By node. Built when first asked for: a clean document never needs it.
    pub(crate) places: OnceLock<Vec<Place>>,
}

/// Where a value is among the others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    parent: Option<NodeId>,
    /// How many siblings are before it.
    index: u32,
}

/// The memory of a document that is no longer needed, for the next one.
///
/// The operating system hands out new memory page by page, which costs a large document a fifth of
/// its time.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) nodes: Vec<Node>,
}

impl Scratch {
    /// How many values the last document had.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether [`Scratch::len`] is 0.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// How many values there is room for, of 12 bytes each.
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.nodes.capacity()
    }
}

impl<'a> Document<'a> {
    /// Gives up the document; the next one may be parsed into its memory.
    #[must_use]
    pub fn into_scratch(self) -> Scratch {
        Scratch { nodes: self.nodes }
    }

    /// The whole text, as it was given. All spans are into it.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.source
    }

    /// The document of a text that was repaired. This one is that of the repaired text.
    pub(crate) fn with_slips(
        mut self,
        text: String,
        map: EditMap,
        slips: Vec<(Slip, u32)>,
    ) -> Self {
        self.text = Cow::Owned(text);
        let mut errors = std::mem::take(&mut self.syntax_errors);
        for error in &mut errors {
            error.span = map.span(error.span);
        }
        self.syntax_error_count += slips.len();
        for (slip, at) in slips {
            let is_deletion = slip.edits.iter().all(|edit| edit.text.is_empty());
            let owner = self.innermost(at, is_deletion);
            if slip.is_invalid && !self.node(owner).is_container() {
                self.nodes[owner.index()].invalidate();
            }
            errors.push(SyntaxError {
                kind: slip.kind,
                span: slip.span,
                owner,
                related: slip.related,
                repair: Some(Repair {
                    edits: slip.edits,
                    certainty: slip.certainty,
                    other: slip.other,
                }),
            });
        }
        sort_by_key(&mut errors, |error| (error.span.start, error.span.end));
        self.syntax_errors = errors;
        self.map = Some(Box::new(map));
        self
    }

    /// The innermost value around an offset into the parsed text; if `is_outside`, one that begins there
    /// is none.
    fn innermost(&self, at: u32, is_outside: bool) -> NodeId {
        let count = self.nodes.partition_point(|node| {
            if is_outside {
                node.start < at
            } else {
                node.start <= at
            }
        });
        let Some(last) = count.checked_sub(1) else {
            return NodeId::ROOT;
        };
        let mut id = NodeId::new(last as u32);
        let node = self.node(id);
        let mut position = node.start + 1;
        if !node.is_container() {
            if at < node.tail {
                return id;
            }
            position = node.tail;
            id = self.parent(id).unwrap_or(NodeId::ROOT);
        }
        let between = self
            .text
            .as_bytes()
            .get(position as usize..at as usize)
            .unwrap_or_default();
        for byte in between {
            match byte {
                b'"' => break,
                b'}' | b']' => id = self.parent(id).unwrap_or(NodeId::ROOT),
                _ => {}
            }
        }
        id
    }

    /// How many values the document holds.
    #[must_use]
    pub const fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// How many of the values are arrays or objects.
    #[must_use]
    pub const fn container_count(&self) -> usize {
        self.container_count
    }

    /// The syntax errors in the order of the text. The first
    /// [`MAX_SYNTAX_ERRORS`](crate::MAX_SYNTAX_ERRORS) are kept.
    #[must_use]
    pub fn syntax_errors(&self) -> &[SyntaxError] {
        &self.syntax_errors
    }

    /// Whether the text is JSON as RFC 8259 defines it. Byte order marks and lone surrogates do not
    /// break its grammar, and a text beyond the parser's limits is not judged.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.syntax_error_count == self.syntax_errors.len()
            && self.syntax_errors.iter().all(|error| {
                matches!(
                    error.kind,
                    SyntaxErrorKind::ByteOrderMark
                        | SyntaxErrorKind::LoneSurrogate
                        | SyntaxErrorKind::NestingTooDeep
                        | SyntaxErrorKind::TooLarge
                        | SyntaxErrorKind::TooManyNames
                )
            })
    }

    /// How many syntax errors there are, kept or not.
    #[must_use]
    pub const fn syntax_error_count(&self) -> usize {
        self.syntax_error_count
    }

    /// Members of one object with the same name: the earlier and the later value of each
    /// neighbouring pair. Names are compared after unescaping.
    #[must_use]
    pub fn duplicates(&self) -> &[(NodeId, NodeId)] {
        &self.duplicates
    }

    /// The value with this number.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// What the value is.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind()
    }

    /// Where the value is, quotes and brackets included.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        let node = self.node(id);
        let end = if node.is_container() {
            self.container_end(id)
        } else {
            node.tail
        };
        self.source_span(Span::new(node.start, end))
    }

    /// The span in the source of one in the parsed text.
    fn source_span(&self, span: Span) -> Span {
        match &self.map {
            None => span,
            Some(map) => map.span(span),
        }
    }

    /// The offset after the closer of an array or object. Rarely asked for, so not stored: it is after
    /// the last value inside, with only white space and closers between.
    fn container_end(&self, id: NodeId) -> u32 {
        if let Some(end) = self.displaced_ends.get(&id.number()) {
            return *end;
        }
        let mut innermost = id;
        let mut closers_between = 0;
        let after = loop {
            match self.child_nodes(innermost).last() {
                None => break self.node(innermost).start + 1,
                Some((child, node)) if node.is_container() => {
                    innermost = child;
                    closers_between += 1;
                }
                Some((_, node)) => break node.tail,
            }
        };
        let rest = self.text.as_bytes()[after as usize..].iter();
        let closers = rest.zip(after + 1..);
        let mut ends = closers.filter_map(|(byte, end)| matches!(byte, b'}' | b']').then_some(end));
        ends.nth(closers_between).unwrap_or(after)
    }

    /// The value as it is written in the text.
    #[must_use]
    pub fn raw(&self, id: NodeId) -> &'a str {
        &self.source[self.span(id).range()]
    }

    /// The value of a Boolean.
    #[must_use]
    pub fn boolean(&self, id: NodeId) -> Option<bool> {
        let node = self.node(id);
        (node.kind() == Kind::Boolean).then_some(node.has(TRUE))
    }

    /// A string's content as it is written, between the quotes, with its escapes.
    #[must_use]
    pub fn raw_string(&self, id: NodeId) -> Option<&str> {
        self.raw_content(self.node(id))
    }

    fn raw_content(&self, node: &Node) -> Option<&str> {
        let span = || Span::new(node.start + 1, node.tail - 1);
        (node.kind() == Kind::String).then(|| &self.text[span().range()])
    }

    /// The length of [`Document::raw_string`] in bytes. Does not read the text, which has long left
    /// the processor's cache.
    #[must_use]
    pub fn raw_length(&self, id: NodeId) -> Option<u32> {
        let node = self.node(id);
        (node.kind() == Kind::String).then(|| node.tail - node.start - 2)
    }

    /// A string's content, unescaped. A lone surrogate becomes U+FFFD.
    #[must_use]
    pub fn string(&self, id: NodeId) -> Option<Cow<'_, str>> {
        self.content(self.node(id))
    }

    fn content(&self, node: &Node) -> Option<Cow<'_, str>> {
        let raw = self.raw_content(node)?;
        Some(if node.has(ESCAPED) {
            Cow::Owned(unescape(raw))
        } else {
            Cow::Borrowed(raw)
        })
    }

    /// As [`Document::string`], in bytes of UTF-8: cheaper where a string is only compared or hashed.
    /// Empty for any other value.
    #[inline]
    #[must_use]
    pub fn string_bytes(&self, node: &Node) -> Cow<'_, [u8]> {
        if node.kind() == Kind::String && !node.has(ESCAPED) {
            let span = node.start as usize + 1..node.tail as usize - 1;
            return Cow::Borrowed(&self.text.as_bytes()[span]);
        }
        self.escaped_string_bytes(node)
    }

    #[cold]
    fn escaped_string_bytes(&self, node: &Node) -> Cow<'_, [u8]> {
        match self.content(node) {
            Some(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
            Some(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
            None => Cow::Borrowed(&[]),
        }
    }

    /// The content of a string that is plain, see [`Document::is_plain`].
    #[must_use]
    pub fn plain_bytes(&self, node: &Node) -> Option<&[u8]> {
        let length = node.plain_length()? as usize;
        let start = node.start as usize + 1;
        self.text.as_bytes().get(start..start + length)
    }

    /// Whether a string starts and ends with visible ASCII. False if an escape is at either end.
    #[must_use]
    pub fn has_visible_ends(&self, id: NodeId) -> bool {
        let raw = self.raw_string(id).unwrap_or_default().as_bytes();
        let is_visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        // The longest escape has six bytes.
        let tail = &raw[raw.len().saturating_sub(6)..];
        is_visible(raw.first())
            && is_visible(raw.last())
            && raw.first() != Some(&b'\\')
            && !tail.contains(&b'\\')
    }

    /// Whether a string is non-empty printable ASCII with no escapes and no space at its ends, as most
    /// are. Does not read the text. True for every value that is no string.
    #[must_use]
    pub fn is_plain(&self, id: NodeId) -> bool {
        self.node(id).is_plain()
    }

    /// A number as it is written, or as it is after its repair.
    #[must_use]
    pub fn number(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id);
        let span = Span::new(node.start, node.tail);
        (node.kind() == Kind::Number).then(|| &self.text[span.range()])
    }

    /// The member's name, unescaped; none for an element or the root.
    #[must_use]
    pub fn name(&self, id: NodeId) -> Option<Cow<'_, str>> {
        let node = self.node(id);
        node.has(MEMBER)
            .then(|| self.spelling_name(node.spelling()))
    }

    /// Where the member's name is, quotes included; none for an element or the root.
    #[must_use]
    pub fn name_span(&self, id: NodeId) -> Option<Span> {
        let node = self.node(id);
        if !node.has(MEMBER) {
            return None;
        }
        let length = self.spellings[node.spelling()].length;
        let start = name_before(self.text.as_bytes(), node.start, length)?;
        Some(self.source_span(Span::new(start, start + length + 2)))
    }

    /// Name and value of a member together; of anything else, the value alone.
    #[must_use]
    pub fn member_span(&self, id: NodeId) -> Span {
        let span = self.span(id);
        let start = self.name_span(id).map_or(span.start, |name| name.start);
        Span::new(start, span.end)
    }

    /// The index of an element in its array.
    #[must_use]
    pub fn element_index(&self, id: NodeId) -> Option<u32> {
        let node = self.node(id);
        if node.has(MEMBER) || id == NodeId::ROOT {
            return None;
        }
        Some(self.place(id).index)
    }

    /// Every distinct spelling of a member name, unescaped, in the order of first appearance.
    pub fn spellings(&self) -> impl ExactSizeIterator<Item = Cow<'_, str>> + use<'_, 'a> {
        (0..self.spellings.len()).map(|spelling| self.spelling_name(spelling))
    }

    fn spelling_name(&self, spelling: usize) -> Cow<'_, str> {
        let spelling = &self.spellings[spelling];
        let raw = &self.text[spelling.start as usize..(spelling.start + spelling.length) as usize];
        if spelling.is_escaped {
            Cow::Owned(unescape(raw))
        } else {
            Cow::Borrowed(raw)
        }
    }

    /// The elements of an array or the members' values of an object, in the order of the text,
    /// duplicate members included; nothing for any other value.
    #[must_use]
    pub fn children(&self, id: NodeId) -> Children<'_> {
        let end = self.node(id).next(id.number());
        Children {
            nodes: &self.nodes[..end as usize],
            next: id.number() + 1,
        }
    }

    /// The members that a reader keeps: of those with one name, the last.
    pub fn members(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<'_, 'a> {
        self.member_nodes(id).map(|(member, _)| member)
    }

    /// As [`Document::members`], with their nodes.
    pub fn member_nodes(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &Node)> + use<'_, 'a> {
        self.child_nodes(id).filter(|(_, node)| !node.is_shadowed())
    }

    /// As [`Document::children`], with their nodes.
    pub fn child_nodes(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &Node)> + use<'_, 'a> {
        let mut children = self.children(id);
        std::iter::from_fn(move || children.next_node())
    }

    /// The member of an object by its unescaped name; of several, the last.
    #[must_use]
    pub fn member(&self, id: NodeId, name: &str) -> Option<NodeId> {
        if self.kind(id) != Kind::Object {
            return None;
        }
        self.members(id)
            .find(|child| self.spelling_name(self.node(*child).spelling()) == name)
    }

    /// The array or object that holds the value; none for the root.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.place(id).parent
    }

    /// The arrays and objects that hold the value, from its parent to the root.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    fn place(&self, id: NodeId) -> Place {
        self.places.get_or_init(|| self.find_places())[id.index()]
    }

    fn find_places(&self) -> Vec<Place> {
        // The containers around a value, each with the number of children so far.
        let mut open: Vec<(NodeId, u32)> = Vec::new();
        let place = |(number, node): (u32, &Node)| {
            let is_closed = |(id, _): &mut (NodeId, u32)| self.node(*id).tail <= number;
            while open.pop_if(is_closed).is_some() {}
            let place = match open.last_mut() {
                Some((parent, count)) => {
                    *count += 1;
                    Place {
                        parent: Some(*parent),
                        index: *count - 1,
                    }
                }
                None => Place {
                    parent: None,
                    index: 0,
                },
            };
            if node.is_container() {
                open.push((NodeId::new(number), 0));
            }
            place
        };
        (0..).zip(&self.nodes).map(place).collect()
    }
}

/// Iterator over [`Document::children`].
#[derive(Debug, Clone)]
pub struct Children<'d> {
    /// Up to the last that is inside the parent.
    nodes: &'d [Node],
    next: u32,
}

impl<'d> Children<'d> {
    /// The next child with its node.
    pub fn next_node(&mut self) -> Option<(NodeId, &'d Node)> {
        let id = NodeId::new(self.next);
        let node = self.nodes.get(self.next as usize)?;
        self.next = node.next(self.next);
        Some((id, node))
    }
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        self.next_node().map(|(id, _)| id)
    }
}
