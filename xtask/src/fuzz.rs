//! `cargo xtask fuzz`: runs the targets of `fuzz/` on inputs that grow from the fixtures. What is found lies in
//! `fuzz/artifacts/TARGET`; it becomes a fixture.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::api::nightly;
use crate::cargo::{cargo, root, run as execute, work_folder};

/// The targets, by name, with what their inputs grow from.
const TARGETS: [(&str, &[&str]); 5] = [
    ("document", &["tests/fixtures"]),
    ("check", &["tests/fixtures"]),
    ("fix", &["tests/fixtures"]),
    ("lines", &["tests/fixtures"]),
    ("schema", &["schema", "tests/schemas"]),
];

const CARGO_FUZZ: &str = "cargo-fuzz@0.13.2";

/// No input is longer: an input of some lines shows as much, and more of them are tried.
const LONGEST: usize = 4_096;

/// Runs all targets, or one, so many seconds each: by nightly, which has what libFuzzer needs.
///
/// # Errors
///
/// A tool is missing, or a target has failed on an input, which is named.
pub(crate) fn run(only: Option<&str>, seconds: u32) -> Result<()> {
    let fuzz = installed()?;
    let folder = work_folder("fuzz")?;
    let words = folder.join("dictionary");
    fs::write(&words, dictionary()?)?;
    let targets: Vec<_> = TARGETS
        .iter()
        .filter(|(name, _)| only.is_none_or(|only| only == *name))
        .collect();
    ensure!(
        !targets.is_empty(),
        "there is no such target; there are {}",
        TARGETS.map(|(name, _)| name).join(", ")
    );
    for (name, sources) in targets {
        println!("\n== {name}");
        let corpus = folder.join("corpus").join(name);
        seed(&corpus, sources)?;
        execute(
            nightly()?
                .arg(&fuzz)
                .args(["fuzz", "run", "--target-dir"])
                .arg(folder.join("build"))
                .arg(name)
                .arg(&corpus)
                .arg("--")
                .arg(format!("-max_total_time={seconds}"))
                .arg(format!("-max_len={LONGEST}"))
                .arg(format!("-dict={}", words.display()))
                .args([
                    "-timeout=10",
                    "-rss_limit_mb=4096",
                    "-print_final_stats=1",
                    "-verbosity=0",
                ]),
        )
        .with_context(|| format!("target {name}: the input lies in fuzz/artifacts/{name}"))?;
    }
    Ok(())
}

/// Checks that the targets compile, without running them.
pub(crate) fn check() -> Result<()> {
    execute(
        nightly()?
            .args(["cargo", "check", "--manifest-path"])
            .arg(root().join("fuzz/Cargo.toml"))
            .arg("--target-dir")
            .arg(work_folder("fuzz")?.join("check")),
    )
}

/// The command cargo-fuzz, compiled once.
fn installed() -> Result<PathBuf> {
    let tools = work_folder("tools")?;
    let command = tools.join("bin/cargo-fuzz");
    if !command.exists() {
        let mut install = cargo();
        install.args(["install", "--locked", "--root"]);
        execute(install.arg(&tools).arg(CARGO_FUZZ))?;
    }
    Ok(command)
}

/// Copies what inputs grow from, flat: libFuzzer reads one folder.
fn seed(corpus: &Path, sources: &[&str]) -> Result<()> {
    fs::create_dir_all(corpus)?;
    let mut folders: Vec<PathBuf> = sources.iter().map(|source| root().join(source)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.metadata()?.len() <= LONGEST as u64 {
                let name = path.strip_prefix(root())?.display().to_string();
                fs::copy(&path, corpus.join(name.replace(['/', '\\'], "-")))?;
            }
        }
    }
    Ok(())
}

/// Member names of the schema and pieces of JSON, as libFuzzer reads them.
fn dictionary() -> Result<String> {
    let schema = fs::read_to_string(root().join("schema/push_data.schema.json"))?;
    let mut names = Vec::new();
    member_names(&serde_json::from_str(&schema)?, &mut names);
    names.sort();
    names.dedup();
    let pieces = [
        "{", "}", "[", "]", ":", ",", "\"", "'", "\\u", "\\ud83d", "//", "/*", "*/", "```json",
        "null", "True", "\u{feff}", "\u{a0}", "“",
    ];
    let words = names.iter().map(String::as_str).chain(pieces);
    Ok(words.map(quoted).collect::<Vec<_>>().join("\n"))
}

fn member_names(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(properties) = members.get("properties").and_then(Value::as_object) {
                names.extend(properties.keys().map(|name| format!("\"{name}\":")));
            }
            members
                .values()
                .for_each(|value| member_names(value, names));
        }
        Value::Array(list) => list.iter().for_each(|value| member_names(value, names)),
        _ => {}
    }
}

/// A word in quotes, with bytes that are not plain ASCII as `\xNN`.
fn quoted(word: &str) -> String {
    let byte = |byte: u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02X}"),
    };
    format!("\"{}\"", word.bytes().map(byte).collect::<String>())
}
