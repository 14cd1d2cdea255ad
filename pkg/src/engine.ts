// The WebAssembly module: loaded once, instantiated again after a trap or when its memory has grown large.

import { __wbg_reset_state, initSync } from "./glue.js";

/** Where the module comes from. */
export type WasmSource =
  | BufferSource
  | WebAssembly.Module
  | Response
  | URL
  | string;

/** Memory never shrinks: an instance with more bytes is discarded after the call. A payload of 10 MB takes 37 MB. */
const KEPT_MEMORY = 96 * 1024 * 1024;

let module: WebAssembly.Module | undefined;
let loading: Promise<void> | undefined;

/** Compiles the module once; later calls wait for the first. A failure may be tried again. */
export function loadFrom(source: () => WasmSource | Promise<WasmSource>): Promise<void> {
  if (module) return Promise.resolve();
  loading ??= (async () => {
    try {
      const compiled = await compile(await source());
      // `loadSync` may have finished first.
      if (!module) start(compiled);
    } finally {
      loading = undefined;
    }
  })();
  return loading;
}

async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL) source = await fetch(source);
  if (typeof Response === "function" && source instanceof Response) {
    if (!source.ok) {
      throw new Error(`seamlint: ${source.url} answers ${source.status} ${source.statusText}`);
    }
    // Servers that do not know the type of .wasm are common.
    if (source.headers.get("content-type")?.startsWith("application/wasm")) {
      return WebAssembly.compileStreaming(source);
    }
    return WebAssembly.compile(await source.arrayBuffer());
  }
  return WebAssembly.compile(source as BufferSource);
}

/** Compiles the module synchronously, unless it is loaded. */
export function startSync(source: BufferSource | WebAssembly.Module): void {
  if (!module) {
    start(source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source));
  }
}

function start(compiled: WebAssembly.Module): void {
  initSync({ module: compiled });
  module = compiled;
}

/** Whether the module is loaded. */
export function isLoaded(): boolean {
  return module !== undefined;
}

/** Calls into the module. An error that it returns becomes a `TypeError`; a trap resets the instance. */
export function call<T>(work: () => T): T {
  if (!module) {
    throw new Error("seamlint is not loaded: await load() once, before the first check");
  }
  try {
    const result = work();
    // Returns the exports of the running instance.
    if (initSync({ module }).memory.buffer.byteLength > KEPT_MEMORY) __wbg_reset_state();
    return result;
  } catch (error) {
    // The bindings throw their messages as strings.
    if (typeof error === "string") throw new TypeError(error);
    __wbg_reset_state();
    const message = error instanceof Error ? error.message : String(error);
    throw new RangeError(`the engine of seamlint stopped (${message}): out of memory, or a bug`, { cause: error });
  }
}
