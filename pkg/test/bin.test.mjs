// The package's command is the native one, built for WebAssembly. `cargo xtask test --only npm` runs
// the tests of that one over it, too; here both say the same of every fixture, and what only Node.js
// can get wrong is tried.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { emoji, fixtures, packed, project, root } from "./support.mjs";

const bin = new URL("node_modules/.bin/seamlint", project).pathname;
const native = process.env.SEAMLINT;
const work = new URL("work/", packed);

const run = (program, args, { input, cwd = work, env = {} } = {}) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", input, maxBuffer: 1 << 30, env: { ...process.env, ...env } });
  return { status, stdout, stderr };
};

/** Both commands, which must say the same. */
function both(args, options) {
  const wanted = run(native, args, options);
  assert.deepEqual(run(bin, args, options), wanted, args.join(" "));
  return wanted;
}

const write = (name, bytes) => {
  mkdirSync(new URL(".", new URL(name, work)), { recursive: true });
  writeFileSync(new URL(name, work), bytes);
};

const FORMATS = ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"];
const ODD = {
  "odd/emoji.json": emoji,
  "odd/lines\u2028and\u001b[31m.json": '{ "customer_key": "c\\u202e", "rooms": 7, "spaces": [{ "space_key": "a\u200b", "name": "\u{e0041}" }] }',
  "odd/broken.json": Buffer.from([0x7b, 0xff, 0x22]),
  "odd/empty.json": "",
  "odd/lines.jsonl": '{ "customer_key": "c" }\r\n\n[]\n{ "customer_key": "", "rooms": "😀" }',
  "odd/packed.ndjson.gz": gzipSync('{ "customer_key": "", "rooms": "😀" }\n'),
};

before(() => {
  assert.ok(native, "SEAMLINT names the command to compare with; `cargo xtask test --only npm` sets it");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  for (const [name, bytes] of fixtures()) write(name, bytes);
  for (const [name, bytes] of Object.entries(ODD)) write(name, bytes);
});

test("every format of every fixture is the same", () => {
  for (const format of FORMATS) {
    const { status, stdout } = both(["check", "--format", format, ...fixtures().map(([name]) => name), ...Object.keys(ODD)]);
    assert.equal(status, 1);
    assert.ok(stdout.length > 1000, format);
  }
  const outputs = ["sarif=out.sarif", "junit=out.xml", "concise=out.txt"].flatMap((output) => ["--output", output]);
  const written = () => ["out.sarif", "out.xml", "out.txt"].map((name) => readFileSync(new URL(name, work), "utf8"));
  const check = ["check", "--redact", ...outputs, "tests/fixtures/readme.json", "odd"];
  const wanted = [run(native, check), written()];
  assert.deepEqual([run(bin, check), written()], wanted);
  assert.match(wanted[1][2], /^tests\/fixtures\/readme\.json:\d+:\d+: warning\[dangling-reference\]/);
});

test("what is said without a payload is the same", () => {
  const commands = [[], ["check"], ["keys"], ["explain"], ["rules"], ["schema"], ["completions"], ["man"]];
  for (const command of commands) {
    both([...command, "--help"]);
    both([...command, "-h"]);
  }
  for (const args of [["--version"], ["-V"], ["man"], ["man", "check"], ["schema"], ["schema", "--report"], ["schema", "--config"], ["rules"], ["rules", "--format", "json"], [], ["chekc"], ["check", "--fromat", "json"], ["explain", "no-such-rule"]]) both(args);
  for (const shell of ["bash", "zsh", "fish", "powershell", "elvish"]) assert.equal(both(["completions", shell]).status, 0);
  for (const { code } of JSON.parse(readFileSync(new URL("schema/rules.json", root), "utf8"))) both(["explain", code]);
});

test("folders are searched as git sees them", () => {
  const files = ["a.json", ".hidden.json", "ignored/b.json", "kept/c.json", "kept/.d.json", "node_modules/e.json", ".git/info/f.json"];
  for (const name of files) write(`repository/${name}`, '{ "customer_key": "" }');
  write("repository/.gitignore", "ignored/\nnode_modules\n");
  write("repository/kept/.ignore", "!.d.json\n");
  for (const folder of ["repository", "./repository/", "repository/kept/..", "repository/ignored"]) both(["check", "--format", "concise", folder]);
  const { stdout } = both(["check", "--format", "concise", "--stats"], { cwd: new URL("repository/", work) });
  assert.deepEqual([...new Set(stdout.match(/^[^:]+/gm))], ["a.json", "kept/.d.json", "kept/c.json"]);
});

test("what cannot be done is told as by the system, and the rest is done", () => {
  write("short.json.gz", gzipSync("{}").subarray(0, 12));
  mkdirSync(new URL("nothing", work), { recursive: true });
  symlinkSync("loop.json", new URL("loop.json", work));
  both(["check", "nothing", "short.json.gz"]);
  // The words are libuv's.
  for (const [name, wanted] of [["missing.json", "no such file or directory (ENOENT)"], ["loop.json", "too many symbolic links encountered (ELOOP)"]]) {
    const { status, stdout, stderr } = run(bin, ["check", "--format", "concise", name, "odd/emoji.json"]);
    assert.deepEqual([status, stderr], [2, `seamlint: error: cannot read ${name}: ${wanted}\n`]);
    assert.equal(stdout, run(native, ["check", "--format", "concise", "odd/emoji.json"]).stdout);
  }
});

