//! A zone's offset at an instant, and the instants of a local reading.
//!
//! The data is a table generated from jiff's copy of IANA's database and held against jiff in tests. Every face reads this same
//! table: it costs the browser about 5 KB compressed, where the whole database costs 100.
//!
//! The table begins on 2014-12-30 (UTC): a stay that is being pushed is not older. Before that the answer is `None`, and a
//! rule that needs an offset stays silent.

use super::civil::{DAY, civil_from_days, days_from_civil, days_in_month, weekday};

/// What a local reading means in a zone. Offsets are in seconds east of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Local {
    /// One instant.
    Unambiguous {
        /// The zone's offset then.
        offset: i32,
    },
    /// No instant: clocks jump over this reading.
    Gap {
        /// Offset until the jump.
        before: i32,
        /// Offset after it, the greater one.
        after: i32,
    },
    /// Two instants: clocks show this reading twice.
    Fold {
        /// Offset of the earlier instant, the greater one.
        before: i32,
        /// Offset of the later instant.
        after: i32,
    },
}

/// The offsets of zones that agree from `start` on. Offsets are in seconds east of UTC.
#[derive(Debug)]
pub(crate) struct Rules {
    /// Instant from which the data holds.
    pub(super) start: i64,
    /// Offset until the first transition.
    pub(super) first: i32,
    /// Instants with the offset from then on.
    pub(super) transitions: Vec<(i64, i32)>,
    /// Standard offset, after the last transition.
    pub(super) standard: i32,
    /// Daylight saving time, after the last transition.
    pub(super) daylight: Option<Daylight>,
}

/// An offset, and while it surely holds: no clock is changed between the two instants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Steady {
    pub(crate) offset: i32,
    pub(crate) from: i64,
    pub(crate) until: i64,
}

/// The yearly rule of a POSIX `TZ` string.
#[derive(Debug)]
pub(super) struct Daylight {
    /// Offset between `start` and `end`.
    pub(super) offset: i32,
    /// Given in standard time.
    pub(super) start: Switch,
    /// Given in daylight saving time.
    pub(super) end: Switch,
}

/// `Mm.w.d/time` of a POSIX `TZ` string.
#[derive(Debug)]
pub(super) struct Switch {
    /// Month, 1 to 12.
    pub(super) month: u8,
    /// Which of the month's weekdays, from 1; 5 is the last.
    pub(super) week: u8,
    /// Day of the week, 0 is Sunday.
    pub(super) weekday: u8,
    /// Seconds after that day's start; may be negative or more than a day.
    pub(super) seconds: i64,
}

impl Switch {
    /// The clock's reading at the switch, as seconds since 1970.
    fn in_year(&self, year: i32) -> i64 {
        let first = days_from_civil(year, self.month, 1);
        let to_weekday = (self.weekday + 7 - weekday(first)) % 7;
        let mut day = 1 + to_weekday + (self.week - 1) * 7;
        if day > days_in_month(year, self.month) {
            day -= 7;
        }
        (first + i64::from(day) - 1) * DAY + self.seconds
    }
}

impl Rules {
    /// Seconds east of UTC at an instant (seconds since the Unix epoch). `None` before 2014-12-30 and after the year 9999.
    pub(crate) fn offset_at(&self, instant: i64) -> Option<i32> {
        self.steady_at(instant).map(|steady| steady.offset)
    }

    /// As [`Rules::offset_at`], with the time around the instant in which the offset is the same.
    pub(crate) fn steady_at(&self, instant: i64) -> Option<Steady> {
        if instant < self.start {
            return None;
        }
        let next = self.transitions.partition_point(|&(at, _)| at <= instant);
        let previous = next.checked_sub(1).and_then(|at| self.transitions.get(at));
        let (from, offset) = *previous.unwrap_or(&(self.start, self.first));
        match self.transitions.get(next) {
            Some(&(until, _)) => Some(Steady {
                offset,
                from,
                until,
            }),
            None => self.by_rule(instant, from),
        }
    }

    /// What a local reading means, given in seconds since 1970-01-01T00:00:00. `None` before 2015 and in the last days of the
    /// year 9999.
    pub(crate) fn local(&self, reading: i64) -> Option<Local> {
        // A reading is at most a day from UTC, and no zone switches twice in two days: so at most one switch is between these.
        let before = self.offset_at(reading - DAY)?;
        let after = self.offset_at(reading + DAY)?;
        if before == after {
            return Some(Local::Unambiguous { offset: before });
        }
        let holds = |offset: i32| self.offset_at(reading - i64::from(offset)) == Some(offset);
        Some(match (holds(before), holds(after)) {
            (true, true) => Local::Fold { before, after },
            (true, false) => Local::Unambiguous { offset: before },
            (false, true) => Local::Unambiguous { offset: after },
            (false, false) => Local::Gap { before, after },
        })
    }

