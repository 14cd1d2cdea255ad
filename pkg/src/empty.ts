// Empty fields, as form libraries hold them, left out of a value.

/** A value without empty fields. */
export interface WithoutEmpty<T> {
  value: T;
  /** The pointer in the value as it was: elements that are left out move those behind them. */
  pointerBefore(pointer: string): string;
}

/** Deeper values are left as they are, and so are those that contain themselves: the check says so. */
const MAX_DEPTH = 64;

/** The value without empty fields, as `emptyAsAbsent` checks it. */
export function withoutEmpty<T>(value: T): T {
  return stripEmpty(value).value;
}

/**
 * Leaves out `""`, `NaN` and `undefined`, and objects of a member that have nothing else. An element that
 * is such an object stays: it is a row that somebody has added.
 */
export function stripEmpty<T>(value: T): WithoutEmpty<T> {
  const indexes = new Map<object, number[]>();
  const stripped = strip(value, 0, indexes);
  const pointerBefore = (pointer: string): string => {
    let at: any = stripped;
    return pointer.replace(/\/([^/]*)/g, (whole, token: string) => {
      const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
      const index = indexes.get(at)?.[Number(name)];
      at = typeof at === "object" && at !== null && Object.hasOwn(at, name) ? at[name] : undefined;
      return index === undefined ? whole : `/${index}`;
    });
  };
  return { value: stripped as T, pointerBefore };
}

function strip(value: unknown, depth: number, indexes: Map<object, number[]>): unknown {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return value;
  try {
    if (Array.isArray(value)) {
      const kept = [...value.keys()].filter((at) => !isEmpty(value[at]));
      const elements = kept.map((at) => strip(value[at], depth + 1, indexes));
      if (kept.length < value.length) indexes.set(elements, kept);
      return elements;
    }
    // The members of a class may be no data, and `toJSON` writes its own.
    const prototype: unknown = Object.getPrototypeOf(value);
    if ((prototype !== null && prototype !== Object.prototype) || "toJSON" in value) return value;
    const members: [string, unknown][] = [];
    const names = Object.keys(value);
    for (const name of names) {
      const before = (value as Record<string, unknown>)[name];
      const member = strip(before, depth + 1, indexes);
      const isEmptied = isPlain(member) && isPlain(before) && Object.keys(member).length === 0 && Object.keys(before).length > 0;
      if (!isEmpty(member) && !isEmptied) members.push([name, member]);
    }
    return Object.fromEntries(members);
  } catch {
    // A getter or a proxy that throws: the check names it.
    return value;
  }
}

const isEmpty = (value: unknown): boolean => value === "" || value === undefined || Number.isNaN(value);
const isPlain = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);
