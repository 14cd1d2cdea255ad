//! UTF-16 and UTF-32, recognised by their bytes.

use json_document::Extract;

/// An encoding of more than one byte for each character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wide {
    /// UTF-32 instead of UTF-16.
    pub(super) is_utf32: bool,
    pub(super) is_little_endian: bool,
}

impl Wide {
    /// The encoding of bytes; nothing if it has one byte for a character of ASCII. Every JSON text begins with ASCII, so its
    /// first character has NULs beside it. One is enough behind a byte order mark; without it, the second has to have
    /// them too.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let (is_utf32, is_little_endian) = match bytes {
            [0xff, 0xfe, 0, 0, ..] => (true, true),
            [0, 0, 0xfe, 0xff, ..] => (true, false),
            [a, 0, 0, 0, b, 0, 0, 0, ..] if *a != 0 && *b != 0 => (true, true),
            [0, 0, 0, a, 0, 0, 0, b, ..] if *a != 0 && *b != 0 => (true, false),
            [0xff, 0xfe] => (false, true),
            [0xfe, 0xff] => (false, false),
            [0xff, 0xfe, a, 0, ..] if *a != 0 => (false, true),
            [0xfe, 0xff, 0, a, ..] if *a != 0 => (false, false),
            [a, 0, b, 0, ..] if *a != 0 && *b != 0 => (false, true),
            [0, a, 0, b, ..] if *a != 0 && *b != 0 => (false, false),
            _ => return None,
        };
        Some(Self {
            is_utf32,
            is_little_endian,
        })
    }

    pub(super) fn decode(self, bytes: &[u8]) -> Extract {
        if self.is_utf32 {
            Extract::from_utf32(bytes, self.is_little_endian)
        } else {
            Extract::from_utf16(bytes, self.is_little_endian)
        }
    }
}
