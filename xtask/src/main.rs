//! The chores of this repository: `cargo xtask --help`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the developer's terminal"
)]

mod api;
mod bench;
mod bench_instructions;
#[path = "../../tests/support/broken.rs"]
mod broken;
mod cargo;
mod compare_repairs;
mod compare_validators;
#[cfg(target_os = "linux")]
mod crash;
mod fuzz;
mod hooks;
#[path = "../../tests/support/hostile.rs"]
#[expect(dead_code, reason = "the tests hold what is found and the memory")]
mod hostile;
mod hostile_texts;
#[path = "../../tests/support/imports.rs"]
mod imports;
#[path = "../../tests/support/layers.rs"]
mod layer_table;
mod layers;
#[cfg(target_os = "linux")]
mod linear;
#[path = "../../tests/support/payload.rs"]
mod payload;
mod python;
mod recipes;
mod schema;
#[path = "../../tests/support/slips.rs"]
#[expect(dead_code, reason = "only the tests ask where the slips are")]
mod slips;
mod steps;
mod supply;
mod wasm;
mod wheel;
mod workflows;
mod zones;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use payload::Recipe;

#[derive(Parser)]
#[command(about = "The chores of this repository", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Run the bench and write its figures into benches/README.md
    Bench {
        /// Measure something else instead
        part: Option<Part>,
        /// The date above the figures; today's by default
        #[arg(long)]
        date: Option<String>,
        /// Write the counts of `instructions` to benches/instructions.json
        #[arg(long)]
        write: bool,
    },
    /// Print a realistic payload, the same for the same arguments
    Generate {
        /// About how many bytes
        #[arg(long, value_name = "N")]
        bytes: usize,
        /// What the payload is made from
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// How many records have a finding, spread evenly; none by default
        #[arg(long, value_name = "N", default_value_t = 0)]
        findings: usize,
        /// Indented, over many lines
        #[arg(long)]
        pretty: bool,
    },
    /// Derive the JSON Schema in schema/ from the vendored OpenAPI document
    Schema {
        /// Take this OpenAPI document (JSON or YAML) and vendor it
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
        /// Print what this OpenAPI document adds, removes and changes, and which fixtures it would break; write nothing
        #[arg(long, value_name = "FILE", conflicts_with = "from")]
        diff: Option<PathBuf>,
    },
    /// Print the layers of the library, what each imports, and the largest ring of files
    Layers,
    /// Renew the lists of the public API, `public-api.txt`
    Api,
    /// Renew the pages, the schemas and the output in README.md that are made from the code
    Docs,
    /// Renew the lists of what users compile and are given, in tests/supply
    Supply,
    /// Renew the time zone table in src/time/
    Zones {
        /// The folder of IANA's data with tzdata.zi, as in the Python package tzdata
        tzdata: PathBuf,
        /// The folder of npm's cldr-core
        cldr_core: PathBuf,
        /// The folder of npm's cldr-bcp47
        cldr_bcp47: PathBuf,
    },
    /// Build the npm package in pkg/dist/ and measure it
    Wasm,
    /// Build the Python package, with the command in it, in target/wheels/
    Wheel,
    /// Run the fuzz targets, each for a minute
    Fuzz {
        /// This target alone
        target: Option<String>,
        /// How long each runs
        #[arg(long, value_name = "N", default_value_t = 60)]
        seconds: u32,
    },
    /// Run the checks: format, lints, tests, documentation, packages, npm package, hooks, recipes
    Test {
        #[command(flatten)]
        selection: steps::Selection,
    },
}

/// What is measured instead of `benches/compare.rs`.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Part {
    /// Print figures of the packed npm package in Node.js, a form and a cold start among them
    Npm,
    /// Measure from a key to its message in Chromium, and write the figures into benches/README.md
    Typing,
    /// Compare with other validators of the same schema and hold the floors
    Peers,
    /// Compare the fixes with other programs that repair JSON: Node.js, Python, the network
    Repair,
    /// Time texts that are made to hurt, beside a payload without findings
    Hostile,
    /// Count the instructions of a check with valgrind; fails if they have changed
    Instructions,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Bench { part, date, write } => match part {
            None => bench::run(date.as_deref()),
            Some(Part::Npm) => bench::run_npm(),
            Some(Part::Typing) => bench::run_typing(date.as_deref()),
            Some(Part::Peers) => compare_validators::run(date.as_deref()),
            Some(Part::Hostile) => hostile_texts::run(date.as_deref()),
            Some(Part::Repair) => compare_repairs::run(date.as_deref()),
            Some(Part::Instructions) => bench_instructions::run(write),
        },
        Chore::Generate {
            bytes,
            seed,
            findings,
            pretty,
        } => generate(Recipe::new(seed, bytes).with_findings(findings), pretty),
        Chore::Schema {
            diff: Some(diff), ..
        } => schema::diff(&diff),
        Chore::Schema { from, diff: None } => schema::derive(from.as_deref()),
        Chore::Layers => layers::run(),
        Chore::Api => api::run_all(true),
        Chore::Docs => steps::docs(),
        Chore::Supply => supply::run(true),
        Chore::Zones {
            tzdata,
            cldr_core,
            cldr_bcp47,
        } => {
            let out = cargo::root().join("src/time");
            zones::run(&tzdata, &cldr_core, &cldr_bcp47, &out)
        }
        Chore::Wasm => wasm::build(),
        Chore::Wheel => {
            wheel::build(wheel::Build::Release).map(|wheel| println!("\n{}", wheel.display()))
        }
        Chore::Fuzz { target, seconds } => fuzz::run(target.as_deref(), seconds),
        Chore::Test { selection } => steps::run(&selection),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line, and the last: a backtrace of this program is nobody's concern.
            eprintln!("\nfailed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn generate(recipe: Recipe, pretty: bool) -> Result<()> {
    let recipe = if pretty { recipe.pretty() } else { recipe };
    // All at once: a pipe that closes early is an error here, and no panic.
    std::io::stdout()
        .write_all(recipe.build().as_bytes())
        .context("cannot write the payload")
}
