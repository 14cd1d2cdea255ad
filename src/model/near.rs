//! Keys that look like others: what a reader overlooks, and what was probably meant.
//!
//! A key is folded: decomposed (Unicode's NFD), in lower case, without white space and without
//! characters that cannot be seen. Keys that fold alike look alike. A slip of the finger is found
//! by a second index, of all folded keys whole and with one character left out: whoever shares such a
//! text with another is one character away from it, or has one at another place.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use crate::bytes::{self, HIGH, ONES};
use crate::light::RandomState;

use super::graph;
use super::graph::CollectionId;
use super::world::{Site, World, accepted};
use crate::light;
use crate::text::escape::is_hidden;
use crate::text::unicode;
use crate::text::whitespace::is_ecma_whitespace;

/// Whether a reader cannot see the character, or cannot tell it from another one of its kind.
fn is_overlooked(character: char) -> bool {
    is_ecma_whitespace(character) || character.is_whitespace() || is_hidden(character)
}

/// Whether a key is its own folded form: printable ASCII without capitals.
#[inline]
pub(crate) fn is_folded(key: &[u8]) -> bool {
    bytes::all_words(key, |word| {
        // What is carried or borrowed comes from a byte that is marked.
        let not_graphic = word | word.wrapping_sub(ONES * 0x21) | word.wrapping_add(ONES);
        (not_graphic | bytes::within(word, b'A', b'Z')) & HIGH == 0
    })
}

/// Replaces `out` by the folded key.
fn fold_into(key: &str, out: &mut String) {
    out.clear();
    if key.is_ascii() {
        // Nearly every key: no table is looked at.
        out.extend(
            key.bytes()
                .filter(u8::is_ascii_graphic)
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
    } else {
        let key = unicode::lower(&unicode::decomposed(key));
        out.extend(key.chars().filter(|character| !is_overlooked(*character)));
    }
}

fn fold(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    fold_into(key, &mut out);
    out
}

/// The difference that no message can show.
pub(crate) const NORMALIZATION: &str = "Unicode normalization";

/// What two keys that fold alike differ in, for a message.
pub(crate) fn difference(a: &str, b: &str) -> &'static str {
    let same = |change: fn(&str) -> String| change(a) == change(b);
    if same(unicode::lower) {
        "case"
    } else if same(|key| key.replace(|c: char| is_ecma_whitespace(c) || c.is_whitespace(), "")) {
        "white space"
    } else if same(unicode::decomposed) {
        NORMALIZATION
    } else if same(|key| key.replace(is_hidden, "")) {
        "invisible characters"
    } else {
        "case, white space or characters that cannot be seen"
    }
}

/// The key that another one looks like.
#[derive(Debug)]
pub(crate) enum Original {
    /// An earlier one of the world.
    Here(Site),
    /// One that is known from elsewhere.
    Known(String),
}

/// The folded keys of a world, known ones excepted.
#[derive(Debug)]
pub(crate) struct Folded {
    /// By collection and folded key, the first resource whose key is not its own folded form.
    first: HashMap<(CollectionId, String), Site, RandomState>,
    /// Resources whose key looks like another one of its collection, in their order.
    pub(crate) look_alikes: Vec<(Site, Original)>,
}

impl Folded {
    pub(crate) fn new(world: &World<'_>) -> Self {
        let mut folded = Self {
            first: HashMap::default(),
            look_alikes: Vec::new(),
        };
        // A key that is its own folded form looks like another only if that one is not: nearly
        // all keys are passed over here.
        let mut odd: Vec<(Site, (CollectionId, String))> = Vec::new();
        world.each_key(|site, resource| {
            if resource.is_folded {
                return;
            }
            let key = fold(&world.key(site));
            // What is nothing but white space looks like nothing.
            if !key.is_empty() {
                let key = (resource.collection, key);
                folded.first.entry(key.clone()).or_insert(site);
                odd.push((site, key));
            }
        });
        for (site, key) in odd {
            let (collection, folded_key) = &key;
            let plain = is_folded(folded_key.as_bytes())
                .then(|| world.find(*collection, folded_key))
                .flatten();
            let first = folded.first.get(&key).copied();
            let original = plain.into_iter().chain(first).min().unwrap_or(site);
            if original < site {
                let original = Original::Here(original);
                folded.look_alikes.push((site, original));
            }
            // The plain one among them, if it comes later, is told of once.
            if let Some(plain) = plain
                && first == Some(site)
                && site < plain
            {
                let original = Original::Here(site);
                folded.look_alikes.push((plain, original));
            }
        }
        if world.knows_more() {
            folded.look_at_known(world);
        }
        light::sort_by_key(&mut folded.look_alikes, |(site, _)| *site);
        folded
    }

