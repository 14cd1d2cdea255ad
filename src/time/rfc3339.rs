//! RFC 3339 `date-time`, read strictly and without allocation.
//!
//! The libraries disagree on leap seconds, `+24:00`, long fractions, missing seconds and the space separator, so the
//! grammar of RFC 3339 section 5.6 and the limits of section 5.7 are checked here: a real calendar, required seconds and
//! offset, and `:60` only where the instant is 23:59:60 UTC (on any date: leap seconds are announced, not computed).

use std::fmt;

use super::civil::{DAY, days_from_civil, days_in_month, month_name};
use super::timestamp::{Instant, Offset, Timestamp};

/// Why a text is not an RFC 3339 `date-time`. Its `Display` is a clause that can follow a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateTimeError {
    /// Nothing, or white space only.
    Empty,
    /// White space before or after.
    SurroundingSpace,
    /// Digits only: a Unix time, or a compact date.
    Number,
    /// Does not start with `YYYY-MM-DD`.
    DateShape,
    /// A month from 13 on, or 0.
    Month(u8),
    /// A day that the month does not have.
    Day {
        /// Year as written.
        year: u16,
        /// Month as written.
        month: u8,
        /// Day as written.
        day: u8,
    },
    /// A date and nothing else.
    NoTime,
    /// A space between date and time.
    SpaceSeparator,
    /// Something else than `T` between date and time.
    Separator,
    /// Not `HH:mm:ss` after the `T`.
    TimeShape,
    /// An hour from 24 on.
    Hour(u8),
    /// A minute from 60 on.
    Minute(u8),
    /// `HH:mm`, then the offset or the end.
    NoSeconds,
    /// A second from 61 on.
    Second(u8),
    /// `:60` where the instant is not 23:59:60 UTC.
    NotALeapSecond,
    /// A comma before the fraction, which ISO 8601 has and RFC 3339 has not.
    FractionComma,
    /// A point without a digit after it.
    FractionEmpty,
    /// Ends after the time.
    NoOffset,
    /// Something that is neither `Z` nor `+HH:mm` nor `-HH:mm` after the time.
    OffsetShape,
    /// Offset hours from 24 on.
    OffsetHour(u8),
    /// Offset minutes from 60 on.
    OffsetMinute(u8),
    /// A zone in brackets, as RFC 9557 and `Temporal` write it.
    Bracket,
    /// More text after the offset.
    Trailing,
}

impl fmt::Display for DateTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (clause, found, limit) = self.explain();
        let text = clause.replace("{found}", found.as_deref().unwrap_or_default());
        match limit {
            Some(limit) => f.write_str(&text.replace("{limit}", &limit.to_string())),
            None => f.write_str(&text),
        }
    }
}

impl DateTimeError {
    /// What is wrong, as a clause; what its `{found}` stands for, if it has one; and the number that its `{limit}` stands for.
    pub(crate) fn explain(self) -> (&'static str, Option<String>, Option<u8>) {
        let number = |number: u8| Some(format!("{number:02}"));
        let (clause, found) = match self {
            Self::Day { year, month, day } if day > 0 => {
                let days = days_in_month(i32::from(year), month);
                let found = format!("{} {year:04}", month_name(month));
                return ("{found} has {limit} days", Some(found), Some(days));
            }
            Self::Day { .. } => ("there is no day 00", None),
            Self::Month(month) => ("there is no month {found}", number(month)),
            Self::Hour(24) => (
                "there is no hour 24; midnight is 00:00:00 of the next day",
                None,
            ),
            Self::Hour(hour) => ("there is no hour {found}", number(hour)),
            Self::Minute(minute) => ("there is no minute {found}", number(minute)),
            Self::Second(second) => ("there is no second {found}", number(second)),
            Self::OffsetHour(hour) => ("there is no offset of {found} hours", number(hour)),
            Self::OffsetMinute(minute) => (
                "its offset has {found} minutes, of at most 59",
                number(minute),
            ),
            Self::Empty => ("it is empty", None),
            Self::SurroundingSpace => ("it has white space around it", None),
            Self::Number => ("it is a number; write date and time out", None),
            Self::DateShape => ("it does not start with a date as YYYY-MM-DD", None),
            Self::NoTime => ("it has a date but no time of day", None),
            Self::SpaceSeparator => ("it has a space instead of T between date and time", None),
            Self::Separator => ("it has no T between date and time", None),
            Self::TimeShape => ("its time is not written HH:mm:ss", None),
            Self::NoSeconds => ("it has no seconds", None),
            Self::NotALeapSecond => ("second 60 exists only at 23:59:60 UTC", None),
            Self::FractionComma => (
                "it has a comma instead of a point before the fraction of the second",
                None,
            ),
            Self::FractionEmpty => ("it has no digit after the point", None),
            Self::NoOffset => (
                "it has no offset from UTC, so it could be any of 24 hours",
                None,
            ),
            Self::OffsetShape => (
                "its offset is neither Z nor of the form +HH:mm or -HH:mm",
                None,
            ),
            Self::Bracket => ("it has a zone in brackets after the offset", None),
            Self::Trailing => ("it has more text after the offset", None),
        };
        (clause, found, None)
    }
}

