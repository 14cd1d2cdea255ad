// The glue of wasm-bindgen in dist/: the imports of the module, and its functions.

/** Does a task: `call` in `crates/seamlint-wasm/src/lib.rs`. Returns JSON. */
export function call(task: string, input: Uint8Array): string;

/** Chooses the instance that `call` runs. */
export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
