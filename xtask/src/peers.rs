//! Other validators that come from npm: installed in `target/peers`, and how they are called.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo::{root, run, work_folder};

/// Each as it is installed; ajv and zod as `pkg/package.json` has them.
pub(crate) const PACKAGES: [&str; 5] = [
    "@sourcemeta/jsonschema@16.11.0",
    "ajv@8.20.0",
    "ajv-cli@5.0.0",
    "ajv-formats@3.0.1",
    "zod@4.6.7",
];

/// Where they are.
pub(crate) struct Peers {
    pub(crate) folder: PathBuf,
}

/// Installs the packages, unless they are there.
///
/// # Errors
///
/// Node.js, npm or the network is missing.
pub(crate) fn install() -> Result<Peers> {
    let folder = work_folder("peers")?;
    let stamp = folder.join("installed");
    let wanted = PACKAGES.join(" ");
    if !fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        fs::write(folder.join("package.json"), r#"{ "private": true }"#)?;
        let mut npm = Command::new("npm");
        npm.current_dir(&folder)
            .args(["install", "--save-exact", "--no-audit", "--no-fund"])
            .args(PACKAGES);
        run(&mut npm).context("install Node.js 20 or newer, with npm")?;
        fs::write(stamp, wanted)?;
    }
    Ok(Peers { folder })
}

impl Peers {
    /// A command of a package, as npm links it.
    pub(crate) fn bin(&self, name: &str) -> PathBuf {
        self.folder.join("node_modules/.bin").join(name)
    }

    /// The command of `@sourcemeta/jsonschema` without the script that npm runs it by.
    pub(crate) fn blaze(&self) -> PathBuf {
        self.folder.join(format!(
            "node_modules/@sourcemeta/jsonschema/build/github-releases/jsonschema-{}-{}",
            std::env::consts::OS.replace("macos", "darwin"),
            std::env::consts::ARCH.replace("aarch64", "arm64"),
        ))
    }
}

/// The schema that all of them are given.
pub(crate) fn schema() -> PathBuf {
    root().join("schema/push_data.schema.json")
}

/// A path as a word of a command.
pub(crate) fn word(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
