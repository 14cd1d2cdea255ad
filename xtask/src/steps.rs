//! `cargo xtask test`: every check of the repository, step by step, in three tiers.
//!
//! A new check is a new entry in [`STEPS`]. A step that lacks a tool fails, and says what to install;
//! no step skips itself.

use std::ffi::OsStr;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::cargo::{cargo, published, root, run as execute, work_folder};

/// Which steps run, and how much of their matrices.
#[derive(Args)]
pub(crate) struct Selection {
    /// Format, lints and all but the longest tests: the loop while developing
    #[arg(long, conflicts_with_all = ["core", "full"])]
    quick: bool,
    /// All that needs no Node.js, Python or browser
    #[arg(long, conflicts_with = "only")]
    core: bool,
    /// Whole matrices, of which the other tiers run a sample
    #[arg(long)]
    full: bool,
    /// Run this step alone; may be given more than once
    #[arg(long, value_name = "STEP", value_parser = names())]
    only: Vec<String>,
}

/// How much of a matrix a run takes.
#[derive(Clone, Copy)]
enum Matrix {
    Quick,
    Sample,
    Full,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Tier {
    Quick,
    Core,
    All,
}

struct Step {
    /// What `--only` takes.
    name: &'static str,
    /// What the heading of the step says.
    about: &'static str,
    tier: Tier,
    tools: &'static [Tool],
    run: fn(Matrix) -> Result<()>,
}

/// A command that a step needs and cannot install.
struct Tool {
    /// The command, with arguments that succeed where it can be used.
    probe: &'static [&'static str],
    install: &'static str,
}

const NODE: Tool = Tool {
    probe: &["node", "--version"],
    install: "Node.js 20 or newer",
};
const NPM: Tool = Tool {
    probe: &["npm", "--version"],
    install: "npm, which comes with Node.js",
};
const PYTHON: Tool = Tool {
    probe: &["python3", "-m", "ensurepip", "--version"],
    install: "Python 3 with venv (Debian: python3-venv)",
};
const GIT: Tool = Tool {
    probe: &["git", "--version"],
    install: "git",
};
const RUSTUP: Tool = Tool {
    probe: &["rustup", "--version"],
    install: "rustup (https://rustup.rs)",
};

const STEPS: &[Step] = &[
    Step {
        name: "format",
        about: "sources are formatted",
        tier: Tier::Quick,
        tools: &[],
        run: |_| execute(cargo().args(["fmt", "--all", "--check"])),
    },
    Step {
        name: "clippy",
        about: "lints, with all features",
        tier: Tier::Quick,
        tools: &[],
        run: |_| clippy(&["--workspace", "--all-targets", "--all-features"]),
    },
    Step {
        name: "tests",
        about: "unit tests and integration tests",
        tier: Tier::Quick,
        tools: &[],
        run: tests,
    },
    Step {
        name: "doctests",
        about: "examples in the documentation",
        tier: Tier::Core,
        tools: &[],
        run: |_| execute(cargo().args(["test", "--workspace", "--all-features", "--doc"])),
    },
    Step {
        name: "features",
        about: "each feature compiles by itself",
        tier: Tier::Core,
        tools: &[],
        run: |_| features(),
    },
    Step {
        name: "msrv",
        about: "the published crates compile with the oldest Rust that they name",
        tier: Tier::All,
        tools: &[RUSTUP],
        run: |_| msrv(),
    },
    Step {
        name: "docs",
        about: "documentation has no broken link",
        tier: Tier::Core,
        tools: &[],
        run: |_| {
            execute(
                cargo()
                    .args(["doc", "--workspace", "--no-deps", "--all-features"])
                    .arg("--document-private-items")
                    .env("RUSTDOCFLAGS", "-D warnings"),
            )
        },
    },
    Step {
        name: "package",
        about: "the published crates hold all that they need",
        tier: Tier::Core,
        tools: &[],
        run: |_| package(),
    },
    Step {
        name: "supply",
        about: "lock files of npm, what users compile, and contents of the crates; with --full, builds that repeat",
        tier: Tier::Core,
        tools: &[GIT],
        run: |matrix| {
            crate::supply::run(false)?;
            match matrix {
                Matrix::Full => crate::supply::reproduce(),
                _ => Ok(()),
            }
        },
    },
    Step {
        name: "api",
        about: "public-api.txt lists the public API",
        tier: Tier::All,
        tools: &[RUSTUP],
        run: |_| crate::api::run_all(false),
    },
    #[cfg(target_os = "linux")]
    Step {
        name: "crash",
        about: "files are whole when the command is killed at any system call, or refused one (Linux only)",
        tier: Tier::All,
        tools: &[],
        run: |_| crate::crash::run(),
    },
    #[cfg(target_os = "linux")]
    Step {
        name: "linear",
        about: "twice a text that is made to hurt takes twice the instructions (Linux only)",
        tier: Tier::All,
        tools: &[],
        run: |matrix| crate::linear::run(matches!(matrix, Matrix::Full)),
    },
    Step {
        name: "fuzz",
        about: "the fuzz targets compile",
        tier: Tier::All,
        tools: &[RUSTUP],
        run: |_| crate::fuzz::check(),
    },
    Step {
        name: "editor",
        about: "the schema in the engine of VS Code",
        tier: Tier::All,
        tools: &[NODE, NPM],
        run: |_| editor(),
    },
    Step {
        name: "recipes",
        about: "the commands of docs/ci.md",
        tier: Tier::All,
        tools: &[NODE, NPM, PYTHON],
        run: |_| crate::recipes::run(),
    },
    Step {
        name: "workflows",
        about: ".github and licences of dependencies",
        tier: Tier::All,
        tools: &[NODE, NPM, PYTHON],
        run: |_| crate::workflows::run(),
    },
    Step {
        name: "python",
        about: "the Python package, installed from its wheel, and its types",
        tier: Tier::All,
        tools: &[PYTHON],
        run: |_| crate::wheel::test(),
    },
    Step {
        name: "hooks",
        about: "the hooks for pre-commit",
        tier: Tier::All,
        tools: &[PYTHON, GIT],
        run: |_| crate::hooks::run(),
    },
    Step {
        name: "npm",
        about: "the npm package, packed and installed, in Node.js, a browser and as a hook",
        tier: Tier::All,
        tools: &[NODE, NPM, PYTHON, GIT, RUSTUP],
        run: |matrix| {
            crate::wasm::test(matches!(matrix, Matrix::Full))?;
            crate::hooks::node()
        },
    },
];

