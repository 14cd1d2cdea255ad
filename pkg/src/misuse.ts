// Errors for wrong arguments, in our words.

/** Throws for a member of an options object that has no meaning, with the nearest name. */
export function checkNames(options: unknown, names: readonly string[]): void {
  if (typeof options !== "object" || options === null) throw new TypeError(`options were expected, not ${named(options)}`);
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw new TypeError(`there is no option ${didYouMean(name, names)}`);
  }
}

/** The name in quotes, with the nearest one: `"space"; did you mean "spaces"?` */
export function didYouMean(name: string, names: readonly string[]): string {
  const quoted = JSON.stringify(name);
  for (let edits = 0; edits < Math.min(3, name.length / 2 + 0.5); edits++) {
    const nearest = names.find((one) => isNear(name.toLowerCase(), one.toLowerCase(), edits));
    if (nearest) return `${quoted}; did you mean "${nearest}"?`;
  }
  return quoted;
}

/** Whether so many letters more, less or other make one text of the other. */
function isNear(one: string, other: string, edits: number): boolean {
  const [rest, otherRest] = [one.slice(1), other.slice(1)];
  if (one[0] === other[0]) return !one || isNear(rest, otherRest, edits);
  return edits > 0 && [[rest, other], [one, otherRest], [rest, otherRest]].some(([a, b]) => isNear(a!, b!, edits - 1));
}

/** The kind of a value, of another realm too: `Array`, `String`, `WebAssembly.Module`. */
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** What a wrong argument is, for a message: `an Array`, `a String`, `null`. */
export function named(value: unknown): string {
  const kind = kindOf(value);
  return value == null ? String(value) : `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
}

/** The message of an error, or what was thrown instead. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
