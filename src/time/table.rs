//! The zone data, read once: `zones.txt` (names, aliases and offsets from 2015 on), `windows.txt` and `common.txt`.
//! `DATA.md` tells the format and the origin.

use std::sync::OnceLock;

use super::offset::{Daylight, RuleSet, Switch};

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

/// All the data.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Version of IANA's database, such as `2026f`.
    pub(super) version: &'static str,
    /// Sorted by name.
    pub(super) names: Vec<Entry>,
    rules: Vec<RuleSet>,
}

impl Table {
    /// The entry of a name, in exactly this case.
    pub(super) fn find(&self, name: &str) -> Option<&Entry> {
        let at = self
            .names
            .binary_search_by(|entry| entry.name.cmp(name))
            .ok()?;
        self.names.get(at)
    }

    /// The offsets of an entry.
    pub(super) fn rules(&self, entry: &Entry) -> Option<&RuleSet> {
        self.rules.get(entry.rules)
    }
}

/// The data, parsed at first use.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| read(ZONES))
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

/// Lines that make no sense are left out; a test counts what was read.
fn read(text: &'static str) -> Table {
    let mut table = Table::default();
    let mut lines = text.lines();
    let Some((version, start)) = lines.next().and_then(|line| line.split_once(' ')) else {
        return table;
    };
    let Ok(start) = start.parse() else {
        return table;
    };
    table.version = version;
    for line in lines {
        if let Some(names) = line.strip_prefix(' ') {
            let rules = table.rules.len().wrapping_sub(1);
            table
                .names
                .extend(names.split(' ').map(|name| entry(name, rules)));
        } else if let Some(rules) = rule_set(line, start) {
            table.rules.push(rules);
        }
    }
    crate::light::sort_by_key(&mut table.names, |entry| entry.name);
    table
}

/// `America/New_York`, `US/Eastern>America/New_York` or `EST!f`.
fn entry(text: &'static str, rules: usize) -> Entry {
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
    Entry { name, class, rules }
}

/// `RULE[ FIRST DELTA:OFFSET…]`, in minutes.
fn rule_set(line: &str, start: i64) -> Option<RuleSet> {
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
    Some(RuleSet {
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
        assert_eq!(
            table.rules.len(),
            ZONES
                .lines()
                .skip(1)
                .filter(|line| !line.starts_with(' '))
                .count()
        );
        let names = ZONES
            .lines()
            .filter_map(|line| line.strip_prefix(' '))
            .flat_map(|line| line.split(' '))
            .count();
        assert_eq!(table.names.len(), names);
        assert!(table.names.iter().all(|entry| table.rules(entry).is_some()));
        assert!(
            table
                .names
                .windows(2)
                .all(|pair| pair[0].name < pair[1].name)
        );
        assert_eq!(windows().count(), WINDOWS.lines().count() - 1);
    }
}