/// The names of all steps.
fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// Runs the selected steps, stops at the first that fails, and prints how long each took.
///
/// # Errors
///
/// A tool is missing, or a step failed; the error names it.
pub(crate) fn run(selection: &Selection) -> Result<()> {
    let tier = match selection {
        Selection { quick: true, .. } => Tier::Quick,
        Selection { core: true, .. } => Tier::Core,
        _ => Tier::All,
    };
    let matrix = match selection {
        Selection { quick: true, .. } => Matrix::Quick,
        Selection { full: true, .. } => Matrix::Full,
        _ => Matrix::Sample,
    };
    let is_wanted = |step: &&Step| {
        if selection.only.is_empty() {
            step.tier <= tier
        } else {
            selection.only.iter().any(|name| name == step.name)
        }
    };
    let steps: Vec<&Step> = STEPS.iter().filter(is_wanted).collect();
    for step in &steps {
        for tool in step.tools {
            ensure!(
                tool.is_there(),
                "step {} needs {}; `cargo xtask test --core` needs neither Node.js nor Python",
                step.name,
                tool.install
            );
        }
    }
    let begin = Instant::now();
    let mut taken: Vec<(&str, Duration)> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        println!("\n== {}: {}", step.name, step.about);
        let begin = Instant::now();
        (step.run)(matrix).with_context(|| {
            format!(
                "step {}, {} of {} (cargo xtask test --only {0})",
                step.name,
                index + 1,
                steps.len()
            )
        })?;
        taken.push((step.name, begin.elapsed()));
    }
    println!("\nall steps passed:");
    for (name, time) in taken {
        println!("{:>6} s  {name}", time.as_secs());
    }
    println!("{:>6} s  in all", begin.elapsed().as_secs());
    Ok(())
}

