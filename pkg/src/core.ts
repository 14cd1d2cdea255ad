// The functions that every entry shares.

import { entries } from "./catalogue.js";
import { call, isLoaded } from "./engine.js";
import * as glue from "./glue.js";
import { pointerOf } from "./paths.js";
import type { Resources } from "./payload.js";
import type { Finding, Report } from "./report.js";
import { asBytes, toText, toTextWithout, wellFormed, type Input, type NotJsonError } from "./text.js";

/** A collection of a payload, such as `"reservations"`. */
export type Kind = keyof Resources;

/** How loud a rule is. */
export type Level = "off" | "info" | "warning" | "error";

/** Own keys of resources by customer and collection, as {@link keys} gives them. */
export interface KnownKeys {
  version: 1;
  customers: Record<string, { [kind in Kind]?: string[] }>;
}

/** What a check heeds. */
export interface Options {
  /** Severities by code, over the rules' own. */
  rules?: Record<string, Level>;
  /** How many findings of one code are listed (all are counted); 0 lists all. Default 1000. */
  maxPerCode?: number;
  /** Keep the payload's values out of messages. */
  redact?: boolean;
  /** Keys of resources that exist already. */
  known?: KnownKeys | readonly KnownKeys[];
  /** Payloads whose resources exist already. */
  context?: readonly Input[];
  /** Everything there is, is in the payload and the known keys: any other reference is an error. */
  closedWorld?: boolean;
  /** What time it is, in RFC 3339, for the rule that finds stays that are long past. */
  now?: string;
}

/** A rule. */
export interface Rule {
  code: string;
  severity: "error" | "warning" | "info";
  on_by_default: boolean;
  fix: "none" | "safe" | "unsafe" | "both";
  group: string;
  since: string;
  /** One sentence. */
  summary: string;
  url: string;
  /** Markdown. */
  docs: string;
}

/** What versions are at work. */
export interface Versions {
  /** Of this package. */
  version: string;
  /** Of Seam's published schema. */
  schema: string;
  /** Of the time zone data. */
  iana: string;
}

/**
 * Checks a payload: JSON text, its bytes, or a plain value.
 *
 * Offsets and columns count UTF-16 code units, as strings do. Of a plain value they are places in
 * its compact JSON text; look at `pointer` instead.
 *
 * @throws {TypeError} if the options or the value make no sense.
 */
export function check(input: Input, options?: Options): Report {
  const bytes = asBytes(input);
  if (typeof input === "string" && glue.takes_parts()) return checkParts(input, options);
  if (!bytes) return checkText(undefined, inputText(input), options);
  const chosen = optionsText(options);
  return reportOf(call(() => glue.check_bytes(bytes, chosen)));
}

/**
 * Checks one resource by itself, as a form edits it. Pointers are relative to it.
 *
 * @throws {TypeError} if there is no such collection, or the options or the value make no sense.
 */
export function checkResource(kind: Kind, input: Input, options?: Options): Report {
  return checkText(kind, inputText(input), options);
}

/** What {@link fix} heeds. */
export interface FixOptions extends Options {
  /** Apply the fixes that are guesses too. */
  unsafe?: boolean;
  /** The text is one resource of this collection. */
  kind?: Kind;
}

/** What {@link fix} leads to. */
export interface Fixed {
  /** The text with the fixes; the same text if there was nothing to do. */
  text: string;
  /** What was applied. */
  applied: { code: string; title: string; safety: "safe" | "unsafe" }[];
  /** How many rounds of fixes the text went through. */
  rounds: number;
  /** What is found in the fixed text. */
  report: Report;
}

/**
 * Applies the safe fixes, or all, until nothing changes. What no fix names is not touched, and the
 * result never has more errors than the text.
 *
 * @throws {TypeError} if the options make no sense.
 */
export function fix(text: string, options: FixOptions = {}): Fixed {
  const { unsafe, kind, ...rest } = options;
  const chosen = optionsText(rest);
  const checked = wellFormed(text);
  return JSON.parse(call(() => glue.fix(kind ?? "", checked, unsafe ?? false, chosen)));
}

