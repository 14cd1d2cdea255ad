// The package's command says what the native one says.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { before, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";

import { emoji, fixtures, packed, project, root } from "./support.mjs";

const bin = new URL("node_modules/.bin/seamlint", project).pathname;
const native = process.env.SEAMLINT;
const work = new URL("work/", packed);

const run = (program, args, input) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: work, encoding: "utf8", input, maxBuffer: 1 << 30 });
  return { status, stdout, stderr };
};

/** Both commands, which must say the same. */
function both(args, input) {
  const wanted = run(native, args, input);
  assert.deepEqual(run(bin, args, input), wanted, args.join(" "));
  return wanted;
}

before(() => {
  assert.ok(native, "SEAMLINT names the command to compare with; `cargo xtask test --only npm` sets it");
  mkdirSync(work, { recursive: true });
  for (const [name, bytes] of fixtures()) {
    mkdirSync(new URL(".", new URL(name, work)), { recursive: true });
    writeFileSync(new URL(name, work), bytes);
  }
  writeFileSync(new URL("emoji.json", work), emoji);
  writeFileSync(new URL("lines\u2028and\u001b[31m.json", work), '{ "customer_key": "c\\u202e", "rooms": 7, "spaces": [{ "space_key": "a\u200b", "name": "\u{e0041}" }] }');
  writeFileSync(new URL("broken.json", work), Buffer.from([0x7b, 0xff, 0x22]));
  writeFileSync(new URL("empty.json", work), "");
  mkdirSync(new URL("nothing", work), { recursive: true });
  writeFileSync(new URL("short.json.gz", work), gzipSync("{}").subarray(0, 12));
  writeFileSync(new URL("package.json", work), '{ "name": "no payload" }');
  writeFileSync(new URL("rooms.json", work), '{ "rooms": [{ "room_key": "101", "name": "Room 101" }] }');
  writeFileSync(new URL("stay.json", work), '{ "customer_key": "c", "reservations": [{ "reservation_key": "r", "room_keys": ["101"], "starts_at": "2025-01-01T00:00:00Z", "ends_at": "2025-01-02T00:00:00Z" }] }');
});

const files = () => [...fixtures().map(([name]) => name), "emoji.json", "lines\u2028and\u001b[31m.json", "broken.json", "empty.json"];

test("check says the same of every fixture, and of all together", () => {
  for (const format of ["concise", "json"]) {
    for (const name of files()) both(["check", "--format", format, name]);
    assert.equal(both(["check", "--format", format, ...files()]).status, 1);
  }
  assert.match(run(bin, ["check", "--format", "concise", "tests/fixtures/readme.json"]).stdout, /^tests\/fixtures\/readme\.json:\d+:\d+: warning\[dangling-reference\]/);
});

test("excerpts are the default, and show the place in its line", () => {
  writeFileSync(new URL("long.json", work), `{ "customer_key": "c", "rooms": [${'{ "room_key": "é", "name": "R" },'.repeat(500)}{ "room_key": "", "name": "\u001b[31m" }] }`);
  const { status, stdout } = run(bin, ["check", "--rule", "duplicate-key=off", "long.json", "tests/fixtures/readme.json"]);
  assert.equal(status, 1);
  const [block] = stdout.split("\n\n");
  const [title, , line, marks] = block.split("\n");
  assert.equal(title, "error[schema-min-length] room_key is empty; the API takes at least 1 character");
  assert.ok(line.length < 160, line);
  assert.equal(line.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1), '""');
  assert.match(line, /\\u\{1b\}\[31m/);
  // What is said is what the native command says.
  const wanted = JSON.parse(run(native, ["check", "--format", "json", "tests/fixtures/readme.json"]).stdout);
  for (const { message, help, note, pointer } of wanted.files[0].diagnostics) {
    for (const text of [message, help, note, pointer].filter(Boolean)) assert.ok(stdout.includes(text), text);
  }
  const summary = (args) => run(native, args).stdout.trimEnd().split("\n").at(-1);
  const args = ["check", "tests/fixtures/readme.json", "emoji.json"];
  assert.equal(run(bin, args).stdout.trimEnd().split("\n").at(-1), summary(args));
  both(["check", "--stats", "--format", "concise", "--payloads-only", "package.json", "emoji.json"]);
  const redacted = run(bin, ["check", "--redact", "emoji.json"]).stdout;
  assert.doesNotMatch(redacted, / \| /);
});

