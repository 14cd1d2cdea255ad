//! `cargo xtask bench peers`: measures seamlint beside other validators of the same schema, on the
//! same payloads and in the same run, and holds the figures against the floors.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::bench::{cpu, locked, printed, replace, today};
use crate::broken::{self, Slip};
use crate::cargo::{cargo, root, run as execute, target_folder, work_folder};
use crate::payload::Recipe;
use crate::python;

const BEGIN: &str = "<!-- figures: cargo xtask bench peers -->\n";
const END: &str = "<!-- end of the figures of peers -->\n";

/// The npm packages that are measured; ajv and zod in the versions of `pkg/package.json`.
const PACKAGES: [&str; 4] = [
    "@sourcemeta/jsonschema@16.11.0",
    "ajv@8.20.0",
    "ajv-formats@3.0.1",
    "zod@4.6.7",
];

/// The floors of the design: a figure, its name on the page, and its bound.
const FLOORS: &str = "benches/floors.json";

const SEED: u64 = 20_260_801;
const FINDINGS: usize = 1000;

/// A round runs every program once; a ratio is the median of the ratios within the rounds.
const ROUNDS: usize = 7;

/// Name, bytes, turns in Rust and seconds in Node.js in each round.
const SIZES: [(&str, usize, u32, u32); 3] = [
    ("2 KB", 2_000, 100, 1),
    ("100 KB", 100_000, 60, 1),
    ("10 MB", 10_000_000, 3, 3),
];

/// What runs in memory: its name in `benches/peers`, and in the table.
const IN_MEMORY: [(&str, &str); 10] = [
    ("seamlint", "**seamlint**, every default rule"),
    ("IgnoredAny", "`serde_json` `IgnoredAny`: skips, no check"),
    ("Value", "`serde_json::Value`: no check"),
    ("JSON.parse", "`JSON.parse` in Node.js: no check"),
    ("jsonschema", "`serde_json::Value` + `jsonschema`"),
    ("boon", "`serde_json::Value` + `boon`"),
    ("ajv", "`JSON.parse` + ajv in Node.js"),
    ("zod", "`JSON.parse` + zod in Node.js"),
    (
        "seamlint, text",
        "seamlint's npm package in Node.js, from a string",
    ),
    ("ajv, text", "`JSON.parse` + ajv in Node.js, from a string"),
];

/// A command that checks the payload whose path is its last argument.
struct Process {
    name: &'static str,
    /// The column in the table of abilities, if it has one.
    column: Option<&'static str>,
    program: PathBuf,
    arguments: Vec<String>,
}

/// The time, the peak memory in bytes and the success of a process that has ended.
struct Measured {
    seconds: f64,
    peak: f64,
    success: bool,
}

/// The measured figures by the names that `benches/floors.json` uses.
type Figures = BTreeMap<String, f64>;

/// The programs and folders of a run.
struct Bench {
    folder: PathBuf,
    /// `benches/peers`, built.
    rust: PathBuf,
    /// `benches/peers/node.mjs` and the arguments that all of its modes take.
    script: String,
    context: [String; 3],
}

/// Measures, and writes the figures into the README of the benches.
///
/// # Errors
///
/// Node.js, Python 3 or the network is missing, the validators disagree on a payload, or a figure
/// is below its floor.
pub(crate) fn run(date: Option<&str>) -> Result<()> {
    let bench = Bench::prepare()?;
    let processes = bench.processes()?;
    let verdicts = bench.agree(&processes)?;
    let abilities = bench.abilities(&processes)?;
    let mut figures = Figures::new();
    let memory = bench.in_memory(&mut figures)?;
    let whole = bench.whole(&processes, &mut figures)?;
    figures.insert("findings".to_owned(), bench.findings()?);
    let module = number(&json(&mut bench.node(&["module"]))?)?;
    figures.insert("module".to_owned(), module / 1000.0);
    let (floors, missed) = held_against_floors(&figures)?;

    let text = format!(
        "\nMeasured on {date} with {rustc} on {cpu}; {crates}; {packages}, {python}, Node.js {node}; \
         release profile, {ROUNDS} rounds.\n\n\
         ### Floors\n\n{floors}\n{memory}\n{whole}\n### What each reports\n\n{verdicts}\n\n{abilities}\n",
        date = today(date)?,
        rustc = printed(Command::new("rustc").arg("--version"))?,
        cpu = cpu(),
        crates = locked(
            "benches/peers/Cargo.lock",
            &["serde_json", "jsonschema", "boon"]
        )?
        .join(", "),
        packages = PACKAGES.join(", "),
        python = python::CHECK_JSONSCHEMA.replace("==", "@"),
        node = printed(Command::new("node").arg("--version"))?,
    );
    print!("{text}");
    replace(BEGIN, END, &text)?;
    ensure!(missed.is_empty(), "floors missed: {}", missed.join("; "));
    Ok(())
}

