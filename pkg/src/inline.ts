// Where no second file can be served: the module is part of this one, in base64.

import { compile, compileSync } from "./compile.js";
import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import { loadFrom, start } from "./engine.js";
import { base64 } from "./seamlint.base64.js";

export * from "./api.js";

function bytes(): Bytes {
  const binary = atob(base64);
  const decoded = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) decoded[at] = binary.charCodeAt(at);
  return decoded;
}

/** Loads the module once. */
export function load(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return loadFrom(async () => compile((await source) ?? bytes()));
}

/** Loads the module synchronously. Browsers refuse this for large modules outside of workers. */
export function loadSync(source?: Bytes | WasmModule): void {
  start(() => compileSync(source ?? bytes()));
}
