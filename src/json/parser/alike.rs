//! Objects that stand in the text as one before them, their model.
//!
//! Records of one collection have the same names in the same order, and what is between two of
//! their values, commas, names, brackets and white space, is the same to the byte. It is compared as
//! a whole. Nodes are copied from the model and given their places; values alone are read.
//!
//! That holds as long as nothing is wrong with the text: what is between two values of the model
//! is then what the grammar asks for, wherever it stands.

use std::ops::Range;

use super::{Frame, TRIES, behind_space, is_same, next_record, scalar, string_end};
use crate::json::document::{FLAG_MEMBER, Kind, Node};

/// How many nodes are copied at a time: a bound, so that a large model costs a small object nothing.
const CHUNK: u32 = 32;

/// Where reading has come to.
pub(super) enum Alike {
    /// Nothing is read: still at the name.
    Nothing,
    /// At the first name of another record.
    Opened,
    /// Behind a member.
    Behind,
    /// Behind a value in a container that is open, see [`Open::containers`]. The number is that of
    /// the model's node that was read last.
    Inside(u32),
}

/// Containers that have been opened since the first member.
#[derive(Default)]
pub(super) struct Open {
    /// Those that are open still, from the outermost: the node in the model, and the one read.
    pub(super) containers: Vec<(u32, u32)>,
    /// How many were opened in all.
    pub(super) count: usize,
}

impl Open {
    #[inline(never)]
    fn push(&mut self, model: u32, shift: u32) {
        self.containers.push((model, model.wrapping_add(shift)));
        self.count += 1;
    }

    /// Takes away those that are not open behind the last node.
    fn retain(&mut self, nodes: &[Node]) {
        if self.containers.is_empty() {
            return;
        }
        let next = nodes.len() as u32;
        let before = self.containers.len();
        self.containers.retain(|(_, node)| *node < next);
        self.count -= before - self.containers.len();
        self.containers
            .retain(|(_, node)| nodes[*node as usize].tail >= next);
    }

    /// Closes what is closed at the position. `last` is the model's node that was read last; gives
    /// the one that ends last then, and the position behind.
    #[inline(never)]
    fn close(
        &mut self,
        bytes: &[u8],
        nodes: &mut [Node],
        mut last: u32,
        mut position: u32,
    ) -> (u32, u32) {
        let next = nodes.len() as u32;
        while let Some((model, node)) = self.containers.last() {
            let node = &mut nodes[*node as usize];
            let closer = match node.kind() {
                Kind::Object => b'}',
                _ => b']',
            };
            let at = behind_space(bytes, position as usize);
            if bytes.get(at) != Some(&closer) {
                break;
            }
            node.tail = next;
            last = *model;
            position = at as u32 + 1;
            self.containers.pop();
        }
        (last, position)
    }

    /// Makes those that are open shorter, by nodes that the model has inside them and they have not.
    fn shorten(&mut self, nodes: &mut [Node], count: u32) {
        for (_, node) in &self.containers {
            let tail = &mut nodes[*node as usize].tail;
            *tail = tail.wrapping_sub(count);
        }
    }
}