    /// A key that is pushed in another spelling than before is a new one.
    fn look_at_known(&mut self, world: &World<'_>) {
        let mut buffer = String::new();
        let mut found: Vec<(Site, &str)> = Vec::new();
        for id in (0..graph().collections.len() as u8).map(CollectionId) {
            for known in world.known_keys(id) {
                fold_into(known, &mut buffer);
                let Some(site) = self.find(world, id, &buffer) else {
                    continue;
                };
                // A known key that is here too has been compared with the others here.
                if !buffer.is_empty() && world.find(id, known).is_none() {
                    found.push((site, known));
                }
            }
        }
        // Of several, the first is named.
        light::sort_by_key(&mut found, |(site, _)| *site);
        found.dedup_by_key(|(site, _)| *site);
        let known = found.into_iter();
        self.look_alikes
            .extend(known.map(|(site, key)| (site, Original::Known(key.to_owned()))));
    }

    /// The first resource of a collection whose key folds to this.
    fn find(&self, world: &World<'_>, collection: CollectionId, folded: &str) -> Option<Site> {
        let odd = self.first.get(&(collection, folded.to_owned())).copied();
        world.find(collection, folded).into_iter().chain(odd).min()
    }
}

/// The key that was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nearest {
    pub(crate) key: String,
    /// The resource with the key; none if the key is known from elsewhere.
    pub(crate) site: Option<Site>,
    pub(crate) how: Likeness,
}

/// How near a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// The same but for what a reader overlooks.
    Folded,
    /// No other key is as near.
    Alone,
    /// Others are as near: this is the first.
    OneOfSeveral,
}

/// Every key that a reference can name, prepared for search by distance. Made when the first
/// reference names nothing.
#[derive(Debug)]
pub(crate) struct Near {
    candidates: Vec<Candidate>,
    /// The known keys, one after the other.
    known: String,
    /// By collection and folded key, the first known candidate.
    known_first: HashMap<(CollectionId, String), u32, RandomState>,
    /// Hashes of folded keys, whole and with one character left out, with the candidate; sorted.
    shortened: Vec<(u32, u32)>,
    /// How many comparisons in full are still made: they are dear, and few words need them.
    budget: Cell<usize>,
}

/// A key that a reference can name.
#[derive(Debug)]
struct Candidate {
    collection: CollectionId,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    Site(Site),
    /// In [`Near::known`].
    Known(Range<u32>),
}

/// The longest key that is searched by distance, in characters: nobody mistypes longer ones.
const LONGEST: usize = 128;
/// How many keys that share a shortened text are looked at.
const CROWD: usize = 64;
/// Comparisons in full in one world.
const COMPARISONS: usize = 1 << 16;
/// The most keys that are compared in full with one word.
const FEW: usize = 2048;

impl Near {
    pub(crate) fn new(world: &World<'_>) -> Self {
        let mut near = Self {
            candidates: Vec::with_capacity(world.resource_count() as usize),
            known: String::new(),
            known_first: HashMap::default(),
            shortened: Vec::new(),
            budget: Cell::new(COMPARISONS),
        };
        world.each_key(|site, resource| {
            near.candidates.push(Candidate {
                collection: resource.collection,
                origin: Origin::Site(site),
            });
        });
        for id in (0..graph().collections.len() as u8).map(CollectionId) {
            for key in world.known_keys(id) {
                let start = near.known.len() as u32;
                near.known.push_str(key);
                near.candidates.push(Candidate {
                    collection: id,
                    origin: Origin::Known(start..near.known.len() as u32),
                });
            }
        }
        let mut buffer = String::new();
        let mut characters = Vec::new();
        for at in 0..near.candidates.len() {
            let candidate = &near.candidates[at];
            fold_into(&near.key(world, candidate), &mut buffer);
            if matches!(candidate.origin, Origin::Known(_)) {
                let key = (candidate.collection, buffer.clone());
                near.known_first.entry(key).or_insert(at as u32);
            }
            characters.clear();
            characters.extend(buffer.chars());
            let shortened = &mut near.shortened;
            each_shortened(&characters, |hash| shortened.push((hash, at as u32)));
        }
        light::sort_by(&mut near.shortened, Ord::cmp);
        near.shortened.dedup();
        near
    }

