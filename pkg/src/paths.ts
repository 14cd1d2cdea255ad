// JSON Pointers as paths.

import type { Finding } from "./report.js";

/** A member's name or an element's index. */
export type PathItem = string | number;

/** The JSON Pointer to a value. */
export function pointerOf(path: readonly PathItem[]): string {
  return path.map((item) => `/${String(item).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

type Place = Pick<Finding, "within" | "pointer" | "data">;

/** The JSON Pointer to a finding's value in what was checked, of which the payload may be a part. */
export const placeOf = ({ within = "", pointer }: Place): string => within + pointer;

/** The path of a finding: to the value, or to the member that is missing. */
export function pathOf(finding: Place, value?: unknown): PathItem[] {
  const names = placeOf(finding)
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  // The pointer of a missing member is that of its object; the form has its field.
  const { member, keyword } = finding.data ?? {};
  if (keyword === "required" && member != null) names.push(member);
  let at = value;
  return names.map((name) => {
    const isIndex = value === undefined ? /^(0|[1-9]\d*)$/.test(name) : Array.isArray(at);
    at = child(at, name);
    return isIndex ? Number(name) : name;
  });
}

function child(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}
