// The glue of wasm-bindgen in dist/command/: the imports of the module, and its functions.

/** Runs the command: `run_command` in `crates/seamlint-wasm/src/lib.rs`. Returns its exit status. */
export function run_command(arguments_: string[]): number;

/** Chooses the instance that `run_command` runs. */
export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