test("a disk that is full leaves nothing half-written", () => {
  const many = JSON.stringify({ customer_key: "c", sites: Array.from({ length: 300 }, () => ({})) });
  write("full/many.json", many);
  // Node.js takes the signal of the limit for an error, as that of a full disk is one.
  const { status, stderr } = run("sh", ["-c", `ulimit -f 1; exec "${bin}" check --format concise --output json=report.json many.json`], { cwd: new URL("full/", work) });
  assert.deepEqual([status, stderr], [2, "seamlint: error: cannot write report.json: file too large (EFBIG)\n"]);
  assert.deepEqual(readdirSync(new URL("full/", work)), ["many.json"]);
});

test("--fix keeps what is a file's own", () => {
  const slip = '{ "customer_key": "c", "sites": [], }';
  write("mended/real.json", slip);
  chmodSync(new URL("mended/real.json", work), 0o640);
  symlinkSync("real.json", new URL("mended/link.json", work));
  assert.equal(run(bin, ["check", "--fix", "mended/link.json"]).status, 0);
  assert.equal(readFileSync(new URL("mended/real.json", work), "utf8"), slip.replace(", }", " }"));
  assert.equal(statSync(new URL("mended/real.json", work)).mode & 0o7777, 0o640);
  assert.deepEqual(readdirSync(new URL("mended/", work)).sort(), ["link.json", "real.json"]);
  both(["check", "--fix", "-"], { input: slip });
});

test("colour is for terminals, as the native command has it", () => {
  for (const env of [{}, { NO_COLOR: "1" }, { CLICOLOR_FORCE: "1" }, { NO_COLOR: "1", CLICOLOR_FORCE: "1" }, { CLICOLOR_FORCE: "0" }]) {
    both(["check", "odd/emoji.json"], { env });
    both(["check", "--help"], { env });
    both(["check", "--no-such"], { env });
  }
  // util-linux's `script` is a terminal to what it runs.
  const shown = (program, env, columns) => {
    const { stdout } = run("script", ["-qec", `stty cols ${columns} rows 40; "${program}" check odd/emoji.json; "${program}" check --help`, "/dev/null"], { env });
    assert.match(stdout, /Usage/);
    return stdout;
  };
  for (const env of [{ TERM: "xterm" }, { TERM: "dumb", CI: undefined }, { TERM: "dumb", CLICOLOR: "1" }, { TERM: "xterm", CLICOLOR: "0" }, { TERM: "xterm", NO_COLOR: "1" }]) {
    for (const columns of [60, 120]) assert.equal(shown(bin, env, columns), shown(native, env, columns), JSON.stringify(env));
  }
  assert.match(shown(bin, { TERM: "xterm" }, 80), /\u001b\[31m/);
});

test("pipes that are slow, and those that are closed, are no error", async () => {
  const many = JSON.stringify({ customer_key: "c", sites: Array.from({ length: 30_000 }, () => ({})) });
  write("many.json", many);
  const args = ["check", "--format", "jsonl", "--max-per-code", "0"];
  const wanted = run(native, [...args, "-"], { input: many });
  // Node's pipes do not block: the command has to wait for its input and for its reader.
  const child = spawn(bin, [...args, "-"], { cwd: work, stdio: ["pipe", "pipe", "inherit"] });
  for (const half of [many.slice(0, 100), many.slice(100)]) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.stdin.write(half);
  }
  child.stdin.end();
  await new Promise((resolve) => setTimeout(resolve, 500));
  let stdout = "";
  for await (const part of child.stdout.setEncoding("utf8")) stdout += part;
  assert.equal(stdout, wanted.stdout);
  assert.ok(stdout.length > 1 << 20);
  const closed = run("sh", ["-c", `"${bin}" check --format json many.json | head -c 10`]);
  assert.deepEqual(closed, { status: 0, stdout: '{\n  "versi', stderr: "" });
});

test("what is more than the engine can hold is an error, and not a crash", () => {
  // The memory of a module ends at 4 GiB; a file that Node reads, at 2.
  const large = new URL("large.json", work);
  const { status } = run("truncate", ["-s", "3G", large.pathname]);
  assert.equal(status, 0);
  const told = run(bin, ["check", "large.json"]);
  rmSync(large);
  assert.deepEqual([told.status, told.stdout.includes("1 file"), existsSync(large)], [2, false, false]);
  assert.match(told.stderr, /^seamlint: error: cannot read large\.json: .*2 GiB/);
});

test("an engine without memory is an error, and says so to whoever still listens", async () => {
  write("spaces.json", `{ "customer_key": "c" }${" ".repeat(6 << 20)}`);
  write("values.json", `{ "customer_key": "c", "sites": [${"{},".repeat(1 << 19)}{}] }`);
  // 5 MiB, with 2 for the engine itself: the second text has room, but not what is read of it.
  const args = (name, pages = 80) => [`--wasm-max-mem-pages=${pages}`, bin, "check", name];
  const read = run(process.execPath, args("spaces.json"));
  assert.deepEqual([read.status, read.stderr], [2, "seamlint: error: cannot read spaces.json: out of memory\n"]);
  const stopped = run(process.execPath, args("values.json"));
  const none = run(process.execPath, args("values.json", 4));
  for (const { status, stdout, stderr } of [stopped, none]) {
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^seamlint: error: the engine stopped \(.+\): out of memory, or a bug\n$/);
  }
  const unheard = spawn(process.execPath, args("values.json"), { cwd: work, stdio: ["ignore", "ignore", "pipe"] });
  unheard.stderr.destroy();
  assert.equal(await new Promise((resolve) => unheard.on("exit", resolve)), 2);
});
