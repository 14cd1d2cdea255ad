// Reports in the formats of the command, for services. The command's module writes them: it is read from the package by the first
// call, and not before.

import { readFileSync } from "node:fs";

import { instantiate, write_report } from "./command/instance.js";
import { check, checkResource, inputBytes, optionsText } from "./core.js";
import type { Options } from "./options.js";
import type { Kind } from "./payload.js";
import type { Finding, Report } from "./report.js";
import type { Input } from "./text.js";

/** How findings are written, as by `seamlint check --format`. */
export type OutputFormat =
  | "pretty"
  | "concise"
  | "json"
  | "jsonl"
  | "sarif"
  | "github"
  | "gitlab"
  | "junit"
  | "checkstyle"
  | "rdjson";

/** Options of {@link format}. */
export interface FormatOptions {
  /** What was checked. */
  text: Input;
  format: OutputFormat;
  /** The options of the check. */
  options?: Options | undefined;
  /** The collection, if one resource was checked. */
  kind?: Kind | undefined;
  /** The name of the text in the output. Default `"payload.json"`. */
  path?: string | undefined;
  /** In JUnit, findings of this severity and above are failures. Default `"warning"`. */
  failOn?: Finding["severity"] | undefined;
}

let isReady = false;

/**
 * Writes a report in a format of the command.
 *
 * Formats need more than a report has, such as excerpts and fingerprints: so the text is checked again, and what is written is
 * what the command writes for it. A report that was changed, or that is of another text or other options, is an error.
 *
 * @throws {TypeError} if the report is not that of the text, or an option is invalid.
 */
export function format(
  report: Report,
  { text, format, options, kind, path = "payload.json", failOn = "warning" }: FormatOptions,
): string {
  const again = kind === undefined ? check(text, options) : checkResource(kind, text, options);
  if (JSON.stringify(again) !== JSON.stringify(report)) {
    throw new TypeError("format: the report is not that of the text with these options, or it was changed");
  }
  if (!isReady) {
    instantiate(new WebAssembly.Module(readFileSync(new URL("./command/seamlint.wasm", import.meta.url))));
    isReady = true;
  }
  try {
    return write_report(`${kind ?? ""} ${optionsText(options, kind)}`, inputBytes(text), path, format, failOn);
  } catch (error) {
    if (typeof error === "string") throw new TypeError(error);
    // The next call has a new instance.
    isReady = false;
    throw new RangeError(`seamlint stopped (${(error as Error).message}): out of memory, or a bug`, { cause: error });
  }
}
