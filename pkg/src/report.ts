// Made from schema/report.v1.schema.json by `npm run types`; a test fails when it is stale.

import type { Code, CodeAndData } from "./codes.js";

/**
 * Whether a fix may be applied without asking.
 */
export type Safety = "safe" | "unsafe";
/**
 * How much a finding matters. See the policy in `docs/rules.md`.
 */
export type Severity = "info" | "warning" | "error";

/**
 * What seamlint has found in all files.
 */
export interface Report {
  /**
   * In the order in which they were checked.
   */
  files: File[];
  summary: Summary;
  tool: Tool;
  /**
   * The version of this format.
   */
  version: number;
}
/**
 * One file.
 */
export interface File {
  /**
   * Sorted by position, then code.
   */
  diagnostics: Finding[];
  /**
   * Why it could not be checked.
   */
  failure?: string;
  /**
   * Findings that are counted and not listed, by code.
   */
  omitted?: Omitted[];
  path: string;
}
/**
 * One finding.
 */
export type Finding = CodeAndData & FindingFields;
/**
 * What a finding has beside its code and data.
 */
export interface FindingFields {
  fix?: Fix;
  /**
   * What it has in common with other findings of the file, so that renderers fold them. Absent if it has nothing.
   */
  group?: string;
  /**
   * What to do.
   */
  help?: string;
  /**
   * What is wrong.
   */
  message: string;
  /**
   * Why it matters.
   */
  note?: string;
  /**
   * JSON Pointer (RFC 6901); `""` is the whole payload.
   */
  pointer: string;
  range: Range;
  /**
   * Other places that explain the finding.
   */
  related?: Related[];
  severity: Severity;
  /**
   * Where the rule is documented.
   */
  url: string;
  /**
   * JSON Pointer to the payload, if it is inside other JSON. `range` is in the outer text.
   */
  within?: string;
}
/**
 * Facts of a finding for programs. `schema/rules.json` lists those of each rule; values of the payload are left out of a redacted report.
 */
export interface Data {
  /**
   * The collection that a reference names, such as `rooms`.
   */
  collection?: string;
  /**
   * How long the value is or how many there are; the message names the unit.
   */
  count?: number;
  /**
   * What the value should be.
   */
  expected?: string;
  /**
   * Several such clauses, where more than one thing is wrong.
   */
  faults?: string[];
  /**
   * The file that has the other value.
   */
  file?: string;
  /**
   * What the value is, or has.
   */
  found?: string;
  /**
   * The own key of the resource.
   */
  key?: string;
  /**
   * The JSON Schema keyword that the value breaks.
   */
  keyword?: string;
  /**
   * How long it may be or how many there may be.
   */
  limit?: number;
  /**
   * The member that is missing, unknown, double or meant.
   */
  member?: string;
  /**
   * The members that exclude one another.
   */
  members?: string[];
  /**
   * How many minutes a clock is ahead of UTC; negative behind it.
   */
  minutes?: number;
  /**
   * The other value that the one at the place is held against.
   */
  other?: string;
  /**
   * The collection of the other resource.
   */
  other_collection?: string;
  /**
   * The part of the message that differs from finding to finding: one of the clauses that the rule declares.
   */
  reason?: string;
  /**
   * What is probably intended.
   */
  suggestion?: string;
  /**
   * The clock time there.
   */
  time?: string;
  /**
   * The IANA time zone of the space.
   */
  time_zone?: string;
}
/**
 * A fix for a finding.
 */
export interface Fix {
  /**
   * In the order of the text, without overlaps. Left out if values are redacted.
   */
  edits?: Edit[];
  safety: Safety;
  title: string;
}
/**
 * One replacement in the text.
 */
export interface Edit {
  range: Range;
  /**
   * The replacement; empty for a removal.
   */
  text: string;
}
/**
 * A part of a text: `end` is exclusive.
 */
export interface Range {
  end: Position;
  start: Position;
}
/**
 * A place in a text.
 */
export interface Position {
  /**
   * 1-based, in Unicode scalar values (in the npm package: UTF-16 code units).
   */
  column: number;
  /**
   * 1-based. A line ends at LF, CR LF or CR.
   */
  line: number;
  /**
   * 0-based, in bytes (in the npm package: UTF-16 code units).
   */
  offset: number;
}
/**
 * Another place that explains a finding.
 */
export interface Related {
  /**
   * What is there.
   */
  message: string;
  /**
   * The file, if it is another one of the set.
   */
  path?: string;
  /**
   * JSON Pointer (RFC 6901).
   */
  pointer: string;
  range: Range;
}
/**
 * Findings of one code that are counted and not listed.
 */
export interface Omitted {
  /**
   * The rule.
   */
  code: Code;
  /**
   * How many are not listed.
   */
  count: number;
}
/**
 * Counts over all files.
 */
export interface Summary {
  errors: number;
  /**
   * How many files and folders could not be checked; they are in none of the other counts.
   */
  failures?: number;
  /**
   * How many files were checked.
   */
  files: number;
  /**
   * Listed findings with a fix.
   */
  fixable: number;
  infos: number;
  /**
   * Findings that were suppressed, and are in none of the other counts.
   */
  suppressed: number;
  warnings: number;
}
/**
 * What made the report.
 */
export interface Tool {
  /**
   * The version of the IANA time zone data.
   */
  iana: string;
  name: string;
  version: string;
}
