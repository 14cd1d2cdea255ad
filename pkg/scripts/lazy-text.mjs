// esbuild injects these into the glue of wasm-bindgen, which makes one of each when it is imported. jsdom has
// neither, and a package must not fail there before it is used.

function Decoder() {
  let decoder;
  // The first call of the glue is without bytes, to start the decoder.
  return { decode: (bytes) => (bytes ? (decoder ??= new TextDecoder("utf-8", { ignoreBOM: true })).decode(bytes) : "") };
}

function Encoder() {
  return { encodeInto: (text, into) => new TextEncoder().encodeInto(text, into) };
}

export { Decoder as TextDecoder, Encoder as TextEncoder };
