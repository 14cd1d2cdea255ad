//! Tests of the crate as its users see it.

mod agreement;
#[path = "../../../../tests/support/payload.rs"]
mod payload;
mod properties;
#[path = "../../../../tests/support/random.rs"]
mod random;
