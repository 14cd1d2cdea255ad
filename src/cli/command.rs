//! Runs the command that the arguments name.

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory, FromArgMatches};

use super::arguments::{Arguments, CatalogueFormat, Command};
use super::failure::Failure;
use super::stdout::ignore_closed_pipe;
use super::system::{self, Stream};
use super::{check, config, keys, status, stdout};
use crate::engine::options::rule;
use crate::output::{catalogue, json};
use crate::schema;
use crate::text::escape::visible;

/// Runs the command; returns its exit status. The first argument is its name.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    let given: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let outcome = match parse(given.clone()) {
        Ok(arguments) => run(arguments),
        Err(error) => {
            // The error repeats arguments as they are; those that do no harm fail in the same way.
            let shown = given
                .iter()
                .map(|argument| visible(&argument.to_string_lossy(), usize::MAX).into());
            answer(&parse(shown.collect()).err().unwrap_or(error))
        }
    };
    outcome.unwrap_or_else(|failure| {
        failure.report();
        status::FAILURE
    })
}

fn parse(arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    system::fitted(Arguments::command())
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
}

/// Prints what `clap` returns instead of arguments: help, the version, or an error.
fn answer(said: &clap::Error) -> Result<u8, Failure> {
    // Help and version are not errors.
    let (mut stream, status) = if said.use_stderr() {
        (Stream::Error, status::FAILURE)
    } else {
        (Stream::Output, status::CLEAN)
    };
    let text = said.render();
    ignore_closed_pipe(if stream.shows_colour() {
        write!(stream, "{}", text.ansi())
    } else {
        write!(stream, "{text}")
    })?;
    Ok(status)
}

fn run(arguments: Arguments) -> Result<u8, Failure> {
    match arguments.command {
        Command::Check(check) => check::check(&check),
        Command::Keys(keys) => keys::keys(&keys),
        Command::Explain { code } => {
            let rule = rule(&code)?;
            print(&catalogue::explain(rule))
        }
        Command::Rules { format } => print(&match format {
            CatalogueFormat::Table => catalogue::table(),
            CatalogueFormat::Json => catalogue::json(),
        }),
        Command::Schema { report: true, .. } => print(&pretty(&json::schema())),
        Command::Schema { config: true, .. } => print(&pretty(&config_schema())),
        Command::Schema { .. } => print(schema::PUSH_DATA),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            let mut command = Arguments::command();
            clap_complete::generate(shell, &mut command, "seamlint", &mut text);
            print(&String::from_utf8_lossy(&text))
        }
        Command::Man { command } => print(&man(command.as_deref())?),
    }
}

/// The man page of the command, or of one of its commands.
fn man(command: Option<&str>) -> Result<String, Failure> {
    let mut all = Arguments::command();
    // Gives each command its whole name, `seamlint check`.
    all.build();
    let page = match command {
        None => Some(&all),
        Some(name) => all.find_subcommand(name),
    };
    let Some(page) = page.cloned() else {
        let name = command.unwrap_or_default();
        return Err(Failure::NoCommand(name.to_owned()));
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The JSON Schema of `seamlint.toml`.
#[must_use]
pub fn config_schema() -> serde_json::Value {
    let mut schema = config::schema().to_value();
    // Another crate of the build may have asked serde_json for the order of insertion.
    schema.sort_all_objects();
    schema
}

/// JSON as people read it.
fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

fn print(text: &str) -> Result<u8, Failure> {
    stdout::write(text.as_bytes())?;
    Ok(status::CLEAN)
}
