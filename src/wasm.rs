//! The bindings of the npm package: text in, the JSON report out.
//!
//! Objects do not cross the boundary one by one: as text, their spans, the order and the
//! repetition of their members survive, and it is faster. Offsets and columns are in UTF-16 code
//! units, as JavaScript's strings count. What JavaScript sees of this is `pkg/src`.
//!
//! The functions here are plain and tested natively; [`bindings`] hands them over.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::engine::input::Input;
use crate::engine::linter::Linter;
use crate::engine::options::Options;
use crate::json::{Document, Kind, NodeId};
use crate::line_index::Encoding;
use crate::model::known::KnownKeys;
use crate::report::{Report, Safety};
use crate::rules::settings::Level;
use crate::text::escape::in_quotes;
use serde::Serialize;

#[cfg(all(feature = "wasm", target_arch = "wasm32", not(feature = "cli")))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Does something with the linter of some options, in JSON; `""` has the defaults.
fn with_linter<T>(
    options: &str,
    work: impl FnOnce(&Linter) -> Result<T, String>,
) -> Result<T, String> {
    thread_local! {
        /// The latest linter: a form checks at every key with the same options.
        static LATEST: RefCell<Option<(String, Linter)>> = const { RefCell::new(None) };
    }
    LATEST.with_borrow_mut(|latest| {
        let linter = match latest {
            Some((known, linter)) if known == options => linter,
            _ => &mut latest.insert((options.to_owned(), linter(options)?)).1,
        };
        work(linter)
    })
}

/// Reads options: `rules` (severities by code), `maxPerCode` (0 lists all), `redact`, `known` (the
/// keys that [`keys`] gives, or a list of such), `context` (texts of payloads whose resources
/// exist), `closedWorld` and `now`.
///
/// Read with our own parser: serde's, with all that it knows of numbers, would double the size.
fn linter(options: &str) -> Result<Linter, String> {
    let mut built = Options {
        encoding: Encoding::Utf16,
        ..Options::default()
    };
    let document = Document::parse(if options.is_empty() { "{}" } else { options });
    let root = object(&document, NodeId::ROOT, "options")?;
    for member in document.children(root) {
        let name = document.name(member).unwrap_or_default();
        let expected = |what| format!("options.{name}: {what} was expected");
        let flag = || {
            document
                .boolean(member)
                .ok_or_else(|| expected("true or false"))
        };
        match &*name {
            "rules" => {
                for rule in document.children(object(&document, member, "options.rules")?) {
                    let code = document.name(rule).unwrap_or_default().into_owned();
                    let level = match document.string(rule).as_deref() {
                        Some("off") => Level::Off,
                        Some("info") => Level::Info,
                        Some("warning") => Level::Warning,
                        Some("error") => Level::Error,
                        _ => {
                            return Err(format!(
                                "options.rules[{}]: \"off\", \"info\", \"warning\" or \"error\" was expected",
                                in_quotes(&code)
                            ));
                        }
                    };
                    built.levels.push((code, level));
                }
            }
            "maxPerCode" => {
                let limit = document.number(member).and_then(|text| text.parse().ok());
                let limit: usize = limit.ok_or_else(|| expected("a count"))?;
                built.max_per_code = (limit > 0).then_some(limit);
            }
            "redact" => built.redact = flag()?,
            "closedWorld" => built.closed_world = flag()?,
            "known" => {
                let all = match document.kind(member) {
                    Kind::Array => document.children(member).collect(),
                    _ => vec![member],
                };
                for known in all {
                    add_known(&mut built.known, &document, known)?;
                }
            }
            "context" => {
                if document.kind(member) != Kind::Array {
                    return Err(expected("a list"));
                }
                for payload in document.children(member) {
                    let text = document.string(payload).ok_or_else(|| expected("a text"))?;
                    built.known.add_payload(&text);
                }
            }
            "now" => {
                let now = document.string(member).ok_or_else(|| expected("a text"))?;
                built.now = Some(now.into_owned());
            }
            _ => return Err(format!("there is no option {}", in_quotes(&name))),
        }
    }
    Linter::with_options(built).map_err(|error| error.to_string())
}

