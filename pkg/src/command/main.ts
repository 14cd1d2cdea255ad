// The native command, built for WebAssembly. Work that writes files runs in a worker thread, so that the
// main thread can handle interrupts.

import { readFileSync } from "node:fs";
import { isMainThread, Worker, workerData } from "node:worker_threads";

import { instantiate, run_command } from "./instance.js";
import { columns, Elsewhere, lock, slashed, write, type Shared } from "./system.js";

/** Exit status: the command could not do its work. */
const FAILURE = 2;

/** Reports that the engine stopped. Node's own status for an uncaught error is 1, which means findings. */
function fail(error: unknown): void {
  process.exitCode = FAILURE;
  const message = error instanceof Error ? error.message : String(error);
  try {
    write(2, Buffer.from(`seamlint: error: the engine stopped (${message}): out of memory, or a bug\n`));
  } catch {
    // Standard error is closed; the status remains.
  }
}

/** Runs the command in this thread. Returns its exit status, or undefined if it needs a worker. */
function run(module: WebAssembly.Module): number | undefined {
  instantiate(module);
  try {
    // On Windows, a backslash in an argument only separates folders.
    return run_command(process.argv.slice(2).map(slashed));
  } catch (error) {
    if (error instanceof Elsewhere) return undefined;
    throw error;
  }
}

/** Runs the command in a worker thread. */
function runElsewhere(module: WebAssembly.Module): void {
  const shared: Shared = {
    lock: new Int32Array(new SharedArrayBuffer(4)),
    columns: [undefined, columns(1), columns(2)],
    module,
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      lock(shared);
      // The default handler: `process.exit` would wait for a worker that waits for input.
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
