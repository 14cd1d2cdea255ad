import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { asUtf16, command, emoji, fixtures, installed, packed, project, require, root, seamlint } from "./support.mjs";
import { JAVASCRIPT, MODULE, brotli } from "../scripts/limits.mjs";

const { applyFix, assertPushData, check, checkForm, checkResource, explain, fix, fieldMessages, keys, load, loadSync, pushData, pushDataWith, resource, rules, safeCheck, schema, SeamlintError, version } = seamlint;

test("the first check loads the module", () => {
  assert.equal(check("{}").summary.errors, 1);
});

test("load may be called twice, also at once", async () => {
  await Promise.all([load(), load()]);
  await load();
  loadSync();
  assert.equal(version().version, "0.1.0");
});

test("the tarball holds what users need and no more", () => {
  const files = JSON.parse(readFileSync(new URL("files.json", packed), "utf8"));
  for (const file of files) {
    assert.match(file, /^(package\.json|README\.md|LICENSE-(APACHE|MIT)|bin\/seamlint\.mjs|dist\/[a-z0-9.-]+\.(js|cjs|css|d\.ts|d\.cts|wasm)|dist\/fast\/seamlint\.wasm|dist\/command\/(glue\.js|instance\.js|main\.js|system\.js|seamlint\.wasm))$/, file);
  }
  for (const file of ["README.md", "LICENSE-MIT", "dist/seamlint.wasm", "dist/fast/seamlint.wasm", "dist/node.cjs", "dist/style.css"]) {
    assert.ok(files.includes(file), file);
  }
});

test("the package works by its name, as a module and by require", () => {
  const work = 'console.log(check("{}").summary.errors)';
  const noLoad = `import { check } from "seamlint/inline"; try { ${work} } catch ({ message }) { console.log(message); }`;
  const run = (name, code) => {
    writeFileSync(new URL(name, project), code);
    return execFileSync(process.execPath, [name], { cwd: project, encoding: "utf8" }).trim();
  };
  assert.equal(run("a.mjs", `import { check, load } from "seamlint"; await load(); ${work}`), "1");
  assert.equal(run("g.mjs", `import { check } from "seamlint"; ${work}`), "1");
  assert.equal(run("h.cjs", `const { check } = require("seamlint"); ${work}`), "1");
  assert.match(run("i.mjs", noLoad), /await load\(\) once/);
  assert.equal(run("b.cjs", `const { check, loadSync } = require("seamlint"); loadSync(); ${work}`), "1");
  assert.equal(run("c.mjs", `import { check, loadSync } from "seamlint/inline"; loadSync(); ${work}`), "1");
  assert.equal(run("d.cjs", `const { check, load } = require("seamlint/inline"); load().then(() => ${work})`), "1");
  assert.equal(run("e.mjs", `import { createRequire } from "node:module"; import { readFileSync } from "node:fs";
    import { check, loadSync } from "seamlint";
    loadSync(readFileSync(createRequire(import.meta.url).resolve("seamlint/wasm"))); ${work}`), "1");
  assert.equal(run("f.mjs", `import { createRequire } from "node:module"; import { readFileSync } from "node:fs";
    import { check, loadSync } from "seamlint/inline";
    loadSync(readFileSync(createRequire(import.meta.url).resolve("seamlint/wasm/fast"))); ${work}`), "1");
});

/** Runs a program in a process of its own, where nothing is loaded. */
const alone = (code, cwd = project) => execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd, encoding: "utf8" });

test("importing makes nothing: jsdom has no TextDecoder", () => {
  for (const entry of ["node.js", "browser.js", "inline.js", "deno.js"]) {
    const said = alone(`
      const { TextDecoder, TextEncoder } = globalThis;
      for (const name of ["TextDecoder", "TextEncoder"]) delete globalThis[name];
      const { check, loadSync } = await import("./node_modules/seamlint/dist/${entry}");
      const bytes = (await import("node:fs")).readFileSync("node_modules/seamlint/dist/seamlint.wasm");
      try { loadSync(bytes); } catch ({ message }) { console.log(message); }
      Object.assign(globalThis, { TextDecoder, TextEncoder });
      loadSync(bytes);
      console.log(check("{}").summary.errors);
    `);
    assert.match(said, /^seamlint: cannot use the module: .*TextDecoder is not defined\n1\n$/, entry);
  }
});

test("a module of another realm is one, and one that is not ours leaves nothing behind", () => {
  alone(`
    import assert from "node:assert/strict";
    import { readFileSync } from "node:fs";
    import vm from "node:vm";
    import { check, load, loadSync } from "seamlint/inline";
    const foreign = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    for (let round = 0; round < 2; round++) {
      await assert.rejects(load(foreign), /^Error: seamlint: cannot use the module: /);
      assert.throws(() => loadSync(foreign), /^Error: seamlint: cannot use the module: /);
      await assert.rejects(load(foreign.subarray(1)), /^Error: seamlint: cannot load the module: /);
      assert.throws(() => check("{}"), /not loaded/);
    }
    const bytes = readFileSync("node_modules/seamlint/dist/seamlint.wasm");
    const module = vm.runInNewContext("new WebAssembly.Module(bytes)", { bytes });
    assert.ok(!(module instanceof WebAssembly.Module));
    await load(module);
    assert.equal(check("{}").summary.errors, 1);
    await load(foreign);
  `);
});

