//! RFC 3339 `date-time`, read strictly and without allocation, and written back.
//!
//! The libraries disagree on leap seconds, `+24:00`, long fractions, missing seconds and the space separator, so the
//! grammar of RFC 3339 section 5.6 and the limits of section 5.7 are checked here: a real calendar, required seconds and
//! offset, and `:60` only where the instant is 23:59:60 UTC (on any date: leap seconds are announced, not computed).

use std::fmt;
use std::num::NonZeroU64;

use crate::bytes::HIGH;

use super::civil::{Civil, days_in_month, month_name};

/// A point in time, comparable with any other, whatever offset it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Instant {
    /// Whole seconds since 1970-01-01T00:00:00Z, without leap seconds, as Unix time counts.
    pub(crate) seconds: i64,
    /// Nanoseconds on top. From 1,000,000,000 on inside a leap second, which so stays after 23:59:59.999… and before
    /// 00:00:00.
    pub(crate) nanoseconds: u32,
}

/// How a `date-time` says its distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Offset {
    /// `Z` or `z`.
    Utc,
    /// `-00:00`: UTC is known, the local offset is not (RFC 3339, 4.3).
    Unknown,
    /// An explicit offset, in minutes east of UTC; `+00:00` is 0.
    Minutes(i16),
}

impl Offset {
    /// Seconds east of UTC.
    pub(crate) const fn seconds(self) -> i32 {
        match self {
            Self::Utc | Self::Unknown => 0,
            Self::Minutes(minutes) => minutes as i32 * 60,
        }
    }
}

/// A valid RFC 3339 `date-time`, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DateTime {
    /// The local reading: date and time before the offset.
    pub(crate) local: Civil,
    /// Fraction of the second. Digits past the ninth are checked and then dropped.
    pub(crate) nanosecond: u32,
    /// Distance of the local reading from UTC.
    pub(crate) offset: Offset,
    /// Written with `t`: valid, but not everywhere accepted.
    pub(crate) lower_case_t: bool,
    /// Written with `z`: valid, but not everywhere accepted.
    pub(crate) lower_case_z: bool,
}

impl DateTime {
    /// The point in time that is meant.
    pub(crate) fn instant(self) -> Instant {
        let seconds = self.local.seconds() - i64::from(self.offset.seconds());
        if self.is_leap_second() {
            Instant {
                seconds: seconds - 1,
                nanoseconds: self.nanosecond + 1_000_000_000,
            }
        } else {
            Instant {
                seconds,
                nanoseconds: self.nanosecond,
            }
        }
    }

    /// Whether the seconds are written `60`.
    pub(crate) const fn is_leap_second(self) -> bool {
        self.local.second == 60
    }
}

/// A valid RFC 3339 `date-time` by what it means. A payload has many: two words, absent or not, which
/// are passed in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timestamp {
    seconds: i64,
    /// From the highest bit: nanoseconds in 32, the offset in minutes in 16, [`Self::LOWER_CASE`], and
    /// one that is always set.
    rest: NonZeroU64,
}

