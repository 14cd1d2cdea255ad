//! Suggests a time zone for a text that is not a valid name, or that names no place.
//!
//! `windows.txt` and `common.txt` say what people write. `DATA.md` tells the origin of each.

use std::fmt;
use std::sync::OnceLock;

use super::table::{Class, Entry, common, table, windows};

/// What to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suggestion {
    /// A valid name, never an old one.
    Name {
        /// The name.
        name: &'static str,
        /// Why this one.
        evidence: Evidence,
    },
    /// The text is an offset, which any number of places have, and most of them for half the year only.
    FixedOffset {
        /// Seconds east of UTC.
        offset: i32,
    },
}

/// Why a name is suggested, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Evidence {
    /// The same but for case, or white space around it; an old name leads to the current one.
    Case,
    /// The same but for what separates the words: `America/New York`, `Europe\Paris`.
    Separators,
    /// An abbreviation: `PST`.
    Abbreviation,
    /// A name from Windows: `Pacific Standard Time`.
    Windows,
    /// An English name, or a city that has no zone of its own: `Pacific Time`, `San Francisco`.
    Common,
    /// The same city: `Los Angeles`, `US/New_York`.
    City,
    /// Nearest in spelling.
    Spelling,
}

impl Suggestion {
    /// Whether no other name is possible.
    pub(crate) fn is_sure(self) -> bool {
        matches!(
            self,
            Self::Name {
                evidence: Evidence::Case,
                ..
            }
        )
    }
}

/// A clause that can follow the suggested name and a colon.
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Case => "only upper and lower case differ",
            Self::Separators => "only the characters between the words differ",
            Self::Abbreviation => "the most likely zone of the abbreviation",
            Self::Windows => "IANA's name for the Windows zone",
            Self::Common => "the zone that the name usually stands for",
            Self::City => "the zone named after this place",
            Self::Spelling => "the nearest in spelling",
        })
    }
}

/// Longer texts are not misspelt zone names, and comparing them is slow.
const LONGEST: usize = 100;

/// The zone to suggest for a text that is not a valid name, or for a valid name without a place. `None` if nothing is similar.
pub(crate) fn suggest(text: &str) -> Option<Suggestion> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let found = |name, evidence| Some(Suggestion::Name { name, evidence });

    let same = table()
        .names()
        .find(|entry| entry.name.eq_ignore_ascii_case(text));
    let placeless = same.filter(|entry| !matches!(entry.class, Class::Place | Class::Alias(_)));
    if let (Some(entry), None) = (same, placeless) {
        return found(canonical(entry), Evidence::Case);
    }
    if let Some(entry) = placeless {
        if let Some((name, evidence)) = by_table(&fold(text)) {
            return found(name, evidence);
        }
        if entry.name != text {
            return found(entry.name, Evidence::Case);
        }
        let offset = table().rules(&entry)?.standard;
        return Some(Suggestion::FixedOffset { offset });
    }

    // `(UTC-08:00) Pacific Time (US & Canada)`, as Windows lists it.
    let (offset, text) = match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((offset, rest)) if fixed_offset(offset).is_some() => {
            (fixed_offset(offset), rest.trim())
        }
        _ => (fixed_offset(text), text),
    };
    let offset = offset.map(|offset| Suggestion::FixedOffset { offset });
    if text.is_empty() || (offset.is_some() && fixed_offset(text).is_some()) {
        return offset;
    }

    let key = fold(text);
    let whole = by_separators(&key)
        .or_else(|| by_table(&key))
        .or_else(|| by_city(&key));
    // `Amsterdam, Berlin, Bern`, `Paris (France)`: the first part that says something. Parts say it less surely than the whole.
    let parts = || {
        text.split([',', ';', '(', ')', '&'])
            .map(fold)
            .filter(|part| !part.is_empty())
    };
    whole
        .or_else(|| parts().find_map(|part| by_table(&part).or_else(|| by_city(&part))))
        .or_else(|| by_spelling(&key))
        .map(|(name, evidence)| Suggestion::Name { name, evidence })
        .or(offset)
}

