// Measures the packed package against ajv and zod, in one run in Node, and prints Markdown:
// node scripts/bench.mjs FILE..., payloads without errors, which come after one of 2 KB.
// `cargo xtask bench npm` does it.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";

import addFormats from "ajv-formats";
import Ajv2020 from "ajv/dist/2020.js";
import { z } from "zod";

const entry = new URL("../.packed/project/node_modules/seamlint/dist/node.js", import.meta.url).href;
const { check, checkResource, load } = await import(entry);
const schema = JSON.parse(readFileSync(new URL("../../schema/push_data.schema.json", import.meta.url), "utf8"));

await load();
const ajv = addFormats.default(new Ajv2020.default({ allErrors: true, strict: false })).compile(schema);
const zod = z.fromJSONSchema(schema);

const CONTENDERS = {
  "seamlint `check(text)`": (text) => check(text).summary.errors === 0,
  "ajv, compiled ahead, all errors, with `JSON.parse`": (text) => ajv(JSON.parse(text)),
  "zod, with `JSON.parse`": (text) => zod.safeParse(JSON.parse(text)).success,
};

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The median of rounds, in milliseconds for one call; contenders take turns. */
function measure(works, budget = 3000) {
  const counts = works.map((work) => {
    const until = performance.now() + 300;
    let calls = 0;
    while (performance.now() < until) { work(); calls += 1; }
    return Math.max(1, Math.floor(calls / 10));
  });
  const times = works.map(() => []);
  const until = performance.now() + budget * works.length;
  while (performance.now() < until || times[0].length < 5) {
    for (const [index, work] of works.entries()) {
      const begin = performance.now();
      for (let at = 0; at < counts[index]; at++) work();
      times[index].push((performance.now() - begin) / counts[index]);
    }
  }
  return times.map(median);
}

const shown = (ms) => (ms < 1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(2)} ms`);
const version = (name) => `${name} ${createRequire(import.meta.url)(`${name}/package.json`).version}`;
console.log(`Node ${process.version} on ${cpus()[0].model}; ${version("ajv")}, ${version("zod")}. Medians; the contenders take turns.\n`);
console.log(`| payload | ${Object.keys(CONTENDERS).join(" | ")} | ajv : seamlint | zod : seamlint |\n|---|--:|--:|--:|--:|--:|`);
const small = {
  customer_key: "hotel_17",
  spaces: [{ space_key: "room_101", name: "Room 101", customer_data: { time_zone: "America/Los_Angeles", default_checkin_time: "15:00", default_checkout_time: "10:00" } }],
  guests: Array.from({ length: 7 }, (_, at) => ({ guest_key: `guest_${at}`, name: `Guest number ${at}`, email_address: `guest.${at}@example.com` })),
  reservations: Array.from({ length: 7 }, (_, at) => ({
    reservation_key: `stay_${at}`, guest_key: `guest_${at}`, space_keys: ["room_101"],
    starts_at: `2026-12-${10 + at}T15:00:00-08:00`, ends_at: `2026-12-${11 + at}T10:00:00-08:00`,
  })),
};
const payloads = [["2 KB", JSON.stringify(small)], ...process.argv.slice(2).map((path) => [path, readFileSync(path, "utf8")])];
for (const [path, text] of payloads) {
  for (const [name, work] of Object.entries(CONTENDERS)) {
    if (!work(text)) throw new Error(`${name} refuses ${path}`);
  }
  const times = measure(Object.values(CONTENDERS).map((work) => () => work(text)));
  const ratio = (at) => `${(times[at] / times[0]).toFixed(2)}×`;
  console.log(`| ${(text.length / 1000).toFixed(1)} KB | ${times.map(shown).join(" | ")} | ${ratio(1)} | ${ratio(2)} |`);
}

const stay = {
  reservation_key: "stay_1", guest_key: "guest_1", space_keys: ["room_101"], name: "Ada Lovelace",
  starts_at: "2026-12-01T15:00:00-08:00", ends_at: "2026-12-03T10:00:00-08:00",
  custom_metadata: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`entry_${at}`, `a value of some length, number ${at}`])),
};
const resource = JSON.stringify(stay);
const [byText, byValue] = measure([() => checkResource("reservations", resource), () => checkResource("reservations", stay)], 1000);
console.log(`\nA form's resource of ${resource.length} bytes, warm: ${shown(byText)} from text, ${shown(byValue)} from a value.`);

// Each in a process of its own: what is cold once is warm ever after.
const cold = Array.from({ length: 15 }, () =>
  Number(execFileSync(process.execPath, ["--input-type=module", "-e", `
    const begin = performance.now();
    const { check, load } = await import(${JSON.stringify(entry)});
    await load();
    check('{"customer_key":"c","sites":[]}');
    console.log(performance.now() - begin);
  `], { encoding: "utf8" })),
);
console.log(`\nCold, from \`import\` to the first report: ${shown(median(cold))}.`);
