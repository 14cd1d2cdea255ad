//! What references name.

use json_document::Document;

use super::files::{Files, ResourceRef};
use super::fixed_keys::FixedKeys;
use super::graph::{CollectionId, accepted, graph};
use super::key::{is_same_text, key_text};
use super::key_index::KeyIndex;
use super::known::KnownToSet;
use super::reference::Reference;
use crate::text::whitespace::is_ecma_whitespace;

/// What a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// Nothing: it is empty or white space.
    Empty,
    /// A resource of the set: the first with that key.
    Found(ResourceRef),
    /// A key that is known from elsewhere.
    Known,
    /// The key exists, in a collection that the member does not name.
    WrongKind(ResourceRef),
    /// The key is known from elsewhere, in a collection that the member does not name.
    KnownWrongKind(CollectionId),
    /// No resource that is known.
    Missing,
}

/// Sentinel: the reference names no resource of the set.
const NO_RESOURCE: u32 = u32::MAX;

/// What the references of a file name.
#[derive(Debug)]
pub(super) struct Resolutions {
    /// By reference, the number of the resource that it names; or [`NO_RESOURCE`].
    found: Vec<u32>,
    /// What the references are that name no resource of the set, in their order.
    pub(super) others: Vec<(u32, Resolution)>,
}

impl Resolutions {
    pub(super) fn get(&self, files: &Files<'_>, reference: usize) -> Resolution {
        match self.found[reference] {
            NO_RESOURCE => self
                .others
                .binary_search_by_key(&(reference as u32), |(at, _)| *at)
                .map_or(Resolution::Missing, |other| self.others[other].1),
            number => Resolution::Found(files.numbered(number)),
        }
    }
}

impl Resolutions {
    /// Resolves again, among the keys that fixes leave, what names no resource of its kind.
    pub(super) fn resolve_fixed(&mut self, files: &Files<'_>, file: usize, fixed: &FixedKeys) {
        let file = &files.all[file];
        let found = &mut self.found;
        self.others.retain(|(at, resolution)| {
            let reference = file.payload.references[*at as usize];
            let resource = match resolution {
                Resolution::Empty | Resolution::Found(_) | Resolution::Known => None,
                _ => fixed.find(reference.target, &key_text(file.document, reference.node)),
            };
            if let Some(resource) = resource {
                found[*at as usize] = files.number(resource);
            }
            resource.is_none()
        });
    }
}

/// What references are looked up in.
pub(super) struct Resolver<'s, 'w> {
    pub(super) files: &'s Files<'w>,
    pub(super) index: &'s KeyIndex,
    pub(super) known: &'s KnownToSet<'w>,
    /// The collections with at least one resource or known key, a bit each.
    pub(super) held: u32,
}

impl Resolver<'_, '_> {
    pub(super) fn file(&self, file: usize) -> Resolutions {
        let file = &self.files.all[file];
        let references = &file.payload.references;
        let mut found = Vec::with_capacity(references.len());
        let mut others = Vec::new();
        // By collection, the resource that a reference to it named last. The next reference often
        // names the same or the one behind it: reservations are in the order of their guests.
        let mut last = vec![0; graph().collections.len()];
        for (at, reference) in (0..).zip(references) {
            let last = &mut last[usize::from(reference.target.0)];
            found.push(match self.resolve(file.document, *reference, *last) {
                Ok(found) => {
                    *last = found;
                    found
                }
                Err(resolution) => {
                    others.push((at, resolution));
                    NO_RESOURCE
                }
            });
        }
        Resolutions { found, others }
    }