/** Checks JSON text as a payload, or as a resource of a collection. */
export function checkText(kind: Kind | undefined, text: string, options?: Options): Report {
  const chosen = optionsText(options);
  return reportOf(
    call(() =>
      kind === undefined ? glue.check(text, chosen) : glue.check_resource(String(kind), text, chosen),
    ),
  );
}

/** Checks JSON text that is handed over as it is: not looked at, and not encoded, by JavaScript. */
function checkParts(text: string, options?: Options): Report {
  const chosen = optionsText(options);
  const report = call(() => (glue.hand_over(text) ? glue.check_parts(chosen) : undefined));
  return report === undefined ? checkText(undefined, wellFormed(text), options) : reportOf(report);
}

/** The report in which nothing is found. */
let clean: Report | undefined;

/** What the text of a report says; `""` stands for the clean one. */
function reportOf(text: string): Report {
  if (text !== "") return JSON.parse(text);
  const report: Report = (clean ??= JSON.parse(call(glue.clean)));
  // Everybody's own: 0.05 µs, where parsing takes 0.8.
  return {
    ...report,
    tool: { ...report.tool },
    summary: { ...report.summary },
    files: report.files.map((file) => ({ ...file, diagnostics: [] })),
  };
}

/** A value that was checked for a form. */
export interface CheckedValue {
  report: Report;
  /** What JSON cannot hold, with its place. */
  unfit: NotJsonError[];
  /** What is found at values that JSON can hold. */
  findings: Finding[];
}

/** Checks a value as far as JSON can hold it: a number field that is empty gives `NaN`. */
export function checkValue(kind: Kind | undefined, value: unknown, options?: Options): CheckedValue {
  const { text, unfit } = toTextWithout(value);
  const report = checkText(kind, text, options);
  // What is found at a `null` of ours is no news.
  const ours = unfit.map(({ at }) => pointerOf(at));
  const isOurs = (pointer: string): boolean => ours.some((one) => pointer === one || pointer.startsWith(`${one}/`));
  const findings = report.files.flatMap((file) => file.diagnostics).filter(({ pointer }) => !isOurs(pointer));
  return { report, unfit: unfit.map(({ error }) => error), findings };
}

/** The own keys of every resource in payloads, for `known`. */
export function keys(...payloads: readonly Input[]): KnownKeys {
  const texts = payloads.map(inputText);
  return JSON.parse(call(() => glue.keys(texts)));
}

/** All rules, in the order of the catalogue. */
export function rules(): Rule[] {
  return structuredClone(entries) as Rule[];
}

/**
 * What a rule is about, with examples, in Markdown.
 *
 * @throws {TypeError} if there is no such rule.
 */
export function explain(code: string): string {
  const rule = (entries as Rule[]).find((entry) => entry.code === code);
  if (!rule) {
    // The engine says so too, and which code is meant.
    if (isLoaded()) checkText(undefined, "{}", { rules: { [code]: "off" } });
    throw new TypeError(`there is no rule ${JSON.stringify(code)}`);
  }
  const fix = { none: "no fix", safe: "safe fix", unsafe: "unsafe fix", both: "safe and unsafe fixes" };
  const state = rule.on_by_default ? "" : ", off by default";
  return `${code} (${rule.severity}${state}, ${fix[rule.fix]}, since ${rule.since})\n\n${rule.docs}\n${rule.url}\n`;
}

/** The JSON Schema (2020-12) of a payload. */
export function schema(): Record<string, unknown> {
  return JSON.parse(call(() => glue.schema()));
}

/** What versions are at work. */
export function version(): Versions {
  return JSON.parse(call(() => glue.version()));
}

/** The text of an input: a string is JSON text, anything else is written as JSON. */
function inputText(input: Input): string {
  if (typeof input === "string") return wellFormed(input);
  const bytes = asBytes(input);
  // Bytes that are no text are for `check`, which reports each of them.
  return bytes ? new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) : toText(input);
}

function optionsText(options: Options | undefined): string {
  if (options === undefined) return "";
  const { context, ...rest } = options;
  return toText({ ...rest, context: context?.map(inputText) });
}