/// Reads an RFC 3339 `date-time`: the whole text, nothing around it.
pub(crate) fn parse(text: &[u8]) -> Result<Timestamp, DateTimeError> {
    match common(text) {
        Some(time) => Ok(time),
        None => any(text),
    }
}

/// Reads what nearly every client writes, eight characters at a time: a time in UTC or with an offset, but no leap second and
/// nothing in lower case. `None` for any other text.
fn common(text: &[u8]) -> Option<Timestamp> {
    let (head, rest) = text.split_first_chunk::<19>()?;
    let [year, _, of_century, _, _, month, ..] = pairs(*head.first_chunk()?, *b"0000-00-")?;
    let [day, ..] = pairs(*head[8..].first_chunk()?, *b"00T00:00")?;
    let [hour, _, _, minute, _, _, second, _] = pairs(*head.last_chunk()?, *b"00:00:00")?;
    let year = i32::from(year) * 100 + i32::from(of_century);
    let has_day = day > 0 && (day <= 28 || day <= days_in_month(year, month));
    if !(1..=12).contains(&month) || !has_day || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (nanoseconds, rest) = match rest {
        [b'.', rest @ ..] => fraction(rest).ok()?,
        _ => (0, rest),
    };
    let offset = match *rest {
        [b'Z'] => Offset::Utc,
        [sign @ (b'+' | b'-'), _, _, _, _, _] => {
            let shape = [b'0', b'0', sign, b'0', b'0', b':', b'0', b'0'];
            let [_, _, _, hours, _, _, minutes, _] = pairs(*text.last_chunk()?, shape)?;
            explicit(sign, hours, minutes).ok()?
        }
        _ => return None,
    };
    let seconds = seconds((year, month, day), (hour, minute, second)) - i64::from(offset.seconds());
    Some(Timestamp {
        instant: Instant {
            seconds,
            nanoseconds,
        },
        offset,
        is_lower_case: false,
    })
}

/// The two-digit numbers that begin at each of eight bytes, if these have digits where `shape` has zeros, and the same
/// characters elsewhere.
fn pairs(text: [u8; 8], shape: [u8; 8]) -> Option<[u8; 8]> {
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    // Right digits are below 10 then, and the rest is 0: what is greater reaches the high bit.
    let digits = u64::from_le_bytes(text) ^ u64::from_le_bytes(shape);
    let distance = shape.map(|byte| if byte == b'0' { 0x76 } else { 0x7f });
    let reached = digits.wrapping_add(u64::from_le_bytes(distance)) | digits;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    (reached & HIGH == 0).then(|| pairs.to_le_bytes())
}