/// A table of the floors with the reserve of each, and the names of those that are missed.
fn held_against_floors(figures: &Figures) -> Result<(String, Vec<String>)> {
    let floors: Vec<Value> = serde_json::from_str(&fs::read_to_string(root().join(FLOORS))?)?;
    let mut table = "| | floor | measured | reserve |\n|---|--:|--:|--:|\n".to_owned();
    let mut missed = Vec::new();
    for floor in &floors {
        let [figure, name] = ["figure", "name"].map(|member| floor[member].as_str().unwrap_or(""));
        let measured = *figures
            .get(figure)
            .with_context(|| format!("{FLOORS}: nothing measures {figure:?}"))?;
        let (sign, bound, quotient) = if let Some(least) = floor["at_least"].as_f64() {
            ("≥", least, measured / least)
        } else {
            let most = number(&floor["at_most"])?;
            ("≤", most, most / measured)
        };
        let reserve = (quotient - 1.0) * 100.0;
        // Writing to a string does not fail.
        let _ = writeln!(
            table,
            "| {name} | {sign} {bound} | {measured:.2} | {reserve:.0} % |"
        );
        if reserve < 0.0 {
            missed.push(name.to_owned());
        }
    }
    Ok((table, missed))
}

/// The contenders in Rust, built.
pub(crate) fn program() -> Result<PathBuf> {
    let build = work_folder("peers")?.join("build");
    let mut command = cargo();
    command.args(["build", "--release", "--manifest-path"]);
    command.arg(root().join("benches/peers/Cargo.toml"));
    execute(command.arg("--target-dir").arg(&build))?;
    Ok(build.join("release/peers"))
}

impl Bench {
    /// Builds and installs all validators and writes the payloads.
    fn prepare() -> Result<Self> {
        execute(cargo().args(["build", "--release"])).context("the release does not build")?;
        crate::wasm::pack()?;
        let folder = work_folder("peers")?;
        install(&folder)?;
        let absolute = |path: &str| -> Result<String> {
            Ok(fs::canonicalize(root().join(path))?.display().to_string())
        };
        let bench = Self {
            rust: program()?,
            script: absolute("benches/peers/node.mjs")?,
            context: [
                folder.display().to_string(),
                absolute("schema/push_data.schema.json")?,
                folder.join("ajv.cjs").display().to_string(),
            ],
            folder,
        };
        execute(&mut bench.node(&["compile"]))?;
        for (name, bytes, ..) in SIZES {
            bench.write(name, &Recipe::new(SEED, bytes).build())?;
        }
        Ok(bench)
    }

    /// `node.mjs` in a mode, with the arguments of that mode.
    fn node(&self, words: &[&str]) -> Command {
        let mut command = Command::new("node");
        command
            .args([&self.script, words[0]])
            .args(&self.context)
            .args(&words[1..]);
        command
    }

    fn payload(&self, name: &str) -> String {
        self.folder
            .join(format!("{name}.json"))
            .display()
            .to_string()
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        fs::write(self.payload(name), text).with_context(|| format!("cannot write {name}"))
    }

