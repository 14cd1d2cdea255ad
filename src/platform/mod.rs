//! What WebAssembly does otherwise than a process, each thing in one file, with one behaviour.

pub(crate) mod hash;
pub(crate) mod sort;
pub(crate) mod utf8;
