// The WebAssembly module: loaded once, instantiated again after a trap or when its memory has grown large.

import * as glue from "./glue.js";
import { messageOf } from "./misuse.js";
import { VERSION } from "./version.js";

/** Memory never shrinks: an instance with more bytes is discarded after the call. A payload of 10 MB takes 37 MB. */
const KEPT_MEMORY = 96 * 1024 * 1024;

let module: WebAssembly.Module | undefined;
let memory: WebAssembly.Memory | undefined;
let loading: Promise<void> | undefined;
/** Finds the module by itself, where that needs no waiting. */
let byDefault: (() => WebAssembly.Module) | undefined;

/** Lets the first call load the module. */
export function loadByDefault(find: () => WebAssembly.Module): void {
  byDefault = find;
}

/** Finds and compiles the module once; later calls wait for the first. A failure may be tried again. */
export function loadFrom(find: () => Promise<WebAssembly.Module>): Promise<void> {
  if (module) return Promise.resolve();
  loading ??= (async () => {
    try {
      const compiled = await find();
      start(() => compiled);
    } finally {
      loading = undefined;
    }
  })();
  return loading;
}

/** Finds the module, unless it is loaded, and keeps it if it is ours. A failure leaves nothing behind. */
export function start(find: () => WebAssembly.Module): void {
  if (module) return;
  const compiled = find();
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
  if (!module && byDefault) start(byDefault);
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
