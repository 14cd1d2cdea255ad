// Checks a payload, and sends it only if the API would take it.

import { check } from "seamlint";

/** Where payloads go. */
const ENDPOINT = process.env.SEAM_ENDPOINT ?? "https://connect.getseam.com";

/**
 * @param {string} text the payload, as it is sent
 * @param {string} apiKey
 */
export async function pushData(text, apiKey) {
  const report = check(text);
  for (const finding of report.findings) {
    console.error(`${finding.severity} ${finding.pointer || "/"}: ${finding.message}`);
    if (finding.help) console.error(`  ${finding.help}`);
  }
  if (!report.ok) return { sent: false, report };

  const response = await fetch(new URL("/customers/push_data", ENDPOINT), {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: text,
  });
  if (!response.ok) throw new Error(`the API answers ${response.status}`);
  return { sent: true, report };
}
