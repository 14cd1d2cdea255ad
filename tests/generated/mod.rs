//! What is made from the code and committed. `cargo xtask docs` runs these tests with
//! `SEAMLINT_WRITE=1`, which writes the files instead of comparing them.

mod compatibility;
mod pages;
mod readme;
