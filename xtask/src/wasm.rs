//! `cargo xtask wasm`: the npm package in `pkg/dist/`, and its sizes in `pkg/SIZE.md`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo::{cargo, install_from_debian, metadata, program, root, run, target_folder};

const TARGET: &str = "wasm32-unknown-unknown";

/// What rustc emits for this target. All engines have had it since 2022.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the modules, their glue and the JavaScript around them.
///
/// # Errors
///
/// A tool is missing and cannot be installed, or fails; the error says which and what to install.
pub(crate) fn build() -> Result<()> {
    let pkg = root().join("pkg");
    npm_packages(&pkg)?;
    standard_library()?;
    let target_folder = target_folder()?;
    let bindgen = bindgen(&target_folder, &bindgen_version()?)?;
    for module in [&PAGE, &FAST, &COMMAND] {
        build_module(module, &target_folder, &bindgen, &pkg)?;
    }
    share_glue(&pkg)?;
    node(&pkg, &["scripts/build.mjs"])?;
    let sizes = fs::read_to_string(pkg.join("SIZE.md"))?;
    println!("\n{}", sizes.trim_end());
    Ok(())
}

/// A module of the package.
struct Module {
    /// Features of the crate `seamlint-wasm`.
    features: &'static str,
    /// The profile in Cargo.toml.
    profile: &'static str,
    /// The folder in `pkg`.
    folder: &'static str,
    /// Options of LLVM.
    llvm: &'static [&'static str],
    /// Options of `wasm-opt`.
    optimise: &'static [&'static str],
    /// Whether it has instructions for 16 bytes at a time: not all browsers do.
    has_simd: bool,
}

/// For pages and edge workers: its compressed size counts.
const PAGE: Module = Module {
    features: "",
    profile: "wasm",
    folder: "dist",
    // Both write more code to compute less.
    llvm: &["-disable-lsr", "-enable-pre=false"],
    // Inlining a function into its only caller makes the module smaller and its compressed form larger; so does
    // a local for an expression that comes twice.
    // No pointer points into the first KB of the memory, the end of the stack.
    optimise: &[
        "-Os",
        "--one-caller-inline-max-function-size=0",
        "--low-memory-unused",
        "--converge",
        "--skip-pass=local-cse",
    ],
    has_simd: false,
};

/// The same for Node.js, Deno and Bun, which read it from the disk. One module for both would be either
/// 30 % over its size or three times too slow.
const FAST: Module = Module {
    features: "",
    profile: "wasm-fast",
    folder: "dist/fast",
    llvm: &[],
    optimise: &["-O3", "--low-memory-unused"],
    has_simd: true,
};

/// What `pkg/bin` runs. It is read from the disk.
const COMMAND: Module = Module {
    features: "cli",
    profile: "wasm-command",
    folder: "dist/command",
    llvm: &[],
    // Higher levels take minutes, and the command started slower: 111 instead of 90 ms.
    optimise: &["-O1"],
    has_simd: true,
};