impl Timestamp {
    /// Reads a text in UTF-8; none if it is not RFC 3339.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        Self::parse_common(text).or_else(|| {
            let time = parse(std::str::from_utf8(text).ok()?);
            time.ok().map(Self::of)
        })
    }

    const LOWER_CASE: u64 = 1 << 1;

    fn of(time: DateTime) -> Self {
        let lower_case = time.lower_case_t || time.lower_case_z;
        Self::new(
            time.instant(),
            (time.offset.seconds() / 60) as i16,
            lower_case,
        )
    }

    /// `offset` is in minutes east of UTC.
    fn new(instant: Instant, offset: i16, lower_case: bool) -> Self {
        let flag = if lower_case { Self::LOWER_CASE } else { 0 };
        let offset = u64::from(offset.cast_unsigned()) << 16;
        let rest = u64::from(instant.nanoseconds) << 32 | offset | flag;
        Self {
            seconds: instant.seconds,
            rest: NonZeroU64::MIN | rest,
        }
    }

    /// Reads what nearly every client writes, eight characters at a time: whole seconds, or
    /// milliseconds as JavaScript has them, in UTC or with an offset. None means nothing.
    fn parse_common(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_first_chunk::<19>()?;
        let [_, day_to_minute, ..] = head.as_chunks::<8>().0 else {
            return None;
        };
        let date = digits(*head.first_chunk()?, *b"0000-00-")?;
        let middle = digits(*day_to_minute, *b"00T00:00")?;
        let clock = digits(*head.last_chunk()?, *b"00:00:00")?;
        let local = Civil {
            year: i32::from(date[0]) * 100 + i32::from(date[2]),
            month: date[5],
            day: middle[0],
            hour: clock[0],
            minute: clock[3],
            second: clock[6],
        };
        let is_date = (1..=12).contains(&local.month)
            && local.day >= 1
            && (local.day <= 28 || local.day <= days_in_month(local.year, local.month));
        if !is_date || local.hour > 23 || local.minute > 59 || local.second > 59 {
            return None;
        }
        let (milliseconds, rest) = match rest {
            [b'.', a, b, c, rest @ ..] if [a, b, c].iter().all(|digit| digit.is_ascii_digit()) => {
                let digit = |byte: &u8| u32::from(byte - b'0');
                (digit(a) * 100 + digit(b) * 10 + digit(c), rest)
            }
            _ => (0, rest),
        };
        let offset = match rest {
            [b'Z'] => 0,
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let (hours, minutes) = (pair(*h1, *h2)?, pair(*m1, *m2)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let offset = i16::from(hours) * 60 + i16::from(minutes);
                if *sign == b'-' { -offset } else { offset }
            }
            _ => return None,
        };
        let instant = Instant {
            seconds: local.seconds() - i64::from(offset) * 60,
            nanoseconds: milliseconds * 1_000_000,
        };
        Some(Self::new(instant, offset, false))
    }

    /// The point in time that is meant.
    pub(crate) const fn instant(self) -> Instant {
        Instant {
            seconds: self.seconds,
            nanoseconds: (self.rest.get() >> 32) as u32,
        }
    }

    /// Whether it is written with `t` or `z`: valid, but not everywhere accepted.
    pub(crate) const fn is_lower_case(self) -> bool {
        self.rest.get() & Self::LOWER_CASE != 0
    }

    /// Whether the seconds are written `60`.
    pub(crate) const fn is_leap_second(self) -> bool {
        self.instant().nanoseconds >= 1_000_000_000
    }

    /// Seconds east of UTC.
    pub(crate) const fn offset(self) -> i32 {
        (self.rest.get() >> 16) as i16 as i32 * 60
    }

    /// The reading before the offset, as seconds since 1970-01-01T00:00:00; of a leap second, that
    /// of the second before it.
    pub(crate) const fn local_seconds(self) -> i64 {
        self.seconds + self.offset() as i64
    }
}

/// The two-digit numbers that begin at each of eight bytes, if there are digits where `pattern`
/// has zeros and the pattern's own characters elsewhere.
fn digits(bytes: [u8; 8], pattern: [u8; 8]) -> Option<[u8; 8]> {
    // From 0 on what is a digit, 0 what is a separator. One more than either may be sets the high
    // bit; nothing is carried as long as none is set.
    let pattern_word = u64::from_le_bytes(pattern);
    let values = u64::from_le_bytes(bytes) ^ pattern_word;
    let beyond = u64::from_le_bytes(pattern.map(|byte| if byte == b'0' { 0x76 } else { 0x7f }));
    if (values | (values & !HIGH).wrapping_add(beyond)) & HIGH != 0 {
        return None;
    }
    Some(
        values
            .wrapping_mul(10)
            .wrapping_add(values >> 8)
            .to_le_bytes(),
    )
}

/// The part of a text that keeps it from being an RFC 3339 `date-time`. Its `Display` is a clause that can follow a colon.
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

impl DateTimeError {
    /// The text that must have been meant, where only one reading of `text` is possible.
    #[expect(
        clippy::unused_self,
        reason = "the repair belongs to the error, though the text alone decides it"
    )]
    pub(crate) fn suggestion(self, text: &str) -> Option<String> {
        repair(text)
    }
}

