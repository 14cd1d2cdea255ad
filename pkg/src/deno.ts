// Deno: reading the fast module from the package needs --allow-read.

import { compile, compileSync } from "./compile.js";
import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import { loadFrom, start } from "./engine.js";

export * from "./api.js";
export { format } from "./format.js";
export type { FormatOptions, OutputFormat } from "./format.js";

declare const Deno: {
  readFile(path: URL): Promise<Bytes>;
  readFileSync(path: URL): Bytes;
};

const beside = (): URL => new URL("./fast/seamlint.wasm", import.meta.url);

/** Loads the module once. */
export function load(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  const url = beside();
  return loadFrom(async () => compile((await source) ?? (url.protocol === "file:" ? await Deno.readFile(url) : url)));
}

/** Loads the module synchronously: from the package, from its bytes, or compiled. */
export function loadSync(source?: Bytes | WasmModule): void {
  start(() => compileSync(source ?? Deno.readFileSync(beside())));
}