    /// The validators that check a file in a process of their own; seamlint is the first.
    fn processes(&self) -> Result<Vec<Process>> {
        let [packages, schema, code] = self.context.each_ref().map(String::as_str);
        let process = |name, column, program: PathBuf, words: &[&str]| Process {
            name,
            column,
            program,
            arguments: words.iter().map(|&word| word.to_owned()).collect(),
        };
        let rust = |name, contender| {
            process(
                name,
                Some(contender),
                self.rust.clone(),
                &["check", contender],
            )
        };
        let node = |name, contender| {
            let words = [&self.script, "check", packages, schema, code, contender];
            process(name, Some(contender), "node".into(), &words)
        };
        // Without the script by which npm runs it.
        let blaze = self.folder.join(format!(
            "node_modules/@sourcemeta/jsonschema/build/github-releases/jsonschema-{}-{}",
            std::env::consts::OS.replace("macos", "darwin"),
            std::env::consts::ARCH.replace("aarch64", "arm64"),
        ));
        Ok(vec![
            process(
                "**`seamlint check`**",
                Some("seamlint"),
                target_folder()?.join("release/seamlint"),
                &["check", "--format", "concise"],
            ),
            process(
                "`@sourcemeta/jsonschema` (Blaze) `--fast`: stops at the first error",
                None,
                blaze.clone(),
                &["validate", "--format-assertion", "--fast", schema],
            ),
            process(
                "`@sourcemeta/jsonschema` (Blaze)",
                Some("Blaze"),
                blaze,
                &["validate", "--format-assertion", schema],
            ),
            rust("`serde_json::Value` + `jsonschema`", "jsonschema"),
            rust("`serde_json::Value` + `boon`", "boon"),
            node("`JSON.parse` + ajv, compiled ahead, in Node.js", "ajv"),
            node("`JSON.parse` + zod in Node.js", "zod"),
            process(
                "`check-jsonschema`",
                Some("check-jsonschema"),
                python::commands()?.join("check-jsonschema"),
                &["--schemafile", schema],
            ),
        ])
    }

    /// Runs a process through the small program that knows its peak memory.
    fn measure(&self, process: &Process, payload: &str) -> Result<Measured> {
        let mut command = Command::new(&self.rust);
        command.arg("measure").arg(&process.program);
        command.args(&process.arguments).arg(self.payload(payload));
        let measured = json(&mut command)?;
        Ok(Measured {
            seconds: number(&measured["seconds"])?,
            peak: number(&measured["peak"])?,
            success: measured["success"] == true,
        })
    }

    /// Requires that all validators give the right verdict on all payloads.
    fn agree(&self, processes: &[Process]) -> Result<String> {
        let clean = Recipe::new(broken::SEED, broken::BYTES).build();
        let mut payloads: Vec<(&str, bool)> = SIZES.map(|(name, ..)| (name, true)).to_vec();
        for slip in &broken::VIOLATIONS {
            self.write(slip.name, &slip.in_payload(&clean))?;
            payloads.push((slip.name, false));
        }
        let faulty = Recipe::new(SEED, SIZES[2].1).with_findings(FINDINGS);
        self.write("findings", &faulty.build())?;
        payloads.push(("findings", false));
        for (name, valid) in &payloads {
            for process in processes {
                let accepted = self.measure(process, name)?.success;
                let verb = if accepted { "accepts" } else { "rejects" };
                ensure!(accepted == *valid, "{} {verb} {name}", process.name);
            }
        }
        Ok(format!(
            "All {} agree on all {} payloads: {} valid ones, {} with one error each, and one with \
             {FINDINGS}.",
            processes.len(),
            payloads.len(),
            SIZES.len(),
            broken::VIOLATIONS.len()
        ))
    }

