//! Payloads as a hotel or short-term rental integration writes them, made from a seed.
//!
//! One file, though a long one: benches and xtask include it by path. A payload of the generator is
//! clean: no rule has anything to say, not even an info. Whoever adds a rule that finds
//! something in one has found a fault in the rule, or adds a line here.
#![allow(dead_code, reason = "each of the includers uses a part")]

/// What a payload is made from. The same recipe gives the same text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipe {
    seed: u64,
    bytes: usize,
    pretty: bool,
    findings: usize,
}

impl Recipe {
    /// A compact, clean payload of about so many bytes.
    pub(crate) const fn new(seed: u64, bytes: usize) -> Self {
        Self {
            seed,
            bytes,
            pretty: false,
            findings: 0,
        }
    }

    /// Over many lines, indented by two spaces.
    pub(crate) const fn pretty(mut self) -> Self {
        self.pretty = true;
        self
    }

    /// With so many findings (or as many as there are records to spoil), spread evenly. A
    /// spoiled record has one finding, of one of seven kinds.
    pub(crate) const fn with_findings(mut self, findings: usize) -> Self {
        self.findings = findings;
        self
    }

    /// Writes the payload.
    pub(crate) fn build(self) -> String {
        let mut generator = Generator::new(self, 0);
        generator.run();
        if self.findings > 0 {
            // The first run has counted the records that can be spoiled. The second writes as
            // many sites, whatever a slip does to their size.
            let (sites, chances) = (generator.sites, generator.chances);
            let house_stays = generator.house_stays;
            generator = Generator::new(self, chances);
            if sites == 0 {
                generator.house(Some(house_stays));
            }
            while generator.sites < sites {
                generator.site();
            }
        }
        generator.finish()
    }
}

/// About how many bytes a site has, with all that belongs to it.
const SITE: usize = 11_700;

/// The collections, in the order in which they are written.
const COLLECTIONS: [&str; 19] = [
    "sites",
    "buildings",
    "facilities",
    "common_areas",
    "properties",
    "listings",
    "property_listings",
    "spaces",
    "rooms",
    "units",
    "guests",
    "tenants",
    "residents",
    "users",
    "user_identities",
    "staff_members",
    "reservations",
    "bookings",
    "access_grants",
];

/// A town with a zone that has had one offset for decades, so that a local time needs no rules.
struct Town {
    name: &'static str,
    zone: &'static str,
    offset: &'static str,
    latitude: u32,
    south: bool,
    longitude: u32,
    west: bool,
    /// The first digits of its telephone numbers; seven more follow.
    phone: &'static str,
}

const TOWNS: [Town; 5] = [
    Town {
        name: "Phoenix",
        zone: "America/Phoenix",
        offset: "-07:00",
        latitude: 33,
        south: false,
        longitude: 112,
        west: true,
        phone: "+1602",
    },
    Town {
        name: "Kolkata",
        zone: "Asia/Kolkata",
        offset: "+05:30",
        latitude: 22,
        south: false,
        longitude: 88,
        west: false,
        phone: "+91983",
    },
    Town {
        name: "Tōkyō",
        zone: "Asia/Tokyo",
        offset: "+09:00",
        latitude: 35,
        south: false,
        longitude: 139,
        west: false,
        phone: "+81901",
    },
    Town {
        name: "Lagos",
        zone: "Africa/Lagos",
        offset: "+01:00",
        latitude: 6,
        south: false,
        longitude: 3,
        west: false,
        phone: "+234803",
    },
    Town {
        name: "Leticia",
        zone: "America/Bogota",
        offset: "-05:00",
        latitude: 4,
        south: true,
        longitude: 69,
        west: true,
        phone: "+57300",
    },
];

/// As they stand in JSON: some clients escape what they need not.
const FIRST_NAMES: [&str; 16] = [
    "Amina",
    "Benoît",
    "Chidi",
    "Dolores",
    "Emeka",
    "Fatima",
    "Guadalupe",
    "Haruki",
    "Indira",
    "Jos\\u00e9",
    "Keiko",
    "Luz",
    "Mateo",
    "Ngozi",
    "Oluwaseun",
    "Priya",
];
const LAST_NAMES: [&str; 16] = [
    "Adeyemi",
    "Banerjee",
    "Castillo",
    "Das",
    "Eze",
    "Fujimoto",
    "García",
    "Hernández",
    "Ito",
    "Jiménez",
    "Kobayashi",
    "L\\u00f3pez",
    "Mukherjee",
    "Nakamura",
    "O'Brien",
    "Sato",
];
const CHANNELS: [&str; 4] = ["booking_com", "airbnb", "expedia", "direct"];
const NOTES: [&str; 4] = [
    "late arrival, call before ten",
    "cot in the room; feather-free bedding",
    "asked for \\\"the quiet side\\\"",
    "invoice to the company\\/travel desk",
];

