import type { CheckReport } from "seamlint";

/**
 * Checks texts in a worker, one at a time. Of those that come meanwhile, only the latest is checked: the
 * report is never further behind than one check, however fast somebody types.
 */
export class Checker {
  #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  #isBusy = false;
  #latest: string | undefined;

  /** Calls `show` with the report of the latest text, and `fail` if the module cannot be loaded. */
  constructor(show: (report: CheckReport) => void, fail: (message: string) => void) {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<{ report: CheckReport } | { error: string }>) => {
      this.#isBusy = false;
      if (this.#latest !== undefined) this.check(this.#latest);
      else if ("report" in data) show(data.report);
      else fail(data.error);
    });
  }

  check(text: string): void {
    if (this.#isBusy) {
      this.#latest = text;
      return;
    }
    this.#isBusy = true;
    this.#latest = undefined;
    this.#worker.postMessage(text);
  }
}
