// The packed package in a real browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { launch, open, POLICY, screenshot, serve } from "./browser.mjs";
import { asUtf16, command, emoji, examples, fixtures, installed, seamlint } from "./support.mjs";

const BUILT = ["react-hook-form", "tanstack-form", "vue", "svelte", "web-worker"];

let browser;
let server;
before(async () => {
  for (const name of BUILT) {
    execFileSync(new URL("node_modules/.bin/vite", examples).pathname, ["build", name, "--logLevel", "warn"], { cwd: examples, stdio: "inherit" });
  }
  browser = await launch();
  server = await serve({
    "/seamlint/": new URL("dist/", installed),
    ...Object.fromEntries(BUILT.map((name) => [`/${name}/`, new URL(`${name}/dist/`, examples)])),
    "/": examples,
  });
  await seamlint.load();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** What is filled in, by path; two slips. */
const FIELDS = {
  "spaces.0.space_key": "room_101",
  "spaces.0.name": "Room 101",
  "spaces.0.customer_data.time_zone": "America/Los_Angeles",
  "spaces.0.customer_data.default_checkin_time": "9:00",
  "guests.0.guest_key": "guest_1",
  "guests.0.name": "Ada Lovelace",
  "reservations.0.reservation_key": "stay_1",
  "reservations.0.guest_key": "guest_1",
  "reservations.0.space_keys.0": "room-101",
  "reservations.0.starts_at": "2026-12-01T15:00:00-08:00",
  "reservations.0.ends_at": "2026-12-03T10:00:00-08:00",
};
const CHECKIN = "spaces.0.customer_data.default_checkin_time";
const SPACE = "reservations.0.space_keys.0";
const payload = (checkin, space) => ({
  customer_key: "hotel_17",
  spaces: [{ space_key: "room_101", name: "Room 101", customer_data: { time_zone: "America/Los_Angeles", default_checkin_time: checkin } }],
  guests: [{ guest_key: "guest_1", name: "Ada Lovelace" }],
  reservations: [{ reservation_key: "stay_1", guest_key: "guest_1", space_keys: [space], starts_at: FIELDS["reservations.0.starts_at"], ends_at: FIELDS["reservations.0.ends_at"] }],
});

/** The message of the engine at a field, as forms show it. */
const expected = (value, path, options) => {
  const [message] = seamlint.fieldMessages(seamlint.check(value, options))[path] ?? [];
  assert.ok(message, path);
  return message.message;
};

const brackets = (path) => path.replace(/\.(\d+)/g, "[$1]");
for (const { name, path, field, message, spaceBlocks } of [
  { name: "plain-form", path: "/plain-form/", field: (one) => one, message: (page, one) => page.locator(`:is(label:has([name="${one}"]) + output)`), spaceBlocks: true },
  { name: "react-hook-form", path: "/react-hook-form/", field: (one) => one, message: (page, one) => page.locator(`output[data-for="${one}"]`), spaceBlocks: false },
  { name: "tanstack-form", path: "/tanstack-form/", field: brackets, message: (page, one) => page.locator(`output[data-for="${brackets(one)}"]`), spaceBlocks: true },
  { name: "vue", path: "/vue/", field: (one) => one, message: (page, one) => page.locator(`output[data-for="${one}"]`), spaceBlocks: true },
  { name: "svelte", path: "/svelte/", field: (one) => one, message: (page, one) => page.locator(`output[data-seamlint-for="${one}"]`), spaceBlocks: true },
]) {
  test(`${name}: slips show at their fields, are corrected, and the form is sent`, async () => {
    server.posted.length = 0;
    const { page, problems } = await open(browser, `${server.url}${path}`);
    const input = (one) => page.locator(`[name="${field(one)}"]`);
    const says = async (one, text) => {
      await page.waitForFunction(([element, text]) => (text ? element.textContent.includes(text) : element.textContent === ""), [await message(page, one).elementHandle(), text], { timeout: 5000 })
        .catch(async () => assert.equal(await message(page, one).textContent(), text));
    };
    const send = () => page.getByRole("button", { name: "Send" }).click();
    const sendsNothing = async () => {
      await send();
      await page.waitForTimeout(200);
      assert.deepEqual(server.posted, [], "nothing is sent");
    };
    const options = spaceBlocks ? { closedWorld: true } : undefined;
    await input("spaces.0.space_key").waitFor();
    for (const [one, value] of Object.entries(FIELDS)) {
      const isLocal = (await input(one).getAttribute("type")) === "datetime-local";
      await input(one).fill(isLocal ? value.slice(0, 16) : value);
    }
    await input(SPACE).blur();
    const wrong = payload("9:00", "room-101");
    await says(CHECKIN, expected(wrong, CHECKIN, options));
    await says(SPACE, expected(wrong, SPACE, options));
    assert.equal(await input(CHECKIN).getAttribute("aria-invalid"), "true");
    await page.screenshot({ path: screenshot(`${name}-wrong`), fullPage: true });

    await sendsNothing();

    await input(CHECKIN).fill("15:00");
    await input(CHECKIN).blur();
    await says(CHECKIN, "");
    assert.notEqual(await input(CHECKIN).getAttribute("aria-invalid"), "true");
    await says(SPACE, expected(payload("15:00", "room-101"), SPACE, options));
    if (spaceBlocks) await sendsNothing();
    await input(SPACE).fill("room_101");
    await input(SPACE).blur();
    await says(SPACE, "");
    await send();
    await page.getByText("Sent", { exact: true }).waitFor({ timeout: 5000 });
    await page.screenshot({ path: screenshot(`${name}-sent`), fullPage: true });
    assert.deepEqual(server.posted, [payload("15:00", "room_101")]);
    assert.deepEqual(problems, []);
    await page.close();
  });
}

for (const name of ["tanstack-form", "vue", "svelte"]) {
  test(`${name}: an empty form that is sent says what is wrong`, async () => {
    server.posted.length = 0;
    const { page, problems } = await open(browser, `${server.url}/${name}/`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("[data-severity=error]").first().waitFor();
    assert.ok((await page.locator("[aria-invalid=true]").count()) >= 4);
    assert.deepEqual(server.posted, []);
    assert.deepEqual(problems, []);
    await page.close();
  });
}

test("a Web Worker checks what is typed", async () => {
  const { page, problems } = await open(browser, `${server.url}/web-worker/`);
  const text = JSON.stringify(payload("9:00", "room-101"), undefined, 2);
  await page.locator("#payload").fill(text);
  const { summary, files } = seamlint.check(text);
  await page.locator("#findings li").first().waitFor();
  assert.deepEqual(
    await page.locator("#findings li").allTextContents(),
    files[0].diagnostics.map(({ message, range: { start } }) => `${start.line}:${start.column} ${message}`),
  );
  assert.equal(await page.locator("#summary").textContent(), `${summary.errors} errors, ${summary.warnings} warnings, ${summary.infos} infos`);
  await page.screenshot({ path: screenshot("web-worker"), fullPage: true });
  assert.deepEqual(problems, []);
  await page.close();
});

test("a Web Worker checks the latest text, not each", async () => {
  const { page, problems } = await open(browser, `${server.url}/web-worker/`);
  const sent = await page.evaluate(async () => {
    const sent = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (text) {
      sent.push(text);
      postMessage.call(this, text);
    };
    const payload = document.querySelector("#payload");
    const summary = document.querySelector("#summary");
    const shown = new Promise((resolve) => new MutationObserver(() => resolve(summary.textContent)).observe(summary, { childList: true }));
    for (let at = 0; at <= 30; at++) {
      payload.value = at < 30 ? `{ "at": ${at}` : '{ "customer_key": "c", "sites": [] }';
      payload.dispatchEvent(new Event("input"));
    }
    sent.push(await shown);
    return sent;
  });
  assert.deepEqual(sent, ['{ "at": 0', '{ "customer_key": "c", "sites": [] }', `0 errors, 0 warnings, ${seamlint.check({ customer_key: "c", sites: [] }).summary.infos} infos`]);
  assert.deepEqual(problems, []);
  await page.close();
});

test("a load that fails names the URL and the likely cause, and may be tried again", async () => {
  const { page } = await open(browser, server.url);
  const module = readFileSync(new URL("dist/seamlint.wasm", installed));
  const wasm = { contentType: "application/wasm" };
  const answers = {
    "html.wasm": { contentType: "text/html", body: "<!doctype html>" },
    "cut.wasm": { ...wasm, body: module.subarray(0, 1000) },
    "foreign.wasm": { ...wasm, body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]) },
    "typeless.wasm": { contentType: "application/octet-stream", body: module },
  };
  for (const [name, answer] of Object.entries(answers)) await page.route(`**/${name}`, (route) => route.fulfill(answer));
  await page.route("**/offline.wasm", (route) => route.abort());
  const outcomes = await page.evaluate(async () => {
    const { check, load } = await import("/seamlint/browser.js");
    const outcomes = {};
    for (const name of ["missing", "html", "cut", "offline", "foreign", "foreign", "typeless"]) {
      outcomes[name] = await load(`/${name}.wasm`).then(() => check("{}").summary.errors, String);
    }
    return outcomes;
  });
  const failed = (name, why) => new RegExp(`^Error: seamlint: cannot load \\S*/${name}\\.wasm: ${why}`);
  assert.match(outcomes.missing, failed("missing", "the server answers 404"));
  assert.match(outcomes.html, failed("html", "it is HTML"));
  assert.match(outcomes.cut, failed("cut", ".*compileStreaming"));
  assert.match(outcomes.offline, failed("offline", ".*\\(offline, or connect-src"));
  assert.match(outcomes.foreign, /^Error: seamlint: cannot use the module: /);
  assert.equal(outcomes.typeless, 1);
  await page.close();
});

test("the policy needs 'wasm-unsafe-eval', and says so without it", async () => {
  const strict = await serve({ "/seamlint/": new URL("dist/", installed) }, POLICY.replace(" 'wasm-unsafe-eval'", ""));
  const { page } = await open(browser, strict.url);
  const message = await page.evaluate(() => import("/seamlint/browser.js").then(({ load }) => load()).then(() => "loaded", String));
  assert.match(message, /Content.Security.Policy/i);
  await page.close();
  await strict.close();
});

test("the same report as the command for every fixture", async () => {
  const { page, problems } = await open(browser, server.url);
  const all = [...fixtures(), ["emoji", Buffer.from(emoji)]];
  const reports = await page.evaluate(async (all) => {
    const { check, load } = await import("/seamlint/browser.js");
    await load();
    return all.map((base64) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      return [check(bytes), check(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes))];
    });
  }, all.map(([, bytes]) => bytes.toString("base64")));
  assert.equal(reports.length, all.length);
  for (const [index, [name, bytes]] of all.entries()) {
    const wanted = asUtf16(command(bytes), bytes);
    assert.deepEqual(reports[index][0], wanted, name);
    assert.deepEqual(reports[index][1], wanted, `${name} as text`);
  }
  assert.deepEqual(problems, []);
  await page.close();
});