    /// Which mistakes the output of each validator names.
    fn abilities(&self, processes: &[Process]) -> Result<String> {
        let clean = Recipe::new(broken::SEED, broken::BYTES).build();
        let with = |names: &[&str]| {
            let mistakes = broken::VIOLATIONS.iter().chain(&broken::BEYOND_THE_SCHEMA);
            mistakes
                .filter(|slip| names.contains(&slip.name))
                .fold(clean.clone(), |text, slip| Slip::in_payload(slip, &text))
        };
        // The line number has to be one that no output contains by chance.
        let far_down = format!("{}{}", "\n".repeat(7776), with(&["pattern"]));
        let questions: [(&str, String, &[&str]); 7] = [
            (
                "every error in one run",
                with(&["pattern", "one-of", "min-length"]),
                &["default_checkin_time", "is_vip", "customer_key"],
            ),
            ("the line of an error", far_down, &["7777"]),
            (
                "errors beside a JSON syntax error",
                with(&["one-of", "unclosed"]),
                &["is_vip"],
            ),
            ("a duplicate member", with(&["duplicate"]), &["uplicate"]),
            ("a dangling reference", with(&["reference"]), &["house-2"]),
            ("an unknown time zone", with(&["time-zone"]), &["Pheonix"]),
            (
                "limits that only the documentation states",
                with(&["limit"]),
                &["a_name_of_an_entry"],
            ),
        ];
        let mut rows = vec!["| |".to_owned(), "|---|".to_owned()];
        rows.extend(
            questions
                .iter()
                .map(|(question, ..)| format!("| {question} |")),
        );
        for process in processes {
            let Some(column) = process.column else {
                continue;
            };
            let _ = write!(rows[0], " {column} |");
            rows[1].push_str(":-:|");
            for ((question, payload, needles), row) in questions.iter().zip(&mut rows[2..]) {
                self.write("question", payload)?;
                let output = Command::new(&process.program)
                    .args(&process.arguments)
                    .arg(self.payload("question"))
                    .output()?;
                let bytes = [output.stdout, output.stderr].concat();
                let output = String::from_utf8_lossy(&bytes);
                let able = needles.iter().all(|needle| output.contains(needle));
                ensure!(
                    able || column != "seamlint",
                    "seamlint does not report {question}: {output}"
                );
                row.push_str(if able { " yes |" } else { " – |" });
            }
        }
        rows.push(String::new());
        Ok(rows.join("\n"))
    }

    /// From bytes in memory to a verdict.
    fn in_memory(&self, figures: &mut Figures) -> Result<String> {
        let mut rows = IN_MEMORY.map(|(_, shown)| format!("| {shown} |"));
        let mut head = "|".to_owned();
        for (size, _, turns, seconds) in SIZES {
            let path = self.payload(size);
            let bytes = fs::metadata(&path)?.len();
            let _ = write!(head, " | {size} ({bytes} bytes) | MB/s | ratio");
            let mut rounds = Vec::new();
            for round in 1..=ROUNDS {
                eprintln!("in memory, {size}, round {round} of {ROUNDS}");
                let mut rust = Command::new(&self.rust);
                let rust = json(rust.args(["speed", &path, &turns.to_string()]))?;
                let node = json(&mut self.node(&["speed", &path, &seconds.to_string()]))?;
                let times =
                    IN_MEMORY.map(|(name, _)| number(rust.get(name).unwrap_or(&node[name])));
                rounds.push(times.into_iter().collect::<Result<Vec<f64>>>()?);
            }
            for (at, (row, (name, _))) in rows.iter_mut().zip(IN_MEMORY).enumerate() {
                let time = median(rounds.iter().map(|round| round[at]));
                let ratio = median(rounds.iter().map(|round| round[at] / round[0]));
                #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
                let speed = bytes as f64 / time / 1e6;
                let _ = write!(row, " {} | {speed:.0} | {ratio:.2} |", shown(time));
                figures.insert(format!("{size}: {name}"), ratio);
            }
            let time = median(rounds.iter().map(|round| round[0]));
            figures.insert(format!("{size}: µs"), time * 1e6);
            // The last two are ajv and the npm package, both from a string.
            let ratio = median(rounds.iter().map(|round| round[9] / round[8]));
            figures.insert(format!("{size}: npm"), ratio);
        }
        Ok(format!(
            "### In memory\n\nEvery validator reports all errors and checks formats; ajv is compiled \
             ahead, zod's schema is `z.fromJSONSchema`. The ratio is the time divided by that of \
             seamlint.\n\n{head} |\n|---|{}\n{}\n",
            "--:|".repeat(3 * SIZES.len()),
            rows.join("\n")
        ))
    }

