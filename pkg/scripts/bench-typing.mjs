// Measures from a key to its message in Chromium, and prints Markdown: node scripts/bench-typing.mjs FILE, a payload
// of 1 MB without errors. `cargo xtask bench typing` does it.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

import { launch, open, serve } from "../test/browser.mjs";
import { examples, installed } from "../test/support.mjs";

const KEYS = 60;
/** Between two keys: nobody types faster for long. */
const PAUSE = 60;

// One value of a text is typed: to lay out a text area of 1 MB takes Chromium longer than all that is measured.
const PAGE = {
  "index.html": '<!doctype html><title>typing</title><input id="key"><output id="summary"></output><script type="module" src="main.ts"></script>',
  "main.ts": `import { Checker } from "../web-worker/src/checker.js";
    const [key, summary] = ["#key", "#summary"].map((name) => document.querySelector(name));
    const checker = new Checker((report) => (summary.textContent = JSON.stringify(report.summary)), (message) => { throw new Error(message); });
    globalThis.begin = (text) => {
      const [before, after] = [text.slice(0, text.indexOf(":") + 2), text.slice(text.indexOf(","))];
      const check = () => checker.check(before + key.value + '"' + after);
      key.addEventListener("input", check);
      check();
    };`,
  "vite.config.ts": 'export { default } from "../web-worker/vite.config.js";',
};
const folder = new URL("typing/", examples);
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(PAGE)) writeFileSync(new URL(name, folder), text);
execFileSync(new URL("node_modules/.bin/vite", examples).pathname, ["build", "typing", "--logLevel", "warn"], { cwd: examples, stdio: "inherit" });
const browser = await launch();
const server = await serve({ "/seamlint/": new URL("dist/", installed), "/typing/": new URL("dist/", folder) });

/**
 * Presses a key again and again, and takes the time from the event of each to the change of the page that shows its
 * message, as the page's own clock has it.
 */
async function measure(page, field, shown) {
  await page.evaluate(([field, shown]) => {
    const input = document.querySelector(field);
    const times = [];
    let begin;
    // The event has the time at which the browser got the key.
    input.addEventListener("input", ({ timeStamp }) => (begin ??= timeStamp), { capture: true });
    new MutationObserver(() => {
      if (begin !== undefined) times.push(performance.now() - begin);
      begin = undefined;
    }).observe(document.querySelector(shown), { childList: true, subtree: true, characterData: true, attributes: true });
    Object.assign(globalThis, { times });
  }, [field, shown]);
  for (let at = 0; at < KEYS; at++) {
    // Wrong and right by turns, so that the message changes with each.
    await page.keyboard.press(at % 2 ? "Backspace" : "x");
    await page.waitForFunction((count) => globalThis.times.length > count, at, { timeout: 10_000 });
    await page.waitForTimeout(PAUSE);
  }
  const times = (await page.evaluate(() => globalThis.times)).sort((a, b) => a - b);
  return { median: times[KEYS / 2], worst: times.at(-1), high: times[Math.floor(KEYS * 0.95)] };
}

/** A form of 2 KB that checks in the page's own thread. */
async function form() {
  const { page, problems } = await open(browser, server.url);
  const bytes = await page.evaluate(async () => {
    const { bindForm, load, readForm } = await import("/seamlint/browser.js");
    const field = (name, value) => `<label>${name} <input name="${name}" value="${value}"></label>`;
    const rows = Array.from({ length: 12 }, (_, at) =>
      field(`spaces.${at}.space_key`, `room_${at}`) + field(`spaces.${at}.name`, `Room number ${at} of the house by the sea`) +
      field(`spaces.${at}.customer_data.time_zone`, "America/Los_Angeles") + field(`spaces.${at}.customer_data.default_checkin_time`, "15:00"));
    document.body.innerHTML = `<form>${field("customer_key", "hotel_17")}${rows.join("")}<button>Save</button></form>`;
    const [form] = document.forms;
    await load();
    bindForm(form, { on: "input" });
    form.elements["spaces.3.customer_data.default_checkin_time"].focus();
    return JSON.stringify(readForm(form)).length;
  });
  const name = "spaces.3.customer_data.default_checkin_time";
  await page.keyboard.press("End");
  const times = await measure(page, `[name="${name}"]`, `label:has([name="${name}"]) + output`);
  if (problems.length > 0) throw new Error(problems.join());
  await page.close();
  return [`a form of ${(bytes / 1000).toFixed(1)} KB, 49 fields, on the main thread`, times, 16];
}

/** A value in a text of 1 MB that the example's worker checks. */
async function worker(text) {
  const { page, problems } = await open(browser, `${server.url}/typing/`);
  await page.evaluate((text) => {
    document.querySelector("#key").focus();
    globalThis.begin(text);
  }, text);
  await page.waitForFunction(() => document.querySelector("#summary").textContent !== "");
  const times = await measure(page, "#key", "#summary");
  if (problems.length > 0) throw new Error(problems.join());
  await page.close();
  return [`a value in a text of ${(text.length / 1e6).toFixed(2)} MB, in a worker (pkg/examples/web-worker)`, times, 50];
}

try {
  const rows = [await form(), await worker(readFileSync(process.argv[2], "utf8"))];
  console.log(`Chromium ${browser.version()}, ${KEYS} keys, ${PAUSE} ms apart.\n`);
  console.log("| from a key to its message | median | 95 of 100 | worst | limit |\n|---|--:|--:|--:|--:|");
  const ms = (time) => `${time.toFixed(1)} ms`;
  for (const [what, { median, high, worst }, limit] of rows) console.log(`| ${what} | ${ms(median)} | ${ms(high)} | ${ms(worst)} | ${limit} ms |`);
} finally {
  await browser.close();
  await server.close();
}