/// Reads members as long as they stand as in the model, and whole records as long as they have one
/// in their array. `before` is where the text of the model goes on as it does at `position`. Gives
/// the position too.
// Not inlined: with the parser's state around it, half of what it needs would not be in registers.
#[inline(never)]
pub(super) fn read_members(
    bytes: &[u8],
    nodes: &mut Vec<Node>,
    open: &mut Open,
    (frame, mut array): (&mut Frame, Option<&mut Frame>),
    mut before: u32,
    mut position: u32,
) -> (Alike, u32) {
    let mut alike = Alike::Nothing;
    loop {
        let begun = nodes.len();
        let mut model = frame.hint;
        while model < frame.hint_end {
            let first = nodes.len();
            let end = frame.hint_end.min(model + CHUNK);
            let shift = (first as u32).wrapping_sub(model);
            nodes.extend_from_within(model as usize..end as usize);
            let mut ahead = &mut nodes[first..];
            // How many of them have no value yet; a container has it with the first inside.
            let mut left = ahead.len();
            let is_through = loop {
                let [node, behind @ ..] = ahead else {
                    break true;
                };
                if node.is_distinct(Kind::String) {
                    let length = (node.start + 1).wrapping_sub(before);
                    if !is_alike(bytes, before, position, length) {
                        break false;
                    }
                    let start = (position + length) as usize;
                    let (end, flags) = string_end(bytes, start);
                    if end == 0 {
                        break false;
                    }
                    before = node.tail;
                    position = end as u32;
                    *node = node.alike(start - 1, end, flags);
                    left = behind.len();
                } else if !node.is_container() {
                    let length = node.start.wrapping_sub(before);
                    if !is_alike(bytes, before, position, length) {
                        break false;
                    }
                    let start = (position + length) as usize;
                    let (end, flags) = match scalar(bytes, start) {
                        Some((end, kind, flags)) if node.is_distinct(kind) => (end, flags),
                        _ => break false,
                    };
                    before = node.tail;
                    position = end as u32;
                    *node = node.alike(start, end, flags);
                    left = behind.len();
                } else if !node.is_shadowed() {
                    *node = node.moved(position.wrapping_sub(before), shift);
                    open.push(end - behind.len() as u32 - 1, shift);
                } else {
                    break false;
                }
                ahead = behind;
            };
            nodes.truncate(nodes.len() - left);
            open.retain(nodes);
            model += (nodes.len() - first) as u32;
            if is_through && nodes.len() > first {
                continue;
            }
            if bytes.get(position as usize) != Some(&b',') {
                break;
            }
            let missing = missing_members(bytes, nodes, model..frame.hint_end, before, position);
            if missing == 0 {
                break;
            }
            open.shorten(nodes, missing);
            model += missing;
            before = nodes[model as usize - 1].tail;
        }
        if nodes.len() == begun {
            break;
        }
        let mut last = model - 1;
        if !open.containers.is_empty() {
            (last, position) = open.close(bytes, nodes, last, position);
            if let Some((outermost, _)) = open.containers.first() {
                frame.hint = nodes[*outermost as usize].tail;
                alike = Alike::Inside(last);
                break;
            }
        }
        frame.hint = nodes[last as usize].next(last);
        alike = Alike::Behind;
        match &mut array {
            Some(array) if frame.predicted && bytes[position as usize..].starts_with(b"},{\"") => {
                position += 2;
                before = next_record(array, frame, nodes, position);
                open.count += 1;
                alike = Alike::Opened;
            }
            _ => break,
        }
    }
    // Of a record in which nothing is read, the brace is.
    let brace = u32::from(matches!(alike, Alike::Opened));
    (alike, position + brace)
}

/// Whether the text is the same from two offsets on, for so many bytes.
#[inline]
fn is_alike(bytes: &[u8], before: u32, position: u32, length: u32) -> bool {
    let part = |start: u32| bytes.get(start as usize..start as usize + length as usize);
    match (part(before), part(position)) {
        (Some(before), Some(here)) => is_same(here, before),
        _ => false,
    }
}

