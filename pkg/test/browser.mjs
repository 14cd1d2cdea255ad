// Debian's Chromium, and a server whose pages have a strict Content-Security-Policy.

import { createServer } from "node:http";

import { chromium } from "playwright-core";
import sirv from "sirv";

import { packed } from "./support.mjs";

/** What the examples' readme and the package's ask for: of WebAssembly, `'wasm-unsafe-eval'` alone. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

/** Starts the browser: `cargo xtask test --only npm` sees to it that it is there. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
}

/**
 * Serves folders by prefix, an empty page at `/`, and keeps what is posted to `/api/push_data` and what
 * forms send to `/send`, after which the page stays.
 *
 * @param {Record<string, URL>} folders
 */
export async function serve(folders, policy = POLICY) {
  const handlers = Object.entries(folders).map(([prefix, folder]) => [prefix, sirv(folder.pathname, { dev: true })]);
  const posted = [];
  const sent = [];
  const server = createServer((request, response) => {
    response.setHeader("content-security-policy", policy);
    if (request.method === "POST" && request.url === "/api/push_data") {
      let body = "";
      request.setEncoding("utf8").on("data", (part) => (body += part));
      request.on("end", () => {
        posted.push(JSON.parse(body));
        response.end("{}");
      });
      return;
    }
    if (request.url.startsWith("/send")) {
      let body = "";
      request.setEncoding("utf8").on("data", (part) => (body += part));
      request.on("end", () => {
        sent.push(new URLSearchParams(body || request.url.split("?")[1]));
        response.statusCode = 204;
        response.end();
      });
      return;
    }
    if (request.url === "/") {
      response.setHeader("content-type", "text/html");
      response.end("<!doctype html><title>empty</title>");
      return;
    }
    const [prefix, handler] = handlers.find(([prefix]) => request.url.startsWith(prefix)) ?? [];
    if (!handler) {
      response.statusCode = 404;
      response.end();
      return;
    }
    request.url = request.url.slice(prefix.length - 1);
    handler(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    posted,
    sent,
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A page that collects what goes wrong in it: errors of the page, of its console, of its policy. */
export async function open(browser, url) {
  const page = await browser.newPage({ viewport: { width: 760, height: 980 } });
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    const { url } = message.location();
    if (message.type() === "error" && !url.endsWith("/favicon.ico")) problems.push(`${message.text()} ${url}`);
  });
  await page.goto(url);
  return { page, problems };
}

/** Where screenshots go, to be looked at. */
export const screenshot = (name) => new URL(`screenshots/${name}.png`, packed).pathname;