test("the exit status follows --fail-on", () => {
  for (const [level, status] of [["error", 0], ["warning", 1], ["info", 1]]) {
    assert.equal(both(["check", "--format", "concise", "--fail-on", level, "tests/fixtures/readme.json"]).status, status);
  }
  assert.equal(both(["check", "--format", "json", "--fail-on", "info", "tests/fixtures/fixes/clean.json"]).status, 0);
});

test("options do the same", () => {
  const check = ["check", "--format", "json"];
  const readme = "tests/fixtures/readme.json";
  both([...check, "--rule", "dangling-reference=error", "--rule", "nothing-to-open=off", readme]);
  both([...check, "--redact", readme, "emoji.json"]);
  both([...check, "--closed-world", "stay.json"]);
  both([...check, "--now", "2026-11-23T00:00:00Z", "stay.json"]);
  both(["check", "--format", "concise", "--max-per-code", "1", ...files()]);
  both([...check, "--context", "rooms.json", "--closed-world", "stay.json"]);
  writeFileSync(new URL("rooms.jsonl", work), '{ "customer_key": "c" }\n\n{ "customer_key": "c", "rooms": [{ "room_key": "101", "name": "Room 101" }] }\n');
  writeFileSync(new URL("odd.jsonl", work), '{ "rooms": [] }\r\n{}\n');
  assert.doesNotMatch(both([...check, "--context", "rooms.jsonl", "--closed-world", "stay.json"]).stdout, /dangling/);
  assert.match(both([...check, "--context", "odd.jsonl", "stay.json"]).stderr, /odd\.jsonl:2 as a payload/);
  const { stdout } = run(native, ["keys", "rooms.json"]);
  writeFileSync(new URL("known.json", work), stdout);
  both([...check, "--known", "known.json", "--closed-world", "stay.json"]);
  both([...check, "./stay.json"]);
  both([...check, "-"], emoji);
  both([...check, "--stdin-filename", "x.json", "-"], "");
  both(["check", "--format", "concise", "--stdin-filename", "x.json", "-"], "{}");
});

test("folders, lines and gzip do the same", () => {
  const lines = `{ "customer_key": "c" }\r\n\n[]\n{ "customer_key": "", "rooms": "😀" }`;
  mkdirSync(new URL("night/deep", work), { recursive: true });
  writeFileSync(new URL("night/b.jsonl", work), lines);
  writeFileSync(new URL("night/a.ndjson.gz", work), gzipSync(lines));
  writeFileSync(new URL("night/deep/c.JSON", work), "{ \"customer_key\": 7 }");
  writeFileSync(new URL("night/deep/d.jsonl", work), "{ \"level\": \"info\" }\n");
  writeFileSync(new URL("night/deep/e.txt", work), "{ \"customer_key\": 7 }");
  for (const format of ["concise", "json"]) {
    for (const path of ["night", "./night/", "night/deep", "night/a.ndjson.gz", "night/b.jsonl"]) {
      assert.equal(both(["check", "--format", format, path]).status, 1, path);
    }
    both(["check", "--format", format, "--all", "night"]);
    both(["check", "--format", format, "--stdin-filename", "x.jsonl", "-"], lines);
  }
  assert.match(both(["check", "--format", "concise", "night"]).stdout, /^night\/b\.jsonl:4:/m);
});

