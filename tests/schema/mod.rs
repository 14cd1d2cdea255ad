//! The schema: derived, committed, and checked against.

#[cfg(feature = "custom-schema")]
mod agreement;
#[cfg(feature = "custom-schema")]
mod committed;
#[cfg(feature = "custom-schema")]
mod difference;
#[cfg(feature = "custom-schema")]
mod openapi;
mod places;
