// A program that checks, which bundlers and runtimes build and run, and what it has to print.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

import { open, serve } from "./browser.mjs";
import { installed, project, seamlint } from "./support.mjs";

export const text = '{ "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Pariss" } }] }';
export const page = '<!doctype html><meta charset="utf-8"><title>bundled</title><script type="module" src="./main.js"></script>';
export const program = `import { check, load } from "seamlint";\nload().then(() => { document.title = JSON.stringify(check(${JSON.stringify(text)})); });\n`;

await seamlint.load();
export const expected = seamlint.check(text);
assert.equal(expected.summary.warnings, 1);

/** A folder with files in it; of the empty project, unless another one is named. */
export function folder(name, files, base = project) {
  const at = new URL(`${name}/`, base);
  for (const [file, content] of Object.entries(files)) {
    const to = new URL(file, at);
    mkdirSync(new URL(".", to), { recursive: true });
    writeFileSync(to, content);
  }
  return at;
}

/** What the page that was built has checked. */
export async function checked(browser, url) {
  const { page, problems } = await open(browser, url);
  await page.waitForFunction(() => document.title.startsWith("{"), undefined, { timeout: 20_000 }).catch(() => {});
  assert.deepEqual(problems, []);
  const report = JSON.parse(await page.title());
  await page.close();
  return report;
}

/** Asserts that the page of a folder checks as Node.js does. */
export async function works(browser, built) {
  const server = await serve({ "/": built });
  try {
    assert.deepEqual(await checked(browser, `${server.url}/index.html`), expected);
  } finally {
    await server.close();
  }
}

/** Where the package has what the program does not use, and a text of it. */
const UNUSED = {
  "forms.js": "aria-describedby",
  "services.js": "SeamlintError",
  "catalogue.js": "The API answers",
  "seamlint.base64.js": readFileSync(new URL("dist/seamlint.base64.js", installed), "utf8").slice(100, 160),
  "command/glue.js": "run_command",
};
for (const [file, part] of Object.entries(UNUSED)) {
  assert.ok(readFileSync(new URL(`dist/${file}`, installed), "utf8").includes(part), file);
}

/** Asserts that files of a bundle are what the program uses: one module, if it is there, and no part of `UNUSED`. */
export function holdsNothingElse(built, { module = "seamlint.wasm", but = [] } = {}) {
  const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const read = (entry) => readFileSync(`${entry.parentPath ?? entry.path}/${entry.name}`);
  const modules = files.filter(({ name }) => name.endsWith(".wasm"));
  const wanted = module && readFileSync(new URL(`dist/${module}`, installed));
  assert.equal(modules.length, module ? 1 : 0, modules.map(({ name }) => name).join());
  for (const entry of modules) assert.ok(read(entry).equals(wanted), `${entry.name} is not ${module}`);
  const scripts = files.filter(({ name }) => /\.[cm]?js$/.test(name));
  assert.ok(scripts.length > 0);
  for (const entry of scripts) {
    const script = read(entry).toString();
    for (const [file, part] of Object.entries(UNUSED)) {
      if (!but.includes(file)) assert.ok(!script.includes(part), `${entry.name} has ${part}, which is in ${file}`);
    }
  }
}
