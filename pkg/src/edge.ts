// Edge functions: WebAssembly is compiled when the code is uploaded, and imported as a module.

import compiled from "./seamlint.wasm?module";

import type { WasmModule } from "./dom.js";
import { loadFrom, start } from "./engine.js";

export * from "./api.js";

/** Loads the module once. */
export function load(source?: WasmModule | Promise<WasmModule>): Promise<void> {
  return loadFrom(async () => ((await source) as WebAssembly.Module | undefined) ?? compiled);
}

/** Loads the module synchronously. */
export function loadSync(source?: WasmModule): void {
  start(() => (source as WebAssembly.Module | undefined) ?? compiled);
}
