//! seamlint and other Rust libraries that read or check JSON; `cargo xtask bench peers` runs this.
//!
//! - `peers speed FILE ROUNDS` runs every contender on a clean payload in memory.
//! - `peers findings CLEAN FAULTY ROUNDS` runs seamlint on both payloads.
//! - `peers each FILE...` runs seamlint on each file.
//! - `peers check CONTENDER FILE` prints the errors of one contender; the exit status is 1 if there
//!   are any.
//! - `peers measure COMMAND ARGUMENT...` prints the time and the peak memory of another process.
//!
//! Measurements are printed as JSON, with times in seconds. A turn is two runs of which the second
//! counts, so that caches and allocator are not as the contender before left them.
#![expect(
    clippy::expect_used,
    clippy::unwrap_in_result,
    reason = "a bench that fails should stop at once"
)]

use std::error::Error;
use std::hint::black_box;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
use std::{env, fs};

use seamlint::faces::output::{Checked, concise};
use seamlint::{Linter, Options};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use wait4::Wait4 as _;

const SCHEMA: &str = include_str!("../../../schema/push_data.schema.json");

/// Returns whether a payload has no errors, and prints them if the second argument says so.
type Validate = Box<dyn Fn(&[u8], bool) -> bool>;

/// In the order of the tables. Making a contender compiles its schema.
const CONTENDERS: [(&str, fn() -> Validate); 5] = [
    ("seamlint", seamlint),
    ("IgnoredAny", || {
        Box::new(|bytes, print| no_errors(print, serde_json::from_slice::<IgnoredAny>(bytes).err()))
    }),
    ("Value", || {
        Box::new(|bytes, print| no_errors(print, serde_json::from_slice::<Value>(bytes).err()))
    }),
    ("jsonschema", jsonschema),
    ("boon", boon),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["speed", file, rounds] => speed(file, rounds),
        ["findings", clean, faulty, rounds] => findings(clean, faulty, rounds),
        ["each", files @ ..] => each(files),
        ["check", contender, file] => match check(contender, file) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        ["measure", command, arguments @ ..] => measure(command, arguments),
        _ => Err("unknown arguments; see the top of main.rs".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::from(2)
        }
    }
}

fn seamlint() -> Validate {
    let linter = Linter::new();
    Box::new(move |bytes, print| {
        let report = linter.check_bytes(bytes);
        let valid = !report.has_errors();
        if print {
            let path = String::new();
            let checked = Checked::new(path, report);
            concise::write(&mut std::io::stdout(), &checked).expect("standard output");
        }
        valid
    })
}

fn jsonschema() -> Validate {
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema())
        .expect("the schema is valid");
    Box::new(move |bytes, print| match serde_json::from_slice(bytes) {
        Ok(value) => no_errors(
            print,
            validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path())),
        ),
        Err(error) => no_errors(print, [error]),
    })
}

fn boon() -> Validate {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler
        .add_resource("push_data.json", schema())
        .expect("a new name");
    let index = compiler
        .compile("push_data.json", &mut schemas)
        .expect("the schema is valid");
    Box::new(move |bytes, print| match serde_json::from_slice(bytes) {
        Ok(value) => no_errors(print, schemas.validate(&value, index).err()),
        Err(error) => no_errors(print, [error]),
    })
}

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

/// Reads all errors, so that every contender does the whole work.
fn no_errors<E: std::fmt::Display>(print: bool, errors: impl IntoIterator<Item = E>) -> bool {
    let print_error = |error: &E| {
        if print {
            println!("{error}");
        }
    };
    errors.into_iter().inspect(print_error).count() == 0
}

fn check(contender: &str, file: &str) -> Result<bool, Box<dyn Error>> {
    let (_, make) = CONTENDERS
        .iter()
        .find(|(name, _)| *name == contender)
        .ok_or("no such contender")?;
    Ok(make()(&fs::read(file)?, true))
}

fn speed(file: &str, rounds: &str) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(file)?;
    let contenders = CONTENDERS.map(|(name, make)| (name, make()));
    let mut runs: Vec<Box<dyn Fn() -> bool + '_>> = Vec::new();
    for (name, validate) in &contenders {
        if !validate(&bytes, true) {
            return Err(format!("{name} rejects {file}").into());
        }
        runs.push(Box::new(|| validate(&bytes, false)));
    }
    let times = medians(&runs, rounds.parse()?);
    let named = contenders.iter().zip(times);
    let named: serde_json::Map<String, Value> = named
        .map(|((name, _), seconds)| ((*name).to_owned(), seconds.into()))
        .collect();
    println!("{}", Value::Object(named));
    Ok(())
}

/// seamlint on two payloads, with every finding listed.
fn findings(clean: &str, faulty: &str, rounds: &str) -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    options.max_per_code = None;
    let linter = Linter::with_options(options)?;
    let files = [fs::read(clean)?, fs::read(faulty)?];
    let counts = files
        .each_ref()
        .map(|bytes| linter.check_bytes(bytes).iter().count());
    let runs = files.each_ref().map(|bytes| {
        let linter = &linter;
        Box::new(move || linter.check_bytes(bytes).has_errors()) as Box<dyn Fn() -> bool + '_>
    });
    let seconds = medians(&runs, rounds.parse()?);
    println!("{}", json!({ "findings": counts, "seconds": seconds }));
    Ok(())
}

/// seamlint on each file, as a check finds it.
fn each(files: &[&str]) -> Result<(), Box<dyn Error>> {
    let linter = Linter::new();
    let mut measured = Vec::new();
    for file in files {
        let bytes = fs::read(file)?;
        let run: Box<dyn Fn() -> bool + '_> = Box::new(|| linter.check_bytes(&bytes).has_errors());
        let seconds = medians(&[run], 3)[0];
        let findings = linter.check_bytes(&bytes).counts().total();
        measured.push(json!({ "seconds": seconds, "findings": findings }));
    }
    println!("{}", Value::Array(measured));
    Ok(())
}

/// The median time of each run, in seconds. A run below 1 ms is repeated within a turn.
fn medians(runs: &[Box<dyn Fn() -> bool + '_>], rounds: usize) -> Vec<f64> {
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
    times
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        })
        .collect()
}

/// Runs another process from this small one: on Linux, a child's peak starts at its parent's size.
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
    let peak = used.rusage.maxrss;
    let success = used.status.success();
    println!(
        "{}",
        json!({ "seconds": seconds, "peak": peak, "success": success })
    );
    Ok(())
}
