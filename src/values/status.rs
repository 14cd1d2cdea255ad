//! Names and values by which other systems say that a stay is not confirmed.

use crate::text::suggest::{has_letters, letters};

/// The names of a status, in lower case without separators.
const STATUS: [&str; 6] = [
    "status",
    "state",
    "reservationstatus",
    "bookingstatus",
    "reservationstate",
    "bookingstate",
];

/// Names that say it by themselves, if they are true or have a value.
const FLAGS: [&str; 10] = [
    "cancelled",
    "canceled",
    "iscancelled",
    "iscanceled",
    "cancelledat",
    "canceledat",
    "noshow",
    "isnoshow",
    "tentative",
    "istentative",
];

/// What a status says of a stay that is not confirmed.
const UNCONFIRMED: [&str; 15] = [
    "cancelled",
    "canceled",
    "cancel",
    "noshow",
    "pending",
    "tentative",
    "inquiry",
    "enquiry",
    "onhold",
    "hold",
    "draft",
    "declined",
    "rejected",
    "expired",
    "unconfirmed",
];

/// Whether a name is that of a status, so that entries of `custom_metadata` under it are looked at.
pub(crate) fn is_status(name: &str) -> bool {
    // As long as the names above, separators included.
    (5..=24).contains(&name.len())
        && STATUS
            .iter()
            .chain(&FLAGS)
            .any(|known| has_letters(name, known))
}

/// Whether a value under such a name says that the stay is not confirmed.
pub(crate) fn is_unconfirmed(name: &str, value: &str) -> bool {
    let value = letters(value);
    if STATUS.contains(&&*letters(name)) {
        UNCONFIRMED.contains(&&*value)
    } else {
        !matches!(&*value, "" | "false" | "no" | "0" | "null" | "none")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_confirmed() {
        for (name, value, wanted) in [
            ("status", "Cancelled", true),
            ("bookingStatus", "no-show", true),
            ("state", "on hold", true),
            ("status", "confirmed", false),
            ("status", "checked_in", false),
            ("cancelled", "true", true),
            ("is_canceled", "false", false),
            ("cancelled_at", "2026-05-01", true),
            ("cancelled_at", "", false),
        ] {
            assert!(is_status(name), "{name}");
            assert_eq!(is_unconfirmed(name, value), wanted, "{name} {value}");
        }
        for name in ["statue", "channel", "vip", "", "cancellation_policy"] {
            assert!(!is_status(name), "{name}");
        }
    }
}
