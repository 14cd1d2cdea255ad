//! The arguments of the command.
#![expect(
    clippy::doc_markdown,
    reason = "the comments are help texts, which are no Markdown"
)]

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::format::Format;
use crate::report::{Applicability, Severity};
use crate::rules::settings::Level;
use crate::schema;
use crate::time::zone;

/// The name of standard input.
pub(super) const STDIN: &str = "<stdin>";

/// The version, and those of what seamlint judges by.
fn long_version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        format!(
            "{}\nschema: {}\ntime zones: IANA {}",
            env!("CARGO_PKG_VERSION"),
            schema::VERSION,
            zone::database_version()
        )
    });
    &VERSION
}

/// Checks Seam push_data payloads offline, before they are sent.
#[derive(Debug, Parser)]
#[command(
    name = "seamlint",
    version,
    long_version = long_version(),
    propagate_version = true,
    after_help = "Exit status: 0 nothing at or above --fail-on; 1 findings, or with --diff something to change; \
                  2 could not do the work, or found no payload in a folder."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check payloads
    Check(Box<Check>),
    /// Write the keys of payloads as known keys, for `check --known`
    Keys(Keys),
    /// Show the documentation of a rule, with examples
    Explain {
        /// The rule's code, such as key-whitespace
        code: String,
    },
    /// List all rules
    Rules {
        /// Output format
        #[arg(long, value_enum, default_value_t = CatalogueFormat::Table)]
        format: CatalogueFormat,
    },
    /// Print the JSON Schema of a push_data body
    Schema {
        /// Print the JSON Schema of the JSON report instead
        #[arg(long, conflicts_with = "config")]
        report: bool,
        /// Print the JSON Schema of seamlint.toml instead
        #[arg(long)]
        config: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the man page, or that of a command
    Man {
        /// The command, such as check
        command: Option<String>,
    },
}

/// Check payloads.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags are independent")]
pub(super) struct Check {
    /// Files, folders (searched for files that look like payloads), or - for standard input. In
    /// .jsonl and .ndjson files, each line is a payload; any file may be compressed by gzip
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// Skip files that are not push_data payloads, even if named explicitly (for hooks)
    #[arg(long)]
    pub(super) payloads_only: bool,
    /// Check every .json, .jsonl and .ndjson file of folders, also those that do not look like payloads
    #[arg(long, conflicts_with = "payloads_only")]
    pub(super) all: bool,
    /// Print to standard error how many files were checked and skipped, and what was found
    #[arg(long, conflicts_with = "diff")]
    pub(super) stats: bool,
    /// Print how many findings there are of each rule and how many have a fix, instead of the findings; as JSON with --format json
    #[arg(long, conflicts_with = "diff")]
    pub(super) statistics: bool,
    /// Show every finding, also what repeats at one place of many resources (--format pretty)
    #[arg(long)]
    pub(super) all_findings: bool,
    /// The name of standard input in reports; with NAME.jsonl, each line is a payload
    #[arg(long, value_name = "NAME", default_value = STDIN)]
    pub(super) stdin_filename: String,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub(super) format: Format,
    /// Also write findings to a file, in any format of --format, when all files are checked;
    /// repeatable
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = output)]
    pub(super) outputs: Vec<Output>,
    /// The lowest severity that gives exit status 1 [default: fail-on of seamlint.toml, or warning]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(super) fail_on: Option<Severity>,
    /// Use this configuration instead of the nearest seamlint.toml above each file
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Ignore seamlint.toml files
    #[arg(long)]
    pub(super) isolated: bool,
    /// Report only findings that are not in this baseline; overrides the baseline of seamlint.toml
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write all findings to this baseline instead of reporting them. It contains names of members
    /// and digests, nothing else of the payloads; with --redact, digests cover no values
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "unsafe_fixes", "diff"])]
    pub(super) write_baseline: Option<PathBuf>,
    /// Set a rule's severity: off, info, warning or error; repeatable
    #[arg(long = "rule", value_name = "CODE=SEVERITY", value_parser = level)]
    pub(super) rules: Vec<(String, Level)>,
    /// Check against another schema: an OpenAPI 3.0 or 3.1 document with POST
    /// /customers/push_data, or a JSON Schema; JSON or YAML
    #[arg(long, value_name = "FILE")]
    pub(super) schema: Option<PathBuf>,
    /// Keys of existing resources, as `seamlint keys` writes them; repeatable
    #[arg(long, value_name = "FILE")]
    pub(super) known: Vec<PathBuf>,
    /// A payload whose resources exist already, so that references may name them; repeatable
    #[arg(long, value_name = "FILE")]
    pub(super) context: Vec<PathBuf>,
    /// Check the files of one customer together: references, duplicate keys and overlapping stays
    /// across files. Not with fixes, which apply to one file at a time
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    pub(super) as_set: bool,
    /// Treat a reference to a resource that is not given as an error
    #[arg(long)]
    pub(super) closed_world: bool,
    /// Report stays that ended before this instant (long-past-stay); the clock is never read
    #[arg(long, value_name = "RFC3339")]
    pub(super) now: Option<String>,
    /// Apply safe fixes in place, and report what is left. Fixed standard input goes to standard
    /// output, its report to standard error
    #[arg(long)]
    pub(super) fix: bool,
    /// Like --fix, with unsafe fixes too: they are guesses, so review them
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
    /// Print what --fix (or --unsafe-fixes) would change as a unified diff, and change nothing.
    /// Findings are not listed; exit status 1 if anything would change, or as usual for what would
    /// be left
    #[arg(long, conflicts_with_all = ["redact", "format", "outputs"])]
    pub(super) diff: bool,
    /// Keep the payload's values out of the output
    #[arg(long)]
    pub(super) redact: bool,
    /// List at most this many findings of one code per file (all are counted); 0 lists all
    #[arg(long, value_name = "COUNT", default_value_t = 1000)]
    pub(super) max_per_code: usize,
    /// When to use colour
    #[arg(long = "color", alias = "colour", value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub(super) colour: Colour,
}

