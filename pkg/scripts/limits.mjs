// Limits in KB of 1,000 bytes, compressed by brotli. A test holds the files to them.

import { brotliCompressSync, constants } from "node:zlib";

/** The compressed size of bytes. */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).length;

/**
 * The module of a page. Its aim is 145; the rules of times, of payloads that are wrapped and of what the API takes beside
 * its schema, and the repair of what is not JSON (28 KB), are not that small yet.
 */
export const MODULE = 200;

/** The JavaScript of a page with forms. */
export const JAVASCRIPT = 10;
