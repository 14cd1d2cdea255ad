//! `cargo xtask wasm`: the npm package in `pkg/dist/`, and its sizes in `pkg/SIZE.md`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo::{cargo, metadata, root, run, target_folder};
use crate::order;

const TARGET: &str = "wasm32-unknown-unknown";

/// What `rustc` may use for this target, and so may `wasm-opt`. Engines have had all of it since
/// 2022. See also [`Module::travels`].
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

    for module in [&SMALL, &FAST, &COMMAND] {
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
    /// Of the crate.
    features: &'static str,
    /// What cargo builds it with.
    profile: &'static str,
    /// In `pkg`.
    folder: &'static str,
    optimise: &'static [&'static str],
    /// Whether its size is what matters, and everything is done for it. If not, it has instructions for
    /// sixteen bytes at a time, which Node.js has had since 2021.
    travels: bool,
}

/// What pages and edge workers load.
const SMALL: Module = Module {
    features: "wasm",
    profile: "wasm",
    folder: "dist",
    // What travels is the compressed form. Inlining a function into its only caller made the module
    // smaller and that form larger, 191 instead of 183 KB when it was measured; so does `-Oz` for
    // `-O2`, by 0.4 of 143 KB. The first KB of the memory is the end of the stack, which nobody
    // points to.
    optimise: &[
        "-O2",
        "--one-caller-inline-max-function-size=0",
        "--low-memory-unused",
        "--converge",
    ],
    travels: true,
};

/// The same functions for Node.js, Deno and Bun: 20 KB heavier, and two to three times as fast.
const FAST: Module = Module {
    features: "wasm,fast",
    profile: "wasm-fast",
    folder: "dist/fast",
    optimise: &["-O3", "--low-memory-unused"],
    travels: false,
};

/// What `pkg/bin` runs. It is read from the disk.
const COMMAND: Module = Module {
    features: "wasm,fast,cli",
    profile: "wasm-command",
    folder: "dist/command",
    // More takes minutes, and starts slower when it was measured: 111 instead of 90 ms.
    optimise: &["-O1"],
    travels: false,
};

/// Builds a module, `seamlint.wasm`, and what talks with it, `glue.js`.
fn build_module(module: &Module, target_folder: &Path, bindgen: &Path, pkg: &Path) -> Result<()> {
    let mut command = cargo();
    command.args([
        // What WebAssembly is linked from. In Cargo.toml, beside "lib", it would be built for everyone
        // who uses the crate, and its files have names that are the same in every profile of panics:
        // then `cargo bench` builds two libraries that are written over each other.
        "rustc",
        "--package=seamlint",
        "--lib",
        "--crate-type=cdylib",
        "--no-default-features",
        "--features",
        module.features,
        "--profile",
        module.profile,
        "--target",
        TARGET,
    ]);
    if module.travels {
        with_own_std(&mut command);
    } else {
        command.env("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-feature=+simd128");
    }
    run(&mut command)?;
    let built = target_folder
        .join(TARGET)
        .join(module.profile)
        .join("seamlint.wasm");
    let dist = pkg.join(module.folder);
    fs::create_dir_all(&dist)?;
    run(Command::new(bindgen)
        .args([
            "--target=web",
            "--omit-default-module-path",
            "--experimental-reset-state-function",
            "--remove-name-section",
            "--remove-producers-section",
            "--out-name=glue",
            "--out-dir",
        ])
        .args([&dist, &built]))?;
    let glue = dist.join("glue.js");
    let text = fs::read_to_string(&glue)?;
    fs::write(&glue, with_quick_texts(&text)?)?;
    let wasm_opt = |arguments: &[&str], from: &str| {
        run(Command::new(pkg.join("node_modules/.bin/wasm-opt"))
            .args(arguments)
            .args(WASM_FEATURES)
            .args((!module.travels).then_some("--enable-simd"))
            .arg(dist.join(from))
            .arg("-o")
            .arg(dist.join("seamlint.wasm")))
    };
    wasm_opt(module.optimise, "glue_bg.wasm")?;
    if module.travels {
        let named = order::with_names_in_order(&fs::read(dist.join("seamlint.wasm"))?)?;
        fs::write(dist.join("glue_bg.wasm"), named)?;
        let arguments = ["--reorder-functions-by-name", "--strip-debug"];
        wasm_opt(&arguments, "glue_bg.wasm")?;
    }
    for left in ["glue_bg.wasm", "glue_bg.wasm.d.ts"] {
        fs::remove_file(dist.join(left)).with_context(|| left.to_owned())?;
    }
    Ok(())
}

