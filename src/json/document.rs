//! The parsed text: one flat array of nodes in the order of the text.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::OnceLock;

use super::problem::{Problem, ProblemKind};
use super::unescape;

/// A range of the text, in bytes: 0-based, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`. Offsets are in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// For offsets of a text that the parser has taken, which are known to fit.
    pub(crate) const fn of(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The span as a range that indexes a `str`.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The number of a value in its [`Document`]. Numbers rise in the order of the text; the root is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(
    /// One more than the number, so that an `Option` of it takes no more than four bytes.
    NonZeroU32,
);

impl NodeId {
    /// The value of the whole text. Every document has one, if only an invalid one.
    pub const ROOT: Self = Self::new(0);

    /// A text has fewer values than bytes, of which the parser takes `u32::MAX`.
    pub(crate) const fn new(number: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    pub(crate) const fn number(self) -> u32 {
        self.0.get() - 1
    }

    pub(crate) const fn index(self) -> usize {
        self.number() as usize
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number; its text is kept as written.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Something that stands where a value should, and is none (`NaN`, a missing value). A
    /// [`Problem`] says what is wrong with it.
    Invalid,
}

impl Kind {
    /// The kind with its article, as messages name it: `a string`, `an object`, `null`.
    #[must_use]
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a Boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Invalid => "not a value",
        }
    }
}

/// The bits of the kind.
const KIND: u32 = 7;
/// The string has at least one backslash.
pub(crate) const FLAG_ESCAPED: u32 = 1 << 3;
/// `true`, to tell it from `false`, which has no backslash either.
pub(crate) const FLAG_TRUE: u32 = FLAG_ESCAPED;
/// A later member of the same object has the same name.
pub(crate) const FLAG_SHADOWED: u32 = 1 << 4;
/// A string that ends without its closing quote.
pub(crate) const FLAG_UNTERMINATED: u32 = 1 << 5;
/// A string that is more than printable ASCII without white space at its ends: it is empty, has an
/// escape, a byte beyond, or white space first or last.
pub(crate) const FLAG_ODD: u32 = 1 << 6;
/// The value has a name: it is a member of an object.
pub(crate) const FLAG_MEMBER: u32 = 1 << 7;

/// How far to the left of kind and flags the symbol is.
const SYMBOL_SHIFT: u32 = 8;
/// How many symbols there can be.
pub(crate) const MAX_SYMBOLS: usize = MANY as usize;
/// In the place of an element's index: it is this or more, and has to be counted.
const MANY: u32 = u32::MAX >> SYMBOL_SHIFT;

/// 12 bytes a value, its name included: a payload has a value for every 20 bytes or so, and what
/// is written and read for each is most of the work.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// First byte of the value.
    pub(crate) start: u32,
    /// Of an array or object, the node after all that is inside it; of anything else, the offset
    /// after its last byte. See [`Node::next`] and [`Document::container_end`].
    pub(crate) tail: u32,
    /// From the lowest bit: the kind in three, five flags, the symbol.
    packed: u32,
}

impl Node {
    /// `symbol` is what [`Node::symbol`] gives: below [`MAX_SYMBOLS`], or of [`Node::index`].
    pub(crate) const fn new(start: u32, tail: u32, symbol: u32, kind: Kind, flags: u32) -> Self {
        Self {
            start,
            tail,
            packed: symbol << SYMBOL_SHIFT | flags | kind as u32,
        }
    }

    /// In the place of the symbol: an element's index.
    pub(crate) fn index(index: u32) -> u32 {
        index.min(MANY)
    }

    pub(crate) const fn kind(&self) -> Kind {
        match self.packed & KIND {
            0 => Kind::Null,
            1 => Kind::Boolean,
            2 => Kind::Number,
            3 => Kind::String,
            4 => Kind::Array,
            5 => Kind::Object,
            _ => Kind::Invalid,
        }
    }

    /// The kind as a bit of its own.
    pub(crate) const fn kind_bit(&self) -> u8 {
        1 << (self.packed & KIND)
    }

    /// The bytes of a string between its quotes, if it is plain; see [`Document::is_plain`].
    pub(crate) const fn plain_length(&self) -> Option<u32> {
        if self.packed & (KIND | FLAG_ODD) == Kind::String as u32 {
            // What is plain has both its quotes.
            Some(self.tail - self.start - 2)
        } else {
            None
        }
    }

    /// Whether it is of this kind, and no later member of the same object has its name.
    pub(crate) const fn is_distinct(&self, kind: Kind) -> bool {
        self.packed & (KIND | FLAG_SHADOWED) == kind as u32
    }

