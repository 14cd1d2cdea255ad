// Forms in a real browser, and a server that counts what they send.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";

import { launch, open, screenshot, serve } from "./browser.mjs";
import { installed } from "./support.mjs";

let browser;
let server;
let opened;
before(async () => {
  browser = await launch();
  server = await serve({ "/seamlint/": new URL("dist/", installed) });
});
after(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(() => {
  server.sent.length = 0;
});

const input = (name, value = "", more = "") => `<label>${name} <input name="${name}" value="${value}" ${more}></label>`;
const SPACE = `${input("space_key", "101")}${input("name", "Room 101")}`;

/**
 * Opens a page with one form and binds it. `options` is an expression in the page; `setup` is run after.
 *
 * @param {string} fields
 */
async function bound(fields, { options = '{ kind: "spaces" }', loads = true, attributes = "" } = {}) {
  opened = await open(browser, server.url);
  const { page } = opened;
  await page.evaluate(async ([html, loads]) => {
    document.body.innerHTML = html;
    const seamlint = await import("/seamlint/browser.js");
    Object.assign(window, { seamlint, form: document.forms[0], submits: 0 });
    if (loads) await seamlint.load();
    window.bind = (value) => {
      try {
        window.binding = seamlint.bindForm(window.form, value);
      } catch (error) {
        window.misuse = String(error);
      }
    };
  }, [`<form action="/send" method="post" ${attributes}>${fields}<button>Save</button></form>`, loads]);
  await page.evaluate(`window.bind(${options})`);
  return page;
}

const save = async (page) => {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForTimeout(150);
};
const region = (page, name) => page.locator(`label:has([name="${name}"]) + output`);
const common = (page) => page.locator("form > output:has(+ button)");

/** Presses Save, and expects that nothing is sent and the page says why. */
async function holds(page, says) {
  await save(page);
  assert.deepEqual(server.sent, [], "nothing is sent");
  const text = (await page.locator(".seamlint-message").allTextContents()).join("\n");
  assert.match(text, says);
  await page.close();
}

test("what is right is sent, once", async () => {
  const page = await bound(SPACE);
  await save(page);
  assert.deepEqual(server.sent.map((data) => Object.fromEntries(data)), [{ space_key: "101", name: "Room 101" }]);
  assert.deepEqual(opened.problems, []);
  assert.equal(await page.locator(".seamlint-message").allTextContents().then((all) => all.join("")), "");
  await page.close();
});

test("an error is held wherever the browser's own validation does not look", async (t) => {
  const time = "customer_data.default_checkin_time";
  const cases = {
    "a hidden field": [`${input("name", "R")}<input type="hidden" name="space_key" value="">`, undefined, /Error space_key is missing\./],
    "a readonly field": [SPACE + input(time, "9:00", "readonly"), undefined, /"9:00"/],
    "a disabled field": [input("name", "R") + input("space_key", "1", "disabled"), undefined, /space_key is missing/],
    "a field in a disabled fieldset": [`${input("name", "R")}<fieldset disabled>${input("space_key", "1")}</fieldset>`, undefined, /space_key is missing/],
    "a field that is not shown": [`${SPACE}<div hidden>${input(time, "9:00")}</div>`, undefined, /"9:00"/],
    "no field, and the first is hidden": [`<input type="hidden" name="customer_key" value="c">${input("spaces.0.space_key", "1")}`, "{}", /name is missing/],
    "a value that JSON cannot hold": [SPACE, '{ kind: "spaces", read: () => ({ space_key: "1", name: "R", duration_minutes: Infinity }) }', /Infinity/],
    "read throws": [SPACE, '{ kind: "spaces", read() { throw new Error("no such thing"); } }', /could not be checked, and was not sent\. no such thing/],
    "message throws": [SPACE + input(time, "9:00"), '{ kind: "spaces", message() { throw new Error("no words"); } }', /no words/],
    "a misspelt collection": [SPACE, '{ kind: "space" }', /there is no collection "space"; did you mean "spaces"\?/],
    "a misspelt option": [SPACE, '{ kidn: "spaces" }', /there is no option "kidn"; did you mean "kind"\?/],
    "names that collide": [SPACE + input("name.first", "R"), undefined, /"name" and "name.first" collide/],
    "a misspelt rule": [SPACE, '{ kind: "spaces", options: { rules: { "unknown-membr": "off" } } }', /did you mean "unknown-member"/],
    "half a number": [`${SPACE}<label>Minutes <input name="duration_minutes" type="number"></label>`, undefined, /enter a number/i, async (page) => {
      await page.locator("[type=number]").focus();
      await page.keyboard.type("1e");
    }],
    "what the browser finds": [SPACE + input("customer_data.address", "", "required"), undefined, /fill out this field/i],
    "what the app finds": [SPACE, undefined, /that key is taken/, (page) => page.evaluate(() => document.querySelector("[name=space_key]").setCustomValidity("that key is taken"))],
  };
  for (const [name, [fields, options, says, prepare]] of Object.entries(cases)) {
    await t.test(name, async () => {
      const page = await bound(fields, { options });
      await prepare?.(page);
      await save(page);
      // A second click asks again.
      await holds(page, says);
    });
  }
});

test("a form that is bound before the module is loaded is held until it is", async (t) => {
  await t.test("nobody loads it", async () => {
    await holds(await bound(SPACE, { loads: false }), /not loaded/);
  });
  await t.test("binding loads it, and what was asked for is sent then", async () => {
    const page = await bound(SPACE, { loads: false, options: '{ kind: "spaces", load: () => new Promise((resolve) => setTimeout(resolve, 400)).then(() => seamlint.load()) }' });
    await page.getByRole("button", { name: "Save" }).click();
    assert.match(await common(page).textContent(), /when its check is loaded/);
    assert.deepEqual(server.sent, []);
    await page.waitForTimeout(1200);
    assert.equal(server.sent.length, 1);
    assert.equal(await common(page).textContent(), "");
    await page.close();
  });
  await t.test("it is loaded, and the form is wrong", async () => {
    const page = await bound(input("name", "R"), { loads: false, options: '{ kind: "spaces", load: () => new Promise((resolve) => setTimeout(resolve, 300)).then(() => seamlint.load()) }' });
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForTimeout(1000);
    await holds(page, /space_key is missing/);
  });
  await t.test("it cannot be loaded", async () => {
    await holds(await bound(SPACE, { loads: false, options: '{ kind: "spaces", load: () => seamlint.load("/nowhere.wasm") }' }), /could not be checked, and was not sent\. .*404/);
  });
});

test("buttons, keys and scripts that send", async (t) => {
  const wrong = input("name", "R") + input("space_key", "");
  await t.test("formnovalidate saves a draft", async () => {
    const page = await bound(`${wrong}<button formnovalidate formaction="/send?draft">Draft</button>`);
    await page.getByRole("button", { name: "Draft" }).click();
    await page.waitForTimeout(150);
    assert.equal(server.sent.length, 1);
    await page.close();
  });
  await t.test("a novalidate form is held by the report, and stays novalidate", async () => {
    const page = await bound(`${wrong}${input("customer_data.address", "", "required")}`, { attributes: "novalidate" });
    await save(page);
    assert.deepEqual(server.sent, []);
    await page.locator("[name=space_key]").fill("1");
    // `required` is the browser's, and this form asks it nothing.
    await save(page);
    assert.equal(server.sent.length, 1);
    assert.equal(await page.evaluate(() => { binding.unbind(); return form.noValidate; }), true);
    await page.close();
  });
  await t.test("Enter, requestSubmit() and formaction ask; form.submit() does not", async () => {
    const page = await bound(`${wrong}<button formaction="/send?other">Other</button>`);
    await page.locator("[name=name]").press("Enter");
    await page.evaluate(() => form.requestSubmit());
    await page.getByRole("button", { name: "Other" }).click();
    await page.waitForTimeout(150);
    assert.deepEqual(server.sent, []);
    await page.locator("[name=space_key]").fill("1");
    await page.locator("[name=name]").press("Enter");
    await page.waitForTimeout(100);
    await page.evaluate(() => form.requestSubmit());
    await page.waitForTimeout(100);
    await page.getByRole("button", { name: "Other" }).click();
    await page.waitForTimeout(150);
    assert.equal(server.sent.length, 3);
    await page.evaluate(() => form.submit());
    await page.waitForTimeout(150);
    assert.equal(server.sent.length, 4);
    await page.close();
  });
  await t.test("the app's own listener hears of forms that are right alone", async () => {
    const page = await bound(wrong);
    await page.evaluate(() => form.addEventListener("submit", (event) => { event.preventDefault(); window.submits += 1; }));
    await save(page);
    assert.equal(await page.evaluate(() => submits), 0);
    await page.locator("[name=space_key]").fill("1");
    await save(page);
    assert.equal(await page.evaluate(() => submits), 1);
    await page.close();
  });
});

test("every control is read", async (t) => {
  const option = (value, selected) => `<option ${selected ? "selected" : ""}>${value}</option>`;
  const box = (name, value, checked, type = "checkbox") => `<input type="${type}" name="${name}" value="${value}" ${checked ? "checked" : ""}>`;
  const cases = {
    "select multiple": [`<select multiple name="space_keys">${option("a", true)}${option("b")}${option("c", true)}</select>`, { space_keys: ["a", "c"] }],
    "checkboxes of one name": [box("tags", "a", true) + box("tags", "b") + box("tags", "c", true), { tags: ["a", "c"] }],
    "checkboxes with brackets": [box("space_keys[]", "a") + box("space_keys[]", "b", true), { space_keys: ["b"] }],
    "numbered checkboxes": [box("space_keys.0", "a") + box("space_keys.1", "b", true), { space_keys: ["b"] }],
    "a hidden field before a checkbox": [box("plain", "0", false, "hidden") + box("plain", "1", true), { plain: "1" }],
    "a checkbox without a value": ['<input type="checkbox" name="a" checked><input type="checkbox" name="b">', { a: true, b: false }],
    "radio buttons": [box("kind", "a", false, "radio") + box("kind", "b", true, "radio"), { kind: "b" }],
    "number fields": ['<input type="number" name="duration_minutes" value="30"><input type="number" name="n">', { duration_minutes: 30 }],
    "numbers in text fields": ['<input name="geolocation.latitude" value=" 48.5 "><input name="geolocation.longitude" value="-2"><input name="custom_metadata.latitude" value="2">', { geolocation: { latitude: 48.5, longitude: -2 }, custom_metadata: { latitude: "2" } }],
    "a number that is none": ['<input name="duration_minutes" value="half an hour">', { duration_minutes: "half an hour" }],
    "a text area": ["<textarea name='a'>b</textarea>", { a: "b" }],
    "brackets, as TanStack and Rails write them": ['<input name="spaces[0].name" value="a"><input name="spaces[1][name]" value="b"><input name="spaces.2.name" value="c">', { spaces: [{ name: "a" }, { name: "b" }, { name: "c" }] }],
    "what is disabled": ['<input name="a" value="1" disabled><fieldset disabled><input name="b" value="1"><legend></legend></fieldset><select name="c"><option disabled selected>x</option></select>', {}],
    "files, images, buttons, outputs": ['<input type="file" name="a"><input type="image" name="b" alt=""><input type="submit" name="c" value="d"><button name="e" value="f"></button><output name="g">h</output>', {}],
    "tokens, and what is to be ignored": [["_csrf", "authenticity_token", "utf8", "_method", "csrfmiddlewaretoken", "__RequestVerificationToken"].map((name) => box(name, "x", false, "hidden")).join("") + '<div data-seamlint-ignore><input name="coupon" value="x"></div><input name="terms" value="x" data-seamlint-ignore>', {}],
    "names of the prototype": ['<input name="__proto__.a" value="1"><input name="constructor" value="2">', JSON.parse('{ "__proto__": { "a": "1" }, "constructor": "2" }')],
    "names of the form's own properties": [["elements", "id", "addEventListener"].map((name) => `<input name="${name}" value="1">`).join(""), { elements: "1", id: "1", addEventListener: "1" }],
    "numbers of metadata": ['<input name="custom_metadata.2024" value="a">', { custom_metadata: { 2024: "a" } }],
    "custom elements": ['<x-field name="name"></x-field><x-old name="space_key"></x-old>', { name: "from internals", space_key: "from the event" }],
  };
  opened = await open(browser, server.url);
  const { page, problems } = opened;
  const values = await page.evaluate(async (cases) => {
    const { readForm } = await import("/seamlint/browser.js");
    customElements.define("x-field", class extends HTMLElement {
      static formAssociated = true;
      constructor() { super(); this.attachInternals().setFormValue("from internals"); }
    });
    customElements.define("x-old", class extends HTMLElement {
      connectedCallback() { this.closest("form").addEventListener("formdata", ({ formData }) => formData.append("space_key", "from the event")); }
    });
    return cases.map(([name, html]) => {
      document.body.innerHTML = `<form>${html}</form>`;
      return [name, JSON.stringify(readForm(document.forms[0]))];
    });
  }, Object.entries(cases).map(([name, [html]]) => [name, html]));
  for (const [name, json] of values) await t.test(name, () => assert.deepEqual(JSON.parse(json), cases[name][1]));
  assert.deepEqual(problems, []);
  await page.close();
});

test("names that make no sense or collide are named", async () => {
  opened = await open(browser, server.url);
  const { page } = opened;
  const said = await page.evaluate(async () => {
    const { readForm } = await import("/seamlint/browser.js");
    const tried = (names) => {
      const form = document.createElement("form");
      for (const name of names) form.append(Object.assign(document.createElement("input"), { name, value: "x" }));
      const before = performance.now();
      try {
        return [JSON.stringify(readForm(form)).length, performance.now() - before];
      } catch (error) {
        return [`${error.name}: ${error.message}`, performance.now() - before];
      }
    };
    return [
      tried(["customer_data", "customer_data.time_zone"]), tried(["customer_data.time_zone", "customer_data"]),
      tried(["spaces[0].name", "spaces.0.name"]), tried(["spaces[][name]"]), tried(["a" + ".b".repeat(100_000)]),
      tried(["[".repeat(100_000)]), tried(Array.from({ length: 3000 }, (_, at) => `guests.${at * 1e12}.name`)),
    ];
  });
  const collision = /^TypeError: the fields "customer_data" and "customer_data.time_zone" collide: one is a value, the other a member of it$/;
  for (const [at, wanted] of [collision, collision, /^TypeError: two fields have the name "spaces.0.name"/, /empty part/, /too many parts/, /^\d+$|part/, /^\d+$/].entries()) {
    assert.match(String(said[at][0]), wanted);
    assert.ok(said[at][1] < 1000, `${said[at]}`);
  }
  await page.close();
});

test("local dates and times get the offset of their zone", async () => {
  opened = await open(browser, server.url);
  const { page, problems } = opened;
  const values = await page.evaluate(async () => {
    const { readForm } = await import("/seamlint/browser.js");
    const zone = (at, value) => `<input name="spaces.${at}.space_key" value="s${at}"><input name="spaces.${at}.customer_data.time_zone" value="${value}">`;
    const local = (name, value, type = "datetime-local") => `<input type="${type}" name="${name}" value="${value}">`;
    const read = (html, options) => {
      const form = document.createElement("form");
      form.innerHTML = html;
      return readForm(form, options);
    };
    const stay = (value, options) => read(local("starts_at", value), options).starts_at;
    return {
      summer: stay("2026-07-01T15:00", { timeZone: "Europe/Paris" }),
      winter: stay("2026-12-01T15:00:30", { timeZone: "America/Los_Angeles" }),
      half: stay("2026-12-01T15:00", { timeZone: "Asia/Kolkata" }),
      skipped: stay("2026-03-08T02:30", { timeZone: "America/Los_Angeles" }),
      twice: stay("2026-11-01T01:30", { timeZone: "America/Los_Angeles" }),
      found: stay("2026-12-01T15:00", { timeZone: (_, path) => (path[0] === "starts_at" ? "UTC" : undefined) }),
      none: stay("2026-12-01T15:00"),
      noZone: stay("2026-12-01T15:00", { timeZone: "Mars/Olympus" }),
      pair: read(local("ends_at", "2026-12-01", "date") + local("ends_at", "10:00", "time"), { timeZone: "UTC" }).ends_at,
      only: read(zone(0, "Asia/Tokyo") + local("reservations.0.starts_at", "2026-12-01T15:00")).reservations[0].starts_at,
      own: read(zone(0, "Asia/Tokyo") + zone(1, "Europe/Paris") + '<select name="reservations.0.space_keys"><option>s1</option></select>' + local("reservations.0.starts_at", "2026-12-01T15:00")).reservations[0].starts_at,
      many: read(zone(0, "Asia/Tokyo") + zone(1, "Europe/Paris") + local("reservations.0.starts_at", "2026-12-01T15:00")).reservations[0].starts_at,
      time: read(local("customer_data.default_checkin_time", "15:00", "time")).customer_data.default_checkin_time,
      metadata: read(local("custom_metadata.starts_at", "2026-12-01T15:00"), { timeZone: "UTC" }).custom_metadata.starts_at,
    };
  });
  assert.deepEqual(values, {
    summer: "2026-07-01T15:00:00+02:00",
    winter: "2026-12-01T15:00:30-08:00",
    half: "2026-12-01T15:00:00+05:30",
    skipped: "2026-03-08T02:30:00-08:00",
    twice: "2026-11-01T01:30:00-07:00",
    found: "2026-12-01T15:00:00+00:00",
    none: "2026-12-01T15:00",
    noZone: "2026-12-01T15:00",
    pair: "2026-12-01T10:00:00+00:00",
    only: "2026-12-01T15:00:00+09:00",
    own: "2026-12-01T15:00:00+01:00",
    many: "2026-12-01T15:00",
    time: "15:00",
    metadata: "2026-12-01T15:00",
  });
  assert.deepEqual(problems, []);
  await page.close();
});

test("a stay is sent once its clock time exists", async () => {
  const page = await bound(`${input("reservation_key", "r")}${input("starts_at", "2026-03-08T02:30", 'type="datetime-local"')}${input("ends_at", "2026-11-01T01:30", 'type="datetime-local"')}`,
    { options: '{ kind: "reservations", timeZone: "America/Los_Angeles" }' });
  await save(page);
  assert.deepEqual(server.sent, []);
  assert.match(await region(page, "starts_at").textContent(), /^Error starts_at is 2026-03-08 02:30, a time that the clocks of America\/Los_Angeles skip\. Choose another time\.$/);
  assert.match(await region(page, "ends_at").textContent(), /^Warning ends_at is 2026-11-01 01:30, a time that the clocks of America\/Los_Angeles show twice/);
  await page.locator("[name=starts_at]").fill("2026-03-08T03:30");
  await save(page);
  assert.equal(server.sent.length, 1);
  await page.close();
});

test("rows may be numbered by anything, and taken away", async (t) => {
  const guest = (number, key = "", name = "") => `<div class="row">${input(`guests.${number}.guest_key`, key)}${input(`guests.${number}.name`, name)}</div>`;
  const read = (page) => page.evaluate(() => seamlint.readForm(form));
  await t.test("numbers order, and gaps close", async () => {
    const page = await bound(input("customer_key", "c") + guest("1733000000000", "new", "New") + guest(2, "b", "B") + guest(0, "a", "A") + guest(1), { options: "{}" });
    assert.deepEqual((await read(page)).guests, [{ guest_key: "a", name: "A" }, { guest_key: "b", name: "B" }, { guest_key: "new", name: "New" }]);
    await save(page);
    assert.equal(server.sent.length, 1);
    // The message finds its row.
    await page.locator('[name="guests.1733000000000.name"]').fill("");
    await save(page);
    assert.match(await region(page, "guests.1733000000000.name").textContent(), /name is missing/);
    await page.close();
  });
  await t.test("a row that is removed and added again keeps its messages", async () => {
    const page = await bound(input("customer_key", "c") + guest(0, "a", "A") + guest(1, "b"), { options: "{}" });
    await save(page);
    await page.evaluate(() => { window.row = document.querySelectorAll(".row")[1]; window.row.remove(); });
    await page.evaluate(() => binding.validate());
    await page.evaluate(() => { document.querySelector(".row").after(window.row); binding.validate(); });
    const said = await page.evaluate(() => {
      const name = document.querySelector("[name='guests.1.name']");
      return [document.getElementById(name.getAttribute("aria-describedby")).textContent, document.querySelectorAll(".row output").length];
    });
    assert.deepEqual(said, ["Error name is missing.", 4]);
    // Its fields in a new row.
    await page.evaluate(() => {
      for (const label of document.querySelectorAll(".row")[1].querySelectorAll("label")) { const p = document.createElement("p"); label.before(p); p.append(label); }
      document.querySelectorAll(".row output").forEach((one) => one.remove());
      binding.validate();
    });
    assert.match(await page.locator(".row p output").last().textContent(), /name is missing/);
    await page.close();
  });
  await t.test("hostile numbers are bounded work", async () => {
    const page = await bound(input("customer_key", "c") + ["20000", "4294967295", "9".repeat(400), "0".repeat(5000)].map((number, at) => guest(number, `k${at}`)).join(""), { options: "{}" });
    const before = Date.now();
    await save(page);
    assert.ok(Date.now() - before < 3000);
    assert.equal((await read(page)).guests.length, 4);
    assert.equal(await page.locator("output:not(:empty)").count(), 4);
    await page.close();
  });
});

test("reset, unbind, binding twice, two forms, a field called id", async (t) => {
  const wrong = input("name", "R") + input("id", "") + input("space_key", "");
  const trace = () => [document.body.innerHTML.replace(/ value="[^"]*"/g, ""), document.querySelectorAll("output").length, document.querySelectorAll("[aria-invalid], [aria-describedby]").length];
  await t.test("reset is silence", async () => {
    const page = await bound(wrong);
    await save(page);
    assert.match(await region(page, "space_key").textContent(), /missing/);
    await page.evaluate(() => form.reset());
    await page.waitForTimeout(50);
    assert.deepEqual((await page.evaluate(trace)).slice(2), [0]);
    assert.equal((await page.locator("output").allTextContents()).join(""), "");
    await page.close();
  });
  await t.test("unbind leaves nothing", async () => {
    const given = `${wrong}<p data-seamlint-for="name" class="mine" id="hint">as on the door</p>`;
    const page = await bound(given.replace('name="space_key"', 'name="space_key" aria-describedby="hint"'));
    await page.evaluate(() => binding.unbind());
    const clean = await page.evaluate(trace);
    await page.evaluate(() => window.bind({ kind: "spaces" }));
    await save(page);
    assert.equal(await page.locator("[name=space_key]").getAttribute("aria-describedby").then((ids) => ids.split(" ").length), 2);
    await page.evaluate(() => binding.unbind());
    assert.deepEqual(await page.evaluate(trace), clean);
    assert.equal(clean[0].includes('<p data-seamlint-for="name" class="mine" id="hint">as on the door</p>'), true);
    await save(page);
    assert.equal(server.sent.length, 1);
    await page.close();
  });
  await t.test("a second binding replaces the first", async () => {
    const page = await bound(wrong);
    await page.evaluate(() => { window.bind({ kind: "spaces" }); window.bind({ kind: "spaces" }); });
    await save(page);
    assert.deepEqual(await page.locator("label:has([name=space_key]) ~ output:not(:empty)").allTextContents(), ["Error space_key is missing."]);
    await page.close();
  });
  await t.test("ids are unique", async () => {
    const page = await bound(wrong);
    await page.evaluate(() => {
      document.body.append(form.cloneNode(true));
      document.forms[1].querySelectorAll("output").forEach((one) => one.remove());
      seamlint.bindForm(document.forms[1], { kind: "spaces" }).validate();
      binding.validate();
    });
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
    const dangling = await page.evaluate(() => [...document.querySelectorAll("[aria-describedby]")].filter((one) => one.getAttribute("aria-describedby").split(" ").some((id) => !document.getElementById(id))).length);
    assert.equal(dangling, 0);
    await page.close();
  });
});

test("a field is silent until it is left, and follows after that", async (t) => {
  const fields = `${SPACE}${input("customer_data.time_zone", "Europe/Paris")}${input("customer_data.default_checkin_time")}`;
  const checkin = (page) => page.locator('[name="customer_data.default_checkin_time"]');
  const said = (page) => region(page, "customer_data.default_checkin_time").textContent();
  /** How often any region has changed. */
  const count = (page) => page.evaluate(() => {
    window.changes = 0;
    new MutationObserver((all) => { window.changes += all.length; }).observe(form, { childList: true, subtree: true, characterData: true });
  });
  await t.test("blur", async () => {
    const page = await bound(fields);
    await count(page);
    await checkin(page).focus();
    await page.keyboard.type("15:00");
    assert.equal(await page.evaluate(() => window.changes), 0, "typing a right value says nothing");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => window.changes), 0);
    await checkin(page).fill("9:0");
    assert.match(await said(page), /^Error /);
    await checkin(page).fill("09:00");
    assert.equal(await said(page), "");
    // Another field, which nobody has left.
    await page.locator("[name=name]").fill("");
    assert.equal(await region(page, "name").textContent(), "");
    // A click on the button is not answered by a message that moves it away.
    await save(page);
    assert.match(await region(page, "name").textContent(), /missing/);
    assert.deepEqual(server.sent, []);
    assert.equal(await page.evaluate(() => document.activeElement.name), "name");
    await page.close();
  });
  await t.test("input", async () => {
    const page = await bound(fields, { options: '{ kind: "spaces", on: "input" }' });
    await checkin(page).focus();
    await page.keyboard.type("9");
    assert.match(await said(page), /^Error /);
    await page.close();
  });
  await t.test("submit", async () => {
    const page = await bound(fields, { options: '{ kind: "spaces", on: "submit" }' });
    await checkin(page).fill("9:00");
    await page.keyboard.press("Tab");
    assert.equal(await said(page), "");
    await save(page);
    assert.match(await said(page), /^Error /);
    await checkin(page).fill("09:00");
    assert.equal(await said(page), "");
    await page.close();
  });
  await t.test("the same message is announced once", async () => {
    const page = await bound(fields);
    await checkin(page).fill("9:00");
    await save(page);
    await count(page);
    await page.locator("[name=name]").fill("Another");
    assert.equal(await page.evaluate(() => window.changes), 0);
    await page.close();
  });
});