/// Pseudo-random numbers by `SplitMix64`: small, and the same on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A code that locks take: six digits, neighbours far apart, not beginning with 1.
    fn access_code(&mut self) -> String {
        let mut digits = [2 + self.below(8) as u8; 6];
        for at in 1..digits.len() {
            // From two to eight further on: never the same digit, never the next or the one
            // before. Three in turn cannot be two values only.
            let step = if at % 2 == 0 {
                3
            } else {
                2 + self.below(4) as u8
            };
            digits[at] = (digits[at - 1] + step) % 10;
        }
        digits
            .iter()
            .map(|digit| char::from(b'0' + digit))
            .collect()
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// Writes JSON records, compact or indented.
struct Writer {
    text: String,
    pretty: bool,
    depth: usize,
    /// Nothing stands yet in the innermost container.
    first: bool,
}

impl Writer {
    const fn new(pretty: bool, depth: usize) -> Self {
        Self {
            text: String::new(),
            pretty,
            depth,
            first: true,
        }
    }

    fn line(&mut self) {
        if self.pretty {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.depth));
        }
    }

    fn item(&mut self) {
        if !self.first {
            self.text.push(',');
        }
        self.first = false;
        self.line();
    }

    fn name(&mut self, name: &str) {
        self.item();
        let colon = if self.pretty { "\": " } else { "\":" };
        self.text.extend(["\"", name, colon]);
    }

    fn inside(&mut self, brackets: [char; 2], content: impl FnOnce(&mut Self)) {
        self.text.push(brackets[0]);
        self.depth += 1;
        self.first = true;
        content(self);
        self.depth -= 1;
        self.first = false;
        self.line();
        self.text.push(brackets[1]);
    }

    /// A record of a collection.
    fn record(&mut self, content: impl FnOnce(&mut Self)) {
        self.item();
        self.inside(['{', '}'], content);
    }

    fn object(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.name(name);
        self.inside(['{', '}'], content);
    }

    /// A string, as it stands between the quotes.
    fn string(&mut self, name: &str, value: &str) {
        self.name(name);
        self.text.extend(["\"", value, "\""]);
    }

    fn token(&mut self, name: &str, token: &str) {
        self.name(name);
        self.text.push_str(token);
    }

    fn strings(&mut self, name: &str, values: &[&str]) {
        self.name(name);
        self.inside(['[', ']'], |list| {
            for value in values {
                list.item();
                list.text.extend(["\"", value, "\""]);
            }
        });
    }
}

/// The date of a day after 2026-01-01.
fn date(day: u32) -> String {
    let (mut year, mut day) = (2026, day);
    loop {
        let leap = u32::from(year % 4 == 0);
        if day < 365 + leap {
            let lengths = [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            let mut month = 1;
            for length in lengths {
                if day < length {
                    break;
                }
                day -= length;
                month += 1;
            }
            return format!("{year}-{month:02}-{:02}", day + 1);
        }
        day -= 365 + leap;
        year += 1;
    }
}

/// A place that is let, and until when it is taken.
struct Location {
    /// `space_keys`
    member: &'static str,
    key: String,
    free_from: u32,
}

/// A stay to be written.
struct Stay<'s> {
    collection: &'static str,
    own_key: &'static str,
    key: String,
    person: (&'static str, &'s str),
}

struct Generator {
    recipe: Recipe,
    random: Random,
    writers: Vec<Writer>,
    sites: u32,
    /// Of a payload that is smaller than a site.
    house_stays: usize,
    /// Numbers people and stays.
    serial: u32,
    /// Records that could be spoiled so far.
    chances: usize,
    /// Of so many in all; 0 if none is to be spoiled.
    of_chances: usize,
}

impl Generator {
    fn new(recipe: Recipe, of_chances: usize) -> Self {
        let writer = |_| Writer::new(recipe.pretty, 2);
        Self {
            recipe,
            random: Random::new(recipe.seed),
            writers: COLLECTIONS.iter().map(writer).collect(),
            sites: 0,
            house_stays: 0,
            serial: 0,
            chances: 0,
            of_chances,
        }
    }

