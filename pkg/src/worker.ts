// Cloudflare Workers: WebAssembly is compiled when the code is uploaded, and imported as a module.

import compiled from "./seamlint.wasm";

import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import { loadFrom, startSync } from "./engine.js";

export * from "./api.js";

/** Loads the module once. */
export function load(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return loadFrom(() => source ?? compiled);
}

/** Loads the module synchronously. */
export function loadSync(source?: Bytes | WasmModule): void {
  startSync(source ?? compiled);
}