/// What to suggest for an entry: never an old name.
fn canonical(entry: Entry) -> &'static str {
    match entry.class {
        Class::Alias(canonical) => canonical,
        _ => entry.name,
    }
}

/// A zone and why.
type Guess = (&'static str, Evidence);

/// Everything that a guess can start from, folded once.
struct Known {
    /// IANA names of places, old ones too: folded name, what to suggest.
    names: Vec<(String, &'static str, bool)>,
    /// Sorted by key.
    phrases: Vec<(String, Guess)>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let places = table()
            .names()
            .filter(|entry| matches!(entry.class, Class::Place | Class::Alias(_)));
        let mut names: Vec<_> = places
            .map(|entry| {
                (
                    fold(entry.name),
                    canonical(entry),
                    entry.class == Class::Place,
                )
            })
            .collect();
        // Current names before old ones.
        crate::platform::sort::sort_by_key(&mut names, |&(_, _, current)| !current);
        let mut phrases: Vec<_> = common()
            .map(|(section, key, zone)| {
                let evidence = if section == "abbreviations" {
                    Evidence::Abbreviation
                } else {
                    Evidence::Common
                };
                (key.to_owned(), (zone, evidence))
            })
            .chain(windows().map(|(key, zone)| (fold(key), (zone, Evidence::Windows))))
            .collect();
        crate::platform::sort::sort_by(&mut phrases, |a, b| a.0.cmp(&b.0));
        Known { names, phrases }
    })
}

/// Lower case, without accents; one `_` for every run of characters that are no letters, digits, `/` or `+`.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' | '/' | '+' => folded.push(c),
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            '\\' => folded.push('/'),
            // Part of a word: `St. John's`.
            '.' | '\'' | '’' => {}
            _ => match unaccented(c) {
                Some(letter) => folded.push(letter),
                None if folded.ends_with(['_', '/']) => {}
                None => folded.push('_'),
            },
        }
    }
    folded.trim_matches(['_', '/']).replace("_/", "/")
}

/// The ASCII letter under an accented one, of those that occur in the names of cities.
fn unaccented(c: char) -> Option<char> {
    Some(match c {
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ă' | 'ă' => 'a',
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => 'c',
        'È'..='Ë' | 'è'..='ë' | 'Ē' | 'ē' | 'Ě' | 'ě' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' | 'İ' | 'ı' => 'i',
        'Ñ' | 'ñ' | 'Ń' | 'ń' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ū' | 'ū' => 'u',
        'Ý' | 'ý' | 'ÿ' => 'y',
        'Š' | 'š' | 'Ş' | 'ş' => 's',
        'Ž' | 'ž' => 'z',
        'Ł' | 'ł' => 'l',
        _ => return None,
    })
}

/// `America/New York`, `america-new-york`.
fn by_separators(key: &str) -> Option<Guess> {
    let words = key.replace('/', "_");
    let known = known().names.iter().find(|(name, ..)| {
        name.len() == words.len()
            && name
                .bytes()
                .map(|b| if b == b'/' { b'_' } else { b })
                .eq(words.bytes())
    });
    known.map(|&(_, name, _)| (name, Evidence::Separators))
}

/// Abbreviations, Windows names, English names and cities, exactly.
fn by_table(key: &str) -> Option<Guess> {
    let phrases = &known().phrases;
    let exactly = |key: &str| {
        let at = phrases
            .binary_search_by(|(phrase, _)| phrase.as_str().cmp(key))
            .ok()?;
        phrases.get(at).map(|&(_, guess)| guess)
    };
    exactly(key)
        .or_else(|| {
            // Windows says `Standard` all year; people do not.
            let base = key.strip_suffix("_time")?;
            let base = base
                .strip_suffix("_daylight")
                .or_else(|| base.strip_suffix("_summer"))
                .unwrap_or(base);
            exactly(&format!("{base}_standard_time"))
        })
        // `America/San_Francisco`
        .or_else(|| {
            exactly(key.rsplit_once('/')?.1).filter(|&(_, evidence)| evidence == Evidence::Common)
        })
}

