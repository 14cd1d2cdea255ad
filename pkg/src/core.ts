// The functions that every entry shares.

import { entries } from "./catalogue.js";
import type { Code } from "./codes.js";
import { call } from "./engine.js";
import { stripEmpty } from "./empty.js";
import { checkNames, didYouMean, named } from "./misuse.js";
import { OPTION_NAMES, type KnownKeys, type Options } from "./options.js";
import { placeOf, pointerOf } from "./paths.js";
import { KINDS, type Kind } from "./payload.js";
import type { Data, Finding, Report } from "./report.js";
import { asBytes, encode, toText, toTextWithout, wellFormed, type Input, type NotJsonError } from "./text.js";

/** A rule. */
export interface Rule {
  code: Code;
  severity: "error" | "warning" | "info";
  on_by_default: boolean;
  fix: "none" | "safe" | "unsafe" | "both";
  group: string;
  since: string;
  /** Who says so: a public document, the API's own model, or our judgement. */
  basis: "documented" | "model" | "judgement";
  /** Where that is said, or why we judge so. */
  source: string;
  /** The facts that its findings have in `data`. */
  data: RuleData[];
  /** One sentence. */
  summary: string;
  url: string;
  /** Markdown. */
  docs: string;
}

/** A fact that the findings of a rule have. */
export interface RuleData {
  name: keyof Data;
  type: "string" | "integer" | "strings";
  /** Whether a finding may lack it. */
  optional?: true;
  /** All that it can be. A `{found}` in one of them stands for that fact. */
  values?: string[];
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

/** A report, with what is asked of it most. `JSON.stringify` writes the report alone. */
export interface CheckReport extends Report {
  /** Whether the API would take the payload: there is no error. */
  readonly ok: boolean;
  /** The findings of all files. */
  readonly findings: Finding[];
}

/**
 * Checks a payload: JSON text, its bytes, or a plain value.
 *
 * Offsets and columns count UTF-16 code units, as strings do. Of a plain value they are places in
 * its compact JSON text; look at `pointer` instead.
 *
 * @throws {TypeError} if the options are invalid, or JSON cannot hold the value.
 */
export function check(input: Input, options?: Options): CheckReport {
  return checkBytes(undefined, inputBytes(input), options);
}

/**
 * Checks one resource by itself, as a form edits it. Pointers are relative to it.
 *
 * @throws {TypeError} if there is no such collection, the options are invalid, or JSON cannot hold the value.
 */
export function checkResource(kind: Kind, input: Input, options?: Options): CheckReport {
  checkKind(kind);
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
  /** The fixes that were not applied, each with the message of the error that it would make. */
  dropped: { code: string; pointer: string; title: string; safety: "safe" | "unsafe"; reason: string }[];
  /** How many rounds of fixes it took. */
  rounds: number;
  /** The report of the fixed text. */
  report: Report;
}

/**
 * Applies the safe fixes, or all, until nothing changes. Text outside the fixes stays as it is, and
 * a fix that would make an error is not applied.
 *
 * @throws {TypeError} if the options are invalid, or there is no such collection.
 */
export function fix(text: string, options: FixOptions = {}): Fixed {
  if (typeof text !== "string") throw new TypeError(`fix: a text was expected, not ${named(text)}: JSON.stringify(value), or applyFix(value, finding)`);
  const { unsafe, kind, ...rest } = options;
  checkKind(kind);
  return call(task(unsafe ? "fix-unsafe" : "fix", kind, rest), encode(wellFormed(text))) as Fixed;
}

/** Checks bytes as a payload, or as a resource of a collection. */
function checkBytes(kind: Kind | undefined, bytes: Uint8Array, options: Options | undefined): CheckReport {
  const report = call(task("check", kind, options), bytes) as Report;
  // Left out where the report is written or compared: the JSON report has a format of its own.
  return Object.defineProperties(report, {
    ok: { get: () => report.summary.errors === 0 },
    findings: { get: () => findingsOf(report) },
  }) as CheckReport;
}

/** The result of {@link checkValue}. */
export interface CheckedValue {
  report: Report;
  /** Values that JSON cannot hold, with their paths. */
  unfit: NotJsonError[];
  /** Findings at the other values. */
  findings: Finding[];
  /** The value that was checked: without empty fields, if that was asked for. */
  value: unknown;
}

/** Checks a value of which JSON may not hold all: an empty number field gives `NaN`. */
export function checkValue(kind: Kind | undefined, value: unknown, options?: Options, emptyAsAbsent = false): CheckedValue {
  checkKind(kind);
  const whole = emptyAsAbsent ? stripEmpty(value) : { value, pointerBefore: undefined };
  const { text, unfit } = toTextWithout(whole.value);
  const report = checkBytes(kind, encode(text), options);
  // A finding at a `null` that replaces such a value would repeat it.
  const ours = unfit.map(({ at }) => pointerOf(at));
  const isOurs = (pointer: string): boolean => ours.some((one) => pointer === one || pointer.startsWith(`${one}/`));
  const findings = findingsOf(report).filter((finding) => !isOurs(placeOf(finding)));
  const before = whole.pointerBefore;
  for (const finding of before ? findings : []) {
    finding.pointer = before?.(placeOf(finding)) ?? "";
    delete finding.within;
  }
  return { report, unfit: unfit.map(({ error }) => error), findings, value: whole.value };
}

/** The findings of all files. */
export const findingsOf = (report: Report): Finding[] => report.files.flatMap((file) => file.diagnostics);

/** Throws unless there is such a collection. Needs no module. */
export function checkKind(kind: unknown): void {
  if (kind === undefined || KINDS.includes(kind as Kind)) return;
  throw new TypeError(`there is no collection ${typeof kind === "string" ? didYouMean(kind, KINDS) : named(kind)}`);
}

/** Collects the own keys of every resource in payloads, for `known`. */
export function keys(...payloads: readonly Input[]): KnownKeys {
  const texts = payloads.map((payload, at) => {
    if (Array.isArray(payload)) throw new TypeError("keys: payloads were expected, not an array: keys(...payloads)");
    return payloadText(payload, `keys: argument ${at + 1}`);
  });
  return call("keys", encode(toText(texts))) as KnownKeys;
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
export function explain(code: Code): string {
  const rule = (entries as Rule[]).find((entry) => entry.code === code);
  if (!rule) {
    throw new TypeError(`there is no rule ${didYouMean(String(code), (entries as Rule[]).map((entry) => entry.code))}`);
  }
  const fix = { none: "no fix", safe: "safe fix", unsafe: "unsafe fix", both: "safe and unsafe fixes" };
  const state = rule.on_by_default ? "" : ", off by default";
  const basis = { documented: "Documented", model: "The API's model", judgement: "Our judgement" };
  const head = `${code} (${rule.severity}${state}, ${fix[rule.fix]}, since ${rule.since})`;
  return `${head}\n\n${basis[rule.basis]}: ${rule.source}.\n\n${rule.docs}\n${rule.url}\n`;
}

/** The JSON Schema (2020-12) of a payload. */
export function schema(): Record<string, unknown> {
  return call("schema") as Record<string, unknown>;
}

/** Versions of the package and of its data. */
export function version(): Versions {
  return call("version") as Versions;
}

/** The bytes of an input: a string is JSON text, any other value is written as JSON. */
export function inputBytes(input: Input): Uint8Array {
  if (typeof input === "string") return encode(wellFormed(input));
  return asBytes(input) ?? encode(toText(input));
}

/** The text of an input. */
function inputText(input: Input): string {
  if (typeof input === "string") return wellFormed(input);
  const bytes = asBytes(input);
  return bytes ? new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) : toText(input);
}

/** What the module is asked: the verb, the collection and the options. */
const task = (verb: string, kind: Kind | undefined, options: Options | undefined): string =>
  `${verb} ${kind ?? ""} ${optionsText(options, kind)}`;

/** The options as the module reads them. */
export function optionsText(options: Options | undefined, kind: Kind | undefined): string {
  if (options !== undefined) checkNames(options, OPTION_NAMES);
  const { context, known, closedWorld, ...rest } = options ?? {};
  if (kind !== undefined && !context && !known && closedWorld === undefined) {
    // One resource alone has nothing that its references could name.
    rest.rules = { "dangling-reference": "off", ...rest.rules };
  } else if (options === undefined) {
    return "";
  }
  const texts = context && contextTexts(context);
  return toText({ ...rest, closedWorld, known: known && [known].flat(), context: texts });
}

function contextTexts(context: readonly Input[]): string[] {
  if (!Array.isArray(context)) throw new TypeError(`options.context: an array was expected, not ${named(context)}`);
  return context.map((one, at) => payloadText(one, `options.context.${at}`));
}

/** The text of a payload whose keys are collected. A path in its place would have none, without a word. */
function payloadText(input: Input, name: string): string {
  const text = inputText(input);
  if (/[{[]/.test(text)) return text;
  throw new TypeError(`${name}: a payload was expected, not ${named(input)} without JSON`);
}
