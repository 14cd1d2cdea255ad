//! Payloads as integrators send them: clean ones have no finding, spoilt ones the expected one.

mod generator;
mod hotel;
#[cfg(feature = "cli")]
mod quiet;
mod worlds;
