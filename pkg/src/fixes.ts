// Fixes applied to a value, as a form library holds it.

import { withoutEmpty } from "./empty.js";
import type { Fix } from "./report.js";
import { toTextWithout } from "./text.js";

/**
 * Applies the fix of a finding, or of a message, to the value that was checked, and returns a new one.
 * Returns the same value if there is no fix. With `emptyAsAbsent`, as the check had it, the new value has
 * no empty fields.
 *
 * @throws {RangeError} if the fix does not fit: the value has changed since.
 */
export function applyFix<T>(
  value: T,
  { fix }: { readonly fix?: Fix | undefined },
  { emptyAsAbsent = false }: { emptyAsAbsent?: boolean | undefined } = {},
): T {
  const edits = fix?.edits;
  if (!edits) return value;
  // The places of edits count in this text.
  let { text } = typeof value === "string" ? { text: value } : toTextWithout(emptyAsAbsent ? withoutEmpty(value) : value);
  for (const { range, text: replacement } of [...edits].reverse()) {
    text = text.slice(0, range.start.offset) + replacement + text.slice(range.end.offset);
  }
  if (typeof value === "string") return text as T;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new RangeError("the fix is of another value", { cause });
  }
}
