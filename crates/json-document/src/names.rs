//! The member names of a text, numbered by spelling.

use std::collections::HashMap;

use crate::hash::RandomState;

use crate::escape::unescape;

/// A member name as it is written somewhere in the text: one entry for each spelling.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spelling {
    /// First byte between the quotes.
    pub(crate) start: u32,
    /// Bytes between the quotes.
    pub(crate) length: u32,
    /// The first spelling of the same name, unescaped; mostly itself.
    pub(crate) canonical: u32,
    pub(crate) is_escaped: bool,
    /// The valid spellings that followed this one last: one of them mostly does again.
    successors: [u32; 2],
}

/// All spellings of a text.
#[derive(Default)]
pub(crate) struct Names<'a> {
    pub(crate) spellings: Vec<Spelling>,
    /// The valid spelling read last.
    last: u32,
    /// False guarantees that each name has one spelling.
    pub(crate) has_escapes: bool,
    /// Numbers of spellings by their text.
    by_text: HashMap<&'a str, u32, RandomState>,
    /// Canonical spellings of names that are written with escapes, by the name unescaped.
    by_unescaped: HashMap<String, u32, RandomState>,
}

impl<'a> Names<'a> {
    /// The spelling at `start`, after an opening quote, and the offset after its closing quote, if it is one
    /// that followed the last spelling before. Saves a hash for nearly every name.
    #[inline]
    pub(crate) fn predicted(&mut self, bytes: &[u8], start: usize) -> Option<(u32, usize)> {
        for number in self.spellings.get(self.last as usize)?.successors {
            let spelling = self.spellings.get(number as usize)?;
            let (from, length) = (spelling.start as usize, spelling.length as usize);
            let end = start + length;
            if bytes.get(end) == Some(&b'"')
                && is_same(&bytes[start..end], &bytes[from..from + length])
            {
                self.last = number;
                return Some((number, end + 1));
            }
        }
        None
    }

    /// Notes that a valid spelling follows the last one.
    pub(crate) fn follows(&mut self, number: u32) {
        if let Some(last) = self.spellings.get_mut(self.last as usize) {
            last.successors = [number, last.successors[0]];
        }
        self.last = number;
    }

    /// The number of a spelling that is in the text at `start`.
    pub(crate) fn intern(&mut self, raw: &'a str, start: usize, is_escaped: bool) -> u32 {
        if let Some(known) = self.by_text.get(raw) {
            return *known;
        }
        let number = self.spellings.len() as u32;
        let canonical = if is_escaped {
            self.has_escapes = true;
            self.canonical(unescape(raw), number)
        } else {
            self.by_unescaped.get(raw).copied().unwrap_or(number)
        };
        self.spellings.push(Spelling {
            start: start as u32,
            length: raw.len() as u32,
            canonical,
            is_escaped,
            successors: [u32::MAX; 2],
        });
        self.by_text.insert(raw, number);
        number
    }

    /// The canonical spelling of a new name that is written with escapes. `number` is its own.
    #[cold]
    fn canonical(&mut self, name: String, number: u32) -> u32 {
        let plain = self.by_text.get(name.as_str());
        let plain = plain.map(|plain| self.spellings[*plain as usize]);
        match plain.filter(|plain| !plain.is_escaped) {
            Some(plain) => plain.canonical,
            None => *self.by_unescaped.entry(name).or_insert(number),
        }
    }
}

/// Whether two slices of one length are equal: for short ones, two loads each cost less than a call
/// of `memcmp`.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    match a.len() {
        4..=7 => a.first_chunk::<4>() == b.first_chunk() && a.last_chunk::<4>() == b.last_chunk(),
        8..=16 => a.first_chunk::<8>() == b.first_chunk() && a.last_chunk::<8>() == b.last_chunk(),
        17..=32 => {
            a.first_chunk::<16>() == b.first_chunk() && a.last_chunk::<16>() == b.last_chunk()
        }
        _ => a == b,
    }
}