test("a module of another version is refused", () => {
  const copy = new URL("another-version/", packed);
  cpSync(installed, copy, { recursive: true });
  writeFileSync(new URL("dist/version.js", copy), 'export const VERSION = "0.0.9";\n');
  const said = alone('await import("./dist/inline.js").then(({ load }) => load()).catch(({ message }) => console.log(message));', copy);
  assert.equal(said, "seamlint: cannot use the module: it is of version 0.1.0, its JavaScript of 0.0.9\n");
});

test("the same report as the command for every fixture", () => {
  const all = fixtures();
  assert.ok(all.length >= 5, `${all.length} fixtures`);
  for (const [name, bytes] of all) {
    assert.deepEqual(check(bytes), asUtf16(command(bytes), bytes), name);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    assert.deepEqual(check(text), check(bytes), `${name} as text`);
  }
});

test("a clean report is its caller's own", () => {
  const text = '{"customer_key":"c","sites":[{"site_key":"s","name":"S"}]}';
  const report = check(text);
  assert.deepEqual(report, asUtf16(command(Buffer.from(text)), Buffer.from(text)));
  const before = structuredClone(report);
  report.tool.name = "another";
  report.summary.errors = 1;
  report.files[0].diagnostics.push({});
  report.files.push({});
  assert.deepEqual(check(text), before);
  assert.deepEqual(checkResource("sites", { site_key: "s", name: "S" }), before);
  assert.deepEqual(check(Buffer.from(text), { redact: true }), before);
});

test("letters and digits of all scripts are the command's", () => {
  // Of those that this engine's Unicode has: the command's may be newer.
  const guests = [];
  for (let code = 0x80; code < 0x30000; code += 61) {
    const character = String.fromCodePoint(code);
    if (/[\p{Cn}\p{Cs}]/u.test(character)) continue;
    guests.push({ guest_key: `guest_${code}`, name: "Ann", email_address: `ann@${character}b.com` });
  }
  const text = JSON.stringify({ customer_key: "c", guests });
  const report = check(text);
  const refused = report.files[0].diagnostics.filter(({ code, severity }) => code === "invalid-email" && severity === "warning").length;
  assert.ok(refused > 100 && refused < guests.length - 100, `${refused} of ${guests.length}`);
  assert.deepEqual(report, asUtf16(command(Buffer.from(text)), Buffer.from(text)));
});

test("offsets of emoji, combining marks and CJK are those of the string", () => {
  const text = emoji;
  const report = check(text);
  const bytes = Buffer.from(text);
  assert.deepEqual(report, asUtf16(command(bytes), bytes));
  const found = report.files[0].diagnostics.find(({ code }) => code === "schema-type");
  assert.equal(text.slice(found.range.start.offset, found.range.end.offset), "7");
});

test("a text arrives whole, wherever it leaves ASCII", () => {
  const bytesOf = (text) => check(Buffer.from(text));
  for (const character of ["é", "中", "😀", "\u0000"]) {
    for (let length = 0; length < 40; length++) {
      const ascii = "a".repeat(length);
      for (const text of [ascii + character, character + ascii, ascii + character.repeat(length) + ascii]) {
        const payload = JSON.stringify({ customer_key: text, rooms: 1 });
        assert.deepEqual(check(payload), bytesOf(payload), payload);
        assert.deepEqual(check(text), bytesOf(text), text);
      }
    }
  }
  assert.deepEqual(check(""), bytesOf(""));
});

test("a value is checked as its JSON text is", () => {
  for (const [name, bytes] of fixtures()) {
    let value;
    try {
      value = JSON.parse(bytes.toString());
    } catch {
      continue;
    }
    // A number that JavaScript reads as infinite has lost its text.
    if (/is -?Infinity/.test(JSON.stringify(checkForm(value)))) continue;
    assert.deepEqual(check(value), check(JSON.stringify(value)), name);
  }
});

