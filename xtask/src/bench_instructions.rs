//! `cargo xtask bench instructions`: counts the instructions of a check and compares them with the
//! committed figures. Unlike times, counts are the same on a busy machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::bench::{printed, replace};
use crate::cargo::{cargo, root, work_folder};

/// The committed figures.
const FILE: &str = "benches/instructions.json";

/// Around the parts of a check on the page.
const BEGIN: &str = "<!-- figures: cargo xtask bench instructions --write -->\n";
const END: &str = "<!-- end of the figures of instructions -->\n";

/// The largest relative difference from a committed figure.
const TOLERANCE: f64 = 0.03;

/// Name, bytes of the payload, and number of checks between two counts.
const COUNTED: [(&str, &str, u64); 2] = [
    ("a check of 1 MB", "1000000", 10),
    ("a check of 2 KB", "2000", 1000),
];

/// Counts, and compares the counts with the file or writes them to it.
///
/// # Errors
///
/// valgrind is missing, or a figure differs by more than 3 % from the committed one.
pub(crate) fn run(write: bool) -> Result<()> {
    ensure!(
        Command::new("valgrind").arg("--version").output().is_ok(),
        "valgrind is missing: apt-get install valgrind"
    );
    let program = program()?;
    let mut counted = BTreeMap::new();
    for (name, bytes, checks) in COUNTED {
        // The difference leaves out everything before the first check.
        let few = instructions(&program, bytes, 2)?;
        let many = instructions(&program, bytes, 2 + checks)?;
        counted.insert(name, many.saturating_sub(few) / checks);
    }
    let path = root().join(FILE);
    if write {
        fs::write(
            &path,
            format!("{}\n", serde_json::to_string_pretty(&counted)?),
        )?;
        println!("{FILE}: written");
        replace(BEGIN, END, &parts(&program)?)?;
    }
    let committed: BTreeMap<String, u64> = serde_json::from_str(
        &fs::read_to_string(&path).with_context(|| format!("cannot read {FILE}"))?,
    )?;
    let mut far = Vec::new();
    for (name, count) in counted {
        let before = *committed
            .get(name)
            .with_context(|| format!("{FILE} has no {name:?}; --write"))?;
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let change = count as f64 / before as f64 - 1.0;
        println!("{name}: {count} instructions, {:+.1} %", change * 100.0);
        if change.abs() > TOLERANCE {
            far.push(name);
        }
    }
    if !far.is_empty() {
        bail!(
            "more than 3 % from {FILE}: {}; if that is intended, run with --write",
            far.join(", ")
        );
    }
    Ok(())
}

/// The built bench.
fn program() -> Result<PathBuf> {
    let mut build = cargo();
    build.args([
        "bench",
        "--bench",
        "compare",
        "--no-run",
        "--message-format=json",
    ]);
    let messages = printed(&mut build)?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == "compare")
        .find_map(|message| Some(PathBuf::from(message["executable"].as_str()?)))
        .context("cargo names no executable of the bench")
}

/// All instructions of a process that runs so many checks.
fn instructions(program: &PathBuf, bytes: &str, rounds: u64) -> Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["--count", bytes, &rounds.to_string()])
        .output()?;
    let log = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "valgrind fails: {log}");
    let (_, collected) = log
        .split_once("Collected :")
        .with_context(|| format!("valgrind collects nothing: {log}"))?;
    let number = collected.split_whitespace().next().unwrap_or_default();
    number.parse().context("valgrind prints no number")
}

/// What a check of 1 MB is made of: a sentence for the page, with each rule that takes 0.1 % or more.
fn parts(program: &PathBuf) -> Result<String> {
    let file = work_folder("instructions")?.join("callgrind");
    let mut command = Command::new("valgrind");
    command
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(program)
        .args(["--count", COUNTED[0].1, "10"]);
    ensure!(command.output()?.status.success(), "valgrind fails");
    let mut annotate = Command::new("callgrind_annotate");
    annotate
        .args(["--inclusive=yes", "--threshold=100"])
        .arg(&file);
    let mut whole = 0;
    let mut shares: BTreeMap<String, u64> = BTreeMap::new();
    for line in printed(&mut annotate)?.lines() {
        let Some((count, rest)) = line.trim_start().split_once(' ') else {
            continue;
        };
        let Ok(count) = count.replace(',', "").parse::<u64>() else {
            continue;
        };
        // A function has a line for each file from which something is inlined: the largest is all of it.
        let function = rest
            .split_whitespace()
            .find(|word| word.contains("seamlint::"));
        let name = function
            .and_then(|word| word.rsplit_once(".rs:"))
            .map(|(_, name)| name);
        let part = match name {
            Some(name) if name.ends_with("::Engine::run_with") => {
                whole = count.max(whole);
                continue;
            }
            Some(name) => name
                .strip_prefix("seamlint::rules::")
                .and_then(|name| name.strip_suffix("::check"))
                .map(|name| name.replace('_', "-")),
            None => None,
        };
        if let Some(part) = part {
            let known = shares.entry(part).or_default();
            *known = count.max(*known);
        }
    }
    ensure!(
        whole > 0 && !shares.is_empty(),
        "callgrind_annotate names no function of ours"
    );
    let mut shares: Vec<_> = shares.into_iter().collect();
    shares.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let shown: Vec<String> = shares
        .iter()
        .map(|(name, count)| (name, count * 1000 / whole))
        .filter(|(_, tenths)| *tenths > 0)
        .map(|(name, tenths)| format!("{name} {}.{} %", tenths / 10, tenths % 10))
        .collect();
    Ok(format!(
        "\nOf a check of 1 MB: {}; every other rule less than 0.1 %.\n\n",
        shown.join(", ")
    ))
}
