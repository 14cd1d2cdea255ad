//! The rules: their documentation, their reports over all fixtures, and cases by topic.

mod catalogue;
mod data;
mod fixes;
mod local_times;
mod people;
mod redaction;
mod references;
#[cfg(feature = "cli")]
mod reports;
mod stays;
mod time_zones;
