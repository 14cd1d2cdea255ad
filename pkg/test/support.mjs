// The package as its users have it: packed, and installed in an empty project.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const root = new URL("../../", import.meta.url);
export const packed = new URL("../.packed/", import.meta.url);
export const project = new URL("project/", packed);
/** The examples, with the packed package. */
export const examples = new URL("examples/", packed);
/** Large runtimes with the packed package, for `--full`. */
export const runtimes = new URL("runtimes/", packed);
export const require = createRequire(new URL("index.cjs", project));
export const installed = new URL("node_modules/seamlint/", project);

/** The package's entry for `import` in Node. */
export const seamlint = await import(new URL("dist/node.js", installed).href);

/** Emoji, combining marks and CJK, with all kinds of line ends. */
export const emoji = '{\r\n "customer_key": "\u{1f469}\u200d\u{1f52c} e\u0301 \u5bbf\u6cca",\r "rooms": [{ "room_key": "\u{1f511}", "name": 7 }],\n "r\u{f6}oms": [] }';

/** Every fixture of the repository, as bytes. */
export function fixtures() {
  const found = [];
  const walk = (folder, name) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${name}${entry.name}`;
      if (entry.isDirectory()) walk(new URL(`${entry.name}/`, folder), `${path}/`);
      else if (path.endsWith(".json")) found.push([path, readFileSync(new URL(entry.name, folder))]);
    }
  };
  walk(new URL("tests/fixtures/", root), "tests/fixtures/");
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The command's JSON report, of standard input. */
export function command(bytes, ...args) {
  const cli = process.env.SEAMLINT;
  if (!cli) throw new Error("SEAMLINT names the command to compare with; `cargo xtask test --only npm` sets it");
  let out;
  try {
    out = execFileSync(cli, ["check", "--format", "json", ...args, "-"], { input: bytes, maxBuffer: 1 << 30 });
  } catch (error) {
    if (error.status !== 1) throw error;
    out = error.stdout;
  }
  return JSON.parse(out);
}

/** A report in bytes and scalar values, told in UTF-16 code units; `path` is not compared. */
export function asUtf16(report, bytes) {
  // Bytes that are not UTF-8 count one each, as the report has them.
  const text = (from, to) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(from, to));
    } catch {
      return "?".repeat(to - from);
    }
  };
  const position = ({ offset, line }) => {
    const before = text(0, offset);
    const start = Math.max(before.lastIndexOf("\n"), lastLoneCr(before, bytes[offset])) + 1;
    return { offset: before.length, line, column: before.length - start + 1 };
  };
  const convert = (value) => {
    if (Array.isArray(value)) return value.map(convert);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        name === "range" ? { start: position(member.start), end: position(member.end) } : convert(member),
      ]),
    );
  };
  const converted = convert(report);
  for (const file of converted.files) file.path = "";
  return converted;
}

function lastLoneCr(before, next) {
  for (let at = before.length; (at = before.lastIndexOf("\r", at - 1)) >= 0; ) {
    const after = at + 1 < before.length ? before.charCodeAt(at + 1) : next;
    if (after !== 10) return at;
    if (at === 0) break;
  }
  return -1;
}
