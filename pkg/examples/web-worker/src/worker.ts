// Checks texts, off the page's thread.

import { check, load } from "seamlint";

export interface Question {
  id: number;
  text: string;
}

const ready = load();

addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  await ready;
  postMessage({ id: data.id, report: check(data.text) });
});
