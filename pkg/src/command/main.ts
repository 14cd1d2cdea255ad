// The command: the native one, built for WebAssembly. What writes files works in a thread of its
// own, so that the main one hears interrupts.

import { readFileSync } from "node:fs";
import { isMainThread, Worker, workerData } from "node:worker_threads";

import { initSync, run_command } from "./glue.js";
import { columns, Elsewhere, lock, slashed, write, type Shared } from "./system.js";

/** The work could not be done. */
const FAILURE = 2;

/** Says that the engine stopped. Node's status for an error that nobody caught is that of findings, 1. */
function fail(error: unknown): void {
  process.exitCode = FAILURE;
  const message = error instanceof Error ? error.message : String(error);
  try {
    write(2, Buffer.from(`seamlint: error: the engine stopped (${message}): out of memory, or a bug\n`));
  } catch {
    // Nobody listens; the status says it.
  }
}

/** Runs the command here; gives its exit status, or nothing if it has to run elsewhere. */
function run(module: WebAssembly.Module): number | undefined {
  initSync({ module });
  try {
    // On Windows no argument means anything by a backslash but a folder.
    return run_command(process.argv.slice(2).map(slashed));
  } catch (error) {
    if (error instanceof Elsewhere) return undefined;
    throw error;
  }
}

/** Runs the command in a thread of its own. */
function runElsewhere(module: WebAssembly.Module): void {
  const shared: Shared = {
    lock: new Int32Array(new SharedArrayBuffer(4)),
    columns: [undefined, columns(1), columns(2)],
    module,
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      lock(shared);
      // As if nobody had listened: `process.exit` would wait for a thread that waits for its input.
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  }
  const worker = new Worker(new URL(import.meta.url), { workerData: shared, argv: process.argv.slice(2) });
  worker.on("error", fail);
  worker.on("exit", (status) => {
    process.exitCode ??= status;
  });
}

if (isMainThread) {
  process.on("uncaughtException", fail);
  const bytes = readFileSync(new URL("./seamlint.wasm", import.meta.url));
  const module = new WebAssembly.Module(bytes);
  const status = run(module);
  if (status === undefined) runElsewhere(module);
  else process.exitCode = status;
} else {
  process.exitCode = run((workerData as Shared).module) ?? FAILURE;
}
