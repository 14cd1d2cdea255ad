//! `cargo xtask test --only hooks`: the hooks of `.pre-commit-hooks.yaml` as pre-commit and prek run
//! them, in a scratch repository.
//!
//! Both come from `PyPI`. What they install is the working tree as it is,
//! committed to a repository of its own: `language: rust` compiles it by `cargo install`. Both share
//! one build folder, and the profile is made quicker to compile: what is tested is the hooks.
//! `language: python` installs the wheel that was built here.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;
use std::{env, fs};

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::{empty, root, work_folder};

/// What runs hooks.
const TOOLS: [&str; 2] = ["pre-commit", "prek"];

const GOOD: &str = r#"{ "customer_key": "good", "sites": [{ "site_key": "n", "name": "North" }] }"#;
/// The slip is on line 3.
const BAD: &str = "{\n  \"customer_key\": \"bad\",\n  \"sites\": [{ \"site_key\": \"\", \"name\": \"North\" }]\n}\n";
const SLIPS: &str =
    "{ \"customer_key\": \"slips\", \"sites\": [{ \"site_key\": \"n \", \"name\": \"N\" },] }\n";
const MENDED: &str =
    "{ \"customer_key\": \"slips\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"N\" }] }\n";
const SPACES: &str =
    r#"{ "customer_key": "set", "spaces": [{ "space_key": "101", "name": "101" }] }"#;
const STAYS: &str = r#"{ "customer_key": "set",
  "guests": [{ "guest_key": "g", "name": "G", "email_address": "g@example.com" }],
  "reservations": [{ "reservation_key": "r", "guest_key": "g", "space_keys": ["101"],
    "starts_at": "2026-12-01T15:00:00Z", "ends_at": "2026-12-02T11:00:00Z" }] }"#;

/// Runs the hooks by each tool.
///
/// # Errors
///
/// Python 3, git or the network is missing, or a hook does not do what it should.
pub(crate) fn run() -> Result<()> {
    let folder = work_folder("hooks")?;
    let source = source(&folder)?;
    let revision = git(&source, &["rev-parse", "HEAD"])?;
    let wheel = crate::wheel::build(crate::wheel::Build::Quick)?;
    let wheels = wheel.parent().unwrap_or(&folder);
    let bin = crate::python::commands()?;
    for name in TOOLS {
        println!("\n== hooks without a compiler: {name}");
        let mut hooks = Hooks::new(name, &bin, &folder, &format!("{name}-wheel"));
        hooks.wheels = Some(wheels.to_owned());
        // The behaviour is asked for by the names of the other hooks.
        hooks.prepare(&format!(
            "repos:\n\
             - repo: {}\n  rev: {revision}\n  hooks:\n  \
             - id: seamlint-wheel\n    alias: seamlint\n  \
             - id: seamlint-fix-wheel\n    alias: seamlint-fix\n  \
             - id: seamlint-set-wheel\n    alias: seamlint-set\n    args: [set]\n",
            source.display()
        ))?;
        let begin = Instant::now();
        let found = hooks.try_repository(&source, "seamlint-wheel")?;
        println!(
            "{name} try-repo: {:.1} s from nothing to the finding",
            begin.elapsed().as_secs_f64()
        );
        ensure!(
            found.contains("bad.json:3:27: error[schema-min-length]"),
            "{found}"
        );
        hooks.check().with_context(|| format!("by {name}"))?;

        let hooks = Hooks::new(name, &bin, &folder, name);
        println!("\n== hooks: {name}");
        let begin = Instant::now();
        hooks.prepare(&format!(
            "repos:\n\
             - repo: {}\n  rev: {revision}\n  hooks:\n  \
             - id: seamlint\n  \
             - id: seamlint-fix\n  \
             - id: seamlint-set\n    args: [set]\n",
            source.display()
        ))?;
        hooks.check().with_context(|| format!("by {name}"))?;
        println!("{name}: {} s", begin.elapsed().as_secs());
    }
    Ok(())
}

