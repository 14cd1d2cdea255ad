//! Times of day as people write them.

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
    if hour > 23 || minute > 59 || second.is_some_and(|second| second > 59) {
        return None;
    }
    let time = match second {
        Some(second) => format!("{hour:02}:{minute:02}:{second:02}"),
        None => format!("{hour:02}:{minute:02}"),
    };
    (time != text).then_some(time)
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
    use super::repair;

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
