//! `cargo xtask test --only linear`: twice the text takes twice the instructions, for each text that is
//! made to hurt. Instructions are counted by valgrind, for times differ from run to run. Linux only.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, ensure};

use crate::cargo::{empty, need, program, work_folder};
use crate::hostile::TEXTS;

/// About how long the shorter text is.
const BYTES: usize = 4_000;

/// Sorting takes a little more than twice as much for twice the text; the square of the text takes four times as much.
const MOST: f64 = 3.0;

/// Counts, and prints what each text takes; every third text alone unless `is_full`.
///
/// # Errors
///
/// valgrind is missing, or a text of twice the length takes more than the limit.
pub(crate) fn run(is_full: bool) -> Result<()> {
    need("valgrind")?;
    let program = program()?;
    let folder = work_folder("linear")?;
    empty(&folder)?;
    // What is less than a small part of the smallest check is noise.
    let small = format!("{{{},\"x\":'a'}}", crate::hostile::KEY);
    let base = instructions(&program, &folder, "base", &small)?;
    let next = AtomicUsize::new(0);
    let step = if is_full { 1 } else { 3 };
    let measured: Mutex<Vec<(f64, &str)>> = Mutex::default();
    let work = || -> Result<()> {
        loop {
            let Some(kind) = TEXTS.get(next.fetch_add(step, Ordering::Relaxed)) else {
                return Ok(());
            };
            let unit = ((kind.make)(200).len() - (kind.make)(100).len()).max(1);
            let units = (100 * BYTES / unit).clamp(100, 4_000);
            let counted = |units: usize| {
                let name = format!("{}-{units}", kind.name.replace(['/', ' '], "-"));
                instructions(&program, &folder, &name, &(kind.make)(units))
            };
            // What more text costs, and what that costs that was there: what each process takes is in neither.
            let (half, whole, twice) = (counted(units / 2)?, counted(units)?, counted(2 * units)?);
            let growth = |many: u64, few: u64| many.saturating_sub(few).max(base / 20);
            let ratio = ratio(growth(twice, whole), growth(whole, half));
            println!(
                "{ratio:.2} times the instructions for twice the text: {}",
                kind.name
            );
            if let Ok(mut measured) = measured.lock() {
                measured.push((ratio, kind.name));
            }
        }
    };
    let threads = thread::available_parallelism()?;
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads.get()).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(|one| {
                one.join()
                    .unwrap_or_else(|_| anyhow::bail!("a thread panicked"))
            })
            .collect::<Result<Vec<()>>>()
    })?;
    let mut measured = measured.into_inner().unwrap_or_default();
    measured.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    println!("{} texts of {}", measured.len(), TEXTS.len());
    let (most, worst) = *measured.first().context("no text")?;
    ensure!(
        most <= MOST,
        "{worst}: {most:.2} times the instructions for twice the text"
    );
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn ratio(many: u64, few: u64) -> f64 {
    many as f64 / few as f64
}

/// All instructions of a process that checks a text.
fn instructions(program: &Path, folder: &Path, name: &str, text: &str) -> Result<u64> {
    let path = folder.join(format!("{name}.json"));
    fs::write(&path, text)?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["check", "--format=json", "--isolated"])
        .arg(&path)
        .output()?;
    let log = String::from_utf8_lossy(&output.stderr);
    let (_, collected) = log
        .split_once("Collected :")
        .with_context(|| format!("{name}: valgrind collects nothing: {log}"))?;
    let number = collected.split_whitespace().next().unwrap_or_default();
    number.parse().context("valgrind prints no number")
}
