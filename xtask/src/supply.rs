//! `cargo xtask test --only supply`: what users get with a package, and from where. `cargo xtask supply`
//! renews the lists in `tests/supply`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::bench::printed;
use crate::cargo::{cargo, empty, published, root, run as execute, work_folder};

/// Where npm packages come from.
const REGISTRY: &str = "https://registry.npmjs.org/";

/// What a crate is never published with.
const NEVER: &[&str] = &["target", "node_modules", ".packed", ".env", "dist"];

/// Checks lock files of npm, and the lists; writes the lists instead if `write` is set.
///
/// # Errors
///
/// A package of npm has no digest or another source, a list is stale, or a crate has what it must not have.
pub(crate) fn run(write: bool) -> Result<()> {
    let mut count = 0;
    let files = printed(
        std::process::Command::new("git")
            .current_dir(root())
            .arg("ls-files"),
    )?;
    for file in files
        .lines()
        .filter(|file| file.ends_with("package-lock.json"))
    {
        count += lock_file(file).with_context(|| file.to_owned())?;
    }
    ensure!(count > 0, "git lists no package-lock.json");
    println!("{count} npm packages have a digest and come from {REGISTRY}");
    let folder = root().join("tests/supply");
    fs::create_dir_all(&folder)?;
    for package in published()? {
        let name = package["name"].as_str().context("a package has a name")?;
        for (kind, options) in [
            ("default", &[][..]),
            ("library", &["--no-default-features"]),
        ] {
            let file = folder.join(format!("{name}-{kind}.txt"));
            current(&file, &dependencies(name, options)?, write)?;
        }
        current(
            &folder.join(format!("{name}-contents.txt")),
            &contents(name)?,
            write,
        )?;
    }
    Ok(())
}

/// Compares a list with its file, or writes it.
fn current(file: &Path, list: &BTreeSet<String>, write: bool) -> Result<()> {
    let mut wanted: String = list.iter().flat_map(|line| [line, "\n"]).collect();
    if wanted.is_empty() {
        wanted.push_str("nothing\n");
    }
    let shown = file.strip_prefix(root()).unwrap_or(file).display();
    if write {
        fs::write(file, wanted)?;
    } else {
        let known = fs::read_to_string(file).unwrap_or_default();
        let known: BTreeSet<&str> = known.lines().collect();
        let wanted: BTreeSet<&str> = wanted.lines().collect();
        let more: Vec<_> = wanted.difference(&known).collect();
        let less: Vec<_> = known.difference(&wanted).collect();
        ensure!(
            more.is_empty() && less.is_empty(),
            "{shown}: new {more:?}, gone {less:?}; if that is intended, run `cargo xtask supply`"
        );
    }
    println!("{shown}: {} lines", list.len());
    Ok(())
}

/// Checks each package of a lock file; returns how many there are.
fn lock_file(file: &str) -> Result<usize> {
    let lock: Value = serde_json::from_str(&fs::read_to_string(root().join(file))?)?;
    ensure!(lock["lockfileVersion"] == 3, "not of version 3");
    let mut count = 0;
    for (path, package) in lock["packages"].as_object().context("no packages")? {
        // What is not installed from a registry is the project itself, or a folder beside it.
        if path.rsplit_once("node_modules/").is_none() || package["link"] == true {
            continue;
        }
        let digest = package["integrity"].as_str().unwrap_or_default();
        ensure!(digest.starts_with("sha512-"), "{path} has no digest");
        // Without an address, npm takes the registry.
        match package.get("resolved").map(Value::as_str) {
            None => {}
            Some(Some(address)) if address.starts_with(REGISTRY) => {}
            other => bail!("{path} comes from {other:?}"),
        }
        count += 1;
    }
    Ok(count)
}

/// The crates that a user of a crate compiles on Linux, without versions: `Cargo.lock` has those.
fn dependencies(name: &str, options: &[&str]) -> Result<BTreeSet<String>> {
    let mut tree = cargo();
    tree.args([
        "tree",
        "--locked",
        "--edges=normal",
        "--prefix=none",
        "--package",
        name,
    ]);
    tree.args(["--target=x86_64-unknown-linux-gnu", "--format={p}"]);
    let printed = printed(tree.args(options))?;
    let names = printed.lines().filter_map(|line| line.split(' ').next());
    Ok(names
        .filter(|other| *other != name && !other.is_empty())
        .map(str::to_owned)
        .collect())
}

/// What a crate is published with: files of its root, and folders down to the second.
fn contents(name: &str) -> Result<BTreeSet<String>> {
    let mut list = cargo();
    list.args(["package", "--list", "--allow-dirty", "--package", name]);
    let mut contents = BTreeSet::new();
    for file in printed(&mut list)?.lines() {
        let parts: Vec<&str> = file.split(['/', '\\']).collect();
        if let Some(wrong) = parts.iter().find(|part| NEVER.contains(part)) {
            bail!("{name} would be published with {file}: {wrong}");
        }
        contents.insert(match parts[..] {
            [first, second, _, ..] => format!("{first}/{second}/"),
            [first, _] => format!("{first}/"),
            _ => file.to_owned(),
        });
    }
    Ok(contents)
}

/// Builds the command in two folders: the bytes are the same. That of the npm package packs twice, too.
///
/// # Errors
///
/// A build fails, or two of one thing differ.
pub(crate) fn reproduce() -> Result<()> {
    let folder = work_folder("reproduced")?;
    let mut programs = Vec::new();
    for name in ["one", "another-folder"] {
        let copy = folder.join(name);
        empty(&copy)?;
        let archive = folder.join("source.tar");
        let mut git = std::process::Command::new("git");
        git.current_dir(root()).args(["archive", "--output"]);
        execute(git.arg(&archive).arg("HEAD"))?;
        let mut tar = std::process::Command::new("tar");
        execute(tar.arg("-xf").arg(&archive).arg("-C").arg(&copy))?;
        let mut build = cargo();
        build.current_dir(&copy);
        build.args([
            "build",
            "--release",
            "--locked",
            "--bin=seamlint",
            "--target-dir=target",
        ]);
        execute(&mut build)?;
        programs.push(fs::read(copy.join("target/release/seamlint"))?);
    }
    ensure!(
        programs[0] == programs[1],
        "two builds of the command differ"
    );
    println!(
        "two builds of the command have the same {} bytes",
        programs[0].len()
    );
    fs::remove_dir_all(&folder)?;
    Ok(())
}
