//! `cargo xtask bench repair`: seamlint's fixes beside other programs that repair JSON, on the same payloads with
//! one slip of the hand each.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::bench::{replace, today};
use crate::cargo::{empty, program, run as execute, work_folder};
use crate::payload::Random;
use crate::python;
use crate::slips::{KINDS, is_meant, payload};

const BEGIN: &str = "<!-- figures: cargo xtask bench repair -->\n";
const END: &str = "<!-- end of the figures of repair -->\n";

const JSONREPAIR: &str = "jsonrepair@3.15.0";
const JSON_REPAIR: &str = "json_repair==0.64.6";

const SEED: u64 = 20_261_130;
const PAYLOADS: usize = 3_000;

/// Writes the repaired text over each file of a folder, and leaves those alone that it cannot repair.
const NODE: &str = "
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { jsonrepair } from 'jsonrepair';
const folder = process.argv[2];
for (const name of readdirSync(folder)) {
  const path = `${folder}/${name}`;
  try { writeFileSync(path, jsonrepair(readFileSync(path, 'utf8'))); } catch {}
}
";

/// The same for Python.
const PYTHON: &str = "
import pathlib, sys
from json_repair import repair_json
for path in pathlib.Path(sys.argv[1]).iterdir():
    text = repair_json(path.read_text(encoding='utf-8'), ensure_ascii=False)
    path.write_text(text, encoding='utf-8')
";

/// Compares, prints the table and writes it into the page.
///
/// # Errors
///
/// Node.js, Python 3 or the network is missing, or seamlint could not do the work.
pub(crate) fn run(date: Option<&str>) -> Result<()> {
    let folder = work_folder("repair")?;
    let script = install(&folder)?;
    let (meant, slipped) = payloads();
    // Nothing is timed: a quick build says the same.
    let seamlint = program()?;
    let command = |limit| {
        let mut command = Command::new(&seamlint);
        command.args(["check", "--stats", limit]);
        command
    };
    let mut node = Command::new("node");
    node.arg(folder.join("repair.mjs"));
    let mut python = Command::new(python::commands()?.join("python"));
    python.arg(script);
    let mut table =
        "| | restored | valid JSON, not what was meant | not JSON |\n|---|--:|--:|--:|\n"
            .to_owned();
    for (name, mut command) in [
        ("`seamlint check --fix`", command("--fix")),
        ("`seamlint check --unsafe-fixes`", command("--unsafe-fixes")),
        ("`jsonrepair` (npm)", node),
        ("`json_repair` (PyPI)", python),
    ] {
        let files = folder.join("files");
        empty(&files)?;
        for (number, text) in slipped.iter().enumerate() {
            fs::write(files.join(format!("{number}.json")), text)?;
        }
        let output = command
            .arg(&files)
            .output()
            .with_context(|| format!("cannot run {name}"))?;
        // The status of seamlint says whether something was found.
        ensure!(
            output.status.code() != Some(2),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let (mut restored, mut wrong) = (0, 0);
        for (number, meant) in meant.iter().enumerate() {
            let text = fs::read_to_string(files.join(format!("{number}.json")))?;
            match is_meant(&text, meant) {
                Some(true) => restored += 1,
                Some(false) => wrong += 1,
                None => {}
            }
        }
        let share = |count: usize| {
            let tenths = 1000 * count / meant.len();
            format!("{}.{} %", tenths / 10, tenths % 10)
        };
        let left = meant.len() - restored - wrong;
        // Writing to a string does not fail.
        let _ = writeln!(
            table,
            "| {name} | {} | {} | {} |",
            share(restored),
            share(wrong),
            share(left)
        );
    }
    let text = format!(
        "\nMeasured on {} with {JSONREPAIR} and {} over {} payloads of 500 to 3,000 bytes, without the escape `\\/`, which `json_repair` does not read.\n\n{table}\n",
        today(date)?,
        JSON_REPAIR.replace("==", "@"),
        meant.len(),
    );
    print!("{text}");
    replace(BEGIN, END, &text)
}

/// Payloads as they were meant, and with one slip each. Those with the escape `\/` are left out: `json_repair` takes
/// it for two characters, which is no matter of slips.
fn payloads() -> (Vec<String>, Vec<String>) {
    let made = (0..).filter_map(|number| {
        let mut random = Random::new(SEED + number);
        let (meant, slipped) = payload(number, 1, &KINDS, &mut random)?;
        (!meant.contains("\\/")).then_some((meant, slipped.text))
    });
    made.take(PAYLOADS).unzip()
}

/// Installs the others; gives the script for Python.
fn install(folder: &Path) -> Result<PathBuf> {
    fs::write(
        folder.join("package.json"),
        r#"{ "private": true, "type": "module" }"#,
    )?;
    fs::write(folder.join("repair.mjs"), NODE)?;
    let script = folder.join("repair.py");
    fs::write(&script, PYTHON)?;
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args([
        "install",
        "--save-exact",
        "--no-audit",
        "--no-fund",
        JSONREPAIR,
    ]);
    execute(&mut npm).context("install Node.js 20 or newer, with npm")?;
    let mut pip = Command::new(python::commands()?.join("python"));
    execute(pip.args(["-m", "pip", "install", "--quiet", JSON_REPAIR]))?;
    Ok(script)
}
