//! The rules: their documentation, their reports over all fixtures, and cases by topic.

mod catalogue;
mod fixes;
mod people;
mod references;
#[cfg(feature = "cli")]
mod reports;
mod times;
