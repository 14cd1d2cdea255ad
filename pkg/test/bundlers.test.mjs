// The packed package, from an empty project: through bundlers into a browser, in Deno and in Bun.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";

import * as esbuild from "esbuild";
import * as vite from "vite";
import webpack from "webpack";

import { launch, open, serve } from "./browser.mjs";
import { project, root, seamlint } from "./support.mjs";

const text = '{ "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "time_zone": "Europe/Pariss" } }] }';
const page = '<!doctype html><meta charset="utf-8"><title>bundled</title><script type="module" src="./main.js"></script>';
const program = `import { check, load } from "seamlint";\nload().then(() => { document.title = JSON.stringify(check(${JSON.stringify(text)})); });\n`;

let browser;
let expected;
before(async () => {
  browser = await launch();
  await seamlint.load();
  expected = seamlint.check(text);
  assert.equal(expected.summary.warnings, 1);
});
after(() => browser?.close());

/** A folder of the project with files in it. */
function folder(name, files) {
  const at = new URL(`${name}/`, project);
  mkdirSync(at, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(new URL(file, at), content);
  return at;
}

/** What the page that was built has checked. */
async function checked(url) {
  const { page, problems } = await open(browser, url);
  await page.waitForFunction(() => document.title.startsWith("{"), undefined, { timeout: 10_000 }).catch(() => {});
  assert.deepEqual(problems, []);
  const report = JSON.parse(await page.title());
  await page.close();
  return report;
}

async function works(built) {
  const server = await serve({ "/": built });
  try {
    assert.deepEqual(await checked(`${server.url}/index.html`), expected);
  } finally {
    await server.close();
  }
}

test("Vite builds it, and serves it in development", async () => {
  const at = folder("vite", { "index.html": page, "main.js": program });
  const config = { root: at.pathname, base: "./", configFile: false, logLevel: "error" };
  await vite.build(config);
  await works(new URL("dist/", at));
  // As the readme says.
  const server = await vite.createServer({ ...config, base: "/", optimizeDeps: { exclude: ["seamlint"] }, server: { port: 0, host: "127.0.0.1" } });
  await server.listen();
  try {
    assert.deepEqual(await checked(server.resolvedUrls.local[0]), expected);
  } finally {
    await server.close();
  }
});

test("webpack 5 builds it", async () => {
  const at = folder("webpack", { "index.html": page, "entry.js": program });
  await new Promise((resolve, reject) => {
    webpack({ mode: "production", context: at.pathname, entry: "./entry.js", output: { path: new URL("dist/", at).pathname, filename: "main.js" }, performance: { hints: false } }, (error, stats) => {
      if (error) reject(error);
      else if (stats.hasErrors() || stats.hasWarnings()) reject(new Error(stats.toString()));
      else resolve();
    });
  });
  folder("webpack/dist", { "index.html": page });
  await works(new URL("dist/", at));
});

test("esbuild builds it, with the module as a file", async () => {
  const withUrl = `import { check, load } from "seamlint";\nimport url from "seamlint/wasm";\nload(new URL(url, import.meta.url)).then(() => { document.title = JSON.stringify(check(${JSON.stringify(text)})); });\n`;
  const at = folder("esbuild", { "entry.js": withUrl });
  await esbuild.build({ entryPoints: [new URL("entry.js", at).pathname], outfile: new URL("dist/main.js", at).pathname, bundle: true, format: "esm", minify: true, loader: { ".wasm": "file" }, logLevel: "error" });
  folder("esbuild/dist", { "index.html": page });
  await works(new URL("dist/", at));
});

test("seamlint/inline needs no second file", async () => {
  const at = folder("inline", { "entry.js": program.replace('"seamlint"', '"seamlint/inline"') });
  await esbuild.build({ entryPoints: [new URL("entry.js", at).pathname], outfile: new URL("dist/main.js", at).pathname, bundle: true, format: "esm", logLevel: "error" });
  folder("inline/dist", { "index.html": page });
  assert.deepEqual(readdirSync(new URL("dist/", at)).sort(), ["index.html", "main.js"]);
  await works(new URL("dist/", at));
});

test("the package has no side effects: what is imported and not used leaves nothing", async () => {
  const at = folder("nothing", {});
  for (const contents of ['import "seamlint";', 'import { check, pushData, resource } from "seamlint";']) {
    const { outputFiles } = await esbuild.build({ stdin: { contents, resolveDir: at.pathname }, bundle: true, format: "esm", minify: true, write: false, logLevel: "error" });
    assert.equal(outputFiles[0].text, "", contents);
  }
});

for (const [name, command, imported, required] of [
  ["Deno", ["deno", "run", "--node-modules-dir=manual", "--allow-read"], "seamlint", undefined],
  ["Bun", ["bun"], "seamlint", "seamlint"],
]) {
  test(`${name} runs it`, () => {
    const [program, ...flags] = command;
    const run = (file, code) => {
      writeFileSync(new URL(file, project), code);
      const bin = new URL(`pkg/node_modules/.bin/${program}`, root).pathname;
      return JSON.parse(execFileSync(bin, [...flags, file], { cwd: project, encoding: "utf8", env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" } }));
    };
    const work = `console.log(JSON.stringify(check(${JSON.stringify(text)})))`;
    assert.deepEqual(run(`${program}.mjs`, `import { check, load } from "${imported}"; await load(); ${work}`), expected);
    assert.deepEqual(run(`${program}-sync.mjs`, `import { check, loadSync } from "${imported}"; loadSync(); ${work}`), expected);
    if (required) assert.deepEqual(run(`${program}.cjs`, `const { check, loadSync } = require("${required}"); loadSync(); ${work}`), expected);
  });
}
