// Findings as messages at the fields of a form.

import type { CodeAndData } from "./codes.js";
import { findingsOf, type CheckedValue } from "./core.js";
import { pathOf, pointerOf, type PathItem } from "./paths.js";
import type { Data, Finding, Fix, Range, Report } from "./report.js";

/** The codes of what a form finds by itself. */
export type FormCode = "not-json" | "browser" | "local-time-skipped" | "local-time-twice";

/**
 * A message at a field. Its `code` is that of the finding, and says what `data` has; or that of a form: `not-json` (a value that
 * JSON cannot hold), `browser` (what the browser finds at the field), `local-time-skipped` and `local-time-twice` (clocks are changed).
 */
export type FieldMessage = MessageFields & (CodeAndData | { code: FormCode; data?: Data });

/** What a message has beside its code and data. */
export interface MessageFields {
  severity: Finding["severity"];
  /** Sentences for the person at the form: what is wrong, and what to do. */
  message: string;
  /** What to do, if it is known. It is part of `message` already. */
  help?: string;
  /** What is probably intended. */
  suggestion?: string;
  /** For `applyFix`. */
  fix?: Fix;
  /** JSON Pointer to the value, or to the member that is missing. */
  pointer: string;
  /** Path of the field. */
  path: PathItem[];
  /** The place in the text, if JSON text was checked. */
  range?: Range;
}

/**
 * Words a message anew: for another language or tone. It gets the message with the words of the linter;
 * what it returns is shown as it stands.
 */
export type Wording = (message: FieldMessage) => string;

/**
 * Groups messages by the dotted path of their field, such as `customer_data.time_zone` or
 * `spaces.0.name`. Messages of no field are at `""`. Errors come before warnings.
 */
export function fieldMessages(report: Report, options: { message?: Wording | undefined } = {}): Record<string, FieldMessage[]> {
  return byField(messagesOf({ findings: findingsOf(report), unfit: [] }, options.message));
}

export function byField(messages: readonly FieldMessage[]): Record<string, FieldMessage[]> {
  const fields = new Map<string, FieldMessage[]>();
  for (const message of messages) {
    const name = message.path.join(".");
    const list = fields.get(name);
    if (list) list.push(message);
    else fields.set(name, [message]);
  }
  // A member may be called `__proto__`.
  return Object.fromEntries(fields);
}

/** The messages of a checked value, errors first. */
export function messagesOf(
  { findings, unfit }: Pick<CheckedValue, "findings" | "unfit">,
  wording: Wording | undefined,
  { value, isText = false }: { value?: unknown; isText?: boolean } = {},
): FieldMessage[] {
  const messages: FieldMessage[] = unfit.map(({ message, path }) => ({
    severity: "error",
    code: "not-json",
    message,
    pointer: pointerOf(path),
    path: [...path],
  }));
  for (const finding of findings) {
    const { severity, code, message, help, data, fix } = finding;
    const path = pathOf(finding, value);
    const one = { severity, code, message, pointer: pointerOf(path), path } as FieldMessage;
    if (help !== undefined) one.help = help;
    if (data) one.data = data;
    if (data?.suggestion !== undefined) one.suggestion = data.suggestion;
    if (fix) one.fix = fix;
    if (isText) one.range = finding.range;
    messages.push(one);
  }
  const rank = ({ severity }: FieldMessage): number => ["error", "warning", "info"].indexOf(severity);
  messages.sort((a, b) => rank(a) - rank(b));
  return messages.map((one) => worded(one, wording));
}

/** The message with its final words. */
export function worded(one: FieldMessage, wording: Wording = sentences): FieldMessage {
  return { ...one, message: wording(one) };
}

function sentences({ message, help, data, range }: FieldMessage): string {
  const place = range ? ` (line ${range.start.line}, column ${range.start.column})` : "";
  // The linter names the object that lacks it; the form has a field.
  if (data?.keyword === "required" && data.member !== undefined) return sentence(`${data.member} is missing${place}`);
  message += place;
  return help ? `${sentence(message)} ${sentence(help[0]?.toUpperCase() + help.slice(1))}` : sentence(message);
}

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);
