// The glue of wasm-bindgen in dist/command/: the imports of the module, and its functions.

/** Runs the command: `run_command` in `crates/seamlint-wasm/src/lib.rs`. Returns its exit status. */
export function run_command(arguments_: string[]): number;

/**
 * Checks a text and writes the findings: `write_report` in `crates/seamlint-wasm/src/lib.rs`. Throws a text that says why it
 * cannot.
 */
export function write_report(task: string, input: Uint8Array, path: string, format: string, failOn: string): string;

/** Chooses the instance that they run. */
export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
