//! `cargo xtask bench peers`: seamlint beside other validators of the same schema, on the same
//! payloads, in the same run.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::bench::{cpu, locked, printed, replace, today};
use crate::broken::{self, Slip};
use crate::cargo::{cargo, root, run as execute, target_folder};
use crate::payload::Recipe;
use crate::peers::{self, PACKAGES, Peers, word};
use crate::python;

const BEGIN: &str = "<!-- figures: cargo xtask bench peers -->\n";
const END: &str = "<!-- end of the figures of peers -->\n";

const SEED: u64 = 20_260_801;

/// What is measured in memory: name, bytes, turns in Rust and seconds in Node in each round.
const SIZES: [(&str, usize, u32, u32); 3] = [
    ("2 KB", 2_000, 100, 1),
    ("100 KB", 100_000, 60, 1),
    ("10 MB", 10_000_000, 3, 3),
];
/// Rounds, each of one run of each program.
const ROUNDS: usize = 7;
const FINDINGS: usize = 1000;
/// For one and two threads.
const MANY: u64 = 10_000;

/// Those in memory: what `benches/peers` calls each, and what the table does.
const IN_MEMORY: [(&str, &str); 8] = [
    ("seamlint", "**seamlint**, every default rule"),
    (
        "IgnoredAny",
        "`serde_json` `IgnoredAny`, which skips: no check",
    ),
    ("Value", "`serde_json::Value`: no check"),
    ("JSON.parse", "`JSON.parse` in Node: no check"),
    ("jsonschema", "`serde_json::Value` + `jsonschema`"),
    ("boon", "`serde_json::Value` + `boon`"),
    ("ajv", "`JSON.parse` + ajv in Node"),
    ("zod", "`JSON.parse` + zod in Node"),
];

/// A command that judges the payload whose path is its last argument.
struct Process {
    /// As tables call it.
    name: &'static str,
    /// In the table of what each can do; those without stand there by another.
    column: Option<&'static str>,
    program: PathBuf,
    arguments: Vec<String>,
}

/// The programs and folders of a run.
struct Bench {
    peers: Peers,
    /// `benches/peers`, built.
    rust: PathBuf,
    /// `benches/peers/node.mjs` and what it needs to know.
    node: Vec<String>,
    seamlint: PathBuf,
    payloads: PathBuf,
}

/// Measures, and writes the figures into the readme of the benches.
///
/// # Errors
///
/// Node.js, Python 3 or the network is missing, or not all agree on a payload.
pub(crate) fn run(date: Option<&str>) -> Result<()> {
    let date = today(date)?;
    let bench = prepare()?;
    let processes = bench.processes()?;
    let verdicts = bench.agree(&processes)?;
    let abilities = bench.abilities(&processes)?;
    let memory = bench.in_memory()?;
    let whole = bench.whole(&processes)?;
    let files = bench.many_files()?;

    let mut targets = memory.targets;
    targets.extend(whole.targets);
    targets.extend(files.targets);
    let text = format!(
        "\nMeasured on {date} with {rustc} on {cpu}; {crates}; {packages}, {python}, Node.js {node}; \
         release profile. {ROUNDS} rounds, in which all take turns; a ratio is the median of those \
         within the rounds.\n\n\
         {verdicts}\n\n### Asked and measured\n\n{targets}\n{memory}\n{whole}\n{files}\n{abilities}\n",
        rustc = printed(Command::new("rustc").arg("--version"))?,
        cpu = cpu(),
        crates = locked(
            "benches/peers/Cargo.lock",
            &["serde_json", "jsonschema", "boon"]
        )?
        .join(", "),
        packages = PACKAGES
            .iter()
            .filter(|package| !package.starts_with("ajv-cli"))
            .copied()
            .collect::<Vec<_>>()
            .join(", "),
        python = python::CHECK_JSONSCHEMA.replace("==", "@"),
        node = printed(Command::new("node").arg("--version"))?,
        targets = table_of_targets(&targets),
        memory = memory.text,
        whole = whole.text,
        files = files.text,
    );
    print!("{text}");
    replace(BEGIN, END, &text)
}

