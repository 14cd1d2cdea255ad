// Writes the JSON text or bytes of an input. A value that JSON cannot hold is an error with its path;
// JSON.stringify would silently write another value.

import { kindOf, named } from "./misuse.js";
import type { PathItem } from "./paths.js";

/** JSON text, its bytes, or a plain value. */
export type Input = unknown;

/** A value that JSON cannot hold. */
export class NotJsonError extends TypeError {
  override readonly name = "NotJsonError";
  /** The path of the value. */
  readonly path: readonly PathItem[];

  constructor(path: readonly PathItem[], reason: string, options?: ErrorOptions) {
    const at = path.length > 0 ? path.map(String).join(".") : "the value";
    super(`${at} ${reason}`, options);
    this.path = path;
  }
}

/** Deeper values are refused. The linter reports less depth already. */
const MAX_DEPTH = 1000;
/** Longer texts are refused: a few shared objects can unfold into any length. */
const MAX_LENGTH = 256 * 1024 * 1024;
/** After so many objects the text of each is kept: an object that is met again is not written again. */
const MANY = 1_000_000;
/** Of more values that JSON cannot hold, the check says that they are null. */
const MAX_UNFIT = 1000;
/** A longer array may be nothing but holes. */
const LONG = 100_000;

const lengthOfBuffer = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength")?.get;

/** The bytes of an input, if it is bytes. Runs no code of a proxy, and accepts buffers of other frames. */
export function asBytes(input: unknown): Uint8Array | undefined {
  // The getter below is slow to refuse a string.
  if (typeof input !== "object") return undefined;
  const isView = ArrayBuffer.isView(input);
  try {
    if (!isView) lengthOfBuffer?.call(input);
  } catch {
    return undefined;
  }
  let bytes: Uint8Array;
  try {
    bytes = isView ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input as ArrayBuffer);
  } catch (cause) {
    throw new TypeError("the buffer was transferred", { cause });
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw new TypeError("the bytes are gzip: unpack them first");
  return bytes;
}

/** Room for the next text. A buffer of its own for each text takes twice as long as the encoding. */
let buffer: Uint8Array<ArrayBuffer> | undefined;

/** Longer texts get a buffer of their own, which is not kept. */
const KEPT_BUFFER = 64 * 1024 * 1024;

/**
 * The text in UTF-8, valid until the next call. The glue of wasm-bindgen would take a step of JavaScript
 * for each character.
 */
export function encode(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const room = text.length * 3;
  if (room > KEPT_BUFFER) return encoder.encode(text);
  if (!buffer || buffer.length < room) buffer = new Uint8Array(Math.max(room, 1 << 14));
  return buffer.subarray(0, encoder.encodeInto(text, buffer).written);
}

/** The text, unless it has half a surrogate pair. */
export function wellFormed(text: string): string {
  const at = loneSurrogate(text);
  if (at >= 0) {
    throw new NotJsonError(
      [],
      `has half a surrogate pair at offset ${at}`,
    );
  }
  return text;
}

function loneSurrogate(text: string): number {
  const native = (text as { isWellFormed?: () => boolean }).isWellFormed;
  if (native?.call(text)) return -1;
  return text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
}

/** The JSON text of a value. Each member is read once. */
export function toText(value: unknown): string {
  const writer = new Writer(undefined);
  writer.write(() => value);
  return writer.text;
}

/** A value that JSON cannot hold, and the path of the `null` that replaces it. */
export interface Unfit {
  error: NotJsonError;
  at: readonly PathItem[];
}

/** Like {@link toText}, for forms: lists the values that JSON cannot hold, and writes the rest. */
export function toTextWithout(value: unknown): { text: string; unfit: Unfit[] } {
  const unfit: Unfit[] = [];
  const writer = new Writer(unfit);
  writer.write(() => value);
  return { text: writer.text, unfit };
}

class Writer {
  text = "";
  readonly #path: PathItem[] = [];
  /** The objects that are being written: finds cycles. */
  readonly #open = new Set<object>();
  #written = 0;
  readonly #texts = new Map<object, string>();
  /** Collects values that JSON cannot hold. Without it, the first one throws. */
  readonly #unfit: Unfit[] | undefined;

  constructor(unfit: Unfit[] | undefined) {
    this.#unfit = unfit;
  }