impl fmt::Display for DateTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("it is empty"),
            Self::SurroundingSpace => f.write_str("it has white space around it"),
            Self::Number => f.write_str("it is a number; write date and time out"),
            Self::DateShape => f.write_str("it does not start with a date as YYYY-MM-DD"),
            Self::Month(month) => write!(f, "there is no month {month:02}"),
            Self::Day { day: 0, .. } => f.write_str("there is no day 00"),
            Self::Day { year, month, .. } => {
                let days = days_in_month(i32::from(year), month);
                write!(f, "{} {year:04} has {days} days", month_name(month))
            }
            Self::NoTime => f.write_str("it has a date but no time of day"),
            Self::SpaceSeparator => {
                f.write_str("it has a space instead of T between date and time")
            }
            Self::Separator => f.write_str("it has no T between date and time"),
            Self::TimeShape => f.write_str("its time is not written HH:mm:ss"),
            Self::Hour(24) => {
                f.write_str("there is no hour 24; midnight is 00:00:00 of the next day")
            }
            Self::Hour(hour) => write!(f, "there is no hour {hour:02}"),
            Self::Minute(minute) => write!(f, "there is no minute {minute:02}"),
            Self::NoSeconds => f.write_str("it has no seconds"),
            Self::Second(second) => write!(f, "there is no second {second:02}"),
            Self::NotALeapSecond => f.write_str("second 60 exists only at 23:59:60 UTC"),
            Self::FractionComma => {
                f.write_str("it has a comma instead of a point before the fraction of the second")
            }
            Self::FractionEmpty => f.write_str("it has no digit after the point"),
            Self::NoOffset => {
                f.write_str("it has no offset from UTC, so it could be any of 24 hours")
            }
            Self::OffsetShape => {
                f.write_str("its offset is neither Z nor of the form +HH:mm or -HH:mm")
            }
            Self::OffsetHour(hour) => write!(f, "there is no offset of {hour:02} hours"),
            Self::OffsetMinute(minute) => {
                write!(f, "its offset has {minute:02} minutes, of at most 59")
            }
            Self::Bracket => f.write_str("it has a zone in brackets after the offset"),
            Self::Trailing => f.write_str("it has more text after the offset"),
        }
    }
}

/// Reads an RFC 3339 `date-time`: the whole text, nothing around it.
pub(crate) fn parse(text: &str) -> Result<DateTime, DateTimeError> {
    let bytes = text.as_bytes();
    let Some(([y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2], rest)) = bytes.split_first_chunk()
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

    let (nanosecond, rest) = match rest {
        [b'.', rest @ ..] => fraction(rest)?,
        [b',', b'0'..=b'9', ..] => return Err(DateTimeError::FractionComma),
        [b'0'..=b'9', ..] => return Err(DateTimeError::TimeShape),
        _ => (0, rest),
    };

    let (offset, lower_case_z, rest) = match rest {
        [b'Z', rest @ ..] => (Offset::Utc, false, rest),
        [b'z', rest @ ..] => (Offset::Utc, true, rest),
        [] => return Err(DateTimeError::NoOffset),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2, rest @ ..] => {
            let (Some(hours), Some(minutes)) = (pair(*h1, *h2), pair(*m1, *m2)) else {
                return Err(DateTimeError::OffsetShape);
            };
            if hours > 23 {
                return Err(DateTimeError::OffsetHour(hours));
            }
            if minutes > 59 {
                return Err(DateTimeError::OffsetMinute(minutes));
            }
            let total = i16::from(hours) * 60 + i16::from(minutes);
            let offset = match (sign, total) {
                (b'-', 0) => Offset::Unknown,
                (b'-', total) => Offset::Minutes(-total),
                (_, total) => Offset::Minutes(total),
            };
            (offset, false, rest)
        }
        rest if rest.trim_ascii().is_empty() => return Err(DateTimeError::NoOffset),
        [b'[', ..] => return Err(DateTimeError::NoOffset),
        _ => return Err(DateTimeError::OffsetShape),
    };
    match rest {
        [] => {}
        [b'[', ..] => return Err(DateTimeError::Bracket),
        rest if rest.trim_ascii().is_empty() => return Err(DateTimeError::SurroundingSpace),
        // `+05:300`, `+05:30:00`.
        [b'0'..=b'9' | b':', ..] => return Err(DateTimeError::OffsetShape),
        _ => return Err(DateTimeError::Trailing),
    }

    let local = Civil {
        year: i32::from(year),
        month,
        day,
        hour,
        minute,
        second,
    };
    // In UTC, a leap second is the 60th second of the day's last minute: one more, and the day is full.
    if second == 60
        && (local.seconds() - i64::from(offset.seconds())).rem_euclid(super::civil::DAY) != 0
    {
        return Err(DateTimeError::NotALeapSecond);
    }
    Ok(DateTime {
        local,
        nanosecond,
        offset,
        lower_case_t,
        lower_case_z,
    })
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
fn not_a_date(text: &str) -> DateTimeError {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        DateTimeError::Empty
    } else if trimmed.len() != text.len() && parse(trimmed).is_ok() {
        DateTimeError::SurroundingSpace
    } else if trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
        DateTimeError::Number
    } else {
        DateTimeError::DateShape
    }
}

