//! `cargo xtask bench start`: how long a whole process takes for a small payload, beside other
//! commands that check JSON against a schema.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::bench::{cpu, printed, replace, today};
use crate::cargo::{cargo, root, target_folder, work_folder};
use crate::peers::{self, PACKAGES, word};

const BEGIN: &str = "<!-- figures: cargo xtask bench start -->\n";
const END: &str = "<!-- end of the figures of start -->\n";

/// How often each command runs; one run of each, in turn, is a round.
const ROUNDS: usize = 31;

/// One command.
struct Peer {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// Whether it checks anything; others are there for comparison.
    checks: bool,
}

impl Peer {
    fn run(&self, payload: &Path) -> Result<(Duration, bool)> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        if self.checks {
            command.arg(payload);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let begin = Instant::now();
        let status = command
            .status()
            .with_context(|| format!("cannot run {}", self.program.display()))?;
        Ok((begin.elapsed(), status.success()))
    }
}

/// Measures, and writes the figures into the readme of the benches.
///
/// # Errors
///
/// Node.js, Python 3 or the network is missing, or a command does not tell a payload that is right
/// from one that is not.
pub(crate) fn run(date: Option<&str>) -> Result<()> {
    crate::cargo::run(cargo().args(["build", "--release"]))
        .context("the release does not build")?;
    let folder = work_folder("peers")?;
    let payload = fs::canonicalize(root().join("benches/start.json"))?;
    let bytes = fs::metadata(&payload)?.len();
    let bad = folder.join("bad.json");
    fs::write(&bad, r#"{ "customer_key": "" }"#)?;
    let peers = peers()?;

    // Who says the same of all would win.
    for peer in peers.iter().filter(|peer| peer.checks) {
        let (_, passes) = peer.run(&payload)?;
        let (_, passes_bad) = peer.run(&bad)?;
        ensure!(
            passes && !passes_bad,
            "{} does not tell right from wrong: {passes}, {passes_bad}",
            peer.name
        );
    }
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); peers.len()];
    for _ in 0..ROUNDS {
        for (peer, times) in peers.iter().zip(&mut times) {
            times.push(peer.run(&payload)?.0);
        }
    }
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    let ours = medians[0];

    let date = today(date)?;
    let mut text = format!(
        "\nMeasured on {date} on {cpu}; {packages}, {python}, Node.js {node}; release profile. \
         `benches/start.json`, {bytes} bytes, against `schema/push_data.schema.json` \
         (seamlint: every default rule); {ROUNDS} rounds, each of one run of each command.\n\n\
         | whole process | median | times ours |\n|---|--:|--:|\n",
        cpu = cpu(),
        packages = PACKAGES.join(", "),
        python = crate::python::CHECK_JSONSCHEMA.replace("==", "@"),
        node = printed(Command::new("node").arg("--version"))?,
    );
    for (peer, median) in peers.iter().zip(&medians) {
        let (name, ratio) = (peer.name, median / ours);
        // Writing to a string does not fail.
        let _ = writeln!(text, "| {name} | {median:.1} ms | {ratio:.1} |");
    }
    text.push('\n');
    print!("{text}");
    replace(BEGIN, END, &text)
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

/// Installs the commands, unless they are there.
fn peers() -> Result<Vec<Peer>> {
    let installed = peers::install()?;
    let schema = word(&fs::canonicalize(peers::schema())?);
    let peer = |name, program, arguments: &[&str]| Peer {
        name,
        program,
        arguments: arguments.iter().map(|&word| word.to_owned()).collect(),
        checks: true,
    };
    let python = crate::python::commands()?;
    crate::wasm::build()?;
    Ok(vec![
        peer(
            "**`seamlint check`**",
            target_folder()?.join("release/seamlint"),
            &["check"],
        ),
        peer(
            "`seamlint check`, of the npm package",
            root().join("pkg/bin/seamlint.mjs"),
            &["check"],
        ),
        peer(
            "`@sourcemeta/jsonschema`, its native command",
            installed.blaze(),
            &["validate", &schema],
        ),
        peer(
            "`@sourcemeta/jsonschema`, as npm runs it",
            installed.bin("jsonschema"),
            &["validate", &schema],
        ),
        peer(
            "`ajv-cli` with `ajv-formats`",
            installed.bin("ajv"),
            &[
                "validate",
                "--spec=draft2020",
                "-c",
                "ajv-formats",
                "--strict=false",
                "-s",
                &schema,
                "-d",
            ],
        ),
        peer(
            "`check-jsonschema`",
            python.join("check-jsonschema"),
            &["--schemafile", &schema],
        ),
        Peer {
            name: "an empty `node`",
            program: "node".into(),
            arguments: vec!["--eval".to_owned(), String::new()],
            checks: false,
        },
        Peer {
            name: "an empty process, `true`",
            program: "true".into(),
            arguments: Vec::new(),
            checks: false,
        },
    ])
}