/// Runs the recipe of `docs/pre-commit.md` for Node.js by each tool, with the package that
/// the step before has packed.
///
/// # Errors
///
/// Nothing is packed, Python 3 is missing, or the hook does not do what it should.
pub(crate) fn node() -> Result<()> {
    let folder = work_folder("hooks")?;
    let package = fs::read_dir(root().join("pkg/.packed"))
        .context("nothing is packed: cargo xtask test --only npm")?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|end| end == "tgz"))
        .context("nothing is packed: cargo xtask test --only npm")?;
    let package = fs::canonicalize(package)?;
    let page = fs::read_to_string(root().join("docs/pre-commit.md"))?;
    let published = "'seamlint@0.1.0'";
    let recipe = page
        .split("```")
        .find_map(|block| {
            block
                .strip_prefix("yaml\n")
                .filter(|yaml| yaml.contains(published))
        })
        .with_context(|| format!("docs/pre-commit.md has no recipe with {published}"))?;
    // The folder of the set, as the page says: elsewhere lie the bad ones.
    let set = "require_serial: true\n";
    ensure!(recipe.ends_with(set), "the recipe does not end with {set}");
    let config =
        recipe.replace(published, &format!("'{}'", package.display())) + "        args: [set]\n";
    let bin = crate::python::commands()?;
    for name in TOOLS {
        let hooks = Hooks::new(name, &bin, &folder, &format!("{name}-node"));
        hooks.prepare(&config)?;
        hooks.check().with_context(|| format!("by {name}"))?;
        println!("the recipe for Node.js by {name}: does the same");
    }
    Ok(())
}

/// The working tree, without what git ignores, as the only commit of a repository.
fn source(folder: &Path) -> Result<PathBuf> {
    let source = folder.join("source");
    let listed = git(
        root(),
        &[
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
    )?;
    empty(&source)?;
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let from = root().join(name);
        // A file that is deleted and not yet committed is listed too.
        if from.is_file() {
            let to = source.join(name);
            fs::create_dir_all(to.parent().unwrap_or(&source))?;
            fs::copy(&from, &to).with_context(|| format!("cannot copy {name}"))?;
        }
    }
    commit(&source)?;
    Ok(source)
}

/// Makes a folder a repository with one commit of all in it.
fn commit(folder: &Path) -> Result<()> {
    git(folder, &["init", "--quiet", "--initial-branch=main"])?;
    git(folder, &["add", "--all", "--force"])?;
    git(folder, &["commit", "--quiet", "--message=all"])?;
    Ok(())
}

