//! Texts that are made to hurt.

/// A text of about so many units.
pub(crate) type Make = fn(usize) -> String;

/// What is asked of a kind of text.
pub(crate) struct Hostile {
    pub(crate) name: &'static str,
    pub(crate) make: Make,
    /// How many units the larger of the two texts has.
    pub(crate) units: usize,
    /// How many times the text's length the check may hold at once.
    pub(crate) peak: u64,
    /// A finding that the report must have: code, pointer, a part of the message.
    pub(crate) finding: (&'static str, &'static str, &'static str),
}

/// A member of every payload below, so that its absence is no finding.
pub(crate) const KEY: &str = r#""customer_key":"c""#;

pub(crate) fn wrap(value: &str) -> String {
    format!("{{{KEY},\"x\":{value}}}")
}

/// A payload with so many members, whose names begin alike.
fn names_that_differ(start: &str, count: usize) -> String {
    let mut text = "{".to_owned();
    for number in 0..count {
        text.push_str(&["\"", start, &number.to_string(), "\":1,"].concat());
    }
    text + KEY + "}"
}

/// A payload of so many guests, in each of which something is written in another way.
fn guests(count: usize, from: &str, to: &str) -> String {
    let guest = |number: usize| {
        let guest = format!(
            r#"{{"guest_key":"g{number:06}","name":"Ann Lee","email_address":"a{number:06}@example.com"}}"#
        );
        guest.replace(from, to)
    };
    let guests: Vec<String> = (0..count).map(guest).collect();
    format!("{{{KEY},\"guests\":[{}]}}", guests.join(","))
}

/// A payload of so many rooms, and a staff member with a list of references to rooms.
fn rooms(
    count: usize,
    room: fn(usize) -> String,
    reference: fn(usize) -> Option<String>,
) -> String {
    let rooms: Vec<String> = (0..count).map(room).collect();
    let references: Vec<String> = (0..count).filter_map(reference).collect();
    format!(
        "{{{KEY},\"rooms\":[{}],\"staff_members\":[{{\"staff_member_key\":\"s\",\"name\":\"S\",\"room_keys\":[{}]}}]}}",
        rooms.join(","),
        references.join(",")
    )
}

/// A room with its key.
fn room(key: &str) -> String {
    format!("{{\"room_key\":\"{key}\",\"name\":\"R\"}}")
}

/// A key in one of the many ways to write its letters large or small.
fn in_letters_of(number: usize) -> String {
    let letters = "abcdefghijklmnopqrst".chars().enumerate();
    letters
        .map(|(at, letter)| {
            if number >> at & 1 == 1 {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        })
        .collect()
}

/// Stays at one space at one time.
fn stays(count: usize) -> String {
    let stay = |number: usize| {
        format!(
            "{{\"reservation_key\":\"r{number}\",\"guest_key\":\"g\",\"space_keys\":[\"s\"],\"starts_at\":\"2026-08-01T15:00:00Z\",\"ends_at\":\"2026-08-03T10:00:{:02}Z\"}}",
            number % 60
        )
    };
    let stays: Vec<String> = (0..count).map(stay).collect();
    format!(
        "{{{KEY},\"spaces\":[{{\"space_key\":\"s\",\"name\":\"S\"}}],\"guests\":[{{\"guest_key\":\"g\",\"name\":\"G\",\"email_address\":\"g@example.com\"}}],\"reservations\":[{}]}}",
        stays.join(",")
    )
}

/// Texts of the shortest values: one or two bytes, and a node of 24. The counter takes the old and
/// the new place of a vector that grows, so a node may count three times.
const NODES: u64 = 60;
/// Texts that are mostly one token, with what it costs to show a part of it.
const TOKEN: u64 = 4;

#[rustfmt::skip]
pub(crate) const TEXTS: &[Hostile] = &[
    Hostile { name: "open brackets", make: |n| "[".repeat(n), units: 100_000, peak: NODES, finding: ("nesting-too-deep", "", "") },
    Hostile { name: "open objects", make: |n| "{\"a\":".repeat(n), units: 100_000, peak: NODES, finding: ("nesting-too-deep", "", "") },
    Hostile { name: "brackets, closed", make: |n| "[".repeat(n) + &"]".repeat(n), units: 100_000, peak: 8, finding: ("nesting-too-deep", "", "") },
    Hostile { name: "objects, closed", make: |n| "{\"a\":".repeat(n) + "1" + &"}".repeat(n), units: 100_000, peak: 8, finding: ("nesting-too-deep", "", "") },
    Hostile { name: "closers that fit nothing", make: |n| wrap(&"[}".repeat(n)), units: 200_000, peak: NODES, finding: ("json-syntax", "", "") },
    Hostile { name: "closing brackets", make: |n| "]".repeat(n), units: 1_000_000, peak: 8, finding: ("json-syntax", "", "unmatched ]") },
    Hostile { name: "commas", make: |n| ",".repeat(n), units: 1_000_000, peak: 8, finding: ("json-syntax", "", "") },
    Hostile { name: "commas in an array", make: |n| wrap(&format!("[{}]", ",".repeat(n))), units: 1_000_000, peak: 8, finding: ("json-syntax", "/x", "comma without a value before it") },
    Hostile { name: "commas in an object", make: |n| format!("{{{KEY}{}}}", ",".repeat(n)), units: 1_000_000, peak: 8, finding: ("json-syntax", "", "comma without a value before it") },
    Hostile { name: "colons", make: |n| wrap(&":".repeat(n)), units: 1_000_000, peak: 8, finding: ("json-syntax", "", "") },
    Hostile { name: "double quotes", make: |n| "\"".repeat(n), units: 1_000_000, peak: 8, finding: ("json-syntax", "", "") },
    Hostile { name: "double quotes in an array", make: |n| wrap(&format!("[{}]", "\"".repeat(n))), units: 1_000_000, peak: NODES, finding: ("json-syntax", "/x", "") },
    Hostile { name: "single quotes in an array", make: |n| wrap(&format!("[{}]", "'".repeat(n))), units: 1_000_000, peak: NODES, finding: ("json-syntax", "/x", "single quotes") },
    Hostile { name: "double quotes in an object", make: |n| format!("{{{KEY},{}}}", "\"".repeat(n)), units: 1_000_000, peak: NODES, finding: ("json-syntax", "", "") },
    Hostile { name: "line breaks between quotes", make: |n| wrap(&format!("[{}]", "\"\n".repeat(n))), units: 500_000, peak: NODES, finding: ("json-syntax", "/x", "") },
    Hostile { name: "line breaks and one quote of each kind", make: |n| wrap(&format!("[{}]", "'\n\"\n".repeat(n))), units: 300_000, peak: NODES, finding: ("json-syntax", "/x", "") },
    Hostile { name: "line breaks in one string", make: |n| wrap(&format!("\"{}\"", "\n".repeat(n))), units: 1_000_000, peak: 16, finding: ("json-syntax", "", "") },
    Hostile { name: "escaped line breaks in one string", make: |n| wrap(&format!("\"{}\"", "\\\n".repeat(n))), units: 500_000, peak: 8, finding: ("json-syntax", "", "") },
    Hostile { name: "backslashes", make: |n| wrap(&format!("\"{}", "\\".repeat(n))), units: 1_000_000, peak: 8, finding: ("json-syntax", "", "") },
    Hostile { name: "bad escapes", make: |n| wrap(&format!("\"{}\"", "\\q".repeat(n))), units: 500_000, peak: 24, finding: ("json-syntax", "/x", "is not a JSON escape") },
    Hostile { name: "lone surrogates", make: |n| wrap(&format!("\"{}\"", "\\ud800".repeat(n))), units: 200_000, peak: 8, finding: ("invalid-unicode", "/x", "lone surrogate") },
    Hostile { name: "NULs", make: |n| "\0".repeat(n), units: 1_000_000, peak: TOKEN, finding: ("json-syntax", "", "") },
    Hostile { name: "NULs in a string", make: |n| wrap(&format!("\"{}\"", "\0".repeat(n))), units: 500_000, peak: 40, finding: ("json-syntax", "/x", "U+0000") },
    Hostile { name: "line comments", make: |n| "//\n".repeat(n) + &wrap("1"), units: 1_000_000, peak: 8, finding: ("json-syntax", "", "JSON has no comments") },
    Hostile { name: "block comments", make: |n| wrap(&("/**/".repeat(n) + "1")), units: 1_000_000, peak: 8, finding: ("json-syntax", "", "JSON has no comments") },
    Hostile { name: "openings of one block comment", make: |n| wrap(&"/*".repeat(n)), units: 1_000_000, peak: TOKEN, finding: ("json-syntax", "", "JSON has no comments") },
    Hostile { name: "slashes", make: |n| wrap(&"/ ".repeat(n)), units: 500_000, peak: NODES, finding: ("json-syntax", "", "") },
    Hostile { name: "spaces", make: |n| " ".repeat(n), units: 10_000_000, peak: TOKEN, finding: ("json-syntax", "", "the text is empty") },
    Hostile { name: "byte order marks", make: |n| "\u{feff}".repeat(n), units: 500_000, peak: TOKEN, finding: ("byte-order-mark", "", "") },
    Hostile { name: "digits of one number", make: |n| wrap(&"7".repeat(n)), units: 1_000_000, peak: TOKEN, finding: ("unknown-member", "/x", "") },
    Hostile { name: "digits of duration_minutes", make: |n| format!("{{{KEY},\"spaces\":[{{\"space_key\":\"s\",\"name\":\"S\",\"duration_minutes\":-{}}}]}}", "7".repeat(n)), units: 1_000_000, peak: TOKEN, finding: ("schema-minimum", "/spaces/0/duration_minutes", "duration_minutes is -777") },
    Hostile { name: "digits of an exponent", make: |n| format!("{{{KEY},\"spaces\":[{{\"space_key\":\"s\",\"name\":\"S\",\"duration_minutes\":1e-{}}}]}}", "7".repeat(n)), units: 1_000_000, peak: TOKEN, finding: ("schema-type", "/spaces/0/duration_minutes", "") },
    Hostile { name: "leading zeros", make: |n| wrap(&"0".repeat(n)), units: 1_000_000, peak: 8, finding: ("json-syntax", "/x", "leading zeros") },
    Hostile { name: "a bare word", make: |n| wrap(&"w".repeat(n)), units: 1_000_000, peak: 8, finding: ("json-syntax", "/x", "") },
    Hostile { name: "a bare name", make: |n| format!("{{{KEY},{}:1}}", "w".repeat(n)), units: 1_000_000, peak: 16, finding: ("json-syntax", "", "without quotes") },
    Hostile { name: "bare words", make: |n| wrap(&format!("[{}]", "w,".repeat(n))), units: 500_000, peak: NODES, finding: ("json-syntax", "/x/0", "w is not a JSON value") },
    Hostile { name: "missing values", make: |n| format!("{{{KEY}{}}}", ",\"a\":".repeat(n)), units: 300_000, peak: NODES, finding: ("json-syntax", "", "") },
    Hostile { name: "one name again and again", make: |n| format!("{{{}{KEY}}}", "\"a\":1,".repeat(n)), units: 300_000, peak: NODES, finding: ("duplicate-member", "/a", "duplicate member \"a\"") },
    Hostile { name: "one name in two spellings", make: |n| format!("{{{}{KEY}}}", "\"a\":1,\"\\u0061\":1,".repeat(n)), units: 200_000, peak: NODES, finding: ("duplicate-member", "/a", "duplicate member \"a\"") },
    Hostile { name: "customer_key again and again", make: |n| format!("{{{}{KEY}}}", format!("{KEY},").repeat(n)), units: 200_000, peak: NODES, finding: ("duplicate-member", "/customer_key", "") },
    Hostile { name: "names that differ", make: |n| names_that_differ("", n), units: 200_000, peak: NODES, finding: ("unknown-member", "/0", "") },
    Hostile { name: "names that differ, escaped", make: |n| names_that_differ(r"\u0061", n), units: 200_000, peak: NODES, finding: ("unknown-member", "/a0", "") },
    Hostile { name: "a long name in every pointer", make: |n| wrap(&format!("{{\"{}\":[{}1]}}", "n".repeat(n), "?,".repeat(100))), units: 100_000, peak: 400, finding: ("json-syntax", "", "") },
    Hostile { name: "numbers", make: |n| wrap(&format!("[{}1]", "1,".repeat(n))), units: 1_000_000, peak: NODES, finding: ("unknown-member", "/x", "") },
    Hostile { name: "guests with trailing commas", make: |n| guests(n, "com\"}", "com\",}"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with missing commas", make: |n| guests(n, ",\"name", "\"name"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with double commas", make: |n| guests(n, ",\"name", ",,\"name"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with missing colons", make: |n| guests(n, "\"name\":", "\"name\""), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with double colons", make: |n| guests(n, "\"name\":", "\"name\"::"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with bare names", make: |n| guests(n, "\"name\"", "name"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with bare values", make: |n| guests(n, "\"Ann Lee\"", "Ann Lee"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with missing quotes", make: |n| guests(n, "Ann Lee\"", "Ann Lee"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with unescaped quotes", make: |n| guests(n, "Ann Lee", "Ann \"A\" Lee"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with curly quotes", make: |n| guests(n, "\"Ann Lee\"", "“Ann Lee”"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with no-break spaces", make: |n| guests(n, ":", ":\u{a0}"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with single quotes", make: |n| guests(n, "\"", "'"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with line breaks", make: |n| guests(n, "Ann Lee", "Ann\nLee"), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "guests with missing brackets", make: |n| guests(n, "com\"}", "com\""), units: 12_000, peak: NODES, finding: ("json-syntax", "/guests/0", "") },
    Hostile { name: "escapes", make: |n| wrap(&format!("\"{}\"", r"\u00e9\n\ud83d\ude00".repeat(n))), units: 300_000, peak: TOKEN, finding: ("unknown-member", "/x", "") },
    Hostile { name: "members that are nearly known", make: |n| rooms(n, |at| room(&at.to_string()).replace("\"name\"", "\"desciption\":1,\"nmae\""), |_| None), units: 20_000, peak: NODES, finding: ("unknown-member", "/rooms/0", "nmae") },
    Hostile { name: "references that are nearly known", make: |n| rooms(n, |at| room(&format!("room-{at:06}")), |at| Some(format!("\"rom-{at:06}\""))), units: 20_000, peak: NODES, finding: ("dangling-reference", "/staff_members/0", "") },
    Hostile { name: "keys in large and small letters", make: |n| rooms(n, |at| room(&in_letters_of(at)), |_| None), units: 20_000, peak: NODES, finding: ("look-alike-keys", "/rooms/1", "") },
    Hostile { name: "one key again and again", make: |n| rooms(n, |_| room("r"), |_| None), units: 30_000, peak: NODES, finding: ("duplicate-key", "/rooms/1", "") },
    Hostile { name: "stays at one space at one time", make: stays, units: 20_000, peak: NODES, finding: ("overlapping-stays", "/reservations/1", "") },
    // Three bytes, one value and two breaks each.
    Hostile { name: "empty objects where rooms are due", make: |n| format!("{{{KEY},\"rooms\":[{}{{}}]}}", "{},".repeat(n)), units: 300_000, peak: 100, finding: ("schema-required", "/rooms/0", "rooms[0] has no") },
];
