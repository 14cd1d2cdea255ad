// The WebAssembly module: loaded once, instantiated again after a trap or when its memory has grown large.

import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import * as glue from "./glue.js";
import { kindOf } from "./misuse.js";
import { VERSION } from "./version.js";

/** Memory never shrinks: an instance with more bytes is discarded after the call. A payload of 10 MB takes 37 MB. */
const KEPT_MEMORY = 96 * 1024 * 1024;

let module: WebAssembly.Module | undefined;
let memory: WebAssembly.Memory | undefined;
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
    const why = messageOf(cause);
    const hint = /fetch|network/i.test(why) ? " (offline, or connect-src of the page's policy)" : "";
    throw new Error(`seamlint: cannot load ${from || "the module"}: ${why}${hint}`, { cause });
  }
}

const messageOf = (error: unknown): string => (error as Error | null)?.message ?? String(error);

/** Whether the source is compiled; in another realm, too. */
const isModule = (source: unknown): boolean => kindOf(source) === "WebAssembly.Module";

/** Compiles the module synchronously, unless it is loaded. */
export function startSync(source: Bytes | WasmModule): void {
  if (!module) {
    start(isModule(source) ? (source as WebAssembly.Module) : new WebAssembly.Module(source as BufferSource));
  }
}

/** Keeps the module if it is ours. A failure leaves nothing behind. */
function start(compiled: WebAssembly.Module): void {
  let version: unknown;
  let cause: unknown;
  try {
    instantiate(compiled);
    ({ version } = JSON.parse(glue.call("version", new Uint8Array())));
  } catch (error) {
    cause = error;
  }
  if (version !== VERSION) {
    throw new Error(`seamlint: cannot use the module: ${cause ?? `it is of version ${version}, its JavaScript of ${VERSION}`}`, { cause });
  }
  module = compiled;
}

/** Makes a new instance, which the glue calls from then on. */
function instantiate(compiled: WebAssembly.Module): void {
  const { exports } = new WebAssembly.Instance(compiled, { "./glue_bg.js": glue });
  // Detaches the old memory: the glue keeps its views until they are detached.
  memory?.grow(0);
  glue.__wbg_set_wasm(exports);
  (exports["__wbindgen_start"] as () => void)();
  memory = exports["memory"] as WebAssembly.Memory;
}

/** The load that is under way. */
export function loadingNow(): Promise<void> | undefined {
  return loading;
}

/** Whether the module is loaded. */
export function isLoaded(): boolean {
  return module !== undefined || byDefault !== undefined;
}

/** Does a task of the module. An error that it returns becomes a `TypeError`; after a trap, the next call has a new instance. */
export function call(task: string, input: Uint8Array = new Uint8Array()): unknown {
  if (!module && byDefault) startSync(byDefault());
  if (!module) {
    throw new Error("seamlint is not loaded: await load() once");
  }
  let text;
  try {
    text = glue.call(task, input);
    if (memory && memory.buffer.byteLength > KEPT_MEMORY) instantiate(module);
  } catch (error) {
    instantiate(module);
    throw new RangeError(`seamlint stopped (${messageOf(error)}): out of memory, or a bug`, { cause: error });
  }
  const result: unknown = JSON.parse(text);
  if (typeof result === "string") throw new TypeError(result);
  return result;
}
