//! The `seamlint` command.
fn main() {}
