//! The `seamlint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(seamlint::faces::cli::main(std::env::args_os()))
}
