// A server for the forms of the other examples: what it is sent is checked again, and then handed on. `export default`
// is all that Bun, Deno and Cloudflare Workers ask for; on Node.js, give `app.fetch` to @hono/node-server.

import { sValidator } from "@hono/standard-validator";
import { Hono } from "hono";
import { load, pushDataWith } from "seamlint";

const app = new Hono();

app.post("/api/push_data", sValidator("json", pushDataWith({ load })), (context) => {
  const payload = context.req.valid("json");
  // Here `seam.customers.pushData(payload)`, with the API key.
  return context.json({ ok: true, customer_key: payload.customer_key });
});

export default app;