test("what JSON cannot hold is named with its place", () => {
  const cycle = { a: [] };
  cycle.a.push(cycle);
  let deep = [];
  for (let at = 0; at < 5000; at++) deep = [deep];
  let wide = ["x".repeat(1000)];
  for (let at = 0; at < 40; at++) wide = [wide, wide];
  for (const [value, wanted] of [
    [{ spaces: [{ at: NaN }] }, /^spaces\.0\.at is NaN, which JSON cannot hold$/],
    [[1, undefined], /^1 is undefined/],
    // eslint-disable-next-line no-sparse-arrays
    [[1, , 2], /^1 is undefined/],
    [{ starts_at: new Date(NaN) }, /^starts_at is a Date that JSON writes as null$/],
    [new Array(5_000_000), /^the value is an array of holes/],
    [cycle, /^a\.0 contains itself$/],
    [{ a: 1n }, /^a is a bigint/],
    [{ a: () => 1 }, /^a is a function/],
    [{ a: Symbol("s") }, /^a is a symbol/],
    [{ a: new Map() }, /^a is a Map/],
    [{ a: { toJSON() { throw new Error("no"); } } }, /^a cannot be read$/],
    [deep, /nested more than 1000 deep$/],
    [wide, /more than 268435456 characters/],
    [{ get a() { throw new Error("no"); } }, /^a cannot be read$/],
    [{ a: new Proxy({}, { ownKeys() { throw new Error("no"); } }) }, /^a cannot be read$/],
    [Proxy.revocable({}, {}), /cannot be read/],
    ["{\ud800}", /half a surrogate pair at offset 1/],
    [undefined, /^the value is undefined/],
  ]) {
    if (value && typeof value === "object" && "revoke" in value) {
      value.revoke();
      assert.throws(() => check(value.proxy), /cannot be read/);
      continue;
    }
    assert.throws(() => check(value), (error) => {
      assert.ok(error instanceof TypeError || error instanceof RangeError);
      assert.match(error.message, wanted);
      return true;
    });
  }
  // The module has taken no harm.
  assert.equal(check('{"customer_key":"c","sites":[]}').summary.errors, 0);
});

test("what is around a payload is one finding, and the payload is checked", () => {
  const payload = '{"customer_key":"ü","rooms":[{"room_key":"r","name":"R"}],"sites":5}';
  const found = (report) => report.files[0].diagnostics;
  for (const [text, within] of [
    [`\`\`\`json\n${payload}\n\`\`\`\n`],
    [`const payload = ${payload};`],
    [JSON.stringify(payload)],
    [encodeURIComponent(payload)],
    [`{"data":${payload}}`, "/data"],
    [`[${payload}]`, "/0"],
  ]) {
    const bytes = new TextEncoder().encode(text);
    const report = check(text);
    assert.deepEqual(report, asUtf16(command(bytes), bytes), text);
    const errors = found(report).filter(({ severity }) => severity === "error");
    assert.deepEqual(errors.map(({ code, pointer }) => [code, pointer]), [["wrapped-payload", ""], ["schema-type", "/sites"]], text);
    assert.equal(errors[1].within, within);
    const { start, end } = errors[1].range;
    assert.equal(text.slice(start.offset, end.offset), "5", text);
    assert.equal(fix(text).text, text);
    assert.equal(fix(text, { unsafe: true }).text.trim(), payload, text);
  }
  // A value that is given is written as JSON, and paths are those of the value.
  const messages = checkForm({ data: JSON.parse(payload) });
  assert.deepEqual(messages["data.sites"].map(({ code }) => code), ["schema-type"]);
  assert.deepEqual(messages.data.map(({ code }) => code), ["wrapped-payload"]);
  const { issues } = pushData["~standard"].validate([JSON.parse(payload)]);
  assert.deepEqual(issues.map(({ path }) => path), [[0], [0, "sites"]]);
  // Bytes may be UTF-16: offsets are those of its text.
  const utf16 = Buffer.from(`\ufeff${payload}`, "utf16le");
  const [wrapped, type] = found(check(utf16)).filter(({ severity }) => severity === "error");
  assert.deepEqual([wrapped.code, type.range.start.offset], ["wrapped-payload", payload.indexOf("5")]);
});

test("values with toJSON are checked as JSON.stringify sends them", () => {
  class Decimal { toJSON(name) { return `${name}!`; } }
  const value = {
    customer_key: new Decimal(),
    reservations: [{ reservation_key: "r", starts_at: new Date(0), ends_at: { toJSON: () => new Date(1e9).toISOString() } }],
    left: { toJSON: () => undefined },
  };
  assert.deepEqual(check(value), check(JSON.stringify(value)));
  assert.deepEqual(checkForm(value), fieldMessages(check(JSON.stringify(value))));
});

test("bytes that are no JSON text are named", () => {
  const gone = new ArrayBuffer(8);
  structuredClone(gone, { transfer: [gone] });
  assert.throws(() => check(gone), { name: "TypeError", message: /buffer was transferred/ });
  assert.throws(() => check(new Uint8Array([0x1f, 0x8b, 8])), { name: "TypeError", message: /gzip/ });
});

