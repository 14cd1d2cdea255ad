//! `seamlint keys`.

use super::arguments::{Keys, STDIN};
use super::failure::Failure;
use super::input::InputFile;
use super::{discover, status, stdout};
use crate::engine::linter::Linter;
use crate::model::known::KnownKeys;

/// Writes the keys of all payloads, or none: with a part of them, references to the rest would be
/// findings.
pub(super) fn keys(arguments: &Keys) -> Result<u8, Failure> {
    let discover::Found {
        files,
        mut failures,
        ..
    } = discover::find(&arguments.paths);
    for failure in &failures {
        failure.report();
    }
    let mut known = KnownKeys::new();
    let linter = Linter::new();
    for file in files {
        let added = InputFile::read(&file.path, STDIN).and_then(|input| {
            if file.only_payloads && !input.is_payload(&linter) {
                return Ok(());
            }
            input.add_to(&mut known)
        });
        if let Err(failure) = added {
            failure.report();
            failures.push(failure);
        }
    }
    if failures.is_empty() {
        stdout::write(known.to_json().as_bytes())?;
        Ok(status::CLEAN)
    } else {
        Ok(status::FAILURE)
    }
}