    /// A container like this one, with so many bytes and nodes more before it.
    pub(crate) const fn moved(self, bytes: u32, nodes: u32) -> Self {
        Self {
            start: self.start.wrapping_add(bytes),
            tail: self.tail.wrapping_add(nodes),
            packed: self.packed,
        }
    }

    /// A value of the same kind in the same place of its container.
    pub(crate) const fn alike(self, start: usize, end: usize, flags: u32) -> Self {
        const SAME: u32 = u32::MAX << SYMBOL_SHIFT | FLAG_MEMBER | KIND;
        Self {
            start: start as u32,
            tail: end as u32,
            packed: self.packed & SAME | flags,
        }
    }

    /// Whether any of the flags is set.
    pub(crate) const fn has(&self, flags: u32) -> bool {
        self.packed & flags != 0
    }

    pub(crate) const fn set(&mut self, flag: u32) {
        self.packed |= flag;
    }

    /// Of a member: its name's place in the symbol table. Of an element: its index, or [`MANY`].
    pub(crate) const fn symbol(&self) -> u32 {
        self.packed >> SYMBOL_SHIFT
    }

    pub(crate) const fn is_container(&self) -> bool {
        matches!(self.kind(), Kind::Array | Kind::Object)
    }

    /// Whether a later member of the same object has the same name.
    pub(crate) const fn is_shadowed(&self) -> bool {
        self.has(FLAG_SHADOWED)
    }

    /// The node after this one and all that is inside it; `index` is this one's number.
    pub(crate) const fn next(&self, index: u32) -> u32 {
        if self.is_container() {
            self.tail
        } else {
            index + 1
        }
    }
}

/// Where the name of a value begins, quote included, if name and value stand as they should: a
/// name in double quotes, a colon, and nothing but white space around it. `length` is that of the
/// name between its quotes.
pub(crate) fn name_before(bytes: &[u8], value_start: u32, length: u32) -> Option<u32> {
    let before = |end: usize| {
        bytes[..end]
            .iter()
            .rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    };
    let colon = before(value_start as usize).filter(|at| bytes[*at] == b':')?;
    let close = before(colon).filter(|at| bytes[*at] == b'"')?;
    let open = close.checked_sub(length as usize + 1)?;
    (bytes[open] == b'"').then_some(open as u32)
}

/// A member name as it is written somewhere in the text. One entry for each spelling.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbol {
    /// First byte between the quotes.
    pub(crate) start: u32,
    /// Bytes between the quotes.
    pub(crate) length: u32,
    /// The entry that stands for the same name unescaped; itself for most.
    pub(crate) canonical: u32,
    pub(crate) escaped: bool,
    /// It stands there as most names do: in double quotes, a colon right behind them.
    pub(crate) is_common: bool,
}

/// A parsed text. Borrows the text; strings are unescaped only when asked for.
#[derive(Debug)]
pub struct Document<'a> {
    pub(crate) text: &'a str,
    pub(crate) nodes: Vec<Node>,
    /// How many objects and arrays there are.
    pub(crate) container_count: usize,
    /// Arrays and objects whose closer does not stand where [`Document::container_end`] looks: the
    /// node, and the offset after it. In the order of the nodes.
    pub(crate) odd_ends: Vec<(u32, u32)>,
    /// Members whose name does not stand where [`name_before`] looks: the node, and the first
    /// byte of its name, quote included. In the order of the nodes.
    pub(crate) odd_names: Vec<(u32, u32)>,
    pub(crate) symbols: Vec<Symbol>,
    /// By symbol, the number of its name among the names that were known, or [`UNKNOWN_NAME`](super::UNKNOWN_NAME).
    pub(crate) name_numbers: Vec<u16>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) problem_count: usize,
    /// Pairs of members with one name: the earlier, the later.
    pub(crate) duplicates: Vec<(NodeId, NodeId)>,
    /// Made when first asked for: a clean document never needs it.
    pub(crate) parents: OnceLock<Parents>,
}

/// The long list of a document, for the next one: memory that is new is paid for page by page.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) nodes: Vec<Node>,
}

impl<'a> Document<'a> {
    /// What the next document may be read into.
    pub(crate) fn into_memory(self) -> Memory {
        Memory { nodes: self.nodes }
    }

