//! Fixes: what they change is shown, bytes beside them stay, and nothing gets worse.

use std::fmt::Write as _;
use std::path::Path;

use seamlint::Applicability;
use seamlint::fix::apply;
use seamlint::{Linter, Options, Report};
use similar::TextDiff;

use crate::support::snapshot;

/// Every fixture by name, with its text.
fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fixes");
    let mut fixtures: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect();
    fixtures.sort();
    fixtures
}

#[test]
fn snapshots_of_fixes() {
    let linter = Linter::new();
    for (name, text) in fixtures() {
        for (suffix, limit) in [
            ("safe", Applicability::Safe),
            ("unsafe", Applicability::Unsafe),
        ] {
            let fixed = linter.fix(&text, limit);
            let diff = TextDiff::from_lines(text.as_str(), fixed.text())
                .unified_diff()
                .context_radius(0)
                .to_string();
            let mut shown = String::from("found:\n");
            list(&linter.check(&text), &mut shown);
            // A carriage return would be lost in the snapshot.
            let diff = diff.replace('\r', "␍");
            write!(shown, "\n{diff}\nleft:\n").expect("a string takes all");
            list(&fixed.report, &mut shown);
            snapshot::assert(&format!("fixes__{name}.{suffix}"), &shown);
            holds(&linter, &text, limit);
        }
    }
}

/// Writes the findings of a report, a line each.
fn list(report: &Report<'_>, out: &mut String) {
    for found in report {
        writeln!(out, "{}[{}] {}", found.severity, found.code, found.pointer)
            .expect("a string takes all");
    }
}

/// What is true of every text and its fixes.
fn holds(linter: &Linter, text: &str, limit: Applicability) {
    let before = linter.check(text);
    one_round_touches_nothing_else(&before, limit);
    let fixed = linter.fix(text, limit);
    let errors = |report: &Report<'_>| report.counts().errors;
    assert!(
        errors(&fixed.report) <= errors(&before),
        "more errors: {text}"
    );
    assert_eq!(fixed.applied.is_empty(), fixed.text() == text, "{text}");
    assert!(fixed.applied.iter().all(|fix| fix.applicability <= limit));
    let again = linter.fix(fixed.text(), limit);
    assert_eq!(again.text(), fixed.text(), "a second run changes: {text}");
    assert_eq!(again.rounds, 0);
}

/// Holds each text between two edits against the result, and the edits' own texts.
fn one_round_touches_nothing_else(report: &Report<'_>, limit: Applicability) {
    let is_json = report.iter().all(|found| found.code != "json-syntax");
    let fixes: Vec<_> = report
        .iter()
        .filter(|found| is_json || ["json-syntax", "byte-order-mark"].contains(&&*found.code))
        .filter_map(|found| found.fix.as_ref())
        .filter(|fix| fix.applicability <= limit)
        .collect();
    // What no fix names is in the result, in order, whichever of them were applied.
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.range);
    let applied = apply(report, limit);
    let (text, mut rest) = (report.text(), applied.text.as_str());
    let mut at = 0;
    let mut is_first = true;
    for (start, end) in edits
        .iter()
        .map(|edit| (edit.range.bytes().start, edit.range.bytes().end))
        .chain([(text.len(), text.len())])
    {
        if let Some(kept) = text.get(at..start) {
            let found = rest.find(kept).expect("what no fix names is there");
            assert!(!is_first || found == 0, "{text}");
            rest = &rest[found + kept.len()..];
        }
        is_first = false;
        at = at.max(end);
    }
    assert!(fixes.is_empty() || applied.fixes.len() <= fixes.len());
    // A single fix is exactly its edits.
    if let [fix] = fixes.as_slice() {
        let mut wanted = text.to_owned();
        for edit in fix.edits.iter().rev() {
            wanted.replace_range(edit.range.bytes(), &edit.text);
        }
        assert_eq!(applied.text, wanted);
    }
}

/// A payload with a bit of everything.
const CLEAN: &str = r#"{
  "customer_key": "harbour_inn",
  "sites": [{ "site_key": "north", "name": "North" }],
  "spaces": [
    {
      "space_key": "n-101",
      "name": "Room 101",
      "parent_site_key": "north",
      "geolocation": { "latitude": 38.7223, "longitude": -120.5 },
      "customer_data": { "time_zone": "Europe/Lisbon", "default_checkin_time": "15:00", "default_checkout_time": "09:00" }
    }
  ],
  "guests": [{ "guest_key": "g-1", "name": "José", "email_address": "jose@example.com", "phone_number": "+351912345678" }],
  "reservations": [
    {
      "reservation_key": "r-1",
      "guest_key": "g-1",
      "space_keys": ["n-101"],
      "starts_at": "2026-08-12T15:00:00+01:00",
      "ends_at": "2026-08-14T09:00:00+01:00",
      "preferred_code": "4821",
      "custom_metadata": { "is_premium": true }
    }
  ]
}
"#;

