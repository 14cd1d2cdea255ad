//! How fast and how large: seamlint beside `serde_json` and `jsonschema`, in one run.
//!
//! `cargo xtask bench` runs it and writes `benches/README.md`. It prints Markdown on standard
//! output, and where it is on standard error.
//!
//! Ratios are what counts, so contenders take turns: each round runs every one of them, and a
//! ratio is the median over rounds of the quotient within the round. Whatever slows the machine
//! for a second slows both sides of it. A turn is two runs, of which the second counts: what the
//! contender before has left in caches and in the allocator is not its doing. Each contender
//! pays for dropping what it made. A fresh process, where all memory is new and nothing is warm,
//! is measured too, beside the peaks of memory.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the developer's terminal"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "sizes and times far below what f64 tells apart"
)]
#![expect(
    clippy::expect_used,
    reason = "what fails here is this program, and it should stop"
)]

#[path = "../tests/support/payload.rs"]
mod payload;

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::{self, Command};
use std::time::{Duration, Instant};
use std::{env, fs};

use jsonschema::Validator;
use payload::Recipe;
use seamlint::bench_support::{custom_violations, embedded_violations, read};
use seamlint::json::Document;
use seamlint::rules::{Group, RULES, Rule};
use seamlint::schema::PUSH_DATA;
use seamlint::schema::custom::CustomSchema;
use seamlint::{Level, Linter, Options};
use serde::de::IgnoredAny;
use serde_json::Value;

const SEED: u64 = 20_260_801;
const FINDINGS: usize = 1000;

/// Name, bytes, rounds.
const SIZES: [(&str, usize, usize); 3] = [
    ("100 KB", 100_000, 300),
    ("10 MB", 10_000_000, 15),
    ("100 MB", 100_000_000, 5),
];

/// What is measured in a process of its own.
const FRESH: [&str; 4] = [
    "`serde_json::Value` + `jsonschema`",
    "`serde_json::Value`",
    "**whole check** (`Linter::check_bytes`)",
    "nothing but the bytes",
];
const FRESH_ROUNDS: usize = 5;

/// A row of a table: what it is called and what it does, once.
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

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let [_, flag, what, file] = arguments.as_slice()
        && flag == "--fresh"
    {
        run_fresh(what, file);
        return;
    }
    if let [_, flag, what, ..] = arguments.as_slice()
        && flag == "--loop"
    {
        profile(what);
        return;
    }
    match arguments.as_slice() {
        [_, flag, bytes, rounds] if flag == "--count" => return count(bytes, rounds),
        [_, flag] if flag == "--first" => return first(),
        [_, flag] if flag == "--parts" => return parts(),
        _ => {}
    }
    // `cargo test --all-targets` runs benches too, without this word.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let wanted = arguments.iter().skip(1).find(|word| !word.starts_with('-'));
    for (size, bytes, rounds) in SIZES {
        if wanted.is_none_or(|wanted| wanted == size) {
            let text = Recipe::new(SEED, bytes).build();
            speed(size, text.as_bytes(), rounds);
        }
    }
    if wanted.is_none_or(|wanted| wanted == "small") {
        small();
    }
    if wanted.is_none_or(|wanted| wanted == "rules") {
        rules();
    }
    if wanted.is_none_or(|wanted| wanted == "findings") {
        findings();
    }
    if wanted.is_none_or(|wanted| wanted == "fresh") {
        memory();
    }
}

/// Does one thing over and over, for a profiler; prints the fastest time.
fn profile(what: &str) {
    let findings = if what == "findings" { FINDINGS } else { 0 };
    let linter = Linter::new();
    let ground = ground();
    for (size, bytes, rounds) in &SIZES[..2] {
        let text = Recipe::new(SEED, *bytes).with_findings(findings).build();
        let document = read(&text);
        let mut contender = match what {
            "parse" => contender("", || Document::parse(&text).node_count()),
            "schema" => contender("", || embedded_violations(&document)),
            "ground" => contender("", || ground.check_bytes(text.as_bytes()).counts()),
            _ => contender("", || linter.check_bytes(text.as_bytes()).counts()),
        };
        let fastest = (0..rounds * 10).map(|_| {
            let begin = Instant::now();
            (contender.run)();
            begin.elapsed()
        });
        println!("{what}, {size}: {:?}", fastest.min().unwrap_or_default());
    }
}

