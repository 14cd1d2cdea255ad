// Limits in KB of 1,000 bytes, compressed by brotli. A test holds the files to them.

import { brotliCompressSync, constants } from "node:zlib";

/** The compressed size of bytes. */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).length;

/**
 * The module of a page. Its aim is 145. Of what it weighs, 42 KB are the rules, 33 texts and tables, 14 the repair of what is not
 * JSON, 12 the parser, and 25 what these take of Rust's standard library.
 */
export const MODULE = 201;

/** The JavaScript of a page with forms. */
export const JAVASCRIPT = 10;