test("misuse is an error in our words", () => {
  for (const [work, wanted] of [
    [() => check("{}", { context: ["other.json"] }), /^options\.context\.0: a payload was expected, not a String without JSON/],
    [() => check("{}", { context: {} }), /^options\.context: an array was expected, not an Object/],
    [() => check("{}", null), /^options were expected, not null/],
    [() => check("{}", "redact"), /^options were expected, not a String/],
    [() => check("{}", { closeWorld: true }), /^there is no option "closeWorld"; did you mean "closedWorld"\?/],
    [() => keys([{}, {}]), /^keys: payloads were expected, not an array/],
    [() => keys("payload.json"), /^keys: argument 1: a payload was expected/],
    [() => fix({}), /^fix: a text was expected, not an Object/],
    [() => fix(), /^fix: a text was expected, not undefined/],
    [() => fix(Buffer.from("{}")), /^fix: a text was expected, not an? Uint8Array/],
    [() => seamlint.bindForm(null), /^bindForm: a form element was expected, not null/],
    [() => seamlint.readForm(), /^readForm: a form element was expected, not undefined/],
    [() => resource("reservation"), /^there is no collection "reservation"; did you mean "reservations"\?/],
    [() => checkForm({}, { kind: "space" }), /did you mean "spaces"/],
    [() => checkForm({}, { emptyAsAbsnt: true }), /did you mean "emptyAsAbsent"/],
    [() => safeCheck({}, { failOn: "fatal" }), /^failOn is "fatal"/],
  ]) {
    assert.throws(work, (error) => {
      assert.equal(error.name, "TypeError", String(work));
      assert.match(error.message, wanted);
      return true;
    });
  }
});

test("a service sends no payload that the API refuses", () => {
  const good = { customer_key: "c", spaces: [{ space_key: "s", name: "S" }] };
  const bad = { customer_key: "c", spaces: [{ name: "S" }] };
  assert.equal(assertPushData(good), undefined);
  assert.throws(() => assertPushData(bad), (error) => {
    assert.ok(error instanceof SeamlintError && error instanceof Error);
    assert.equal(error.report.ok, false);
    assert.deepEqual(error.findings, check(bad).findings);
    assert.match(error.message, /^the payload has a finding that refuses it:\n  \/spaces\/0 error\[schema-required\]: spaces\[0\] has no space_key; add/);
    return true;
  });
  assert.equal(safeCheck(good).data, good);
  assert.deepEqual(safeCheck(JSON.stringify(good)).data, good);
  assert.equal(safeCheck(bad).success, false);
  const warned = { ...good, unknown: 1 };
  assert.equal(safeCheck(warned).success, true);
  assert.equal(safeCheck(warned, { failOn: "warning" }).success, false);
  const report = check(bad);
  assert.deepEqual([report.ok, report.findings.length, check(good).ok], [false, 1, true]);
  // The JSON report stays what it is.
  assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(report))), Object.keys(report));
});

test("a report is written as the command writes it", () => {
  const { format } = seamlint;
  const folder = new URL("formats/", packed);
  mkdirSync(folder, { recursive: true });
  const formats = ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"];
  const options = { rules: { "unknown-member": "info" }, now: "2026-11-23T00:00:00Z" };
  const flags = ["--rule", "unknown-member=info", "--now", "2026-11-23T00:00:00Z"];
  for (const [name, bytes] of [...fixtures().filter(([name]) => /kinds|hotel|fixes/.test(name)), ["emoji", Buffer.from(emoji)]]) {
    const report = check(bytes, options);
    writeFileSync(new URL("payload.json", folder), bytes);
    const outputs = formats.flatMap((format) => ["--output", `${format}=${format}.txt`]);
    try {
      execFileSync(process.env.SEAMLINT, ["check", ...flags, ...outputs, "payload.json"], { cwd: folder, stdio: "pipe" });
    } catch (error) {
      assert.equal(error.status, 1, `${name}: ${error.stderr}`);
    }
    for (const one of formats) {
      const written = readFileSync(new URL(`${one}.txt`, folder), "utf8");
      // A count of all files is the command's own.
      const wanted = one === "pretty" ? written.replace(/[^\n]*\n$/, "") : written;
      assert.equal(format(report, { text: bytes, format: one, options }), wanted, `${name} as ${one}`);
    }
  }
  const text = '{ "customer_key": "c", "rooms": [{ "room_key": 7, "name": "R" }] }';
  const said = format(check(text), { text, format: "concise", path: "a.json" });
  assert.equal(said, "a.json:1:48: error[schema-type] room_key is the number 7; the API takes a string\n");
  const room = { room_key: "7" };
  assert.match(format(checkResource("rooms", room), { text: room, kind: "rooms", format: "jsonl" }), /"schema-required"/);
  const infos = { customer_key: "c", spaces: [{ space_key: "s", name: " " }] };
  const junit = (failOn) => format(check(infos), { text: infos, format: "junit", failOn });
  assert.doesNotMatch(junit(), /<failure/);
  assert.match(junit("info"), /<failure/);
  const other = { name: "TypeError", message: /the report is not that of the text/ };
  assert.throws(() => format(check(text), { text: `${text} `.replace("7", "8"), format: "sarif" }), other);
  assert.throws(() => format(check(text, { redact: true }), { text, format: "sarif" }), other);
  assert.throws(() => format(check(text), { text, format: "html" }), { name: "TypeError", message: /^format is "html": "pretty", .* or "rdjson" was expected$/ });
  assert.throws(() => junit("never"), { name: "TypeError", message: /^failOn is "never": "info", "warning" or "error" was expected$/ });
});