/// Reads any text.
#[cold]
fn any(text: &[u8]) -> Result<Timestamp, DateTimeError> {
    let Some(([y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2], rest)) = text.split_first_chunk()
    else {
        return Err(not_a_date(text));
    };
    let (Some(y1), Some(y2), Some(month), Some(day)) = (
        pair(*y1, *y2),
        pair(*y3, *y4),
        pair(*m1, *m2),
        pair(*d1, *d2),
    ) else {
        return Err(not_a_date(text));
    };
    let year = u16::from(y1) * 100 + u16::from(y2);
    if !(1..=12).contains(&month) {
        return Err(DateTimeError::Month(month));
    }
    if day == 0 || day > days_in_month(i32::from(year), month) {
        return Err(DateTimeError::Day { year, month, day });
    }

    let (lower_case_t, rest) = match rest {
        [b'T', rest @ ..] => (false, rest),
        [b't', rest @ ..] => (true, rest),
        [] => return Err(DateTimeError::NoTime),
        [b' ' | b'\t' | b'\r' | b'\n', ..] if text.trim_ascii_end().len() == 10 => {
            return Err(DateTimeError::SurroundingSpace);
        }
        [b' ', ..] => return Err(DateTimeError::SpaceSeparator),
        _ => return Err(DateTimeError::Separator),
    };

    let Some(([h1, h2, b':', m1, m2], rest)) = rest.split_first_chunk() else {
        return Err(DateTimeError::TimeShape);
    };
    let (Some(hour), Some(minute)) = (pair(*h1, *h2), pair(*m1, *m2)) else {
        return Err(DateTimeError::TimeShape);
    };
    if hour > 23 {
        return Err(DateTimeError::Hour(hour));
    }
    if minute > 59 {
        return Err(DateTimeError::Minute(minute));
    }
    let (second, rest) = match rest {
        [b':', s1, s2, rest @ ..] => (pair(*s1, *s2).ok_or(DateTimeError::TimeShape)?, rest),
        [] | [b'Z' | b'z' | b'+' | b'-' | b' ' | b'.', ..] => return Err(DateTimeError::NoSeconds),
        _ => return Err(DateTimeError::TimeShape),
    };
    if second > 60 {
        return Err(DateTimeError::Second(second));
    }

    let (nanoseconds, rest) = match rest {
        [b'.', rest @ ..] => fraction(rest)?,
        [b',', b'0'..=b'9', ..] => return Err(DateTimeError::FractionComma),
        [b'0'..=b'9', ..] => return Err(DateTimeError::TimeShape),
        _ => (0, rest),
    };
    let (offset, lower_case_z, rest) = offset(rest)?;
    match rest {
        [] => {}
        [b'[', ..] => return Err(DateTimeError::Bracket),
        rest if rest.trim_ascii().is_empty() => return Err(DateTimeError::SurroundingSpace),
        // `+05:300`, `+05:30:00`.
        [b'0'..=b'9' | b':', ..] => return Err(DateTimeError::OffsetShape),
        _ => return Err(DateTimeError::Trailing),
    }

    let local = seconds((i32::from(year), month, day), (hour, minute, second));
    let mut instant = Instant {
        seconds: local - i64::from(offset.seconds()),
        nanoseconds,
    };
    if second == 60 {
        // In UTC, a leap second is the 60th second of the day's last minute: one more, and the day is full.
        if instant.seconds.rem_euclid(DAY) != 0 {
            return Err(DateTimeError::NotALeapSecond);
        }
        instant.seconds -= 1;
        instant.nanoseconds += 1_000_000_000;
    }
    Ok(Timestamp {
        instant,
        offset,
        is_lower_case: lower_case_t || lower_case_z,
    })
}

/// The offset that a text starts with, whether it is written `z`, and what follows.
fn offset(text: &[u8]) -> Result<(Offset, bool, &[u8]), DateTimeError> {
    match text {
        [b'Z', rest @ ..] => Ok((Offset::Utc, false, rest)),
        [b'z', rest @ ..] => Ok((Offset::Utc, true, rest)),
        [] => Err(DateTimeError::NoOffset),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2, rest @ ..] => {
            let (Some(hours), Some(minutes)) = (pair(*h1, *h2), pair(*m1, *m2)) else {
                return Err(DateTimeError::OffsetShape);
            };
            Ok((explicit(*sign, hours, minutes)?, false, rest))
        }
        rest if rest.trim_ascii().is_empty() => Err(DateTimeError::NoOffset),
        [b'[', ..] => Err(DateTimeError::NoOffset),
        _ => Err(DateTimeError::OffsetShape),
    }
}