    fn collection(&mut self, name: &str) -> &mut Writer {
        let at = COLLECTIONS.iter().position(|known| *known == name);
        &mut self.writers[at.unwrap_or_default()]
    }

    fn run(&mut self) {
        if self.recipe.bytes < SITE / 2 {
            self.house(None);
            return;
        }
        let mut written = 0;
        loop {
            self.site();
            let now = self.written();
            // Ends nearest to the wanted size.
            let half_a_site = (now - written) / 2;
            written = now;
            if written + half_a_site >= self.recipe.bytes {
                return;
            }
        }
    }

    fn written(&self) -> usize {
        self.writers.iter().map(|writer| writer.text.len()).sum()
    }

    fn finish(self) -> String {
        let mut payload = Writer::new(self.recipe.pretty, 0);
        payload
            .text
            .reserve(self.recipe.bytes + self.recipe.bytes / 8);
        payload.inside(['{', '}'], |payload| {
            let key = format!("customer-{}", self.recipe.seed);
            payload.string("customer_key", &key);
            for (name, writer) in COLLECTIONS.iter().zip(&self.writers) {
                if writer.text.is_empty() {
                    continue;
                }
                payload.name(name);
                payload.inside(['[', ']'], |list| list.text.push_str(&writer.text));
            }
        });
        if self.recipe.pretty {
            payload.text.push('\n');
        }
        payload.text
    }

    /// Whether the record at hand is to be spoiled, and how, by its number.
    fn slip(&mut self) -> Option<usize> {
        let (at, of, findings) = (self.chances, self.of_chances, self.recipe.findings);
        self.chances += 1;
        if of == 0 {
            return None;
        }
        let before = at * findings.min(of) / of;
        let after = (at + 1) * findings.min(of) / of;
        (after > before).then_some(before)
    }

    fn number(&mut self) -> u32 {
        self.serial += 1;
        self.serial
    }

    /// A single house that is let, with as many stays as fit, or so many.
    fn house(&mut self, stays: Option<usize>) {
        let town = &TOWNS[self.random.below(TOWNS.len())];
        let key = "house-1";
        self.collection("sites").record(|site| {
            site.string("site_key", "site-1");
            site.string("name", &format!("House {}", town.name));
        });
        self.space(town, "site-1", key, 1);
        let mut locations = [location("space_keys", key.to_owned())];
        let mut written = self.written();
        while match stays {
            Some(stays) => self.house_stays < stays,
            None => self.house_stays == 0 || written < self.recipe.bytes,
        } {
            self.stays(town, &mut locations, 1);
            self.house_stays += 1;
            let now = self.written();
            // As with sites: ends nearest to the wanted size.
            written = now + (now - written) / 2;
        }
    }

    /// One site with all that belongs to it.
    fn site(&mut self) {
        let number = self.sites;
        self.sites += 1;
        let town = &TOWNS[self.random.below(TOWNS.len())];
        let site = format!("site-{number:05}");
        let label = format!("{} {}", town.name, number + 1);
        for (collection, own_key, key, name) in [
            ("sites", "site_key", site.clone(), format!("Hotel {label}")),
            (
                "buildings",
                "building_key",
                format!("bldg-{number:05}"),
                format!("{label}, main house"),
            ),
            (
                "facilities",
                "facility_key",
                format!("gym-{number:05}"),
                format!("{label}, gym"),
            ),
            (
                "properties",
                "property_key",
                format!("prop-{number:05}"),
                format!("{label}, estate"),
            ),
        ] {
            self.collection(collection).record(|record| {
                record.string(own_key, &key);
                record.string("name", &name);
            });
        }
        let mut locations = Vec::new();
        for at in 0..3 {
            let key = format!("sp-{number:05}-{at}");
            self.space(town, &site, &key, 100 + at);
            locations.push(location("space_keys", key));
        }
        for (collection, own_key, member, stem, count) in [
            ("rooms", "room_key", "room_keys", "rm", 2),
            ("units", "unit_key", "unit_keys", "unit", 1),
            (
                "common_areas",
                "common_area_key",
                "common_area_keys",
                "area",
                1,
            ),
        ] {
            for at in 0..count {
                let key = format!("{stem}-{number:05}-{at}");
                let name = format!("{label} {stem} {}", 200 + at);
                self.collection(collection).record(|record| {
                    record.string(own_key, &key);
                    record.string("name", &name);
                    record.string("parent_site_key", &site);
                });
                locations.push(location(member, key));
            }
        }
        let listing = format!("lst-{number:05}");
        self.collection("listings").record(|record| {
            record.string("listing_key", &listing);
            record.string("name", &format!("Loft in {label}"));
        });
        locations.push(location("listing_keys", listing));
        let villa = format!("villa-{number:05}");
        self.collection("property_listings").record(|record| {
            record.string("property_listing_key", &villa);
            record.string("name", &format!("Villa in {label}"));
            record.object("custom_metadata", |metadata| {
                metadata.string("region", &town.name.to_lowercase());
                metadata.token("is_premium", "true");
            });
        });
        self.staff(town, number, &locations);
        self.stays(town, &mut locations, 3);
    }

