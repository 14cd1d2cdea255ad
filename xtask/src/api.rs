//! `cargo xtask api`: the public API of each published crate, an item a line, in its `public-api.txt`.
//!
//! The file shows in review what a change does to users. Items that are `#[doc(hidden)]` are not in it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::cargo::{published, root, run, work_folder};

/// rustdoc writes JSON on nightly alone, in a format that changes: this one's is what the crate
/// `public-api` reads.
const TOOLCHAIN: &str = "nightly-2026-05-20";

const FILE: &str = "public-api.txt";

/// Renews the files, or fails if one is stale.
///
/// # Errors
///
/// The toolchain is missing and cannot be installed, a crate does not compile, or a file is stale.
pub(crate) fn run_all(write: bool) -> Result<()> {
    let target = work_folder("api")?;
    for package in published()? {
        let name = package["name"].as_str().context("a package has a name")?;
        let manifest = package["manifest_path"].as_str().map(Path::new);
        let folder = manifest.and_then(Path::parent).unwrap_or(root());
        let api = api(name, &target)?;
        let file = folder.join(FILE);
        if write {
            fs::write(&file, api).with_context(|| format!("cannot write {}", file.display()))?;
        } else {
            let committed = fs::read_to_string(&file).unwrap_or_default();
            ensure!(
                committed == api,
                "{} is stale: run `cargo xtask api`, and read what has changed for users",
                file.display()
            );
        }
        println!("{name}: {}", file.display());
    }
    Ok(())
}

/// The start of a command of the nightly toolchain, which is installed unless it is there.
///
/// # Errors
///
/// The toolchain is missing and cannot be installed.
pub(crate) fn nightly() -> Result<Command> {
    let present = Command::new("rustup")
        .args(["run", TOOLCHAIN, "rustdoc", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .context("cannot run rustup: install it (https://rustup.rs)")?;
    if !present.success() {
        let install = ["toolchain", "install", TOOLCHAIN, "--profile", "minimal"];
        run(Command::new("rustup").args(install))
            .with_context(|| format!("install it: rustup {}", install.join(" ")))?;
    }
    let mut command = Command::new("rustup");
    command
        .current_dir(root())
        .args(["run", TOOLCHAIN])
        // These name the toolchain that runs this program.
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN");
    Ok(command)
}

/// The items of a library, sorted, without the implementations that every type has.
fn api(package: &str, target: &Path) -> Result<String> {
    let mut command = nightly()?;
    command
        .args(["cargo", "rustdoc", "--quiet", "--locked"])
        .args(["--lib", "--all-features", "--package", package])
        .arg("--target-dir")
        .arg(target)
        .args(["--", "-Zunstable-options", "--output-format=json"])
        .args(["--cap-lints=allow"]);
    run(&mut command)?;
    let json = target.join(format!("doc/{}.json", package.replace('-', "_")));
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .with_context(|| format!("the JSON of {package} by rustdoc of {TOOLCHAIN}"))?;
    Ok(api.to_string())
}