/// Has the standard library built with the module, for its size and without what nobody would see: a
/// panic's message has nowhere to go on this target, and is 9 KB of the compressed module. The compiler
/// is the stable one, told to take the options that it has for this.
fn with_own_std(command: &mut Command) {
    let flags = [
        "-Zunstable-options",
        "-Cpanic=immediate-abort",
        "-Zlocation-detail=none",
    ];
    command
        .args([
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
        ])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
}

/// How a text gets into the module, in the glue of `wasm-bindgen`.
const PASS_TEXT: &str = "function passStringToWasm0(arg, malloc, realloc) {";

/// The same, without a step of JavaScript for every character: the engine's own encoder took 7 µs
/// for 100 KB of ASCII where that took 740. The room for a text that is all ASCII comes first, and
/// is all that most need: three bytes for each character would stay with the module for good.
const PASS_TEXT_QUICKLY: &str = "function passStringToWasm0(arg, malloc, realloc) {
    const { length } = arg;
    let ptr = malloc(length, 1) >>> 0;
    let { read, written } = cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory0().subarray(ptr, ptr + length));
    if (read !== length) {
        const room = written + (length - read) * 3;
        ptr = realloc(ptr, length, room, 1) >>> 0;
        const view = getUint8ArrayMemory0().subarray(ptr + written, ptr + room);
        written += cachedTextEncoder.encodeInto(arg.slice(read), view).written;
        ptr = realloc(ptr, room, written, 1) >>> 0;
    }
    WASM_VECTOR_LEN = written;
    return ptr;
}
";

/// Behind the glue of a module that takes texts part by part. Node.js copies their units: 4 µs for 100 KB
/// and 2 ms for 10 MB, where it took 37 to write the first in UTF-8, and 12 ms for the second to look for
/// halves of pairs and to write it. The module does both on the way.
const HAND_OVER: &str = "
const { Buffer } = globalThis;
let parts;

/**
 * Whether the module and the system can do what `hand_over` does.
 * @returns {boolean}
 */
export function takes_parts() {
    return typeof Buffer === 'function' && wasm?.take_part !== undefined;
}

/**
 * Hands a text over, for `check_parts`. Gives false if it has half of a surrogate pair.
 * @param {string} text
 * @returns {boolean}
 */