/// Runs git where no configuration of the user's is heard; gives what it prints.
fn git(folder: &Path, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .envs([
            ("GIT_AUTHOR_NAME", "seamlint"),
            ("GIT_AUTHOR_EMAIL", "seamlint@example.com"),
            ("GIT_COMMITTER_NAME", "seamlint"),
            ("GIT_COMMITTER_EMAIL", "seamlint@example.com"),
        ]);
    let output = command.output().context("cannot run git")?;
    ensure!(
        output.status.success(),
        "git {}: {}{}",
        arguments.join(" "),
        output.status,
        text(&output)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// One tool, and where it works.
struct Hooks {
    name: &'static str,
    command: PathBuf,
    /// Where the tool keeps what it has installed; made anew.
    home: PathBuf,
    target: PathBuf,
    /// A repository with payloads and other files.
    scratch: PathBuf,
    /// Where wheels lie that `PyPI` does not have; then nothing is compiled.
    wheels: Option<PathBuf>,
}

impl Hooks {
    /// A tool of a folder of commands; what it needs is in `folder`, under names that begin with
    /// `prefix`.
    fn new(name: &'static str, bin: &Path, folder: &Path, prefix: &str) -> Self {
        Self {
            name,
            command: bin.join(name),
            home: folder.join(format!("{prefix}-home")),
            target: folder.join("target"),
            scratch: folder.join(format!("{prefix}-scratch")),
            wheels: None,
        }
    }

    /// Makes the repository, with this configuration.
    fn prepare(&self, config: &str) -> Result<()> {
        empty(&self.home)?;
        empty(&self.scratch)?;
        fs::create_dir(self.scratch.join("set"))?;
        for (name, content) in [
            (".pre-commit-config.yaml", config),
            ("good.json", GOOD),
            ("bad.json", BAD),
            ("slips.json", SLIPS),
            (
                "package.json",
                r#"{ "name": "unrelated", "version": "1.0.0" }"#,
            ),
            ("unrelated.json", "{ \"broken\": , }"),
            ("readme.md", "No payload."),
            ("set/spaces.json", SPACES),
            ("set/stays.json", STAYS),
        ] {
            fs::write(self.scratch.join(name), content)?;
        }
        commit(&self.scratch)
    }

    /// Runs a hook on files, or on all of them.
    fn run(&self, hook: &str, files: &[&str]) -> Result<Output> {
        let mut command = self.tool("run")?;
        command.arg(hook);
        if files.is_empty() {
            command.arg("--all-files");
        } else {
            command.arg("--files").args(files);
        }
        self.output(&mut command)
    }

    /// Runs a hook of a repository that no configuration names, and that has to fail; gives what it says.
    fn try_repository(&self, repository: &Path, hook: &str) -> Result<String> {
        let mut command = self.tool("try-repo")?;
        let output = self.output(command.arg(repository).args([hook, "--all-files"]))?;
        if output.status.success() {
            bail!("{hook} passes: {}", text(&output));
        }
        Ok(text(&output))
    }

    /// A command of the tool.
    fn tool(&self, verb: &str) -> Result<Command> {
        let mut command = Command::new(&self.command);
        command
            .current_dir(&self.scratch)
            .arg(verb)
            .env("PRE_COMMIT_HOME", &self.home)
            .env("PREK_HOME", &self.home)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            // `cargo` names the toolchain that runs this program.
            .env_remove("CARGO")
            .env_remove("NO_COLOR");
        if let Some(wheels) = &self.wheels {
            // A compiler that is called fails.
            command
                .envs([("PIP_FIND_LINKS", wheels), ("UV_FIND_LINKS", wheels)])
                .envs([("CARGO", "false"), ("RUSTC", "false")]);
            let path = env::var_os("PATH").unwrap_or_default();
            let bin = self.command.parent().map(Path::to_path_buf);
            let folders = bin.into_iter().chain(env::split_paths(&path));
            command.env("PATH", env::join_paths(folders)?);
        }
        Ok(command)
    }

    fn output(&self, command: &mut Command) -> Result<Output> {
        command
            .output()
            .with_context(|| format!("cannot run {}", self.name))
    }

    /// Runs a hook that has to pass; gives what it says.
    fn passes(&self, hook: &str, files: &[&str]) -> Result<String> {
        let output = self.run(hook, files)?;
        if !output.status.success() {
            bail!("{hook} fails on {files:?}: {}", text(&output));
        }
        Ok(text(&output))
    }

    /// Runs a hook that has to fail; gives what it says.
    fn fails(&self, hook: &str, files: &[&str]) -> Result<String> {
        let output = self.run(hook, files)?;
        if output.status.success() {
            bail!("{hook} passes on {files:?}: {}", text(&output));
        }
        Ok(text(&output))
    }

    /// All hooks.
    fn check(&self) -> Result<()> {
        let found = self.fails("seamlint", &[])?;
        for (part, is_told) in [
            ("bad.json:3:27: error[schema-min-length]", true),
            ("slips.json:1:", true),
            ("good.json", false),
            ("package.json", false),
            ("unrelated.json", false),
        ] {
            ensure!(found.contains(part) == is_told, "{part:?} in: {found}");
        }
        println!("seamlint: fails on the bad one with its line, passes over the unrelated");
        self.passes("seamlint", &["good.json", "package.json", "unrelated.json"])?;
        println!("seamlint: passes on good and unrelated files");

        let slips = self.scratch.join("slips.json");
        let others = ["package.json", "unrelated.json"].map(|name| self.scratch.join(name));
        let before = others.each_ref().map(fs::read);
        let files = ["slips.json", "package.json", "unrelated.json"];
        let told = self.fails("seamlint-fix", &files)?;
        ensure!(
            told.contains("files were modified by this hook"),
            "does not ask to stage: {told}"
        );
        let mended = fs::read_to_string(&slips)?;
        ensure!(mended == MENDED, "mended to {mended}");
        for (other, before) in others.iter().zip(before) {
            ensure!(
                fs::read(other)? == before?,
                "{} is changed",
                other.display()
            );
        }
        git(&self.scratch, &["add", "slips.json"])?;
        self.passes("seamlint-fix", &files)?;
        println!("seamlint-fix: mends and fails, passes once staged");

        // Only one file of the set changes; the other has what it refers to.
        self.passes("seamlint-set", &["set/stays.json"])?;
        let stays = STAYS.replace("\"101\"", "\"102\"");
        fs::write(self.scratch.join("set/stays.json"), stays)?;
        git(&self.scratch, &["add", "set"])?;
        let found = self.fails("seamlint-set", &["set/stays.json"])?;
        ensure!(
            found.contains("set/stays.json:3:") && found.contains("[dangling-reference]"),
            "{found}"
        );
        println!("seamlint-set: sees the other files of the set");
        Ok(())
    }
}

/// All that a command has printed.
fn text(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text
}