/// Builds a module, `seamlint.wasm`, and the JavaScript that calls it, `glue_bg.js`.
fn build_module(module: &Module, target_folder: &Path, bindgen: &Path, pkg: &Path) -> Result<()> {
    let simd = if module.has_simd { "+" } else { "-" };
    let mut flags = format!("-Ctarget-feature={simd}simd128");
    for option in module.llvm {
        // The unit separator is what Cargo splits at.
        flags.push_str("\x1f-Cllvm-args=");
        flags.push_str(option);
    }
    run(cargo()
        .args([
            "build",
            "--package=seamlint-wasm",
            "--features",
            module.features,
            "--profile",
            module.profile,
            "--target",
            TARGET,
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", flags))?;
    let built = target_folder
        .join(TARGET)
        .join(module.profile)
        .join("seamlint_wasm.wasm");
    let dist = pkg.join(module.folder);
    fs::create_dir_all(&dist)?;
    run(Command::new(bindgen)
        .args([
            "--target=bundler",
            "--encode-into=always",
            "--no-typescript",
            "--remove-name-section",
            "--remove-producers-section",
            "--out-name=glue",
            "--out-dir",
        ])
        .args([&dist, &built]))?;
    run(Command::new(pkg.join("node_modules/.bin/wasm-opt"))
        .args(module.optimise)
        .args(WASM_FEATURES)
        .args(module.has_simd.then_some("--enable-simd"))
        .arg(dist.join("glue_bg.wasm"))
        .arg("-o")
        .arg(dist.join("seamlint.wasm")))?;
    // `glue.js` makes an instance when it is imported; `pkg/src/engine.ts` makes them on request.
    for left in ["glue_bg.wasm", "glue.js"] {
        fs::remove_file(dist.join(left)).with_context(|| left.to_owned())?;
    }
    Ok(())
}

/// Keeps one `glue_bg.js` for both modules of the library. They are made from the same source, so it is
/// the same for both.
fn share_glue(pkg: &Path) -> Result<()> {
    let [page, fast] = [&PAGE, &FAST].map(|module| pkg.join(module.folder).join("glue_bg.js"));
    ensure!(
        fs::read(&page)? == fs::read(&fast)?,
        "the glue of the two modules differs"
    );
    fs::remove_file(fast).context("cannot remove glue_bg.js")
}

/// Builds the package, packs it, and installs the tarball in `pkg/.packed/`.
///
/// # Errors
///
/// As [`build`], or npm fails.
pub(crate) fn pack() -> Result<()> {
    build()?;
    node(&root().join("pkg"), &["scripts/pack.mjs"])
}

/// Builds the package and runs its tests: all of them, or those that install no large runtime.
///
/// # Errors
///
/// As [`build`], or a test fails.
pub(crate) fn test(is_full: bool) -> Result<()> {
    let chromium = chromium()?;
    build()?;
    let pkg = root().join("pkg");
    let mut pack = Command::new("node");
    pack.current_dir(&pkg).arg("scripts/pack.mjs");
    if is_full {
        pack.env("SEAMLINT_FULL", "1");
    }
    run(&mut pack)?;
    node(&pkg, &["scripts/types.mjs", "--check"])?;
    // The reports are held against those of the command.
    let mut command = Command::new("node");
    command
        .current_dir(&pkg)
        .env("SEAMLINT", program()?)
        .env("CHROMIUM", chromium)
        .args(["--expose-gc", "--test"])
        .args(test_files(&pkg, is_full)?);
    run(&mut command)?;
    test_command(&pkg)
}

/// Runs the tests of the native command over the package's, as npm installs it.
fn test_command(pkg: &Path) -> Result<()> {
    let installed = pkg.join(".packed/project/node_modules/.bin/seamlint");
    let tests = ["--package=seamlint", "--test=integration", "--", "cli::"];
    run(cargo()
        .arg("test")
        .args(tests)
        .env("SEAMLINT_COMMAND", installed))
}

/// The browser that the tests drive: what `CHROMIUM` names, or Debian's, installed where we may.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        let path = PathBuf::from(named);
        ensure!(path.is_file(), "CHROMIUM: {} is no file", path.display());
        return Ok(path);
    }
    let path = Path::new("/usr/bin/chromium");
    if path.is_file() {
        return Ok(path.to_owned());
    }
    install_from_debian("chromium")?;
    ensure!(
        path.is_file(),
        "no {}: install Chromium (apt-get install chromium), or name one in CHROMIUM",
        path.display(),
    );
    Ok(path.to_owned())
}

/// The tests by name: Node 20 knows no patterns, and later ones no folders.
fn test_files(pkg: &Path, is_full: bool) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(pkg.join("test"))? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if name.ends_with(".test.mjs") || is_full && name.ends_with(".full.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Runs a script of the package.
fn node(pkg: &Path, arguments: &[&str]) -> Result<()> {
    run(Command::new("node").current_dir(pkg).args(arguments))
}

/// Installs what `pkg/package-lock.json` lists, unless it is there.
pub(crate) fn npm_packages(pkg: &Path) -> Result<()> {
    let output = Command::new("node").arg("--version").output();
    let output = output.context("cannot run node: install Node.js 20 or newer, with npm")?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next();
    ensure!(
        major
            .and_then(|major| major.parse().ok())
            .is_some_and(|major: u32| major >= 20),
        "node is {version}: install Node.js 20 or newer, with npm"
    );
    let modified = |path: &str| fs::metadata(pkg.join(path)).and_then(|file| file.modified());
    let installed = modified("node_modules/.package-lock.json");
    if installed.is_ok_and(|installed| {
        modified("package-lock.json").is_ok_and(|wanted| wanted <= installed)
    }) {
        return Ok(());
    }
    run(Command::new("npm")
        .current_dir(pkg)
        .args(["ci", "--no-audit", "--no-fund"]))
}

/// Installs Rust's standard library for WebAssembly, unless it is there.
fn standard_library() -> Result<()> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let output = output.context("cannot run rustc")?;
    let path = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    if path.exists() {
        return Ok(());
    }
    run(Command::new("rustup").args(["target", "add", TARGET])).with_context(|| {
        format!(
            "no {}: install it (rustup target add {TARGET})",
            path.display()
        )
    })
}

/// The version of wasm-bindgen that the crate links.
fn bindgen_version() -> Result<String> {
    let metadata = metadata(&[])?;
    let version = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "wasm-bindgen")
        .and_then(|package| package["version"].as_str());
    version
        .map(str::to_owned)
        .context("cargo metadata lists no wasm-bindgen")
}

/// The command of the library's own version, in `target/tools`: the two speak a private format.
fn bindgen(target_folder: &Path, version: &str) -> Result<PathBuf> {
    let tools = target_folder.join("tools");
    let command = tools.join("bin").join("wasm-bindgen");
    let present = Command::new(&command).arg("--version").output();
    if present.is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).trim() == format!("wasm-bindgen {version}")
    }) {
        return Ok(command);
    }
    // Without --locked: a registry's mirror may be some days behind its lock file.
    run(cargo()
        .args([
            "install",
            "wasm-bindgen-cli",
            "--version",
            version,
            "--root",
        ])
        .arg(&tools))?;
    Ok(command)
}