/// Rewrites a text as the API takes it, where that does not change what is said: white space around it, a space for `T`,
/// lower case, missing seconds, missing leading zeros, `/` in a date that starts with its year, a compact date or time, a
/// comma before the fraction, `UTC`, `GMT`, `+0530` or `+05` as an offset, a zone in brackets after an offset.
///
/// Works on valid texts too (`t`, `z`). `None` where the text says too little (no offset, no time), says something
/// impossible, or is fine as it is.
pub(crate) fn repair(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let mut rest = Cursor(trimmed);

    let year = rest.number(4, 4)?;
    let (month, day) = if let Some(separator) = rest.one_of("-/") {
        let month = rest.number(1, 2)?;
        rest.one_of(separator)?;
        (month, rest.number(1, 2)?)
    } else {
        (rest.number(2, 2)?, rest.number(2, 2)?)
    };

    rest.one_of("Tt_").or_else(|| rest.spaces())?;
    let hour = rest.number(1, 2)?;
    let (minute, second) = if rest.one_of(":").is_some() {
        let minute = rest.number(2, 2)?;
        (
            minute,
            if rest.one_of(":").is_some() {
                rest.number(2, 2)?
            } else {
                ""
            },
        )
    } else {
        (rest.number(2, 2)?, rest.number(2, 2).unwrap_or_default())
    };
    // `15:00.5` would be a fraction of the minute.
    let fraction = if !second.is_empty() && rest.one_of(".,").is_some() {
        rest.number(0, usize::MAX)?
    } else {
        ""
    };

    let before_offset = rest.spaces().is_some();
    let (sign, hours, minutes) = if rest.word("Z") || rest.word("UTC") || rest.word("GMT") {
        ("Z", String::new(), "")
    } else {
        let sign = if rest.one_of("+").is_some() {
            "+"
        } else {
            // U+2212 is what typographers and ISO 8601 write.
            rest.one_of("-\u{2212}")?;
            "-"
        };
        // ` 5` could be the rest of a range.
        let hours = rest.number(if before_offset { 2 } else { 1 }, 2)?;
        let hours = format!("{hours:0>2}");
        let minutes = if rest.one_of(":").is_some() {
            rest.number(2, 2)?
        } else {
            rest.number(2, 2).unwrap_or("00")
        };
        (sign, hours, minutes)
    };
    if rest.one_of("[").is_some() {
        let (_zone, after) = rest.0.split_once(']')?;
        rest = Cursor(after);
    }
    if !rest.0.is_empty() {
        return None;
    }

    let point = if fraction.is_empty() { "" } else { "." };
    let colon = if sign == "Z" { "" } else { ":" };
    let repaired = format!(
        "{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}:{second:0>2}{point}{fraction}{sign}{hours}{colon}{minutes}",
    );
    (repaired != text && parse(&repaired).is_ok()).then_some(repaired)
}

/// What is left of a text being repaired.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    /// Takes a run of ASCII digits, if it is between `least` and `most` long; longer runs are cut at `most`.
    fn number(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let digits = self
            .0
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count()
            .min(most);
        if digits < least {
            return None;
        }
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        Some(number)
    }

    /// Takes one character of a set.
    fn one_of(&mut self, set: &str) -> Option<&'a str> {
        let first = self.0.chars().next().filter(|&first| set.contains(first))?;
        let (taken, rest) = self.0.split_at_checked(first.len_utf8())?;
        self.0 = rest;
        Some(taken)
    }

    /// Takes spaces, at least one.
    fn spaces(&mut self) -> Option<&'a str> {
        let rest = self.0.trim_start_matches(' ');
        let taken = self.0.strip_suffix(rest)?;
        self.0 = rest;
        (!taken.is_empty()).then_some(taken)
    }

    /// Takes a word, in any case.
    fn word(&mut self, word: &str) -> bool {
        match self.0.split_at_checked(word.len()) {
            Some((start, rest)) if start.eq_ignore_ascii_case(word) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }
}