    /// The offset at an instant after the last transition, with the time around it in the same year.
    fn by_rule(&self, instant: i64, last: i64) -> Option<Steady> {
        let standard = i64::from(self.standard);
        let local = instant.checked_add(standard)?;
        let (year, ..) = civil_from_days(local.div_euclid(DAY))?;
        let new_year = |year| days_from_civil(year, 1, 1) * DAY - standard;
        let mut steady = Steady {
            offset: self.standard,
            from: new_year(year).max(last),
            until: new_year(year + 1),
        };
        let Some(daylight) = &self.daylight else {
            return Some(steady);
        };
        let start = daylight.start.in_year(year) - standard;
        let end = daylight.end.in_year(year) - i64::from(daylight.offset);
        for switch in [start, end] {
            if switch <= instant {
                steady.from = steady.from.max(switch);
            } else {
                steady.until = steady.until.min(switch);
            }
        }
        // South of the equator the year begins and ends in daylight saving time.
        let is_between = (start <= instant) != (end <= instant);
        if is_between == (start < end) {
            steady.offset = daylight.offset;
        }
        Some(steady)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::DateTime;
    use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

    use super::super::rfc3339;
    use super::super::table::table;
    use super::super::zone::lookup;
    use super::*;

    fn rules(name: &str) -> Option<&'static Rules> {
        lookup(name).map(|zone| zone.rules)
    }

    fn reading(text: &str) -> i64 {
        let read = rfc3339::parse(format!("{text}Z").as_bytes()).expect("a valid reading");
        read.local_seconds()
    }

