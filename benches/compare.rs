//! Measures the whole check beside `serde_json` and `jsonschema`, in one process.
//!
//! `cargo xtask bench` runs this and writes the tables into `benches/README.md`. Contenders take
//! turns, and a ratio is the median of the quotients within a round, because whatever slows the
//! machine for a second then slows both sides. A turn is two runs of which the second counts, so
//! that caches and allocator are not as the contender before left them.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the developer's terminal"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "sizes and times are far below 2^52"
)]
#![expect(clippy::expect_used, reason = "a bench that fails should stop at once")]

#[path = "../tests/support/payload.rs"]
mod payload;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use json_document::Document;
use payload::Recipe;
use seamlint::{Linter, Options, PUSH_DATA_SCHEMA};
use serde::de::IgnoredAny;
use serde_json::Value;

const SEED: u64 = 20_260_801;
const FINDINGS: usize = 1000;
const TEN_MEGABYTES: usize = 10_000_000;

/// Runs of a small payload in one turn. Milliseconds of a turn are then microseconds of a run.
const SMALL_RUNS: usize = 1000;

/// A resource of 1 KB, as a form edits it.
const RESOURCE: &str = r#"{"reservation_key":"reservation_8c1f2b7e-53aa-4f0a-9d5e-6f1f0e3b9a41","name":"Ada Lovelace, 2 nights","guest_key":"guest_5b0c7f1e-8f6a-4f0e-9a67-0d2b7a9f4c11","space_keys":["space_101_north_wing","space_102_north_wing","space_pool_level_2"],"starts_at":"2026-12-01T15:00:00-07:00","ends_at":"2026-12-03T11:00:00-07:00","preferred_code":"4821","custom_metadata":{"booking_channel":"booking.com","booking_reference":"BDC-4471-2290-8813","rate_plan":"flexible, breakfast included","adults":"2","children":"1","arrival_note":"late arrival, after 22:00, call the night desk at the side door","loyalty_tier":"gold","loyalty_number":"7788-2211-0042-9913","department":"front desk","cost_centre":"north-wing-4100","agent":"m.ito","source_system":"opera-cloud","source_revision":"2026-11-24T09:12:44Z","parking":"level 2, place 14, electric","housekeeping":"extra towels, feather-free bedding","floor":"3","view":"garden","accessible":"true"}}"#;

/// A row of a table: its name, and one run of what it measures.
struct Contender<'c> {
    name: &'c str,
    run: Box<dyn FnMut() + 'c>,
}

fn contender<'c, T>(name: &'c str, mut run: impl FnMut() -> T + 'c) -> Contender<'c> {
    Contender {
        name,
        run: Box::new(move || {
            black_box(run());
        }),
    }
}

/// The same, [`SMALL_RUNS`] times a run.
fn small_contender<'c, T>(name: &'c str, mut run: impl FnMut() -> T + 'c) -> Contender<'c> {
    contender(name, move || {
        for _ in 0..SMALL_RUNS {
            black_box(run());
        }
    })
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--count", bytes, rounds, ..] => count(bytes, rounds),
        ["--loop", part, ..] => profile(part),
        // `cargo test --all-targets` runs this without the flag that `cargo bench` gives.
        words if words.contains(&"--bench") => {
            whole("100 KB", 100_000, 300);
            whole("10 MB", TEN_MEGABYTES, 15);
            small();
            findings();
        }
        _ => {}
    }
}

/// Checks a payload so many times and does nothing else, for a tool that counts instructions.
fn count(bytes: &str, rounds: &str) {
    let text = Recipe::new(SEED, bytes.parse().expect("bytes")).build();
    let linter = Linter::new();
    for _ in 0..rounds.parse().expect("rounds") {
        black_box(linter.check(&text).counts());
    }
}

/// Repeats one part at 10 MB, for a profiler, and prints the fastest time.
fn profile(part: &str) {
    let findings = if part == "findings" { FINDINGS } else { 0 };
    let text = Recipe::new(SEED, TEN_MEGABYTES)
        .with_findings(findings)
        .build();
    let linter = Linter::new();
    let mut contender = match part {
        "parse" => contender(part, || Document::parse(&text).node_count()),
        "check" | "findings" => contender(part, || linter.check(&text).counts()),
        _ => return eprintln!("the parts are parse, check and findings"),
    };
    let times = (0..150).map(|_| {
        let begin = Instant::now();
        (contender.run)();
        begin.elapsed()
    });
    println!("{part}: {:?}", times.min().unwrap_or_default());
}

