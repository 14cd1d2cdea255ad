//! Exit statuses.

/// Nothing at or above `--fail-on`.
pub(super) const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
pub(super) const FINDINGS: u8 = 1;
/// The work could not be done, or not all of it.
pub(super) const FAILURE: u8 = 2;