    fn space(&mut self, town: &Town, site: &str, key: &str, number: u32) {
        let slip = self.slip();
        let address = 1 + self.random.below(400);
        let degrees = [(); 2].map(|()| self.random.below(1_000_000));
        let has_place = self.random.below(3) > 0;
        let has_address = self.random.below(8) > 0;
        let minutes = (self.random.below(10) == 0).then_some("1440");
        self.collection("spaces").record(|space| {
            space.string("space_key", key);
            match slip.map(|slip| slip % 3) {
                Some(0) => {}
                Some(1) => space.token("name", "101"),
                _ => space.string("name", &format!("{} {number}", town.name)),
            }
            space.string("parent_site_key", site);
            if let Some(minutes) = minutes {
                space.token("duration_minutes", minutes);
            }
            space.object("customer_data", |data| {
                data.string("time_zone", town.zone);
                data.string(
                    "default_checkin_time",
                    match slip.map(|slip| slip % 3) {
                        Some(2) => "3pm",
                        _ => "15:00",
                    },
                );
                data.string("default_checkout_time", "11:00:00");
                if has_address {
                    let street = format!("{address} High Street, {}", town.name);
                    data.string("address", &street);
                } else {
                    data.token("address", "null");
                }
            });
            if has_place {
                let sign = |minus: bool| if minus { "-" } else { "" };
                space.object("geolocation", |place| {
                    let (south, latitude) = (sign(town.south), town.latitude);
                    place.token("latitude", &format!("{south}{latitude}.{:06}", degrees[0]));
                    let (west, longitude) = (sign(town.west), town.longitude);
                    place.token("longitude", &format!("{west}{longitude}.{:06}", degrees[1]));
                });
            }
        });
    }

    /// Writes name and contacts, which no two people share.
    fn contact(&mut self, collection: &str, own_key: &str, key: &str, town: &Town) {
        let slip = self.slip();
        let number = self.number();
        let first = self.random.pick(&FIRST_NAMES);
        let last = self.random.pick(&LAST_NAMES);
        let channel = self.random.below(4);
        self.collection(collection).record(|person| {
            person.string(own_key, key);
            match slip.map(|slip| slip % 2) {
                Some(0) => {}
                Some(_) => person.token("name", "null"),
                None => person.string("name", &format!("{first} {last}")),
            }
            if channel > 0 {
                let address = format!("guest.{number}@mail{channel}.example.com");
                person.string("email_address", &address);
            }
            if channel < 2 {
                let phone = format!("{}{}", town.phone, 2_000_000 + number);
                person.string("phone_number", &phone);
            }
        });
    }

    fn staff(&mut self, town: &Town, number: u32, locations: &[Location]) {
        let keys = |member| -> Vec<&str> {
            let of_kind = locations.iter().filter(|at| at.member == member);
            of_kind.map(|at| at.key.as_str()).collect()
        };
        let serial = self.number();
        let name = self.random.pick(&LAST_NAMES);
        self.collection("staff_members").record(|member| {
            member.string("staff_member_key", &format!("staff-{number:05}"));
            member.string("name", &format!("Housekeeper {name}"));
            member.string(
                "email_address",
                &format!("staff.{serial}@hotel.example.com"),
            );
            let phone = format!("{}{}", town.phone, 2_000_000 + serial);
            member.string("phone_number", &phone);
            member.strings("site_keys", &[&format!("site-{number:05}")]);
            member.strings("building_keys", &[&format!("bldg-{number:05}")]);
            member.strings("property_keys", &[&format!("prop-{number:05}")]);
            member.strings("property_listing_keys", &[&format!("villa-{number:05}")]);
            member.strings("facility_keys", &[&format!("gym-{number:05}")]);
            for kind in ["space_keys", "room_keys", "unit_keys", "common_area_keys"] {
                member.strings(kind, &keys(kind));
            }
        });
    }

