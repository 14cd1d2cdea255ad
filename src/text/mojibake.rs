//! UTF-8 that was read as Latin-1 or Windows-1252.

/// The characters of Windows-1252 for the bytes 0x80 to 0x9F; those without one stay as they are.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte that a character was read from.
fn byte(character: char) -> Option<u8> {
    u8::try_from(u32::from(character)).ok().or_else(|| {
        let at = WINDOWS.iter().position(|known| *known == character)?;
        u8::try_from(0x80 + at).ok()
    })
}

/// The text as it was before it was decoded, if every character beyond ASCII is part of such UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    // The first byte of a letter beyond ASCII is read as one of these, and the next one as one that follows.
    let is_start = |character: char| ('\u{c2}'..='\u{f4}').contains(&character);
    let follows = |character| byte(character).is_some_and(|byte| (0x80..=0xbf).contains(&byte));
    let mut pairs = text.chars().zip(text.chars().skip(1));
    if !pairs.any(|(one, next)| is_start(one) && follows(next)) {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    let decoded = String::from_utf8(bytes?).ok()?;
    // Control characters are what other texts decode to by chance.
    let is_text = !decoded.chars().any(char::is_control);
    (is_text && decoded != text).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decoded_twice_is_known() {
        for (text, wanted) in [
            ("JosÃ©", Some("José")),
            ("MÃ¼ller", Some("Müller")),
            ("Oâ€™Neill", Some("O’Neill")),
            ("ã\u{81}\u{82}", Some("あ")),
            ("José", None),
            ("SÃO PAULO", None),
            ("Ärzte", None),
            ("Ann", None),
            ("あ", None),
            ("", None),
        ] {
            assert_eq!(decoded(text).as_deref(), wanted, "{text}");
        }
    }
}
