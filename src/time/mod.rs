//! Time: RFC 3339 instants, IANA zone names, and what a zone's offset is when.
//!
//! Nothing here reads a clock, a locale, the environment or the system's zone database: the same input gives the same
//! answer everywhere.

pub(crate) mod civil;
pub(crate) mod offset;
pub(crate) mod rfc3339;
mod table;
pub(crate) mod time_of_day;
pub(crate) mod words;
pub(crate) mod zone;