impl Tool {
    fn is_there(&self) -> bool {
        let [command, arguments @ ..] = self.probe else {
            return true;
        };
        Command::new(command)
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

fn clippy(arguments: &[&str]) -> Result<()> {
    execute(
        cargo()
            .arg("clippy")
            .args(arguments)
            .args(["--", "-D", "warnings"]),
    )
}

/// `cargo test` and no other runner: with one test binary it is as quick, and has not to be installed.
fn tests(matrix: Matrix) -> Result<()> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--all-features", "--tests"]);
    command.args(["--", "--quiet"]);
    match matrix {
        Matrix::Quick => {
            let long = ["agreement::", "cost::", "slips::"];
            println!("without {}", long.join(", "));
            command.args(long.map(|module| format!("--skip={module}")));
        }
        Matrix::Sample => {}
        Matrix::Full => {
            command.env("SEAMLINT_FULL", "1");
        }
    }
    execute(&mut command)
}

/// Lints the published crates with no feature and with each alone, and compiles their tests with
/// none. A new feature needs no entry here.
fn features() -> Result<()> {
    for package in published()? {
        let name = package["name"].as_str().unwrap_or_default();
        let alone = ["--package", name, "--no-default-features"];
        clippy(&[&alone[..], &["--all-targets"]].concat())?;
        let features = package["features"].as_object().into_iter().flatten();
        for (feature, _) in features.filter(|(feature, _)| *feature != "default") {
            clippy(&[&alone[..], &["--lib", "--features", feature]].concat())?;
        }
    }
    Ok(())
}

/// Checks each published crate with the toolchain of its `rust-version`, which is installed unless it is there.
fn msrv() -> Result<()> {
    let running = Command::new("rustc").arg("--version").output()?;
    let running = String::from_utf8_lossy(&running.stdout).into_owned();
    let target = work_folder("msrv")?;
    for package in published()? {
        let name = package["name"].as_str().unwrap_or_default();
        let oldest = package["rust_version"]
            .as_str()
            .with_context(|| format!("{name} has no rust-version"))?;
        // `1.95` is the first of its releases.
        let oldest = match oldest.split('.').count() {
            2 => format!("{oldest}.0"),
            _ => oldest.to_owned(),
        };
        if running.starts_with(&format!("rustc {oldest} ")) {
            println!("{name}: every other step has run on Rust {oldest}");
            continue;
        }
        let mut rustup = Command::new("rustup");
        execute(rustup.args(["toolchain", "install", &oldest, "--profile", "minimal"]))?;
        let mut check = Command::new("rustup");
        check.current_dir(root()).args(["run", &oldest, "cargo"]);
        check.args(["check", "--package", name, "--all-features", "--target-dir"]);
        execute(check.arg(&target))?;
    }
    Ok(())
}

/// Packs the published crates, and compiles what was packed.
///
/// Cargo unpacks a crate that another packed one needs into its home, beside those of crates.io, and
/// takes what it finds there as long as the version is the same: without the removal, `seamlint`
/// would be compiled with the `json-document` of an earlier run.
fn package() -> Result<()> {
    // A folder of its own, for what was compiled from such a copy is kept by version as well.
    let folder = work_folder("packed")?;
    let mut package = cargo();
    package.args(["package", "--allow-dirty", "--offline", "--target-dir"]);
    package.arg(&folder);
    let mut clean = cargo();
    clean
        .arg("clean")
        .arg("--quiet")
        .arg("--target-dir")
        .arg(&folder);
    for published in published()? {
        let field = |name: &str| published[name].as_str().unwrap_or_default().to_owned();
        remove_unpacked(&format!("{}-{}", field("name"), field("version")))?;
        package.args(["--package", &field("name")]);
        clean.args(["--package", &field("name")]);
    }
    execute(&mut clean)?;
    execute(&mut package)
}

/// Removes what Cargo has unpacked of a crate (`NAME-VERSION`) from folders that it takes for
/// registries; their names have no host and begin with a hyphen.
fn remove_unpacked(name_and_version: &str) -> Result<()> {
    let sources = home::cargo_home()?.join("registry/src");
    for registry in fs::read_dir(&sources).into_iter().flatten() {
        let registry = registry?;
        let unpacked = registry.path().join(name_and_version);
        if registry.file_name().to_string_lossy().starts_with('-') && unpacked.exists() {
            fs::remove_dir_all(&unpacked)
                .with_context(|| format!("cannot remove {}", unpacked.display()))?;
        }
    }
    Ok(())
}

fn editor() -> Result<()> {
    let folder = root().join("tests/editor");
    crate::wasm::npm_packages(&folder)?;
    // By name: Node 20 knows no patterns, and later ones no folders.
    execute(
        Command::new("node")
            .current_dir(&folder)
            .args(["--test", "editor.test.mjs"].map(OsStr::new)),
    )
}

/// Writes the files that the tests in `tests/generated` compare.
///
/// # Errors
///
/// The tests do not build, or a file cannot be written.
pub(crate) fn docs() -> Result<()> {
    let tests = ["--test", "integration", "--", "generated::"];
    execute(
        cargo()
            .args(["test", "--all-features"])
            .args(tests)
            .env("SEAMLINT_WRITE", "1"),
    )
}
