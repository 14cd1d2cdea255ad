//! Own keys that a reader confuses with others of their collection.

use std::collections::HashMap;

use super::files::{ResourceRef, of_file};
use super::graph::{CollectionId, graph};
use super::payload_set::PayloadSet;
use super::skeleton::{is_skeleton, skeleton};
use crate::platform::hash::RandomState;
use crate::platform::sort;

/// The key that another one looks like.
#[derive(Debug)]
pub(crate) enum Original {
    /// An earlier one of the set.
    Here(ResourceRef),
    /// One that is known from elsewhere.
    Known(String),
}

/// The own keys of a payload set by their skeletons.
#[derive(Debug)]
pub(crate) struct Confusables {
    /// The first resource of each collection and skeleton whose key differs from its skeleton. A key
    /// that equals its skeleton is found by the key itself, and nearly all keys do.
    first: HashMap<(CollectionId, String), ResourceRef, RandomState>,
    /// Resources whose key looks like another one of its collection, in their order.
    look_alikes: Vec<(ResourceRef, Original)>,
}

impl Confusables {
    pub(crate) fn new(set: &PayloadSet<'_>) -> Self {
        let mut first = HashMap::default();
        let mut look_alikes = Vec::new();
        let mut with_skeletons = Vec::new();
        for (at, resource) in set.keyed_resources() {
            if resource.is_skeleton {
                continue;
            }
            let skeleton = skeleton(&set.key(at));
            // A key of white space alone looks like nothing.
            if !skeleton.is_empty() {
                let key = (resource.collection, skeleton);
                first.entry(key.clone()).or_insert(at);
                with_skeletons.push((at, key));
            }
        }
        for (at, key) in with_skeletons {
            let (collection, skeleton) = &key;
            let exact = is_skeleton(skeleton.as_bytes())
                .then(|| set.find(*collection, skeleton))
                .flatten();
            let first = first.get(&key).copied();
            let original = exact.into_iter().chain(first).min().unwrap_or(at);
            if original < at {
                look_alikes.push((at, Original::Here(original)));
            }
            // If the key that equals the skeleton comes later, it is reported once.
            if let Some(exact) = exact
                && first == Some(at)
                && at < exact
            {
                look_alikes.push((exact, Original::Here(at)));
            }
        }
        let mut confusables = Self { first, look_alikes };
        if set.knows_more() {
            confusables.look_at_known(set);
        }
        sort::sort_by_key(&mut confusables.look_alikes, |(at, _)| *at);
        confusables
    }

    /// Adds the keys that are known in another spelling: pushed, they make a second resource.
    fn look_at_known(&mut self, set: &PayloadSet<'_>) {
        let mut found: Vec<(ResourceRef, &str)> = Vec::new();
        for id in graph().ids() {
            for known in set.known_keys(id) {
                let skeleton = skeleton(known);
                let Some(at) = self.find(set, id, &skeleton) else {
                    continue;
                };
                // A known key that is here too has been compared with the others here.
                if !skeleton.is_empty() && set.find(id, known).is_none() {
                    found.push((at, known));
                }
            }
        }
        // Of several, the first is named.
        sort::sort_by_key(&mut found, |(at, _)| *at);
        found.dedup_by_key(|(at, _)| *at);
        let known = found.into_iter();
        self.look_alikes
            .extend(known.map(|(at, key)| (at, Original::Known(key.to_owned()))));
    }

    /// The first resource of a collection whose key has this skeleton.
    pub(super) fn find(
        &self,
        set: &PayloadSet<'_>,
        collection: CollectionId,
        skeleton: &str,
    ) -> Option<ResourceRef> {
        let first = self.first.get(&(collection, skeleton.to_owned())).copied();
        set.find(collection, skeleton)
            .into_iter()
            .chain(first)
            .min()
    }

    /// The resources of a file whose key looks like another one of its collection.
    pub(crate) fn in_file(&self, file: u32) -> &[(ResourceRef, Original)] {
        of_file(&self.look_alikes, file, |(at, _)| at.file)
    }
}

#[cfg(test)]
mod tests {
    use super::super::payload_set::testing::{Random, with_set};
    use super::*;

    /// Each key looks like the first one with its skeleton, found by comparing every pair.
    #[test]
    fn look_alikes_are_those_of_every_pair() {
        let keys = [
            "a",
            "A",
            " a",
            "b",
            "B",
            "caf\u{e9}",
            "cafe\u{301}",
            "CAF\u{c9}",
            " ",
        ];
        let mut random = Random(1);
        let mut count = 0;
        for _ in 0..300 {
            let mut lists = Vec::new();
            for (name, own_key) in [("rooms", "room_key"), ("units", "unit_key")] {
                let key = |_| format!(r#"{{"{own_key}":"{}"}}"#, keys[random.below(keys.len())]);
                let resources: Vec<String> = (0..6).map(key).collect();
                lists.push(format!(r#""{name}":[{}]"#, resources.join(",")));
            }
            let text = format!("{{{}}}", lists.join(","));
            with_set(&[&text], |set| {
                let all: Vec<_> = set
                    .keyed_resources()
                    .map(|(at, it)| (at, it.collection, skeleton(&set.key(at))))
                    .collect();
                let expected: Vec<_> = all
                    .iter()
                    .filter(|(_, _, skeleton)| !skeleton.is_empty())
                    .filter_map(|(at, collection, skeleton)| {
                        let is_alike = |other: &&(ResourceRef, CollectionId, String)| {
                            other.1 == *collection && other.2 == *skeleton
                        };
                        let first = all.iter().find(is_alike)?.0;
                        (first != *at).then_some((*at, first))
                    })
                    .collect();
                let confusables = Confusables::new(set);
                let found = confusables.in_file(0).iter();
                let found = found.filter_map(|(at, original)| match original {
                    Original::Here(original) => Some((*at, *original)),
                    Original::Known(_) => None,
                });
                assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
                count += expected.len();
            });
        }
        assert!(count > 300, "{count}");
    }
}
