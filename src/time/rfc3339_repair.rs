//! Repairs of dates and times that are almost RFC 3339.

use super::civil::{days_from_civil, days_in_month};
use super::rfc3339::parse;

/// Rewrites a text as the API takes it, if only one reading is possible: white space around it, a space for `T`,
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
    (repaired != text && parse(repaired.as_bytes()).is_ok()).then_some(repaired)
}

/// A date, or a date and time, without an offset.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Since 1970-01-01.
    pub(crate) days: i64,
    /// Seconds since midnight.
    pub(crate) of_day: Option<u32>,
    /// What is wrong with it, as ends of the sentence "it has".
    pub(crate) faults: Vec<&'static str>,
}

/// Reads a text that is RFC 3339 but for its offset, its time of day, its seconds or its `T`. `None` where it has an offset or is
/// anything else.
pub(crate) fn draft(text: &str) -> Option<Draft> {
    let mut rest = Cursor(text.trim());
    let number = |text: &str| text.parse::<u8>().ok();
    let year: i32 = rest.number(4, 4)?.parse().ok()?;
    let separator = rest.one_of("-/")?;
    let month = number(rest.number(1, 2)?)?;
    rest.one_of(separator)?;
    let day = number(rest.number(1, 2)?)?;
    if day == 0 || day > days_in_month(year, month) {
        return None;
    }
    let days = days_from_civil(year, month, day);
    let mut faults = Vec::new();
    if rest.0.is_empty() {
        faults.extend(["no time of day", "no offset"]);
        return Some(Draft {
            days,
            of_day: None,
            faults,
        });
    }
    if rest.one_of("T").is_none() {
        if rest.one_of("t").is_some() {
            faults.push("a lower-case t");
        } else {
            rest.spaces()?;
            faults.push("a space instead of the T");
        }
    }
    let hour = number(rest.number(1, 2)?)?;
    rest.one_of(":")?;
    let minute = number(rest.number(2, 2)?)?;
    let second = if rest.one_of(":").is_some() {
        let second = number(rest.number(2, 2)?)?;
        // Fractions of a second open no door.
        if rest.one_of(".").is_some() {
            rest.number(1, usize::MAX)?;
        }
        second
    } else {
        faults.push("no seconds");
        0
    };
    faults.push("no offset");
    let is_valid = rest.0.is_empty() && hour < 24 && minute < 60 && second < 60;
    is_valid.then(|| Draft {
        days,
        of_day: Some(u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second)),
        faults,
    })
}

/// Adds the seconds, the colon of the offset, or both: what the API's own model takes a date and time without. `None` where
/// anything else is wrong, or nothing is.
pub(crate) fn completed(text: &str) -> Option<String> {
    let (minutes, rest) = text.split_at_checked("2026-05-01T15:00".len())?;
    let offset_at = rest.find(['Z', '+', '-'])?;
    let (seconds, offset) = match rest.split_at(offset_at) {
        ("", offset) => (":00", offset),
        other => other,
    };
    let offset = match offset.split_at_checked(3) {
        Some((hours, minutes)) if !minutes.starts_with(':') => format!("{hours}:{minutes}"),
        _ => offset.to_owned(),
    };
    let completed = format!("{minutes}{seconds}{offset}");
    let is_accepted =
        parse(completed.as_bytes()).is_ok_and(|time| !time.is_lower_case && !time.is_leap_second());
    (completed != text && is_accepted).then_some(completed)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_seconds_and_the_colon_of_the_offset_are_completed() {
        for (text, completed_text) in [
            ("2026-05-01T15:00Z", Some("2026-05-01T15:00:00Z")),
            ("2026-05-01T15:00-0700", Some("2026-05-01T15:00:00-07:00")),
            (
                "2026-05-01T15:00:07.5+0530",
                Some("2026-05-01T15:00:07.5+05:30"),
            ),
            ("2026-05-01T15:00:00Z", None),
            ("2026-05-01 15:00Z", None),
            ("2026-05-01t15:00Z", None),
            ("2026-05-01T15:00z", None),
            ("2026-05-01T15:00", None),
            ("2026-05-01T15:00.5Z", None),
            ("2026-05-01T15:00+05", None),
            ("2026-02-30T15:00Z", None),
            ("2026-05-01T1\u{e9}:00Z", None),
        ] {
            assert_eq!(completed(text).as_deref(), completed_text, "{text}");
        }
    }
}
