//! `cargo xtask test`: every check there is, step by step. A new check is a new entry in [`STEPS`].

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::cargo::cargo;

/// One step of `cargo xtask test`.
struct Step {
    /// What `--only` takes.
    name: &'static str,
    run: Run,
}

/// What a step does.
enum Run {
    /// One cargo command, with what it needs in the environment.
    Cargo(
        &'static [&'static str],
        &'static [(&'static str, &'static str)],
    ),
    /// Something that takes code.
    Code(fn() -> Result<()>),
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        run: Run::Cargo(&["fmt", "--all", "--check"], &[]),
    },
    Step {
        name: "clippy",
        run: Run::Cargo(
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        ),
    },
    Step {
        name: "features",
        run: Run::Code(each_feature),
    },
    Step {
        name: "tests",
        run: Run::Code(tests),
    },
    Step {
        name: "doctests",
        run: Run::Cargo(&["test", "--doc", "--all-features"], &[]),
    },
    Step {
        name: "docs",
        run: Run::Cargo(
            &[
                "doc",
                "--no-deps",
                "--all-features",
                "--document-private-items",
            ],
            &[("RUSTDOCFLAGS", "-D warnings")],
        ),
    },
    Step {
        name: "package",
        run: Run::Cargo(
            &["package", "-p", "seamlint", "--allow-dirty", "--offline"],
            &[],
        ),
    },
    Step {
        name: "editor",
        run: Run::Code(editor),
    },
    Step {
        name: "recipes",
        run: Run::Code(crate::recipes::run),
    },
    Step {
        name: "workflows",
        run: Run::Code(crate::workflows::run),
    },
    Step {
        name: "hooks",
        run: Run::Code(crate::hooks::run),
    },
    Step {
        name: "npm",
        run: Run::Code(npm),
    },
];

/// Writes anew what the tests in `tests/generated` hold against the code.
///
/// # Errors
///
/// The tests do not build, or a file cannot be written.
pub(crate) fn docs() -> Result<()> {
    heading("docs", "what is made from the code");
    let mut command = cargo();
    command
        .args([
            "test",
            "--all-features",
            "--test",
            "integration",
            "--",
            "generated::",
        ])
        .env("SEAMLINT_WRITE", "1");
    execute(&mut command)
}

/// The names of all steps.
pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// Runs the named steps, or all of them, and stops at the first that fails.
///
/// # Errors
///
/// A step failed; the error names it.
pub(crate) fn run(only: &[String]) -> Result<()> {
    let wanted: Vec<&Step> = STEPS
        .iter()
        .filter(|step| only.is_empty() || only.iter().any(|name| name == step.name))
        .collect();
    let begin = Instant::now();
    for (index, step) in wanted.iter().enumerate() {
        let passed = match &step.run {
            Run::Cargo(arguments, environment) => {
                heading(step.name, &format!("cargo {}", arguments.join(" ")));
                let mut command = cargo();
                command.args(*arguments).envs(environment.iter().copied());
                execute(&mut command)
            }
            Run::Code(code) => code(),
        };
        passed.with_context(|| {
            format!(
                "step {}, {} of {} (cargo xtask test --only {0})",
                step.name,
                index + 1,
                wanted.len()
            )
        })?;
    }
    println!("\npassed in {} s: {}", begin.elapsed().as_secs(), {
        let names: Vec<_> = wanted.iter().map(|step| step.name).collect();
        names.join(", ")
    });
    Ok(())
}

/// Lints the library with no feature, and with each alone: what compiles only beside another is found here.
fn each_feature() -> Result<()> {
    for feature in [None].into_iter().chain(features()?.iter().map(Some)) {
        let mut arguments = vec![
            "clippy",
            "-p",
            "seamlint",
            "--all-targets",
            "--no-default-features",
        ];
        if let Some(feature) = feature {
            arguments.extend(["--features", feature]);
        }
        arguments.extend(["--", "-D", "warnings"]);
        heading("features", &format!("cargo {}", arguments.join(" ")));
        execute(cargo().args(arguments))?;
    }
    Ok(())
}

/// The features of the library, as cargo knows them: a new one needs no entry here.
fn features() -> Result<Vec<String>> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo metadata")?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let features = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "seamlint")
        .and_then(|package| package["features"].as_object())
        .context("cargo metadata lists no package seamlint")?;
    Ok(features
        .keys()
        .filter(|name| *name != "default")
        .cloned()
        .collect())
}

/// The version of cargo-nextest that is installed where there is none.
const NEXTEST: &str = "0.9.143";

fn tests() -> Result<()> {
    let present = cargo()
        .args(["nextest", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !present {
        heading(
            "tests",
            &format!("cargo install cargo-nextest --version {NEXTEST} --locked"),
        );
        execute(cargo().args(["install", "cargo-nextest", "--version", NEXTEST, "--locked"]))?;
    }
    let arguments = ["nextest", "run", "--workspace", "--all-features"];
    heading("tests", &format!("cargo {}", arguments.join(" ")));
    execute(cargo().args(arguments))
}

/// Builds the npm package and runs its tests against the packed tarball: in Node.js, in a browser,
/// and as a hook.
fn npm() -> Result<()> {
    heading("npm", "the package, packed and installed");
    crate::wasm::test()?;
    heading("npm", "the recipe for hooks, with the packed package");
    crate::hooks::node()
}

/// The schema in the engine of VS Code's JSON support.
fn editor() -> Result<()> {
    heading("editor", "the schema in VS Code's engine");
    let folder = crate::cargo::root().join("tests/editor");
    crate::wasm::npm_packages(&folder)?;
    let mut node = Command::new("node");
    // By name: Node 20 knows no patterns, and later ones no folders.
    execute(
        node.current_dir(&folder)
            .args(["--test", "editor.test.mjs"]),
    )
}

fn heading(step: &str, what: &str) {
    println!("\n== {step}: {what}");
}

fn execute(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot run {}", command.get_program().display()))?;
    if !status.success() {
        bail!("{status}");
    }
    Ok(())
}
