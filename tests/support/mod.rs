//! Helpers that several modules share.

pub(crate) mod broken;
#[cfg(feature = "cli")]
pub(crate) mod command;
pub(crate) mod numbers;
pub(crate) mod payload;
#[cfg(feature = "cli")]
pub(crate) mod program;
pub(crate) mod random;
#[cfg(feature = "cli")]
pub(crate) mod schemas;
pub(crate) mod snapshot;