/// Adds what [`KnownKeys::to_json`] has written.
fn add_known(known: &mut KnownKeys, document: &Document<'_>, node: NodeId) -> Result<(), String> {
    let node = object(document, node, "options.known")?;
    let version = document.member(node, "version");
    if version.and_then(|version| document.number(version)) != Some("1") {
        return Err("options.known: version 1 of known keys was expected".to_owned());
    }
    let customers = document.member(node, "customers").unwrap_or(node);
    for customer in document.children(object(document, customers, "options.known.customers")?) {
        let name = document.name(customer).unwrap_or_default();
        for collection in document.children(object(document, customer, "a customer's known keys")?)
        {
            let collection_name = document.name(collection).unwrap_or_default();
            for key in document.children(collection) {
                let key = document.string(key);
                let key = key.ok_or_else(|| "options.known: a key is no string".to_owned())?;
                known
                    .insert(&name, &collection_name, &key)
                    .map_err(|error| format!("options.known: {error}"))?;
            }
        }
    }
    Ok(())
}

/// The node, if it is an object.
fn object(document: &Document<'_>, node: NodeId, what: &str) -> Result<NodeId, String> {
    if document.kind(node) == Kind::Object {
        Ok(node)
    } else {
        Err(format!("{what}: an object was expected"))
    }
}

/// A report in JSON, or `""` for what [`clean`] gives: most reports say nothing but that.
fn written(report: &Report<'_>) -> Result<String, String> {
    if report.is_clean() {
        return Ok(String::new());
    }
    in_json(report)
}

/// The report of a text in which nothing is found.
fn clean() -> Result<String, String> {
    let input = Input::text(Cow::Borrowed(""));
    in_json(&Linter::new().empty_report(input))
}

fn in_json(value: &impl Serialize) -> Result<String, String> {
    // A text is written to without fail. The words of serde_json's error, and of what else fails
    // to be written to, would be 1 KB.
    serde_json::to_string(value).map_err(|_| "cannot be written as JSON".to_owned())
}

fn check(text: &str, options: &str) -> Result<String, String> {
    with_linter(options, |linter| written(&linter.check(text)))
}

fn check_bytes(bytes: &[u8], options: &str) -> Result<String, String> {
    with_linter(options, |linter| written(&linter.check_bytes(bytes)))
}

/// A text that JavaScript hands over part by part, in UTF-16 code units as it has it.
#[cfg(any(feature = "fast", test))]
struct Parts {
    /// What JavaScript writes into.
    units: Box<[u16; PART]>,
    /// What has come so far, in UTF-8, and room for more.
    text: Vec<u8>,
    /// How much has come, in bytes.
    length: usize,
}

/// How many units a part has at most: as many as stay in the processor's cache until they are read.
#[cfg(any(feature = "fast", test))]
const PART: usize = 1 << 14;

#[cfg(any(feature = "fast", test))]
impl Parts {
    fn with<T>(work: impl FnOnce(&mut Self) -> T) -> T {
        thread_local! {
            static PARTS: RefCell<Parts> = RefCell::new(Parts {
                units: Box::new([0; PART]),
                text: Vec::new(),
                length: 0,
            });
        }
        PARTS.with_borrow_mut(work)
    }

    /// Makes room for a text of so many units, whose parts will be written at the address that it gives.
    fn begin(&mut self, units: usize) -> usize {
        self.length = 0;
        if self.text.len() / 64 > units + PART {
            // It was for a much longer one.
            self.text = Vec::new();
        }
        // A text in JSON is mostly ASCII. Each part, the last too, asks for three bytes a unit.
        self.make_room(units + units / 64 + 2 * units.min(PART));
        self.units.as_ptr() as usize
    }

    fn make_room(&mut self, bytes: usize) {
        if self.text.len() < bytes {
            self.text.resize(bytes, 0);
        }
    }

    /// Takes the next part; whether it has no half of a surrogate pair.
    fn take(&mut self, count: usize) -> bool {
        if count > PART {
            return false;
        }
        // In UTF-8 a unit has three bytes at most, half of a pair two.
        self.make_room(self.length + 3 * count);
        let written = write_utf8(&self.units[..count], &mut self.text[self.length..]);
        self.length += written.unwrap_or(0);
        written.is_some()
    }
}

