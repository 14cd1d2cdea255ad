//! `cargo xtask wheel`: the Python package in `target/wheels`, with the command in it; and
//! `cargo xtask test --only python`, which installs it as a user does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo::{cargo, empty, root, run, target_folder, work_folder};

/// What the tests of the package need beside it.
const TEST_PACKAGES: [&str; 5] = [
    "duckdb==2.0.1",
    "mypy==2.4.1",
    "polars==2.1.0",
    "pyarrow==26.0.1",
    "pytest==9.2.0",
];

/// How a wheel is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// In seconds where the workspace is compiled already.
    Quick,
    /// As it is published.
    Release,
}

/// Builds the wheel; gives its path.
///
/// # Errors
///
/// Python 3 or the network is missing, or something does not compile.
pub(crate) fn build(build: Build) -> Result<PathBuf> {
    let is_quick = build == Build::Quick;
    // The command aborts on a panic, and the module must not: two profiles.
    let (of_command, of_module) = if is_quick {
        ("dev", "dev")
    } else {
        ("release", "wheel")
    };
    let mut command = cargo();
    command.args(["build", "--quiet", "--package", "seamlint", "--bin"]);
    run(command.args(["seamlint", "--profile", of_command]))?;
    let name = format!("seamlint{}", std::env::consts::EXE_SUFFIX);
    let folder = if is_quick { "debug" } else { "release" };
    let scripts = root().join("python/seamlint.data/scripts");
    empty(&scripts)?;
    fs::copy(
        target_folder()?.join(folder).join(&name),
        scripts.join(name),
    )
    .context("cannot copy the command")?;

    let out = work_folder(if is_quick { "wheel/quick" } else { "wheels" })?;
    empty(&out)?;
    let mut maturin = Command::new(crate::python::commands()?.join("maturin"));
    maturin.current_dir(root().join("python"));
    maturin.args(["build", "--quiet", "--strip", "--interpreter", "python3"]);
    maturin.args(["--profile", of_module, "--out"]).arg(&out);
    run(&mut maturin)?;
    let mut files = fs::read_dir(&out)?;
    let wheel = files
        .find_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "whl"));
    wheel.with_context(|| format!("no wheel is in {}", out.display()))
}

/// Builds the wheel, installs it where nothing else is, and runs the tests of the package and of its types.
///
/// # Errors
///
/// Python 3 or the network is missing, or a test fails.
pub(crate) fn test() -> Result<()> {
    let wheel = build(Build::Quick)?;
    let venv = work_folder("wheel")?.join("venv");
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&venv))?;
    let bin = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let pip = || {
        let mut command = Command::new(bin.join("python"));
        command.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        command
    };
    run(pip().arg("--no-index").arg(&wheel))?;
    run(Command::new(bin.join("seamlint")).arg("--version"))?;
    run(pip().args(TEST_PACKAGES))?;

    let package = fs::canonicalize(root().join("python"))?;
    // The packages that are installed, and not the sources beside the tests.
    let python = |module: &str, folder: &Path| {
        let mut command = Command::new(bin.join("python"));
        command.args(["-m", module]).current_dir(folder);
        command
    };
    run(python("pytest", &package).arg("--quiet"))?;
    run(python("mypy", &package.join("package")).args([
        "--config-file",
        "../pyproject.toml",
        "seamlint",
    ]))?;
    run(python("mypy", &package.join("tests")).args(["--config-file", "../pyproject.toml", "."]))?;
    run(python("mypy.stubtest", &work_folder("wheel")?).arg("seamlint._native"))?;

    Ok(())
}