fn text_of(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the generator writes UTF-8")
}

fn judge() -> Validator {
    let schema: Value = serde_json::from_str(PUSH_DATA).expect("the schema is JSON");
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("the schema is one")
}

/// With what the schema layer is held against others: none of the rules about what a payload means.
fn ground() -> Linter {
    linter_with(|rule| {
        matches!(
            rule.group,
            Group::Json | Group::Schema | Group::Limits | Group::Members
        )
    })
}

/// Everything on one clean payload.
fn speed(size: &str, bytes: &[u8], rounds: usize) {
    let linter = Linter::new();
    let ground = ground();
    let judge = judge();
    let custom = CustomSchema::parse(PUSH_DATA).expect("the schema is one");
    let value: Value = serde_json::from_slice(bytes).expect("JSON");
    let document = read(text_of(bytes));
    assert_eq!(linter.check_bytes(bytes).iter().count(), 0, "clean");
    assert_eq!(judge.iter_errors(&value).count(), 0, "clean");

    let exact = bytes.len();
    println!(
        "### {size} ({exact} bytes, {} values)\n",
        document.node_count()
    );
    table(
        "From bytes to a parsed form",
        exact,
        rounds,
        &mut [
            contender("`serde_json::Value`", || {
                serde_json::from_slice::<Value>(bytes).expect("JSON")
            }),
            contender("`serde_json` `IgnoredAny`", || {
                serde_json::from_slice::<IgnoredAny>(bytes).expect("JSON")
            }),
            contender("`json::Document`", || {
                Document::parse(text_of(bytes)).node_count()
            }),
        ],
    );
    table(
        "Schema alone, on a parsed form",
        exact,
        rounds,
        &mut [
            contender("`jsonschema` on `Value`", || {
                judge.iter_errors(&value).count()
            }),
            contender("`jsonschema` on `Document`", || {
                custom_violations(&custom, &document)
            }),
            contender("schema layer on `Document`", || {
                embedded_violations(&document)
            }),
        ],
    );
    table(
        "From bytes to a verdict",
        exact,
        rounds,
        &mut [
            contender("`serde_json::Value` + `jsonschema`", || {
                let value: Value = serde_json::from_slice(bytes).expect("JSON");
                judge.iter_errors(&value).count()
            }),
            contender("`Document` + `jsonschema`", || {
                custom_violations(&custom, &Document::parse(text_of(bytes)))
            }),
            contender("`Document` + schema layer", || {
                embedded_violations(&read(text_of(bytes)))
            }),
            contender("check: JSON, schema, limits, members", || {
                ground.check_bytes(bytes).counts()
            }),
            contender("**whole check**, every default rule", || {
                linter.check_bytes(bytes).counts()
            }),
        ],
    );
}

/// What findings cost, next to a clean payload of the same recipe.
fn findings() {
    let (name, bytes, rounds) = SIZES[1];
    let clean = Recipe::new(SEED, bytes).build();
    let spoiled = Recipe::new(SEED, bytes).with_findings(FINDINGS).build();
    let linter = Linter::new();
    let mut options = Options::default();
    options.max_per_code = None;
    let every = Linter::with_options(options).expect("options");
    assert_eq!(every.check(&spoiled).iter().count(), FINDINGS);
    println!("### {name} with {FINDINGS} findings\n");
    table(
        "Whole check",
        spoiled.len(),
        rounds,
        &mut [
            contender("clean", || linter.check(&clean).counts()),
            contender("1,000 findings", || every.check(&spoiled).counts()),
        ],
    );
}

/// A linter with some of the rules on.
fn linter_with(on: impl Fn(&Rule) -> bool) -> Linter {
    let mut options = Options::default();
    for rule in RULES {
        if !on(rule) {
            options.levels.push((rule.code.to_owned(), Level::Off));
        }
    }
    Linter::with_options(options).expect("codes of the list")
}

