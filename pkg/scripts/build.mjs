// Builds dist/ around the modules and their glue, which `cargo xtask wasm` puts there, and writes SIZE.md.

import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { JAVASCRIPT, MODULE, brotli } from "./limits.mjs";

const root = new URL("../", import.meta.url);
const dist = new URL("dist/", root);
const at = (name) => new URL(name, dist);
const run = (name, ...args) =>
  execFileSync(new URL(`node_modules/.bin/${name}`, root).pathname, args, { cwd: root, stdio: "inherit" });

// Removes the files of the last build, except the modules and their glue.
const raw = new Set(["seamlint.wasm", "glue_bg.js"]);
for (const folder of [dist, at("fast/"), at("command/")]) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && !raw.has(entry.name)) rmSync(new URL(entry.name, folder));
  }
}

for (const folder of ["", "command/"]) {
  await build({
    entryPoints: [at(`${folder}glue_bg.js`).pathname],
    outfile: at(`${folder}glue.js`).pathname,
    inject: [new URL("scripts/lazy-text.mjs", root).pathname],
    bundle: true,
    external: ["./system.js"],
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
}

// The rules' documentation is not in the module: most pages never show it.
const entries = JSON.parse(readFileSync(new URL("../schema/rules.json", root), "utf8"));
writeFileSync(at("catalogue.js"), `export const entries = ${JSON.stringify(entries)};\n`);
writeFileSync(at("catalogue.d.ts"), "export declare const entries: readonly unknown[];\n");
const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
writeFileSync(at("version.js"), `export const VERSION = "${version}";\n`);
writeFileSync(at("version.d.ts"), "export declare const VERSION: string;\n");
// What bundlers make of the module differs: a URL, or compiled.
writeFileSync(at("module.d.ts"), "declare const module: any;\nexport default module;\n");
const base64 = readFileSync(at("seamlint.wasm")).toString("base64");
writeFileSync(at("seamlint.base64.js"), `export const base64 = "${base64}";\n`);
writeFileSync(at("seamlint.base64.d.ts"), "export declare const base64: string;\n");

run("tsc", "-p", "tsconfig.json");

// `require` gets one file for each entry, with the same types, read as CommonJS. It runs in Node.js, in Jest's jsdom too,
// which has no TextDecoder.
for (const name of ["node", "inline"]) {
  await build({
    entryPoints: [at(`${name}.js`).pathname],
    outfile: at(`${name}.cjs`).pathname,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    inject: [new URL("scripts/node-text.mjs", root).pathname],
    define: { "import.meta.url": "here" },
    banner: { js: 'const here = require("node:url").pathToFileURL(__filename).href;' },
    logLevel: "warning",
  });
}
for (const name of readdirSync(dist)) {
  if (!name.endsWith(".d.ts")) continue;
  const types = readFileSync(at(name), "utf8");
  if (["catalogue.d.ts", "seamlint.base64.d.ts", "version.d.ts"].includes(name)) continue;
  writeFileSync(at(name.replace(/\.d\.ts$/, ".d.cts")), types.replace(/(from "\.\/[^"]*)\.js"/g, '$1.cjs"'));
}
copyFileSync(new URL("src/style.css", root), at("style.css"));
for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) {
  copyFileSync(new URL(`../${name}`, root), new URL(name, root));
}

// Sizes as a page loads them.
const bundle = async (source) => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: dist.pathname },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    platform: "browser",
    target: "es2022",
  });
  return Buffer.from(outputFiles[0].contents);
};
const rows = [
  ["`seamlint.wasm`, every rule", readFileSync(at("seamlint.wasm"))],
  ["JavaScript of a page that checks", await bundle('export { load, check } from "./browser.js"')],
  ["… with forms and Standard Schema", await bundle('export { load, check, checkResource, bindForm, fieldMessages, pushData, resource } from "./browser.js"')],
  ["… with everything, the rules' documentation too", await bundle('export * from "./browser.js"')],
  ["`seamlint/inline`, everything in one file", await bundle('export * from "./inline.js"')],
  ["`fast/seamlint.wasm`, for Node.js, Deno and Bun", readFileSync(at("fast/seamlint.wasm"))],
  ["the command, which no page loads", readFileSync(at("command/seamlint.wasm"))],
];
const kb = (bytes) => (bytes / 1000).toFixed(1);
const lines = rows.map(([what, bytes]) => `| ${what} | ${kb(bytes.length)} | ${kb(gzipSync(bytes, { level: 9 }).length)} | ${kb(brotli(bytes))} |`);
writeFileSync(
  new URL("SIZE.md", root),
  `# Sizes

<!-- Written by \`cargo xtask wasm\`. -->

In KB of 1,000 bytes; JavaScript bundled and minified by esbuild. A test fails when
the module is heavier than ${MODULE} KB with brotli, or the JavaScript of a page with forms than ${JAVASCRIPT} KB (\`scripts/limits.mjs\`).

| file | plain | gzip | brotli |
|---|--:|--:|--:|
${lines.join("\n")}
`,
);
