//! What makes a finding the same one in the next run, for services that follow findings over time.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::report::Diagnostic;

/// Gives out fingerprints; one for all files of a run.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    /// How many findings each fingerprint has been given to.
    given: HashMap<[u8; 32], u32>,
}

impl Fingerprints {
    /// 32 hexadecimal digits from path, code, and message and pointer without indexes: another
    /// element before this one does not change them. The second of two that are alike gets another
    /// one than the first, as services drop what repeats. All of it stands in the report itself.
    pub(super) fn of(&mut self, path: &str, found: &Diagnostic) -> String {
        let place = without_indexes(&found.pointer);
        let message = without_subscripts(&found.message);
        self.next(&[path, &found.code, &place, &message])
    }

    /// As [`Fingerprints::of`], from any parts.
    pub(super) fn next(&mut self, parts: &[&str]) -> String {
        let mut digest = digest(parts);
        let count = self.given.entry(digest).or_insert(0);
        *count += 1;
        if *count > 1 {
            let again = Sha256::new().chain_update(digest);
            digest = again.chain_update(count.to_le_bytes()).finalize().into();
        }
        hexadecimal(&digest[..16])
    }
}

/// SHA-256 of texts.
pub(crate) fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        // With lengths, no two lists of parts are one text.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Two digits a byte.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A pointer with `*` for each token that is an index.
pub(crate) fn without_indexes(pointer: &str) -> String {
    let mut place = String::with_capacity(pointer.len());
    for token in pointer.split('/').skip(1) {
        let is_index = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        place.push('/');
        place.push_str(if is_index { "*" } else { token });
    }
    place
}

/// `sites[0]` and `sites[1]` become one.
fn without_subscripts(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find('[') {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        rest = after.trim_start_matches(|character: char| character.is_ascii_digit());
    }
    out.push_str(rest);
    out
}
