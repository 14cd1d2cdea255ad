// ajv and zod in Node, both with JSON.parse from bytes: `cargo xtask bench peers` runs this.
//
// - node node.mjs compile PACKAGES SCHEMA OUT: ajv's standalone code, made ahead.
// - node node.mjs speed PACKAGES SCHEMA CODE FILE SECONDS: each contender on one clean payload in
//   memory, in turns; medians in seconds, as JSON.
// - node node.mjs check PACKAGES SCHEMA CODE CONTENDER FILE: one contender in a process of its own;
//   its errors as the library gives them, and status 1 if there are any.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [mode, packages, schema, code, ...rest] = process.argv.slice(2);
// The packages are installed elsewhere than this file.
const require = createRequire(`${packages}/`);

/** Each contender: what it is made from, and the errors of a text; none are `null`. */
const CONTENDERS = {
  "JSON.parse": () => (text) => {
    JSON.parse(text);
    return null;
  },
  ajv: () => {
    const { default: validate } = require(code);
    return (text) => (validate(JSON.parse(text)) ? null : validate.errors);
  },
  zod: () => {
    const { z } = require("zod");
    const zod = z.fromJSONSchema(JSON.parse(readFileSync(schema, "utf8")));
    return (text) => zod.safeParse(JSON.parse(text)).error?.issues ?? null;
  },
};

/** From bytes, as a request has them. */
const from = (judge) => (bytes) => judge(bytes.toString("utf8"));

if (mode === "compile") {
  const Ajv = require("ajv/dist/2020").default;
  const standalone = require("ajv/dist/standalone").default;
  const ajv = new Ajv({ allErrors: true, strict: false, code: { source: true, esm: false } });
  require("ajv-formats").default(ajv);
  writeFileSync(code, standalone(ajv, ajv.compile(JSON.parse(readFileSync(schema, "utf8")))));
} else if (mode === "check") {
  const [contender, file] = rest;
  const judge = from(CONTENDERS[contender]());
  let errors;
  try {
    errors = judge(readFileSync(file));
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
  const judges = Object.entries(CONTENDERS).map(([name, make]) => [name, from(make())]);
  for (const [name, judge] of judges) {
    if (judge(bytes) !== null) throw new Error(`${name} refuses ${file}`);
  }
  // Warm: the engine has compiled what it will compile. What takes next to no time is run more
  // often in a turn.
  const repeats = judges.map(([, judge]) => {
    const until = performance.now() + Number(seconds) * 200;
    let calls = 0;
    while (calls < 3 || performance.now() < until) { judge(bytes); calls += 1; }
    return Math.ceil(calls / (Number(seconds) * 200));
  });
  const times = judges.map(() => []);
  const until = performance.now() + Number(seconds) * 1000;
  while (times[0].length < 3 || performance.now() < until) {
    for (const [at, [, judge]] of judges.entries()) {
      judge(bytes);
      const begin = performance.now();
      for (let call = 0; call < repeats[at]; call++) judge(bytes);
      times[at].push((performance.now() - begin) / repeats[at] / 1000);
    }
  }
  const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  console.log(JSON.stringify(Object.fromEntries(judges.map(([name], at) => [name, { seconds: median(times[at]) }]))));
} else {
  throw new Error("what? The top of this file says");
}