test("one voice: no bubble, a region that was there, a group as a group", async () => {
  const radio = (value) => `<label><input type="radio" name="customer_data.time_zone" value="${value}">${value}</label>`;
  const page = await bound(`${SPACE}<fieldset><legend>Zone</legend>${radio("PST")}${radio("Europe/Paris")}</fieldset>${input("customer_data.default_checkin_time", "9:00")}`);
  assert.equal(await page.locator("output").count(), 5, "a region a field and one for the form");
  await page.getByLabel("PST").check();
  const group = page.locator("fieldset");
  assert.match(await group.locator("output").textContent(), /^(Error|Warning) .*"America\/Los_Angeles"/);
  assert.equal(await group.getAttribute("aria-describedby"), await group.locator("output").getAttribute("id"));
  await save(page);
  assert.equal(await page.evaluate(() => form.matches(":has(:user-invalid)")), false);
  await page.screenshot({ path: screenshot("form-wrong"), fullPage: true });
  assert.deepEqual(opened.problems, []);
  await page.close();
});

test("a warning of no field is shown, and holds nothing", async () => {
  const page = await bound(`${SPACE}<input type="hidden" name="colour" value="red">`);
  await page.evaluate(() => form.addEventListener("submit", (event) => event.preventDefault()));
  await save(page);
  assert.match(await common(page).textContent(), /^Warning .*"colour"/);
  await page.close();
});

