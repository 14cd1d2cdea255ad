//! Unicode tables of the JavaScript engine.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// `text.normalize(form)`.
    #[wasm_bindgen(js_namespace = ["String", "prototype", "normalize"], js_name = call)]
    fn normalize(text: &str, form: &str) -> String;

    /// `text.toLowerCase()`.
    #[wasm_bindgen(js_namespace = ["String", "prototype", "toLowerCase"], js_name = call)]
    fn to_lower_case(text: &str) -> String;

    type RegExp;

    #[wasm_bindgen(constructor)]
    fn new(pattern: &str, flags: &str) -> RegExp;

    #[wasm_bindgen(method)]
    fn test(this: &RegExp, text: &str) -> bool;
}

pub(super) fn lower(text: &str) -> String {
    // JavaScript maps a sigma at the end of a word to another letter.
    to_lower_case(&text.replace('Σ', "σ"))
}

pub(super) fn is_alphanumeric(character: char) -> bool {
    // Engines cache compiled patterns.
    RegExp::new(r"[\p{Alphabetic}\p{N}]", "u").test(character.encode_utf8(&mut [0; 4]))
}

pub(super) fn decomposed(text: &str) -> String {
    normalize(text, "NFD")
}
