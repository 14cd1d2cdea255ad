//! Lengths of time as people say them.

/// `seven hours`, `five and a half hours`, `5 hours 45 minutes`, `30 minutes`. Seconds are
/// dropped: offsets of zones have none since 1972.
pub(crate) fn duration(seconds: u32) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let counted = |count: u32, unit: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural}")
    };
    match (hours, minutes) {
        (0, minutes) => counted(minutes, "minute"),
        (1, 0) => "one hour".to_owned(),
        (hours, 0) => format!("{} hours", number(hours)),
        (hours, 30) => format!("{} and a half hours", number(hours)),
        (hours, minutes) => {
            format!("{} {}", counted(hours, "hour"), counted(minutes, "minute"))
        }
    }
}

/// Numbers up to twelve in words.
fn number(number: u32) -> String {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(number as usize)
        .map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn as_people_say_it() {
        for (seconds, words) in [
            (0, "0 minutes"),
            (60, "1 minute"),
            (1800, "30 minutes"),
            (3600, "one hour"),
            (5400, "one and a half hours"),
            (4500, "1 hour 15 minutes"),
            (25_200, "seven hours"),
            (19_800, "five and a half hours"),
            (20_700, "5 hours 45 minutes"),
            (43_200, "twelve hours"),
            (50_400, "14 hours"),
        ] {
            assert_eq!(duration(seconds), words);
        }
    }
}