/// As [`check`], for the text that has been handed over in [`Parts`].
#[cfg(any(feature = "fast", test))]
fn check_parts(options: &str) -> Result<String, String> {
    let (text, length) = Parts::with(|parts| (std::mem::take(&mut parts.text), parts.length));
    let report = check_bytes(&text[..length], options);
    // The next text is written into the same memory.
    Parts::with(|parts| parts.text = text);
    report
}

/// Writes UTF-16 code units in UTF-8, and says how many bytes that is; none if one is half of a
/// surrogate pair. There has to be room for three bytes a unit.
#[cfg(any(feature = "fast", test))]
fn write_utf8(units: &[u16], into: &mut [u8]) -> Option<usize> {
    let (mut read, mut written) = (0, 0);
    while read < units.len() {
        for write_ascii in [write_ascii::<64>, write_ascii::<16>] {
            let count = write_ascii(&units[read..], &mut into[written..]);
            (read, written) = (read + count, written + count);
        }
        // What is left of a block: ASCII, and then all that is none and stands together.
        while let Some(unit @ 0..0x80) = units.get(read) {
            into[written] = *unit as u8;
            (read, written) = (read + 1, written + 1);
        }
        for character in char::decode_utf16(units[read..].iter().copied()) {
            let character = character.ok()?;
            if character.is_ascii() {
                break;
            }
            written += character.encode_utf8(&mut into[written..]).len();
            read += character.len_utf16();
        }
    }
    Some(written)
}

/// Writes blocks of so many units, as long as they are all ASCII, and says how many units that is.
#[cfg(any(feature = "fast", test))]
fn write_ascii<const UNITS: usize>(units: &[u16], into: &mut [u8]) -> usize {
    use wide::{i16x8, u8x16};
    let blocks = units.as_chunks::<UNITS>().0.iter();
    let mut count = 0;
    for (block, into) in blocks.zip(into.as_chunks_mut::<UNITS>().0) {
        let parts = block.as_chunks::<16>().0;
        let halves = |part: &[u16; 16]| {
            let half = |at: usize| i16x8::new(part.as_chunks::<8>().0[at].map(u16::cast_signed));
            [half(0), half(1)]
        };
        let all = parts
            .iter()
            .flat_map(halves)
            .fold(i16x8::ZERO, |all, half| all | half);
        // What is from 0x80 to 0x7fff has its highest bit after the addition, what is above before it.
        if (all | (all + i16x8::splat(0x7f80))).any() {
            break;
        }
        for (part, into) in parts.iter().zip(into.as_chunks_mut::<16>().0) {
            // With a mask that changes nothing, the compiler knows that all of it fits.
            let [first, second] = halves(part).map(|half| half & i16x8::splat(0x7f));
            *into = u8x16::narrow_i16x8(first, second).to_array();
        }
        count += UNITS;
    }
    count
}

fn check_resource(kind: &str, text: &str, options: &str) -> Result<String, String> {
    with_linter(options, |linter| {
        let report = linter.check_resource(kind, text);
        written(&report.map_err(|error| error.to_string())?)
    })
}

/// Applies fixes until nothing changes. `kind` is a collection, or `""` for a payload.
fn fix(kind: &str, text: &str, limit: Safety, options: &str) -> Result<String, String> {
    with_linter(options, |linter| {
        let fixed = if kind.is_empty() {
            linter.fix(text, limit)
        } else {
            let fixed = linter.fix_resource(kind, text, limit);
            fixed.map_err(|error| error.to_string())?
        };
        let output = FixOutput {
            text: fixed.text(),
            applied: fixed
                .applied
                .iter()
                .map(|fix| AppliedFix {
                    code: &fix.code,
                    title: &fix.title,
                    safety: fix.safety,
                })
                .collect(),
            rounds: fixed.rounds,
            report: &fixed.report,
        };
        in_json(&output)
    })
}

/// What [`fix`] gives; `pkg/src/core.ts` has it as `Fixed`.
#[derive(Serialize)]
struct FixOutput<'a> {
    text: &'a str,
    applied: Vec<AppliedFix<'a>>,
    rounds: usize,
    report: &'a Report<'a>,
}

#[derive(Serialize)]
struct AppliedFix<'a> {
    code: &'a str,
    title: &'a str,
    safety: Safety,
}