/// A part of the page.
struct Section {
    text: String,
    targets: Vec<Target>,
}

/// What was asked for, and what there is.
struct Target {
    against: &'static str,
    asked: f64,
    measured: f64,
    /// More is better: so many times as fast.
    at_least: bool,
}

impl Target {
    const fn new(against: &'static str, asked: f64, measured: f64, at_least: bool) -> Self {
        Self {
            against,
            asked,
            measured,
            at_least,
        }
    }
}

fn table_of_targets(targets: &[Target]) -> String {
    let mut text =
        "| 10 MB, every default rule | asked | measured | |\n|---|--:|--:|---|\n".to_owned();
    for target in targets {
        let (word, reached) = if target.at_least {
            ("at least", target.measured >= target.asked)
        } else {
            ("at most", target.measured <= target.asked)
        };
        let _ = writeln!(
            text,
            "| {} | {word} {} | {:.2} | {} |",
            target.against,
            target.asked,
            target.measured,
            if reached { "" } else { "**not reached**" }
        );
    }
    text
}

fn prepare() -> Result<Bench> {
    execute(cargo().args(["build", "--release"])).context("the release does not build")?;
    let peers = peers::install()?;
    let build = peers.folder.join("build");
    let manifest = root().join("benches/peers/Cargo.toml");
    execute(
        cargo()
            .args(["build", "--release", "--manifest-path"])
            .arg(&manifest)
            .arg("--target-dir")
            .arg(&build),
    )?;
    let payloads = peers.folder.join("payloads");
    fs::create_dir_all(&payloads)?;
    let schema = word(&fs::canonicalize(peers::schema())?);
    let script = word(&fs::canonicalize(root().join("benches/peers/node.mjs"))?);
    let ajv = word(&peers.folder.join("ajv.cjs"));
    let packages = word(&peers.folder);
    let mut compile = Command::new("node");
    compile.args([&script, "compile", &packages, &schema, &ajv]);
    execute(&mut compile)?;
    for (name, bytes, ..) in SIZES {
        fs::write(payloads.join(name), Recipe::new(SEED, bytes).build())?;
    }
    Ok(Bench {
        rust: build.join("release/peers"),
        node: vec![script, packages, schema, ajv],
        seamlint: target_folder()?.join("release/seamlint"),
        payloads,
        peers,
    })
}

impl Bench {
    /// A mode of `benches/peers/node.mjs`, with what comes before its own arguments.
    fn node(&self, mode: &str, arguments: &[&str]) -> Vec<String> {
        let mut words = vec![self.node[0].clone(), mode.to_owned()];
        words.extend(self.node[1..].iter().cloned());
        words.extend(arguments.iter().map(|&word| word.to_owned()));
        words
    }

    fn payload(&self, name: &str) -> String {
        word(&self.payloads.join(name))
    }

    /// All that check, each as a process of its own; seamlint is the first.
    fn processes(&self) -> Result<Vec<Process>> {
        let schema = self.node[2].as_str();
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let rust = |name, contender| Process {
            name,
            column: Some(contender),
            program: self.rust.clone(),
            arguments: words(&["check", contender]),
        };
        let node = |name, contender| Process {
            name,
            column: Some(contender),
            program: "node".into(),
            arguments: self.node("check", &[contender]),
        };
        let blaze = |name, column, mode: &[&str]| Process {
            name,
            column,
            program: self.peers.blaze(),
            arguments: words(&[&["validate", "--format-assertion"], mode, &[schema]].concat()),
        };
        Ok(vec![
            Process {
                name: "**`seamlint check`**",
                column: Some("seamlint"),
                program: self.seamlint.clone(),
                arguments: words(&["check", "--format", "concise"]),
            },
            blaze(
                "`@sourcemeta/jsonschema` (Blaze) `--fast`: stops at the first error",
                None,
                &["--fast"],
            ),
            blaze("`@sourcemeta/jsonschema` (Blaze)", Some("Blaze"), &[]),
            rust("`serde_json::Value` + `jsonschema`", "jsonschema"),
            rust("`serde_json::Value` + `boon`", "boon"),
            node("`JSON.parse` + ajv, compiled ahead, in Node", "ajv"),
            node("`JSON.parse` + zod in Node", "zod"),
            Process {
                name: "`check-jsonschema`",
                column: Some("check-jsonschema"),
                program: python::commands()?.join("check-jsonschema"),
                arguments: words(&["--schemafile", schema]),
            },
        ])
    }