/// `Los Angeles`, `US/New_York`: the last component of a name.
fn by_city(key: &str) -> Option<Guess> {
    let (area, city) = key.rsplit_once('/').unwrap_or(("", key));
    let same = || {
        known()
            .names
            .iter()
            .filter(|(name, ..)| last(name) == city && name.len() > city.len())
    };
    // The area that is written decides between `America/Kentucky/…` and `America/Indiana/…`.
    let in_area = || same().find(|(name, ..)| !area.is_empty() && name.starts_with(area));
    in_area()
        .or_else(|| same().next())
        .map(|&(_, name, _)| (name, Evidence::City))
}

/// The part after the last slash.
fn last(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}

/// The most similar name, city or phrase: with one typo in five to eight letters, two in up to 14, three in more.
fn by_spelling(key: &str) -> Option<Guess> {
    let allowed = |length: usize| match length {
        0..=4 => 0,
        5..=8 => 1,
        9..=14 => 2,
        _ => 3,
    };
    let distance = |a: &str, b: &str| {
        let near = a.len().abs_diff(b.len()) <= allowed(a.len());
        let distance = if near {
            strsim::osa_distance(a, b)
        } else {
            usize::MAX
        };
        (distance <= allowed(a.len())).then_some(distance)
    };
    let (area, city) = key.rsplit_once('/').unwrap_or(("", key));
    let mut best: Option<((usize, usize), Guess)> = None;
    let mut offer = |score: (usize, usize), guess: Guess| {
        if best.as_ref().is_none_or(|(best, _)| score < *best) {
            best = Some((score, guess));
        }
    };
    for (name, zone, current) in &known().names {
        let penalty = usize::from(!current);
        if let Some(distance) = distance(key, name) {
            offer((distance, penalty), (zone, Evidence::Spelling));
        }
        if let Some(distance) = distance(city, last(name)) {
            let abroad = usize::from(!area.is_empty() && !name.starts_with(area));
            offer((distance + abroad, penalty), (zone, Evidence::Spelling));
        }
    }
    for (phrase, (zone, _)) in &known().phrases {
        // Short ones are near to everything.
        if phrase.len() < 6 {
            continue;
        }
        for written in [key, city] {
            if let Some(distance) = distance(written, phrase) {
                offer((distance, 1), (zone, Evidence::Spelling));
            }
        }
    }
    best.map(|(_, guess)| guess)
}