  #fail(reason: string, options?: ErrorOptions): never {
    throw new NotJsonError([...this.#path], reason, options);
  }

  /** Writes what `read` returns, after `prefix`. Leaves out an undefined member, as JSON.stringify does. */
  write(read: () => unknown, prefix = "", isMember = false): boolean {
    const before = this.text;
    const depth = this.#path.length;
    let value: unknown;
    let isOpen = false;
    try {
      value = this.#asSent(this.#read(read));
      if (isMember && value === undefined) return false;
      isOpen = this.#open.has(value as object);
      this.text += prefix;
      this.#value(value);
    } catch (error) {
      if (!this.#unfit || !(error instanceof NotJsonError)) throw error;
      if (!isOpen) this.#open.delete(value as object);
      this.#path.length = depth;
      this.text = `${before}${prefix}null`;
      if (this.#unfit.length < MAX_UNFIT) this.#unfit.push({ error, at: [...this.#path] });
    }
    return true;
  }

  #value(value: unknown): void {
    switch (typeof value) {
      case "string":
        // Writes half a surrogate pair as its escape, which the linter reports.
        this.text += JSON.stringify(value);
        return;
      case "number":
        if (!Number.isFinite(value)) this.#fail(`is ${value}, which JSON cannot hold`);
        this.text += JSON.stringify(value);
        return;
      case "boolean":
        this.text += value;
        return;
      case "object":
        if (value === null) this.text += "null";
        else this.#object(value);
        return;
      default:
        this.#fail(`is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}, which JSON cannot hold`);
    }
  }

  /** What `JSON.stringify` writes in place of a `Date`, a `Decimal`, or any other value with `toJSON`. */
  #asSent(value: unknown): unknown {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
    const toJson = this.#read(() => (value as { toJSON?: unknown }).toJSON);
    if (typeof toJson !== "function") return value;
    const sent: unknown = this.#read(() => toJson.call(value, String(this.#path.at(-1) ?? "")));
    if (sent === null) this.#fail(`is ${named(value)} that JSON writes as null`);
    return sent;
  }

  #object(value: object): void {
    if (this.#open.has(value)) this.#fail("contains itself");
    if (this.#path.length >= MAX_DEPTH) this.#fail(`is nested more than ${MAX_DEPTH} deep`);
    const known = this.#texts.get(value);
    if (known !== undefined) {
      this.text += known;
    } else {
      const isKept = ++this.#written > MANY;
      const before = this.text;
      const unfit = this.#unfit?.length;
      if (isKept) this.text = "";
      this.#open.add(value);
      if (this.#read(() => Array.isArray(value))) this.#array(value as readonly unknown[]);
      else this.#members(value as Record<string, unknown>);
      this.#open.delete(value);
      if (isKept) {
        if (this.#unfit?.length === unfit) this.#texts.set(value, this.text);
        this.text = before + this.text;
      }
    }
    if (this.text.length > MAX_LENGTH) {
      throw new RangeError(`the value is more than ${MAX_LENGTH} characters of JSON`);
    }
  }

  #array(value: readonly unknown[]): void {
    const length = this.#read(() => value.length);
    if (length > LONG && this.#read(() => Object.keys(value)).length < length / 2) this.#fail("is an array of holes");
    this.text += "[";
    for (let at = 0; at < length; at++) {
      if (at > 0) this.text += ",";
      this.#path.push(at);
      this.write(() => value[at]);
      this.#path.pop();
    }
    this.text += "]";
  }

  #members(value: Record<string, unknown>): void {
    const unfit = this.#read(() => whyUnfit(value));
    if (unfit) this.#fail(unfit);
    this.text += "{";
    let isFirst = true;
    for (const name of this.#read(() => Object.keys(value))) {
      this.#path.push(name);
      if (this.write(() => value[name], `${isFirst ? "" : ","}${JSON.stringify(name)}:`, true)) isFirst = false;
      this.#path.pop();
    }
    this.text += "}";
  }

  /** Reads from a value: a getter or a proxy may throw. */
  #read<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      this.#fail("cannot be read", { cause });
    }
  }
}

/** Why an object has no JSON text; undefined if it is a plain object or of the caller's class. */
function whyUnfit(value: object): string | undefined {
  const isPlain = kindOf(value) === "Object";
  return isPlain ? undefined : `is ${named(value)}, which JSON cannot hold`;
}
