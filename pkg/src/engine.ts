// The WebAssembly module: loaded once, instantiated again after a trap or when its memory has grown large.

import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import { __wbg_reset_state, initSync } from "./glue.js";

/** Memory never shrinks: an instance with more bytes is discarded after the call. A payload of 10 MB takes 37 MB. */
const KEPT_MEMORY = 96 * 1024 * 1024;

let module: WebAssembly.Module | undefined;
let loading: Promise<void> | undefined;
/** Finds the module by itself, where that needs no waiting. */
let byDefault: (() => Bytes) | undefined;

/** Lets the first call load the module. */
export function loadByDefault(source: () => Bytes): void {
  byDefault = source;
}

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
  if (isModule(source)) return source as WebAssembly.Module;
  let from = "";
  try {
    if (typeof source === "string" || source instanceof URL) {
      from = String(source);
      source = await fetch(source);
    }
    if (typeof Response === "function" && source instanceof Response) {
      from = source.url;
      if (!source.ok) throw new Error(`the server answers ${source.status} ${source.statusText}`);
      const isWasm = source.headers.get("content-type")?.startsWith("application/wasm");
      if (isWasm) return await WebAssembly.compileStreaming(source);
      // Servers that do not know the type of .wasm are common. Those that answer with a page are, too.
      const bytes = new Uint8Array(await source.arrayBuffer());
      if (bytes[0] === 60) throw new Error("it is HTML: the file is not where load() looks for it");
      source = bytes;
    }
    return await WebAssembly.compile(source as BufferSource);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const hint = /fetch|network/i.test(why) ? " (offline, or connect-src of the page's policy)" : "";
    throw new Error(`seamlint: cannot load ${from || "the module"}: ${why}${hint}`, { cause });
  }
}

/** Whether the source is compiled; in another realm, too. */
const isModule = (source: unknown): boolean =>
  Object.prototype.toString.call(source) === "[object WebAssembly.Module]";

/** Compiles the module synchronously, unless it is loaded. */
export function startSync(source: Bytes | WasmModule): void {
  if (!module) {
    start(isModule(source) ? (source as WebAssembly.Module) : new WebAssembly.Module(source as BufferSource));
  }
}

function start(compiled: WebAssembly.Module): void {
  initSync({ module: compiled });
  module = compiled;
}

/** The load that is under way. */
export function loadingNow(): Promise<void> | undefined {
  return loading;
}

/** Whether the module is loaded. */
export function isLoaded(): boolean {
  return module !== undefined || byDefault !== undefined;
}

/** Calls into the module. An error that it returns becomes a `TypeError`; a trap resets the instance. */
export function call<T>(work: () => T): T {
  if (!module && byDefault) startSync(byDefault());
  if (!module) {
    throw new Error("seamlint is not loaded: await load() once");
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
    throw new RangeError(`seamlint stopped (${message}): out of memory, or a bug`, { cause: error });
  }
}