export function hand_over(text) {
    const { length } = text;
    const address = begin_parts(length);
    for (let at = 0; at < length; ) {
        // Memory that has grown is another buffer.
        if (parts?.buffer !== wasm.memory.buffer) parts = Buffer.from(wasm.memory.buffer);
        let end = Math.min(at + 0x4000, length);
        if (end < length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
        parts.write(text.slice(at, end), address, (end - at) * 2, 'utf16le');
        if (!take_part(end - at)) return false;
        at = end;
    }
    return true;
}
";

/// The types of [`HAND_OVER`].
const HAND_OVER_TYPES: &str = "
/**
 * Whether the module and the system can do what `hand_over` does.
 */
export function takes_parts(): boolean;

/**
 * Hands a text over, for `check_parts`. Gives false if it has half of a surrogate pair.
 */
export function hand_over(text: string): boolean;
";

/// The glue with [`PASS_TEXT_QUICKLY`], and with [`HAND_OVER`] where that is understood.
fn with_quick_texts(glue: &str) -> Result<String> {
    let end = "\n}\n";
    let (before, rest) = glue
        .split_once(PASS_TEXT)
        .context("wasm-bindgen's glue passes texts in another way than it did")?;
    let (_, after) = rest.split_once(end).context("the function has no end")?;
    let takes_parts = glue.contains("function take_part(");
    let hand_over = if takes_parts { HAND_OVER } else { "" };
    Ok([before, PASS_TEXT_QUICKLY, after, hand_over].concat())
}

/// One file talks with the small module and with the fast one, that of the latter: it has all that
/// the other has. What is said of `glue.js` in `pkg/src` holds for both.
fn share_glue(pkg: &Path) -> Result<()> {
    for name in ["glue.js", "glue.d.ts"] {
        let [small, fast] = [&SMALL, &FAST].map(|module| pkg.join(module.folder).join(name));
        let mut text = fs::read_to_string(&fast)?;
        let mut lines = text.lines();
        for line in fs::read_to_string(&small)?.lines() {
            ensure!(
                lines.any(|of_fast| of_fast == line),
                "{name} of the fast module lacks a line of that of the small one: {line}"
            );
        }
        if name == "glue.d.ts" {
            text.push_str(HAND_OVER_TYPES);
        }
        fs::write(small, text)?;
        fs::remove_file(fast)?;
    }
    Ok(())
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

/// Builds the package and runs its tests.
///
/// # Errors
///
/// As [`build`], or a test fails.
pub(crate) fn test() -> Result<()> {
    let chromium = chromium()?;
    pack()?;
    let pkg = root().join("pkg");
    node(&pkg, &["scripts/types.mjs", "--check"])?;
    // The reports are held against those of the command.
    run(cargo().args(["build", "--package=seamlint", "--bin=seamlint"]))?;
    let mut command = Command::new("node");
    command
        .current_dir(&pkg)
        .env("SEAMLINT", target_folder()?.join("debug/seamlint"))
        .env("CHROMIUM", chromium)
        .args(["--expose-gc", "--test"])
        .args(test_files(&pkg)?);
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
fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        let path = PathBuf::from(named);
        ensure!(path.is_file(), "CHROMIUM: {} is no file", path.display());
        return Ok(path);
    }
    let path = Path::new("/usr/bin/chromium");
    if path.is_file() {
        return Ok(path.to_owned());
    }
    let id = Command::new("id").arg("-u").output();
    let is_root = id.is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    let install = ["install", "--yes", "--no-install-recommends", "chromium"];
    if is_root && Path::new("/usr/bin/apt-get").is_file() {
        run(Command::new("apt-get").arg("update"))?;
        run(Command::new("apt-get")
            .args(install)
            .env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    ensure!(
        path.is_file(),
        "no {}: install Chromium (apt-get {}), or name one in CHROMIUM",
        path.display(),
        install.join(" ")
    );
    Ok(path.to_owned())
}

/// The tests by name: Node 20 knows no patterns, and later ones no folders.
fn test_files(pkg: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(pkg.join("test"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
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

/// Installs Rust's standard library for WebAssembly and the sources of it, unless they are there.
fn standard_library() -> Result<()> {
    let built = ["target-libdir", "--target", TARGET];
    from_rustup(&built, "", &["target", "add", TARGET])?;
    let sources = "lib/rustlib/src/rust/library/std/Cargo.toml";
    from_rustup(&["sysroot"], sources, &["component", "add", "rust-src"])
}

/// Has rustup `install` what is expected at `inside` of the folder that `rustc` prints, unless it is
/// there.
fn from_rustup(print: &[&str], inside: &str, install: &[&str]) -> Result<()> {
    let output = Command::new("rustc").arg("--print").args(print).output();
    let output = output.context("cannot run rustc")?;
    let path = Path::new(String::from_utf8_lossy(&output.stdout).trim()).join(inside);
    if path.exists() {
        return Ok(());
    }
    run(Command::new("rustup").args(install)).with_context(|| {
        format!(
            "no {}: install it (rustup {})",
            path.display(),
            install.join(" ")
        )
    })
}

/// The version of wasm-bindgen that the library links.
fn bindgen_version() -> Result<String> {
    let metadata = metadata(&["--features=wasm"])?;
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
