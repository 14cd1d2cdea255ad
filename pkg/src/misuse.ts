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
  let best = Math.min(3, name.length / 2 + 0.5);
  let nearest: string | undefined;
  // A longer name is no misspelling, and would take long to compare.
  if (name.length <= 64) {
    for (const one of names) {
      const edits = distance(name.toLowerCase(), one.toLowerCase());
      if (edits < best) [best, nearest] = [edits, one];
    }
  }
  return JSON.stringify(name) + (nearest === undefined ? "" : `; did you mean "${nearest}"?`);
}

/** The Levenshtein distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const letter of from) {
    let diagonal = row[0] ?? 0;
    const next = [diagonal + 1];
    for (let at = 1; at <= to.length; at++) {
      const above = row[at] ?? 0;
      next.push(Math.min(above + 1, (next[at - 1] ?? 0) + 1, diagonal + (letter === to[at - 1] ? 0 : 1)));
      diagonal = above;
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** What a wrong argument is, for a message: `an Array`, `a String`, `null`. */
export function named(value: unknown): string {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return value == null ? String(value) : `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
}
