//! Whether bytes are UTF-8, many bytes at a time where the processor can.

/// The bytes as text, if they are UTF-8.
#[cfg(any(not(target_arch = "wasm32"), target_feature = "simd128"))]
pub(crate) fn text_of(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

/// The bytes as text, if they are UTF-8.
#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
pub(crate) fn text_of(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