/// What people do to it: this becomes that.
const SLIPS: &[(&str, &str)] = &[
    ("\"harbour_inn\"", "\"harbour_inn \""),
    ("\"harbour_inn\"", "'harbour_inn'"),
    ("\"harbour_inn\",", "\"harbour_inn\""),
    ("\"customer_key\"", "customer_key"),
    ("\"customer_key\"", "\"customerKey\""),
    ("\"North\" }", "\"North\", }"),
    ("\"North\" }]", "\"North\" },]"),
    ("\"sites\"", "// sites\n  \"sites\""),
    ("\"sites\"", "/* sites */ \"sites\""),
    ("\"site_key\": \"north\"", "\"site_key\": \"north\\t\""),
    ("\"site_key\": \"north\"", "\"site_key\": \"no\u{200b}rth\""),
    (
        "\"parent_site_key\": \"north\"",
        "\"parent_site_key\": \" north\"",
    ),
    ("\"space_key\"", "\"spaceKey\""),
    ("\"Room 101\"", "\" Room \\u0031\\\"01 \""),
    ("\"Room 101\"", "\"Room\t101\""),
    (
        "\"latitude\": 38.7223, \"longitude\": -120.5",
        "\"latitude\": -120.5, \"longitude\": 38.7223",
    ),
    ("38.7223", "38."),
    ("-120.5", "-.5"),
    ("38.7223", "+38.7223"),
    ("\"Europe/Lisbon\"", "\"europe/lisbon\""),
    ("\"Europe/Lisbon\"", "\"Lisbon\""),
    ("\"15:00\"", "\"3 PM\""),
    ("\"15:00\"", "15:00"),
    ("\"09:00\"", "\"9:00\""),
    ("\"09:00\"", "\"9\""),
    ("\"customer_data\"", "\"customer_dat\""),
    ("\"José\"", "José"),
    ("\"jose@example.com\"", "\"jose@example.com \""),
    ("\"+351912345678\"", "\" +351 912-345 678\""),
    ("\"+351912345678\"", "\"00351 (0)912345678\""),
    ("\"+351912345678\"", "+351912345678"),
    ("\"guest_key\": \"g-1\",\n", "\"guest_key\": \"g-1 \",\n"),
    ("[\"n-101\"]", "[\"n-101\", \"n-101\",]"),
    ("[\"n-101\"]", "[\"n-101 \"]"),
    (
        "\"2026-08-12T15:00:00+01:00\"",
        "\"2026-08-12t15:00:00+01:00\"",
    ),
    (
        "\"2026-08-12T15:00:00+01:00\"",
        "\"2026-08-12 15:00:00+01:00\"",
    ),
    ("\"2026-08-12T15:00:00+01:00\"", "\"2026-08-12T15:00:00Z\""),
    ("\"4821\"", "\"4821 \""),
    ("\"4821\"", "4821"),
    ("\"is_premium\": true", "\"is_premium\": True"),
    ("\"is_premium\": true", "\"is_premium\": undefined"),
    ("\"is_premium\": true", "\"is_premium\": true,"),
    ("\n  ]\n}", "\n  ]\n"),
    (": ", "="),
];

#[test]
fn fixes_of_mistakes_alone_and_in_pairs() {
    let linter = Linter::new();
    assert!(linter.check(CLEAN).is_clean(), "{:#?}", linter.check(CLEAN));
    let mut texts = Vec::new();
    for (at, (from, to)) in SLIPS.iter().enumerate() {
        let one = CLEAN.replacen(from, to, 1);
        assert_ne!(one, CLEAN, "{from}");
        // The fix of one mistake alone makes no error.
        let fixed = linter.fix(&one, Applicability::Unsafe);
        assert_eq!(fixed.dropped, [], "{one}");
        for (from, to) in &SLIPS[at + 1..] {
            texts.push(one.replacen(from, to, 1));
        }
        texts.push(one);
    }
    // All that fit together.
    let all = SLIPS.iter().fold(CLEAN.to_owned(), |text, (from, to)| {
        text.replacen(from, to, 1)
    });
    texts.push(all);
    for text in texts {
        for limit in [Applicability::Safe, Applicability::Unsafe] {
            holds(&linter, &text, limit);
        }
    }
}

