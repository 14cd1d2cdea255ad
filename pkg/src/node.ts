// Node and Bun: the module that is built for speed is read from the package.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import { loadByDefault, loadFrom, startSync } from "./engine.js";

export * from "./api.js";

const beside = (): URL => new URL("./fast/seamlint.wasm", import.meta.url);

const bytes = (): Bytes => readFileSync(beside()) as Bytes;

// The first check loads the module by itself.
loadByDefault(bytes);

/** Loads the module once. */
export function load(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return loadFrom(() => source ?? (readFile(beside()) as Promise<Bytes>));
}

/** Loads the module synchronously: from the package, from its bytes, or compiled. */
export function loadSync(source?: Bytes | WasmModule): void {
  startSync(source ?? bytes());
}
