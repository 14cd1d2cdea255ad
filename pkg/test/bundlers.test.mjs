// The packed package, from an empty project: through bundlers into a browser and into a function, in Deno and in Bun.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";

import { launch } from "./browser.mjs";
import { checked, expected, folder, holdsNothingElse, page, program, text, works } from "./bundle.mjs";
import { project, require, root } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test("Vite builds it, and serves it in development", async () => {
  const at = folder("vite", { "index.html": page, "main.js": program });
  const config = { root: at.pathname, base: "./", configFile: false, logLevel: "error" };
  await vite.build(config);
  await works(browser, new URL("dist/", at));
  holdsNothingElse(new URL("dist/", at));
  const server = await vite.createServer({ ...config, base: "/", server: { port: 0, host: "127.0.0.1" } });
  await server.listen();
  try {
    assert.deepEqual(await checked(browser, server.resolvedUrls.local[0]), expected);
  } finally {
    await server.close();
  }
});

const pack = (options) =>
  new Promise((resolve, reject) => {
    webpack({ mode: "production", performance: { hints: false }, ...options }, (error, stats) => {
      if (error) reject(error);
      else if (stats.hasErrors() || stats.hasWarnings()) reject(new Error(stats.toString()));
      else resolve();
    });
  });

test("webpack 5 builds it", async () => {
  const at = folder("webpack", { "entry.js": program, "dist/index.html": page });
  await pack({ context: at.pathname, entry: "./entry.js", output: { path: new URL("dist/", at).pathname, filename: "main.js" } });
  await works(browser, new URL("dist/", at));
  holdsNothingElse(new URL("dist/", at));
});

test("webpack 5 builds it for Node.js", async () => {
  const at = folder("webpack-node", { "entry.js": `import { check } from "seamlint";\nconsole.log(JSON.stringify(check(${JSON.stringify(text)})));\n` });
  await pack({ target: "node", context: at.pathname, entry: "./entry.js", output: { path: new URL("dist/", at).pathname, filename: "main.cjs" } });
  assert.deepEqual(JSON.parse(execFileSync(process.execPath, ["dist/main.cjs"], { cwd: at, encoding: "utf8" })), expected);
  holdsNothingElse(new URL("dist/", at), { module: "fast/seamlint.wasm" });
});

test("Rollup builds it, with the module beside the bundle", async () => {
  const at = folder("rollup", { "entry.js": program, "dist/index.html": page });
  const bundle = await rollup({
    input: new URL("entry.js", at).pathname,
    plugins: [nodeResolve({ browser: true })],
    onwarn: ({ message }) => assert.fail(message),
  });
  await bundle.write({ file: new URL("dist/main.js", at).pathname, format: "es" });
  copyFileSync(require.resolve("seamlint/wasm"), new URL("dist/seamlint.wasm", at));
  await works(browser, new URL("dist/", at));
  holdsNothingElse(new URL("dist/", at));
});

test("the module may be in another place", async () => {
  const at = folder("elsewhere", { "entry.js": program.replace("load()", 'load("/assets/seamlint.wasm")'), "dist/index.html": page, "dist/assets/seamlint.wasm": readFileSync(require.resolve("seamlint/wasm")) });
  await esbuild.build({ entryPoints: [new URL("entry.js", at).pathname], outfile: new URL("dist/main.js", at).pathname, bundle: true, format: "esm", logLevel: "error" });
  await works(browser, new URL("dist/", at));
  holdsNothingElse(new URL("dist/", at));
});

test("esbuild builds it, with the module as a file", async () => {
  const withUrl = `import { check, load } from "seamlint";\nimport url from "seamlint/wasm";\nload(new URL(url, import.meta.url)).then(() => { document.title = JSON.stringify(check(${JSON.stringify(text)})); });\n`;
  const at = folder("esbuild", { "entry.js": withUrl, "dist/index.html": page });
  await esbuild.build({ entryPoints: [new URL("entry.js", at).pathname], outfile: new URL("dist/main.js", at).pathname, bundle: true, format: "esm", minify: true, loader: { ".wasm": "file" }, logLevel: "error" });
  await works(browser, new URL("dist/", at));
  holdsNothingElse(new URL("dist/", at));
});

test("seamlint/inline needs no second file", async () => {
  const at = folder("inline", { "entry.js": program.replace('"seamlint"', '"seamlint/inline"'), "dist/index.html": page });
  await esbuild.build({ entryPoints: [new URL("entry.js", at).pathname], outfile: new URL("dist/main.js", at).pathname, bundle: true, format: "esm", logLevel: "error" });
  await works(browser, new URL("dist/", at));
  holdsNothingElse(new URL("dist/", at), { module: "", but: ["seamlint.base64.js"] });
});

test("a function in one CommonJS file: with the module beside it, or in it", async () => {
  const handler = `exports.handler = async (event) => check(event.body);\n`;
  const at = folder("function", {
    "beside.js": `const { readFileSync } = require("node:fs");\nconst { join } = require("node:path");\nconst { check, loadSync } = require("seamlint");\nloadSync(readFileSync(join(__dirname, "seamlint.wasm")));\n${handler}`,
    "inline.js": `import { check, loadSync } from "seamlint/inline";\nloadSync();\nexport const handler = async (event) => check(event.body);\n`,
    "neither.js": `import { check } from "seamlint";\nexport const handler = async (event) => check(event.body);\n`,
    "beside/call.cjs": "",
  });
  const run = async (name, before = () => {}) => {
    const out = new URL(`${name}/`, at);
    mkdirSync(out, { recursive: true });
    await esbuild.build({ entryPoints: [new URL(`${name}.js`, at).pathname], outfile: new URL("index.cjs", out).pathname, bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "error", logOverride: { "empty-import-meta": "silent" } });
    before(out);
    writeFileSync(new URL("call.cjs", out), `require("./index.cjs").handler({ body: ${JSON.stringify(text)} }).then((report) => console.log(JSON.stringify(report)), ({ message }) => console.log(JSON.stringify(message)));\n`);
    return JSON.parse(execFileSync(process.execPath, ["call.cjs"], { cwd: out, encoding: "utf8" }));
  };
  assert.deepEqual(await run("beside", (out) => copyFileSync(require.resolve("seamlint/wasm/fast"), new URL("seamlint.wasm", out))), expected);
  assert.deepEqual(await run("inline"), expected);
  holdsNothingElse(new URL("inline/", at), { module: "", but: ["seamlint.base64.js"] });
  assert.match(await run("neither"), /in a bundle.*loadSync\(bytes\).*seamlint\/inline/);
});

test("the package has no side effects: what is imported and not used leaves nothing", async () => {
  const at = folder("nothing", { "index.js": "" });
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
    const formatted = `import { check, format, loadSync } from "${imported}"; loadSync(); const text = '{"customer_key":7}';
      console.log(JSON.stringify(format(check(text), { text, format: "concise" })));`;
    assert.equal(run(`${program}-format.mjs`, formatted), "payload.json:1:17: error[schema-type] customer_key is the number 7; the API takes a string\n");
    if (required) assert.deepEqual(run(`${program}.cjs`, `const { check, loadSync } = require("${required}"); loadSync(); ${work}`), expected);
  });
}
