//! An order for the functions of a WebAssembly module, in which those that are alike stand side by side.
//!
//! Compilers write the same sequences again and again, and brotli points back to them. The nearer they
//! are, the less it takes to say where: 3.3 of 123 KB when it was measured.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};
use wasm_encoder::{NameMap, NameSection, Section};
use wasmparser::{Parser, Payload, TypeRef};

/// What is compared: this many bytes in a row.
const SEQUENCE: usize = 6;

/// A sequence in more functions than this says little about any.
const COMMON: usize = 150;

/// How much the function before the last one counts for, of the last one's likeness; and so on.
const FADING: f64 = 0.8;

/// Likeness is counted by the byte of a function, and of as many more: of very short ones it says little.
const HEADER: f64 = 20.0;

/// The module with names of its functions that are in their new order if sorted as texts, for
/// `wasm-opt --reorder-functions-by-name`.
///
/// # Errors
///
/// The bytes are no module.
pub(crate) fn with_names_in_order(module: &[u8]) -> Result<Vec<u8>> {
    let mut imported = 0;
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("the module cannot be read")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import?.ty, TypeRef::Func(_)) {
                        imported += 1;
                    }
                }
            }
            Payload::CodeSectionEntry(body) => functions.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut places = vec![0; functions.len()];
    for (place, function) in by_likeness(&functions).into_iter().enumerate() {
        places[function] = place;
    }
    let mut names = NameMap::new();
    for import in 0..imported {
        names.append(import, &format!("a{import:06}"));
    }
    for (function, place) in (imported..).zip(places) {
        names.append(function, &format!("f{place:06}"));
    }
    let mut section = NameSection::new();
    section.functions(&names);
    let mut out = module.to_vec();
    section.append_to(&mut out);
    Ok(out)
}

/// The functions' numbers, each after the one that it has most in common with of those that are left; the
/// shortest comes first.
fn by_likeness(functions: &[&[u8]]) -> Vec<usize> {
    let sequences: Vec<HashSet<&[u8]>> = functions
        .iter()
        .map(|function| function.windows(SEQUENCE).collect())
        .collect();
    let mut holders: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, sequences) in sequences.iter().enumerate() {
        for sequence in sequences {
            holders.entry(sequence).or_default().push(function);
        }
    }
    let mut likeness = vec![0.0; functions.len()];
    let mut left: Vec<usize> = (0..functions.len()).collect();
    let mut order = Vec::with_capacity(functions.len());
    let shortest = (0..functions.len()).min_by_key(|function| functions[*function].len());
    let mut next = shortest;
    while let Some(function) = next {
        order.push(function);
        left.retain(|other| *other != function);
        for likeness in &mut likeness {
            *likeness *= FADING;
        }
        // In the order of the function's bytes: sums of floating-point numbers depend on it.
        let mut counted = HashSet::new();
        for sequence in functions[function].windows(SEQUENCE) {
            let holders = &holders[sequence];
            if holders.len() <= COMMON && counted.insert(sequence) {
                for other in holders {
                    likeness[*other] += 1.0 / f64::from(holders.len() as u32).sqrt();
                }
            }
        }
        let by_byte = |function: &usize| {
            likeness[*function] / (HEADER + f64::from(functions[*function].len() as u32))
        };
        // Of equals, the last.
        next = left
            .iter()
            .copied()
            .max_by(|a, b| by_byte(a).total_cmp(&by_byte(b)));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::by_likeness;

    #[test]
    fn what_is_alike_stands_side_by_side() {
        let functions: [&[u8]; 6] = [
            b"one thing and another",
            b"what has nothing in common",
            b"x",
            b"two things and others",
            b"0123456789",
            b"-123456789",
        ];
        let order = by_likeness(&functions);
        let place = |function: usize| order.iter().position(|one| *one == function);
        assert_eq!(order.len(), 6);
        assert_eq!(order[0], 2, "{order:?}");
        for (a, b) in [(0, 3), (4, 5)] {
            let apart = place(a).zip(place(b)).map(|(a, b)| a.abs_diff(b));
            assert_eq!(apart, Some(1), "{order:?}");
        }
    }
}