test("fixes of a value", () => {
  const value = { space_key: "", name: "S", customer_data: { default_checkin_time: "9:00", address: "" } };
  const time = (options) => checkForm(value, { kind: "spaces", ...options })["customer_data.default_checkin_time"][0];
  const found = time();
  assert.equal(found.code, "schema-pattern");
  assert.equal(found.suggestion, "09:00");
  assert.deepEqual(applyFix(value, found), { ...value, customer_data: { default_checkin_time: "09:00", address: "" } });
  assert.deepEqual(applyFix(value, time({ emptyAsAbsent: true }), { emptyAsAbsent: true }), { name: "S", customer_data: { default_checkin_time: "09:00" } });
  const [finding] = check(JSON.stringify({ customer_key: "c", spaces: [{ ...value, space_key: "s" }] })).findings;
  assert.equal(applyFix(JSON.stringify({ customer_key: "c", spaces: [{ ...value, space_key: "s" }] }), finding).includes('"09:00"'), true);
  assert.equal(applyFix(value, {}), value);
  assert.throws(() => applyFix({}, found), RangeError);
});

test("empty fields of a form are left out", () => {
  const value = {
    space_key: "s", name: "S", duration_minutes: NaN,
    customer_data: { time_zone: "", default_checkin_time: undefined },
    geolocation: { latitude: NaN, longitude: NaN },
  };
  assert.deepEqual(checkForm(value, { kind: "spaces", emptyAsAbsent: true }), {});
  const validate = (value, options) => resource("reservations", options)["~standard"].validate(value);
  assert.deepEqual(resource("spaces", { emptyAsAbsent: true })["~standard"].validate(value), { value: { space_key: "s", name: "S" } });
  const stay = { reservation_key: "r", starts_at: "", space_keys: ["", "a", "", "b", 7] };
  const { issues } = validate(stay, { emptyAsAbsent: true });
  // The places are those of the form.
  assert.deepEqual(issues.map(({ path }) => path), [["space_keys", 4]]);
  assert.equal(issues[0].code, "schema-type");
  assert.deepEqual(validate({ reservation_key: "" }, { emptyAsAbsent: true }).issues.map(({ path }) => path), [["reservation_key"]]);
  // A row that was added is to be filled in.
  assert.ok(checkForm({ customer_key: "c", guests: [{ guest_key: "" }] }, { emptyAsAbsent: true })["guests.0.guest_key"]);
  const cycle = {};
  cycle.cycle = cycle;
  assert.match(Object.values(checkForm(cycle, { emptyAsAbsent: true })).flat().map(({ message }) => message).join(), /contains itself|nested/);
});

test("words of an app take the place of the linter's", () => {
  const message = ({ code, data, help }) => `${code}/${data?.member ?? data?.suggestion}/${help?.length > 3}`;
  const value = { name: "S", customer_data: { default_checkin_time: "9:00" } };
  const wanted = { space_key: "schema-required/space_key/true", "customer_data.default_checkin_time": "schema-pattern/09:00/true" };
  const texts = (messages) => Object.fromEntries(Object.entries(messages).map(([name, [one]]) => [name, one.message]));
  assert.deepEqual(texts(checkForm(value, { kind: "spaces", message })), wanted);
  assert.deepEqual(texts(fieldMessages(checkResource("spaces", value), { message })), wanted);
  assert.deepEqual(resource("spaces", { message })["~standard"].validate(value).issues.map((issue) => issue.message), Object.values(wanted));
});

test("of one resource alone, references are not judged", () => {
  const stay = { reservation_key: "r", guest_key: "g", space_keys: ["s"] };
  const codes = (options) => Object.values(checkForm(stay, { kind: "reservations", options })).flat().map(({ code }) => code);
  assert.ok(!codes().includes("dangling-reference"));
  assert.ok(codes({ closedWorld: true }).includes("dangling-reference"));
  assert.ok(codes({ rules: { "dangling-reference": "warning" } }).includes("dangling-reference"));
  assert.ok(codes({ context: [{ customer_key: "c", spaces: [{ space_key: "t", name: "T" }] }] }).includes("dangling-reference"));
});

test("graphs of shared objects are bounded", () => {
  let graph = { customer_key: "c" };
  for (let at = 0; at < 40; at++) graph = { a: graph, b: graph };
  const before = performance.now();
  assert.throws(() => check(graph), RangeError);
  assert.ok(performance.now() - before < 10_000);
  // Holes are named, each as long as it helps.
  const holes = checkForm({ customer_key: "c", sites: new Array(50_000) });
  assert.equal(Object.values(holes).flat().filter(({ code }) => code === "not-json").length, 1000);
});