/// An offset of hours and minutes.
fn explicit(sign: u8, hours: u8, minutes: u8) -> Result<Offset, DateTimeError> {
    if hours > 23 {
        return Err(DateTimeError::OffsetHour(hours));
    }
    if minutes > 59 {
        return Err(DateTimeError::OffsetMinute(minutes));
    }
    let total = i16::from(hours) * 60 + i16::from(minutes);
    Ok(match (sign, total) {
        (b'-', 0) => Offset::Unknown,
        (b'-', total) => Offset::Minutes(-total),
        (_, total) => Offset::Minutes(total),
    })
}

/// A date and a time as seconds since 1970-01-01T00:00:00.
fn seconds((year, month, day): (i32, u8, u8), (hour, minute, second): (u8, u8, u8)) -> i64 {
    days_from_civil(year, month, day) * DAY
        + i64::from(hour) * 3600
        + i64::from(minute) * 60
        + i64::from(second)
}

/// Two ASCII digits as a number.
fn pair(tens: u8, units: u8) -> Option<u8> {
    let (tens, units) = (tens.wrapping_sub(b'0'), units.wrapping_sub(b'0'));
    if tens < 10 && units < 10 {
        Some(tens * 10 + units)
    } else {
        None
    }
}

/// The digits after the point in nanoseconds, and what follows them.
fn fraction(bytes: &[u8]) -> Result<(u32, &[u8]), DateTimeError> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (fraction, rest) = bytes.split_at_checked(digits).unwrap_or((bytes, &[]));
    if fraction.is_empty() {
        return Err(DateTimeError::FractionEmpty);
    }
    let padded = fraction.iter().copied().chain(std::iter::repeat(b'0'));
    let nanoseconds = padded
        .take(9)
        .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Ok((nanoseconds, rest))
}

/// Why a text does not start with a date.
#[cold]
fn not_a_date(text: &[u8]) -> DateTimeError {
    let trimmed = str::from_utf8(text).map_or(text, |text| text.trim().as_bytes());
    if trimmed.is_empty() {
        DateTimeError::Empty
    } else if trimmed.len() != text.len() && parse(trimmed).is_ok() {
        DateTimeError::SurroundingSpace
    } else if trimmed.iter().all(u8::is_ascii_digit) {
        DateTimeError::Number
    } else {
        DateTimeError::DateShape
    }
}

#[cfg(test)]
mod tests {
    use super::super::rfc3339_repair::repair;
    use super::*;

    fn parse(text: &str) -> Result<Timestamp, DateTimeError> {
        super::parse(text.as_bytes())
    }

    const GOOD: &[&str] = &[
        "1985-04-12T23:20:50.52Z",
        "1996-12-19T16:39:57-08:00",
        "1990-12-31T23:59:60Z",
        "1990-12-31T15:59:60-08:00",
        "1937-01-01T12:00:27.87+00:20",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59-23:59",
        "0000-01-01T00:00:00+23:59",
        "2024-02-29T00:00:00Z",
        "2000-02-29T00:00:00Z",
        "2026-11-23t15:00:00Z",
        "2026-11-23T15:00:00z",
        "2026-11-23t15:00:00.1z",
        "2026-11-23T15:00:00.0000000000000000000000000000000000001Z",
        "2026-11-23T15:00:00-00:00",
        "2026-11-23T15:00:00+00:00",
        "2026-03-05T23:59:60Z",
        "2026-03-06T05:29:60+05:30",
        "2026-03-05T23:59:60.999Z",
        "2017-01-01T00:29:60+00:30",
        "2026-11-23T15:00:00+05:45",
    ];

    #[test]
    fn what_rfc_3339_allows() {
        for text in GOOD {
            assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
        }
    }

    /// An error, its phrase, and texts that have it, each with its repair (empty if there is none).
    type Refused = (
        DateTimeError,
        &'static str,
        &'static [(&'static str, &'static str)],
    );