test("--as-set checks the files of one customer as one", () => {
  const stay = { reservation_key: "r", name: "Stay", starts_at: "2026-01-01T15:00:00+01:00", ends_at: "2026-01-02T11:00:00+01:00", guest_key: "g", room_keys: ["é-101", "102"] };
  const rooms = { customer_key: "c", rooms: [{ room_key: "é-101", name: "😀" }, { room_key: "r", name: "R" }] };
  mkdirSync(new URL("set/deep", work), { recursive: true });
  writeFileSync(new URL("set/a.json", work), JSON.stringify({ customer_key: "c", reservations: [stay] }));
  writeFileSync(new URL("set/b.jsonl", work), `${JSON.stringify(rooms)}\n\n${JSON.stringify({ customer_key: "d", reservations: [stay] })}\n`);
  writeFileSync(new URL("set/deep/c.json.gz", work), gzipSync(JSON.stringify(rooms)));
  writeFileSync(new URL("set/package.json", work), '{ "name": "no payload" }');
  for (const format of ["concise", "json"]) {
    both(["check", "--as-set", "--format", format, "set"]);
    both(["check", "--as-set", "--format", format, "--closed-world", "set"]);
    both(["check", "--as-set", "--format", format, "--stats", "--payloads-only", "set/package.json", "set/a.json", "nothing"]);
    both(["check", "--as-set", "--format", format, ...files()]);
    both(["check", "--as-set", "--format", format, "--payloads-only", "set/package.json"]);
  }
  // The set says what no file by itself does.
  const found = (...args) => run(bin, ["check", "--format", "concise", ...args, "set"]).stdout;
  assert.match(found("--as-set"), /^set\/deep\/c\.json\.gz:1:\d+: info\[duplicate-key\]/m);
  assert.doesNotMatch(found(), /duplicate-key/);
  assert.match(run(bin, ["check", "--as-set", "set"]).stdout, /^ {2}see: set\/b\.jsonl:1:\d+: /m);
  const { status, stderr } = run(bin, ["check", "--as-set", "--fix", "set"]);
  assert.deepEqual([status, run(native, ["check", "--as-set", "--fix", "set"]).status], [2, 2]);
  assert.match(stderr, /--as-set/);
});

test("--fix mends as the native command does", () => {
  const site = '{ "customer_key": "c", "sites": [{ "site_key": "a ", "name": "N" }, ], }';
  const fixtures = ["clean", "coordinates", "json-syntax", "key-whitespace", "time-of-day", "unknown-member"].map((name) => `tests/fixtures/fixes/${name}.json`);
  const lines = `${site}\r\n\n[]\n${site}`;
  const cases = [
    ...fixtures.map((name) => [name.split("/").at(-1), readFileSync(new URL(name, work))]),
    ["lines.jsonl", Buffer.from(lines)],
    ["broken.json", Buffer.from([0x7b, 0xff, 0x22])],
    ["package.json", Buffer.from('{ "name": "no payload", }')],
  ];
  for (const flags of [["--fix"], ["--unsafe-fixes"]]) {
    const [mine, theirs] = [bin, native].map((program) => {
      const folder = new URL(`mend-${program === bin ? "npm" : "native"}${flags[0]}/`, work);
      mkdirSync(folder, { recursive: true });
      for (const [name, bytes] of cases) writeFileSync(new URL(name, folder), bytes);
      const args = ["check", "--format", "concise", "--payloads-only", ...flags, ...cases.map(([name]) => name)];
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
      const left = readdirSync(folder).sort().map((name) => [name, readFileSync(new URL(name, folder), "utf8")]);
      return { status, stdout, stderr, left };
    });
    assert.deepEqual(mine, theirs);
    assert.equal(mine.left.length, cases.length);
    assert.equal(mine.left.find(([name]) => name === "lines.jsonl")[1], lines.replaceAll("a ", "a").replaceAll("}, ], }", "} ] }"));
  }
  writeFileSync(new URL("night/f.json.gz", work), gzipSync(site));
  assert.equal(run(bin, ["check", "--fix", "night/f.json.gz"]).status, 0);
  assert.equal(gunzipSync(readFileSync(new URL("night/f.json.gz", work))).toString(), site.replace("a ", "a").replace("}, ], }", "} ] }"));
});

