//! Time: RFC 3339 instants, IANA zone names, and what a zone's offset is when.
//!
//! Nothing here reads a clock, a locale, the environment or the system's zone database: the same input gives the same
//! answer everywhere.

pub(crate) mod civil;
pub(crate) mod epoch;
pub(crate) mod humanize;
pub(crate) mod offset;
pub(crate) mod rfc3339;
pub(crate) mod rfc3339_repair;
mod table;
pub(crate) mod timestamp;
pub(crate) mod zone;
pub(crate) mod zone_suggestion;
