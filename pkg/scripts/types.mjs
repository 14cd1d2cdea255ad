// Writes the types of reports, payloads and options from their schemas. With --check, fails if they
// are stale.

import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";

const at = (path) => new URL(`../${path}`, import.meta.url);
const json = (path) => JSON.parse(readFileSync(at(path), "utf8"));
const options = (from) => ({
  additionalProperties: false,
  bannerComment: `// Made from schema/${from} by \`npm run types\`; a test fails when it is stale.`,
  unknownAny: true,
});

/** For `exactOptionalPropertyTypes`: what is undefined is left out, as JSON.stringify does. */
const orUndefined = (text) =>
  text
    .replace(/^( +)(\w+\?: )([^{}\n]*);$/gm, "$1$2$3 | undefined;")
    .replace(/^( +)(\w+\?: \{\n[^]*?\n\1\});$/gm, "$1$2 | undefined;");

/** The codes of all rules, and what `data` has for each. */
function codes() {
  const rules = json("../schema/rules.json");
  const type = ({ type, values }) => {
    const choice = values?.map((value) => JSON.stringify(value)).join(" | ");
    return { integer: "number", string: choice ?? "string", strings: choice ? `(${choice})[]` : "string[]" }[type];
  };
  const fields = (data) => data.map((field) => ` ${field.name}${field.optional ? "?" : ""}: ${type(field)};`).join("");
  return `// Made from schema/rules.json by \`npm run types\`; a test fails when it is stale.

import type { Data } from "./report.js";

/** The code of a rule. */
export type Code =${rules.map(({ code }) => `\n  | "${code}"`).join("")};

/** What \`data\` has for each code. A \`{found}\` in a \`reason\` stands for that field. */
export interface DataByCode {
${rules.map(({ code, data }) => `  "${code}": {${fields(data)} };`).join("\n")}
}

/** What \`data\` has for a code. With \`redact\`, what is a value of the payload is left out. */
export type DataOf<C extends Code> = DataByCode[C] & { [field in Exclude<keyof Data, keyof DataByCode[C]>]?: never };

/** A code with its data: where the code is known, so is the data. */
export type CodeAndData = {
  [C in Code]: object extends DataByCode[C] ? { code: C; data?: DataOf<C> } : { code: C; data: DataOf<C> };
}[Code];
`;
}

async function report() {
  const schema = json("../schema/report.v1.schema.json");
  schema.title = "Report";
  // A reference with a description of its own would become a type of its own.
  for (const part of Object.values(schema.$defs)) {
    for (const [name, member] of Object.entries(part.properties ?? {})) {
      if (member.$ref) delete member.description;
      if (name === "code") member.tsType = "Code";
      // What is absent is left out, never null.
      if (Array.isArray(member.type)) [member.type] = member.type.filter((type) => type !== "null");
      if (member.anyOf) {
        const [only] = member.anyOf.filter((choice) => choice.type !== "null");
        delete member.anyOf;
        delete member.description;
        Object.assign(member, only);
      }
    }
  }
  const text = await compile(schema, "Report", options("report.v1.schema.json"));
  const [, fields] = /export interface Finding \{\n([^]*?)\n\}\n/.exec(text) ?? [];
  // Its code says what its data has.
  const own = fields?.replace(/ {2}\/\*\*\n {3}\* The rule\.\n {3}\*\/\n {2}code: Code;\n {2}data\?: Data;\n/, "");
  if (own === undefined || own === fields) throw new Error("a finding has another form");
  return text
    .replace(`export interface Finding {\n${fields}\n}\n`, `export type Finding = CodeAndData & FindingFields;\n/**\n * What a finding has beside its code and data.\n */\nexport interface FindingFields {\n${own}\n}\n`)
    .replace("\n\n", '\n\nimport type { Code, CodeAndData } from "./codes.js";\n\n');
}

/** `staff_members` → `StaffMember`. */
const singular = (collection) =>
  collection
    .replace(/ies$/, "y")
    .replace(/s$/, "")
    .split("_")
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join("");

async function payload() {
  const schema = json("../schema/push_data.schema.json");
  schema.title = "PushDataPayload";
  const collections = [];
  for (const [name, member] of Object.entries(schema.properties)) {
    if (member.type !== "array" || !member.items?.properties) continue;
    member.items.title = singular(name);
    collections.push(name);
  }
  const text = orUndefined(await compile(schema, "PushDataPayload", options("push_data.schema.json")));
  const members = collections.map((name) => `  ${name}: ${singular(name)};`);
  const [numbers, dateTimes] = [new Set(), new Set()];
  const visit = ({ properties = {} }) => {
    for (const [name, member] of Object.entries(properties)) {
      const types = [member.type].flat();
      if (types.includes("number") || types.includes("integer")) numbers.add(name);
      if (member.format === "date-time") dateTimes.add(name);
      visit(member.items ?? member);
    }
  };
  visit(schema);
  const list = (about, name, values) =>
    `/** ${about} */\nexport const ${name}: readonly string[] = [\n${[...values].sort().map((value) => `  "${value}",\n`).join("")}];\n`;
  return `${text}
${list("Members that are numbers, wherever they are.", "NUMBERS", numbers)}
${list("Members that are a date and time with an offset.", "DATE_TIMES", dateTimes)}
${list("The collections of a payload.", "KINDS", collections)}
/** The resource of each collection. */
export interface Resources {
${members.join("\n")}
}

/** A collection of a payload, such as \`"reservations"\`. */
export type Kind = keyof Resources;
`;
}

async function checkOptions() {
  const from = "npm_options.schema.json";
  const schema = json(`../schema/${from}`);
  schema.title = "Options";
  for (const member of Object.values(schema.properties)) {
    // What is absent is left out, never null.
    if (Array.isArray(member.type)) [member.type] = member.type.filter((type) => type !== "null");
    delete member.default;
  }
  // `core.ts` accepts more than it passes on.
  const { known, context, rules } = schema.properties;
  rules.tsType = "{ [code in Code]?: Level | undefined }";
  known.tsType = "KnownKeys | readonly KnownKeys[]";
  context.tsType = "readonly Input[]";
  const text = orUndefined(await compile(schema, "Options", options(from)));
  const imports = 'import type { Code } from "./codes.js";\nimport type { Kind } from "./payload.js";\nimport type { Input } from "./text.js";\n';
  const names = Object.keys(schema.properties).map((name) => `  "${name}",\n`);
  return `${text.replace("\n\n", `\n\n${imports}\n`)}
/** The names of all options. */
export const OPTION_NAMES: readonly string[] = [
${names.join("")}];

/** The severity that the user gives a rule. */
export type Level = "off" | "info" | "warning" | "error";

/** Own keys of resources by customer and collection, as \`keys\` returns them. */
export interface KnownKeys {
  version: 1;
  customers: Record<string, { [kind in Kind]?: string[] }>;
}
`;
}

for (const [path, text] of [
  ["src/codes.ts", codes()],
  ["src/report.ts", await report()],
  ["src/payload.ts", await payload()],
  ["src/options.ts", await checkOptions()],
]) {
  if (process.argv.includes("--check")) {
    if (readFileSync(at(path), "utf8") !== text) {
      console.error(`pkg/${path} is stale: run \`npm run types\` in pkg/`);
      process.exitCode = 1;
    }
  } else {
    writeFileSync(at(path), text);
  }
}