    /// Stays at each location, one after another.
    fn stays(&mut self, town: &Town, locations: &mut [Location], each: usize) {
        let mut regular = None;
        for location in locations {
            for _ in 0..each {
                let serial = self.number();
                let guest = (location.member == "space_keys" && self.random.below(4) == 0)
                    .then(|| regular.clone())
                    .flatten();
                let (collection, own_key, prefix, people, person, stem) = match location.member {
                    "listing_keys" => ("bookings", "booking_key", "bk", "users", "user_key", "usr"),
                    "common_area_keys" => (
                        "access_grants",
                        "access_grant_key",
                        "ag",
                        "residents",
                        "resident_key",
                        "rsd",
                    ),
                    "unit_keys" => (
                        "reservations",
                        "reservation_key",
                        "res",
                        "tenants",
                        "tenant_key",
                        "ten",
                    ),
                    "room_keys" => (
                        "reservations",
                        "reservation_key",
                        "res",
                        "user_identities",
                        "user_identity_key",
                        "uid",
                    ),
                    _ => (
                        "reservations",
                        "reservation_key",
                        "res",
                        "guests",
                        "guest_key",
                        "gst",
                    ),
                };
                let key = guest.unwrap_or_else(|| {
                    let key = format!("{stem}-{serial:07}");
                    self.contact(people, person, &key, town);
                    key
                });
                self.stay(
                    town,
                    location,
                    &Stay {
                        collection,
                        own_key,
                        key: format!("{prefix}-{serial:07}"),
                        person: (person, &key),
                    },
                );
                if person == "guest_key" {
                    regular = Some(key);
                }
            }
        }
    }

    fn stay(&mut self, town: &Town, location: &mut Location, stay: &Stay<'_>) {
        let is_reservation = stay.collection == "reservations";
        let slip = if is_reservation { self.slip() } else { None };
        let start = location.free_from + self.random.below(4) as u32;
        let end = start + 1 + self.random.below(6) as u32;
        location.free_from = end;
        let code = (self.random.below(3) > 0).then(|| self.random.access_code());
        let id = 1_000_000 + self.random.below(9_000_000);
        let channel = self.random.pick(&CHANNELS);
        let note = self.random.pick(&NOTES);
        let vip = self.random.below(10) == 0;
        self.collection(stay.collection).record(|record| {
            match slip.map(|slip| slip % 3) {
                Some(0) => record.string(stay.own_key, &format!(" {}", stay.key)),
                _ => record.string(stay.own_key, &stay.key),
            }
            record.string("name", &format!("Stay {id}"));
            record.string(stay.person.0, stay.person.1);
            record.strings(location.member, &[&location.key]);
            let starts = format!("{}T15:00:00{}", date(start), town.offset);
            record.string("starts_at", &starts);
            let ends = format!("{}T11:00:00{}", date(end), town.offset);
            record.string("ends_at", &ends);
            if let Some(code) = &code {
                record.string("preferred_code", code);
            }
            if slip.is_some_and(|slip| slip % 3 == 1) {
                record.token("adults", "2");
            }
            if is_reservation {
                record.object("custom_metadata", |metadata| {
                    if slip.is_some_and(|slip| slip % 3 == 2) {
                        metadata.token("pms_id", &id.to_string());
                    } else {
                        metadata.string("pms_id", &id.to_string());
                    }
                    metadata.string("channel", channel);
                    metadata.token("is_vip", if vip { "true" } else { "false" });
                    metadata.string("note", note);
                });
            }
        });
    }
}

const fn location(member: &'static str, key: String) -> Location {
    Location {
        member,
        key,
        free_from: 4,
    }
}

