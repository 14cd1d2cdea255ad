//! Stable sorting. The standard library's takes some 6 KB of code for each type of element, too much for a page.

use std::cmp::Ordering;

/// Sorts by a key; equal elements keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// So few elements are moved one by one, which takes no memory.
const FEW: usize = 20;

/// Sorts; equal elements keep their order. The places of many elements are sorted, by code that all types share, and then each
/// element is moved once.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() <= FEW {
        for end in 1..items.len() {
            let mut at = end;
            while at > 0 && compare(&items[at - 1], &items[at]) == Ordering::Greater {
                items.swap(at - 1, at);
                at -= 1;
            }
        }
        return;
    }
    let mut order = sorted_places(items.len() as u32, &|a, b| {
        compare(&items[a as usize], &items[b as usize]) == Ordering::Greater
    });
    for start in 0..order.len() {
        // Each cycle of the permutation is followed once; a place that is done points at itself.
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at as u32) as usize;
            if from == start || from == at {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// A merge sort of the numbers below `count`, from the bottom up. Nothing if they are in order, as
/// they mostly are.
fn sorted_places(count: u32, is_after: &dyn Fn(u32, u32) -> bool) -> Vec<u32> {
    if !(1..count).any(|at| is_after(at - 1, at)) {
        return Vec::new();
    }
    let mut order: Vec<u32> = (0..count).collect();
    let mut merged = Vec::with_capacity(order.len());
    let mut width = 1;
    while width < order.len() {
        merged.clear();
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([first, ..], [second, ..]) = (left, right) {
                if is_after(*first, *second) {
                    merged.push(*second);
                    right = &right[1..];
                } else {
                    merged.push(*first);
                    left = &left[1..];
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        width *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library() {
        let mut state = 20_261_123_u64;
        for count in (0..70).chain([255, 256, 257, 1000]) {
            for spread in [1, 3, 1000] {
                let items: Vec<(u64, usize)> = (0..count)
                    .map(|at| {
                        state = state
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1);
                        ((state >> 33) % spread, at)
                    })
                    .collect();
                let (mut wanted, mut sorted) = (items.clone(), items);
                wanted.sort_by_key(|item| item.0);
                sort_by(&mut sorted, |a, b| a.0.cmp(&b.0));
                assert_eq!(sorted, wanted, "{count} of {spread}");
            }
        }
    }
}