    /// The whole text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// How many values the document holds.
    #[must_use]
    pub const fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// What is wrong with the text, in its order; at most [`super::MAX_PROBLEMS`] are kept.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether the text is JSON as RFC 8259 defines it. Byte order marks and lone surrogates do not
    /// break its grammar, and a text beyond the parser's limits is not judged.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.problem_count == self.problems.len()
            && self.problems.iter().all(|problem| {
                matches!(
                    problem.kind,
                    ProblemKind::ByteOrderMark
                        | ProblemKind::LoneSurrogate
                        | ProblemKind::NestingTooDeep
                        | ProblemKind::TooLarge
                        | ProblemKind::TooManyNames
                )
            })
    }

    /// How many problems there are, kept or not.
    #[must_use]
    pub const fn problem_count(&self) -> usize {
        self.problem_count
    }

    /// Members whose name stands twice in one object: the earlier and the later value of each
    /// neighbouring pair. Names are compared after unescaping.
    #[must_use]
    pub fn duplicates(&self) -> &[(NodeId, NodeId)] {
        &self.duplicates
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// What the value is.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind()
    }

    /// Where the value stands, quotes and brackets included.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        let node = self.node(id);
        let end = if node.is_container() {
            self.container_end(id)
        } else {
            node.tail
        };
        Span::new(node.start, end)
    }

    /// The offset after the closer of an array or object. Seldom asked for, so it is looked for:
    /// behind the last value inside, where nothing but white space and closers stand.
    fn container_end(&self, id: NodeId) -> u32 {
        let by_node = |(node, _): &(u32, u32)| *node;
        let odd = self.odd_ends.binary_search_by_key(&id.number(), by_node);
        if let Ok(at) = odd {
            return self.odd_ends[at].1;
        }
        let mut innermost = id;
        let mut closers_between = 0;
        let behind = loop {
            match self.child_nodes(innermost).last() {
                None => break self.node(innermost).start + 1,
                Some((child, node)) if node.is_container() => {
                    innermost = child;
                    closers_between += 1;
                }
                Some((_, node)) => break node.tail,
            }
        };
        let rest = self.text.as_bytes()[behind as usize..].iter();
        let closers = rest.zip(behind + 1..);
        let mut ends = closers.filter_map(|(byte, end)| matches!(byte, b'}' | b']').then_some(end));
        ends.nth(closers_between).unwrap_or(behind)
    }

    /// The value as it is written.
    #[must_use]
    pub fn raw(&self, id: NodeId) -> &'a str {
        &self.text[self.span(id).range()]
    }

    /// The value of a Boolean.
    #[must_use]
    pub fn boolean(&self, id: NodeId) -> Option<bool> {
        let node = self.node(id);
        (node.kind() == Kind::Boolean).then_some(node.has(FLAG_TRUE))
    }

    /// A string's content as it is written, between the quotes, escapes and all.
    #[must_use]
    pub fn raw_string(&self, id: NodeId) -> Option<&'a str> {
        self.raw_content(self.node(id))
    }

    fn raw_content(&self, node: &Node) -> Option<&'a str> {
        let closing = u32::from(!node.has(FLAG_UNTERMINATED));
        let span = || Span::new(node.start + 1, node.tail - closing);
        (node.kind() == Kind::String).then(|| &self.text[span().range()])
    }

    /// The bytes between a string's quotes, escapes and all. Unlike [`Document::raw_string`] it does
    /// not look at the text, which has long left the processor's cache.
    pub(crate) fn raw_length(&self, id: NodeId) -> Option<u32> {
        let node = self.node(id);
        let quotes = 1 + u32::from(!node.has(FLAG_UNTERMINATED));
        (node.kind() == Kind::String).then(|| node.tail - node.start - quotes)
    }

    /// A string's content, unescaped. A lone surrogate becomes U+FFFD.
    #[must_use]
    pub fn string(&self, id: NodeId) -> Option<Cow<'a, str>> {
        self.content(self.node(id))
    }

    fn content(&self, node: &Node) -> Option<Cow<'a, str>> {
        let raw = self.raw_content(node)?;
        Some(if node.has(FLAG_ESCAPED) {
            Cow::Owned(unescape::unescape(raw))
        } else {
            Cow::Borrowed(raw)
        })
    }

    /// As [`Document::string`], in bytes of UTF-8: cheaper, where a string is compared or hashed and
    /// nothing more. Empty for what is no string.
    #[inline]
    pub(crate) fn string_bytes(&self, node: &Node) -> Cow<'a, [u8]> {
        if node.kind() == Kind::String && !node.has(FLAG_ESCAPED | FLAG_UNTERMINATED) {
            let span = node.start as usize + 1..node.tail as usize - 1;
            return Cow::Borrowed(&self.text.as_bytes()[span]);
        }
        self.odd_string_bytes(node)
    }

    #[cold]
    fn odd_string_bytes(&self, node: &Node) -> Cow<'a, [u8]> {
        match self.content(node) {
            Some(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
            Some(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
            None => Cow::Borrowed(&[]),
        }
    }

    /// The content of a string that is plain, see [`Document::is_plain`].
    pub(crate) fn plain_bytes(&self, node: &Node) -> Option<&'a [u8]> {
        let length = node.plain_length()? as usize;
        let start = node.start as usize + 1;
        self.text.as_bytes().get(start..start + length)
    }

    /// Whether a string begins and ends with visible ASCII, as far as can be told without unescaping
    /// it.
    pub(crate) fn has_visible_ends(&self, id: NodeId) -> bool {
        let raw = self.raw_string(id).unwrap_or_default().as_bytes();
        let is_visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        // The longest escape has six bytes.
        let tail = &raw[raw.len().saturating_sub(6)..];
        is_visible(raw.first())
            && is_visible(raw.last())
            && raw.first() != Some(&b'\\')
            && !tail.contains(&b'\\')
    }

    /// Whether a string holds nothing but printable ASCII, at least one character, and no white
    /// space at its ends: most do, and most rules about text need not read it then.
    pub(crate) fn is_plain(&self, id: NodeId) -> bool {
        !self.node(id).has(FLAG_ODD)
    }

    /// A number as it is written.
    #[must_use]
    pub fn number(&self, id: NodeId) -> Option<&'a str> {
        (self.kind(id) == Kind::Number).then(|| self.raw(id))
    }

    /// The member's name, unescaped; none for an element or the root.
    #[must_use]
    pub fn name(&self, id: NodeId) -> Option<Cow<'a, str>> {
        let node = self.node(id);
        node.has(FLAG_MEMBER)
            .then(|| self.symbol_name(node.symbol()))
    }

    /// Where the member's name stands, quotes included.
    #[must_use]
    pub fn name_span(&self, id: NodeId) -> Option<Span> {
        let node = self.node(id);
        if !node.has(FLAG_MEMBER) {
            return None;
        }
        let length = self.symbols[node.symbol() as usize].length;
        let bytes = self.text.as_bytes();
        let odd = self
            .odd_names
            .binary_search_by_key(&id.number(), |(node, _)| *node);
        let start = match odd {
            Ok(at) => self.odd_names[at].1,
            Err(_) => name_before(bytes, node.start, length)?,
        };
        let end = match bytes[start as usize] {
            quote @ (b'"' | b'\'') => {
                let end = start + 1 + length;
                end + u32::from(bytes.get(end as usize) == Some(&quote))
            }
            _ => start + length,
        };
        Some(Span::new(start, end))
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
        if node.has(FLAG_MEMBER) || id == NodeId::ROOT {
            return None;
        }
        let index = node.symbol();
        if index < MANY {
            return Some(index);
        }
        let (first, index) = self.parents().far_child(id)?;
        let nodes = &self.nodes[..=id.index()];
        let next = first.number();
        let after = Children { nodes, next }.count();
        Some(index + after as u32 - 1)
    }

    /// The number of a member's name among those that were known when the text was read.
    pub(crate) fn name_number(&self, member: &Node) -> u16 {
        self.name_numbers[member.symbol() as usize]
    }

    pub(crate) fn symbol_name(&self, symbol: u32) -> Cow<'a, str> {
        let symbol = &self.symbols[symbol as usize];
        let raw = &self.text[symbol.start as usize..(symbol.start + symbol.length) as usize];
        if symbol.escaped {
            Cow::Owned(unescape::unescape(raw))
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
    pub(crate) fn members(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<'_, 'a> {
        self.member_nodes(id).map(|(member, _)| member)
    }

    /// As [`Document::members`], with their nodes.
    pub(crate) fn member_nodes(
        &self,
        id: NodeId,
    ) -> impl Iterator<Item = (NodeId, &Node)> + use<'_, 'a> {
        self.child_nodes(id).filter(|(_, node)| !node.is_shadowed())
    }

    /// As [`Document::children`], with their nodes.
    pub(crate) fn child_nodes(
        &self,
        id: NodeId,
    ) -> impl Iterator<Item = (NodeId, &Node)> + use<'_, 'a> {
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
            .find(|child| self.symbol_name(self.node(*child).symbol()) == name)
    }

    /// The array or object that holds the value; none for the root.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.ancestors(id).next()
    }

    /// The arrays and objects that hold the value, from its parent to the root.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let large = &self.parents().large;
        let mut place = innermost(large, id.number());
        // Where to come from inside that container. What is around a large one is large.
        let mut inside = Some(id);
        std::iter::from_fn(move || {
            let container = large.get(place as usize);
            let first = container.map_or(0, |container| container.node + 1);
            inside = inside.and_then(|id| self.small_parent(id, first));
            if inside.is_some() {
                return inside;
            }
            let container = container?;
            place = container.outer;
            Some(NodeId::new(container.node))
        })
    }

    /// The parent of a value if it is a small one, at or behind the node `first`.
    fn small_parent(&self, id: NodeId, first: u32) -> Option<NodeId> {
        let node = self.node(id);
        let id = id.number();
        // The elements before this one stand between it and its parent.
        let between = if node.has(FLAG_MEMBER) {
            0
        } else {
            node.symbol()
        };
        let first = first.max(id.saturating_sub(SMALL - 1)) as usize;
        let end = id.saturating_sub(between) as usize;
        let nodes = self.nodes.get(first..end)?;
        let parent = nodes
            .iter()
            .rposition(|node| node.is_container() && node.tail > id)?;
        Some(NodeId::new((first + parent) as u32))
    }

    fn parents(&self) -> &Parents {
        self.parents.get_or_init(|| self.find_parents())
    }

    fn find_parents(&self) -> Parents {
        let mut large = Vec::new();
        let mut last = NO_CONTAINER;
        let mut next = 0;
        while let Some(node) = self.nodes.get(next as usize) {
            let behind = node.next(next);
            if behind - next <= SMALL {
                next = behind;
                continue;
            }
            let outer = around(&large, last, next);
            last = large.len() as u32;
            large.push(Container {
                node: next,
                end: behind,
                outer,
            });
            next += 1;
        }
        // Of what is inside a container, a part is its children: nearly no text has so many.
        let holds_many = |container: &&Container| container.end - container.node > MANY;
        let mut far = Vec::new();
        for container in large.iter().filter(holds_many) {
            let children = (0..).zip(self.children(NodeId::new(container.node)));
            for (index, child) in children {
                if index >= MANY && (index - MANY).is_multiple_of(FAR_STEP) {
                    far.push((container.node, child, index));
                }
            }
        }
        Parents { large, far }
    }
}