/// From bytes to a parsed form or a verdict.
fn whole(size: &str, bytes: usize, rounds: usize) {
    let text = Recipe::new(SEED, bytes).build();
    let bytes = text.as_bytes();
    let linter = Linter::new();
    let schema: Value = serde_json::from_str(PUSH_DATA_SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("the schema is valid");
    assert!(linter.check_bytes(bytes).is_clean());
    let value: Value = serde_json::from_slice(bytes).expect("JSON");
    assert_eq!(validator.iter_errors(&value).count(), 0);
    drop(value);
    table(
        &format!("{size}, {} values", Document::parse(&text).node_count()),
        bytes.len(),
        rounds,
        &mut [
            contender("`serde_json::Value` + `jsonschema`", || {
                let value: Value = serde_json::from_slice(bytes).expect("JSON");
                validator.iter_errors(&value).count()
            }),
            contender("`serde_json::Value`", || {
                serde_json::from_slice::<Value>(bytes).expect("JSON")
            }),
            contender("`serde_json` `IgnoredAny`", || {
                serde_json::from_slice::<IgnoredAny>(bytes).expect("JSON")
            }),
            contender("parsed document", || Document::parse(&text).node_count()),
            contender("**whole check**, every default rule", || {
                linter.check_bytes(bytes).counts()
            }),
        ],
    );
}

/// What services and forms pay for each small check.
fn small() {
    let text = Recipe::new(SEED, 2_000).build();
    let linter = Linter::new();
    assert!(linter.check(&text).is_clean());
    let mut options = Options::default();
    for (collection, key) in [
        ("guests", "guest_5b0c7f1e-8f6a-4f0e-9a67-0d2b7a9f4c11"),
        ("spaces", "space_101_north_wing"),
        ("spaces", "space_102_north_wing"),
        ("spaces", "space_pool_level_2"),
    ] {
        let inserted = options.known.insert("c", collection, key);
        inserted.expect("a collection");
    }
    let knowing = Linter::with_options(options).expect("options");
    let check_resource = || {
        knowing
            .check_resource("reservations", RESOURCE)
            .expect("a collection")
    };
    assert!(check_resource().is_clean());
    table(
        &format!("2 KB payload ({} bytes), {SMALL_RUNS} times", text.len()),
        text.len() * SMALL_RUNS,
        31,
        &mut [
            small_contender("`serde_json::Value`", || {
                serde_json::from_str::<Value>(&text)
            }),
            small_contender("**whole check**, every default rule", || {
                linter.check(&text).counts()
            }),
        ],
    );
    table(
        &format!("Resource of {} bytes, {SMALL_RUNS} times", RESOURCE.len()),
        RESOURCE.len() * SMALL_RUNS,
        31,
        &mut [
            small_contender("`serde_json::Value`", || {
                serde_json::from_str::<Value>(RESOURCE)
            }),
            small_contender("`Linter::check_resource`", || check_resource().counts()),
            small_contender("`Linter::new`, after the first", Linter::new),
        ],
    );
}

/// What 1,000 findings cost, next to a clean payload of the same recipe.
fn findings() {
    let clean = Recipe::new(SEED, TEN_MEGABYTES).build();
    let faulty = Recipe::new(SEED, TEN_MEGABYTES)
        .with_findings(FINDINGS)
        .build();
    let mut options = Options::default();
    options.max_per_code = None;
    let linter = Linter::with_options(options).expect("options");
    assert_eq!(linter.check(&faulty).iter().count(), FINDINGS);
    table(
        &format!("10 MB with {FINDINGS} findings"),
        faulty.len(),
        15,
        &mut [
            contender("clean", || linter.check(&clean).counts()),
            contender("1,000 findings", || linter.check(&faulty).counts()),
        ],
    );
}

/// Runs the contenders in turns and prints medians, and ratios to the first.
fn table(title: &str, bytes: usize, rounds: usize, contenders: &mut [Contender<'_>]) {
    eprintln!("{title}: {rounds} rounds");
    let mut times: Vec<Vec<Duration>> = contenders.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            (contender.run)();
            let begin = Instant::now();
            (contender.run)();
            times.push(begin.elapsed());
        }
    }
    println!("| {title} | median | MB/s | times as fast |\n|---|--:|--:|--:|");
    for (contender, mine) in contenders.iter().zip(&times) {
        let quotients = times[0].iter().zip(mine);
        let ratio = median(quotients.map(|(first, mine)| first.as_secs_f64() / mine.as_secs_f64()));
        let seconds = median(mine.iter().map(Duration::as_secs_f64));
        println!(
            "| {} | {:.3} ms | {:.0} | {ratio:.2} |",
            contender.name,
            seconds * 1e3,
            bytes as f64 / seconds / 1e6
        );
    }
    println!();
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
