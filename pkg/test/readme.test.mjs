// Every code block of the readme, as it is written there, each in an empty project with the packed package.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { promisify } from "node:util";

import { launch, open, serve } from "./browser.mjs";
import { examples, installed, packed, root } from "./support.mjs";

const readme = readFileSync(new URL("README.md", installed), "utf8");
const blocks = [...readme.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, code]) => ({ language, code, isRun: false }));

/** The one block of a language that has a text. */
function block(language, part) {
  const found = blocks.filter((one) => one.language === language && one.code.includes(part));
  assert.equal(found.length, 1, `${found.length} blocks have ${part}`);
  found[0].isRun = true;
  return found[0].code;
}

/** An empty project with the package, and more packages of a folder. */
function empty(name, packages = [], from = new URL("pkg/", root)) {
  const at = new URL(`readme/${name}/`, packed);
  rmSync(at, { recursive: true, force: true });
  mkdirSync(new URL("node_modules/.bin/", at), { recursive: true });
  cpSync(installed, new URL("node_modules/seamlint/", at), { recursive: true });
  symlinkSync("../seamlint/bin/seamlint.mjs", new URL("node_modules/.bin/seamlint", at));
  for (const one of packages) {
    mkdirSync(new URL(`node_modules/${one}/..`, at), { recursive: true });
    symlinkSync(new URL(`node_modules/${one}`, from).pathname, new URL(`node_modules/${one}`, at));
  }
  writeFileSync(new URL("package.json", at), '{ "name": "empty", "private": true, "type": "module" }\n');
  return at;
}

/** What a command prints. */
const run = (at, program, args, env = {}) =>
  promisify(execFile)(program, args, { cwd: at, env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  );

/** What code prints as a module. */
async function node(at, code, env) {
  writeFileSync(new URL("index.js", at), code);
  const { status, stdout, stderr } = await run(at, process.execPath, ["index.js"], env);
  assert.equal(status, 0, stderr);
  return stdout;
}

test("the first example", async () => {
  const said = await node(empty("first"), block("js", "for (const finding of report.findings)"));
  assert.match(said, /^error \/spaces\/0\/customer_data\/default_checkin_time .*"9:00"/);
  assert.match(said, /09:00/);
});

test("options", async () => {
  const code = block("js", "closedWorld: true");
  assert.equal(await node(empty("options"), `${code}console.log(report.ok, report.summary.errors);\n`), "true 0\n");
});

test("Seam's client", async () => {
  const received = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    received.push(JSON.parse(body));
    response.setHeader("content-type", "application/json");
    response.end('{ "ok": true }');
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const code = block("js", "interceptors");
    const push = `
      const push = (spaces) => seam.customers.pushData({ customer_key: "c", spaces }).then(() => "sent", ({ name }) => name);
      console.log(await push([{ space_key: "101" }]), await push([{ space_key: "101", name: "Room 101" }]));
    `;
    const env = { SEAM_API_KEY: "seam_test_key", SEAM_ENDPOINT: `http://127.0.0.1:${server.address().port}` };
    assert.equal(await node(empty("client", ["@seamapi/http"]), code + push, env), "SeamlintError sent\n");
    assert.deepEqual(received, [{ customer_key: "c", spaces: [{ space_key: "101", name: "Room 101" }] }]);
  } finally {
    server.close();
  }
});

test("a report for code scanning", async () => {
  const at = empty("format");
  writeFileSync(new URL("payload.json", at), '{ "customer_key": 7 }');
  await node(at, block("js", 'format: "sarif"'));
  const [{ results }] = JSON.parse(readFileSync(new URL("seamlint.sarif", at), "utf8")).runs;
  assert.deepEqual(results.map(({ ruleId }) => ruleId), ["schema-type"]);
});

test("a translation, typed by code", async () => {
  const at = empty("translation");
  writeFileSync(new URL("german.ts", at), block("ts", "german"));
  const tsc = new URL("pkg/node_modules/.bin/tsc", root).pathname;
  const { status, stdout } = await run(at, tsc, ["--ignoreConfig", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "", "german.ts"]);
  assert.equal(status, 0, stdout);
  const said = await node(at, `
    import { check } from "seamlint";
    import { german } from "./german.js";
    console.log(check('{ "customer_key": "c", "guests": [{ "guest_key": "g", "name": "" }, { "guest_key": "h" }] }').findings.map(german).join());
  `);
  assert.equal(said, "Der Name ist leer,name fehlt\n");
});

let browser;
after(() => browser?.close());

