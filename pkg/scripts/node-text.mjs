// esbuild injects these where the globals may be those of jsdom.

export { TextDecoder, TextEncoder } from "node:util";