#[test]
fn fixes_of_broken_texts() {
    // Every text that ends too early or lacks a byte.
    let linter = Linter::new();
    let text =
        r#"{"customer_key":" c","rooms":[{"roomKey":"1","name":"x ",},],/* é */'guests':[]}"#;
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        holds(&linter, &text[..at], Applicability::Unsafe);
        if let Some(next) = text[at..].chars().next() {
            let without = format!("{}{}", &text[..at], &text[at + next.len_utf8()..]);
            holds(&linter, &without, Applicability::Unsafe);
            holds(&linter, &without, Applicability::Safe);
        }
    }
}

/// What the fuzz target of fixes failed on.
#[test]
fn texts_that_were_found_by_fuzzing() {
    let linter = Linter::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz");
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        for limit in [Applicability::Safe, Applicability::Unsafe] {
            let fixed = linter.fix(&text, limit);
            if fixed.rounds < seamlint::fix::MAX_ROUNDS {
                let again = linter.fix(fixed.text(), limit);
                assert_eq!(again.text(), fixed.text(), "{}", path.display());
            }
        }
    }
}

#[test]
fn fix_resource() {
    let linter = Linter::new();
    let fixed = linter
        .fix_resource(
            "guests",
            r#"{ "guest_key": "g ", "name": "Ann", }"#,
            Applicability::Safe,
        )
        .expect("a collection");
    assert_eq!(fixed.text(), r#"{ "guest_key": "g", "name": "Ann" }"#);
    assert!(
        linter
            .fix_resource("geusts", "{}", Applicability::Safe)
            .is_err()
    );
}

/// Comments hold words that somebody wrote: they are not thrown away unasked.
#[test]
fn removing_a_comment_is_unsafe() {
    let linter = Linter::new();
    for comment in ["// a note\n", "/* a note */", "# a note\n"] {
        let text = format!(
            "{{ \"customer_key\": \"c\", {comment} \"sites\": [{{ \"site_key\": \"n\", \"name\": \"N\" }}] }}"
        );
        assert_eq!(linter.fix(&text, Applicability::Safe).text(), text);
        assert!(linter.fix(&text, Applicability::Unsafe).report.is_clean());
    }
    // Nor is a comma written into one.
    let text = "{ \"customer_key\": \"c\"\n // a note\n /* more */ \"sites\": [] }";
    let wanted = text.replacen('\n', ",\n", 1);
    assert_eq!(linter.fix(text, Applicability::Safe).text(), wanted);
}

/// Two resources with one key are one to the API.
#[test]
fn trimming_a_key_onto_another_one_is_unsafe() {
    let merges = [
        r#"{ "customer_key": "c", "sites": [{ "site_key": "n", "name": "N" }, { "site_key": "n ", "name": "M" }] }"#,
        r#"{ "customer_key": "c", "sites": [{ "site_key": "n ", "name": "N" }, { "site_key": "n", "name": "M" }] }"#,
        r#"{ "customer_key": "c", "sites": [{ "site_key": "n ", "name": "N" }, { "site_key": " n", "name": "M" }] }"#,
    ];
    for text in merges {
        // Also where no rule is on that asks which keys there are.
        let levels = seamlint::RULES
            .iter()
            .filter(|rule| rule.code != "key-whitespace")
            .map(|rule| (rule.code.to_owned(), seamlint::Level::Off))
            .collect();
        let mut options = Options::default();
        options.levels = levels;
        let alone = Linter::with_options(options).expect("options");
        for linter in [Linter::new(), alone] {
            assert_eq!(linter.fix(text, Applicability::Safe).text(), text);
            let fixed = linter.fix(text, Applicability::Unsafe);
            assert!(!fixed.text().contains("n \""), "{}", fixed.text());
        }
    }
    // The reference names the one with white space, and would name the other.
    let linter = Linter::new();
    let reference = r#"{ "customer_key": "c",
        "sites": [{ "site_key": "n", "name": "N" }, { "site_key": "n ", "name": "M" }],
        "spaces": [{ "space_key": "s", "name": "S", "parent_site_key": "n " }] }"#;
    assert_eq!(linter.fix(reference, Applicability::Safe).text(), reference);
    // It names nothing as it is; and keys of other collections are other keys.
    let repaired = r#"{ "customer_key": "c",
        "sites": [{ "site_key": "n", "name": "N" }],
        "spaces": [{ "space_key": "n ", "name": "S", "parent_site_key": "n " }] }"#;
    let fixed = linter.fix(repaired, Applicability::Safe);
    assert_eq!(fixed.text(), repaired.replace("n ", "n"));
    // All of one customer, and what exists already, count.
    let mut options = Options::default();
    options
        .known
        .insert("c", "sites", "n")
        .expect("a collection");
    let knows = Linter::with_options(options).expect("options");
    let text = r#"{ "customer_key": "c", "sites": [{ "site_key": "n ", "name": "N" }] }"#;
    assert_eq!(knows.fix(text, Applicability::Safe).text(), text);
    let other = text.replace("n ", "n");
    let reports = linter.check_set(&[("a", text.as_bytes()), ("b", other.as_bytes())]);
    let fix = reports[0].diagnostics()[0].fix.as_ref().expect("a fix");
    assert_eq!(fix.applicability, Applicability::Unsafe);
}