/// What of a check is too small to be told from noise, alone.
const SMALL: f64 = 0.02;
const RULES_CHILDREN: usize = 15;
const RULES_ROUNDS: usize = 5;

/// Rules that do their work together, as they are listed.
fn families() -> Vec<Vec<&'static Rule>> {
    let mut families: Vec<Vec<&'static Rule>> = Vec::new();
    for (code, first) in seamlint::bench_support::families() {
        let rule = RULES.iter().find(|rule| rule.code == code).expect("listed");
        match families.last_mut() {
            Some(family) if !first => family.push(rule),
            _ => families.push(vec![rule]),
        }
    }
    families
}

/// Prints the fastest times of parsing, of that with the schema layer, and of checks with no family
/// of rules, with the first, with the first two, and so on, in milliseconds.
fn parts() {
    let text = Recipe::new(SEED, 10_000_000).build();
    let families = families();
    let linters: Vec<Linter> = (0..=families.len())
        .map(|count| {
            let on: Vec<&str> = families[..count]
                .iter()
                .flatten()
                .map(|rule| rule.code)
                .collect();
            linter_with(|rule| rule.on_by_default && on.contains(&rule.code))
        })
        .collect();
    let mut runs: Vec<Box<dyn Fn() -> usize>> = vec![
        Box::new(|| Document::parse(&text).node_count()),
        Box::new(|| embedded_violations(&read(&text))),
    ];
    for linter in &linters {
        runs.push(Box::new(|| linter.check(&text).counts().total()));
    }
    let mut fastest = vec![f64::MAX; runs.len()];
    for _ in 0..RULES_ROUNDS {
        for (run, fastest) in runs.iter().zip(&mut fastest) {
            black_box(run());
            let start = Instant::now();
            black_box(run());
            *fastest = fastest.min(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    for time in fastest {
        print!("{time} ");
    }
}

/// What each layer and each family of rules adds to a check of the 10 MB payload: they are switched
/// on one after another, in the order of the list, and what each adds is the difference of the
/// fastest times. So they add up to the whole; what several rules share is in the row of the first
/// of them. Most rules take less than what else the machine does adds to a median, and than what
/// depends on where in memory a process has its lists: hence the fastest, of several processes.
fn rules() {
    let families = families();
    let program = env::current_exe().expect("this program");
    let mut fastest = vec![f64::MAX; families.len() + 3];
    for child in 1..=RULES_CHILDREN {
        eprintln!("where the time goes: process {child} of {RULES_CHILDREN}");
        let times = child_numbers(Command::new(&program).arg("--parts"));
        assert_eq!(times.len(), fastest.len(), "a time for each part");
        for (fastest, time) in fastest.iter_mut().zip(times) {
            *fastest = fastest.min(time);
        }
    }
    let (parse, schema, checks) = (fastest[0], fastest[1], &fastest[2..]);
    let whole = checks[families.len()];
    println!("### Where the time goes: 10 MB, every default rule on\n");
    println!("Fastest of {RULES_ROUNDS} in each of {RULES_CHILDREN} processes.\n");
    println!("| part, switched on after those above | ms | of the whole |\n|---|--:|--:|");
    let row = |name: &str, milliseconds: f64| {
        println!(
            "| {name} | {milliseconds:.2} | {:.1} % |",
            milliseconds / whole * 100.0
        );
    };
    row("parse", parse);
    row("schema layer", schema - parse);
    row(
        "views: resources, keys, references; report",
        checks[0] - schema,
    );
    let (mut small, mut few) = (0, 0.0);
    for (family, times) in families.iter().zip(checks.windows(2)) {
        let cost = times[1] - times[0];
        if cost.abs() < whole * SMALL {
            small += family.len();
            few += cost;
            continue;
        }
        let names: Vec<String> = family
            .iter()
            .map(|rule| format!("`{}`", rule.code))
            .collect();
        row(&names.join(", "), cost);
    }
    let limit = SMALL * 100.0;
    row(
        &format!("{small} other rules, each family under {limit} %"),
        few,
    );
    row("**whole check**", whole);
    println!();
}

/// How often small things are done in a turn: milliseconds are then microseconds for each.
const TIMES: usize = 1000;

/// A resource of 1 KB, as a form edits it.
const RESOURCE: &str = r#"{"reservation_key":"reservation_8c1f2b7e-53aa-4f0a-9d5e-6f1f0e3b9a41","name":"Ada Lovelace, 2 nights","guest_key":"guest_5b0c7f1e-8f6a-4f0e-9a67-0d2b7a9f4c11","space_keys":["space_101_north_wing","space_102_north_wing","space_pool_level_2"],"starts_at":"2026-12-01T15:00:00-07:00","ends_at":"2026-12-03T11:00:00-07:00","preferred_code":"4821","custom_metadata":{"booking_channel":"booking.com","booking_reference":"BDC-4471-2290-8813","rate_plan":"flexible, breakfast included","adults":"2","children":"1","arrival_note":"late arrival, after 22:00, call the night desk at the side door","loyalty_tier":"gold","loyalty_number":"7788-2211-0042-9913","department":"front desk","cost_centre":"north-wing-4100","agent":"m.ito","source_system":"opera-cloud","source_revision":"2026-11-24T09:12:44Z","parking":"level 2, place 14, electric","housekeeping":"extra towels, feather-free bedding","floor":"3","view":"garden","accessible":"true"}}"#;

/// What forms and services pay for each small check.
fn small() {
    let text = Recipe::new(SEED, 2_000).build();
    let linter = Linter::new();
    let many = |run: &dyn Fn()| (0..TIMES).for_each(|_| run());
    assert!(linter.check(&text).is_clean());
    // As a form knows what it offers.
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
    let resource = knowing
        .check_resource("reservations", RESOURCE)
        .expect("a collection");
    assert!(resource.is_clean(), "{resource:?}");
    println!("### Small payloads: {TIMES} of each, so that ms are µs for one\n");
    table(
        &format!("A payload of {} bytes", text.len()),
        text.len() * TIMES,
        31,
        &mut [
            contender("`serde_json::Value`", || {
                many(&|| drop(black_box(serde_json::from_str::<Value>(&text))));
            }),
            contender("**whole check**, every default rule", || {
                many(&|| drop(black_box(linter.check(&text))));
            }),
        ],
    );
    table(
        &format!("A resource of {} bytes", RESOURCE.len()),
        RESOURCE.len() * TIMES,
        31,
        &mut [
            contender("`serde_json::Value`", || {
                many(&|| drop(black_box(serde_json::from_str::<Value>(RESOURCE))));
            }),
            contender("`Linter::check_resource`", || {
                many(&|| drop(black_box(knowing.check_resource("reservations", RESOURCE))));
            }),
            contender("`Linter::new`, after the first", || {
                many(&|| drop(black_box(Linter::new())));
            }),
        ],
    );
    let program = env::current_exe().expect("this program");
    let firsts: Vec<Vec<f64>> = (0..51)
        .map(|_| child_numbers(Command::new(&program).arg("--first")))
        .collect();
    let [built, checked] = [0, 1].map(|at| median(firsts.iter().map(|first| first[at])));
    println!(
        "The first `Linter` of a process: {built:.0} µs, in which the schema is compiled; with a first check, of `{{}}`, {checked:.0} µs.\n"
    );
}

/// Prints the microseconds to the first linter of a process, with its schema, and to its report.
fn first() {
    let begin = Instant::now();
    let linter = Linter::new();
    black_box(read("{}").node_count());
    let built = begin.elapsed();
    black_box(linter.check("{}").counts());
    let checked = begin.elapsed();
    println!(
        "{} {}",
        built.as_secs_f64() * 1e6,
        checked.as_secs_f64() * 1e6
    );
}

/// Checks so often and does nothing else, for a program that counts instructions.
fn count(bytes: &str, rounds: &str) {
    let bytes = bytes.parse().expect("bytes");
    let rounds = rounds.parse().expect("rounds");
    let text = Recipe::new(SEED, bytes).build();
    let linter = Linter::new();
    for _ in 0..rounds {
        black_box(linter.check(&text).counts());
    }
}

/// Runs the contenders in turns and prints medians and ratios to the first.
fn table(title: &str, bytes: usize, rounds: usize, contenders: &mut [Contender<'_>]) {
    eprintln!("{title}, {bytes} bytes, {rounds} rounds");
    let mut times: Vec<Vec<Duration>> = contenders.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            (contender.run)();
            let begin = Instant::now();
            (contender.run)();
            times.push(begin.elapsed());
        }
    }
    println!("| {title} | median | MB/s | times as fast |");
    println!("|---|--:|--:|--:|");
    for (contender, mine) in contenders.iter().zip(&times) {
        let quotients = times[0]
            .iter()
            .zip(mine)
            .map(|(first, mine)| first.as_secs_f64() / mine.as_secs_f64());
        let ratio = median(quotients);
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

/// Peaks of memory and times, each in a process of its own.
fn memory() {
    println!("### In a fresh process\n");
    println!("Resident memory includes the input. Times include compiling the schema.\n");
    println!(
        "| | 10 MB: peak / input | time | times as fast | 100 MB: peak / input | time | times as fast |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let files: Vec<_> = SIZES[1..]
        .iter()
        .map(|(_, bytes, _)| {
            let name = format!("seamlint-bench-{}-{bytes}", process::id());
            let path = env::temp_dir().join(name);
            fs::write(&path, Recipe::new(SEED, *bytes).build()).expect("a temporary file");
            path
        })
        .collect();
    let mut rows: Vec<String> = FRESH.iter().map(|what| format!("| {what} |")).collect();
    for file in &files {
        let input = fs::metadata(file).expect("the file").len() as f64;
        let mut runs = vec![Vec::new(); FRESH.len()];
        for _ in 0..FRESH_ROUNDS {
            for (what, runs) in FRESH.iter().zip(&mut runs) {
                eprintln!("fresh process, {input} bytes: {what}");
                runs.push(fresh_child(what, file));
            }
        }
        for ((what, row), mine) in FRESH.iter().zip(&mut rows).zip(&runs) {
            let peak = median(mine.iter().map(|run| run.peak));
            let time = median(mine.iter().map(|run| run.seconds));
            let quotients = runs[0].iter().zip(mine);
            let ratio = median(quotients.map(|(first, mine)| first.seconds / mine.seconds));
            let _ = write!(row, " {:.2} |", peak / input);
            let _ = if what == &FRESH[3] {
                write!(row, " | |")
            } else {
                write!(row, " {:.0} ms | {ratio:.2} |", time * 1e3)
            };
        }
    }
    for row in rows {
        println!("{row}");
    }
    for file in files {
        let _ = fs::remove_file(file);
    }
    println!();
}

/// What a child measures.
#[derive(Clone, Copy)]
struct Fresh {
    /// In bytes.
    peak: f64,
    seconds: f64,
}

fn fresh_child(what: &str, file: &Path) -> Fresh {
    let program = env::current_exe().expect("this program");
    let mut child = Command::new(program);
    let numbers = child_numbers(child.args(["--fresh", what]).arg(file));
    Fresh {
        peak: numbers[0],
        seconds: numbers[1],
    }
}

/// The numbers that a child prints.
fn child_numbers(child: &mut Command) -> Vec<f64> {
    let output = child.output().expect("this program runs");
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8_lossy(&output.stdout);
    printed
        .split_whitespace()
        .map(|word| word.parse().expect("the child prints numbers"))
        .collect()
}

fn run_fresh(what: &str, file: &str) {
    let bytes = fs::read(file).expect("the parent has written it");
    let begin = Instant::now();
    if what == FRESH[0] {
        let value: Value = serde_json::from_slice(&bytes).expect("JSON");
        black_box(judge().iter_errors(&value).count());
    } else if what == FRESH[1] {
        black_box(serde_json::from_slice::<Value>(&bytes).expect("JSON"));
    } else if what == FRESH[2] {
        black_box(Linter::new().check_bytes(&bytes).counts());
    }
    let seconds = begin.elapsed().as_secs_f64();
    black_box(&bytes);
    println!("{} {seconds}", peak_bytes());
}

/// The most memory this process has had at a time, as Linux counts it.
fn peak_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    kilobytes
        .and_then(|number| number.parse::<u64>().ok())
        .expect("VmHWM in kB")
        * 1024
}
