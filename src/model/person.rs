//! People and their contacts.

use std::borrow::Cow;
use std::num::NonZeroU32;

use json_document::{Document, NodeId};

use super::key::hash;
use super::str_index::short;
use crate::text::unicode;

/// The contacts of a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    /// In [`Payload::resources`](super::payload::Payload::resources).
    pub(crate) resource: u32,
    pub(crate) email: Option<Contact>,
    pub(crate) phone: Option<Contact>,
}

/// An e-mail address or a phone number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contact {
    /// The string.
    pub(crate) node: NodeId,
    /// A hash of what it is compared by; absent if it is none that two people could share.
    pub(super) hash: Option<NonZeroU32>,
}

impl Person {
    pub(super) const fn new(resource: u32) -> Self {
        Self {
            resource,
            email: None,
            phone: None,
        }
    }
}

impl Contact {
    /// `common` is the address, if it is plainly valid.
    pub(super) fn email(document: &Document<'_>, node: NodeId, common: Option<&[u8]>) -> Self {
        let any = || Some(hash_of(plain_email(document, node)?.as_bytes()));
        let hash = common.map(hash_of).or_else(any);
        Self { node, hash }
    }

    /// `common` is the number, if it is E.164.
    pub(super) fn phone(document: &Document<'_>, node: NodeId, common: Option<&[u8]>) -> Self {
        let any = || Some(hash_of(plain_phone(document, node)?.as_bytes()));
        let hash = common.map(|number| hash_of(&number[1..])).or_else(any);
        Self { node, hash }
    }
}

fn hash_of(plain: &[u8]) -> NonZeroU32 {
    NonZeroU32::MIN | short(hash(plain))
}

/// Whether a text is ASCII without capitals.
fn is_lower(text: &[u8]) -> bool {
    // Without a short cut, so that many bytes are looked at together.
    text.iter().fold(true, |lower, byte| {
        lower & byte.is_ascii() & !byte.is_ascii_uppercase()
    })
}

/// An e-mail address without white space around it and in lower case. What has no `@` is no
/// address, and no conflict.
pub(super) fn plain_email<'a>(document: &'a Document<'_>, node: NodeId) -> Option<Cow<'a, str>> {
    let text = document.string(node)?;
    let text = match text {
        text if document.is_plain(node) => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    memchr::memchr(b'@', text.as_bytes())?;
    Some(if is_lower(text.as_bytes()) {
        text
    } else {
        Cow::Owned(unicode::lower(&text))
    })
}

/// The digits of a phone number: white space, punctuation, `+` and a leading `00` do not tell two
/// apart. What has letters or no digit is no number.
pub(super) fn plain_phone<'a>(document: &'a Document<'_>, node: NodeId) -> Option<Cow<'a, str>> {
    let text = document.string(node)?;
    let digits = match text {
        Cow::Borrowed(text)
            if text
                .strip_prefix('+')
                .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())) =>
        {
            Cow::Borrowed(&text[1..])
        }
        text if text
            .chars()
            .any(|c| !c.is_ascii_digit() && unicode::is_alphanumeric(c)) =>
        {
            return None;
        }
        text => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            Cow::Owned(match digits.strip_prefix("00") {
                Some(rest) => rest.to_owned(),
                None => digits,
            })
        }
    };
    // `0`, `000` and `-` stand for "none".
    (digits.bytes().any(|b| b != b'0')).then_some(digits)
}
