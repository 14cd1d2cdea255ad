// node service.cjs FILE: as service.mjs, with require.

const { readFileSync } = require("node:fs");
const { argv, env } = require("node:process");
const { check, load } = require("seamlint");

async function main() {
  await load();
  const text = readFileSync(argv[2] ?? "payload.json", "utf8");
  const report = check(text);
  for (const finding of report.files[0]?.diagnostics ?? []) {
    console.error(`${finding.severity} ${finding.pointer || "/"}: ${finding.message}`);
    if (finding.help) console.error(`  ${finding.help}`);
  }
  if (report.summary.errors > 0) {
    console.log(`not sent: ${report.summary.errors} errors`);
    process.exitCode = 1;
    return;
  }
  const endpoint = env.SEAM_ENDPOINT ?? "https://connect.getseam.com";
  const response = await fetch(new URL("/customers/push_data", endpoint), {
    method: "POST",
    headers: { authorization: `Bearer ${env.SEAM_API_KEY ?? ""}`, "content-type": "application/json" },
    body: text,
  });
  if (!response.ok) throw new Error(`the API answers ${response.status}`);
  console.log("sent");
}

main();
