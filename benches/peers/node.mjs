// Validators in Node.js; `cargo xtask bench peers` runs this.
//
// - node node.mjs compile PACKAGES SCHEMA OUT writes ajv's standalone code.
// - node node.mjs speed PACKAGES SCHEMA CODE FILE SECONDS runs each contender in turns on a clean
//   payload in memory, and prints medians in seconds as JSON. Those with `text` start from a string,
//   as a page or a service that has decoded its request does; the others start from bytes.
// - node node.mjs check PACKAGES SCHEMA CODE CONTENDER FILE prints the errors of one contender; the
//   exit status is 1 if there are any.
// - node node.mjs module prints the size of the module for pages after brotli, in bytes.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [mode, packages, schema, code, ...rest] = process.argv.slice(2);
// The packages are in another folder than this file.
const require = createRequire(`${packages}/`);
const PACKED = "../../pkg/.packed/project/node_modules/seamlint/dist";

const validateWithAjv = () => {
  const { default: validate } = require(code);
  return (text) => (validate(JSON.parse(text)) ? null : validate.errors);
};

/** Each makes a function from a text to its errors, or to `null` if there are none. */
const CONTENDERS = {
  "JSON.parse": () => (text) => {
    JSON.parse(text);
    return null;
  },
  ajv: validateWithAjv,
  zod: () => {
    const { z } = require("zod");
    const zod = z.fromJSONSchema(JSON.parse(readFileSync(schema, "utf8")));
    return (text) => zod.safeParse(JSON.parse(text)).error?.issues ?? null;
  },
  "ajv, text": validateWithAjv,
  "seamlint, text": async () => {
    const { check, load } = await import(new URL(`${PACKED}/node.js`, import.meta.url).href);
    await load();
    return (text) => {
      const report = check(text);
      return report.summary.errors === 0 ? null : report.files;
    };
  },
};

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

if (mode === "compile") {
  const Ajv = require("ajv/dist/2020").default;
  const standalone = require("ajv/dist/standalone").default;
  const ajv = new Ajv({ allErrors: true, strict: false, code: { source: true, esm: false } });
  require("ajv-formats").default(ajv);
  writeFileSync(code, standalone(ajv, ajv.compile(JSON.parse(readFileSync(schema, "utf8")))));
} else if (mode === "check") {
  const [contender, file] = rest;
  const validate = await CONTENDERS[contender]();
  let errors;
  try {
    errors = validate(readFileSync(file, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    errors = error.message;
  }
  if (errors !== null) {
    console.log(JSON.stringify(errors, null, 1));
    process.exitCode = 1;
  }
} else if (mode === "speed") {
  const [file, seconds] = rest;
  const bytes = readFileSync(file);
  const text = bytes.toString("utf8");
  const runs = [];
  for (const [name, make] of Object.entries(CONTENDERS)) {
    const validate = await make();
    const run = name.endsWith(", text") ? () => validate(text) : () => validate(bytes.toString("utf8"));
    if (run() !== null) throw new Error(`${name} rejects ${file}`);
    // Warm up until the engine has compiled the code. A run below 1 ms is repeated within a turn.
    const until = performance.now() + Number(seconds) * 200;
    let calls = 0;
    while (calls < 3 || performance.now() < until) { run(); calls += 1; }
    runs.push({ name, run, repeats: Math.ceil(calls / (Number(seconds) * 200)), times: [] });
  }
  const until = performance.now() + Number(seconds) * 1000;
  while (runs[0].times.length < 3 || performance.now() < until) {
    for (const { run, repeats, times } of runs) {
      run();
      const begin = performance.now();
      for (let call = 0; call < repeats; call++) run();
      times.push((performance.now() - begin) / repeats / 1000);
    }
  }
  console.log(JSON.stringify(Object.fromEntries(runs.map(({ name, times }) => [name, median(times)]))));
} else if (mode === "module") {
  const { brotli } = await import("../../pkg/scripts/limits.mjs");
  console.log(brotli(readFileSync(new URL(`${PACKED}/seamlint.wasm`, import.meta.url))));
} else {
  throw new Error("unknown arguments; see the top of this file");
}
