// Made from schema/npm_options.schema.json by `npm run types`; a test fails when it is stale.

import type { Code } from "./codes.js";
import type { Kind } from "./payload.js";
import type { Input } from "./text.js";

/**
 * Options of a check.
 */
export interface Options {
  /**
   * Only resources of the payload, of `known` and of `context` exist: a reference to any other is
   * an error.
   */
  closedWorld?: boolean | undefined;
  /**
   * Payloads whose resources exist already.
   */
  context?: readonly Input[] | undefined;
  /**
   * Keys of resources that exist already, as `keys` returns them.
   */
  known?: KnownKeys | readonly KnownKeys[] | undefined;
  /**
   * How many findings of one code are listed; all are counted. 0 lists all. Default 1000.
   */
  maxPerCode?: number | undefined;
  /**
   * The current time in RFC 3339, for `long-past-stay`. No clock is read.
   */
  now?: string | undefined;
  /**
   * Keeps the values of the payload out of messages.
   */
  redact?: boolean | undefined;
  /**
   * Overrides the default severity of rules, by code.
   */
  rules?: {[code in Code]?: Level | undefined};
}

/** The names of all options. */
export const OPTION_NAMES: readonly string[] = [
  "closedWorld",
  "context",
  "known",
  "maxPerCode",
  "now",
  "redact",
  "rules",
];

/** The severity that the user gives a rule. */
export type Level = "off" | "info" | "warning" | "error";

/** Own keys of resources by customer and collection, as `keys` returns them. */
export interface KnownKeys {
  version: 1;
  customers: Record<string, { [kind in Kind]?: string[] }>;
}