    #[test]
    fn what_it_refuses_and_why_and_what_was_meant() {
        use DateTimeError as E;
        let day = |year, month, day| E::Day { year, month, day };
        #[rustfmt::skip]
        let table: &[Refused] = &[
            (E::Empty, "it is empty", &[
                ("", ""),
                ("  ", ""),
            ]),
            (E::DateShape, "it does not start with a date as YYYY-MM-DD", &[
                ("tomorrow", ""),
                ("next Tuesday at noon", ""),
            ]),
            (E::Number, "it is a number; write date and time out", &[
                ("1795446000", ""),
                ("20261123", ""),
            ]),
            (E::DateShape, "it does not start with a date as YYYY-MM-DD", &[
                ("15:00:00Z", ""),
                ("2026-1-5T15:00:00Z", "2026-01-05T15:00:00Z"),
                ("2026/11/23T15:00:00Z", "2026-11-23T15:00:00Z"),
                ("11/23/2026 15:00:00Z", ""),
                ("20261123T150000Z", "2026-11-23T15:00:00Z"),
                ("+2026-11-23T15:00:00Z", ""),
                ("12026-11-23T15:00:00Z", ""),
                ("-026-11-23T15:00:00Z", ""),
                ("2026-327T15:00:00Z", ""),
                ("2026-W48-1T15:00:00Z", ""),
                ("2026-11-2３T15:00:00Z", ""),
                ("٢٠٢٦-١١-٢٣T15:00:00Z", ""),
            ]),
            (E::Month(0), "there is no month 00", &[("2026-00-10T15:00:00Z", "")]),
            (E::Month(13), "there is no month 13", &[("2026-13-10T15:00:00Z", "")]),
            (day(2026, 1, 0), "there is no day 00", &[("2026-01-00T15:00:00Z", "")]),
            (day(2026, 1, 32), "January 2026 has 31 days", &[("2026-01-32T15:00:00Z", "")]),
            (day(2026, 2, 29), "February 2026 has 28 days", &[("2026-02-29T15:00:00Z", "")]),
            (day(2026, 2, 30), "February 2026 has 28 days", &[("2026-02-30T15:00:00Z", "")]),
            (day(2024, 2, 30), "February 2024 has 29 days", &[("2024-02-30T15:00:00Z", "")]),
            (day(1900, 2, 29), "February 1900 has 28 days", &[("1900-02-29T15:00:00Z", "")]),
            (day(2026, 4, 31), "April 2026 has 30 days", &[("2026-04-31T15:00:00Z", "")]),
            (E::NoTime, "it has a date but no time of day", &[("2026-11-23", "")]),
            (E::TimeShape, "its time is not written HH:mm:ss", &[("2026-11-23T", "")]),
            (E::SpaceSeparator, "it has a space instead of T between date and time", &[
                ("2026-11-23 15:00:00Z", "2026-11-23T15:00:00Z"),
                ("2026-11-23 15:00:00", ""),
                ("2026-11-23 15:00:00 UTC", "2026-11-23T15:00:00Z"),
                ("2026-11-23 15:00:00 +0530", "2026-11-23T15:00:00+05:30"),
                ("2026-11-23 15:00:00.123456+00", "2026-11-23T15:00:00.123456+00:00"),
            ]),
            (E::Separator, "it has no T between date and time", &[
                ("2026-11-23_15:00:00Z", "2026-11-23T15:00:00Z"),
                ("2026-11-2315:00:00Z", ""),
                ("2026-11-23\u{2028}15:00:00Z", ""),
            ]),
            (E::TimeShape, "its time is not written HH:mm:ss", &[
                ("2026-11-23T9:00:00Z", "2026-11-23T09:00:00Z"),
                ("2026-11-23T15Z", ""),
                ("2026-11-23T1500Z", "2026-11-23T15:00:00Z"),
                ("2026-11-23T15.00.00Z", ""),
                ("2026-11-23T15:00:0Z", ""),
                ("2026-11-23T15:00:000Z", ""),
                ("2026-11-23T15:00:", ""),
            ]),
            (E::NoSeconds, "it has no seconds", &[("2026-11-23T15:00.5Z", "")]),
            (E::TimeShape, "its time is not written HH:mm:ss", &[
                ("2026-11-23T+5:00:00Z", ""),
                ("2026-11-23T3:00 PM", ""),
            ]),
            (E::Hour(24), "there is no hour 24; midnight is 00:00:00 of the next day", &[("2026-11-23T24:00:00Z", "")]),
            (E::Hour(25), "there is no hour 25", &[("2026-11-23T25:00:00Z", "")]),
            (E::Minute(60), "there is no minute 60", &[("2026-11-23T15:60:00Z", "")]),
            (E::NoSeconds, "it has no seconds", &[
                ("2026-11-23T15:00Z", "2026-11-23T15:00:00Z"),
                ("2026-11-23T15:00-08:00", "2026-11-23T15:00:00-08:00"),
                ("2026-11-23T15:00", ""),
            ]),
            (E::Second(61), "there is no second 61", &[("2026-11-23T15:00:61Z", "")]),
            (E::NotALeapSecond, "second 60 exists only at 23:59:60 UTC", &[
                ("2026-11-23T15:00:60Z", ""),
                ("2026-11-23T23:59:60+01:00", ""),
                ("2026-11-23T23:58:60Z", ""),
            ]),
            (E::FractionComma, "it has a comma instead of a point before the fraction of the second", &[("2026-11-23T15:00:00,5Z", "2026-11-23T15:00:00.5Z")]),
            (E::FractionEmpty, "it has no digit after the point", &[
                ("2026-11-23T15:00:00.Z", "2026-11-23T15:00:00Z"),
                ("2026-11-23T15:00:00.", ""),
            ]),
            (E::NoOffset, "it has no offset from UTC, so it could be any of 24 hours", &[
                ("2026-11-23T15:00:00", ""),
                ("2026-11-23T15:00:00.123", ""),
                ("2026-11-23T15:00:00 ", ""),
                ("2026-11-23T15:00:00[Europe/Paris]", ""),
            ]),
            (E::OffsetShape, "its offset is neither Z nor of the form +HH:mm or -HH:mm", &[
                ("2026-11-23T15:00:00+0530", "2026-11-23T15:00:00+05:30"),
                ("2026-11-23T15:00:00+05", "2026-11-23T15:00:00+05:00"),
                ("2026-11-23T15:00:00-8:00", "2026-11-23T15:00:00-08:00"),
                ("2026-11-23T15:00:00\u{2212}08:00", "2026-11-23T15:00:00-08:00"),
                ("2026-11-23T15:00:00+05:30:00", ""),
                ("2026-11-23T15:00:00+05:300", ""),
                ("2026-11-23T15:00:00GMT", "2026-11-23T15:00:00Z"),
                ("2026-11-23T15:00:00 PST", ""),
                ("2026-11-23T15:00:00 Z", "2026-11-23T15:00:00Z"),
                ("2026-11-23T15:00:00+", ""),
            ]),
            (E::OffsetHour(24), "there is no offset of 24 hours", &[("2026-11-23T15:00:00+24:00", "")]),
            (E::OffsetHour(99), "there is no offset of 99 hours", &[("2026-11-23T15:00:00-99:00", "")]),
            (E::OffsetMinute(60), "its offset has 60 minutes, of at most 59", &[("2026-11-23T15:00:00+05:60", "")]),
            (E::Bracket, "it has a zone in brackets after the offset", &[("2026-11-23T15:00:00+01:00[Europe/Paris]", "2026-11-23T15:00:00+01:00")]),
            (E::Trailing, "it has more text after the offset", &[
                ("2026-11-23T15:00:00ZZ", ""),
                ("2026-11-23T15:00:00Z\0", ""),
                ("2026-11-23T15:00:00Z/2026-11-24T11:00:00Z", ""),
            ]),
            (E::SurroundingSpace, "it has white space around it", &[
                ("2026-11-23T15:00:00Z ", "2026-11-23T15:00:00Z"),
                (" 2026-11-23T15:00:00Z", "2026-11-23T15:00:00Z"),
                ("2026-11-23T15:00:00Z\n", "2026-11-23T15:00:00Z"),
                ("2026-11-23 ", ""),
            ]),
        ];
        for &(error, phrase, texts) in table {
            assert_eq!(error.to_string(), phrase);
            for &(text, meant) in texts {
                assert_eq!(parse(text), Err(error), "{text:?}");
                assert_eq!(repair(text).unwrap_or_default(), meant, "{text:?}");
            }
        }
    }

