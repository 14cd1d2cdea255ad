//! Time zones: what was meant by a wrong one, and zones that are no place.

use seamlint::DataField;
use seamlint::Diagnostic;

use crate::support::stay::{check, codes, stay};

/// What people write, and the zone that is wanted first.
const MISSPELT: &[(&str, &str)] = &[
    // Case.
    ("america/new_york", "America/New_York"),
    ("AMERICA/CHICAGO", "America/Chicago"),
    ("Europe/london", "Europe/London"),
    ("europe/Paris", "Europe/Paris"),
    ("Asia/tokyo", "Asia/Tokyo"),
    (" Europe/Madrid", "Europe/Madrid"),
    // Separators.
    ("America/New York", "America/New_York"),
    ("America/Los-Angeles", "America/Los_Angeles"),
    ("America_Denver", "America/Denver"),
    ("Europe\\Rome", "Europe/Rome"),
    ("Asia/Hong Kong", "Asia/Hong_Kong"),
    ("America/Mexico-City", "America/Mexico_City"),
    // Abbreviations.
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("EDT", "America/New_York"),
    ("CST", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("MDT", "America/Denver"),
    ("AKST", "America/Anchorage"),
    ("CEST", "Europe/Paris"),
    ("BST", "Europe/London"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("AEST", "Australia/Sydney"),
    // Windows.
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Mountain Standard Time", "America/Denver"),
    ("Central Standard Time", "America/Chicago"),
    ("Eastern Standard Time", "America/New_York"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("GMT Standard Time", "Europe/London"),
    ("Romance Standard Time", "Europe/Paris"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("India Standard Time", "Asia/Kolkata"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    // English names and cities.
    ("Pacific Time", "America/Los_Angeles"),
    ("Eastern", "America/New_York"),
    ("Los Angeles", "America/Los_Angeles"),
    ("New York", "America/New_York"),
    ("London", "Europe/London"),
    ("America/San_Francisco", "America/Los_Angeles"),
    ("America/Miami", "America/New_York"),
    ("US/New_York", "America/New_York"),
    ("Europe/Barcelona", "Europe/Madrid"),
    ("Asia/Mumbai", "Asia/Kolkata"),
    ("Asia/Beijing", "Asia/Shanghai"),
    // Misspelt.
    ("Europe/Pariss", "Europe/Paris"),
    ("Europe/Londn", "Europe/London"),
    ("Europe/Berin", "Europe/Berlin"),
    ("Europe/Amsterdamm", "Europe/Amsterdam"),
    ("America/New_Yrok", "America/New_York"),
    ("America/NewYork", "America/New_York"),
    ("America/Los_Angelas", "America/Los_Angeles"),
    ("Amercia/Chicago", "America/Chicago"),
    ("America/Pheonix", "America/Phoenix"),
    ("America/Vancover", "America/Vancouver"),
    ("Austraila/Sydney", "Australia/Sydney"),
    ("Australia/Brisbain", "Australia/Brisbane"),
    ("Asia/Singapur", "Asia/Singapore"),
];

#[test]
fn suggested_zones_are_ranked() {
    assert_eq!(MISSPELT.len(), 60);
    let mut wrong = Vec::new();
    for (text, wanted) in MISSPELT {
        let payload = stay(text, "2026-08-12T15:00:00Z", "2026-08-14T11:00:00Z");
        let report = check(&payload);
        assert_eq!(codes(&report), ["unknown-time-zone"], "{text}");
        let found = &report.diagnostics()[0];
        let suggestion = found.data.string(DataField::Suggestion).map(str::to_owned);
        if suggestion.as_deref() != Some(wanted) {
            wrong.push((text, suggestion));
        }
    }
    assert!(wrong.len() <= 5, "{wrong:?}");
}

#[test]
fn only_letter_case_of_a_zone_is_a_safe_fix() {
    let safety = |zone: &str| {
        let report = check(&stay(zone, "2026-08-12T16:00:00Z", "2026-08-14T12:00:00Z"));
        let found: &Diagnostic = &report.diagnostics()[0];
        let fix = found.fix.as_ref();
        fix.map_or_else(String::new, |fix| format!("{:?}", fix.applicability))
    };
    assert_eq!(safety("europe/paris"), "Safe");
    assert_eq!(safety("us/pacific"), "Safe");
    assert_eq!(safety("US/Pacific"), "Safe");
    assert_eq!(safety("PST"), "Unsafe");
    assert_eq!(safety("EST"), "Unsafe");
    assert_eq!(safety("Europe/Pariss"), "Unsafe");
    for none in ["", "  ", "UTC-8", "UTC", "Etc/GMT+5", "Atlantis/Poseidonis"] {
        assert_eq!(safety(none), "", "{none:?}");
    }
}

#[test]
fn the_sign_of_etc_is_inverted() {
    for (zone, message) in [
        ("Etc/GMT+5", "\"Etc/GMT+5\" is five hours behind UTC"),
        ("Etc/GMT-9", "\"Etc/GMT-9\" is nine hours ahead of UTC"),
        ("MST", "\"MST\" is seven hours behind UTC all year"),
        ("UTC", "\"UTC\" is UTC, not a place"),
    ] {
        let report = check(&stay(zone, "2026-08-12T16:00:00Z", "2026-08-14T12:00:00Z"));
        assert_eq!(codes(&report), ["time-zone-without-place"]);
        let found = &report.diagnostics()[0];
        assert!(found.message.contains(message), "{}", found.message);
    }
}
