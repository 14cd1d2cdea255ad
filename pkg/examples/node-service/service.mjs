// node service.mjs FILE: checks the payload in FILE and sends it.

import { readFile } from "node:fs/promises";
import { argv, env } from "node:process";

import { pushData } from "./push_data.mjs";

const text = await readFile(argv[2] ?? "payload.json", "utf8");
const { sent, report } = await pushData(text, env.SEAM_API_KEY ?? "");
console.log(sent ? "sent" : `not sent: ${report.summary.errors} errors`);
if (!sent) process.exitCode = 1;
