// Checks texts, off the page's thread.

import { check, load } from "seamlint";

addEventListener("message", async ({ data }: MessageEvent<string>) => {
  try {
    await load();
    postMessage({ report: check(data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