/// Writes an instant in RFC 3339 with an offset in seconds east of UTC; zero is written `+00:00`, for it is a zone's offset
/// here and not the wish for UTC. The fraction has as many digits as it needs.
///
/// `None` where RFC 3339 cannot say it: a year outside 0000 to 9999, an offset of 24 hours or with odd seconds.
/// The tests hold the reader against it.
#[cfg(test)]
pub(crate) fn format(instant: Instant, offset_seconds: i32) -> Option<String> {
    if offset_seconds % 60 != 0 || offset_seconds.unsigned_abs() >= 86_400 {
        return None;
    }
    let mut local = Civil::from_seconds(instant.seconds.checked_add(i64::from(offset_seconds))?)?;
    let mut nanoseconds = instant.nanoseconds;
    if nanoseconds >= 1_000_000_000 {
        nanoseconds -= 1_000_000_000;
        local.second += 1;
    }
    let mut text = local.to_string();
    if nanoseconds != 0 {
        let digits = format!(".{nanoseconds:09}");
        text.push_str(digits.trim_end_matches('0'));
    }
    text.push_str(&offset_text(offset_seconds));
    Some(text)
}

/// An offset as RFC 3339 writes it: `+05:30`, `-08:00`, `+00:00`. Seconds, which it cannot write, are dropped.
pub(crate) fn offset_text(offset_seconds: i32) -> String {
    let sign = if offset_seconds < 0 { '-' } else { '+' };
    let minutes = offset_seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// An error, its phrase, and texts that have it, each with what was meant, if that is certain.
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
                assert_eq!(
                    error.suggestion(text).unwrap_or_default(),
                    meant,
                    "{text:?}"
                );
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
        assert!(read.lower_case_t && read.lower_case_z && !read.is_leap_second());
        assert_eq!((read.nanosecond, read.offset), (1, Offset::Utc));
        assert_eq!(read.local.to_string(), "2026-11-23T15:04:05");
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
            parse("2026-11-23T15:04:05.123456789999Z")?.nanosecond,
            123_456_789
        );
        Ok(())
    }

    #[test]
    fn instants_are_ordered_across_offsets_and_leap_seconds() -> Result<(), DateTimeError> {
        let instant = |text| parse(text).map(DateTime::instant);
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

    #[test]
    fn an_instant_is_written_back() -> Result<(), DateTimeError> {
        for (text, offset, expected) in [
            (
                "2026-11-23T15:00:00Z",
                -28_800,
                Some("2026-11-23T07:00:00-08:00"),
            ),
            (
                "2026-11-23T15:00:00.120Z",
                19_800,
                Some("2026-11-23T20:30:00.12+05:30"),
            ),
            ("2026-11-23T15:00:00Z", 0, Some("2026-11-23T15:00:00+00:00")),
            (
                "2016-12-31T23:59:60.5Z",
                -28_800,
                Some("2016-12-31T15:59:60.5-08:00"),
            ),
            ("2026-11-23T15:00:00Z", 561, None),
            ("2026-11-23T15:00:00Z", 86_400, None),
            ("2026-11-23T15:00:00Z", i32::MIN, None),
            ("9999-12-31T23:00:00Z", 7_200, None),
            ("0000-01-01T00:00:00Z", -60, None),
        ] {
            assert_eq!(
                format(parse(text)?.instant(), offset).as_deref(),
                expected,
                "{text} {offset}"
            );
        }
        assert_eq!(
            format(
                Instant {
                    seconds: i64::MAX,
                    nanoseconds: 0
                },
                3600
            ),
            None
        );
        assert_eq!(
            format(
                Instant {
                    seconds: i64::MIN,
                    nanoseconds: 0
                },
                -3600
            ),
            None
        );
        assert_eq!(offset_text(-1800), "-00:30");
        Ok(())
    }

    /// No byte anywhere may upset the reader or the repairer, and whatever is repaired is valid.
    #[test]
    fn every_small_change_is_survived() {
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
                        if let Ok(read) = parse(&changed) {
                            let written = format(read.instant(), read.offset.seconds());
                            assert_eq!(
                                written.and_then(|w| parse(&w).ok()).map(DateTime::instant),
                                Some(read.instant())
                            );
                        }
                        if let Some(repaired) = repair(&changed) {
                            assert!(parse(&repaired).is_ok(), "{changed} {repaired}");
                        }
                    }
                }
            }
        }
    }
}
