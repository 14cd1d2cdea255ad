#!/usr/bin/env node
// The command on the package's own engine: `seamlint check`, `explain` and `rules`, as the native
// command has them. What is said about payloads comes from the engine.

import { accessSync, chmodSync, constants, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";

import { checkFiles, isPayload } from "../dist/core.js";
import { explain, fix, loadSync, rules, version } from "../dist/node.js";

const HELP = `Checks Seam push_data payloads offline, before they are sent.

Usage: seamlint check [OPTIONS] [PATH...]  check files, folders (searched for payloads) or - for standard input
       seamlint explain CODE              say what a rule is about, with examples
       seamlint rules [--format table|json]

Options of check:
  --format FORMAT             pretty (with excerpts, the default), concise (one line a finding), or
                              json (the JSON report, version 1)
  --fail-on SEVERITY          the least severity for exit status 1: error, warning or info
  --payloads-only             pass over files that do not look like push_data payloads
  --all                       check every .json, .jsonl and .ndjson file of folders
  --stats                     say on standard error what was checked, passed over and found
  --rule CODE=SEVERITY        set a rule to off, info, warning or error; may be given again
  --known FILE                keys that exist already, as \`keys\` gives them; may be given again
  --context FILE              a payload whose resources exist already; may be given again
  --as-set                    check the files of one customer as one, references across files too
  --closed-world              what is given is all there is
  --now RFC3339               find stays that ended before this instant
  --fix                       mend files in place, by the safe fixes; the report is of what is left
  --unsafe-fixes              as --fix, by the unsafe fixes too: they are guesses, to be looked at
  --isolated                  check as if there were no seamlint.toml, which this command does not read
  --redact                    keep the payload's values out of the output
  --max-per-code COUNT        list so many findings of one code; 0 lists all [default: 1000]
  --stdin-filename NAME       what standard input is called [default: <stdin>]
  -h, --help    -V, --version

Exit status: 0 nothing at or above --fail-on; 1 findings; 2 could not do the work.
`;

/** Why the work could not be done. */
class Failure extends Error {}

const LOUDNESS = ["error", "warning", "info"];

/** One of the words that an option takes. */
function choice(name, value, words) {
  if (words.includes(value)) return value;
  throw new Failure(`--${name} takes ${words.join(", ")}; it is ${JSON.stringify(value)}`);
}

/** Does what may go wrong in the world, or in the engine with what is given. */
function attempt(what, work) {
  try {
    return work();
  } catch (error) {
    throw new Failure(what ? `${what}: ${error.message}` : error.message);
  }
}

function complain(failure) {
  process.stderr.write(`seamlint: error: ${failure.message}\n`);
}

/** As the native command shows a path. */
const shown = (path) => (process.platform === "win32" ? path.replaceAll("\\", "/") : path).replace(/^\.\//, "");

/** What gzip has compressed (RFC 1952) begins as no JSON text does. */
const isCompressed = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What a file holds, and whether it was compressed. */
function open(path) {
  const what = path === "-" ? "standard input" : shown(path);
  return attempt(`cannot read ${what}`, () => {
    const bytes = readFileSync(path === "-" ? 0 : path);
    return isCompressed(bytes) ? { bytes: gunzipSync(bytes), compressed: true } : { bytes, compressed: false };
  });
}

const read = (path) => open(path).bytes;

/** Replaces a file's content, all at once or not at all: another file beside it takes its name. */
function replace(path, content) {
  const target = realpathSync(path);
  const { mode } = statSync(target);
  // A rename would succeed all the same.
  accessSync(target, constants.W_OK);
  const other = join(dirname(target), `.seamlint-${process.pid}-${basename(target)}`);
  try {
    writeFileSync(other, content, { flag: "wx", flush: true });
    chmodSync(other, mode);
    renameSync(other, target);
  } catch (error) {
    rmSync(other, { force: true });
    throw error;
  }
}

/** Texts in UTF-8, and nothing else. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Gives each payload of a text, with its line, and joins what comes back: JSON Lines has one a line. */
function eachPayload(name, text, work) {
  if (!/\.(jsonl|ndjson)(\.gz)?$/i.test(name)) return work(text);
  return text
    .split(/(\r?\n)/)
    .map((part, at) => (at % 2 === 1 || /^[ \t\r]*$/.test(part) ? part : work(part, at / 2 + 1)))
    .join("");
}

/** Bytes as the fixes leave them; those that are not UTF-8 as they are. */
function mended(name, bytes, isUnsafe, options) {
  let text;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return bytes;
  }
  const after = eachPayload(name, text, (payload, line) => {
    const one = fix(payload, { ...options, unsafe: isUnsafe }).text;
    // A payload that would take two lines is none of JSON Lines any more.
    return line !== undefined && /[\r\n]/.test(one) ? payload : one;
  });
  return Buffer.from(after);
}

/** What may hold payloads, as the native command has it. */
const NAMES = /\.(json|jsonl|ndjson)(\.gz)?$/i;

/** The files of a folder, sorted; no hidden ones, and not those of other packages. */
function walk(folder) {
  const entries = attempt(`cannot search ${shown(folder)}`, () => readdirSync(folder, { withFileTypes: true }));
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  return entries.flatMap((entry) => {
    const path = folder === "." ? entry.name : `${folder.replace(/[\\/]+$/, "")}/${entry.name}`;
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    if (entry.isDirectory()) return walk(path);
    return entry.isFile() && NAMES.test(entry.name) ? [path] : [];
  });
}

/** The files that paths name, each with whether it is passed over if it looks like no payload. */
function find(paths, values) {
  const onlyPayloads = (values["payloads-only"] ?? false) && !values.all;
  return paths.flatMap((path) => {
    const isFolder = path !== "-" && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
    if (!isFolder) return [{ path, onlyPayloads }];
    const files = walk(path);
    if (files.length === 0) return [{ path, failure: new Failure(`no .json, .jsonl or .ndjson file in ${shown(path)}`) }];
    return files.map((file) => ({ path: file, onlyPayloads: !values.all }));
  });
}

/** The native command heeds a seamlint.toml: what is checked here without it would be checked by other rules. */
function refuseConfigurations(jobs) {
  const seen = new Set();
  for (const { path } of jobs) {
    let folder = path === "-" ? process.cwd() : dirname(resolve(path));
    while (!seen.has(folder)) {
      seen.add(folder);
      const config = join(folder, "seamlint.toml");
      if (statSync(config, { throwIfNoEntry: false })) {
        throw new Failure(`${shown(relative(process.cwd(), config))} is read by the native command alone; --isolated checks without it`);
      }
      folder = dirname(folder);
    }
  }
}

function engineOptions(values) {
  const levels = {};
  for (const text of values.rule ?? []) {
    const [code, level] = text.split("=", 2);
    if (level === undefined) throw new Failure(`--rule ${text}: write it as CODE=SEVERITY, such as unknown-member=error`);
    levels[code] = choice(`rule ${code}`, level, ["off", "info", "warning", "error"]);
  }
  const known = (values.known ?? []).map((path) =>
    attempt(`cannot read the known keys ${shown(path)}`, () => JSON.parse(readFileSync(path, "utf8"))),
  );
  const context = [];
  for (const path of values.context ?? []) {
    const name = shown(path);
    const bytes = read(path);
    const text = attempt(`cannot use ${name} as a payload`, () => UTF8.decode(bytes));
    eachPayload(name, text, (payload, line) => {
      if (!isPayload({ name: "", bytes: Buffer.from(payload) })) {
        const place = line === undefined ? name : `${name}:${line}`;
        throw new Failure(`cannot use ${place} as a payload: it has neither customer_key nor a collection`);
      }
      context.push(payload);
      return payload;
    });
  }
  const maxPerCode = Number(values["max-per-code"] ?? 1000);
  return {
    rules: levels,
    known,
    context,
    maxPerCode,
    redact: values.redact ?? false,
    closedWorld: values["closed-world"] ?? false,
    ...(values.now === undefined ? {} : { now: values.now }),
  };
}

/** What cannot be seen is escaped: it means the same to a program and does no harm in a terminal. */
const HIDDEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;
const escaped = (text) =>
  text.replace(HIDDEN, (hidden) => hidden.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`));

/** Text for a terminal: what cannot be seen, or does harm there, is escaped. */
const visible = (text) =>
  text.replace(/[\u0000-\u001f]/g, (control) => ({ "\n": "\\n", "\r": "\\r", "\t": "\\t" })[control] ?? `\\u{${control.charCodeAt(0).toString(16)}}`)
    .replace(HIDDEN, (hidden) => `\\u{${hidden.codePointAt(0).toString(16)}}`);

/** How many bytes of a line an excerpt shows before a place, of it, and after it: a line may be megabytes. */
const SHOWN = { before: 40, place: 60, after: 30 };

/** The line of a place, as far as it is near, and what marks the place below it. */
function excerpt(bytes, { start, end }) {
  const isBreak = (at) => bytes[at] === 0x0a || bytes[at] === 0x0d;
  const isInside = (at) => (bytes[at] & 0xc0) === 0x80;
  let first = start.offset;
  while (first > 0 && !isBreak(first - 1) && start.offset - first < SHOWN.before) first -= 1;
  while (first < start.offset && isInside(first)) first += 1;
  let middle = Math.min(end.offset, start.offset + SHOWN.place);
  for (let at = start.offset; at < middle; at += 1) if (isBreak(at)) middle = at;
  while (middle > start.offset && isInside(middle)) middle -= 1;
  let last = middle;
  while (last < bytes.length && !isBreak(last) && last - middle < SHOWN.after) last += 1;
  while (last > middle && isInside(last)) last -= 1;
  const part = (from, to) => visible(bytes.subarray(from, to).toString("utf8"));
  const before = (first > 0 && !isBreak(first - 1) ? "…" : "") + part(first, start.offset);
  const place = part(start.offset, middle);
  const after = part(middle, last) + (last < bytes.length && !isBreak(last) ? "…" : "");
  const length = (text) => [...text].length;
  const number = String(start.line);
  return [
    ` ${number} | ${before}${place}${after}`,
    ` ${" ".repeat(number.length)} | ${" ".repeat(length(before))}${"^".repeat(Math.max(1, length(place)))}`,
  ];
}

/** The findings of a file, for people. */
function pretty(path, bytes, file, isRedacted) {
  const blocks = file.diagnostics.map((found) => {
    const lines = [
      `${found.severity}[${found.code}] ${found.message}`,
      ` --> ${visible(path)}:${found.range.start.line}:${found.range.start.column}`,
      ...(isRedacted ? [] : excerpt(bytes, found.range)),
    ];
    if (found.help) lines.push(`  help: ${found.help}`);
    if (found.note) lines.push(`  why: ${found.note}`);
    for (const { path: other, range, message } of found.related ?? []) {
      lines.push(`  see: ${visible(other ?? path)}:${range.start.line}:${range.start.column}: ${message}`);
    }
    if (found.fix) lines.push(`  fix: ${found.fix.title} (${found.fix.safety})`);
    if (found.pointer) lines.push(`  at: ${visible(found.pointer)}`);
    return `${lines.join("\n")}\n\n`;
  });
  for (const { code, count } of file.omitted ?? []) blocks.push(`${visible(path)}: ${count} more ${code}\n\n`);
  return blocks.join("");
}

/** What has been done and found, in a line. */
function summaryOf({ files, errors, warnings, infos }, passedOver) {
  const number = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const counts = [[errors, "error"], [warnings, "warning"], [infos, "info"]].filter(([count]) => count > 0);
  const found = counts.map(([count, noun]) => number(count, noun)).join(", ") || "nothing found";
  const rest = passedOver > 0 ? ` (${number(passedOver, "file")} passed over: no push_data payload)` : "";
  return `${number(files, "file")} checked: ${found}${rest}\n`;
}

function check(paths, values) {
  const format = choice("format", values.format ?? "pretty", ["pretty", "concise", "json"]);
  const failOn = choice("fail-on", values["fail-on"] ?? "error", LOUDNESS);
  const fixes = values.fix || values["unsafe-fixes"];
  if (fixes && paths.includes("-")) throw new Failure("standard input is mended by the native command alone");
  const asSet = values["as-set"] ?? false;
  if (fixes && asSet) throw new Failure("--as-set goes with no fixes: they are made file by file");
  const options = engineOptions(values);
  // Before anything is read: options that make no sense are no matter of a file.
  const [nothing] = attempt("", () => checkFiles([{ name: "", bytes: new Uint8Array() }], false, options));
  const whole = { ...nothing.report, files: [] };
  for (const name of Object.keys(whole.summary)) whole.summary[name] = 0;
  let failed = false;
  let passedOver = 0;
  /** What reading, checking or mending one file gives; its failure is told, and the others go on. */
  const each = (work) => {
    try {
      return work();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      complain(failure);
      failed = true;
      return undefined;
    }
  };
  const load = ({ path, onlyPayloads, failure }) =>
    each(() => {
      if (failure) throw failure;
      const file = { path, name: path === "-" ? (values["stdin-filename"] ?? "<stdin>") : shown(path), ...open(path) };
      if (!onlyPayloads || attempt(file.name, () => isPayload(file))) return file;
      passedOver += 1;
      return undefined;
    });
  const add = ({ name, bytes }, { concise, report }) => {
    if (format === "concise") process.stdout.write(concise);
    if (format === "pretty") {
      for (const file of report.files) process.stdout.write(pretty(name, bytes, file, options.redact));
    }
    whole.files.push(...report.files);
    for (const [count, number] of Object.entries(report.summary)) whole.summary[count] += number;
  };
  const mend = (file) => {
    const after = mended(file.name, file.bytes, values["unsafe-fixes"] ?? false, options);
    if (after.equals(file.bytes)) return;
    const content = file.compressed ? gzipSync(after) : after;
    each(() => {
      attempt(`cannot mend ${file.name}, which is unchanged`, () => replace(file.path, content));
      file.bytes = after;
    });
  };
  const jobs = find(paths.length === 0 ? ["."] : paths, values);
  if (!values.isolated) refuseConfigurations(jobs);
  if (asSet) {
    const files = jobs.map(load).filter((file) => file !== undefined);
    const checked = each(() => attempt("the set", () => checkFiles(files, true, options))) ?? [];
    checked.forEach((one, at) => add(files[at], one));
  } else {
    for (const job of jobs) {
      const file = load(job);
      if (!file) continue;
      each(() => {
        if (fixes) attempt(file.name, () => mend(file));
        const [checked] = attempt(file.name, () => checkFiles([file], false, options));
        add(file, checked);
      });
    }
  }
  if (values.stats) process.stderr.write(summaryOf(whole.summary, passedOver));
  else if (format === "pretty") process.stdout.write(summaryOf(whole.summary, passedOver));
  if (format === "json") process.stdout.write(`${escaped(JSON.stringify(whole, undefined, 2))}\n`);
  if (failed) return 2;
  const { errors, warnings, infos } = whole.summary;
  const loud = [errors, warnings, infos].slice(0, LOUDNESS.indexOf(failOn) + 1);
  return loud.some((count) => count > 0) ? 1 : 0;
}

function table() {
  const all = rules();
  const width = Math.max(...all.map(({ code }) => code.length));
  const fixes = { none: "", safe: "fix", both: "fix", unsafe: "unsafe" };
  return all
    .map((rule) => {
      const severity = rule.on_by_default ? rule.severity : "off";
      return `${rule.code.padEnd(width)}  ${severity.padEnd(7)}  ${fixes[rule.fix].padEnd(6)}  ${rule.summary}\n`;
    })
    .join("");
}

function main() {
  const text = { type: "string" };
  const many = { type: "string", multiple: true };
  const flag = { type: "boolean" };
  const { positionals, values } = attempt("", () =>
    parseArgs({
      allowPositionals: true,
      options: {
        format: text, "fail-on": text, "payloads-only": flag, all: flag, stats: flag, fix: flag, "unsafe-fixes": flag, "as-set": flag, isolated: flag, rule: many, known: many, context: many, "closed-world": flag,
        now: text, redact: flag, "max-per-code": text, "stdin-filename": text,
        help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "V" },
      },
    }),
  );
  loadSync();
  const [command, ...rest] = positionals;
  if (values.help) process.stdout.write(HELP);
  else if (values.version) process.stdout.write(`seamlint ${version().version}\n`);
  else if (command === "check") return check(rest, values);
  else if (command === "explain" && rest.length === 1) process.stdout.write(attempt("", () => explain(rest[0])));
  else if (command === "rules" && rest.length === 0) {
    const format = choice("format", values.format ?? "table", ["table", "json"]);
    process.stdout.write(format === "table" ? table() : `${escaped(JSON.stringify(rules(), undefined, 2))}\n`);
  } else {
    process.stderr.write(HELP);
    return 2;
  }
  return 0;
}

// A reader that has gone away has seen enough.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});
try {
  process.exitCode = main();
} catch (failure) {
  if (!(failure instanceof Failure)) throw failure;
  complain(failure);
  process.exitCode = 2;
}
