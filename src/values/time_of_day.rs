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
    use super::{parse, repair};

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
