import { Checker } from "./checker.js";

const payload = document.querySelector<HTMLTextAreaElement>("#payload")!;
const summary = document.querySelector<HTMLElement>("#summary")!;
const findings = document.querySelector<HTMLOListElement>("#findings")!;
/** A list of thousands would take longer to draw than the check. */
const MOST = 100;

const checker = new Checker(
  (report) => {
    const { errors, warnings, infos } = report.summary;
    summary.textContent = `${errors} errors, ${warnings} warnings, ${infos} infos`;
    findings.replaceChildren(
      ...(report.files[0]?.diagnostics ?? []).slice(0, MOST).map((finding) => {
        const item = document.createElement("li");
        item.className = "seamlint-message";
        item.dataset["severity"] = finding.severity;
        const { line, column } = finding.range.start;
        item.textContent = `${line}:${column} ${finding.message}`;
        return item;
      }),
    );
  },
  (message) => (summary.textContent = message),
);

payload.addEventListener("input", () => checker.check(payload.value));
