//! Which command is tested.

use std::path::PathBuf;

/// The native command, or another that is to do the same: `SEAMLINT_COMMAND` names the npm
/// package's where `cargo xtask test --only npm` runs the tests a second time.
pub(crate) fn program() -> PathBuf {
    match std::env::var_os("SEAMLINT_COMMAND") {
        Some(named) => named.into(),
        None => env!("CARGO_BIN_EXE_seamlint").into(),
    }
}
