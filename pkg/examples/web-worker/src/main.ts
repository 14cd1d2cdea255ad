import type { Report } from "seamlint";

import type { Question } from "./worker.js";

const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
const payload = document.querySelector<HTMLTextAreaElement>("#payload")!;
const summary = document.querySelector<HTMLElement>("#summary")!;
const findings = document.querySelector<HTMLOListElement>("#findings")!;
let latest = 0;

payload.addEventListener("input", () => {
  latest += 1;
  worker.postMessage({ id: latest, text: payload.value } satisfies Question);
});

worker.addEventListener("message", ({ data }: MessageEvent<{ id: number; report: Report }>) => {
  // An answer to what has been typed over meanwhile.
  if (data.id !== latest) return;
  const { errors, warnings, infos } = data.report.summary;
  summary.textContent = `${errors} errors, ${warnings} warnings, ${infos} infos`;
  findings.replaceChildren(
    ...(data.report.files[0]?.diagnostics ?? []).map((finding) => {
      const item = document.createElement("li");
      item.className = "seamlint-message";
      item.dataset["severity"] = finding.severity;
      const { line, column } = finding.range.start;
      item.textContent = `${line}:${column} ${finding.message}`;
      return item;
    }),
  );
});
