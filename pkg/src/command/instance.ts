// Instances of the command's module.

import * as glue from "./glue.js";
import * as system from "./system.js";

export { run_command, write_report } from "./glue.js";

/** Makes an instance, which the functions of the module run from then on. */
export function instantiate(module: WebAssembly.Module): void {
  const { exports } = new WebAssembly.Instance(module, { "./glue_bg.js": glue, "./system.js": system });
  glue.__wbg_set_wasm(exports);
  (exports["__wbindgen_start"] as () => void)();
}