test("fixes are a button", async () => {
  const page = await bound(`${SPACE}${input("customer_data.time_zone", "Europe/Paris")}${input("customer_data.default_checkin_time", "9:00")}${input("customer_data.address")}`, { options: '{ kind: "spaces", fixes: true, labels: { use: "Nimm", error: "Fehler" } }' });
  await save(page);
  assert.match(await region(page, "customer_data.default_checkin_time").textContent(), /^Fehler /);
  await page.getByRole("button", { name: "Nimm 09:00" }).click();
  assert.equal(await page.locator('[name="customer_data.default_checkin_time"]').inputValue(), "09:00");
  assert.equal(await region(page, "customer_data.default_checkin_time").textContent(), "");
  await save(page);
  assert.equal(server.sent.length, 1);
  await page.close();
});

test("choices are resources that exist, and one resource has no others", async () => {
  const page = await bound(`${input("customer_key", "c")}${input("reservations.0.reservation_key", "r")}<label>Space <select name="reservations.0.space_keys"><option>s</option></select></label>`, { options: "{}" });
  await page.evaluate(() => binding.validate());
  assert.equal((await page.locator("output").allTextContents()).filter((text) => /no space/.test(text)).length, 0);
  await page.close();
});

test("JSON in a text area has lines", async () => {
  const page = await bound('<label>Payload <textarea name="payload">{ "customer_key": "c",\n "spaces": [{ "name": "S" }] }</textarea></label>', { options: "{ read: (form) => form.elements.payload.value }" });
  await save(page);
  assert.deepEqual(server.sent, []);
  assert.match(await common(page).textContent(), /space_key is missing \(line 2, column 13\)\./);
  await page.close();
});

