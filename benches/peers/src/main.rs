//! seamlint beside what else reads or checks JSON in Rust: `cargo xtask bench peers` runs this.
//!
//! - `peers speed FILE ROUNDS`: every contender on one clean payload in memory, in turns.
//! - `peers findings CLEAN SPOILED ROUNDS`, `peers scale SMALL LARGE ROUNDS`: seamlint on two.
//! - `peers check CONTENDER FILE`: one contender in a process of its own; its errors as the
//!   library shows them, and status 1 if there are any.
//! - `peers measure COMMAND ARGUMENT...`: how long another process takes, and its peak of memory.
//!
//! What is measured is printed as JSON, times in seconds. A turn is two runs, of which the second
//! counts: what the contender before has left in caches and in the allocator is not its doing.
#![expect(
    clippy::expect_used,
    clippy::unwrap_in_result,
    reason = "what fails here is this program, and it should stop"
)]

use std::error::Error;
use std::hint::black_box;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
use std::{env, fs};

use seamlint::output::{Checked, concise};
use seamlint::{Linter, Options};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use wait4::Wait4 as _;

const SCHEMA: &str = include_str!("../../../schema/push_data.schema.json");

/// Judges a payload: whether there is any error, and where it is to be shown, which.
type Judge = Box<dyn Fn(&[u8], bool) -> bool>;

/// By name, in the order of the tables; what compiles the schema is done when it is made.
const CONTENDERS: [(&str, fn() -> Judge); 5] = [
    ("seamlint", seamlint),
    ("IgnoredAny", ignored_any),
    ("Value", value),
    ("jsonschema", jsonschema),
    ("boon", boon),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["speed", file, rounds] => speed(file, rounds),
        ["findings" | "scale", first, second, rounds] => two(first, second, rounds),
        ["check", contender, file] => match check(contender, file) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        ["measure", command, arguments @ ..] => measure(command, arguments),
        _ => Err("what? The top of main.rs says".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::from(2)
        }
    }
}

fn seamlint() -> Judge {
    let linter = Linter::new();
    Box::new(move |bytes, shows| {
        let report = linter.check_bytes(bytes);
        let clean = !report.has_errors();
        if shows {
            let checked = Checked {
                path: String::new(),
                report,
            };
            concise::write(&mut std::io::stdout(), &checked).expect("standard output");
        }
        clean
    })
}

fn ignored_any() -> Judge {
    Box::new(|bytes, shows| shown(shows, serde_json::from_slice::<IgnoredAny>(bytes).err()))
}

fn value() -> Judge {
    Box::new(|bytes, shows| shown(shows, serde_json::from_slice::<Value>(bytes).err()))
}

fn jsonschema() -> Judge {
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema())
        .expect("the schema is one");
    Box::new(move |bytes, shows| match serde_json::from_slice(bytes) {
        Ok(value) => shown(
            shows,
            validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path())),
        ),
        Err(error) => shown(shows, [error]),
    })
}

fn boon() -> Judge {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler
        .add_resource("push_data.json", schema())
        .expect("a new name");
    let index = compiler
        .compile("push_data.json", &mut schemas)
        .expect("the schema is one");
    Box::new(move |bytes, shows| match serde_json::from_slice(bytes) {
        Ok(value) => shown(shows, schemas.validate(&value, index).err()),
        Err(error) => shown(shows, [error]),
    })
}

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

/// Whether there are none; all of them are asked for, and where they are to be shown, printed.
fn shown<E: std::fmt::Display>(shows: bool, errors: impl IntoIterator<Item = E>) -> bool {
    let count = errors
        .into_iter()
        .inspect(|error| {
            if shows {
                println!("{error}");
            }
        })
        .count();
    count == 0
}

fn check(contender: &str, file: &str) -> Result<bool, Box<dyn Error>> {
    let (_, make) = CONTENDERS
        .iter()
        .find(|(name, _)| *name == contender)
        .ok_or("no such contender")?;
    let bytes = fs::read(file)?;
    Ok(make()(&bytes, true))
}

fn speed(file: &str, rounds: &str) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(file)?;
    let judges = CONTENDERS.map(|(name, make)| (name, make()));
    for (name, judge) in &judges {
        if !judge(&bytes, true) {
            return Err(format!("{name} refuses {file}").into());
        }
    }
    let mut runs: Vec<Box<dyn Fn() -> bool + '_>> = Vec::new();
    for (_, judge) in &judges {
        runs.push(Box::new(|| judge(&bytes, false)));
    }
    let times = in_turns(&runs, rounds.parse()?);
    let medians = judges.iter().zip(times).map(|((name, _), seconds)| {
        (
            (*name).to_owned(),
            json!({ "seconds": seconds[seconds.len() / 2] }),
        )
    });
    let medians: serde_json::Map<String, Value> = medians.collect();
    println!("{}", Value::Object(medians));
    Ok(())
}

/// seamlint on two payloads; lists every finding.
fn two(first: &str, second: &str, rounds: &str) -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    options.max_per_code = None;
    let linter = Linter::with_options(options)?;
    let files = [fs::read(first)?, fs::read(second)?];
    let mut runs: Vec<Box<dyn Fn() -> bool + '_>> = Vec::new();
    for bytes in &files {
        let linter = &linter;
        runs.push(Box::new(move || linter.check_bytes(bytes).has_errors()));
    }
    let times = in_turns(&runs, rounds.parse()?);
    let entries = files.iter().zip(times).map(|(bytes, seconds)| {
        json!({
            "bytes": bytes.len(),
            "findings": linter.check_bytes(bytes).iter().count(),
            "seconds": seconds[seconds.len() / 2],
        })
    });
    println!("{}", Value::Array(entries.collect()));
    Ok(())
}

/// The times of each, sorted, in seconds. What takes next to no time is run more often in a turn.
fn in_turns(runs: &[Box<dyn Fn() -> bool + '_>], rounds: usize) -> Vec<Vec<f64>> {
    let repeats: Vec<u32> = runs
        .iter()
        .map(|run| {
            let begin = Instant::now();
            let mut times = 0;
            while times == 0 || begin.elapsed().as_secs_f64() < 0.001 {
                black_box(run());
                times += 1;
            }
            times
        })
        .collect();
    let mut times = vec![Vec::new(); runs.len()];
    for _ in 0..rounds {
        for ((run, &repeats), times) in runs.iter().zip(&repeats).zip(&mut times) {
            black_box(run());
            let begin = Instant::now();
            for _ in 0..repeats {
                black_box(run());
            }
            times.push(begin.elapsed().as_secs_f64() / f64::from(repeats));
        }
    }
    for times in &mut times {
        times.sort_by(f64::total_cmp);
    }
    times
}

/// Runs another process. This one is small: on Linux, what a parent holds counts for its child.
fn measure(command: &str, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    let used = Command::new(command)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?
        .wait4()?;
    let seconds = begin.elapsed().as_secs_f64();
    println!(
        "{}",
        json!({
            "seconds": seconds,
            "peak": used.rusage.maxrss,
            "success": used.status.success(),
        })
    );
    Ok(())
}
