//! The bindings of the npm package: JSON text in, the JSON report out.
//!
//! Values do not cross the boundary: as text they keep their spans and the order and repetition of
//! their members, and passing them is faster. Texts come as UTF-8, because `TextEncoder` is faster
//! than the glue of wasm-bindgen. Offsets and columns are in UTF-16 code units, as in JavaScript.

mod options;

use std::cell::RefCell;

use seamlint::faces::output::json;
use seamlint::{Applicability, KnownKeys, Linter};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(all(target_arch = "wasm32", not(feature = "cli")))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Runs the command, which calls Node.js through `pkg/src/command/system.ts`. Returns its exit status.
#[cfg(all(feature = "cli", target_arch = "wasm32"))]
#[must_use]
#[wasm_bindgen]
pub fn run_command(arguments: Vec<String>) -> u8 {
    seamlint::faces::cli::main(std::iter::once("seamlint".to_owned()).chain(arguments))
}

/// Checks again what [`call`] has checked, and writes the findings in a format of the command. `task` is a collection or nothing, and
/// options in JSON or nothing, each followed by a space. Throws a text that says why it cannot.
///
/// # Errors
///
/// There is no such format or severity, or the task is invalid.
#[cfg(feature = "cli")]
#[wasm_bindgen]
pub fn write_report(
    task: &str,
    input: &[u8],
    path: &str,
    format: &str,
    fail_on: &str,
) -> Result<String, String> {
    let (kind, options) = task.split_once(' ').unwrap_or((task, ""));
    let options = options::parse(options)?;
    seamlint::faces::cli::write(options, (kind, input), path, (format, fail_on))
}

/// Does a task: a verb, a collection such as `reservations` or nothing, and options in JSON or nothing, each after one space.
/// Returns JSON: the result, or a string that says why there is none, of which `pkg/src` makes a `TypeError`.
///
/// A page calls this function alone: each further one would add to its JavaScript.
#[must_use]
#[wasm_bindgen]
pub fn call(task: &str, input: &[u8]) -> String {
    let mut parts = task.splitn(3, ' ');
    let mut part = || parts.next().unwrap_or_default();
    let (verb, kind, options) = (part(), part(), part());
    let done = match verb {
        "check" => check(kind, input, options),
        "fix" => fix(kind, input, false, options),
        "fix-unsafe" => fix(kind, input, true, options),
        "keys" => keys(input),
        "schema" => Ok(seamlint::PUSH_DATA_SCHEMA.to_owned()),
        _ => Ok(version()),
    };
    done.unwrap_or_else(|error| to_json(&error).unwrap_or_default())
}

/// Checks a payload, which may not be UTF-8, or one resource of a collection. `kind` is the collection, such
/// as `reservations`, or `""` for a payload. `options` is JSON, or `""` for the defaults.
fn check(kind: &str, json: &[u8], options: &str) -> Result<String, String> {
    with_linter(options, &|linter| {
        if kind.is_empty() {
            return to_json(&linter.check_bytes(json));
        }
        let report = linter.check_resource(kind, utf8(json)?);
        to_json(&report.map_err(|error| error.to_string())?)
    })
}

/// Applies the safe fixes, or all, until nothing changes. `kind` is a collection, or `""` for a payload.
fn fix(kind: &str, text: &[u8], with_unsafe: bool, options: &str) -> Result<String, String> {
    let text = utf8(text)?;
    let limit = if with_unsafe {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    with_linter(options, &|linter| {
        let fixed = if kind.is_empty() {
            linter.fix(text, limit)
        } else {
            let fixed = linter.fix_resource(kind, text, limit);
            fixed.map_err(|error| error.to_string())?
        };
        to_json(&json::fixed(&fixed))
    })
}

/// The own keys of every resource in payloads, which are a list of texts in JSON.
fn keys(payloads: &[u8]) -> Result<String, String> {
    let mut known = KnownKeys::new();
    options::each_payload(utf8(payloads)?, |payload| known.add_payload(payload))?;
    to_json(&known)
}

/// The versions of the package and of its data, in JSON.
fn version() -> String {
    format!(
        r#"{{"version":"{}","schema":"{}","iana":"{}"}}"#,
        env!("CARGO_PKG_VERSION"),
        seamlint::PUSH_DATA_SCHEMA_VERSION,
        seamlint::time_zone_data()
    )
}

/// Calls `work` with the linter of the options.
fn with_linter(
    options: &str,
    work: &dyn Fn(&Linter) -> Result<String, String>,
) -> Result<String, String> {
    thread_local! {
        /// The latest linter: a form checks at every key with the same options.
        static LATEST: RefCell<Option<(String, Linter)>> = const { RefCell::new(None) };
    }
    LATEST.with_borrow_mut(|latest| {
        let linter = match latest {
            Some((known, linter)) if known == options => linter,
            _ => {
                &mut latest
                    .insert((options.to_owned(), options::linter(options)?))
                    .1
            }
        };
        work(linter)
    })
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|_| "the text is not UTF-8".to_owned())
}