    /// Runs a process by the small program that knows its peak of memory.
    fn measure(&self, process: &Process, payload: &str, threads: Option<&str>) -> Result<Measured> {
        let mut command = Command::new(&self.rust);
        command.arg("measure").arg(&process.program);
        command.args(&process.arguments).arg(payload);
        if let Some(threads) = threads {
            command.env("RAYON_NUM_THREADS", threads);
        }
        let measured = json(&mut command)?;
        Ok(Measured {
            seconds: number(&measured["seconds"])?,
            peak: number(&measured["peak"])?,
            success: measured["success"] == true,
        })
    }

    /// Holds all verdicts on all payloads against what they have to be; says what has been held.
    fn agree(&self, processes: &[Process]) -> Result<String> {
        let clean = Recipe::new(broken::SEED, broken::BYTES).build();
        let mut payloads: Vec<(String, bool)> = SIZES
            .iter()
            .map(|(name, ..)| ((*name).to_owned(), true))
            .collect();
        for slip in &broken::VIOLATIONS {
            let name = format!("{}.json", slip.name);
            fs::write(self.payloads.join(&name), slip.in_payload(&clean))?;
            payloads.push((name, false));
        }
        for (name, bytes, ..) in &SIZES[1..] {
            let name = format!("{name} with findings");
            let recipe = Recipe::new(SEED, *bytes).with_findings(FINDINGS);
            fs::write(self.payloads.join(&name), recipe.build())?;
            payloads.push((name, false));
        }
        let mut differing = Vec::new();
        for (name, passes) in &payloads {
            for process in processes {
                let verdict = self.measure(process, &self.payload(name), None)?.success;
                if verdict != *passes {
                    let verb = if verdict { "passes" } else { "refuses" };
                    differing.push(format!("{} {verb} {name}", process.name));
                }
            }
        }
        ensure!(
            differing.is_empty(),
            "not all agree: {}",
            differing.join("; ")
        );
        Ok(format!(
            "All {} agree on all {} payloads: three that are right, {} that are wrong in one place \
             each, two with many errors.",
            processes.len(),
            payloads.len(),
            broken::VIOLATIONS.len()
        ))
    }

