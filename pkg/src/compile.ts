// Compiles the module. Workers and edge functions may not, and their bundlers refuse code that could.

import type { Bytes, WasmModule, WasmSource } from "./dom.js";
import { kindOf, messageOf } from "./misuse.js";

/** Compiles the module of a source. */
export async function compile(source: WasmSource): Promise<WebAssembly.Module> {
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

/** Compiles the module of a source synchronously. */
export function compileSync(source: Bytes | WasmModule): WebAssembly.Module {
  return isModule(source) ? (source as WebAssembly.Module) : new WebAssembly.Module(source as BufferSource);
}

/** Whether the source is compiled; in another realm, too. */
const isModule = (source: unknown): boolean => kindOf(source) === "WebAssembly.Module";
