// Checks a payload, and sends it only if the API would take it.

import { check, load } from "seamlint";

/** Where payloads go. */
const ENDPOINT = process.env.SEAM_ENDPOINT ?? "https://connect.getseam.com";

/**
 * @param {string} text the payload, as it is sent
 * @param {string} apiKey
 */
export async function pushData(text, apiKey) {
  await load(); // once; later calls return at once
  const report = check(text);
  for (const finding of report.files[0]?.diagnostics ?? []) {
    console.error(`${finding.severity} ${finding.pointer || "/"}: ${finding.message}`);
    if (finding.help) console.error(`  ${finding.help}`);
  }
  if (report.summary.errors > 0) return { sent: false, report };

  const response = await fetch(new URL("/customers/push_data", ENDPOINT), {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: text,
  });
  if (!response.ok) throw new Error(`the API answers ${response.status}`);
  return { sent: true, report };
}