/// `UTC-8`, `GMT+02:00`, `+0530`, `UTC`: seconds east of UTC. `None` beyond -12 and +14 hours, which no clock has.
fn fixed_offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let prefix = text.get(..3).filter(|prefix| {
        ["UTC", "GMT"]
            .iter()
            .any(|name| prefix.eq_ignore_ascii_case(name))
    });
    let rest = text.get(prefix.map_or(0, str::len)..)?.trim_start();
    if rest.is_empty() {
        return prefix.map(|_| 0);
    }
    let (sign, rest) = match rest.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, rest.strip_prefix(['-', '\u{2212}'])?),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if rest.len() > 2 => rest.split_at_checked(rest.len() - 2)?,
        None => (rest, "0"),
    };
    let number = |digits: &str| {
        let plain = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<i32>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let offset = sign * (hours * 3600 + minutes * 60);
    (minutes < 60 && (-12 * 3600..=14 * 3600).contains(&offset)).then_some(offset)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::zone::{ZoneKind, lookup};
    use super::*;

    /// What people write, and what they mean. `-` for nothing, a number for an offset in minutes.
    const WRITTEN: &[(&str, &str)] = &[
        // Case and white space.
        ("america/new_york", "America/New_York"),
        ("AMERICA/LOS_ANGELES", "America/Los_Angeles"),
        ("Europe/paris", "Europe/Paris"),
        (" Europe/Paris ", "Europe/Paris"),
        ("us/pacific", "America/Los_Angeles"),
        ("asia/calcutta", "Asia/Kolkata"),
        // Separators.
        ("America/New York", "America/New_York"),
        ("America/New-York", "America/New_York"),
        ("Europe\\Paris", "Europe/Paris"),
        ("America / Chicago", "America/Chicago"),
        ("America_Chicago", "America/Chicago"),
        ("America/Port au Prince", "America/Port-au-Prince"),
        // Cities.
        ("Los_Angeles", "America/Los_Angeles"),
        ("Los Angeles", "America/Los_Angeles"),
        ("New York", "America/New_York"),
        ("new york, usa", "America/New_York"),
        ("London", "Europe/London"),
        ("Paris (France)", "Europe/Paris"),
        ("US/New_York", "America/New_York"),
        ("America/London", "Europe/London"),
        ("America/Indianapolis ", "America/Indiana/Indianapolis"),
        ("Louisville", "America/Kentucky/Louisville"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Europe/Zürich", "Europe/Zurich"),
        ("America/San_Francisco", "America/Los_Angeles"),
        ("America/Seattle", "America/Los_Angeles"),
        ("US/Boston", "America/New_York"),
        ("Europe/Munich", "Europe/Berlin"),
        ("Asia/Beijing", "Asia/Shanghai"),
        ("Asia/Mumbai", "Asia/Kolkata"),
        // Misspelt.
        ("Europe/Pariss", "Europe/Paris"),
        ("Europe/Pari", "Europe/Paris"),
        ("Europ/Paris", "Europe/Paris"),
        ("Americ/New_York", "America/New_York"),
        ("America/NewYork", "America/New_York"),
        ("America/New_Yrok", "America/New_York"),
        ("America/Los_Angles", "America/Los_Angeles"),
        ("America/LosAngeles", "America/Los_Angeles"),
        ("Amercia/Chicago", "America/Chicago"),
        ("America/Chigago", "America/Chicago"),
        ("US/Pacfic", "America/Los_Angeles"),
        ("US/Eastren", "America/New_York"),
        ("Asia/Kolkatta", "Asia/Kolkata"),
        ("Asia/Sigapore", "Asia/Singapore"),
        ("Austrailia/Sydney", "Australia/Sydney"),
        ("Australia/Melborne", "Australia/Melbourne"),
        ("Europe/Lisboa", "Europe/Lisbon"),
        ("Europe/Amsterdm", "Europe/Amsterdam"),
        ("Pacfic Standard Time", "America/Los_Angeles"),
        // Abbreviations.
        ("PST", "America/Los_Angeles"),
        ("PDT", "America/Los_Angeles"),
        ("EST", "America/New_York"),
        ("est", "America/New_York"),
        ("EDT", "America/New_York"),
        ("CST", "America/Chicago"),
        ("MST", "America/Denver"),
        ("MDT", "America/Denver"),
        ("PST8PDT", "America/Los_Angeles"),
        ("CET", "Europe/Paris"),
        ("CEST", "Europe/Paris"),
        ("BST", "Europe/London"),
        ("IST", "Asia/Kolkata"),
        ("JST", "Asia/Tokyo"),
        ("AEST", "Australia/Sydney"),
        ("HST", "Pacific/Honolulu"),
        // Windows and English names.
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("Pacific Daylight Time", "America/Los_Angeles"),
        ("Eastern Standard Time", "America/New_York"),
        ("eastern time", "America/New_York"),
        ("Romance Standard Time", "Europe/Paris"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("GMT Standard Time", "Europe/London"),
        ("India Standard Time", "Asia/Kolkata"),
        ("Tokyo Standard Time", "Asia/Tokyo"),
        ("AUS Eastern Standard Time", "Australia/Sydney"),
        ("FLE Standard Time", "Europe/Kyiv"),
        ("Eastern", "America/New_York"),
        ("British Summer Time", "Europe/London"),
        (
            "(UTC-08:00) Pacific Time (US & Canada)",
            "America/Los_Angeles",
        ),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        (
            "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
            "Europe/Amsterdam",
        ),
        (
            "(UTC+00:00) Dublin, Edinburgh, Lisbon, London",
            "Europe/Dublin",
        ),
        (
            "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi",
            "Asia/Kolkata",
        ),
        // Offsets.
        ("UTC-8", "-480"),
        ("UTC\u{2212}8", "-480"),
        ("GMT+2", "120"),
        ("gmt +02:00", "120"),
        ("+05:30", "330"),
        ("-0330", "-210"),
        ("(UTC+01:00)", "60"),
        ("Etc/GMT+5", "-300"),
        ("UTC", "0"),
        ("utc", "UTC"),
        // Nothing.
        ("", "-"),
        ("   ", "-"),
        ("local", "-"),
        ("Home", "-"),
        ("Atlantis/Poseidonis", "-"),
        ("+25:00", "-"),
        ("UTC+", "-"),
        ("\u{1f551}", "-"),
        ("x", "-"),
    ];

    #[test]
    fn what_people_write_and_what_they_mean() {
        let mut wrong = Vec::new();
        for &(text, meant) in WRITTEN {
            let first = match suggest(text) {
                Some(Suggestion::Name { name, .. }) => name.to_owned(),
                Some(Suggestion::FixedOffset { offset }) => (offset / 60).to_string(),
                None => "-".to_owned(),
            };
            if first != meant {
                wrong.push((text, first));
            }
        }
        assert!(wrong.is_empty(), "of {}: {wrong:?}", WRITTEN.len());
    }

    #[test]
    fn only_case_is_sure() {
        for (text, evidence) in [
            ("america/new_york", Evidence::Case),
            ("US/PACIFIC", Evidence::Case),
            ("America/New York", Evidence::Separators),
            ("PST", Evidence::Abbreviation),
            ("EST", Evidence::Abbreviation),
            ("Pacific Standard Time", Evidence::Windows),
            ("San Francisco", Evidence::Common),
            ("Los Angeles", Evidence::City),
            ("Europe/Pariss", Evidence::Spelling),
        ] {
            let Some(
                suggestion @ Suggestion::Name {
                    evidence: found, ..
                },
            ) = suggest(text)
            else {
                assert_eq!(text, "", "no suggestion");
                continue;
            };
            assert_eq!(found, evidence, "{text}");
            assert_eq!(suggestion.is_sure(), evidence == Evidence::Case, "{text}");
        }
    }

    /// Names with one letter left out, doubled or added, in turns: what is suggested is valid and current, and mostly right.
    #[test]
    fn whatever_is_suggested_is_a_valid_current_name() {
        let (mut right, mut all) = (0, 0);
        let places = table().names().filter(|entry| entry.class == Class::Place);
        for (turn, entry) in places.enumerate() {
            let name = entry.name;
            let (start, end) = name.split_at(name.len() - 3);
            let text = match turn % 3 {
                0 => format!("{start}{}", &end[1..]),
                1 => format!("{start}{}{end}", &end[..1]),
                _ => format!("{start}z{end}"),
            };
            if lookup(&text).is_some() {
                continue;
            }
            all += 1;
            if let Some(Suggestion::Name { name: found, .. }) = suggest(&text) {
                right += usize::from(found == name);
                let kind = lookup(found).map(|zone| zone.kind);
                assert_eq!(kind, Some(ZoneKind::Place), "{text}: {found}");
            }
        }
        assert!(all > 300, "{all}");
        assert!(right * 100 >= all * 99, "{right} of {all}");
    }

    #[test]
    fn the_lists_lead_to_current_places() {
        for (key, zone) in windows() {
            assert_eq!(
                lookup(zone).map(|zone| zone.kind),
                Some(ZoneKind::Place),
                "{key}"
            );
        }
        let mut keys = BTreeSet::new();
        for (section, key, zone) in common() {
            assert!(["abbreviations", "names", "cities"].contains(&section));
            assert_eq!(
                lookup(zone).map(|zone| zone.kind),
                Some(ZoneKind::Place),
                "{key}"
            );
            assert_eq!(fold(key), key);
            assert!(keys.insert(key), "{key} twice");
        }
    }
}
