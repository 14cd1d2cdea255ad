//! Times of day: `HH:mm` and `HH:mm:ss`, and other ways in which people write them.

/// Seconds since midnight of a time in the form that the schema asks for.
pub(crate) fn parse(text: &[u8]) -> Option<u32> {
    let (hours, minutes, seconds) = match *text {
        [h, hh, b':', m, mm] => ([h, hh], [m, mm], *b"00"),
        [h, hh, b':', m, mm, b':', s, ss] => ([h, hh], [m, mm], [s, ss]),
        _ => return None,
    };
    let number = |digits: [u8; 2], limit| {
        let [tens, ones] = digits.map(|digit| u32::from(digit.wrapping_sub(b'0')));
        (tens < 10 && ones < 10 && tens * 10 + ones < limit).then_some(tens * 10 + ones)
    };
    Some(number(hours, 24)? * 3600 + number(minutes, 60)? * 60 + number(seconds, 60)?)
}

/// The time as `HH:mm` or `HH:mm:ss`, if it is written in another way that has one reading:
/// `9:00`, `9am`, `15.00`, `3:00 PM`, `15h30`. Nothing for `3` or `12` alone, which may be
/// anything, or for `24:00`, which is another day.
pub(crate) fn repair(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let compact = lower.replace(['\u{a0}', '\u{202f}'], " ");
    let (clock, half) = split_half(compact.trim());
    let clock = clock.trim();
    let parts: Vec<&str> = clock.split([':', '.', 'h']).map(str::trim).collect();
    // `15h` has an empty part behind its h.
    let parts = match parts.as_slice() {
        [hour, ""] if clock.ends_with('h') => vec![*hour],
        other => other.to_vec(),
    };
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let hour = number(parts.first()?, 1..=2)?;
    let (minute, second) = match parts.len() {
        1 if half.is_some() || clock.ends_with('h') => (0, None),
        2 => (number(parts[1], 2..=2)?, None),
        3 => (number(parts[1], 2..=2)?, Some(number(parts[2], 2..=2)?)),
        _ => return None,
    };
    let hour = match half {
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    let time = match second {
        Some(second) => format!("{hour:02}:{minute:02}:{second:02}"),
        None => format!("{hour:02}:{minute:02}"),
    };
    (time != text && parse(time.as_bytes()).is_some()).then_some(time)
}

/// The hour that a number is: `15` is 15:00.
pub(crate) fn hour(number: &str) -> Option<String> {
    let hour: u32 = number.parse().ok()?;
    (hour < 24 && number.len() <= 2).then(|| format!("{hour:02}:00"))
}

/// Why a text is no time of day, and the time to write instead.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// What is wrong, as a part of a sentence.
    pub(crate) reason: &'static str,
    pub(crate) suggestion: Option<String>,
    /// Whether no other reading is possible.
    pub(crate) is_sure: bool,
}

