// Made from schema/report.v1.schema.json by `npm run types`; a test fails when it is stale.

/**
 * How much a finding matters. See the policy in `docs/rules.md`.
 */
export type Severity = "info" | "warning" | "error";
/**
 * Whether a fix may be applied without asking.
 */
export type Safety = "safe" | "unsafe";

/**
 * What seamlint has found in all files.
 */
export interface Report {
  /**
   * The version of this format.
   */
  version: number;
  tool: Tool;
  summary: Summary;
  /**
   * In the order in which they were checked.
   */
  files: File[];
}
/**
 * What made the report.
 */
export interface Tool {
  name: string;
  version: string;
  /**
   * The version of the IANA time zone data.
   */
  iana: string;
}
/**
 * Counts over all files.
 */
export interface Summary {
  /**
   * How many files were checked.
   */
  files: number;
  errors: number;
  warnings: number;
  infos: number;
  /**
   * Findings that were suppressed, and are in none of the other counts.
   */
  suppressed: number;
  /**
   * Listed findings with a fix.
   */
  fixable: number;
}
/**
 * One file.
 */
export interface File {
  path: string;
  /**
   * Sorted by position, then code.
   */
  diagnostics: Finding[];
  /**
   * Findings that are counted and not listed, by code.
   */
  omitted?: Omitted[];
}
/**
 * One finding.
 */
export interface Finding {
  /**
   * The rule.
   */
  code: string;
  severity: Severity;
  /**
   * What is wrong.
   */
  message: string;
  /**
   * Why it matters.
   */
  note?: string;
  /**
   * What to do.
   */
  help?: string;
  /**
   * Where the rule is documented.
   */
  url: string;
  /**
   * JSON Pointer (RFC 6901); `""` is the whole text.
   */
  pointer: string;
  range: Range;
  /**
   * Other places that explain the finding.
   */
  related?: Related[];
  fix?: Fix;
  data?: Data;
}
/**
 * A part of a text: `end` is exclusive.
 */
export interface Range {
  start: Position;
  end: Position;
}
/**
 * A place in a text.
 */
export interface Position {
  /**
   * 0-based, in bytes (in the npm package: UTF-16 code units).
   */
  offset: number;
  /**
   * 1-based. A line ends at LF, CR LF or CR.
   */
  line: number;
  /**
   * 1-based, in Unicode scalar values (in the npm package: UTF-16 code units).
   */
  column: number;
}
/**
 * Another place that explains a finding.
 */
export interface Related {
  /**
   * The file, if it is another one of the set.
   */
  path?: string;
  /**
   * JSON Pointer (RFC 6901).
   */
  pointer: string;
  range: Range;
  /**
   * What is there.
   */
  message: string;
}
/**
 * A fix for a finding.
 */
export interface Fix {
  title: string;
  safety: Safety;
  /**
   * In the order of the text, without overlaps. Left out if values are redacted.
   */
  edits?: Edit[];
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
 * Facts of a finding for programs. The names are fixed; a rule uses those that it needs.
 */
export interface Data {
  /**
   * The member that is missing, unknown or double.
   */
  member?: string;
  /**
   * The JSON Schema keyword that the value breaks.
   */
  keyword?: string;
  /**
   * What the value should be.
   */
  expected?: string;
  /**
   * What the value is.
   */
  found?: string;
  /**
   * How long the value is or how many there are; the message names the unit.
   */
  count?: number;
  /**
   * How long it may be or how many there may be.
   */
  limit?: number;
  /**
   * What is probably intended.
   */
  suggestion?: string;
}
/**
 * Findings of one code that are counted and not listed.
 */
export interface Omitted {
  /**
   * The rule.
   */
  code: string;
  /**
   * How many are not listed.
   */
  count: number;
}
