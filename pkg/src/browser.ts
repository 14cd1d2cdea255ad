// Browsers and bundlers: the module is a file beside this one.

import { compile, compileSync } from "./compile.js";
import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import { loadFrom, start } from "./engine.js";

export * from "./api.js";

/** Loads the module once. `source` is needed if the module is not beside this file. */
export function load(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return loadFrom(async () => compile((await source) ?? new URL("./seamlint.wasm", import.meta.url)));
}

/** Loads the module from its bytes, or compiled. */
export function loadSync(source: Bytes | WasmModule): void {
  start(() => compileSync(source));
}
