//! `cargo xtask bench hostile`: the time that texts take which are made to hurt, beside a payload without findings.
//! What memory they take is held in tests/cost.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::{printed, replace, today};
use crate::cargo::{empty, work_folder};
use crate::compare_validators::program;
use crate::hostile::TEXTS;
use crate::payload::Recipe;

const BEGIN: &str = "<!-- figures: cargo xtask bench hostile -->\n";
const END: &str = "<!-- end of the figures of hostile -->\n";

/// How long the payload is, and about how long the texts are.
const BYTES: usize = 1_000_000;

/// How many of the slowest stand on the page.
const SHOWN: usize = 8;

/// Measures, prints all, and writes the slowest into the page.
///
/// # Errors
///
/// The bench does not build.
pub(crate) fn run(date: Option<&str>) -> Result<()> {
    let folder = work_folder("hostile")?;
    let texts = folder.join("texts");
    empty(&texts)?;
    let clean = ("a payload without findings", Recipe::new(1, BYTES).build());
    let mut all = vec![clean];
    all.extend(TEXTS.iter().map(|kind| {
        let unit = (kind.make)(200).len() - (kind.make)(100).len();
        (kind.name, (kind.make)(100 * BYTES / unit))
    }));
    let mut command = Command::new(program()?);
    command.arg("each");
    for (number, (_, text)) in all.iter().enumerate() {
        let path = texts.join(format!("{number}.json"));
        fs::write(&path, text)?;
        command.arg(path);
    }
    let measured: Value = serde_json::from_str(&printed(&mut command)?)?;
    let measured = measured.as_array().context("a list")?;
    let per_byte = |number: usize| {
        let seconds = measured[number]["seconds"].as_f64().unwrap_or_default();
        seconds / as_float(all[number].1.len())
    };
    let mut rows: Vec<(f64, String)> = (0..all.len())
        .map(|number| {
            let (name, text) = &all[number];
            let times = per_byte(number) / per_byte(0);
            let row = format!(
                "| {name} | {:.1} | {:.1} | {} |",
                as_float(text.len()) / 1e6,
                times,
                measured[number]["findings"],
            );
            (times, row)
        })
        .collect();
    rows.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let head = "| text | MB | time per byte, clean = 1 | findings |\n|---|--:|--:|--:|\n";
    let table = |count: usize| {
        let mut table = head.to_owned();
        for (_, row) in rows.iter().take(count) {
            // Writing to a string does not fail.
            let _ = writeln!(table, "{row}");
        }
        table
    };
    println!("{}", table(rows.len()));
    let text = format!(
        "\nMeasured on {}: the {SHOWN} slowest of {}.\n\n{}\n",
        today(date)?,
        rows.len(),
        table(SHOWN),
    );
    replace(BEGIN, END, &text)
}

#[expect(clippy::cast_precision_loss, reason = "no text is that long")]
fn as_float(count: usize) -> f64 {
    count as f64
}
