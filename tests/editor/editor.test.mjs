// The schema in the engine of VS Code's JSON support, set up as docs/editors.md says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import languageService from "vscode-json-languageservice";

const { getLanguageService, TextDocument } = languageService;

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

// The settings are those of the page: the only block of JSON in it.
const [, block] = /```json\n([^`]*)```/.exec(read("docs/editors.md"));
const settings = JSON.parse(block)["json.schemas"];

/** The service with the page's settings; the schema's copy stands where they look for it. */
function service() {
  const languages = getLanguageService({
    schemaRequestService: async (uri) => {
      assert.equal(uri, "file:///work/.vscode/push_data.schema.json");
      return read("schema/push_data.schema.json");
    },
  });
  languages.configure({
    validate: true,
    schemas: settings.map(({ fileMatch, url }) => ({
      fileMatch,
      uri: new URL(url, "file:///work/").href,
      folderUri: "file:///work",
    })),
  });
  return languages;
}

/** A payload with a place in it, which `|` marks. */
function open(marked, path = "payloads/hotel.json") {
  const at = marked.indexOf("|");
  const text = at < 0 ? marked : marked.slice(0, at) + marked.slice(at + 1);
  const document = TextDocument.create(`file:///work/${path}`, "json", 1, text);
  const languages = service();
  return { languages, document, json: languages.parseJSONDocument(document), place: document.positionAt(Math.max(at, 0)) };
}

/** What is underlined, with the message. */
async function errors(text, path) {
  const { languages, document, json } = open(text, path);
  const found = await languages.doValidation(document, json);
  return found.map(({ range, message }) => [document.getText(range), message]);
}

async function hover(marked) {
  const { languages, document, json, place } = open(marked);
  const hover = await languages.doHover(document, place, json);
  // What Markdown would take for markup is escaped.
  return (hover?.contents ?? []).map((part) => part.value ?? part).join("\n").replace(/\\(.)/g, "$1");
}

async function completions(marked) {
  const { languages, document, json, place } = open(marked);
  const { items } = await languages.doComplete(document, place, json);
  return items.map(({ label }) => label);
}

test("a payload that is right has no errors", async () => {
  assert.deepEqual(await errors(read("tests/fixtures/hotel.json")), []);
});

test("what breaks the schema is underlined", async () => {
  const cases = [
    ['{ "sites": [] }', "{", /Missing property "customer_key"/],
    ['{ "customer_key": "" }', '""', /shorter than the minimum length of 1/],
    ['{ "customer_key": "c", "rooms": null }', "null", /Incorrect type/],
    ['{ "customer_key": "c", "rooms": [{ "room_key": 101, "name": "101" }] }', "101", /Incorrect type/],
    [
      '{ "customer_key": "c", "spaces": [{ "space_key": "s", "name": "S", "customer_data": { "default_checkin_time": "3 pm" } }] }',
      '"3 pm"',
      /does not match the pattern/,
    ],
    ['{ "customer_key": "c", "reservations": [{ "reservation_key": "r", "starts_at": "tomorrow" }] }', '"tomorrow"', /date-time/],
  ];
  for (const [text, underlined, message] of cases) {
    const found = await errors(text);
    assert.ok(
      found.some(([at, said]) => at === underlined && message.test(said)),
      `${text}: ${JSON.stringify(found)}`,
    );
  }
});

test("files that are no payloads are left alone", async () => {
  assert.deepEqual(await errors('{ "name": "x" }', "package.json"), []);
  assert.notDeepEqual(await errors('{ "name": "x" }', "payloads/a/b.json"), []);
  assert.notDeepEqual(await errors('{ "name": "x" }', "src/hotel.push_data.json"), []);
});

test("members are explained", async () => {
  const schema = JSON.parse(read("schema/push_data.schema.json"));
  const { description } = schema.properties.access_grants.items.properties.preferred_code;
  assert.ok(description.length > 10);
  assert.equal(await hover('{ "access_grants": [{ "prefe|rred_code": "1234" }] }'), description);
  assert.equal(await hover('{ "access_gr|ants": [] }'), schema.properties.access_grants.description);
});

test("names are offered", async () => {
  const collections = await completions('{ "customer_key": "c", | }');
  const schema = JSON.parse(read("schema/push_data.schema.json"));
  const wanted = Object.keys(schema.properties).filter((name) => name !== "customer_key");
  assert.deepEqual(collections.map((label) => label.replaceAll('"', "")).sort(), wanted.sort());
  const members = await completions('{ "customer_key": "c", "reservations": [{ | }] }');
  assert.ok(members.includes("starts_at"), members.join(", "));
});
