//! Unicode tables: case, letters and digits, decomposition.
//!
//! With the feature `js`, WebAssembly uses the tables of the JavaScript engine: ours would add tens
//! of KB to the module. The engine's version of Unicode then decides about new characters.

#[cfg(all(feature = "js", target_arch = "wasm32"))]
mod js;

#[cfg(all(feature = "js", target_arch = "wasm32"))]
use js as tables;
#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
use native as tables;

/// The text in lower case. Each character is mapped by itself, without regard to its neighbours.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        tables::lower(text)
    }
}

/// Whether the character is a letter or a digit of some script.
pub(crate) fn is_alphanumeric(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphanumeric()
    } else {
        tables::is_alphanumeric(character)
    }
}

/// The text in normalization form D.
pub(crate) fn decomposed(text: &str) -> String {
    tables::decomposed(text)
}

#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
mod native {
    use unicode_normalization::UnicodeNormalization;

    pub(super) fn lower(text: &str) -> String {
        text.chars().flat_map(char::to_lowercase).collect()
    }

    pub(super) fn is_alphanumeric(character: char) -> bool {
        character.is_alphanumeric()
    }

    pub(super) fn decomposed(text: &str) -> String {
        text.nfd().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_mapped_one_by_one() {
        // A final sigma would depend on what follows.
        assert_eq!(lower("ΟΔΟΣ"), "οδοσ");
        assert_eq!(lower("İ"), "i\u{307}");
        assert_eq!(lower("Room"), "room");
    }

    #[test]
    fn letters_and_digits_of_all_scripts() {
        assert!(
            ['a', '7', 'é', '中', '٣', 'Ⅷ']
                .into_iter()
                .all(is_alphanumeric)
        );
        assert!(![' ', '-', '·', '😀'].into_iter().any(is_alphanumeric));
    }

    #[test]
    fn marks_are_in_canonical_order() {
        assert_eq!(decomposed("é"), "e\u{301}");
        assert_eq!(decomposed("q\u{307}\u{323}"), "q\u{323}\u{307}");
    }
}
