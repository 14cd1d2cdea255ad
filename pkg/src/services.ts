// For services: a payload that is wrong is not sent.

import { check, type CheckReport } from "./core.js";
import type { Options } from "./options.js";
import type { PushDataPayload } from "./payload.js";
import type { Finding } from "./report.js";
import type { Input } from "./text.js";

/** Options of {@link assertPushData} and {@link safeCheck}. */
export interface GuardOptions extends Options {
  /** Refuses findings of this severity and above. Default `"error"`. */
  failOn?: Finding["severity"] | undefined;
}

/** A payload is refused. */
export class SeamlintError extends Error {
  override readonly name = "SeamlintError";
  readonly report: CheckReport;
  /** The findings that refuse the payload. */
  readonly findings: readonly Finding[];

  constructor(report: CheckReport, findings: readonly Finding[]) {
    const shown = findings.slice(0, 10).map(({ severity, code, pointer, message, help }) =>
      `  ${pointer || "/"} ${severity}[${code}]: ${message}${help ? `; ${help}` : ""}`,
    );
    if (shown.length < findings.length) shown.push(`  and ${findings.length - shown.length} more`);
    super(`the payload has ${findings.length === 1 ? "a finding that refuses it" : `${findings.length} findings that refuse it`}:\n${shown.join("\n")}`);
    this.report = report;
    this.findings = findings;
  }
}

/** What {@link safeCheck} returns. */
export type SafeCheck =
  | { success: true; data: PushDataPayload; report: CheckReport }
  | { success: false; error: SeamlintError; report: CheckReport };

/**
 * Checks a payload, and returns it typed, or the error that {@link assertPushData} throws.
 *
 * @throws {TypeError} if the options are invalid, or JSON cannot hold the value.
 */
export function safeCheck(payload: Input, { failOn = "error", ...options }: GuardOptions = {}): SafeCheck {
  const severities = ["info", "warning", "error"];
  const least = severities.indexOf(failOn);
  if (least < 0) throw new TypeError(`failOn is ${JSON.stringify(failOn)}: "info", "warning" or "error" was expected`);
  const report = check(payload, options);
  const refusing = report.findings.filter(({ severity }) => severities.indexOf(severity) >= least);
  if (refusing.length > 0) return { success: false, error: new SeamlintError(report, refusing), report };
  const data = (typeof payload === "string" ? JSON.parse(payload) : payload) as PushDataPayload;
  return { success: true, data, report };
}

/**
 * Throws unless the API would take the payload: JSON text, its bytes, or a value.
 *
 * @throws {SeamlintError} if there is an error, or a finding of `failOn` and above.
 * @throws {TypeError} if the options are invalid, or JSON cannot hold the value.
 */
export function assertPushData(payload: unknown, options?: GuardOptions): asserts payload is PushDataPayload {
  const checked = safeCheck(payload, options);
  if (!checked.success) throw checked.error;
}
