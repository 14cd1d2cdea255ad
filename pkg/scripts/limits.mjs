// Limits in KB of 1,000 bytes, compressed by brotli. A test holds the files to them.

import { brotliCompressSync, constants } from "node:zlib";

/** The compressed size of bytes. */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).length;

/** The module of a page. The floor of the rebuild is 130; the e-mail library and the standard library as it comes are 6 KB more. */
export const MODULE = 138;

/** The JavaScript of a page with forms. */
export const JAVASCRIPT = 10;