test("axe finds nothing, in any state", async () => {
  const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  const radio = (value) => `<label><input type="radio" name="customer_data.address" value="${value}">${value}</label>`;
  const page = await bound(`${SPACE}${input("customer_data.time_zone", "PST")}${input("customer_data.default_checkin_time", "9:00")}
    <fieldset><legend>Address</legend>${radio("x")}${radio("y")}</fieldset><label>Minutes <input type="number" name="duration_minutes"></label>
    <input type="hidden" name="colour" value="red">`, { options: '{ kind: "spaces", fixes: true }' });
  await page.evaluate(() => {
    document.documentElement.lang = "en";
    document.title = "A form";
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/seamlint/style.css" });
    document.head.append(link);
    const main = document.createElement("main");
    main.append(Object.assign(document.createElement("h1"), { textContent: "A form" }), form);
    document.body.append(main);
  });
  // The policy forbids inline scripts; the debugger is not bound by it.
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Runtime.evaluate", { expression: axe });
  const violations = async () => {
    const found = await page.evaluate(() => globalThis.axe.run(document));
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  };
  assert.deepEqual(await violations(), [], "before");
  await page.locator("[name=duration_minutes]").fill("1.5");
  await save(page);
  assert.ok((await page.locator("[data-severity=error].seamlint-text").count()) >= 2);
  assert.deepEqual(await violations(), [], "with messages");
  await page.screenshot({ path: screenshot("form-messages"), fullPage: true });
  const field = page.locator('[name="customer_data.default_checkin_time"]');
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  const node = nodes.find(({ name, role }) => role?.value === "textbox" && name?.value === "customer_data.default_checkin_time");
  assert.equal(node.properties.find(({ name }) => name === "invalid").value.value, "true");
  assert.match(node.description.value, /^Error default_checkin_time is "9:00"/);
  await field.fill("09:00");
  await page.locator("[name=duration_minutes]").fill("2");
  await save(page);
  assert.equal(server.sent.length, 1, (await page.locator("output").allTextContents()).join("\n"));
  assert.deepEqual(await violations(), [], "after");
  await page.close();
});
