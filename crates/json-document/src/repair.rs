//! Repair of texts that are not JSON, by the cheapest edits.
//!
//! The idea is that of Diekmann and Tratt, "Don't Panic! Better, Fewer, Syntax Errors for LR
//! Parsers" (ECOOP 2020), for a grammar so small that candidates can be listed: where a reader
//! stops, a bounded set of edits is tried, and each is judged by how far and how cleanly reading then
//! goes on, with what a [`Vocabulary`](crate::Vocabulary) expects there.

mod candidate;
mod doubt;
pub(crate) mod edit;
mod lexer;
mod reader;
pub(crate) mod search;
pub(crate) mod slip;