test("ten thousand checks in one page do not grow memory; hostile values and 200 MB do no harm", async () => {
  const { page, problems } = await open(browser, server.url);
  const devtools = await page.context().newCDPSession(page);
  const measure = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize = 0 } = await devtools.send("Runtime.getHeapUsage");
    return usedSize + backingStorageSize + (await page.evaluate(() => globalThis.memory.buffer.byteLength));
  };
  await page.evaluate(async () => {
    // The memory of the module, which no API tells.
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
      construct(target, args) {
        const instance = Reflect.construct(target, args);
        globalThis.memory = instance.exports.memory;
        return instance;
      },
    });
    globalThis.seamlint = await import("/seamlint/browser.js");
    await globalThis.seamlint.load();
  });
  const checks = (count, text) =>
    page.evaluate(([count, text]) => {
      for (let at = 0; at < count; at++) globalThis.seamlint.check(text, at % 2 ? undefined : { maxPerCode: 5 });
    }, [count, text]);
  const text = JSON.stringify(payload("9:00", "room-101"));
  await checks(1000, text);
  const before = await measure();
  await checks(10_000, text);
  const grown = (await measure()) - before;
  assert.ok(grown < 1_000_000, `${grown} bytes`);

  const outcome = await page.evaluate(() => {
    const { check, checkResource, fieldMessages } = globalThis.seamlint;
    const says = (work) => {
      try {
        return String(work().summary.errors > 0);
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    };
    const frame = document.body.appendChild(document.createElement("iframe"));
    return {
      getter: says(() => check({ get a() { throw new Error("no"); } })),
      proxy: says(() => check(new Proxy({}, { ownKeys() { throw new Error("no"); } }))),
      element: says(() => check(document.body)),
      otherFrame: says(() => check(new frame.contentWindow.Uint8Array([91]))),
      proto: "__proto__" in fieldMessages(check(JSON.parse('{ "customer_key": "c", "__proto__": 1 }'))),
      polluted: {}.polluted,
      kind: says(() => checkResource({ toString() { throw new Error("no"); } }, {})),
      large: says(() => check(`{"customer_key":"c","sites":[${'{"site_key":"s"},'.repeat(12_000_000)}]}`)),
      usable: check('{"customer_key":"c","sites":[]}').summary.errors,
    };
  });
  assert.match(outcome.getter, /^NotJsonError: a cannot be read/);
  assert.match(outcome.proxy, /^NotJsonError: the value cannot be read/);
  assert.match(outcome.element, /^NotJsonError: the value is a HTMLBodyElement/);
  assert.equal(outcome.otherFrame, "true");
  assert.equal(outcome.proto, true);
  assert.match(outcome.kind, /^\w*Error: /);
  assert.match(outcome.large, /^true$|^RangeError: .*out of memory/);
  assert.equal(outcome.usable, 0);
  assert.deepEqual(problems, []);
  await page.close();
});
