// The functions that every entry shares.

import { entries } from "./catalogue.js";
import { call, isLoaded } from "./engine.js";
import * as glue from "./glue.js";
import type { KnownKeys, Options } from "./options.js";
import { placeOf, pointerOf } from "./paths.js";
import type { Kind } from "./payload.js";
import type { Finding, Report } from "./report.js";
import { asBytes, encode, toText, toTextWithout, wellFormed, type Input, type NotJsonError } from "./text.js";

/** A rule. */
export interface Rule {
  code: string;
  severity: "error" | "warning" | "info";
  on_by_default: boolean;
  fix: "none" | "safe" | "unsafe" | "both";
  group: string;
  since: string;
  /** Who says so: a public document, the API's own model, or our judgement. */
  basis: "documented" | "model" | "judgement";
  /** Where that is said, or why we judge so. */
  source: string;
  /** One sentence. */
  summary: string;
  url: string;
  /** Markdown. */
  docs: string;
}

/** Versions of the package and of its data. */
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
 * @throws {TypeError} if the options are invalid, or JSON cannot hold the value.
 */
export function check(input: Input, options?: Options): Report {
  return checkBytes(undefined, inputBytes(input), options);
}

/**
 * Checks one resource by itself, as a form edits it. Pointers are relative to it.
 *
 * @throws {TypeError} if there is no such collection, the options are invalid, or JSON cannot hold the value.
 */
export function checkResource(kind: Kind, input: Input, options?: Options): Report {
  return checkBytes(kind, inputBytes(input), options);
}

/** Options of {@link fix}. */
export interface FixOptions extends Options {
  /** Applies unsafe fixes too. */
  unsafe?: boolean;
  /** The text is one resource of this collection. */
  kind?: Kind;
}

/** The result of {@link fix}. */
export interface Fixed {
  /** The fixed text; the same text if there was nothing to fix. */
  text: string;
  /** The fixes that were applied. */
  applied: { code: string; title: string; safety: "safe" | "unsafe" }[];
  /** How many rounds of fixes it took. */
  rounds: number;
  /** The report of the fixed text. */
  report: Report;
}

/**
 * Applies the safe fixes, or all, until nothing changes. Text outside the fixes stays as it is, and
 * the result never has more errors than the text.
 *
 * @throws {TypeError} if the options are invalid, or there is no such collection.
 */
export function fix(text: string, options: FixOptions = {}): Fixed {
  const { unsafe, kind, ...rest } = options;
  const chosen = optionsText(rest);
  const bytes = encode(wellFormed(text));
  return JSON.parse(call(() => glue.fix(kind ?? "", bytes, unsafe ?? false, chosen)));
}

/** Checks bytes as a payload, or as a resource of a collection. */
function checkBytes(kind: Kind | undefined, bytes: Uint8Array, options: Options | undefined): Report {
  const chosen = optionsText(options);
  return JSON.parse(
    call(() =>
      kind === undefined ? glue.check(bytes, chosen) : glue.check_resource(String(kind), bytes, chosen),
    ),
  );
}

/** The result of {@link checkValue}. */
export interface CheckedValue {
  report: Report;
  /** Values that JSON cannot hold, with their paths. */
  unfit: NotJsonError[];
  /** Findings at the other values. */
  findings: Finding[];
}

/** Checks a value of which JSON may not hold all: an empty number field gives `NaN`. */
export function checkValue(kind: Kind | undefined, value: unknown, options?: Options): CheckedValue {
  const { text, unfit } = toTextWithout(value);
  const report = checkBytes(kind, encode(text), options);
  // A finding at a `null` that replaces such a value would repeat it.
  const ours = unfit.map(({ at }) => pointerOf(at));
  const isOurs = (pointer: string): boolean => ours.some((one) => pointer === one || pointer.startsWith(`${one}/`));
  const findings = report.files.flatMap((file) => file.diagnostics).filter((finding) => !isOurs(placeOf(finding)));
  return { report, unfit: unfit.map(({ error }) => error), findings };
}

/** Collects the own keys of every resource in payloads, for `known`. */
export function keys(...payloads: readonly Input[]): KnownKeys {
  const texts = payloads.map(inputText);
  return JSON.parse(call(() => glue.keys(texts)));
}

/** All rules, in the order of the catalogue. */
export function rules(): Rule[] {
  return structuredClone(entries) as Rule[];
}

/**
 * The documentation of a rule, with examples, in Markdown.
 *
 * @throws {TypeError} if there is no such rule.
 */
export function explain(code: string): string {
  const rule = (entries as Rule[]).find((entry) => entry.code === code);
  if (!rule) {
    // Throws an error that suggests the nearest code.
    if (isLoaded()) call(() => glue.find_rule(String(code)));
    throw new TypeError(`there is no rule ${JSON.stringify(code)}`);
  }
  const fix = { none: "no fix", safe: "safe fix", unsafe: "unsafe fix", both: "safe and unsafe fixes" };
  const state = rule.on_by_default ? "" : ", off by default";
  const basis = { documented: "Documented", model: "The API's model", judgement: "Our judgement" };
  const head = `${code} (${rule.severity}${state}, ${fix[rule.fix]}, since ${rule.since})`;
  return `${head}\n\n${basis[rule.basis]}: ${rule.source}.\n\n${rule.docs}\n${rule.url}\n`;
}

/** The JSON Schema (2020-12) of a payload. */
export function schema(): Record<string, unknown> {
  return JSON.parse(call(() => glue.schema()));
}

/** Versions of the package and of its data. */
export function version(): Versions {
  return JSON.parse(call(() => glue.version()));
}

/** The bytes of an input: a string is JSON text, any other value is written as JSON. */
function inputBytes(input: Input): Uint8Array {
  if (typeof input === "string") return encode(wellFormed(input));
  return asBytes(input) ?? encode(toText(input));
}

/** The text of an input. */
function inputText(input: Input): string {
  if (typeof input === "string") return wellFormed(input);
  const bytes = asBytes(input);
  return bytes ? new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) : toText(input);
}

function optionsText(options: Options | undefined): string {
  if (options === undefined) return "";
  const { context, known, ...rest } = options;
  return toText({ ...rest, known: known && [known].flat(), context: context?.map(inputText) });
}
