// Node and Bun: the module that is built for speed is read from the package.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { compile, compileSync } from "./compile.js";
import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import { loadByDefault, loadFrom, start } from "./engine.js";

export * from "./api.js";
export { format } from "./format.js";
export type { FormatOptions, OutputFormat } from "./format.js";

const beside = (): URL => new URL("./fast/seamlint.wasm", import.meta.url);

/** In a bundle, no module is beside the JavaScript, and `import.meta.url` may be undefined. */
function explain(cause: unknown): never {
  throw new Error(
    `seamlint: cannot read its module (${String(cause)}): in a bundle, copy seamlint/wasm/fast and call loadSync(bytes), or import seamlint/inline`,
    { cause },
  );
}

function bytes(): Bytes {
  try {
    return readFileSync(beside()) as Bytes;
  } catch (error) {
    return explain(error);
  }
}

async function bytesLater(): Promise<Bytes> {
  try {
    return (await readFile(beside())) as Bytes;
  } catch (error) {
    return explain(error);
  }
}

// The first check loads the module by itself.
loadByDefault(() => compileSync(bytes()));

/** Loads the module once. */
export function load(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return loadFrom(async () => compile((await source) ?? (await bytesLater())));
}

/** Loads the module synchronously: from the package, from its bytes, or compiled. */
export function loadSync(source?: Bytes | WasmModule): void {
  start(() => compileSync(source ?? bytes()));
}
