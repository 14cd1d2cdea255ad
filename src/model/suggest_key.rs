//! The key that a reference to nothing probably means.
//!
//! Typos are found by a `SymSpell` index: every skeleton, whole and with each one character deleted. Two
//! keys that share an entry are at most one edit apart, or differ by one character that has moved.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use super::confusables::Confusables;
use super::files::ResourceRef;
use super::graph::{CollectionId, accepted, graph};
use super::payload_set::PayloadSet;
use super::skeleton::{skeleton, skeleton_into};
use crate::platform::hash::RandomState;
use crate::platform::sort;

/// The key that was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suggestion {
    pub(crate) key: String,
    /// The resource with the key; none if the key is known from elsewhere.
    pub(crate) resource: Option<ResourceRef>,
    pub(crate) how: Likeness,
}

/// How near a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// The same to a reader.
    SameSkeleton,
    /// The same but for zeros at the start: spreadsheets remove them.
    LeadingZeros,
    /// No other key is as near.
    Alone,
    /// Others are as near: this is the first.
    OneOfSeveral,
}

/// Every key that a reference can name, prepared for search by distance. Made for the first
/// reference that names nothing.
#[derive(Debug)]
pub(crate) struct KeySuggester {
    candidates: Vec<Candidate>,
    /// The known keys, one after the other.
    known: String,
    /// By collection and skeleton, the first known candidate.
    known_first: HashMap<(CollectionId, String), u32, RandomState>,
    /// By collection and skeleton without zeros at its start, the first candidate that has any.
    without_zeros: HashMap<(CollectionId, String), u32, RandomState>,
    /// Hashes of skeletons, whole and with one character deleted, with the candidate; sorted.
    deletions: Vec<(u32, u32)>,
    /// How many full comparisons are left: they are expensive, and few words need them.
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
    Here(ResourceRef),
    /// In [`KeySuggester::known`].
    Known(Range<u32>),
}

/// The longest key that is searched by distance, in characters: nobody mistypes longer ones.
const LONGEST: usize = 128;
/// How many keys that share an entry are looked at.
const CROWD: usize = 64;
/// Full comparisons in one set.
const COMPARISONS: usize = 1 << 16;
/// The most keys that are compared in full with one word.
const FEW: usize = 2048;

impl KeySuggester {
    pub(crate) fn new(set: &PayloadSet<'_>) -> Self {
        let mut index = Self {
            candidates: Vec::with_capacity(set.resource_count() as usize),
            known: String::new(),
            known_first: HashMap::default(),
            without_zeros: HashMap::default(),
            deletions: Vec::new(),
            budget: Cell::new(COMPARISONS),
        };
        for (at, resource) in set.keyed_resources() {
            index.candidates.push(Candidate {
                collection: resource.collection,
                origin: Origin::Here(at),
            });
        }
        for id in graph().ids() {
            for key in set.known_keys(id) {
                let start = index.known.len() as u32;
                index.known.push_str(key);
                index.candidates.push(Candidate {
                    collection: id,
                    origin: Origin::Known(start..index.known.len() as u32),
                });
            }
        }
        let mut buffer = String::new();
        let mut characters = Vec::new();
        for at in 0..index.candidates.len() {
            let candidate = &index.candidates[at];
            skeleton_into(&index.key(set, candidate), &mut buffer);
            if matches!(candidate.origin, Origin::Known(_)) {
                let key = (candidate.collection, buffer.clone());
                index.known_first.entry(key).or_insert(at as u32);
            }
            if let Some(rest) = buffer.strip_prefix('0') {
                let key = (
                    candidate.collection,
                    rest.trim_start_matches('0').to_owned(),
                );
                index.without_zeros.entry(key).or_insert(at as u32);
            }
            characters.clear();
            characters.extend(buffer.chars());
            let deletions = &mut index.deletions;
            each_deletion(&characters, |hash| deletions.push((hash, at as u32)));
        }
        sort::sort_by(&mut index.deletions, Ord::cmp);
        index.deletions.dedup();
        index
    }

