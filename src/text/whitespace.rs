//! White space as ECMAScript has it.

/// Whether ECMAScript's `String.prototype.trim` removes a character: `WhiteSpace` and `LineTerminator` of ECMA-262,
/// section 12. U+FEFF counts, U+0085 does not.
pub(crate) fn is_ecma_whitespace(character: char) -> bool {
    character == '\u{feff}' || character.is_whitespace() && character != '\u{85}'
}

#[cfg(test)]
mod tests {
    use super::is_ecma_whitespace;

    #[test]
    fn what_trim_removes() {
        // Space_Separator of Unicode 17, and what ECMA-262 lists by name.
        let listed = "\t\n\u{b}\u{c}\r \u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";
        let found: String = ('\0'..=char::MAX)
            .filter(|c| is_ecma_whitespace(*c))
            .collect();
        assert_eq!(found, listed);
    }
}
