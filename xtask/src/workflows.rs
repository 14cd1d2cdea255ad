//! `cargo xtask test --only workflows`: checks `.github/` and the licences of dependencies.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::cargo::{root, run as run_command};

/// Checks workflows with actionlint and zizmor, issue forms with the schema of GitHub, and
/// dependencies with cargo-deny and npm audit.
///
/// # Errors
///
/// A tool reports a problem, or Node.js, Python 3 or the network is missing.
pub(crate) fn run() -> Result<()> {
    let python = crate::python::commands()?;
    let lint = root().join("tests/recipes");
    crate::wasm::npm_packages(&lint)?;
    for workflow in files(".github/workflows")? {
        let mut actionlint = Command::new("node");
        actionlint.current_dir(&lint).arg("lint.mjs");
        run_command(actionlint.arg(&workflow))?;
        check_schema(&python, "vendor.github-workflows", &workflow)?;
    }
    for form in files(".github/ISSUE_TEMPLATE")? {
        let schema = if form.ends_with("config.yml") {
            "vendor.github-issue-config"
        } else {
            "vendor.github-issue-forms"
        };
        check_schema(&python, schema, &form)?;
    }
    let mut zizmor = Command::new(python.join("zizmor"));
    zizmor.current_dir(root());
    run_command(zizmor.args(["--offline", "--persona=auditor", "--quiet", ".github"]))?;
    dependencies(&python)
}

/// Advisories are checked only where their database can be fetched from GitHub.
fn dependencies(python: &Path) -> Result<()> {
    let deny = || {
        let mut command = Command::new(python.join("cargo-deny"));
        command.current_dir(root()).arg("--locked");
        command
    };
    let fetched = deny().args(["fetch", "db"]).output();
    let mut check = deny();
    check.args(["check", "bans", "licenses", "sources"]);
    if fetched.is_ok_and(|output| output.status.success()) {
        check.arg("advisories");
    } else {
        println!("advisories: not checked, because their database cannot be fetched from GitHub");
    }
    run_command(&mut check)?;
    audit()
}

/// What npm knows against the dependencies of the npm package, where its registry answers.
fn audit() -> Result<()> {
    let audited = Command::new("npm")
        .current_dir(root().join("pkg"))
        .args(["audit", "--json", "--package-lock-only", "--omit=dev"])
        .output()
        .context("cannot run npm")?;
    let report: Value = serde_json::from_slice(&audited.stdout).unwrap_or_default();
    match report["vulnerabilities"].as_object() {
        Some(known) if known.is_empty() => println!("npm audit: nothing is known"),
        Some(known) => bail!("npm audit: {:?}", known.keys().collect::<Vec<_>>()),
        None => println!("npm audit: not checked, because the registry does not answer"),
    }
    Ok(())
}

fn check_schema(python: &Path, schema: &str, file: &Path) -> Result<()> {
    let mut check = Command::new(python.join("check-jsonschema"));
    run_command(check.args(["--builtin-schema", schema]).arg(file))
}

/// The files of a folder of the repository, in order, with absolute paths.
fn files(folder: &str) -> Result<Vec<PathBuf>> {
    let folder =
        fs::canonicalize(root().join(folder)).with_context(|| format!("{folder} is missing"))?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.sort();
    Ok(files)
}
