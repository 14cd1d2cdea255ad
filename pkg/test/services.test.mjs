// Seam's own client with the interceptor of the readme, and a server that counts requests.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { SeamHttp } from "@seamapi/http";

import { seamlint } from "./support.mjs";

const { assertPushData, SeamlintError } = seamlint;

test("Seam's client sends what is right and nothing else", async () => {
  const received = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    received.push([request.url, JSON.parse(body)]);
    response.setHeader("content-type", "application/json");
    response.end('{ "ok": true }');
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const seam = new SeamHttp({ apiKey: "seam_test_key", endpoint: `http://127.0.0.1:${server.address().port}` });
    seam.client.interceptors.request.use((request) => {
      if (request.url?.endsWith("/customers/push_data")) assertPushData(request.data);
      return request;
    });
    const spaces = [{ space_key: "101", name: "Room 101", customer_data: { default_checkin_time: "9:00" } }];
    await assert.rejects(async () => seam.customers.pushData({ customer_key: "c", spaces }), (error) => {
      assert.ok(error instanceof SeamlintError, String(error));
      assert.equal(error.findings[0].pointer, "/spaces/0/customer_data/default_checkin_time");
      return true;
    });
    assert.deepEqual(received, []);
    spaces[0].customer_data.default_checkin_time = "09:00";
    const reservations = [{ reservation_key: "r", starts_at: new Date(Date.UTC(2026, 11, 1)) }];
    await seam.customers.pushData({ customer_key: "c", spaces, reservations });
    assert.deepEqual(received, [["/customers/push_data", { customer_key: "c", spaces, reservations: [{ reservation_key: "r", starts_at: "2026-12-01T00:00:00.000Z" }] }]]);
  } finally {
    server.close();
  }
});
