//! Points in time, and how RFC 3339 writes their distance from UTC.

/// A point in time, comparable with any other, whatever offset it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Instant {
    /// Whole seconds since 1970-01-01T00:00:00Z, without leap seconds, as Unix time counts.
    pub(crate) seconds: i64,
    /// Nanoseconds on top. From 1,000,000,000 on inside a leap second, which sorts it after 23:59:59.999… and before
    /// 00:00:00.
    pub(crate) nanoseconds: u32,
}

impl Instant {
    /// Whether it is before 1980 or after 2199: no stay is then, and libraries write such dates for none.
    pub(crate) const fn is_implausible(self) -> bool {
        self.seconds < 315_532_800 || self.seconds >= 7_258_118_400
    }
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

/// What a valid RFC 3339 `date-time` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timestamp {
    /// The point in time. Digits of the fraction past the ninth are dropped.
    pub(crate) instant: Instant,
    /// Distance of the local reading from UTC.
    pub(crate) offset: Offset,
    /// Written with `t` or `z`: valid, but not accepted everywhere.
    pub(crate) is_lower_case: bool,
}

impl Timestamp {
    /// Whether the seconds are written `60`.
    pub(crate) const fn is_leap_second(self) -> bool {
        self.instant.nanoseconds >= 1_000_000_000
    }

    /// The date and time before the offset, as seconds since 1970-01-01T00:00:00. Of a leap second, the second before it.
    pub(crate) const fn local_seconds(self) -> i64 {
        self.instant.seconds + self.offset.seconds() as i64
    }
}

/// An offset as RFC 3339 writes it: `+05:30`, `-08:00`, `+00:00`. Seconds, which it cannot write, are dropped.
pub(crate) fn offset_text(offset_seconds: i32) -> String {
    let sign = if offset_seconds < 0 { '-' } else { '+' };
    let minutes = offset_seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::offset_text;

    #[test]
    fn offsets_as_rfc_3339_writes_them() {
        for (seconds, text) in [
            (19_800, "+05:30"),
            (-28_800, "-08:00"),
            (-1800, "-00:30"),
            (0, "+00:00"),
            (59, "+00:00"),
        ] {
            assert_eq!(offset_text(seconds), text);
        }
    }
}