fn to_json(value: &impl Serialize) -> Result<String, String> {
    // Writing to a string does not fail; the messages of serde_json would add 1 KB.
    serde_json::to_string(value).map_err(|_| "cannot be written as JSON".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn parsed(json: Result<String, String>) -> Value {
        serde_json::from_str(&json.expect("valid options")).expect("valid JSON")
    }

    #[test]
    fn positions_count_utf16_code_units() {
        let report = parsed(check(
            "",
            "{\"customer_key\":\"😀\",\"rooms\":1}".as_bytes(),
            "",
        ));
        let found = &report["files"][0]["diagnostics"][0]["range"]["start"];
        assert_eq!(*found, json!({ "offset": 29, "line": 1, "column": 30 }));
    }

    #[test]
    fn bytes_need_not_be_utf8() {
        let report = parsed(check(
            "",
            b"{\"customer_key\":\"\xff\",\"sites\":[{\"site_key\":\"n\",\"name\":\"N\"}]}",
            "",
        ));
        assert_eq!(
            report["files"][0]["diagnostics"][0]["code"],
            "invalid-unicode"
        );
        assert!(check("sites", b"\xff", "").is_err());
        assert!(fix("", b"\xff", false, "").is_err());
    }

    #[test]
    fn a_resource_is_checked_by_itself() {
        let text = br#"{ "reservation_key": "" }"#;
        let report = parsed(check("reservations", text, ""));
        let found = report["files"][0]["diagnostics"].as_array();
        let found = found.and_then(|found| found.iter().find(|one| one["severity"] == "error"));
        assert_eq!(found.expect("an error")["pointer"], "/reservation_key");
        let error = check("reservation", text, "").expect_err("no collection");
        assert_eq!(
            error,
            "there is no collection \"reservation\"; did you mean \"reservations\"?"
        );
    }

    #[test]
    fn fixes_are_applied() {
        let text = r#"{"customer_key":"😀","sites":[],}"#;
        let fixed = parsed(fix("", text.as_bytes(), false, ""));
        assert_eq!(fixed["text"], r#"{"customer_key":"😀","sites":[]}"#);
        assert_eq!(fixed["applied"][0]["code"], "json-syntax");
        assert_eq!(fixed["report"]["summary"]["errors"], 0);
        let text = r#"{ "reservation_key": "r", "name": "é" , }"#;
        let fixed = parsed(fix("reservations", text.as_bytes(), true, ""));
        assert_eq!(fixed["text"], text.replace(", }", " }"));
        assert!(fix("rooms2", text.as_bytes(), false, "").is_err());
    }

    #[test]
    fn tasks_are_done_or_say_why_not() {
        let done = |task, input: &str| parsed(Ok(call(task, input.as_bytes())));
        assert_eq!(done("version", "")["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(done("schema", "")["type"], "object");
        assert_eq!(done("check", "{}")["summary"]["errors"], 1);
        let off = r#"check  {"rules":{"schema-required":"off"}}"#;
        assert_eq!(done(off, "{}")["summary"]["errors"], 0);
        assert_eq!(done("check reservations", "{}")["summary"]["errors"], 1);
        assert_eq!(done("fix", "{,}")["text"], "{}");
        let keys = r#"["{\"customer_key\":\"c\",\"rooms\":[{\"room_key\":\"1\"}]}"]"#;
        assert_eq!(done("keys", keys)["customers"]["c"]["rooms"][0], "1");
        assert_eq!(done("keys", "1"), "payloads: a list was expected");
        assert_eq!(done("check  1", "{}"), "options: an object was expected");
    }
}
