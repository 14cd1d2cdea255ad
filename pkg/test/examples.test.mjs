// The examples for Node, with the packed package, and the types of all examples.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { promisify } from "node:util";

import { examples, root } from "./support.mjs";

const good = readFileSync(new URL("tests/fixtures/documented/space-keys-to-property-listing.json", root), "utf8");

/** An API that keeps what it is sent. */
async function api() {
  const received = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part) => (body += part));
    request.on("end", () => {
      received.push({ method: request.method, url: request.url, key: request.headers.authorization, body });
      response.end('{ "ok": true }');
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { received, endpoint: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

for (const name of ["service.mjs", "service.cjs"]) {
  test(`node-service/${name} sends what is right and nothing else`, async () => {
    const { received, endpoint, close } = await api();
    const run = async (text) => {
      const file = new URL("payload.json", examples).pathname;
      writeFileSync(file, text);
      const env = { ...process.env, SEAM_ENDPOINT: endpoint, SEAM_API_KEY: "seam_key" };
      return promisify(execFile)(process.execPath, [`node-service/${name}`, file], { cwd: examples, env }).then(
        (done) => ({ status: 0, ...done }),
        ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
      );
    };
    try {
      const refused = await run(good.replace('"customer_key"', '"customerKey"'));
      assert.equal(refused.stdout, "not sent: 1 errors\n");
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, /customer_key/);
      assert.deepEqual(received, []);
      const sent = await run(good);
      assert.equal(sent.stdout, "sent\n", sent.stderr);
      assert.equal(sent.status, 0);
      assert.deepEqual(received, [{ method: "POST", url: "/customers/push_data", key: "Bearer seam_key", body: good }]);
    } finally {
      close();
    }
  });
}

test("hono/app.mjs answers 400 to what is wrong", async () => {
  const { default: app } = await import(new URL("hono/app.mjs", examples).href);
  const post = async (body) => {
    const answer = await app.request("/api/push_data", { method: "POST", headers: { "content-type": "application/json" }, body });
    return [answer.status, await answer.json()];
  };
  const [status, { error }] = await post(good.replace('"customer_key"', '"customerKey"'));
  assert.equal(status, 400);
  assert.match(JSON.stringify(error), /customer_key/);
  assert.deepEqual(await post(good), [200, { ok: true, customer_key: "customer_123" }]);
});

for (const [module, resolution] of [["esnext", "bundler"], ["node16", "node16"]]) {
  test(`the examples are well typed, with moduleResolution ${resolution}`, () => {
    try {
      execFileSync(new URL("node_modules/.bin/tsc", examples).pathname, ["-p", "tsconfig.json", "--module", module, "--moduleResolution", resolution], { cwd: examples, encoding: "utf8" });
    } catch (error) {
      assert.fail(`${error.stdout}${error.stderr}`);
    }
  });
}