/// What keeps a text from being `HH:mm` or `HH:mm:ss`.
pub(crate) fn judge(text: &str) -> Flaw {
    let flaw = |reason, suggestion, is_sure| Flaw {
        reason,
        suggestion,
        is_sure,
    };
    let valid = |time: &str| parse(time.as_bytes()).map(|_| time.to_owned());
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return flaw("it is empty", None, false);
    }
    if let Some(time) = repair(text) {
        let has_half = split_half(&trimmed.to_ascii_lowercase()).1.is_some();
        let reason = if has_half {
            "the API takes 24 hours, not AM and PM"
        } else if trimmed.len() < text.len() {
            "white space is around it"
        } else if !trimmed.contains(':') {
            "it is not written with a colon"
        } else {
            "its hour has one digit"
        };
        return flaw(reason, Some(time), true);
    }
    if let Some(rest) = trimmed.strip_prefix(['T', 't'])
        && let Some(time) = valid(rest)
    {
        return flaw("the T of a date and time is before it", Some(time), true);
    }
    // `2026-05-01T15:00:00Z`
    if let Some((date, time)) = trimmed.split_once(['T', ' '])
        && date.len() == "2026-05-01".len()
        && date.contains('-')
    {
        let time = time
            .get(.."15:00:00".len())
            .or_else(|| time.get(.."15:00".len()));
        return flaw(
            "it is a date and time, and the API takes the time alone",
            time.and_then(valid),
            false,
        );
    }
    let offset = trimmed.trim_end_matches(['Z', 'z']);
    let offset = if offset.len() < trimmed.len() {
        Some(offset)
    } else {
        trimmed.rfind(['+', '-']).map(|at| &trimmed[..at])
    };
    if let Some(time) = offset.and_then(|time| valid(time.trim_end())) {
        return flaw(
            "it has an offset, and the API takes the clock time at the space",
            Some(time),
            false,
        );
    }
    if let Some((time, fraction)) = trimmed.split_once('.')
        && let Some(time) = valid(time)
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
    {
        let is_zero = fraction.bytes().all(|byte| byte == b'0');
        return flaw("it has a fraction of a second", Some(time), is_zero);
    }
    if trimmed.len() == 4
        && let Some((hour, minute)) = trimmed.split_at_checked(2)
        && let Some(time) = valid(&format!("{hour}:{minute}"))
    {
        return flaw("it has no colon", Some(time), false);
    }
    if let Some(time) = hour(trimmed) {
        return flaw("it has no minutes", Some(time), false);
    }
    let mut parts = trimmed.split(':');
    let number = |part: Option<&str>| {
        part.filter(|part| part.len() <= 2)
            .and_then(|part| part.parse::<u32>().ok())
    };
    match (
        number(parts.next()),
        number(parts.next()),
        parts.next().map(|part| number(Some(part))),
    ) {
        (Some(24), Some(0), None | Some(Some(0))) => flaw(
            "there is no hour 24; midnight is 00:00",
            Some("00:00".to_owned()),
            false,
        ),
        (Some(24..), Some(_), _) => flaw("hours go to 23", None, false),
        (Some(_), Some(60..), _) => flaw("minutes go to 59", None, false),
        (Some(_), Some(_), Some(Some(60..))) => flaw("seconds go to 59", None, false),
        _ => flaw(
            "the API takes HH:mm or HH:mm:ss with two-digit hours",
            None,
            false,
        ),
    }
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn split_half(text: &str) -> (&str, Option<Half>) {
    for (suffix, half) in [
        ("a.m.", Half::Morning),
        ("p.m.", Half::Afternoon),
        ("am", Half::Morning),
        ("pm", Half::Afternoon),
    ] {
        if let Some(clock) = text.strip_suffix(suffix) {
            return (clock, Some(half));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::{judge, parse, repair};

    #[test]
    fn the_form_of_the_schema_is_read() {
        for (text, wanted) in [
            ("00:00", Some(0)),
            ("09:30", Some(34_200)),
            ("15:00:01", Some(54_001)),
            ("23:59:59", Some(86_399)),
            ("24:00", None),
            ("12:60", None),
            ("12:00:60", None),
            ("9:00", None),
            ("12-00", None),
            ("1:000", None),
            ("12:0a", None),
            ("12:00:", None),
            (" 12:00", None),
            ("", None),
        ] {
            assert_eq!(parse(text.as_bytes()), wanted, "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_the_time_to_write() {
        for (text, reason, suggestion, is_sure) in [
            (
                "24:00",
                "there is no hour 24; midnight is 00:00",
                Some("00:00"),
                false,
            ),
            ("25:00", "hours go to 23", None, false),
            ("15:60", "minutes go to 59", None, false),
            ("15:00:60", "seconds go to 59", None, false),
            ("1500", "it has no colon", Some("15:00"), false),
            (
                "T15:00",
                "the T of a date and time is before it",
                Some("15:00"),
                true,
            ),
            (
                "15:00Z",
                "it has an offset, and the API takes the clock time at the space",
                Some("15:00"),
                false,
            ),
            (
                "15:00+02:00",
                "it has an offset, and the API takes the clock time at the space",
                Some("15:00"),
                false,
            ),
            (
                "15:00:00.000",
                "it has a fraction of a second",
                Some("15:00:00"),
                true,
            ),
            (
                "15:00:00.5",
                "it has a fraction of a second",
                Some("15:00:00"),
                false,
            ),
            ("", "it is empty", None, false),
            (
                "15h00",
                "it is not written with a colon",
                Some("15:00"),
                true,
            ),
            (
                "3 PM",
                "the API takes 24 hours, not AM and PM",
                Some("15:00"),
                true,
            ),
            ("9:00", "its hour has one digit", Some("09:00"), true),
            ("15", "it has no minutes", Some("15:00"), false),
            (
                "2026-05-01T15:00:00Z",
                "it is a date and time, and the API takes the time alone",
                Some("15:00:00"),
                false,
            ),
            (
                "noon",
                "the API takes HH:mm or HH:mm:ss with two-digit hours",
                None,
                false,
            ),
        ] {
            let found = judge(text);
            assert_eq!(
                (found.reason, found.suggestion.as_deref(), found.is_sure),
                (reason, suggestion, is_sure),
                "{text}"
            );
        }
    }

    #[test]
    fn one_reading_is_repaired_and_no_other() {
        for (text, wanted) in [
            ("9:00", Some("09:00")),
            ("9am", Some("09:00")),
            ("9 AM", Some("09:00")),
            ("15.00", Some("15:00")),
            ("3:00 PM", Some("15:00")),
            ("3:30 p.m.", Some("15:30")),
            ("12am", Some("00:00")),
            ("12:15 pm", Some("12:15")),
            ("15h30", Some("15:30")),
            ("15h", Some("15:00")),
            (" 15:00 ", Some("15:00")),
            ("9:05:07", Some("09:05:07")),
            ("3:00\u{202f}PM", Some("15:00")),
            ("15:00", None),
            ("15", None),
            ("3", None),
            ("24:00", None),
            ("15:60", None),
            ("13pm", None),
            ("0am", None),
            ("1500", None),
            ("9:5", None),
            ("", None),
            ("noon", None),
            ("15:00+02:00", None),
            ("1:2:3:4", None),
        ] {
            assert_eq!(repair(text).as_deref(), wanted, "{text:?}");
        }
    }
}