test("--payloads-only passes over what is no payload", () => {
  const only = ["check", "--payloads-only", "--format", "concise"];
  assert.deepEqual(run(bin, [...only, "package.json"]), { status: 0, stdout: "", stderr: "" });
  assert.equal(run(bin, ["check", "package.json"]).status, 1);
  const { stdout } = run(bin, ["check", "--payloads-only", "--format", "json", "package.json"]);
  const { summary, files } = JSON.parse(stdout);
  assert.deepEqual([files, summary.files, summary.errors], [[], 0, 0]);
  assert.deepEqual(run(bin, [...only, "package.json", "emoji.json"]), run(native, ["check", "--format", "concise", "emoji.json"]));
});

test("what cannot be done is an error: status 2, on standard error, and the rest is done", () => {
  const failing = (args, wanted) => {
    const { status, stdout, stderr } = run(bin, args);
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, wanted);
    return stdout;
  };
  const rest = failing(["check", "--format", "concise", "missing.json", "emoji.json"], /^seamlint: error: cannot read missing\.json: /);
  assert.equal(rest, run(native, ["check", "--format", "concise", "emoji.json"]).stdout);
  assert.equal(run(native, ["check", "missing.json", "emoji.json"]).status, 2);
  both(["check", "--format", "concise", "nothing"]);
  failing(["check", "short.json.gz"], /^seamlint: error: cannot read short\.json\.gz: /);
  failing(["check", "--no-such-flag", "emoji.json"], /no-such-flag/);
  failing(["check", "--format", "sarif", "emoji.json"], /pretty, concise, json/);
  failing(["check", "--fail-on", "fatal", "emoji.json"], /fail-on/);
  failing(["check", "--known", "missing.json", "emoji.json"], /known keys missing\.json/);
  failing(["check", "--known", "stay.json", "emoji.json"], /options\.known/);
  failing(["check", "--context", "package.json", "emoji.json"], /cannot use package\.json as a payload/);
  failing(["check", "--max-per-code", "some", "emoji.json"], /maxPerCode|max-per-code/);
  failing([], /Usage/);
  failing(["fix"], /Usage/);
  for (const args of [["explain", "no-such-rule"], ["explain", "dangling-referenc"], ["check", "--rule", "dangling-referense=off", "emoji.json"], ["check", "--now", "today", "emoji.json"]]) {
    assert.equal(both(args).status, 2);
  }
});

test("a seamlint.toml is not passed over in silence", () => {
  mkdirSync(new URL("configured/deep", work), { recursive: true });
  writeFileSync(new URL("configured/seamlint.toml", work), '[rules]\n"schema-type" = "off"\n');
  writeFileSync(new URL("configured/deep/a.json", work), '{ "customer_key": 7 }');
  const args = ["check", "--format", "concise", "configured/deep"];
  const refused = run(bin, args);
  assert.deepEqual([refused.status, refused.stdout], [2, ""]);
  assert.match(refused.stderr, /^seamlint: error: .*configured\/seamlint\.toml is read by the native command alone; --isolated /);
  assert.equal(run(native, args).status, 0);
  assert.equal(both([...args, "--isolated"]).status, 1);
});

test("explain and rules are the native command's", () => {
  both(["rules"]);
  both(["rules", "--format", "json"]);
  for (const { code } of JSON.parse(readFileSync(new URL("schema/rules.json", root), "utf8"))) both(["explain", code]);
});

test("help and version", () => {
  assert.equal(run(bin, ["--version"]).stdout, run(native, ["-V"]).stdout);
  const { status, stdout } = run(bin, ["--help"]);
  assert.equal(status, 0);
  // Every option that is told exists.
  for (const [, option] of stdout.matchAll(/^ {2}(--[a-z-]+)/gm)) {
    assert.doesNotMatch(run(bin, ["check", option, "x", "emoji.json"]).stderr, /Unknown option/, option);
  }
});

test("a reader that goes away is no error", () => {
  const { status, stderr } = spawnSync("sh", ["-c", `"${bin}" rules --format json | head -c 10`], { cwd: work, encoding: "utf8" });
  assert.deepEqual([status, stderr], [0, ""]);
});
