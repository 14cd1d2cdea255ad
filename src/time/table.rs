//! The zone data: `zones.txt` (names, aliases and offsets from 2015 on), `windows.txt` and `common.txt`.
//! `DATA.md` tells the format and the origin.

use std::sync::OnceLock;

use super::offset::{Daylight, Rules, Switch};

const ZONES: &str = include_str!("zones.txt");
const WINDOWS: &str = include_str!("windows.txt");
const COMMON: &str = include_str!("common.txt");

/// What the data says about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The current name of a place.
    Place,
    /// An old name of the place with this current name.
    Alias(&'static str),
    /// UTC by one of its names.
    Utc,
    /// A fixed offset.
    Fixed,
    /// A fixed offset whose sign is inverted.
    Inverted,
    /// The daylight saving rules of a region, without a place.
    Region,
}

/// A name with its meaning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) class: Class,
    /// Index into [`Table::rules`].
    rules: usize,
}

/// All the data. Rules and entries are read when they are asked for: a payload has few zones.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Version of IANA's database, such as `2026f`.
    pub(super) version: &'static str,
    /// Instant from which offsets are known.
    start: i64,
    /// Each as the data has it, and as it is once it was asked for.
    rules: Vec<(&'static str, OnceLock<Option<Rules>>)>,
    /// A line for each name, sorted by name.
    lines: Vec<&'static str>,
}

impl Table {
    /// The place of a name, in exactly this case.
    #[cfg(any(target_arch = "wasm32", test))]
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let name_of = |line: &'static str| line.split([' ', '>', '!']).next();
        self.lines
            .binary_search_by(|line| name_of(line).cmp(&Some(name)))
            .ok()
    }

    /// What the data says about the name in a place.
    pub(super) fn entry(&self, position: usize) -> Option<Entry> {
        entry(self.lines.get(position)?)
    }

    /// All names, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = Entry> {
        self.lines.iter().filter_map(|line| entry(line))
    }

    /// The offsets of an entry.
    pub(super) fn rules(&self, entry: &Entry) -> Option<&Rules> {
        let (line, rules) = self.rules.get(entry.rules)?;
        rules.get_or_init(|| read_rules(line, self.start)).as_ref()
    }
}

/// The data, taken apart at first use.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| read(ZONES).unwrap_or_default())
}

/// Windows zone names with the IANA name that CLDR gives for territory 001.
pub(super) fn windows() -> impl Iterator<Item = (&'static str, &'static str)> {
    WINDOWS.lines().filter_map(|line| line.split_once('='))
}

/// What else people write: section, folded text and IANA name.
pub(super) fn common() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut section = "";
    COMMON.lines().filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        }
        let (key, zone) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
        Some((section, key, zone))
    })
}

/// Skips lines that cannot be read; a test counts them.
fn read(text: &'static str) -> Option<Table> {
    let (first, rest) = text.split_once('\n')?;
    let (version, start) = first.split_once(' ')?;
    let (rules, names) = rest.split_once("\n\n")?;
    Some(Table {
        version,
        start: start.parse().ok()?,
        rules: rules.lines().map(|line| (line, OnceLock::new())).collect(),
        lines: names.lines().collect(),
    })
}

/// `America/New_York 73`, `US/Eastern>America/New_York 73` or `EST!f 88`: the number of the rules comes last.
fn entry(line: &'static str) -> Option<Entry> {
    let (text, rules) = line.split_once(' ')?;
    let rules = rules.parse().ok()?;
    let (name, class) = if let Some((name, canonical)) = text.split_once('>') {
        (name, Class::Alias(canonical))
    } else if let Some((name, class)) = text.split_once('!') {
        let class = match class {
            "u" => Class::Utc,
            "f" => Class::Fixed,
            "i" => Class::Inverted,
            _ => Class::Region,
        };
        (name, class)
    } else {
        (text, Class::Place)
    };
    Some(Entry { name, class, rules })
}

/// `RULE[ FIRST DELTA:OFFSET…]`, in minutes.
fn read_rules(line: &str, start: i64) -> Option<Rules> {
    let mut words = line.split(' ');
    let mut rule = words.next()?.split('/');
    let standard = rule.next()?.parse::<i32>().ok()? * 60;
    let daylight = match rule.next() {
        None => None,
        Some(offset) => Some(Daylight {
            offset: offset.parse::<i32>().ok()? * 60,
            start: switch(rule.next()?)?,
            end: switch(rule.next()?)?,
        }),
    };
    let first = match words.next() {
        None => standard,
        Some(first) => first.parse::<i32>().ok()? * 60,
    };
    let mut at = start;
    let mut transitions = Vec::new();
    for word in words {
        let (delta, offset) = word.split_once(':')?;
        at += delta.parse::<i64>().ok()? * 60;
        transitions.push((at, offset.parse::<i32>().ok()? * 60));
    }
    Some(Rules {
        start,
        first,
        transitions,
        standard,
        daylight,
    })
}

/// `month.week.weekday.minutes`.
fn switch(text: &str) -> Option<Switch> {
    let mut parts = text.split('.');
    Some(Switch {
        month: parts.next()?.parse().ok()?,
        week: parts.next()?.parse().ok()?,
        weekday: parts.next()?.parse().ok()?,
        seconds: parts.next()?.parse::<i64>().ok()? * 60,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_was_read() {
        let table = table();
        let names: Vec<Entry> = table.names().collect();
        // Beside them there are the first line and the empty one.
        assert_eq!(table.rules.len() + names.len() + 2, ZONES.lines().count());
        assert!(names.windows(2).all(|pair| pair[0].name < pair[1].name));
        for entry in &names {
            assert!(table.rules(entry).is_some(), "{}", entry.name);
            let found = table.position(entry.name).and_then(|at| table.entry(at));
            assert_eq!(found.map(|found| found.name), Some(entry.name));
        }
        assert_eq!(windows().count(), WINDOWS.lines().count() - 1);
    }
}