    fn key<'s>(&'s self, world: &'s World<'_>, candidate: &Candidate) -> Cow<'s, str> {
        match &candidate.origin {
            Origin::Site(site) => world.key(*site),
            Origin::Known(range) => {
                Cow::Borrowed(&self.known[range.start as usize..range.end as usize])
            }
        }
    }

    /// The key nearest to one that does not exist, among those that a reference to `target` may
    /// name: the same but for what is overlooked, then one slip away, then by distance.
    pub(crate) fn find(
        &self,
        world: &World<'_>,
        folded: &Folded,
        target: CollectionId,
        key: &str,
    ) -> Option<Nearest> {
        let wanted = fold(key);
        if wanted.is_empty() {
            return None;
        }
        if let Some(nearest) = self.find_folded(world, folded, target, &wanted) {
            return Some(nearest);
        }
        let characters: Vec<char> = wanted.chars().take(LONGEST + 1).collect();
        // Two characters have no likeness left when one is changed.
        if !(3..=LONGEST).contains(&characters.len()) {
            return None;
        }
        let (at, alone) = self
            .one_slip_away(world, target, &characters)
            .or_else(|| self.at_a_distance(world, target, &wanted, characters.len()))?;
        let how = if alone {
            Likeness::Alone
        } else {
            Likeness::OneOfSeveral
        };
        Some(self.nearest(world, at, how))
    }

    fn nearest(&self, world: &World<'_>, at: u32, how: Likeness) -> Nearest {
        let candidate = &self.candidates[at as usize];
        Nearest {
            key: self.key(world, candidate).into_owned(),
            site: match candidate.origin {
                Origin::Site(site) => Some(site),
                Origin::Known(_) => None,
            },
            how,
        }
    }

    fn find_folded(
        &self,
        world: &World<'_>,
        folded: &Folded,
        target: CollectionId,
        wanted: &str,
    ) -> Option<Nearest> {
        let others = (0..graph().collections.len() as u8)
            .map(CollectionId)
            .filter(|id| *id != target && accepted(target) & 1 << id.0 != 0);
        std::iter::once(target).chain(others).find_map(|id| {
            if let Some(site) = folded.find(world, id, wanted) {
                return Some(Nearest {
                    key: world.key(site).into_owned(),
                    site: Some(site),
                    how: Likeness::Folded,
                });
            }
            let known = *self.known_first.get(&(id, wanted.to_owned()))?;
            Some(self.nearest(world, known, Likeness::Folded))
        })
    }

    /// The first of the nearest, and whether it is the only one.
    fn one_slip_away(
        &self,
        world: &World<'_>,
        target: CollectionId,
        wanted: &[char],
    ) -> Option<(u32, bool)> {
        let accepted = accepted(target);
        // By distance, then by order; a candidate meets a word in several shortened texts.
        let mut best: Option<(u8, u32)> = None;
        let mut alone = true;
        let mut buffer = String::new();
        let mut other = Vec::new();
        each_shortened(wanted, |hash| {
            let start = self.shortened.partition_point(|known| known.0 < hash);
            let crowd = self.shortened[start..]
                .iter()
                .take_while(|known| known.0 == hash);
            for (_, at) in crowd.take(CROWD) {
                let candidate = &self.candidates[*at as usize];
                if accepted & 1 << candidate.collection.0 == 0 {
                    continue;
                }
                fold_into(&self.key(world, candidate), &mut buffer);
                other.clear();
                other.extend(buffer.chars());
                let Some(distance) = one_slip(wanted, &other) else {
                    continue;
                };
                match best {
                    Some((known, first)) if known == distance => {
                        alone &= first == *at;
                        best = Some((known, first.min(*at)));
                    }
                    Some((known, _)) if known < distance => {}
                    _ => {
                        best = Some((distance, *at));
                        alone = true;
                    }
                }
            }
        });
        // Keys with the same text in several collections are rivals too: which is meant?
        best.map(|(_, at)| (at, alone))
    }

    /// As [`Near::one_slip_away`], in full, while there are few keys and few such words.
    fn at_a_distance(
        &self,
        world: &World<'_>,
        target: CollectionId,
        wanted: &str,
        length: usize,
    ) -> Option<(u32, bool)> {
        let limit = (length / 3).min(4);
        let count = self.candidates.len();
        let budget = self.budget.get();
        if limit < 2 || count > FEW || count > budget {
            return None;
        }
        self.budget.set(budget - count);
        let accepted = accepted(target);
        let mut best: Option<(usize, u32)> = None;
        let mut alone = true;
        let mut buffer = String::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            if accepted & 1 << candidate.collection.0 == 0 {
                continue;
            }
            fold_into(&self.key(world, candidate), &mut buffer);
            // In numbered keys every digit means something: a word may be mistyped as a whole, a
            // number that differs is another one.
            if buffer.chars().count().abs_diff(length) > limit
                || !digits(wanted).eq(digits(&buffer))
            {
                continue;
            }
            let distance = strsim::osa_distance(wanted, &buffer);
            if distance > limit {
                continue;
            }
            match best {
                Some((known, _)) if known < distance => {}
                Some((known, _)) if known == distance => alone = false,
                _ => {
                    best = Some((distance, at as u32));
                    alone = true;
                }
            }
        }
        best.map(|(_, at)| (at, alone))
    }
}

