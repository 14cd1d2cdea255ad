//! Keys that look like others: what a reader overlooks, and what was probably meant.
//!
//! A key is folded: decomposed (Unicode's NFD), in lower case, without white space and without
//! characters that cannot be seen. Keys that fold alike look alike. A slip of the finger is found
//! by a second index, of all folded keys with one character left out: whoever shares such a text
//! with another is one character away from it, or has one at another place.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::graph;
use super::graph::CollectionId;
use super::world::{Site, World, accepted};
use crate::light::{self, nfd};
use crate::linter::is_hidden;
use crate::rules::is_trimmed;

/// Whether a reader cannot see the character, or cannot tell it from another one of its kind.
fn is_overlooked(character: char) -> bool {
    is_trimmed(character) || character.is_whitespace() || is_hidden(character)
}

/// Replaces `out` by the folded key.
fn fold_into(key: &str, out: &mut String) {
    out.clear();
    if key.is_ascii() {
        // Nearly every key: no table is looked at.
        out.extend(
            key.bytes()
                .filter(|byte| byte.is_ascii_graphic())
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
    } else {
        out.extend(
            nfd(key)
                .chars()
                .flat_map(char::to_lowercase)
                .filter(|character| !is_overlooked(*character)),
        );
    }
}

fn fold(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    fold_into(key, &mut out);
    out
}

/// What two keys that fold alike differ in, for a message.
pub(crate) fn difference(a: &str, b: &str) -> &'static str {
    let same = |change: fn(&str) -> String| change(a) == change(b);
    if same(str::to_lowercase) {
        "case"
    } else if same(|key| key.replace(|c: char| is_trimmed(c) || c.is_whitespace(), "")) {
        "white space"
    } else if same(nfd) {
        "Unicode normalization"
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
    hasher: RandomState,
    /// By hash of collection and folded key, the first entry of the world.
    first: HashMap<u64, u32, RandomState>,
    /// Resources whose key looks like another one of its collection, in their order.
    pub(crate) look_alikes: Vec<(Site, Original)>,
}

impl Folded {
    pub(crate) fn new(world: &World<'_>) -> Self {
        let entries = world.entries();
        let mut folded = Self {
            hasher: RandomState::default(),
            first: HashMap::with_capacity_and_hasher(entries.len(), RandomState::default()),
            look_alikes: Vec::new(),
        };
        let mut buffer = String::new();
        for (at, entry) in entries.iter().enumerate() {
            let key = world.key(entry.site);
            fold_into(&key, &mut buffer);
            let hash = folded.hash(entry.collection, &buffer);
            let first = *folded.first.entry(hash).or_insert(at as u32);
            let first = &entries[first as usize];
            // Two texts may have one hash. What is nothing but white space looks like nothing.
            if first.site != entry.site
                && !buffer.is_empty()
                && first.collection == entry.collection
                && fold(&world.key(first.site)) == buffer
            {
                let original = Original::Here(first.site);
                folded.look_alikes.push((entry.site, original));
            }
        }
        if world.knows_more() {
            folded.look_at_known(world);
        }
        folded
    }

    /// A key that is pushed in another spelling than before is a new one.
    fn look_at_known(&mut self, world: &World<'_>) {
        let mut buffer = String::new();
        let mut found: BTreeMap<Site, String> = BTreeMap::new();
        for id in (0..graph().collections.len() as u8).map(CollectionId) {
            for known in world.known_keys(id) {
                fold_into(known, &mut buffer);
                let Some(site) = self.find(world, id, &buffer) else {
                    continue;
                };
                // A known key that is here too has been compared with the others here.
                if !buffer.is_empty() && world.find(id, known).is_none() {
                    found.entry(site).or_insert_with(|| known.to_owned());
                }
            }
        }
        let known = found.into_iter();
        self.look_alikes
            .extend(known.map(|(site, key)| (site, Original::Known(key))));
        light::sort_by_key(&mut self.look_alikes, |(site, _)| *site);
    }

    fn hash(&self, collection: CollectionId, folded: &str) -> u64 {
        self.hasher.hash_one((collection.0, folded))
    }

    /// The first resource of a collection whose key folds to this.
    fn find(&self, world: &World<'_>, collection: CollectionId, folded: &str) -> Option<Site> {
        let first = self.first.get(&self.hash(collection, folded))?;
        let entry = &world.entries()[*first as usize];
        (entry.collection == collection && fold(&world.key(entry.site)) == folded)
            .then_some(entry.site)
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
    /// By hash of collection and folded key, the first known candidate.
    known_first: HashMap<u64, u32, RandomState>,
    /// Hashes of folded keys with one character left out, with the candidate; sorted.
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
            candidates: Vec::with_capacity(world.entries().len()),
            known: String::new(),
            known_first: HashMap::default(),
            shortened: Vec::new(),
            budget: Cell::new(COMPARISONS),
        };
        for entry in world.entries() {
            near.candidates.push(Candidate {
                collection: entry.collection,
                origin: Origin::Site(entry.site),
            });
        }
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
                let hash = near.hash(candidate.collection, &buffer);
                near.known_first.entry(hash).or_insert(at as u32);
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

    fn hash(&self, collection: CollectionId, folded: &str) -> u64 {
        self.known_first.hasher().hash_one((collection.0, folded))
    }

    fn key<'w>(&'w self, world: &World<'w>, candidate: &Candidate) -> Cow<'w, str> {
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
        let word = fold(key);
        if word.is_empty() {
            return None;
        }
        if let Some(nearest) = self.find_folded(world, folded, target, &word) {
            return Some(nearest);
        }
        let characters: Vec<char> = word.chars().take(LONGEST + 1).collect();
        // Two characters have no likeness left when one is changed.
        if !(3..=LONGEST).contains(&characters.len()) {
            return None;
        }
        let (at, alone) = self
            .one_slip_away(world, target, &characters)
            .or_else(|| self.at_a_distance(world, target, &word, characters.len()))?;
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
        word: &str,
    ) -> Option<Nearest> {
        let others = (0..graph().collections.len() as u8)
            .map(CollectionId)
            .filter(|id| *id != target && accepted(target) & 1 << id.0 != 0);
        std::iter::once(target).chain(others).find_map(|id| {
            if let Some(site) = folded.find(world, id, word) {
                return Some(Nearest {
                    key: world.key(site).into_owned(),
                    site: Some(site),
                    how: Likeness::Folded,
                });
            }
            let at = *self.known_first.get(&self.hash(id, word))?;
            let candidate = &self.candidates[at as usize];
            (candidate.collection == id && fold(&self.key(world, candidate)) == word)
                .then(|| self.nearest(world, at, Likeness::Folded))
        })
    }

    /// The first of the nearest, and whether it is the only one.
    fn one_slip_away(
        &self,
        world: &World<'_>,
        target: CollectionId,
        word: &[char],
    ) -> Option<(u32, bool)> {
        let accepted = accepted(target);
        // By distance, then by order; a candidate meets a word in several shortened texts.
        let mut best: Option<(u8, u32)> = None;
        let mut alone = true;
        let mut buffer = String::new();
        let mut other = Vec::new();
        each_shortened(word, |hash| {
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
                let Some(distance) = one_slip(word, &other) else {
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
        word: &str,
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
            if buffer.chars().count().abs_diff(length) > limit || !digits(word).eq(digits(&buffer))
            {
                continue;
            }
            let distance = strsim::osa_distance(word, &buffer);
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

/// Calls `f` with the hash of every text that is the word without one of its characters. Linear:
/// the hash is a polynomial, so that the parts before and after the gap are known.
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
    for gap in 0..word.len() {
        // Of a run of equal characters, which one is left out makes no difference.
        if gap > 0 && word[gap] == word[gap - 1] {
            continue;
        }
        let power = powers[word.len() - gap - 1];
        let before = prefixes[gap].wrapping_mul(power);
        let after = whole.wrapping_sub(prefixes[gap + 1].wrapping_mul(power));
        let hash = before.wrapping_add(after);
        f(((hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32);
    }
}

/// The distance of two words that share a text with one character left out: 1 for a character that
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