test("hostile and odd values do no harm", () => {
  const proto = JSON.parse('{ "customer_key": "c", "__proto__": { "polluted": 1 }, "sites": [{ "__proto__": 1 }] }');
  const report = check(proto);
  assert.ok(report.files[0].diagnostics.some(({ data }) => data?.member === "__proto__"));
  assert.ok("__proto__" in fieldMessages(report));
  assert.equal({}.polluted, undefined);
  // Half a surrogate pair in a value is a finding.
  const half = check({ customer_key: "c\ud800", sites: [{ site_key: "n", name: "N" }] });
  assert.equal(half.files[0].diagnostics[0].code, "invalid-unicode");
  // A getter that changes its mind is read once.
  let reads = 0;
  check({ get customer_key() { reads += 1; return "c"; } });
  assert.equal(reads, 1);
  // A member that is undefined is not there.
  assert.deepEqual(check({ customer_key: "c", sites: undefined }), check({ customer_key: "c" }));
  class Payload { customer_key = "c"; sites = []; }
  assert.deepEqual(check(new Payload()), check({ customer_key: "c", sites: [] }));
  for (const odd of [null, 1, true, [], new Uint8Array(0), new DataView(new ArrayBuffer(3)), "\0", "[".repeat(100_000)]) {
    assert.ok(check(odd).summary.errors > 0);
  }
});

test("options are heard, and named when they make no sense", () => {
  const text = '{ "customer_key": "c", "customer_keys": ["d"], "rooms": [] }';
  const severity = (options) => check(text, options).files[0].diagnostics[0]?.severity;
  assert.equal(severity({}), "warning");
  assert.equal(severity({ rules: { "unknown-member": "error" } }), "error");
  assert.equal(severity({ rules: { "unknown-member": "off" } }), undefined);
  assert.throws(() => check(text, { rule: {} }), { name: "TypeError", message: 'there is no option "rule"; did you mean "rules"?' });
  assert.throws(() => check(text, { rules: { "unknown-membr": "off" } }), /did you mean "unknown-member"/);
  // An options object that changes is read again.
  const options = { rules: { "unknown-member": "error" } };
  assert.equal(severity(options), "error");
  options.rules["unknown-member"] = "info";
  assert.equal(severity(options), "info");
  // Object.isFrozen looks at the members of the object alone.
  const frozen = Object.freeze({ rules: { "unknown-member": "error" } });
  assert.equal(severity(frozen), "error");
  frozen.rules["unknown-member"] = "off";
  assert.equal(severity(frozen), undefined);
});

test("known keys and context make references resolve", () => {
  const before = { customer_key: "c", rooms: [{ room_key: "101", name: "Room 101" }] };
  const after = { customer_key: "c", reservations: [{ reservation_key: "r", room_keys: ["101"] }] };
  const dangling = (options) =>
    check(after, options).files[0].diagnostics.filter(({ code, severity }) => code === "dangling-reference" && severity === "error").length;
  assert.equal(dangling({ closedWorld: true }), 1);
  assert.equal(dangling({ closedWorld: true, known: keys(before) }), 0);
  assert.equal(dangling({ closedWorld: true, known: [keys(before)] }), 0);
  assert.equal(dangling({ closedWorld: true, context: [before] }), 0);
  assert.deepEqual(keys(before), { version: 1, customers: { c: { rooms: ["101"] } } });
});

test("a resource by itself", () => {
  const report = checkResource("spaces", { space_key: "s", name: "S", customer_data: { default_checkin_time: "9:00" } });
  assert.equal(report.files[0].diagnostics[0].pointer, "/customer_data/default_checkin_time");
  assert.throws(() => checkResource("space", {}), { name: "TypeError", message: 'there is no collection "space"; did you mean "spaces"?' });
});

test("fixes", () => {
  const fixed = fix('{"customer_key":"\u{1f600}","sites":[],}');
  assert.equal(fixed.text, '{"customer_key":"\u{1f600}","sites":[]}');
  assert.deepEqual(fixed.applied.map(({ code, safety }) => [code, safety]), [["json-syntax", "safe"]]);
  assert.equal(fixed.report.summary.errors, 0);
  assert.equal(fix('{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "9:00" } }', { kind: "spaces" }).text,
    '{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "09:00" } }');
});

test("explain and rules are the command's", () => {
  for (const rule of rules()) {
    const out = execFileSync(process.env.SEAMLINT, ["explain", rule.code], { encoding: "utf8" });
    assert.equal(explain(rule.code), out);
  }
  const catalogue = JSON.parse(readFileSync(new URL("schema/rules.json", root), "utf8"));
  assert.deepEqual(rules(), catalogue);
  assert.throws(() => explain("no-such-rule"), TypeError);
  assert.throws(() => explain("dangling-refrence"), { name: "TypeError", message: /did you mean "dangling-reference"/ });
  assert.deepEqual(schema(), JSON.parse(readFileSync(new URL("schema/push_data.schema.json", root), "utf8")));
});