    /// What each can do, as far as its output shows it.
    fn abilities(&self, processes: &[Process]) -> Result<String> {
        let clean = Recipe::new(broken::SEED, broken::BYTES).build();
        let wrong = |name: &str| {
            let mut all = broken::VIOLATIONS.iter().chain(&broken::BEYOND_THE_SCHEMA);
            all.find(|slip| slip.name == name)
                .with_context(|| format!("no slip {name}"))
        };
        let spoiled = |names: &[&str]| -> Result<String> {
            names.iter().try_fold(clean.clone(), |text, name| {
                Ok(Slip::in_payload(wrong(name)?, &text))
            })
        };
        // So that its number stands in no output by chance.
        let lines = "\n".repeat(LINE - 1);
        let questions: [(&str, String, &[&str]); 7] = [
            (
                "every error in one run",
                spoiled(&["pattern", "one-of", "min-length"])?,
                &["default_checkin_time", "is_vip", "customer_key"],
            ),
            (
                "the line of an error",
                format!("{lines}{}", spoiled(&["pattern"])?),
                &["7777"],
            ),
            (
                "errors beside one in the JSON itself",
                spoiled(&["one-of", "unclosed"])?,
                &["is_vip"],
            ),
            (
                "a member that is there twice",
                spoiled(&["duplicate"])?,
                &["uplicate"],
            ),
            (
                "a reference to nothing",
                spoiled(&["reference"])?,
                &["house-2"],
            ),
            (
                "a time zone that does not exist",
                spoiled(&["time-zone"])?,
                &["Pheonix"],
            ),
            (
                "limits that stand in the documentation alone",
                spoiled(&["limit"])?,
                &["a_name_of_an_entry"],
            ),
        ];
        let columns: Vec<&Process> = processes
            .iter()
            .filter(|process| process.column.is_some())
            .collect();
        let mut text = "### What each can say\n\n| |".to_owned();
        for process in &columns {
            let _ = write!(text, " {} |", process.column.unwrap_or_default());
        }
        let _ = write!(text, "\n|---|{}\n", ":-:|".repeat(columns.len()));
        for (at, (question, payload, needles)) in questions.iter().enumerate() {
            let path = self.payload(&format!("question-{at}.json"));
            fs::write(&path, payload)?;
            let _ = write!(text, "| {question} |");
            for (column, process) in columns.iter().enumerate() {
                let output = Command::new(&process.program)
                    .args(&process.arguments)
                    .arg(&path)
                    .output()?;
                let said =
                    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
                let can = needles.iter().all(|needle| said.contains(needle));
                ensure!(
                    can || column > 0,
                    "seamlint does not say: {question}\n{said}"
                );
                text.push_str(if can { " yes |" } else { " – |" });
            }
            text.push('\n');
        }
        // What no output shows, from the documentation of each; seamlint's is tried.
        let path = self.payload("to-mend.json");
        fs::write(&path, spoiled(&["pattern"])?)?;
        let mut mend = Command::new(&self.seamlint);
        execute(mend.args(["check", "--fix", "--unsafe-fixes", &path]))
            .context("seamlint does not mend it")?;
        for (ability, who) in [
            ("mends the file¹", &["seamlint"][..]),
            ("a package for browsers¹", &["seamlint", "ajv", "zod"]),
        ] {
            let _ = write!(text, "| {ability} |");
            for process in &columns {
                let can = process.column.is_some_and(|column| who.contains(&column));
                text.push_str(if can { " yes |" } else { " – |" });
            }
            text.push('\n');
        }
        text.push_str(
            "\nEach cell but those of ¹, which are from the documentation, is whether the output for \
             a payload with just that in it names it. All work offline with the schema in a file; \
             seamlint has it built in.\n",
        );
        Ok(text)
    }

    /// From bytes in memory to a verdict.
    fn in_memory(&self) -> Result<Section> {
        let mut rows: Vec<String> = IN_MEMORY
            .iter()
            .map(|(_, shown)| format!("| {shown} |"))
            .collect();
        let mut text = "### In memory: from bytes to a verdict\n\n\
             ajv is compiled ahead, all errors; `jsonschema` and `boon` check formats and are asked for \
             all errors; zod's schema is `z.fromJSONSchema`. \"Ours\" is how many times as long as \
             seamlint.\n\n|"
            .to_owned();
        let mut ratios = Vec::new();
        for (name, _, turns, seconds) in SIZES {
            let path = self.payload(name);
            let bytes = fs::metadata(&path)?.len();
            let _ = write!(text, " | {name} ({bytes} bytes) | MB/s | ours");
            let mut rounds = Vec::new();
            for round in 1..=ROUNDS {
                eprintln!("in memory, {name}, round {round} of {ROUNDS}");
                let mut rust = Command::new(&self.rust);
                let rust = json(rust.args(["speed", &path, &turns.to_string()]))?;
                let mut node = Command::new("node");
                let node = self
                    .node("speed", &[&path, &seconds.to_string()])
                    .into_iter()
                    .fold(&mut node, |node, word| node.arg(word));
                let node = json(node)?;
                let times = IN_MEMORY.map(|(contender, _)| {
                    number(&rust[contender]["seconds"])
                        .or_else(|_| number(&node[contender]["seconds"]))
                });
                rounds.push(times.into_iter().collect::<Result<Vec<f64>>>()?);
            }
            ratios.clear();
            for (at, row) in rows.iter_mut().enumerate() {
                let time = median(rounds.iter().map(|round| round[at]));
                let ratio = median(rounds.iter().map(|round| round[at] / round[0]));
                #[expect(clippy::cast_precision_loss, reason = "far below")]
                let speed = bytes as f64 / time / 1e6;
                let _ = write!(row, " {} | {speed:.0} | {ratio:.2} |", shown(time));
                ratios.push(ratio);
            }
        }
        let _ = writeln!(text, " |\n|---|{}", "--:|".repeat(3 * SIZES.len()));
        for row in rows {
            text.push_str(&row);
            text.push('\n');
        }
        let (findings, scale) = self.two()?;
        // The last size is that of the targets.
        let of = |name: &str| {
            let at = IN_MEMORY
                .iter()
                .position(|(contender, _)| *contender == name);
            ratios[at.unwrap_or_default()]
        };
        Ok(Section {
            targets: vec![
                Target::new(
                    "times as fast as `serde_json::Value` alone",
                    4.0,
                    of("Value"),
                    true,
                ),
                Target::new(
                    "times as fast as `serde_json::Value` + `jsonschema`",
                    6.0,
                    of("jsonschema"),
                    true,
                ),
                Target::new(
                    "times as fast as ajv with `JSON.parse` in Node",
                    10.0,
                    of("ajv"),
                    true,
                ),
                Target::new(
                    "times the speed of `serde_json`'s `IgnoredAny`, which only skips",
                    0.5,
                    of("IgnoredAny"),
                    true,
                ),
                Target::new(
                    "times the clean time, with 1,000 findings",
                    1.3,
                    findings,
                    false,
                ),
                Target::new("times as long for a byte of 100 MB", 1.1, scale, false),
            ],
            text,
        })
    }