/// Of the children that do not know their index, every so-manieth is in [`Parents::far`].
const FAR_STEP: u32 = 1 << 12;

/// How many nodes a small array or object has at most, itself among them: so many are looked through
/// for a parent.
const SMALL: u32 = 64;

/// An array or object that is not small.
#[derive(Debug)]
struct Container {
    node: u32,
    /// The node after all that is inside it.
    end: u32,
    /// The place of the one around it, or [`NO_CONTAINER`].
    outer: u32,
}

const NO_CONTAINER: u32 = u32::MAX;

/// The place of the innermost that has not ended before a node: `from`, or one around it.
fn around(containers: &[Container], from: u32, node: u32) -> u32 {
    let mut place = from;
    while let Some(container) = containers.get(place as usize)
        && container.end <= node
    {
        place = container.outer;
    }
    place
}

/// The place of the innermost around a node, or [`NO_CONTAINER`].
fn innermost(containers: &[Container], node: u32) -> u32 {
    let before = containers.partition_point(|container| container.node < node) as u32;
    around(
        containers,
        before.checked_sub(1).unwrap_or(NO_CONTAINER),
        node,
    )
}

/// What every node stands in.
#[derive(Debug)]
pub(crate) struct Parents {
    /// In the order of the text.
    large: Vec<Container>,
    /// Children with an index of [`MANY`] or more: the parent's node, the child, that index. In the order
    /// of the parents, then of the children.
    far: Vec<(u32, NodeId, u32)>,
}

impl Parents {
    /// The last child in [`Parents::far`] that is not behind a child of the same parent.
    fn far_child(&self, id: NodeId) -> Option<(NodeId, u32)> {
        let place = innermost(&self.large, id.number());
        let parent = self.large.get(place as usize)?.node;
        let end = (self.far).partition_point(|(of, far, _)| (*of, *far) <= (parent, id));
        let (of, far, index) = *self.far[..end].last()?;
        (of == parent).then_some((far, index))
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
    /// The next one with its node.
    pub(crate) fn next_node(&mut self) -> Option<(NodeId, &'d Node)> {
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