test("the form in plain HTML, by its import map", async () => {
  const at = empty("form");
  writeFileSync(new URL("index.html", at), `<!doctype html><html lang="en"><meta charset="utf-8"><title>form</title>\n${block("html", "importmap")}`);
  browser ??= await launch();
  const server = await serve({ "/": at }, "default-src * 'unsafe-inline' 'wasm-unsafe-eval'");
  try {
    const { page, problems } = await open(browser, `${server.url}/index.html`);
    const sent = [];
    await page.route("**/spaces", (route) => {
      sent.push(Object.fromEntries(new URLSearchParams(route.request().postData())));
      return route.fulfill({ status: 204 });
    });
    await page.getByLabel("Key").fill("101");
    await page.getByLabel("Name").fill("Room 101");
    await page.getByLabel("Time zone").fill("Europe/Paris");
    await page.getByLabel("Check-in").fill("9:00");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: /09:00/ }).waitFor();
    assert.equal(await page.getByLabel("Check-in").getAttribute("aria-invalid"), "true");
    assert.deepEqual(sent, []);
    await page.getByRole("button", { name: /09:00/ }).click();
    const [request] = await Promise.all([page.waitForRequest("**/spaces"), page.getByRole("button", { name: "Save", exact: true }).click()]);
    assert.equal(request.method(), "POST");
    assert.deepEqual(sent, [{ space_key: "101", name: "Room 101", "customer_data.time_zone": "Europe/Paris", "customer_data.default_checkin_time": "09:00" }]);
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
    assert.deepEqual(loaded.filter((path) => path.endsWith(".wasm")), ["/node_modules/seamlint/dist/seamlint.wasm"]);
    assert.deepEqual(loaded.filter((path) => /base64|command|node/.test(path.split("/dist/")[1])), [], "a page loads what is its own");
    assert.deepEqual(problems, []);
  } finally {
    await server.close();
  }
});

test("react-hook-form", async () => {
  const at = empty("form-library", ["react", "react-dom", "react-hook-form", "@hookform/resolvers"], examples);
  const said = await node(at, `${block("js", "useReservationForm")}
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    let form;
    renderToString(createElement(() => ((form = useReservationForm()), form.register("reservation_key"), null)));
    const send = () => new Promise((resolve) => form.handleSubmit((value) => resolve(["sent", value]), (errors) => resolve(["held", Object.keys(errors)]))());
    form.setValue("reservation_key", "");
    form.setValue("name", "");
    console.log(JSON.stringify(await send()));
    form.setValue("reservation_key", "r1");
    console.log(JSON.stringify(await send()));
  `);
  assert.equal(said, '["held",["reservation_key"]]\n["sent",{"reservation_key":"r1"}]\n');
});

test("a button for a fix", async () => {
  const said = await node(empty("fix"), `
    globalThis.button = {};
    globalThis.form = {
      value: { customer_key: "c", spaces: [{ space_key: "s", name: "S", customer_data: { default_checkin_time: "9:00" } }] },
      getValues() { return this.value; },
      reset(value) { this.value = value; },
    };
    await import("./snippet.js");
    button.onclick();
    console.log(button.textContent, form.value.spaces[0].customer_data.default_checkin_time);
  `.replace("await import", `(await import("node:fs")).writeFileSync("snippet.js", ${JSON.stringify(block("js", "button.onclick"))});\n    await import`));
  assert.equal(said, "Use 09:00 09:00\n");
});

test("the command", async () => {
  const at = empty("command");
  mkdirSync(new URL("payloads/", at));
  const payload = { customer_key: "c", spaces: [{ space_key: "s", name: "S", customer_data: { default_checkin_time: " 15:00" } }], rooms: [] };
  writeFileSync(new URL("payloads/one.json", at), JSON.stringify(payload));
  const lines = block("sh", "npx seamlint check").trim().split("\n");
  const [check, fix, explain] = await (async () => {
    const done = [];
    for (const line of lines) done.push(await run(at, "sh", ["-c", line], { npm_config_offline: "true" }));
    return done;
  })();
  assert.equal(lines.length, 3);
  assert.equal(check.status, 1, check.stderr);
  const sarif = JSON.parse(readFileSync(new URL("seamlint.sarif", at), "utf8"));
  assert.equal(sarif.version, "2.1.0");
  assert.ok(sarif.runs[0].results.length > 0);
  assert.notEqual(fix.status, 2, fix.stderr);
  assert.notEqual(readFileSync(new URL("payloads/one.json", at), "utf8"), JSON.stringify(payload), "fixed");
  assert.equal(explain.status, 0, explain.stderr);
  assert.match(explain.stdout, /^dangling-reference/);
});

test("every block is run", () => {
  // It takes the package from the registry, and is what `scripts/pack.mjs` does with the tarball.
  assert.equal(block("sh", "npm install"), "npm install seamlint\n");
  assert.deepEqual(blocks.filter(({ isRun }) => !isRun).map(({ code }) => code), []);
});