fn keys(texts: &[String]) -> String {
    let mut known = KnownKeys::new();
    for text in texts {
        known.add_payload(text);
    }
    // Not indented, as `to_json` does it: nobody reads this.
    in_json(&known).unwrap_or_default()
}

/// Hands the functions over. An error is a string, of which the JavaScript side makes a
/// `TypeError`.
#[cfg(feature = "wasm")]
#[expect(unreachable_pub, reason = "they are reached from JavaScript")]
mod bindings {
    use wasm_bindgen::prelude::wasm_bindgen;

    use crate::report::Safety;

    #[wasm_bindgen]
    extern "C" {
        /// JavaScript's `text.normalize(form)`.
        #[wasm_bindgen(js_namespace = ["String", "prototype", "normalize"], js_name = call)]
        pub(crate) fn normalize(text: &str, form: &str) -> String;

        /// JavaScript's `text.toLowerCase()`.
        #[wasm_bindgen(js_namespace = ["String", "prototype", "toLowerCase"], js_name = call)]
        pub(crate) fn lower(text: &str) -> String;

        /// JavaScript's regular expressions.
        type RegExp;

        #[wasm_bindgen(constructor)]
        fn new(pattern: &str, flags: &str) -> RegExp;

        #[wasm_bindgen(method)]
        fn test(this: &RegExp, text: &str) -> bool;
    }

    /// JavaScript's `new RegExp(pattern, "u").test(text)`. Engines keep what they compiled.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn has_match(pattern: &str, text: &str) -> bool {
        RegExp::new(pattern, "u").test(text)
    }

    /// Runs the command, which asks Node.js through `pkg/src/command/system.ts`; gives its exit status.
    #[cfg(all(feature = "cli", target_arch = "wasm32"))]
    #[must_use]
    #[wasm_bindgen]
    pub fn run_command(arguments: Vec<String>) -> u8 {
        crate::cli::main(std::iter::once("seamlint".to_owned()).chain(arguments))
    }

    /// Checks a text: options in JSON, or `""`; gives the JSON report, or `""` for the `clean` one.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options.
    #[wasm_bindgen]
    pub fn check(text: &str, options: &str) -> Result<String, String> {
        super::check(text, options)
    }

    /// As `check`, for bytes, which may not be UTF-8.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options.
    #[wasm_bindgen]
    pub fn check_bytes(bytes: &[u8], options: &str) -> Result<String, String> {
        super::check_bytes(bytes, options)
    }

    /// Begins a text of so many UTF-16 code units, which comes part by part; gives the address in memory at
    /// which parts are written.
    #[cfg(feature = "fast")]
    #[must_use]
    #[wasm_bindgen]
    pub fn begin_parts(units: usize) -> usize {
        super::Parts::with(|parts| parts.begin(units))
    }

    /// Takes a part, of so many units, 16,384 at most; whether none is half of a surrogate pair.
    #[cfg(feature = "fast")]
    #[must_use]
    #[wasm_bindgen]
    pub fn take_part(units: usize) -> bool {
        super::Parts::with(|parts| parts.take(units))
    }

    /// As `check`, for the text whose parts have been taken.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options.
    #[cfg(feature = "fast")]
    #[wasm_bindgen]
    pub fn check_parts(options: &str) -> Result<String, String> {
        super::check_parts(options)
    }

    /// As `check`, for one resource of a collection, such as `reservations`.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options, or that there is no such collection.
    #[wasm_bindgen]
    pub fn check_resource(kind: &str, text: &str, options: &str) -> Result<String, String> {
        super::check_resource(kind, text, options)
    }

    /// The JSON report of a text in which nothing is found.
    ///
    /// # Errors
    ///
    /// None that can be thought of.
    #[wasm_bindgen]
    pub fn clean() -> Result<String, String> {
        super::clean()
    }

    /// Applies the safe fixes, or all, until nothing changes; `kind` is a collection or `""`.
    /// Gives the text, what was applied, and the report of that text, in JSON.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options, or that there is no such collection.
    #[wasm_bindgen]
    pub fn fix(kind: &str, text: &str, with_unsafe: bool, options: &str) -> Result<String, String> {
        let limit = if with_unsafe {
            Safety::Unsafe
        } else {
            Safety::Safe
        };
        super::fix(kind, text, limit, options)
    }

    /// The own keys of every resource in payloads, in JSON.
    #[must_use]
    #[wasm_bindgen]
    #[expect(clippy::needless_pass_by_value, reason = "the boundary hands it over")]
    pub fn keys(texts: Vec<String>) -> String {
        super::keys(&texts)
    }

    /// The JSON Schema of a `push_data` body.
    #[must_use]
    #[wasm_bindgen]
    pub fn schema() -> String {
        crate::schema::PUSH_DATA.to_owned()
    }

    /// The versions of the package and of its data, in JSON.
    #[must_use]
    #[wasm_bindgen]
    pub fn version() -> String {
        super::version()
    }
}