    /// The time of a check with 1,000 findings, divided by that of a clean one.
    fn findings(&self) -> Result<f64> {
        let [clean, faulty] = [SIZES[2].0, "findings"].map(|name| self.payload(name));
        let mut ratios = Vec::new();
        for _ in 0..ROUNDS {
            let mut rust = Command::new(&self.rust);
            let pair = json(rust.args(["findings", &clean, &faulty, "9"]))?;
            ensure!(
                pair["findings"] == serde_json::json!([0, FINDINGS]),
                "unexpected findings: {pair}"
            );
            ratios.push(number(&pair["seconds"][1])? / number(&pair["seconds"][0])?);
        }
        Ok(median(ratios.into_iter()))
    }

    /// Whole processes on the clean payload of 10 MB.
    fn whole(&self, processes: &[Process], figures: &mut Figures) -> Result<String> {
        let size = SIZES[2].0;
        #[expect(clippy::cast_precision_loss, reason = "ten million")]
        let bytes = fs::metadata(self.payload(size))?.len() as f64;
        let mut runs: Vec<Vec<Measured>> = processes.iter().map(|_| Vec::new()).collect();
        for round in 1..=ROUNDS {
            eprintln!("whole processes, round {round} of {ROUNDS}");
            for (process, runs) in processes.iter().zip(&mut runs) {
                // The second of two runs counts: a process takes longer after one that used much memory.
                self.measure(process, size)?;
                runs.push(self.measure(process, size)?);
            }
        }
        let mut text = format!(
            "### Whole processes, {size} from a file\n\n\
             | | median | ratio | peak memory / input |\n|---|--:|--:|--:|\n"
        );
        for (process, mine) in processes.iter().zip(&runs) {
            let time = median(mine.iter().map(|run| run.seconds));
            let pairs = mine.iter().zip(&runs[0]);
            let ratio = median(pairs.map(|(mine, ours)| mine.seconds / ours.seconds));
            let _ = writeln!(
                text,
                "| {} | {} | {ratio:.2} | {:.2} |",
                process.name,
                shown(time),
                peak(mine) / bytes
            );
        }
        figures.insert("peak".to_owned(), peak(&runs[0]) / bytes);
        Ok(text)
    }
}

/// Installs the npm packages, unless they are there.
fn install(folder: &std::path::Path) -> Result<()> {
    let stamp = folder.join("installed");
    let wanted = PACKAGES.join(" ");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    fs::write(folder.join("package.json"), r#"{ "private": true }"#)?;
    let mut npm = Command::new("npm");
    npm.current_dir(folder)
        .args(["install", "--save-exact", "--no-audit", "--no-fund"])
        .args(PACKAGES);
    execute(&mut npm).context("install Node.js 20 or newer, with npm")?;
    Ok(fs::write(stamp, wanted)?)
}

fn peak(runs: &[Measured]) -> f64 {
    median(runs.iter().map(|run| run.peak))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A time in the unit that suits it.
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
    value
        .as_f64()
        .with_context(|| format!("{value} is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_floor_has_a_figure_and_a_bound() {
        let mut figures = Figures::new();
        for (size, ..) in SIZES {
            for name in IN_MEMORY
                .map(|(name, _)| name)
                .into_iter()
                .chain(["npm", "µs"])
            {
                figures.insert(format!("{size}: {name}"), 1.0);
            }
        }
        for name in ["findings", "module", "peak"] {
            figures.insert(name.to_owned(), 1.0);
        }
        let (table, missed) = held_against_floors(&figures).expect("a figure for each floor");
        assert!(
            table.contains(
                "| times as fast as `serde_json::Value` alone, 10 MB | ≥ 4 | 1.00 | -75 % |"
            ),
            "{table}"
        );
        assert_eq!(missed.len(), 6, "{missed:?}");
    }
}
