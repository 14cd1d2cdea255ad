//! Instants that are counted since 1970, as clocks of programs do.

use super::civil::{DAY, civil_from_days};
use super::timestamp::Instant;

/// An instant as RFC 3339 writes it, and what it was counted in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Epoch {
    pub(crate) text: String,
    /// `seconds` or `milliseconds`
    pub(crate) unit: &'static str,
}

/// Reads a whole number of seconds or milliseconds since 1970, if one of the two is a plausible date.
pub(crate) fn read(number: &str) -> Option<Epoch> {
    let number: i64 = number.parse().ok()?;
    let in_seconds = |seconds| Instant {
        seconds,
        nanoseconds: 0,
    };
    if !in_seconds(number).is_implausible() {
        return Some(Epoch {
            text: text(number, 0)?,
            unit: "seconds",
        });
    }
    let (seconds, milliseconds) = (number.div_euclid(1000), number.rem_euclid(1000));
    if in_seconds(seconds).is_implausible() {
        return None;
    }
    Some(Epoch {
        text: text(seconds, milliseconds)?,
        unit: "milliseconds",
    })
}

fn text(seconds: i64, milliseconds: i64) -> Option<String> {
    let (year, month, day) = civil_from_days(seconds.div_euclid(DAY))?;
    let of_day = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let fraction = match milliseconds {
        0 => String::new(),
        some => format!(".{some:03}"),
    };
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_milliseconds_are_told_by_their_size() {
        for (number, wanted) in [
            ("1777647600", Some(("2026-05-01T15:00:00Z", "seconds"))),
            (
                "1777647600000",
                Some(("2026-05-01T15:00:00Z", "milliseconds")),
            ),
            (
                "1777647600123",
                Some(("2026-05-01T15:00:00.123Z", "milliseconds")),
            ),
            ("20260501", None),
            ("0", None),
            ("-1", None),
            ("1.5", None),
            ("99999999999999999999", None),
        ] {
            let found = read(number);
            let found = found
                .as_ref()
                .map(|found| (found.text.as_str(), found.unit));
            assert_eq!(found, wanted, "{number}");
        }
    }
}