    /// The clean time to that with findings; the time of a byte of 10 MB to that of 100 MB.
    fn two(&self) -> Result<(f64, f64)> {
        let large = self.payload("100 MB");
        fs::write(&large, Recipe::new(SEED, 100_000_000).build())?;
        let ten = self.payload("10 MB");
        let mut findings = Vec::new();
        let mut scale = Vec::new();
        for round in 1..=ROUNDS {
            eprintln!("1,000 findings, and 100 MB, round {round} of {ROUNDS}");
            let pair = |mode: &str, other: &str, turns: &str| -> Result<[[f64; 3]; 2]> {
                let mut rust = Command::new(&self.rust);
                let pair = json(rust.args([mode, &ten, other, turns]))?;
                let entry = |at: usize| -> Result<[f64; 3]> {
                    let entry = &pair[at];
                    Ok([
                        number(&entry["seconds"])?,
                        number(&entry["bytes"])?,
                        number(&entry["findings"])?,
                    ])
                };
                Ok([entry(0)?, entry(1)?])
            };
            let [clean, spoiled] = pair("findings", &self.payload("10 MB with findings"), "9")?;
            #[expect(clippy::cast_precision_loss, reason = "a thousand")]
            let wanted = FINDINGS as f64;
            ensure!(
                clean[2] < 0.5 && (spoiled[2] - wanted).abs() < 0.5,
                "{} and {} findings",
                clean[2],
                spoiled[2]
            );
            findings.push(spoiled[0] / clean[0]);
            let [ten, hundred] = pair("scale", &large, "3")?;
            scale.push((hundred[0] / hundred[1]) / (ten[0] / ten[1]));
        }
        Ok((median(findings.into_iter()), median(scale.into_iter())))
    }