    fn key<'s>(&'s self, set: &'s PayloadSet<'_>, candidate: &Candidate) -> Cow<'s, str> {
        match &candidate.origin {
            Origin::Here(at) => set.key(*at),
            Origin::Known(range) => {
                Cow::Borrowed(&self.known[range.start as usize..range.end as usize])
            }
        }
    }

    /// The key nearest to one that does not exist, among those that a reference to `target` may
    /// name: the same to a reader, then one edit away, then by distance.
    pub(crate) fn find(
        &self,
        set: &PayloadSet<'_>,
        confusables: &Confusables,
        target: CollectionId,
        key: &str,
    ) -> Option<Suggestion> {
        let wanted = skeleton(key);
        if wanted.is_empty() {
            return None;
        }
        if let Some(nearest) = self
            .same_skeleton(set, confusables, target, &wanted)
            .or_else(|| self.same_but_zeros(set, confusables, target, &wanted))
        {
            return Some(nearest);
        }
        let characters: Vec<char> = wanted.chars().take(LONGEST + 1).collect();
        // Two characters have no likeness left when one is changed.
        if !(3..=LONGEST).contains(&characters.len()) {
            return None;
        }
        let (at, alone) = self
            .one_edit_away(set, target, &characters)
            .or_else(|| self.at_a_distance(set, target, &wanted, characters.len()))?;
        let how = if alone {
            Likeness::Alone
        } else {
            Likeness::OneOfSeveral
        };
        Some(self.suggestion(set, at, how))
    }

    fn suggestion(&self, set: &PayloadSet<'_>, at: u32, how: Likeness) -> Suggestion {
        let candidate = &self.candidates[at as usize];
        Suggestion {
            key: self.key(set, candidate).into_owned(),
            resource: match candidate.origin {
                Origin::Here(at) => Some(at),
                Origin::Known(_) => None,
            },
            how,
        }
    }

    fn same_skeleton(
        &self,
        set: &PayloadSet<'_>,
        confusables: &Confusables,
        target: CollectionId,
        wanted: &str,
    ) -> Option<Suggestion> {
        let others = graph()
            .ids()
            .filter(|id| *id != target && accepted(target) & 1 << id.0 != 0);
        std::iter::once(target).chain(others).find_map(|id| {
            if let Some(at) = confusables.find(set, id, wanted) {
                return Some(Suggestion {
                    key: set.key(at).into_owned(),
                    resource: Some(at),
                    how: Likeness::SameSkeleton,
                });
            }
            let known = *self.known_first.get(&(id, wanted.to_owned()))?;
            Some(self.suggestion(set, known, Likeness::SameSkeleton))
        })
    }

    fn same_but_zeros(
        &self,
        set: &PayloadSet<'_>,
        confusables: &Confusables,
        target: CollectionId,
        wanted: &str,
    ) -> Option<Suggestion> {
        let rest = wanted.trim_start_matches('0');
        if rest.is_empty() {
            return None;
        }
        let how = Likeness::LeadingZeros;
        let accepted = accepted(target);
        let mut ids = graph().ids().filter(|id| accepted & 1 << id.0 != 0);
        let longer = ids.find_map(|id| self.without_zeros.get(&(id, rest.to_owned())));
        if let Some(at) = longer {
            return Some(self.suggestion(set, *at, how));
        }
        if rest.len() == wanted.len() {
            return None;
        }
        let shorter = self.same_skeleton(set, confusables, target, rest)?;
        Some(Suggestion { how, ..shorter })
    }

    /// The first of the nearest, and whether it is the only one.
    fn one_edit_away(
        &self,
        set: &PayloadSet<'_>,
        target: CollectionId,
        wanted: &[char],
    ) -> Option<(u32, bool)> {
        let accepted = accepted(target);
        // By distance, then by order. A candidate may share several entries with the word.
        let mut best: Option<(u8, u32)> = None;
        let mut alone = true;
        let mut buffer = String::new();
        let mut other = Vec::new();
        each_deletion(wanted, |hash| {
            let start = self.deletions.partition_point(|known| known.0 < hash);
            let sharing = self.deletions[start..]
                .iter()
                .take_while(|known| known.0 == hash);
            for (_, at) in sharing.take(CROWD) {
                let candidate = &self.candidates[*at as usize];
                if accepted & 1 << candidate.collection.0 == 0 {
                    continue;
                }
                skeleton_into(&self.key(set, candidate), &mut buffer);
                other.clear();
                other.extend(buffer.chars());
                let Some(distance) = one_edit(wanted, &other) else {
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
        // Keys with the same text in several collections count as several.
        best.map(|(_, at)| (at, alone))
    }

    /// As [`KeySuggester::one_edit_away`], by comparing all keys, while both they and such words are few.
    fn at_a_distance(
        &self,
        set: &PayloadSet<'_>,
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
            skeleton_into(&self.key(set, candidate), &mut buffer);
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

/// Calls `f` with the hash of a word, and of the word without each of its characters. The hash is a
/// polynomial, so that this is linear: the parts before and after the gap are known.
fn each_deletion(word: &[char], mut f: impl FnMut(u32)) {
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

/// The distance of two words that share an entry: 1 for a character that is changed, deleted, added
/// or swapped with its neighbour, 2 for one that has moved. None for other words.
fn one_edit(a: &[char], b: &[char]) -> Option<u8> {
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
    use std::collections::HashSet;

    use super::*;

    /// Of all words of a small alphabet, those one edit apart share an entry, and the distance is right.
    #[test]
    fn no_edit_is_missed() {
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
            each_deletion(word, |hash| {
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
                    let found = one_edit(one, other).map(usize::from);
                    assert_eq!(found, Some(distance), "{one:?} {other:?}");
                }
            }
        }
    }
}
