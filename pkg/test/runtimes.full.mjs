// The packed package in runtimes that are large to install: `cargo xtask test --full --only npm`.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { launch } from "./browser.mjs";
import { checked, expected, folder, holdsNothingElse, page, program, text, works } from "./bundle.mjs";
import { runtimes } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const env = { ...process.env, CI: "1", NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false", DO_NOT_TRACK: "1" };
delete env.NODE_TEST_CONTEXT;
const bin = (name) => new URL(`node_modules/.bin/${name}`, runtimes).pathname;

/** Runs a command to its end; fails with what it prints. */
async function run(at, name, ...args) {
  try {
    const { stdout, stderr } = await promisify(execFile)(bin(name), args, { cwd: at, env, maxBuffer: 1 << 26 });
    return stdout + stderr;
  } catch (error) {
    return assert.fail(`${name} ${args.join(" ")}: ${error.stdout}${error.stderr}`);
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Runs a server, calls `work` with its URL once it answers, and ends it. */
async function serving(at, name, args, work) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(bin(name), [...args, "--port", String(port)], { cwd: at, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding("utf8").on("data", (part) => (said += part));
  try {
    for (let tries = 0; ; tries++) {
      const answer = await fetch(url).catch(() => undefined);
      if (answer) break;
      assert.ok(tries < 300 && server.exitCode === null, `${name} does not answer: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await work(url);
  } catch (error) {
    error.message += `\n${said}`;
    throw error;
  } finally {
    // With its children.
    if (server.exitCode === null) process.kill(-server.pid, "SIGKILL");
  }
}

const answer = async (url) => {
  const response = await fetch(url);
  const body = await response.text();
  assert.equal(response.status, 200, body);
  return JSON.parse(body);
};

test("Vite 6 builds it, and serves it in development", async () => {
  // As the readme says.
  const config = 'export default { base: "./", optimizeDeps: { exclude: ["seamlint"] } };\n';
  const at = folder("vite-6", { "index.html": page, "main.js": program, "vite.config.js": config }, runtimes);
  await run(at, "vite", "build");
  await works(browser, new URL("dist/", at));
  holdsNothingElse(new URL("dist/", at));
  await serving(at, "vite", ["--host", "127.0.0.1", "--base", "/"], async (url) => {
    assert.deepEqual(await checked(browser, url), expected);
  });
});

const handler = `() {\n  await load();\n  return Response.json(check(${JSON.stringify(text)}));\n}\n`;
const route = (runtime) => `import { check, load } from "seamlint";\nexport const runtime = "${runtime}";\nexport const dynamic = "force-dynamic";\nexport async function GET${handler}`;
for (const [bundler, edge] of [
  ["turbopack", { "app/api/edge/route.js": route("edge") }],
  // Next 16.4 with webpack builds no edge route in app/, whatever is in it.
  ["webpack", { "pages/api/edge.js": `import { check, load } from "seamlint";\nexport const config = { runtime: "edge" };\nexport default async function edge${handler}` }],
]) {
  test(`Next with ${bundler}: a page, a Node.js route and an edge route`, async () => {
    const at = folder(`next-${bundler}`, {
      "package.json": '{ "private": true, "type": "module" }\n',
      // As the readme says.
      "next.config.js": 'export default { serverExternalPackages: ["seamlint"] };\n',
      "app/layout.js": 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n',
      "app/page.js": 'import { Check } from "./check.js";\nexport default () => <Check />;\n',
      "app/check.js": `"use client";\nimport { check, load } from "seamlint";\nimport { useEffect } from "react";\nexport function Check() {\n  useEffect(() => {\n    load().then(() => { document.title = JSON.stringify(check(${JSON.stringify(text)})); });\n  }, []);\n  return <p>checked</p>;\n}\n`,
      "app/api/node/route.js": route("nodejs"),
      ...edge,
    }, runtimes);
    await run(at, "next", "build", `--${bundler}`);
    holdsNothingElse(new URL(".next/static/", at));
    await serving(at, "next", ["start", "--hostname", "127.0.0.1"], async (url) => {
      assert.deepEqual(await answer(`${url}/api/node`), expected);
      assert.deepEqual(await answer(`${url}/api/edge`), expected);
      assert.deepEqual(await checked(browser, url), expected);
    });
  });
}

// The last wrangler for Node.js 20.
test("Cloudflare: wrangler builds a worker, and workerd runs it", async () => {
  const at = folder("worker", {
    "wrangler.json": JSON.stringify({ name: "checks", main: "index.js", compatibility_date: "2026-04-01" }),
    "index.js": `import { check, load } from "seamlint";\nexport default {\n  async fetch() {\n    await load();\n    return Response.json(check(${JSON.stringify(text)}));\n  },\n};\n`,
  }, runtimes);
  await run(at, "wrangler", "deploy", "--dry-run", "--outdir", "dist");
  holdsNothingElse(new URL("dist/", at));
  await serving(at, "wrangler", ["dev", "--ip", "127.0.0.1"], async (url) => {
    assert.deepEqual(await answer(url), expected);
  });
});

const suite = (imports) => `${imports}
test("checks", async () => {
  await load();
  expect(check(${JSON.stringify(text)}).summary).toEqual(${JSON.stringify(expected.summary)});
  expect(check({}).ok).toBe(false);
  expect(checkForm({ customer_key: "" })).toHaveProperty("customer_key");
});
`;

for (const environment of ["node", "jsdom"]) {
  test(`Jest runs it in ${environment}`, async () => {
    const at = folder(`jest-${environment}`, {
      "package.json": '{ "private": true }\n',
      "jest.config.js": `module.exports = { testEnvironment: "${environment}" };\n`,
      "check.test.js": suite('const { check, checkForm, load } = require("seamlint");'),
    }, runtimes);
    assert.match(await run(at, "jest"), /1 passed/);
  });

  test(`Vitest runs it in ${environment}`, async () => {
    const at = folder(`vitest-${environment}`, {
      "check.test.js": suite('import { expect, test } from "vitest";\nimport { check, checkForm, load } from "seamlint";'),
    }, runtimes);
    assert.match(await run(at, "vitest", "run", "--root", ".", "--environment", environment), /1 passed/);
  });
}