fn digits(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(char::is_ascii_digit)
}

/// Calls `f` with the hash of the word (it is another one shortened where a character was added)
/// and of every text that is the word without one of its characters. Linear: the hash is a
/// polynomial, so that the parts before and after the gap are known.
fn each_shortened(word: &[char], mut f: impl FnMut(u32)) {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    if word.len() > LONGEST {
        return;
    }
    let mut powers = [1; LONGEST + 1];
    let mut prefixes = [0; LONGEST + 1];
    for (at, character) in word.iter().enumerate() {
        powers[at + 1] = BASE.wrapping_mul(powers[at]);
        prefixes[at + 1] = BASE
            .wrapping_mul(prefixes[at])
            .wrapping_add(u64::from(u32::from(*character)) + 1);
    }
    let whole = prefixes[word.len()];
    f(mix(whole));
    for gap in 0..word.len() {
        // Of a run of equal characters, which one is left out makes no difference.
        if gap > 0 && word[gap] == word[gap - 1] {
            continue;
        }
        let power = powers[word.len() - gap - 1];
        let before = prefixes[gap].wrapping_mul(power);
        let after = whole.wrapping_sub(prefixes[gap + 1].wrapping_mul(power));
        f(mix(before.wrapping_add(after)));
    }
}

/// Half of a hash, to which every bit of it matters.
const fn mix(hash: u64) -> u32 {
    ((hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

/// The distance of two words that share a text, each with a character left out or not: 1 for a character that
/// is changed, left out, added or swapped with its neighbour, 2 for one that has moved.
fn one_slip(a: &[char], b: &[char]) -> Option<u8> {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let tail = a.iter().rev().zip(b.iter().rev());
    let end = tail.take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([], []) => Some(0),
        ([_], [] | [_]) | ([], [_]) => Some(1),
        ([a, b], [c, d]) if a == d && b == c => Some(1),
        ([_, rest @ ..], [start @ .., _]) | ([start @ .., _], [_, rest @ ..]) if rest == start => {
            Some(2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// All words of a small alphabet: whoever is one slip away is found, and told its distance.
    #[test]
    fn no_slip_is_missed() {
        let mut words: Vec<Vec<char>> = vec![Vec::new()];
        for at in 0.. {
            let Some(word) = words.get(at).filter(|word| word.len() < 5) else {
                break;
            };
            let word = word.clone();
            for letter in ['a', 'b', 'c'] {
                let mut longer = word.clone();
                longer.push(letter);
                words.push(longer);
            }
        }
        let hashes = |word: &[char]| {
            let mut hashes = HashSet::new();
            each_shortened(word, |hash| {
                hashes.insert(hash);
            });
            hashes
        };
        let indexed: Vec<_> = words.iter().map(|word| hashes(word)).collect();
        for (one, of_one) in words.iter().zip(&indexed) {
            for (other, of_other) in words.iter().zip(&indexed) {
                let text = |word: &[char]| word.iter().collect::<String>();
                let distance = strsim::osa_distance(&text(one), &text(other));
                let met = !of_one.is_disjoint(of_other);
                assert!(met || distance > 1, "{one:?} {other:?}");
                if met && !one.is_empty() && !other.is_empty() {
                    let told = one_slip(one, other).map(usize::from);
                    assert_eq!(told, Some(distance), "{one:?} {other:?}");
                }
            }
        }
    }
}
