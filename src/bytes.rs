//! Bytes told apart eight at a time, as a word of 64 bits: the first byte is the lowest. What is
//! found out about a byte is a mark, its highest bit.

use crate::light;

/// One in every byte; so many times another number is that in every byte.
pub(crate) const ONES: u64 = 0x0101_0101_0101_0101;

/// The highest bit of every byte: set for what is beyond ASCII.
pub(crate) const HIGH: u64 = 0x8080_8080_8080_8080;

/// Marks the bytes within a range of ASCII. All that are in the word have to be ASCII.
pub(crate) const fn within(word: u64, first: u8, last: u8) -> u64 {
    // Nothing is carried: neither sum is beyond 255.
    let from = word.wrapping_add(ONES * (0x80 - first as u64));
    let after = word.wrapping_add(ONES * (0x7f - last as u64));
    from & !after & HIGH
}

/// Whether all is right in every one of some words that have the bytes of the text and no others,
/// some of them more than once.
#[inline]
pub(crate) fn all_words(text: &[u8], is_right: impl Fn(u64) -> bool) -> bool {
    if light::IS_FAST {
        if let Some(last) = text.last_chunk() {
            let mut words = text.as_chunks().0.iter();
            return words.all(|word| is_right(u64::from_le_bytes(*word)))
                && is_right(u64::from_le_bytes(*last));
        }
        if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
            let first = u64::from(u32::from_le_bytes(*first));
            return is_right(first | u64::from(u32::from_le_bytes(*last)) << 32);
        }
    }
    text.iter().all(|byte| is_right(ONES * u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_told_in_every_place_beside_every_byte() {
        for place in 0..8 {
            for byte in 0..0x80_u8 {
                for beside in [0, b'0', b'9', b'a', 0x7f] {
                    let mut bytes = [beside; 8];
                    bytes[place] = byte;
                    let marks = within(u64::from_le_bytes(bytes), b'0', b'9');
                    let expected = bytes.map(|byte| u8::from(byte.is_ascii_digit()) << 7);
                    assert_eq!(marks.to_le_bytes(), expected, "{bytes:?}");
                }
            }
        }
    }
}