/// What a text means is not certain before it is JSON.
#[test]
fn semantic_fixes_leave_invalid_json_alone() {
    let linter = Linter::new();
    // No fix writes the rooms: of the rest, only the comma goes.
    let open =
        r#"{ "customer_key": " c", "sites": [{ "site_key": "n ", "name": " N", }], "rooms": }"#;
    for limit in [Applicability::Safe, Applicability::Unsafe] {
        let fixed = linter.fix(open, limit);
        assert_eq!(fixed.text(), open.replace(", }", " }"));
        assert_eq!(apply(&linter.check(open), limit).text, fixed.text());
    }
    // Nor if the rule about syntax is off.
    let mut options = Options::default();
    options.levels = vec![("json-syntax".to_owned(), seamlint::Level::Off)];
    let silent = Linter::with_options(options).expect("options");
    assert_eq!(silent.fix(open, Applicability::Unsafe).text(), open);
    // Once the text is JSON, the rest follows.
    let closed = open.replace(r#", "rooms": }"#, " }");
    let fixed = linter.fix(&closed, Applicability::Safe);
    let wanted = r#"{ "customer_key": "c", "sites": [{ "site_key": "n", "name": "N" }] }"#;
    assert_eq!((fixed.text(), fixed.rounds), (wanted, 2));
    // A byte order mark and half a character are no errors of syntax.
    let mark = "\u{feff}{ \"customer_key\": \" c\", \"sites\": [{ \"site_key\": \"n\", \"name\": \"\\ud800\" }] }";
    let fixed = linter.fix(mark, Applicability::Safe);
    assert_eq!((fixed.applied.len(), fixed.rounds), (2, 1));
}

/// Fixes that would do harm are unsafe, and what cannot be placed is no fix.
#[test]
fn fixes_that_would_lose_something_are_unsafe() {
    let linter = Linter::new();
    for text in [
        // Two guests would have one key.
        r#"{"customer_key":"c","guests":[{"guest_key":7,"name":"A"},{"guest_key":"7","name":"B"}]}"#,
        r#"{"customer_key":"c","guests":[{"guest_key":7,"name":"A"},{"guest_key":"7 ","name":"B"}]}"#,
        // The API would ignore the second guest.
        r#"{"customer_key":"c","guests":{"guest_key":"g","name":"A","0":{"guest_key":"h","name":"B"}}}"#,
        // These may be two keys.
        r#"{"customer_key":"c","reservations":[{"reservation_key":"r","room_keys":"a b"}]}"#,
        r#"{"customer_key":"c","reservations":[{"reservation_key":"r","room_keys":"a|b"}]}"#,
        r#"{"customer_key":"c","reservations":[{"reservation_key":"r","room_keys":"a\nb"}]}"#,
    ] {
        let fixed = linter.fix(text, Applicability::Safe);
        let changed: Vec<_> = fixed.applied.iter().map(|fix| &fix.title).collect();
        assert!(
            changed.iter().all(|title| title.contains("white space")),
            "{text}: {changed:?}"
        );
    }
    // The reference would name the other space.
    let text = r#"{"customer_key":"c","spaces":[{"space_key":"a ","name":"A"},{"space_key":"a","name":"B"}],"access_grants":[{"access_grant_key":"r","space_keys":["a ","a"]}]}"#;
    assert_eq!(linter.fix(text, Applicability::Safe).text(), text);
    // These may be more than one value, or a program's.
    for value in [
        r#""Ada" + "L""#,
        r#""A" "B""#,
        r#""A"||"x""#,
        "Ada, email_address=a@b.com",
        "Ada, phone_number:+15551234567",
        "`Ada ${x}`",
        "%s",
        "Ada // x",
        "getName()",
        "u'Ada'",
        r"'Jos\xe9'",
        "0x1F",
        "1_000",
        r#"""Ada"""#,
        r#"{"a","b"}"#,
        r#"["a":"b"]"#,
        // What is behind them may be misread.
        r#"Ada;"email_address":"a@b.c""#,
        r#"Ada "email_address":"a@b.c""#,
        "Ada\t\"email_address\":\"a@b.c\"",
        r#""Ada",\n"email_address":"a@b.c""#,
        r#""Ada"\n,"email_address":"a@b.c""#,
        r#""Bob',"email_address":"a@b.c""#,
        r#""O'\''Neill""#,
        r#""Ada".trim()"#,
        "-2,35",
    ] {
        let text =
            format!(r#"{{"customer_key":"c","guests":[{{"guest_key":"g","name":{value}}}]}}"#);
        assert_eq!(linter.fix(&text, Applicability::Safe).text(), text);
    }
    for (value, wanted) in [
        ("Ada Lee", "Ada Lee"),
        ("https://x/1", "https://x/1"),
        (r#""The "Loft" Suite""#, r#"The \"Loft\" Suite"#),
        (r#""The "Loft"""#, r#"The \"Loft\""#),
        (r#""Ann "Apt #4" Lee""#, r#"Ann \"Apt #4\" Lee"#),
    ] {
        let text =
            format!(r#"{{"customer_key":"c","guests":[{{"guest_key":"g","name":{value}}}]}}"#);
        let fixed =
            format!(r#"{{"customer_key":"c","guests":[{{"guest_key":"g","name":"{wanted}"}}]}}"#);
        assert_eq!(linter.fix(&text, Applicability::Safe).text(), fixed);
    }
    // Each is certain, however many there are and however near.
    let guests = |quote: &str| {
        let guest = |number: usize| {
            format!(
                r#"{{"guest_key":{quote}g{number}{quote},"name":{quote}Ada Lee{quote},"email_address":{quote}a{number}@b.co{quote}}}"#
            )
        };
        let guests: Vec<_> = (0..60).map(guest).collect();
        format!(r#"{{"customer_key":"c","guests":[{}]}}"#, guests.join(","))
    };
    let bare = guests("");
    let fixed = linter.fix(&bare, Applicability::Safe);
    assert_eq!((fixed.text(), fixed.rounds), (&*guests("\""), 1));
    // A comma at the end of a line ends the value.
    let bare = "{customer_key: c,\nguests: [{guest_key: g,\nname: Ada}]}";
    let wanted =
        "{\"customer_key\": \"c\",\n\"guests\": [{\"guest_key\": \"g\",\n\"name\": \"Ada\"}]}";
    for limit in [Applicability::Safe, Applicability::Unsafe] {
        assert_eq!(linter.fix(bare, limit).text(), wanted);
    }
    // A reference names one of the two, and the number may be either.
    let reference = r#"{"customer_key":"c","guests":[{"guest_key":"7","name":"A"}],"reservations":[{"reservation_key":"r","guest_key":7}]}"#;
    let fixed = linter.fix(reference, Applicability::Safe);
    assert_eq!(fixed.text(), reference.replace(":7}", ":\"7\"}"));
    // The string is not written as it is read.
    for text in [
        r#"'{"customer_key":"c "}'"#,
        r#"'{"customer_key":7,"x":"O\'B"}'"#,
        r#"{"body":'{"customer_key":7}'}"#,
    ] {
        for limit in [Applicability::Safe, Applicability::Unsafe] {
            let fixed = linter.fix(text, limit);
            let words = |text: &str| {
                text.chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect::<String>()
            };
            assert!(
                words(fixed.text()).contains("customerkey"),
                "{}",
                fixed.text()
            );
            for found in &linter.check(text) {
                assert!(found.range.bytes().end <= text.len(), "{text}");
            }
        }
    }
    // One document over several lines is no JSON Lines.
    let pretty = "{\n\"customer_key\":\"c\",\n\"guests\":[]\n}\n";
    assert_eq!(
        linter.fix_lines(pretty, Applicability::Unsafe).text(),
        pretty
    );
}
