//! `cargo xtask bench`: runs `benches/compare.rs` and writes its figures to `benches/README.md`.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::cargo::{cargo, root, run as run_command, work_folder};
use crate::payload::Recipe;

const README: &str = "benches/README.md";
const BEGIN: &str = "<!-- figures: cargo xtask bench -->\n";
const END: &str = "<!-- end of figures -->\n";

/// The crates whose versions change the figures.
const CRATES: [&str; 2] = ["serde_json", "jsonschema"];

/// Runs the bench and writes its output between the markers of the README.
pub(crate) fn run(date: Option<&str>) -> Result<()> {
    let date = today(date)?;
    let rustc = printed(Command::new("rustc").arg("--version"))?;
    let figures = printed(cargo().args(["bench", "--bench", "compare"]))?;
    let text = format!(
        "\nMeasured on {date} with {rustc} on {cpu}; {crates}; bench profile{changes}.\n\n{figures}\n\n",
        cpu = cpu(),
        crates = locked("Cargo.lock", &CRATES)?.join(", "),
        changes = changes(),
    );
    replace(BEGIN, END, &text)
}

/// Prints figures of the packed npm package: texts, a form's resource, and the first report.
pub(crate) fn run_npm() -> Result<()> {
    crate::wasm::pack()?;
    let folder = work_folder("bench-npm")?;
    let mut command = Command::new("node");
    command
        .current_dir(root().join("pkg"))
        .arg("scripts/bench.mjs");
    for bytes in [100_000, 10_000_000] {
        let path = folder.join(format!("{bytes}.json"));
        fs::write(&path, Recipe::new(1, bytes).build())?;
        command.arg(path);
    }
    run_command(&mut command)
}

/// Measures from a key to its message in Chromium, and writes the figures between the markers of the README.
pub(crate) fn run_typing(date: Option<&str>) -> Result<()> {
    let date = today(date)?;
    crate::wasm::pack()?;
    let path = work_folder("bench-typing")?.join("payload.json");
    fs::write(&path, Recipe::new(1, 1_000_000).build())?;
    let mut node = Command::new("node");
    node.current_dir(root().join("pkg"))
        .env("CHROMIUM", crate::wasm::chromium()?)
        .arg("scripts/bench-typing.mjs")
        .arg(path);
    let figures = printed(&mut node)?;
    let text = format!(
        "\nMeasured on {date} on {cpu}.\n\n{figures}\n\n",
        cpu = cpu()
    );
    replace("<!-- figures: cargo xtask bench typing -->\n", END, &text)
}

/// Writes text between two lines of the README.
pub(crate) fn replace(begin: &str, end: &str, text: &str) -> Result<()> {
    let path = root().join(README);
    let readme = fs::read_to_string(&path).with_context(|| format!("cannot read {README}"))?;
    let (before, rest) = readme
        .split_once(begin)
        .with_context(|| format!("{README} has no line {begin}"))?;
    let (_, after) = rest
        .split_once(end)
        .with_context(|| format!("{README} has no line {end}"))?;
    fs::write(&path, format!("{before}{begin}{text}{end}{after}"))
        .with_context(|| format!("cannot write {README}"))?;
    println!("{README}: written");
    Ok(())
}

/// The date above the figures: the given one, or today.
pub(crate) fn today(date: Option<&str>) -> Result<String> {
    match date {
        Some(date) => Ok(date.to_owned()),
        None => printed(Command::new("date").args(["-u", "+%F"])),
    }
}

/// The standard output of a command. Its standard error goes to the terminal.
pub(crate) fn printed(command: &mut Command) -> Result<String> {
    let program = command.get_program().display().to_string();
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    if !output.status.success() {
        bail!("{program}: {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// The name of the processor as Linux gives it, and the number of cores.
pub(crate) fn cpu() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cores = info
        .lines()
        .filter(|line| line.starts_with("processor"))
        .count();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("an unknown processor", |rest| {
            rest.trim_start_matches([' ', '\t', ':'])
        });
    format!("{model}, {cores} logical cores")
}

/// Names and versions of crates from a lock file.
pub(crate) fn locked(lock: &str, names: &[&str]) -> Result<Vec<String>> {
    let text =
        fs::read_to_string(root().join(lock)).with_context(|| format!("cannot read {lock}"))?;
    names
        .iter()
        .map(|name| {
            let entry = format!("name = \"{name}\"\nversion = \"");
            let (_, rest) = text
                .split_once(&entry)
                .with_context(|| format!("{lock} has no {name}"))?;
            let version = rest.split('"').next().unwrap_or_default();
            Ok(format!("{name} {version}"))
        })
        .collect()
}

/// Settings of the profile that the environment overrides, since they change the figures.
fn changes() -> String {
    let overrides: Vec<String> = std::env::vars()
        .filter(|(name, _)| name.starts_with("CARGO_PROFILE_BENCH_"))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if overrides.is_empty() {
        return String::new();
    }
    format!(" with {}", overrides.join(" "))
}
