// What files may weigh, in KB of 1,000 bytes compressed by brotli. A test holds them to it.

import { brotliCompressSync, constants } from "node:zlib";

/** How many bytes are left of some, as a server sends them. */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).length;

/** The module: the budget of a page with a form. */
export const MODULE = 130;

/** The JavaScript of a page with forms. */
export const JAVASCRIPT = 8;