/// A small payload with all collections and every member that the schema has, and no findings.
pub(crate) fn covering() -> String {
    const LOCATIONS: [(&str, &str, &str); 9] = [
        ("building_keys", "building_key", "buildings"),
        ("common_area_keys", "common_area_key", "common_areas"),
        ("facility_keys", "facility_key", "facilities"),
        ("listing_keys", "listing_key", "listings"),
        ("property_keys", "property_key", "properties"),
        ("room_keys", "room_key", "rooms"),
        ("space_keys", "space_key", "spaces"),
        ("unit_keys", "unit_key", "units"),
        ("site_keys", "site_key", "sites"),
    ];
    const PEOPLE: [(&str, &str); 5] = [
        ("guest_key", "guests"),
        ("resident_key", "residents"),
        ("tenant_key", "tenants"),
        ("user_identity_key", "user_identities"),
        ("user_key", "users"),
    ];
    let mut number = 0;
    let mut contact = |record: &mut Writer| {
        number += 1;
        record.string("name", &format!("Ada Okafor {number}"));
        let address = format!("ada.{number}@example.com");
        record.string("email_address", &address);
        record.string("phone_number", &format!("+1602555{:04}", 2400 + number));
    };
    let metadata = |record: &mut Writer| {
        record.object("custom_metadata", |metadata| {
            metadata.string("region", "europe");
            metadata.token("is_premium", "true");
            metadata.token("old_id", "null");
        });
    };
    let mut random = Random::new(1);
    let mut day = 0;
    let mut writer = Writer::new(true, 0);
    writer.inside(['{', '}'], |payload| {
        payload.string("customer_key", "customer-covering");
        payload.string("customization_profile_id", "profile-1");
        payload.token("low_battery_alert_threshold", "0.2");
        let mut list = |name: &str, content: &mut dyn FnMut(&mut Writer)| {
            payload.name(name);
            payload.inside(['[', ']'], |list| content(list));
        };
        for (_, own_key, collection) in LOCATIONS {
            list(collection, &mut |list| {
                list.record(|record| {
                    record.string(own_key, &format!("{collection}-1"));
                    record.string("name", &format!("The first of the {collection}"));
                    if ["common_areas", "rooms", "spaces", "units"].contains(&collection) {
                        record.string("parent_site_key", "sites-1");
                    }
                    if collection == "spaces" {
                        record.token("duration_minutes", "60");
                        record.object("customer_data", |data| {
                            data.string("address", "1 High Street, Phoenix");
                            data.string("time_zone", "America/Phoenix");
                            data.string("default_checkin_time", "15:00");
                            data.string("default_checkout_time", "11:00:00");
                        });
                        record.object("geolocation", |place| {
                            place.token("latitude", "33.448376");
                            place.token("longitude", "-112.074036");
                        });
                    }
                });
            });
        }
        list("property_listings", &mut |list| {
            list.record(|record| {
                record.string("property_listing_key", "property_listings-1");
                record.string("name", "Premium Villa");
                metadata(record);
            });
        });
        for (own_key, collection) in PEOPLE {
            list(collection, &mut |list| {
                list.record(|record| {
                    record.string(own_key, &format!("{collection}-1"));
                    contact(record);
                });
            });
        }
        list("staff_members", &mut |list| {
            list.record(|record| {
                record.string("staff_member_key", "staff-1");
                contact(record);
                for (member, _, collection) in LOCATIONS {
                    record.strings(member, &[&format!("{collection}-1")]);
                }
                record.strings("property_listing_keys", &["property_listings-1"]);
            });
        });
        for (collection, own_key) in [
            ("access_grants", "access_grant_key"),
            ("bookings", "booking_key"),
            ("reservations", "reservation_key"),
        ] {
            // One person to a stay: each kind of person has a stay of its own.
            list(collection, &mut |list| {
                for (at, (person, people)) in PEOPLE.into_iter().enumerate() {
                    // One private location to a stay, too.
                    let private = ["room_keys", "space_keys", "unit_keys"];
                    let others =
                        private.map(|member| (member != private[at % 3]).then_some(member));
                    list.record(|record| {
                        record.string(own_key, &format!("{collection}-of-{people}"));
                        record.string("name", &format!("For the {people}"));
                        record.string(person, &format!("{people}-1"));
                        for (member, _, collection) in &LOCATIONS[..8] {
                            if !others.contains(&Some(*member)) {
                                record.strings(member, &[&format!("{collection}-1")]);
                            }
                        }
                        record.string("starts_at", &format!("{}T15:00:00-07:00", date(day)));
                        day += 1;
                        record.string("ends_at", &format!("{}T11:00:00-07:00", date(day)));
                        record.string("preferred_code", &random.access_code());
                        if collection == "reservations" {
                            metadata(record);
                        }
                    });
                }
            });
        }
    });
    writer.text.push('\n');
    writer.text
}