test("Standard Schema", () => {
  const standard = pushData["~standard"];
  assert.equal(standard.vendor, "seamlint");
  const good = { customer_key: "c", sites: [] };
  assert.deepEqual(standard.validate(good), { value: good });
  const bad = { customer_key: "c", spaces: [{ name: "S", customer_data: { default_checkin_time: "9:00" } }] };
  const { issues } = standard.validate(bad);
  assert.deepEqual(issues.map(({ path }) => path), [["spaces", 0, "space_key"], ["spaces", 0, "customer_data", "default_checkin_time"]]);
  // Warnings are no issues.
  const warned = { customer_key: "c", sites: [], unknown: 1 };
  assert.equal(check(warned).summary.warnings, 1);
  assert.deepEqual(standard.validate(warned), { value: warned });
  assert.equal(pushDataWith({ rules: { "unknown-member": "error" } })["~standard"].validate(warned).issues.length, 1);
  // A number field that is empty.
  const nan = resource("spaces")["~standard"].validate({ space_key: "s", name: "S", duration_minutes: NaN });
  assert.deepEqual(nan.issues.map(({ message, path, code }) => [message, path, code]), [["duration_minutes is NaN, which JSON cannot hold.", ["duration_minutes"], "not-json"]]);
  // It hides nothing else.
  const both = standard.validate({ spaces: [{ space_key: "s", name: "S", duration_minutes: NaN, customer_data: { default_checkin_time: "9:00" } }] });
  assert.deepEqual(both.issues.map(({ path }) => path), [["spaces", 0, "duration_minutes"], ["customer_key"], ["spaces", 0, "customer_data", "default_checkin_time"]]);
  // A string is a value here, no JSON text.
  assert.equal(standard.validate(JSON.stringify(good)).issues.length, 1);
  const json = resource("reservations")["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  assert.ok(json.properties.reservation_key && json.$schema);
  assert.throws(() => standard.jsonSchema.output({ target: "openapi-3.0" }), TypeError);
});

test("messages by field", () => {
  const fields = fieldMessages(checkResource("spaces", { name: "S", customer_data: { time_zone: "Europe/Pariss" } }));
  assert.equal(fields["space_key"][0].severity, "error");
  assert.match(fields["customer_data.time_zone"][0].message, /Europe\/Paris/);
  const value = { name: "S", duration_minutes: NaN, customer_data: { time_zone: "Europe/Pariss" } };
  const checked = checkForm(value, { kind: "spaces" });
  assert.deepEqual(Object.keys(checked).sort(), ["customer_data.time_zone", "duration_minutes", "space_key"]);
  assert.equal(checked.duration_minutes[0].code, "not-json");
  assert.equal(checked["customer_data.time_zone"][0].message, fields["customer_data.time_zone"][0].message);
});

test("what a form holds is read to its end, whatever is in it", () => {
  const cycle = { customer_key: "c", sites: [{ site_key: "s", name: "S" }] };
  cycle.sites.push(cycle, { get site_key() { throw new Error("no"); } }, [undefined], { site_key: 7, name: "S" });
  const messages = checkForm(cycle);
  assert.deepEqual(Object.keys(messages).sort(), ["sites.1", "sites.2.name", "sites.2.site_key", "sites.3", "sites.3.0", "sites.4.site_key"]);
  assert.match(messages["sites.1"][0].message, /contains itself/);
  assert.equal(messages["sites.4.site_key"][0].code, "schema-type");
  // The same object twice is no cycle.
  const site = { site_key: "s" };
  assert.deepEqual(checkForm({ customer_key: "c", sites: [site, site] }), fieldMessages(check({ customer_key: "c", sites: [site, site] })));
});

test("ten thousand checks do not grow memory", () => {
  const text = readFileSync(new URL("tests/fixtures/readme.json", root), "utf8");
  const measure = () => {
    globalThis.gc?.();
    const { heapUsed, arrayBuffers, external } = process.memoryUsage();
    return heapUsed + arrayBuffers + external;
  };
  for (let at = 0; at < 1000; at++) check(text);
  const before = measure();
  for (let at = 0; at < 10_000; at++) check(text, at % 2 ? undefined : { maxPerCode: 5 });
  const grown = measure() - before;
  assert.ok(grown < 1_000_000, `${grown} bytes`);
});

test("a text of 200 MB is checked or refused, and the module is usable", () => {
  const text = `{"customer_key":"c","sites":[${'{"site_key":"s"},'.repeat(12_000_000)}]}`;
  try {
    const report = check(text);
    assert.ok(report.summary.errors > 0);
  } catch (error) {
    assert.match(error.message, /out of memory/);
  }
  assert.equal(check('{"customer_key":"c","sites":[]}').summary.errors, 0);
});

test("a trap is an error that says why, and the module is usable", () => {
  // Each zero is a node of 12 bytes. With the text, the list of them and the shorter one that it
  // grew from are more than 4 GiB.
  const text = `[${"0,".repeat(265_000_000)}0]`;
  assert.throws(() => check(text), { name: "RangeError", message: /out of memory/ });
  assert.equal(check('{"customer_key":"c","sites":[]}').summary.errors, 0);
});

test("nothing weighs more than it may", () => {
  const size = readFileSync(new URL("../SIZE.md", import.meta.url), "utf8");
  const listed = (row) => Number(size.split("\n").find((line) => line.includes(row)).split("|").at(-2));
  const weight = brotli(readFileSync(new URL("dist/seamlint.wasm", installed))) / 1000;
  assert.ok(weight <= MODULE, `the module is ${weight} KB`);
  assert.ok(Math.abs(weight - listed("every rule")) < 0.1, `SIZE.md says ${listed("every rule")} KB, it is ${weight}`);
  assert.ok(listed("… with forms") <= JAVASCRIPT);
});

test("publint, attw and the compiler have no complaint", () => {
  const pkg = new URL("../", import.meta.url);
  const bin = (name, ...args) => {
    try {
      return execFileSync(new URL(`node_modules/.bin/${name}`, pkg).pathname, args, { cwd: pkg, encoding: "utf8" });
    } catch (error) {
      assert.fail(`${name}: ${error.stdout}${error.stderr}`);
    }
  };
  bin("publint", "--strict", installed.pathname);
  const [tarball] = [new URL("seamlint-0.1.0.tgz", packed).pathname];
  bin("attw", tarball, "--exclude-entrypoints", "wasm", "wasm/fast", "style.css", "--profile", "node16");
  writeFileSync(new URL("typed.ts", project), `
    import { bindForm, check, checkResource, fieldMessages, load, pushData, resource, type PushDataPayload, type Report } from "seamlint";
    import { load as inline } from "seamlint/inline";
    await load(); await inline();
    const payload: PushDataPayload = { customer_key: "c", spaces: [{ space_key: "s", name: "S" }] };
    const report: Report = check(payload);
    const message: string | undefined = report.files[0]?.diagnostics[0]?.message;
    const result = resource("reservations")["~standard"].validate({});
    if (result instanceof Promise) throw new Error("never");
    if (!result.issues) { const key: string | undefined = result.value.reservation_key; void key; }
    // @ts-expect-error there is no such collection
    checkResource("space", {});
    // @ts-expect-error a member that the API does not have
    const wrong: PushDataPayload = { customer_key: "c", spaceships: [] };
    void [bindForm, fieldMessages, pushData, message, wrong];
  `);
  writeFileSync(new URL("strict.ts", project), `
    import { assertPushData, check, explain, safeCheck, type Code, type DataOf, type FieldMessage, type Finding, type Guest, type Options, type PushDataPayload } from "seamlint";
    import wasm from "seamlint/wasm";
    // Seam's own parameters, as its client has them.
    type Parameters = { customer_key: string; guests?: { guest_key: string; name?: string | undefined; email_address?: string | undefined }[] | undefined };
    const parameters: Parameters = { customer_key: "c" };
    const options: Options = { rules: { "unknown-member": "off" }, redact: undefined };
    const body: unknown = parameters;
    const finding: Finding | undefined = check(body, options).findings[0];
    const code: Code | undefined = finding?.code;
    // @ts-expect-error no such rule
    void (finding?.code === "dangling-refrence");
    // A translation: the code says what the data has.
    const translated = (found: Finding | FieldMessage): string => {
      switch (found.code) {
        case "schema-max-length": return \`höchstens \${found.data.limit - 0} Zeichen\`;
        case "unknown-time-zone": return found.data.reason === "is empty" ? "Zeitzone fehlt" : found.data.suggestion ?? "?";
        // @ts-expect-error it may have none
        case "mojibake": return found.data.suggestion;
        // @ts-expect-error this code has no limit
        case "duplicate-member": return found.data.limit.toFixed();
        case "multiple-person-references": return found.data.members.join();
        default: return found.data?.found ?? found.message;
      }
    };
    const reason: DataOf<"blank-name">["reason"] = "is empty";
    // @ts-expect-error no such clause
    void (reason === "is void");
    void translated;
    // @ts-expect-error no such rule
    explain("nope");
    // @ts-expect-error no such rule
    check(body, { rules: { "unknown-membr": "off" } });
    const guest: Guest = { guest_key: "g", name: "G", email_address: undefined };
    const payload: PushDataPayload = { customer_key: "c", guests: [guest], spaces: undefined };
    const back: Parameters = payload;
    assertPushData(body);
    const key: string = body.customer_key;
    const checked = safeCheck(body);
    const result: PushDataPayload | string = checked.success ? checked.data : checked.error.message;
    export { back, code, key, result, wasm };
  `);
  // As strict as it goes, and a library without a DOM.
  bin("tsc", "--ignoreConfig", "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noPropertyAccessFromIndexSignature",
    "--verbatimModuleSyntax", "--isolatedModules", "--skipLibCheck", "false", "--target", "es2022", "--lib", "es2022", "--module", "nodenext",
    "--moduleResolution", "nodenext", "--types", "", new URL("strict.ts", project).pathname);
  for (const [module, resolution] of [["esnext", "bundler"], ["node16", "node16"]]) {
    bin("tsc", "--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--module", module,
      "--moduleResolution", resolution, "--types", "", new URL("typed.ts", project).pathname);
  }
});