    #[test]
    fn a_valid_text_is_left_alone_unless_it_is_in_lower_case() {
        for text in GOOD {
            let upper = text.to_ascii_uppercase();
            assert_eq!(repair(text), (upper != **text).then_some(upper), "{text}");
        }
    }

    #[test]
    fn what_was_written_is_known() -> Result<(), DateTimeError> {
        let read = parse("2026-11-23t15:04:05.000000001z")?;
        assert!(read.is_lower_case && !read.is_leap_second());
        assert_eq!((read.instant.nanoseconds, read.offset), (1, Offset::Utc));
        assert!(parse("2026-11-23T15:04:05z")?.is_lower_case);
        assert!(!parse("2026-11-23T15:04:05Z")?.is_lower_case);
        let ahead = parse("2026-11-23T23:04:05+05:30")?;
        let midnight = parse("2026-11-23T00:00:00Z")?.instant.seconds;
        assert_eq!(ahead.local_seconds() - midnight, 23 * 3600 + 4 * 60 + 5);
        assert!(parse("2016-12-31T23:59:60Z")?.is_leap_second());
        assert_eq!(parse("2026-11-23T15:04:05-00:00")?.offset, Offset::Unknown);
        assert_eq!(
            parse("2026-11-23T15:04:05+00:00")?.offset,
            Offset::Minutes(0)
        );
        assert_eq!(
            parse("2026-11-23T15:04:05-00:30")?.offset,
            Offset::Minutes(-30)
        );
        assert_eq!(
            parse("2026-11-23T15:04:05.123456789999Z")?
                .instant
                .nanoseconds,
            123_456_789
        );
        Ok(())
    }