/// Write known keys.
#[derive(Debug, Args)]
pub(super) struct Keys {
    /// Payload files, folders (searched for files that look like payloads), or - for standard input
    #[arg(required = true)]
    pub(super) paths: Vec<PathBuf>,
}

impl Check {
    /// Whether files are written, beside what goes to standard output.
    pub(super) fn writes(&self) -> bool {
        self.fixes().is_some() || !self.outputs.is_empty() || self.write_baseline.is_some()
    }

    /// The formats that findings are written in.
    pub(super) fn formats(&self) -> impl Iterator<Item = Format> {
        let files = self.outputs.iter().map(|output| output.format);
        std::iter::once(self.format).chain(files)
    }

    /// Which fixes are applied or shown.
    pub(super) fn fixes(&self) -> Option<Applicability> {
        if self.unsafe_fixes {
            Some(Applicability::Unsafe)
        } else {
            (self.fix || self.diff).then_some(Applicability::Safe)
        }
    }
}

/// A file that findings are written to.
#[derive(Debug, Clone)]
pub(super) struct Output {
    pub(super) format: Format,
    pub(super) path: PathBuf,
}

/// How rules are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CatalogueFormat {
    /// One line per rule
    Table,
    /// With the documentation
    Json,
}

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn output(text: &str) -> Result<Output, String> {
    let (format, path) = text
        .split_once('=')
        .ok_or("write it as FORMAT=FILE, such as sarif=seamlint.sarif")?;
    let format = Format::from_str(format, false).map_err(|_| {
        let known: Vec<String> = Format::value_variants()
            .iter()
            .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
            .collect();
        format!("{format:?} is not one of the formats {}", known.join(", "))
    })?;
    if path.is_empty() || path == "-" {
        return Err("name a file; --format is for standard output".to_owned());
    }
    let path = PathBuf::from(path);
    Ok(Output { format, path })
}

fn level(text: &str) -> Result<(String, Level), String> {
    let (code, level) = text
        .split_once('=')
        .ok_or("write it as CODE=SEVERITY, such as unknown-member=error")?;
    let level = match level {
        "off" => Level::Off,
        "info" => Level::Info,
        "warning" => Level::Warning,
        "error" => Level::Error,
        other => {
            return Err(format!(
                "{other:?} is not one of off, info, warning and error"
            ));
        }
    };
    Ok((code.to_owned(), level))
}