    /// The number of the resource that a reference names, or what there is instead. It is probably
    /// `near` or the resource behind that, which need not be looked up.
    fn resolve(
        &self,
        document: &Document<'_>,
        reference: Reference,
        near: u32,
    ) -> Result<u32, Resolution> {
        let target = reference.target;
        let has_key = |of: &Document<'_>, key| is_same_text((document, reference.node), (of, key));
        let is_it = |number: &u32| {
            let at = self.files.numbered(*number);
            let file = &self.files.all[at.file as usize];
            let resource = file.payload.resources.get(at.resource as usize);
            resource.is_some_and(|it| {
                it.collection == target
                    && it.hash == reference.hash
                    && it.key.is_some_and(|key| has_key(file.document, key))
                    && self.index.is_first(at)
            })
        };
        let is_plain = document.is_plain(reference.node);
        if is_plain && let Some(found) = [near, near + 1].into_iter().find(is_it) {
            return Ok(found);
        }
        let key = key_text(document, reference.node);
        if key.chars().all(is_ecma_whitespace) {
            return Err(Resolution::Empty);
        }
        let accepted = accepted(target);
        // Of several, the collection that is named, then the first.
        let rank = |id: CollectionId| (id != target, id);
        let mut found: Option<(ResourceRef, CollectionId)> = None;
        let mut elsewhere: Option<(ResourceRef, CollectionId)> = None;
        for at in self.index.with_key(self.files, reference.hash, has_key) {
            let collection = self.files.resource(at).collection;
            let best = if accepted & 1 << collection.0 == 0 {
                &mut elsewhere
            } else {
                &mut found
            };
            if best.is_none_or(|(_, best)| rank(collection) < rank(best)) {
                *best = Some((at, collection));
            }
        }
        if let Some((found, _)) = found {
            return Ok(self.files.number(found));
        }
        if self.known.collection_of(&key, accepted).is_some() {
            return Err(Resolution::Known);
        }
        // That a guest is called like a room means nothing by itself: both may be numbered.
        let graph = graph();
        let kind = graph.collection(target).kind;
        let plausible =
            |id: CollectionId| graph.collection(id).kind == kind || self.held & accepted != 0;
        if let Some((elsewhere, _)) = elsewhere.filter(|(_, id)| plausible(*id)) {
            return Err(Resolution::WrongKind(elsewhere));
        }
        Err(match self.known.collection_of(&key, !accepted) {
            Some(id) if plausible(id) => Resolution::KnownWrongKind(id),
            _ => Resolution::Missing,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::payload_set::testing::{Random, with_set};
    use super::*;

    /// A payload of rooms, units and guests, and of staff who name them.
    fn payload(random: &mut Random) -> String {
        let keys = ["a", "b", "c", r"\u0061", " b", "", " "];
        let mut key = || keys[random.below(keys.len())];
        let mut list = |resource: &dyn Fn(&str, &str) -> String| {
            let all: Vec<String> = (0..4).map(|_| resource(key(), key())).collect();
            all.join(",")
        };
        let rooms = list(&|key, _| format!(r#"{{"room_key":"{key}"}}"#));
        let units = list(&|key, _| format!(r#"{{"unit_key":"{key}"}}"#));
        let guests = list(&|key, _| format!(r#"{{"guest_key":"{key}"}}"#));
        let staff = list(&|a, b| {
            format!(r#"{{"staff_member_key":"s","room_keys":["{a}","{b}"],"space_keys":["{b}"]}}"#)
        });
        format!(
            r#"{{"guests":[{guests}],"units":[{units}],"rooms":[{rooms}],"staff_members":[{staff}]}}"#
        )
    }

    #[test]
    fn references_name_what_a_search_finds() {
        let mut random = Random(1);
        let mut kinds = [0; 5];
        for _ in 0..300 {
            let texts = [payload(&mut random), payload(&mut random)];
            with_set(&[&texts[0], &texts[1]], |set| {
                let resources: Vec<ResourceRef> = (0..2)
                    .flat_map(|file| (0..16).map(move |resource| ResourceRef { file, resource }))
                    .collect();
                for at in &resources {
                    for (reference, found) in set.resolved(*at) {
                        let key = key_text(set.document(*at), reference.node);
                        // The collection that is named, then the others in the schema's order.
                        let find_as = |is_accepted: bool, is_fixed: bool| {
                            let ids = graph().ids().filter(|id| {
                                (accepted(reference.target) & 1 << id.0 != 0) == is_accepted
                            });
                            let mut ids: Vec<CollectionId> = ids.collect();
                            ids.sort_by_key(|id| *id != reference.target);
                            ids.into_iter().find_map(|id| {
                                let is_it = |at: &&ResourceRef| {
                                    let own = set.key(**at);
                                    let own = if is_fixed { own.trim() } else { &*own };
                                    set.resource(**at).collection == id && own == key
                                };
                                resources.iter().find(is_it).copied()
                            })
                        };
                        let find = |is_accepted| find_as(is_accepted, false);
                        let expected = if key.trim().is_empty() {
                            kinds[0] += 1;
                            Resolution::Empty
                        } else if let Some(found) = find(true) {
                            kinds[1] += 1;
                            Resolution::Found(found)
                        } else if let Some(found) = find_as(true, true) {
                            kinds[4] += 1;
                            Resolution::Found(found)
                        } else if let Some(found) = find(false) {
                            kinds[2] += 1;
                            Resolution::WrongKind(found)
                        } else {
                            kinds[3] += 1;
                            Resolution::Missing
                        };
                        assert_eq!(found, expected, "{key:?} in {texts:?}");
                    }
                }
            });
        }
        assert!(kinds.iter().all(|count| *count > 20), "{kinds:?}");
    }
}
