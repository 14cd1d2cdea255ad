//! Facts about single values, which need no document and no rule.

pub(crate) mod access_code;
pub(crate) mod coordinates;
pub(crate) mod email;
pub(crate) mod metadata;
pub(crate) mod phone;
pub(crate) mod placeholder;
pub(crate) mod status;
pub(crate) mod time_of_day;
