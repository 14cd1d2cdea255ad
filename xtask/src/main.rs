//! The chores of this repository: `cargo xtask --help`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the developer's terminal"
)]

mod cargo;
mod schema;
mod steps;
mod zones;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "The chores of this repository", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Derive the JSON Schema in schema/ from the vendored OpenAPI document
    Schema {
        /// Take this OpenAPI document (JSON or YAML) and vendor it
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Write the pages and schemas that are made from the code anew
    Docs,
    /// Make the time zone table in src/time/ anew
    Zones {
        /// The folder of IANA's data with tzdata.zi, as in PyPI's tzdata
        tzdata: PathBuf,
        /// The folder of npm's cldr-core
        cldr_core: PathBuf,
        /// The folder of npm's cldr-bcp47
        cldr_bcp47: PathBuf,
    },
    /// Run every check: format, lints, tests, documentation, package
    Test {
        /// Run just this step; may be given more than once
        #[arg(long, value_name = "STEP", value_parser = steps::names())]
        only: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Schema { from } => schema::derive(from.as_deref()),
        Chore::Docs => steps::docs(),
        Chore::Zones {
            tzdata,
            cldr_core,
            cldr_bcp47,
        } => {
            let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/time");
            zones::run(&tzdata, &cldr_core, &cldr_bcp47, &out)
        }
        Chore::Test { only } => steps::run(&only),
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
