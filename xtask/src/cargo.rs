//! The root of the repository, what runs there, and folders to work in.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::{env, fs};

use anyhow::{Context, Result, ensure};

/// The root of the repository that this program is called in, not of the one that it was built
/// in: checkouts that share a `CARGO_TARGET_DIR` share the program.
///
/// # Panics
///
/// It is called outside of a checkout, without cargo.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let here = env::current_dir().unwrap_or_default();
        root_from(env::var_os("CARGO_MANIFEST_DIR").as_deref(), &here)
            .expect("call `cargo xtask` in a checkout of seamlint")
    })
}

/// The root above the package that cargo runs, or else the one around a folder.
fn root_from(manifest: Option<&OsStr>, here: &Path) -> Option<PathBuf> {
    let start = manifest.map_or(here, Path::new);
    let mut folders = start.ancestors();
    folders
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
}

/// A cargo command that runs at the root, the cargo that runs us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command that has to succeed, and shows it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default();
    let shown = std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ");
    println!("\n$ {shown}");
    let status = command
        .status()
        .with_context(|| format!("cannot run {shown}"))?;
    ensure!(status.success(), "{shown}: {status}");
    Ok(())
}

/// Installs a package of Debian or Ubuntu where we may: as root.
///
/// # Errors
///
/// The installation fails.
pub(crate) fn install_from_debian(package: &str) -> Result<()> {
    let id = Command::new("id").arg("-u").output();
    let is_root = id.is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if is_root && Path::new("/usr/bin/apt-get").is_file() {
        run(Command::new("apt-get").arg("update"))?;
        run(Command::new("apt-get")
            .args(["install", "--yes", "--no-install-recommends", package])
            .env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    Ok(())
}

/// Installs a command that is a package of Debian, unless it is there.
///
/// # Errors
///
/// It is missing, and cannot be installed.
pub(crate) fn need(command: &str) -> Result<()> {
    let is_there = || {
        let version = Command::new(command).arg("--version").output();
        version.is_ok_and(|output| output.status.success())
    };
    if !is_there() {
        install_from_debian(command)?;
    }
    ensure!(
        is_there(),
        "{command} is missing: apt-get install {command}"
    );
    Ok(())
}

/// The command with all features, built for development.
///
/// # Errors
///
/// It does not build.
pub(crate) fn program() -> Result<PathBuf> {
    run(cargo().args([
        "build",
        "--package",
        "seamlint",
        "--all-features",
        "--quiet",
    ]))?;
    Ok(target_folder()?.join("debug/seamlint"))
}

/// The folder that cargo builds in: `target`, or what `CARGO_TARGET_DIR` and its like say.
///
/// # Errors
///
/// cargo cannot be asked.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let metadata = metadata(&["--no-deps"])?;
    let folder = metadata["target_directory"].as_str();
    folder
        .map(PathBuf::from)
        .context("cargo metadata names no target directory")
}

/// What `cargo metadata` says.
///
/// # Errors
///
/// cargo cannot be asked.
pub(crate) fn metadata(arguments: &[&str]) -> Result<serde_json::Value> {
    let output = cargo()
        .args(["metadata", "--format-version=1"])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo metadata")?;
    serde_json::from_slice(&output.stdout).context("cargo metadata")
}

/// The packages of the workspace that go to the registry, as cargo describes them.
///
/// # Errors
///
/// cargo cannot be asked.
pub(crate) fn published() -> Result<Vec<serde_json::Value>> {
    let metadata = metadata(&["--no-deps"])?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    // `publish = false` is an empty list of registries.
    let published = packages.filter(|package| package["publish"].is_null());
    Ok(published.cloned().collect())
}

/// A folder in `target`, made unless it is there; from the root of the file system.
pub(crate) fn work_folder(name: &str) -> Result<PathBuf> {
    let folder = root().join("target").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(fs::canonicalize(folder)?)
}

/// Makes a folder anew, with nothing in it.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_that_of_the_checkout_in_which_it_runs() {
        let folder = env::temp_dir().join(format!("seamlint-xtask-{}", std::process::id()));
        let [one, other] = ["one", "other"].map(|name| folder.join(name));
        for checkout in [&one, &other] {
            fs::create_dir_all(checkout.join("xtask/src")).expect("a folder");
            fs::write(checkout.join("xtask/Cargo.toml"), "").expect("a file");
        }
        let by_cargo = root_from(Some(one.join("xtask").as_os_str()), &other);
        assert_eq!(by_cargo.as_ref(), Some(&one));
        let by_folder = root_from(None, &other.join("xtask/src"));
        assert_eq!(by_folder.as_ref(), Some(&other));
        fs::remove_dir_all(&folder).expect("it was made");
    }
}