    #[test]
    fn instants_are_ordered_across_offsets_and_leap_seconds() -> Result<(), DateTimeError> {
        let instant = |text| parse(text).map(|read| read.instant);
        assert_eq!(
            instant("1970-01-01T00:00:00Z")?,
            Instant {
                seconds: 0,
                nanoseconds: 0
            }
        );
        assert_eq!(
            instant("1969-12-31T23:59:59.5Z")?,
            Instant {
                seconds: -1,
                nanoseconds: 500_000_000
            }
        );
        assert_eq!(
            instant("2026-11-23T15:00:00-08:00")?,
            instant("2026-11-23T23:00:00Z")?
        );
        assert_eq!(
            instant("2026-11-23T15:00:00+05:30")?,
            instant("2026-11-23T09:30:00.000Z")?
        );
        let ordered = [
            "0000-01-01T00:00:00+23:59",
            "2016-12-31T23:59:59.999999999Z",
            "2016-12-31T23:59:60Z",
            "2016-12-31T15:59:60.5-08:00",
            "2017-01-01T00:00:00Z",
            "9999-12-31T23:59:59-23:59",
        ];
        for pair in ordered.windows(2) {
            assert!(instant(pair[0])? < instant(pair[1])?, "{pair:?}");
        }
        Ok(())
    }

    /// No byte anywhere may upset the reader or the repairer, jiff reads the same, and whatever is repaired is valid.
    #[test]
    fn every_small_change_is_survived() {
        let mut compared = 0;
        for text in GOOD {
            for at in 0..=text.len() {
                for change in [
                    "", "0", "9", ":", "-", "+", " ", "T", "Z", ".", "\0", "é", "\u{2212}", "[",
                    "]",
                ] {
                    for cut in 0..=1 {
                        let Some((start, end)) = text.split_at_checked(at) else {
                            continue;
                        };
                        let Some(end) = end.get(cut..) else { continue };
                        let changed = format!("{start}{change}{end}");
                        // jiff reads no more than nine digits of a fraction, and not the last two days of the year 9999.
                        if let Ok(read) = parse(&changed)
                            && let Ok(wanted) = changed.parse::<jiff::Timestamp>()
                        {
                            compared += 1;
                            let wanted = wanted.as_nanosecond();
                            let second = i128::from(read.instant.seconds) * 1_000_000_000;
                            if read.is_leap_second() {
                                assert!(
                                    (0..1_000_000_000).contains(&(wanted - second)),
                                    "{changed}"
                                );
                            } else {
                                let nanoseconds = i128::from(read.instant.nanoseconds);
                                assert_eq!(second + nanoseconds, wanted, "{changed}");
                            }
                        }
                        if let Some(repaired) = repair(&changed) {
                            assert!(parse(&repaired).is_ok(), "{changed} {repaired}");
                        }
                    }
                }
            }
        }
        assert!(compared > 1000, "{compared}");
    }
}