    /// Whole processes on the clean payload of 10 MB.
    fn whole(&self, processes: &[Process]) -> Result<Section> {
        let path = self.payload("10 MB");
        #[expect(clippy::cast_precision_loss, reason = "ten million")]
        let bytes = fs::metadata(&path)?.len() as f64;
        let mut runs: Vec<Vec<Measured>> = processes.iter().map(|_| Vec::new()).collect();
        for round in 1..=ROUNDS {
            eprintln!("whole processes, round {round} of {ROUNDS}");
            for (process, runs) in processes.iter().zip(&mut runs) {
                // As in memory, the second of two runs counts: after a process that took much
                // memory, one of 60 ms took 200.
                self.measure(process, &path, None)?;
                let run = self.measure(process, &path, None)?;
                ensure!(run.success, "{} fails", process.name);
                runs.push(run);
            }
        }
        let mut text = "### Whole processes: 10 MB from a file\n\n\
             | | median | ours | peak of memory / input |\n|---|--:|--:|--:|\n"
            .to_owned();
        let mut targets = Vec::new();
        for (at, (process, mine)) in processes.iter().zip(&runs).enumerate() {
            let time = median(mine.iter().map(|run| run.seconds));
            let peak = median(mine.iter().map(|run| run.peak)) / bytes;
            let pairs = mine.iter().zip(&runs[0]);
            let ratio = median(pairs.map(|(mine, ours)| mine.seconds / ours.seconds));
            let _ = writeln!(
                text,
                "| {} | {} | {ratio:.2} | {peak:.2} |",
                process.name,
                shown(time)
            );
            match at {
                0 => targets.push(Target::new(
                    "times the input in memory, whole process",
                    3.0,
                    peak,
                    false,
                )),
                1 => targets.push(Target::new(
                    "times as fast as Blaze's `--fast`, whole processes",
                    5.0,
                    ratio,
                    true,
                )),
                _ => {}
            }
        }
        targets.reverse();
        Ok(Section { text, targets })
    }

    /// A folder of files on one thread and on two, and one file of as many bytes.
    fn many_files(&self) -> Result<Section> {
        let folder = self.payloads.join("many");
        fs::create_dir_all(&folder)?;
        let mut bytes = 0;
        for seed in 0..MANY {
            let text = Recipe::new(seed, 11_700).build();
            bytes += text.len();
            fs::write(folder.join(format!("{seed}.json")), text)?;
        }
        let one = self.payload("all in one");
        fs::write(&one, Recipe::new(SEED, bytes).build())?;
        let seamlint = Process {
            name: "`seamlint check`",
            column: None,
            program: self.seamlint.clone(),
            arguments: ["check", "--format", "concise"].map(str::to_owned).to_vec(),
        };
        let folder = word(&folder);
        let ways = [
            ("one file", one.as_str(), "1"),
            ("a folder, one thread", &folder, "1"),
            ("a folder, two threads", &folder, "2"),
        ];
        let mut rounds = Vec::new();
        for round in 1..=ROUNDS {
            eprintln!("{MANY} files, round {round} of {ROUNDS}");
            let times = ways.map(|(_, path, threads)| {
                let run = self.measure(&seamlint, path, Some(threads))?;
                ensure!(run.success, "{path}: findings");
                Ok(run.seconds)
            });
            rounds.push(times.into_iter().collect::<Result<Vec<f64>>>()?);
        }
        let mut text = format!(
            "### Many files\n\nA folder of {MANY} files of 11.7 KB, and one file of as many bytes, whole \
             processes.\n\n| | median | times as fast as one thread |\n|---|--:|--:|\n"
        );
        let mut two_threads = 0.0;
        for (at, (name, ..)) in ways.iter().enumerate() {
            let time = median(rounds.iter().map(|round| round[at]));
            two_threads = median(rounds.iter().map(|round| round[1] / round[at]));
            let _ = writeln!(text, "| {name} | {} | {two_threads:.2} |", shown(time));
        }
        Ok(Section {
            text,
            targets: vec![Target::new(
                "times as fast on two threads, a folder of files",
                1.8,
                two_threads,
                true,
            )],
        })
    }
}

/// The line of the error that has to be named.
const LINE: usize = 7777;

/// What is known of a process that has ended.
struct Measured {
    seconds: f64,
    /// In bytes.
    peak: f64,
    success: bool,
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A time with a unit that suits it.
fn shown(seconds: f64) -> String {
    if seconds < 1e-3 {
        return format!("{:.1} µs", seconds * 1e6);
    }
    format!("{:.1} ms", seconds * 1e3)
}

/// The last line that a command prints, as JSON.
fn json(command: &mut Command) -> Result<Value> {
    let printed = printed(command)?;
    let line = printed.lines().last().unwrap_or_default();
    serde_json::from_str(line).with_context(|| format!("no JSON: {line}"))
}

fn number(value: &Value) -> Result<f64> {
    match value.as_f64() {
        Some(number) => Ok(number),
        None => bail!("{value} is no number"),
    }
}