fn version() -> String {
    format!(
        r#"{{"version":"{}","schema":"{}","iana":"{}"}}"#,
        env!("CARGO_PKG_VERSION"),
        crate::schema::VERSION,
        crate::time_zone_data()
    )
}

#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
pub(crate) use bindings::{has_match, lower, normalize};

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn parsed(text: Result<String, String>) -> Value {
        let text = text.expect("the options are right");
        let text = if text.is_empty() {
            clean().expect("a report")
        } else {
            text
        };
        serde_json::from_str(&text).expect("is JSON")
    }

    #[test]
    fn the_clean_report_is_that_of_a_clean_text() {
        let text = r#"{"customer_key":"c","sites":[]}"#;
        assert_eq!(check(text, "").expect("a report"), "");
        let report = Linter::new().check(text);
        assert_eq!(
            clean().expect("a report"),
            serde_json::to_string(&report).expect("JSON")
        );
    }

    #[test]
    fn offsets_and_columns_count_as_javascript_does() {
        let text = r#"{"customer_key":"é😀中","rooms":1}"#;
        let report = parsed(check(text, ""));
        let found = &report["files"][0]["diagnostics"][0];
        assert_eq!(found["code"], "schema-type");
        let units: Vec<u16> = text.encode_utf16().collect();
        let at = units.len() - 2;
        assert_eq!(found["range"]["start"]["offset"], at);
        assert_eq!(found["range"]["start"]["column"], at + 1);
        assert_eq!(parsed(check_bytes(text.as_bytes(), "")), report);
    }

    #[test]
    fn units_are_read_as_the_text_that_they_are() {
        let in_utf8 = |units: &[u16]| {
            let mut bytes = vec![0; 3 * units.len()];
            write_utf8(units, &mut bytes).map(|length| bytes[..length].to_vec())
        };
        // Every width in every place of a block and at its end, and halves of pairs.
        for wide in ["é", "中", "😀", "\u{fffd}", "\u{ffff}", ""] {
            for before in 0..90 {
                for behind in [0, 1, 15, 16, 70] {
                    let text = ["a".repeat(before), wide.repeat(3), "b".repeat(behind)].concat();
                    let mut units: Vec<u16> = text.encode_utf16().collect();
                    assert_eq!(in_utf8(&units).as_deref(), Some(text.as_bytes()), "{text}");
                    for half in [0xd800, 0xdbff, 0xdc00, 0xdfff] {
                        units.insert(before, half);
                        assert_eq!(in_utf8(&units), None, "{half:x} in {text}");
                        units.remove(before);
                    }
                }
            }
        }
    }

    #[test]
    fn parts_make_a_text() {
        let text = r#"{"customer_key":"é😀中","rooms":1}"#;
        let units: Vec<u16> = text.encode_utf16().collect();
        for size in [7, 100] {
            // The rest of a text that was given up is forgotten.
            for begun in [&units[..3], &units] {
                assert_ne!(Parts::with(|parts| parts.begin(begun.len())), 0);
                for part in begun.chunks(size) {
                    let is_taken = Parts::with(|parts| {
                        parts.units[..part.len()].copy_from_slice(part);
                        parts.take(part.len())
                    });
                    assert!(is_taken);
                }
            }
            assert_eq!(parsed(check_parts("")), parsed(check(text, "")));
        }
        // What a long text took is not kept for a short one.
        let room = |units| {
            Parts::with(|parts| {
                parts.begin(units);
                parts.text.len()
            })
        };
        assert!(room(PART << 8) > PART << 8);
        assert!(room(1) < PART);
        Parts::with(|parts| parts.units[0] = 0xd800);
        assert!(!Parts::with(|parts| parts.take(1)));
        assert!(!Parts::with(|parts| parts.take(PART + 1)));
    }

    #[test]
    fn options_are_heard() {
        let text = r#"{ "customer_key": "c", "customer_keys": ["d"], "rooms": [] }"#;
        let severity = |options: &Value| {
            let report = parsed(check(text, &options.to_string()));
            report["files"][0]["diagnostics"][0]["severity"].clone()
        };
        assert_eq!(severity(&json!({})), "warning");
        let error = json!({ "rules": { "unknown-member": "error" }, "maxPerCode": 0 });
        assert_eq!(severity(&error), "error");
        let off = json!({ "rules": { "unknown-member": "off" } });
        assert_eq!(severity(&off), Value::Null);
        let all = json!({
            "known": [serde_json::from_str::<Value>(&keys(&[text.to_owned()])).expect("is JSON")],
            "context": [text], "closedWorld": true,
            "redact": true, "now": "2026-11-23T00:00:00Z",
        });
        assert_eq!(severity(&all), "warning");
    }

    #[test]
    fn options_that_make_no_sense_are_named() {
        for (options, wanted) in [
            ("[]", "options: an object was expected"),
            (r#"{"encoding":"utf-8"}"#, "there is no option \"encoding\""),
            (r#"{"rule":{}}"#, "there is no option \"rule\""),
            (
                r#"{"rules":{"unknown-membr":"off"}}"#,
                "did you mean \"unknown-member\"?",
            ),
            (
                r#"{"rules":{"schema-type":"loud"}}"#,
                "options.rules[\"schema-type\"]: \"off\", ",
            ),
            (
                r#"{"now":"today"}"#,
                "\"today\" is no RFC 3339 date and time",
            ),
            (
                r#"{"redact":1}"#,
                "options.redact: true or false was expected",
            ),
            (r#"{"known":[[]]}"#, "options.known: an object was expected"),
            (r#"{"known":{"version":2}}"#, "options.known: version 1"),
            (
                r#"{"known":{"version":1,"customers":{"c":{"romms":["1"]}}}}"#,
                "\"romms\" is no collection",
            ),
            (
                r#"{"maxPerCode":-1}"#,
                "options.maxPerCode: a count was expected",
            ),
        ] {
            let error = check("{}", options).expect_err(options);
            assert!(error.contains(wanted), "{options}: {error}");
        }
        // What came before still works.
        assert!(check("{}", "").is_ok());
    }

    #[test]
    fn a_resource_is_checked_by_itself() {
        let text = r#"{ "reservation_key": "" }"#;
        let report = parsed(check_resource("reservations", text, ""));
        let found = report["files"][0]["diagnostics"].as_array();
        let found = found.and_then(|found| found.iter().find(|one| one["severity"] == "error"));
        assert_eq!(found.expect("an error")["pointer"], "/reservation_key");
        let error = check_resource("reservation", text, "").expect_err("no collection");
        assert_eq!(
            error,
            "there is no collection \"reservation\"; did you mean \"reservations\"?"
        );
    }

    #[test]
    fn fixes_are_applied() {
        let text = r#"{"customer_key":"😀","sites":[],}"#;
        let fixed = parsed(fix("", text, Safety::Safe, ""));
        assert_eq!(fixed["text"], r#"{"customer_key":"😀","sites":[]}"#);
        assert_eq!(fixed["applied"][0]["code"], "json-syntax");
        assert_eq!(fixed["report"]["summary"]["errors"], 0);
        let text = r#"{ "reservation_key": "r", "name": "é" , }"#;
        let fixed = parsed(fix("reservations", text, Safety::Unsafe, ""));
        assert_eq!(fixed["text"], text.replace(", }", " }"));
        assert!(fix("rooms2", text, Safety::Safe, "").is_err());
    }

    #[test]
    fn versions_are_json() {
        assert_eq!(parsed(Ok(version()))["version"], env!("CARGO_PKG_VERSION"));
    }
}
