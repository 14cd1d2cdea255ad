//! Helpers that several modules share.

pub(crate) mod broken;
#[cfg(feature = "cli")]
pub(crate) mod command;
pub(crate) mod hostile;
pub(crate) mod imports;
pub(crate) mod layers;
pub(crate) mod payload;
pub(crate) mod random;
#[cfg(feature = "cli")]
pub(crate) mod schemas;
pub(crate) mod slips;
pub(crate) mod snapshot;
pub(crate) mod stay;