/// How many of the model's next members are left out, so that the text goes on from a comma as
/// behind them; 0 if it does not. They are not containers, whose text does not end with their last node.
#[inline(never)]
fn missing_members(
    bytes: &[u8],
    nodes: &[Node],
    models: Range<u32>,
    mut before: u32,
    position: u32,
) -> u32 {
    let mut model = models.start;
    // A comma there as here: the member before is one of the same object.
    while bytes.get(before as usize) == Some(&b',') && model - models.start < TRIES as u32 {
        let node = nodes[model as usize];
        model += 1;
        if node.is_container() || !node.has(FLAG_MEMBER) || model >= models.end {
            break;
        }
        before = node.tail;
        let node = nodes[model as usize];
        let length = node.start.wrapping_sub(before);
        if node.has(FLAG_MEMBER) && is_alike(bytes, before, position, length) {
            return model - models.start;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use crate::json::Document;
    use crate::json::document::Memory;
    use crate::json::parser::{LIMITS, Limits};

    /// What the values of a member mostly are.
    enum Pattern {
        Text,
        Scalar,
        Array(Vec<Pattern>),
        Object(Vec<(&'static str, Pattern)>),
    }

    const NAMES: [&str; 8] = [
        "k",
        "key",
        "name",
        "name_that_is_long",
        "a_name_that_is_longer_than_two_blocks",
        r"k\u0065y",
        "e-mail",
        "x",
    ];

    /// Texts of records that resemble one another, by chance; the same at every run.
    struct Texts(u64);

    impl Texts {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (self.0 >> 33) as usize % bound
        }

        fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
            from[self.below(from.len())]
        }

        fn pattern(&mut self, depth: usize) -> Pattern {
            match self.below(if depth > 3 { 5 } else { 9 }) {
                0..4 => Pattern::Text,
                4 => Pattern::Scalar,
                5 | 6 => {
                    let count = self.below(4);
                    Pattern::Array((0..count).map(|_| self.pattern(depth + 1)).collect())
                }
                _ => self.object_pattern(depth),
            }
        }

        fn object_pattern(&mut self, depth: usize) -> Pattern {
            let names = NAMES.iter().filter(|_| self.below(3) > 0);
            let names: Vec<&&str> = names.collect();
            let members = names
                .into_iter()
                .map(|name| (*name, self.pattern(depth + 1)));
            Pattern::Object(members.collect())
        }

        fn value(&mut self, pattern: &Pattern, space: &str) -> String {
            let comma = format!(",{space}");
            if self.below(40) == 0 {
                let other = self.pattern(3);
                return self.value(&other, space);
            }
            match pattern {
                Pattern::Text if self.below(12) == 0 => {
                    let odd = ["", " x", "x ", "ü", r"a\/b", r"\u00e9", "\u{7f}"];
                    let wrong = [r"\ud800", "\n", r"\x", "\""];
                    let is_wrong = self.below(60) == 0;
                    format!("\"{}\"", self.pick(if is_wrong { &wrong } else { &odd }))
                }
                Pattern::Text => {
                    let text = "a-word-of-some-length,and-quite-a-few-more-of-them";
                    format!("\"{}\"", &text[..=self.below(text.len())])
                }
                Pattern::Scalar => {
                    let right = ["1", "-0.5", "20", "3e8", "true", "true", "false", "null"];
                    let wrong = ["01", "12:30", "-", "nul", "1.", "+1", "tru"];
                    let is_wrong = self.below(300) == 0;
                    let value = self.pick(if is_wrong { &wrong } else { &right });
                    value.to_owned()
                }
                Pattern::Array(patterns) => {
                    let mut values = Vec::new();
                    for pattern in patterns {
                        if self.below(16) > 0 {
                            values.push(self.value(pattern, space));
                        }
                    }
                    format!("[{}]", values.join(&comma))
                }
                Pattern::Object(patterns) => {
                    let mut members = Vec::new();
                    for (name, pattern) in patterns {
                        for _ in 0..[1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 2][self.below(13)] {
                            let name = if self.below(40) > 0 {
                                name
                            } else {
                                self.pick(&NAMES)
                            };
                            let value = self.value(pattern, space);
                            members.push(format!("\"{name}\":{space}{value}"));
                        }
                    }
                    format!("{{{space}{}}}", members.join(&comma))
                }
            }
        }

        fn text(&mut self) -> String {
            let space = ["", "", " ", "\n  "][self.below(4)];
            let pattern = self.object_pattern(0);
            let count = 2 + self.below(12);
            let records: Vec<String> = (0..count).map(|_| self.value(&pattern, space)).collect();
            let end = ["]}", "]}", "]}", "] }", "]}", "]"][self.below(6)];
            format!("{{\"records\":[{}{end}", records.join(&format!(",{space}")))
        }

        /// As it may look after a slip of the finger.
        fn broken(&mut self, text: &str) -> String {
            let mut characters: Vec<char> = text.chars().collect();
            for _ in 0..=self.below(2) {
                let at = self.below(characters.len());
                match self.below(3) {
                    0 => _ = characters.remove(at),
                    1 => characters.insert(
                        at,
                        ['"', ',', '}', ']', '{', '[', ':', ' ', '\\'][self.below(9)],
                    ),
                    _ => {
                        characters[at] =
                            ['"', ',', '}', ']', '{', '[', ':', ' ', 'x'][self.below(9)];
                    }
                }
            }
            characters.into_iter().collect()
        }
    }

    #[test]
    fn objects_are_the_same_with_models_and_without() {
        let by_itself = Limits {
            has_models: false,
            ..LIMITS
        };
        let mut texts = Texts(20_261_128);
        let mut clean = 0;
        for round in 0..3_000 {
            let mut text = texts.text();
            if round % 2 == 0 {
                text = texts.broken(&text);
            }
            let with = Document::parse(&text);
            let without = Document::parse_limited(&text, None, by_itself, Memory::default());
            assert_eq!(format!("{with:?}"), format!("{without:?}"), "{text}");
            clean += usize::from(with.problems().is_empty());
        }
        assert!(clean > 500, "{clean}");
    }
}