    fn timestamp(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).expect("an instant in range")
    }

    fn jiff_offset(zone: &TimeZone, seconds: i64) -> i32 {
        zone.to_offset(timestamp(seconds)).seconds()
    }

    fn jiff_local(zone: &TimeZone, local: i64) -> Local {
        let civil: DateTime = TimeZone::UTC.to_datetime(timestamp(local));
        match zone.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => Local::Unambiguous {
                offset: offset.seconds(),
            },
            AmbiguousOffset::Gap { before, after } => Local::Gap {
                before: before.seconds(),
                after: after.seconds(),
            },
            AmbiguousOffset::Fold { before, after } => Local::Fold {
                before: before.seconds(),
                after: after.seconds(),
            },
        }
    }

    /// The same by trying both neighbouring offsets on jiff's instants.
    fn by_instants(zone: &TimeZone, local: i64) -> Local {
        let (before, after) = (
            jiff_offset(zone, local - DAY),
            jiff_offset(zone, local + DAY),
        );
        let holds = |offset: i32| jiff_offset(zone, local - i64::from(offset)) == offset;
        match (holds(before), holds(after)) {
            (false, false) => Local::Gap { before, after },
            (true, true) if before != after => Local::Fold { before, after },
            (true, _) => Local::Unambiguous { offset: before },
            (false, true) => Local::Unambiguous { offset: after },
        }
    }

    /// Every zone at every transition from 2015 to 2099 and a second before it, as instant and as local reading. Zones share
    /// rules: the first with each also up to a day around, and hourly for four days around each transition until 2060.
    #[test]
    fn every_zone_agrees_with_jiff_at_every_transition() {
        let database = TimeZoneDatabase::bundled();
        let from = reading("2015-01-02T00:00:00");
        let until = reading("2100-01-01T00:00:00");
        let hourly_until = reading("2060-01-01T00:00:00");
        let mut seen = std::collections::HashSet::new();
        let mut by_rule_too_early = std::collections::BTreeSet::new();
        let (mut zones, mut transitions, mut compared) = (0, 0, 0_u64);
        for entry in table().names() {
            let zone = database.get(entry.name).expect("jiff knows the name");
            let rules = rules(entry.name).expect("we know the name");
            let new = seen.insert(std::ptr::from_ref(rules));
            zones += 1;
            let mut compare = |at: i64| {
                compared += 2;
                assert_eq!(
                    rules.offset_at(at),
                    Some(jiff_offset(&zone, at)),
                    "{} at {at}",
                    entry.name
                );
                if let Some(steady) = rules.steady_at(at) {
                    let Steady { from, until, .. } = steady;
                    assert!(from <= at && at < until, "{at} {steady:?}");
                    for inside in [from, i64::midpoint(from, until), until - 1] {
                        assert_eq!(rules.offset_at(inside), Some(steady.offset), "{steady:?}");
                    }
                }
                let found = rules.local(at);
                if found != Some(jiff_local(&zone, at)) {
                    assert_eq!(
                        found,
                        Some(by_instants(&zone, at)),
                        "{} reading {at}",
                        entry.name
                    );
                    by_rule_too_early.insert(entry.name);
                }
            };
            for year in 2015..2100 {
                compare(reading(&format!("{year}-01-15T12:00:00")));
                compare(reading(&format!("{year}-07-15T12:00:00")));
            }
            for transition in zone.following(timestamp(from)) {
                let at = transition.timestamp().as_second();
                if at > until {
                    break;
                }
                transitions += 1;
                let after = i64::from(transition.offset().seconds());
                let before = i64::from(jiff_offset(&zone, at - 1));
                for base in [at, at + before, at + after] {
                    compare(base);
                    compare(base - 1);
                    for distance in [1, 1799, 1800, 3599, 3600, 7200, DAY] {
                        if new {
                            compare(base - distance);
                            compare(base + distance);
                        }
                    }
                }
                if new && at < hourly_until {
                    for hour in -48..48 {
                        compare(at + hour * 3600);
                    }
                }
            }
        }
        // Greenland made its summer time of 2023 the standard: offset -2 before and after 2023-10-29T01:00Z, and the rule
        // from there on. jiff 1.0.1 gives -2 for every instant around it, yet a fold for the local readings.
        assert_eq!(
            by_rule_too_early.iter().collect::<Vec<_>>(),
            [&"America/Godthab", &"America/Nuuk"]
        );
        assert_eq!(zones, 597);
        assert!(
            seen.len() > 100 && transitions > 30_000 && compared > 1_000_000,
            "{} {transitions} {compared}",
            seen.len()
        );
    }

    #[test]
    fn gaps_and_folds() {
        const HOUR: i32 = 3600;
        let table = [
            (
                "America/New_York",
                "2026-03-08T02:30:00",
                Local::Gap {
                    before: -5 * HOUR,
                    after: -4 * HOUR,
                },
            ),
            (
                "America/New_York",
                "2026-03-08T03:00:00",
                Local::Unambiguous { offset: -4 * HOUR },
            ),
            (
                "America/New_York",
                "2026-11-01T01:30:00",
                Local::Fold {
                    before: -4 * HOUR,
                    after: -5 * HOUR,
                },
            ),
            (
                "America/New_York",
                "2026-11-01T02:00:00",
                Local::Unambiguous { offset: -5 * HOUR },
            ),
            (
                "Europe/London",
                "2026-03-29T01:00:00",
                Local::Gap {
                    before: 0,
                    after: HOUR,
                },
            ),
            (
                "Europe/London",
                "2026-10-25T01:59:59",
                Local::Fold {
                    before: HOUR,
                    after: 0,
                },
            ),
            (
                "Europe/London",
                "2026-01-15T15:00:00",
                Local::Unambiguous { offset: 0 },
            ),
            (
                "Australia/Lord_Howe",
                "2026-10-04T02:15:00",
                Local::Gap {
                    before: 37_800,
                    after: 39_600,
                },
            ),
            (
                "Australia/Lord_Howe",
                "2026-10-04T02:30:00",
                Local::Unambiguous { offset: 39_600 },
            ),
            (
                "Australia/Lord_Howe",
                "2026-04-05T01:45:00",
                Local::Fold {
                    before: 39_600,
                    after: 37_800,
                },
            ),
            (
                "Africa/Casablanca",
                "2026-02-15T02:30:00",
                Local::Fold {
                    before: HOUR,
                    after: 0,
                },
            ),
            (
                "Africa/Casablanca",
                "2026-03-22T02:30:00",
                Local::Gap {
                    before: 0,
                    after: HOUR,
                },
            ),
            (
                "Africa/Casablanca",
                "2026-08-01T15:00:00",
                Local::Unambiguous { offset: HOUR },
            ),
            // Morocco stays on GMT from September 2026 on (IANA 2026f).
            (
                "Africa/Casablanca",
                "2026-12-01T15:00:00",
                Local::Unambiguous { offset: 0 },
            ),
            (
                "Asia/Kolkata",
                "2026-03-08T02:30:00",
                Local::Unambiguous { offset: 19_800 },
            ),
            (
                "Asia/Kolkata",
                "2026-11-01T01:30:00",
                Local::Unambiguous { offset: 19_800 },
            ),
        ];
        for (name, local, expected) in table {
            let found = rules(name).and_then(|rules| rules.local(reading(local)));
            assert_eq!(found, Some(expected), "{name} {local}");
        }
    }

    #[test]
    fn outside_the_table_nothing_is_claimed() {
        let rules = rules("America/New_York").expect("a zone");
        assert_eq!(rules.offset_at(reading("2014-12-29T23:59:59")), None);
        assert_eq!(
            rules.offset_at(reading("2014-12-30T00:00:00")),
            Some(-18_000)
        );
        assert_eq!(rules.local(reading("2014-12-30T12:00:00")), None);
        assert!(rules.local(reading("2015-01-01T00:00:00")).is_some());
        assert!(rules.offset_at(reading("9999-12-31T23:59:59")).is_some());
        assert_eq!(rules.local(reading("9999-12-31T23:59:59")), None);
        for instant in [i64::MIN, i64::MAX, -1] {
            assert_eq!(rules.offset_at(instant), None);
        }
    }
}
